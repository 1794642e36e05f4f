#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = enregard::store::Config::parse(text, std::path::Path::new("enregard.toml"));
});
