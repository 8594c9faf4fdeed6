#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| memberdesk_fuzz::provider_file(bytes));
