//! The twins of the fuzz targets in `fuzz/`: the same properties, on real texts with random edits, in seconds and
//! without a nightly compiler.

#[path = "../../fuzz/src/lib.rs"]
mod properties;

mod edits;
mod seeds;

use std::collections::BTreeSet;
use std::fmt;
use std::fs;

use memberdesk::change::record::Record;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value as Json;

use seeds::{folder, seeds};

/// Bytes that a failure shows as text.
#[derive(Clone)]
struct Input(Vec<u8>);

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// Any bytes, any text, or a real text with random edits.
fn input(target: &str) -> impl Strategy<Value = Input> {
    let bytes = prop_oneof![
        1 => vec(any::<u8>(), 0..200),
        1 => any::<String>().prop_map(String::into_bytes),
        6 => edits::edited(seeds(target)),
    ];
    bytes.prop_map(Input)
}

macro_rules! twins {
    ($($target:ident),+) => {
        const TWINS: &[(&str, fn(&[u8]))] = &[$((stringify!($target), properties::$target)),+];

        proptest! {
            #![proptest_config(ProptestConfig::with_cases(300))]
            $(
                #[test]
                fn $target(input in input(stringify!($target))) {
                    properties::$target(&input.0);
                }
            )+
        }
    };
}

twins!(answer, config, link, pasted, provider_file, recents, redact, retry_after, row, settings);

#[test]
fn every_target_has_a_twin_and_seeds_that_hold() {
    let targets = fs::read_dir(folder("fuzz/fuzz_targets")).expect("the targets").map(|entry| {
        let path = entry.expect("an entry").path();
        path.file_stem().and_then(|stem| stem.to_str()).expect("a name").to_string()
    });
    let twins = TWINS.iter().map(|(name, _)| name.to_string());
    assert_eq!(targets.collect::<BTreeSet<_>>(), twins.collect::<BTreeSet<_>>());
    for (target, property) in TWINS {
        let seeds = seeds(target);
        assert!(!seeds.is_empty(), "{target}");
        seeds.iter().for_each(|seed| property(seed.as_bytes()));
    }
}

/// Otherwise nothing would be held of a record.
#[test]
fn every_provider_takes_a_seed_for_a_record() {
    let bodies = seeds("answer").into_iter().filter_map(|seed| {
        let (_, body) = seed.split_once("\n\n")?;
        serde_json::from_str::<Json>(body).ok()
    });
    let bodies: Vec<Json> = bodies.collect();
    for (provider, identity) in properties::providers() {
        let is_record = |body: &Json| Record::read(provider, identity, body, 0).is_ok();
        assert!(bodies.iter().any(is_record), "{}", provider.id);
    }
}
