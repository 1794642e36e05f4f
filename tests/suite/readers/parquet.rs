//! pyarrow, pandas and Hugging Face's `datasets` on Parquet, and our reader on what pyarrow writes.

use std::io::Cursor;

use enregard::format::{Column, Options, Read, Received, named};

use super::{Seen, articles, awkward_file, enregard, python, same};

#[test]
fn datasets_sees_translations_without_being_told_and_pyarrow_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.parquet");
    let path = path.to_str().unwrap();
    for columns in [&[][..], &["--columns", "+status,score,paragraph,licence"]] {
        enregard(&[&["export", "-o", path], columns].concat());
        let Some(seen) = python("datasets_load.py", &["parquet", path]) else { return };
        same(&Seen::read(&seen), &articles());
        assert!(seen.iter().all(|unit| unit["type"] == "Translation"));
        let beside = python("pyarrow_table.py", &[path]).unwrap();
        same(&Seen::read(&beside), &articles());
        if !columns.is_empty() {
            assert_eq!(beside[0]["status"], "reviewed");
            assert_eq!(beside[0]["paragraph"], 1);
            assert!(beside[0]["score"].is_null());
        }
    }
}

#[test]
fn datasets_and_pyarrow_see_the_awkward_units() {
    let folder = tempfile::tempdir().unwrap();
    let (path, expected) = awkward_file("parquet", folder.path());
    let Some(seen) = python("datasets_load.py", &["parquet", &path]) else { return };
    same(&Seen::read(&seen), &expected);
    same(&Seen::read(&python("pyarrow_table.py", &[&path]).unwrap()), &expected);
}

#[test]
fn what_pyarrow_writes_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theirs.parquet");
    let Some(_) = python("pyarrow_write.py", &[path.to_str().unwrap()]) else { return };
    let Read::File(open) = named("parquet").unwrap().read else { panic!("no file") };
    let bytes = Cursor::new(std::fs::read(path).unwrap());
    let mut reader = open(Box::new(bytes), &Options::default()).unwrap();
    let mut received = Received::default();
    let mut all = Vec::new();
    while reader.read(&mut received).unwrap() {
        all.push(received.cells().map(|(column, text)| (column, text.to_owned())).collect::<Vec<_>>());
    }
    let cell = |column: Column, text: &str| (column, text.to_owned());
    assert_eq!(
        all,
        [
            vec![cell(Column::Fr, "Oui."), cell(Column::En, "Yes."), cell(Column::Score, "0.5")],
            vec![cell(Column::Fr, "Non.")],
        ]
    );
    assert_eq!(reader.passed_over(), ["column `tags.list.element`"]);
}
