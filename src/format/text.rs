//! A whole text as it comes from anywhere: its encoding found, or the reason why it is no text.
//!
//! UTF-8 and UTF-16 announce or prove themselves. What is neither is taken for an encoding of one
//! byte a character: the one that was named, or the one that its letters speak for. Whoever calls
//! says which, because such a guess can be wrong.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A text and the encoding that it was in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, without a byte order mark; line ends and all else as they were.
    pub text: String,
    /// The encoding's name: `UTF-8`, `UTF-16LE`, `windows-1252`, `ISO-8859-1` …
    pub encoding: String,
    /// How the encoding is known.
    pub known: Known,
}

/// How an encoding is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// A byte order mark says it.
    Mark,
    /// The bytes can hardly be anything else.
    Proof,
    /// The letters that come out speak for it.
    Guess,
    /// A person said it.
    Named,
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A file that no editor of plain text wrote.
    #[error("found {0}, expected plain text")]
    Kind(&'static str),
    /// Control characters, where text has none.
    #[error("found the control byte 0x{byte:02X} at byte {at}, expected plain text")]
    Binary {
        /// The first such byte.
        byte: u8,
        /// Where, from 0.
        at: usize,
    },
    /// UTF-8, but for a few bytes.
    #[error("found UTF-8 with a fault: the byte 0x{byte:02X} at byte {at} (line {line})")]
    BrokenUtf8 {
        /// The byte.
        byte: u8,
        /// Where, from 0.
        at: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The bytes are not in the encoding that was named.
    #[error("found bytes that are no {0}")]
    NotSo(String),
    /// Nothing but white space.
    #[error("found nothing but white space")]
    Blank,
    /// Nothing at all.
    #[error("found nothing: the file is empty")]
    Empty,
}

/// The encoding of this name (`latin-1`, `cp1252`, `utf-16`, `macroman` and WHATWG's labels), and how it is shown.
///
/// # Examples
///
/// ```
/// use enregard::format::encoding_named;
/// assert_eq!(encoding_named("Latin-1").unwrap().1, "ISO-8859-1");
/// assert!(encoding_named("martian").is_none());
/// ```
pub fn encoding_named(name: &str) -> Option<(&'static Encoding, &'static str)> {
    let plain: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect();
    Some(match plain.as_str() {
        "latin1" | "iso88591" | "l1" => (WINDOWS_1252, LATIN_1),
        "macroman" | "macintosh" | "mac" => (encoding_rs::MACINTOSH, "macintosh"),
        "latin9" => (encoding_rs::ISO_8859_15, encoding_rs::ISO_8859_15.name()),
        "utf8" => (UTF_8, UTF_8.name()),
        "utf16" | "utf16le" => (UTF_16LE, UTF_16LE.name()),
        "utf16be" => (UTF_16BE, UTF_16BE.name()),
        _ => {
            let encoding = Encoding::for_label(name.as_bytes())?;
            (encoding, encoding.name())
        }
    })
}

const LATIN_1: &str = "ISO-8859-1";

/// Decodes a whole text; `named`: in this encoding, whatever it looks like. Bytes that are given away become the text, where
/// they are UTF-8 already.
///
/// # Errors
///
/// [`TextError`], where it is no text, or not in the encoding that was named.
///
/// # Examples
///
/// ```
/// use enregard::format::decode;
/// let old = decode(b"Le caf\xE9 est ferm\xE9.", None).unwrap();
/// assert_eq!((old.text.as_str(), old.encoding.as_str()), ("Le café est fermé.", "ISO-8859-1"));
/// assert!(decode(b"%PDF-1.7 \x00\x01", None).is_err());
/// ```
pub fn decode<'b>(
    bytes: impl Into<Cow<'b, [u8]>>,
    named: Option<(&'static Encoding, &'static str)>,
) -> Result<Text, TextError> {
    let bytes = bytes.into();
    if bytes.is_empty() {
        return Err(TextError::Empty);
    }
    let text = match named {
        Some((encoding, name)) => as_named(&bytes, encoding, name)?,
        None => found(bytes)?,
    };
    if let Some((at, c)) = text.text.char_indices().find(|(_, c)| is_no_text(*c)) {
        return Err(TextError::Binary { byte: c as u8, at });
    }
    if text.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(TextError::Blank);
    }
    Ok(text)
}

/// Controls that no text has; a form feed, an escape and such are odd, but harmless.
fn is_no_text(c: char) -> bool {
    matches!(c, '\0'..='\u{08}' | '\u{0E}'..='\u{1A}' | '\u{1C}'..='\u{1F}')
}

fn as_named(bytes: &[u8], encoding: &'static Encoding, name: &str) -> Result<Text, TextError> {
    // A mark wins over the order of bytes that was named, as UTF-16 has two.
    let (encoding, name, mark) = match Encoding::for_bom(bytes) {
        Some((own, length)) if own == encoding || (is_utf_16(own) && is_utf_16(encoding)) => {
            (own, own.name(), length)
        }
        _ => (encoding, name, 0),
    };
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
        .ok_or_else(|| TextError::NotSo(name.to_owned()))?;
    Ok(Text { text: text.into_owned(), encoding: name.to_owned(), known: Known::Named })
}

fn is_utf_16(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

fn found(bytes: Cow<'_, [u8]>) -> Result<Text, TextError> {
    const KINDS: [(&[u8], &str); 12] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a packed file (Word, LibreOffice, EPUB, zip)"),
        (b"\xD0\xCF\x11\xE0", "an old Word document"),
        (b"{\\rtf", "an RTF document"),
        (b"\x89PNG", "a picture (PNG)"),
        (b"\xFF\xD8\xFF", "a picture (JPEG)"),
        (b"GIF8", "a picture (GIF)"),
        (b"\x1F\x8B", "a packed file (gzip)"),
        (b"\x7FELF", "a program"),
        (b"<!DOCTYPE html", "a web page (HTML)"),
        (b"<!doctype html", "a web page (HTML)"),
        (b"<html", "a web page (HTML)"),
    ];
    if let Some((_, kind)) = KINDS.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(TextError::Kind(kind));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let text = encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .ok_or_else(|| TextError::NotSo(encoding.name().to_owned()))?;
        let encoding = encoding.name().to_owned();
        return Ok(Text { text: text.into_owned(), encoding, known: Known::Mark });
    }
    if let Some(text) = unmarked_utf_16(&bytes) {
        return Ok(text);
    }
    if let Some(at) = bytes.iter().position(|&byte| byte < 0x80 && is_no_text(char::from(byte))) {
        return Err(TextError::Binary { byte: bytes[at], at });
    }
    let error = match String::from_utf8(bytes.into_owned()) {
        Ok(text) => return Ok(Text { text, encoding: UTF_8.name().to_owned(), known: Known::Proof }),
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    if mostly_utf_8(bytes) {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count();
        return Err(TextError::BrokenUtf8 { byte: bytes[at], at, line });
    }
    let (text, encoding) = one_byte(bytes);
    Ok(Text { text, encoding: encoding.to_owned(), known: Known::Guess })
}

/// UTF-16 without a mark: nearly every other byte is zero, or the upper half of what French and English write.
fn unmarked_utf_16(bytes: &[u8]) -> Option<Text> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len() / 2;
    let encoding = match (zeros(0), zeros(1)) {
        (0, high) if high * 10 >= half * 7 => UTF_16LE,
        (high, 0) if high * 10 >= half * 7 => UTF_16BE,
        _ => return None,
    };
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(Text { text: text.into_owned(), encoding: encoding.name().to_owned(), known: Known::Proof })
}

/// Whether letters beyond ASCII are UTF-8 nearly everywhere: then it is no other encoding, but damaged.
fn mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len().min(1);
    }
    good > 0 && good >= bad * 2
}

/// The text in an encoding of one byte a character. Windows-1252, where all that comes out is what French, English
/// and their neighbours write; its part without 0x80–0x9F is Latin-1. Otherwise what the detector takes it for.
fn one_byte(bytes: &[u8]) -> (String, &'static str) {
    let western = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    let usual = |c: char| {
        c.is_ascii()
            || "éèêëàâäçîïôöûùüÿœæÉÈÊËÀÂÄÇÎÏÔÖÛÙÜŸŒÆñóíúáÑÓÍÚÁßåøÅØ«»‹›“”‘’„–—…•·€£°²³§©®™½¼ºª¿¡\u{a0}\u{ad}"
                .contains(c)
    };
    let all = western.chars().filter(|c| !c.is_ascii()).count();
    let odd = western.chars().filter(|c| !usual(*c)).count();
    if odd * 20 <= all {
        let windows = bytes.iter().any(|byte| (0x80..0xA0).contains(byte));
        let name = if windows { WINDOWS_1252.name() } else { LATIN_1 };
        return (western.into_owned(), name);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"fr"), Utf8Detection::Deny);
    // The Mac's old encoding, which no web page is in and no detector knows: é is 0x8E, à 0x88.
    let mac = encoding_rs::MACINTOSH.decode_without_bom_handling(bytes).0;
    let odd_mac = mac.chars().filter(|c| !usual(*c)).count();
    if odd_mac * 20 <= all {
        return (mac.into_owned(), "macintosh");
    }
    (guess.decode_without_bom_handling(bytes).0.into_owned(), guess.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Le café de l’Étoile a fermé. « Où aller ? », demande Zoë, à 8 h.\n";

    fn in_encoding(name: &str) -> Vec<u8> {
        encoding_named(name).unwrap().0.encode(FRENCH).0.into_owned()
    }

    fn utf_16(little: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(FRENCH.encode_utf16());
        units.flat_map(|unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn each_encoding_is_found_and_gives_the_same_text() {
        let with_mark = [b"\xEF\xBB\xBF", FRENCH.as_bytes()].concat();
        for (bytes, encoding, known) in [
            (FRENCH.as_bytes().to_vec(), "UTF-8", Known::Proof),
            (with_mark, "UTF-8", Known::Mark),
            (utf_16(true, true), "UTF-16LE", Known::Mark),
            (utf_16(false, true), "UTF-16BE", Known::Mark),
            (utf_16(true, false), "UTF-16LE", Known::Proof),
            (utf_16(false, false), "UTF-16BE", Known::Proof),
            (in_encoding("windows-1252"), "windows-1252", Known::Guess),
            (in_encoding("macroman"), "macintosh", Known::Guess),
        ] {
            let found = decode(&bytes, None).unwrap();
            assert_eq!(
                (found.text.as_str(), found.encoding.as_str(), found.known),
                (FRENCH, encoding, known)
            );
        }
        let latin = FRENCH.replace('’', "'").chars().map(|c| c as u8).collect::<Vec<u8>>();
        assert_eq!(decode(&latin, None).unwrap().encoding, "ISO-8859-1");
    }

    #[test]
    fn a_named_encoding_is_believed_unless_the_bytes_cannot_be_it() {
        let bytes = in_encoding("iso-8859-15");
        assert_eq!(decode(&bytes, encoding_named("latin-9")).unwrap().known, Known::Named);
        let error = decode(b"caf\xE9", encoding_named("utf-8")).unwrap_err();
        assert_eq!(error, TextError::NotSo("UTF-8".into()));
        assert_eq!(decode(utf_16(false, true), encoding_named("utf-16")).unwrap().encoding, "UTF-16BE");
    }

    #[test]
    fn what_is_no_text_is_refused_with_the_reason() {
        for (bytes, told) in [
            (&b""[..], "found nothing: the file is empty"),
            (b" \r\n\t", "found nothing but white space"),
            (b"%PDF-1.4", "found a PDF, expected plain text"),
            (b"ab\x00c", "found the control byte 0x00 at byte 2, expected plain text"),
            (b"\x01\x02\x03", "found the control byte 0x01 at byte 0, expected plain text"),
            (
                "été, forêt, \u{e9}".as_bytes().split_last().unwrap().1,
                "found UTF-8 with a fault: the byte 0xC3 at byte 15 (line 1)",
            ),
        ] {
            assert_eq!(decode(bytes, None).unwrap_err().to_string(), told);
        }
    }
}
