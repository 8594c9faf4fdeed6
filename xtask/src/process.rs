//! Starting other programs.

use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The folder of the repository.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().expect("the package lies in the repository").to_owned()
}

/// Cargo, in the repository.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program in the repository, which finds the project's own tools before the machine's.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).env("PATH", path()).stdin(Stdio::null());
    command
}

/// Runs to the end with its output on the screen.
pub fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{name} ended with {status}.")),
        Err(error) => Err(format!("{name} could not be started: {error}.")),
    }
}

/// What it prints, or nothing where it is missing or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok().filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where the tools of this project are installed.
pub fn tools_folder() -> PathBuf {
    target_folder().join("tools")
}

/// Cargo's folder for what it builds.
pub fn target_folder() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// Whether a program is on the path, without starting it.
pub fn is_installed(program: &str) -> bool {
    env::split_paths(&path()).any(|folder| folder.join(program).is_file())
}

fn path() -> std::ffi::OsString {
    let tools = tools_folder();
    let machine = env::var_os("PATH").unwrap_or_default();
    let own = [tools.join("bin"), tools.join("node_modules/.bin")];
    // Debian keeps nginx where only root looks.
    let system = [PathBuf::from("/usr/sbin")];
    let folders = own.into_iter().chain(env::split_paths(&machine)).chain(system);
    env::join_paths(folders).unwrap_or(machine)
}
