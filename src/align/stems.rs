//! Forms of one word teach each other: link counts carried over between words that begin alike.

use std::collections::HashMap;

use super::text::Vocabulary;
use super::tuning::Tuning;

/// Families of words that begin alike, on both sides.
pub(super) struct Stems {
    /// By side and word: its family.
    family: [Vec<u32>; 2],
    /// By side and family: its words.
    words: [Vec<Vec<u32>>; 2],
}

impl Stems {
    pub fn new(source: &Vocabulary, target: &Vocabulary, tuning: &Tuning) -> Self {
        let mut family: [Vec<u32>; 2] = Default::default();
        let mut words: [Vec<Vec<u32>>; 2] = Default::default();
        for (side, vocabulary) in [source, target].into_iter().enumerate() {
            let mut ids: HashMap<&str, u32> = HashMap::new();
            for (id, word) in vocabulary.words.iter().enumerate() {
                let number = word.starts_with(|c: char| c.is_ascii_digit());
                let cut = if number { None } else { word.char_indices().nth(tuning.stem) };
                let head = cut.map_or(&**word, |(at, _)| &word[..at]);
                let next = ids.len() as u32;
                let id_of_family = *ids.entry(head).or_insert(next);
                family[side].push(id_of_family);
                if id_of_family == next {
                    words[side].push(Vec::new());
                }
                words[side][id_of_family as usize].push(id as u32);
            }
        }
        Stems { family, words }
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
        let size = |side: usize, family: u32| self.words[side][family as usize].len();
        let mut families: Vec<(u32, u32, f32)> = links
            .iter()
            .map(|&(s, t, count)| (self.family[0][s as usize], self.family[1][t as usize], count))
            .filter(|&(s, t, count)| {
                let (s, t) = (size(0, s), size(1, t));
                count > 0.1 && s * t > 1 && s <= LARGEST && t <= LARGEST
            })
            .collect();
        families.sort_by_key(|pair| (pair.0, pair.1));
        let own: HashMap<(u32, u32), f32> =
            links.iter().filter(|link| link.2 > 0.1).map(|&(s, t, count)| ((s, t), count)).collect();
        let all = |side: usize, family: u32| {
            self.words[side][family as usize]
                .iter()
                .map(|&word| occurrences[side][word as usize])
                .sum::<f32>()
        };
        let mut found = Vec::new();
        for same in families.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (s_family, t_family, _) = same[0];
            let sum: f32 = same.iter().map(|pair| pair.2).sum();
            let (n, m) = (all(0, s_family), all(1, t_family));
            for &s in &self.words[0][s_family as usize] {
                for &t in &self.words[1][t_family as usize] {
                    let others = sum - own.get(&(s, t)).copied().unwrap_or(0.0);
                    if others > 0.5 {
                        let share = others / (n * m).sqrt();
                        found.push((s, t, tuning.forms * share));
                    }
                }
            }
        }
        found.sort_unstable_by_key(|pair| (pair.0, pair.1));
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
