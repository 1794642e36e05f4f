//! Sentences per second, beside other splitters in the same run: `cargo bench --manifest-path benches/peers/Cargo.toml`.
//!
//! The text is the five articles of `seeds/`, over and over, a paragraph a line; with the evaluation folder at hand
//! (`../shared/eval` beside the repository, or `ENREGARD_EVAL`), its seven French sets as well.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use enregard::bitext::Lang;
use enregard::segment::Segmenter;
use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    divan::main();
}

const MEGABYTE: usize = 1_000_000;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The articles' paragraphs, about a megabyte of them.
static ARTICLES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut files: Vec<PathBuf> =
        fs::read_dir(root().join("seeds")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let text: String = files.iter().map(|file| fs::read_to_string(file).unwrap() + "\n").collect();
    let once: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut bytes = 0;
    let paragraphs = once.iter().cycle().take_while(|line| {
        bytes += line.len();
        bytes < MEGABYTE
    });
    paragraphs.map(|&line| line.to_owned()).collect()
});

/// The texts of the French evaluation sets; none where they are not at hand.
static SETS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let eval = std::env::var_os("ENREGARD_EVAL").map_or_else(|| root().join("../shared/eval"), PathBuf::from);
    let names = ["gsd", "sequoia", "partut", "ntrex", "ntrexca", "wmt15", "wmt20"];
    let mut texts = Vec::new();
    for name in names {
        let Ok(lines) = fs::read_to_string(eval.join(format!("segmentation/dev/{name}-dev.jsonl"))) else {
            continue;
        };
        for line in lines.lines() {
            let block: serde_json::Value = serde_json::from_str(line).unwrap();
            texts.push(block["text"].as_str().unwrap().to_owned());
        }
    }
    texts
});

fn texts(name: &str) -> &'static [String] {
    if name == "articles" { &ARTICLES } else { &SETS }
}

fn bench(bencher: Bencher, name: &str, count: impl Fn(&str) -> usize + Sync) {
    let texts = texts(name);
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| texts.iter().map(|text| count(text)).sum::<usize>());
}

#[divan::bench(args = ["articles", "sets"])]
fn enregard(bencher: Bencher, name: &str) {
    let segmenter = Segmenter::new(Lang::Fr);
    bench(bencher, name, |text| segmenter.sentences(text).inspect(|span| _ = black_box(span)).count());
}

#[divan::bench(args = ["articles", "sets"])]
fn icu_segmenter(bencher: Bencher, name: &str) {
    let segmenter = icu_segmenter::SentenceSegmenter::new(Default::default());
    bench(bencher, name, |text| segmenter.segment_str(text).inspect(|end| _ = black_box(end)).count());
}

#[divan::bench(args = ["articles", "sets"], sample_count = 20)]
fn sentencex(bencher: Bencher, name: &str) {
    bench(bencher, name, |text| black_box(::sentencex::get_sentence_boundaries("fr", text)).len());
}

#[divan::bench(args = ["articles", "sets"])]
fn unicode_segmentation(bencher: Bencher, name: &str) {
    bench(bencher, name, |text| {
        text.split_sentence_bound_indices().inspect(|part| _ = black_box(part)).count()
    });
}

/// Sixteen megabytes as many articles of 20 KB, on one thread and on two.
#[divan::bench(args = [1, 2], sample_count = 20)]
fn threads(bencher: Bencher, threads: usize) {
    let article = ARTICLES[..60.min(ARTICLES.len())].join(" ");
    let articles: Vec<&str> = vec![&article; 16 * MEGABYTE / article.len()];
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let segmenter = Segmenter::new(Lang::Fr);
    bencher.counter(BytesCount::new(articles.len() * article.len())).bench(|| {
        pool.install(|| articles.par_iter().map(|text| segmenter.sentences(text).count()).sum::<usize>())
    });
}

/// One text of a thousand bytes to 256 million: the same speed at every length, while memory keeps up.
#[divan::bench(args = [1_000, 30_000, MEGABYTE, 16 * MEGABYTE, 256 * MEGABYTE], sample_count = 10)]
fn lengths(bencher: Bencher, bytes: usize) {
    let once = ARTICLES.join(" ");
    let mut text = once.repeat(bytes / once.len() + 1);
    let end = (0..=bytes).rev().find(|&end| text.is_char_boundary(end)).unwrap();
    text.truncate(end);
    let segmenter = Segmenter::new(Lang::Fr);
    bencher.counter(BytesCount::new(bytes)).bench(|| segmenter.sentences(&text).count());
}
