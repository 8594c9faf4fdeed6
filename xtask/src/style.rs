//! The stylesheets as one file: one request, and better compressed than many.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{arguments::Arguments, process::root};

/// Trunk calls this before each build; `index.html` names the file that it makes.
pub fn run(arguments: Arguments) -> Result<(), String> {
    arguments.finish()?;
    let page = root().join("target/page.css");
    joined(&root().join("style"))
        .and_then(|style| fs::create_dir_all(root().join("target")).and_then(|()| fs::write(page, style)))
        .map_err(|error| format!("The stylesheets could not be joined: {error}."))
}

/// `layers.css` first, because it says which layer wins; then the order does not matter, so it is by name.
fn joined(folder: &Path) -> io::Result<String> {
    let mut sheets = sheets(folder)?;
    sheets.sort_by_key(|path| (!path.ends_with("layers.css"), path.clone()));
    sheets.extend(self::sheets(&folder.join("components"))?);
    let texts: io::Result<Vec<String>> = sheets.iter().map(fs::read_to_string).collect();
    texts.map(|texts| texts.concat())
}

fn sheets(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: io::Result<Vec<_>> = fs::read_dir(folder)?.collect();
    let mut sheets: Vec<PathBuf> = entries?.iter().map(fs::DirEntry::path).collect();
    sheets.retain(|path| path.extension().is_some_and(|ending| ending == "css"));
    sheets.sort();
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_layers_comes_first_and_no_sheet_is_left_out() {
        let folder = root().join("style");
        let style = joined(&folder).expect("the stylesheets are there");
        assert!(style.starts_with("@layer "), "{}", &style[..60]);
        let count = |folder: &Path| sheets(folder).expect("the folder is there").len();
        let all = count(&folder) + count(&folder.join("components"));
        assert!(all > 2 && style.matches("@layer ").count() >= all);
    }
}
