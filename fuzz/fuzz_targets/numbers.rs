#![no_main]

use enregard::bitext::Lang;
use enregard::words::{Text, numbers::numbers};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for lang in [Lang::Fr, Lang::En] {
        // Each has a place of its own, in order, and a value.
        let mut end = 0;
        for number in numbers(&Text::new(text, lang)) {
            assert!(number.span.start >= end && !number.span.of(text).is_empty(), "{number:?}");
            assert!(!number.value.is_nan(), "{number:?}");
            end = number.span.end;
        }
    }
});
