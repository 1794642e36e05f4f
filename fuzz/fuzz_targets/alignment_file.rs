#![no_main]

use std::path::Path;

use enregard::store::file::{parse, scan, write};
use serde::de::IgnoredAny;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let path = Path::new("fuzz.jsonl");
    let Ok(parsed) = parse(data, path) else { return };
    // No line is dropped in silence: another reader of JSON finds the header and as many units.
    let text = std::str::from_utf8(data).expect("what is read is UTF-8");
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    assert_eq!(values.map(|value| value.expect("it is JSON")).count(), 1 + parsed.units.len());
    // The reader that makes no units sees the same ones.
    let mut seen = Vec::new();
    scan(
        data,
        path,
        |header| *header == parsed.header,
        |unit| seen.push((unit.id, unit.fr.concat(), unit.en.concat())),
    )
    .expect("what is read can be gone through");
    let own = parsed.units.iter().map(|unit| (unit.id, unit.fr.concat(), unit.en.concat()));
    assert_eq!(seen, own.collect::<Vec<_>>());
    // What is written is read as it was.
    let Ok(alignment) = parsed.into_alignment(None, path) else { return };
    let written = write(&alignment);
    let again = parse(written.as_bytes(), path).expect("what is written is read").into_alignment(None, path);
    let again = again.expect("what is written keeps the laws");
    assert_eq!((again.header(), again.units()), (alignment.header(), alignment.units()));
    assert_eq!(write(&again), written);
});
