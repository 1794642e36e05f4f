//! Subword tokens, as language models count them: by a `tokenizer.json`.

use std::path::Path;

use crate::desk::DeskError;

/// A tokenizer, used only to count.
pub struct Subwords(#[cfg(feature = "tokens")] crate::desk::tokens::Counter);

impl Subwords {
    /// The tokenizer in this file.
    ///
    /// # Errors
    ///
    /// [`DeskError::Tokenizer`] where it cannot be read or is none, or where the program was built without `tokens`.
    pub fn open(path: &Path) -> Result<Subwords, DeskError> {
        #[cfg(feature = "tokens")]
        return crate::desk::tokens::Counter::open(path).map(Subwords);
        #[cfg(not(feature = "tokens"))]
        Err(DeskError::Tokenizer {
            path: path.to_owned(),
            told: "this program was built without tokenizers: build it with `--features tokens`".to_owned(),
        })
    }

    /// How many tokens these sentences have, each by itself and without special tokens.
    pub fn count(&self, sentences: &[String]) -> u64 {
        #[cfg(feature = "tokens")]
        return sentences.iter().map(|text| self.0.count(text) as u64).sum();
        #[cfg(not(feature = "tokens"))]
        {
            let _ = sentences;
            0
        }
    }
}
