//! `export --verify`: what was written, read again.

use std::path::Path;

use super::super::corpus::desk_failed;
use super::super::{Failure, Terminal};
use crate::bitext::{Stem, flat};
use crate::desk::export::Export;
use crate::desk::verify::Difference;
use crate::store::Corpus;

/// Compares, and tells what is different; whether nothing is.
pub(super) fn verify(
    terminal: &Terminal,
    export: &Export,
    corpus: &Corpus,
    stems: &[Stem],
    path: &Path,
) -> Result<bool, Failure> {
    let shown = path.display();
    let verified = export
        .verify(corpus, stems, path)
        .map_err(|error| desk_failed(format!("cannot verify {shown}, which is written"), error))?;
    for difference in &verified.differences {
        terminal.report(&Failure::new(format!("{shown}: {}", told(difference))));
    }
    if verified.all_differences > 0 {
        terminal.tell(format!(
            "{} differences between {shown} and the corpus, in {} units",
            verified.all_differences, verified.units
        ));
        return Ok(false);
    }
    let changed = match verified.changed {
        0 => "all as they are in the corpus".to_owned(),
        1 => "all as they are in the corpus, but for 1 text that the format cannot hold as it is".to_owned(),
        many => format!(
            "all as they are in the corpus, but for {many} texts that the format cannot hold as they are"
        ),
    };
    terminal.tell(format!("verified: {} units read again, {changed}", verified.units));
    Ok(true)
}

fn told(difference: &Difference) -> String {
    let unit = difference.unit.as_ref().map(|(stem, id)| format!("{stem}:{id}")).unwrap_or_default();
    match (&difference.place, &difference.cell) {
        (Some(place), Some((column, found, expected))) => {
            format!(
                "{place}: {unit}: column {column}: found `{}`, expected `{}`",
                short(found),
                short(expected)
            )
        }
        (Some(place), None) => format!("{place}: found a unit more than the corpus has"),
        (None, _) => format!("{unit}: is missing there"),
    }
}

/// As much of a text as a message can hold.
fn short(text: &str) -> String {
    let flat = flat(text);
    let mut short: String = flat.chars().take(120).collect();
    if short.len() < flat.len() {
        short.push('…');
    }
    short
}
