#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let whole = enregard::segment::segment(text, enregard::bitext::Lang::Fr);
    // Text is pointed at, never changed: the constructor checks that nothing but white space is left out.
    assert!(enregard::bitext::Segmentation::new(text, whole.sentences().to_vec()).is_ok());
});
