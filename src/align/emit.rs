//! What the words say of each pair of sentences in the band.

use super::band::Band;
use super::table::Relations;
use super::text::Side;
use super::tuning::Tuning;

/// The most sentences of one side in a bead.
pub(super) const MOST: usize = 4;

/// For each node `(i, j)` of the band: how much likelier than by chance the words of sentence `j - 1` of `other` are,
/// given the `1..=MOST` sentences of `given` that end with sentence `i - 1` (natural logarithm).
pub(super) fn emissions(
    given: &Side,
    other: &Side,
    band: &Band,
    relations: &Relations,
    others: &Relations,
    tuning: &Tuning,
) -> Vec<[f32; MOST]> {
    let mut out = vec![[0f32; MOST]; band.len()];
    let mut dense = vec![0f32; others.len()];
    // For the last MOST rows: first word of `other` that is covered, and the sums from there.
    let mut recent: [(usize, Vec<f32>); MOST] = Default::default();
    for i in 1..=given.len() {
        recent.rotate_right(1);
        let words = given.of(i - 1..i);
        for &word in words {
            for &(b, ratio) in relations.of(word) {
                dense[b as usize] += ratio;
            }
        }
        let (lo, hi) = (band.rows[i].0.max(1) as usize, band.rows[i].1 as usize);
        if lo <= hi {
            let span = other.span(lo - 1..hi);
            recent[0].0 = span.start;
            recent[0].1.clear();
            recent[0].1.extend(other.words[span].iter().map(|&b| dense[b as usize]));
        } else {
            recent[0].1.clear();
        }
        for &word in words {
            for &(b, _) in relations.of(word) {
                dense[b as usize] = 0.0;
            }
        }
        // The loose mass and the number of words of the last m sentences.
        let mut loose = [0f32; MOST];
        let mut length = [0f32; MOST];
        let (mut mass, mut count) = (0f32, 0f32);
        for m in 0..MOST.min(i) {
            for &word in given.of(i - 1 - m..i - m) {
                mass += relations.loose[word as usize];
                count += 1.0;
            }
            loose[m] = mass;
            length[m] = count;
        }
        for j in lo..=hi {
            let node = &mut out[band.offsets[i] + j - band.rows[i].0 as usize];
            let mut product = [1f32; MOST];
            for at in other.span(j - 1..j) {
                let k = 1.0 - others.loose[other.words[at] as usize];
                let mut sum = 0f32;
                for m in 0..MOST.min(i) {
                    let (from, sums) = &recent[m];
                    if at >= *from {
                        sum += sums.get(at - from).copied().unwrap_or(0.0);
                    }
                    let base = (tuning.null + loose[m]) / (tuning.null + length[m]);
                    let hit = sum / (tuning.null + length[m]);
                    product[m] *= (1.0 - k) * (1.0 - tuning.closed + tuning.closed * base)
                        + k * (base * (1.0 - k * tuning.missed) + hit);
                }
                for m in 0..MOST {
                    if !(1e-20..=1e20).contains(&product[m]) {
                        node[m] += product[m].ln();
                        product[m] = 1.0;
                    }
                }
            }
            for m in 0..MOST {
                node[m] += product[m].ln();
            }
        }
    }
    out
}
