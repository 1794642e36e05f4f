//! How much likelier than by chance two words stand for each other.

use super::few::Few;
use super::tuning::Tuning;

/// Words of one side with the words of the other that they are related to.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    /// The words of which anything is known.
    known: Few,
    /// For each of these: where its relations begin, and one more.
    starts: Vec<u32>,
    /// The other word, and how many times likelier than by chance it stands beside this one.
    related: Vec<(u32, f32)>,
    /// For each of these: the part of its probability that is not bound to related words.
    loose: Vec<f32>,
}

impl Relations {
    /// What the word is related to.
    pub fn of(&self, word: u32) -> &[(u32, f32)] {
        match self.known.place(word) {
            Some(place) => &self.related[self.starts[place] as usize..self.starts[place + 1] as usize],
            None => &[],
        }
    }

    /// The part of a word's probability that is not bound to related words.
    pub fn loose(&self, word: u32) -> f32 {
        self.known.place(word).map_or(1.0, |place| self.loose[place])
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.known.words()
    }

    /// Of words with so many relations, and what is loose of each: where those begin of which anything is known.
    fn sized(counts: &[u32], loose: &[f32]) -> Relations {
        let is_known = |word: usize| counts[word] > 0 || loose[word] < 1.0;
        let known = Few::of(counts.len(), is_known);
        let mut starts = Vec::with_capacity(known.len() + 1);
        let mut own = Vec::with_capacity(known.len());
        starts.push(0);
        let mut end = 0;
        for word in (0..counts.len()).filter(|&word| is_known(word)) {
            end += counts[word];
            starts.push(end);
            own.push(loose[word]);
        }
        Relations { known, starts, related: vec![(0, 0.0); end as usize], loose: own }
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
}

impl Occurrences {
    /// How rare words are.
    pub fn rarity(&self, tuning: &Tuning) -> Rarity {
        let all = |counts: &[f32]| counts.iter().map(|&count| f64::from(count)).sum::<f64>();
        let total = ((all(&self.source) * all(&self.target)).sqrt() as f32).max(tuning.words_floor);
        Rarity { all: total + tuning.chance, chance: tuning.chance }
    }

    /// The counts of either side.
    pub fn counts(&self) -> [&[f32]; 2] {
        [&self.source, &self.target]
    }
}

/// How rare a word is by how often it occurs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rarity {
    all: f32,
    chance: f32,
}

impl Rarity {
    /// One by its probability by chance.
    pub fn of(self, count: f32) -> f32 {
        self.all / (count + self.chance)
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
        let of = |loose: &[f32], of: fn(&Related) -> (u32, u32, f32)| {
            let mut counts = vec![0u32; loose.len()];
            related.iter().flatten().for_each(|pair| counts[of(pair).0 as usize] += 1);
            let mut relations = Relations::sized(&counts, loose);
            drop(counts);
            let mut next = relations.starts.clone();
            for (word, other, ratio) in related.iter().flatten().map(of) {
                let place = relations.known.place(word).expect("it is related");
                relations.related[next[place] as usize] = (other, ratio);
                next[place] += 1;
            }
            relations
        };
        let (source, target) = rayon::join(
            || of(&loose, |&(s, t, forward, _)| (s, t, forward)),
            || of(&loose_target, |&(s, t, _, backward)| (t, s, backward)),
        );
        Table { source, target }
    }
}
