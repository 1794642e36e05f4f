//! **inconsistent**: one French with two translations, or one translation of two French sentences.
//!
//! The same sentence is most often to be translated in the same way: a heading that comes back, a disclaimer, a caption. And where two
//! different sentences have the same English, one of them may have got the other's line. Both are looked for over all the articles
//! that are checked, in their order; the finding stands at the later unit and names the first.
//!
//! Texts are compared without regard to case, accents, punctuation and spaces. What is short is often said in several ways, and several
//! things in one: under four words a French with two English (`Bien sûr.` = `Of course.`, `Sure.`) and under six an English with two French
//! are notes; longer ones warnings. Stale units are passed over.
//!
//! | French | English | elsewhere | |
//! |---|---|---|---|
//! | `Contacté, il n’a pas répondu.` | `Contacted, he did not reply.` | `He could not be reached.` for the same French | warning |
//! | `Le roi dort dans la tour du nord.` | `The king sleeps in the tower.` | the same for `La reine veille au salon.` | warning |
//! | `Oui.`, `Ouais.` | `Yes.` | | note |

use std::collections::HashMap;

use crate::bitext::{Finding, Severity, Span, Stem, Unit, UnitId};
use crate::words::{Text, Token};

/// What is compared of a unit's texts.
#[derive(Clone, Copy, Debug)]
pub struct Gist {
    fr: u64,
    en: u64,
    fr_words: u32,
    en_words: u32,
}

impl Gist {
    /// The gist of a unit's texts, as they are joined.
    pub fn of(fr: &Text<'_>, en: &Text<'_>) -> Gist {
        let (fr, fr_words) = gist(fr);
        let (en, en_words) = gist(en);
        Gist { fr, en, fr_words, en_words }
    }
}

/// The hash of a text's words as they are folded, and how many it has.
fn gist(text: &Text<'_>) -> (u64, u32) {
    // Each step can be undone, so that two texts of other words have one hash by chance alone.
    let step =
        |hash: u64, token: &Token| (hash.rotate_left(23) ^ token.hash).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (text.tokens().iter().fold(0, step), text.tokens().len() as u32)
}

/// What was seen so far: texts by their hashes, with the first unit that has them; some 120 bytes a unit.
#[derive(Clone, Debug, Default)]
pub struct Consistency {
    stems: Vec<Stem>,
    french: HashMap<u64, First>,
    english: HashMap<u64, First>,
}

/// The other text's hash where a text was first seen, and where that was.
#[derive(Clone, Copy, Debug)]
struct First {
    other: u64,
    stem: u32,
    unit: UnitId,
}

impl Consistency {
    /// Begins an article.
    pub fn article(&mut self, stem: &Stem) {
        self.stems.push(stem.clone());
    }

    /// Looks at a unit of the article that was begun last, and remembers it.
    ///
    /// # Panics
    ///
    /// Where no article was begun.
    pub fn look(&mut self, unit: &Unit, gist: Gist) -> Vec<Finding> {
        let stem = u32::try_from(self.stems.len() - 1).unwrap_or(u32::MAX);
        let mut findings = Vec::new();
        if gist.fr_words == 0 || gist.en_words == 0 {
            return findings;
        }
        let here = |other| First { other, stem, unit: unit.id };
        let all = |text: String| Span::new(0, text.len());
        let first = *self.french.entry(gist.fr).or_insert_with(|| here(gist.en));
        if first.other != gist.en {
            let severity = if gist.fr_words < 4 { Severity::Note } else { Severity::Warning };
            let message = format!("the same French has another English at {}", self.place(first, stem));
            findings.push(
                Finding::new("inconsistent", severity, message)
                    .fr(all(unit.french()))
                    .en(all(unit.english())),
            );
        }
        let first = *self.english.entry(gist.en).or_insert_with(|| here(gist.fr));
        if first.other != gist.fr {
            let severity = if gist.en_words < 6 { Severity::Note } else { Severity::Warning };
            let message =
                format!("the same English stands for another French at {}", self.place(first, stem));
            findings.push(
                Finding::new("inconsistent", severity, message)
                    .fr(all(unit.french()))
                    .en(all(unit.english())),
            );
        }
        findings
    }

    fn place(&self, first: First, here: u32) -> String {
        match self.stems.get(first.stem as usize) {
            Some(stem) if first.stem != here => format!("{} of {stem}", first.unit),
            _ => first.unit.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Kind, Lang};

    fn look(pairs: &[(&str, &str)]) -> Vec<(usize, Severity, String)> {
        let stem: Stem = "roy".parse().unwrap();
        let mut seen = Consistency::default();
        seen.article(&stem);
        let mut found = Vec::new();
        for (place, (fr, en)) in pairs.iter().enumerate() {
            let mut unit = Unit::new(UnitId::of(&stem, &[fr], place), Kind::Body, vec![(*fr).to_owned()]);
            unit.en = (*en).into();
            let gist = Gist::of(&Text::new(fr, Lang::Fr), &Text::new(en, Lang::En));
            found.extend(seen.look(&unit, gist).into_iter().map(|f| (place, f.severity, f.message)));
        }
        found
    }

    #[test]
    fn both_ways_are_found_at_the_later_unit() {
        let found = look(&[
            ("Contacté, il n’a pas répondu.", "Contacted, he did not reply."),
            ("Contacté, il n'a pas répondu !", "He could not be reached."),
            ("Le roi dort dans la tour.", "The king sleeps in the north tower."),
            ("La reine veille au salon.", "The king sleeps in the north tower."),
        ]);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].0 == 1 && found[0].2.starts_with("the same French has another English at "));
        assert!(found[1].0 == 3 && found[1].2.starts_with("the same English stands for another French at "));
        assert!(found.iter().all(|(_, severity, _)| *severity == Severity::Warning));
    }

    #[test]
    fn what_is_short_is_a_note_and_what_is_typed_otherwise_is_the_same() {
        let found = look(&[
            ("Oui.", "Yes."),
            ("Ouais.", "Yes."),
            ("Oui !", "Yeah."),
            ("Il dort.", "He’s asleep."),
            ("Il dort…", "He's asleep…"),
        ]);
        assert_eq!(
            found.iter().map(|(place, severity, _)| (*place, *severity)).collect::<Vec<_>>(),
            [(1, Severity::Note), (2, Severity::Note)]
        );
    }
}
