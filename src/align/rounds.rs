//! Rounds of finding paths and learning from them.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;

use super::learn::{self, Examples, Learnt, Prior};
use super::path::Step;
use super::plane::Plane;
use super::pool::{Solving, Workshop};
use super::shape::Shape;
use super::stems::Stems;
use super::table::{Occurrences, Table};
use super::text::{Doc, Side};
use super::tuning::Tuning;
use super::vocabulary::{Mix, Vocabulary};
use super::way::{Piece, Way};
use super::{breaks, emit, kin};
use crate::words::Lexicon;

/// Pairs of words, source then target, with how often they are linked; sorted.
pub(super) type Counts = Vec<(u32, u32, f32)>;

/// Sentences of texts that are little: what room one step took is kept for the next.
const LITTLE: usize = 1000;

/// What is known of some texts, more with each round.
pub(super) struct Rounds<'a> {
    docs: &'a [Doc],
    taught: &'a [Doc],
    hard: bool,
    tuning: &'a Tuning,
    workshop: &'a Workshop,
    /// What is known of words beforehand.
    prior: Counts,
    /// The texts that are known to belong together.
    known: Examples,
    occurrences: Occurrences,
    stems: Stems,
    shape: Shape,
    table: Table,
    /// How often words are linked, as learnt last.
    links: Counts,
}

impl<'a> Rounds<'a> {
    /// Before the first round: `docs` are to be aligned, `taught` belong together.
    pub fn new(
        docs: &'a [Doc],
        taught: &'a [Doc],
        known: &mut [Vocabulary; 2],
        lexicons: &[Arc<Lexicon>],
        hard: bool,
        tuning: &'a Tuning,
        workshop: &'a Workshop,
    ) -> Self {
        let mut prior = kin::believed(docs, known.each_ref(), tuning);
        // A list of a million words is as large as they are.
        known[1].unlist();
        let [source, target] = &*known;
        for lexicon in lexicons {
            let pairs = lexicon.pairs(source.words.iter(), target.words.iter());
            prior.reserve_exact(pairs.len());
            prior.extend(pairs.into_iter().map(|(s, t, weight)| (s, t, weight * tuning.listed)));
        }
        largest(&mut prior);
        let counts = |size: usize, side: &(dyn Fn(&Doc) -> &Side + Sync)| {
            let mut counts = vec![0f32; size];
            for doc in docs.iter().chain(taught) {
                for &word in &side(doc).words {
                    counts[word as usize] += 1.0;
                }
            }
            counts
        };
        let (sources, targets) = rayon::join(
            || counts(source.len(), &|doc| &doc.source),
            || counts(target.len(), &|doc| &doc.target),
        );
        let occurrences = Occurrences { source: sources, target: targets };
        let mut shape = Shape::new(docs, tuning);
        if !taught.is_empty() {
            shape.learn(&[], &[], taught, tuning);
        }
        let mut known = Examples::default();
        for doc in taught {
            known.push(&doc.source.words, &doc.target.words, 1.0);
        }
        let stems = Stems::new(source, target, tuning);
        let (table, links) = Default::default();
        Rounds { docs, taught, hard, tuning, workshop, prior, known, occurrences, stems, shape, table, links }
    }

    /// The sentences of all texts, of the longer side of each.
    fn sentences(&self) -> usize {
        self.docs.iter().map(|doc| doc.source.len().max(doc.target.len())).sum()
    }

    /// Whether that is much text, of which a part is enough at first, and fewer rounds are.
    fn much(&self) -> bool {
        self.sentences() > self.tuning.much
    }

    /// Finds the path through each text, all learning together.
    ///
    /// Of much text only a part is gone through in the first round, enough to learn from; then all of it twice.
    pub fn run(&mut self) -> Vec<Vec<Step>> {
        let tuning = self.tuning;
        self.learn_from(self.known.clone(), &Counts::new());
        let much = self.much();
        let every = if much { (self.sentences() / tuning.sample).max(1) } else { 1 };
        let long = |doc: &Doc| doc.source.len().max(doc.target.len()) > 2 * tuning.piece as usize;
        let first = |(at, doc): (usize, &Doc)| {
            let taken = long(doc) || at % every == 0;
            taken.then(|| Way::first(doc, &self.table, &self.shape, tuning))
        };
        let mut ways: Vec<Option<Way>> = self.docs.par_iter().enumerate().map(first).collect();
        let mut paths = self.solve(&ways, every);
        if every > 1 {
            self.learn(&paths);
            ways = (self.docs.par_iter().zip(ways))
                .map(|(doc, way)| match way {
                    Some(way) if long(doc) => Some(way),
                    _ => Some(Way::first(doc, &self.table, &self.shape, tuning)),
                })
                .collect();
            paths = self.solve(&ways, 1);
        }
        // Much text teaches enough in a round less, or two where a part has taught already.
        for round in 1..=tuning.rounds - usize::from(much) - usize::from(every > 1) {
            self.learn(&paths);
            let wide = if round == 1 && !much { tuning.band } else { tuning.band / 2 };
            ways = (self.docs.par_iter().zip(&paths))
                .map(|(doc, path)| Some(Way::along(path, doc, wide, tuning)))
                .collect();
            // The paths themselves give room to those that are found.
            let before = beads(&std::mem::take(&mut paths));
            paths = self.solve(&ways, 1);
            if round > 1 && before == beads(&paths) {
                break;
            }
        }
        self.mend(paths)
    }

    /// Looks again at the stretches that the words do not bear out, with what everything else teaches and without a band;
    /// what is still not borne out is taken apart.
    fn mend(&mut self, paths: Vec<Vec<Step>>) -> Vec<Vec<Step>> {
        let weak: Vec<_> = paths.par_iter().map(|path| breaks::weak(path, breaks::fair(path))).collect();
        if weak.iter().all(Vec::is_empty) {
            return paths;
        }
        let mut teaching = paths.clone();
        for (path, weak) in teaching.iter_mut().zip(&weak) {
            for stretch in weak {
                path[stretch.clone()].iter_mut().for_each(|step| step.score = 0.0);
            }
        }
        self.learn(&teaching);
        let mended = paths.into_par_iter().zip(weak).zip(self.docs).map(|((path, weak), doc)| {
            let fair = breaks::fair(&path);
            let mut mended = Vec::with_capacity(path.len());
            let mut done = 0;
            for stretch in weak {
                mended.extend_from_slice(&path[done..stretch.start]);
                let (first, last) = (path[stretch.start].begin(), path[stretch.end - 1].end());
                let (source, target) = (first.0..last.0, first.1..last.1);
                mended.extend(breaks::take_apart(self.wide(doc, Piece { source, target }), fair));
                done = stretch.end;
            }
            mended.extend_from_slice(&path[done..]);
            mended
        });
        mended.collect()
    }

    /// Finds the path through a piece, looking everywhere in it, if it is not too large; else along a first path.
    fn wide(&self, doc: &Doc, piece: Piece) -> Vec<Step> {
        /// The most nodes that are looked at: some 40 MB.
        const NODES: u64 = 400_000;
        let (source, target) = (piece.source.clone(), piece.target.clone());
        if (source.len() as u64 + 1) * (target.len() as u64 + 1) <= NODES {
            let tuning = Tuning { rectangle: NODES, ..self.tuning.clone() };
            let way = Way::whole(doc, &tuning);
            return self.workshop.paths.with(|room| self.piece(doc, &way, &piece, &tuning, room));
        }
        let part = Doc { source: doc.source.part(source.clone()), target: doc.target.part(target.clone()) };
        let way = Way::first(&part, &self.table, &self.shape, self.tuning);
        let pieces: Vec<Piece> = way.pieces().collect();
        let solve = |piece: &Piece| {
            self.workshop.paths.with(|room| self.piece(&part, &way, piece, self.tuning, room))
        };
        let mut steps: Vec<Step> = pieces.par_iter().flat_map_iter(solve).collect();
        for step in &mut steps {
            *step = step.shifted((source.start, target.start));
        }
        steps
    }

    /// Learns from paths; answers what forms of words were taken to teach each other.
    pub fn learn(&mut self, paths: &[Vec<Step>]) -> Counts {
        let tuning = self.tuning;
        if self.sentences() > LITTLE {
            // What finding paths took is not needed beside what learning takes, nor the other way round.
            self.workshop.paths.clear();
        }
        self.shape.learn(self.docs, paths, self.taught, tuning);
        let examples = self.examples(paths);
        let carried = self.stems.carried(&self.links, self.occurrences.counts(), tuning);
        // What was learnt last has said what it can: there is room for what is learnt now.
        (self.table, self.links) = Default::default();
        self.learn_from(examples, &carried);
        carried
    }

    /// Learns words from examples, beside what is known of them beforehand and what was carried over to other forms.
    fn learn_from(&mut self, examples: Examples, carried: &Counts) {
        let prior = Prior([&self.prior, carried]);
        let learnt = |room: &mut _| learn::learn(examples, prior, &self.occurrences, room, self.tuning);
        let Learnt { related, loose, links } = self.workshop.learning.with(learnt);
        if self.sentences() > LITTLE {
            self.workshop.learning.clear();
        }
        (self.table, self.links) = (Table::new(&related, loose), links);
    }

    /// The texts that are known to belong together, and the beads that are sure enough to teach.
    fn examples(&self, paths: &[Vec<Step>]) -> Examples {
        /// Beads that are read at once.
        const TOGETHER: usize = 8192;
        fn words<'d>((doc, step): &(&'d Doc, &Step)) -> [&'d [u32]; 2] {
            [doc.source.of(step.source()), doc.target.of(step.target())]
        }
        let teaches = |step: &&Step| step.matches() && step.score > self.tuning.sure;
        let all: usize = paths.iter().map(|path| path.iter().filter(teaches).count()).sum();
        let every = all.div_ceil(self.tuning.enough).max(1);
        let beads = (self.docs.iter().zip(paths))
            .flat_map(|(doc, path)| path.iter().filter(teaches).map(move |step| (doc, step)));
        let beads: Vec<(&Doc, &Step)> = beads.step_by(every).collect();
        let read = |beads: &[(&Doc, &Step)]| {
            let mut examples = Examples::default();
            for bead in beads {
                let [source, target] = words(bead);
                examples.push(source, target, bead.1.score);
            }
            examples
        };
        let mut examples = self.known.clone();
        examples.reserve(beads.iter().map(words));
        // Some at a time: all that was read would stand there twice.
        for beads in beads.chunks(TOGETHER) {
            let read: Vec<Examples> = beads.par_chunks(TOGETHER / 16).map(read).collect();
            read.iter().for_each(|more| examples.extend(more));
        }
        examples
    }

    /// What the texts themselves have taught: pairs of words, how probable the target word is given the source word, and
    /// how often they are linked; what was known before is left out, and what forms were `taught` by each other.
    pub fn learnt(&self, taught: &Counts) -> Vec<(u32, u32, f32, f32)> {
        /// Less than this is no link.
        const LEAST: f32 = 0.5;
        let mut before = Prior([&self.prior, taught]).from(0).peekable();
        let mut found = Vec::new();
        for &(s, t, count) in &self.links {
            while before.next_if(|pair| (pair.0, pair.1) < (s, t)).is_some() {}
            let known = before.next_if(|pair| (pair.0, pair.1) == (s, t)).map_or(0.0, |pair| pair.2);
            if count - known >= LEAST {
                found.push((s, t, count - known));
            }
        }
        let mut linked = vec![0f32; self.occurrences.source.len()];
        found.iter().for_each(|&(s, _, count)| linked[s as usize] += count);
        let probable = |&(s, t, count): &(u32, u32, f32)| {
            let all = self.occurrences.source[s as usize].max(linked[s as usize]) + self.tuning.kappa;
            (s, t, count / all, count)
        };
        found.iter().map(probable).collect()
    }

    /// Finds the path through each text that has a way; of long ones, and of every so many pieces, only one.
    fn solve(&self, ways: &[Option<Way>], every: usize) -> Vec<Vec<Step>> {
        let ways = ways.iter().enumerate().filter_map(|(at, way)| Some((at, way.as_ref()?)));
        let pieces: Vec<(usize, &Way, Piece)> = ways
            .flat_map(|(at, way)| {
                let long = way.pieces().nth(1).is_some();
                way.pieces().step_by(if long { every } else { 1 }).map(move |piece| (at, way, piece))
            })
            .collect();
        let solved: Vec<Vec<Step>> = pieces
            .par_iter()
            .map(|(at, way, piece)| {
                self.workshop.paths.with(|room| self.piece(&self.docs[*at], way, piece, self.tuning, room))
            })
            .collect();
        let mut sizes = vec![0; self.docs.len()];
        pieces.iter().zip(&solved).for_each(|((at, _, _), steps)| sizes[*at] += steps.len());
        let mut paths = vec![Vec::new(); self.docs.len()];
        for ((at, _, _), steps) in pieces.iter().zip(solved) {
            let (path, size) = (&mut paths[*at], sizes[*at]);
            if steps.len() == size {
                *path = steps;
            } else {
                path.reserve_exact(size - path.len());
                path.extend(steps);
            }
        }
        paths
    }

    /// Finds the path through a piece of a text.
    fn piece(&self, doc: &Doc, way: &Way, piece: &Piece, tuning: &Tuning, room: &mut Solving) -> Vec<Step> {
        let (source, target) = (piece.source.clone(), piece.target.clone());
        let whole = source.len() == doc.source.len() && target.len() == doc.target.len();
        let doc = match whole {
            true => Cow::Borrowed(doc),
            false => Cow::Owned(Doc { source: doc.source.part(source), target: doc.target.part(target) }),
        };
        let band = way.band(piece, tuning);
        let turned = band.turned(doc.target.len());
        let (s, t) = (&self.table.source, &self.table.target);
        let Solving { words, forward, backward, path } = room;
        emit::emissions([&doc.source, &doc.target], &band, [s, t], tuning, words, forward);
        emit::emissions([&doc.target, &doc.source], &turned, [t, s], tuning, words, backward);
        let shape = &self.shape;
        let alone = [shape.alone(&doc.source, 0), shape.alone(&doc.target, 1)];
        let (forward, backward) = (&forward[..], &backward[..]);
        let plane = Plane {
            doc: &doc,
            band: &band,
            forward,
            backward,
            turned,
            alone,
            shape,
            hard: self.hard,
            tuning,
        };
        let mut steps = plane.solve(path);
        for step in &mut steps {
            *step = step.shifted((piece.source.start, piece.target.start));
        }
        steps
    }
}

/// A hash of the paths' beads.
fn beads(paths: &[Vec<Step>]) -> u64 {
    let mut hash = Mix::default();
    paths.iter().flatten().for_each(|step| (step.begin(), step.size()).hash(&mut hash));
    hash.finish()
}

/// Sorts counts of pairs; of a pair that stands there more than once the largest stays.
fn largest(pairs: &mut Counts) {
    pairs.par_sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    pairs.dedup_by_key(|pair| (pair.0, pair.1));
}
