//! Units as entries of a PO file.

use std::borrow::Cow;
use std::io;

use crate::bitext::Kind;
use crate::format::escape::Special;
use crate::format::{Column, Options, PROGRAM, Placed, TextWriter, Told};

use super::COMMENTS;

pub(super) fn writer(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    // `2026-11-20T08:00:00Z` is `2026-11-20 08:00+0000` here.
    let date = options.at.get(..16).unwrap_or_default().replace('T', " ");
    let fields = [
        format!("Project-Id-Version: {}\n", options.name),
        "Report-Msgid-Bugs-To: \n".to_owned(),
        format!("POT-Creation-Date: {date}+0000\n"),
        format!("PO-Revision-Date: {date}+0000\n"),
        format!("Last-Translator: {PROGRAM}\n"),
        format!("Language-Team: {}\n", options.target),
        format!("Language: {}\n", options.target.replace('-', "_")),
        "MIME-Version: 1.0\n".to_owned(),
        "Content-Type: text/plain; charset=UTF-8\n".to_owned(),
        "Content-Transfer-Encoding: 8bit\n".to_owned(),
        "Plural-Forms: nplurals=2; plural=(n != 1);\n".to_owned(),
        format!("X-Generator: {PROGRAM}\n"),
        format!("X-Source-Language: {}\n", options.source),
    ];
    let mut header = b"msgid \"\"\nmsgstr \"\"\n".to_vec();
    for field in fields {
        header.push(b'"');
        escaped(&field, &mut header, &mut Told::default());
        header.extend_from_slice(b"\"\n");
    }
    Ok(Box::new(Po { header }))
}

struct Po {
    header: Vec<u8>,
}

impl TextWriter for Po {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(&self.header);
        Ok(())
    }

    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        let unit = placed.unit;
        let (french, english) = (Column::Fr.cell(placed), Column::En.cell(placed));
        told.units += 1;
        out.push(b'\n');
        for line in unit.more.note.iter().flat_map(|note| note.lines()) {
            comment(b"# ", line, out, told);
        }
        for (column, before) in COMMENTS {
            let value = column.cell(placed);
            let said = match column {
                Column::Kind => unit.kind != Kind::Body,
                // The `rev` of nothing is of no use.
                Column::Rev => unit.has_english(),
                _ => true,
            };
            if said {
                out.extend_from_slice(b"#. ");
                comment(before.as_bytes(), &value, out, told);
            }
        }
        if let Some(sentence) = placed.sentence {
            // Names with spaces stand between U+2068 and U+2069, as gettext 0.22 reads and writes them.
            let article = placed.article;
            let (open, close) = if article.contains(' ') { ("\u{2068}", "\u{2069}") } else { ("", "") };
            out.extend_from_slice(format!("#: {open}{article}{close}:{sentence}\n").as_bytes());
        }
        if unit.is_stale() {
            out.extend_from_slice(b"#, fuzzy\n");
            field(b"#| msgid ", b"#| ", &Column::Was.cell(placed), out, told);
        }
        field(b"msgctxt ", b"", unit.id.as_str(), out, told);
        field(b"msgid ", b"", &french, out, told);
        field(b"msgstr ", b"", &english, out, told);
        Ok(())
    }
}

fn comment(before: &[u8], text: &str, out: &mut Vec<u8>, told: &mut Told) {
    out.extend_from_slice(before);
    let text = through(text);
    told.spaces += text.matches(['\n', '\t', '\r']).count() as u64;
    out.extend_from_slice(text.replace(['\n', '\t', '\r'], " ").trim_end().as_bytes());
    out.push(b'\n');
}

/// Writes one string of an entry; of a text with several lines each stands on one of its own.
fn field(keyword: &[u8], before: &[u8], text: &str, out: &mut Vec<u8>, told: &mut Told) {
    out.extend_from_slice(keyword);
    let trimmed = text.trim_matches('\n');
    let (start, end) = text.split_once(trimmed).filter(|_| trimmed.len() < text.len()).unwrap_or(("", ""));
    told.spaces += (start.len() + end.len()) as u64;
    let several = trimmed.contains('\n');
    if several {
        out.extend_from_slice(b"\"\"\n");
        out.extend_from_slice(before);
    }
    out.push(b'"');
    out.extend(std::iter::repeat_n(b' ', start.len()));
    if several {
        for (index, line) in trimmed.split_inclusive('\n').enumerate() {
            if index > 0 {
                out.extend_from_slice(b"\"\n");
                out.extend_from_slice(before);
                out.push(b'"');
            }
            escaped(line, out, told);
        }
    } else {
        escaped(trimmed, out, told);
    }
    out.extend(std::iter::repeat_n(b' ', end.len()));
    out.extend_from_slice(b"\"\n");
}

/// What a text is after it went through a PO file.
///
/// Some readers part lines wherever Unicode lets them, and few read escapes by number: what has no escape of its
/// own becomes a space. `msgfmt -c` wants French and English to begin and end with a line end both, or not at all.
pub(super) fn through(text: &str) -> Cow<'_, str> {
    let ends = text.starts_with('\n') || text.ends_with('\n');
    if !ends && !text.contains(becomes_space) {
        return Cow::Borrowed(text);
    }
    let inner = text.trim_matches('\n');
    let start = text.len() - text.trim_start_matches('\n').len();
    let end = text.len() - inner.len() - start;
    Cow::Owned(format!("{}{}{}", " ".repeat(start), inner.replace(becomes_space, " "), " ".repeat(end)))
}

const fn becomes_space(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{7F}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What is not written as it is begins with one of these.
const SPECIAL: Special = Special::controls_and(b"\"\\\x7F\xC2\xE2");

fn escaped(text: &str, out: &mut Vec<u8>, told: &mut Told) {
    SPECIAL.escape(text, out, |rest| {
        let (length, written) = match rest {
            [b'"', ..] => (1, "\\\""),
            [b'\\', ..] => (1, "\\\\"),
            [b'\n', ..] => (1, "\\n"),
            [b'\t', ..] => (1, "\\t"),
            [b'\r', ..] => (1, "\\r"),
            [0xC2, 0x85, ..] => (2, " "),
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => (3, " "),
            [0xC2 | 0xE2, ..] => (0, ""),
            _ => (1, " "),
        };
        told.spaces += u64::from(written == " ");
        (length, written)
    });
}
