//! What is measured on a whole corpus: coverage and export of 100,000 units in 1,000 articles, seeds' hashes checked.
//!
//! A tenth of the corpus that `corpus.rs` makes, in the same process and from the file system's memory.

mod invented;

use std::io::sink;

use divan::{Bencher, counter::ItemsCount};
use enregard::desk::coverage::coverage;
use enregard::desk::export::{Export, Which};
use enregard::format::{Columns, Dialect, csv, tsv};
use enregard::store::Corpus;

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
        table: match format {
            "quoted" => tsv(Dialect::Quoted),
            "plain" => tsv(Dialect::Plain),
            _ => csv(),
        },
        columns: Columns::default(),
        which: Which::default(),
        edition: None,
        bom: false,
    };
    bencher.counter(ItemsCount::new(ARTICLES * UNITS)).bench(|| {
        let told = export.run(&corpus, &stems, &mut sink(), |_, _| {}).expect("a sink takes all");
        assert_eq!(told.units, (ARTICLES * UNITS) as u64);
    });
}

fn main() {
    divan::main();
}
