//! What is measured on a whole corpus and on a long article.
//!
//! Coverage and export of 100,000 units in 1,000 articles, seeds' hashes checked; an edit in an article of 10,000 units.
//! A tenth of the corpus that `corpus.rs` makes, in the same process and from the file system's memory.

mod invented;

use std::hint::black_box;
use std::io::sink;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use enregard::bitext::Alignment;
use enregard::desk::coverage::coverage;
use enregard::desk::export::{Export, To, Which};
use enregard::format::{Dialect, Options, named};
use enregard::store::file::parse;
use enregard::store::{Author, Corpus, now};

const ARTICLES: usize = 1_000;
const UNITS: usize = 100;

fn corpus() -> (tempfile::TempDir, Corpus) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    invented::corpus(folder.path(), ARTICLES, UNITS).expect("room for 40 MB");
    let corpus = Corpus::open(folder.path()).expect("it has seeds");
    (folder, corpus)
}

#[divan::bench]
fn coverage_of_all(bencher: Bencher) {
    let (_folder, corpus) = corpus();
    let stems = corpus.stems().expect("seeds");
    bencher.counter(ItemsCount::new(ARTICLES * UNITS)).bench(|| {
        let mut units = 0;
        let done = coverage(&corpus, &stems, None, false, |_, article| {
            units += article.map_or(0, |article| article.coverage.total().sentences);
            Ok::<(), ()>(())
        });
        assert!(done.is_ok() && units == (ARTICLES * UNITS) as u64);
    });
}

#[divan::bench(args = ["quoted", "plain", "csv"])]
fn export_of_all(bencher: Bencher, format: &str) {
    let (_folder, corpus) = corpus();
    let stems = corpus.stems().expect("seeds");
    let export = Export {
        #[cfg(feature = "tokens")]
        tokens: None,
        format: named(if format == "csv" { "csv" } else { "tsv" }).expect("always known"),
        options: Options {
            dialect: Some(if format == "plain" { Dialect::Plain } else { Dialect::Quoted }),
            ..Options::default()
        },
        which: Which::default(),
        edition: None,
    };
    bencher.counter(ItemsCount::new(ARTICLES * UNITS)).bench(|| {
        let summary = export.run(&corpus, &stems, To::Stream(&mut sink()), &mut |_, _| {});
        assert_eq!(summary.expect("a sink takes all").told.units, (ARTICLES * UNITS) as u64);
    });
}

/// One edit in an article of 10,000 units: locked, read, changed, written, flushed, renamed, in the journal.
#[divan::bench(max_time = 10)]
fn edit_in_a_long_article(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    invented::corpus(folder.path(), 1, 10_000).expect("room for 10 MB");
    let corpus = Corpus::open(folder.path()).expect("it has seeds");
    let stem = corpus.stems().expect("seeds").remove(0);
    let mut count = 0;
    bencher.bench_local(|| {
        count += 1;
        let author = Author { by: None, at: now(), command: "set".to_owned() };
        let mut step = corpus.begin(author);
        let mut held = step.lock(&stem, None).expect("nobody else works here");
        let (header, mut units) = held.stored().alignment.clone().expect("it was made").into_parts();
        let unit = count * 197 % units.len();
        units[unit].en = format!("Sentence {count}.").into();
        let new = Alignment::new(header, units, &held.stored().article.text).expect("the French is the same");
        step.write(&mut held, &new).expect("there is room");
        step.finish().expect("all is written");
    });
}

/// The alignment file's reader alone, on one core.
#[divan::bench]
fn read_an_alignment_file(bencher: Bencher) {
    let (_folder, corpus) = corpus();
    let stem = corpus.stems().expect("seeds").remove(0);
    let path = corpus.alignment_path(&stem, None);
    let bytes = std::fs::read(&path).expect("it was made");
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench(|| parse(black_box(&bytes), &path).expect("it is well made").units.len());
}

fn main() {
    divan::main();
}
