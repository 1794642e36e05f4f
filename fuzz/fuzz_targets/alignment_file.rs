#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let path = std::path::Path::new("fuzz.jsonl");
    if let Ok(parsed) = enregard::store::file::parse(data, path) {
        // No line is dropped in silence: each that is not blank is the header or a unit.
        let text = String::from_utf8_lossy(data);
        let braces = text.matches("\"id\"").count();
        assert!(parsed.units.len() <= braces);
    }
});
