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
    surroundings::nothing_yet(stop)
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

/// Whether all rules are sure to agree on a split, told from a few bytes: a whole word in unaccented lower case that is
/// no abbreviation, one point, one space, an unaccented capital. More than half of all sentences end so.
#[inline]
pub(super) fn is_plain_end(text: &[u8], tables: &Tables, start: usize, mark: usize) -> bool {
    let [b'.', b' ', capital, ..] = text[mark..] else { return false };
    if !capital.is_ascii_uppercase() {
        return false;
    }
    let before = &text[start.max(mark.saturating_sub(LONGEST + 1))..mark];
    let letters = before.iter().rev().take_while(|byte| byte.is_ascii_lowercase()).count();
    match before.len().checked_sub(letters + 1).map(|at| before[at]) {
        None => letters > LONGEST,
        Some(b' ' | b'\'') => letters > 1 && tables.class(&before[before.len() - letters..]).is_none(),
        Some(_) => false,
    }
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
        let french = Segmenter::new(Lang::Fr);
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
