//! Every format that is both written and read: the awkward units go through it and come back.

use enregard::bitext::{Status, Unit};
use enregard::format::{self, Column, Columns, FORMATS, Options, Placed};
use proptest::prelude::*;

use crate::{awkward, cases};

pub use crate::passage::*;

/// The awkward units, with a status of each kind and notes as awkward as the texts.
pub fn units() -> Vec<Unit> {
    let mut units = awkward::units();
    units[0].status = Status::Reviewed;
    units[2].more.was = "Une vieille\ttabulation & <b>.".into();
    units[3].more.note = Some("\"see\" <Anne> & co\n=1".to_owned());
    units[4].status = Status::Reviewed;
    units[4].more.was = "Trois lignes.".into();
    units
}

#[test]
fn what_is_written_is_read_but_for_what_the_format_says_it_cannot_hold() {
    let all = Columns::default().to_string();
    let options =
        Options { columns: format!("{all} kind status was note").parse().unwrap(), ..Options::default() };
    for format in FORMATS.iter().filter(|format| format.writes() && format.reads()) {
        let name = format.name;
        let units = meant(format, units());
        let (first, second) = units.split_at(7);
        let (mut memory, told) = written(format, &options, &[("malaise", first), ("b & <c>", second)]);
        assert_eq!(told.units, units.len() as u64, "{name}");
        let received = read(format, &options, &mut memory);
        assert_eq!(received.len(), units.len(), "{name}");
        let carried = format.carried(&options);
        for (place, (unit, received)) in units.iter().zip(&received).enumerate() {
            let article = if place < 7 { "malaise" } else { "b & <c>" };
            let placed = Placed::new(unit, article);
            for column in carried.iter().filter(|column| options.columns.has(**column)) {
                let expected = column.cell(&placed);
                let expected = (format.through)(&expected);
                let found = received.get(*column).unwrap_or_default();
                let short = |text: &str| text.chars().take(200).collect::<String>();
                assert!(
                    found == expected,
                    "{name}: unit {} {column}: found {:?}, expected {:?}",
                    place + 1,
                    short(found),
                    short(&expected)
                );
            }
        }
    }
}

#[test]
fn a_format_writes_the_same_bytes_twice_and_nothing_of_no_article() {
    let options = Options::default();
    for format in FORMATS.iter().filter(|format| format.writes()) {
        let units = meant(format, units());
        let once = written(format, &options, &[("malaise", &units)]);
        let twice = written(format, &options, &[("malaise", &units)]);
        assert_eq!(once.1, twice.1, "{}", format.name);
        for name in once.0.names() {
            assert!(once.0.file(name) == twice.0.file(name), "{}: {name}", format.name);
        }
        let (mut none, told) = written(format, &options, &[]);
        assert_eq!(told.units, 0, "{}", format.name);
        if format.reads() {
            assert_eq!(read(format, &options, &mut none), [], "{}", format.name);
        }
    }
}

/// The ids in a file that came back, in order.
#[test]
fn every_format_that_comes_back_brings_the_ids() {
    for format in FORMATS.iter().filter(|format| format.writes() && format.reads()) {
        for column in [Column::Id, Column::Fr, Column::En] {
            assert!(format.carries.contains(&column), "{} does not carry {column}", format.name);
        }
    }
}

/// A text with at least one letter: nothing but white space is no text to a table.
fn text() -> impl Strategy<Value = String> {
    let awkward = proptest::sample::select(vec![
        "\"", "\"\"", "'", "#", "=", ",", ";", " ", "  ", "\t", "\n", "\r", "\r\n", "\u{A0}", "\u{202F}",
        "«", "»", "’", "é", "e\u{301}", "&", "&amp;", "<", ">", "<b>", "]]>", "<!--", "{}", "\\", "\\n", "%",
        "\u{B}", "\u{1F}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}", "\u{FFFD}",
        "😀", "ש", "\u{202E}", "a",
    ]);
    let parts = proptest::collection::vec(awkward, 0..8);
    (parts.clone(), parts).prop_map(|(before, after)| format!("{}a{}", before.concat(), after.concat()))
}

proptest! {
    #![proptest_config(cases(48))]

    /// Text formats, in which anything may stand: as many cases as one likes.
    #[test]
    fn any_text_comes_back_as_the_format_says(texts in texts_of(6)) {
        for name in ["tsv", "csv", "tmx", "xliff", "xliff1", "xces", "jsonl", "plain", "po"] {
            come_back(name, &texts)?;
        }
    }

    /// Folders and zip files, which take a hundred times as long: many units go into each.
    #[test]
    fn any_text_comes_back_from_a_container_as_it_says(texts in texts_of(40)) {
        for name in ["xlsx", "docx", "parquet", "omegat"] {
            come_back(name, &texts)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(48))]

    /// Bytes lost, changed, doubled or moved, in any file of any format: it is refused or read, to an end, and what was read of it
    /// comes back as what it is.
    #[test]
    fn a_mangled_file_of_any_format_is_refused_or_read(
        which in 0..FORMATS.len(),
        acts in proptest::collection::vec((0..5_u8, 0.0..1.0_f64, 0..40_usize, proptest::num::u8::ANY), 1..5),
        file in 0..8_usize,
    ) {
        let format = &FORMATS[which];
        if !format.writes() || !format.reads() {
            return Ok(());
        }
        let units = drafts([("L’été, \"oui\".", "Summer, <b>yes</b>.", Some("a note")), ("Un\tdeux\n— trois 😀", "One\ttwo\nthree", None)]);
        let (memory, _) = written(format, &Options::default(), &[("malaise", &units)]);
        let mut files: Vec<(String, Vec<u8>)> = memory.names().map(|name| (name.to_owned(), memory.file(name))).collect();
        let file = file % files.len();
        let bytes = &mut files[file].1;
        for (act, place, length, byte) in acts {
            let at = (place * bytes.len() as f64) as usize;
            let end = (at + length).min(bytes.len());
            match act {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.truncate(at),
                2 => bytes.insert(at, byte),
                3 => {
                    let again = bytes[at..end].to_vec();
                    bytes.splice(at..at, again);
                }
                _ => bytes[at..end].iter_mut().take(1).for_each(|old| *old = byte),
            }
        }
        let received = read_what_can(format, &mut Memory::with(files));
        comes_back(format, &units_of(format, &received)).map_err(TestCaseError::fail)?;
    }
}

type Texts = Vec<(String, String, Option<String>)>;

fn texts_of(most: usize) -> impl Strategy<Value = Texts> {
    proptest::collection::vec((text(), text(), proptest::option::of(text())), 1..most)
}

/// Sends the texts through a format, if the program has it.
fn come_back(name: &str, texts: &Texts) -> Result<(), TestCaseError> {
    let format = format::named(name).unwrap();
    if !format.writes() || !format.reads() {
        return Ok(());
    }
    let texts = texts.iter().map(|(fr, en, note)| (fr.as_str(), en.as_str(), note.as_deref()));
    comes_back(format, &drafts(texts)).map_err(TestCaseError::fail)
}

#[test]
fn equal_sentences_in_a_row_keep_their_own_english() {
    let texts = |all: &[(&str, &str)]| -> Texts {
        all.iter().map(|(fr, en)| ((*fr).to_owned(), (*en).to_owned(), None)).collect()
    };
    // The second and the third have the same words and neighbours: OmegaT has one translation for both.
    let same = texts(&[("Non.", "No."), ("Non.", "Never."), ("Non.", "No way."), ("Non.", "No.")]);
    let nul = texts(&[("\0a", "\0b\0"), ("c\0", "d\0e")]);
    for format in FORMATS.iter().filter(|format| format.writes() && format.reads()) {
        come_back(format.name, &same).unwrap();
    }
    come_back("plain", &nul).unwrap();
}

#[test]
fn each_format_that_is_read_back_is_in_one_of_the_two() {
    let both = FORMATS.iter().filter(|format| {
        !matches!(format.write, format::Write::No) && !matches!(format.read, format::Read::No)
    });
    let names: Vec<&str> = both.map(|format| format.name).collect();
    assert_eq!(
        names,
        [
            "tsv", "csv", "tmx", "xliff", "xliff1", "xces", "xlsx", "docx", "jsonl", "parquet", "plain",
            "po", "omegat"
        ]
    );
}
