//! Finding the unit that a person names: `ARTICLE:ID`, or an id alone, looked up over the corpus.

use memchr::memmem::Finder;
use rayon::prelude::*;

use crate::bitext::{Alignment, Edition, Stem, UnitId};
use crate::store::{Corpus, StoreError};

use super::{DeskError, Opened, open};

/// An article, or an edition of it, and what its unit was called there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// The article.
    pub stem: Stem,
    /// Its edition, if it is one.
    pub edition: Option<Edition>,
    /// The unit's id, the beginning of one, or its number in the article, counted from 1.
    pub unit: String,
}

impl Named {
    /// The article's name as it is typed: `ARTICLE` or `ARTICLE@EDITION`.
    pub fn article(&self) -> String {
        match &self.edition {
            None => self.stem.to_string(),
            Some(edition) => format!("{}@{edition}", self.stem),
        }
    }

    /// The unit that is meant, among those that the article has.
    ///
    /// The id of a unit that was merged into another means that other.
    ///
    /// # Errors
    ///
    /// [`DeskError::NoUnit`], [`DeskError::ManyUnits`].
    pub fn id_in(&self, alignment: &Alignment) -> Result<UnitId, DeskError> {
        let units = alignment.units();
        let none = || DeskError::NoUnit { name: self.unit.clone(), article: Some(self.article()) };
        if let Ok(number) = self.unit.parse::<usize>() {
            let unit = number.checked_sub(1).and_then(|place| units.get(place));
            return unit.map(|unit| unit.id).ok_or_else(none);
        }
        if let Ok(id) = self.unit.parse::<UnitId>()
            && let Some((_, unit)) = alignment.find(id)
        {
            return Ok(unit.id);
        }
        let begins = |id: &UnitId| !self.unit.is_empty() && id.as_str().starts_with(&self.unit);
        let mut found: Vec<UnitId> = units
            .iter()
            .filter(|unit| begins(&unit.id) || unit.more.was_ids.iter().any(begins))
            .map(|unit| unit.id)
            .collect();
        match found.len() {
            0 => Err(none()),
            1 => Ok(found.remove(0)),
            _ => {
                let candidates = found.iter().map(|id| format!("{}:{id}", self.article())).collect();
                Err(DeskError::ManyUnits { name: self.unit.clone(), candidates })
            }
        }
    }
}

/// The shortest beginning of an id that is looked up over the whole corpus.
const SHORTEST: usize = 4;

/// A unit's name, with the edition that it is looked up in; a name that says its edition keeps it.
///
/// # Examples
///
/// ```
/// use enregard::desk::in_edition;
/// let edition = "published".parse().unwrap();
/// assert_eq!(in_edition("000:12", Some(&edition)), "000@published:12");
/// assert_eq!(in_edition("k7q2m9xd0v", Some(&edition)), "@published:k7q2m9xd0v");
/// assert_eq!(in_edition("000:12", None), "000:12");
/// ```
pub fn in_edition(name: &str, edition: Option<&Edition>) -> String {
    match (edition, name.rsplit_once(':')) {
        (None, _) => name.to_owned(),
        (Some(_), Some((article, _))) if article.contains('@') => name.to_owned(),
        (Some(edition), Some((article, unit))) => format!("{article}@{edition}:{unit}"),
        (Some(edition), None) => format!("@{edition}:{name}"),
    }
}

/// The id of the unit that a person names as for [`find_unit`]; a whole id also where no article has it any more.
///
/// # Errors
///
/// Those of [`find_unit`], [`open`] and [`Named::id_in`].
pub fn unit_id(corpus: &Corpus, name: &str) -> Result<UnitId, DeskError> {
    let id = name.rsplit_once(':').map_or(name, |(_, unit)| unit);
    if let Ok(id) = id.trim().parse() {
        return Ok(id);
    }
    let named = find_unit(corpus, name)?;
    let opened = open(corpus, &named.stem, named.edition.as_ref())?;
    named.id_in(&opened.alignment)
}

/// Reads a unit's name.
///
/// `ARTICLE:ID` and `ARTICLE@EDITION:ID`, where the article's name, the id, or both may be cut short;
/// `ARTICLE:12` is the twelfth unit, and `@EDITION:ID` is looked up in the files of that edition. An id alone, or its first four characters and more, is looked up in all alignment files
/// first, then among the units that articles without one will get.
///
/// # Errors
///
/// [`DeskError::NoUnit`], [`DeskError::ManyUnits`], [`DeskError::Store`] where there is no such article.
pub fn find_unit(corpus: &Corpus, name: &str) -> Result<Named, DeskError> {
    if let Some((article, unit)) = name.rsplit_once(':') {
        let (article, edition) = match article.split_once('@') {
            None => (article, None),
            Some((article, edition)) => {
                let edition: Edition = edition.parse().map_err(DeskError::Name)?;
                if article.is_empty() {
                    return find_in(corpus, unit.trim(), Some(&edition));
                }
                (article, Some(edition))
            }
        };
        let stem = corpus.resolve(article)?;
        return Ok(Named { stem, edition, unit: unit.trim().to_owned() });
    }
    find_in(corpus, name.trim(), None)
}

/// Looks an id, or the beginning of one, up over the corpus; in one edition, where there is one.
fn find_in(corpus: &Corpus, name: &str, edition: Option<&Edition>) -> Result<Named, DeskError> {
    let looks_right = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && (SHORTEST..=10).contains(&name.len());
    if !looks_right {
        return Err(DeskError::NoUnit { name: name.to_owned(), article: None });
    }
    let mut found = in_files(corpus, name, edition)?;
    if found.is_empty() && edition.is_none() {
        found = in_fresh(corpus, name)?;
    }
    found.sort();
    found.dedup();
    // An edition has the ids of its article: the article itself is meant, if it has the unit.
    let own: Vec<Stem> =
        found.iter().filter(|named| named.edition.is_none()).map(|named| named.stem.clone()).collect();
    found.retain(|named| named.edition.is_none() || !own.contains(&named.stem));
    match found.len() {
        0 => Err(DeskError::NoUnit { name: name.to_owned(), article: None }),
        1 => Ok(found.remove(0)),
        _ => {
            let candidates = found.iter().map(|named| format!("{}:{name}", named.article())).collect();
            Err(DeskError::ManyUnits { name: name.to_owned(), candidates })
        }
    }
}

fn named(stem: &Stem, edition: Option<&Edition>, unit: &str) -> Named {
    Named { stem: stem.clone(), edition: edition.cloned(), unit: unit.to_owned() }
}

/// The alignment files that have the unit. A file is only parsed where the id is in its bytes.
fn in_files(corpus: &Corpus, name: &str, edition: Option<&Edition>) -> Result<Vec<Named>, DeskError> {
    let mut files = corpus.alignment_files()?;
    if edition.is_some() {
        files.retain(|(_, own)| own.as_ref() == edition);
    }
    let wanted = format!("\"{name}");
    let finder = Finder::new(&wanted);
    let found: Vec<Option<Named>> = files
        .par_iter()
        .map(|(stem, edition)| -> Result<Option<Named>, StoreError> {
            let path = corpus.alignment_path(stem, edition.as_ref());
            let Some(bytes) = corpus.bytes(&path)? else { return Ok(None) };
            if finder.find(&bytes).is_none() {
                return Ok(None);
            }
            let named = named(stem, edition.as_ref(), name);
            // The characters may stand in a text as well; a file with a fault has it told when it is opened.
            let has = match corpus.read(stem, edition.as_ref()) {
                Ok(stored) => stored.alignment.is_some_and(|alignment| has_unit(&named, &alignment)),
                Err(_) => true,
            };
            Ok(has.then_some(named))
        })
        .collect::<Result<_, _>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// The articles without an alignment file that will have the unit.
fn in_fresh(corpus: &Corpus, name: &str) -> Result<Vec<Named>, DeskError> {
    let with_file: std::collections::HashSet<Stem> = corpus
        .alignment_files()?
        .into_iter()
        .filter(|(_, edition)| edition.is_none())
        .map(|(stem, _)| stem)
        .collect();
    let fresh: Vec<Stem> = corpus.stems()?.into_iter().filter(|stem| !with_file.contains(stem)).collect();
    let found: Vec<Option<Named>> = fresh
        .par_iter()
        .map(|stem| {
            let named = named(stem, None, name);
            // A seed that cannot be read has no units.
            let opened: Option<Opened> = open(corpus, stem, None).ok();
            opened.filter(|opened| has_unit(&named, &opened.alignment)).map(|_| named)
        })
        .collect();
    Ok(found.into_iter().flatten().collect())
}

fn has_unit(named: &Named, alignment: &Alignment) -> bool {
    !matches!(named.id_in(alignment), Err(DeskError::NoUnit { .. }))
}
