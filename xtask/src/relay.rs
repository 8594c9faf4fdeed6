//! `cargo xtask relay`: the relay's configuration for an owner.

use std::path::PathBuf;

use memberdesk::relay::{Place, Program, Relay, SignIn};

use crate::{
    arguments::Arguments,
    owner::{self, Example},
};

/// What an owner says, from `config.json` and the command line.
#[derive(Clone, Debug, Default)]
struct Wishes {
    origins: Vec<String>,
    page: Option<PathBuf>,
    config: Option<PathBuf>,
    sign_in: Option<String>,
}

pub fn run(mut arguments: Arguments) -> Result<(), String> {
    let program = match arguments.value("--for")? {
        None => Program::Nginx,
        Some(word) => Program::parse(&word)
            .ok_or_else(|| format!("“{word}” cannot be the relay here: write nginx, caddy or worker."))?,
    };
    let wishes = Wishes {
        origins: arguments.values("--origin")?,
        page: arguments.value("--page")?.map(PathBuf::from),
        config: arguments.value("--config")?.map(PathBuf::from),
        sign_in: arguments.value("--sign-in")?,
    };
    arguments.finish()?;
    let relay = relay(&wishes)?;
    if !relay.fits(program) {
        return Err("Tokens are kept by nginx only: leave --for out, or --sign-in.".to_owned());
    }
    if wishes.origins.is_empty() {
        eprintln!("No --origin is given, so an example stands in its place. Name the address of your page.");
    }
    print!("{}", relay.text(program));
    Ok(())
}

/// Those that the repository shows, made without an owner's word.
pub fn examples() -> Result<Vec<Example>, String> {
    let alone = example()?;
    let beside = Wishes { page: Some("/srv/memberdesk".into()), ..Wishes::default() };
    let wishes = Wishes { sign_in: Some(SignIn::default().address), ..beside.clone() };
    let of = |file, command, text| Example { file, command, text };
    Ok(vec![
        of("relay/nginx.conf", "cargo xtask relay", alone.text(Program::Nginx)),
        of("relay/Caddyfile", "cargo xtask relay --for caddy", alone.text(Program::Caddy)),
        of("relay/worker.js", "cargo xtask relay --for worker", alone.text(Program::Worker)),
        of(
            "relay/nginx-beside-page.conf",
            "cargo xtask relay --page /srv/memberdesk",
            relay(&beside)?.text(Program::Nginx),
        ),
        of(
            "relay/nginx-sign-in.conf",
            "cargo xtask relay --page /srv/memberdesk --sign-in 127.0.0.1:4180",
            relay(&wishes)?.text(Program::Nginx),
        ),
    ])
}

/// The relay of the shipped provider files, on a host of its own.
pub fn example() -> Result<Relay, String> {
    relay(&Wishes::default())
}

fn relay(wishes: &Wishes) -> Result<Relay, String> {
    let (config, providers) = owner::read(wishes.config.as_deref())?;
    let place =
        wishes.page.clone().map_or(Place::Alone, |folder| Place::BesidePage { folder, path: "/".to_owned() });
    let mut relay = Relay::of(&config, &providers, &wishes.origins, place)?;
    if let Some(address) = &wishes.sign_in {
        relay.keep_tokens(SignIn { address: checked_host(address)?, ..SignIn::default() });
    }
    Ok(relay)
}

fn checked_host(text: &str) -> Result<String, String> {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_fit) {
        return Ok(text.to_owned());
    }
    Err(format!("“{text}” is not where a sign-in listens: write it like {}.", SignIn::default().address))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn typed(line: &str) -> Result<(), String> {
        run(Arguments::new(line.split_whitespace().map(str::to_owned)))
    }

    #[test]
    fn what_cannot_be_is_said_before_anything_is_printed() {
        for (line, word) in [
            ("--for apache", "apache"),
            ("--for caddy --sign-in 127.0.0.1:4180", "nginx"),
            ("--sign-in http://127.0.0.1/;", "sign-in"),
            ("--origin desk.example.org", "desk.example.org"),
            ("--config /nowhere/config.json", "/nowhere/config.json"),
        ] {
            let problem = typed(line).expect_err("it cannot be");
            assert!(problem.contains(word), "{line}: {problem}");
        }
    }

    #[test]
    fn the_providers_beside_a_configuration_are_those_that_are_read() {
        let folder = crate::process::target_folder().join("relay-command-test");
        fs::create_dir_all(&folder).expect("the folder can be made");
        let path = folder.join("config.json");
        fs::write(&path, r#"{ "version": 1, "providers": ["webex"] }"#).expect("the file can be written");
        let made = relay(&Wishes { config: Some(path), ..Wishes::default() }).expect("a relay");
        let slugs: Vec<&str> = made.upstreams.iter().map(|own| own.slug.as_str()).collect();
        assert_eq!(slugs, ["webex"]);
    }
}
