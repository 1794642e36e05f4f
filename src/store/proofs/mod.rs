//! Proofs of the store on a disk that crashes, fails or loses its power at any step.

mod crashes;
mod histories;
mod init;
mod kept;
mod memory;

use crate::bitext::{Alignment, Article, Header, Kind, Sentence, Span, Stem, Unit, UnitId};

use super::{Author, Corpus, StoreError, sha256};

/// How many states of a lost power are tried at each step: `ENREGARD_CASES`.
fn tries() -> usize {
    std::env::var("ENREGARD_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(4)
}

/// A small generator (xorshift) of numbers below its argument: the same every time.
fn chances() -> impl FnMut(usize) -> usize {
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    move |below| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed >> 11).unwrap_or(0) % below.max(1)
    }
}

pub(super) fn author(command: &str) -> Author {
    Author { by: Some("Ève".into()), at: "2026-11-20T08:00:00Z".into(), command: command.into() }
}

pub(super) fn header(article: &Article) -> Header {
    Header::new(article.stem.as_str(), ["fr", "en"], &article.sha256, "fr/1")
}

/// One unit for each line of the article; the ids count from `first`.
pub(super) fn by_lines(article: &Article, first: usize) -> Vec<Unit> {
    let lines = article.text.lines().filter(|line| !line.trim().is_empty());
    let unit = |(index, line): (usize, &str)| {
        Unit::new(UnitId::of(&article.stem, &[line], first + index), Kind::Body, vec![line.to_owned()])
    };
    lines.enumerate().map(unit).collect()
}

/// Adds an article whose lines are its sentences.
fn write_new(corpus: &Corpus, name: &str, text: &str) -> Result<(), StoreError> {
    let stem: Stem = name.parse().unwrap();
    let mut step = corpus.begin(author("add"));
    let held = step.lock_new(&stem)?;
    let article = Article { stem, text: text.to_owned(), sha256: sha256(text.as_bytes()) };
    step.write_new(held, text.to_owned(), header(&article), &mut |text, each| {
        let mut start = 0;
        text.split_inclusive('\n').try_for_each(|line| {
            let span = Span::new(start, start + line.trim_end().len());
            start += line.len();
            each(Sentence { span, kind: Kind::Body, paragraph: 0 })
        })
    })
}

/// The article's alignment, where its header's hash is the article's.
pub(super) fn alignment(header: Header, units: Vec<Unit>, article: &Article) -> Alignment {
    if header.sha256 == article.sha256 {
        Alignment::new(header, units, &article.text).unwrap()
    } else {
        Alignment::of_changed(header, units).unwrap()
    }
}
