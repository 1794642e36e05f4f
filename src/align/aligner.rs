//! The aligner: rounds of finding beads and learning from them.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::certainty::{Habit, certainty};
use super::pair::{Bead, Pair};
use super::path::Step;
use super::pool::Workshop;
use super::read::{self, Text};
use super::rounds::Rounds;
use super::text::Doc;
use super::tuning::Tuning;
use super::vocabulary::Vocabulary;
use crate::words::Lexicon;

/// What a paragraph break says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paragraphs {
    /// A bead seldom goes across it.
    #[default]
    Soft,
    /// No bead goes across it.
    Hard,
}

/// Finds which sentences of two texts translate each other.
///
/// Words that look alike, and a lexicon if there is one, give a first path; its beads teach which
/// words translate each other and how lengths relate, and so on for a few rounds. See
/// `docs/ALIGNMENT.md` for the method and its sources. The same texts give the same beads, whatever the
/// number of threads. About O(n) time and memory for n sentences.
///
/// # Examples
///
/// ```
/// use enregard::align::Aligner;
/// use enregard::words::Lexicon;
/// let beads = Aligner::new().lexicon(Lexicon::bundled()).align(
///     &["Le chat dort.", "Il pleut depuis lundi.", "Nous attendons."],
///     &["The cat is asleep.", "It has been raining since Monday, and we are waiting."],
/// );
/// let shown: Vec<String> = beads.iter().map(|bead| format!("{:?}{:?}", bead.source, bead.target)).collect();
/// assert_eq!(shown, ["0..10..1", "1..31..2"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Aligner {
    pub(crate) tuning: Tuning,
    lexicons: Vec<Arc<Lexicon>>,
    confirmed: Arc<Vec<(Box<str>, Box<str>)>>,
    paragraphs: Paragraphs,
}

/// A part of a pair between fixed beads.
struct Stretch {
    pair: usize,
    source: Range<usize>,
    target: Range<usize>,
}

impl Aligner {
    /// An aligner that knows nothing but the texts.
    pub fn new() -> Self {
        Aligner::default()
    }

    /// With a lexicon to begin with; several add up.
    pub fn lexicon(mut self, lexicon: Arc<Lexicon>) -> Self {
        self.lexicons.push(lexicon);
        self
    }

    /// With texts that people have confirmed to translate each other, `(source, target)`, of whatever article: they
    /// teach words and lengths with full weight, before the first path is looked for; more of them add up.
    ///
    /// They stand in no bead that is found. Beads of the pair itself that are known are given to [`Pair::fixed`], and
    /// need not be given here too.
    ///
    /// Each call of [`Aligner::align_all`] reads them once, [`Aligner::align_each`] once for each pair: about 20 ms
    /// for a thousand.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::align::{Aligner, Pair};
    /// let saved = [("Le chat dort.", "The cat is asleep."), ("Le chien dort.", "The dog is asleep.")];
    /// let aligner = Aligner::new().confirmed(saved);
    /// let beads = aligner.align_all(&[Pair::new(vec!["Un chat."], vec!["A cat."])]);
    /// assert_eq!(beads[0].len(), 1);
    /// ```
    pub fn confirmed<S: Into<Box<str>>, T: Into<Box<str>>>(
        mut self,
        pairs: impl IntoIterator<Item = (S, T)>,
    ) -> Self {
        Arc::make_mut(&mut self.confirmed).extend(pairs.into_iter().map(|(s, t)| (s.into(), t.into())));
        self
    }

    /// With paragraph breaks as limits or as hints.
    pub fn paragraphs(mut self, paragraphs: Paragraphs) -> Self {
        self.paragraphs = paragraphs;
        self
    }

    /// Aligns one pair of texts: every sentence stands in exactly one bead, in order.
    pub fn align(&self, source: &[&str], target: &[&str]) -> Vec<Bead> {
        self.align_pair(&Pair::new(source.to_vec(), target.to_vec()))
    }

    /// Aligns one pair of texts with what is known of them.
    pub fn align_pair(&self, pair: &Pair<'_>) -> Vec<Bead> {
        self.align_in(&Workshop::default(), std::slice::from_ref(pair)).pop().unwrap_or_default()
    }

    /// Aligns several pairs, each by itself.
    pub fn align_each(&self, pairs: &[Pair<'_>]) -> Vec<Vec<Bead>> {
        let workshop = Workshop::default();
        let one = |pair| self.align_in(&workshop, std::slice::from_ref(pair)).pop().unwrap_or_default();
        pairs.par_iter().map(one).collect()
    }

    /// Aligns several pairs, which share what is learnt.
    pub fn align_all(&self, pairs: &[Pair<'_>]) -> Vec<Vec<Bead>> {
        self.align_in(&Workshop::default(), pairs)
    }

    fn align_in(&self, workshop: &Workshop, pairs: &[Pair<'_>]) -> Vec<Vec<Bead>> {
        self.with_rounds(workshop, pairs, |rounds, stretches, words| {
            // Words are numbers from here on.
            drop(words);
            beads(pairs, stretches, rounds.run())
        })
    }

    /// Learns which words translate each other, from pairs and from what is confirmed.
    ///
    /// What the given lexicons say helps to learn, and is not in the result: only what the texts show. Forms
    /// stand as in the texts, in lower case.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::align::Aligner;
    /// let saved = [("Le chat dort.", "The cat sleeps."), ("Un chat mange.", "A cat eats."), ("Le chat boit.", "The cat drinks.")];
    /// let lexicon = Aligner::new().confirmed(saved).learn(&[]);
    /// assert_eq!(lexicon.translations("chat")[0].0, "cat");
    /// ```
    pub fn learn(&self, pairs: &[Pair<'_>]) -> Lexicon {
        self.with_rounds(&Workshop::default(), pairs, |rounds, _, [source, target]| {
            let paths = rounds.run();
            let taught = rounds.learn(&paths);
            let learnt = rounds.learnt(&taught);
            Lexicon::learnt(learnt.into_iter().map(|(s, t, probability, count)| {
                (source.shown(s).to_owned(), target.shown(t).to_owned(), probability, count)
            }))
        })
    }

    /// Reads what is there, and does `work` on it.
    fn with_rounds<R: Send>(
        &self,
        workshop: &Workshop,
        pairs: &[Pair<'_>],
        work: impl FnOnce(&mut Rounds<'_>, &[Stretch], [Vocabulary; 2]) -> R + Send,
    ) -> R {
        // On the pool's own threads: what one thread asks for and another gives back is of no use to either.
        rayon::scope(|_| self.here(workshop, pairs, work))
    }

    /// The same, on the thread that calls.
    fn here<R>(
        &self,
        workshop: &Workshop,
        pairs: &[Pair<'_>],
        work: impl FnOnce(&mut Rounds<'_>, &[Stretch], [Vocabulary; 2]) -> R,
    ) -> R {
        let stretches: Vec<Stretch> =
            pairs.iter().enumerate().flat_map(|(at, pair)| stretches(at, pair)).collect();
        let confirmed: [Vec<&str>; 2] = [
            self.confirmed.iter().map(|both| &*both.0).collect(),
            self.confirmed.iter().map(|both| &*both.1).collect(),
        ];
        // The texts of a side: the stretches, then what teaches.
        let read = |which: usize| {
            let text = |pair: usize, range: &Range<usize>| {
                let pair = &pairs[pair];
                let sentences = if which == 0 { &pair.source } else { &pair.target };
                Text { sentences: &sentences[range.clone()], first: range.start, breaks: &pair.breaks[which] }
            };
            let of = |both: [&'_ Range<usize>; 2]| both[which].clone();
            let found = stretches.iter().map(|s| text(s.pair, &of([&s.source, &s.target])));
            let fixed = pairs
                .iter()
                .enumerate()
                .flat_map(|(at, pair)| pair.fixed.iter().map(move |bead| (at, of([&bead.0, &bead.1]))));
            let fixed = fixed.map(|(at, range)| Text { breaks: &[], ..text(at, &range) });
            let confirmed = confirmed[which].iter();
            let confirmed =
                confirmed.map(|one| Text { sentences: std::slice::from_ref(one), first: 0, breaks: &[] });
            read::read(&found.chain(fixed).chain(confirmed).collect::<Vec<_>>())
        };
        let source = || {
            let (sources, mut source) = read(0);
            // Target words alone are looked up.
            source.unlist();
            (sources, source)
        };
        let ((sources, source), (targets, target)) = rayon::join(source, || read(1));
        let mut docs: Vec<Doc> =
            sources.into_iter().zip(targets).map(|(source, target)| Doc { source, target }).collect();
        let mut taught = docs.split_off(stretches.len());
        taught.retain(|doc| !doc.source.words.is_empty() && !doc.target.words.is_empty());
        let hard = self.paragraphs == Paragraphs::Hard;
        let mut known = [source, target];
        let mut rounds =
            Rounds::new(&docs, &taught, &mut known, &self.lexicons, hard, &self.tuning, workshop);
        work(&mut rounds, &stretches, known)
    }
}

/// The beads of each pair: those of the paths through its stretches, and those that are fixed.
fn beads(pairs: &[Pair<'_>], stretches: &[Stretch], paths: Vec<Vec<Step>>) -> Vec<Vec<Bead>> {
    let mut all: Vec<Vec<Bead>> = pairs
        .iter()
        .map(|pair| {
            let known = |(s, t): &(Range<usize>, Range<usize>)| Bead {
                source: s.clone(),
                target: t.clone(),
                score: 1.0,
            };
            pair.fixed.iter().map(known).collect()
        })
        .collect();
    let mut habits = vec![Habit::default(); pairs.len()];
    stretches.iter().zip(&paths).for_each(|(stretch, path)| habits[stretch.pair].count(path));
    for (stretch, path) in stretches.iter().zip(paths) {
        let habit = habits[stretch.pair];
        all[stretch.pair].extend(path.into_iter().map(|step| {
            let placed = step.shifted((stretch.source.start, stretch.target.start));
            Bead { source: placed.source(), target: placed.target(), score: certainty(&step, habit) }
        }));
    }
    all.iter_mut().for_each(|beads| {
        beads.sort_by_key(|bead| (bead.source.start, bead.target.start, bead.source.end, bead.target.end))
    });
    all
}

/// The parts of a pair between its fixed beads.
fn stretches(at: usize, pair: &Pair<'_>) -> Vec<Stretch> {
    let (mut i, mut j) = (0, 0);
    let mut all = Vec::new();
    let end = (pair.source.len()..pair.source.len(), pair.target.len()..pair.target.len());
    for (source, target) in pair.fixed.iter().chain([&end]) {
        if source.start > i || target.start > j {
            all.push(Stretch { pair: at, source: i..source.start, target: j..target.start });
        }
        (i, j) = (source.end, target.end);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: [&str; 6] = [
        "Le président a signé la loi mardi.",
        "La loi interdit les voitures à essence.",
        "Les voitures électriques coûtent cher.",
        "Le prix des batteries baisse pourtant.",
        "Une batterie dure dix ans.",
        "Après cela, il faut la recycler.",
    ];
    const EN: [&str; 5] = [
        "The president signed the law on Tuesday.",
        "The law bans petrol cars.",
        "Electric cars are expensive, although the price of batteries is falling.",
        "A battery lasts ten years.",
        "After that it must be recycled.",
    ];

    /// The bundled lexicon; Miri, which is slow, has a few of its lines.
    fn lexicon() -> Arc<Lexicon> {
        const LINES: &str = "loi\tn\tlaw; act\nvoiture\tn\tcar; carriage; coach\nprix\tn\tprice; prize; cost";
        if cfg!(miri) { Arc::new(Lexicon::parse(LINES).unwrap()) } else { Lexicon::bundled() }
    }

    /// An aligner; under Miri, which is slow, one that looks along a narrow band.
    fn narrow() -> Aligner {
        let mut aligner = Aligner::new();
        if cfg!(miri) {
            (aligner.tuning.rectangle, aligner.tuning.band) = (0, 3);
        }
        aligner
    }

    fn shown(beads: &[Bead]) -> Vec<String> {
        let cut = |bead: &Bead| bead.to_string().rsplit_once(':').unwrap().0.to_owned();
        beads.iter().map(cut).collect()
    }

    #[test]
    fn merged_sentences_are_found() {
        let beads = Aligner::new().lexicon(lexicon()).align(&FR, &EN);
        assert_eq!(shown(&beads), ["[0]:[0]", "[1]:[1]", "[2,3]:[2]", "[4]:[3]", "[5]:[4]"]);
    }

    #[test]
    fn every_sentence_stands_in_one_bead_also_where_a_side_is_empty() {
        for (source, target) in [(0, 0), (0, 5), (6, 0), (1, 5), (6, 1), (3, 2)] {
            let beads = Aligner::new().align(&FR[..source], &EN[..target]);
            let (mut i, mut j) = (0, 0);
            for bead in &beads {
                assert_eq!((bead.source.start, bead.target.start), (i, j), "{beads:?}");
                assert!(!bead.source.is_empty() || !bead.target.is_empty());
                assert!((0.0..=1.0).contains(&bead.score), "{bead:?}");
                (i, j) = (bead.source.end, bead.target.end);
            }
            assert_eq!((i, j), (source, target));
        }
    }

    #[test]
    fn blank_and_strange_sentences_do_no_harm() {
        let strange = ["", " ", "\u{0}", "????", "日本語", "🙂", "1", "-"];
        let beads = Aligner::new().align(&strange, &strange);
        assert_eq!(beads.last().map(|bead| (bead.source.end, bead.target.end)), Some((8, 8)));
    }

    #[test]
    fn fixed_beads_are_kept_and_may_not_cross() {
        let pair = Pair::new(FR.to_vec(), EN.to_vec());
        let fixed = pair.clone().fixed(vec![(1..2, 1..3)]).unwrap();
        let beads = Aligner::new().lexicon(lexicon()).align_pair(&fixed);
        assert!(shown(&beads).contains(&"[1]:[1,2]".to_owned()), "{beads:?}");
        assert_eq!(pair.clone().fixed(vec![(1..2, 1..2), (0..1, 3..4)]).unwrap_err().at, 2);
        assert_eq!(pair.fixed(vec![(5..7, 1..2)]).unwrap_err().at, 1);
    }

    #[test]
    fn confirmed_texts_teach_words_that_nothing_else_says() {
        // Sentences of one length, one left out: only the words can tell which.
        let source = ["Bakolu tiresa mifon.", "Nomitu vadeso rulop.", "Peliga surato delim."];
        let target = ["Grunfe dolmik hast.", "Steffo kralin worg."];
        let pair = Pair::new(source.to_vec(), target.to_vec());
        let left_out = |first: &str, left_out: &str| {
            let words = first.split(' ').zip(["grunfe", "dolmik", "hast"]);
            let words = words.chain("peliga surato delim".split(' ').zip(["steffo", "kralin", "worg"]));
            // The sentence that is left out is known to say something else.
            let words = words.chain(left_out.split(' ').zip(["omp", "elk", "rund"]));
            let saved: Vec<(&str, &str)> = words.collect();
            shown(&Aligner::new().confirmed(saved.repeat(8)).align_pair(&pair))
        };
        assert_eq!(left_out("bakolu tiresa mifon", "nomitu vadeso rulop"), ["[0]:[0]", "[1]:[]", "[2]:[1]"]);
        assert_eq!(left_out("nomitu vadeso rulop", "bakolu tiresa mifon"), ["[0]:[]", "[1]:[0]", "[2]:[1]"]);
    }

    #[test]
    fn words_are_learnt_from_pairs_that_share_what_they_teach() {
        let short = |source, target| Pair::new(vec![source], vec![target]);
        let pairs = [
            short("Le chat dort.", "The cat sleeps."),
            short("Un chat mange.", "A cat eats."),
            short("Le chat boit.", "The cat drinks."),
        ];
        assert_eq!(Aligner::new().learn(&pairs).translations("chat")[0].0, "cat");
        let each = |beads: Vec<Vec<Bead>>| beads.iter().map(|beads| shown(beads)).collect::<Vec<_>>();
        assert_eq!(each(Aligner::new().align_all(&pairs)), [["[0]:[0]"]; 3]);
        assert_eq!(each(Aligner::new().align_each(&pairs)), [["[0]:[0]"]; 3]);
    }

    #[test]
    fn a_sentence_that_stands_everywhere_is_aligned_one_with_one_and_never_sure_of_much() {
        let size = if cfg!(miri) { 16 } else { 200 };
        let source = vec!["La séance est ouverte à dix heures."; size];
        let target = vec!["The sitting opened at ten."; size];
        let beads = narrow().lexicon(lexicon()).align(&source, &target);
        let other: Vec<String> = beads
            .iter()
            .filter(|bead| (bead.source.len(), bead.target.len()) != (1, 1))
            .map(Bead::to_string)
            .collect();
        assert!(other.is_empty(), "{other:?}");
        assert!(beads[size / 2].score < 0.7, "{}", beads[size / 2]);
    }

    #[test]
    fn hard_paragraphs_are_never_joined() {
        let pair = Pair::new(FR.to_vec(), EN.to_vec()).breaks(vec![0, 3], vec![0, 3]);
        let aligner = Aligner::new().lexicon(lexicon()).paragraphs(Paragraphs::Hard);
        for bead in aligner.align_pair(&pair) {
            assert!(!(bead.source.start < 3 && bead.source.end > 3), "{bead}");
        }
    }

    #[test]
    fn what_is_held_of_the_places_where_words_meet_changes_nothing() {
        let size = if cfg!(miri) { 9 } else { 600 };
        let many = |texts: &[&'static str]| texts.iter().cycle().take(size).copied().collect::<Vec<_>>();
        let (source, target) = (many(&FR), many(&EN));
        let held = |most| {
            let mut aligner = narrow();
            aligner.tuning.held = most;
            aligner.align(&source, &target)
        };
        let all = held(narrow().tuning.held);
        assert_eq!(held(0), all);
        // Of some words they are held, of others not.
        assert_eq!(held(3), all);
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let (size, piece, much, sample) = if cfg!(miri) { (12, 4, 6, 4) } else { (1300, 100, 300, 200) };
        let many = |texts: &[&'static str]| texts.iter().cycle().take(size).copied().collect::<Vec<_>>();
        let (source, target) = (many(&FR), many(&EN));
        let plain = narrow();
        // In pieces, and with a first round over a part of them.
        let mut cut = narrow();
        (cut.tuning.piece, cut.tuning.much, cut.tuning.sample) = (piece, much, sample);
        for aligner in [plain, cut] {
            let with = |threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| aligner.align(&source, &target))
            };
            assert_eq!(with(1), with(3));
        }
    }
}
