//! A first path through two texts, by lengths and rare words only: cheap, so it may look far and wide.

use std::ops::Range;

use super::band::Band;
use super::logs::about_ln;
use super::shape::Shape;
use super::text::Doc;
use super::tuning::Tuning;

/// The kinds of beads that a coarse path knows, with the logarithm of their share.
const KINDS: [(usize, usize, f32); 4] = [(1, 1, -0.12), (1, 2, -3.2), (2, 1, -3.2), (2, 2, -5.0)];

/// A skip's logarithmic price.
const SKIP: f32 = -4.5;

/// The matches of the best path, as pairs of sentences, each with whether rare words speak for it.
///
/// `points` are pairs of sentences that share rare words, sorted; `chain` those of them that the path is
/// looked for around. O(n · √n) time with a small factor, and O(n) from half a million sentences on; of a very
/// long way O(n) bytes, and it is gone twice.
pub(super) fn coarse(
    doc: &Doc,
    points: &[(u32, u32, f32)],
    chain: &[(u32, u32)],
    shape: &Shape,
    tuning: &Tuning,
) -> Vec<(u32, u32, bool)> {
    /// Nodes whose kinds are held on either half of the way: 16 MB.
    const HELD: usize = 1 << 25;
    let (n, m) = (doc.source.len(), doc.target.len());
    let reach = (20 + 3 * n.max(m).isqrt() / 2).min(500_000_000 / n.max(m).max(1)).max(20);
    let reach = reach as u32;
    let band = Band::through(
        chain.iter().map(|&(i, j)| (i, j, reach)),
        (n as u32, m as u32),
        reach,
        tuning.rectangle,
    );
    // By boundary: the characters of the last one and two sentences, and how probable they are by themselves.
    let sources = |i: usize, a: usize| {
        (doc.source.chars(i - a..i) as f32 * shape.ratio, shape.alone_at(&doc.source, 0, i, a))
    };
    let targets =
        |j: usize, b: usize| (doc.target.chars(j - b..j) as f32, shape.alone_at(&doc.target, 1, j, b));
    let turned_sources = |i: usize, a: usize| sources(n - i + a, a);
    // A long text is gone through from both ends at once.
    let middle = if n.max(m) > tuning.piece as usize { n / 2 } else { n };
    let turned = |j: u32| m as u32 - j;
    let turned_rows: Vec<(u32, u32)> =
        band.rows[middle..].iter().rev().map(|&(lo, hi)| (turned(hi), turned(lo))).collect();
    let turned_points: Vec<(u32, u32, f32)> =
        points.iter().rev().map(|&(i, j, weight)| (n as u32 - 1 - i, turned(j) - 1, weight)).collect();
    let ahead = || {
        let rows = &band.rows[..=middle];
        let targets = lengths(rows, &targets);
        Half { rows, sources: &sources, targets, end: m, points, variance: shape.variance }
    };
    let astern = || {
        let (rows, points) = (&turned_rows, &turned_points);
        let targets = lengths(rows, &|j, b| targets(m - j + b, b));
        Half { rows, sources: &turned_sources, targets, end: m, points, variance: shape.variance }
    };
    let (ahead, astern) = rayon::join(|| Found::new(ahead(), HELD), || Found::new(astern(), HELD));
    // Where both meet best.
    let (lo, hi) = band.rows[middle];
    let worth = |j: u32| ahead.last[(j - lo) as usize] + astern.last[(hi - j) as usize];
    let meet = (lo..=hi).fold(lo, |best, j| if worth(j) > worth(best) { j } else { best });
    let (mut path, rest) =
        rayon::join(|| ahead.beads(middle, meet as usize), || astern.beads(n - middle, m - meet as usize));
    path.reverse();
    path.extend(rest.into_iter().map(|(i, j, a, b)| (n - i - a, m - j - b, a, b)));
    let voted = |point| points.binary_search_by(|p| (p.0, p.1).cmp(&point)).is_ok();
    let begins = path.into_iter().map(|(i, j, _, _)| (i as u32, j as u32));
    begins.map(|point| (point.0, point.1, voted(point))).collect()
}

/// Of a boundary and a number of sentences: the characters of the last so many, and how probable they are by themselves.
type Lengths<'l> = dyn Fn(usize, usize) -> (f32, f32) + Sync + 'l;

/// By boundary, up to where these rows end: the lengths of the last one and two sentences, with nothing where there are fewer.
fn lengths(rows: &[(u32, u32)], of: &Lengths<'_>) -> [Vec<(f32, f32)>; 2] {
    let size = rows.last().map_or(0, |&(_, hi)| hi as usize);
    [1, 2].map(|count| (0..=size).map(|at| if at >= count { of(at, count) } else { (0.0, 0.0) }).collect())
}

/// One way through two texts, from an end.
struct Half<'a> {
    /// The band's rows, up to where the way ends.
    rows: &'a [(u32, u32)],
    /// Of source sentences; and of target sentences by their number and boundary, as far as the rows go.
    sources: &'a Lengths<'a>,
    targets: [Vec<(f32, f32)>; 2],
    /// The last target boundary of all.
    end: usize,
    points: &'a [(u32, u32, f32)],
    variance: f32,
}

/// What was found on the way: by node the kind of the last bead, where 4 and 5 are skips.
///
/// Of a very long way the kinds of the last rows alone are held; those of others are found again from what was known where
/// their block of rows begins.
struct Found<'a> {
    half: Half<'a>,
    /// Rows in a block, and what is known where each block begins.
    size: usize,
    begins: Vec<Known>,
    /// The last block.
    block: Block,
    /// The values of the last row.
    last: Vec<f32>,
}

/// What is known before a row.
#[derive(Clone, Default)]
struct Known {
    /// The values of the last three rows, and where each begins.
    rows: [(usize, Vec<f32>); 3],
    /// How many points have been passed, and those of the last two rows.
    at: usize,
    recent: [Range<usize>; 2],
}

/// The kinds of some rows.
struct Block {
    /// Its first row; for each row its first target boundary, and where its nodes begin.
    from: usize,
    rows: Vec<(usize, usize)>,
    kinds: Codes,
}

/// Numbers below 16, two in a byte: there is one for each node of a wide band.
struct Codes {
    bytes: Vec<u8>,
    len: usize,
}

impl Codes {
    /// With room for so many.
    fn with_capacity(most: usize) -> Codes {
        Codes { bytes: Vec::with_capacity(most.div_ceil(2)), len: 0 }
    }

    fn push(&mut self, code: u8) {
        match self.bytes.last_mut() {
            Some(last) if !self.len.is_multiple_of(2) => *last |= code << 4,
            _ => self.bytes.push(code),
        }
        self.len += 1;
    }

    fn get(&self, at: usize) -> u8 {
        self.bytes[at / 2] >> (4 * (at % 2)) & 15
    }
}

/// Room to work in.
struct Room {
    /// By target boundary: what rare words say for the last source sentence with the last target sentence, and
    /// for the source sentence before.
    votes: [Vec<f32>; 2],
    words: Vec<f32>,
    kinds: Vec<u32>,
}

impl Half<'_> {
    fn room(&self) -> Room {
        let votes = vec![0f32; self.end + 1];
        Room { votes: [votes.clone(), votes], words: Vec::new(), kinds: Vec::new() }
    }

    /// Goes through some rows.
    fn block(&self, rows: Range<usize>, known: &mut Known, room: &mut Room) -> Block {
        let of = &self.rows[rows.clone()];
        let nodes = of.iter().map(|&(lo, hi)| (hi - lo + 1) as usize).sum();
        let mut block = Block {
            from: rows.start,
            rows: Vec::with_capacity(rows.len()),
            kinds: Codes::with_capacity(nodes),
        };
        for i in rows {
            block.rows.push((self.rows[i].0 as usize, block.kinds.len));
            self.row(i, known, room, &mut block.kinds);
        }
        block
    }

    /// Goes through a row.
    fn row(&self, i: usize, known: &mut Known, room: &mut Room, found: &mut Codes) {
        let none = f32::NEG_INFINITY;
        let (lo, hi) = self.rows[i];
        let Known { rows, at, recent } = known;
        let Room { votes, words, kinds } = room;
        rows.rotate_right(1);
        let (lo, hi) = (lo as usize, hi as usize);
        let [(start, row), before @ ..] = rows;
        *start = lo;
        row.clear();
        row.resize(hi - lo + 1, none);
        kinds.clear();
        kinds.resize(hi - lo + 1, 0);
        for range in recent.iter() {
            for p in &self.points[range.clone()] {
                votes.iter_mut().for_each(|votes| votes[p.1 as usize + 1] = 0.0);
            }
        }
        if i > 0 {
            let from = *at;
            *at += self.points[from..].iter().take_while(|p| p.0 as usize == i - 1).count();
            *recent = [from..*at, recent[0].clone()];
            for (votes, range) in votes.iter_mut().zip(recent.iter()) {
                self.points[range.clone()].iter().for_each(|p| votes[p.1 as usize + 1] += p.2);
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
            let (s, own) = (self.sources)(i, a);
            let from = &from[first - b - start..=last - b - start];
            let targets = &self.targets[b - 1][first..=last];
            let best = row[first - lo..=last - lo].iter_mut().zip(&mut kinds[first - lo..=last - lo]);
            // Without a branch, so that several nodes are computed at once.
            for (((best, kind), from), (&(t, other), words)) in
                best.zip(from).zip(targets.iter().zip(words.iter()))
            {
                let v = self.variance * (s + t) + 8.0;
                let fit = -(t - s) * (t - s) / v - 0.5 * about_ln(0.5 * v);
                let length = (fit - 0.5 * (own + other)).max(-4.0);
                let value = from + share + length + words;
                let better = value > *best;
                *best = if better { value } else { *best };
                *kind = if better { code as u32 } else { *kind };
            }
        }
        let mut left = none;
        for (best, kind) in row.iter_mut().zip(kinds.iter()) {
            let skip = left + SKIP > *best;
            *best = if skip { left + SKIP } else { *best };
            found.push(if skip { 5 } else { *kind as u8 });
            left = *best;
        }
    }
}

impl<'a> Found<'a> {
    /// Goes the whole way; of more than so many nodes a block of rows at a time.
    fn new(half: Half<'a>, most: usize) -> Found<'a> {
        /// Rows in a block of a very long way; few under Miri, which is slow.
        const SIZE: usize = if cfg!(miri) { 16 } else { 1024 };
        let nodes: usize = half.rows.iter().map(|&(lo, hi)| (hi - lo + 1) as usize).sum();
        let size = if nodes > most { SIZE } else { half.rows.len() };
        let (mut known, mut room) = (Known::default(), half.room());
        let mut begins = Vec::with_capacity(half.rows.len().div_ceil(size));
        let mut block = None;
        for from in (0..half.rows.len()).step_by(size) {
            begins.push(known.clone());
            block = Some(half.block(from..half.rows.len().min(from + size), &mut known, &mut room));
        }
        let block = block.expect("a way has a row for the place where it begins");
        Found { half, size, begins, block, last: std::mem::take(&mut known.rows[0].1) }
    }

    /// The matches of the way to `(i, j)`, the last one first: where each begins, and its sentences.
    fn beads(self, mut i: usize, mut j: usize) -> Vec<(usize, usize, usize, usize)> {
        let Found { half, size, mut begins, mut block, .. } = self;
        let mut beads = Vec::new();
        while i > 0 || j > 0 {
            if i < block.from {
                let from = i / size * size;
                let mut known = std::mem::take(&mut begins[i / size]);
                block = half.block(from..from + size, &mut known, &mut half.room());
            }
            let (lo, offset) = block.rows[i - block.from];
            match block.kinds.get(offset + j - lo) {
                5 => j -= 1,
                4 => i -= 1,
                kind => {
                    let (a, b, _) = KINDS[usize::from(kind)];
                    (i, j) = (i - a, j - b);
                    beads.push((i, j, a, b));
                }
            }
        }
        beads
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_very_long_way_that_is_gone_block_by_block_is_the_same() {
        // Five blocks of rows, in a band of thirty, with sentences of all lengths, each with a rare word beside the path.
        let size: u32 = if cfg!(miri) { 70 } else { 4500 };
        let rows: Vec<(u32, u32)> = (0..=size).map(|i| (i.saturating_sub(15), (i + 15).min(size))).collect();
        let long = |at: usize, by: usize| ((at * by) % 97 + 3) as f32;
        let sources = |at: usize, count: usize| (long(at, 31) * count as f32, 3.0);
        let targets = |at: usize, count: usize| (long(at, 53) * count as f32, 3.0);
        let points: Vec<(u32, u32, f32)> = (0..size - 3).map(|i| (i, i + i % 4, 2.0)).collect();
        let found = |most: usize| {
            let (end, targets) = (size as usize, lengths(&rows, &targets));
            let half = Half { rows: &rows, sources: &sources, targets, end, points: &points, variance: 6.8 };
            Found::new(half, most)
        };
        let (whole, parted) = (found(usize::MAX), found(0));
        assert_eq!((whole.begins.len(), parted.begins.len()), (1, 5));
        assert_eq!(whole.last, parted.last);
        let kinds = |block: &Block, i: usize| -> Vec<u8> {
            let ((lo, hi), (_, offset)) = (rows[i], block.rows[i - block.from]);
            (0..=(hi - lo) as usize).map(|node| block.kinds.get(offset + node)).collect()
        };
        for (at, known) in parted.begins.iter().enumerate() {
            let of = at * parted.size..rows.len().min((at + 1) * parted.size);
            let block = parted.half.block(of.clone(), &mut known.clone(), &mut parted.half.room());
            of.for_each(|i| assert_eq!(kinds(&block, i), kinds(&whole.block, i), "row {i}"));
        }
        let beads = |found: Found<'_>| found.beads(size as usize, size as usize - 3);
        let whole = beads(whole);
        assert!(whole.len() > size as usize / 5, "{}", whole.len());
        assert_eq!(whole, beads(parted));
    }

    #[test]
    fn two_codes_stand_in_a_byte_and_are_told_apart() {
        let all = [5, 0, 15, 3, 4, 1, 2];
        let mut codes = Codes::with_capacity(3);
        all.iter().for_each(|&code| codes.push(code));
        assert!((0..all.len()).map(|at| codes.get(at)).eq(all));
        assert_eq!((codes.len, codes.bytes.len()), (7, 4));
    }
}
