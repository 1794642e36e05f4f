//! Rare words that stand for each other: where they meet, and the heaviest chain of such places.

use super::table::{Relations, Table};
use super::text::{Doc, Side};

/// A word that occurs more often on its side is not rare.
pub(super) const RARE: u8 = 6;

/// Pairs of sentences that share rare words, sorted, each with what they weigh.
///
/// Only words that occur a few times on their side count, each pair of places weighing the less the
/// more places there are.
pub(super) fn points(doc: &Doc, table: &Table) -> Vec<(u32, u32, f32)> {
    let source = places(&doc.source, &table.source);
    let target = places(&doc.target, &table.target);
    let mut points: Vec<(u32, u32, f32)> = Vec::new();
    for at in source.chunk_by(|a, b| a.0 == b.0) {
        let s = at[0].0;
        for &(t, ratio) in table.source.of(s) {
            let from = target.partition_point(|place| place.0 < t);
            let other = &target[from..];
            let other = &other[..other.iter().take_while(|place| place.0 == t).count()];
            if other.is_empty() || ratio < 2.0 {
                continue;
            }
            let believed = (1.0 - table.source.loose(s)) * (1.0 - table.target.loose(t));
            let weight = believed * ratio.ln() / (at.len() * other.len()) as f32;
            for &(_, i) in at {
                for &(_, j) in other {
                    points.push((i, j, weight));
                }
            }
        }
    }
    points.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    points.dedup_by(|b, a| {
        let same = (a.0, a.1) == (b.0, b.1);
        if same {
            a.2 += b.2;
        }
        same
    });
    points
}

/// The rare words that have relations, sorted, each with the sentences that it stands in.
fn places(side: &Side, relations: &Relations) -> Vec<(u32, u32)> {
    let mut times = vec![0u8; side.words.iter().max().map_or(0, |&most| most as usize + 1)];
    for &word in &side.words {
        let times = &mut times[word as usize];
        *times = times.saturating_add(1);
    }
    let counts = |word: u32| times[word as usize] <= RARE && !relations.of(word).is_empty();
    let mut places = Vec::with_capacity(side.words.iter().filter(|&&word| counts(word)).count());
    for sentence in 0..side.len() {
        let own = side.of(sentence..sentence + 1).iter().copied().filter(|&word| counts(word));
        places.extend(own.map(|word| (word, sentence as u32)));
    }
    places.sort_unstable();
    places.dedup();
    places
}

/// The heaviest chain of points that rise on both sides. O(k log m).
pub(super) fn chain(points: &[(u32, u32, f32)]) -> Vec<(u32, u32)> {
    let size = points.iter().map(|p| p.1 + 1).max().unwrap_or(0) as usize;
    // By target place: the best chain that ends at or before it (a Fenwick tree of maxima).
    let mut tree: Vec<(f32, u32)> = vec![(0.0, u32::MAX); size + 1];
    let mut before = vec![u32::MAX; points.len()];
    let mut best = (0f32, u32::MAX);
    let mut at = 0;
    while at < points.len() {
        let row = points[at].0;
        let end = at + points[at..].iter().take_while(|p| p.0 == row).count();
        let mut found = Vec::with_capacity(end - at);
        for (k, point) in points[at..end].iter().enumerate() {
            let mut top = (0f32, u32::MAX);
            let mut j = point.1 as usize;
            while j > 0 {
                if tree[j].0 > top.0 {
                    top = tree[j];
                }
                j &= j - 1;
            }
            before[at + k] = top.1;
            found.push((top.0 + point.2, (at + k) as u32));
        }
        for (value, index) in found {
            if value > best.0 {
                best = (value, index);
            }
            let mut j = points[index as usize].1 as usize + 1;
            while j <= size {
                if value > tree[j].0 {
                    tree[j] = (value, index);
                }
                j += j & j.wrapping_neg();
            }
        }
        at = end;
    }
    let mut path = Vec::new();
    let mut at = best.1;
    while at != u32::MAX {
        path.push((points[at as usize].0, points[at as usize].1));
        at = before[at as usize];
    }
    path.reverse();
    path
}
