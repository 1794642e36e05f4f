//! What a session shows, and what it says to a line.

use crate::bitext::Unit;

use super::super::answer::Answer;
#[cfg(doc)]
use super::Session;

/// The sentence that is to be answered, and what stands around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View<'s> {
    /// The unit.
    pub unit: &'s Unit,
    /// Which of the article's units of content it is, from 1.
    pub place: usize,
    /// How many units of content the article has.
    pub of: usize,
    /// How many are still to be gone through, with this one.
    pub left: usize,
    /// The unit of content before it.
    pub before: Option<&'s Unit>,
    /// The one after it.
    pub after: Option<&'s Unit>,
    /// Text for it that was typed and not confirmed.
    pub unfinished: Option<&'s str>,
    /// What somebody else made of it while this answer was given.
    pub clash: Option<&'s Clash>,
}

/// An answer to a unit that somebody else has changed meanwhile.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// The answer that was not entered.
    pub mine: Answer,
    /// The unit as it is on disk.
    pub theirs: Unit,
}

/// What comes of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The sentence is to be shown, maybe another one.
    Show,
    /// This is to be put on disk, if the unit is still as `seen`; then [`Session::entered`],
    /// or [`Session::clashed`].
    Enter {
        /// The unit as the person saw it.
        seen: Box<Unit>,
        /// What is said about it.
        answer: Answer,
    },
    /// The last answer of this session is to be taken back on disk, if the unit is still as it left
    /// it; then [`Session::undone`], or [`Session::kept`].
    Undo {
        /// The unit as the answer left it.
        now: Box<Unit>,
        /// The unit before.
        before: Box<Unit>,
    },
    /// The commands are to be shown.
    Help,
    /// What the memory has for the sentence is to be shown.
    Memory,
    /// The match of this number, from 1, is to be taken: [`Session::take`], when the memory is there and [`Session::offer`] was told.
    Take(usize),
    /// Something is to be told; the sentence stays.
    Tell(String),
    /// The line cannot be done; the sentence stays.
    Refuse(String),
    /// The last sentence is answered, or left for later.
    End,
    /// The person leaves.
    Leave,
}

/// What a session has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sentences with English that was confirmed.
    pub entered: usize,
    /// Sentences left in French.
    pub skipped: usize,
    /// Sentences of those gone through that are untranslated or stale.
    pub left: usize,
}
