//! Where the words of pairs stand together, held small: millions of places, four bytes each.

use super::part::push;

/// For each occurrence of a source word, in order: which target words of its bead it may be linked with.
#[derive(Debug)]
pub(super) struct Cells {
    /// The target word's place in the bead, and the pair's among those of the source word.
    all: Vec<(u16, u16)>,
    /// For each occurrence how many.
    often: Vec<u16>,
}

impl Cells {
    /// The most pairs of a word, and words of a bead, that can be told apart and counted here.
    pub const MOST: usize = u16::MAX as usize;

    /// With room for so many occurrences.
    pub fn with_capacity(occurrences: usize) -> Cells {
        Cells { all: Vec::new(), often: Vec::with_capacity(occurrences) }
    }

    /// Adds the cells of the next occurrence: place and pair, each below [`Cells::MOST`].
    pub fn push(&mut self, cells: impl Iterator<Item = (usize, u32)>) {
        let before = self.all.len();
        for (place, pair) in cells {
            push(&mut self.all, (place as u16, pair as u16));
        }
        self.often.push((self.all.len() - before) as u16);
    }

    /// Gives back what room was not needed.
    pub fn close(&mut self) {
        self.all.shrink_to_fit();
    }

    /// The cells of one occurrence after another.
    pub fn by_occurrence(&self) -> impl Iterator<Item = &[(u16, u16)]> {
        let mut rest = &self.all[..];
        self.often.iter().map(move |&often| {
            let (own, after) = rest.split_at(often as usize);
            rest = after;
            own
        })
    }
}
