//! The folder to publish.

use std::{env, fs, path::PathBuf};

use memberdesk::hosting::{Host, Page, Policy};

use crate::{
    arguments::Arguments,
    compress::compress,
    file_list, owner,
    process::{command, root},
    quiet::quietly,
    tools::{FOR_RUNNING, Tool, install_missing},
};

pub fn run(arguments: Arguments) -> Result<(), String> {
    arguments.finish()?;
    whole()?;
    println!("\nThe folder to publish is {}", dist().display());
    Ok(())
}

/// The folder that `MEMBERDESK_DIST` names, as the browser tests take it, or a new build.
pub fn given_or_new() -> Result<PathBuf, String> {
    match env::var_os("MEMBERDESK_DIST") {
        Some(folder) => Ok(root().join(folder)),
        None => whole().map(|()| dist()),
    }
}

fn whole() -> Result<(), String> {
    install_missing(&FOR_RUNNING)?;
    install_missing(&[Tool::WasmOpt])?;
    trunk()?;
    finish()
}

/// The folder that Trunk fills.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The release build.
pub fn trunk() -> Result<(), String> {
    let mut trunk = command("trunk");
    quietly("Building the page, small and quick", "build", trunk.args(["build", "--release"]))
}

/// What hosts want beside it: the page's headers, and every file once more in small.
pub fn finish() -> Result<(), String> {
    let (config, providers) = owner::read(Some(&dist().join("config.json")))?;
    let page = Page::new(dist(), "/", Policy::of(&config, &providers));
    fs::write(dist().join("_headers"), page.text(Host::HeadersFile, ""))
        .map_err(|error| format!("dist/_headers: {error}."))?;
    compress(&dist()).map_err(|error| format!("The files in dist could not be compressed: {error}."))?;
    file_list::write(&dist()).map_err(|error| format!("dist/{}: {error}.", file_list::NAME))?;
    println!("{}", sizes().map_err(|error| format!("dist: {error}."))?);
    Ok(())
}

/// How large each compressed file is: what a visitor's browser fetches.
fn sizes() -> std::io::Result<String> {
    let mut rows = Vec::new();
    for entry in fs::read_dir(dist())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(name) = name.strip_suffix(".br") {
            rows.push((entry.metadata()?.len(), name.to_owned()));
        }
    }
    rows.sort();
    let lines =
        rows.iter().map(|(bytes, name)| format!("\n{name:<40} {:>6.1} KB brotli", *bytes as f64 / 1000.0));
    Ok(lines.collect())
}
