//! Everything that must hold before a change is taken.

use crate::{
    arguments::Arguments,
    build, gallery, lighthouse,
    process::{cargo, command, output, run as run_command},
    proxies::is_ci,
    steps::Steps,
    system_packages,
    tools::{self, FOR_RUNNING, Tool, has_node},
};

/// The packages beside the page, which always run natively.
const BESIDE: [&str; 3] = ["xtask", "simulated", "browser-tests"];
const WASM: &str = "wasm32-unknown-unknown";

pub fn run(mut arguments: Arguments) -> Result<(), String> {
    let full = arguments.flag("--full");
    arguments.finish()?;
    let mut steps = Steps::default();
    steps.step("tools", install)?;
    steps.step("format", || run_command(cargo().args(["fmt", "--all", "--check"])))?;
    steps.step("lint: the pure rooms", || {
        clippy(&["-p", "memberdesk", "--no-default-features", "--all-targets"])
    })?;
    steps.step("lint: automation, simulated providers, browser tests", || {
        let mut packages = vec!["--all-targets"];
        packages.extend(BESIDE.iter().flat_map(|package| ["-p", package]));
        clippy(&packages)
    })?;
    steps.step("lint: the page, the gallery", || {
        clippy(&["-p", "memberdesk", "-p", "gallery", "--target", WASM])
    })?;
    steps.step("test: the pure rooms", || cargo_test(&["-p", "memberdesk", "--no-default-features"]))?;
    steps.step("test: simulated providers, automation, relay", || {
        cargo_test(&["-p", "simulated", "-p", "xtask"])
    })?;
    steps.step("build: the folder to publish", build::trunk)?;
    steps.step("build: compressed files and headers", build::finish)?;
    steps.step("build: the gallery", || gallery::build().map(drop))?;
    steps.step("test: browsers", || browsers(&[]))?;
    if full {
        steps.step("test: relay, thousands of paths", || {
            cargo_test(&["-p", "xtask", "--test", "relay", "--", "--ignored", "--nocapture"])
        })?;
        // One after the other, because they measure.
        steps.step("test: browsers, figures", || {
            browsers(&["--test", "it", "--", "--ignored", "--test-threads=1", "--nocapture"])
        })?;
        steps.step("figures: Lighthouse", || lighthouse::measure(build::dist(), 3))?;
    }
    println!("\n{}", steps.table());
    Ok(())
}

fn install() -> Result<(), String> {
    system_packages::install_missing()?;
    if !has_node() {
        return Err("The tests need Node 20 or newer, with npm.".to_owned());
    }
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output(cargo().args([subcommand, "--version"])).is_none() {
            run_command(command("rustup").args(["component", "add", component]))?;
        }
    }
    tools::install_missing(&FOR_RUNNING)?;
    tools::install_missing(&[Tool::WasmOpt, Tool::Axe, Tool::Geckodriver])?;
    match tools::install_missing(&[Tool::Proxies]) {
        Err(problem) if !is_ci() => {
            println!("{problem}\nThe relay is not tried as a Worker, and cors-anywhere is not tried.");
            Ok(())
        }
        installed => installed,
    }
}

fn clippy(arguments: &[&str]) -> Result<(), String> {
    run_command(cargo().arg("clippy").args(arguments).args(["--", "-D", "warnings"]))
}

fn cargo_test(arguments: &[&str]) -> Result<(), String> {
    run_command(cargo().arg("test").args(arguments))
}

fn browsers(arguments: &[&str]) -> Result<(), String> {
    let mut tests = cargo();
    tests
        .args(["test", "-p", "browser-tests"])
        .args(arguments)
        .env("MEMBERDESK_DIST", build::dist())
        .env("MEMBERDESK_GALLERY", gallery::folder());
    run_command(&mut tests)
}
