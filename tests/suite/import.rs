//! `import` as a real process: English out, edited, and in again.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::bitext::{Alignment, Lang};
use enregard::desk::export::{Export, To, Which};
use enregard::desk::{self, import::Import};
use enregard::format::{Columns, Dialect, Line, Lines, Options, Told, csv, named, tsv};
use enregard::store::{Author, Corpus};

use crate::awkward;

fn ran(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder).env_clear().env("SOURCE_DATE_EPOCH", "1795000000");
    let told = command.args(arguments).assert().code(code);
    let output = told.get_output();
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}

const ROY: &str =
    "Le maire a quitté la réunion hier soir.\nIl pleut sur la ville.\n\nLes \"experts\" se taisent.\n";

/// Every awkward unit goes out in every format, is edited, and comes in again.
#[test]
fn awkward_units_come_back_with_their_edits_and_nothing_else() {
    let mut units = awkward::units();
    // Its length is no matter here, only of the formats' own test.
    units.retain(|unit| unit.french().len() < 100_000);
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    let sentences: Vec<&str> = units.iter().flat_map(|unit| unit.fr.iter().map(String::as_str)).collect();
    write(folder.path(), "seeds/malaise.txt", &(sentences.join("\n") + "\n"));
    let corpus = Corpus::open(folder.path()).unwrap();
    let stem = "malaise".parse().unwrap();
    let author = Author { by: None, at: "2026-11-20T08:00:00Z".to_owned(), command: "test".to_owned() };
    let mut step = corpus.begin(author.clone());
    let mut held = step.lock(&stem, None).unwrap();
    let header = desk::fresh(&held.stored().article, Lang::Fr).header().clone();
    let text = held.stored().article.text.clone();
    step.write(&mut held, &Alignment::new(header, units, &text).unwrap()).unwrap();
    step.finish().unwrap();
    drop(held);

    for (name, table) in [("a.tsv", tsv(Dialect::Quoted)), ("b.tsv", tsv(Dialect::Plain)), ("c.csv", csv())] {
        let export = Export {
            #[cfg(feature = "tokens")]
            tokens: None,
            format: named(if name.ends_with("csv") { "csv" } else { "tsv" }).unwrap(),
            options: Options {
                dialect: Some(if table.quotes { Dialect::Quoted } else { Dialect::Plain }),
                ..Options::default()
            },
            which: Which::default(),
            edition: None,
        };
        let out = |columns: &str| {
            let columns: Columns = columns.parse().unwrap();
            let export = Export { options: Options { columns, ..export.options.clone() }, ..export.clone() };
            let mut file = Vec::new();
            export.run(&corpus, &corpus.stems().unwrap(), To::Stream(&mut file), &mut |_, _| {}).unwrap();
            file
        };
        let import = |file: &[u8]| {
            let path = folder.path().join(name);
            fs::write(&path, file).unwrap();
            let dialect = Some(if table.quotes { Dialect::Quoted } else { Dialect::Plain });
            let import = Import { files: vec![path], dialect, ..Import::default() };
            let imported = import.run(&corpus, author.clone(), |_| {}).unwrap();
            assert!(imported.faults.is_empty(), "{name}: {:?}", imported.faults);
            imported.changed.units
        };
        let before = out("id article fr en status kind note rev");
        assert_eq!(import(&before), 0, "{name}");
        // Every second English is another.
        let (mut edited, mut told) = (Vec::new(), Told::default());
        let mut lines = Lines::new(&before[..], table);
        let mut line = Line::default();
        let mut number = 0;
        while lines.read(&mut line).unwrap() {
            let mut cells: Vec<String> = line.cells().map(str::to_owned).collect();
            if number % 2 == 1 {
                cells[3].push_str(" « edited » \"so\"");
                cells[3] = cells[3].trim().to_owned();
            }
            table.line(&cells, &mut edited, &mut told).unwrap();
            number += 1;
        }
        assert_eq!(import(&edited), number / 2, "{name}");
        let file = out("id en");
        let (mut old, mut new) = (Lines::new(&edited[..], table), Lines::new(&file[..], table));
        let (mut old_line, mut new_line) = (Line::default(), Line::default());
        while old.read(&mut old_line).unwrap() {
            assert!(new.read(&mut new_line).unwrap());
            assert_eq!((old_line.cell(0), old_line.cell(3)), (new_line.cell(0), new_line.cell(1)), "{name}");
        }
    }
}

/// Two articles without alignment files.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), ROY).unwrap();
    fs::write(folder.path().join("seeds/anne.txt"), "Une phrase toute seule dans son article.\n").unwrap();
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

/// The export, as cells.
fn export(folder: &Path, columns: &str) -> Vec<Vec<String>> {
    let (out, _) = ran(folder, &["export", "--dialect", "plain", "--columns", columns], 0);
    out.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn table(cells: &[Vec<String>]) -> String {
    cells.iter().map(|line| line.join("\t") + "\n").collect()
}

/// The corpus with English in every unit.
fn translated() -> tempfile::TempDir {
    let folder = corpus();
    let mut cells = export(folder.path(), "id,en");
    for (line, english) in
        cells[1..].iter_mut().zip(["Alone.", "The mayor left.", "It rains.", "\"Experts\" say nothing."])
    {
        line[1] = english.to_owned();
    }
    write(folder.path(), "in.tsv", &table(&cells));
    let (out, err) = ran(folder.path(), &["import", "in.tsv"], 0);
    assert_eq!(out, "");
    assert_eq!(err, "4 units in 2 articles (4 with new English); 4 lines read\n");
    fs::remove_file(folder.path().join("in.tsv")).unwrap();
    folder
}

#[test]
fn out_edited_and_in_again_gives_the_edits_and_nothing_else() {
    let folder = translated();
    let columns = "id,article,fr,en,status,kind,note,rev";
    for (name, arguments) in [
        ("a.tsv", vec!["--dialect", "quoted"]),
        ("a.txt", vec!["--dialect", "plain"]),
        ("a.csv", vec!["--bom"]),
    ] {
        let mut out = vec!["export", "--columns", columns, "-o", name];
        out.extend(&arguments);
        ran(folder.path(), &out, 0);
        // Untouched, it changes nothing.
        let before = fs::read(folder.path().join("alignments/roy.jsonl")).unwrap();
        let (_, err) = ran(folder.path(), &["import", name], 0);
        assert_eq!(err, "0 units in 0 articles; 4 lines read\n", "{name}");
        assert_eq!(fs::read(folder.path().join("alignments/roy.jsonl")).unwrap(), before);

        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        let new = format!("It pours, says {name}.");
        let old = export(folder.path(), "id,en");
        let (id, english) = (&old[3][0], &old[3][1]);
        write(folder.path(), name, &text.replace(english.as_str(), &new));
        let (_, err) = ran(folder.path(), &["import", name], 0);
        assert!(err.starts_with("1 unit in 1 article (1 with new English); "), "{err}");
        let mut expected = old.clone();
        *expected.iter_mut().find(|line| line[0] == *id).unwrap().last_mut().unwrap() = new;
        assert_eq!(export(folder.path(), "id,en"), expected, "{name}");
    }
}

#[test]
fn what_spreadsheets_do_to_a_file_is_taken() {
    let folder = corpus();
    let cells = export(folder.path(), "id,fr");
    let (id, fr) = (&cells[4][0], &cells[4][1]);
    assert_eq!(fr, "Les \"experts\" se taisent.");
    // French Excel: semicolons, CRLF, columns moved and renamed in capitals, empty cells at the end, a cell on two lines.
    let csv = format!(
        "EN;Remarque;ID;FR;;\r\n\"“Experts”\nsay; nothing.\";x;{id};\"Les \"\"experts\"\" se taisent.\";;\r\n;;;;;\r\n"
    );
    write(folder.path(), "a.csv", &format!("\u{FEFF}{csv}"));
    let (_, err) = ran(folder.path(), &["import", "a.csv"], 0);
    assert!(err.contains("warning: a.csv: column `Remarque` is not read\n"), "{err}");
    assert_eq!(export(folder.path(), "en")[4], ["“Experts” say; nothing."]);
    // "Unicode text": UTF-16 with tabs.
    let tsv = format!("id\ten\r\n{id}\t\"In sixteen \"\"bits\"\".\"\r\n");
    let bytes: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(tsv.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    fs::write(folder.path().join("a.txt"), bytes).unwrap();
    ran(folder.path(), &["import", "a.txt"], 0);
    assert_eq!(export(folder.path(), "en")[4], ["In sixteen \"bits\"."]);
    // What is no table is refused in so many words.
    fs::write(folder.path().join("a.tsv"), b"PK\x03\x04rest").unwrap();
    let (_, err) = ran(folder.path(), &["import", "a.tsv"], 2);
    assert!(
        err.contains("a.tsv: found a workbook (.xlsx, .ods) or another zip file, expected TSV or CSV"),
        "{err}"
    );
    fs::write(folder.path().join("b.csv"), b"id;en\r\nk;l'\xE9t\xE9\r\n").unwrap();
    let (_, err) = ran(folder.path(), &["import", "b.csv"], 2);
    assert!(err.contains("b.csv: line 2, character 5: found byte 0xE9, expected UTF-8"), "{err}");
}

#[test]
fn a_fault_in_one_line_and_nothing_is_written_unless_partial() {
    let folder = corpus();
    let mut cells = export(folder.path(), "id,article,fr,en,status");
    cells[1][3] = "Alone.".to_owned();
    cells[1][4] = "Done".to_owned();
    cells[2][3] = "The mayor left.".to_owned();
    // A wrong row: the French of another line.
    cells[3][3] = "It rains.".to_owned();
    cells[3][2] = cells[4][2].clone();
    cells[4][0] = "zzzzzzzzzz".to_owned();
    cells.push(vec!["".into(), "roy".into(), "x".into(), "y".into(), "".into()]);
    cells.push(vec!["k7q2m9xd0v".into(), "max".into(), "x".into(), "y".into(), "".into()]);
    write(folder.path(), "a.tsv", &table(&cells));
    let (_, err) = ran(folder.path(), &["import", "a.tsv"], 2);
    let errors: Vec<&str> = err.lines().filter(|line| line.starts_with("error:")).collect();
    assert_eq!(
        errors,
        [
            "error: a.tsv: line 2: column status: unknown status `Done`: expected one of untranslated, draft, \
             reviewed, skipped, orphan",
            "error: a.tsv: line 4: column fr: found the French `Les \"experts\" se taisent.`, expected \
             `Il pleut sur la ville.` or something like it",
            "error: a.tsv: line 5: column id: found zzzzzzzzzz, expected a unit of roy",
            "error: a.tsv: line 6: column id: found nothing, expected a unit's id",
            "error: a.tsv: line 7: column article: found `max`, expected an article of this corpus",
            "error: nothing is imported, because of 5 faults",
        ]
    );
    assert!(!folder.path().join("alignments/roy.jsonl").exists());
    let (_, err) = ran(folder.path(), &["import", "a.tsv", "--partial"], 2);
    assert!(err.contains("1 unit in 1 article (1 with new English); 6 lines read\n"), "{err}");
    assert_eq!(export(folder.path(), "en")[2], ["The mayor left."]);
}

#[test]
fn english_of_a_former_french_comes_in_as_stale() {
    let folder = corpus();
    let mut cells = export(folder.path(), "id,fr,en");
    cells[2][1] = "Le maire a quitté la réunion mardi soir.".to_owned();
    cells[2][2] = "The mayor left on Tuesday.".to_owned();
    write(folder.path(), "a.tsv", &table(&cells));
    let (_, err) = ran(folder.path(), &["import", "a.tsv"], 0);
    assert!(err.contains("1 of them stale: their French has changed since"), "{err}");
    assert_eq!(export(folder.path(), "stale,was")[2], ["stale", "Le maire a quitté la réunion mardi soir."]);
}

#[test]
fn where_both_sides_changed_both_are_shown_and_one_is_chosen() {
    let folder = translated();
    let out = export(folder.path(), "id,en,rev");
    let mut ours = out.clone();
    ours[3][1] = "It is raining.".to_owned();
    write(folder.path(), "ours.tsv", &table(&ours));
    ran(folder.path(), &["import", "ours.tsv"], 0);
    let mut theirs = out.clone();
    theirs[2][1] = "The mayor has left.".to_owned();
    theirs[3][1] = "It pours.".to_owned();
    write(folder.path(), "theirs.tsv", &table(&theirs));
    let (_, err) = ran(folder.path(), &["import", "theirs.tsv"], 2);
    assert!(
        err.contains(
            "error: theirs.tsv: line 4: column en: both sides changed the English\n    ours:   It is raining.\n    theirs: It pours.\n"
        ),
        "{err}"
    );
    assert!(
        err.ends_with("hint: `--ours` keeps the English of the corpus, `--theirs` takes that of the file\n"),
        "{err}"
    );
    assert_eq!(export(folder.path(), "en")[2], ["The mayor left."]);
    ran(folder.path(), &["import", "theirs.tsv", "--ours"], 0);
    assert_eq!(export(folder.path(), "en")[2..4], [["The mayor has left."], ["It is raining."]]);
    ran(folder.path(), &["import", "theirs.tsv", "--theirs"], 0);
    assert_eq!(export(folder.path(), "en")[3], ["It pours."]);
}

#[test]
fn two_files_of_the_same_lines_are_put_together_unless_they_contradict() {
    let folder = corpus();
    let cells = export(folder.path(), "id,en");
    let with = |line: usize, english: &str| {
        let mut cells = cells.clone();
        cells[line][1] = english.to_owned();
        table(&cells)
    };
    write(folder.path(), "a.tsv", &with(1, "Alone."));
    write(folder.path(), "b.tsv", &with(2, "The mayor left."));
    write(folder.path(), "c.tsv", &with(1, "On its own."));
    let (_, err) = ran(folder.path(), &["import", "a.tsv", "b.tsv", "c.tsv"], 2);
    assert!(err.contains("error: c.tsv: line 2: column id: found "), "{err}");
    assert!(err.contains("expected one line for it: a.tsv, line 2 says something else"), "{err}");
    ran(folder.path(), &["import", "a.tsv", "b.tsv"], 0);
    assert_eq!(export(folder.path(), "en")[1..3], [["Alone."], ["The mayor left."]]);
}

#[test]
fn one_undo_takes_the_whole_import_back() {
    let folder = translated();
    ran(folder.path(), &["undo"], 0);
    assert!(export(folder.path(), "en")[1..].iter().all(|line| line[0].is_empty()));
    ran(folder.path(), &["redo"], 0);
    assert_eq!(export(folder.path(), "en")[1..3], [["Alone."], ["The mayor left."]]);
}

#[test]
fn a_dry_run_shows_the_changes_and_writes_nothing() {
    let folder = translated();
    let mut cells = export(folder.path(), "id,en,status,note");
    cells[3][1] = "It pours.".to_owned();
    cells[2][2] = "reviewed".to_owned();
    cells[2][3] = "see Anne".to_owned();
    write(folder.path(), "a.tsv", &table(&cells));
    let before = fs::read(folder.path().join("alignments/roy.jsonl")).unwrap();
    let (out, err) = ran(folder.path(), &["import", "--dry-run", "a.tsv"], 0);
    assert_eq!(
        out,
        format!(
            "roy {} (a.tsv, line 3)\n  status: draft → reviewed\n  note: none → see Anne\n\
             roy {} (a.tsv, line 4)\n  fr: Il pleut sur la ville.\n  -   It rains.\n  +   It pours.\n",
            cells[2][0], cells[3][0]
        )
    );
    assert_eq!(err, "would change: 2 units in 1 article (1 with new English); 4 lines read\n");
    assert_eq!(fs::read(folder.path().join("alignments/roy.jsonl")).unwrap(), before);
}

#[test]
fn an_edition_of_its_own_is_made() {
    let folder = translated();
    let mut cells = export(folder.path(), "id,en");
    cells[1][1] = "By itself.".to_owned();
    cells.truncate(2);
    write(folder.path(), "a.tsv", &table(&cells));
    ran(folder.path(), &["import", "a.tsv", "--edition", "second"], 0);
    assert!(folder.path().join("alignments/anne@second.jsonl").exists());
    let (out, _) = ran(folder.path(), &["export", "--edition", "second", "--columns", "edition,en"], 0);
    assert_eq!(out, "edition\ten\nsecond\tBy itself.\n");
    assert_eq!(export(folder.path(), "en")[1], ["Alone."]);
}

#[test]
fn a_plain_file_that_could_be_quoted_waits_for_a_word() {
    let folder = corpus();
    let cells = export(folder.path(), "id");
    write(folder.path(), "a.tsv", &format!("id\ten\n{}\t\"Alone.\"\n", cells[1][0]));
    let (_, err) = ran(folder.path(), &["import", "a.tsv"], 2);
    assert!(err.contains("hint: say how the file is written: `--dialect quoted`"), "{err}");
    ran(folder.path(), &["import", "a.tsv", "--dialect", "plain"], 0);
    assert_eq!(export(folder.path(), "en")[1], ["\"Alone.\""]);
}

/// A memory of another program: no ids of ours, French typed otherwise, languages in capitals.
fn memory(units: &[(&str, &str)]) -> String {
    let units: String = units
        .iter()
        .map(|(fr, en)| {
            format!(
                "<tu tuid=\"1\"><tuv xml:lang=\"EN-US\"><seg>{en}</seg></tuv>\
                 <tuv xml:lang=\"FR\"><seg>{fr}</seg></tuv></tu>\n"
            )
        })
        .collect();
    format!("<tmx version=\"1.4\"><header srclang=\"*all*\"/><body>\n{units}</body></tmx>\n")
}

#[test]
fn units_without_our_ids_are_matched_by_their_french() {
    let folder = corpus();
    let tmx = memory(&[
        ("Les «\u{202F}experts\u{202F}» se taisent.", "The “experts” say nothing."),
        ("Il pleut sur la ville.", "It rains."),
    ]);
    write(folder.path(), "a.tmx", &tmx);
    let (_, err) = ran(folder.path(), &["import", "a.tmx"], 0);
    assert!(err.contains("2 units in 1 article (2 with new English); 2 lines read\n"), "{err}");
    let cells = export(folder.path(), "en");
    assert_eq!(cells[3..5], [["It rains."], ["The “experts” say nothing."]]);
    // What no unit says is told, and nothing is taken.
    let tmx = memory(&[("Il pleut sur la ville.", "It pours."), ("Rien de tel.", "No such thing.")]);
    write(folder.path(), "b.tmx", &tmx);
    let (_, err) = ran(folder.path(), &["import", "b.tmx"], 2);
    assert!(
        err.contains("error: b.tmx: tu 2: found the French `Rien de tel.`, expected that of a unit\n"),
        "{err}"
    );
    assert_eq!(export(folder.path(), "en")[3], ["It rains."]);
}

#[test]
fn equal_french_goes_to_units_in_order_or_is_told_as_ambiguous() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    let text = "Il pleut. Il vente. Il pleut. Il neige. Il pleut.\n";
    fs::write(folder.path().join("seeds/roy.txt"), text).unwrap();
    let rain = |times: &[&'static str]| -> Vec<(&str, &str)> {
        times.iter().map(|english| ("Il pleut.", *english)).collect()
    };
    // As many as there are units: in order.
    write(folder.path(), "a.tmx", &memory(&rain(&["It rains.", "Rain again.", "Still rain."])));
    ran(folder.path(), &["import", "a.tmx"], 0);
    let english = |at: usize| export(folder.path(), "en")[at][0].clone();
    assert_eq!([english(1), english(3), english(5)], ["It rains.", "Rain again.", "Still rain."]);
    // One whose neighbour says where it stands.
    let tmx = memory(&[("Il neige.", "It snows."), ("Il pleut.", "And rains.")]);
    write(folder.path(), "b.tmx", &tmx);
    ran(folder.path(), &["import", "b.tmx"], 0);
    assert_eq!([english(1), english(4), english(5)], ["It rains.", "It snows.", "And rains."]);
    // One that could be any of three.
    write(folder.path(), "c.tmx", &memory(&rain(&["Pluie."])));
    let (_, err) = ran(folder.path(), &["import", "c.tmx"], 2);
    assert!(
        err.contains(
            "error: c.tmx: tu 1: found the French `Il pleut.`, expected that of one unit: it is that of "
        ),
        "{err}"
    );
    // The same French in two articles.
    fs::write(folder.path().join("seeds/max.txt"), "Il vente.\n").unwrap();
    write(folder.path(), "d.tmx", &memory(&[("Il vente.", "It blows.")]));
    let (_, err) = ran(folder.path(), &["import", "d.tmx"], 2);
    assert!(err.contains("expected that of one article: it stands in max, roy"), "{err}");
    ran(folder.path(), &["import", "d.tmx", "--article", "roy"], 0);
}
