//! Units, findings and articles as JSON for the page. Places in texts count UTF-16 code units, as the page's strings do.

use serde::Serialize;
use serde_json::{Value, json};

use crate::bitext::{Finding, Span, Status, Unit};
use crate::desk::Shelved;
use crate::quality::{Coverage, State};
use crate::store::file::unit_tag;
use crate::words::{Change, changes};

/// A unit as a page shows it.
#[derive(Serialize)]
pub(super) struct UnitJson<'u> {
    id: &'u str,
    tag: String,
    /// Its place among the article's units, from 0.
    at: usize,
    paragraph: u32,
    kind: &'static str,
    status: &'static str,
    state: &'static str,
    fr: &'u [String],
    en: &'u [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    was: &'u [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<(i8, String)>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'u str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'u str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<&'u str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    set: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dismissed: Vec<&'u str>,
}

/// The unit at a place of an article.
pub(super) fn unit<'u>(article: &Shelved, at: usize, unit: &'u Unit) -> UnitJson<'u> {
    let paragraph = article.paragraphs.get(at).copied().unwrap_or(0);
    unit_at(at, paragraph, unit)
}

pub(super) fn unit_at(at: usize, paragraph: u32, unit: &Unit) -> UnitJson<'_> {
    let texts_hash = (!unit.more.dismissed.is_empty()).then(|| unit.texts_hash());
    let in_force = unit.more.dismissed.iter().filter(|one| Some(&one.hash) == texts_hash.as_ref());
    UnitJson {
        id: unit.id.as_str(),
        tag: unit_tag(unit),
        at,
        paragraph,
        kind: unit.kind.as_str(),
        status: unit.status.as_str(),
        state: state(unit),
        fr: &unit.fr,
        en: &unit.en,
        was: &unit.more.was,
        changes: unit.is_stale().then(|| compared(&unit.more.was.join(" "), &unit.french())),
        note: unit.more.note.as_deref(),
        score: unit.score,
        origin: unit.origin.map(|origin| origin.as_str()),
        by: unit.by.as_deref(),
        changed: unit.at.as_deref(),
        set: [(unit.more.set.kind, "kind"), (unit.more.set.bounds, "bounds")]
            .into_iter()
            .filter_map(|(set, name)| set.then_some(name))
            .collect(),
        dismissed: in_force.map(|one| one.check.as_str()).collect(),
    }
}

/// How far a unit has come, in one word; an orphan, too.
pub(super) fn state(unit: &Unit) -> &'static str {
    match State::of(unit) {
        Some(state) => state.as_str(),
        None => Status::Orphan.as_str(),
    }
}

/// Two versions word by word: `[-1, gone]`, `[0, same]`, `[1, new]`.
pub(super) fn compared(old: &str, new: &str) -> Vec<(i8, String)> {
    let told = |change: Change<'_>| match change {
        Change::Gone(text) => (-1, text.to_owned()),
        Change::Same(text) => (0, text.to_owned()),
        Change::New(text) => (1, text.to_owned()),
    };
    changes(old, new).into_iter().map(told).collect()
}

/// A finding, its places counted as the page counts.
pub(super) fn finding(finding: &Finding, fr: &str, en: &str) -> Value {
    let place =
        |span: Option<Span>, text: &str| span.map(|span| [utf16(text, span.start), utf16(text, span.end)]);
    json!({
        "check": finding.check,
        "severity": finding.severity.as_str(),
        "fr": place(finding.fr, fr),
        "en": place(finding.en, en),
        "message": finding.message,
        "expected": finding.expected,
        "suggestion": finding.suggestion,
    })
}

/// The code units of UTF-16 before a byte.
pub(super) fn utf16(text: &str, byte: usize) -> usize {
    text[..text.floor_char_boundary(byte)].encode_utf16().count()
}

/// The byte at so many code units of UTF-16, at most the text's length.
pub(super) fn byte(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left < c.len_utf16() {
            return at;
        }
        left -= c.len_utf16();
    }
    text.len()
}

/// Coverage in sentences, by state.
pub(super) fn coverage(coverage: &Coverage) -> Value {
    let of = |state: State| coverage.size(state).sentences;
    json!({
        "reviewed": of(State::Reviewed),
        "draft": of(State::Draft),
        "stale": of(State::Stale),
        "skipped": of(State::Skipped),
        "untranslated": of(State::Untranslated),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_the_page_counts() {
        let text = "é𝄞b";
        assert_eq!([0, 2, 6, 7].map(|at| utf16(text, at)), [0, 1, 3, 4]);
        assert_eq!([0, 1, 2, 3, 4, 9].map(|at| byte(text, at)), [0, 2, 2, 6, 7, 7]);
    }
}
