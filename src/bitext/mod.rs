//! The nouns: what a bitext is made of, as pure values that keep their own laws.
//!
//! Nothing here reads a file, a clock or the environment, and no other room is used.

mod alignment;
mod article;
mod finding;
mod first_ids;
mod flat;
mod kind;
mod lang;
mod more;
mod segmentation;
mod span;
mod texts;
mod unit;

pub use alignment::{Alignment, CoverError, Header, LawError};
pub use article::{Article, Edition, NameError, Stem};
pub use finding::{Finding, Severity};
pub(crate) use first_ids::FirstIds;
pub use flat::{flat, is_break};
pub use kind::Kind;
pub use lang::Lang;
pub use more::{Decided, Dismissal, Extra, More, Rare};
pub(crate) use segmentation::Walk;
pub use segmentation::{Segmentation, SegmentationError, Sentence, byte_order_mark};
pub use span::Span;
pub use texts::Texts;
pub use unit::{Origin, Status, Unit, UnitId, joined, rev_of};
