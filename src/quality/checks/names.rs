//! **names**: a name that is another in English, or gone.
//!
//! A name stays as it is, or has an English form: `Pékin` is `Beijing`, `États-Unis` `United States`, `IA` `AI`. The forms are in
//! a list that a corpus extends with a `names.tsv` of its own. A name is a word with a capital where no sentence begins, that the lexicon does
//! not know as a common word.
//!
//! Where each side has a name that the other has not, the English has the wrong one: a warning. Names that are nearly the
//! same are taken for two spellings of one (`Alexandre`, `Aleksandr`). A name that only one side has is a note: translators
//! say `she` for `Dupont` and the other way round, and explain what a reader abroad does not know. Titles (`Mr`, `Mme`), short
//! acronyms, which are made anew in each language, and Roman numerals are passed over. A note is left, too, where both have an
//! article (`la Chenille`, `the Caterpillar`: an ordinary word in capitals), and where the French name has an English form in the list,
//! since a translator who does not use it says the thing otherwise (`le Championnat d’Écosse`, `the Premiership`).
//!
//! | French | English | |
//! |---|---|---|
//! | `Anne Tremblay dort à Lyon.` | `Anne Okafor sleeps in Lyon.` | warning, `Tremblay` expected |
//! | `Pékin a refusé.` | `China refused.` | nothing |
//! | `Tremblay a souri.` | `She smiled.` | note |
//! | `dit la Chenille` | `said the Caterpillar` | note |

use super::{Check, Pair};
use crate::bitext::{Finding, Lang, Severity, Span};
use crate::quality::{Role, Word};
use crate::words::{Case, Names, Text, Token, common_letters};

pub(super) const CHECK: Check = Check { name: "names", run };

/// A name without partner.
#[derive(Clone, Copy, Debug)]
struct Name {
    span: Span,
    /// Its place in the text, 0 to 1.
    place: f32,
    /// Whether it may be an ordinary word that begins a sentence.
    initial: bool,
    /// Whether an article or the like stands before it: it may be an ordinary word in capitals (`la Chenille`).
    common: bool,
    /// Whether it has an English form, so that a translator hardly left it as it is.
    listed: bool,
    /// Whether the English has it, only less often: it may well say `she` there.
    again: bool,
}

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let capital = |text: &Text<'_>| text.tokens().iter().any(Token::is_capital);
    if !capital(&pair.fr) || !capital(&pair.en) {
        return;
    }
    let partners = pair.partners();
    let mut en = alone(&pair.en, &partners.en, pair.names);
    let mut fr = alone(&pair.fr, &partners.fr, pair.names);
    if !en.is_empty() {
        more_often(pair, &mut fr);
    }
    // Two spellings of one name.
    fr.retain(|f| {
        let likeness = |e: &Name| alike(f.span.of(pair.fr.raw), e.span.of(pair.en.raw));
        match en.iter().position(likeness) {
            Some(at) => {
                en.remove(at);
                false
            }
            None => true,
        }
    });
    while let Some((f, e)) = nearest(&fr, &en) {
        let (f, e) = (fr.remove(f), en.remove(e));
        let name = f.span.of(pair.fr.raw);
        let message = format!("`{}` is `{name}` in the French", e.span.of(pair.en.raw));
        let unsure = f.common && e.common || f.listed || f.again;
        let severity = if unsure { Severity::Note } else { Severity::Warning };
        findings.push(
            Finding::new("names", severity, message).fr(f.span).en(e.span).expected(name).suggestion(name),
        );
    }
    for name in fr.iter().filter(|name| !name.initial) {
        let message = format!("`{}` stands only in the French", name.span.of(pair.fr.raw));
        findings.push(Finding::new("names", Severity::Note, message).fr(name.span));
    }
    for name in en.iter().filter(|name| !name.initial) {
        let message = format!("`{}` stands only in the English", name.span.of(pair.en.raw));
        findings.push(Finding::new("names", Severity::Note, message).en(name.span));
    }
}

/// The names of a text that have no partner in the other.
fn alone(text: &Text<'_>, words: &[Word], names: &Names) -> Vec<Name> {
    let mut found = Vec::new();
    for (at, (token, word)) in text.tokens().iter().zip(words).enumerate() {
        if !word.partner && is_name(text, token, *word) {
            found.push(name(text, at, names));
        }
    }
    found
}

fn name(text: &Text<'_>, at: usize, names: &Names) -> Name {
    let token = &text.tokens()[at];
    let place = token.span().start as f32 / text.raw.len() as f32;
    let before = at.checked_sub(1).map_or("", |before| text.folded(&text.tokens()[before]));
    let article = match text.lang {
        Lang::Fr => matches!(
            before,
            "le" | "la" | "l" | "les" | "un" | "une" | "du" | "des" | "au" | "aux" | "cet" | "ce" | "cette"
        ),
        Lang::En => matches!(before, "the" | "a" | "an" | "this" | "that"),
    };
    // `la Ryder Cup`, `the Stadium of Light`: a name of several words is one.
    let common = article && !text.tokens().iter().skip(at + 1).take(2).any(Token::is_capital);
    let english = names.english(token.hash);
    let listed = text.lang == Lang::Fr && !english.is_empty() && !english.contains(&token.hash);
    Name { span: token.span(), place, initial: token.initial, common, listed, again: false }
}

fn is_name(text: &Text<'_>, token: &Token, word: Word) -> bool {
    token.is_capital()
        && matches!(word.role, Role::Name | Role::Unknown)
        && token.span().len() > 2
        // Acronyms are made anew in each language; Roman numerals are numbers.
        && token.case != Case::Upper
        && !text.of(token).starts_with(['I', 'V', 'X']) | (text.of(token).len() > 5)
        && !is_title(text.folded(token))
}

fn is_title(folded: &str) -> bool {
    matches!(
        folded,
        "mme"
            | "mlle"
            | "mrs"
            | "miss"
            | "sir"
            | "lord"
            | "lady"
            | "prof"
            | "sen"
            | "rep"
            | "gov"
            | "gen"
            | "col"
            | "capt"
            | "sgt"
            | "rev"
            | "hon"
            | "pres"
            | "messrs"
            | "mmes"
            | "maj"
            | "det"
            | "supt"
            | "insp"
            | "mgr"
            | "monsignor"
            | "monseigneur"
            | "monsieur"
            | "madame"
            | "mademoiselle"
            | "messieurs"
            | "mister"
    )
}

/// Adds the French names that the English has, but less often: one of them may have been replaced.
fn more_often(pair: &Pair<'_>, fr: &mut Vec<Name>) {
    let tokens = pair.fr.tokens();
    let words = &pair.partners().fr;
    for (at, (token, word)) in tokens.iter().zip(words).enumerate() {
        let same = |text: &Text<'_>| {
            text.tokens().iter().filter(|other| other.hash == token.hash && other.is_capital()).count()
        };
        if word.partner && is_name(&pair.fr, token, *word) && pair.names.english(token.hash).is_empty() {
            let first = tokens[..at].iter().all(|other| other.hash != token.hash);
            if first && same(&pair.en) > 0 && same(&pair.fr) > same(&pair.en) {
                let last = tokens.iter().rposition(|other| other.hash == token.hash).unwrap_or(at);
                fr.push(Name { again: true, ..name(&pair.fr, last, pair.names) });
            }
        }
    }
}

/// Of what is left on both sides, the two whose places are nearest, if they may be one.
fn nearest(fr: &[Name], en: &[Name]) -> Option<(usize, usize)> {
    // Far too many for a sentence: in order will do.
    if fr.len().max(en.len()) > 50 {
        return (!fr.is_empty() && !en.is_empty()).then_some((0, 0));
    }
    let mut best: Option<(f32, usize, usize)> = None;
    for (f, a) in fr.iter().enumerate() {
        for (e, b) in en.iter().enumerate() {
            let apart = (a.place - b.place).abs();
            let may =
                if a.initial || b.initial { apart < 0.3 && !(a.initial && b.initial) } else { apart < 0.75 };
            if may && best.is_none_or(|(least, ..)| apart < least) {
                best = Some((apart, f, e));
            }
        }
    }
    best.map(|(_, f, e)| (f, e))
}

/// Whether two names may be two spellings of one: most of their letters are the same, in order.
fn alike(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    common_letters(&a, &b) * 20 >= (a.chars().count() + b.chars().count()) * 6
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, found, good};
    use super::CHECK;

    #[test]
    fn another_name_is_found() {
        bad(
            CHECK,
            "Hier, Anne Tremblay dormait à Lyon.",
            "Yesterday Anne Okafor was sleeping in Lyon.",
            "Okafor",
        );
        bad(CHECK, "Il est parti de Vesoul en train.", "He left Grimsby by train.", "Grimsby");
        let finding = &found(CHECK, "Selon Tremblay, il dort.", "According to Okafor, he sleeps.")[0];
        assert_eq!(finding.suggestion.as_deref(), Some("Tremblay"));
    }

    #[test]
    fn english_forms_spellings_and_pronouns_are_right() {
        good(CHECK, "Hier, Pékin a répondu aux États-Unis.", "Yesterday China answered America.");
        good(CHECK, "Le ministre Alexandre Novak dort.", "Minister Aleksandr Novak sleeps.");
        good(CHECK, "Hier, Mme Tremblay a souri.", "Yesterday Ms. Tremblay smiled.");
        good(CHECK, "Selon Tremblay, il dort.", "She says that he sleeps.");
        good(CHECK, "« Non », dit la Chenille.", "\"No,\" said the Caterpillar.");
        good(CHECK, "Il a gagné le match du Championnat d’Écosse.", "He won the Premiership match.");
        good(CHECK, "Puis Mgr Myriel sortit.", "Then Monsignor Myriel went out.");
        good(CHECK, "Le PDG du CNRS dort.", "The ECD of HMC sleeps.");
        assert_eq!(found(CHECK, "Hier, Tremblay souriait.", "Yesterday She smiled.").len(), 1);
    }
}
