//! JSON Lines in, JSON Lines out: many texts through a pipe, on all threads, in flat memory.

use std::borrow::Cow;
use std::io::{self, Read, Write};

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::bitext::Span;
use crate::segment::{Segmenter, paragraphs};

/// How JSON Lines are split.
pub struct JsonLines {
    /// By which rules.
    pub segmenter: Segmenter,
    /// Spans in bytes, not in code points.
    pub bytes: bool,
}

/// One line of the input; other keys are passed over.
#[derive(Deserialize)]
struct Text<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
    #[serde(borrow)]
    text: Cow<'l, str>,
}

/// So much is read at a time; a longer line makes the buffer grow.
const BUFFER: usize = 1 << 20;
/// Less than this is not worth another thread.
const PIECE: usize = 1 << 15;

impl JsonLines {
    /// Splits every line's text, on all threads, and writes the answers in order, as soon as lines are there.
    ///
    /// Returns how many lines were at fault; each was told with its number, from 1. Memory: a few megabytes, or a few
    /// times the longest line.
    ///
    /// # Errors
    ///
    /// Where reading or writing fails.
    pub fn run(
        &self,
        mut input: impl Read,
        mut output: impl Write,
        mut fault: impl FnMut(u64, String),
    ) -> io::Result<u64> {
        let mut buffer = vec![0; BUFFER];
        let (mut filled, mut number, mut faults) = (0, 0, 0);
        loop {
            if filled == buffer.len() {
                buffer.resize(buffer.len() * 2, 0);
            }
            let read = match input.read(&mut buffer[filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            let ends = memchr::memrchr(b'\n', &buffer[filled..filled + read]).map(|at| filled + at + 1);
            filled += read;
            let whole = if read == 0 { filled } else { ends.unwrap_or(0) };
            let answers: Vec<Answers> =
                pieces(&buffer[..whole]).into_par_iter().map(|piece| self.piece(piece)).collect();
            for answers in answers {
                output.write_all(&answers.text)?;
                for (line, why) in answers.faults {
                    faults += 1;
                    fault(number + line, why);
                }
                number += answers.lines;
            }
            if whole > 0 {
                output.flush()?;
            }
            buffer.copy_within(whole..filled, 0);
            filled -= whole;
            if read == 0 {
                return Ok(faults);
            }
        }
    }

    /// Splits the texts of whole lines.
    fn piece(&self, piece: &[u8]) -> Answers {
        let mut answers =
            Answers { text: Vec::with_capacity(piece.len() * 5 / 4), lines: 0, faults: Vec::new() };
        // Checked all at once, which is several times quicker than line by line.
        let whole = simdutf8::basic::from_utf8(piece).ok();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', piece).map(|at| at + 1).chain([piece.len()]) {
            let range = start..end;
            start = end;
            if range.is_empty() {
                continue;
            }
            answers.lines += 1;
            let line = match whole {
                Some(text) => Ok(&text[range]),
                None => std::str::from_utf8(&piece[range]),
            };
            let before = answers.text.len();
            let split = match line {
                Ok(line) if line.trim_ascii().is_empty() => Ok(()),
                Ok(line) => self.line(line, &mut answers.text).map_err(|error| told(&error)),
                Err(error) => Err(format!("it is not UTF-8, at byte {}", error.valid_up_to() + 1)),
            };
            if let Err(why) = split {
                answers.text.truncate(before);
                answers.faults.push((answers.lines, why));
            }
        }
        answers
    }

    /// Splits one line's text and appends the answer, with its line feed.
    ///
    /// # Errors
    ///
    /// Where the line is no JSON object with a string `text`.
    pub fn line(&self, line: &str, answer: &mut Vec<u8>) -> serde_json::Result<()> {
        let Text { id, text } = serde_json::from_str(line.trim_ascii_end())?;
        answer.extend_from_slice(b"{\"id\":");
        answer.extend_from_slice(id.map_or("null", RawValue::get).as_bytes());
        answer.extend_from_slice(b",\"sentences\":[");
        let spans = self.spans(&text);
        let control = text.bytes().any(|byte| byte < 0x20);
        for (index, span) in spans.iter().enumerate() {
            if index > 0 {
                answer.push(b',');
            }
            match &text {
                // Nothing was escaped in the line, so nothing need be.
                Cow::Borrowed(text) => {
                    answer.push(b'"');
                    answer.extend_from_slice(span.of(text).as_bytes());
                    answer.push(b'"');
                }
                Cow::Owned(text) if control => serde_json::to_writer(&mut *answer, span.of(text))?,
                Cow::Owned(text) => quote(span.of(text), answer),
            }
        }
        answer.extend_from_slice(b"],\"spans\":[");
        let (mut byte, mut point) = (0, 0);
        for (index, span) in spans.iter().enumerate() {
            let place = if self.bytes {
                (span.start, span.end)
            } else {
                let start = point + code_points(&text[byte..span.start]);
                point = start + code_points(span.of(&text));
                byte = span.end;
                (start, point)
            };
            if index > 0 {
                answer.push(b',');
            }
            serde_json::to_writer(&mut *answer, &place)?;
        }
        answer.extend_from_slice(b"]}\n");
        Ok(())
    }

    /// The sentences of a text whose line breaks end paragraphs.
    fn spans(&self, text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        for paragraph in paragraphs(text).spans {
            let own = self.segmenter.sentences(paragraph.of(text));
            spans.extend(own.map(|span| span.shifted(paragraph.start)));
        }
        spans
    }
}

/// What came of some lines.
struct Answers {
    text: Vec<u8>,
    lines: u64,
    /// Lines at fault, counted from 1, and why.
    faults: Vec<(u64, String)>,
}

/// Cuts whole lines into a piece for each thread, at line ends.
fn pieces(mut lines: &[u8]) -> Vec<&[u8]> {
    let size = (lines.len() / rayon::current_num_threads()).max(PIECE) + 1;
    let mut pieces = Vec::new();
    while lines.len() > size {
        let Some(end) = memchr::memchr(b'\n', &lines[size..]) else { break };
        let (piece, rest) = lines.split_at(size + end + 1);
        pieces.push(piece);
        lines = rest;
    }
    if !lines.is_empty() {
        pieces.push(lines);
    }
    pieces
}

/// Appends a text without control characters as a JSON string.
fn quote(text: &str, answer: &mut Vec<u8>) {
    answer.push(b'"');
    let mut start = 0;
    for at in memchr::memchr2_iter(b'"', b'\\', text.as_bytes()) {
        answer.extend_from_slice(&text.as_bytes()[start..at]);
        answer.push(b'\\');
        start = at;
    }
    answer.extend_from_slice(&text.as_bytes()[start..]);
    answer.push(b'"');
}

/// The fault of a line, without the place in it that `serde_json` counts as line 1.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line 1 column ") {
        Some((what, column)) if column != "0" => format!("{what}, at column {column}"),
        Some((what, _)) => what.to_owned(),
        None => text,
    }
}

/// How many code points a text has; quick, as the compiler counts many bytes at once.
pub(super) fn code_points(text: &str) -> usize {
    text.as_bytes()
        .chunks(255)
        .map(|bytes| bytes.iter().map(|&byte| u8::from((byte as i8) >= -0x40)).sum::<u8>())
        .map(usize::from)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;

    fn run(input: impl Read, bytes: bool) -> (String, Vec<(u64, String)>) {
        let lines = JsonLines { segmenter: Segmenter::new(Lang::Fr), bytes };
        let (mut output, mut faults) = (Vec::new(), Vec::new());
        let count = lines.run(input, &mut output, |line, why| faults.push((line, why))).unwrap();
        assert_eq!(count, faults.len() as u64);
        (String::from_utf8(output).unwrap(), faults)
    }

    /// Gives a few bytes at a time, as a pipe may.
    struct Dripping<'b>(&'b [u8]);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let some = self.0.len().min(buffer.len()).min(7);
            let (now, rest) = self.0.split_at(some);
            buffer[..some].copy_from_slice(now);
            self.0 = rest;
            Ok(some)
        }
    }

    #[test]
    fn spans_are_code_points_or_bytes_and_every_sentence_is_there() {
        let line = r#"{"id":"é/1","text":"À côté.\nIl « \u00e9tait ». Oui","more":[1]}"#;
        let answer =
            r#"{"id":"é/1","sentences":["À côté.","Il « était ».","Oui"],"spans":[[0,7],[8,21],[22,25]]}"#;
        assert_eq!(run(line.as_bytes(), false).0, format!("{answer}\n"));
        assert!(run(line.as_bytes(), true).0.contains("[[0,10],[11,27],[28,31]]"));
    }

    #[test]
    fn quotes_backslashes_and_control_characters_go_out_as_they_came() {
        for text in [r#"\"A\\b\". \u00c9t\u00e9 \"\"."#, r#"\"A\tb\". \u00c9t\u0001."#] {
            let line = format!("{{\"text\":\"{text}\"}}");
            let answer: serde_json::Value = serde_json::from_str(&run(line.as_bytes(), false).0).unwrap();
            let sent: serde_json::Value = serde_json::from_str(&line).unwrap();
            let joined: Vec<&str> =
                answer["sentences"].as_array().unwrap().iter().map(|s| s.as_str().unwrap()).collect();
            assert_eq!(joined.join(" "), sent["text"].as_str().unwrap());
        }
    }

    #[test]
    fn a_line_at_fault_is_told_with_its_number_and_the_rest_goes_on() {
        let (output, faults) = run("{\"text\":\"a\"}\n\n{\"text\":\n{\"text\":\"b\"}".as_bytes(), false);
        assert_eq!(output.lines().count(), 2);
        assert_eq!(faults, [(3, "EOF while parsing a value, at column 8".to_owned())]);
        let (output, faults) = run(&b"{\"text\":\"\xff\"}\n{\"id\":1}\n{\"text\":\"b\"}\n"[..], false);
        assert_eq!((output.lines().count(), faults.len()), (1, 2));
    }

    #[test]
    fn the_answers_are_the_same_however_the_input_comes_and_however_long_it_is() {
        let line =
            |index: usize| format!("{{\"id\":{index},\"text\":\"{}\"}}\n", "Il pleut. ".repeat(index % 50));
        let input: String = (0..3000).map(line).collect();
        let (whole, faults) = run(input.as_bytes(), false);
        assert!(faults.is_empty() && whole.lines().count() == 3000);
        assert!(
            whole.lines().enumerate().all(|(index, line)| line.starts_with(&format!("{{\"id\":{index},")))
        );
        let start: String = input.split_inclusive('\n').take(40).collect();
        assert!(whole.starts_with(&run(Dripping(start.as_bytes()), false).0));
        let long = format!("{{\"text\":\"{}\"}}", "Il pleut. ".repeat(300_000));
        assert_eq!(run(long.as_bytes(), false).0.matches("Il pleut.").count(), 300_000);
    }
}
