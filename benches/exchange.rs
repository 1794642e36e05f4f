//! How fast formats are written and turned into each other, with invented units.
//!
//! `cargo bench --bench exchange`. The TMX has 64 MB; `ENREGARD_TMX_BYTES=2000000000` makes it 2 GB, and
//! `ENREGARD_TMX=big.tmx` keeps it, for the programs of others and for measuring memory.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _, sink};
use std::path::{Path, PathBuf};

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use enregard::bitext::{Kind, Status, Stem, Unit, UnitId};
use enregard::desk::convert::Convert;
use enregard::desk::export::{To, Which};
use enregard::format::{FORMATS, Format, Head, Options, Placed, Told, Write, named};

#[allow(dead_code, reason = "the corpus is for the other benchmarks")]
mod invented;

const UNITS: usize = 1_000_000;

fn main() {
    divan::main();
}

fn units(count: usize) -> (Stem, Vec<Unit>) {
    let stem: Stem = "a000001".parse().expect("a letter and digits are a name");
    let mut dice = invented::Dice(1);
    let units = (0..count).map(|number| {
        let (fr, en) = invented::sentence(&mut dice);
        let mut unit = Unit::new(UnitId::of(&stem, &[&fr], number), Kind::Body, vec![fr]);
        unit.en = en.into();
        unit.status = if number % 3 == 0 { Status::Reviewed } else { Status::Draft };
        unit.at = Some("2026-11-20T08:00:00Z".into());
        unit
    });
    let units = units.collect();
    (stem, units)
}

/// Writes a TMX of about so many bytes.
fn tmx(path: &Path, bytes: u64) {
    let Write::Text(writer) = named("tmx").expect("it is known").write else { panic!("TMX is text") };
    let writer = writer(&Options::default()).expect("nothing can fail here");
    let (stem, units) = units(10_000);
    let mut file = BufWriter::new(File::create(path).expect("a file that can be written"));
    let (mut text, mut told, mut written) = (Vec::new(), Told::default(), 0);
    writer.begin(&mut text).expect("a Vec takes all");
    while written < bytes {
        for unit in &units {
            writer.unit(&Placed::new(unit, stem.as_str()), &mut text, &mut told).expect("a Vec takes all");
        }
        file.write_all(&text).expect("room for it");
        written += text.len() as u64;
        text.clear();
    }
    writer.end(&mut text).expect("a Vec takes all");
    file.write_all(&text).and_then(|()| file.flush()).expect("room for it");
}

#[divan::bench(sample_count = 3)]
fn tmx_to_tsv_in_a_stream(bencher: Bencher) {
    let bytes = std::env::var("ENREGARD_TMX_BYTES").ok().and_then(|bytes| bytes.parse().ok());
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let path = std::env::var_os("ENREGARD_TMX").map_or_else(|| folder.path().join("big.tmx"), PathBuf::from);
    tmx(&path, bytes.unwrap_or(64_000_000));
    let to = named("tsv").expect("it is known");
    let convert =
        Convert { from: None, to, options: Options::default(), which: Which::of(to, Vec::new(), true) };
    let bytes = fs::metadata(&path).expect("it was just written").len();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let converted = convert.run(&path, To::Stream(&mut sink())).expect("it is whole");
        assert_eq!(converted.all_faults, 0);
    });
}

/// The formats that are written as text.
fn text_formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().filter(|format| matches!(format.write, Write::Text(_))).map(|format| format.name)
}

#[divan::bench(args = text_formats(), sample_count = 3)]
fn a_million_units(bencher: Bencher, name: &str) {
    let format: &Format = named(name).expect("it is in the list");
    let Write::Text(writer) = format.write else { panic!("only text formats are asked") };
    let writer = writer(&Options::default()).expect("nothing can fail here");
    let (stem, units) = units(10_000);
    let head = Head { article: stem.as_str(), edition: None, about: &[] };
    bencher.counter(ItemsCount::new(UNITS)).bench(|| {
        let (mut text, mut told) = (Vec::new(), Told::default());
        writer.begin(&mut text).expect("a Vec takes all");
        for _ in 0..UNITS / units.len() {
            writer.open(&head, &mut text, &mut told).expect("a Vec takes all");
            for unit in &units {
                writer
                    .unit(&Placed::new(unit, stem.as_str()), &mut text, &mut told)
                    .expect("a Vec takes all");
            }
            writer.close(&head, &mut text, &mut told).expect("a Vec takes all");
            sink().write_all(&text).expect("a sink takes all");
            text.clear();
        }
        assert_eq!(told.units, UNITS as u64);
    });
}
