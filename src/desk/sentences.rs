//! The sentences within a unit's English, for all that moves them.

use crate::bitext::Unit;
use crate::revise::{Neighbour, Part};
use crate::segment::Segmenter;

/// Where they begin: the string, and the byte in it.
pub(super) fn english_sentences(unit: &Unit, segmenter: &Segmenter) -> Vec<(usize, usize)> {
    let mut starts = Vec::new();
    for (nth, text) in unit.en.iter().enumerate() {
        starts.extend(segmenter.sentences(text).map(|span| (nth, span.start)));
    }
    starts
}

/// The place after so many of them.
pub(super) fn after_sentences(unit: &Unit, count: usize, segmenter: &Segmenter) -> (usize, usize) {
    match english_sentences(unit, segmenter).get(count) {
        // The very beginning of a string is before its blanks, too.
        Some((nth, at)) if unit.en[*nth][..*at].trim().is_empty() => (*nth, 0),
        Some(place) => *place,
        None => (unit.en.len(), 0),
    }
}

/// The one that goes over to a neighbour: to the next the last, to the previous the first. Where there is only one, all of the English.
pub(super) fn outermost(unit: &Unit, to: Neighbour, segmenter: &Segmenter) -> Part<'static> {
    match english_sentences(unit, segmenter).len() {
        0 | 1 => Part::English,
        all => {
            let stays = if to == Neighbour::Next { all - 1 } else { 1 };
            Part::EnglishFrom(after_sentences(unit, stays, segmenter))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Kind, Lang, UnitId};

    #[test]
    fn the_last_sentence_goes_on_and_the_first_goes_back() {
        let id = UnitId::of(&"roy".parse().unwrap(), &["Un."], 0);
        let mut unit = Unit::new(id, Kind::Body, vec!["Un.".to_owned()]);
        let english = Segmenter::new(Lang::En);
        unit.en = vec!["One came. Two went.".to_owned(), "Three stayed.".to_owned()].into();
        assert_eq!(outermost(&unit, Neighbour::Next, &english), Part::EnglishFrom((1, 0)));
        assert_eq!(outermost(&unit, Neighbour::Previous, &english), Part::EnglishFrom((0, 10)));
        unit.en = "One came.".into();
        assert_eq!(outermost(&unit, Neighbour::Next, &english), Part::English);
    }
}
