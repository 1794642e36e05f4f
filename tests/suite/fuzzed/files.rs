//! Files of a corpus and of a person's own.

use std::io::{BufReader, Read};
use std::path::Path;

use enregard::desk::glossary::read_terms;
use enregard::format::Decoded;
use enregard::quality::Glossary;
use enregard::store::file::{parse, scan, write};
use enregard::store::{Config, StoreError};
use enregard::words::{Lexicon, LexiconError};
use serde::de::IgnoredAny;

/// An alignment file.
pub fn alignment_file(data: &[u8]) {
    let path = Path::new("fuzz.jsonl");
    let Ok(parsed) = parse(data, path) else { return };
    // No line is dropped in silence: another reader of JSON finds the header and as many units.
    let text = std::str::from_utf8(data).expect("what is read is UTF-8");
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    let values: Vec<IgnoredAny> = values.collect::<Result<_, _>>().expect("it is JSON");
    assert_eq!(values.len(), 1 + parsed.units.len());
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
}

/// A configuration.
pub fn config(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Config::parse(text, std::path::Path::new("enregard.toml")) {
        // The place that is told is in the file.
        Err(StoreError::Config { line, column, told, .. }) => {
            assert!(line >= 1 && line <= text.matches('\n').count() + 1 && column >= 1 && !told.is_empty());
        }
        Err(other) => panic!("{other}"),
        // No key is passed over in silence.
        Ok(config) => {
            let keys = text.matches('=').count() + text.matches('[').count();
            assert!(config.unknown.len() <= keys);
        }
    }
}

/// Bytes of an unknown encoding.
pub fn decode(data: &[u8]) {
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
}

/// A glossary.
pub fn glossary(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let terms = match read_terms(text) {
        Err(line) => return assert!(line >= 1 && line <= text.lines().count()),
        Ok(terms) => terms,
    };
    assert!(terms.iter().all(|term| !term.fr.trim().is_empty() && !term.en.is_empty()));
    // No line but remarks, blank ones and the header is passed over.
    let lines = text.lines().filter(|line| line.contains('\t') && !line.starts_with(['#', '\u{FEFF}']));
    assert!(terms.len() + 1 >= lines.filter(|line| !line.trim().is_empty()).count());
    let glossary = Glossary::new(terms.clone());
    for term in terms.iter().take(8) {
        // A place is in the text; a term is found in itself, where it has a word at all.
        for (span, found) in glossary.terms_in(&term.fr) {
            assert!(!span.of(&term.fr).is_empty() && terms.contains(found));
        }
        let words = enregard::words::Text::new(&term.fr, enregard::bitext::Lang::Fr).tokens().len();
        let itself = glossary.kept_in(&term.fr, &term.en.join(" ; "));
        assert!(words == 0 || itself.iter().any(|(number, _)| terms[*number] == *term), "{term:?}");
    }
}

/// A lexicon of one's own.
pub fn lexicon(data: &[u8]) {
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
}
