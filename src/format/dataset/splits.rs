//! Which article goes to which split.

use sha2::{Digest, Sha256};

use crate::format::Options;

use super::Article;

/// A part of a dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    Train,
    Validation,
    Test,
}

impl Split {
    pub const ALL: [Split; 3] = [Split::Train, Split::Validation, Split::Test];

    pub const fn as_str(self) -> &'static str {
        match self {
            Split::Train => "train",
            Split::Validation => "validation",
            Split::Test => "test",
        }
    }
}

/// The share of units that test and validation get, each.
pub(super) const SHARE: f64 = 0.1;

/// The split of each article.
///
/// Groups stand in an order that only the seed and their names decide, so that a new article moves few others. From its
/// beginning test takes groups until it has its share of units, then validation, and train has the rest. Each has a group
/// where there are three; of two the second is for test, and one is for train.
pub(super) fn splits(articles: &[Article], groups: &[usize], options: &Options) -> Vec<Split> {
    let mut order: Vec<(Vec<u8>, usize, u64)> = Vec::new();
    for (index, first) in groups.iter().enumerate() {
        if index == *first {
            let name = format!("{} {}", options.seed, articles[index].name);
            let units = articles.iter().zip(groups).filter(|(_, group)| *group == first);
            order.push((Sha256::digest(name).to_vec(), index, units.map(|(article, _)| article.units).sum()));
        }
    }
    order.sort();
    let all: u64 = order.iter().map(|(_, _, units)| units).sum();
    let share = (all as f64 * SHARE).max(1.0);
    let mut of_group = vec![Split::Train; articles.len()];
    let mut taken = [0; 2];
    for (place, (_, group, units)) in order.iter().enumerate() {
        let left = order.len() - place;
        // What is still empty gets a group as long as train gets one, too.
        let wants = |split: usize| (taken[split] as f64) < share && left > 1;
        let split = match () {
            () if wants(0) => Split::Test,
            () if order.len() > 2 && wants(1) => Split::Validation,
            () => Split::Train,
        };
        match split {
            Split::Test => taken[0] += units,
            Split::Validation => taken[1] += units,
            Split::Train => {}
        }
        of_group[*group] = split;
    }
    groups.iter().map(|group| of_group[*group]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn articles(number: usize) -> Vec<Article> {
        let article = |index: usize| Article {
            name: format!("article-{index}"),
            about: Vec::new(),
            units: 20,
            text: Vec::new(),
            sketch: Default::default(),
        };
        (0..number).map(article).collect()
    }

    fn numbers(splits: &[Split]) -> [usize; 3] {
        Split::ALL.map(|split| splits.iter().filter(|own| **own == split).count())
    }

    #[test]
    fn every_split_has_its_share_and_whole_groups() {
        for (number, expected) in [
            (0, [0, 0, 0]),
            (1, [1, 0, 0]),
            (2, [1, 0, 1]),
            (3, [1, 1, 1]),
            (5, [3, 1, 1]),
            (200, [160, 20, 20]),
        ] {
            let articles = articles(number);
            let groups: Vec<usize> = (0..number).collect();
            let splits = splits(&articles, &groups, &Options::default());
            assert_eq!(numbers(&splits), expected, "{number}");
        }
        let articles = articles(100);
        let groups: Vec<usize> = (0..100).map(|article| article / 4 * 4).collect();
        let splits = splits(&articles, &groups, &Options::default());
        assert!(splits.chunks(4).all(|four| four.iter().all(|split| *split == four[0])));
        assert_eq!(numbers(&splits), [76, 12, 12]);
    }

    #[test]
    fn the_seed_decides_and_a_new_article_moves_few_others() {
        let groups: Vec<usize> = (0..201).collect();
        let all = articles(201);
        let of = |seed, number: usize| {
            splits(&all[..number], &groups[..number], &Options { seed, ..Options::default() })
        };
        assert_eq!(of(0, 200), of(0, 200));
        assert_ne!(of(0, 200), of(1, 200));
        let moved = of(0, 200).iter().zip(of(0, 201)).filter(|(old, new)| **old != *new).count();
        assert!(moved <= 4, "{moved} moved");
    }
}
