//! Damaged and wrong files at `import`: the message names the place, and nothing is taken by halves.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::store::sha256;

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = "Oui. Non.\n";
    for part in ["seeds", "alignments"] {
        fs::create_dir_all(folder.path().join(part)).unwrap();
    }
    fs::write(folder.path().join("seeds/fil.txt"), text).unwrap();
    let file = format!(
        "{{\"enregard\":1,\"article\":\"fil\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{}\",\"splitter\":\"fr/1\"}}\n\n\
         {{\"id\":\"a000000001\",\"fr\":[\"Oui.\"]}}\n\n{{\"id\":\"a000000002\",\"fr\":[\"Non.\"]}}\n",
        sha256(text.as_bytes())
    );
    fs::write(folder.path().join("alignments/fil.jsonl"), file).unwrap();
    folder
}

fn import(folder: &Path, arguments: &[&str], code: i32) -> String {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder).env_clear().env("SOURCE_DATE_EPOCH", "1795161600").arg("import");
    let told = command.args(arguments).assert().code(code);
    String::from_utf8(told.get_output().stderr.clone()).unwrap()
}

#[test]
fn a_file_that_is_damaged_anywhere_changes_nothing() {
    let folder = corpus();
    let stored = || fs::read_to_string(folder.path().join("alignments/fil.jsonl")).unwrap();
    let before = stored();
    let good = "{\"id\":\"a000000001\",\"translation\":{\"fr\":\"Oui.\",\"en\":\"Yes.\"}}\n";
    let entry = "msgctxt \"a000000001\"\nmsgid \"Oui.\"\nmsgstr \"Yes.\"\n\n";
    let files: [(&str, Vec<u8>, &str); 9] = [
        (
            "cut.jsonl",
            format!("{good}{{\"id\":\"a000000002\",\"transl").into(),
            "cut.jsonl: line 2: found EOF",
        ),
        (
            "twice.jsonl",
            format!("{good}{{\"id\":\"a000000002\",\"en\":\"No.\",\"en\":\"Nope.\"}}\n").into(),
            "twice.jsonl: line 2: found the key `en` twice",
        ),
        (
            "half.jsonl",
            format!("{good}{{\"id\":\"a000000002\",\"en\":\"\\udc00\"}}\n").into(),
            "half.jsonl: line 2: found half of a surrogate pair",
        ),
        (
            "deep.jsonl",
            format!("{good}{{\"x\":{}}}\n", "[".repeat(5000)).into(),
            "line 2: found values inside each other, more than the limit `depth` of 128",
        ),
        (
            "latin.jsonl",
            [good.as_bytes(), b"{\"en\":\"\xE9\"}\n"].concat(),
            "line 2: found byte 0xE9, expected UTF-8",
        ),
        (
            "cut.po",
            format!("{entry}msgctxt \"a000000002\"\nmsgid \"Non.\"\n").into(),
            "cut.po: line 7: found the end of the file",
        ),
        (
            "open.po",
            format!("{entry}msgid \"Non.\nmsgstr \"No.\"\n").into(),
            "open.po: line 5: found a string without its closing quote",
        ),
        (
            "german.po",
            format!("msgid \"\"\nmsgstr \"Language: de\\n\"\n\n{entry}").into(),
            "found the language `de`, expected `en`",
        ),
        (
            "unknown.jsonl",
            good.replace("001", "009").into(),
            "unknown.jsonl: line 1: column id: found a000000009",
        ),
    ];
    for (name, bytes, told) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
        let found = import(folder.path(), &[name], 2);
        assert!(found.contains(told), "{name}: {found}");
        assert_eq!(stored(), before, "{name}");
    }
    // What they would have brought is taken where all is right.
    fs::write(folder.path().join("good.jsonl"), good).unwrap();
    import(folder.path(), &["good.jsonl"], 0);
    assert!(stored().contains("\"en\":[\"Yes.\"]"));
}

#[test]
fn plain_text_of_different_lengths_or_without_its_partner_is_refused() {
    let folder = corpus();
    fs::write(folder.path().join("x.fr"), "Oui.\nNon.\n").unwrap();
    fs::write(folder.path().join("x.en"), "Yes.\n").unwrap();
    let told = import(folder.path(), &["--from", "plain", "x.fr"], 2);
    assert!(told.contains("line 2: found the end of x.en, expected a line beside that of x.fr"), "{told}");
    fs::remove_file(folder.path().join("x.en")).unwrap();
    let told = import(folder.path(), &["--from", "plain", "x.fr"], 2);
    assert!(told.contains("found no `x.en`"), "{told}");
    let told = import(folder.path(), &["--from", "plain", "seeds"], 2);
    assert!(told.contains("found no such pair, expected `X.fr` and `X.en`"), "{told}");
    fs::write(folder.path().join("x.en"), "Yes.\nNo.\n").unwrap();
    fs::write(folder.path().join("x.ids"), "a000000001\tfil\na000000002\tfil\n").unwrap();
    let told = import(folder.path(), &["--from", "plain", "x.fr"], 0);
    assert!(told.starts_with("2 units in 1 article"), "{told}");
}

#[test]
fn what_is_only_written_is_not_read() {
    let folder = corpus();
    fs::write(folder.path().join("x.apkg"), "PK").unwrap();
    let told = import(folder.path(), &["x.apkg"], 2);
    assert!(told.contains("can be written, but not read"), "{told}");
}

#[test]
fn a_line_of_megabytes_is_no_header() {
    let folder = corpus();
    fs::write(folder.path().join("line.tsv"), "mot ".repeat(600_000)).unwrap();
    let told = import(folder.path(), &["line.tsv"], 2);
    assert!(told.contains("line 1: found 2400000 bytes, expected a header that names the columns"), "{told}");
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_file_that_is_cut_short_or_changed_is_refused() {
    let folder = corpus();
    fs::write(folder.path().join("good.jsonl"), "{\"id\":\"a000000001\",\"en\":\"Yes.\"}\n").unwrap();
    import(folder.path(), &["good.jsonl"], 0);
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder.path()).env_clear().args(["export", "-o", "x.parquet"]).assert().code(0);
    let whole = fs::read(folder.path().join("x.parquet")).unwrap();
    for (bytes, told) in [
        (&whole[..whole.len() / 2], "expected `PAR1` at both ends"),
        (&b"PAR1PAR1PAR1"[..], "found damage"),
        (b"", "expected `PAR1` at both ends"),
        // Found by fuzzing: the library ends by a panic, which is no answer.
        (
            include_bytes!("../data/damage/contradiction.parquet"),
            "found damage (Parquet error: it contradicts itself)",
        ),
    ] {
        fs::write(folder.path().join("x.parquet"), bytes).unwrap();
        let found = import(folder.path(), &["x.parquet"], 2);
        assert!(found.contains(told) && !found.contains("panicked"), "{found}");
    }
}
