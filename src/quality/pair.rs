//! A French text and its English, split once for all checks.

use std::cell::OnceCell;

use super::{Evidence, Lengths, Partners};
use crate::bitext::{Lang, Span};
use crate::words::numbers::{Number, numbers};
use crate::words::{Names, Text};

/// A French text and its English, with what several checks ask of them.
pub struct Pair<'t> {
    /// The French.
    pub fr: Text<'t>,
    /// The English.
    pub en: Text<'t>,
    /// Names with their English forms.
    pub names: &'t Names,
    /// How long an English text usually is.
    pub lengths: Lengths,
    numbers: OnceCell<(Vec<Number>, Vec<Number>)>,
    partners: OnceCell<Partners>,
    evidence: OnceCell<Evidence>,
}

impl<'t> Pair<'t> {
    /// Splits both texts; names are those of the bundled list.
    pub fn new(fr: &'t str, en: &'t str) -> Self {
        Pair::with(fr, en, Names::bundled())
    }

    /// Splits both texts, with a list of names.
    pub fn with(fr: &'t str, en: &'t str, names: &'t Names) -> Self {
        Pair {
            fr: Text::new(fr, Lang::Fr),
            en: Text::new(en, Lang::En),
            names,
            lengths: Lengths::default(),
            numbers: OnceCell::new(),
            partners: OnceCell::new(),
            evidence: OnceCell::new(),
        }
    }

    /// The numbers of both texts.
    pub fn numbers(&self) -> &(Vec<Number>, Vec<Number>) {
        self.numbers.get_or_init(|| (numbers(&self.fr), numbers(&self.en)))
    }

    /// Which words of the one text stand for words of the other.
    pub fn partners(&self) -> &Partners {
        self.partners.get_or_init(|| Partners::new(&self.fr, &self.en, self.names))
    }

    /// How well the texts go together.
    pub fn evidence(&self) -> &Evidence {
        self.evidence.get_or_init(|| Evidence::new(&self.fr, &self.en, self.partners(), self.lengths))
    }

    /// The whole of the French, without the space around it.
    pub fn fr_all(&self) -> Span {
        trimmed(self.fr.raw)
    }

    /// The whole of the English, without the space around it.
    pub fn en_all(&self) -> Span {
        trimmed(self.en.raw)
    }
}

fn trimmed(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    Span::new(start, start.max(text.trim_end().len()))
}
