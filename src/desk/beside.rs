//! Several English versions of an article side by side, joined at the smallest beads that they have in common.

use std::fmt;
use std::io::Write;
use std::str::FromStr;

use crate::bitext::{Edition, Kind, NameError, Status, Stem, Unit, UnitId};
use crate::format::{Table, Told};
use crate::store::Corpus;

use super::{DeskError, OpenState, each, open};

/// One English version of an article: what people translate here, or an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Version {
    /// The article's own alignment file, called `main`.
    Main,
    /// An edition.
    Edition(Edition),
}

impl Version {
    /// As the store names it.
    pub fn edition(&self) -> Option<&Edition> {
        match self {
            Version::Main => None,
            Version::Edition(edition) => Some(edition),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.edition().map_or("main", Edition::as_str))
    }
}

impl FromStr for Version {
    type Err = NameError;

    fn from_str(name: &str) -> Result<Self, NameError> {
        Ok(if name == "main" { Version::Main } else { Version::Edition(name.parse()?) })
    }
}

/// A stretch of an article that begins and ends a unit in every version, and none shorter does.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// The id of its first unit, in the first version that has one.
    pub id: UnitId,
    /// What its first sentence is.
    pub kind: Kind,
    /// Whether any of it is content.
    pub content: bool,
    /// The French; empty: English of one version that has none beside it.
    pub fr: String,
    /// The English of each version; empty: none.
    pub en: Vec<String>,
}

/// An article's stretches, in order. Orphans are left out.
///
/// # Errors
///
/// [`DeskError::Store`] where a version cannot be read; [`DeskError::Outdated`] where one is of a former text.
pub fn beside(corpus: &Corpus, stem: &Stem, versions: &[Version]) -> Result<Vec<Stretch>, DeskError> {
    let mut sides = Vec::with_capacity(versions.len());
    for version in versions {
        let opened = open(corpus, stem, version.edition())?;
        let spans = opened.spans().ok_or_else(|| DeskError::Outdated(stem.clone()))?;
        if opened.state == OpenState::SeedChanged {
            return Err(DeskError::Outdated(stem.clone()));
        }
        let units = opened.alignment.into_parts().1;
        let ends = spans.iter().map(|spans| spans.last().map(|span| span.end));
        let units: Vec<(Unit, Option<usize>)> =
            units.into_iter().zip(ends).filter(|(unit, _)| unit.status != Status::Orphan).collect();
        sides.push(units);
    }
    Ok(joined(&sides))
}

/// Units with the bytes at which their French ends.
type Side = Vec<(Unit, Option<usize>)>;

fn joined(sides: &[Side]) -> Vec<Stretch> {
    let mut ends: Vec<usize> = Vec::new();
    for (at, side) in sides.iter().enumerate() {
        let own: Vec<usize> = side.iter().filter_map(|(_, end)| *end).collect();
        // Both rise: what is in one is looked for in the other.
        ends = if at == 0 {
            own
        } else {
            ends.into_iter().filter(|end| own.binary_search(end).is_ok()).collect()
        };
    }
    let mut places = vec![0; sides.len()];
    let mut all = Vec::with_capacity(ends.len());
    let alone = |places: &mut [usize], all: &mut Vec<Stretch>| {
        for (at, side) in sides.iter().enumerate() {
            while let Some((unit, None)) = side.get(places[at]) {
                places[at] += 1;
                let mut en = vec![String::new(); sides.len()];
                en[at] = unit.english();
                let (id, kind, content) = (unit.id, unit.kind, unit.is_content());
                all.push(Stretch { id, kind, content, fr: String::new(), en });
            }
        }
    };
    for end in ends {
        alone(&mut places, &mut all);
        let mut stretch: Option<Stretch> = None;
        for (at, side) in sides.iter().enumerate() {
            let rest = &side[places[at]..];
            let count =
                rest.iter().position(|(_, own)| *own == Some(end)).map_or(rest.len(), |last| last + 1);
            let units = &rest[..count];
            places[at] += count;
            let Some((first, _)) = units.first() else { continue };
            let own = stretch.get_or_insert_with(|| Stretch {
                id: first.id,
                kind: first.kind,
                content: false,
                fr: text(units, Unit::french),
                en: vec![String::new(); sides.len()],
            });
            own.content |= units.iter().any(|(unit, _)| unit.is_content());
            own.en[at] = text(units, Unit::english);
        }
        all.extend(stretch);
    }
    alone(&mut places, &mut all);
    all
}

/// Texts of units, joined by one space.
fn text(units: &[(Unit, Option<usize>)], of: impl Fn(&Unit) -> String) -> String {
    let texts: Vec<String> = units.iter().map(|(unit, _)| of(unit)).filter(|text| !text.is_empty()).collect();
    texts.join(" ")
}

/// Writes articles as a table: `id`, `article`, `fr`, and a column `en:VERSION` for each version.
///
/// # Errors
///
/// What `out` gives; a fault in one article is for `seen`, and the work on the others goes on.
pub fn write_beside(
    corpus: &Corpus,
    stems: &[Stem],
    versions: &[Version],
    boilerplate: bool,
    table: Table,
    out: &mut dyn Write,
    mut seen: impl FnMut(&Stem, Option<DeskError>),
) -> std::io::Result<Told> {
    let mut told = Told::default();
    let mut names = vec!["id".to_owned(), "article".to_owned(), "fr".to_owned()];
    names.extend(versions.iter().map(|version| format!("en:{version}")));
    let mut line = Vec::new();
    table.line(&names, &mut line, &mut Told::default())?;
    out.write_all(&line)?;
    each(
        stems,
        |stem| beside(corpus, stem, versions),
        |stem, stretches| {
            match stretches {
                Ok(stretches) => {
                    for stretch in stretches.iter().filter(|stretch| boilerplate || stretch.content) {
                        line.clear();
                        let id = stretch.id.to_string();
                        let cells = [id.as_str(), stem.as_str(), &stretch.fr].into_iter();
                        table.line(
                            cells.chain(stretch.en.iter().map(String::as_str)),
                            &mut line,
                            &mut told,
                        )?;
                        out.write_all(&line)?;
                        told.units += 1;
                    }
                    seen(stem, None);
                }
                Err(error) => seen(stem, Some(error)),
            }
            std::io::Result::Ok(())
        },
    )?;
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A side from `fr>en` for each unit; each letter of the French is a byte.
    fn side(units: &[&str]) -> Side {
        let stem: Stem = "roy".parse().unwrap();
        let mut end = 0;
        units
            .iter()
            .enumerate()
            .map(|(at, unit)| {
                let (fr, en) = unit.split_once('>').unwrap();
                end += fr.len();
                let fr: Vec<String> = fr.chars().map(String::from).collect();
                let place = (!fr.is_empty()).then_some(end);
                let mut unit = Unit::new(UnitId::of(&stem, &fr, at), Kind::Body, fr);
                unit.en = en.into();
                (unit, place)
            })
            .collect()
    }

    fn shown(sides: &[Side]) -> Vec<String> {
        joined(sides).iter().map(|one| format!("{}>{}", one.fr, one.en.join("|"))).collect()
    }

    #[test]
    fn versions_are_joined_where_both_end_a_unit() {
        let left = side(&["a>1", "bc>2", "d>3", "e>4"]);
        let right = side(&[">title", "a>I", "b>II", "cd>III", ">more", "e>IV", ">end"]);
        assert_eq!(
            shown(&[left, right]),
            [">|title", "a>1|I", "b c d>2 3|II III", ">|more", "e>4|IV", ">|end"]
        );
    }

    #[test]
    fn english_alone_within_a_stretch_belongs_to_it() {
        let left = side(&["ab>1", "c>2"]);
        let right = side(&["a>I", ">and", "b>II", "c>III"]);
        assert_eq!(shown(&[left.clone(), right]), ["a b>1|I and II", "c>2|III"]);
        assert_eq!(shown(&[left]), ["a b>1", "c>2"]);
    }
}
