//! The provider files of a folder, read as the page reads them, so that both agree on every word.

use std::{fs, path::Path};

use memberdesk::provider::{Provider, fault::Fault};

/// Every provider file of a folder, by name.
pub fn read_all(folder: &Path) -> Result<Vec<Provider>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".json") && !name.ends_with(".schema.json")
    });
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

fn read(path: &Path) -> Result<Provider, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}.", path.display()))?;
    Provider::parse(&text).map_err(|faults| faulty(&path.display().to_string(), &faults))
}

/// All that is wrong with a file, a line for each.
pub fn faulty(file: &str, faults: &[Fault]) -> String {
    let lines = faults.iter().map(|fault| format!("\n  {}  {} {}", fault.pointer, fault.says, fault.cure));
    format!("{file} has faults:{}", lines.collect::<String>())
}
