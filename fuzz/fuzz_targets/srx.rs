#![no_main]

use enregard::bitext::Lang;
use enregard::segment::{Segmenter, Srx};

/// Whatever the rules are, nothing is lost.
const TEXT: &str = "M. Roy dort. « Il est 8 h 30 ! » dit-elle… Rien.\nUn titre\n\n1. Étape (voir p. 3). Fin";

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(srx) = Srx::read(text, "fr") else { return };
    enregard_fuzz::split(TEXT.as_bytes(), &Segmenter::new(Lang::Fr).srx(srx));
});
