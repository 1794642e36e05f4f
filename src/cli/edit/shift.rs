//! `enregard move`: a sentence, or some English, from one unit to its neighbour.

use clap::{Args, ValueEnum};

use crate::bitext::Edition;
use crate::desk::{edit, in_edition};
use crate::revise::{Neighbour, Part};

use super::super::corpus::{author, open_corpus};
use super::super::{Failure, Outcome, Terminal};
use super::{failed, show};

/// Move French sentences, or English, from a unit to the one before or after it.
///
/// To the next unit goes the end, to the previous one the beginning. What was reviewed is a draft then. A
/// unit that has nothing left goes on in its neighbour, which its id leads to.
///
/// Example: `enregard move k7q2m9xd0v next --en-at Then`
#[derive(Args)]
pub(in super::super) struct Move {
    /// The unit: ARTICLE:ID, or its id alone
    unit: String,
    /// Where to
    to: To,
    /// Move this many French sentences [default: 1, if no English is moved]
    #[arg(long, value_name = "N")]
    sentences: Option<usize>,
    /// Move all of the English
    #[arg(long, conflicts_with = "en_at")]
    en: bool,
    /// Move the English from this text on, or, to the previous unit, that before it
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    en_at: Option<String>,
    /// The unit is that of this English edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
}

#[derive(Clone, Copy, ValueEnum)]
enum To {
    /// The unit after it
    Next,
    /// The unit before it
    Previous,
}

impl Move {
    pub(in super::super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let what = format!("cannot move anything from {}", self.unit);
        let name = in_edition(&self.unit, self.edition.as_ref());
        let to = match self.to {
            To::Next => Neighbour::Next,
            To::Previous => Neighbour::Previous,
        };
        let english = match &self.en_at {
            Some(text) => Some(Part::EnglishAt(text)),
            None => self.en.then_some(Part::English),
        };
        let sentences = self.sentences.or(english.is_none().then_some(1));
        let edited = edit(&corpus, author(&corpus), &[name], |revision, ids| {
            let mut place = revision.units().iter().position(|unit| unit.id == ids[0]);
            let other = place.and_then(|place| match to {
                Neighbour::Next => Some(place + 1),
                Neighbour::Previous => place.checked_sub(1),
            });
            let other = other.and_then(|other| revision.units().get(other)).map(|unit| unit.id);
            if let Some(english) = english {
                revision.shift(ids[0], to, english)?;
                place = revision.units().iter().position(|unit| unit.id == ids[0]);
            }
            if let Some(count) = sentences.filter(|_| place.is_some()) {
                revision.shift(ids[0], to, Part::French(count))?;
            }
            Ok(ids.iter().copied().chain(other).collect())
        })
        .map_err(|error| failed(what, error))?;
        show(terminal, &[edited])
    }
}
