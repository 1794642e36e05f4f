//! The glossary: what it has and how well it is kept, what it may have, and adding to it.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use crate::bitext::{Edition, Stem, Unit, UnitId};
use crate::desk::check::{glossary, terms};
use crate::desk::{DeskError, each, open};
use crate::quality::{Counting, Glossary, Keys, Pairing, Proposal, State, Term, Wanted};
use crate::store::Corpus;
use crate::words::{Lexicon, fold_key};

/// A term of the glossary, and how it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The term.
    pub term: Term,
    /// Translated units whose French has it.
    pub units: u64,
    /// Those whose English has one of its forms.
    pub kept: u64,
}

/// A term that may go into the glossary, with a unit that shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// What is proposed.
    pub proposal: Proposal,
    /// A unit that has both.
    pub example: Option<Example>,
}

/// A unit that shows a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its article.
    pub stem: Stem,
    /// The unit.
    pub unit: UnitId,
    /// Its French.
    pub fr: String,
    /// Its English.
    pub en: String,
}

/// What came of terms that were to be added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Terms that were added.
    pub added: Vec<Term>,
    /// Terms that were there already.
    pub there: Vec<Term>,
    /// Terms that have other English there, which stays.
    pub otherwise: Vec<(Term, Term)>,
}

/// What a line that says no begins with: it is a remark to everything else.
const NO: &str = "#no ";

/// Whether a unit's texts are looked at: content with English that is not stale.
fn is_looked_at(unit: &Unit) -> bool {
    unit.is_content()
        && !unit.fr.is_empty()
        && matches!(State::of(unit), Some(State::Reviewed | State::Draft))
}

/// The terms of the glossary in its order, with how many units have and keep each.
///
/// # Errors
///
/// Where the glossary cannot be read or has a line that is no term. An article that cannot be read is handed to `report` and
/// passed over.
pub fn kept(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    mut report: impl FnMut(&Stem, DeskError),
) -> Result<Vec<Kept>, DeskError> {
    let glossary = Glossary::new(glossary(corpus)?);
    let mut all: Vec<Kept> =
        glossary.iter().map(|term| Kept { term: term.clone(), units: 0, kept: 0 }).collect();
    if all.is_empty() {
        return Ok(all);
    }
    let count = |stem: &Stem| {
        let mut counts: HashMap<usize, (u64, u64)> = HashMap::new();
        for (_, fr, en) in texts(corpus, stem, edition)? {
            for (term, kept) in glossary.kept_in(&fr, &en) {
                let sum = counts.entry(term).or_default();
                sum.0 += 1;
                sum.1 += u64::from(kept);
            }
        }
        Ok(counts)
    };
    let Ok(()) = each(stems, count, |stem, counts| {
        match counts {
            Ok(counts) => {
                for (term, (units, kept)) in counts {
                    all[term].units += units;
                    all[term].kept += kept;
                }
            }
            Err(error) => report(stem, error),
        }
        Ok::<(), Infallible>(())
    });
    Ok(all)
}

/// Terms that the glossary may have, best first, out of the translated units of these articles.
///
/// Terms that it has, and those that a person said no to, are left out. `step` is told of each article, twice.
///
/// # Errors
///
/// Where the glossary cannot be read. An article that cannot be read is handed to `report`, once, and passed over.
pub fn propose(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    wanted: Wanted,
    mut step: impl FnMut(),
    mut report: impl FnMut(&Stem, DeskError),
) -> Result<Vec<Proposed>, DeskError> {
    let text = corpus.read_list("glossary.tsv")?.unwrap_or_default();
    let mut known: Vec<String> = glossary(corpus)?.iter().map(|term| fold_key(&term.fr)).collect();
    known.extend(text.lines().filter_map(|line| line.strip_prefix(NO)).map(|term| fold_key(term.trim())));
    let glossary = Glossary::new(known.into_iter().map(|fr| Term { fr, en: vec!["x".to_owned()] }).collect());

    // The articles are read twice and more: what cannot be read once counts as unread, and is told once.
    let mut unread: HashSet<Stem> = HashSet::new();
    let mut fault = |stem: &Stem, error: DeskError| {
        if unread.insert(stem.clone()) {
            report(stem, error);
        }
    };
    let mut counting = Counting::default();
    let keys = |stem: &Stem| {
        let texts = texts(corpus, stem, edition)?;
        Ok(texts.iter().map(|(_, fr, en)| Keys::of(fr, en)).collect::<Vec<_>>())
    };
    let Ok(()) = each(stems, keys, |stem, keys| {
        match keys {
            Ok(keys) => keys.iter().for_each(|keys| counting.add(keys)),
            Err(error) => fault(stem, error),
        }
        step();
        Ok::<(), Infallible>(())
    });
    let mut pairing: Pairing = counting.pairing(wanted);
    let mut ends: Vec<u32> = Vec::with_capacity(stems.len());
    let mut number = 0;
    let Ok(()) = each(
        stems,
        |stem| texts(corpus, stem, edition),
        |stem, texts| {
            match texts {
                Ok(texts) => {
                    for (_, fr, en) in &texts {
                        pairing.add(fr, en, number);
                        number += 1;
                    }
                }
                Err(error) => fault(stem, error),
            }
            ends.push(number);
            step();
            Ok::<(), Infallible>(())
        },
    );
    let proposals = pairing.finish(&Lexicon::bundled(), |fr| glossary.is_term(fr));
    let mut example = |number: u32| {
        let article = ends.partition_point(|end| *end <= number);
        let stem = stems.get(article)?;
        let before = article.checked_sub(1).map_or(0, |before| ends[before]);
        let texts = texts(corpus, stem, edition).map_err(|error| fault(stem, error)).ok()?;
        let (unit, fr, en) = texts.into_iter().nth((number - before) as usize)?;
        Some(Example { stem: stem.clone(), unit, fr, en })
    };
    Ok(proposals
        .into_iter()
        .map(|proposal| Proposed { example: example(proposal.example), proposal })
        .collect())
}

/// The texts of an article's translated units.
fn texts(
    corpus: &Corpus,
    stem: &Stem,
    edition: Option<&Edition>,
) -> Result<Vec<(UnitId, String, String)>, DeskError> {
    let opened = open(corpus, stem, edition)?;
    let units = opened.alignment.units().iter().filter(|unit| is_looked_at(unit));
    Ok(units.map(|unit| (unit.id, unit.french(), unit.english())).collect())
}

/// The terms of a list in the form of `glossary.tsv`; further columns are passed over.
///
/// # Errors
///
/// The number of the first line that is none, from 1.
pub fn read_terms(text: &str) -> Result<Vec<Term>, usize> {
    terms(text)
}

/// Adds terms to the end of `glossary.tsv`. A term that is there is not added again, and one that has other English there is not
/// changed: that is for a person.
///
/// # Errors
///
/// Where the glossary cannot be read or written.
pub fn accept(corpus: &Corpus, new: &[Term], command: &str) -> Result<Accepted, DeskError> {
    let mut accepted = Accepted::default();
    corpus.add_to_list("glossary.tsv", command, |old| {
        let mut there = terms(old).map_err(|line| {
            DeskError::Checks(format!("glossary.tsv: line {line}: expected `French<TAB>English; English`"))
        })?;
        let mut lines = String::new();
        for term in new {
            let same = |other: &&Term| fold_key(&other.fr) == fold_key(&term.fr);
            match there.iter().find(same) {
                Some(own) if term.en.iter().all(|en| own.en.iter().any(|o| fold_key(o) == fold_key(en))) => {
                    accepted.there.push(term.clone());
                }
                Some(own) => accepted.otherwise.push((term.clone(), own.clone())),
                None => {
                    lines.push_str(&format!("{}\t{}\n", flat(&term.fr), flat(&term.en.join("; "))));
                    there.push(term.clone());
                    accepted.added.push(term.clone());
                }
            }
        }
        Ok::<_, DeskError>((!lines.is_empty()).then_some(lines))
    })?;
    Ok(accepted)
}

/// Writes down that a term is not wanted: it is not proposed again.
///
/// # Errors
///
/// Where the glossary cannot be read or written.
pub fn refuse(corpus: &Corpus, fr: &str, command: &str) -> Result<(), DeskError> {
    corpus.add_to_list("glossary.tsv", command, |old| {
        let line = format!("{NO}{}", flat(fr));
        let there = old.lines().any(|own| own.trim_end() == line);
        Ok((!there).then(|| line + "\n"))
    })
}

/// A text on one line, without tabs.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
