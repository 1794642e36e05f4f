//! The splitter against the evaluation sets, where these are at hand (`../shared/eval`, or `ENREGARD_EVAL`).

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use enregard::bitext::Lang;
use enregard::segment::Segmenter;

/// Boundaries right, found and wanted, those set aside whose sentence no mark ends.
#[derive(Default)]
struct Score {
    right: usize,
    found: usize,
    wanted: usize,
}

impl Score {
    fn fp(&self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.wanted) as f64
    }
}

/// The ends of all sentences but the last, in characters that are no white space.
fn inner_ends<'s>(sentences: impl Iterator<Item = &'s str>) -> Vec<(usize, &'s str)> {
    let mut at = 0;
    let mut ends: Vec<(usize, &str)> = sentences
        .map(|sentence| {
            at += sentence.chars().filter(|c| !c.is_whitespace()).count();
            (at, sentence)
        })
        .collect();
    ends.pop();
    ends
}

fn is_bare(sentence: &str) -> bool {
    let closers = |c: char| "\"'»”’)]›*".contains(c) || c.is_whitespace();
    !sentence.trim_end_matches(closers).ends_with(['.', '!', '?', '…'])
}

fn score(path: &Path, segmenter: &Segmenter) -> Score {
    let mut score = Score::default();
    for line in fs::read_to_string(path).unwrap().lines() {
        let block: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = block["text"].as_str().unwrap();
        let gold = block["sentences"].as_array().unwrap().iter().map(|sentence| sentence.as_str().unwrap());
        let wanted = inner_ends(gold);
        let found: HashSet<usize> = inner_ends(segmenter.sentences(text).map(|span| span.of(text)))
            .into_iter()
            .map(|(end, _)| end)
            .collect();
        let bare = wanted.iter().filter(|(end, sentence)| is_bare(sentence) && found.contains(end)).count();
        score.found += found.len() - bare;
        for (end, sentence) in wanted {
            if !is_bare(sentence) {
                score.wanted += 1;
                score.right += usize::from(found.contains(&end));
            }
        }
    }
    score
}

#[test]
fn the_sets_are_split_as_well_as_the_documentation_says() {
    let eval = std::env::var_os("ENREGARD_EVAL")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval"), PathBuf::from)
        .join("segmentation");
    if !eval.is_dir() {
        eprintln!("skipped: no evaluation folder at {}", eval.display());
        return;
    }
    let french = ["gsd", "sequoia", "partut", "ntrex", "ntrexca", "wmt15", "wmt20"];
    let english = ["ewt", "gum", "partut-en"];
    for (lang, folder, sets, least, least_mean) in
        [(Lang::Fr, "dev", &french[..], 99.3, 99.8), (Lang::En, "dev-en", &english[..], 98.0, 99.2)]
    {
        let segmenter = Segmenter::new(lang);
        let all: Vec<f64> = sets
            .iter()
            .map(|set| score(&eval.join(format!("{folder}/{set}-dev.jsonl")), &segmenter).fp())
            .collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        assert!(all.iter().all(|fp| *fp >= least) && mean >= least_mean, "{lang}: {all:.2?}, mean {mean:.2}");
    }
}
