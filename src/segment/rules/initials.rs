//! Initials of names and acronyms with points.

use super::super::chars::{is_accent, is_in_word};
use super::{Answer, Rule, Stop};

pub(super) const RULES: &[&Rule] = &[&INITIAL, &FIRST_NAMES, &ACRONYM];

const HYPHENS: [char; 3] = ['-', '\u{2010}', '\u{2011}'];

static INITIAL: Rule = Rule {
    name: "initial",
    reason: "a lone capital is an initial, unless a usual first word follows that begins no family name",
    examples: ["George W. Bush a lu J. K. Rowling.", "Il a pris le plan B.|Elle est restée."],
};

/// `J. Roy`, `plan B. Elle`, `J-P. Roy`, `Jean-P. Roy`.
pub(super) fn initial(stop: &Stop) -> Option<Answer> {
    if !stop.is_point() {
        return None;
    }
    let word = stop.dotted();
    let hyphen = word.rfind(HYPHENS);
    let mut letters = word[hyphen.unwrap_or(0)..].trim_start_matches(HYPHENS).chars();
    if !letters.next()?.is_uppercase() || !letters.all(is_accent) {
        return None;
    }
    if hyphen.is_some_and(|hyphen| !is_first_name(&word[..hyphen]) || !stop.capital_follows()) {
        return None;
    }
    if stop.first.is_some_and(char::is_lowercase) {
        return Answer::keep(&INITIAL);
    }
    let (before, between) = stop.word_before(stop.mark - word.len());
    let letter = || between.trim().is_empty() && LETTERED.split(' ').any(|noun| noun == before);
    let family = || {
        if hyphen.is_some() { are_first_names(stop, word) } else { family_name_follows(stop) && !letter() }
    };
    let splits = stop.starter_follows() && !family();
    if splits { Answer::split(&INITIAL) } else { Answer::keep(&INITIAL) }
}

/// Whether the first half of a first name with a hyphen stands before an initial (`J`, `Jean`), and no `RISC` or `Jay`.
fn is_first_name(half: &str) -> bool {
    let mut letters = half.chars().filter(|&c| !is_accent(c));
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    initial || ["Jean", "Marie", "Anne", "Pierre", "Louis", "Paul", "Charles", "Marc"].contains(&half)
}

/// Nouns that have a letter behind them (`plan B`), where behind others a name begins (`l'historien J. Le Goff`).
const LETTERED: &str = "annexe appartement axe bac bâtiment billet bloc branche case catégorie classe division dossier \
    équipe escalier étape formule groupe hall hépatite hypothèse immeuble lettre ligne ligue lot modèle module niveau \
    note option permis phase plan point porte poste poule produit projet quai scénario secteur section série site \
    solution terminal tribune type variante version vitamine zone";

/// Whether a short title is something else after all: `Pierre M. Il a nié.`, `on Main St. They met.`
pub(super) fn may_end_name(stop: &Stop) -> bool {
    let word = stop.word();
    let (before, between) = stop.word_before(stop.mark - word.len());
    word.len() <= 2
        && between.chars().eq([' '])
        && before.starts_with(char::is_uppercase)
        && !before.chars().all(char::is_uppercase)
        && !stop.starts(before)
        && stop.mark - stop.start > before.len() + 2
        && stop.starter_follows()
        && !family_name_follows(stop)
}

/// Whether a family name follows that begins with an article (`J. Le Goff`, `E. De la Rue`), and no sentence that does
/// (`Julien B. Le juge`, `Julien B. La France`, `Julien B. De la même façon`).
fn family_name_follows(stop: &Stop) -> bool {
    let article = stop.next_word();
    let rest = stop.text[stop.head + article.len()..].trim_start();
    let name = match article {
        "Le" | "La" => !stop.is_institution(word_at(rest)),
        "Du" | "De" | "Des" | "D'" | "D’" => true,
        _ => false,
    };
    let inner = ["la ", "la\u{a0}", "l'", "l’"].iter().find_map(|la| rest.strip_prefix(la));
    let own = inner.filter(|_| article == "De").unwrap_or(rest);
    name && own.starts_with(char::is_uppercase)
}

/// The word at the head of a text.
fn word_at(text: &str) -> &str {
    &text[..text.find(|c| !is_in_word(c)).unwrap_or(text.len())]
}

static FIRST_NAMES: Rule = Rule {
    name: "first-names",
    reason: "initials of first names before a family name that begins with an article",
    examples: ["Il a lu J.-M.G. Le Clézio.", "Elle cite J.-P. L'Huillier et P.Y. Le Goff."],
};
static ACRONYM: Rule = Rule {
    name: "acronym",
    reason: "an acronym or initials with points: only a usual first word begins another sentence",
    examples: ["L'O.N.U. Genève a fermé.", "Elle vit en U.R.S.S.|Personne ne sait pourquoi."],
};

/// `U.R.S.S.`, `J.R.R. Tolkien`, `É.-U.`, `R.-G.`.
pub(super) fn acronym(stop: &Stop) -> Option<Answer> {
    if !stop.is_point() {
        return None;
    }
    let dotted = stop.dotted();
    let spelled = dotted.contains('.')
        && dotted.split('.').all(|part| {
            let mut letters = part.trim_start_matches(HYPHENS).chars().filter(|&c| !is_accent(c));
            (1..=2).contains(&letters.clone().count()) && letters.all(char::is_alphabetic)
        });
    if !spelled {
        return None;
    }
    if stop.starter_follows() && are_first_names(stop, dotted) {
        return Answer::keep(&FIRST_NAMES);
    }
    let splits = stop.starter_follows() || stop.first.is_some_and(|c| !c.is_alphanumeric());
    if splits { Answer::split(&ACRONYM) } else { Answer::keep(&ACRONYM) }
}

/// Whether initials stand before a family name (`J.-P. Le Goff`), and no acronym before a sentence: an acronym has a
/// determiner, or more letters.
fn are_first_names(stop: &Stop, initials: &str) -> bool {
    const BEFORE_ACRONYMS: [&str; 27] = [
        "l", "le", "la", "les", "du", "des", "au", "aux", "en", "un", "une", "ce", "cet", "cette", "ces",
        "son", "sa", "ses", "leur", "leurs", "notre", "nos", "av", "apr", "avant", "après", "ancienne",
    ];
    let mut parts = initials.split('.').map(|part| part.trim_start_matches(HYPHENS));
    let hyphenated = initials.contains(HYPHENS);
    let elided = hyphenated && elided_name_follows(stop);
    parts.clone().count() <= 3
        && parts.all(|part| part.starts_with(char::is_uppercase))
        && (elided || family_name_follows(stop))
        && !BEFORE_ACRONYMS.contains(&stop.word_before(stop.mark - initials.len()).0)
}

/// `L'Huillier`, where no `L'Europe` is.
fn elided_name_follows(stop: &Stop) -> bool {
    let article = stop.next_word();
    let rest = &stop.text[stop.head + article.len()..];
    matches!(article, "L'" | "L’")
        && rest.starts_with(char::is_uppercase)
        && !stop.is_institution(word_at(rest))
}
