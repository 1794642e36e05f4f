//! Whole texts in, their sentences out: as lines, as a table, as JSON, or with the reason of each decision.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::jsonl::code_points;
use crate::bitext::Span;
use crate::segment::{Decision, Segmenter, Verdict, explain, try_each_sentence};

/// How sentences are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A sentence a line; a line break inside one becomes a space.
    Plain,
    /// A table with tabs: `file paragraph sentence kind start end text`, quoted by no one.
    Tsv,
    /// A JSON object for each text, on a line: `{"file","sentences":[{"text","start","end","paragraph","kind"}]}`.
    Json,
    /// What was decided where, by which rule, and why.
    Explain,
}

/// How texts are split and written.
pub struct Files {
    /// By which rules.
    pub segmenter: Segmenter,
    /// In what form.
    pub form: Form,
    /// Places in bytes, not in code points.
    pub bytes: bool,
}

#[derive(Serialize)]
struct Sentence<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    paragraph: u32,
    kind: &'static str,
}

impl Files {
    /// Splits many files, on all threads, and writes what comes of them in the order given. A file that cannot be read is
    /// told of, and the others go on; returns how many could not be.
    ///
    /// # Errors
    ///
    /// Where writing fails.
    pub fn run(
        &self,
        paths: &[PathBuf],
        mut out: impl Write,
        mut fault: impl FnMut(&Path, io::Error),
    ) -> io::Result<usize> {
        let mut faults = 0;
        // So many at a time: the answers of all would fill memory.
        for paths in paths.chunks(rayon::current_num_threads() * 16) {
            let answers: Vec<io::Result<Answer>> = paths
                .par_iter()
                .map(|path| {
                    let (name, text) = (path.to_string_lossy(), read(path)?);
                    if text.len() > LARGE_BYTES {
                        return Ok(Answer::Later(text));
                    }
                    let mut answer = Vec::with_capacity(text.len() * 5 / 4);
                    self.text(&name, &text, &mut answer)?;
                    Ok(Answer::Written(answer))
                })
                .collect();
            for (path, answer) in paths.iter().zip(answers) {
                match answer {
                    Ok(Answer::Written(answer)) => out.write_all(&answer)?,
                    Ok(Answer::Later(text)) => self.text(&path.to_string_lossy(), &text, &mut out)?,
                    Err(error) => {
                        faults += 1;
                        fault(path, error);
                    }
                }
            }
        }
        Ok(faults)
    }

    /// What stands above all answers.
    pub fn head(&self) -> &'static str {
        if self.form == Form::Tsv { "file\tparagraph\tsentence\tkind\tstart\tend\ttext\n" } else { "" }
    }

    /// Splits one text; `name` is what it is called in the answer.
    ///
    /// # Errors
    ///
    /// Where writing fails.
    pub fn text(&self, name: &str, text: &str, out: &mut impl Write) -> io::Result<()> {
        if self.form == Form::Explain {
            let decisions = explain(text, &self.segmenter);
            let mut place = LineAndColumn::default();
            for decision in &decisions {
                place.go_to(text, decision.span.start);
                tell(out, name, text, decision, &place)?;
            }
            return Ok(());
        }
        if self.form == Form::Json {
            write!(out, "{{\"file\":{},\"sentences\":[", serde_json::to_string(name)?)?;
        }
        let mut places = Points::new(text, self.bytes);
        let mut number = 0;
        try_each_sentence(text, &self.segmenter, |sentence| {
            number += 1;
            let Span { start, end } = sentence.span;
            let sentence = Sentence {
                text: sentence.span.of(text),
                start: places.of(start),
                end: places.of(end),
                paragraph: sentence.paragraph,
                kind: sentence.kind.as_str(),
            };
            self.sentence(name, number, &sentence, out)
        })?;
        if self.form == Form::Json {
            out.write_all(b"]}\n")?;
        }
        Ok(())
    }

    /// Writes the `number`-th sentence of a text, counted from 1.
    fn sentence(&self, name: &str, number: usize, told: &Sentence, out: &mut impl Write) -> io::Result<()> {
        match self.form {
            Form::Json => {
                if number > 1 {
                    out.write_all(b",")?;
                }
                Ok(serde_json::to_writer(out, told)?)
            }
            Form::Tsv => {
                let Sentence { text, start, end, paragraph, kind } = told;
                let (file, text, paragraph) = (on_a_line(name), on_a_line(text), paragraph + 1);
                writeln!(out, "{file}\t{paragraph}\t{number}\t{kind}\t{start}\t{end}\t{text}")
            }
            Form::Plain | Form::Explain => writeln!(out, "{}", on_a_line(told.text)),
        }
    }
}

/// What comes of one file.
enum Answer {
    Written(Vec<u8>),
    /// A text whose answer would fill memory: it is split while it is written.
    Later(String),
}

const LARGE_BYTES: usize = 4 << 20;

/// The text of a file; `-` is standard input.
fn read(path: &Path) -> io::Result<String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        bytes
    } else {
        std::fs::read(path)?
    };
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        io::Error::new(io::ErrorKind::InvalidData, format!("it is not UTF-8: byte {at} begins no character"))
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// A text without tabs and line breaks: each run of them is a space.
fn on_a_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !text.contains(breaks) {
        return Cow::Borrowed(text);
    }
    let parts: Vec<&str> = text.split(breaks).map(str::trim).filter(|part| !part.is_empty()).collect();
    Cow::Owned(parts.join(" "))
}

/// Bytes to code points, asked in order.
struct Points<'t> {
    text: &'t str,
    bytes: bool,
    byte: usize,
    point: usize,
}

impl<'t> Points<'t> {
    fn new(text: &'t str, bytes: bool) -> Self {
        Points { text, bytes, byte: 0, point: 0 }
    }

    fn of(&mut self, byte: usize) -> usize {
        if self.bytes {
            return byte;
        }
        self.point += code_points(&self.text[self.byte..byte]);
        self.byte = byte;
        self.point
    }
}

/// A place as an editor shows it, both from 1.
struct LineAndColumn {
    byte: usize,
    line: usize,
    column: usize,
}

impl Default for LineAndColumn {
    fn default() -> Self {
        LineAndColumn { byte: 0, line: 1, column: 1 }
    }
}

impl LineAndColumn {
    /// Goes on to a later place; an earlier one is where it was.
    fn go_to(&mut self, text: &str, byte: usize) {
        for c in text.get(self.byte..byte).unwrap_or("").chars() {
            (self.line, self.column) =
                if c == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.byte = self.byte.max(byte);
    }
}

/// Writes a decision: its place, what was decided and why, and below what stands there.
fn tell(
    out: &mut impl Write,
    name: &str,
    text: &str,
    decision: &Decision,
    place: &LineAndColumn,
) -> io::Result<()> {
    const AROUND: usize = 30;
    let Decision { span, verdict, rule, reason } = decision;
    writeln!(out, "{name}:{}:{}: {verdict} [{rule}] {reason}", place.line, place.column)?;
    let ends = matches!(verdict, Verdict::Ends | Verdict::GoesOn);
    let cut = |part: &str| on_a_line(part).into_owned();
    if ends {
        let before: Vec<char> = text[..span.end].chars().rev().take(AROUND).collect();
        let before: String = before.into_iter().rev().collect();
        let after: String = text[span.end..].chars().take(AROUND).collect();
        let bar = if *verdict == Verdict::Ends { "|" } else { "·" };
        writeln!(out, "    …{} {bar} {}…", cut(before.trim()), cut(after.trim()))
    } else {
        let shown: String = span.of(text).chars().take(2 * AROUND).collect();
        let more = if shown.len() < span.len() { "…" } else { "" };
        writeln!(out, "    {}{more}", cut(shown.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;

    fn answer(form: Form, text: &str) -> String {
        let files = Files { segmenter: Segmenter::new(Lang::Fr), form, bytes: false };
        let mut answer = Vec::new();
        files.text("a.txt", text, &mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    #[test]
    fn plain_is_a_sentence_a_line_whatever_breaks_stand_in_it() {
        let text = "Il\tpleut.\u{2028}Il vente.\n";
        assert_eq!(answer(Form::Plain, text), "Il pleut.\nIl vente.\n");
    }

    #[test]
    fn tables_and_json_have_places_paragraphs_and_kinds() {
        let text = "Été. Il vente.\nPhoto: Jean Roy/AFP\n";
        assert_eq!(
            answer(Form::Tsv, text),
            "a.txt\t1\t1\tbody\t0\t4\tÉté.\na.txt\t1\t2\tbody\t5\t14\tIl vente.\n\
             a.txt\t2\t3\tcredit\t15\t34\tPhoto: Jean Roy/AFP\n"
        );
        let json: serde_json::Value = serde_json::from_str(&answer(Form::Json, text)).unwrap();
        assert_eq!(json["sentences"][1]["start"], 5);
        assert_eq!(json["sentences"][2]["kind"], "credit");
    }

    #[test]
    fn explain_says_where_what_and_why() {
        let told = answer(Form::Explain, "M. Roy dort.\nIl pleut. Il vente.");
        assert!(told.contains("a.txt:1:2: goes on [abbreviation-name] the abbreviation leads on"), "{told}");
        assert!(told.contains("a.txt:2:9: ends [full-stop]"), "{told}");
        assert!(told.contains("    …M. · Roy dort. Il pleut."), "{told}");
    }
}
