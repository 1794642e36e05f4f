//! Below the sentence: words and folding.
//!
//! What is equal to a reader (two apostrophes, three kinds of quotes, a narrow space) is made
//! equal here; the text itself is never changed.

mod borrowed;
mod calendar;
mod changes;
mod count;
mod fold;
pub mod language;
mod lexicon;
mod likeness;
mod names;
pub mod numbers;
mod split;
#[cfg(feature = "tokens")]
pub mod subwords;
mod table;
mod text;
mod tokens;

pub use borrowed::borrowed;
pub use calendar::{MONTHS, WEEKDAYS};
pub use changes::{Change, changes};
pub use count::WordCount;
pub use fold::{fold, fold_key};
pub use lexicon::{Form, Lexicon, LexiconError};
pub(crate) use lexicon::{english_bases, french_bases};
pub use likeness::common_letters;
pub use names::{Names, NamesError};
pub use split::words;
pub use table::{WordTable, word_hash};
pub use text::{Case, Text, Token};
pub use tokens::tokens;
