//! **repeated-word**: a word typed twice.
//!
//! `they they wanted`, `in in the town`: the commonest slip in English typing. Two equal words with
//! only white space between them are found, unless the language says them so (`had had`, `very very`,
//! `no no`), the French repeats a word at as many places (`très très` = `very very`, `Duran Duran`), or they are
//! digits. `that that` is more often right than wrong in long sentences: a note. In the French, which is
//! not the translator's to mend, nothing is looked at (`nous nous`, `vous vous` are grammar there).
//!
//! | French | English | |
//! |---|---|---|
//! | `comme ils le voulaient` | `how they they wanted it` | error, `they` expected |
//! | `Il avait eu tort.` | `He had had it wrong.` | nothing |

use std::sync::LazyLock;

use super::{Check, Pair};
use crate::bitext::{Finding, Severity};
use crate::words::{Case, Text, WordTable};

pub(super) const CHECK: Check = Check { name: "repeated-word", run };

/// English words that may stand twice.
static TWICE: LazyLock<WordTable<Severity>> = LazyLock::new(|| {
    WordTable::of_words([
        (
            "had very so no yes ha bye hear knock blah well there now really many much long far never hey yeah \
          go come more please oh la tut tsk hush night bang chop rah boo yum wow",
            Severity::Note,
        ),
        ("that", Severity::Note),
    ])
});

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let en = &pair.en;
    let mut french = None;
    for (first, two) in en.tokens().windows(2).enumerate() {
        if two[0].hash != two[1].hash || !is_repeat(en, first) {
            continue;
        }
        let left = french.get_or_insert_with(|| {
            (0..pair.fr.tokens().len().saturating_sub(1))
                .filter(|&at| is_repeat(&pair.fr, at) && !is_pronoun(&pair.fr, at))
                .count()
        });
        if *left > 0 {
            *left -= 1;
            continue;
        }
        let word = en.of(&two[1]);
        let severity = TWICE.get(two[0].hash).unwrap_or(Severity::Error);
        let finding = Finding::new("repeated-word", severity, format!("`{word}` stands twice"))
            .en(en.stretch(first, first + 1))
            .suggestion(en.of(&two[0]));
        findings.push(finding);
    }
}

/// Whether the word at `at` stands twice, with only white space between.
fn is_repeat(text: &Text<'_>, at: usize) -> bool {
    let [a, b] = [text.tokens()[at], text.tokens()[at + 1]];
    // Not by the folded form: `a à` is French.
    text.of(&a).to_lowercase() == text.of(&b).to_lowercase()
        && a.case != Case::Digit
        && text.gap(at).chars().all(char::is_whitespace)
        // Part of something hyphenated or shortened: `the well-well known`, `a a.m.`.
        && !text.gap(at + 1).starts_with(['-', '\'', '’', '.']) | text.gap(at + 1).starts_with(". ") | (text.gap(at + 1) == ".")
        && !text.before(at).ends_with(['-', '\'', '’', '.'])
}

/// `nous nous`, `vous vous`: subject and object.
fn is_pronoun(text: &Text<'_>, at: usize) -> bool {
    matches!(text.folded(&text.tokens()[at]), "nous" | "vous" | "elle" | "elles" | "en" | "que")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn a_word_typed_twice_is_found() {
        bad(CHECK, "Comme ils voulaient.", "How they they wanted it.", "they they");
        bad(CHECK, "Le chat dort.", "The the cat sleeps.", "The the");
        bad(CHECK, "Nous nous levons.", "We get up up.", "up up");
    }

    #[test]
    fn what_is_said_twice_is_right() {
        good(CHECK, "Il avait eu tort.", "He had had it wrong.");
        good(CHECK, "C’est très très bien.", "It is really really good.");
        good(CHECK, "Un disque de Duran Duran.", "A Duran Duran record.");
        good(CHECK, "Non, non !", "No, no! A win-win win.");
        good(CHECK, "Score : 6 6.", "Score: 6 6.");
    }
}
