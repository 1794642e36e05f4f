//! Articles unit by unit, for a page that shows them: each unit's state, texts and findings.

use std::collections::HashMap;

use crate::bitext::{Edition, Finding, Kind, Stem, UnitId};
use crate::desk::check::{Checked, check_articles};
use crate::desk::{DeskError, each, open};
use crate::quality::{Checker, State};
use crate::store::Corpus;

/// A unit of content, or an orphan, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The unit.
    pub id: UnitId,
    /// Its place in the article, from 1.
    pub place: usize,
    /// What it is.
    pub kind: Kind,
    /// How far it has come; none: an orphan.
    pub state: Option<State>,
    /// The French; of an orphan what it was.
    pub fr: String,
    /// The English.
    pub en: String,
    /// The French that the English translates, where that has changed.
    pub was: Option<String>,
    /// What the checks found and nobody dismissed.
    pub findings: Vec<Finding>,
}

/// The units of these articles, in order.
///
/// # Errors
///
/// As the first article that cannot be read has them.
pub fn details(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    checker: &Checker,
) -> Result<Vec<(Stem, Vec<Shown>)>, DeskError> {
    let mut found: HashMap<(Stem, UnitId), Vec<Finding>> = HashMap::new();
    check_articles(checker, corpus, stems, edition, |stem, checked| match checked {
        Checked::Done { found: own, .. } => {
            for one in own {
                found.entry((stem.clone(), one.unit)).or_default().push(one.finding);
            }
            Ok(())
        }
        Checked::Fault(error) => Err(error),
    })?;
    let mut all = Vec::with_capacity(stems.len());
    each(
        stems,
        |stem| units(corpus, stem, edition),
        |stem, units: Result<Vec<Shown>, DeskError>| -> Result<(), DeskError> {
            let mut units = units?;
            for unit in &mut units {
                unit.findings = found.remove(&(stem.clone(), unit.id)).unwrap_or_default();
            }
            all.push((stem.clone(), units));
            Ok(())
        },
    )?;
    Ok(all)
}

fn units(corpus: &Corpus, stem: &Stem, edition: Option<&Edition>) -> Result<Vec<Shown>, DeskError> {
    let opened = open(corpus, stem, edition)?;
    let units = opened.alignment.units().iter().enumerate();
    Ok(units
        .filter(|(_, unit)| unit.is_content())
        .map(|(index, unit)| {
            let was = (!unit.more.was.is_empty()).then(|| unit.more.was.join(" "));
            let orphan = unit.fr.is_empty();
            Shown {
                id: unit.id,
                place: index + 1,
                kind: unit.kind,
                state: State::of(unit).filter(|_| !orphan),
                fr: if orphan { was.clone().unwrap_or_default() } else { unit.french() },
                en: unit.english(),
                was: was.filter(|_| !orphan),
                findings: Vec::new(),
            }
        })
        .collect())
}
