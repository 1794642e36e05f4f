//! Anki: notes with French and English, and the sentences around them, as a text file and as a package.
//!
//! A note's guid is the unit's id, so that a second import updates notes in place and makes none. The package brings
//! a note type of its own with cards in both directions; the text file takes one that every Anki has.

#[cfg(feature = "anki")]
mod note_type;
#[cfg(feature = "anki")]
mod package;
mod text;

use std::borrow::Cow;

use super::{Bitext, Column, Format, Placed, Purpose, Read, Write, kept};

/// Anki's text file.
pub(super) const TEXT: Format = Format {
    name: "anki",
    title: "Anki notes as text",
    endings: &[],
    purpose: Purpose::Study,
    binary: false,
    feature: None,
    write: Write::Text(text::writer),
    read: Read::No,
    columns: false,
    paragraphs: false,
    carries: &[Column::Id, Column::Article, Column::Fr, Column::En, Column::Kind, Column::Status],
    loses: "line ends inside a text become <br>, other controls spaces; it is not read back",
    through: kept,
    opens: "Anki: File > Import; a second import updates the notes in place",
};

/// Anki's package.
pub(super) const PACKAGE: Format = Format {
    name: "apkg",
    title: "Anki package",
    endings: &["apkg"],
    purpose: Purpose::Study,
    binary: true,
    feature: Some("anki"),
    #[cfg(feature = "anki")]
    write: Write::File(package::writer),
    #[cfg(not(feature = "anki"))]
    write: Write::Unbuilt,
    read: Read::No,
    columns: false,
    paragraphs: false,
    carries: &[
        Column::Id,
        Column::Article,
        Column::Fr,
        Column::En,
        Column::Kind,
        Column::Status,
        Column::Note,
    ],
    loses: "line ends inside a text become <br>, other controls spaces; it is not read back",
    through: kept,
    opens: "Anki, AnkiDroid, AnkiMobile: open it, or File > Import; a second import updates the notes in place",
};

/// A text as HTML, without anything that Anki or a reader of lines would part it at.
fn html(text: &str) -> Cow<'_, str> {
    let special = |c: char| {
        matches!(c, '&' | '<' | '>' | '"' | '\0'..='\u{1F}' | '\u{7F}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("<br>"),
            c if special(c) => out.push(' '),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// What is around a unit in its article.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    before: Option<&'a Placed<'a>>,
    after: Option<&'a Placed<'a>>,
}

/// Each unit with those beside it. A unit that does not go out leaves a gap, over which nothing is shown.
fn with_neighbours<'a>(bitext: &'a Bitext<'a>) -> impl Iterator<Item = (&'a Placed<'a>, Around<'a>)> {
    let beside = |first: &Placed<'_>, second: &Placed<'_>| {
        let next = first.sentence.map(|sentence| sentence + first.unit.fr.len() as u32);
        next.is_some() && next == second.sentence
    };
    bitext.units.iter().enumerate().map(move |(index, placed)| {
        let before = index.checked_sub(1).and_then(|index| bitext.units.get(index));
        let after = bitext.units.get(index + 1);
        let around = Around {
            before: before.filter(|before| beside(before, placed)),
            after: after.filter(|after| beside(placed, after)),
        };
        (placed, around)
    })
}

/// A note's name for good: the unit's id, which another edition of the article shares.
fn guid(placed: &Placed<'_>) -> String {
    match placed.edition {
        None => placed.unit.id.to_string(),
        Some(edition) => format!("{}@{edition}", placed.unit.id),
    }
}

/// The deck of an article, inside that of its corpus.
fn deck(corpus: &str, placed: &Placed<'_>) -> String {
    let article = match placed.edition {
        None => placed.article.to_owned(),
        Some(edition) => format!("{}@{edition}", placed.article),
    };
    // Two colons part a deck from those inside it, and quotes part searches.
    format!("{}::{}", corpus.replace(['"', ':'], "-"), article.replace(['"', ':'], "-"))
}

/// A note's tags: the article, how far the English has come, and what it is, where that is no body.
fn tags(placed: &Placed<'_>) -> String {
    let article: String =
        placed.article.chars().map(|c| if c.is_whitespace() || c == '"' { '_' } else { c }).collect();
    let mut tags = format!("article::{article} status::{}", placed.unit.status);
    if placed.unit.kind != crate::bitext::Kind::Body {
        tags.push_str(&format!(" kind::{}", placed.unit.kind));
    }
    if placed.unit.is_stale() {
        tags.push_str(" stale");
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_escaped_and_stands_on_one_line() {
        assert_eq!(
            html("R&D <b> \"x\"\r\ny\u{2028}z\tw\u{1F}"),
            "R&amp;D &lt;b&gt; &quot;x&quot;<br>y<br>z w "
        );
        assert!(matches!(html("L’été…"), Cow::Borrowed(_)));
    }
}
