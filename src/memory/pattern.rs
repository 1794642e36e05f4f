//! A pattern that is looked for in texts: a regular expression that minds neither case nor accents.
//!
//! Texts are not folded: the pattern is unfolded instead, each of its letters into all its spellings, so that what is found
//! are places of the text itself. `œ` is `oe`, an apostrophe any apostrophe, a quotation mark any, with or without the space
//! inside it, a hyphen any hyphen, a space any white space; accents may be characters of their own, and soft hyphens and
//! zero-width marks may stand in words.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, Ast, ClassSet, ClassSetItem, Literal};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_canonical;

use crate::bitext::Span;

/// How a pattern is understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    /// Capitals are other letters.
    pub case: bool,
    /// Accents, apostrophes, quotation marks, hyphens, spaces and ligatures are minded, too.
    pub accents: bool,
    /// The pattern is a text, not a regular expression.
    pub fixed: bool,
    /// Only whole words.
    pub word: bool,
}

/// A pattern that can be looked for.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
}

/// A pattern that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// There is nothing to look for.
    #[error("the pattern is empty")]
    Empty,
    /// It is no regular expression.
    #[error("{0}")]
    Regex(String),
}

impl Pattern {
    /// Understands a pattern.
    ///
    /// # Errors
    ///
    /// [`PatternError`] where there is nothing to look for, or the pattern is no regular expression of the `regex` crate.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::memory::{Pattern, Spelling};
    /// let pattern = Pattern::new("l'oeuvre", Spelling::default()).unwrap();
    /// let text = "Voici L’Œuvre entière.";
    /// let found: Vec<&str> = pattern.find(text).map(|span| span.of(text)).collect();
    /// assert_eq!(found, ["L’Œuvre"]);
    /// ```
    pub fn new(pattern: &str, how: Spelling) -> Result<Pattern, PatternError> {
        if pattern.is_empty() {
            return Err(PatternError::Empty);
        }
        let mut pattern = if how.fixed { regex::escape(pattern) } else { pattern.to_owned() };
        if !how.accents {
            pattern = pattern.nfc().collect();
            // Verbose mode would take blanks out that were put in.
            let ast = ast::parse::Parser::new()
                .parse(&pattern)
                .map_err(|error| PatternError::Regex(error.to_string()))?;
            let mut unfolded = Unfolded { pattern: &pattern, out: String::new(), at: 0 };
            unfolded.ast(&ast);
            unfolded.until(pattern.len());
            pattern = unfolded.out;
        }
        if how.word {
            pattern = format!(r"\b(?:{pattern})\b");
        }
        let regex = RegexBuilder::new(&pattern)
            .case_insensitive(!how.case)
            .build()
            .map_err(|error| PatternError::Regex(error.to_string()))?;
        Ok(Pattern { regex })
    }

    /// Where it stands in a text: in order, without overlap, never empty.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Span> + 't {
        self.regex
            .find_iter(text)
            .filter(|found| !found.is_empty())
            .map(|found| Span::new(found.start(), found.end()))
    }

    /// Whether it stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// What may follow any letter without being one: accents of their own, soft hyphens, zero-width marks.
const TAIL: &str = r"[\u{300}-\u{36F}\u{AD}\u{200B}-\u{200D}\u{2060}\u{FEFF}]*";
const APOSTROPHES: &str = "'’‘‛ʼ′`´";
const QUOTES: &str = "\"«»“”„‟";
const HYPHENS: &str = "-\u{2010}\u{2011}\u{2043}\u{FE63}\u{FF0D}";

/// Letters with accents, by the letter without: `(e, é)`, `(E, É)` …, sorted.
static ACCENTED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let mut all: Vec<(char, char)> = ('\u{C0}'..='\u{24F}')
        .chain('\u{1E00}'..='\u{1EFF}')
        .filter_map(|c| Some((plain(c), c)).filter(|(plain, c)| plain != c))
        .collect();
    all.sort_unstable();
    all
});

/// A letter without its accents.
fn plain(c: char) -> char {
    let mut parts = [c; 4];
    let mut count = 0;
    decompose_canonical(c, |part| {
        parts[count.min(3)] = part;
        count += 1;
    });
    // What is made of others than a letter and accents, a syllable of Hangul, stays whole.
    let accents = &parts[1..count.clamp(1, 4)];
    if accents.iter().all(|part| ('\u{300}'..='\u{36F}').contains(part)) { parts[0] } else { c }
}

/// The spellings of a letter: with any accent and without.
fn spellings(c: char) -> impl Iterator<Item = char> {
    let plain = plain(c);
    let start = ACCENTED.partition_point(|(other, _)| *other < plain);
    let accented = ACCENTED[start..].iter().take_while(move |(other, _)| *other == plain);
    std::iter::once(plain).chain(accented.map(|(_, c)| *c))
}

/// A pattern that is being written with all spellings of what it names.
struct Unfolded<'p> {
    pattern: &'p str,
    out: String,
    /// How far the pattern is written.
    at: usize,
}

impl Unfolded<'_> {
    /// Copies the pattern as far as here.
    fn until(&mut self, end: usize) {
        if self.at < end {
            self.out.push_str(&self.pattern[self.at..end]);
            self.at = end;
        }
    }

    /// Writes this in place of what stands from `start` to `end`.
    fn instead(&mut self, start: usize, end: usize, text: &str) {
        self.until(start);
        self.out.push_str(text);
        self.at = end;
    }

    fn ast(&mut self, ast: &Ast) {
        match ast {
            Ast::Literal(literal) => self.literals(&[literal]),
            Ast::Concat(concat) => self.concat(&concat.asts),
            Ast::Group(group) => self.ast(&group.ast),
            Ast::Alternation(all) => all.asts.iter().for_each(|one| self.ast(one)),
            Ast::Repetition(repeated) => self.ast(&repeated.ast),
            Ast::ClassBracketed(class) => self.class(class),
            Ast::Empty(_)
            | Ast::Flags(_)
            | Ast::Dot(_)
            | Ast::Assertion(_)
            | Ast::ClassUnicode(_)
            | Ast::ClassPerl(_) => {}
        }
    }

    fn concat(&mut self, asts: &[Ast]) {
        let mut literals: Vec<&Literal> = Vec::new();
        for ast in asts {
            match ast {
                Ast::Literal(literal) => literals.push(literal),
                other => {
                    self.literals(&literals);
                    literals.clear();
                    self.ast(other);
                }
            }
        }
        self.literals(&literals);
    }

    /// Characters that follow each other.
    fn literals(&mut self, all: &[&Literal]) {
        let is_quote = |at: usize| all.get(at).is_some_and(|literal| QUOTES.contains(literal.c));
        let mut at = 0;
        while let Some(literal) = all.get(at) {
            let (start, mut end) = (literal.span.start.offset, literal.span.end.offset);
            let c = literal.c;
            let next = all.get(at + 1).map(|next| plain(small(next.c)));
            at += 1;
            let text = match plain(small(c)) {
                first @ ('o' | 'a') if next == Some('e') => {
                    end = all[at].span.end.offset;
                    let (e, ligature) = (all[at].c, ligature(first, c.is_uppercase()));
                    at += 1;
                    format!("(?:{}{}|{ligature}{TAIL})", letter(c), letter(e))
                }
                'œ' => parted(c, 'o'),
                'æ' => parted(c, 'a'),
                _ if c.is_whitespace() => {
                    let beside = is_quote(at) || (at > 1 && is_quote(at - 2));
                    format!(r"(?:\s{})", if beside { '*' } else { '+' })
                }
                _ if QUOTES.contains(c) => r#"(?:["“”„‟]|«\s*|\s*»)"#.to_owned(),
                _ if APOSTROPHES.contains(c) => format!("(?:[{APOSTROPHES}]{TAIL})"),
                _ if HYPHENS.contains(c) => format!(r"(?:[\{HYPHENS}]{TAIL})"),
                _ if c.is_alphanumeric() => letter(c),
                _ => {
                    self.until(end);
                    continue;
                }
            };
            self.instead(start, end, &text);
        }
    }

    /// A class in brackets: its letters in all their spellings, too. What is combined with `&&` and the like stays as it is.
    fn class(&mut self, class: &ast::ClassBracketed) {
        let ClassSet::Item(item) = &class.kind else { return };
        let mut more = String::new();
        members(item, &mut more);
        let end = class.span.end.offset;
        self.instead(class.span.start.offset, class.span.start.offset, "(?:");
        self.until(end - 1);
        self.instead(end - 1, end, &format!("{more}]{TAIL})"));
    }
}

fn small(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// A letter in all its spellings.
fn letter(c: char) -> String {
    let mut all: String = spellings(c).collect();
    if !all.contains(c) {
        all.push(c);
    }
    match all.chars().count() {
        1 => format!("(?:{all}{TAIL})"),
        _ => format!("(?:[{all}]{TAIL})"),
    }
}

fn ligature(first: char, capital: bool) -> char {
    match (first, capital) {
        ('o', false) => 'œ',
        ('o', true) => 'Œ',
        (_, false) => 'æ',
        (_, true) => 'Æ',
    }
}

/// A ligature, or its two letters.
fn parted(c: char, first: char) -> String {
    let (first, second) = match c.is_uppercase() {
        // `Œ` is `Oe` at the head of a word, `OE` in capitals.
        true => (first.to_ascii_uppercase(), format!("(?:{}|{})", letter('e'), letter('E'))),
        false => (first, letter('e')),
    };
    format!("(?:{c}{TAIL}|{}{second})", letter(first))
}

/// What else a class has when its letters stand for all their spellings.
fn members(item: &ClassSetItem, more: &mut String) {
    match item {
        ClassSetItem::Literal(literal) => match literal.c {
            c if APOSTROPHES.contains(c) => more.push_str(APOSTROPHES),
            c if QUOTES.contains(c) => more.push_str(QUOTES),
            c if HYPHENS.contains(c) => more.push_str(&HYPHENS.replace('-', r"\-")),
            c if c.is_whitespace() => more.push_str(r"\s"),
            c if c.is_alphabetic() => more.extend(spellings(c)),
            _ => {}
        },
        ClassSetItem::Range(range) => {
            let within = |c: &char| (range.start.c..=range.end.c).contains(c);
            more.extend(ACCENTED.iter().filter(|(plain, _)| within(plain)).map(|(_, c)| *c));
        }
        ClassSetItem::Union(union) => union.items.iter().for_each(|item| members(item, more)),
        ClassSetItem::Empty(_)
        | ClassSetItem::Ascii(_)
        | ClassSetItem::Unicode(_)
        | ClassSetItem::Perl(_)
        | ClassSetItem::Bracketed(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::words::fold_key;

    fn found<'t>(pattern: &str, text: &'t str) -> Vec<&'t str> {
        with(pattern, Spelling::default(), text)
    }

    fn with<'t>(pattern: &str, how: Spelling, text: &'t str) -> Vec<&'t str> {
        let pattern = Pattern::new(pattern, how).unwrap();
        pattern.find(text).map(|span| span.of(text)).collect::<Vec<_>>()
    }

    #[test]
    fn either_spelling_finds_the_other() {
        for (pattern, text, expected) in [
            ("etat", "L’État et l’ÉTAT", &["État", "ÉTAT"][..]),
            ("état", "L'etat", &["etat"]),
            ("été", "e\u{301}te\u{301}.", &["e\u{301}te\u{301}"]),
            ("œuvre", "L'oeuvre, l'Œuvre, OEUVRE", &["oeuvre", "Œuvre", "OEUVRE"]),
            ("oeuvre", "Œuvre œuvre", &["Œuvre", "œuvre"]),
            ("l'homme", "l’homme l'homme lʼhomme", &["l’homme", "l'homme", "lʼhomme"]),
            ("« IA »", "“IA” «IA» « IA » \"IA\"", &["“IA”", "«IA»", "« IA »", "\"IA\""]),
            ("\"IA\"", "dit «\u{202F}IA\u{202F}», il", &["«\u{202F}IA\u{202F}»"]),
            ("rendez-vous", "rendez\u{2011}vous", &["rendez\u{2011}vous"]),
            ("12 000", "12\u{202F}000", &["12\u{202F}000"]),
            ("constitution", "consti\u{AD}tution", &["consti\u{AD}tution"]),
            ("garçons?", "un garcon, des Garçons", &["garcon", "Garçons"]),
            ("[a-f]t[éè]", "été ETE âté", &["été", "ETE", "âté"]),
            ("[^e]t", "été at", &["at"]),
            (r"\bl.homme\b", "l’homme", &["l’homme"]),
            ("(coeur|moe+)l", "cœurl moeeel", &["cœurl", "moeeel"]),
            (r"a\.b", "A.b aXb", &["A.b"]),
            (r"\w+ment", "récemment", &["récemment"]),
            ("x*", "axxb", &["xx"]),
        ] {
            assert_eq!(found(pattern, text), expected, "{pattern}");
        }
    }

    #[test]
    fn what_is_minded_is_minded() {
        let text = "État etat état Étatique";
        assert_eq!(with("État", Spelling { case: true, ..Spelling::default() }, text), ["État", "État"]);
        assert_eq!(
            with("état", Spelling { accents: true, ..Spelling::default() }, text),
            ["État", "état", "État"]
        );
        let exact = Spelling { accents: true, case: true, ..Spelling::default() };
        assert_eq!(with("état", exact, text), ["état"]);
        assert_eq!(
            with("etat", Spelling { word: true, ..Spelling::default() }, text),
            ["État", "etat", "état"]
        );
        assert_eq!(with("a.b", Spelling { fixed: true, ..Spelling::default() }, "axb a.b"), ["a.b"]);
        assert_eq!(with("œ", Spelling { case: true, ..Spelling::default() }, "œ oe OE Œ"), ["œ", "oe"]);
    }

    #[test]
    fn what_is_no_pattern_is_told() {
        assert_eq!(Pattern::new("", Spelling::default()).unwrap_err(), PatternError::Empty);
        for bad in ["(a", "[z-a]", "a{2,1}", "*"] {
            assert!(matches!(Pattern::new(bad, Spelling::default()), Err(PatternError::Regex(_))), "{bad}");
            assert!(Pattern::new(bad, Spelling { fixed: true, ..Spelling::default() }).is_ok(), "{bad}");
        }
    }

    proptest! {
        /// A text is found wherever its folded form stands in the folded text, and what is found folds to it.
        #[test]
        fn a_word_is_found_if_and_only_if_its_folded_form_is_there(
            word in "[aeoéèœŒçÇEnN’'-]{1,4}",
            text in "[aeoéèœŒçÇEnN’'\u{301}\u{2011}. -]{0,24}",
        ) {
            let pattern = Pattern::new(&word, Spelling { fixed: true, ..Spelling::default() }).unwrap();
            let key = fold_key(&word);
            let spans: Vec<Span> = pattern.find(&text).collect();
            for span in &spans {
                prop_assert_eq!(fold_key(span.of(&text)), key.clone(), "{:?}", span.of(&text));
            }
            // Half of a ligature is nowhere: it is no place of the text.
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let there = places.iter().any(|start| {
                places.iter().any(|end| start < end && fold_key(&text[*start..*end]) == key)
            });
            prop_assert_eq!(there, !spans.is_empty(), "{} in {}", key, fold_key(&text));
        }

        #[test]
        fn any_text_can_be_looked_for(text in "\\PC{1,12}") {
            let pattern = Pattern::new(&text, Spelling { fixed: true, ..Spelling::default() }).unwrap();
            prop_assert!(pattern.is_in(&text) || text.nfc().collect::<String>() != text, "{:?}", text);
        }
    }
}
