//! What a build needs and rustup does not bring: found where it is, installed where it is not.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    process::{cargo, command, output, root, target_folder, tools_folder},
    quiet::quietly,
};

const TRUNK: &str = "0.21.14";
const WASM_OPT: &str = "132";
const WASM: &str = "wasm32-unknown-unknown";

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tool {
    WasmTarget,
    Trunk,
    WasmBindgen,
    WasmOpt,
    Axe,
    Geckodriver,
    Lighthouse,
    Proxies,
}

/// What any build of the page needs.
pub const FOR_RUNNING: [Tool; 3] = [Tool::WasmTarget, Tool::Trunk, Tool::WasmBindgen];

impl Tool {
    /// What it is, in the words of the lines on the screen.
    pub fn describe(self) -> &'static str {
        match self {
            Self::WasmTarget => "Rust's library for WebAssembly",
            Self::Trunk => "Trunk, which builds the page",
            Self::WasmBindgen => "wasm-bindgen, which joins it to the browser",
            Self::WasmOpt => "wasm-opt, which makes it small",
            Self::Axe => "axe, which looks for what shuts people out",
            Self::Geckodriver => "geckodriver, which steers Firefox in the tests",
            Self::Lighthouse => "Lighthouse, which gives the page its marks",
            Self::Proxies => "miniflare and cors-anywhere, proxies that the tests run",
        }
    }

    pub fn is_present(self) -> bool {
        match self {
            Self::WasmTarget => has_wasm_target(),
            Self::Trunk => says("trunk", TRUNK),
            Self::WasmBindgen => wasm_bindgen().is_ok_and(|version| says("wasm-bindgen", &version)),
            Self::WasmOpt => says("wasm-opt", WASM_OPT),
            Self::Axe => holds(&tools_folder(), "axe-core", "xtask/tools"),
            Self::Geckodriver => output(command("geckodriver").arg("--version")).is_some(),
            Self::Lighthouse => holds(&lighthouse_folder(), "lighthouse", "xtask/tools/lighthouse"),
            Self::Proxies => ["miniflare", "cors-anywhere"]
                .iter()
                .all(|name| holds(&proxies_folder(), name, "xtask/tools/proxies")),
        }
    }

    pub fn install(self) -> Result<(), String> {
        let installing = |mut command: Command| {
            quietly(&format!("Installing {}", self.describe()), &format!("{self:?}"), &mut command)
        };
        self.installer()
            .and_then(installing)
            .map_err(|problem| format!("Could not install {self:?}. {problem}"))
    }

    fn installer(self) -> Result<Command, String> {
        let mut command = match self {
            Self::WasmTarget => command("rustup"),
            Self::Trunk => install(&format!("trunk@{TRUNK}")),
            Self::WasmBindgen => install(&format!("wasm-bindgen-cli@{}", wasm_bindgen()?)),
            Self::WasmOpt | Self::Axe => from_npm("xtask/tools", &tools_folder())?,
            Self::Geckodriver => install("geckodriver"),
            Self::Lighthouse => from_npm("xtask/tools/lighthouse", &lighthouse_folder())?,
            Self::Proxies => from_npm("xtask/tools/proxies", &proxies_folder())?,
        };
        match self {
            Self::WasmTarget => _ = command.args(["target", "add", WASM]),
            Self::Trunk | Self::Geckodriver => _ = command.arg("--locked"),
            // A build needs no more of it.
            Self::WasmOpt => _ = command.arg("--omit=dev"),
            Self::WasmBindgen | Self::Axe | Self::Lighthouse | Self::Proxies => {}
        }
        Ok(command)
    }
}

pub fn missing(tools: &[Tool]) -> Vec<Tool> {
    tools.iter().copied().filter(|tool| !tool.is_present()).collect()
}

pub fn install_missing(tools: &[Tool]) -> Result<(), String> {
    missing(tools).into_iter().try_for_each(Tool::install)
}

/// Whether Node is there, new enough for wasm-opt and the tests.
pub fn has_node() -> bool {
    let major = output(command("node").arg("--version"))
        .and_then(|version| version.trim_start_matches('v').split('.').next()?.parse::<u32>().ok());
    major.is_some_and(|major| major >= 20) && output(command("npm").arg("--version")).is_some()
}

fn says(program: &str, version: &str) -> bool {
    let said = output(command(program).arg("--version")).unwrap_or_default();
    said.split_whitespace().any(|word| word == version)
}

fn has_wasm_target() -> bool {
    let folder = output(command("rustc").args(["--print", "target-libdir", "--target", WASM]));
    folder.is_some_and(|folder| fs::exists(folder).unwrap_or(false))
}

/// The tool must have exactly the version of the library in `Cargo.lock`.
fn wasm_bindgen() -> Result<String, String> {
    let lock =
        fs::read_to_string(root().join("Cargo.lock")).map_err(|error| format!("Cargo.lock: {error}"))?;
    version_in_lock(&lock, "wasm-bindgen").ok_or_else(|| "Cargo.lock does not name wasm-bindgen.".to_owned())
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let (_, after) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
    after.split('"').next().map(str::to_owned)
}

/// A quick build: these tools run for seconds, their own release profiles compile for a quarter of an hour.
fn install(package: &str) -> Command {
    let mut command = cargo();
    command
        .args(["install", package, "--root"])
        .arg(tools_folder())
        .env("CARGO_TARGET_DIR", tools_folder().join("build"))
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    command
}

/// The script that judges a page. It goes into the tests' browser, never into the page.
pub fn axe_script() -> PathBuf {
    tools_folder().join("node_modules/axe-core/axe.min.js")
}

/// It brings two hundred packages, so it has a folder of its own, which only its command fills.
pub fn lighthouse_folder() -> PathBuf {
    target_folder().join("tools-lighthouse")
}

/// Proxies that are known by their own programs.
pub fn proxies_folder() -> PathBuf {
    target_folder().join("tools-proxies")
}

/// Whether a folder holds an npm package in the version that our list of packages asks for.
fn holds(folder: &Path, package: &str, list: &str) -> bool {
    let read = |path: PathBuf| -> Option<serde_json::Value> {
        serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
    };
    let own = read(folder.join("node_modules").join(package).join("package.json"));
    let wanted = read(root().join(list).join("package.json"));
    let (Some(own), Some(wanted)) = (own, wanted) else { return false };
    ["dependencies", "devDependencies"].iter().any(|kind| wanted[kind][package] == own["version"])
}

fn from_npm(list: &str, folder: &Path) -> Result<Command, String> {
    if !has_node() {
        return Err("It comes from npm: install Node 20 or newer, with npm.".to_owned());
    }
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(root().join(list).join(name), folder.join(name))
            .map_err(|error| format!("{list}/{name}: {error}."))?;
    }
    let mut npm = command("npm");
    npm.arg("ci").current_dir(folder);
    Ok(npm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_the_version_of_one_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "wasm"), None);
    }

    /// Trunk refuses to build offline when these differ.
    #[test]
    fn trunk_asks_for_the_versions_that_are_installed() {
        let text = |path: &str| fs::read_to_string(root().join(path)).expect("it is there");
        let trunk = text("Trunk.toml");
        let wasm_bindgen = wasm_bindgen().expect("Cargo.lock names it");
        for trunk in [&trunk, &text("tests/gallery/Trunk.toml")] {
            assert!(trunk.contains(&format!("wasm_bindgen = \"{wasm_bindgen}\"")), "{wasm_bindgen}");
        }
        assert!(trunk.contains(&format!("wasm_opt = \"version_{WASM_OPT}\"")));
        let npm = fs::read_to_string(root().join("xtask/tools/package.json")).expect("package.json is there");
        assert!(npm.contains(&format!("\"binaryen\": \"{WASM_OPT}.")), "{npm}");
    }
}
