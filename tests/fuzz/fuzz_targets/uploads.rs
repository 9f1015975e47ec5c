//! Hands what libFuzzer makes up to the property of the same name.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::uploads(data));
