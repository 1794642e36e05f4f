//! What each paragraph of an article is, by named rules: text, or what news sites set around it.
//!
//! Phrases are data (`phrases/fr.txt`, `phrases/en.txt`); forms that no list can hold are in
//! `shape`, `people`, `dates` and `glued`; what depends on the neighbours is in `places`, `head`, `tail` and `content`. A rule decides
//! everywhere only where hardly any sentence of running text can meet it; weaker rules decide only
//! before the first or after the last running paragraph. When nothing decides, it is content.

mod calendar;
mod content;
mod dates;
mod glued;
mod head;
mod key;
mod people;
mod phrases;
mod places;
mod shape;
mod tail;

use super::{Decision, Verdict};
use crate::bitext::{Kind, Lang, Span};
use glued::Glued;
use key::Key;
use phrases::{Found, Phrases};

/// A paragraph, what it is, and which rule said so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its place.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// The rule that decided.
    pub(super) rule: &'static str,
    /// Why.
    pub(super) reason: &'static str,
    /// What is glued before its text.
    pub(super) prefix: Option<Glued>,
    /// What is glued behind it.
    pub(super) suffix: Option<Glued>,
    /// The mark that its text ends with.
    mark: Option<char>,
    /// Whether a rule has decided; its kind is body until then.
    decided: bool,
    /// Whether what follows belongs to it.
    block: bool,
}

/// A piece of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Its place.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether it is glued to the text, and so one sentence.
    pub(super) glued: bool,
}

/// What a rule says: the kind, its name, its reason.
type Says = (Kind, &'static str, &'static str);

/// Which part of an article some paragraphs are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// Whether nothing stands before them.
    pub(super) first: bool,
    /// Whether nothing stands after them.
    pub(super) last: bool,
}

impl Stretch {
    /// All of it.
    pub(super) const WHOLE: Stretch = Stretch { first: true, last: true };
}

/// Says what each of these paragraphs of `text` is. O(bytes); one allocation for the list, one for keys.
pub(super) fn classify(text: &str, paragraphs: &[Span], lang: Lang, stretch: Stretch) -> Vec<Line> {
    let mut lines = Vec::with_capacity(paragraphs.len());
    let mut key = Key::default();
    for &span in paragraphs {
        let first = stretch.first && lines.len() < 4;
        lines.push(line(span.of(text), span, lang, first, &mut key));
    }
    places::decide(text, &mut lines, lang, stretch);
    lines
}

/// Past this many bytes only a paragraph's beginning is looked at.
const LONG_BYTES: usize = 240;
const BEGINNING_BYTES: usize = 600;
const FEW_WORDS_BYTES: usize = 32;
const FIRST_WORD_BYTES: usize = 24;
/// A paragraph of at least this many bytes that ends as a sentence does is running text.
const RUNNING_BYTES: usize = 90;

fn line(own: &str, span: Span, lang: Lang, first: bool, key: &mut Key) -> Line {
    let prefix = glued::prefix(own, lang, first);
    let suffix = glued::suffix(own, lang);
    let mut line = Line {
        span,
        kind: Kind::Body,
        rule: "text",
        reason: "no rule calls it anything else",
        prefix,
        suffix,
        mark: None,
        decided: false,
        block: false,
    };
    let own = line.middle_of(own);
    line.mark = shape::last_mark(own);
    if own.is_empty() {
        return line;
    }
    let phrases = Phrases::of(lang);
    let sentence = shape::is_stop(line.mark) && own.len() >= RUNNING_BYTES;
    let long = own.len() > LONG_BYTES || (sentence && !phrases.may_say(own));
    if long && let Some(says) = any_length(own, lang) {
        line.set(says);
        return line;
    }
    if long {
        // Nearly every line ends here: its first word begins no phrase.
        key.fill(first_word(own));
        if key.words() > 0 && !phrases.may_begin(key) {
            return line;
        }
        key.fill(&own[..own.floor_char_boundary(FEW_WORDS_BYTES)]);
        if key.words() > 1 && !phrases.may_begin(key) {
            return line;
        }
        key.fill(&own[..own.floor_char_boundary(BEGINNING_BYTES)]);
    } else {
        key.fill(own);
    }
    let found = phrases.find(key, if long { usize::MAX } else { own.len() }, shape::is_stop(line.mark));
    if let Some((says, block)) = anywhere(own, key, &found, &line, lang) {
        line.set(says);
        line.block = block;
    }
    line
}

/// What the forms are that a paragraph can have at any length, or with a stop; told from its first bytes, nearly always.
fn any_length(own: &str, lang: Lang) -> Option<Says> {
    match own.as_bytes() {
        [b'#', ..] if shape::is_hashtags(own) => Some(HASHTAGS),
        [b'h' | b'w', ..] if shape::is_address(own) => Some(ADDRESS),
        [0xC2, 0xA9, ..] => {
            let key = Key::of(&own[..own.floor_char_boundary(FEW_WORDS_BYTES)]);
            key.text().starts_with(" © # ").then_some(RIGHTS)
        }
        _ => (own.len() <= LONG_BYTES && dates::is_labelled(own, lang)).then_some(LABELLED_DATE),
    }
}

const RIGHTS: Says = (Kind::Copyright, "rights-sign", "the sign © and a year say who holds the rights");
const LABELLED_DATE: Says = (Kind::Metadata, "labelled-date", "it says when the article was put on line");
const ADDRESS: Says = (Kind::Related, "address", "it is an address and nothing else");
const HASHTAGS: Says = (Kind::Metadata, "hashtags", "it lists subjects with a hash each");

/// The first word of a paragraph, if no mark stands before it: up to a space, an apostrophe or a mark.
fn first_word(own: &str) -> &str {
    let beginning = &own.as_bytes()[..own.floor_char_boundary(FIRST_WORD_BYTES)];
    let end = beginning.iter().position(|&byte| byte < 0x80 && !byte.is_ascii_alphanumeric());
    // The apostrophe `’` is E2 80 99.
    let curly = memchr::memchr(0xE2, &beginning[..end.unwrap_or(beginning.len())]);
    &own[..curly.or(end).unwrap_or(beginning.len())]
}

/// What the rules that hold everywhere say of a paragraph, and whether it begins a block.
fn anywhere(own: &str, key: &Key, found: &Found, line: &Line, lang: Lang) -> Option<(Says, bool)> {
    let stop = shape::is_stop(line.mark);
    let says = |kind, rule, reason| Some(((kind, rule, reason), false));
    if key.words() == 0 {
        if shape::is_invisible(own) {
            return says(Kind::Metadata, "nothing-to-read", "it holds nothing that can be seen");
        }
        if shape::is_separator(own) {
            return says(Kind::Metadata, "separator", "it is a line drawn between parts");
        }
        return None;
    }
    if shape::is_initials(own) {
        return says(Kind::Byline, "agency-initials", "initials parted by slashes, as agencies sign");
    }
    let text = key.text();
    if own.len() <= LONG_BYTES && own.contains('©') {
        let years = text.contains(" © # ") || text.contains(" © copyright ");
        if years || (text.starts_with(" © ") && text.ends_with(" # ")) {
            return Some((RIGHTS, false));
        }
    }
    // What somebody says is text, also when he speaks of subscribing.
    let quoted = own.starts_with(['«', '“', '"', '‘']);
    if let Some(rule) = found.anywhere
        && (!quoted || rule.kind == Kind::Copyright)
    {
        // `Lire aussi :` alone on its line heads what follows.
        let heads = found.alone && rule.kind == Kind::Related;
        return Some(((rule.kind, rule.name, rule.reason), rule.block || heads));
    }
    if own.len() > LONG_BYTES || quoted {
        return None;
    }
    if !stop && people::is_by(own, key, lang) {
        return says(Kind::Byline, "by-name", "`by` and people's names, no sentence");
    }
    if key.words() <= 30 && dates::whole(own, lang).is_some_and(|dated| dated.labelled) {
        return Some((LABELLED_DATE, false));
    }
    if !stop && people::is_photo_by(own, key, lang) {
        return says(Kind::Credit, "photo-by", "`photo` and a name, no sentence");
    }
    if !stop && people::is_name_and_agency(own, key, lang) {
        return says(Kind::Credit, "name-and-agency", "a name and an agency parted by a slash");
    }
    if shape::is_address(own) {
        return Some((ADDRESS, false));
    }
    if shape::is_hashtags(own) {
        return Some((HASHTAGS, false));
    }
    if !stop && own.starts_with(['▶', '►', '➡', '👉', '⏩', '⇒', '🔴', '📩', '📲']) || own.starts_with(">>")
    {
        return says(Kind::Related, "pointer", "a pointing sign leads to something else");
    }
    if found.imperative && key.words() <= 40 && Phrases::of(lang).has("our-site", key) {
        return says(Kind::Widget, "call-to-action", "it tells the reader to do something on the site");
    }
    None
}

impl Line {
    fn set(&mut self, (kind, rule, reason): Says) {
        (self.kind, self.rule, self.reason) = (kind, rule, reason);
        self.decided = true;
    }

    /// Its text without what is glued to it.
    fn middle_of<'t>(&self, own: &'t str) -> &'t str {
        let start = self.prefix.map_or(0, |glued| glued.at);
        let end = self.suffix.map_or(own.len(), |glued| glued.at).max(start);
        own[start..end].trim()
    }

    /// Its pieces in order: what is glued before, its text, what is glued behind.
    pub(super) fn pieces(&self, text: &str) -> impl Iterator<Item = Piece> + use<> {
        let Span { start, end } = self.span;
        let from = self.prefix.map_or(start, |glued| start + glued.at);
        let to = self.suffix.map_or(end, |glued| start + glued.at).max(from);
        let piece = |from: usize, to: usize, kind, glued| {
            let own = &text[from..to];
            let start = to - own.trim_start().len();
            let span = Span::new(start, start + own.trim().len());
            (!span.is_empty()).then_some(Piece { span, kind, glued })
        };
        let before = self.prefix.and_then(|glued| piece(start, from, glued.kind, true));
        let behind = self.suffix.and_then(|glued| piece(to, end, glued.kind, true));
        [before, piece(from, to, self.kind, false), behind].into_iter().flatten()
    }

    /// What was decided about it, for `--explain`.
    pub(super) fn decisions(&self, text: &str) -> impl Iterator<Item = Decision> + use<> {
        let (prefix, own, suffix) = (self.prefix, (self.rule, self.reason), self.suffix);
        let start = self.span.start;
        self.pieces(text).map(move |piece| {
            let glued = if piece.span.start == start { prefix } else { suffix };
            let (rule, reason) = match glued {
                Some(glued) if piece.glued => (glued.rule, glued.reason),
                _ => own,
            };
            Decision::new(piece.span, Verdict::Is(piece.kind), rule, reason)
        })
    }
}
