//! How much likelier than by chance two words stand for each other.

use super::tuning::Tuning;

/// Words of one side with the words of the other that they are related to.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    starts: Vec<u32>,
    /// The other word, and how many times likelier than by chance it stands beside this one.
    related: Vec<(u32, f32)>,
    /// For each word: the part of its probability that is not bound to related words.
    pub loose: Vec<f32>,
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

    /// How many words.
    pub fn len(&self) -> usize {
        self.loose.len()
    }
}

/// Both directions of the same relations.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub source: Relations,
    pub target: Relations,
}

/// How often words occur in the texts.
#[derive(Clone, Debug)]
pub(super) struct Occurrences {
    pub source: Vec<f32>,
    pub target: Vec<f32>,
    /// By side and word: one by its probability by chance.
    pub rarity: [Vec<f32>; 2],
}

impl Occurrences {
    /// From the counts of either side's words.
    pub fn new([source, target]: [Vec<f32>; 2], tuning: &Tuning) -> Self {
        let all = |counts: &[f32]| counts.iter().map(|&count| f64::from(count)).sum::<f64>();
        let total = ((all(&source) * all(&target)).sqrt() as f32).max(tuning.words_floor);
        let rarity = [&source, &target]
            .map(|own| own.iter().map(|count| (total + tuning.chance) / (count + tuning.chance)).collect());
        Occurrences { source, target, rarity }
    }

    /// The counts of either side.
    pub fn counts(&self) -> [&[f32]; 2] {
        [&self.source, &self.target]
    }
}

/// What links leave of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Share {
    /// One by all its occurrences.
    pub one: f32,
    /// The part of its occurrences that no link explains.
    pub loose: f32,
}

impl Share {
    /// Of a word with so many occurrences, whose links sum up to `bound` after the discount, and to `all` before.
    pub fn new(occurrences: f32, [bound, all]: [f32; 2], tuning: &Tuning) -> Self {
        let one = 1.0 / (occurrences.max(all) + tuning.kappa);
        Share { one, loose: 1.0 - bound * one }
    }
}

/// A count after the soft discount: a pair that was linked once is worth little.
pub(super) fn discounted(links: f32, tuning: &Tuning) -> f32 {
    links * links / (links + tuning.discount).max(f32::MIN_POSITIVE)
}

/// Two words, and how much likelier than by chance the second stands beside the first, and the first beside the second.
pub(super) type Related = (u32, u32, f32, f32);

impl Table {
    /// From related words, sorted by source, then target word, and what is loose of the words of either side.
    pub fn new(related: &[Vec<Related>], [loose, loose_target]: [Vec<f32>; 2]) -> Table {
        let size = related.iter().map(Vec::len).sum();
        let source = || {
            let mut starts = vec![0u32; loose.len() + 1];
            let mut all = Vec::with_capacity(size);
            for &(s, t, forward, _) in related.iter().flatten() {
                starts[s as usize + 1] += 1;
                all.push((t, forward));
            }
            summed(&mut starts);
            (starts, all)
        };
        let target = || {
            let mut starts = vec![0u32; loose_target.len() + 1];
            related.iter().flatten().for_each(|pair| starts[pair.1 as usize + 1] += 1);
            summed(&mut starts);
            let mut next = starts.clone();
            let mut all = vec![(0u32, 0f32); size];
            for &(s, t, _, backward) in related.iter().flatten() {
                all[next[t as usize] as usize] = (s, backward);
                next[t as usize] += 1;
            }
            (starts, all)
        };
        let (source, target) = rayon::join(source, target);
        Table {
            source: Relations { starts: source.0, related: source.1, loose },
            target: Relations { starts: target.0, related: target.1, loose: loose_target },
        }
    }
}

/// Makes counts to places: each the sum of those up to it.
fn summed(counts: &mut [u32]) {
    for at in 1..counts.len() {
        counts[at] += counts[at - 1];
    }
}
