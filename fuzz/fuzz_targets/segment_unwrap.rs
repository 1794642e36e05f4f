#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let segmenter = enregard::segment::Segmenter::new(enregard::bitext::Lang::Fr).unwrap(true);
    let whole = enregard::segment::segment_with(text, &segmenter);
    assert!(enregard::bitext::Segmentation::new(text, whole.sentences().to_vec()).is_ok());
});
