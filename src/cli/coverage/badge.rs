//! The coverage as a badge for a README: a small SVG, with its text for those who do not see it.

use std::io::{self, Write};

use super::Numbers;
use super::table::percent;
use crate::quality::Of;

/// What stands to the left of the number.
const LABEL: &str = "coverage";

/// Writes the badge.
pub(super) fn write(out: &mut impl Write, total: &Numbers, of: Of) -> io::Result<()> {
    let share = total.share(of);
    let percent = percent(share);
    let number = percent.trim_end_matches(" %").trim_end_matches(".0");
    let colour = match share {
        share if share >= 1.0 => "#2c6e4f",
        share if share >= 0.8 => "#55823c",
        share if share >= 0.5 => "#8f6d12",
        _ => "#a1502b",
    };
    // Digits are as wide as each other in all common faces: 7 units of 11.
    let (label, value) = (LABEL.len() * 7 + 6, (number.len() + 2) * 7 + 8);
    let all = label + value;
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all}\" height=\"20\" role=\"img\" aria-label=\"{LABEL}: {number} %\">\n\
         <title>{LABEL}: {number} % of {}</title>\n\
         <clipPath id=\"r\"><rect width=\"{all}\" height=\"20\" rx=\"3\"/></clipPath>\n\
         <g clip-path=\"url(#r)\"><rect width=\"{label}\" height=\"20\" fill=\"#4b463e\"/><rect x=\"{label}\" width=\"{value}\" height=\"20\" fill=\"{colour}\"/></g>\n\
         <g fill=\"#fff\" font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"11\" text-anchor=\"middle\">\n\
         <text x=\"{}\" y=\"14\">{LABEL}</text>\n<text x=\"{}\" y=\"14\">{number} %</text>\n</g>\n</svg>",
        of.as_str(),
        label / 2,
        label + value / 2,
    )
}
