#![no_main]

use enregard::words::{Lexicon, LexiconError};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Lexicon::parse(text) {
        Err(LexiconError { line, found }) => {
            assert!(line >= 1 && line <= text.lines().count() && !found.is_empty())
        }
        Ok(lexicon) => {
            for form in lexicon.forms() {
                assert!(form.probability.is_finite() && form.count.is_finite(), "{form:?}");
            }
            for word in text.split_whitespace().take(20) {
                let found = lexicon.translations(word);
                assert!(found.iter().all(|(_, weight)| weight.is_finite() && *weight >= 0.0), "{found:?}");
                assert!(found.is_sorted_by(|one, other| one.1 >= other.1), "{found:?}");
            }
        }
    }
});
