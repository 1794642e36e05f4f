//! Anki's own importer on packages and text: what it makes of them, and what a second import does.

use enregard::bitext::Unit;
use enregard::format::{Format, Options, named};
use serde_json::Value;

use super::{Seen, articles, enregard, python, same};
use crate::{awkward, formats};

/// The formats for Anki that were built in.
fn kinds() -> impl Iterator<Item = &'static Format> {
    ["anki", "apkg"].into_iter().map(|name| named(name).unwrap()).filter(|format| format.writes())
}

fn ending(format: &Format) -> &'static str {
    if format.name == "apkg" { "apkg" } else { "txt" }
}

/// A field as a person sees it.
fn shown(html: &str) -> String {
    let text = html.replace("<br>", "\n").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

/// The sentence in a field: in a text file what is around it stands in the same one.
fn sentence(field: &str) -> &str {
    match field.split_once("<div>") {
        None => field,
        Some((_, rest)) => rest.split_once("</div>").unwrap().0,
    }
}

fn seen(note: &Value) -> Seen {
    let fields = note["fields"].as_object().unwrap();
    let text = |names: [&str; 2]| {
        let field = names.iter().find_map(|name| fields.get(*name)).unwrap();
        shown(sentence(field.as_str().unwrap()))
    };
    Seen {
        id: note["guid"].as_str().unwrap().to_owned(),
        fr: text(["French", "Front"]),
        en: text(["English", "Back"]),
    }
}

/// What Anki says of each import, and the notes that it has then, by guid.
fn imported(paths: &[&str]) -> Option<(Vec<Value>, Vec<Value>)> {
    let mut told = python("anki_import.py", paths)?;
    let integrity = told.pop().unwrap();
    assert_eq!(integrity["integrity"], "Database rebuilt and optimized.");
    let mut notes = told.split_off(paths.len());
    notes.sort_by_key(|note| note["guid"].as_str().unwrap().to_owned());
    Some((told, notes))
}

fn by_id(mut seen: Vec<Seen>) -> Vec<Seen> {
    seen.sort_by(|a, b| a.id.cmp(&b.id));
    seen
}

#[test]
fn a_second_import_of_the_articles_makes_no_second_notes() {
    let folder = tempfile::tempdir().unwrap();
    for format in kinds() {
        let path = folder.path().join(format!("a.{}", ending(format)));
        let path = path.to_str().unwrap();
        enregard(&["export", "--to", format.name, "-o", path]);
        let Some((told, notes)) = imported(&[path, path]) else { return };
        let expected = by_id(articles());
        let number = expected.len();
        assert_eq!((&told[0]["new"], &told[0]["cards"]), (&number.into(), &(2 * number).into()));
        assert_eq!((&told[1]["new"], &told[1]["notes"]), (&0.into(), &number.into()));
        same(&notes.iter().map(seen).collect::<Vec<_>>(), &expected);
        for note in &notes {
            let deck = note["decks"][0].as_str().unwrap();
            assert!(deck.contains("::00"), "a deck for each article: {deck}");
            let tags = note["tags"].as_array().unwrap();
            assert!(tags.contains(&"status::reviewed".into()), "{tags:?}");
        }
    }
}

#[test]
fn anki_shows_the_awkward_units_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for format in kinds() {
        let units: Vec<Unit> = awkward::units();
        let units: Vec<Unit> =
            units.into_iter().filter(|unit| !unit.fr.is_empty() && !unit.en.is_empty()).collect();
        let (files, told) = formats::written(format, &Options::default(), &[("l'été", &units)]);
        assert_eq!(told.units, units.len() as u64);
        let path = folder.path().join(format!("a.{}", ending(format)));
        std::fs::write(&path, files.file("")).unwrap();
        let Some((_, notes)) = imported(&[path.to_str().unwrap()]) else { return };
        let plain = |text: &str| {
            let text = text.replace("\r\n", "\n").replace(['\u{85}', '\u{2028}', '\u{2029}'], "\n");
            text.replace(['\t', '\u{B}', '\u{C}', '\u{1C}', '\u{1D}', '\u{1E}'], " ")
        };
        let expected = units.iter().map(Seen::of);
        let expected = expected.map(|s| Seen { fr: plain(&s.fr), en: plain(&s.en), ..s }).collect();
        same(&notes.iter().map(seen).collect::<Vec<_>>(), &by_id(expected));
    }
}

#[test]
fn a_later_export_updates_the_notes_that_changed_and_those_around_them() {
    let folder = tempfile::tempdir().unwrap();
    for format in kinds() {
        let mut units: Vec<Unit> = awkward::units().into_iter().skip(6).take(6).collect();
        for unit in &mut units {
            unit.at = Some("2026-11-20T08:00:00Z".into());
        }
        let mut paths = Vec::new();
        for time in ["first", "second"] {
            let options = Options { at: "2026-11-21T00:00:00Z".to_owned(), ..Options::default() };
            let (files, _) = formats::written(format, &options, &[("fil", &units)]);
            let path = folder.path().join(format!("{time}.{}", ending(format)));
            std::fs::write(&path, files.file("")).unwrap();
            paths.push(path.to_str().unwrap().to_owned());
            units[2].en = "A quotation that is open.".into();
            units[2].at = Some("2026-11-20T09:30:00Z".into());
        }
        let Some((told, notes)) = imported(&[&paths[0], &paths[0], &paths[1]]) else { return };
        let numbers =
            |told: &Value| ["new", "updated", "notes", "cards"].map(|key| told[key].as_u64().unwrap());
        assert_eq!(numbers(&told[0]), [6, 0, 6, 12]);
        assert_eq!(numbers(&told[1]), [0, 0, 6, 12]);
        assert_eq!(numbers(&told[2]), [0, 3, 6, 12], "{}", format.name);
        let id = units[2].id.as_str();
        let note = notes.iter().find(|note| note["guid"] == id).unwrap();
        assert_eq!(seen(note).en, "A quotation that is open.");
        // Both directions ask with one language, and answer with the other.
        let cards = note["cards"].as_array().unwrap();
        for (card, [asked, answered]) in
            cards.iter().zip([["Une citation", "A quotation"], ["A quotation", "Une citation"]])
        {
            let (question, answer) = (card[0].as_str().unwrap(), card[1].as_str().unwrap());
            assert!(question.contains(asked) && !question.contains(answered), "{question}");
            assert!(answer.contains(answered), "{answer}");
            // The sentences before and after stand around it.
            assert!(question.contains("Oui") || question.contains("Yes"), "{question}");
        }
    }
}
