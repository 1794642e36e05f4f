//! Which of very many words are meant, so that what is known of a few takes room for these alone.

/// Some of many words: a bit for each, and the place that those have among themselves.
#[derive(Clone, Debug, Default)]
pub(super) struct Few {
    /// For each 64 words: a bit for each, and how many are meant before them.
    blocks: Vec<(u64, u32)>,
    words: usize,
}

impl Few {
    /// Those of so many words that are meant.
    pub fn of(words: usize, is_meant: impl Fn(usize) -> bool) -> Few {
        let mut before = 0;
        let block = |from: usize| {
            let to = words.min(from + 64);
            let bits =
                (from..to).filter(|&word| is_meant(word)).fold(0u64, |bits, word| bits | 1 << (word - from));
            let own = before;
            before += bits.count_ones();
            (bits, own)
        };
        Few { blocks: (0..words).step_by(64).map(block).collect(), words }
    }

    /// The place of a word among those that are meant.
    pub fn place(&self, word: u32) -> Option<usize> {
        let &(bits, before) = self.blocks.get(word as usize / 64)?;
        let bit = 1 << (word % 64);
        (bits & bit != 0).then(|| (before + (bits & (bit - 1)).count_ones()) as usize)
    }

    /// How many words there are in all.
    pub fn words(&self) -> usize {
        self.words
    }

    /// How many are meant.
    pub fn len(&self) -> usize {
        self.blocks.last().map_or(0, |&(bits, before)| (before + bits.count_ones()) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_that_are_meant_have_places_in_order() {
        for words in [0, 1, 63, 64, 65, 1000] {
            for every in [1, 2, 3, 64, 65] {
                let few = Few::of(words, |word| word % every == every - 1);
                let places: Vec<u32> =
                    (0..words as u32 + 70).filter(|&word| few.place(word).is_some()).collect();
                let meant: Vec<u32> =
                    (0..words as u32).filter(|word| *word as usize % every == every - 1).collect();
                assert_eq!(places, meant);
                assert!(places.iter().enumerate().all(|(at, &word)| few.place(word) == Some(at)));
                assert_eq!((few.len(), few.words()), (meant.len(), words));
            }
        }
    }
}
