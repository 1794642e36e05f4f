//! Each article: its share, its bar, and a strip in which each unit is a cell.

use std::collections::HashMap;
use std::io::{self, Write};

use super::text::{Text, in_editor, thousands};
use super::{Page, bar, class, named};
use crate::bitext::{Finding, Kind, Stem};
use crate::cli::coverage::Measured;
use crate::cli::coverage::table::percent;
use crate::desk::coverage::Shown;
use crate::quality::State;

/// Writes the articles that are shown unit by unit, and then the others as lines.
pub(super) fn write(page: &Page<'_>, out: &mut impl Write) -> io::Result<()> {
    let shown: HashMap<&Stem, &Vec<Shown>> = page.shown.iter().map(|(stem, units)| (stem, units)).collect();
    let others =
        page.measured.len() - page.measured.iter().filter(|one| shown.contains_key(&one.stem)).count();
    // A browser need not lay out what is far below; a few articles it lays out at once.
    let many = if shown.len() > 40 { " class=many" } else { "" };
    writeln!(out, "<section{many} aria-labelledby=articles>\n<h2 id=articles>Article by article</h2>")?;
    if others > 0 {
        writeln!(
            out,
            "<p class=quiet>Unit by unit: the {} articles in which most is missing. The {} others follow as lines; \
             <code>enregard coverage ARTICLE --html FILE</code> shows any of them.</p>",
            thousands(shown.len() as u64),
            thousands(others as u64)
        )?;
    }
    for (number, one) in page.measured.iter().enumerate() {
        if let Some(units) = shown.get(&one.stem) {
            article(page, number, one, units, out)?;
        }
    }
    if others > 0 {
        others_listed(page, &shown, out)?;
    }
    writeln!(out, "</section>")
}

fn title(page: &Page<'_>, one: &Measured, out: &mut impl Write) -> io::Result<()> {
    let stem = one.stem.as_str();
    match page.editor {
        Some(editor) => {
            write!(
                out,
                "<a href=\"{}\">{}</a>",
                Text(&in_editor(editor, stem, None, page.edition)),
                Text(stem)
            )
        }
        None => write!(out, "{}", Text(stem)),
    }
}

fn article(
    page: &Page<'_>,
    number: usize,
    one: &Measured,
    units: &[Shown],
    out: &mut impl Write,
) -> io::Result<()> {
    let coverage = &one.article.coverage;
    let (done, all) = coverage.parts(page.of);
    write!(out, "<article class=article>\n<div class=head><h3>")?;
    title(page, one, out)?;
    write!(
        out,
        "</h3><span class=share>{}</span><span class=quiet>{done} of {all}",
        percent(coverage.share(page.of))
    )?;
    for (name, count) in [
        ("stale", coverage.size(State::Stale).sentences),
        ("orphans", coverage.orphans),
        ("findings", units.iter().map(|unit| unit.findings.len() as u64).sum()),
    ] {
        if count > 0 {
            let name = if count == 1 { name.trim_end_matches('s') } else { name };
            write!(out, " · {} {name}", thousands(count))?;
        }
    }
    if one.article.changed {
        write!(
            out,
            " · the article has changed since: <code>enregard sync {}</code>",
            Text(one.stem.as_str())
        )?;
    }
    writeln!(out, "</span></div>")?;
    if let Some(title) = &one.article.title {
        writeln!(out, "<p class=quiet>{}</p>", Text(title))?;
    }
    if units.is_empty() {
        return writeln!(out, "<p class=quiet>nothing to translate</p></article>");
    }
    // The strip is for the eye and the mouse; the list below it says the same to everyone.
    writeln!(out, "<div class=strip aria-hidden=true>")?;
    for unit in units {
        cell(page, number, one, unit, out)?;
    }
    writeln!(out, "</div>")?;
    let count = units.len();
    writeln!(
        out,
        "<details><summary>{count} unit{} in words</summary><ol class=units>",
        if count == 1 { "" } else { "s" }
    )?;
    for unit in units {
        line(page, number, one, unit, out)?;
    }
    writeln!(out, "</ol></details>\n</article>")
}

fn link(page: &Page<'_>, number: usize, one: &Measured, unit: &Shown) -> String {
    match page.editor {
        Some(editor) => in_editor(editor, one.stem.as_str(), Some(unit.id.as_str()), page.edition),
        None => format!("#u{number}-{}", unit.id),
    }
}

fn cell(
    page: &Page<'_>,
    number: usize,
    one: &Measured,
    unit: &Shown,
    out: &mut impl Write,
) -> io::Result<()> {
    let found = if unit.findings.is_empty() { "" } else { " f" };
    write!(
        out,
        "<a class=\"{}{found}\" style=--w:{} tabindex=-1 href=\"{}\"><span>",
        class(unit.state),
        unit.fr.chars().count().max(8),
        Text(&link(page, number, one, unit)),
    )?;
    write!(out, "<small>{} · {}{}</small>", unit.place, named(unit.state), kind(unit))?;
    texts(unit, out)?;
    notes(unit, out)?;
    writeln!(out, "</span></a>")
}

fn line(
    page: &Page<'_>,
    number: usize,
    one: &Measured,
    unit: &Shown,
    out: &mut impl Write,
) -> io::Result<()> {
    write!(out, "<li id=u{number}-{}><span class=n>", unit.id)?;
    match page.editor {
        Some(_) => write!(
            out,
            "<a href=\"{}\"><span class=unseen>open in the editor: </span>{}</a>",
            Text(&link(page, number, one, unit)),
            unit.place
        )?,
        None => write!(out, "{}", unit.place)?,
    }
    write!(out, "</span>")?;
    texts(unit, out)?;
    write!(
        out,
        "<small class=tag><i class={}></i>{}{}</small>",
        class(unit.state),
        named(unit.state),
        kind(unit)
    )?;
    notes(unit, out)?;
    writeln!(out, "</li>")
}

fn kind(unit: &Shown) -> String {
    if unit.kind == Kind::Body { String::new() } else { format!(" {}", unit.kind.as_str()) }
}

/// The French and the English, each in its language and isolated from what stands around it.
pub(super) fn texts(unit: &Shown, out: &mut impl Write) -> io::Result<()> {
    write!(out, "<bdi class=fr lang=fr>{}</bdi><bdi lang=en>{}</bdi>", Text(&unit.fr), Text(&unit.en))
}

/// What the French was, and what the checks found.
pub(super) fn notes(unit: &Shown, out: &mut impl Write) -> io::Result<()> {
    if let Some(was) = &unit.was {
        write!(out, "<small>the English is of: <bdi lang=fr>{}</bdi></small>", Text(was))?;
    }
    for finding in &unit.findings {
        write!(out, "<em>{}</em>", Text(&told(finding)))?;
    }
    Ok(())
}

/// A finding in a line.
fn told(finding: &Finding) -> String {
    format!("{} ({}): {}", finding.check, finding.severity, finding.message)
}

/// The articles that are not shown unit by unit.
fn others_listed(
    page: &Page<'_>,
    shown: &HashMap<&Stem, &Vec<Shown>>,
    out: &mut impl Write,
) -> io::Result<()> {
    writeln!(out, "<details><summary>The other articles</summary>\n<table class=rest>")?;
    for one in page.measured.iter().filter(|one| !shown.contains_key(&one.stem)) {
        let (done, all) = one.article.coverage.parts(page.of);
        write!(out, "<tr><th scope=row>")?;
        title(page, one, out)?;
        write!(out, "</th><td class=b>")?;
        bar(out, &one.article.coverage, |size| size.sentences, "sentences")?;
        writeln!(
            out,
            "</td><td>{}</td><td>{done} / {all}</td></tr>",
            percent(one.article.coverage.share(page.of))
        )?;
    }
    writeln!(out, "</table></details>")
}
