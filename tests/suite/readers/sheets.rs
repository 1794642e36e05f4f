//! openpyxl, pandas and LibreOffice on the workbook, and what comes back from them.

use std::fs;
use std::path::Path;

use enregard::bitext::{Unit, flat};
use enregard::format::{self, Column, FormatError, Options, Received};
use serde_json::json;

use super::word::libreoffice;
use super::{Seen, articles, enregard, python, same};
use crate::awkward;
use crate::formats::{read_bytes, written};

fn seen(received: &[Received]) -> Vec<Seen> {
    let get = |one: &Received, column| one.get(column).unwrap_or_default().to_owned();
    let seen = |one| Seen { id: get(one, Column::Id), fr: get(one, Column::Fr), en: get(one, Column::En) };
    received.iter().map(seen).collect()
}

fn awkward_file(folder: &Path, units: &[Unit]) {
    let format = format::named("xlsx").unwrap();
    let (memory, _) = written(format, &Options::default(), &[("malaise", units)]);
    fs::write(folder.join("awkward.xlsx"), memory.file("")).unwrap();
}

/// The awkward units as a workbook holds them: all but the one that no cell can hold.
fn expected() -> Vec<Seen> {
    let format = format::named("xlsx").unwrap();
    let through = |text: &str| (format.through)(text).into_owned();
    awkward::units()
        .iter()
        .map(Seen::of)
        .map(|s| Seen { fr: through(&s.fr), en: through(&s.en), ..s })
        .collect()
}

#[test]
fn openpyxl_sees_text_in_every_cell_and_what_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    enregard(&["export", "-o", path.to_str().unwrap()]);
    let Some(lines) = python("xlsx_table.py", &[path.to_str().unwrap()]) else { return };
    let (sheet, lines) = lines.split_first().unwrap();
    assert_eq!(
        *sheet,
        json!({
            "columns": ["id", "article", "fr", "en", "status", "note", "rev"], "frozen": "A2", "protected": true,
            "hidden": ["rev"], "open": ["en", "status", "note"], "types": ["s"], "formats": ["@"], "wrapped": true,
            "statuses": ["\"untranslated,draft,reviewed,skipped\""],
        })
    );
    same(&Seen::read(lines), &articles());
    awkward_file(folder.path(), &awkward::units());
    let lines = python("xlsx_table.py", &[folder.path().join("awkward.xlsx").to_str().unwrap()]).unwrap();
    // XML's readers take CR LF for LF; nothing else is changed.
    same(&Seen::read(&lines[1..]), &expected());
}

#[test]
fn what_a_person_typed_comes_back_from_openpyxl_and_from_libreoffice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    enregard(&["export", "-o", path.to_str().unwrap()]);
    let mut expected = articles();
    expected[2].en = "=It was “re-written”, & twice.".to_owned();
    expected[7].en = "2026".to_owned();
    let edits = [
        path.to_str().unwrap().to_owned(),
        format!("{}={}", expected[2].id, expected[2].en),
        format!("{}=number:2026", expected[7].id),
    ];
    if python("xlsx_edit.py", &edits.each_ref().map(String::as_str)).is_none() {
        return;
    }
    let Some(saved) = libreoffice(folder.path(), "a.xlsx", "xlsx:Calc MS Excel 2007 XML") else { return };
    for bytes in [fs::read(&path).unwrap(), saved] {
        let received = read_bytes(format::named("xlsx").unwrap(), &Options::default(), &bytes);
        same(&seen(&received), &expected);
        assert_eq!(received[2].get(Column::Status), Some("reviewed"));
        assert!(received[2].get(Column::Rev).is_some(), "the hidden column comes back too");
    }
}

#[test]
fn a_formula_a_date_and_a_truth_value_are_told_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xlsx");
    enregard(&["export", "-o", path.to_str().unwrap()]);
    let units = articles();
    let edits = [
        path.to_str().unwrap().to_owned(),
        format!("{}=formula:SUM(1,2)", units[0].id),
        format!("{}=date:2026-11-20", units[1].id),
    ];
    if python("xlsx_edit.py", &edits.each_ref().map(String::as_str)).is_none() {
        return;
    }
    let bytes = fs::read(&path).unwrap();
    let format::Read::File(open) = format::named("xlsx").unwrap().read else { panic!() };
    let mut reader = open(Box::new(std::io::Cursor::new(&bytes[..])), &Options::default()).unwrap();
    let mut received = Received::default();
    let mut told = Vec::new();
    let mut units = 0;
    loop {
        match reader.read(&mut received) {
            Ok(false) => break,
            Ok(true) => units += 1,
            Err(error) => {
                assert!(matches!(error, FormatError::Unit { .. }));
                told.push(error.to_string());
            }
        }
    }
    assert_eq!(
        told,
        [
            "row 2: found a formula in column en, expected text",
            "row 3: found a date in column en, expected text"
        ]
    );
    assert_eq!(units, articles().len() - 2);
}

#[test]
fn the_awkward_units_come_back_through_libreoffice() {
    let folder = tempfile::tempdir().unwrap();
    let units = awkward::units();
    awkward_file(folder.path(), &units);
    let Some(saved) = libreoffice(folder.path(), "awkward.xlsx", "xlsx:Calc MS Excel 2007 XML") else {
        return;
    };
    let received = read_bytes(format::named("xlsx").unwrap(), &Options::default(), &saved);
    // LibreOffice keeps no CR and no control character; an import takes a text with other white space for the same.
    let flat = |s: Seen| Seen { fr: flat(&s.fr).replace("  ", " "), en: flat(&s.en).replace("  ", " "), ..s };
    let all: Vec<Seen> = seen(&received).into_iter().map(flat).collect();
    same(&all, &expected().into_iter().map(flat).collect::<Vec<_>>());
}
