#![no_main]

use std::io::{BufReader, Read};

use enregard::format::Decoded;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut decoded = Decoded::new(data).expect("memory can be read");
    let (encoding, mut bytes) = (decoded.encoding(), Vec::new());
    decoded.read_to_end(&mut bytes).expect("memory can be read");
    // What is UTF-8 is not touched, but for its byte order mark; what is UTF-16 is UTF-8 then.
    match encoding {
        "UTF-8" => assert_eq!(bytes, data),
        "UTF-8 with a byte order mark" => assert_eq!(bytes, data[3..]),
        _ => {
            let units: Vec<u16> = data[..data.len() / 2 * 2]
                .chunks(2)
                .map(|two| {
                    let two = [two[0], two[1]];
                    if encoding.contains("little") {
                        u16::from_le_bytes(two)
                    } else {
                        u16::from_be_bytes(two)
                    }
                })
                .collect();
            let units = units.strip_prefix(&[0xFEFF]).unwrap_or(&units);
            let expected = String::from_utf16_lossy(units);
            let found = String::from_utf8(bytes).expect("it is UTF-8");
            // Half a character at the end is one that is unknown, with or without the half of a pair before it.
            let whole = |text: &str| text.trim_end_matches('\u{FFFD}').to_owned();
            assert!(found == expected || (data.len() % 2 == 1 && whole(&found) == whole(&expected)));
        }
    }
    // However few bytes come at a time.
    let mut slowly = Vec::new();
    Decoded::new(BufReader::with_capacity(1, data)).unwrap().read_to_end(&mut slowly).unwrap();
    let mut at_once = Vec::new();
    Decoded::new(data).unwrap().read_to_end(&mut at_once).unwrap();
    assert_eq!(slowly, at_once);
});
