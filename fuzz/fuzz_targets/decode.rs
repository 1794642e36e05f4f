#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut text = String::new();
    let mut decoded = match enregard::format::Decoded::new(data) { Ok(decoded) => decoded, Err(_) => return };
    let _ = std::io::Read::read_to_string(&mut decoded, &mut text);
});
