//! `cargo xtask`: what the project does to itself.

use std::process::ExitCode;

use xtask::arguments::Arguments;

const USAGE: &str = "\
cargo xtask run [--release] [--port N]      the page with simulated providers, at 127.0.0.1
cargo xtask run --real [--server SLUG=URL]  the same with the real providers
cargo xtask build                           the folder to publish: dist/
cargo xtask test [--full]                   everything that must hold
cargo xtask screens [--to FOLDER]           a picture of every screen and state: docs/screens/
cargo xtask gallery [--port N]              every component in each of its states, at 127.0.0.1
cargo xtask lighthouse [--runs N]           the page's marks in Lighthouse
cargo xtask relay [--for nginx|caddy|worker] [--config FILE] [--origin URL] [--page FOLDER] [--sign-in HOST:PORT]
                                            the configuration of the relay, on standard output
cargo xtask host [--for nginx|caddy|headers|cloudfront|meta] [--config FILE] [--page FOLDER] [--name HOST] [--path PATH]
                                            what a host sends with the page, on standard output";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let arguments = Arguments::new(words);
    let done = match command.as_str() {
        "run" => xtask::run::run(arguments),
        "build" => xtask::build::run(arguments),
        "test" => xtask::test::run(arguments),
        "screens" => xtask::screens::run(arguments),
        "gallery" => xtask::gallery::run(arguments),
        "lighthouse" => xtask::lighthouse::run(arguments),
        "relay" => xtask::relay::run(arguments),
        "host" => xtask::host::run(arguments),
        // Trunk calls these: before each build, after each build, and after each build of `run`.
        "style" => xtask::style::run(arguments),
        "seal" => xtask::seal::run(arguments),
        "place" => xtask::run::place(arguments),
        _ => Err(format!("The commands are:\n\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\n{problem}");
            ExitCode::FAILURE
        }
    }
}
