//! Units that want a person's eye, one after another: what the aligner is least certain of, stale units, findings, or a
//! random sample whose precision is measured.
//!
//! [`queue`] says which and in what order, [`act`] does one thing to one of them and writes it, [`Review`] goes through them as
//! a person types. Every deed is a step of `undo` and on disk before the next.

mod act;
mod command;
mod queue;
mod sample;
mod session;

pub use act::{Acted, Deed, End, Hunk, Text, act, take_back};
pub use command::{COMMANDS, Command};
pub use queue::{Mode, Target, queue};
pub use sample::{Precision, wilson};
pub use session::{Review, Said, Tally, View};
