//! **negation**: a `not` dropped or added.
//!
//! French says most of its negations in two words: `ne … pas`, `ne … jamais`, `ne … rien`, `ne … plus`, `aucun … ne`. `ne … que` is
//! `only` and denies nothing; `ne` alone after `avant que`, `plus … que`, `craindre que` neither. English has `not`, `n’t`, `never`,
//! `no`, `nothing`, `nor`, `without`, and many words that deny by themselves: `un-`, `-less`, `fail`, `refuse`, `lack`, `unable`,
//! `hardly`, `few`, `avoid`, `rather than`. Only where the French denies and nothing in the English can be read so is the check sure
//! enough to warn. Where the English denies and the French has not even `sans`, `non`, `refuser`, `in-` …, a note is
//! left: French often says affirmatively what English denies (`don’t forget` = `pensez à`).
//!
//! | French | English | |
//! |---|---|---|
//! | `Il n’est pas venu.` | `He came.` | warning |
//! | `Il n’a pas pu venir.` | `He failed to come.` | nothing |
//! | `Il ne dort que le jour.` | `He only sleeps by day.` | nothing |

use std::sync::LazyLock;

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};
use crate::words::{Text, WordTable};

pub(super) const CHECK: Check = Check { name: "negation", run };

/// What a word does to the sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Force {
    /// It denies: `not`, `never`.
    Denies,
    /// It may stand for a negation: `fail`, `hardly`, `only`.
    Leans,
}

static ENGLISH: LazyLock<WordTable<Force>> = LazyLock::new(|| {
    WordTable::of_words([
        (
            "not never no nothing nobody none neither nor without cannot nowhere isn't aren't wasn't weren't don't \
             doesn't didn't won't wouldn't couldn't can't haven't hasn't hadn't shouldn't mustn't needn't ain't shan't \
             mightn't mayn't oughtn't daren't dont didnt doesnt wont cant isnt wasnt nope",
            Force::Denies,
        ),
        (
            "fail fails failed failing failure refuse refuses refused refusing refusal deny denies denied denying lack \
             lacks lacked lacking unable inability impossible hardly scarcely barely rarely seldom few fewer little less least \
             avoid avoids avoided avoiding prevent prevents prevented preventing only until unless instead rather stop stops \
             stopped stopping cease ceased ceases end ended ending ends free absent absence missing miss missed misses \
             reject rejects rejected far beyond long longer short but other otherwise except hard difficult tough different \
             against out off away over gone last past yet ignore ignores ignored ignoring forget forgot forgotten decline \
             declined declines loss lose loses lost losing anything any anyone anybody ever either non false wrong bad poor \
             badly poorly poor too neglected neglect spared spare immune exempt empty void nil zero illegal ban banned bans \
             barred bar forbidden forbid forbids prohibit prohibited exclude excluded excluding opposed oppose doubt doubts \
             doubtful challenge mere merely minus nought bereft devoid exhausted tired still remain remains remained struggle \
             struggled struggles keep kept drop dropped quit resist resisted block blocked halt halted unlike despite",
            Force::Leans,
        ),
    ])
});

static FRENCH: LazyLock<WordTable<Force>> = LazyLock::new(|| {
    WordTable::of_words([
        (
            "pas jamais rien aucun aucune personne nul nulle guere nullement aucunement non ni sans point",
            Force::Denies,
        ),
        (
            "refuse refuser refuse refusent refusait refuserait nie nier nient niait manque manquer manquent manquait manque \
             echoue echouer echec impossible incapable evite eviter empeche empecher peu peine rarement difficile difficilement \
             faute absence defaut interdit interdire loin moins seul seule seulement uniquement plus contre contraire mal aucunement \
             autre sauf hors exclu exclure faux fausse sinon avant jusque jusqu plutot lieu cesse cesser arrete arreter fin rejette \
             rejeter rejete dement dementir dementi oublie oublier malgre libre gratuit inutile tarde tarder",
            Force::Leans,
        ),
    ])
});

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let fr = french(&pair.fr);
    let (en, leans) = english(&pair.en);
    if fr.sure.len() > en.len() && !leans && en.is_empty() {
        let span = fr.sure[0];
        let message = format!("the French denies (`{}`), the English does not", span.of(pair.fr.raw));
        findings.push(Finding::new("negation", Severity::Warning, message).fr(span));
    } else if fr.sure.len() > en.len() {
        let span = fr.sure[en.len().min(fr.sure.len() - 1)];
        let message = format!("the French denies {}, the English {}", times(fr.sure.len()), times(en.len()));
        findings.push(Finding::new("negation", Severity::Note, message).fr(span));
    } else if fr.sure.is_empty() && !fr.leans && !en.is_empty() {
        let message = format!("the English denies (`{}`), the French does not", en[0].of(pair.en.raw));
        findings.push(Finding::new("negation", Severity::Note, message).en(en[0]));
    }
}

fn times(count: usize) -> String {
    match count {
        0 => "not at all".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

struct French {
    /// `ne … pas` and its like, from `ne` to its second word.
    sure: Vec<Span>,
    /// Whether some other word may be rendered by a negation.
    leans: bool,
}

fn french(text: &Text<'_>) -> French {
    let mut found = French { sure: Vec::new(), leans: false };
    let tokens = text.tokens();
    let mut at = 0;
    while at < tokens.len() {
        let folded = text.folded(&tokens[at]);
        let ne = folded == "ne" || (folded == "n" && text.gap(at).starts_with(['\'', '’']));
        if !ne {
            let leans = match FRENCH.get(tokens[at].hash) {
                Some(_) => folded != "pas" && folded != "personne",
                None => denies_by_prefix_fr(folded),
            };
            found.leans |= leans || folded == "pas" && is_alone(text, at);
            at += 1;
            continue;
        }
        let end = (at + 9).min(tokens.len());
        let second = (at + 1..end).find(|&next| {
            matches!(
                text.folded(&tokens[next]),
                "pas"
                    | "jamais"
                    | "rien"
                    | "aucun"
                    | "aucune"
                    | "personne"
                    | "plus"
                    | "guere"
                    | "nul"
                    | "nulle"
                    | "ni"
                    | "point"
                    | "nullement"
                    | "que"
                    | "qu"
            ) || text.gap(next - 1).contains(['.', ';', '?', '!'])
        });
        // `personne ne vient`, `aucun ne dort`, `rien n’est fait`: the word comes before.
        let earlier = at.saturating_sub(6);
        let before = (earlier..at).rev().find(|&prior| {
            matches!(
                text.folded(&tokens[prior]),
                "personne" | "aucun" | "aucune" | "rien" | "nul" | "nulle" | "jamais" | "ni" | "pas"
            )
        });
        let word = second.map(|at| text.folded(&tokens[at]));
        match (word, second) {
            (
                Some(
                    "pas" | "jamais" | "rien" | "aucun" | "aucune" | "personne" | "guere" | "nul" | "nulle"
                    | "ni" | "nullement" | "plus",
                ),
                Some(second),
            ) => {
                // `ne … pas que`, `ne … plus que`: only, any longer but.
                let only = matches!(tokens.get(second + 1).map(|t| text.folded(t)), Some("que" | "qu"));
                let seulement = matches!(
                    tokens.get(second + 1).map(|t| text.folded(t)),
                    Some("seulement" | "uniquement")
                );
                // `ne … pas ne pas`, `n’est pas sans`: twice no is yes.
                let double = tokens[at..second.min(tokens.len())]
                    .iter()
                    .any(|t| matches!(text.folded(t), "peut" | "peux" | "saurait"))
                    && tokens.get(second + 1).is_some_and(|t| text.folded(t) == "ne");
                let without = tokens.get(second + 1).is_some_and(|t| text.folded(t) == "sans");
                let more =
                    word == Some("plus") && tokens.get(second + 1).is_some_and(|t| text.folded(t) == "de");
                if only && word != Some("pas") || double || seulement || without || more {
                    found.leans = true;
                } else {
                    found.sure.push(text.stretch(at, second));
                }
                at = second + 1 + usize::from(double || without);
            }
            _ if before.is_some() => {
                let before = before.unwrap_or(at);
                found.sure.push(text.stretch(before, at));
                at += 1;
            }
            _ => {
                found.leans = true;
                at += 1;
            }
        }
    }
    found
}

/// `pas` without `ne`, as people speak, but not a step: `un pas`, `premiers pas`, `au pas`.
fn is_alone(text: &Text<'_>, at: usize) -> bool {
    at == 0
        || !matches!(
            text.folded(&text.tokens()[at - 1]),
            "un" | "premier" | "premiers" | "au" | "de" | "le" | "les" | "ses"
        )
}

fn denies_by_prefix_fr(folded: &str) -> bool {
    folded.len() > 6
        && (folded.starts_with("in")
            || folded.starts_with("im")
            || folded.starts_with("ir")
            || folded.starts_with("de")
            || folded.starts_with("mal"))
}

/// Where the English denies, and whether anything else in it may stand for a negation.
fn english(text: &Text<'_>) -> (Vec<Span>, bool) {
    let mut found = Vec::new();
    let mut leans = false;
    for (at, token) in text.tokens().iter().enumerate() {
        match ENGLISH.get(token.hash) {
            Some(Force::Denies) => {
                // `No. 10`, `no 10`
                let number = text.folded(token) == "no"
                    && text.tokens().get(at + 1).is_some_and(|next| next.digit)
                    && text.gap(at).len() <= 2;
                if !number {
                    found.push(token.span());
                }
            }
            Some(Force::Leans) => leans = true,
            None => {
                let folded = text.folded(token);
                leans |= folded.len() > 5
                    && (folded.starts_with("un")
                        && !folded.starts_with("unit")
                        && !folded.starts_with("univ")
                        && !folded.starts_with("under")
                        || folded.starts_with("dis")
                        || folded.starts_with("im") && folded.starts_with("imp")
                        || folded.starts_with("ina")
                        || folded.starts_with("inc")
                        || folded.starts_with("ind")
                        || folded.starts_with("ine")
                        || folded.starts_with("ins")
                        || folded.starts_with("inv")
                        || folded.starts_with("irr")
                        || folded.starts_with("ill")
                        || folded.starts_with("mis")
                        || folded.starts_with("non")
                        || folded.ends_with("less")
                        || folded.ends_with("n't"));
            }
        }
    }
    (found, leans)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn a_dropped_negation_is_found() {
        bad(CHECK, "Il n’est pas venu.", "He came.", "");
        bad(CHECK, "Personne ne l’a vu.", "They saw him.", "");
        bad(CHECK, "Ils ne reviennent jamais.", "They come back.", "");
        bad(CHECK, "Il a dit ne pas dormir.", "He said he slept.", "");
    }

    #[test]
    fn other_ways_to_deny_are_right() {
        good(CHECK, "Il n’a pas pu venir.", "He failed to come.");
        good(CHECK, "Il ne dort que le jour.", "He sleeps by day.");
        good(CHECK, "Il n’est pas heureux.", "He is unhappy.");
        good(CHECK, "Il n’est pas venu.", "He didn’t come.");
        good(CHECK, "Elle est plus grande qu’il ne le pensait.", "She is taller than he thought.");
    }
}
