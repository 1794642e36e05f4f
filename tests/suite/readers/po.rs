//! `msgfmt -c`, polib, Translate Toolkit and its `pocount` on PO.

use std::path::Path;

use enregard::format::{Options, named};
use serde_json::Value;

use super::{Seen, articles, awkward_file, enregard, program, python, same};
use crate::formats;

/// What all of them make of a file: its entries, and what `pocount` counts.
fn entries(path: &str) -> Option<(Vec<Value>, String)> {
    let checked = program("msgfmt", &["-c", "-v", "-o", "/dev/null", path], Path::new("/"))?;
    let told = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(checked.status.success(), "{told}");
    let mut entries = python("po_entries.py", &[path])?;
    let counted = entries.pop().unwrap()["pocount"].as_str().unwrap().to_owned();
    Some((entries, told + &counted))
}

#[test]
fn msgfmt_polib_and_the_toolkit_see_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.po");
    let path = path.to_str().unwrap();
    enregard(&["export", "-o", path]);
    let Some((entries, told)) = entries(path) else { return };
    same(&Seen::read(&entries), &articles());
    assert!(told.starts_with(&format!("{} translated messages.\n", articles().len())), "{told}");
    assert!(!told.contains("warning"), "{told}");
    // Translated, fuzzy and untranslated, as `pocount` has them.
    let last: Vec<&str> = told.lines().last().unwrap().split(',').collect();
    assert_eq!((last[1], last[4], last[6]), (articles().len().to_string().as_str(), "0", "0"));
}

#[test]
fn msgfmt_polib_and_the_toolkit_see_the_awkward_units() {
    let folder = tempfile::tempdir().unwrap();
    let (path, expected) = awkward_file("po", folder.path());
    let Some((entries, _)) = entries(&path) else { return };
    same(&Seen::read(&entries), &expected);
}

#[test]
fn a_stale_unit_is_fuzzy_and_a_note_is_the_translators_comment() {
    let mut units = crate::awkward::units();
    units.truncate(3);
    units[0].more.was = "Une phrase\n\"complexe\".".into();
    units[2].more.note = Some("Voir\nAnne".to_owned());
    let (files, _) = formats::written(named("po").unwrap(), &Options::default(), &[("le fil", &units)]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.po");
    std::fs::write(&path, files.file("")).unwrap();
    let Some((entries, told)) = entries(path.to_str().unwrap()) else { return };
    assert!(
        told.starts_with("1 translated message, 1 fuzzy translation, 1 untranslated message.\n"),
        "{told}"
    );
    assert_eq!(entries[0]["fuzzy"], true);
    assert_eq!(entries[0]["was"], "Une phrase\n\"complexe\".");
    assert_eq!(entries[2]["note"], "Voir\nAnne");
    assert!(entries[1]["comment"].as_str().unwrap().contains("article: le fil\nstatus: untranslated"));
}
