#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for lang in [enregard::bitext::Lang::Fr, enregard::bitext::Lang::En] {
        let _ = enregard::words::numbers::numbers(&enregard::words::Text::new(text, lang));
    }
});
