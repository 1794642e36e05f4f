//! Subword tokens: texts as language models see them, by the `tokenizers` crate.
//!
//! A tokenizer is what its `tokenizer.json` says, here and in Python alike. One can be learnt from texts
//! ([`Training`]), with French elision parted; any other can be read and counted with.

mod french;
mod merge;
mod train;

use tokenizers::Tokenizer;

pub use train::{Model, TrainError, Training, WordCounts};

/// A tokenizer.
#[derive(Clone, Debug)]
pub struct Subwords {
    tokenizer: Tokenizer,
}

/// A text that is no `tokenizer.json`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SubwordsError(String);

impl Subwords {
    /// Reads a `tokenizer.json`. What it says of cutting and padding is passed over: tokens are counted as they are.
    ///
    /// # Errors
    ///
    /// [`SubwordsError`] where it is none, or one of a version or with a part that the crate does not know.
    pub fn parse(json: &[u8]) -> Result<Subwords, SubwordsError> {
        let told = |error: &dyn std::fmt::Display| SubwordsError(error.to_string());
        // The crate tells of what it does not understand; what is no JSON at all is told with its place.
        if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(json) {
            return Err(SubwordsError(format!("it is no JSON: {error}")));
        }
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(|error| told(&error))?;
        tokenizer.with_truncation(None).map_err(|error| told(&error))?;
        tokenizer.with_padding(None);
        Ok(Subwords { tokenizer })
    }

    /// How many tokens a text has, without those that only mark its beginning and end. A text that the model cannot
    /// split (it has no token for the unknown) has none.
    pub fn count(&self, text: &str) -> usize {
        self.tokenizer.encode_fast(text, false).map_or(0, |encoding| encoding.len())
    }

    /// The tokens of a text, as the model writes them.
    pub fn tokens(&self, text: &str) -> Vec<String> {
        self.tokenizer
            .encode(text, false)
            .map_or_else(|_| Vec::new(), |encoding| encoding.get_tokens().to_vec())
    }

    /// The ids of a text's tokens.
    pub fn ids(&self, text: &str) -> Vec<u32> {
        self.tokenizer
            .encode_fast(text, false)
            .map_or_else(|_| Vec::new(), |encoding| encoding.get_ids().to_vec())
    }

    /// The text that ids stand for.
    pub fn decode(&self, ids: &[u32]) -> String {
        self.tokenizer.decode(ids, true).unwrap_or_default()
    }

    /// How many different tokens there are.
    pub fn vocabulary(&self) -> usize {
        self.tokenizer.get_vocab_size(true)
    }

    /// The `tokenizer.json`, indented, with a line end.
    pub fn to_json(&self) -> String {
        self.tokenizer.to_string(true).unwrap_or_default() + "\n"
    }
}
