//! Names that have another form in English, from a list that users extend.

use std::sync::LazyLock;

use super::{Lexicon, Text, WordTable, word_hash};
use crate::bitext::Lang;

/// French names with the English words that may stand for them.
///
/// Word by word: of `Royaume-Uni`, both `Royaume` and `Uni` may be `United`, `Kingdom`, `UK` …; that is enough to
/// know that a name went over, and holds where only a part of it was said.
#[derive(Clone, Debug)]
pub struct Names {
    words: WordTable<(u32, u32)>,
    english: Vec<u64>,
}

/// A line of a list of names that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: expected `French name<TAB>English forms`, found `{found}`")]
pub struct NamesError {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
}

impl Names {
    /// The list that comes with the program, and the names of the bundled lexicon.
    pub fn bundled() -> &'static Names {
        static BUNDLED: LazyLock<Names> =
            LazyLock::new(|| Names::with("").expect("an empty list has no fault"));
        &BUNDLED
    }

    /// The bundled list with another's lines added.
    ///
    /// # Errors
    ///
    /// At the first line that has no tab.
    pub fn with(more: &str) -> Result<Names, NamesError> {
        let mut rows: Vec<(u64, Vec<u64>)> = Vec::new();
        let mut add = |fr: &str, en: &str| {
            let english: Vec<u64> = english_words(en);
            for hash in french_words(fr) {
                match rows.iter_mut().find(|(own, _)| *own == hash) {
                    Some((_, words)) => words.extend(&english),
                    None => rows.push((hash, english.clone())),
                }
            }
        };
        for (fr, en) in Lexicon::bundled_names() {
            add(fr, en);
        }
        for text in [include_str!("names.tsv"), more] {
            for (at, line) in text.lines().enumerate() {
                let line = line.trim_end();
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let Some((fr, en)) = line.split_once('\t') else {
                    return Err(NamesError { line: at + 1, found: line.to_owned() });
                };
                add(fr, en);
            }
        }
        let mut english = Vec::new();
        let words = WordTable::new(rows.into_iter().map(|(hash, words)| {
            let start = english.len() as u32;
            english.extend(words);
            (hash, (start, english.len() as u32))
        }));
        Ok(Names { words, english })
    }

    /// The hashes of the English words that may stand for a French name's word.
    pub fn english(&self, french: u64) -> &[u64] {
        self.words.get(french).map_or(&[], |(start, end)| &self.english[start as usize..end as usize])
    }
}

/// The words of a French name that are names themselves: in capitals, or all where none is.
fn french_words(name: &str) -> Vec<u64> {
    let text = Text::new(name, Lang::Fr);
    let capital: Vec<u64> = text
        .tokens()
        .iter()
        .filter(|token| token.is_capital() && token.span().len() > 1)
        .map(|t| t.hash)
        .collect();
    if capital.is_empty() { text.tokens().iter().map(|t| t.hash).collect() } else { capital }
}

fn english_words(forms: &str) -> Vec<u64> {
    let mut all = Vec::new();
    for form in forms.split(';') {
        let text = Text::new(form.trim(), Lang::En);
        for token in text.tokens() {
            if !matches!(text.folded(token), "the" | "of" | "and" | "d" | "s") || text.tokens().len() == 1 {
                all.push(token.hash);
            }
        }
        // `U.S.` is two tokens: the first will do.
        if form.trim() == "U.S." || form.trim() == "U.N." || form.trim() == "U.K." || form.trim() == "E.U." {
            all.push(word_hash(&form.trim().as_bytes()[..1].to_ascii_lowercase()));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may_be(names: &Names, fr: &str, en: &str) -> bool {
        names.english(word_hash(fr.as_bytes())).contains(&word_hash(en.as_bytes()))
    }

    #[test]
    fn names_have_their_english_forms() {
        let names = Names::bundled();
        for (fr, en) in [
            ("pekin", "beijing"),
            ("etats", "united"),
            ("etats", "us"),
            ("ia", "ai"),
            ("pdg", "ceo"),
            ("londres", "london"),
        ] {
            assert!(may_be(names, fr, en), "{fr} {en}");
        }
        assert!(!may_be(names, "pekin", "tokyo"));
    }

    #[test]
    fn a_list_of_ones_own_is_added() {
        let names = Names::with("# mine\nVilleneuve\tNewtown\n").unwrap();
        assert!(may_be(&names, "villeneuve", "newtown") && may_be(&names, "pekin", "beijing"));
        assert_eq!(Names::with("Villeneuve Newtown\n").unwrap_err().line, 1);
    }
}
