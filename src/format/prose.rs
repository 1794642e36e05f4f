//! An article as it is read: its title, its paragraphs, what is known of it.
//!
//! What the formats for reading share; how each of them shows a paragraph is its own.

use crate::bitext::{Kind, Status};

use super::{Bitext, Placed};

/// Units that stand in one paragraph, heading or caption, in order. Never empty.
pub(super) type Paragraph<'p, 'a> = &'p [Placed<'a>];

/// The paragraphs of an article.
///
/// Where no paragraph is known (the text has changed, or a file does not tell), each unit with French is one; English
/// without French goes on where the unit before it ended. Orphans stand each alone.
pub(super) fn paragraphs<'p, 'a>(units: &'p [Placed<'a>]) -> Vec<Paragraph<'p, 'a>> {
    let mut found = Vec::new();
    let mut start = 0;
    // Where the paragraph at hand is: that of its last unit with French.
    let mut at: Option<(Kind, Option<u32>)> = None;
    for (index, placed) in units.iter().enumerate() {
        let orphan = placed.unit.status == Status::Orphan;
        if placed.unit.fr.is_empty() && !orphan {
            continue;
        }
        let here = (placed.unit.kind, placed.paragraph.filter(|_| !orphan));
        let begins = at.is_some_and(|last| here.1.is_none() || last != here);
        if begins && start < index {
            found.push(&units[start..index]);
            start = index;
        }
        at = Some(here);
    }
    if start < units.len() {
        found.push(&units[start..]);
    }
    found
}

/// The kind of a paragraph: that of its first unit with French, for English without any is `body` by default.
pub(super) fn kind_of(paragraph: Paragraph<'_, '_>) -> Kind {
    let telling = paragraph.iter().find(|placed| !placed.unit.fr.is_empty()).unwrap_or(&paragraph[0]);
    telling.unit.kind
}

/// How many units may stand before an article's title: a label, a byline, a date.
const BEFORE_TITLE: usize = 4;

/// The place of the heading that is the article's title, among its paragraphs: one before any running text.
pub(super) fn title_place(paragraphs: &[Paragraph<'_, '_>]) -> Option<usize> {
    let first = paragraphs.iter().position(|paragraph| kind_of(paragraph).is_content())?;
    (first <= BEFORE_TITLE && kind_of(paragraphs[first]) == Kind::Heading).then_some(first)
}

/// What an article is called in a list, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Called {
    /// In French; never empty.
    pub fr: String,
    /// In English; empty where it is not known.
    pub en: String,
    /// Whether these are only its first words, for want of a title.
    pub opening: bool,
}

/// What an article is called: by the title in its header, by its first heading, by its first words, by its stem.
pub(super) fn called(bitext: &Bitext<'_>, paragraphs: &[Paragraph<'_, '_>]) -> Called {
    let french = |paragraph| joined(paragraph, |placed| placed.unit.french());
    let english = |paragraph| joined(paragraph, |placed| placed.unit.english());
    let heading = title_place(paragraphs).map(|place| paragraphs[place]);
    if let Some(title) = bitext.head.about("title").filter(|title| !title.trim().is_empty()) {
        let en = heading.map(english).unwrap_or_default();
        return Called { fr: one_line(title), en, opening: false };
    }
    if let Some(heading) = heading {
        return Called { fr: french(heading), en: english(heading), opening: false };
    }
    let first = bitext.units.iter().find(|placed| placed.unit.is_content() && !placed.unit.fr.is_empty());
    match first {
        Some(placed) => {
            let en = placed.unit.en.first().map(|text| beginning(text)).unwrap_or_default();
            Called { fr: beginning(&placed.unit.fr[0]), en, opening: true }
        }
        None => Called { fr: bitext.head.article.to_owned(), en: String::new(), opening: false },
    }
}

/// One side of a paragraph, on one line.
fn joined(paragraph: Paragraph<'_, '_>, side: impl Fn(&Placed<'_>) -> String) -> String {
    let parts: Vec<String> =
        paragraph.iter().map(|placed| one_line(&side(placed))).filter(|text| !text.is_empty()).collect();
    parts.join(" ")
}

/// A text without line ends and double spaces.
pub(super) fn one_line(text: &str) -> String {
    // Only what parts lines: a French no-break space is part of the text.
    text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first words of a text, for a list.
fn beginning(text: &str) -> String {
    const MOST_CHARS: usize = 72;
    // A sentence may be a megabyte: what comes after its beginning is not looked at.
    let end = text.char_indices().nth(MOST_CHARS * 2).map_or(text.len(), |(at, _)| at);
    let line = one_line(&text[..end]);
    if line.chars().count() <= MOST_CHARS && end == text.len() {
        return line;
    }
    let cut = line.char_indices().nth(MOST_CHARS).map_or(line.len(), |(at, _)| at);
    let word = line[..cut].rfind(' ').unwrap_or(cut);
    format!("{}…", line[..word].trim_end_matches([',', ';', ':', '.', ' ', '\u{A0}', '\u{202F}']))
}

/// What is said of an article under its title: author, publisher, date, edition and translator, as far as known.
pub(super) fn byline(bitext: &Bitext<'_>) -> Vec<String> {
    let head = &bitext.head;
    let known = |key| head.about(key).map(one_line).filter(|text| !text.is_empty());
    let mut parts: Vec<String> = ["author", "publisher", "date"].into_iter().filter_map(known).collect();
    if let Some(edition) = head.edition {
        parts.push(format!("edition “{}”", one_line(edition)));
    }
    if let Some(translator) = known("translator") {
        parts.push(format!("translated by {translator}"));
    }
    parts
}

/// When the latest change of these units was, if any says it.
pub(super) fn latest(units: &[Placed<'_>]) -> Option<String> {
    units.iter().filter_map(|placed| placed.unit.at.as_deref()).max().map(str::to_owned)
}

/// The article's address, if it is one that may be followed: a link made of anything else could run a script.
pub(super) fn address<'a>(bitext: &Bitext<'a>) -> Option<&'a str> {
    let url = bitext.head.about("url")?.trim();
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let web = lower.starts_with("https://") || lower.starts_with("http://");
    (web && !url.contains(|c: char| c.is_whitespace() || c.is_control())).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Texts, Unit, UnitId};
    use crate::format::Head;

    fn unit(fr: &[&str], kind: Kind) -> Unit {
        let id = UnitId::of(&"roy".parse().unwrap(), fr, 0);
        Unit::new(id, kind, fr.iter().map(|text| (*text).to_owned()).collect::<Texts>())
    }

    fn placed(unit: &Unit, paragraph: u32) -> Placed<'_> {
        Placed { paragraph: (paragraph > 0).then_some(paragraph), ..Placed::new(unit, "roy") }
    }

    #[test]
    fn a_line_or_another_kind_begins_a_paragraph_and_lone_english_goes_on() {
        let (title, one) = (unit(&["T"], Kind::Heading), unit(&["A."], Kind::Body));
        let mut none = unit(&[], Kind::Body);
        none.en = "More.".into();
        let units = [
            placed(&title, 1),
            placed(&one, 1),
            placed(&one, 1),
            placed(&none, 0),
            placed(&one, 2),
            placed(&one, 0),
            placed(&one, 0),
        ];
        let sizes: Vec<usize> = paragraphs(&units).iter().map(|paragraph| paragraph.len()).collect();
        assert_eq!(sizes, [1, 3, 1, 1, 1]);
        assert_eq!(paragraphs(&[]).len(), 0);
        let orphans = [placed(&one, 1), placed(&none, 0)];
        assert_eq!(paragraphs(&orphans).len(), 1);
        let first = [placed(&none, 0), placed(&title, 1)];
        assert_eq!(kind_of(paragraphs(&first)[0]), Kind::Heading);
    }

    #[test]
    fn an_article_is_called_by_what_it_has() {
        let (title, one) = (unit(&["Le titre"], Kind::Heading), unit(&["Il pleut."], Kind::Body));
        let label = unit(&["Info"], Kind::Label);
        let long = unit(&[&"Des mots, ".repeat(200_000)], Kind::Body);
        let about =
            [("title".to_owned(), "Un\ntitre".to_owned()), ("url".to_owned(), "javascript:x()".to_owned())];
        let head = Head { article: "roy", edition: None, about: &[] };
        let called = |head: Head<'_>, units: &[Placed<'_>]| {
            let bitext = Bitext { head, units };
            super::called(&bitext, &paragraphs(units))
        };
        assert_eq!(called(head, &[placed(&label, 1), placed(&title, 2), placed(&one, 3)]).fr, "Le titre");
        assert_eq!(called(head, &[placed(&one, 1), placed(&title, 2)]).fr, "Il pleut.");
        assert_eq!(called(head, &[]).fr, "roy");
        let words = called(head, &[placed(&long, 1)]);
        assert!(words.opening && words.fr.ends_with("mots…") && words.fr.len() < 80, "{}", words.fr);
        let head = Head { about: &about, ..head };
        assert_eq!(called(head, &[placed(&title, 1)]).fr, "Un titre");
        assert_eq!(address(&Bitext { head, units: &[] }), None);
    }
}
