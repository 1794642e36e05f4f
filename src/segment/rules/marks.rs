//! Marks that end sentences, and lower case after them.

use super::{Answer, Rule, Stop};

pub(super) const RULES: &[&Rule] = &[&LOWER_CASE_AFTER_WORD, &LOWER_CASE, &FULL_STOP, &QUESTION, &SUSPENSION];

static LOWER_CASE_AFTER_WORD: Rule = Rule {
    name: "lower-case-after-word",
    reason: "one point after a plain word of four letters or more ends a sentence, also before lower case",
    examples: ["Elle aime le vin blanc.|eBay en vend.", "Il pleut.|le train est en retard."],
};

/// Careless or branded lower case after a full stop.
pub(super) fn lower_case_after_word(stop: &Stop) -> Option<Answer> {
    if !stop.first.is_some_and(char::is_lowercase) || !stop.is_point() || stop.is_closed() || stop.dashed {
        return None;
    }
    let word = stop.word();
    let plain = word.chars().count() >= 4 && word.chars().all(char::is_lowercase);
    let branded = stop.next_word().chars().skip(1).take(2).any(char::is_uppercase);
    let follows_space =
        stop.word_before(stop.word_start()).1.chars().all(|c| c.is_whitespace() || "'’-,«“\"".contains(c));
    if plain && follows_space || branded {
        return Answer::split(&LOWER_CASE_AFTER_WORD);
    }
    None
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
