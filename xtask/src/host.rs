//! `cargo xtask host`: what a host sends with the page, for an owner.

use std::path::PathBuf;

use memberdesk::hosting::{Host, Page, Policy};

use crate::{
    arguments::Arguments,
    owner::{self, Example},
};

const NAME: &str = "members.example.com";

const FOLDER: &str = "/srv/memberdesk";

pub fn run(mut arguments: Arguments) -> Result<(), String> {
    let host = match arguments.value("--for")? {
        None => Host::Nginx,
        Some(word) => Host::parse(&word).ok_or_else(|| {
            let words = Host::ALL.map(Host::word).join(", ");
            format!("“{word}” is no kind of host here. Write one of: {words}.")
        })?,
    };
    let config = arguments.value("--config")?.map(PathBuf::from);
    let folder = arguments.value("--page")?.unwrap_or_else(|| FOLDER.to_owned());
    let path = arguments.value("--path")?.unwrap_or_else(|| "/".to_owned());
    let name = arguments.value("--name")?.unwrap_or_else(|| NAME.to_owned());
    arguments.finish()?;
    let (config, providers) = owner::read(config.as_deref())?;
    let page = Page::new(folder.into(), &below(&path)?, Policy::of(&config, &providers));
    print!("{}", page.text(host, &named(&name)?));
    Ok(())
}

/// Those that the repository shows, made without an owner's word.
pub fn examples() -> Result<Vec<Example>, String> {
    let (config, providers) = owner::read(None)?;
    let page = Page::new(FOLDER.into(), "/", Policy::of(&config, &providers));
    let of = |file, command, host| Example { file, command, text: page.text(host, NAME) };
    Ok(vec![
        of("nginx/memberdesk.conf", "cargo xtask host", Host::Nginx),
        of("caddy/Caddyfile", "cargo xtask host --for caddy", Host::Caddy),
        of("pages/_headers", "cargo xtask host --for headers", Host::HeadersFile),
        of("cloudfront/policy.json", "cargo xtask host --for cloudfront", Host::CloudFront),
    ])
}

/// Where the page is on its site, from slash to slash.
fn below(text: &str) -> Result<String, String> {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    if text.starts_with('/') && !text.contains("//") && text.bytes().all(is_fit) {
        return Ok([text.trim_end_matches('/'), "/"].concat());
    }
    Err(format!("“{text}” is no path on a site: write it like /members/."))
}

fn named(text: &str) -> Result<String, String> {
    let is_fit = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_fit) {
        return Ok(text.to_owned());
    }
    Err(format!("“{text}” is no host’s name: write it like {NAME}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_said_before_anything_is_printed() {
        let typed = |line: &str| run(Arguments::new(line.split_whitespace().map(str::to_owned)));
        for (line, word) in [
            ("--for apache", "headers, cloudfront, meta"),
            ("--name https://members.example.com", "https://members.example.com"),
            ("--path members", "members"),
            ("--config /nowhere/config.json", "/nowhere/config.json"),
        ] {
            let problem = typed(line).expect_err("it cannot be");
            assert!(problem.contains(word), "{line}: {problem}");
        }
    }
}
