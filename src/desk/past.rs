//! What became of a unit, and going back to an earlier state of it; how far the corpus had come on each day.

use std::collections::BTreeMap;

use crate::bitext::{Edition, Stem, Unit, UnitId};
use crate::quality::State;
use crate::store::{Author, Corpus, Past};

use super::amend::{Amended, Seen, revise};
use super::{DeskError, each, open};

/// Puts a unit's English, status and note back to what they were after (or, with `before`, before) a step.
///
/// # Errors
///
/// [`DeskError::NoUnit`] where the step did not touch it; where the article cannot be locked, read or written.
pub fn restore(
    corpus: &Corpus,
    author: Author,
    place: (&Stem, Option<&Edition>),
    seen: &Seen,
    step: &str,
    before: bool,
) -> Result<Amended, DeskError> {
    let Some((id, _)) = seen.first() else {
        return Err(DeskError::NoUnit { name: String::new(), article: None });
    };
    let events = past(corpus, place, *id)?.events;
    // An editor saves a unit several times in one step: the last is what the step left.
    let mut own = events.into_iter().filter(|event| event.step == step);
    let event = if before { own.next() } else { own.next_back() };
    let unit = event.and_then(|event| if before { event.before } else { event.after });
    let none = || DeskError::NoUnit { name: id.to_string(), article: Some(place.0.to_string()) };
    let earlier: Unit = unit.ok_or_else(none)?;
    let (amended, _) = revise(corpus, author, place, seen, |revision| revision.restore(*id, &earlier))?;
    Ok(amended)
}

/// The changes of a unit of this article (or this edition), and lines of the journals that cannot be read.
///
/// # Errors
///
/// Where the journals cannot be opened.
pub fn past(
    corpus: &Corpus,
    (stem, edition): (&Stem, Option<&Edition>),
    id: UnitId,
) -> Result<Past, DeskError> {
    let mut past = corpus.history(id)?;
    past.events.retain(|event| &event.stem == stem && event.edition.as_ref() == edition);
    Ok(past)
}

/// Sentences that were last touched on one day, by what they are now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// With English that nobody confirmed, or that is stale.
    pub draft: u64,
    /// With English that a person confirmed.
    pub reviewed: u64,
    /// Left in French.
    pub skipped: u64,
}

/// The sentences of content that have come somewhere, by the day (`2026-11-20`) of their unit's last change.
///
/// Those whose units have no time stand under an empty day. An article that cannot be read is passed over.
pub fn progress(corpus: &Corpus, stems: &[Stem], edition: Option<&Edition>) -> BTreeMap<String, Day> {
    let mut days: BTreeMap<String, Day> = BTreeMap::new();
    let look = |stem: &Stem| {
        let mut own: BTreeMap<String, Day> = BTreeMap::new();
        let Ok(opened) = open(corpus, stem, edition) else { return own };
        for unit in opened.alignment.units().iter().filter(|unit| unit.is_content()) {
            let sentences = unit.fr.len() as u64;
            let day = unit.at.as_deref().and_then(|at| at.get(..10)).unwrap_or("").to_owned();
            match State::of(unit) {
                Some(State::Reviewed) => own.entry(day).or_default().reviewed += sentences,
                Some(State::Draft | State::Stale) => own.entry(day).or_default().draft += sentences,
                Some(State::Skipped) => own.entry(day).or_default().skipped += sentences,
                Some(State::Untranslated) | None => {}
            }
        }
        own
    };
    let done: Result<(), std::convert::Infallible> = each(stems, look, |_, own| {
        for (day, count) in own {
            let all = days.entry(day).or_default();
            all.draft += count.draft;
            all.reviewed += count.reviewed;
            all.skipped += count.skipped;
        }
        Ok(())
    });
    match done {
        Ok(()) => days,
    }
}
