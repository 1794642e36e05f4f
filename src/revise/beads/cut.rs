//! A link over French that cannot be one unit, cut where it cannot be joined.

use std::ops::Range;

use super::{Frame, Link};

/// The parts of a link, in order: pieces that can be joined, and the English sentences that go with them.
///
/// English goes where the lengths fit best; of one sentence all goes to one part.
pub(super) fn cut(frame: &Frame, link: &Link) -> Vec<(Range<usize>, Range<usize>)> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for piece in link.source.clone() {
        match groups.last_mut() {
            Some(group) if frame.joins[piece] => group.end = piece + 1,
            _ => groups.push(piece..piece + 1),
        }
    }
    if let [only] = &groups[..] {
        return vec![(only.clone(), link.target.clone())];
    }
    let fr: Vec<f64> = groups
        .iter()
        .map(|group| frame.pieces[group.clone()].iter().map(|piece| chars(&piece.text)).sum())
        .collect();
    let en: Vec<f64> = link.target.clone().map(|at| chars(&frame.english[frame.content[at]].text)).collect();
    let ends = divide(&fr, &en);
    let mut start = link.target.start;
    groups
        .into_iter()
        .zip(ends)
        .map(|(group, end)| {
            let target = start..link.target.start + end;
            start = target.end;
            (group, target)
        })
        .collect()
}

fn chars(text: &str) -> f64 {
    text.chars().count() as f64
}

/// How many of the texts of lengths `en` are taken when each of the parts of lengths `fr` has had its share.
///
/// Dynamic programming over parts and texts: O(parts · texts²).
fn divide(fr: &[f64], en: &[f64]) -> Vec<usize> {
    let ratio = (en.iter().sum::<f64>() / fr.iter().sum::<f64>().max(1.0)).max(0.01);
    let cost = |part: usize, texts: Range<usize>| {
        let (wanted, has) = (fr[part] * ratio, en[texts].iter().sum::<f64>());
        (wanted - has).powi(2) / (wanted + has + 1.0)
    };
    let n = en.len();
    // best[k][j]: the cost of the first k parts with the first j texts, and where the last of them begins.
    let mut best = vec![vec![(f64::INFINITY, 0); n + 1]; fr.len() + 1];
    best[0][0].0 = 0.0;
    for part in 0..fr.len() {
        for end in 0..=n {
            for start in 0..=end {
                let sum = best[part][start].0 + cost(part, start..end);
                if sum < best[part + 1][end].0 {
                    best[part + 1][end] = (sum, start);
                }
            }
        }
    }
    let mut ends = vec![n; fr.len()];
    let mut end = n;
    for part in (0..fr.len()).rev() {
        ends[part] = end;
        end = best[part + 1][end].1;
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_go_where_their_lengths_fit() {
        assert_eq!(divide(&[10.0, 100.0], &[95.0]), [0, 1]);
        assert_eq!(divide(&[100.0, 10.0], &[95.0]), [1, 1]);
        assert_eq!(divide(&[50.0, 50.0], &[20.0, 25.0, 50.0]), [2, 3]);
        assert_eq!(divide(&[10.0, 10.0, 10.0], &[9.0, 9.0, 9.0]), [1, 2, 3]);
        assert_eq!(divide(&[5.0, 5.0], &[]), [0, 0]);
    }
}
