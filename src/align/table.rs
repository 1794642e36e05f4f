//! How much more often than by chance two words stand for each other.

use std::collections::HashMap;

use super::tuning::Tuning;

/// Words of one side with the words of the other that they are related to.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    starts: Vec<u32>,
    /// The other word, and how many times likelier than by chance it stands beside this one.
    related: Vec<(u32, f32)>,
    /// For each word: the part of its probability that is not bound to related words.
    pub loose: Vec<f32>,
    /// For each word: the part of its occurrences that relations explain.
    pub known: Vec<f32>,
}

impl Relations {
    /// What the word is related to.
    pub fn of(&self, word: u32) -> &[(u32, f32)] {
        let word = word as usize;
        match self.starts.get(word + 1) {
            Some(&end) => &self.related[self.starts[word] as usize..end as usize],
            None => &[],
        }
    }
}

/// Both directions of the same relations.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub source: Relations,
    pub target: Relations,
}

/// How often words occur, for [`Table::from_links`].
pub(super) struct Occurrences<'a> {
    pub source: &'a [f32],
    pub target: &'a [f32],
    pub total: f32,
}

impl Table {
    /// Makes the table from expected link counts `(source, target, links)`, sorted by pair.
    pub fn from_links(links: &[(u32, u32, f32)], occurrences: &Occurrences<'_>, tuning: &Tuning) -> Self {
        let discounted = |links: f32| links * links / (links + tuning.discount);
        let turned = || links.iter().map(|&(s, t, count)| (t, s, count)).collect();
        let direction = |own: &[f32], other: &[f32], mut entries: Vec<(u32, u32, f32)>| {
            entries.sort_unstable_by_key(|&(a, b, _)| (a, b));
            let mut starts = vec![0u32; own.len() + 1];
            let mut bound = vec![0f32; own.len()];
            let mut all = vec![0f32; own.len()];
            for &(a, _, count) in &entries {
                starts[a as usize + 1] += 1;
                bound[a as usize] += discounted(count);
                all[a as usize] += count;
            }
            for at in 1..starts.len() {
                starts[at] += starts[at - 1];
            }
            let total = |word: u32| own[word as usize].max(all[word as usize]) + tuning.kappa;
            let known: Vec<f32> =
                (0..own.len() as u32).map(|word| bound[word as usize] / total(word)).collect();
            let loose = known.iter().map(|share| 1.0 - share).collect();
            let related = entries
                .iter()
                .map(|&(a, b, count)| {
                    let chance = (other[b as usize] + tuning.chance) / (occurrences.total + tuning.chance);
                    (b, discounted(count) / total(a) / chance)
                })
                .collect();
            Relations { starts, related, loose, known }
        };
        let source = direction(occurrences.source, occurrences.target, links.to_vec());
        let target = direction(occurrences.target, occurrences.source, turned());
        Table { source, target }
    }
}

/// Link counts by pair of words.
pub(super) type Links = HashMap<(u32, u32), f32>;

/// The counts in the order of their words.
pub(super) fn sorted(links: &Links) -> Vec<(u32, u32, f32)> {
    let mut all: Vec<_> = links.iter().map(|(&(s, t), &count)| (s, t, count)).collect();
    all.sort_unstable_by_key(|&(s, t, _)| (s, t));
    all
}
