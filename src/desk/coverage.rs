//! How much of the corpus is covered, and what is missing where.

use crate::bitext::{Edition, Stem, Unit};
use crate::quality::{Coverage, State};
use crate::store::Corpus;

use super::{DeskError, OpenState, Opened, each, open};

/// One article's coverage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArticleCoverage {
    /// The numbers.
    pub coverage: Coverage,
    /// Whether the article has changed since: the numbers are those of the former text.
    pub changed: bool,
    /// The units that have no English, or English that is stale; only where they were asked for.
    pub missing: Vec<Missing>,
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
    let measure = |stem: &Stem| {
        let opened = open(corpus, stem, edition)?;
        Ok(ArticleCoverage {
            coverage: Coverage::of(opened.alignment.units()),
            changed: opened.state == OpenState::SeedChanged,
            missing: if list { missing(&opened) } else { Vec::new() },
        })
    };
    each(stems, measure, take)
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
