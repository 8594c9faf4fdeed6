#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| memberdesk_fuzz::recents(bytes));
