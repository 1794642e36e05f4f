//! What the words say of each pair of sentences in the band.

use super::band::Band;
use super::logs::ln;
use super::table::Relations;
use super::text::Side;
use super::tuning::Tuning;

/// The most sentences of one side in a bead.
pub(super) const MOST: usize = 4;

/// Room to work in, kept from one text to the next.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// By word of the other side: zeros, and left so.
    dense: Vec<f32>,
    parts: Vec<[f32; 2]>,
    /// For each word of the one side: what is loose of it.
    loose_of: Vec<f32>,
    bound: Vec<[f32; MOST]>,
    before: Vec<[f32; MOST]>,
}

/// For each node `(i, j)` of the band: how much likelier than by chance the words of sentence `j - 1` of `other` are,
/// given the `1..=MOST` sentences of `given` that end with sentence `i - 1` (natural logarithm).
///
/// They stand in `out`; `room` is to work in.
pub(super) fn emissions(
    [given, other]: [&Side; 2],
    band: &Band,
    [relations, others]: [&Relations; 2],
    tuning: &Tuning,
    room: &mut Room,
    out: &mut Vec<[f32; MOST]>,
) {
    out.clear();
    out.resize(band.len(), [0.0; MOST]);
    let Room { dense, parts, loose_of, bound, before } = room;
    dense.resize(others.len().max(dense.len()), 0.0);
    parts.clear();
    loose_of.clear();
    loose_of.extend(given.words.iter().map(|&word| relations.loose(word)));
    bound.clear();
    before.clear();
    // For each word of `other`: its part that is loose, and what is known of it, less for being missed.
    parts.extend(other.words.iter().map(|&word| {
        let known = 1.0 - others.loose(word);
        [1.0 - known, known * (1.0 - known * tuning.missed)]
    }));
    // For each covered word of `other`, from `first` on: what the last 1..=MOST sentences of `given` bind
    // it with; for this row and the one before.
    let (mut first, mut first_before) = (0, 0);
    for i in 1..=given.len() {
        std::mem::swap(bound, before);
        std::mem::swap(&mut first, &mut first_before);
        bound.clear();
        let (lo, hi) = (band.rows[i].0.max(1) as usize, band.rows[i].1 as usize);
        if lo > hi {
            continue;
        }
        let words = given.of(i - 1..i);
        for &word in words {
            for &(other, ratio) in relations.of(word) {
                dense[other as usize] += ratio;
            }
        }
        // By the number of sentences: one by their words, what is loose of those, and what a word counts
        // for that nothing is known of.
        let (mut share, mut loose, mut unknown) = ([0f32; MOST], [0f32; MOST], [0f32; MOST]);
        let (mut mass, mut count) = (tuning.null, tuning.null);
        for m in 0..MOST {
            if m < i {
                for &own in &loose_of[given.span(i - 1 - m..i - m)] {
                    mass += own;
                    count += 1.0;
                }
            }
            share[m] = 1.0 / count;
            loose[m] = mass / count;
            unknown[m] = 1.0 - tuning.closed + tuning.closed * loose[m];
        }
        first = other.span(lo - 1..hi).start;
        for j in lo..=hi {
            let node = &mut out[band.offsets[i] + j - band.rows[i].0 as usize];
            let mut product = [1f32; MOST];
            let mut since = 0;
            for at in other.span(j - 1..j) {
                let own = dense[other.words[at] as usize];
                let [a, b, c, _] = at
                    .checked_sub(first_before)
                    .and_then(|at| before.get(at))
                    .copied()
                    .unwrap_or([0.0; MOST]);
                let sums = [own, own + a, own + b, own + c];
                bound.push(sums);
                let [open, kept] = parts[at];
                for m in 0..MOST {
                    product[m] *= open * unknown[m] + kept * loose[m] + (1.0 - open) * share[m] * sums[m];
                }
                // Before a product leaves what the number type can hold: a factor is between 1e-4 and 1e7.
                since += 1;
                if since == 4 {
                    since = 0;
                    if product.iter().any(|p| !(1e-9..=1e9).contains(p)) {
                        for m in 0..MOST {
                            node[m] += ln(product[m]);
                            product[m] = 1.0;
                        }
                    }
                }
            }
            for m in 0..MOST {
                node[m] += ln(product[m]);
            }
        }
        for &word in words {
            for &(other, _) in relations.of(word) {
                dense[other as usize] = 0.0;
            }
        }
    }
}
