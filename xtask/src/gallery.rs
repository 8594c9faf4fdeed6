//! Every component in each of its states, for people to look at and for the browser tests. It is no part of the page.

use std::{path::PathBuf, process::Command};

use crate::{
    arguments::Arguments,
    process::{command, root, run as run_command},
    quiet::quietly,
    tools::{FOR_RUNNING, install_missing},
};

const PORT: &str = "8081";

/// Serves it, and builds it again after each change.
pub fn run(mut arguments: Arguments) -> Result<(), String> {
    let port = arguments.value("--port")?.unwrap_or_else(|| PORT.to_owned());
    arguments.finish()?;
    install_missing(&FOR_RUNNING)?;
    println!(
        "This builds the gallery of components and serves it at http://127.0.0.1:{port}. Ctrl-C stops it.\n"
    );
    run_command(trunk("serve").args(["--port", &port]))
}

/// A quick build, because it is only looked at. Both builds write the joined stylesheets, so not while the page's own
/// runs.
pub fn build() -> Result<PathBuf, String> {
    quietly("Building the gallery", "gallery", &mut trunk("build"))?;
    Ok(folder())
}

/// The folder that Trunk fills: never the one to publish.
pub fn folder() -> PathBuf {
    root().join("target/gallery")
}

fn trunk(act: &str) -> Command {
    let mut trunk = command("trunk");
    trunk.current_dir(root().join("tests/gallery")).arg(act);
    trunk
}
