//! Runs the simulated providers until killed.

use std::process::ExitCode;

use simulated::Simulated;
use simulated::arguments::{Asked, HELP, parse};

fn main() -> ExitCode {
    let ports = match parse(std::env::args().skip(1)) {
        Ok(Asked::Help) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Ok(Asked::Run(ports)) => ports,
        Err(problem) => {
            eprintln!("simulated: {problem}\n\n{HELP}");
            return ExitCode::from(2);
        }
    };
    let simulated = match Simulated::start(ports) {
        Ok(simulated) => simulated,
        Err(problem) => {
            eprintln!("simulated: cannot listen: {problem}");
            return ExitCode::FAILURE;
        }
    };
    for (name, server) in simulated.servers() {
        println!("{name:<24} {}", server.address());
    }
    // The servers run on their own threads; this one has nothing left to do.
    loop {
        std::thread::park();
    }
}
