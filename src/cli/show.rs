//! `enregard show`: one article, French and English side by side.

use std::io::Write;

use clap::Args;

use super::corpus::{desk_failed, failed, open_corpus};
use super::lay::{Layout, Style, width};
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Unit};
use crate::desk::{OpenState, open};

/// Show an article, French and English side by side, with the units' ids, kinds and states.
///
/// Content alone; --boilerplate shows bylines, credits and widgets too. What a terminal would obey or hide is shown as
/// <U+202E>. Written to a pipe or a file, texts go out as they are, French above English.
///
/// Examples:
///   enregard show 000
///   enregard show 000 --boilerplate | less
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Show {
    /// The article, by the beginning of its name
    article: String,
    /// The English of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// Boilerplate too: bylines, credits, widgets …
    #[arg(long)]
    boilerplate: bool,
}

/// Whether a key says something of a file that came in, not of the article.
fn is_of_a_file(key: &str) -> bool {
    matches!(key, "encoding" | "original_sha256" | "english_encoding" | "english_sha256")
}

/// On a narrower terminal French stands above English.
const SIDE_BY_SIDE_COLUMNS: usize = 72;

impl Show {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let corpus = open_corpus(terminal)?;
        let what = || format!("cannot show {}", self.article);
        let stem = corpus.resolve(&self.article).map_err(|error| failed(what(), error))?;
        let edition = self.edition.as_ref();
        if let Some(edition) = edition {
            let editions = corpus.editions(&stem).map_err(|error| failed(what(), error))?;
            if !editions.contains(edition) {
                let names: Vec<&str> = editions.iter().map(Edition::as_str).collect();
                let has = if names.is_empty() { "no other edition".to_owned() } else { names.join(", ") };
                return Err(Failure::new(format!("cannot show {stem}@{edition}: {stem} has {has}")));
            }
        }
        let opened = open(&corpus, &stem, edition).map_err(|error| desk_failed(what(), error))?;
        if opened.state == OpenState::SeedChanged {
            terminal.tell(format!(
                "warning: the text of {stem} has changed: this is the former one; `enregard sync {stem}` carries the \
                 English over"
            ));
        }
        let page = Page { columns: terminal.columns(), colours: terminal.colours_out() };
        // How the file once was is for `describe`.
        let about = opened.alignment.header().about.iter();
        let about = about.filter(|(key, _)| !is_of_a_file(key));
        let mut first = true;
        for (key, value) in about {
            for line in page.layout(page.columns).paragraph(&format!("{key}: "), &[(Style::Dim, value)]) {
                writeln!(terminal.out, "{line}")?;
            }
            first = false;
        }
        let mut hidden = 0;
        for (number, unit) in (1..).zip(opened.alignment.units()) {
            if !unit.is_content() && !self.boilerplate {
                hidden += 1;
                continue;
            }
            if !std::mem::replace(&mut first, false) {
                writeln!(terminal.out)?;
            }
            for line in page.unit(number, unit) {
                writeln!(terminal.out, "{line}")?;
            }
        }
        if hidden > 0 {
            // The page before what is said of it, on one terminal.
            terminal.out.flush()?;
            let units = if hidden == 1 { "unit" } else { "units" };
            terminal.tell(format!("{hidden} {units} of boilerplate not shown: --boilerplate shows them"));
        }
        Ok(Outcome::Done)
    }
}

/// What the units are written on.
pub(super) struct Page {
    pub(super) columns: Option<usize>,
    pub(super) colours: bool,
}

impl Page {
    fn layout(&self, columns: Option<usize>) -> Layout {
        Layout { columns, colours: self.colours }
    }

    /// The lines of a unit, French and English side by side where there is room.
    pub(super) fn unit(&self, number: usize, unit: &Unit) -> Vec<String> {
        let stale = if unit.is_stale() { ", stale" } else { "" };
        let head = format!("{number} {} {} {}{stale}", unit.id, unit.kind, unit.status);
        let note = unit.more.note.as_deref().map(|note| format!("note: {note}"));
        let mut lines = vec![self.layout(None).word(Style::Dim, &head)];
        let style = if unit.kind == crate::bitext::Kind::Heading { Style::Bold } else { Style::Plain };
        let (french, english) = (unit.french(), unit.english());
        match self.columns {
            None => {
                // For programs and files: as it is.
                lines[0] = head;
                lines.extend((!french.is_empty()).then(|| format!("fr: {french}")));
                lines.extend((!english.is_empty()).then(|| format!("en: {english}")));
                lines.extend(unit.more.was.iter().map(|was| format!("was: {was}")));
                lines.extend(note);
                return lines;
            }
            Some(columns) if columns >= SIDE_BY_SIDE_COLUMNS => {
                let half = (columns - 3) / 2;
                let plain = Layout { columns: Some(half), colours: false };
                let left = self.layout(Some(half)).paragraph("", &[(style, &french)]);
                let bare = plain.paragraph("", &[(style, &french)]);
                let right = self.layout(Some(half)).paragraph("", &[(style, &english)]);
                for at in 0..left.len().max(right.len()) {
                    let (left, bare) = (left.get(at), bare.get(at));
                    let pad = half.saturating_sub(bare.map_or(0, |bare| width(bare)));
                    let right = right.get(at).map_or("", String::as_str);
                    let line = format!("{}{}   {right}", left.map_or("", String::as_str), " ".repeat(pad));
                    lines.push(line.trim_end().to_owned());
                }
            }
            Some(_) => {
                lines.extend(self.layout(self.columns).paragraph("fr ", &[(style, &french)]));
                if !english.is_empty() {
                    lines.extend(self.layout(self.columns).paragraph("en ", &[(style, &english)]));
                }
            }
        }
        if unit.is_stale() || unit.status == crate::bitext::Status::Orphan {
            let was = unit.more.was.join(" ");
            lines.extend(self.layout(self.columns).paragraph("was ", &[(Style::Dim, &was)]));
        }
        if let Some(note) = note {
            lines.extend(self.layout(self.columns).paragraph("", &[(Style::Dim, &note)]));
        }
        lines
    }
}
