//! The articles of a corpus, and how far each has come.

use crate::bitext::{Edition, Stem};
use crate::quality::Coverage;
use crate::store::Corpus;

use super::{DeskError, OpenState, each, open};

/// An article in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// How the article and its alignment file stand to each other.
    pub state: OpenState,
    /// Its content by state.
    pub coverage: Coverage,
    /// How many sentences are boilerplate.
    pub boilerplate: usize,
    /// What is known of it: title, url …
    pub about: Vec<(String, String)>,
    /// Its other English editions.
    pub editions: Vec<Edition>,
    /// When a unit was changed last: RFC 3339.
    pub changed: Option<String>,
}

impl Listed {
    /// Its title, if one is known.
    pub fn title(&self) -> Option<&str> {
        self.about.iter().find(|(key, _)| key == "title").map(|(_, title)| title.as_str())
    }
}

/// Hands each of these articles to `take`, in order.
///
/// # Errors
///
/// What `take` gives; [`DeskError::Store`] where the folder of alignment files cannot be read. A fault in one article
/// is for `take` to see, and the work on the others goes on.
pub fn list<E: From<DeskError>>(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    take: impl FnMut(&Stem, Result<Listed, DeskError>) -> Result<(), E>,
) -> Result<(), E> {
    let editions = corpus.all_editions().map_err(DeskError::from)?;
    let look = |stem: &Stem| {
        let opened = open(corpus, stem, edition)?;
        let boilerplate = opened.alignment.units().iter().filter(|unit| !unit.is_content());
        Ok(Listed {
            state: opened.state,
            coverage: Coverage::of(opened.alignment.units()),
            boilerplate: boilerplate.map(|unit| unit.fr.len()).sum(),
            about: opened.alignment.header().about.clone(),
            editions: editions.get(stem).cloned().unwrap_or_default(),
            changed: opened
                .alignment
                .units()
                .iter()
                .filter_map(|unit| unit.at.as_deref())
                .max()
                .map(str::to_owned),
        })
    };
    each(stems, look, take)
}
