//! Coverage: how much of the content has English, counted in sentences, words and characters.
//!
//! Only content counts (body, heading, caption); boilerplate does not. Each unit is in one
//! [`State`], and what is counted is its French. Which units are missing is for the caller to list.

use std::fmt;
use std::ops::AddAssign;
use std::str::FromStr;

use crate::bitext::{Status, Unit};
use crate::words::WordCount;

/// How far one unit of content has come: exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// English that a person confirmed, and the French has not changed since.
    Reviewed,
    /// English that nobody has confirmed.
    Draft,
    /// English of a French that has changed since.
    Stale,
    /// Left in French, as a person decided.
    Skipped,
    /// No English.
    Untranslated,
}

impl State {
    /// Every state, the most finished first.
    pub const ALL: [State; 5] =
        [State::Reviewed, State::Draft, State::Stale, State::Skipped, State::Untranslated];

    /// The state of a unit; none for an orphan, which has no French to cover.
    pub fn of(unit: &Unit) -> Option<State> {
        match unit.status {
            Status::Orphan => None,
            Status::Skipped => Some(State::Skipped),
            _ if !unit.has_english() => Some(State::Untranslated),
            _ if unit.is_stale() => Some(State::Stale),
            Status::Reviewed => Some(State::Reviewed),
            Status::Draft | Status::Untranslated => Some(State::Draft),
        }
    }

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            State::Reviewed => "reviewed",
            State::Draft => "draft",
            State::Stale => "stale",
            State::Skipped => "skipped",
            State::Untranslated => "untranslated",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How much French there is, in the measures that people use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Sentences.
    pub sentences: u64,
    /// Words as translators bill them: between spaces, with a letter or digit.
    pub words: u64,
    /// Words with French elision split: `l’IA` is two.
    pub split_words: u64,
    /// Characters (Unicode scalar values), spaces inside a sentence included.
    pub chars: u64,
    /// Subword tokens, where they were counted: see [`Coverage::add_tokens`].
    pub tokens: u64,
}

impl Size {
    /// The size of these sentences.
    pub fn of(sentences: &[String]) -> Size {
        let mut size = Size { sentences: sentences.len() as u64, ..Size::default() };
        for sentence in sentences {
            let words = WordCount::of(sentence);
            size.words += words.billed as u64;
            size.split_words += words.split as u64;
            size.chars += sentence.chars().count() as u64;
        }
        size
    }
}

impl AddAssign for Size {
    fn add_assign(&mut self, other: Size) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.split_words += other.split_words;
        self.chars += other.chars;
        self.tokens += other.tokens;
    }
}

/// What a share is a share of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Of {
    /// Sentences with English that is not stale.
    #[default]
    Sentences,
    /// Billed words of such sentences.
    Words,
    /// Sentences with English that is reviewed and not stale.
    Reviewed,
}

impl Of {
    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Of::Sentences => "sentences",
            Of::Words => "words",
            Of::Reviewed => "reviewed",
        }
    }
}

impl FromStr for Of {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        [Of::Sentences, Of::Words, Of::Reviewed]
            .into_iter()
            .find(|of| of.as_str() == name)
            .ok_or_else(|| format!("unknown measure `{name}`: expected sentences, words or reviewed"))
    }
}

/// How much of the content is in which state; sums of articles are coverages too.
///
/// # Examples
///
/// ```
/// use enregard::bitext::{Kind, Unit, UnitId};
/// use enregard::quality::{Coverage, Of};
/// let unit = |fr: &str, en: &str| {
///     let id = UnitId::of(&"roy".parse().unwrap(), &[fr], 0);
///     let mut unit = Unit::new(id, Kind::Body, vec![fr.to_owned()]);
///     unit.en = (!en.is_empty()).then(|| en.to_owned()).into_iter().collect();
///     unit
/// };
/// let coverage = Coverage::of(&[unit("L’IA dort.", "AI sleeps."), unit("Il pleut.", "")]);
/// assert_eq!(coverage.total().words, 4);
/// assert_eq!(coverage.total().split_words, 5);
/// assert_eq!(coverage.share(Of::Sentences), 0.5);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    sizes: [Size; State::ALL.len()],
    /// Units whose French is gone and whose English waits for a person; outside every size.
    pub orphans: u64,
}

impl Coverage {
    /// The coverage of these units.
    pub fn of<'u>(units: impl IntoIterator<Item = &'u Unit>) -> Coverage {
        let mut coverage = Coverage::default();
        for unit in units {
            coverage.add(unit);
        }
        coverage
    }

    /// Counts one more unit.
    pub fn add(&mut self, unit: &Unit) {
        match State::of(unit) {
            None => self.orphans += 1,
            Some(state) if unit.is_content() => self.sizes[state as usize] += Size::of(&unit.fr),
            Some(_) => {}
        }
    }

    /// Counts a unit's subword tokens, as `count` has them.
    pub fn add_tokens(&mut self, unit: &Unit, count: impl FnOnce(&[String]) -> u64) {
        if let Some(state) = State::of(unit).filter(|_| unit.is_content()) {
            self.sizes[state as usize].tokens += count(&unit.fr);
        }
    }

    /// How much French is in this state.
    pub fn size(&self, state: State) -> Size {
        self.sizes[state as usize]
    }

    /// How much has English that is not stale: draft and reviewed.
    pub fn translated(&self) -> Size {
        let mut size = self.size(State::Reviewed);
        size += self.size(State::Draft);
        size
    }

    /// All content, the skipped too.
    pub fn total(&self) -> Size {
        let mut total = Size::default();
        for size in self.sizes {
            total += size;
        }
        total
    }

    /// What is done and what there is to do, in this measure; skipped sentences are in neither.
    pub fn parts(&self, of: Of) -> (u64, u64) {
        let (all, skipped) = (self.total(), self.size(State::Skipped));
        match of {
            Of::Sentences => (self.translated().sentences, all.sentences - skipped.sentences),
            Of::Words => (self.translated().words, all.words - skipped.words),
            Of::Reviewed => (self.size(State::Reviewed).sentences, all.sentences - skipped.sentences),
        }
    }

    /// The share that is done, 0 to 1; where there is nothing to do, 1.
    pub fn share(&self, of: Of) -> f64 {
        match self.parts(of) {
            (_, 0) => 1.0,
            (done, all) => done as f64 / all as f64,
        }
    }
}

impl AddAssign for Coverage {
    fn add_assign(&mut self, other: Coverage) {
        for (size, more) in self.sizes.iter_mut().zip(other.sizes) {
            *size += more;
        }
        self.orphans += other.orphans;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Kind, Texts, UnitId};

    fn unit(fr: &[&str], en: &[&str]) -> Unit {
        let id = UnitId::of(&"roy".parse().unwrap(), fr, 0);
        let mut unit = Unit::new(id, Kind::Body, fr.iter().map(|s| (*s).to_owned()).collect::<Texts>());
        unit.en = en.iter().map(|s| (*s).to_owned()).collect();
        unit
    }

    #[test]
    fn stale_and_untranslated_are_missing_and_skipped_leave_the_denominator() {
        let mut stale = unit(&["Il neige."], &["It rains."]);
        stale.more.was = "Il pleut.".into();
        stale.status = Status::Reviewed;
        let mut skipped = unit(&["Sic transit."], &[]);
        skipped.status = Status::Skipped;
        let mut reviewed = unit(&["Oui.", "Bien sûr."], &["Yes, of course."]);
        reviewed.status = Status::Reviewed;
        let coverage =
            Coverage::of(&[stale, skipped, reviewed, unit(&["Non."], &["No."]), unit(&["Si."], &[])]);
        assert_eq!(coverage.parts(Of::Sentences), (3, 5));
        assert_eq!(coverage.parts(Of::Words), (4, 7));
        assert_eq!(coverage.parts(Of::Reviewed), (2, 5));
        assert_eq!(coverage.total().sentences, 6);
    }

    #[test]
    fn boilerplate_counts_nothing_and_orphans_are_counted_apart() {
        let mut byline = unit(&["afp/abc"], &[]);
        byline.kind = Kind::Byline;
        let mut orphan = unit(&[], &["Gone."]);
        orphan.status = Status::Orphan;
        let coverage = Coverage::of(&[byline, orphan]);
        assert_eq!(coverage.total(), Size::default());
        assert_eq!(coverage.orphans, 1);
        assert_eq!(coverage.share(Of::Sentences), 1.0, "nothing to translate is nothing missing");
    }

    #[test]
    fn the_sum_of_articles_is_the_coverage_of_all_their_units() {
        let (a, b) = (unit(&["L’IA."], &["AI."]), unit(&["Et alors ?"], &[]));
        let mut sum = Coverage::of([&a]);
        sum += Coverage::of([&b]);
        assert_eq!(sum, Coverage::of([&a, &b]));
    }
}
