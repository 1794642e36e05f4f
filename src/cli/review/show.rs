//! How a unit that is looked at is shown, with its neighbours.

use super::super::lay::{Layout, Style, width};
use crate::bitext::{Kind, Unit};
use crate::desk::review::{COMMANDS, Precision, View};

/// The lines that show a unit.
pub(super) fn view(view: &View, layout: Layout) -> Vec<String> {
    let unit = view.unit;
    let mut lines = vec![String::new(), head(view, layout)];
    lines.extend(neighbour("before", view.before, layout));
    lines.extend(sentences("fr", &unit.fr, Style::Bold, layout));
    if unit.fr.is_empty() {
        lines.push(layout.word(Style::Dim, "fr      – (English alone)"));
    }
    if unit.is_stale() {
        let (was, fr) = (unit.more.was.join(" "), unit.french());
        lines.extend(layout.paragraph("changed ", &Layout::compared(&was, &fr)));
    }
    lines.extend(sentences("en", &unit.en, Style::Plain, layout));
    if !unit.has_english() {
        lines.push(layout.word(Style::Dim, "en      –"));
    }
    if let Some(note) = &unit.more.note {
        lines.extend(layout.paragraph("note    ", &[(Style::Plain, note)]));
    }
    for (check, message) in view.findings {
        lines.extend(layout.paragraph("found   ", &[(Style::Plain, &format!("{check}: {message}"))]));
    }
    lines.extend(neighbour("after", view.after, layout));
    lines
}

/// A rule with the unit's name, its state, and what is left.
fn head(view: &View, layout: Layout) -> String {
    let unit = view.unit;
    let mut parts = vec![format!("{}:{}", view.stem, unit.id), view.place.to_string()];
    if unit.kind != Kind::Body {
        parts.push(unit.kind.to_string());
    }
    parts.push(format!("{}{}", if unit.is_stale() { "stale " } else { "" }, unit.status));
    parts.extend(unit.score.map(|score| format!("{score:.2}")));
    let end = match view.left {
        1 => " the last one ──".to_owned(),
        left => format!(" {left} to go ──"),
    };
    let begin = format!("── {} ", parts.join(" · "));
    let fill = layout.columns.map_or(2, |columns| columns.saturating_sub(width(&begin) + width(&end)).max(2));
    format!("{begin}{}{end}", "─".repeat(fill))
}

/// A unit's sentences, numbered where there are several.
fn sentences(label: &str, texts: &[String], style: Style, layout: Layout) -> Vec<String> {
    let number = |at: usize| if texts.len() > 1 { format!("{label} {}", at + 1) } else { label.to_owned() };
    let of = |(at, text): (usize, &String)| layout.paragraph(&format!("{:<8}", number(at)), &[(style, text)]);
    texts.iter().enumerate().flat_map(of).collect()
}

fn neighbour(label: &str, unit: Option<&Unit>, layout: Layout) -> Vec<String> {
    // A script knows its neighbours.
    let Some(unit) = unit.filter(|_| layout.columns.is_some()) else { return Vec::new() };
    let french = if unit.fr.is_empty() { "–".to_owned() } else { unit.french() };
    let english = if unit.has_english() { unit.english() } else { "–".to_owned() };
    let mut lines = layout.paragraph(&format!("{label:<8}"), &[(Style::Dim, &french)]);
    lines.extend(layout.paragraph("        ", &[(Style::Dim, &english)]));
    lines
}

/// What can be typed.
pub(super) fn help(layout: Layout) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (typed, what) in COMMANDS {
        lines.extend(layout.paragraph(&format!("  {typed:<14}"), &[(Style::Plain, what)]));
    }
    lines
}

/// What a sample comes to: `precision 0.953 (286 of 300 right), 95 % interval 0.923 to 0.972 (Wilson)`.
pub(super) fn precision(precision: Precision, of: usize) -> String {
    let Some(share) = precision.share() else { return format!("precision: none of {of} is judged yet") };
    let (low, high) = precision.interval();
    let so_far = match of - precision.judged.min(of) {
        0 => String::new(),
        left => format!("; not judged yet: {left} of {of}"),
    };
    format!(
        "precision {share:.3} ({} of {} right), 95 % interval {low:.3} to {high:.3} (Wilson){so_far}",
        precision.right, precision.judged
    )
}
