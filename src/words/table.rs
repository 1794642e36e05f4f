//! Tables looked up by a word's hash: what the checks ask of every word of every text.

/// A hash of a folded word: the same in every run and on every machine.
///
/// Multiply and rotate over eight bytes at a time, as rustc's own maps do; good enough for words,
/// and several times faster than the standard library's.
pub fn word_hash(word: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = word.len() as u64;
    let mut chunks = word.chunks_exact(8);
    let mut add = |value: u64| hash = (hash.rotate_left(5) ^ value).wrapping_mul(FACTOR);
    for chunk in &mut chunks {
        add(u64::from_le_bytes(chunk.try_into().expect("a chunk of eight bytes")));
    }
    let mut last = [0; 8];
    last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
    add(u64::from_le_bytes(last));
    hash ^ (hash >> 29)
}

/// What is known of words, by their hash. Two words with one 64-bit hash are taken for one.
#[derive(Clone, Debug)]
pub struct WordTable<V> {
    mask: usize,
    slots: Vec<(u64, Option<V>)>,
}

impl<V: Copy> WordTable<V> {
    /// The table of these words; of two with one hash the first stays.
    pub fn new(words: impl IntoIterator<Item = (u64, V)>) -> Self {
        let words: Vec<(u64, V)> = words.into_iter().collect();
        // A quarter full at most: a word that is not in it costs one look.
        let size = (words.len() * 4).next_power_of_two().max(16);
        let mut table = WordTable { mask: size - 1, slots: vec![(0, None); size] };
        for (hash, value) in words {
            let mut at = hash as usize & table.mask;
            while table.slots[at].1.is_some() && table.slots[at].0 != hash {
                at = (at + 1) & table.mask;
            }
            if table.slots[at].1.is_none() {
                table.slots[at] = (hash, Some(value));
            }
        }
        table
    }

    /// The table of folded words, written with spaces between them, each with one value.
    pub fn of_words<'w>(lists: impl IntoIterator<Item = (&'w str, V)>) -> Self {
        WordTable::new(lists.into_iter().flat_map(|(words, value)| {
            words.split_whitespace().map(move |word| (word_hash(word.as_bytes()), value))
        }))
    }

    /// What is known of the word with this hash.
    pub fn get(&self, hash: u64) -> Option<V> {
        let mut at = hash as usize & self.mask;
        loop {
            let (found, value) = self.slots[at];
            if value.is_none() || found == hash {
                return value;
            }
            at = (at + 1) & self.mask;
        }
    }

    /// Whether anything is known of the word with this hash.
    pub fn has(&self, hash: u64) -> bool {
        self.get(hash).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_again_and_no_other() {
        let words: Vec<String> = (0..2000).map(|n| format!("mot{n}")).collect();
        let table = WordTable::new(words.iter().enumerate().map(|(n, w)| (word_hash(w.as_bytes()), n)));
        for (n, word) in words.iter().enumerate() {
            assert_eq!(table.get(word_hash(word.as_bytes())), Some(n));
        }
        assert!(!table.has(word_hash(b"autre")) && !table.has(word_hash(b"")));
    }
}
