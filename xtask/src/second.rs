//! The second program of the page: named by its content, and known to the page by its digest.
//!
//! Trunk gives a further bundle a fixed name and no integrity. A page from yesterday would then load a program
//! from today.

use std::{env, fs, path::PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use crate::arguments::Arguments;

const FILES: [(&str, &str); 2] = [("work", ".js"), ("work", "_bg.wasm")];

/// Trunk calls this after each build, with the folder that is about to be published.
pub fn run(arguments: Arguments) -> Result<(), String> {
    arguments.finish()?;
    let folder =
        env::var_os("TRUNK_STAGING_DIR").ok_or("TRUNK_STAGING_DIR says where the built files are.")?;
    seal(&PathBuf::from(folder))
        .map_err(|problem| format!("The second program could not be named: {problem}"))
}

fn seal(folder: &std::path::Path) -> Result<(), String> {
    let mut files = Vec::new();
    for (name, ending) in FILES {
        let built = folder.join(format!("{name}{ending}"));
        let bytes = fs::read(&built).map_err(|error| format!("{}: {error}.", built.display()))?;
        let digest = Sha384::digest(&bytes);
        let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let named = format!("{name}-{short}{ending}");
        fs::rename(&built, folder.join(&named)).map_err(|error| format!("{named}: {error}."))?;
        files.push(format!("./{named}#sha384-{}", STANDARD.encode(digest)));
    }
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).map_err(|error| format!("index.html: {error}."))?;
    let meta = format!("<meta name=\"work\" content=\"{}\"></head>", files.join(" "));
    fs::write(&page, html.replacen("</head>", &meta, 1)).map_err(|error| format!("index.html: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_both_files_by_their_content_and_digest() {
        let folder = env::temp_dir().join(format!("memberdesk-second-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("work.js"), "code").expect("a file");
        fs::write(folder.join("work_bg.wasm"), "wasm").expect("a file");
        fs::write(folder.join("index.html"), "<head></head>").expect("a file");
        seal(&folder).expect("it is sealed");
        let html = fs::read_to_string(folder.join("index.html")).expect("the page");
        let content = html.split('"').nth(3).expect("the content");
        for file in content.split(' ') {
            let (name, digest) = file.split_once('#').expect("a name and a digest");
            assert!(folder.join(name).exists(), "{name}");
            assert_eq!(digest.len(), "sha384-".len() + 64, "{digest}");
        }
        fs::remove_dir_all(&folder).expect("the folder goes");
    }
}
