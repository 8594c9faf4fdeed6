//! The marks that Lighthouse gives the built page, served below a path as an owner may do.

mod marks;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    arguments::Arguments,
    build,
    nginx::serve_page,
    process::{command, run as run_command, target_folder},
    system_packages,
    tools::{Tool, install_missing, lighthouse_folder},
};
use marks::{CATEGORIES, Marks};

/// Places on the page: the first screen, and the first form of a provider.
const PLACES: [&str; 2] = ["#/", "#/webex"];

/// Below a path, where a page that thinks it stands at the top of its host would miss its files.
const PATH: &str = "/sub/path/";

const FLAGS: &str = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync";

pub fn run(mut arguments: Arguments) -> Result<(), String> {
    let runs = match arguments.value("--runs")? {
        Some(runs) => runs.parse().map_err(|_| format!("“{runs}” is not a number of runs."))?,
        None => 3,
    };
    arguments.finish()?;
    system_packages::install_missing()?;
    measure(build::given_or_new()?, runs)
}

/// Prints the marks of a built page, the run in the middle of several, and fails where they fall short.
pub fn measure(page: PathBuf, runs: u32) -> Result<(), String> {
    install_missing(&[Tool::Lighthouse])?;
    let folder = target_folder().join("lighthouse");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
    let (_nginx, address) = serve_page(page, PATH, &folder)?;

    let mut lines = vec![marks::head()];
    let mut complaints = Vec::new();
    let mut short = false;
    for place in PLACES {
        let address = [&address, place].concat();
        let run = |run| again(|| judge(&address, &folder, run));
        let mut all = (0..runs).map(run).collect::<Result<Vec<_>, _>>()?;
        let marks = Marks::median(&mut all).ok_or("There must be a run.")?;
        short |= marks.are_short();
        lines.push(marks.line(place));
        complaints.extend(marks.complaints(place));
    }
    println!("\n{}", lines.join("\n"));
    if !complaints.is_empty() {
        println!("\n{}", complaints.join("\n"));
    }
    if short { Err("The page falls short of its marks.".to_owned()) } else { Ok(()) }
}

/// So often a run is tried whose browser did not come, or that Lighthouse itself asks to try again.
const TRIES: usize = 3;

fn again<T>(run: impl Fn() -> Result<T, String>) -> Result<T, String> {
    let mut tries = (0..TRIES).map(|_| run());
    let first = tries.next().unwrap_or_else(|| Err("No run was tried.".to_owned()));
    first.or_else(|problem| tries.find_map(Result::ok).ok_or(problem))
}

/// One run, in a browser that has seen nothing before: Lighthouse makes it a profile in the folder for what is
/// temporary.
fn judge(address: &str, folder: &Path, run: u32) -> Result<Marks, String> {
    println!("{address}, run {}", run + 1);
    let report = folder.join("report.json");
    let profiles = folder.join("profiles");
    _ = fs::remove_dir_all(&profiles);
    fs::create_dir_all(&profiles).map_err(|error| format!("{}: {error}.", profiles.display()))?;
    let names: Vec<&str> = CATEGORIES.iter().map(|category| category.id).collect();
    let mut node = command("node");
    node.arg(lighthouse_folder().join("node_modules/lighthouse/cli/index.js"))
        .args([address, "--quiet", "--output=json"])
        .arg(format!("--output-path={}", report.display()))
        .arg(format!("--only-categories={}", names.join(",")))
        .arg(format!("--chrome-flags={FLAGS}"))
        .env("CHROME_PATH", chromium()?)
        .env("TMPDIR", &profiles);
    run_command(&mut node)?;
    let text = fs::read_to_string(&report).map_err(|error| format!("{}: {error}.", report.display()))?;
    let report: Value =
        serde_json::from_str(&text).map_err(|error| format!("Lighthouse's report: {error}."))?;
    if let Some(problem) = report["runtimeError"]["message"].as_str() {
        return Err(format!("Lighthouse: {problem}"));
    }
    Ok(Marks(report))
}

fn chromium() -> Result<PathBuf, String> {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders)
        .map(|folder| folder.join("chromium"))
        .find(|path| path.is_file())
        .ok_or_else(|| "Chromium is not on the path.".to_owned())
}
