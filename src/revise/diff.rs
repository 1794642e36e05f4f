//! What two sequences have in common, in order. Not for showing: that is [`changes`](crate::words::changes).
//!
//! Long stretches are divided at what is unique on both sides (Bram Cohen's patience diff), and only
//! short ones are compared cell by cell, so that the cost stays close to linear in a long article.

use std::collections::HashMap;

use super::token::Token;

/// A stretch of two sequences, half-open on both sides.
#[derive(Clone, Copy)]
struct Stretch {
    old: (usize, usize),
    new: (usize, usize),
}

impl Stretch {
    /// The stretches before, between and after pairs that stand in it.
    fn between(self, anchors: &[(usize, usize)]) -> impl Iterator<Item = Stretch> {
        let ends = anchors.iter().copied().chain([(self.old.1, self.new.1)]);
        ends.scan((self.old.0, self.new.0), |from, (i, j)| {
            let part = Stretch { old: (from.0, i), new: (from.1, j) };
            *from = (i + 1, j + 1);
            Some(part)
        })
    }

    fn is_empty(self) -> bool {
        self.old.0 >= self.old.1 || self.new.0 >= self.new.1
    }

    fn cells(self) -> usize {
        (self.old.1 - self.old.0).saturating_mul(self.new.1 - self.new.0)
    }
}

/// What two sequences are compared by.
trait Numbered {
    /// Equal numbers, equal items.
    fn number(&self) -> u32;
}

impl Numbered for u32 {
    fn number(&self) -> u32 {
        *self
    }
}

impl Numbered for Token {
    fn number(&self) -> u32 {
        self.id
    }
}

/// Stretches are divided at unique items at most this deep; then by occurrence.
const DEPTH: usize = 24;

/// Pairs of equal items, in order on both sides: a patience diff.
///
/// Where nothing is unique, the n-th occurrence of an item on one side goes with the n-th on the other, if it
/// stands there equally often; else it is left to a closer look.
/// O(n log n) time for each of at most 24 levels.
pub(super) fn common(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open = vec![(Stretch { old: (0, old.len()), new: (0, new.len()) }, 0)];
    while let Some((mut stretch, depth)) = open.pop() {
        while !stretch.is_empty() && old[stretch.old.0] == new[stretch.new.0] {
            pairs.push((stretch.old.0, stretch.new.0));
            stretch.old.0 += 1;
            stretch.new.0 += 1;
        }
        while !stretch.is_empty() && old[stretch.old.1 - 1] == new[stretch.new.1 - 1] {
            stretch.old.1 -= 1;
            stretch.new.1 -= 1;
            pairs.push((stretch.old.1, stretch.new.1));
        }
        if stretch.is_empty() {
            continue;
        }
        let anchors = if depth < DEPTH { unique(old, new, stretch) } else { Vec::new() };
        if anchors.is_empty() {
            pairs.extend(by_occurrence(old, new, stretch, true));
            continue;
        }
        open.extend(stretch.between(&anchors).map(|part| (part, depth + 1)));
        pairs.extend(anchors);
    }
    pairs.sort_unstable();
    pairs
}

/// The longest run, in order on both sides, of items that stand once on either side.
fn unique<T: Numbered>(old: &[T], new: &[T], stretch: Stretch) -> Vec<(usize, usize)> {
    // For each item of the shorter side (the other has no need of a place for what is not there): how often and where last.
    if new.len() < old.len() && stretch.new.1 - stretch.new.0 < stretch.old.1 - stretch.old.0 {
        let turned = unique(new, old, Stretch { old: stretch.new, new: stretch.old });
        return turned.into_iter().map(|(j, i)| (i, j)).collect();
    }
    let mut seen: HashMap<u32, (u32, usize, u32, usize)> = HashMap::new();
    for (i, item) in old.iter().enumerate().take(stretch.old.1).skip(stretch.old.0) {
        let entry = seen.entry(item.number()).or_default();
        entry.0 += 1;
        entry.1 = i;
    }
    for (j, item) in new.iter().enumerate().take(stretch.new.1).skip(stretch.new.0) {
        if let Some(entry) = seen.get_mut(&item.number()) {
            entry.2 += 1;
            entry.3 = j;
        }
    }
    let pairs =
        seen.into_values().filter(|entry| entry.0 == 1 && entry.2 == 1).map(|entry| (entry.1, entry.3));
    longest_rising(pairs.collect())
}

/// Pairs the n-th occurrences of equal items, as far as they are in order; with `evenly`, of those that stand
/// equally often on both sides.
fn by_occurrence<T: Numbered>(old: &[T], new: &[T], stretch: Stretch, evenly: bool) -> Vec<(usize, usize)> {
    // Only what stands on both sides needs a list of its places.
    let mut often: HashMap<u32, usize> = HashMap::new();
    for item in &old[stretch.old.0..stretch.old.1] {
        *often.entry(item.number()).or_default() += 1;
    }
    let mut places: HashMap<u32, Vec<u32>> = HashMap::new();
    for j in (stretch.new.0..stretch.new.1).rev() {
        if often.contains_key(&new[j].number()) {
            places.entry(new[j].number()).or_default().push(j as u32);
        }
    }
    if evenly {
        places.retain(|item, places| often.get(item) == Some(&places.len()));
    }
    let mut next = |i: usize| Some((i, places.get_mut(&old[i].number())?.pop()? as usize));
    longest_rising((stretch.old.0..stretch.old.1).filter_map(&mut next).collect())
}

/// The longest subset of pairs that rises on both sides; no two share a side. O(n log n).
pub(super) fn longest_rising(mut pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    pairs.sort_unstable();
    if pairs.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1) {
        return pairs;
    }
    // For each length, the pair that ends a run of it lowest; and each pair's predecessor, itself where it has none.
    let mut ends: Vec<u32> = Vec::new();
    let mut before: Vec<u32> = Vec::with_capacity(pairs.len());
    for (at, &(_, j)) in (0u32..).zip(&pairs) {
        let length = ends.partition_point(|&end| pairs[end as usize].1 < j);
        before.push(length.checked_sub(1).map_or(at, |shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let last = ends.last().copied();
    let earlier = |&at: &u32| Some(before[at as usize]).filter(|&before| before != at);
    let mut run = Vec::with_capacity(ends.len());
    drop(ends);
    run.extend(std::iter::successors(last, earlier).map(|at| pairs[at as usize]));
    run.reverse();
    run
}

/// Stretches of at most this many cells are compared cell by cell.
const CELLS: usize = 1 << 20;

/// What it is worth that a match follows another on both sides.
const RUN: u32 = 2;

/// What a pair of tokens is worth, if anything: equal ones their weight, one family somewhat less.
fn worth(old: Token, new: Token) -> Option<u32> {
    if old.id == new.id {
        Some(old.weight())
    } else if old.family() == new.family() {
        Some((old.weight().min(new.weight()) * 7 / 10).max(1))
    } else {
        None
    }
}

/// The pairs of like tokens, in order on both sides, that are worth most together.
///
/// O(n·m) up to a million cells; longer stretches are first divided at unique words.
pub(super) fn matched(old: &[Token], new: &[Token]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut open = vec![(Stretch { old: (0, old.len()), new: (0, new.len()) }, 0)];
    while let Some((stretch, depth)) = open.pop() {
        if stretch.is_empty() {
            continue;
        }
        if stretch.cells() <= CELLS {
            cell_by_cell(old, new, stretch, &mut pairs);
            continue;
        }
        let anchors = if depth < DEPTH { unique(old, new, stretch) } else { Vec::new() };
        if anchors.is_empty() {
            pairs.extend(by_occurrence(old, new, stretch, false));
            continue;
        }
        open.extend(stretch.between(&anchors).map(|part| (part, depth + 1)));
        pairs.extend(anchors);
    }
    pairs.sort_unstable();
    pairs
}

const FROM_MATCH: u8 = 1;
const FROM_OLD: u8 = 2;
const RUNS_ON: u8 = 4;

/// Needleman and Wunsch without a price for gaps, with a bonus for runs (Gotoh's second state).
fn cell_by_cell(old: &[Token], new: &[Token], stretch: Stretch, pairs: &mut Vec<(usize, usize)>) {
    let (rows, columns) = (stretch.old.1 - stretch.old.0, stretch.new.1 - stretch.new.0);
    let mut came = vec![0_u8; rows * columns];
    // The best of the row above, whatever it ends with; and the best that ends with a match, or none.
    let mut best = vec![0_u32; columns + 1];
    let mut ending: Vec<Option<u32>> = vec![None; columns + 1];
    for row in 0..rows {
        let token = old[stretch.old.0 + row];
        let (mut corner, mut corner_ending) = (best[0], ending[0]);
        for column in 0..columns {
            let mut how = 0;
            let here = worth(token, new[stretch.new.0 + column]).map(|worth| {
                let running = corner_ending.map(|score| score + RUN).filter(|&score| score >= corner);
                if running.is_some() {
                    how |= RUNS_ON;
                }
                running.unwrap_or(corner) + worth
            });
            let (above, left) = (best[column + 1], best[column]);
            (corner, corner_ending) = (above, ending[column + 1]);
            best[column + 1] = match here {
                Some(score) if score >= above.max(left) => {
                    how |= FROM_MATCH;
                    score
                }
                _ if above >= left => {
                    how |= FROM_OLD;
                    above
                }
                _ => left,
            };
            ending[column + 1] = here;
            came[row * columns + column] = how;
        }
    }
    let (mut row, mut column) = (rows, columns);
    let mut forced = false;
    while row > 0 && column > 0 {
        let how = came[(row - 1) * columns + column - 1];
        if forced || how & FROM_MATCH != 0 {
            pairs.push((stretch.old.0 + row - 1, stretch.new.0 + column - 1));
            forced = how & RUNS_ON != 0;
            row -= 1;
            column -= 1;
        } else if how & FROM_OLD != 0 {
            row -= 1;
        } else {
            column -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::{Vocabulary, tokens};
    use super::*;

    #[test]
    fn what_is_common_rises_on_both_sides_and_is_equal() {
        let old = [1, 2, 3, 4, 5, 6, 7, 7, 8];
        let new = [1, 3, 2, 4, 9, 7, 6, 7, 8];
        let pairs = common(&old, &new);
        assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        assert!(pairs.iter().all(|&(i, j)| old[i] == new[j]));
        assert_eq!(pairs.len(), 6);
    }

    #[test]
    fn long_stretches_without_anything_unique_are_quick() {
        let old: Vec<u32> = (0..210_000).map(|i| i % 7).collect();
        let new: Vec<u32> = (0..210_000).map(|i| (i + 3) % 7).collect();
        assert!(common(&old, &new).len() > 100_000);
    }

    #[test]
    fn a_word_that_stands_twice_is_matched_where_its_neighbours_are() {
        let mut vocabulary = Vocabulary::default();
        let mut read =
            |text: &str| tokens(text).map(|span| vocabulary.token(span.of(text))).collect::<Vec<_>>();
        let (old, new) = (read("Le chat dort."), read("Le chien mange. Le chat dort."));
        assert_eq!(matched(&old, &new), [(0, 4), (1, 5), (2, 6), (3, 7)]);
    }
}
