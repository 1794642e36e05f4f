//! A unit in its place: what a format needs to know beside the unit's own fields.

use crate::bitext::Unit;

/// A unit, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Its article's stem.
    pub article: &'a str,
    /// The edition, if it is not the article's only or first one.
    pub edition: Option<&'a str>,
    /// What the article's header tells of it: `title`, `url`, `licence` …
    pub about: &'a [(String, String)],
    /// Its paragraph in the article, from 1; none where it has no French, or the text has changed.
    pub paragraph: Option<u32>,
    /// The first of its sentences in the article, from 1; none where it has no French.
    pub sentence: Option<u32>,
}

impl<'a> Placed<'a> {
    /// A unit of an article, without its place in it.
    pub fn new(unit: &'a Unit, article: &'a str) -> Self {
        Placed { unit, article, edition: None, about: &[], paragraph: None, sentence: None }
    }
}
