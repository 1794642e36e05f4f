//! Tables out and in again: TSV in both dialects, and CSV.

use enregard::bitext::{flat, is_break};
use enregard::format::{
    Column, Columns, Dialect, Guess, Line, Lines, Place, Placed, Reader, Received, Table, TableReader, Told,
    csv, guess, tsv,
};
use proptest::prelude::*;

use crate::awkward;

fn tables() -> [Table; 3] {
    [tsv(Dialect::Quoted), tsv(Dialect::Plain), csv()]
}

fn written(table: Table, columns: &Columns) -> (Vec<u8>, Told) {
    let (mut out, mut told) = (Vec::new(), Told::default());
    table.header(columns, &mut out).unwrap();
    for unit in &awkward::units() {
        table.unit(columns, &Placed::new(unit, "malaise"), &mut out, &mut told).unwrap();
    }
    (out, told)
}

#[test]
fn the_awkward_units_come_back_on_one_line_each() {
    let columns: Columns = "id article fr en status".parse().unwrap();
    let units = awkward::units();
    for table in tables() {
        let (file, told) = written(table, &columns);
        let text = String::from_utf8(file).unwrap();
        assert_eq!(text.lines().count(), units.len() + 1);
        // Not even the readers that part lines at anything find more of them.
        assert!(!text.contains(|c| is_break(c) && c != '\n' && c != '\t'));
        assert!(text.ends_with('\n'));
        let changed = |text: String| text.chars().filter(|c| is_break(*c)).count() as u64;
        let expected: u64 = units.iter().map(|unit| changed(unit.french()) + changed(unit.english())).sum();
        assert_eq!(told.spaces, expected);

        let mut reader = TableReader::new(text.as_bytes(), table).unwrap();
        let mut received = Received::default();
        for (unit, line) in units.iter().zip(2..) {
            assert!(reader.read(&mut received).unwrap());
            assert_eq!(received.place, Place::line(line));
            assert_eq!(received.get(Column::Id), Some(unit.id.as_str()));
            assert_eq!(received.get(Column::Fr).unwrap_or(""), flat(&unit.french()));
            assert_eq!(received.get(Column::En).unwrap_or(""), flat(&unit.english()));
        }
        assert!(!reader.read(&mut received).unwrap());
    }
}

#[test]
fn every_line_of_a_plain_tsv_splits_into_the_same_number_of_cells() {
    let (file, _) = written(tsv(Dialect::Plain), &Columns::default());
    let text = String::from_utf8(file).unwrap();
    assert!(text.lines().all(|line| line.split('\t').count() == 4));
}

/// The `csv` crate stands for the readers that it is in, and for RFC 4180.
#[test]
fn the_csv_crate_reads_quoted_tsv_and_csv_as_they_were_meant() {
    let columns = Columns::default();
    for table in [tsv(Dialect::Quoted), csv()] {
        let (file, _) = written(table, &columns);
        // As Anki reads it: a line that begins with `#` would be lost.
        let mut reader =
            csv::ReaderBuilder::new().delimiter(table.separator).comment(Some(b'#')).from_reader(&file[..]);
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let units = awkward::units();
        assert_eq!(read.len(), units.len());
        for (cells, unit) in read.iter().zip(&units) {
            assert_eq!(&cells[2], flat(&unit.french()));
            assert_eq!(&cells[3], flat(&unit.english()));
        }
    }
}

#[test]
fn words_that_pandas_takes_for_missing_are_counted() {
    let mut told = Told::default();
    tsv(Dialect::Quoted)
        .line(["k1", "NA", "None", "", "Nine", "null and void"], &mut Vec::new(), &mut told)
        .unwrap();
    assert_eq!(told.like_missing, 2);
}

#[test]
fn a_single_empty_cell_is_no_blank_line_where_there_are_quotes() {
    let columns: Columns = "en".parse().unwrap();
    let (file, _) = written(tsv(Dialect::Quoted), &columns);
    assert!(!String::from_utf8(file).unwrap().contains("\n\n"));
}

fn cell() -> impl Strategy<Value = String> {
    let awkward = proptest::sample::select(vec![
        "\"", "\"\"", "#", "=", ",", ";", " ", "\u{A0}", "\u{202F}", "«", "»", "’", "é", "a", "😀", "\\",
        "\u{FEFF}", "\u{1F}", "ש",
    ]);
    prop_oneof![
        3 => proptest::collection::vec(awkward, 0..6).prop_map(|parts| parts.concat()),
        1 => "\\PC{0,12}".prop_map(|text| flat(&text).into_owned()),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 2..5), 1..6),
    ) {
        for table in tables() {
            let mut file = Vec::new();
            for cells in &rows {
                table.line(cells, &mut file, &mut Told::default()).unwrap();
            }
            let mut lines = Lines::new(&file[..], table);
            let mut line = Line::default();
            for cells in &rows {
                prop_assert!(lines.read(&mut line).unwrap());
                prop_assert_eq!(&line.cells().collect::<Vec<_>>(), cells);
            }
            prop_assert!(!lines.read(&mut line).unwrap());
        }
    }

    #[test]
    fn a_guess_is_never_the_wrong_dialect(
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 2..=2), 1..8),
    ) {
        for dialect in [Dialect::Quoted, Dialect::Plain] {
            // A plain text with two straight quotes beside each other can look like a quoted one.
            if dialect == Dialect::Plain && rows.iter().flatten().any(|cell| cell.contains("\"\"")) {
                continue;
            }
            let mut file = Vec::new();
            let table = tsv(dialect);
            table.line(["fr", "en"], &mut file, &mut Told::default()).unwrap();
            for cells in &rows {
                table.line(cells, &mut file, &mut Told::default()).unwrap();
            }
            let text = String::from_utf8(file).unwrap();
            match guess(&text) {
                Guess::Quoted => prop_assert_eq!(dialect, Dialect::Quoted, "{}", text),
                Guess::Plain => prop_assert_eq!(dialect, Dialect::Plain, "{}", text),
                Guess::Unclear(line) => prop_assert!(text.lines().nth(line as usize - 1).unwrap().contains('"')),
                Guess::Either => prop_assert!(!text.starts_with('"') && !text.contains("\t\"")),
            }
        }
    }
}
