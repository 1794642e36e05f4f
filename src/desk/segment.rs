//! Splitting texts that belong to no corpus: JSON Lines in, JSON Lines out.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use serde::Deserialize;

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
    id: Option<&'l serde_json::value::RawValue>,
    #[serde(borrow)]
    text: Cow<'l, str>,
}

impl JsonLines {
    /// Splits every line's text; returns how many lines were at fault, each told with its number, from 1.
    ///
    /// # Errors
    ///
    /// Where reading or writing fails.
    pub fn run(
        &self,
        mut input: impl BufRead,
        mut output: impl Write,
        mut fault: impl FnMut(u64, String),
    ) -> io::Result<u64> {
        let (mut line, mut answer) = (Vec::new(), Vec::new());
        let (mut number, mut faults) = (0, 0);
        while input.read_until(b'\n', &mut line)? > 0 {
            number += 1;
            if !line.trim_ascii().is_empty() {
                answer.clear();
                match self.line(&line, &mut answer) {
                    Ok(()) => output.write_all(&answer)?,
                    Err(error) => {
                        faults += 1;
                        fault(number, error.to_string());
                    }
                }
            }
            line.clear();
        }
        Ok(faults)
    }

    /// Splits one line's text and appends the answer, with its line feed.
    ///
    /// # Errors
    ///
    /// Where the line is no JSON object with a string `text`.
    pub fn line(&self, line: &[u8], answer: &mut Vec<u8>) -> serde_json::Result<()> {
        let Text { id, text } = serde_json::from_slice(line)?;
        answer.extend_from_slice(b"{\"id\":");
        answer.extend_from_slice(id.map_or("null", serde_json::value::RawValue::get).as_bytes());
        answer.extend_from_slice(b",\"sentences\":[");
        let spans = self.spans(&text);
        for (index, span) in spans.iter().enumerate() {
            if index > 0 {
                answer.push(b',');
            }
            serde_json::to_writer(&mut *answer, span.of(&text))?;
        }
        answer.extend_from_slice(b"],\"spans\":[");
        let (mut byte, mut point) = (0, 0);
        for (index, span) in spans.iter().enumerate() {
            let [start, end] = if self.bytes {
                [span.start, span.end]
            } else {
                let start = point + code_points(&text[byte..span.start]);
                point = start + code_points(span.of(&text));
                byte = span.end;
                [start, point]
            };
            let comma = if index > 0 { "," } else { "" };
            let _ = write!(answer, "{comma}[{start},{end}]");
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

fn code_points(text: &str) -> usize {
    text.bytes().filter(|&byte| (byte as i8) >= -0x40).count()
}
