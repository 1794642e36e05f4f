//! The coverage as one page that a browser shows: `enregard coverage --html FILE`.
//!
//! Everything is in the file: no script, no request; the style stands at its head, and a Content-Security-Policy holds it to that. Texts
//! are escaped and isolated, whatever they hold. The same corpus gives the same bytes: the page's date is the last one in the corpus.
//!
//! Articles are shown unit by unit as long as all together have at most [`UNITS`] units; of a larger corpus those in which most is missing, up to
//! [`ARTICLES`] and that many units, and all others as a line each. The page of ten thousand articles so has some five megabytes.

mod articles;
mod lists;
mod progress;
mod text;

use std::io::{self, Write};

use super::table::percent;
use super::{Measured, Numbers};
use crate::bitext::Stem;
use crate::desk::coverage::{Progress, Shown};
use crate::quality::{Of, Size, State, Vocabulary};
use text::{Text, thousands};

/// Units that are shown one by one, on one page.
const UNITS: usize = 20_000;
/// Articles that are shown unit by unit, where there are more units than that.
const ARTICLES: usize = 200;

/// What a page shows beside the numbers.
pub(super) struct Page<'p> {
    /// The corpus's name.
    pub name: &'p str,
    /// The edition, where it is of one.
    pub edition: Option<&'p str>,
    /// Every article.
    pub measured: &'p [Measured],
    /// The sum.
    pub total: &'p Numbers,
    /// What the share is of.
    pub of: Of,
    /// Articles unit by unit.
    pub shown: &'p [(Stem, Vec<Shown>)],
    /// When the English was entered.
    pub progress: &'p Progress,
    /// The French words.
    pub words: &'p Vocabulary,
    /// Whether subword tokens were counted.
    pub tokens: bool,
    /// Where the editor listens: `http://127.0.0.1:PORT`.
    pub editor: Option<&'p str>,
}

/// Which articles are shown unit by unit: all, or those in which most is missing.
pub(super) fn chosen(measured: &[Measured]) -> Vec<Stem> {
    let all: usize = measured.iter().map(|one| one.article.units).sum();
    if all <= UNITS {
        return measured.iter().map(|one| one.stem.clone()).collect();
    }
    let missing = |one: &Measured| {
        let (done, all) = one.article.coverage.parts(Of::Sentences);
        all - done
    };
    let mut order: Vec<&Measured> = measured.iter().collect();
    order.sort_by(|a, b| missing(b).cmp(&missing(a)).then_with(|| a.stem.cmp(&b.stem)));
    let mut room = UNITS;
    let mut stems: Vec<Stem> = Vec::new();
    for one in order.into_iter().take(ARTICLES) {
        if one.article.units <= room {
            room -= one.article.units;
            stems.push(one.stem.clone());
        }
    }
    stems.sort();
    stems
}

const fn class(state: Option<State>) -> &'static str {
    match state {
        Some(State::Reviewed) => "r",
        Some(State::Draft) => "d",
        Some(State::Stale) => "s",
        Some(State::Skipped) => "k",
        Some(State::Untranslated) => "u",
        None => "o",
    }
}

fn named(state: Option<State>) -> &'static str {
    state.map_or("orphan", State::as_str)
}

/// A stacked bar, with its numbers for those who do not see it.
fn bar(out: &mut impl Write, coverage: &Numbers, measure: fn(Size) -> u64, what: &str) -> io::Result<()> {
    let all = measure(coverage.total());
    let sizes = State::ALL.map(|state| (state, measure(coverage.size(state))));
    let told: Vec<String> = sizes
        .iter()
        .filter(|(_, size)| *size > 0)
        .map(|(state, size)| format!("{} {state}", thousands(*size)))
        .collect();
    let label = if all == 0 { format!("no {what}") } else { format!("{what}: {}", told.join(", ")) };
    write!(out, "<div class=bar role=img aria-label=\"{}\">", Text(&label))?;
    for (state, size) in sizes.iter().filter(|(_, size)| *size > 0) {
        // As a share of ten thousand: what is tiny is still seen.
        let width = (*size as f64 * 10_000.0 / all as f64).round().max(1.0);
        write!(out, "<i class={} style=--w:{width}></i>", class(Some(*state)))?;
    }
    write!(out, "</div>")
}

impl Page<'_> {
    /// Writes the whole page.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        write!(
            out,
            "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n<meta http-equiv=Content-Security-Policy content=\"default-src 'none'; \
             style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
             <meta name=referrer content=no-referrer>\n<meta name=generator content=\"enregard {}\">\n<title>Coverage · {}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
            env!("CARGO_PKG_VERSION"),
            Text(self.name),
            include_str!("style.css"),
        )?;
        self.head(out)?;
        writeln!(out, "<main>")?;
        self.measures(out)?;
        progress::write(out, self.progress, self.total)?;
        articles::write(self, out)?;
        lists::write(self, out)?;
        lists::words(self, out)?;
        writeln!(out, "</main>")?;
        self.foot(out)?;
        writeln!(out, "</body>\n</html>")
    }

    fn head(&self, out: &mut impl Write) -> io::Result<()> {
        let share = percent(self.total.share(self.of));
        let (number, _) = share.split_once(' ').unwrap_or((&share, ""));
        let (done, all) = self.total.parts(self.of);
        let what = match self.of {
            Of::Sentences => "sentences have English that is not stale",
            Of::Words => "words stand in sentences with English that is not stale",
            Of::Reviewed => "sentences have English that a person confirmed",
        };
        let edition = self.edition.map(|edition| format!(", edition {edition}")).unwrap_or_default();
        write!(
            out,
            "<header>\n<p class=kicker><b>enregard</b> coverage{}</p>\n<h1>{}</h1>\n<div class=lead>\n<p class=big>{number}<small>%</small></p>\n\
             <p class=what>{} of {} {what}{}.</p>\n</div>\n",
            Text(&edition),
            Text(self.name),
            thousands(done),
            thousands(all),
            if self.total.size(State::Skipped).sentences > 0 {
                "; what a person skipped is left out"
            } else {
                ""
            },
        )?;
        let findings: usize =
            self.shown.iter().flat_map(|(_, units)| units).map(|unit| unit.findings.len()).sum();
        write!(out, "<dl class=facts>")?;
        let mut fact = |name: &str, number: u64, bad: bool| {
            let class = if bad && number > 0 { " class=bad" } else { "" };
            write!(out, "<div{class}><dt>{name}</dt><dd>{}</dd></div>", thousands(number))
        };
        fact("articles", self.measured.len() as u64, false)?;
        fact("reviewed", self.total.size(State::Reviewed).sentences, false)?;
        fact("draft", self.total.size(State::Draft).sentences, false)?;
        fact("stale", self.total.size(State::Stale).sentences, true)?;
        fact("skipped", self.total.size(State::Skipped).sentences, false)?;
        fact("untranslated", self.total.size(State::Untranslated).sentences, false)?;
        fact("findings", findings as u64, true)?;
        writeln!(out, "</dl>\n</header>")
    }

    fn measures(&self, out: &mut impl Write) -> io::Result<()> {
        type Measure = (&'static str, fn(Size) -> u64);
        const MEASURES: [Measure; 4] = [
            ("sentences", |size| size.sentences),
            ("words", |size| size.words),
            ("characters", |size| size.chars),
            ("tokens", |size| size.tokens),
        ];
        writeln!(
            out,
            "<section aria-labelledby=measures>\n<h2 id=measures>In every measure</h2>\n<table class=measures>"
        )?;
        for (name, measure) in MEASURES.iter().filter(|(name, _)| self.tokens || *name != "tokens") {
            let (done, all) = (measure(self.total.translated()), measure(self.total.total()));
            let of = all - measure(self.total.size(State::Skipped));
            let share = if of == 0 { 1.0 } else { done as f64 / of as f64 };
            write!(out, "<tr><th scope=row>{name}</th><td class=b>")?;
            bar(out, self.total, *measure, name)?;
            writeln!(
                out,
                "</td><td>{}</td><td>{} / {}</td></tr>",
                percent(share),
                thousands(done),
                thousands(of)
            )?;
        }
        writeln!(out, "</table>\n<ul class=legend>")?;
        for state in State::ALL {
            writeln!(out, "<li><i class={}></i>{state}</li>", class(Some(state)))?;
        }
        writeln!(out, "</ul>\n</section>")
    }

    fn foot(&self, out: &mut impl Write) -> io::Result<()> {
        write!(
            out,
            "<footer>\n<dl><dt>sentences</dt><dd>of body, headings and captions; boilerplate is not counted</dd>\
             <dt>words</dt><dd>French, between spaces, with a letter or digit</dd>\
             <dt>characters</dt><dd>French, spaces inside a sentence included</dd>"
        )?;
        if self.tokens {
            write!(
                out,
                "<dt>tokens</dt><dd>French, as the given tokenizer splits it, without special tokens</dd>"
            )?;
        }
        writeln!(
            out,
            "<dt>reviewed</dt><dd>English that a person confirmed, of a French that has not changed since</dd>\
             <dt>stale</dt><dd>English of a French that has changed since</dd></dl>\n<p>Made by enregard {}: <code>enregard coverage --html</code></p>\n</footer>",
            env!("CARGO_PKG_VERSION")
        )
    }
}
