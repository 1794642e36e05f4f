#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| enregard_fuzz::hold("alignment_file", data));
