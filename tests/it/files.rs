//! Every provider file must be one that the page can rely on.

use std::fs;
use std::path::PathBuf;

use memberdesk::provider::Provider;

/// All provider files of the repository, read and checked.
pub fn providers() -> Vec<Provider> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("providers");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder of providers").map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.retain(|path| !path.ends_with("provider.schema.json"));
    paths.sort();
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a readable file");
        let provider = Provider::parse(&text).unwrap_or_else(|faults| panic!("{}: {faults:#?}", path.display()));
        assert_eq!(path.file_stem().and_then(|stem| stem.to_str()), Some(provider.id.as_str()));
        provider
    };
    paths.iter().map(read).collect()
}

#[test]
fn every_provider_file_is_without_fault() {
    assert!(providers().len() >= 2);
}

#[test]
fn no_two_servers_share_a_path_at_the_relay() {
    let providers = providers();
    let mut slugs: Vec<&str> =
        providers.iter().flat_map(|provider| &provider.servers).map(|server| server.slug.as_str()).collect();
    let all = slugs.len();
    slugs.sort_unstable();
    slugs.dedup();
    assert_eq!(slugs.len(), all);
}
