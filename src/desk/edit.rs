//! One edit, or several that belong together: units found, articles locked, changed and written as one step.

use crate::bitext::{Unit, UnitId};
use crate::revise::{EditError, Revision, Stamp};
use crate::store::{Author, Corpus};

use super::open::alignment_of;
use super::{DeskError, Named, OpenState, find_unit};

/// What an edit came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The article, as it is typed: `ARTICLE` or `ARTICLE@EDITION`.
    pub article: String,
    /// The units that the edit names as its results, as they are now.
    pub units: Vec<Unit>,
    /// How the article and its alignment file stand to each other.
    pub state: OpenState,
}

/// Makes one edit to units of one article, as one step of `undo`.
///
/// `edit` gets the units' ids in the order of `names`, and returns those that it came to. Nothing is written where
/// it fails, or where it changes nothing.
///
/// # Errors
///
/// [`DeskError::NoUnit`], [`DeskError::ManyUnits`] and [`DeskError::TwoArticles`] for names that mean no unit, several, or
/// units of different articles; [`DeskError::Edit`]; [`DeskError::Store`].
pub fn edit(
    corpus: &Corpus,
    author: Author,
    names: &[String],
    edit: impl FnMut(&mut Revision, &[UnitId]) -> Result<Vec<UnitId>, EditError>,
) -> Result<Edited, DeskError> {
    let none = || DeskError::NoUnit { name: String::new(), article: None };
    let (first, others) = names.split_first().ok_or_else(none)?;
    let place = find_unit(corpus, first)?;
    let mut named = vec![place.clone()];
    for name in others {
        // A bare id after the first is most likely of the same article: that is quicker, too.
        let other = if name.contains(':') {
            find_unit(corpus, name)?
        } else {
            Named { unit: name.clone(), ..place.clone() }
        };
        if (&other.stem, &other.edition) != (&place.stem, &place.edition) {
            return Err(DeskError::TwoArticles { first: place.article(), second: other.article() });
        }
        named.push(other);
    }
    Ok(edit_each(corpus, author, vec![named], edit)?.remove(0))
}

/// Makes the same edit to each of several units, wherever they are, all as one step of `undo`.
///
/// # Errors
///
/// As [`edit`]; then nothing is written, unless the disk refuses midway.
pub fn edit_all(
    corpus: &Corpus,
    author: Author,
    names: &[String],
    edit: impl Fn(&mut Revision, UnitId) -> Result<(), EditError>,
) -> Result<Vec<Edited>, DeskError> {
    let mut named = names.iter().map(|name| find_unit(corpus, name)).collect::<Result<Vec<_>, _>>()?;
    // Locks are taken in one order, so that no two programs wait for each other.
    named.sort_by(|a, b| (&a.stem, &a.edition).cmp(&(&b.stem, &b.edition)));
    let groups: Vec<Vec<Named>> = named
        .chunk_by(|a, b| (&a.stem, &a.edition) == (&b.stem, &b.edition))
        .map(<[Named]>::to_vec)
        .collect();
    edit_each(corpus, author, groups, |revision, ids| {
        ids.iter().try_for_each(|id| edit(revision, *id))?;
        Ok(ids.to_vec())
    })
}

/// Locks the articles, edits all, and only then writes.
fn edit_each(
    corpus: &Corpus,
    author: Author,
    groups: Vec<Vec<Named>>,
    mut edit: impl FnMut(&mut Revision, &[UnitId]) -> Result<Vec<UnitId>, EditError>,
) -> Result<Vec<Edited>, DeskError> {
    let stamp = Stamp { by: author.by.clone(), at: author.at.clone() };
    let mut step = corpus.begin(author);
    let mut made = Vec::with_capacity(groups.len());
    for group in groups {
        let place = &group[0];
        let held = step.lock(&place.stem, place.edition.as_ref())?;
        let alignment = alignment_of(corpus, held.stored())?;
        let state = OpenState::of(held.stored());
        let ids = group.iter().map(|named| named.id_in(&alignment)).collect::<Result<Vec<_>, _>>()?;
        let mut revision = Revision::of(alignment.clone().into_owned(), &place.stem, stamp.clone());
        let told = |error| DeskError::Edit { article: place.article(), error };
        let results = edit(&mut revision, &ids).map_err(told)?;
        let new = revision.finish().map_err(DeskError::Law)?;
        let units = results.iter().filter_map(|id| new.find(*id)).map(|(_, unit)| unit.clone()).collect();
        let edited = Edited { article: place.article(), units, state };
        let new = (new != *alignment).then_some(new);
        made.push((edited, held, new));
    }
    let mut edited = Vec::with_capacity(made.len());
    for (one, mut held, new) in made {
        if let Some(new) = new {
            step.write_last(&mut held, new)?;
        }
        edited.push(one);
    }
    step.finish()?;
    Ok(edited)
}
