//! How long the English of a French is: what is usual, and how far it varies.
//!
//! Gale and Church (1993) take the ratio of lengths for normally distributed; so is its logarithm here. Without a corpus the constants
//! are those of newspaper sentences. Over a corpus they are its own: the median of the logarithms, and the median of their distances
//! from it (MAD, × 1.4826: a standard deviation that a few wrong pairs do not move; Leys and others 2013). A corpus of terse English is
//! so measured by terse English. Fewer than a hundred pairs tell nothing.

/// The usual length of an English text, in characters for each French one, and its spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lengths {
    /// The usual ratio.
    pub ratio: f32,
    /// The standard deviation of the ratio's logarithm in long texts.
    pub spread: f32,
}

impl Default for Lengths {
    /// Those of newspaper sentences.
    fn default() -> Self {
        Lengths { ratio: 0.86, spread: 0.15 }
    }
}

/// Pairs without which a corpus has no usual length.
const LEAST: usize = 100;
/// Characters of French below which a pair says nothing of it.
const SHORTEST: f32 = 20.0;

impl Lengths {
    /// The usual length over these pairs' numbers of characters, French and English.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::quality::Lengths;
    /// let terse: Vec<(f32, f32)> = (0..200).map(|n| (100.0 + n as f32, 70.0 + 0.7 * n as f32)).collect();
    /// assert!((Lengths::of(&terse).ratio - 0.7).abs() < 0.01);
    /// assert_eq!(Lengths::of(&terse[..50]), Lengths::default());
    /// ```
    pub fn of(pairs: &[(f32, f32)]) -> Lengths {
        let mut logs: Vec<f32> = pairs
            .iter()
            .filter(|(fr, en)| *fr >= SHORTEST && *en >= 1.0)
            .map(|(fr, en)| (en / fr).ln())
            .collect();
        if logs.len() < LEAST {
            return Lengths::default();
        }
        let middle = median(&mut logs);
        let mut apart: Vec<f32> = logs.iter().map(|log| (log - middle).abs()).collect();
        // What is beyond these bounds is no translation into English, or the same line a hundred times.
        Lengths {
            ratio: middle.exp().clamp(0.5, 1.5),
            spread: (median(&mut apart) * 1.4826).clamp(0.1, 0.25),
        }
    }

    /// How far the English is from what is usual, in standard deviations: −3 is much too short. Short texts vary more.
    pub fn deviation(&self, fr: f32, en: f32) -> f32 {
        if fr < 1.0 || en < 1.0 {
            return 0.0;
        }
        (en / fr / self.ratio).ln() / (self.spread.powi(2) + 1.44 / fr).sqrt()
    }
}

fn median(values: &mut [f32]) -> f32 {
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_wrong_pairs_do_not_move_what_is_usual() {
        let mut pairs: Vec<(f32, f32)> = (0..500).map(|n| (80.0, 60.0 + (n % 20) as f32)).collect();
        let before = Lengths::of(&pairs);
        pairs.extend((0..50).map(|_| (200.0, 5.0)));
        let after = Lengths::of(&pairs);
        assert!((before.ratio - after.ratio).abs() < 0.03, "{before:?} {after:?}");
        assert!(after.deviation(200.0, 5.0) < -10.0 && after.deviation(100.0, 86.0).abs() < 2.0);
    }
}
