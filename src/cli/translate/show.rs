//! How a sentence and its neighbours look, and what is said around them.

use crate::bitext::{Edition, Status, Stem, Unit};
use crate::desk::translate::{Tally, View};
use crate::desk::{Answer, English};

use super::super::corpus::of_edition;
use super::super::lay::{Layout, Style, width};

/// As wide as the longest label, with a blank.
const BLANK: &str = "        ";

/// The lines that show a sentence. With `typing`, its English is not shown: it stands in the line that is edited.
pub(super) fn view(view: &View, layout: Layout, typing: bool) -> Vec<String> {
    let mut lines = vec![String::new(), head(view, layout)];
    for (label, unit) in [("before  ", view.before), ("after   ", view.after)] {
        // A script knows its neighbours.
        if let Some(unit) = unit.filter(|_| layout.columns.is_some()) {
            lines.extend(layout.paragraph(label, &[(Style::Dim, &unit.french())]));
            let english = if unit.has_english() { unit.english() } else { "–".to_owned() };
            lines.extend(layout.paragraph(BLANK, &[(Style::Dim, &english)]));
        }
    }
    lines.push(String::new());
    lines.extend(layout.paragraph("french  ", &[(Style::Bold, &view.unit.french())]));
    if !view.unit.more.was.is_empty() {
        let (was, fr) = (view.unit.more.was.join(" "), view.unit.french());
        lines.extend(layout.paragraph("changed ", &Layout::compared(&was, &fr)));
    }
    if let Some(note) = &view.unit.more.note {
        lines.extend(layout.paragraph("note    ", &[(Style::Plain, note)]));
    }
    if let Some(clash) = view.clash {
        lines.push("Somebody else has changed this sentence meanwhile.".to_owned());
        lines.extend(layout.paragraph("theirs  ", &[(Style::Plain, &told(&clash.theirs))]));
        let mine = match &clash.mine.english {
            Some(English::Typed(text)) => text.clone(),
            _ => done(&clash.mine),
        };
        lines.extend(layout.paragraph("mine    ", &[(Style::Plain, &mine)]));
        lines.push(":mine enters yours, :theirs leaves theirs; or type another.".to_owned());
    } else if !typing && view.unit.has_english() {
        lines.extend(layout.paragraph("english ", &[(Style::Plain, &view.unit.english())]));
    }
    if let Some(text) = view.unfinished.filter(|_| view.clash.is_none()) {
        match typing {
            true => lines.push(layout.word(Style::Dim, "(not confirmed the last time)")),
            false => lines.extend(layout.paragraph("typed   ", &[(Style::Plain, text)])),
        }
    }
    lines
}

/// The rule above a sentence: where it is, which, and what there is left.
fn head(view: &View, layout: Layout) -> String {
    let unit = view.unit;
    let mut parts = vec![format!("{} of {}", view.place, view.of), unit.id.to_string()];
    if unit.kind != crate::bitext::Kind::Body {
        parts.push(unit.kind.to_string());
    }
    parts.extend(state(unit));
    let left = match view.left {
        1 => "the last one".to_owned(),
        left => format!("{left} to go"),
    };
    let begin = format!("── {} ", parts.join(" · "));
    let end = format!(" {left} ──");
    let fill = layout.columns.map_or(2, |columns| columns.saturating_sub(width(&begin) + width(&end)).max(2));
    format!("{begin}{}{end}", "─".repeat(fill))
}

/// A unit's status, where there is something to say.
fn state(unit: &Unit) -> Option<String> {
    match (unit.is_stale(), unit.status) {
        (false, Status::Untranslated) => None,
        (false, status) => Some(status.to_string()),
        (true, Status::Untranslated) => Some("stale".to_owned()),
        (true, status) => Some(format!("stale {status}")),
    }
}

fn told(unit: &Unit) -> String {
    match unit.has_english() {
        true => format!("{} ({})", unit.english(), unit.status),
        false => unit.status.to_string(),
    }
}

/// What an answer did, in a few words.
pub(super) fn done(answer: &Answer) -> String {
    let from = if answer.origin.is_some() { " from the memory" } else { "" };
    match (&answer.english, answer.reviewed) {
        (Some(English::Skipped), _) => "left in French".to_owned(),
        (Some(English::Cleared), _) => "English taken away".to_owned(),
        (Some(_), true) => format!("entered{from}, reviewed"),
        (Some(_), false) => format!("entered{from}"),
        (None, _) => match answer.note.as_deref() {
            Some("") => "note taken away".to_owned(),
            _ => "noted".to_owned(),
        },
    }
}

/// What is said when the person leaves.
pub(super) fn parting(tally: Tally, unfinished: usize, stem: &Stem, edition: Option<&Edition>) -> String {
    let sentences =
        |count: usize| if count == 1 { "1 sentence".into() } else { format!("{count} sentences") };
    let mut told = format!("{stem}: {} entered", sentences(tally.entered));
    if tally.skipped > 0 {
        told.push_str(&format!(", {} left in French", tally.skipped));
    }
    match tally.left {
        0 => told.push_str("; nothing is left to do here"),
        left => {
            let edition = of_edition(edition);
            told.push_str(&format!("; {left} to do: `enregard translate {stem}{edition}` goes on"));
        }
    }
    if unfinished > 0 {
        told.push_str(&format!("\n{} not confirmed: kept, and offered again", sentences(unfinished)));
    }
    told
}

/// What can be typed.
pub(super) fn help(layout: Layout, typing: bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    let rows = [
        ("TEXT", "Enter", "this is the English: entered as a draft, on to the next"),
        ("", "Enter", "later: on to the next (with the English unchanged, too)"),
        (":reviewed", "Ctrl-R", "the English, as it stands or TEXT after it, is reviewed"),
        (":next :back", "PgDn PgUp", "to the next, to the one before"),
        (":skip", "", "leave the sentence in French"),
        (":keep", "", "the English is right for the changed French too"),
        (":clear", "", "take the English away"),
        (":take N", "Alt-1 …", "enter match N of the memory; the key puts it into the line"),
        (":memory", "", "show what the memory and the glossary have for the sentence"),
        (":note TEXT", "", "write a remark; :note shows it, :note - takes it away"),
        (":undo", "", "take back what was entered last"),
        (":show :help", "F1", "show the sentence again, or this"),
        (":quit", "Ctrl-C", "leave; an unfinished line is kept and offered again"),
        ("\\:TEXT", "", "English that begins with a colon"),
    ];
    for (typed, key, what) in rows {
        let label = match typing {
            true => format!("  {typed:<13}{key:<11}"),
            false => format!("  {typed:<13}"),
        };
        lines.extend(layout.paragraph(&label, &[(Style::Plain, what)]));
    }
    if typing {
        lines.push(
            "  Ctrl-U empties the line; a paste of several lines stays one text until Enter.".to_owned(),
        );
    }
    lines
}
