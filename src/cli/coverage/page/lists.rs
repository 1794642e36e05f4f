//! What is there to do: what is missing, what is stale, what failed a check; and the words that are new.

use std::io::{self, Write};

use super::Page;
use super::articles::{notes, texts};
use super::text::{Text, in_editor, thousands};
use crate::bitext::Stem;
use crate::cli::coverage::table::percent;
use crate::desk::coverage::Shown;
use crate::quality::State;

/// Units of each list that are written out.
const LISTED: usize = 100;
/// New words that are written out.
const WORDS: usize = 120;

/// Writes the three lists, as far as they have anything.
pub(super) fn write(page: &Page<'_>, out: &mut impl Write) -> io::Result<()> {
    type Asks = fn(&Shown) -> bool;
    const LISTS: [(&str, &str, &str, Asks); 4] = [
        ("findings", "What failed a check", "enregard check", |unit| !unit.findings.is_empty()),
        ("stale", "What is stale", "enregard coverage --list", |unit| unit.state == Some(State::Stale)),
        ("missing", "What is missing", "enregard coverage --list", |unit| {
            unit.state == Some(State::Untranslated)
        }),
        ("orphans", "What has lost its French", "enregard show ARTICLE", |unit| unit.state.is_none()),
    ];
    writeln!(out, "<section aria-labelledby=todo>\n<h2 id=todo>What there is to do</h2>")?;
    let mut any = false;
    for (id, title, command, asks) in LISTS {
        let units: Vec<(&Stem, &Shown)> = page
            .shown
            .iter()
            .flat_map(|(stem, units)| units.iter().filter(|unit| asks(unit)).map(move |unit| (stem, unit)))
            .collect();
        if units.is_empty() {
            continue;
        }
        any = true;
        let all = page.shown.len() == page.measured.len();
        let of = if all { "" } else { ", in the articles shown unit by unit" };
        let more = units.len().saturating_sub(LISTED);
        write!(
            out,
            "<div class=sub><h3 id={id}>{title}</h3><p class=quiet>{} unit{}{of}",
            thousands(units.len() as u64),
            if units.len() == 1 { "" } else { "s" }
        )?;
        if more > 0 || !all {
            write!(out, "; <code>{command}</code> lists all")?;
        }
        writeln!(
            out,
            "</p>\n<details{}><summary>Show {}</summary><ul class=list>",
            if units.len() <= 20 { " open" } else { "" },
            if more > 0 { format!("the first {LISTED}") } else { "them".to_owned() }
        )?;
        for (stem, unit) in units.into_iter().take(LISTED) {
            listed(page, stem, unit, out)?;
        }
        writeln!(out, "</ul></details></div>")?;
    }
    if !any {
        writeln!(
            out,
            "<p>Nothing: every unit has English that is not stale, and no check has anything to say.</p>"
        )?;
    }
    writeln!(out, "</section>")
}

fn listed(page: &Page<'_>, stem: &Stem, unit: &Shown, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<li><span class=n>{}</span>", unit.place)?;
    texts(unit, out)?;
    notes(unit, out)?;
    let place = format!("{stem}:{}", unit.id);
    match page.editor {
        Some(editor) => {
            let link = in_editor(editor, stem.as_str(), Some(unit.id.as_str()), page.edition);
            write!(out, "<span class=where><a href=\"{}\">{}</a></span>", Text(&link), Text(&place))?;
        }
        None => write!(out, "<span class=where>{}</span>", Text(&place))?,
    }
    writeln!(out, "</li>")
}

/// Writes how many words were seen, and the commonest of those that are new.
pub(super) fn words(page: &Page<'_>, out: &mut impl Write) -> io::Result<()> {
    let lexical = page.words.lexical();
    if lexical.seen_types + lexical.new_types == 0 {
        return Ok(());
    }
    writeln!(
        out,
        "<section aria-labelledby=words>\n<h2 id=words>The words</h2>\n<p>Of {} different French words {} have been seen in translated units ({}); \
         of {} running words {} ({}).</p>",
        thousands(lexical.seen_types + lexical.new_types),
        thousands(lexical.seen_types),
        percent(lexical.types_share()),
        thousands(lexical.seen_tokens + lexical.new_tokens),
        thousands(lexical.seen_tokens),
        percent(lexical.tokens_share()),
    )?;
    let new = page.words.new_words();
    if !new.is_empty() {
        writeln!(
            out,
            "<p class=quiet>New{}, the commonest first; <code>enregard coverage --words</code> lists all, with their places.</p>\n<ul class=words lang=fr>",
            if new.len() > WORDS {
                format!(", {WORDS} of {}", thousands(new.len() as u64))
            } else {
                String::new()
            }
        )?;
        for (word, counts) in new.iter().take(WORDS) {
            let times = if counts.unseen > 1 {
                format!("<small>{}</small>", thousands(counts.unseen))
            } else {
                String::new()
            };
            writeln!(out, "<li><bdi>{}</bdi>{times}</li>", Text(word))?;
        }
        writeln!(out, "</ul>")?;
    }
    writeln!(out, "</section>")
}
