//! Header and units → text of an alignment file: the same units give the same bytes.

use std::fmt::Write;

use crate::bitext::{Alignment, Decided, Extra, Header, Status, Unit};

use super::VERSION;

/// The text of the alignment's file, in the canonical form: format 1, one line per unit, a blank line before each.
pub fn write(alignment: &Alignment) -> String {
    let texts: usize = alignment
        .units()
        .iter()
        .map(|unit| {
            // An untouched unit has an id and its French; with English come who and when.
            let own = if unit.has_english() { 160 } else { 40 };
            own + unit.fr.iter().chain(&unit.en).chain(&unit.more.was).map(String::len).sum::<usize>()
        })
        .sum();
    let mut out = String::with_capacity(512 + texts);
    write_head(&mut out, alignment.header());
    for unit in alignment.units() {
        write_line(&mut out, unit);
    }
    out
}

/// The first line of a file.
pub(crate) fn write_head(out: &mut String, header: &Header) {
    write_header(out, header);
    out.push('\n');
}

/// A unit's line, with the blank one before it.
pub(crate) fn write_line(out: &mut String, unit: &Unit) {
    out.push('\n');
    write_unit(out, unit);
    out.push('\n');
}

/// The header's object.
pub(crate) fn write_header(out: &mut String, header: &Header) {
    let _ = write!(out, "{{\"enregard\":{VERSION}");
    for (key, text) in [
        ("article", &header.article),
        ("source", &header.source),
        ("target", &header.target),
        ("sha256", &header.sha256),
        ("splitter", &header.splitter),
    ] {
        write_field(out, key, text);
    }
    for (key, text) in &header.about {
        write_field(out, key, text);
    }
    write_extra(out, &header.extra);
    out.push('}');
}

/// A unit's object.
pub(crate) fn write_unit(out: &mut String, unit: &Unit) {
    // The id needs no comma before it.
    out.push_str("{\"id\":\"");
    out.push_str(unit.id.as_str());
    out.push('"');
    if unit.kind != Default::default() {
        write_field(out, "kind", unit.kind.as_str());
    }
    write_list(out, "fr", &unit.fr);
    write_list(out, "en", &unit.en);
    if !matches!(unit.status, Status::Untranslated | Status::Draft) {
        write_field(out, "status", unit.status.as_str());
    }
    write_list(out, "was", &unit.more.was);
    write_decided(out, &unit.more.set);
    let ids: Vec<&str> = unit.more.was_ids.iter().map(|id| id.as_str()).collect();
    write_list(out, "was_ids", &ids);
    if !unit.more.dismissed.is_empty() {
        out.push_str(",\"dismissed\":[");
        for (index, dismissal) in unit.more.dismissed.iter().enumerate() {
            out.push_str(if index == 0 { "{\"check\":" } else { ",{\"check\":" });
            write_string(out, &dismissal.check);
            write_field(out, "hash", &dismissal.hash);
            write_extra(out, &dismissal.extra);
            out.push('}');
        }
        out.push(']');
    }
    if let Some(origin) = unit.origin {
        write_field(out, "origin", origin.as_str());
    }
    if let Some(score) = unit.score {
        let _ = write!(out, ",\"score\":{score}");
    }
    let texts = [("note", unit.more.note.as_deref()), ("by", unit.by.as_deref()), ("at", unit.at.as_deref())];
    for (key, text) in texts {
        if let Some(text) = text {
            write_field(out, key, text);
        }
    }
    write_extra(out, &unit.more.extra);
    out.push('}');
}

fn write_decided(out: &mut String, set: &Decided) {
    let mut names = Vec::new();
    if set.kind {
        names.push("kind");
    }
    if set.bounds {
        names.push("bounds");
    }
    names.extend(set.other.iter().map(String::as_str));
    write_list(out, "set", &names);
}

/// `,"key":["…","…"]`, or nothing where the list is empty.
fn write_list(out: &mut String, key: &str, texts: &[impl AsRef<str>]) {
    for (index, text) in texts.iter().enumerate() {
        if index == 0 {
            out.push_str(",\"");
            out.push_str(key);
            out.push_str("\":[");
        } else {
            out.push(',');
        }
        write_string(out, text.as_ref());
    }
    if !texts.is_empty() {
        out.push(']');
    }
}

/// `,"key":"…"`.
pub(crate) fn write_field(out: &mut String, key: &str, text: &str) {
    out.push(',');
    write_string(out, key);
    out.push(':');
    write_string(out, text);
}

fn write_extra(out: &mut String, extra: &[Extra]) {
    for Extra { key, json } in extra {
        out.push(',');
        write_string(out, key);
        out.push(':');
        out.push_str(json);
    }
}

/// A JSON string. Escaped are what JSON demands and the three other characters that some
/// programs take for a line end (U+0085, U+2028, U+2029): a unit is one line for all of them.
pub(crate) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let bytes = text.as_bytes();
    let mut done = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let bytes_taken = match byte {
            b'"' | b'\\' | 0..0x20 => 1,
            0xC2 if bytes[at + 1] == 0x85 => 2,
            0xE2 if bytes[at + 1] == 0x80 && matches!(bytes[at + 2], 0xA8 | 0xA9) => 3,
            _ => continue,
        };
        out.push_str(&text[done..at]);
        done = at + bytes_taken;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            _ => {
                let c = text[at..].chars().next().unwrap_or_default();
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
        }
    }
    out.push_str(&text[done..]);
    out.push('"');
}
