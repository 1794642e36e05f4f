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
    let none = f32::NEG_INFINITY;
    let mut back = vec![0u8; band.len()];
    // The values of the last three rows.
    let mut rows: [Vec<f32>; 3] = Default::default();
    let mut votes = vec![[0f32; 3]; m + 1];
    let mut at = 0;
    let mut recent: [std::ops::Range<usize>; 2] = [0..0, 0..0];
    for i in 0..=n {
        rows.rotate_right(1);
        let (lo, hi) = (band.rows[i].0 as usize, band.rows[i].1 as usize);
        let [row, before, before2] = &mut rows;
        row.clear();
        row.resize(hi - lo + 1, none);
        // What rare words say of the last sentence, and of the one before.
        for range in &recent {
            points[range.clone()].iter().for_each(|p| votes[p.1 as usize + 1] = [0.0; 3]);
        }
        if i > 0 {
            let from = at;
            while points.get(at).is_some_and(|p| p.0 as usize == i - 1) {
                at += 1;
            }
            recent = [from..at, recent[0].clone()];
            for (k, range) in recent.iter().enumerate() {
                points[range.clone()].iter().for_each(|p| votes[p.1 as usize + 1][k] += p.2);
            }
        }
        for j in lo..=hi {
            let (mut best, mut kind) = (none, 0u8);
            if i == 0 && j == 0 {
                best = 0.0;
            }
            let mut offer = |value: f32, k: u8| {
                if value > best {
                    (best, kind) = (value, k);
                }
            };
            if j > lo {
                offer(row[j - 1 - lo] + SKIP, 5);
            }
            let value = |row: &[f32], i: usize, j: usize| {
                let lo = band.rows[i].0 as usize;
                if j < lo { none } else { row.get(j - lo).copied().unwrap_or(none) }
            };
            if i > 0 {
                offer(value(before, i - 1, j) + SKIP, 4);
            }
            for (k, &(a, b, share)) in KINDS.iter().enumerate() {
                if a > i || b > j {
                    continue;
                }
                let from = value(if a == 1 { before } else { before2 }, i - a, j - b);
                if from == none {
                    continue;
                }
                let s = doc.source.chars(i - a..i) as f32 * shape.ratio;
                let t = doc.target.chars(j - b..j) as f32;
                let v = shape.variance * (s + t) + 8.0;
                let fit = -(t - s) * (t - s) / v - 0.5 * ln(0.5 * v);
                let length = fit - 0.5 * (alone[0][i][a - 1] + alone[1][j][b - 1]);
                let mut words = votes[j][0];
                if a == 2 {
                    words += votes[j][1];
                }
                if b == 2 {
                    words += votes[j - 1][0] + if a == 2 { votes[j - 1][1] } else { 0.0 };
                }
                offer(from + share + length.max(-4.0) + words, k as u8);
            }
            row[j - lo] = best;
            back[band.offsets[i] + j - lo] = kind;
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
