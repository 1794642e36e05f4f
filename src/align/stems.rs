//! Forms of one word teach each other: link counts carried over between words that begin alike.

use rayon::prelude::*;

use super::few::Few;
use super::tuning::Tuning;
use super::vocabulary::{MANY, Vocabulary, first_alike};

/// Families of words that begin alike, on both sides.
pub(super) struct Stems {
    /// By side: the words that have a family, and the family of each.
    related: [(Few, Vec<u32>); 2],
    /// By side: the words that have a family, by family; and where each family's begin, with one more.
    words: [Vec<u32>; 2],
    starts: [Vec<u32>; 2],
}

/// Added to a word, it is a family of its own: a text of chance has a million such.
const ALONE: u32 = 1 << 31;

impl Stems {
    pub fn new(source: &Vocabulary, target: &Vocabulary, tuning: &Tuning) -> Self {
        let of = |vocabulary: &Vocabulary| {
            let head = |number: u32| {
                let word = vocabulary.words.get(number);
                let cut = if word.starts_with(|c: char| c.is_ascii_digit()) {
                    None
                } else {
                    word.char_indices().nth(tuning.stem)
                };
                cut.map_or(word, |(at, _)| &word[..at])
            };
            // The first word of each family stands for it: letters are held once.
            let mut family = first_alike(vocabulary.len() as u32, head);
            let mut sizes = vec![0u32; family.len()];
            family.iter().for_each(|&first| sizes[first as usize] += 1);
            // Families of several are numbered anew, in their order.
            let mut starts = vec![0];
            for size in &mut sizes {
                if *size > 1 {
                    starts.push(starts.last().map_or(0, |end| end + *size));
                    *size = starts.len() as u32 - 2;
                } else {
                    *size = ALONE;
                }
            }
            family.iter_mut().for_each(|family| *family = sizes[*family as usize]);
            drop(sizes);
            let related = Few::of(family.len(), |word| family[word] != ALONE);
            let mut next = starts.clone();
            let mut words = vec![0; related.len()];
            for (word, &family) in (0..).zip(&family).filter(|(_, family)| **family != ALONE) {
                words[next[family as usize] as usize] = word;
                next[family as usize] += 1;
            }
            family.retain(|family| *family != ALONE);
            family.shrink_to_fit();
            ((related, family), words, starts)
        };
        let (source, target) = match source.len() + target.len() > MANY {
            true => (of(source), of(target)),
            false => rayon::join(|| of(source), || of(target)),
        };
        Stems { related: [source.0, target.0], words: [source.1, target.1], starts: [source.2, target.2] }
    }

    /// The family of a word; [`ALONE`] and the word where it has none.
    fn family(&self, side: usize, word: u32) -> u32 {
        let (related, family) = &self.related[side];
        related.place(word).map_or(ALONE + word, |place| family[place])
    }

    /// The words of a family, in order.
    fn words(&self, side: usize, family: u32) -> impl Iterator<Item = u32> + Clone + use<'_> {
        let (alone, several) = if family >= ALONE {
            (Some(family - ALONE), &[][..])
        } else {
            let [start, end] = [0, 1].map(|more| self.starts[side][family as usize + more] as usize);
            (None, &self.words[side][start..end])
        };
        alone.into_iter().chain(several.iter().copied())
    }

    /// How many words a family has.
    fn size(&self, side: usize, family: u32) -> usize {
        match family {
            ALONE.. => 1,
            _ => (self.starts[side][family as usize + 1] - self.starts[side][family as usize]) as usize,
        }
    }

    /// What the other forms of both words say of each pair: counts as if they had been seen, sorted.
    ///
    /// A pair's own links are left out, else every pair would confirm itself.
    pub fn carried(
        &self,
        links: &[(u32, u32, f32)],
        occurrences: [&[f32]; 2],
        tuning: &Tuning,
    ) -> Vec<(u32, u32, f32)> {
        /// Larger families are no words with their forms.
        const LARGEST: usize = 12;
        /// Fewer links than this are none.
        const LEAST: f32 = 0.1;
        let mut families: Vec<(u32, u32, f32)> = links
            .iter()
            .map(|&(s, t, count)| (self.family(0, s), self.family(1, t), count))
            .filter(|&(s, t, count)| {
                let (s, t) = (self.size(0, s), self.size(1, t));
                count > LEAST && s * t > 1 && s <= LARGEST && t <= LARGEST
            })
            .collect();
        // Stable, so that sums have one order.
        families.par_sort_by_key(|pair| (pair.0, pair.1));
        let own = |s: u32, t: u32| match links.binary_search_by_key(&(s, t), |link| (link.0, link.1)) {
            Ok(at) if links[at].2 > LEAST => links[at].2,
            _ => 0.0,
        };
        let all = |side: usize, family: u32| {
            self.words(side, family).map(|word| occurrences[side][word as usize]).sum::<f32>()
        };
        let same: Vec<&[(u32, u32, f32)]> = families.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).collect();
        let carry = |same: &&[(u32, u32, f32)]| {
            let (s_family, t_family, _) = same[0];
            let sum: f32 = same.iter().map(|pair| pair.2).sum();
            let (n, m) = (all(0, s_family), all(1, t_family));
            let mut found = Vec::new();
            for s in self.words(0, s_family) {
                for t in self.words(1, t_family) {
                    let others = sum - own(s, t);
                    if others > 0.5 {
                        let share = others / (n * m).sqrt();
                        found.push((s, t, tuning.forms * share));
                    }
                }
            }
            found
        };
        let mut found: Vec<(u32, u32, f32)> = same.par_iter().flat_map_iter(carry).collect();
        found.par_sort_unstable_by_key(|pair| (pair.0, pair.1));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_taught_by_the_others_and_never_by_itself() {
        let (mut source, mut target) = (Vocabulary::default(), Vocabulary::default());
        for word in ["gletscher", "gletschers", "berg"] {
            source.number(word);
        }
        for word in ["glacier", "glaciers", "mont"] {
            target.number(word);
        }
        let tuning = Tuning { stem: 6, ..Tuning::default() };
        let stems = Stems::new(&source, &target, &tuning);
        let links = [(0, 0, 3.0), (2, 2, 3.0)];
        let carried = stems.carried(&links, [&[4.0; 3], &[4.0; 3]], &tuning);
        let pairs: Vec<(u32, u32)> = carried.iter().map(|pair| (pair.0, pair.1)).collect();
        assert_eq!(pairs, [(0, 1), (1, 0), (1, 1)]);
    }
}
