//! `enregard align ARTICLE ENGLISH.txt`: a whole English text beside an article.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use super::super::add::{Encoding, shown};
use super::super::corpus::{author, desk_failed, failed, of_edition, open_corpus};
use super::super::lay::{Layout, Style, width};
use super::super::show::Page;
use super::super::{Failure, Outcome, Terminal};
use super::{Align, longest};
use crate::align::{Doubt, Gap};
use crate::bitext::Stem;
use crate::desk::bring::{BringError, Bringing, Options, Proposal, Summary};
use crate::format::{Known, TextError};
use crate::revise::Role;
use crate::store::{Corpus, StoreError};

impl Align {
    /// The corpus and the article that the first argument names; none where the arguments are files.
    pub(super) fn article(&self, terminal: &Terminal) -> Result<Option<(Corpus, Stem)>, Failure> {
        let Some(path) = self.source_file.as_ref().filter(|_| !self.files) else { return Ok(None) };
        let is_file = path.is_file();
        let asked = self.edition.is_some() || self.dry_run;
        let must = asked || self.target_file.is_none();
        let corpus = match (&terminal.corpus, Corpus::find(Path::new("."))) {
            (None, Err(StoreError::NoCorpus { .. })) if !must || is_file => return Ok(None),
            _ => open_corpus(terminal)?,
        };
        let name = path.to_string_lossy();
        match corpus.resolve(&name) {
            Ok(stem) => {
                let plain = name.strip_prefix("seeds/").unwrap_or(&name);
                let whole = plain.strip_suffix(".txt").unwrap_or(plain) == stem.as_str();
                Ok((whole || must || !is_file).then_some((corpus, stem)))
            }
            Err(StoreError::Unknown { .. } | StoreError::Ambiguous { .. }) if is_file && !asked => Ok(None),
            Err(error @ StoreError::Unknown { .. }) if !is_file => {
                let mut failure = failed(format!("cannot align {name}"), error);
                failure.causes.push("there is no such file either".to_owned());
                Err(failure)
            }
            Err(error) => Err(failed(format!("cannot align {name}"), error)),
        }
    }

    /// Brings the English text into the article.
    pub(super) fn bring(
        &self,
        corpus: &Corpus,
        stem: &Stem,
        terminal: &mut Terminal,
    ) -> Result<Outcome, Failure> {
        let edition = self.edition.as_ref();
        let name = edition.map_or(stem.to_string(), |edition| format!("{stem}@{edition}"));
        if self.beads {
            return Err(Failure::new(format!("cannot write the beads of {name} by number"))
                .hint("`--beads` is for files: add `--files` and give both"));
        }
        let (received, from) = self.received(corpus, stem, &name)?;
        let what = || format!("cannot align {name} with {from}");
        let bringing = Bringing::new(corpus, self.options()?).map_err(|error| refused(what(), error))?;
        tell_untaught(terminal, &bringing);
        let author = author(corpus);
        let proposal = if self.dry_run {
            bringing.plan(stem, edition, &received, &author)
        } else {
            bringing.bring(author, stem, edition, &received)
        };
        let proposal = proposal.map_err(|error| refused(what(), error))?;
        if self.dry_run {
            let page = Page { columns: terminal.columns(), colours: terminal.colours_out() };
            side_by_side(&mut terminal.out, &page, &proposal)?;
        }
        let layout = Layout { columns: terminal.columns(), colours: terminal.colours_out() };
        summary(&mut terminal.out, layout, &proposal, &from)?;
        terminal.out.flush()?;
        hints(terminal, &proposal, self.dry_run);
        Ok(Outcome::Done)
    }

    /// How texts are brought in, as the options say.
    pub(super) fn options(&self) -> Result<Options, Failure> {
        Ok(Options {
            anyway: self.anyway,
            by_line: self.sentences,
            encoding: self.encoding.map(|Encoding(encoding, name)| (encoding, name)),
            paragraphs: self.paragraphs(),
            lexicons: self.lexicons()?,
        })
    }

    /// The text's bytes, and what they are called.
    fn received(&self, corpus: &Corpus, stem: &Stem, name: &str) -> Result<(Vec<u8>, String), Failure> {
        let Some(path) = &self.target_file else {
            let read = corpus.received(stem, self.edition.as_ref());
            let read = read.map_err(|error| failed(format!("cannot align {name} anew"), error))?;
            let bytes = read.ok_or_else(|| {
                Failure::new(format!("cannot align {name}: no English text was given, and none before"))
                    .hint(format!("give its English: `enregard align {stem} ENGLISH.txt`"))
            })?;
            let path = corpus.text_path(stem, self.edition.as_ref());
            let path = path.strip_prefix(corpus.root()).unwrap_or(&path);
            return Ok((bytes, path.display().to_string()));
        };
        let from = shown(path);
        let told = |error: io::Error| Failure::because(format!("cannot align {name} with {from}"), error);
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map_err(told)?;
            return Ok((bytes, from));
        }
        let bytes = fs::read(path).map_err(|error| {
            let missing = error.kind() == io::ErrorKind::NotFound;
            let failure = told(error);
            if missing { failure.hint(super::LOOKED_FOR) } else { failure }
        })?;
        Ok((bytes, from))
    }
}

/// Why a text was not brought in, and what to type next.
pub(super) fn refused(what: String, error: BringError) -> Failure {
    let hint = match &error {
        BringError::Text(TextError::Kind(_)) => "save its text as plain text, and give that",
        BringError::Text(TextError::Binary { .. }) => "if it is text, name its encoding: `--encoding NAME`",
        BringError::Text(TextError::BrokenUtf8 { .. }) => {
            "mend that line in an editor; if it is another encoding, name it: `--encoding windows-1252`"
        }
        BringError::Text(TextError::NotSo(_)) => "leave `--encoding` out, or name another",
        BringError::Text(TextError::Blank | TextError::Empty) | BringError::Doubt(Doubt::Empty(_)) => {
            "give a file that has the English of the article"
        }
        BringError::Doubt(Doubt::Swapped(..)) => {
            "give the French article first, and then its English; if it is right so, add `--anyway`"
        }
        BringError::Doubt(_) => "if it is the article's English all the same, add `--anyway`",
        BringError::Changed(stem) => {
            return Failure::because(what, BringError::Changed(stem.clone()))
                .hint(format!("run `enregard sync {stem}` first"));
        }
        BringError::Language(_) => {
            return Failure::because(what, error)
                .hint("align files that have one sentence a line: `enregard align --files --sentences`");
        }
        BringError::Desk(_) => {
            let BringError::Desk(error) = error else { return Failure::new(what) };
            return desk_failed(what, error);
        }
    };
    Failure::because(what, error).hint(hint)
}

/// The units with their new English, in reading order; boilerplate left out.
fn side_by_side(out: &mut dyn Write, page: &Page, proposal: &Proposal) -> io::Result<()> {
    for (number, (unit, role)) in (1..).zip(proposal.after.units().iter().zip(&proposal.roles)) {
        if !unit.is_content() && *role != Role::Boilerplate {
            continue;
        }
        for line in page.unit(number, unit) {
            writeln!(out, "{line}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// What came of a text, on a few lines.
fn summary(out: &mut dyn Write, layout: Layout, proposal: &Proposal, from: &str) -> io::Result<()> {
    let summary = &proposal.summary;
    let guess = if proposal.encoding.1 == Known::Guess { ", a guess by its letters" } else { "" };
    let head = format!(
        "{}: {} of {from} ({}{guess})",
        proposal.name(),
        counted(summary.english, "sentence"),
        proposal.encoding.0
    );
    for line in layout.paragraph("", &[(Style::Bold, &head)]) {
        writeln!(out, "{line}")?;
    }
    let mut lines: Vec<(&str, String)> = vec![("beads", beads(summary))];
    let left = format!("{} French, {} English", summary.french_left, summary.english_left);
    lines.push(("left over", left));
    if summary.known > 0 {
        lines.push((
            "kept",
            format!("{} that a person entered, in the text too", counted(summary.known, "unit")),
        ));
    }
    if summary.displaced > 0 {
        let told = "beside English that a person typed otherwise: each stands alone after it";
        lines.push(("displaced", format!("{} {told}", counted(summary.displaced, "sentence"))));
    }
    if summary.boilerplate > 0 {
        lines.push(("set apart", format!("{} of boilerplate", counted(summary.boilerplate, "sentence"))));
    }
    let (breaks, others) = breaks_told(&summary.gaps);
    lines.extend(breaks.map(|told| ("break", told)).chain(others.map(|told| ("", told))));
    for part in &summary.moved {
        lines.push(("elsewhere", moved_told(part)));
    }
    if let Some(mean) = summary.mean_score {
        let least = if summary.unsure.is_empty() { "; none below 0.99" } else { "; the least certain:" };
        lines.push(("certainty", format!("{mean:.2} on average{least}")));
    }
    for (label, text) in lines {
        for line in layout.paragraph(&format!("  {label:<11}"), &[(Style::Plain, &text)]) {
            writeln!(out, "{line}")?;
        }
    }
    for unsure in &summary.unsure {
        let label = format!("    {:.2} {}  ", unsure.score, unsure.id);
        for line in layout.paragraph(&label, &[(Style::Plain, &unsure.fr)]) {
            writeln!(out, "{line}")?;
        }
        for line in layout.paragraph(&" ".repeat(width(&label)), &[(Style::Dim, &unsure.en)]) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// `1-1 12, 2-1 1`.
pub(super) fn beads(summary: &Summary) -> String {
    let mut beads: Vec<(&(usize, usize), &usize)> = summary.beads.iter().collect();
    beads.sort_by_key(|(kind, count)| (std::cmp::Reverse(**count), **kind));
    let told: Vec<String> = beads.iter().map(|((fr, en), count)| format!("{fr}-{en} {count}")).collect();
    if told.is_empty() { "none".to_owned() } else { told.join(", ") }
}

/// The longest breaks, and how many others there are, if any.
pub(super) fn breaks_told(gaps: &[Gap]) -> (impl Iterator<Item = String>, Option<String>) {
    let (breaks, others) = longest(gaps);
    let others = (others > 0).then(|| format!("and {others} more breaks, none of them longer"));
    (breaks.map(gap_told), others)
}

/// A break, in sentences counted from 1.
fn gap_told(gap: &Gap) -> String {
    let range = |range: &std::ops::Range<usize>| match range.len() {
        1 => range.end.to_string(),
        _ => format!("{} to {}", range.start + 1, range.end),
    };
    match (gap.source.len(), gap.target.len()) {
        (_, 0) => format!("French sentences {} of the content have no English", range(&gap.source)),
        (0, _) => format!("English sentences {} of the content have no French", range(&gap.target)),
        _ => format!("French {} and English {} do not match", range(&gap.source), range(&gap.target)),
    }
}

pub(super) fn moved_told(part: &crate::align::Moved) -> String {
    let [french, english] = [&part.source, &part.target].map(|range| (range.start + 1, range.end));
    format!(
        "French sentences {} to {} seem to stand at English {} to {}: parts have changed places",
        french.0, french.1, english.0, english.1
    )
}

/// Says which articles could not be read, so that what people confirmed in them teaches nothing.
pub(super) fn tell_untaught(terminal: &Terminal, bringing: &Bringing<'_>) {
    for (stem, error) in bringing.untaught() {
        terminal.tell(format!("warning: nothing is learnt from {stem}: {error}"));
    }
}

/// What may be of use next.
fn hints(terminal: &Terminal, proposal: &Proposal, dry_run: bool) {
    let summary = &proposal.summary;
    let name = proposal.name();
    if summary.moved.is_empty() && summary.may_be_swapped() {
        terminal
            .tell("warning: there are breaks on both sides: a part may stand elsewhere in the other text");
    }
    if summary.displaced > 0 && proposal.edition.is_none() {
        terminal.tell("hint: `--edition NAME` puts a text beside what a person translates, not among it");
    }
    if dry_run {
        terminal.tell("nothing was written: this was a trial (--dry-run)");
    } else if summary.changed == 0 && proposal.before == proposal.after {
        terminal.tell(format!("{name}: nothing has changed"));
    } else if !summary.unsure.is_empty() {
        let edition = of_edition(proposal.edition.as_ref());
        terminal.tell(format!(
            "hint: `enregard review {}{edition} --unsure` goes through the least certain first",
            proposal.stem
        ));
    }
}

/// `1 sentence`, `2 sentences`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
