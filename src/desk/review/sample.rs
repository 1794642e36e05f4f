//! A random sample, and what it says of the whole.

/// How many of a sample were right, and between what bounds the whole may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Units judged right.
    pub right: usize,
    /// Units judged.
    pub judged: usize,
}

impl Precision {
    /// The share that was right; none where nothing was judged.
    pub fn share(self) -> Option<f64> {
        (self.judged > 0).then(|| self.right as f64 / self.judged as f64)
    }

    /// The 95 % interval of the share: see [`wilson`].
    pub fn interval(self) -> (f64, f64) {
        wilson(self.right, self.judged)
    }
}

/// The 95 % score interval of a share, `right` of `all` (Wilson 1927).
///
/// It is never outside 0 to 1, and is right also for few units and for shares near 1. Nothing judged: 0 to 1.
///
/// # Examples
///
/// ```
/// use enregard::desk::review::wilson;
/// let (low, high) = wilson(286, 300);
/// assert_eq!(format!("{low:.3} {high:.3}"), "0.923 0.972");
/// ```
pub fn wilson(right: usize, all: usize) -> (f64, f64) {
    /// The normal distribution leaves 2.5 % above it.
    const Z: f64 = 1.959_963_984_540_054;
    if all == 0 {
        return (0.0, 1.0);
    }
    let (k, n) = (right as f64, all as f64);
    let middle = (k + Z * Z / 2.0) / (n + Z * Z);
    let half = Z / (n + Z * Z) * (k * (n - k) / n + Z * Z / 4.0).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}

/// `count` of the numbers below `of`, drawn at random without putting back; in the order in which they were drawn.
///
/// The same seed gives the same numbers everywhere (SplitMix64, Steele et al. 2014).
pub(super) fn draw(of: usize, count: usize, seed: u64) -> Vec<usize> {
    let mut state = seed;
    let mut next = move || {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    };
    let mut all: Vec<usize> = (0..of).collect();
    let count = count.min(of);
    for at in 0..count {
        // The bias of the remainder is below 2^-40 for any corpus.
        let other = at + (next() % (of - at) as u64) as usize;
        all.swap(at, other);
    }
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_the_books() {
        let shown = |right, all| {
            let (low, high) = wilson(right, all);
            format!("{low:.4} {high:.4}")
        };
        assert_eq!(shown(0, 10), "0.0000 0.2775");
        assert_eq!(shown(10, 10), "0.7225 1.0000");
        assert_eq!(shown(81, 263), "0.2553 0.3662");
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn a_draw_has_each_number_once_and_is_even() {
        let mut hits = [0; 20];
        for seed in 0..2000 {
            let drawn = draw(20, 5, seed);
            assert_eq!(drawn, draw(20, 5, seed));
            let mut sorted = drawn.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), 5);
            drawn.iter().for_each(|at| hits[*at] += 1);
        }
        // 500 are expected of each, with a standard deviation of about 19.
        assert!(hits.iter().all(|hit| (400..600).contains(hit)), "{hits:?}");
        assert_eq!(draw(3, 10, 1).len(), 3);
        assert_ne!(draw(100, 10, 1), draw(100, 10, 2));
    }
}
