//! Units for lines that have no id of ours: by their folded French, in article order.
//!
//! A French that one unit has is that unit's. Where several have it, as many lines are taken in order; fewer are
//! placed by their neighbours. What is still open is ambiguous, and is told.

use std::collections::{HashMap, HashSet};

use crate::bitext::{Edition, Stem, Unit, flat};
use crate::store::Corpus;
use crate::words::fold;

use super::{InLine, Problem};
use crate::desk::{each, open};

/// The articles that have these folded texts, in the order of `stems`. One that cannot be read has none.
pub(super) fn homes(
    corpus: &Corpus,
    stems: &[Stem],
    edition: Option<&Edition>,
    wanted: &HashSet<String>,
) -> HashMap<String, Vec<Stem>> {
    let mut homes: HashMap<String, Vec<Stem>> = HashMap::new();
    let texts = |stem: &Stem| -> HashSet<String> {
        let Ok(opened) = open(corpus, stem, edition) else { return HashSet::new() };
        let units = opened.alignment.units().iter();
        let texts = units.flat_map(|unit| [unit.french(), unit.more.was.join(" ")]);
        texts.map(|text| fold(&text).into_owned()).filter(|text| wanted.contains(text)).collect()
    };
    let _ = each(stems, texts, |stem, texts| {
        for text in texts {
            homes.entry(text).or_default().push(stem.clone());
        }
        Ok::<(), ()>(())
    });
    homes
}

/// The places of the units that lines without ids belong to, or why there is none; by the lines' indexes.
pub(super) fn matched(units: &[Unit], lines: &[InLine]) -> HashMap<usize, Result<usize, Problem>> {
    let without: Vec<(usize, &InLine)> =
        lines.iter().enumerate().filter(|(_, line)| line.id.is_none()).collect();
    if without.is_empty() {
        return HashMap::new();
    }
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, unit) in units.iter().enumerate().filter(|(_, unit)| !unit.fr.is_empty()) {
        places.entry(fold(&unit.french()).into_owned()).or_default().push(place);
    }
    // What was once some unit's French, unless it is another's now.
    let mut former: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, unit) in units.iter().enumerate().filter(|(_, unit)| !unit.more.was.is_empty()) {
        former.entry(fold(&unit.more.was.join(" ")).into_owned()).or_default().push(place);
    }
    let mut of_text: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, line) in &without {
        let fr = line.fr.as_deref().unwrap_or_default();
        of_text.entry(fold(fr).into_owned()).or_default().push(*index);
    }
    let mut found: HashMap<usize, Result<usize, Problem>> = HashMap::new();
    let mut open_lines: Vec<(usize, &[usize])> = Vec::new();
    for (text, indexes) in &of_text {
        let candidates = places.get(text).or_else(|| former.get(text)).map_or(&[][..], Vec::as_slice);
        match candidates {
            [] => {
                for index in indexes {
                    found.insert(*index, Err(nowhere(&lines[*index])));
                }
            }
            [one] => found.extend(indexes.iter().map(|index| (*index, Ok(*one)))),
            several if several.len() == indexes.len() => {
                found.extend(indexes.iter().copied().zip(several.iter().map(|place| Ok(*place))));
            }
            several => open_lines.extend(indexes.iter().map(|index| (*index, several))),
        }
    }
    // The neighbours in the file that have a place say where this one is.
    open_lines.sort_unstable();
    let mut taken: HashSet<usize> = found.values().flatten().copied().collect();
    for (index, candidates) in open_lines {
        let place_of = |index: usize| found.get(&index).and_then(|place| place.as_ref().ok()).copied();
        let after = index.checked_sub(1).and_then(place_of).map(|place| place + 1);
        let before = place_of(index + 1).and_then(|place| place.checked_sub(1));
        let by_neighbours: Vec<usize> = [after, before]
            .into_iter()
            .flatten()
            .filter(|place| candidates.contains(place) && !taken.contains(place))
            .collect();
        let result = match by_neighbours[..] {
            [place] => Ok(place),
            [one, other] if one == other => Ok(one),
            _ => Err(Problem::Ambiguous {
                fr: short(&lines[index]),
                units: candidates.iter().map(|place| units[*place].id).collect(),
            }),
        };
        if let Ok(place) = &result {
            taken.insert(*place);
        }
        found.insert(index, result);
    }
    found
}

/// The fault that no unit has a line's French.
pub(super) fn nowhere(line: &InLine) -> Problem {
    Problem::NoFrench { fr: short(line) }
}

/// The first characters of a line's French.
pub(super) fn short(line: &InLine) -> String {
    let fr = flat(line.fr.as_deref().unwrap_or_default()).into_owned();
    let mut short: String = fr.chars().take(80).collect();
    if short.len() < fr.len() {
        short.push('…');
    }
    short
}
