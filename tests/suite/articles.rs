//! `add`, `describe`, `list` and `show` as real processes.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

use crate::program::enregard_at;

fn enregard(folder: &Path) -> Command {
    enregard_at(folder, "1780000000")
}

/// An empty corpus.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    enregard(folder.path()).args(["init", "-q"]).assert().success();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    enregard(folder).args(arguments).output().unwrap()
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

const FRENCH: &str = "Le café de l’Étoile a fermé.\n« Où aller ? », demande Zoë.\n";

#[test]
fn a_text_in_any_of_the_usual_encodings_becomes_the_same_seed() {
    let units = |mark: bool| mark.then_some(0xFEFF).into_iter().chain(FRENCH.encode_utf16());
    let windows = encoding_rs::WINDOWS_1252.encode(FRENCH).0.into_owned();
    let cases: [(&str, Vec<u8>); 5] = [
        ("UTF-8", FRENCH.as_bytes().to_vec()),
        ("UTF-8 with a byte order mark", [b"\xEF\xBB\xBF", FRENCH.as_bytes()].concat()),
        ("UTF-16LE with a byte order mark", units(true).flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", units(false).flat_map(u16::to_be_bytes).collect()),
        ("windows-1252 (a guess", windows),
    ];
    for (told, bytes) in cases {
        let folder = corpus();
        fs::write(folder.path().join("café.txt"), &bytes).unwrap();
        let output = run(folder.path(), &["add", "café.txt"]);
        assert_eq!((output.status.code(), out(&output)), (Some(0), "café\n"), "{told}: {}", err(&output));
        assert!(err(&output).starts_with(&format!("added café.txt as café: {told}")), "{}", err(&output));
        assert_eq!(fs::read_to_string(folder.path().join("seeds/café.txt")).unwrap(), FRENCH);
        let header = fs::read_to_string(folder.path().join("alignments/café.jsonl")).unwrap();
        let encoding = told.split(' ').next().unwrap();
        let hash = enregard::store::sha256(&bytes);
        assert!(
            header.contains(&format!(r#""encoding":"{encoding}","original_sha256":"{hash}""#)),
            "{header}"
        );
    }
}

#[test]
fn latin_1_is_told_from_windows_1252_and_a_named_encoding_is_believed() {
    let folder = corpus();
    fs::write(folder.path().join("a.txt"), b"Le caf\xE9 est ferm\xE9.").unwrap();
    let output = run(folder.path(), &["add", "a.txt"]);
    assert!(err(&output).contains("as a: ISO-8859-1 (a guess"), "{}", err(&output));
    fs::write(folder.path().join("b.txt"), b"Le caf\x8E est ouvert.").unwrap();
    let output = run(folder.path(), &["add", "b.txt", "--encoding", "macroman"]);
    assert!(err(&output).contains("as b: macintosh, 1 sentence"), "{}", err(&output));
    assert_eq!(fs::read_to_string(folder.path().join("seeds/b.txt")).unwrap(), "Le café est ouvert.");
    let output = run(folder.path(), &["add", "b.txt", "--encoding", "martian"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("no encoding is named `martian`"), "{}", err(&output));
}

#[test]
fn faulty_files_are_told_and_the_others_are_added() {
    let folder = corpus();
    let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    file("bon.txt", "Il pleut.\n".as_bytes());
    file("deux.txt", "  Il\r\npleut.".as_bytes());
    file("Bon.md", "Autre chose.".as_bytes());
    file("rien.txt", b"");
    file("blanc.txt", b" \n\t\n");
    file("x.pdf", b"%PDF-1.7\n");
    file("nul.txt", b"Il\0pleut");
    file("casse.txt", "é, é, é, é, \u{e9}".as_bytes().split_last().unwrap().1);
    file("fin.txt", "Il neige.".as_bytes());
    let names = [
        "bon.txt",
        "deux.txt",
        "Bon.md",
        "rien.txt",
        "blanc.txt",
        "x.pdf",
        "nul.txt",
        "casse.txt",
        "absent.txt",
        "seeds",
        "fin.txt",
    ];
    let output = run(folder.path(), &[&["add"], &names[..]].concat());
    assert_eq!((output.status.code(), out(&output)), (Some(2), "bon\nfin\n"));
    for told in [
        "cannot add deux.txt\n  because the same text is in the corpus already, as bon\n",
        "cannot add Bon.md\n  because there is an article `bon` already, with another text\n",
        "cannot add rien.txt\n  because found nothing: the file is empty\n",
        "cannot add blanc.txt\n  because found nothing but white space\n",
        "cannot add x.pdf\n  because found a PDF, expected plain text\n",
        "cannot add nul.txt\n  because found the control byte 0x00 at byte 2, expected plain text\n",
        "cannot add casse.txt\n  because found UTF-8 with a fault: the byte 0xC3 at byte 16 (line 1)\n",
        "cannot add absent.txt\n  because No such file",
        "cannot add seeds\n  because found a folder, expected a file\n",
        "9 of 11 files were not added\n",
    ] {
        assert!(err(&output).contains(told), "{told}\nin\n{}", err(&output));
    }
    let seeds = fs::read_dir(folder.path().join("seeds")).unwrap().count();
    assert_eq!(seeds, 2);
    // One command is one step.
    enregard(folder.path()).arg("undo").assert().success();
    assert_eq!(fs::read_dir(folder.path().join("seeds")).unwrap().count(), 0);
    assert!(folder.path().join("bon.txt").exists(), "the originals stay");
}

#[test]
fn standard_input_needs_a_name_and_names_are_made_safe() {
    let folder = corpus();
    enregard(folder.path()).args(["add", "-"]).write_stdin("Il pleut.").assert().code(2).stdout("").stderr(
        "error: cannot add standard input\nhint: say how the article is to be named: `--name NAME`\n",
    );
    // In NFD, with what no file name may hold.
    let output = enregard(folder.path())
        .args(["add", "-", "--name", "E\u{301}te\u{301}: où?"])
        .write_stdin("Il pleut.")
        .output()
        .unwrap();
    assert_eq!(out(&output), "Été- où\n");
    assert!(
        err(&output).starts_with("note: `E\u{301}te\u{301}: où?` is named `Été- où`"),
        "{}",
        err(&output)
    );
    assert!(folder.path().join("seeds/Été- où.txt").exists());
}

#[test]
fn what_is_known_comes_from_a_table() {
    let folder = corpus();
    fs::write(folder.path().join("a.txt"), "Il pleut.").unwrap();
    fs::write(
        folder.path().join("meta.tsv"),
        "file\ttitle\tlicense\tcolour\na.txt\tLa pluie\tCC BY 4.0\tblue\nb.txt\tx\ty\tz\n",
    )
    .unwrap();
    let output = run(folder.path(), &["add", "a.txt", "--metadata", "meta.tsv"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("warning: meta.tsv: `colour` is no column"), "{}", err(&output));
    assert!(err(&output).contains("warning: meta.tsv:3: `b.txt` is none of the files"), "{}", err(&output));
    let output = run(folder.path(), &["describe", "a"]);
    assert!(out(&output).starts_with("a\ttitle\tLa pluie\na\tlicence\tCC BY 4.0\n"), "{}", out(&output));
    for (table, told) in [
        ("title\nx\n", "meta.tsv:1: found the columns title, expected one of file, stem, article or name"),
        ("file\ttitle\na\n", "meta.tsv:2: found 1 cells, expected 2 as in the first line"),
        ("file\ttitle\na\tx\na\ty\n", "meta.tsv:3: `a` stands in line 2 already"),
    ] {
        fs::write(folder.path().join("meta.tsv"), table).unwrap();
        let output = run(folder.path(), &["add", "a.txt", "--metadata", "meta.tsv"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(told), "{}", err(&output));
    }
}

#[test]
fn describe_sets_clears_and_shows() {
    let folder = corpus();
    fs::write(folder.path().join("seeds/roy.txt"), "Il pleut.\n").unwrap();
    let output = run(folder.path(), &["describe", "roy"]);
    assert_eq!((output.status.code(), out(&output)), (Some(0), ""));
    let output = run(folder.path(), &["describe", "r", "--date", "2026-01-14", "--title", "La\tpluie "]);
    assert_eq!(out(&output), "roy\ttitle\tLa pluie\nroy\tdate\t2026-01-14\n", "{}", err(&output));
    let output = run(folder.path(), &["describe", "roy", "--title", "", "--translator", "Ève"]);
    assert_eq!(out(&output), "roy\tdate\t2026-01-14\nroy\ttranslator\tÈve\n");
    enregard(folder.path()).arg("undo").assert().success();
    assert_eq!(out(&run(folder.path(), &["describe"])), "roy\ttitle\tLa pluie\nroy\tdate\t2026-01-14\n");
    fs::write(folder.path().join("m.csv"), "stem,publisher\nroy,AFP\nnobody,x\n").unwrap();
    let output = run(folder.path(), &["describe", "--metadata", "m.csv"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(out(&output).contains("roy\tpublisher\tAFP\n"));
    assert!(err(&output).contains("cannot describe `nobody`"), "{}", err(&output));
    let output = run(folder.path(), &["describe", "--title", "x"]);
    assert!(err(&output).contains("no article is named"), "{}", err(&output));
}

#[test]
fn list_counts_by_state_plain_and_as_json() {
    let folder = corpus();
    let output = run(folder.path(), &["list"]);
    assert!(err(&output).contains("no articles yet: `enregard add FILE`"));
    fs::write(
        folder.path().join("seeds/roy.txt"),
        "Un titre\nIl pleut ici. Il vente.\nPhoto: Jean Roy/AFP\n",
    )
    .unwrap();
    fs::write(folder.path().join("seeds/zoo.txt"), "Il neige.").unwrap();
    fs::write(folder.path().join("seeds/bad.txt"), b"caf\xE9").unwrap();
    enregard(folder.path()).args(["set", "roy:2", "--en", "It's raining here."]).assert().success();
    let output = run(folder.path(), &["list"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        out(&output),
        "article\tsentences\treviewed\tdraft\tstale\tskipped\tuntranslated\tstate\teditions\ttitle\n\
         roy\t3\t0\t1\t0\t0\t2\tcurrent\t\t\n\
         zoo\t1\t0\t0\t0\t0\t1\tnew\t\t\n"
    );
    assert!(err(&output).contains("error: cannot read bad\n  because seeds/bad.txt: found the byte 0xE9"));
    let output = run(folder.path(), &["list", "--json", "ro"]);
    let json: serde_json::Value = serde_json::from_str(out(&output)).unwrap();
    assert_eq!((json[0]["sentences"].as_u64(), json[0]["boilerplate"].as_u64()), (Some(3), Some(1)));
    let output = run(folder.path(), &["list", "nobody"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn show_puts_french_and_english_together_and_boilerplate_on_request() {
    let folder = corpus();
    fs::write(folder.path().join("seeds/roy.txt"), "Un titre\nIl pleut ici.\nPhoto: Jean Roy/AFP\n").unwrap();
    enregard(folder.path())
        .args(["set", "roy:2", "--en", "It's raining here.", "--note", "sic"])
        .assert()
        .success();
    let output = run(folder.path(), &["show", "roy"]);
    let ids: Vec<&str> = out(&output).lines().filter_map(|line| line.split(' ').nth(1)).collect();
    assert_eq!(
        out(&output).replace(ids[0], "ID").lines().collect::<Vec<_>>()[..3],
        ["1 ID heading untranslated", "fr: Un titre", ""]
    );
    assert!(
        out(&output).ends_with("fr: Il pleut ici.\nen: It's raining here.\nnote: sic\n"),
        "{}",
        out(&output)
    );
    assert_eq!(err(&output), "1 unit of boilerplate not shown: --boilerplate shows them\n");
    let output = run(folder.path(), &["show", "roy", "--boilerplate"]);
    assert!(out(&output).contains(" credit untranslated\nfr: Photo: Jean Roy/AFP\n"), "{}", out(&output));
    let output = run(folder.path(), &["show", "x"]);
    assert!(err(&output).contains("hint: run `enregard list`"), "{}", err(&output));
    let output = run(folder.path(), &["show", "roy", "--edition", "published"]);
    assert!(err(&output).contains("roy has no other edition"), "{}", err(&output));
}

#[test]
fn all_four_say_that_there_is_no_corpus() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Il pleut.").unwrap();
    for arguments in [&["add", "a.txt"][..], &["describe", "a"], &["list"], &["show", "a"]] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("hint: run `enregard init`"), "{}", err(&output));
    }
}
