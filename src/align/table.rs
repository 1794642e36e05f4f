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
    /// All words of a side.
    pub total: f32,
}

impl Occurrences {
    /// From the counts of either side's words.
    pub fn new([source, target]: [Vec<f32>; 2], tuning: &Tuning) -> Self {
        let all = |counts: &[f32]| counts.iter().map(|&count| f64::from(count)).sum::<f64>();
        let total = ((all(&source) * all(&target)).sqrt() as f32).max(tuning.words_floor);
        Occurrences { source, target, total }
    }

    /// The counts of either side.
    pub fn counts(&self) -> [&[f32]; 2] {
        [&self.source, &self.target]
    }
}

/// Link counts, with what is summed from them.
pub(super) struct Links<'a> {
    /// Source word, target word, links; sorted.
    pub counts: Vec<(u32, u32, f32)>,
    /// By side and word: one by all its occurrences.
    share: [Vec<f32>; 2],
    /// By side and word: the part of the occurrences that no link explains.
    loose: [Vec<f32>; 2],
    /// By side and word: one by its probability by chance.
    rarity: [Vec<f32>; 2],
    tuning: &'a Tuning,
}

impl<'a> Links<'a> {
    /// Sums link counts, sorted by pair.
    pub fn new(counts: Vec<(u32, u32, f32)>, occurrences: &Occurrences, tuning: &'a Tuning) -> Self {
        let own = occurrences.counts();
        let mut bound = own.map(|own| vec![0f32; own.len()]);
        let mut all = own.map(|own| vec![0f32; own.len()]);
        for &(s, t, count) in &counts {
            for (side, word) in [s as usize, t as usize].into_iter().enumerate() {
                bound[side][word] += discounted(count, tuning);
                all[side][word] += count;
            }
        }
        let share: [Vec<f32>; 2] = std::array::from_fn(|side| {
            own[side].iter().zip(&all[side]).map(|(&n, &all)| 1.0 / (n.max(all) + tuning.kappa)).collect()
        });
        let loose: [Vec<f32>; 2] = std::array::from_fn(|side| {
            bound[side].iter().zip(&share[side]).map(|(bound, share)| 1.0 - bound * share).collect()
        });
        let rarity = own.map(|own| {
            own.iter().map(|n| (occurrences.total + tuning.chance) / (n + tuning.chance)).collect()
        });
        Links { counts, share, loose, rarity, tuning }
    }

    /// How much likelier than by chance the target word is beside the source word, and the other way round;
    /// what is loose included.
    pub fn ratios(&self, s: u32, t: u32, count: f32) -> [f32; 2] {
        let (s, t) = (s as usize, t as usize);
        let [forward, backward] = self.bound(s, t, count);
        [forward + self.loose[0][s], backward + self.loose[1][t]]
    }

    fn bound(&self, s: usize, t: usize, count: f32) -> [f32; 2] {
        let count = discounted(count, self.tuning);
        [count * self.share[0][s] * self.rarity[1][t], count * self.share[1][t] * self.rarity[0][s]]
    }

    /// The table of what is worth keeping.
    pub fn table(self) -> Table {
        /// A ratio below this says nothing: a sentence's loose mass is larger by far.
        const NOTHING: f32 = 0.1;
        let sizes = [self.loose[0].len(), self.loose[1].len()];
        let mut starts = sizes.map(|size| vec![0u32; size + 1]);
        let kept = |&(s, t, count): &(u32, u32, f32)| {
            let [forward, backward] = self.bound(s as usize, t as usize, count);
            let linked = discounted(count, self.tuning) >= self.tuning.faint;
            (linked && (forward >= NOTHING || backward >= NOTHING)).then_some((s, t, forward, backward))
        };
        for (s, t, _, _) in self.counts.iter().filter_map(kept) {
            starts[0][s as usize + 1] += 1;
            starts[1][t as usize + 1] += 1;
        }
        for starts in &mut starts {
            for at in 1..starts.len() {
                starts[at] += starts[at - 1];
            }
        }
        let mut next = starts.clone();
        let size = starts[0][sizes[0]] as usize;
        let mut related = [vec![(0u32, 0f32); size], vec![(0u32, 0f32); size]];
        for (s, t, forward, backward) in self.counts.iter().filter_map(kept) {
            related[0][next[0][s as usize] as usize] = (t, forward);
            related[1][next[1][t as usize] as usize] = (s, backward);
            next[0][s as usize] += 1;
            next[1][t as usize] += 1;
        }
        let [source, target] = starts;
        let [forward, backward] = related;
        let [loose, loose_target] = self.loose;
        Table {
            source: Relations { starts: source, related: forward, loose },
            target: Relations { starts: target, related: backward, loose: loose_target },
        }
    }
}

/// A count after the soft discount: a pair that was linked once is worth little.
fn discounted(links: f32, tuning: &Tuning) -> f32 {
    if links > 0.0 { links * links / (links + tuning.discount) } else { 0.0 }
}

impl Table {
    /// Makes the table from link counts `(source, target, links)`, sorted by pair.
    pub fn from_links(links: &[(u32, u32, f32)], occurrences: &Occurrences, tuning: &Tuning) -> Self {
        Links::new(links.to_vec(), occurrences, tuning).table()
    }
}
