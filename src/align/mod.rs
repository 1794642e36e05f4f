//! Two texts in, beads out: which sentences translate which.

mod anchors;
mod band;
mod coarse;
mod emit;
mod kin;
mod learn;
mod path;
mod table;
mod text;
pub(crate) mod tuning;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::words::Lexicon;
use band::Band;
use learn::Examples;
use path::{Plane, Shape, Step};
use table::Occurrences;
use text::{Doc, Side, Vocabulary};
use tuning::Tuning;

/// Source and target sentences that translate each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// The source sentences, counted from 0; empty: target sentences without source.
    pub source: Range<usize>,
    /// The target sentences, counted from 0.
    pub target: Range<usize>,
    /// How probable it is that exactly these sentences belong together, 0 to 1.
    pub score: f64,
}

/// As the field writes it: `[0,1]:[0]:0.9812`, sentences counted from 0.
impl fmt::Display for Bead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list =
            |range: &Range<usize>| range.clone().map(|at| at.to_string()).collect::<Vec<_>>().join(",");
        write!(f, "[{}]:[{}]:{:.4}", list(&self.source), list(&self.target), self.score)
    }
}

/// Two texts that translate each other, sentence by sentence.
#[derive(Clone, Debug)]
pub struct Pair<'t> {
    /// The source sentences.
    pub source: Vec<&'t str>,
    /// The target sentences.
    pub target: Vec<&'t str>,
}

/// Finds which sentences of two texts translate each other.
#[derive(Clone, Debug, Default)]
pub struct Aligner {
    pub(crate) tuning: Tuning,
    lexicon: Option<Arc<Lexicon>>,
}

impl Aligner {
    /// An aligner that knows nothing but the texts.
    pub fn new() -> Self {
        Aligner::default()
    }

    /// With a lexicon as a beginning.
    pub fn lexicon(mut self, lexicon: Arc<Lexicon>) -> Self {
        self.lexicon = Some(lexicon);
        self
    }

    /// Aligns one pair of texts.
    pub fn align(&self, source: &[&str], target: &[&str]) -> Vec<Bead> {
        let pair = Pair { source: source.to_vec(), target: target.to_vec() };
        self.align_all(&[pair]).pop().unwrap_or_default()
    }

    /// Aligns several pairs, each by itself.
    pub fn align_each(&self, pairs: &[Pair<'_>]) -> Vec<Vec<Bead>> {
        pairs
            .par_iter()
            .map(|pair| self.align_all(std::slice::from_ref(pair)).pop().unwrap_or_default())
            .collect()
    }

    /// Aligns several pairs, which share what is learnt.
    pub fn align_all(&self, pairs: &[Pair<'_>]) -> Vec<Vec<Bead>> {
        let tuning = &self.tuning;
        let (mut source, mut target) = (Vocabulary::default(), Vocabulary::default());
        let docs: Vec<Doc> = pairs
            .iter()
            .map(|pair| Doc {
                source: Side::read(&pair.source, &mut source),
                target: Side::read(&pair.target, &mut target),
            })
            .collect();
        let mut prior = kin::alike(&source, &target, tuning);
        let trust = kin::trust(&docs, &prior);
        prior.iter_mut().for_each(|pair| pair.2 *= trust);
        if let Some(lexicon) = &self.lexicon {
            prior.extend(
                lexicon
                    .pairs(&source.words, &target.words)
                    .into_iter()
                    .map(|(s, t, w)| (s, t, w * tuning.listed)),
            );
        }
        prior.sort_unstable_by_key(|a| (a.0, a.1));
        prior.dedup_by(|b, a| {
            let same = (a.0, a.1) == (b.0, b.1);
            if same {
                a.2 = a.2.max(b.2);
            }
            same
        });
        let counts = |size: usize, side: &dyn Fn(&Doc) -> &Side| {
            let mut counts = vec![0f32; size];
            for doc in &docs {
                for &word in &side(doc).words {
                    counts[word as usize] += 1.0;
                }
            }
            counts
        };
        let s = counts(source.len(), &|doc| &doc.source);
        let t = counts(target.len(), &|doc| &doc.target);
        let total = (s.iter().sum::<f32>() * t.iter().sum::<f32>()).sqrt().max(tuning.words_floor);
        let occurrences = Occurrences { source: &s, target: &t, total };
        let mut shape = Shape::new(&docs, tuning);
        let mut table = learn::learn(&Examples::default(), &prior, &occurrences, tuning);
        let mut bands: Vec<Band> = docs
            .par_iter()
            .map(|doc| {
                let points = anchors::points(doc, &table);
                let size = (doc.source.len() as u32, doc.target.len() as u32);
                let strong: Vec<_> = points.iter().copied().filter(|point| point.2 >= 0.5).collect();
                let path = coarse::coarse(doc, &points, &anchors::chain(&strong), &shape, tuning);
                let points = coarse::guides(&path, size, tuning.rectangle);
                Band::through(&points, size, tuning.band, tuning.rectangle)
            })
            .collect();
        let mut paths: Vec<Vec<Step>> = Vec::new();
        // Much text teaches enough in a round less.
        let much = docs.iter().map(|doc| doc.source.len()).sum::<usize>() > tuning.much;
        for round in 0..=tuning.rounds - usize::from(much) {
            if round > 0 {
                shape.learn(&docs, &paths, tuning);
                let mut examples = Examples::default();
                for (doc, path) in docs.iter().zip(&paths) {
                    for step in
                        path.iter().filter(|step| step.m > 0 && step.n > 0 && step.score > tuning.sure)
                    {
                        let (source, target) = (step.i..step.i + step.m, step.j..step.j + step.n);
                        examples.push(doc.source.of(source), doc.target.of(target), step.score);
                    }
                }
                table = learn::learn(&examples, &prior, &occurrences, tuning);
                bands = docs
                    .iter()
                    .zip(&paths)
                    .map(|(doc, path)| {
                        let points: Vec<(u32, u32)> = path
                            .iter()
                            .filter(|step| step.m > 0 && step.n > 0 && step.score > 0.3)
                            .map(|step| ((step.i + step.m) as u32, (step.j + step.n) as u32))
                            .collect();
                        let size = (doc.source.len() as u32, doc.target.len() as u32);
                        Band::through(
                            &points,
                            size,
                            if round == 1 && !much { tuning.band } else { tuning.band / 2 },
                            tuning.rectangle,
                        )
                    })
                    .collect();
            }
            paths = docs
                .par_iter()
                .zip(&bands)
                .map_init(Vec::new, |dense, (doc, band)| {
                    let turned = band.turned(doc.target.len());
                    let forward = emit::emissions(
                        &doc.source,
                        &doc.target,
                        band,
                        &table.source,
                        &table.target,
                        tuning,
                        dense,
                    );
                    let backward = emit::emissions(
                        &doc.target,
                        &doc.source,
                        &turned,
                        &table.target,
                        &table.source,
                        tuning,
                        dense,
                    );
                    let alone = [shape.alone(&doc.source, 0), shape.alone(&doc.target, 1)];
                    Plane { doc, band, forward, backward, turned, alone, shape: &shape, tuning }.solve()
                })
                .collect();
        }
        paths
            .into_iter()
            .map(|path| {
                path.into_iter()
                    .map(|step| Bead {
                        source: step.i..step.i + step.m,
                        target: step.j..step.j + step.n,
                        score: f64::from(step.score),
                    })
                    .collect()
            })
            .collect()
    }
}
