//! Checking a corpus: each unit, and the units of a paragraph together.

use std::borrow::Cow;

use rayon::prelude::*;

use crate::bitext::{Edition, Finding, Severity, Status, Stem, Unit, UnitId};
use crate::desk::{DeskError, OpenState, Opened, each, open};
use crate::quality::quote_style::{Style, counts, first_of_other};
use crate::quality::{Checker, Consistency, Gist, Lengths, quotes_balanced, stale};
use crate::store::Corpus;
use crate::store::file::Sketch;

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

/// What is usual in these articles: how long their English is. Articles that cannot be read are passed over.
pub fn usual_lengths(corpus: &Corpus, stems: &[Stem], edition: Option<&Edition>) -> Lengths {
    let mut pairs: Vec<(f32, f32)> = Vec::new();
    let chars = |texts: &[Cow<'_, str>]| texts.iter().map(|text| text.chars().count()).sum::<usize>() as f32;
    let measure = |stem: &Stem| {
        let mut own = Vec::new();
        let each = |unit: &Sketch<'_>| {
            let passed_over = matches!(unit.status, Status::Skipped | Status::Orphan);
            if unit.kind.is_content() && !unit.en.is_empty() && !unit.fr.is_empty() && !passed_over {
                own.push((chars(&unit.fr), chars(&unit.en)));
            }
        };
        match corpus.scan(stem, edition, |_| true, each) {
            Ok(_) => own,
            Err(_) => Vec::new(),
        }
    };
    let done: Result<(), std::convert::Infallible> = each(stems, measure, |_, own: Vec<(f32, f32)>| {
        pairs.extend(own);
        Ok(())
    });
    let Ok(()) = done;
    Lengths::of(&pairs)
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
    let mut seen = Consistency::default();
    each(
        stems,
        |stem| open(corpus, stem, edition).map(|opened| (check_units(checker, &opened), opened)),
        |stem, result| {
            let checked = match result {
                Ok((Looked { mut units, gists }, opened)) => {
                    seen.article(stem);
                    for (place, gist) in gists {
                        let findings = seen.look(&opened.alignment.units()[place], gist);
                        add(
                            &mut units,
                            place,
                            findings.into_iter().filter_map(|one| checker.settle(one)).collect(),
                        );
                    }
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

/// What was seen in an article by itself.
struct Looked {
    units: ByUnit,
    /// What is compared with other units, by place.
    gists: Vec<(usize, Gist)>,
}

fn add(units: &mut ByUnit, place: usize, findings: Vec<Finding>) {
    if findings.is_empty() {
        return;
    }
    match units.binary_search_by_key(&place, |(place, _)| *place) {
        Ok(at) => units[at].1.extend(findings),
        Err(at) => units.insert(at, (place, findings)),
    }
}

fn is_checked(unit: &Unit) -> bool {
    unit.is_content()
        && unit.has_english()
        && !unit.fr.is_empty()
        && !matches!(unit.status, Status::Skipped | Status::Orphan)
}

/// What the checks find in one unit by itself, dismissed or not: nothing in one that is not to be checked.
pub fn check_unit(checker: &Checker, unit: &Unit) -> Vec<Finding> {
    if !is_checked(unit) {
        return Vec::new();
    }
    let mut findings = checker.check(&unit.french(), &unit.english());
    findings.extend(stale(unit).and_then(|one| checker.settle(one)));
    findings
}

/// What the checks find in the units of an article, dismissed or not.
fn check_units(checker: &Checker, opened: &Opened) -> Looked {
    let units = opened.alignment.units();
    let all: Vec<(usize, Vec<Finding>, Option<Gist>)> = units
        .par_iter()
        .enumerate()
        .with_min_len(64)
        .filter(|(_, unit)| is_checked(unit))
        .map(|(place, unit)| {
            let (mut findings, gist) = checker.look(&unit.french(), &unit.english());
            findings.extend(stale(unit).and_then(|one| checker.settle(one)));
            (place, findings, (!unit.is_stale()).then_some(gist))
        })
        .collect();
    let gists = all.iter().filter_map(|(place, _, gist)| Some((*place, (*gist)?))).collect();
    let mut units: ByUnit = all.into_iter().map(|(place, findings, _)| (place, findings)).collect();
    whole_quotations(opened, &mut units);
    one_style(checker, opened, &mut units);
    units.retain(|(_, findings)| !findings.is_empty());
    Looked { units, gists }
}

/// Adds a finding to units whose quotation marks are not of the kind that the article's are.
fn one_style(checker: &Checker, opened: &Opened, all: &mut ByUnit) {
    // Notes at most: nothing to look for where they are not shown, by far the most often.
    if checker.settle(Finding::new("quote-style", Severity::Note, "")).is_none() {
        return;
    }
    let texts: Vec<String> =
        all.iter().map(|(place, _)| opened.alignment.units()[*place].english()).collect();
    let (straight, curly) =
        texts.iter().map(|text| counts(text)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    let style = match (straight, curly) {
        (_, 0) | (0, _) => return,
        _ if curly >= 9 * straight => Style::Curly,
        _ if straight >= 9 * curly => Style::Straight,
        _ => return,
    };
    for ((_, findings), text) in all.iter_mut().zip(&texts) {
        if !findings.iter().any(|one| one.check == "quote-style") {
            findings.extend(first_of_other(text, style).and_then(|one| checker.settle(one)));
        }
    }
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
        let hash = (!unit.more.dismissed.is_empty()).then(|| unit.texts_hash());
        for finding in findings {
            let gone = hash.as_ref().is_some_and(|hash| {
                unit.more.dismissed.iter().any(|one| one.check == finding.check && one.hash == *hash)
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
