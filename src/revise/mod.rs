//! Alignment and change to alignment: a person's edits, and carry-over to a changed article.
//!
//! Pure: who changed something and when is handed in; files are the store's.

mod beads;
mod carry;
mod diff;
mod dismiss;
mod edit;
mod error;
mod ids;
mod incoming;
mod insert;
mod matching;
mod moved;
mod pieces;
mod place;
mod shape;
mod sides;
mod token;

pub use beads::{EnglishSentence, Frame, Link, Linked, Role};
pub use carry::{Carried, CarryReport, Fate, carry};
pub use edit::{Revision, Stamp};
pub use error::{EditError, Side};
pub use incoming::{ALIKE, Incoming, Refusal, Taken, Whose, likeness, receive};
pub use shape::{Cut, Neighbour, Part};
pub use token::same_text;
