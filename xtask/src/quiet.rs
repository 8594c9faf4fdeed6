//! Programs that have much to say: a line on the screen for each, and all of it in a file, which is shown if they fail.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

use crate::process::target_folder;

/// How often somebody who waits is told that nothing is stuck.
const WORD: Duration = Duration::from_secs(30);

/// Something that takes a while, as it is told.
pub struct Stage {
    start: Instant,
    told: u32,
}

impl Stage {
    pub fn begin(what: &str) -> Stage {
        println!("{what} …");
        Stage { start: Instant::now(), told: 0 }
    }

    pub fn go_on(&mut self) {
        let due = (self.start.elapsed().as_secs() / WORD.as_secs()) as u32;
        if due > self.told {
            self.told = due;
            println!("  still at it: {}", minutes(self.start.elapsed()));
        }
    }

    pub fn end(self) {
        println!("  done in {}", minutes(self.start.elapsed()));
    }
}

/// Runs to the end; `name` is that of its file.
pub fn quietly(what: &str, name: &str, command: &mut Command) -> Result<(), String> {
    let path = log(command, name)?;
    let program = command.get_program().to_string_lossy().into_owned();
    let mut stage = Stage::begin(what);
    let mut child = command.spawn().map_err(|error| format!("{program} could not be started: {error}."))?;
    loop {
        match child.try_wait().map_err(|error| format!("{program}: {error}."))? {
            None => sleep(Duration::from_millis(100)),
            Some(status) if status.success() => {
                stage.end();
                return Ok(());
            }
            Some(status) => {
                eprintln!("{}", fs::read_to_string(&path).unwrap_or_default());
                return Err(format!(
                    "{program} ended with {status}. What it said is above, and in {}.",
                    path.display()
                ));
            }
        }
        stage.go_on();
    }
}

/// Makes a program speak into a file of this name.
pub fn log(command: &mut Command, name: &str) -> Result<PathBuf, String> {
    let path = target_folder().join("log").join([name, ".txt"].concat());
    let open = |path: &Path| {
        fs::create_dir_all(target_folder().join("log"))?;
        let file = File::create(path)?;
        Ok((file.try_clone()?, file))
    };
    let (out, errors) =
        open(&path).map_err(|error: std::io::Error| format!("{}: {error}.", path.display()))?;
    command.stdout(out).stderr(errors);
    Ok(path)
}

fn minutes(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::command;

    #[test]
    fn what_fails_names_the_file_that_has_what_it_said() {
        let mut failing = command("ls");
        failing.arg("/nowhere/at/all");
        let problem = quietly("Looking", "test-fails", &mut failing).expect_err("it fails");
        let path = target_folder().join("log/test-fails.txt");
        assert!(problem.contains(&path.display().to_string()), "{problem}");
        assert!(fs::read_to_string(path).expect("a file").contains("/nowhere/at/all"));
    }

    #[test]
    fn what_succeeds_is_quiet() {
        let mut listing = command("ls");
        assert_eq!(quietly("Looking", "test-succeeds", &mut listing), Ok(()));
        let said = fs::read_to_string(target_folder().join("log/test-succeeds.txt")).expect("a file");
        assert!(said.contains("Cargo.toml"), "{said}");
    }
}
