//! An article's units in their places, as formats take them.

use crate::bitext::{Edition, Span};
use crate::format::Placed;
use crate::segment::paragraphs;

use super::{OpenState, Opened};

impl Opened {
    /// Every unit in its place, in reading order.
    ///
    /// Paragraphs are counted only where `count_paragraphs` asks for it, and the article has not changed.
    pub fn placed<'a>(
        &'a self,
        edition: Option<&'a Edition>,
        count_paragraphs: bool,
    ) -> impl Iterator<Item = Placed<'a>> {
        let header = self.alignment.header();
        let spans = if count_paragraphs { self.spans() } else { None };
        let whole = if spans.is_some() { paragraphs(&self.article.text).spans } else { Vec::new() };
        let mut sentences = 0;
        self.alignment.units().iter().enumerate().map(move |(index, unit)| {
            let first = spans.as_ref().and_then(|spans| spans[index].first());
            let paragraph = first.map(|span| {
                // Those that begin no later than the sentence does.
                whole.partition_point(|paragraph| paragraph.start <= span.start) as u32
            });
            let sentence = (!unit.fr.is_empty()).then_some(sentences + 1);
            sentences += unit.fr.len() as u32;
            Placed {
                unit,
                article: &header.article,
                edition: edition.map(Edition::as_str),
                about: &header.about,
                paragraph,
                sentence,
            }
        })
    }

    /// Where each unit's sentences stand in the article; none where it has changed since.
    pub fn spans(&self) -> Option<Vec<Vec<Span>>> {
        match self.state {
            OpenState::SeedChanged => None,
            OpenState::New | OpenState::Current => self.alignment.spans(&self.article.text).ok(),
        }
    }
}
