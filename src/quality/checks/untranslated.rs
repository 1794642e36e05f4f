//! **untranslated**: French left where English should be.
//!
//! Two ways lead here. The English may be the French, word for word: an error, unless nothing in it is
//! French (a name, a number, `Cannes, Festival 2018`). Or a stretch of it is: small French words (`dans`, `les`, `qui`), words with
//! accents, elisions (`l’`), with what is copied from the French between them. Such a stretch is an error where it
//! has weight enough; a title such as `Le Monde` or `La Voix du Nord`, in capitals, has not, and what English has taken over
//! (`déjà vu`, `coup d’état`, `Bon appétit!`) is no French.
//!
//! | French | English | |
//! |---|---|---|
//! | `Il dort dans la ville.` | `Il dort dans la ville.` | error |
//! | `Il dort dans la ville depuis lundi.` | `He sleeps dans la ville depuis lundi.` | error at `dans la ville depuis lundi` |
//! | `Il lit La Voix du Nord.` | `He reads La Voix du Nord.` | nothing |
//! | `C’est la crème de la crème.` | `They are the crème de la crème.` | nothing |
//! | `Nvidia, AMD, Intel` | `Nvidia, AMD, Intel` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity};
use crate::words::language::{self, Hint};
use crate::words::{Case, Token, borrowed};

pub(super) const CHECK: Check = Check { name: "untranslated", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let (fr, en) = (pair.fr.tokens(), pair.en.tokens());
    if fr.is_empty() {
        return;
    }
    if en.is_empty() {
        if pair.en.raw.trim().is_empty() && fr.iter().any(|token| token.case != Case::Digit) {
            findings.push(
                Finding::new("untranslated", Severity::Error, "there is no English")
                    .fr(pair.fr_all())
                    .en(pair.en_all()),
            );
        }
        return;
    }
    let same = fr.len() == en.len() && fr.iter().zip(en).all(|(f, e)| f.hash == e.hash);
    if same {
        if en.len() < 12 && borrowed(&pair.en).iter().all(|borrowed| *borrowed) {
            return;
        }
        let weight: f32 = en.iter().map(|token| language::french(&pair.en, token)).sum();
        let words = en.iter().filter(|token| token.case == Case::Lower).count();
        let severity = if weight > 0.4 && words > 0 {
            Severity::Error
        } else if words > 3 && weight >= 0.0 {
            Severity::Warning
        } else if words > 0 && weight >= 0.0 {
            Severity::Note
        } else {
            return;
        };
        let message = "the English is the French, word for word";
        findings.push(Finding::new("untranslated", severity, message).fr(pair.fr_all()).en(pair.en_all()));
        return;
    }
    let french = |token: &Token| token.hint == Some(Hint::French) || !pair.en.of(token).is_ascii();
    if !en.iter().any(french) {
        return;
    }
    if let Some(stretch) = stretch(pair) {
        let span = pair.en.stretch(stretch.first, stretch.last);
        let message = format!("`{}` is French", shortened(span.of(pair.en.raw)));
        let severity = if stretch.weight >= 2.4 { Severity::Error } else { Severity::Note };
        findings.push(
            Finding::new("untranslated", severity, message).fr(stretch_in_french(pair, &stretch)).en(span),
        );
    }
}

fn shortened(text: &str) -> String {
    let mut words = text.split_inclusive(' ');
    let start: String = words.by_ref().take(8).collect();
    if words.next().is_some() { start.trim_end().to_owned() + " …" } else { start }
}

#[derive(Clone, Copy, Debug)]
struct Stretch {
    first: usize,
    last: usize,
    weight: f32,
}

/// The stretch of the English that is most French, if one is at all (Kadane's maximal sum).
fn stretch(pair: &Pair<'_>) -> Option<Stretch> {
    let borrowed = borrowed(&pair.en);
    let mut best: Option<Stretch> = None;
    let mut now = Stretch { first: 0, last: 0, weight: 0.0 };
    for (at, token) in pair.en.tokens().iter().enumerate() {
        let french = language::french(&pair.en, token);
        // Copied words between French ones hold a stretch together; other words part it.
        let weight = if borrowed[at] {
            0.0
        } else if french > 0.0 {
            french
        } else if french < 0.0 {
            -1.5
        } else if pair.fr.tokens().iter().any(|other| other.hash == token.hash) {
            if token.case == Case::Lower && token.span().len() > 2 { 0.4 } else { 0.0 }
        } else {
            -0.6
        };
        if now.weight <= 0.0 {
            now = Stretch { first: at, last: at, weight: 0.0 };
        }
        now.weight += weight;
        now.last = at;
        if best.is_none_or(|best| now.weight > best.weight) && now.weight > 0.0 {
            best = Some(now);
        }
    }
    best.filter(|best| best.weight >= 1.5 && best.last > best.first)
}

/// Where the stretch stands in the French, from its first to its last copied word.
fn stretch_in_french(pair: &Pair<'_>, stretch: &Stretch) -> Option<crate::bitext::Span> {
    let en = &pair.en.tokens()[stretch.first..=stretch.last];
    let run =
        pair.fr.tokens().windows(2).position(|two| two[0].hash == en[0].hash && two[1].hash == en[1].hash)?;
    let length = en.iter().zip(&pair.fr.tokens()[run..]).take_while(|(e, f)| e.hash == f.hash).count();
    Some(pair.fr.stretch(run, run + length.max(1) - 1))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn french_left_in_the_english_is_found() {
        bad(CHECK, "Il dort dans la ville.", "Il dort dans la ville.", "Il dort dans la ville.");
        bad(
            CHECK,
            "Il dort dans la ville depuis lundi.",
            "He sleeps dans la ville depuis lundi.",
            "dans la ville depuis lundi",
        );
        bad(CHECK, "Il dort.", "", "");
    }

    #[test]
    fn names_and_numbers_may_be_the_same() {
        good(CHECK, "Nvidia, AMD, Intel", "Nvidia, AMD, Intel");
        good(CHECK, "Il lit La Voix du Nord.", "He reads La Voix du Nord.");
        good(CHECK, "Le Monde, 2018", "Le Monde, 2018");
        good(CHECK, "Bon appétit !", "Bon appétit!");
        good(CHECK, "Il y a là un certain je-ne-sais-quoi.", "It has a certain je ne sais quoi.");
        good(CHECK, "Un déjà-vu de Médecins sans frontières", "A déjà vu from Médecins sans frontières");
    }
}
