//! How much of the corpus is covered, and what is missing where.

mod details;
mod progress;
mod subwords;

use crate::bitext::{Edition, Stem, Unit};
use crate::quality::{Coverage, State, Vocabulary};
use crate::store::Corpus;

use super::{DeskError, OpenState, Opened, each, open};

pub use details::{Shown, details};
pub use progress::{Hour, Progress, hours_since_epoch};
pub use subwords::Subwords;

/// What is asked beside the numbers.
#[derive(Clone, Copy, Default)]
pub struct Ask<'a> {
    /// The units that have no English, or English that is stale.
    pub missing: bool,
    /// When the English was entered.
    pub progress: bool,
    /// The French words, seen and new.
    pub words: bool,
    /// Subword tokens, by this tokenizer.
    pub tokens: Option<&'a Subwords>,
}

/// One article's coverage.
#[derive(Clone, Debug, Default)]
pub struct ArticleCoverage {
    /// The numbers.
    pub coverage: Coverage,
    /// Whether the article has changed since: the numbers are those of the former text.
    pub changed: bool,
    /// Its title, where the header has one.
    pub title: Option<String>,
    /// How many units of content it has.
    pub units: usize,
    /// The units that have no English, or English that is stale; only where they were asked for.
    pub missing: Vec<Missing>,
    /// When its English was entered; only where that was asked for.
    pub progress: Progress,
    /// Its words; only where they were asked for.
    pub words: Vocabulary,
}

/// A unit of content that has no English, or English that is stale.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// The unit.
    pub unit: Unit,
    /// Which of the two.
    pub state: State,
    /// The line of the seed on which it begins, from 1; none where the seed has changed.
    pub line: Option<u64>,
}

/// Measures these articles, and hands each to `take` in order; with what is missing where `list` asks for it.
///
/// # Errors
///
/// What `take` gives. A fault in one article is for `take` to see, and the work on the others goes on.
pub fn coverage<E>(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    list: bool,
    take: impl FnMut(&Stem, Result<ArticleCoverage, DeskError>) -> Result<(), E>,
) -> Result<(), E> {
    measure(corpus, stems, edition, Ask { missing: list, ..Ask::default() }, take)
}

/// Measures these articles, with what else is asked, and hands each to `take` in order.
///
/// # Errors
///
/// As [`coverage`].
pub fn measure<E>(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    ask: Ask<'_>,
    mut take: impl FnMut(&Stem, Result<ArticleCoverage, DeskError>) -> Result<(), E>,
) -> Result<(), E> {
    let numbered: Vec<(u32, &Stem)> = (0..).zip(stems).collect();
    let measure = |&(number, stem): &(u32, &Stem)| {
        let opened = open(corpus, stem, edition)?;
        let units = opened.alignment.units();
        let mut article = ArticleCoverage {
            coverage: Coverage::of(units),
            changed: opened.state == OpenState::SeedChanged,
            units: units.iter().filter(|unit| unit.is_content()).count(),
            ..ArticleCoverage::default()
        };
        if let Some(tokenizer) = ask.tokens {
            for unit in units {
                article.coverage.add_tokens(unit, |sentences| tokenizer.count(sentences));
            }
        }
        if ask.missing {
            article.missing = missing(&opened);
        }
        if ask.progress {
            article.progress = Progress::of(units);
            let about = &opened.alignment.header().about;
            article.title = about.iter().find(|(key, _)| key == "title").map(|(_, title)| title.clone());
        }
        if ask.words {
            article.words = Vocabulary::of(number, units);
        }
        Ok(article)
    };
    each(&numbered, measure, |(_, stem), result| take(stem, result))
}

/// The units of content without English or with stale English, in reading order.
fn missing(opened: &Opened) -> Vec<Missing> {
    let spans = opened.spans();
    let bytes = opened.article.text.as_bytes();
    let (mut line, mut counted) = (1, 0);
    let mut missing = Vec::new();
    for (index, unit) in opened.alignment.units().iter().enumerate() {
        let Some(state @ (State::Untranslated | State::Stale)) = State::of(unit) else { continue };
        if !unit.is_content() {
            continue;
        }
        let start = spans.as_ref().and_then(|spans| spans[index].first()).map(|span| span.start);
        if let Some(start) = start {
            line += memchr::memchr_iter(b'\n', &bytes[counted..start]).count() as u64;
            counted = start;
        }
        missing.push(Missing { unit: unit.clone(), state, line: start.map(|_| line) });
    }
    missing
}
