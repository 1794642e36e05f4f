//! **negation**: a `not` dropped or added.
//!
//! French says most of its negations in two words: `ne … pas`, `ne … jamais`, `ne … rien`, `ne … plus`, `aucun … ne`. `ne … que` is
//! `only` and denies nothing; `ne` alone after `avant que`, `plus … que`, `craindre que` neither. English has `not`, `n’t`, `never`,
//! `no`, `nothing`, `nor`, `without`, and many words that deny by themselves: `un-`, `-less`, `fail`, `refuse`, `lack`, `unable`,
//! `hardly`, `few`, `avoid`, `rather than`. Only where the French denies and nothing in the English can be read so is the check sure
//! enough to warn, and only where the rest was translated word by word: `Il n’a pas tort` is `He is right`, in which nothing stands for
//! `tort`. Where the English denies and the French has not even `sans`, `non`, `refuser`, `in-` …, a note is
//! left: French often says affirmatively what English denies (`don’t forget` = `pensez à`).
//!
//! | French | English | |
//! |---|---|---|
//! | `Il n’est pas venu.` | `He came.` | warning |
//! | `Il n’a pas pu venir.` | `He failed to come.` | nothing |
//! | `Il ne dort que le jour.` | `He only sleeps by day.` | nothing |
//! | `Je n’en reviens pas !` | `I’m stunned!` | note |

use std::sync::LazyLock;

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};
use crate::quality::Role;
use crate::quality::partners::is_english;
use crate::words::{Text, WordTable, word_hash};

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
             lacks lacked lacking unable inability impossible hardly scarcely barely rarely seldom few fewer little less \
             avoid avoids avoided avoiding prevent prevents prevented preventing unless instead rather stop stops \
             stopped stopping cease ceased ceases ceasing missing miss missed misses reject rejects rejected beyond short \
             otherwise except difficult tough hard challenging challenge struggle struggles struggled struggling ongoing still \
             remain remains remained away ignore ignores ignored ignoring forget forgot forgotten forgetting decline declines \
             declined lose loses lost losing loss neglect neglects neglected spare spared immune exempt empty devoid wrong ban \
             bans banned barred forbid forbids forbidden prohibit prohibits prohibited exclude excludes excluded excluding oppose \
             opposes opposed doubt doubts doubtful unlike absent absence surprise surprised surprising far mere \
             merely ignorant unaware unknown nay above least ",
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
    if fr.sure.is_empty() && fr.leans {
        return;
    }
    let (en, mut leans) = english(&pair.en);
    // `n’a pas gagné depuis dix ans` = `first win in ten years`
    let has = |text: &Text<'_>, words: &[&str]| {
        text.tokens().iter().any(|token| words.contains(&text.folded(token)))
    };
    let time = ["depuis", "longtemps", "temps", "fois", "jamais"];
    leans |= has(&pair.fr, &time) && has(&pair.en, &["since", "first", "last", "decade", "decades"]);
    // `n’avait pas bu la moitié que …` = `before she had drunk half`
    leans |= has(&pair.en, &["before", "until"]) && !has(&pair.fr, &["avant", "jusqu", "jusque"]);
    // `n’est pas question` = `out of the question`, `pas … sans` = `always`: two that deny are none.
    let sans = |(at, token)| pair.fr.folded(token) == "sans" && !pair.fr.gap(at).starts_with('-');
    // `n’a plus le temps` = `out of time`
    let out_of = pair
        .en
        .tokens()
        .windows(2)
        .any(|two| (pair.en.folded(&two[0]), pair.en.folded(&two[1])) == ("out", "of"));
    leans |= out_of || pair.fr.tokens().iter().enumerate().any(sans);
    if fr.sure.len() > en.len() {
        let (first, last) = fr.sure[en.len().min(fr.sure.len() - 1)];
        let span = pair.fr.stretch(first, last);
        let message = if en.is_empty() {
            format!("the French denies (`{}`), the English does not", span.of(pair.fr.raw))
        } else {
            format!("the French denies {}, the English {}", times(fr.sure.len()), times(en.len()))
        };
        let sure = !leans && (is_literal(pair, first, !en.is_empty()) || is_emphatic(&pair.en));
        let severity = if sure { Severity::Warning } else { Severity::Note };
        findings.push(Finding::new("negation", severity, message).fr(span));
    } else if fr.sure.is_empty() && !fr.leans && !en.is_empty() {
        let message = format!("the English denies (`{}`), the French does not", en[0].of(pair.en.raw));
        findings.push(Finding::new("negation", Severity::Note, message).en(en[0]));
    }
}

/// Whether the English says the rest of the clause as the French does, so that what denies was lost and not said otherwise:
/// most of the sentence has partners, and in a short one what `ne` at token `ne` denies.
///
/// `Il n’a pas tort` = `He is right` is no lost negation: nothing in the English stands for `tort`.
///
/// Where the English denies something else, `strict` asks for the partner in long sentences too.
fn is_literal(pair: &Pair<'_>, ne: usize, strict: bool) -> bool {
    let words = &pair.partners().fr;
    // What denies has no partner itself: `personne`, `rien`.
    let content = |&at: &usize| {
        words[at].role != Role::Small && FRENCH.get(pair.fr.tokens()[at].hash) != Some(Force::Denies)
    };
    let denied = (ne..words.len()).take(12).find(content).map(|at| words[at]);
    let all = (0..words.len()).filter(content).count();
    let said = (0..words.len()).filter(content).filter(|&at| words[at].partner).count();
    said * 2 >= all && (!strict && (all > 7 || said * 3 >= all * 2) || denied.is_none_or(|word| word.partner))
}

/// Whether `did`, `does` or `do` stands before a verb in a statement (`they did have records`): what `not` leaves behind.
fn is_emphatic(text: &Text<'_>) -> bool {
    !text.raw.contains('?')
        && (1..text.tokens().len().saturating_sub(1)).any(|at| {
            let word = |at: usize| text.folded(&text.tokens()[at]);
            matches!(word(at), "did" | "does")
                && text.gap(at) == " "
                && text.before(at) == " "
                && !matches!(
                    word(at + 1),
                    "he" | "she"
                        | "it"
                        | "they"
                        | "we"
                        | "you"
                        | "i"
                        | "so"
                        | "the"
                        | "a"
                        | "this"
                        | "that"
                        | "his"
                        | "her"
                        | "in"
                        | "as"
                        | "and"
                        | "to"
                        | "for"
                        | "on"
                        | "at"
                        | "when"
                        | "what"
                        | "all"
                        | "everything"
                        | "something"
                )
                && !matches!(
                    word(at - 1),
                    "what"
                        | "who"
                        | "which"
                        | "than"
                        | "as"
                        | "how"
                        | "why"
                        | "where"
                        | "when"
                        | "so"
                        | "nor"
                )
        })
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
    /// `ne … pas` and its like, its first and its last token.
    sure: Vec<(usize, usize)>,
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
                // `n’est pas le seul`: one of several.
                let alone =
                    tokens.iter().skip(second + 1).take(3).any(|t| text.folded(t).starts_with("seul"));
                // `ne … pas ne pas`, `n’est pas sans`: twice no is yes.
                let double = tokens[at..second.min(tokens.len())]
                    .iter()
                    .any(|t| matches!(text.folded(t), "peut" | "peux" | "saurait"))
                    && tokens.get(second + 1).is_some_and(|t| text.folded(t) == "ne");
                let without = tokens.get(second + 1).is_some_and(|t| text.folded(t) == "sans");
                let next = |step: usize| tokens.get(second + step).map(|token| text.folded(token));
                // `ne … plus de`, `rien de plus sec que` = `the driest`, `pas moins de` = `at least`.
                let more = word == Some("plus") && next(1) == Some("de")
                    || word == Some("rien") && next(1) == Some("de") && matches!(next(2), Some("plus" | "moins" | "tel"))
                    || (1..4).any(|step| next(step) == Some("moins"))
                    || next(1) == Some("rien")
                    // `trop violent pour ne pas …` = `so violent that …`
                    || at > 0 && text.folded(&tokens[at - 1]) == "pour" && tokens[..at].iter().any(|t| text.folded(t) == "trop");
                // `ne jamais oublier` = `always remember`: two negations are none.
                // `n’est-ce pas ?` denies nothing.
                let tag = text.stretch(at, second).of(text.raw).ends_with("ce pas");
                let negative = tag
                    || tokens[at..(second + 2).min(tokens.len())]
                        .iter()
                        .any(|t| is_negative_verb(text.folded(t)));
                if only && word != Some("pas") || double || seulement || without || more || alone || negative
                {
                    found.leans = true;
                } else {
                    found.sure.push((at, second));
                }
                at = second + 1 + usize::from(double || without);
            }
            _ if before.is_some() => {
                let before = before.unwrap_or(at);
                found.sure.push((before, at));
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

/// Whether a French verb denies by itself, in any form.
fn is_negative_verb(folded: &str) -> bool {
    [
        "oubli", "cess", "manqu", "arret", "echou", "dout", "desempl", "ignor", "refus", "rat", "deplai",
        "tard", "tromp", "hesit", "empech",
    ]
    .iter()
    .any(|stem| folded.strip_prefix(stem).is_some_and(|rest| rest.len() < 7))
        && !matches!(folded, "rater" | "rations" | "ratio" | "doute" | "arrets" | "ignorance")
}

/// Whether an English word denies by its form: `unhappy`, `dislike`, `impossible`, `useless`.
///
/// What is left without the prefix must be a word (`union` is none), and after `in-` and its like an adjective, since
/// `inside` and `improve` deny nothing.
fn denies_by_form(folded: &str) -> bool {
    if folded.ends_with("less") {
        return true;
    }
    let is_word = |rest: &str| rest.len() > 3 && is_english(word_hash(rest.as_bytes()));
    if let Some(rest) = folded.strip_prefix("un") {
        let bases =
            ["", "e"].map(|ending| format!("{}{ending}", rest.trim_end_matches("ed").trim_end_matches("ly")));
        return rest.ends_with("able") || is_word(rest) || bases.iter().any(|base| is_word(base));
    }
    let adjective = ["ible", "able", "ent", "ant", "ate", "ive", "al", "ct", "ar", "ly", "ity", "ure"]
        .iter()
        .any(|ending| folded.ends_with(ending));
    match &folded.as_bytes()[..2] {
        b"in" | b"im" | b"ir" | b"il" => adjective && is_word(&folded[2..]),
        b"di" | b"mi" => {
            let rest = folded.strip_prefix("dis").or_else(|| folded.strip_prefix("mis"));
            rest.is_some_and(|rest| {
                is_word(rest)
                    && !matches!(rest, "cover" | "play" | "ease" | "tress" | "count" | "patch" | "appoint")
            })
        }
        _ => false,
    }
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
                leans |= folded.len() > 5 && denies_by_form(folded);
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
        bad(CHECK, "Les soldats ne viennent jamais.", "The soldiers come.", "");
        bad(CHECK, "Il a dit ne pas dormir.", "He said he slept.", "");
    }

    #[test]
    fn other_ways_to_deny_are_right() {
        good(CHECK, "Il n’a pas pu venir.", "He failed to come.");
        good(CHECK, "Il ne dort que le jour.", "He sleeps by day.");
        good(CHECK, "Il n’est pas heureux.", "He is unhappy.");
        good(CHECK, "Il n’est pas venu.", "He didn’t come.");
        good(CHECK, "C’est joli, n’est-ce pas ?", "It is pretty, you know.");
        good(CHECK, "Il n’a pas tort.", "He is right.");
        good(CHECK, "Ne quittez pas.", "Hold the line, please.");
        good(CHECK, "Je ne sais rien de plus sec que ceci.", "This is the driest thing I know.");
        good(CHECK, "Le major ne se trompait pas.", "The major was right.");
        good(CHECK, "Ils n’ont pas d’autre choix que de partir.", "They have to leave.");
        good(CHECK, "Elle n’avait pas bu la moitié qu’elle grandit.", "Before she had drunk half, she grew.");
        good(CHECK, "Elle est plus grande qu’il ne le pensait.", "She is taller than he thought.");
    }
}
