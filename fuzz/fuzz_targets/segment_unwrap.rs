#![no_main]

use enregard::bitext::Lang;
use enregard::segment::Segmenter;

libfuzzer_sys::fuzz_target!(|data: &[u8]| enregard_fuzz::split(data, &Segmenter::new(Lang::Fr).unwrap(true)));
