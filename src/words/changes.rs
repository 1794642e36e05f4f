//! Two versions of a text, compared word by word, to be shown.

use similar::{Algorithm, DiffTag, capture_diff_slices};

use super::words;

/// A stretch of two versions of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'t> {
    /// In both.
    Same(&'t str),
    /// Only in the old one.
    Gone(&'t str),
    /// Only in the new one.
    New(&'t str),
}

/// What became of `old` in `new`, word by word.
///
/// `Same` and `Gone` together are `old`, `Same` and `New` together are `new`, byte for byte. Where
/// something was replaced, `Gone` comes before `New`; a space between two replaced words is taken
/// as replaced with them. O(n·d) time, where d is the number of differences (Myers 1986).
///
/// # Examples
///
/// ```
/// use enregard::words::{Change, changes};
/// assert_eq!(
///     changes("Il ne pleut pas.", "Il pleut."),
///     [
///         Change::Same("Il "),
///         Change::Gone("ne "),
///         Change::Same("pleut"),
///         Change::Gone(" pas"),
///         Change::Same("."),
///     ]
/// );
/// ```
pub fn changes<'t>(old: &'t str, new: &'t str) -> Vec<Change<'t>> {
    let (olds, news) = (pieces(old), pieces(new));
    let mut runs: Vec<Run> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &olds, &news) {
        let run = Run {
            same: op.tag() == DiffTag::Equal,
            old: op.old_range().map(|at| olds[at].len()).sum(),
            new: op.new_range().map(|at| news[at].len()).sum(),
        };
        runs.push(run);
    }
    // A blank between two changes would only chop them up.
    let mut at_new = 0;
    let starts: Vec<usize> = runs
        .iter()
        .map(|run| {
            at_new += run.new;
            at_new - run.new
        })
        .collect();
    for index in 1..runs.len().saturating_sub(1) {
        let text = &new[starts[index]..starts[index] + runs[index].new];
        if runs[index].same && text.trim().is_empty() && both(&runs[index - 1]) && both(&runs[index + 1]) {
            runs[index].same = false;
        }
    }
    let (mut old, mut new) = (old, new);
    let mut shown = Vec::with_capacity(runs.len());
    for run in runs.chunk_by(|a, b| a.same == b.same) {
        let same = run[0].same;
        let (gone, old_rest) = old.split_at(run.iter().map(|run| run.old).sum());
        let (come, new_rest) = new.split_at(run.iter().map(|run| run.new).sum());
        (old, new) = (old_rest, new_rest);
        if same {
            shown.push(Change::Same(come));
            continue;
        }
        if !gone.is_empty() {
            shown.push(Change::Gone(gone));
        }
        if !come.is_empty() {
            shown.push(Change::New(come));
        }
    }
    shown
}

/// Bytes of the old and of the new text.
struct Run {
    same: bool,
    old: usize,
    new: usize,
}

/// Whether something was replaced, so that a blank beside it may go with it.
fn both(run: &Run) -> bool {
    !run.same && run.old > 0 && run.new > 0
}

/// Words, blanks and single marks: together the text.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for word in words(text) {
        gap(&text[at..word.start], &mut pieces);
        pieces.push(word.of(text));
        at = word.end;
    }
    gap(&text[at..], &mut pieces);
    pieces
}

fn gap<'t>(mut text: &'t str, pieces: &mut Vec<&'t str>) {
    while let Some(first) = text.chars().next() {
        let blank = text.len() - text.trim_start().len();
        let (piece, rest) = text.split_at(if blank > 0 { blank } else { first.len_utf8() });
        pieces.push(piece);
        text = rest;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbouring_replaced_words_are_one_change() {
        assert_eq!(
            changes("La Chine a fermé la porte.", "La Chine vient d’ouvrir la porte."),
            [
                Change::Same("La Chine "),
                Change::Gone("a fermé"),
                Change::New("vient d’ouvrir"),
                Change::Same(" la porte."),
            ]
        );
        assert_eq!(changes("", ""), []);
        assert_eq!(changes("a", ""), [Change::Gone("a")]);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_two_texts(old in "[ab’ «.\u{00A0}\n]{0,24}", new in "[ab’ «.\u{00A0}\n]{0,24}") {
            let (mut left, mut right) = (String::new(), String::new());
            for change in changes(&old, &new) {
                match change {
                    Change::Same(text) => { left.push_str(text); right.push_str(text) }
                    Change::Gone(text) => left.push_str(text),
                    Change::New(text) => right.push_str(text),
                }
            }
            prop_assert_eq!((left, right), (old, new));
        }
    }
}
