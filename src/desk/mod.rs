//! What a person can do: one function per use case, for the terminal and the editor alike.

mod answer;
pub mod buffer;
mod enter;
mod error;
mod open;
pub mod segment;
pub mod translate;

pub use answer::{Answer, English, Line};
pub use enter::{Entered, Missed, Place};
pub use error::DeskError;
pub use open::{OpenState, Opened, fresh, open};
