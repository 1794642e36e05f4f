//! The aligner's few constants, each with what it stands for.

/// The constants of the model. Counts are of words or beads, probabilities natural.
#[derive(Clone, Debug)]
pub(crate) struct Tuning {
    /// Rounds of learning from own beads.
    pub rounds: usize,
    /// Iterations of expectation maximisation in each round.
    pub iterations: usize,
    /// Beads below this probability teach nothing.
    pub sure: f32,
    /// Sentences above which pairs of words that met once are passed over.
    pub much: usize,
    /// Sentences of much text, about, that the first round goes through.
    pub sample: usize,
    /// Beads that are enough to learn from: of more a part is taken, evenly.
    pub enough: usize,
    /// Soft discount of link counts: a pair seen once counts for a half.
    pub discount: f32,
    /// Counts below this after two iterations are dropped.
    pub nothing: f32,
    /// So are those below this share of the rarer word's occurrences, or twice that where there is much text.
    pub little: f32,
    /// The share of the rarer word's beads in which two words must meet to be linked.
    pub meeting: f32,
    /// The most pairs of a word whose cells are held: those of others are looked for again each time, which changes no result.
    pub held: usize,
    /// How far above chance words must meet to be linked where there is much text, in standard deviations.
    pub above: f32,
    /// Discounted counts below this are dropped when a round is over.
    pub faint: f32,
    /// Occurrences that each word is thought to have had without a link.
    pub kappa: f32,
    /// Occurrences by chance that each word is thought to have had: rare words stay modest.
    pub chance: f32,
    /// The fewest words that a text is counted as, so that its rare words are rare.
    pub words_floor: f32,
    /// Weight of the null word beside the words of a sentence.
    pub null: f32,
    /// How far a word that nothing is known of counts against a sentence whose words are all spoken for.
    pub closed: f32,
    /// How far a word counts against a sentence that has none of its translations.
    pub missed: f32,
    /// Count of a listed translation, as if it had been seen that often.
    pub listed: f32,
    /// Count of an identical word or number.
    pub cognate: f32,
    /// Share of that count for a word that is alike, not identical.
    pub likeness: f32,
    /// The most words that one is held to be alike to, itself not counted.
    pub kin: usize,
    /// Letters that forms of one word begin with alike.
    pub stem: usize,
    /// Count of a pair whose other forms are always linked.
    pub forms: f32,
    /// Weight of the words; below 1, since the words of a sentence are not independent.
    pub lexical: f32,
    /// Weight of the length term.
    pub length: f32,
    /// Share of beads whose length says nothing.
    pub free: f32,
    /// Probability of a skip after a match, before any is seen.
    pub skip_open: f32,
    /// Probability of a skip after a skip, before any is seen.
    pub skip_next: f32,
    /// Beads that the shares of kinds and skips are thought to come from, before any is seen.
    pub habit: f32,
    /// Price of a paragraph break inside a bead, as a logarithm.
    pub paragraph: f32,
    /// Half width of the band, in sentences.
    pub band: u32,
    /// Half width of the band where all beads near are certain, and how many beads are near.
    pub near: u32,
    /// The probability from which on a bead is certain, for the band.
    pub certain: f32,
    /// Sentences in a piece of a long text, about: a path is looked for in each by itself.
    pub piece: u32,
    /// Nodes up to which the whole rectangle between two fixed points is searched.
    pub rectangle: u64,
    /// The probability that a bead must exceed to be worth naming, in decoding.
    pub worth: f32,
}

impl Default for Tuning {
    fn default() -> Self {
        Tuning {
            rounds: 3,
            iterations: 5,
            sure: 0.6,
            much: 5000,
            sample: 8000,
            enough: 150_000,
            discount: 2.0,
            nothing: 0.03,
            little: 0.005,
            meeting: 0.05,
            held: usize::MAX,
            above: 1.0,
            faint: 0.1,
            kappa: 1.0,
            chance: 1.0,
            words_floor: 1000.0,
            null: 1.0,
            closed: 0.4,
            missed: 0.5,
            listed: 6.0,
            cognate: 4.0,
            likeness: 0.8,
            kin: 4,
            stem: 6,
            forms: 4.0,
            lexical: 0.65,
            length: 1.3,
            free: 0.05,
            skip_open: 0.04,
            skip_next: 0.3,
            habit: 50.0,
            paragraph: 1.5,
            band: 12,
            near: 3,
            certain: 0.95,
            piece: 2048,
            rectangle: 20_000,
            worth: 0.45,
        }
    }
}
