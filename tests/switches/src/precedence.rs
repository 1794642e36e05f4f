//! How far another operator reaches: `a + b` of `a + b - c` can be replaced alone, the `&&` of `a && b && c` not always.
//!
//! cargo-mutants replaces the operator in the text, and the text is then read anew: `a || b && c` is `a || (b && c)`. So the
//! part that is put behind a switch is the smallest around the operator whose outside is read as before.

use std::ops::Range;

use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{BinOp, Expr, ExprBinary};

/// The smallest of `around` (byte ranges into `source`, the operation itself first, each within the next) such that the mutated text
/// means the same as with this one in parentheses; `None` where the mutated text cannot be read at all.
pub fn smallest(
    source: &str,
    around: &[Range<usize>],
    operator: &Range<usize>,
    replacement: &str,
) -> Option<usize> {
    let whole = around.last()?;
    let mutated = |range: &Range<usize>| with(source, range, operator, replacement);
    let meant = read(&mutated(whole))?;
    (0..around.len()).find(|&at| {
        let part = &around[at];
        let outside = (&source[whole.start..part.start], &source[part.end..whole.end]);
        read(&format!("{}({}){}", outside.0, mutated(part), outside.1)).is_some_and(|read| read == meant)
    })
}

/// The text of this range with another operator.
pub fn with(source: &str, range: &Range<usize>, operator: &Range<usize>, replacement: &str) -> String {
    format!("{}{replacement}{}", &source[range.start..operator.start], &source[operator.end..range.end])
}

/// Reads an expression and takes the parentheses away: what they say stands in the tree.
fn read(text: &str) -> Option<Expr> {
    let mut expression = syn::parse_str(text).ok()?;
    Bare.visit_expr_mut(&mut expression);
    Some(expression)
}

struct Bare;

impl VisitMut for Bare {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        while let Expr::Paren(inner) = expression {
            *expression = (*inner.expr).clone();
        }
        visit_expr_mut(self, expression);
    }
}

/// Whether a `let` stands among the operands: such an expression can be nothing but a condition.
pub fn has_let(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(ExprBinary { left, right, op: BinOp::And(_), .. }) => has_let(left) || has_let(right),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The part that is replaced for an operator, given as it stands between the spaces of the source.
    fn part<'s>(source: &'s str, around: &[&str], operator: &str, replacement: &str) -> Option<&'s str> {
        let at = |text: &str| source.find(text).map(|start| start..start + text.len()).unwrap();
        let around: Vec<_> = around.iter().map(|text| at(text)).collect();
        let found = smallest(source, &around, &at(operator), replacement)?;
        Some(&source[around[found].clone()])
    }

    #[test]
    fn an_operator_that_binds_alike_is_replaced_alone() {
        assert_eq!(part("a + b - c", &["a + b", "a + b - c"], "+", "-"), Some("a + b"));
        assert_eq!(part("a < b && c", &["a < b", "a < b && c"], "<", "=="), Some("a < b"));
    }

    #[test]
    fn one_that_binds_more_or_less_takes_its_neighbours_along() {
        assert_eq!(part("a && b && c", &["a && b", "a && b && c"], "&&", "||"), Some("a && b && c"));
        assert_eq!(part("a * b + c", &["a * b", "a * b + c"], "*", "+"), Some("a * b"));
        assert_eq!(part("a - b * c", &["b * c", "a - b * c"], "*", "+"), Some("a - b * c"));
    }

    #[test]
    fn what_cannot_be_read_has_no_part() {
        assert_eq!(part("a as u8 > b", &["a as u8 > b"], ">", "<"), None);
    }
}
