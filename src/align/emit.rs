//! What the words say of each pair of sentences in the band.

use super::band::Band;
use super::table::Relations;
use super::text::Side;
use super::tuning::Tuning;

/// The most sentences of one side in a bead.
pub(super) const MOST: usize = 4;

/// For each node `(i, j)` of the band: how much likelier than by chance the words of sentence `j - 1` of `other` are,
/// given the `1..=MOST` sentences of `given` that end with sentence `i - 1` (natural logarithm).
///
/// `dense` is room to work in: zeros, and left so.
pub(super) fn emissions(
    given: &Side,
    other: &Side,
    band: &Band,
    relations: &Relations,
    others: &Relations,
    tuning: &Tuning,
    dense: &mut Vec<f32>,
) -> Vec<[f32; MOST]> {
    let mut out = vec![[0f32; MOST]; band.len()];
    dense.resize(others.len(), 0.0);
    // For each word of `other`: its part that is loose, and what is known of it, less for being missed.
    let parts: Vec<[f32; 2]> = other
        .words
        .iter()
        .map(|&word| {
            let known = 1.0 - others.loose[word as usize];
            [1.0 - known, known * (1.0 - known * tuning.missed)]
        })
        .collect();
    // For each covered word of `other`, from `first` on: what the last 1..=MOST sentences of `given` bind
    // it with; for this row and the one before.
    let (mut bound, mut before): (Vec<[f32; MOST]>, Vec<[f32; MOST]>) = Default::default();
    let (mut first, mut first_before) = (0, 0);
    for i in 1..=given.len() {
        std::mem::swap(&mut bound, &mut before);
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
                for &word in given.of(i - 1 - m..i - m) {
                    mass += relations.loose[word as usize];
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
    out
}

/// The natural logarithm of a positive number, to about six digits; the same on every computer.
#[inline]
pub(super) fn ln(x: f32) -> f32 {
    let bits = x.max(f32::MIN_POSITIVE).to_bits();
    // x = 2^exponent * (1 + rest), with the rest around 0; then a series in rest / (2 + rest).
    let exponent = ((bits + 0x004A_FB0D) >> 23) as i32 - 127;
    let rest = f32::from_bits((bits as i32 - (exponent << 23)) as u32) - 1.0;
    let y = rest / (2.0 + rest);
    let square = y * y;
    let series = 2.0 * y * (1.0 + square * (1.0 / 3.0 + square * (0.2 + square / 7.0)));
    exponent as f32 * std::f32::consts::LN_2 + series
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logarithm_is_right_to_five_digits() {
        for k in -400..400 {
            let x = 1.2f32.powi(k);
            if x.is_normal() {
                assert!((ln(x) - x.ln()).abs() <= 1e-5 * x.ln().abs().max(1.0), "{x}: {} {}", ln(x), x.ln());
            }
        }
    }
}
