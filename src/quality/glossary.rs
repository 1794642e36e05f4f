//! A glossary: terms with the English that they must have, found in any plain inflection.
//!
//! A word of a text is a word of a term where both are the same without case and accents, or may be forms of one word: by their endings in
//! French (`puces` = `puce`, `journaux` = `journal`, `européenne` = `européen`), by their endings and the irregular ones in English
//! (`chips` = `chip`, `children` = `child`). A term of several words stands in order and together; hyphens and apostrophes part words.

use std::collections::HashMap;
use std::ops::Deref;

use crate::bitext::{Lang, Span};
use crate::words::{Text, Token, english_bases, french_bases};

/// A term of a glossary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The French term.
    pub fr: String,
    /// The English ones, any of which will do.
    pub en: Vec<String>,
}

/// Terms, made ready to be looked for in many texts.
#[derive(Clone, Debug, Default)]
pub struct Glossary {
    terms: Vec<Term>,
    /// The folded words of each term's French, and of each of its English forms.
    words: Vec<(Vec<String>, Vec<Vec<String>>)>,
    /// Terms by the first four letters of their first word; 0: it has less.
    heads: HashMap<u32, Vec<u32>>,
}

impl Deref for Glossary {
    type Target = [Term];

    fn deref(&self) -> &[Term] {
        &self.terms
    }
}

impl Glossary {
    /// Makes terms ready.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::quality::{Glossary, Term};
    /// let glossary = Glossary::new(vec![Term { fr: "puce électronique".into(), en: vec!["chip".into()] }]);
    /// let found = glossary.terms_in("Des puces électroniques chères.");
    /// assert_eq!((found[0].0.of("Des puces électroniques chères."), &*found[0].1.en[0]), ("puces électroniques", "chip"));
    /// ```
    pub fn new(terms: Vec<Term>) -> Glossary {
        let folded = |text: &str, lang| {
            let text = Text::new(text, lang);
            text.tokens().iter().map(|token| text.folded(token).to_owned()).collect::<Vec<_>>()
        };
        let mut heads: HashMap<u32, Vec<u32>> = HashMap::new();
        let mut words = Vec::with_capacity(terms.len());
        for (number, term) in (0..).zip(&terms) {
            let text = Text::new(&term.fr, Lang::Fr);
            if let Some(first) = text.tokens().first() {
                heads.entry(first.head).or_default().push(number);
            }
            words.push((folded(&term.fr, Lang::Fr), term.en.iter().map(|en| folded(en, Lang::En)).collect()));
        }
        Glossary { terms, words, heads }
    }

    /// The terms that a French text has, each with where it stands first, in the order of the glossary.
    pub fn terms_in(&self, fr: &str) -> Vec<(Span, &Term)> {
        if self.terms.is_empty() {
            return Vec::new();
        }
        let text = Text::new(fr, Lang::Fr);
        self.found(&text).into_iter().map(|(number, span)| (span, &self.terms[number])).collect()
    }

    /// The numbers of the terms that a French text has, each with whether its English keeps to it.
    pub fn kept_in(&self, fr: &str, en: &str) -> Vec<(usize, bool)> {
        if self.terms.is_empty() {
            return Vec::new();
        }
        let found = self.found(&Text::new(fr, Lang::Fr));
        if found.is_empty() {
            return Vec::new();
        }
        let en = Text::new(en, Lang::En);
        found.into_iter().map(|(number, _)| (number, self.is_kept(number, &en))).collect()
    }

    /// Whether this text is, as a whole, a term in some form.
    pub fn is_term(&self, fr: &str) -> bool {
        self.terms_in(fr).iter().any(|(span, _)| span.len() == fr.trim().len())
    }

    /// The numbers of the terms that a French text has, in order, each with where it stands first.
    pub(super) fn found(&self, fr: &Text<'_>) -> Vec<(usize, Span)> {
        let mut found: Vec<(usize, Span)> = Vec::new();
        for (at, token) in fr.tokens().iter().enumerate() {
            // Forms of one word have their first letters in common; what is short has no head, and neither may its plural.
            let short = if token.head != 0 && token.span().len() < 7 { self.heads.get(&0) } else { None };
            for &number in self.heads.get(&token.head).into_iter().chain(short).flatten() {
                let number = number as usize;
                if found.iter().all(|(known, _)| *known != number)
                    && let Some(span) = stands(fr, at, &self.words[number].0)
                {
                    found.push((number, span));
                }
            }
        }
        found.sort_by_key(|(number, _)| *number);
        found
    }

    /// Whether an English text has one of the forms that term `number` must have.
    pub(super) fn is_kept(&self, number: usize, en: &Text<'_>) -> bool {
        self.words[number]
            .1
            .iter()
            .any(|words| (0..en.tokens().len()).any(|at| stands(en, at, words).is_some()))
    }
}

/// Where a term's words stand in a text, from token `at` on.
fn stands(text: &Text<'_>, at: usize, words: &[String]) -> Option<Span> {
    let own = text.tokens().get(at..at + words.len())?;
    let same = |(token, word): (&Token, &String)| is_form(text.folded(token), word, text.lang);
    (!words.is_empty() && own.iter().zip(words).all(same)).then(|| text.stretch(at, at + words.len() - 1))
}

/// Whether two folded words may be forms of one.
fn is_form(a: &str, b: &str, lang: Lang) -> bool {
    if a == b {
        return true;
    }
    if a.is_empty() || b.is_empty() || a.as_bytes()[0] != b.as_bytes()[0] || a.len().abs_diff(b.len()) > 5 {
        // `yeux` and `œil`, `feet` and `foot`: the irregular ones of English are listed.
        return lang == Lang::En && a.as_bytes().first() == b.as_bytes().first() && has_base(a, b, lang);
    }
    has_base(a, b, lang) || has_base(b, a, lang) || plain(a, lang) == plain(b, lang)
}

/// Whether `base` is a base form of `word`.
fn has_base(word: &str, base: &str, lang: Lang) -> bool {
    let mut found = false;
    match lang {
        Lang::Fr => french_bases(word, &mut |one, _| found |= one == base),
        Lang::En => english_bases(word, &mut |one| found |= one == base),
    }
    found
}

/// A word without the ending of its plural or feminine.
fn plain(folded: &str, lang: Lang) -> &str {
    let endings: &[&str] = match lang {
        Lang::Fr => &["es", "s", "x", "e"],
        Lang::En => &["'s", "ies", "es", "s", "y"],
    };
    let stem = endings.iter().find_map(|ending| folded.strip_suffix(ending).filter(|stem| stem.len() > 2));
    stem.unwrap_or(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_and_other_words_are_not() {
        for (a, b, lang) in [
            ("puces", "puce", Lang::Fr),
            ("journaux", "journal", Lang::Fr),
            ("europeenne", "europeen", Lang::Fr),
            ("gpus", "gpu", Lang::Fr),
            ("chips", "chip", Lang::En),
            ("children", "child", Lang::En),
            ("feet", "foot", Lang::En),
            ("policies", "policy", Lang::En),
        ] {
            assert!(
                is_form(a, b, lang) && is_form(b, a, lang) | (a == "feet") | (a == "children"),
                "{a} {b}"
            );
        }
        for (a, b, lang) in [("port", "porc", Lang::Fr), ("chip", "chin", Lang::En), ("loi", "roi", Lang::Fr)]
        {
            assert!(!is_form(a, b, lang), "{a} {b}");
        }
    }

    #[test]
    fn a_thousand_terms_are_looked_for_by_their_first_letters() {
        let terms =
            (0..1000).map(|n| Term { fr: format!("mot{n} utile"), en: vec!["word".to_owned()] }).collect();
        let glossary = Glossary::new(terms);
        let found = glossary.terms_in("Les mot7 utiles et le mot999 utile.");
        assert_eq!(
            found.iter().map(|(_, term)| term.fr.as_str()).collect::<Vec<_>>(),
            ["mot7 utile", "mot999 utile"]
        );
    }
}
