//! A list of what is published: how large each file is, and its digest, so that whoever copies it can tell that nothing
//! is missing and nothing was changed.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

/// What it is called in the folder.
pub const NAME: &str = "files.json";

/// Writes it. `config.json` and what a host reads are the owner's, and not in it.
pub fn write(folder: &Path) -> io::Result<()> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    let mut files = serde_json::Map::new();
    for path in paths {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if !["config.json", "_headers", NAME].contains(&name.as_str()) {
            files.insert(name, entry(&fs::read(&path)?));
        }
    }
    fs::write(folder.join(NAME), format!("{:#}\n", Value::Object(files)))
}

fn entry(bytes: &[u8]) -> Value {
    let digest = ["sha384-", &STANDARD.encode(Sha384::digest(bytes))].concat();
    json!({ "bytes": bytes.len(), "digest": digest })
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, paths)? } else { paths.push(path) }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_listed_but_for_those_that_an_owner_edits() {
        let folder = crate::process::target_folder().join(format!("file-list-test/{}", std::process::id()));
        fs::create_dir_all(folder.join("texts")).expect("the folder can be made");
        for file in ["index.html", "config.json", "_headers", "texts/de.json"] {
            fs::write(folder.join(file), "abc").expect("a file can be written");
        }
        for _ in 0..2 {
            write(&folder).expect("it can be written");
        }
        let list: Value =
            serde_json::from_slice(&fs::read(folder.join(NAME)).expect("the list")).expect("JSON");
        // FIPS 180-4's own example.
        let digest = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";
        let own = json!({ "bytes": 3, "digest": digest });
        assert_eq!(list, json!({ "index.html": own, "texts/de.json": own }));
        fs::remove_dir_all(&folder).expect("the folder goes");
    }
}
