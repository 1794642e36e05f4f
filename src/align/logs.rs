//! Logarithms: of numbers, of sums, and back; the same on every computer.

use std::sync::LazyLock;

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

/// The natural logarithm of a positive number, 0.06 off at most: for what is looked at but coarsely.
#[inline]
pub(super) fn about_ln(x: f32) -> f32 {
    /// What one by the powers of two is called in bits, less half of what a straight line misses of the curve.
    const ONE: i32 = 0x3F80_0000 - 0x0005_8000;
    (x.to_bits() as i32 - ONE) as f32 * (std::f32::consts::LN_2 / 8_388_608.0)
}

/// The logarithm of the sum of two numbers given as logarithms, to about five digits.
#[inline]
pub(super) fn add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    let apart = high - low;
    // Also where both are minus infinity.
    if apart.is_nan() || apart >= FAR {
        return high;
    }
    let at = apart * STEPS;
    let whole = at as usize;
    let part = at - whole as f64;
    let table = &*SUMS;
    high + table[whole] + part * (table[whole + 1] - table[whole])
}

/// A probability from its logarithm; none where it is next to nothing.
#[inline]
pub(super) fn probability(ln: f64) -> f32 {
    if ln < -NOTHING { 0.0 } else { ln.exp().min(1.0) as f32 }
}

/// The logarithm of one by a probability that is none.
const NOTHING: f64 = 10.0;

/// Beyond this distance the smaller of two numbers does not count.
const FAR: f64 = 20.0;

/// Steps of the table by one unit.
const STEPS: f64 = 64.0;

/// `ln(1 + exp(-x))` for each step of `x`.
static SUMS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    (0..=(FAR * STEPS) as usize + 1).map(|at| (-(at as f64) / STEPS).exp().ln_1p()).collect()
});

/// `ln(free + (1 - free) · e^x)`, to about three digits: with a floor, and a ceiling.
#[derive(Clone, Debug)]
pub(super) struct Soft(Vec<f32>);

impl Soft {
    /// Steps of the table by one unit, and how far it goes either way.
    const STEPS: f32 = 32.0;
    const FAR: f32 = 12.0;

    pub fn new(free: f32) -> Soft {
        let free = f64::from(free.max(1e-6));
        let at = |k: i32| (free + (1.0 - free) * (f64::from(k) / f64::from(Self::STEPS)).exp()).ln() as f32;
        let most = (Self::STEPS * Self::FAR) as i32;
        Soft((-most..=most + 1).map(at).collect())
    }

    #[inline]
    pub fn of(&self, x: f32) -> f32 {
        let at = (x.clamp(-Self::FAR, Self::FAR) + Self::FAR) * Self::STEPS;
        let whole = at as usize;
        let part = at - whole as f32;
        self.0[whole] + part * (self.0[whole + 1] - self.0[whole])
    }
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
