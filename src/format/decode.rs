//! Text as it comes from other programs: a byte order mark, or UTF-16, becomes plain UTF-8.
//!
//! Only what announces itself is decoded. Old one-byte encodings are not guessed here: a wrong guess would change
//! letters without a word. What is not UTF-8 is found by who reads the lines.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};

/// A reader whose text is UTF-8 without a byte order mark, whatever it is underneath.
///
/// UTF-16 is known by its byte order mark, or by a zero byte in its first character (which is
/// ASCII in every table's header). A surrogate without its partner becomes U+FFFD.
pub struct Decoded<R> {
    input: R,
    decoder: Option<Decoder>,
    /// Decoded text, and how far it is taken.
    text: Vec<u8>,
    taken: usize,
    ended: bool,
    /// What the first bytes said.
    encoding: &'static str,
}

impl<R: BufRead> Decoded<R> {
    /// Looks at the first bytes of `input`.
    ///
    /// # Errors
    ///
    /// As `input` has them.
    pub fn new(mut input: R) -> io::Result<Self> {
        // A reader may give its first bytes one at a time, so they are taken, not looked at.
        let mut first = Vec::with_capacity(3);
        (&mut input).take(3).read_to_end(&mut first)?;
        let (decoder, mark, encoding) = match first[..] {
            [0xEF, 0xBB, 0xBF] => (None, 3, "UTF-8 with a byte order mark"),
            [0xFF, 0xFE, ..] => (Some(UTF_16LE), 2, "UTF-16, little end first"),
            [0xFE, 0xFF, ..] => (Some(UTF_16BE), 2, "UTF-16, big end first"),
            [a, 0, ..] if a != 0 => (Some(UTF_16LE), 0, "UTF-16, little end first"),
            [0, a, ..] if a != 0 => (Some(UTF_16BE), 0, "UTF-16, big end first"),
            _ => (None, 0, "UTF-8"),
        };
        let mut decoder = decoder.map(|encoding| encoding.new_decoder_without_bom_handling());
        let rest = &first[mark..];
        let mut text = Vec::new();
        match &mut decoder {
            None => text.extend_from_slice(rest),
            Some(decoder) => decode(decoder, rest, &mut text, false),
        }
        Ok(Decoded { input, decoder, text, taken: 0, ended: false, encoding })
    }

    /// Text that is in this encoding, which has no byte order mark.
    pub(super) fn in_encoding(input: R, encoding: &'static encoding_rs::Encoding) -> Self {
        let decoder = Some(encoding.new_decoder_without_bom_handling());
        Decoded { input, decoder, text: Vec::new(), taken: 0, ended: false, encoding: encoding.name() }
    }

    /// The encoding that was found, for a message.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }
}

/// Decodes all of `bytes` onto the end of `text`.
fn decode(decoder: &mut Decoder, mut bytes: &[u8], text: &mut Vec<u8>, last: bool) {
    loop {
        let from = text.len();
        text.resize(from + bytes.len() * 2 + 16, 0);
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut text[from..], last);
        text.truncate(from + written);
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

impl<R: BufRead> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken < self.text.len() {
            return Ok(&self.text[self.taken..]);
        }
        let Some(decoder) = &mut self.decoder else { return self.input.fill_buf() };
        self.text.clear();
        self.taken = 0;
        while self.text.is_empty() && !self.ended {
            let bytes = self.input.fill_buf()?;
            let read = bytes.len();
            self.ended = read == 0;
            decode(decoder, bytes, &mut self.text, self.ended);
            self.input.consume(read);
        }
        Ok(&self.text)
    }

    fn consume(&mut self, bytes: usize) {
        if self.taken < self.text.len() {
            self.taken += bytes;
        } else {
            self.input.consume(bytes);
        }
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let read = bytes.len().min(into.len());
        into[..read].copy_from_slice(&bytes[..read]);
        self.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        // One byte at a time: the worst that a pipe can do.
        let mut decoded = Decoded::new(io::BufReader::with_capacity(1, bytes)).unwrap();
        let mut text = String::new();
        decoded.read_to_string(&mut text).unwrap();
        (text, decoded.encoding())
    }

    #[test]
    fn every_unicode_file_gives_the_same_text() {
        let text = "id\tfr\r\nk\tL’été 😀\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut marked = vec![0xEF, 0xBB, 0xBF];
        marked.extend(text.bytes());
        for bytes in [
            text.as_bytes(),
            &marked,
            &little,
            &big,
            &[&[0xFF, 0xFE], &little[..]].concat(),
            &[&[0xFE, 0xFF], &big[..]].concat(),
        ] {
            assert_eq!(read(bytes).0, text);
        }
        assert_eq!(read(b"").0, "");
        assert_eq!(read(b"i").0, "i");
        assert_eq!(read(&little).1, "UTF-16, little end first");
    }
}
