//! Checking a corpus: each unit, and the units of a paragraph together.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::bitext::{Edition, Finding, Severity, Span, Status, Stem, Unit, UnitId};
use crate::desk::{DeskError, OpenState, Opened, each, open};
use crate::quality::{Checker, quotes_balanced};
use crate::store::Corpus;
use crate::words::fold;

/// A finding in a unit of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The unit.
    pub unit: UnitId,
    /// Its place in the article, from 1.
    pub place: usize,
    /// The French that spans point into: the unit's sentences, joined by one space.
    pub fr: String,
    /// The English likewise.
    pub en: String,
    /// What was found.
    pub finding: Finding,
}

/// What came of one article.
#[derive(Debug)]
pub enum Checked {
    /// Its findings, in reading order, and how many were dismissed.
    Done {
        /// The findings that are shown.
        found: Vec<Found>,
        /// How many a person dismissed.
        dismissed: usize,
        /// How many units have English.
        units: usize,
        /// Whether the article has changed since its units were made.
        changed: bool,
    },
    /// It could not be read.
    Fault(DeskError),
}

/// Checks these articles and hands each one's findings over, in order.
///
/// # Errors
///
/// What `take` gives.
pub fn check_articles<E>(
    checker: &Checker,
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    mut take: impl FnMut(&Stem, Checked) -> Result<(), E>,
) -> Result<(), E> {
    let mut seen = Seen::default();
    each(
        stems,
        |stem| open(corpus, stem, edition).map(|opened| (check_units(checker, &opened), opened)),
        |stem, result| {
            let checked = match result {
                Ok((mut units, opened)) => {
                    seen.look(stem, &opened, &mut units, checker);
                    let (found, dismissed) = shown(units, &opened);
                    let with_english =
                        opened.alignment.units().iter().filter(|unit| unit.has_english()).count();
                    let changed = opened.state == OpenState::SeedChanged;
                    Checked::Done { found, dismissed, units: with_english, changed }
                }
                Err(error) => Checked::Fault(error),
            };
            take(stem, checked)
        },
    )
}

/// The findings of each unit, by its place.
type ByUnit = Vec<(usize, Vec<Finding>)>;

fn is_checked(unit: &Unit) -> bool {
    unit.is_content()
        && unit.has_english()
        && !unit.fr.is_empty()
        && !matches!(unit.status, Status::Skipped | Status::Orphan)
}

/// What the checks find in the units of an article, dismissed or not.
fn check_units(checker: &Checker, opened: &Opened) -> ByUnit {
    let units = opened.alignment.units();
    let mut all: ByUnit = units
        .par_iter()
        .enumerate()
        .with_min_len(64)
        .filter(|(_, unit)| is_checked(unit))
        .map(|(place, unit)| {
            let mut findings = checker.check(&unit.french(), &unit.english());
            if unit.is_stale() {
                let message = "the French has changed since the English was entered";
                findings.extend(checker.settle(Finding::new("stale", Severity::Warning, message)));
            }
            (place, findings)
        })
        .collect();
    whole_quotations(opened, &mut all);
    all.retain(|(_, findings)| !findings.is_empty());
    all
}

/// A quotation that opens in one unit and closes in another of the same paragraph is whole.
fn whole_quotations(opened: &Opened, all: &mut ByUnit) {
    let units = opened.alignment.units();
    let suspect = |findings: &[Finding]| findings.iter().any(|finding| finding.check == "quotes");
    if !all.iter().any(|(_, findings)| suspect(findings)) {
        return;
    }
    let paragraphs = paragraphs(opened);
    for at in 0..all.len() {
        if !suspect(&all[at].1) {
            continue;
        }
        let own = paragraphs[all[at].0];
        let english: Vec<String> = units
            .iter()
            .zip(&paragraphs)
            .filter(|&(unit, paragraph)| *paragraph == own && is_checked(unit))
            .map(|(unit, _)| unit.english())
            .collect();
        if english.len() > 1 && quotes_balanced(&english.join(" ")) {
            all[at].1.retain(|finding| finding.check != "quotes");
        }
    }
}

/// The paragraph of each unit, counted from 0; a unit without French belongs to the one before it.
fn paragraphs(opened: &Opened) -> Vec<usize> {
    let units = opened.alignment.units();
    let Ok(spans) = opened.alignment.spans(&opened.article.text) else {
        // The article has changed: where its paragraphs were is not known.
        return (0..units.len()).collect();
    };
    let (mut paragraph, mut end) = (0, 0);
    spans
        .iter()
        .map(|spans| {
            if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
                if opened.article.text[end..first.start].contains('\n') {
                    paragraph += 1;
                }
                end = last.end;
            }
            paragraph
        })
        .collect()
}

/// What is not dismissed, and how many are.
fn shown(units: ByUnit, opened: &Opened) -> (Vec<Found>, usize) {
    let mut found = Vec::new();
    let mut dismissed = 0;
    for (place, findings) in units {
        let unit = &opened.alignment.units()[place];
        let hash = (!unit.dismissed.is_empty()).then(|| unit.texts_hash());
        for finding in findings {
            let gone = hash.as_ref().is_some_and(|hash| {
                unit.dismissed.iter().any(|one| one.check == finding.check && one.hash == *hash)
            });
            if gone {
                dismissed += 1;
            } else {
                let (fr, en) = (unit.french(), unit.english());
                found.push(Found { unit: unit.id, place: place + 1, fr, en, finding });
            }
        }
    }
    (found, dismissed)
}

/// What was seen in the articles so far: one French, two English.
///
/// Texts are remembered by their hashes, with the first unit that has them: some 60 bytes a unit.
#[derive(Default)]
struct Seen {
    french: HashMap<u64, (u64, Stem, UnitId)>,
}

impl Seen {
    /// Adds a finding where a French sentence has another English than where it was first seen.
    fn look(&mut self, stem: &Stem, opened: &Opened, units: &mut ByUnit, checker: &Checker) {
        let hash = |text: &str| crate::words::word_hash(fold(text).as_bytes());
        for (place, unit) in opened.alignment.units().iter().enumerate() {
            if !is_checked(unit) || unit.is_stale() {
                continue;
            }
            let (fr, en) = (unit.french(), unit.english());
            let (fr_hash, en_hash) = (hash(&fr), hash(&en));
            match self.french.get(&fr_hash) {
                None => {
                    self.french.insert(fr_hash, (en_hash, stem.clone(), unit.id));
                }
                Some((other, ..)) if *other == en_hash => {}
                Some((_, first_stem, first)) => {
                    let where_ = if first_stem == stem {
                        first.to_string()
                    } else {
                        format!("{first} of {first_stem}")
                    };
                    let message = format!("the same French has another English at {where_}");
                    let finding =
                        Finding::new("inconsistent", Severity::Warning, message).en(Span::new(0, en.len()));
                    let Some(finding) = checker.settle(finding) else { continue };
                    match units.binary_search_by_key(&place, |(place, _)| *place) {
                        Ok(at) => units[at].1.push(finding),
                        Err(at) => units.insert(at, (place, vec![finding])),
                    }
                }
            }
        }
    }
}
