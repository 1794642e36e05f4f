//! What ends a sentence: the rules, in the order in which they are asked.
//!
//! Each rule is a function that decides a stop or leaves it to the next, and has a name, a reason and two
//! examples (`|` shows where its text is split). The first that decides wins.

mod abbreviations;
mod initials;
mod marks;
mod numbers;
mod surroundings;

use super::stop::Stop;
use super::tables::{LONGEST, Tables};

/// A rule as it is shown to people.
#[derive(Debug)]
pub struct Rule {
    /// What it is called.
    pub name: &'static str,
    /// Why it decides as it does.
    pub reason: &'static str,
    /// Two texts in which it decides, `|` at the ends of sentences.
    pub examples: [&'static str; 2],
}

/// A rule's answer.
#[derive(Clone, Copy)]
pub(super) struct Answer {
    pub splits: bool,
    pub rule: &'static Rule,
}

impl Answer {
    fn split(rule: &'static Rule) -> Option<Answer> {
        Some(Answer { splits: true, rule })
    }

    fn keep(rule: &'static Rule) -> Option<Answer> {
        Some(Answer { splits: false, rule })
    }
}

/// Decides a stop that something follows.
#[inline]
pub(super) fn decide(stop: &Stop) -> Answer {
    surroundings::excepted(stop)
        .or_else(|| surroundings::nothing_yet(stop))
        .or_else(|| surroundings::bracketed(stop))
        .or_else(|| surroundings::goes_on(stop))
        .or_else(|| surroundings::inside_word(stop))
        .or_else(|| numbers::list_number(stop))
        .or_else(|| abbreviations::known(stop))
        .or_else(|| abbreviations::marked_name(stop))
        .or_else(|| initials::initial(stop))
        .or_else(|| initials::acronym(stop))
        .or_else(|| marks::lower_case_after_word(stop))
        .or_else(|| marks::lower_case_after_question(stop))
        .or_else(|| marks::lower_case(stop))
        .unwrap_or_else(|| marks::ends(stop))
}

/// Whether all rules are sure to agree on a split, told from a few bytes: a word that is no abbreviation, a point (or a
/// question or exclamation, also after a space), one space, a capital. Nine sentences in ten end so.
#[inline]
pub(super) fn is_plain_end(text: &[u8], tables: &Tables, start: usize, mark: usize) -> bool {
    let (point, capital) = match text[mark..] {
        [mark, b' ', capital, ..] if capital.is_ascii_uppercase() => (mark == b'.', true),
        // À to Ý.
        [mark, b' ', 0xC3, rest, ..] => (mark == b'.', (0x80..=0x9D).contains(&rest) && rest != 0x97),
        _ => return false,
    };
    if !capital || mark - start <= LONGEST {
        return false;
    }
    if !point && matches!(text[mark - 1], b' ' | 0xA0 | 0xAF) {
        return true;
    }
    match word_bytes(&text[mark - LONGEST - 1..mark]) {
        Some(letters) => letters > LONGEST || tables.class(&text[mark - letters..mark]).is_none(),
        None => false,
    }
}

/// The length of the word of two letters or more at the end of `text`, in lower case but for its first letter and with a
/// space or an apostrophe before it; none for any other. A word that fills the text may be longer.
#[inline]
fn word_bytes(text: &[u8]) -> Option<usize> {
    let mut at = text.len();
    while let Some(&byte) = text[..at].last() {
        if byte.is_ascii_lowercase() {
            at -= 1;
        } else if byte >= 0xA0 && at > 1 && text[at - 2] == 0xC3 {
            // à to ÿ.
            at -= 2;
        } else {
            if byte.is_ascii_uppercase() && at > 1 && text[at - 2] == b' ' {
                at -= 1;
            }
            let word = text.len() - at;
            let edge = matches!(text[at - 1], b' ' | b'\'') || text[..at].ends_with("’".as_bytes());
            return (edge && word > 1).then_some(word);
        }
    }
    Some(text.len())
}

/// Every rule, in order of asking.
pub fn all() -> Vec<&'static Rule> {
    [surroundings::RULES, numbers::RULES, abbreviations::RULES, initials::RULES, marks::RULES].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;
    use crate::segment::{Segmenter, Verdict};

    #[test]
    fn the_short_way_says_what_the_rules_say() {
        let french = Segmenter::new(Lang::Fr);
        for text in [
            "Il pleut. Il",
            "art. Le",
            "un art. Le",
            "a. Le",
            "l'art. Il",
            "constitutionnellement. Il",
            "x. Le",
        ] {
            let short: Vec<_> = french.sentences(text).collect();
            let long = french.decisions(text).filter(|decision| decision.verdict == Verdict::Ends).count();
            assert_eq!(short.len(), long + 1, "{text}");
        }
    }

    #[test]
    fn every_rule_decides_in_its_own_examples_as_they_say() {
        let french = Segmenter::new(Lang::Fr).exceptions(["Dimanche ! Prochain", "l'air. Soir"]);
        let mut faults = Vec::new();
        for rule in all() {
            for example in rule.examples {
                let parts: Vec<&str> = example.split('|').collect();
                // The end of a part takes the white space that a writer would put there.
                let text = parts.join(if rule.name == "no-space" { "" } else { " " });
                let found: Vec<&str> = french.sentences(&text).map(|span| span.of(&text)).collect();
                if found != parts {
                    faults.push(format!("{}: {found:?}", rule.name));
                }
                if !french.decisions(&text).any(|decision| decision.rule == rule.name) {
                    faults.push(format!("{} decides nothing in {example:?}", rule.name));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
