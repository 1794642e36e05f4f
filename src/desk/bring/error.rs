//! Why an English text was not brought in.

use crate::align::Doubt;
use crate::bitext::Stem;
use crate::format::TextError;

use super::super::DeskError;

/// Why an English text was not brought in.
#[derive(Debug, thiserror::Error)]
pub enum BringError {
    /// It is no text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// It does not look like a translation of the article.
    #[error("{}", told(.0))]
    Doubt(Doubt),
    /// The article has changed since it was split.
    #[error("the text of {0} has changed since it was split into sentences")]
    Changed(Stem),
    /// The corpus's target language has no sentence rules.
    #[error("enregard.toml: corpus.target: {0}")]
    Language(String),
    /// The desk or the store could not.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

/// A doubt, in the words of a corpus.
fn told(doubt: &Doubt) -> String {
    let side = |side: &str| if side == "source" { "the article" } else { "the English text" };
    match doubt {
        Doubt::Empty(which) => format!("{} has no content", side(which)),
        Doubt::Longer(which, times) => format!("{} is {times} times as long as the other", side(which)),
        Doubt::Same => "the English text is the article itself".to_owned(),
        Doubt::Swapped(source, target) => {
            format!("the sides look swapped: the article is in `{target}`, the English text in `{source}`")
        }
        Doubt::Language(which, said, looks) => {
            format!("{} looks like `{looks}`, expected `{said}`", side(which))
        }
    }
}
