//! `--tokenizer`: units left out for their tokens, and texts written as tokens.

use super::Export;
use crate::cli::Failure;
#[cfg(feature = "tokens")]
use crate::cli::corpus::desk_failed;
#[cfg(feature = "tokens")]
use crate::desk::tokens::{Counter, TokenExport};
use crate::format::{Column, Columns, Format};

impl Export {
    /// The columns asked for; texts that are tokens have no id, since they must not come back.
    pub(super) fn columns(&self) -> Columns {
        match &self.columns {
            Some(columns) => columns.clone(),
            None if self.tokenized => "article,fr,en".parse().expect("these are columns"),
            None => Columns::default(),
        }
    }

    /// Refuses to write tokens where they would be taken for a translation that comes back.
    pub(super) fn fit_tokens(&self, format: &Format) -> Result<(), Failure> {
        if !self.tokenized || (!format.columns && !format.reads()) {
            return Ok(());
        }
        if !format.columns {
            return Err(Failure::new(format!(
                "cannot export tokens as {}: it comes back, and tokens are no translation",
                format.title
            ))
            .hint("write them as a table, which has no ids then: `--to tsv --tokenized`"));
        }
        match self.columns().has(Column::Id) {
            true => Err(Failure::new(
                "cannot export tokens with ids: what has ids comes back, and tokens are no translation",
            )
            .hint("leave `id` out of `--columns`")),
            false => Ok(()),
        }
    }

    /// What is done with tokens.
    #[cfg(feature = "tokens")]
    pub(super) fn tokens(&self) -> Result<Option<TokenExport>, Failure> {
        let Some(path) = &self.tokenizer else { return Ok(None) };
        let counter = Counter::open(path).map_err(|error| {
            desk_failed("cannot export", error)
                .hint("`enregard tokens train -o tokenizer.json` makes one from the corpus")
        })?;
        Ok(Some(TokenExport { counter, most: self.max_tokens, tokenized: self.tokenized }))
    }

    /// Says that this program has no tokens, where they are asked for.
    #[cfg(not(feature = "tokens"))]
    pub(super) fn tokens(&self) -> Result<(), Failure> {
        match &self.tokenizer {
            None => Ok(()),
            Some(_) => {
                Err(Failure::new("cannot export: this program was built without the feature `tokens`")
                    .hint("build it with the default features, or with `--features tokens`"))
            }
        }
    }
}
