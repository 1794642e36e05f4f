//! Units of one article as a file: those that a page shows, with both sides or one.

use std::collections::HashSet;
use std::io::{Cursor, Read, Seek};

use crate::bitext::{Edition, Stem, Texts, Unit, UnitId};
use crate::format::{Bitext, Format, Head, Options, Placed, Told, Write};
use crate::store::now;

use super::{DeskError, Shelf};

/// Which of the two texts go out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sides {
    /// Both.
    #[default]
    Both,
    /// The French alone.
    French,
    /// The English alone.
    English,
}

/// These units of an article in a format of one file, in reading order.
///
/// # Errors
///
/// [`DeskError::Format`] where the format cannot be written, or is several files; where the article cannot be read.
pub fn shown(
    shelf: &Shelf,
    (stem, edition): (&Stem, Option<&Edition>),
    ids: &[UnitId],
    sides: Sides,
    format: &Format,
) -> Result<Vec<u8>, DeskError> {
    let article = shelf.open(stem, edition)?;
    let wanted: HashSet<UnitId> = ids.iter().copied().collect();
    let one_sided = |unit: &Unit| {
        let mut unit = unit.clone();
        match sides {
            Sides::Both => {}
            Sides::French => unit.en = Texts::new(),
            Sides::English => unit.fr = Texts::new(),
        }
        unit
    };
    let placed: Vec<Placed<'_>> = article
        .opened
        .placed(edition, format.paragraphs)
        .filter(|placed| wanted.contains(&placed.unit.id))
        .collect();
    let units: Vec<Unit> = placed.iter().map(|placed| one_sided(placed.unit)).collect();
    let placed: Vec<Placed<'_>> =
        placed.iter().zip(&units).map(|(placed, unit)| Placed { unit, ..*placed }).collect();
    let header = article.opened.alignment.header();
    let options = Options {
        source: header.source.clone(),
        target: header.target.clone(),
        name: stem.to_string(),
        at: now(),
        ..Options::default()
    };
    let head = Head { article: stem.as_str(), edition: edition.map(Edition::as_str), about: &header.about };
    let bitext = Bitext { head, units: &placed };
    let mut told = Told::default();
    let failed = |source| DeskError::Write { source };
    match format.write {
        Write::Text(writer) => {
            let writer = writer(&options).map_err(failed)?;
            let mut out = Vec::new();
            writer.begin(&mut out).map_err(failed)?;
            writer.article(&bitext, &mut out, &mut told).map_err(failed)?;
            writer.end(&mut out).map_err(failed)?;
            Ok(out)
        }
        Write::File(writer) => {
            let mut out = Cursor::new(Vec::new());
            {
                let mut writer = writer(&options, &mut out).map_err(failed)?;
                writer.article(&bitext, &mut told).map_err(failed)?;
                writer.finish(&mut told).map_err(failed)?;
            }
            out.rewind().map_err(failed)?;
            let mut bytes = Vec::new();
            out.read_to_end(&mut bytes).map_err(failed)?;
            Ok(bytes)
        }
        Write::No | Write::Unbuilt | Write::Folder(_) => {
            Err(DeskError::Format(format!("{} cannot be written as one file here", format.title)))
        }
    }
}
