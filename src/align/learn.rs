//! Learning which words translate each other, from beads: IBM Model 1 with agreement.

use super::table::{Links, Occurrences, Table, sorted};
use super::tuning::Tuning;

/// The words of a bead, each once, and how sure it is.
pub(super) struct Example {
    pub source: Vec<u32>,
    pub target: Vec<u32>,
    pub weight: f32,
}

/// Learns link counts from examples, beside the counts that are known beforehand.
pub(super) fn learn(
    examples: &[Example],
    prior: &[(u32, u32, f32)],
    occurrences: &Occurrences<'_>,
    tuning: &Tuning,
) -> Table {
    let mut table = Table::from_links(prior, occurrences, tuning);
    if examples.is_empty() {
        return table;
    }
    let mut index: Links = Links::default();
    for example in examples {
        for &s in &example.source {
            for &t in &example.target {
                index.entry((s, t)).or_insert(0.0);
            }
        }
    }
    for &(s, t, _) in prior {
        index.entry((s, t)).or_insert(0.0);
    }
    let pairs = sorted(&index);
    let place: std::collections::HashMap<(u32, u32), u32> =
        pairs.iter().enumerate().map(|(at, &(s, t, _))| ((s, t), at as u32)).collect();
    let mut base = vec![0f32; pairs.len()];
    for &(s, t, count) in prior {
        base[place[&(s, t)] as usize] += count;
    }
    let cells: Vec<Vec<u32>> = examples
        .iter()
        .map(|e| {
            e.source.iter().flat_map(|&s| e.target.iter().map(move |&t| (s, t))).map(|p| place[&p]).collect()
        })
        .collect();
    // How likely the target word is given the source word, and the other way round.
    let mut ratio = vec![[0f32; 2]; pairs.len()];
    let set = |ratio: &mut Vec<[f32; 2]>, table: &Table| {
        for (at, &(s, t, _)) in pairs.iter().enumerate() {
            ratio[at] = [table.source.loose[s as usize], table.target.loose[t as usize]];
        }
        for s in 0..occurrences.source.len() as u32 {
            for &(t, r) in table.source.of(s) {
                if let Some(&at) = place.get(&(s, t)) {
                    ratio[at as usize][0] += r;
                }
            }
        }
        for t in 0..occurrences.target.len() as u32 {
            for &(s, r) in table.target.of(t) {
                if let Some(&at) = place.get(&(s, t)) {
                    ratio[at as usize][1] += r;
                }
            }
        }
    };
    set(&mut ratio, &table);
    for _ in 0..tuning.iterations {
        let mut counts = base.clone();
        for (example, cells) in examples.iter().zip(&cells) {
            let (rows, columns) = (example.source.len(), example.target.len());
            let mut row = vec![tuning.null; rows];
            let mut column = vec![tuning.null; columns];
            for (at, &cell) in cells.iter().enumerate() {
                column[at % columns] += ratio[cell as usize][0];
                row[at / columns] += ratio[cell as usize][1];
            }
            for (at, &cell) in cells.iter().enumerate() {
                let forward = ratio[cell as usize][0] / column[at % columns];
                let backward = ratio[cell as usize][1] / row[at / columns];
                counts[cell as usize] += example.weight * (forward * backward).sqrt();
            }
        }
        let links: Vec<(u32, u32, f32)> =
            pairs.iter().zip(&counts).map(|(&(s, t, _), &count)| (s, t, count)).collect();
        table = Table::from_links(&links, occurrences, tuning);
        set(&mut ratio, &table);
    }
    table
}
