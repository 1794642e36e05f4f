//! Subword tokens over a corpus: a tokenizer learnt from its texts, and texts counted with any.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::bitext::{Edition, Lang, Status, Stem, Texts, Unit, UnitId};
use crate::store::Corpus;
use crate::words::WordCount;
use crate::words::subwords::{Subwords, SubwordsError, Training, WordCounts};

use super::{DeskError, OpenState, each, open};

/// Counts the subword tokens of texts, with a given `tokenizer.json`. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Counter {
    subwords: Arc<Subwords>,
}

/// Why a file cannot be counted with.
#[derive(Debug, thiserror::Error)]
pub enum TokenizerFileError {
    /// The system does not let it be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no `tokenizer.json`.
    #[error("found no tokenizer, expected a tokenizer.json of the library `tokenizers`: {0}")]
    None(#[from] SubwordsError),
}

impl Counter {
    /// The tokenizer of a `tokenizer.json`.
    ///
    /// # Errors
    ///
    /// [`DeskError::Tokenizer`] where the file cannot be read, or is none.
    pub fn open(path: &Path) -> Result<Counter, DeskError> {
        let told = |error: TokenizerFileError| DeskError::Tokenizer {
            path: path.to_owned(),
            told: error.to_string(),
        };
        let bytes = fs::read(path).map_err(|error| told(error.into()))?;
        Ok(Counter::of(Subwords::parse(&bytes).map_err(|error| told(error.into()))?))
    }

    /// Counts with this tokenizer.
    pub fn of(subwords: Subwords) -> Counter {
        Counter { subwords: Arc::new(subwords) }
    }

    /// How many tokens a text has, without those that mark its beginning and end.
    pub fn count(&self, text: &str) -> usize {
        self.subwords.count(text)
    }

    /// The tokens of a text, as the model writes them.
    pub fn tokens(&self, text: &str) -> Vec<String> {
        self.subwords.tokens(text)
    }

    /// How many different tokens there are.
    pub fn vocabulary(&self) -> usize {
        self.subwords.vocabulary()
    }
}

/// Of which units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// On which sides; none: on both.
    pub sides: Vec<Lang>,
    /// Of which edition.
    pub edition: Option<Edition>,
    /// Boilerplate too.
    pub boilerplate: bool,
}

/// A unit's French and English.
type UnitTexts = (UnitId, String, String);

impl Scope {
    fn is_on(&self, side: Lang) -> bool {
        self.sides.is_empty() || self.sides.contains(&side)
    }

    /// The texts of an article, unit by unit: French and English, empty where there is none or it is not asked for.
    fn texts(&self, corpus: &Corpus, stem: &Stem) -> Result<(Vec<UnitTexts>, bool), DeskError> {
        let opened = open(corpus, stem, self.edition.as_ref())?;
        let units = opened.alignment.units().iter();
        let texts = units
            .filter(|unit| (self.boilerplate || unit.is_content()) && unit.status != Status::Orphan)
            .map(|unit| {
                let text = |side, text: String| if self.is_on(side) { text } else { String::new() };
                (unit.id, text(Lang::Fr, unit.french()), text(Lang::En, unit.english()))
            })
            .collect();
        Ok((texts, opened.state == OpenState::SeedChanged))
    }
}

/// A tokenizer that was learnt.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The tokenizer.
    pub subwords: Subwords,
    /// How many texts it was learnt from.
    pub texts: u64,
    /// How many different words they have.
    pub words: usize,
}

/// Learns a tokenizer from the texts of these articles; the same texts give the same bytes.
///
/// An article that cannot be read is told to `fault`, and the others are learnt from.
///
/// # Errors
///
/// [`DeskError::Training`] where there is too little text, or too much is asked of it.
pub fn train(
    corpus: &Corpus,
    stems: &[Stem],
    scope: &Scope,
    training: &Training,
    mut fault: impl FnMut(&Stem, DeskError),
) -> Result<Trained, DeskError> {
    let splitter = training.splitter().map_err(DeskError::Training)?;
    let mut all = WordCounts::default();
    let mut texts = 0;
    each(
        stems,
        |stem| {
            let mut counts = WordCounts::default();
            let mut texts = 0;
            for (_, fr, en) in scope.texts(corpus, stem)?.0 {
                for text in [fr, en].iter().filter(|text| !text.is_empty()) {
                    splitter.count(text, &mut counts);
                    texts += 1;
                }
            }
            Ok((counts, texts))
        },
        |stem, result: Result<_, DeskError>| {
            match result {
                Ok((counts, more)) => {
                    all.merge(counts);
                    texts += more;
                }
                Err(error) => fault(stem, error),
            }
            Ok::<(), DeskError>(())
        },
    )?;
    let words = all.len();
    let subwords = training.learn(all).map_err(DeskError::Training)?;
    Ok(Trained { subwords, texts, words })
}

/// How much text there is on one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Units with text.
    pub units: u64,
    /// Words, French elision split.
    pub words: u64,
    /// Tokens.
    pub tokens: u64,
}

impl Amount {
    /// Tokens per word; none where there is no word.
    pub fn fertility(&self) -> Option<f64> {
        (self.words > 0).then(|| self.tokens as f64 / self.words as f64)
    }

    fn add(&mut self, text: &str, tokens: u64) {
        if !text.is_empty() {
            self.units += 1;
            self.words += WordCount::of(text).split as u64;
            self.tokens += tokens;
        }
    }
}

/// The tokens of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitTokens {
    /// The unit.
    pub id: UnitId,
    /// Tokens of its French and of its English; none where there is no text.
    pub sides: [Option<u64>; 2],
}

/// The tokens of an article, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// By side, French first.
    pub sides: [Amount; 2],
    /// Tokens of the units that have both sides: what the ratio is made of.
    pub both: [u64; 2],
    /// The units, where they were asked for.
    pub units: Vec<UnitTokens>,
}

impl Tokens {
    /// English tokens per French token, in units that have both; none where there are none.
    pub fn ratio(&self) -> Option<f64> {
        (self.both[0] > 0).then(|| self.both[1] as f64 / self.both[0] as f64)
    }

    /// Adds what another article has, without its units.
    pub fn add(&mut self, other: &Tokens) {
        for (own, more) in self.sides.iter_mut().zip(other.sides) {
            own.units += more.units;
            own.words += more.words;
            own.tokens += more.tokens;
        }
        for (own, more) in self.both.iter_mut().zip(other.both) {
            *own += more;
        }
    }
}

/// Counts the tokens of these articles, and hands each to `take` in order.
///
/// # Errors
///
/// What `take` gives. A fault in one article is for `take` to see.
pub fn count<E>(
    corpus: &Corpus,
    stems: &[Stem],
    scope: &Scope,
    counter: &Counter,
    take: impl FnMut(&Stem, Result<(Tokens, bool), DeskError>) -> Result<(), E>,
) -> Result<(), E> {
    each(
        stems,
        |stem| {
            let (texts, changed) = scope.texts(corpus, stem)?;
            let mut tokens = Tokens::default();
            for (id, fr, en) in texts {
                let sides = [&fr, &en].map(|text| (!text.is_empty()).then(|| counter.count(text) as u64));
                for ((amount, text), own) in tokens.sides.iter_mut().zip([&fr, &en]).zip(sides) {
                    amount.add(text, own.unwrap_or(0));
                }
                if let [Some(fr), Some(en)] = sides {
                    tokens.both[0] += fr;
                    tokens.both[1] += en;
                }
                tokens.units.push(UnitTokens { id, sides });
            }
            Ok((tokens, changed))
        },
        take,
    )
}

/// How many texts have so many tokens, by powers of two: `(least, most, French, English)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: Vec<[u64; 2]>,
}

impl Histogram {
    /// Adds a unit.
    pub fn add(&mut self, unit: &UnitTokens) {
        for (side, tokens) in unit.sides.iter().enumerate() {
            let Some(tokens) = tokens else { continue };
            // 0 to 8 tokens, 9 to 16, 17 to 32 …
            let step = (tokens.max(&1).div_ceil(8)).next_power_of_two().trailing_zeros() as usize;
            if self.counts.len() <= step {
                self.counts.resize(step + 1, [0; 2]);
            }
            self.counts[step][side] += 1;
        }
    }

    /// The steps: the least and the most tokens of each, and how many texts of each side there are.
    pub fn steps(&self) -> impl Iterator<Item = (u64, u64, [u64; 2])> + '_ {
        self.counts.iter().enumerate().map(|(step, counts)| {
            let most = 8u64 << step;
            (if step == 0 { 0 } else { most / 2 + 1 }, most, *counts)
        })
    }
}

/// What an export does with tokens.
#[derive(Clone, Debug)]
pub struct TokenExport {
    /// What they are counted with.
    pub counter: Counter,
    /// Units with a side of more tokens are left out.
    pub most: Option<usize>,
    /// Whether the texts go out as their tokens, parted by spaces.
    pub tokenized: bool,
}

/// What an export makes of a unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shaped {
    /// It has too many tokens.
    TooLong,
    /// It goes out as it is.
    AsItIs,
    /// It goes out as this.
    Tokenized(Box<Unit>),
}

impl TokenExport {
    pub(super) fn shape(&self, unit: &Unit) -> Shaped {
        let tokens = |texts: &[String]| match texts.is_empty() {
            true => Vec::new(),
            false => self.counter.tokens(&texts.join(" ")),
        };
        let (fr, en) = (tokens(&unit.fr), tokens(&unit.en));
        if self.most.is_some_and(|most| fr.len() > most || en.len() > most) {
            return Shaped::TooLong;
        }
        if !self.tokenized {
            return Shaped::AsItIs;
        }
        let text = |tokens: Vec<String>| match tokens.is_empty() {
            true => Texts::new(),
            false => tokens.join(" ").into(),
        };
        Shaped::Tokenized(Box::new(Unit { fr: text(fr), en: text(en), ..unit.clone() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_histogram_has_steps_of_powers_of_two() {
        let mut histogram = Histogram::default();
        let id = UnitId::of(&"roy".parse().unwrap(), &["a"], 0);
        for tokens in [0, 1, 8, 9, 16, 17, 33] {
            histogram.add(&UnitTokens { id, sides: [Some(tokens), None] });
        }
        histogram.add(&UnitTokens { id, sides: [None, Some(20)] });
        let steps: Vec<_> = histogram.steps().collect();
        assert_eq!(steps, [(0, 8, [3, 0]), (9, 16, [2, 0]), (17, 32, [1, 1]), (33, 64, [1, 0])]);
    }
}
