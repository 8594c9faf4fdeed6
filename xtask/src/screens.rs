//! A picture of every screen and state, for people to look at.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    arguments::Arguments,
    build,
    process::{cargo, root, run as run_command},
    system_packages,
};

const TESTS: &str = "screens::";

pub fn run(mut arguments: Arguments) -> Result<(), String> {
    let folder = root().join(arguments.value("--to")?.unwrap_or_else(|| "docs/screens".to_owned()));
    arguments.finish()?;
    system_packages::install_missing()?;
    let page = build::given_or_new()?;
    clear(&folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    let mut test = cargo();
    test.args(["test", "-p", "browser-tests", "--test", "it", "--", TESTS])
        .env("MEMBERDESK_DIST", page)
        .env("MEMBERDESK_SCREENS", &folder);
    run_command(&mut test)?;
    let bytes = sizes(&folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    println!(
        "{} pictures, {:.1} MB: {}",
        bytes.len(),
        bytes.iter().sum::<u64>() as f64 / 1e6,
        folder.display()
    );
    Ok(())
}

/// A screen that is no more leaves no picture behind.
fn clear(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for path in pictures(folder)? {
        fs::remove_file(path)?;
    }
    Ok(())
}

fn sizes(folder: &Path) -> io::Result<Vec<u64>> {
    pictures(folder)?.iter().map(|path| Ok(fs::metadata(path)?.len())).collect()
}

fn pictures(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let paths = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<io::Result<Vec<PathBuf>>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "webp"));
    Ok(paths)
}
