//! Marks that end sentences, and lower case after them.

use super::super::chars::is_accent;
use super::{Answer, Rule, Stop};
use crate::bitext::Lang;

pub(super) const RULES: &[&Rule] =
    &[&LOWER_CASE_AFTER_WORD, &LOWER_CASE_AFTER_QUESTION, &LOWER_CASE, &FULL_STOP, &QUESTION, &SUSPENSION];

static LOWER_CASE_AFTER_WORD: Rule = Rule {
    name: "lower-case-after-word",
    reason: "one point after a whole word, a number or a bracket ends a sentence, also before careless lower case",
    examples: ["Elle aime le vin blanc.|eBay en vend.", "Il boit de l'eau.|le train est en retard."],
};

/// Careless or branded lower case, or an entry of a list, after a full stop.
pub(super) fn lower_case_after_word(stop: &Stop) -> Option<Answer> {
    if !stop.first.is_some_and(char::is_lowercase) || !stop.is_point() || stop.is_closed() {
        return None;
    }
    let word = stop.word();
    let letters = word.chars().filter(|&c| !is_accent(c)).count();
    let lead = stop.text[..stop.mark - word.len()].chars().next_back();
    // Inside an address or a word with points, nothing is plain.
    let alone = lead.is_none_or(|c| c.is_whitespace() || "'’-\u{2011}(«“\"".contains(c));
    let closed = word.is_empty() && matches!(lead, Some(')' | ']' | '"' | '»' | '%' | '€' | '$' | '£' | '”'));
    let whole = alone && letters >= 4 && word.contains(char::is_alphabetic);
    let short = alone && letters >= 2 && opens_clause(stop);
    let branded = stop.next_word().chars().skip(1).take(2).any(char::is_uppercase);
    (closed || whole || short || branded).then_some(())?;
    Answer::split(&LOWER_CASE_AFTER_WORD)
}

/// Whether the next word is a subject or its determiner: after a short word, which may be an abbreviation that nobody
/// listed, only these tell of a new sentence.
fn opens_clause(stop: &Stop) -> bool {
    const FRENCH: [&str; 29] = [
        "le", "la", "les", "l'", "l’", "un", "une", "ce", "cet", "cette", "ces", "c'", "c’", "ça", "cela",
        "je", "j'", "j’", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "mais", "à", "mon",
    ];
    const ENGLISH: [&str; 22] = [
        "the", "a", "an", "this", "that", "these", "those", "i", "you", "he", "she", "it", "we", "they",
        "there", "it'", "it’", "i'", "i’", "my", "but", "other",
    ];
    let words: &[&str] = if stop.lang == Lang::Fr { &FRENCH } else { &ENGLISH };
    stop.next_word_is_one_of(words)
}

static LOWER_CASE_AFTER_QUESTION: Rule = Rule {
    name: "lower-case-after-question",
    reason: "a subject pronoun in lower case after a question begins a sentence of careless spelling",
    examples: ["Tu viens demain ?|je pense que oui.", "Et la mer ?|elle monte."],
};

/// `? je pense que …`, where no quotation closes.
pub(super) fn lower_case_after_question(stop: &Stop) -> Option<Answer> {
    let question = stop.text[stop.mark..stop.end].contains('?') && !stop.is_closed() && !stop.dashed;
    let pronoun = || match stop.lang {
        Lang::Fr => stop.next_word_is_one_of(&[
            "je", "j'", "j’", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "c'", "c’", "ça",
        ]),
        Lang::En => true,
    };
    (question && stop.first.is_some_and(char::is_lowercase) && pronoun()).then_some(())?;
    Answer::split(&LOWER_CASE_AFTER_QUESTION)
}

static LOWER_CASE: Rule = Rule {
    name: "lower-case",
    reason: "lower case follows: the sentence goes on",
    examples: ["« Qui est là ? » demanda-t-elle.", "Il hésita… puis il partit."],
};

/// `! le`, `… puis`, `? » dit-il`.
pub(super) fn lower_case(stop: &Stop) -> Option<Answer> {
    stop.first.filter(|first| first.is_lowercase()).and_then(|_| Answer::keep(&LOWER_CASE))
}

static FULL_STOP: Rule = Rule {
    name: "full-stop",
    reason: "a point, and something that can begin a sentence after it",
    examples: ["Il pleut.|Il vente.", "« C'est fini. »|25 ans ont passé."],
};
static QUESTION: Rule = Rule {
    name: "question-or-exclamation",
    reason: "a question or an exclamation, and something that can begin a sentence after it",
    examples: ["Vraiment ?!|Mais oui !", "– Tu viens ?|– Non."],
};
static SUSPENSION: Rule = Rule {
    name: "suspension",
    reason: "points of suspension, and something that can begin a sentence after them",
    examples: ["Il hésita…|Puis il partit.", "On l'attendait...|Il n'est pas venu."],
};

/// What no rule before has kept together.
pub(super) fn ends(stop: &Stop) -> Answer {
    let rule = if stop.is_point() {
        &FULL_STOP
    } else if stop.is_ellipsis() {
        &SUSPENSION
    } else {
        &QUESTION
    };
    Answer { splits: true, rule }
}
