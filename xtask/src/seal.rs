//! The programs of the page as they are published: named by their content, and known to the page by their
//! digest.
//!
//! Trunk names a program before wasm-opt has changed it, and gives a further one a fixed name and no digest.
//! A page from yesterday would then load a program from today.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha384};

use crate::arguments::Arguments;

/// Trunk calls this after each build, with the folder that is about to be published.
pub fn run(arguments: Arguments) -> Result<(), String> {
    arguments.finish()?;
    let folder =
        env::var_os("TRUNK_STAGING_DIR").ok_or("TRUNK_STAGING_DIR says where the built files are.")?;
    seal(&PathBuf::from(folder)).map_err(|problem| format!("The programs could not be named: {problem}"))
}

fn seal(folder: &Path) -> Result<(), String> {
    let page = folder.join("index.html");
    let mut html = fs::read_to_string(&page).map_err(|error| format!("index.html: {error}."))?;
    // The boot file, and Trunk's links to the first program's code and wasm.
    for (tag, kind, address) in [
        ("<script ", ("type", "module"), "src"),
        ("<link ", ("rel", "modulepreload"), "href"),
        ("<link ", ("rel", "preload"), "href"),
    ] {
        let mut tags = html.split(tag).filter_map(|rest| rest.split('>').next());
        let tag = tags
            .find(|tag| attribute(tag, kind.0) == Some(kind.1))
            .ok_or_else(|| format!("index.html has no {tag}… of kind {}.", kind.1))?;
        let address = attribute(tag, address).ok_or("The tag has no address.")?;
        let digest = attribute(tag, "integrity").ok_or("The tag has no digest.")?;
        let name = address.trim_start_matches("./");
        let file = rename(folder, name)?;
        let sealed = tag.replace(name, &file.name).replace(digest, &file.digest);
        html = html.replace(tag, &sealed);
    }
    // The second, which boot.js loads later.
    let second = ["work.js", "work_bg.wasm"].map(|name| rename(folder, name));
    let mut files = Vec::new();
    for file in second {
        let file = file?;
        files.push(format!("./{}#{}", file.name, file.digest));
    }
    let meta = format!("<meta name=\"work\" content=\"{}\"></head>", files.join(" "));
    fs::write(&page, html.replacen("</head>", &meta, 1)).map_err(|error| format!("index.html: {error}."))
}

struct Sealed {
    name: String,
    digest: String,
}

/// Gives a file the name of its content, and code the form in which it is published.
fn rename(folder: &Path, name: &str) -> Result<Sealed, String> {
    let built = folder.join(name);
    let mut bytes = fs::read(&built).map_err(|error| format!("{}: {error}.", built.display()))?;
    if name.ends_with(".js") {
        let code = String::from_utf8(bytes).map_err(|_| format!("{name} is not text."))?;
        bytes = slim(&code).into_bytes();
    }
    let digest = Sha384::digest(&bytes);
    let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let stem = name.split(['-', '_', '.']).next().unwrap_or(name);
    let ending = if name.ends_with(".js") { ".js" } else { "_bg.wasm" };
    let named = format!("{stem}-{short}{ending}");
    fs::remove_file(&built)
        .and_then(|()| fs::write(folder.join(&named), bytes))
        .map_err(|error| format!("{named}: {error}."))?;
    Ok(Sealed { name: named, digest: format!("sha384-{}", STANDARD.encode(digest)) })
}

/// Code without the lines that are only for readers, and without indents. In boot.js and in what wasm-bindgen
/// writes, each text stands in one line, so no line of one is touched.
fn slim(code: &str) -> String {
    let lines = code.lines().map(str::trim_start);
    let kept = lines
        .filter(|line| !line.is_empty() && !["//", "/*", "* ", "*/"].iter().any(|c| line.starts_with(c)));
    kept.filter(|line| *line != "*").collect::<Vec<_>>().join("\n")
}

/// An attribute of a tag, in quotes or, after Trunk has made the page small, without.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!("{name}="))?;
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split(' ').next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_program_by_its_content_and_digest() {
        let folder = env::temp_dir().join(format!("memberdesk-seal-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let page = "<head><script src=./boot-1.js integrity=sha384-c type=module></script><link rel=\"modulepreload\" href=\"./memberdesk-1.js\" integrity=\"sha384-a\">\
            <link rel=preload href=./memberdesk-1_bg.wasm integrity=sha384-b></head>";
        let files = ["boot-1.js", "memberdesk-1.js", "memberdesk-1_bg.wasm", "work.js", "work_bg.wasm"];
        for file in files {
            fs::write(folder.join(file), file).expect("a file");
        }
        fs::write(folder.join("index.html"), page).expect("a file");
        seal(&folder).expect("it is sealed");
        let html = fs::read_to_string(folder.join("index.html")).expect("the page");
        let named: Vec<_> = fs::read_dir(&folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
            .filter(|name| name != "index.html")
            .collect();
        assert_eq!(named.len(), files.len());
        for name in named {
            assert!(!files.contains(&name.as_str()), "{name} has its old name");
            let bytes = fs::read(folder.join(&name)).expect("a file");
            let digest = format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes)));
            assert!(html.contains(&name) && html.contains(&digest), "{html} names {name}");
        }
        fs::remove_dir_all(&folder).expect("the folder goes");
    }

    #[test]
    fn code_loses_comments_and_indents_and_nothing_else() {
        let code = "/**\n * A comment.\n */\nfunction a() {\n    // why\n    return `${b}//c`;\n}\n\nlet d = 2 * 3;\n";
        assert_eq!(slim(code), "function a() {\nreturn `${b}//c`;\n}\nlet d = 2 * 3;");
    }
}
