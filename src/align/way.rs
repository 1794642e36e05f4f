//! The way that a path is looked for along: points with how far around them, cut into pieces.

use std::ops::Range;

use super::band::Band;
use super::path::Step;
use super::shape::Shape;
use super::table::Table;
use super::text::Doc;
use super::tuning::Tuning;
use super::{anchors, coarse};

/// Points that a path is looked for around, and nodes that it is taken to go through.
pub(super) struct Way {
    /// Source and target boundary, and the half width of the band; rising.
    points: Vec<(u32, u32, u32)>,
    /// The nodes where pieces meet, with the ends of the pair.
    cuts: Vec<(u32, u32)>,
    /// Half width of the band where there is no point.
    wide: u32,
}

/// A part of a pair that is solved by itself.
pub(super) struct Piece {
    pub source: Range<usize>,
    pub target: Range<usize>,
}

impl Way {
    /// The way along a first path, by lengths and rare words.
    pub fn first(doc: &Doc, table: &Table, shape: &Shape, tuning: &Tuning) -> Self {
        let size = (doc.source.len() as u32, doc.target.len() as u32);
        let points = anchors::points(doc, table);
        let strong: Vec<_> = points.iter().copied().filter(|point| point.2 >= 0.5).collect();
        let path = coarse::coarse(doc, &points, &anchors::chain(&strong), shape, tuning);
        // Certain: one sentence with one, and rare words say so.
        let nodes: Vec<(u32, u32, f32)> = path
            .windows(2)
            .map(|pair| {
                let (a, b) = (pair[0], pair[1]);
                let even = (b.0 - a.0, b.1 - a.1) == (1, 1);
                (b.0, b.1, if even { 0.5 } else { 0.0 } + if a.2 { 0.5 } else { 0.0 })
            })
            .collect();
        let guides = coarse::guides(&path, size, tuning.rectangle);
        Way {
            points: guides.into_iter().map(|(i, j)| (i, j, tuning.band)).collect(),
            cuts: cuts(&nodes, size, tuning.piece),
            wide: tuning.band,
        }
    }

    /// No way: everything is looked at.
    pub fn whole(doc: &Doc, tuning: &Tuning) -> Self {
        let end = (doc.source.len() as u32, doc.target.len() as u32);
        Way { points: Vec::new(), cuts: vec![(0, 0), end], wide: tuning.band }
    }

    /// The way along a path: narrow where it is certain, of half width `wide` elsewhere.
    pub fn along(path: &[Step], doc: &Doc, wide: u32, tuning: &Tuning) -> Self {
        let size = (doc.source.len() as u32, doc.target.len() as u32);
        let unsure: Vec<usize> = (0..path.len()).filter(|&at| path[at].score < tuning.certain).collect();
        let near = tuning.near as usize;
        let points = path
            .iter()
            .enumerate()
            .filter(|(_, step)| step.matches() && step.score > 0.3)
            .map(|(at, step)| {
                // The unsure beads from `near` before this one on: is one of them near?
                let next = unsure.partition_point(|&other| other + near < at);
                let certain = unsure.get(next).is_none_or(|&other| other > at + near);
                let width = if certain { tuning.near.min(wide) } else { wide };
                let (i, j) = step.end();
                (i as u32, j as u32, width)
            })
            .collect();
        let node = |step: &Step| (step.end().0 as u32, step.end().1 as u32, step.score);
        let nodes: Vec<(u32, u32, f32)> = path.iter().map(node).collect();
        Way { points, cuts: cuts(&nodes, size, tuning.piece), wide }
    }

    /// The parts that are solved by themselves.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> {
        self.cuts.windows(2).map(|pair| Piece {
            source: pair[0].0 as usize..pair[1].0 as usize,
            target: pair[0].1 as usize..pair[1].1 as usize,
        })
    }

    /// The band through a piece, its nodes counted from the piece's beginning.
    pub fn band(&self, piece: &Piece, tuning: &Tuning) -> Band {
        let (i, j) = (piece.source.start as u32, piece.target.start as u32);
        let (n, m) = (piece.source.len() as u32, piece.target.len() as u32);
        let from = self.points.partition_point(|point| point.0 <= i);
        let points = self.points[from..]
            .iter()
            .take_while(|point| point.0 < i + n)
            .filter(|point| point.1 > j && point.1 < j + m)
            .map(|&(a, b, width)| (a - i, b - j, width));
        Band::through(points, (n, m), self.wide, tuning.rectangle)
    }
}

/// Where a long path is cut: about every `size` sentences, at the node with the most certain beads around.
///
/// `nodes` are the path's, each with how certain what leads to it is, 0 to 1.
fn cuts(nodes: &[(u32, u32, f32)], end: (u32, u32), size: u32) -> Vec<(u32, u32)> {
    /// Beads on either side that must be certain.
    const AROUND: usize = 5;
    let mut cuts = vec![(0, 0)];
    let mut last = (0, 0);
    let far = |from: (u32, u32), to: (u32, u32)| (to.0 - from.0).max(to.1 - from.1);
    let mut at = 0;
    while far(last, end) > size + size / 2 {
        let from = at + nodes[at..].partition_point(|node| far(last, (node.0, node.1)) < size / 2);
        let to = at + nodes[at..].partition_point(|node| far(last, (node.0, node.1)) < size + size / 4);
        let around = |k: usize| {
            let certain = nodes[k.saturating_sub(AROUND)..(k + AROUND).min(nodes.len())].iter();
            certain.map(|node| node.2).fold(f32::INFINITY, f32::min)
        };
        // The first of those that are equally certain.
        let best = (from..to).fold(None, |best: Option<(usize, f32)>, k| match (best, around(k)) {
            (Some(best), value) if best.1 >= value => Some(best),
            (_, value) => Some((k, value)),
        });
        let Some((best, _)) = best else { break };
        last = (nodes[best].0, nodes[best].1);
        cuts.push(last);
        at = best;
    }
    cuts.push(end);
    cuts
}
