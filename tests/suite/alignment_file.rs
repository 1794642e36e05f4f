//! The alignment file: what is read, what is written, and what is refused with which words.

use std::fs;
use std::path::Path;

use enregard::bitext::{Alignment, Status, Unit, UnitId};
use enregard::store::Corpus;
use enregard::store::file::{FileError, parse, scan, unit_tag, write};
use proptest::prelude::*;

use crate::cases;

const HEADER: &str = r#"{"enregard":1,"article":"roy","source":"fr","target":"en","sha256":"0000000000000000000000000000000000000000000000000000000000000000","splitter":"fr/1"}"#;
const ARTICLE: &str = "Il pleut. Il vente.\n\nFin";

/// The canonical file of `ARTICLE`.
fn canonical() -> String {
    format!(
        "{HEADER}\n\n{}\n\n{}\n\n{}\n",
        r#"{"id":"k7q2m9xd0v","fr":["Il pleut."],"en":["It's raining."],"status":"reviewed","by":"Ève","at":"2026-11-20T08:00:00Z"}"#,
        r#"{"id":"h9w3c1tb5s","fr":["Il vente."],"en":["It is windy."]}"#,
        r#"{"id":"b000000000","kind":"heading","fr":["Fin"],"set":["kind"]}"#,
    )
}

fn read(text: &str) -> Result<Alignment, FileError> {
    let path = Path::new("alignments/roy.jsonl");
    parse(text.as_bytes(), path)?.into_alignment(Some(ARTICLE), path)
}

fn told(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn the_canonical_form_is_written_back_byte_for_byte() {
    assert_eq!(write(&read(&canonical()).unwrap()), canonical());
}

#[test]
fn what_editors_and_git_do_to_a_file_is_accepted_and_put_straight() {
    let text = canonical();
    let other_order = text.replace(
        r#"{"id":"h9w3c1tb5s","fr":["Il vente."],"en":["It is windy."]}"#,
        r#"  { "en" : "It is windy." , "status":"draft", "fr":"Il vente.", "id":"h9w3c1tb5s", "kind":"body" }  "#,
    );
    for edited in [
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        text.replace("\n\n", "\n"),
        text.replace('\n', "\n\n\n"),
        text.trim_end().to_owned(),
        text.replace("\n{", "\n \t{"),
        text.replace("{\"id\"", "{\n\"id\""),
        other_order,
    ] {
        assert_eq!(write(&read(&edited).unwrap()), text, "{edited}");
    }
}

#[test]
fn unknown_keys_are_kept_as_they_stand() {
    let text = canonical()
        .replace(
            "\"splitter\":\"fr/1\"",
            "\"splitter\":\"fr/1\",\"licence\":\"CC0\",\"mood\":{\"a\" : [1.0,  2e3]}",
        )
        .replace("\"en\":[\"It is windy.\"]", "\"en\":[\"It is windy.\"],\"seen\":1.50,\"x\":{\"fr\":null}");
    assert_eq!(write(&read(&text).unwrap()), text);
}

#[test]
fn strings_are_verbatim_whatever_is_in_them() {
    let text = canonical().replace(
        "It is windy.",
        r#"\"Tab\t, line\n, nul\u0000, \\, next\u0085 and \u2028 line, 😀 é «\u00a0»"#,
    );
    let alignment = read(&text).unwrap();
    let english = &alignment.units()[1].en[0];
    assert_eq!(english, "\"Tab\t, line\n, nul\0, \\, next\u{85} and \u{2028} line, 😀 é «\u{a0}»");
    assert_eq!(write(&alignment), text.replace(r"\u00a0", "\u{a0}"));
    assert_eq!(write(&alignment).lines().count(), 7);
}

#[test]
fn an_empty_placeholder_is_no_english() {
    for english in [r#""""#, r#"[""]"#, "[]", r#"" ""#] {
        let alignment = read(&canonical().replace("[\"It is windy.\"]", english)).unwrap();
        assert_eq!(alignment.units()[1].status, Status::Untranslated);
    }
}

#[test]
fn faults_are_told_with_line_column_found_and_expected() {
    let text = canonical();
    let swap = |from: &str, to: &str| told(&text.replacen(from, to, 1));
    let cases = [
        (told(""), "1:1: the file is empty, expected a header (`{\"enregard\":1,…}`)"),
        (swap(HEADER, ""), "3:1: found a unit, expected a header (`{\"enregard\":1,…}`) before it"),
        (
            swap("\n\n{\"id\":\"h9", &format!("\n\n{HEADER}\n{{\"id\":\"h9")),
            "5:1: found a second header, expected a unit: the header is on line 1",
        ),
        (
            swap("\"enregard\":1", "\"enregard\":2"),
            "1:13: found format version 2, expected 1: a newer enregard wrote this file; update enregard to read it",
        ),
        (swap("\"enregard\":1", "\"enregard\":\"1\""), "1:13: found `\"1\"`, expected 1"),
        (swap("\"enregard\":1", "\"enregard\":0"), "1:13: found `0`, expected 1"),
        (swap("\"article\":\"roy\",", ""), "1:1: found a header without `article`, expected `article`"),
        (
            swap("\"sha256\":\"0000", "\"sha256\":\"000G"),
            "1:68: found `\"000G00000000000000000000000000000000000…`, expected 64 hexadecimal digits in lower case",
        ),
        (
            swap("[\"Il vente.\"]", "[\"Il vente.\"}"),
            "5:37: found `},\"en\":[\"It is windy.\"]}`, expected `,` or `]`",
        ),
        (
            swap("[\"Il vente.\"]", "7"),
            "5:25: found `7,\"en\":[\"It is windy.\"]}`, expected an array of strings",
        ),
        (
            swap("windy.\"]}", "windy.]}"),
            "5:60: found the end of the line, expected `\"` at the end of the string, or an escaped control character",
        ),
        (swap("\"en\":[\"It is", "\"fr\":[\"It is"), "5:39: key `fr` stands twice in one object"),
        (swap("{\"id\":\"h9w3c1tb5s\",", "{"), "5:1: found a unit without `id`, expected `id`"),
        (
            swap("h9w3c1tb5s", ""),
            "5:7: `` is no unit id: expected a letter and nine of 0-9 a-z without i l o u",
        ),
        (swap("h9w3c1tb5s", "k7q2m9xd0v"), "5:1: id k7q2m9xd0v stands here and on line 3 already"),
        (
            swap("\"reviewed\"", "\"done\""),
            "3:71: unknown status `done`: expected one of untranslated, draft, reviewed, skipped, orphan",
        ),
        (swap("windy.\"]}", "windy.\"]} x"), "5:62: found `x`, expected the end of the line"),
        (swap("windy.", "\\ud800 windy."), "5:58: bad JSON: unexpected end of hex escape"),
        (
            swap("\"Il vente.\"", "\"Il neige.\""),
            "5:1: unit 2 (h9w3c1tb5s) is nowhere in the article after byte 10: found `Il vente.…`, expected `Il neige.`",
        ),
        (
            told(text.rsplit_once("\n\n").unwrap().0),
            "5:61: the article goes on after its last unit, at byte 21: `Fin`",
        ),
    ];
    let expected = cases.iter().map(|(_, expected)| format!("alignments/roy.jsonl:{expected}"));
    assert_eq!(cases.iter().map(|(told, _)| told.clone()).collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

#[test]
fn a_file_cut_short_anywhere_is_never_read_as_a_whole() {
    let text = canonical();
    for cut in 0..text.trim_end().len() {
        if let Some(beginning) = text.get(..cut) {
            assert!(read(beginning).is_err(), "cut at {cut}");
        }
    }
    let cut = &text[..text.find("It is").unwrap()];
    assert_eq!(
        told(cut),
        "alignments/roy.jsonl:5:46: the file is cut short: it ends inside what begins on line 5, expected `\"` at the end of the string"
    );
}

#[test]
fn a_conflict_that_git_left_is_told_with_both_texts() {
    let text = canonical().replace(
        "{\"id\":\"h9w3c1tb5s\",\"fr\":[\"Il vente.\"],\"en\":[\"It is windy.\"]}",
        "<<<<<<< HEAD\n{\"en\":\"It is windy.\"}\n||||||| base\n{}\n=======\n{\"en\":\"The wind blows.\"}\n>>>>>>> other",
    );
    assert_eq!(
        told(&text),
        "alignments/roy.jsonl:5:1: git left a conflict on lines 5 to 11: keep one of the two, take the marks away\
         \n    ours: {\"en\":\"It is windy.\"}\n    theirs: {\"en\":\"The wind blows.\"}"
    );
    let half_mended = canonical().replace("\n\n{\"id\":\"b", "\n=======\n{\"id\":\"b");
    assert!(told(&half_mended).contains(":6:1: git left a conflict"), "{}", told(&half_mended));
}

#[test]
fn bytes_that_are_no_utf_8_are_told_with_their_place() {
    let path = Path::new("x.jsonl");
    let error = parse(b"{\"enregard\":1,\n\"article\":\"\xe9\"}", path).unwrap_err();
    assert_eq!(error.to_string(), "x.jsonl:2:12: found the byte 0xE9, expected UTF-8");
}

#[test]
fn depth_and_length_break_nothing() {
    let deep = format!("{}{}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    let text = canonical().replacen("\"fr\":", &format!("\"deep\":{deep},\"fr\":"), 1);
    assert!(read(&text).is_ok());
    assert!(told(&"[".repeat(1_000_000)).contains("expected `{`"));
}

#[test]
fn the_kept_example_of_version_1_is_read_and_written_back_byte_for_byte() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/format1");
    let corpus = Corpus::open(&root).unwrap();
    let stem = corpus.resolve("canal").unwrap();
    let stored = corpus.read(&stem, None).unwrap();
    assert!(!stored.changed);
    let alignment = stored.alignment.unwrap();
    assert_eq!(write(&alignment), fs::read_to_string(root.join("alignments/canal.jsonl")).unwrap());

    let units = alignment.units();
    assert_eq!(units.len(), 9);
    assert_eq!(units[0].id, UnitId::of(&stem, &units[0].fr, 0));
    assert!(units[2].is_stale());
    assert_eq!(units[3].status, Status::Draft);
    assert_eq!(units[3].english(), "“We have closed the lock,” says the mayor. The quays are empty.");
    assert!(units[3].more.set.bounds && units[3].more.set.other == ["colour"]);
    assert_eq!((units[3].score, units[3].more.dismissed[0].extra.len()), (Some(0.8125), 1));
    assert_eq!(units[4].english(), "Line one\nand\ttwo\\ three.");
    assert_eq!(units[8].status, Status::Orphan);
    assert_eq!(alignment.header().about.len(), 10);
    assert_eq!(alignment.header().extra[0].json, "{\"a\":[1.50, null]}");
}

/// What one mangling does to the lines of a file.
fn mangle(lines: &mut Vec<String>, act: u8, line: usize, at: usize) {
    let line = line % lines.len();
    let place = |text: &str| text.char_indices().map(|(place, _)| place).nth(at).unwrap_or(text.len());
    match act {
        0 => drop(lines.remove(line)),
        1 => lines.insert(line, lines[line].clone()),
        2 => {
            let other = at % lines.len();
            lines.swap(line, other);
        }
        3 => {
            let end = place(&lines[line]);
            lines[line].truncate(end);
        }
        4 => {
            let next = lines.remove(line);
            let into = line.saturating_sub(1).min(lines.len().saturating_sub(1));
            if let Some(into) = lines.get_mut(into) {
                into.push_str(&next);
            }
        }
        // One character less.
        5 => {
            let from = place(&lines[line]);
            if from < lines[line].len() {
                lines[line].remove(from);
            }
        }
        // A mark or a line end too many, at any place.
        6 => {
            let marks = ["{", "}", "[", "]", "\"", ",", ":", "\n", " ", "\\", "//", "\u{feff}", "\u{2028}"];
            let from = place(&lines[line]);
            lines[line].insert_str(from, marks[at % marks.len()]);
        }
        // What git and editors leave.
        7 => {
            let left = ["<<<<<<< HEAD", "=======", ">>>>>>> other", "", "null", "{}", "[]", "# mine", "\t"];
            lines.insert(line, left[at % left.len()].to_owned());
        }
        // A key taken from another line.
        _ => {
            let other = lines[at % lines.len()].clone();
            if let Some(key) = other.split(',').next().map(|key| key.trim_start_matches('{').to_owned()) {
                lines[line] = lines[line].replacen('{', &format!("{{{key},"), 1);
            }
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
}

/// The texts of a key, as another reader of JSON has them.
fn texts(unit: &serde_json::Value, key: &str) -> Vec<String> {
    match unit.get(key) {
        Some(serde_json::Value::String(one)) => vec![one.clone()],
        Some(serde_json::Value::Array(all)) => {
            all.iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        }
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(cases(256))]

    /// Lines lost, doubled, swapped, cut, joined, or with a character less or more: what is read has every unit that
    /// stands in the text, with all its texts.
    #[test]
    fn a_mangled_file_is_refused_or_read_whole(
        acts in prop::collection::vec((0..9u8, 0..8usize, 0..90usize), 1..4),
    ) {
        let mut lines: Vec<String> = canonical().lines().map(str::to_owned).collect();
        for (act, line, at) in acts {
            mangle(&mut lines, act, line, at);
        }
        let text = lines.join("\n");
        let path = Path::new("alignments/roy.jsonl");
        // Without the article, so that only the reader itself can notice.
        if let Ok(parsed) = parse(text.as_bytes(), path) {
            let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
            let values = serde_json::Deserializer::from_str(bare).into_iter::<serde_json::Value>();
            let told: Vec<serde_json::Value> = values.map(Result::unwrap).skip(1).collect();
            prop_assert_eq!(parsed.units.len(), told.len());
            for (unit, told) in parsed.units.iter().zip(&told) {
                prop_assert_eq!(unit.id.as_str(), told["id"].as_str().unwrap());
                prop_assert_eq!(&*unit.fr, texts(told, "fr"));
                prop_assert_eq!(&*unit.more.was, texts(told, "was"));
                let english: Vec<String> = texts(told, "en").into_iter().filter(|en| !en.trim().is_empty()).collect();
                prop_assert_eq!(&*unit.en, english);
                prop_assert_eq!(unit.more.note.as_deref(), told.get("note").and_then(|note| note.as_str()));
            }
            // With it, what the lines lost is noticed: all French of the article is there.
            if let Ok(alignment) = parsed.into_alignment(Some(ARTICLE), path) {
                let french: Vec<&str> = alignment.units().iter().flat_map(|unit| &unit.fr).map(String::as_str).collect();
                let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                prop_assert_eq!(words(&french.join(" ")), words(ARTICLE));
            }
        }
    }
}

fn told_of(line: &str) -> String {
    let text = format!("{HEADER}\n{line}\n");
    let told = parse(text.as_bytes(), Path::new("x")).map(drop).unwrap_err().to_string();
    let scanned = scan(text.as_bytes(), Path::new("x"), |_| true, |_| ());
    if let Err(scanned) = scanned {
        assert_eq!(scanned.to_string(), told);
    }
    told
}

#[test]
fn faults_of_a_line_are_told_with_their_place_and_what_stands_there() {
    let unit = |rest: &str| told_of(&format!("{{\"id\":\"k7q2m9xd0v\",{rest}}}"));
    let cases = [
        (told_of("\u{7}"), "x:2:1: found U+0007, expected `{`"),
        (told_of("\u{feff}{}"), "x:2:1: found U+FEFF, expected `{`"),
        (told_of("abcdefghijklmnopqrstuvwxyz"), "x:2:1: found `abcdefghijklmnopqrstuvwx…`, expected `{`"),
        (unit("\"x\":{\n  \"a\":tru}"), "x:3:10: bad JSON: expected ident"),
        (unit("\"fr\":[\"\\u00é0\"]"), "x:2:31: bad JSON: invalid escape"),
        (unit("\"x\":1,\"x\":2"), "x:2:26: key `x` stands twice in one object"),
        (
            unit("\"dismissed\":[{\"check\":\"a\",\"hash\":\"b\",\"x\":1,\"x\":2}]"),
            "x:2:63: key `x` stands twice in one object",
        ),
        (unit("\"score\":1.5"), "x:2:28: found `1.5`, expected a number from 0 to 1"),
        (unit("\"note\":7"), "x:2:27: found `7}`, expected a string"),
    ];
    let expected: Vec<_> = cases.iter().map(|(_, expected)| expected.to_string()).collect();
    assert_eq!(cases.map(|(told, _)| told).to_vec(), expected);
}

#[test]
fn a_scan_passes_no_note_name_or_time_over_that_is_no_text() {
    for key in ["note", "by", "at", "origin"] {
        let text = format!("{HEADER}\n{{\"id\":\"k7q2m9xd0v\",\"fr\":[\"Un.\"],\"{key}\":7}}\n");
        assert!(scan(text.as_bytes(), Path::new("x"), |_| true, |_| ()).is_err(), "{key}");
    }
}

#[test]
fn what_a_line_says_is_in_the_unit_and_is_written_as_it_stood() {
    let line = r#"{"id":"k7q2m9xd0v","fr":["Il pleut depuis ce matin, et il va pleuvoir encore."],"en":["It\rrains."],"status":"draft","set":["kind"],"dismissed":[{"check":"a","hash":"b","x":1,"y":2}],"at":"2026-11-20T08:00:00Z"}"#;
    let bare = r#"{"id":"h9w3c1tb5s","fr":["Il vente depuis ce matin, et il va venter encore longtemps."]}"#;
    let text = format!("{HEADER}\n\n{line}\n\n{bare}\n");
    let path = Path::new("x");
    let parsed = parse(text.as_bytes(), path).unwrap();
    let unit = parsed.units[0].clone();
    assert_eq!((unit.status, unit.at.as_deref()), (Status::Draft, Some("2026-11-20T08:00:00Z")));
    assert!(unit.more.set.kind && unit.more.set.other.is_empty());
    let mut scanned = Vec::new();
    scan(text.as_bytes(), path, |_| true, |sketch| scanned.push((sketch.id, sketch.status))).unwrap();
    assert_eq!(scanned, parsed.units.iter().map(|unit| (unit.id, unit.status)).collect::<Vec<_>>());
    // What is derived is not stored.
    let written = write(&parsed.into_alignment(None, path).unwrap());
    assert_eq!(written, text.replace(",\"status\":\"draft\"", ""));

    let other = Unit { en: "It's raining.".into(), ..unit.clone() };
    assert_eq!((unit_tag(&unit), unit_tag(&unit).len()), (unit_tag(&unit.clone()), 12));
    assert_ne!(unit_tag(&unit), unit_tag(&other));
}
