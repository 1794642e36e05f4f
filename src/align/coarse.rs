//! A first path through two texts, by lengths and rare words only: cheap, so it may look far and wide.

use super::band::Band;
use super::emit::ln;
use super::path::Shape;
use super::text::Doc;
use super::tuning::Tuning;

/// The kinds of beads that a coarse path knows, with the logarithm of their share.
const KINDS: [(usize, usize, f32); 4] = [(1, 1, -0.12), (1, 2, -3.2), (2, 1, -3.2), (2, 2, -5.0)];

/// A skip's logarithmic price.
const SKIP: f32 = -4.5;

/// The matches of the best path, as pairs of sentences, each with whether rare words speak for it.
///
/// `points` are pairs of sentences that share rare words, sorted; `chain` those of them that the path is
/// looked for around. O(n · √n) time and bytes, with a small factor; O(n) from 200,000 sentences on.
pub(super) fn coarse(
    doc: &Doc,
    points: &[(u32, u32, f32)],
    chain: &[(u32, u32)],
    shape: &Shape,
    tuning: &Tuning,
) -> Vec<(u32, u32, bool)> {
    let (n, m) = (doc.source.len(), doc.target.len());
    let reach = (20 + 3 * n.max(m).isqrt() / 2).min(30_000_000 / n.max(m).max(1)).max(20);
    let reach = reach as u32;
    let band = Band::through(
        chain.iter().map(|&(i, j)| (i, j, reach)),
        (n as u32, m as u32),
        reach,
        tuning.rectangle,
    );
    let alone = [shape.alone(&doc.source, 0), shape.alone(&doc.target, 1)];
    // By target boundary: the last one and two sentences' characters, and how probable they are by themselves.
    let targets: [Vec<(f32, f32)>; 2] = std::array::from_fn(|b| {
        (0..=m)
            .map(|j| match j > b {
                true => (doc.target.chars(j - b - 1..j) as f32, alone[1][j][b]),
                false => (0.0, 0.0),
            })
            .collect()
    });
    let none = f32::NEG_INFINITY;
    let mut back = vec![0u8; band.len()];
    // The values of the last three rows, and where each begins.
    let mut rows: [(usize, Vec<f32>); 3] = Default::default();
    // By target boundary: what rare words say for the last source sentence with the last target sentence, and
    // for the source sentence before.
    let mut votes = [vec![0f32; m + 1], vec![0f32; m + 1]];
    let (mut words, mut kinds): (Vec<f32>, Vec<u32>) = Default::default();
    let mut at = 0;
    let mut recent: [std::ops::Range<usize>; 2] = [0..0, 0..0];
    for i in 0..=n {
        rows.rotate_right(1);
        let (lo, hi) = (band.rows[i].0 as usize, band.rows[i].1 as usize);
        let [(start, row), before @ ..] = &mut rows;
        *start = lo;
        row.clear();
        row.resize(hi - lo + 1, none);
        kinds.clear();
        kinds.resize(hi - lo + 1, 0);
        for range in &recent {
            for p in &points[range.clone()] {
                votes.iter_mut().for_each(|votes| votes[p.1 as usize + 1] = 0.0);
            }
        }
        if i > 0 {
            let from = at;
            while points.get(at).is_some_and(|p| p.0 as usize == i - 1) {
                at += 1;
            }
            recent = [from..at, recent[0].clone()];
            for (votes, range) in votes.iter_mut().zip(&recent) {
                points[range.clone()].iter().for_each(|p| votes[p.1 as usize + 1] += p.2);
            }
        }
        if i == 0 {
            row[0] = 0.0;
        } else {
            let (start, from) = &before[0];
            let from_lo = lo.max(*start);
            let from = &from[from_lo - start..];
            for ((best, kind), from) in
                row[from_lo - lo..].iter_mut().zip(&mut kinds[from_lo - lo..]).zip(from)
            {
                (*best, *kind) = (from + SKIP, 4);
            }
        }
        for (code, &(a, b, share)) in KINDS.iter().enumerate().filter(|(_, kind)| kind.0 <= i) {
            let (start, from) = &before[a - 1];
            // The nodes that such a bead can end at, from those that it can begin at.
            let (first, last) = (lo.max(start + b), hi.min(start + from.len() + b - 1));
            if first > last {
                continue;
            }
            words.clear();
            words.extend_from_slice(&votes[0][first..=last]);
            let mut add = |more: &[f32]| words.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
            if a == 2 {
                add(&votes[1][first..=last]);
            }
            if b == 2 {
                add(&votes[0][first - 1..last]);
                if a == 2 {
                    add(&votes[1][first - 1..last]);
                }
            }
            let s = doc.source.chars(i - a..i) as f32 * shape.ratio;
            let own = alone[0][i][a - 1];
            let from = &from[first - b - start..=last - b - start];
            let targets = &targets[b - 1][first..=last];
            let best = row[first - lo..=last - lo].iter_mut().zip(&mut kinds[first - lo..=last - lo]);
            // Without a branch, so that several nodes are computed at once.
            for (((best, kind), from), (&(t, other), words)) in best.zip(from).zip(targets.iter().zip(&words))
            {
                let v = shape.variance * (s + t) + 8.0;
                let fit = -(t - s) * (t - s) / v - 0.5 * ln(0.5 * v);
                let length = (fit - 0.5 * (own + other)).max(-4.0);
                let value = from + share + length + words;
                let better = value > *best;
                *best = if better { value } else { *best };
                *kind = if better { code as u32 } else { *kind };
            }
        }
        let mut left = none;
        for ((best, kind), back) in row.iter_mut().zip(&kinds).zip(&mut back[band.offsets[i]..]) {
            *back = *kind as u8;
            if left + SKIP > *best {
                (*best, *back) = (left + SKIP, 5);
            }
            left = *best;
        }
    }
    let mut path = Vec::new();
    let (mut i, mut j) = (n, m);
    while i > 0 || j > 0 {
        match back[band.offsets[i] + j - band.rows[i].0 as usize] {
            5 => j -= 1,
            4 => i -= 1,
            k => {
                let (a, b, _) = KINDS[usize::from(k)];
                (i, j) = (i - a, j - b);
                let point = (i as u32, j as u32);
                let voted = points.binary_search_by(|p| (p.0, p.1).cmp(&point)).is_ok();
                path.push((point.0, point.1, voted));
            }
        }
    }
    path.reverse();
    path
}

/// The points that a first band leads through: matches that rare words speak for, and all of them where
/// such are too far apart.
pub(super) fn guides(path: &[(u32, u32, bool)], size: (u32, u32), most: u64) -> Vec<(u32, u32)> {
    let mut guides = Vec::new();
    let mut last = (0u32, 0u32);
    let mut from = 0;
    let mut close = |to: usize, point: (u32, u32), guides: &mut Vec<(u32, u32)>| {
        if u64::from(point.0 - last.0 + 1) * u64::from(point.1 - last.1 + 1) > most {
            guides.extend(path[from..to].iter().map(|p| (p.0, p.1)));
        }
        last = point;
        from = to + 1;
    };
    for (at, point) in path.iter().enumerate().filter(|(_, point)| point.2) {
        close(at, (point.0, point.1), &mut guides);
        guides.push((point.0, point.1));
    }
    close(path.len(), size, &mut guides);
    guides
}
