//! `translate` as a real process: lines on standard input, and an editor that is a shell script.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::bitext::{Status, Unit};
use enregard::store::Corpus;

fn enregard(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("enregard").unwrap();
    // The editors of these tests are shell scripts, and need a shell's tools.
    command
        .current_dir(folder)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("SOURCE_DATE_EPOCH", "1800000000");
    command
}

/// A corpus with one article of three sentences.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("enregard.toml"), "[person]\nby = \"Anne\"\n").unwrap();
    fs::write(
        folder.path().join("seeds/roy.txt"),
        "Il pleut sur la ville.\n\nLe vent souffle fort.\n\nLa nuit tombe.\n",
    )
    .unwrap();
    folder
}

fn units(folder: &Path) -> Vec<Unit> {
    let corpus = Corpus::open(folder).unwrap();
    let stored = corpus.read(&"roy".parse().unwrap(), None).unwrap();
    stored.alignment.map(|alignment| alignment.units().to_vec()).unwrap_or_default()
}

fn english(folder: &Path) -> Vec<String> {
    units(folder).iter().map(Unit::english).collect()
}

/// Runs `translate roy` with these lines, and returns its exit code, output and messages.
fn typed(folder: &Path, arguments: &[&str], lines: &str) -> (i32, String, String) {
    let ran =
        enregard(folder).args(["translate", "roy"]).args(arguments).write_stdin(lines).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}

#[test]
fn each_line_is_the_english_of_one_sentence() {
    let folder = corpus();
    let (code, out, told) =
        typed(folder.path(), &[], "It's raining in the city.\r\n\n:note sure?\n:reviewed Night falls.\n");
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("── 2 of 3 · "), "{out}");
    assert!(told.contains("roy: 2 sentences entered; 1 to do"), "{told}");
    let units = units(folder.path());
    assert_eq!(english(folder.path()), ["It's raining in the city.", "", "Night falls."]);
    let status: Vec<Status> = units.iter().map(|unit| unit.status).collect();
    assert_eq!(status, [Status::Draft, Status::Untranslated, Status::Reviewed]);
    assert_eq!(units[0].by.as_deref(), Some("Anne"));
    assert_eq!(units[0].at.as_deref(), Some("2027-01-15T08:00:00Z"));
    assert_eq!(units[2].more.note.as_deref(), Some("sure?"));

    // Resumed: only the second is left.
    let (code, out, _) = typed(folder.path(), &[], "The wind blows hard.");
    assert_eq!(code, 0);
    assert!(out.contains("── 2 of 3 · ") && !out.contains("1 of 3"), "{out}");
    assert_eq!(english(folder.path())[1], "The wind blows hard.");
    assert_eq!(typed(folder.path(), &[], "").0, 0, "nothing left to translate");
}

#[test]
fn back_skip_and_quit_do_what_they_say() {
    let folder = corpus();
    let lines = "One.\n:skip\n:back\nTwo.\n:quit\nnever read\n";
    assert_eq!(typed(folder.path(), &[], lines).0, 0);
    assert_eq!(english(folder.path()), ["One.", "Two.", ""]);
    let (_, out, _) = typed(folder.path(), &["--status", "draft", "--from", "2"], ":quit\n");
    assert!(out.contains("── 2 of 3 ") && out.contains("english Two."), "{out}");
    assert_eq!(typed(folder.path(), &["--all", "--from", "3"], "Three.\n:back\n:back\n:clear\n").0, 0);
    assert_eq!(english(folder.path()), ["One.", "", "Three."]);
}

#[test]
fn undo_takes_back_what_this_session_entered() {
    let folder = corpus();
    let (code, out, told) = typed(folder.path(), &[], "One.\nTwo.\n:undo\n:undo\nUne.\n");
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("taken back"), "{out}");
    assert_eq!(english(folder.path()), ["Une.", "", ""]);
    assert_eq!(units(folder.path())[1].by, None, "as if it had never been touched");
    let (code, _, told) = typed(folder.path(), &[], ":undo\n");
    assert!(code == 2 && told.contains("`enregard undo` goes further"), "{told}");
}

#[test]
fn each_sentence_is_a_step_of_undo_and_history_knows_it() {
    let folder = corpus();
    typed(folder.path(), &[], "One.\nTwo.\n");
    enregard(folder.path()).arg("undo").assert().success();
    assert_eq!(english(folder.path()), ["One.", "", ""]);
    let id = units(folder.path())[0].id.to_string();
    let ran = enregard(folder.path()).args(["history", &id]).assert().success();
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert!(told.contains("Anne") && told.contains("translate roy") && told.contains("One."), "{told}");
}

#[test]
fn a_line_that_cannot_be_done_stops_before_any_goes_to_the_wrong_sentence() {
    let folder = corpus();
    for (lines, why) in [
        (&b"One.\n:nonsense\nTwo.\n"[..], "line 2 of standard input: there is no command `:nonsense`"),
        (b"One.\n\xE9t\xE9\nTwo.\n", "line 2 of standard input: it is no UTF-8"),
        (b"One.\n2\n3\n4\n", "line 4 of standard input: there is no sentence left"),
    ] {
        let folder = corpus();
        let ran = enregard(folder.path()).args(["translate", "roy"]).write_stdin(lines).assert().code(2);
        let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(told.contains(why), "{told}");
        assert_eq!(english(folder.path())[0], "One.");
    }
    for (from, why) in
        [("4", "it has 3 sentences, and no number 4"), ("k7q2m9xd0v", "it has no unit k7q2m9xd0v")]
    {
        let (code, _, told) = typed(folder.path(), &["--from", from], "x");
        assert!(code == 2 && told.contains(why), "{told}");
    }
    typed(folder.path(), &[], "1\n2\n3\n");
    let (code, _, told) = typed(folder.path(), &[], "4\n");
    assert!(code == 2 && told.contains("line 1 of standard input: there is no sentence left"), "{told}");
    assert_eq!(typed(folder.path(), &["--edition", "a/b"], "").0, 2);
    assert_eq!(typed(folder.path(), &["--status", "orphan"], "").0, 2);
}

#[test]
fn an_unfinished_line_is_kept_and_offered_again() {
    let folder = corpus();
    let (_, _, told) = typed(folder.path(), &[], "One.\n:quit The wind bl\n");
    assert!(told.contains("1 sentence not confirmed: kept"), "{told}");
    assert_eq!(english(folder.path()), ["One.", "", ""]);
    let (_, out, _) = typed(folder.path(), &[], "The wind blows.\n");
    assert!(out.contains("typed   The wind bl"), "{out}");
    let (_, out, _) = typed(folder.path(), &["--all"], ":quit\n");
    assert!(!out.contains("typed"), "{out}");
}

#[test]
fn a_closed_output_does_not_keep_lines_from_being_entered() {
    let folder = corpus();
    let program = assert_cmd::cargo::cargo_bin("enregard");
    let mut child = std::process::Command::new(program)
        .args(["translate", "roy"])
        .current_dir(folder.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    drop(child.stderr.take());
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"One.\nTwo.\nThree.\n").unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(english(folder.path()), ["One.", "Two.", "Three."]);
}

#[test]
fn an_edition_has_english_of_its_own() {
    let folder = corpus();
    typed(folder.path(), &["--edition", "published"], "Rain over town.\n");
    assert!(folder.path().join("alignments/roy@published.jsonl").is_file());
    assert!(units(folder.path()).is_empty());
}

#[cfg(unix)]
mod editor {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// An editor that does `script` to the file `$1`.
    fn editing(folder: &Path, script: &str) -> Command {
        let path = folder.join("my editor.sh");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = enregard(folder);
        command.env("EDITOR", &path).args(["translate", "roy", "--editor"]);
        command
    }

    fn told(command: &mut Command, code: i32) -> String {
        let ran = command.assert().code(code).stdout("");
        String::from_utf8(ran.get_output().stderr.clone()).unwrap()
    }

    fn kept(folder: &Path) -> Vec<String> {
        let Ok(found) = fs::read_dir(folder.join("alignments/.journal/kept")) else { return Vec::new() };
        let mut names: Vec<String> =
            found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_typed_below_the_french_is_entered() {
        let folder = corpus();
        let script =
            r#"sed -i -e '/^> Il pleut/a It is raining.' -e '/^> La nuit/a Night\nfalls.\n:reviewed' "$1""#;
        let said = told(&mut editing(folder.path(), script), 0);
        assert!(said.contains("roy: 2 changed, 1 left as they were"), "{said}");
        assert_eq!(english(folder.path()), ["It is raining.", "", "Night falls."]);
        assert_eq!(units(folder.path())[2].status, Status::Reviewed);
        assert_eq!(kept(folder.path()), [""; 0]);
        // It was one step of undo.
        enregard(folder.path()).arg("undo").assert().success();
        assert_eq!(english(folder.path()).concat(), "");
        enregard(folder.path()).arg("redo").assert().success();
        // Only what is left stands in the next buffer; all with --all.
        let count = r#"grep -c '^## ' "$1" > count"#;
        told(&mut editing(folder.path(), count), 0);
        assert_eq!(fs::read_to_string(folder.path().join("count")).unwrap(), "1\n");
        told(editing(folder.path(), count).arg("--all"), 0);
        assert_eq!(fs::read_to_string(folder.path().join("count")).unwrap(), "3\n");
    }

    #[test]
    fn what_cannot_be_read_is_kept_in_a_file_of_its_own_and_the_rest_entered() {
        let folder = corpus();
        let script = r#"sed -i -e '/^> Il pleut/a It is raining.' -e 's/^## \(.*3\/3\)/## x\1/' -e '/^> La nuit/a Night falls.' "$1""#;
        let said = told(&mut editing(folder.path(), script), 2);
        assert!(said.contains("its first line has no readable id"), "{said}");
        assert_eq!(english(folder.path()), ["It is raining.", "", ""]);
        assert_eq!(kept(folder.path()), ["roy.aside-1.txt"]);
        let path = folder.path().join("alignments/.journal/kept/roy.aside-1.txt");
        assert!(said.contains("roy.aside-1.txt"), "{said}");
        assert!(fs::read_to_string(path).unwrap().contains("Night falls."));
    }

    #[test]
    fn an_editor_that_fails_enters_nothing_and_its_buffer_is_gone_on_with() {
        let folder = corpus();
        let script = r#"sed -i '/^> Il pleut/a It is raining.' "$1"; exit 3"#;
        let said = told(&mut editing(folder.path(), script), 2);
        assert!(said.contains("ended with exit status: 3"), "{said}");
        assert!(said.contains("the buffer is kept in") && said.contains("roy.buffer-1.txt"), "{said}");
        assert_eq!(units(folder.path()), []);
        let said = told(&mut editing(folder.path(), "exit 0"), 0);
        assert!(said.contains("you go on with it"), "{said}");
        assert_eq!(english(folder.path()), ["It is raining.", "", ""]);
        assert_eq!(kept(folder.path()), [""; 0]);
        // Nothing was typed: nothing is kept.
        told(&mut editing(folder.path(), "exit 1"), 2);
        assert_eq!(kept(folder.path()), [""; 0]);
    }

    #[test]
    fn a_sentence_that_somebody_else_changed_is_left_to_them() {
        let folder = corpus();
        let program = assert_cmd::cargo::cargo_bin("enregard");
        let script = format!(
            "printf 'Theirs.\\n' | {} translate roy 2>/dev/null >/dev/null; sed -i -e '/^> Il pleut/a Mine.' -e '/^> La nuit/a Night falls.' \"$1\"",
            program.display()
        );
        let said = told(&mut editing(folder.path(), &script), 2);
        assert!(said.contains("theirs is `Theirs.`"), "{said}");
        assert_eq!(english(folder.path()), ["Theirs.", "", "Night falls."]);
        let aside =
            fs::read_to_string(folder.path().join("alignments/.journal/kept/roy.aside-1.txt")).unwrap();
        assert!(aside.contains("Mine."), "{aside}");
    }

    #[test]
    fn two_editors_at_once_have_a_buffer_each() {
        let folder = corpus();
        let program = assert_cmd::cargo::cargo_bin("enregard");
        let script = format!(
            "case $1 in *-1.txt) {} translate roy --editor; sed -i '/^> Il pleut/a Outer.' \"$1\";; *-2.txt) sed -i '/^> La nuit/a Inner.' \"$1\";; esac",
            program.display()
        );
        told(&mut editing(folder.path(), &script), 0);
        assert_eq!(english(folder.path()), ["Outer.", "", "Inner."]);
        assert_eq!(kept(folder.path()), [""; 0]);
    }

    #[test]
    fn the_editor_may_have_arguments_and_a_missing_one_is_told() {
        let folder = corpus();
        let mut command = editing(folder.path(), r#"[ "$1" = --wait ] && sed -i '/^> Il pleut/a One.' "$2""#);
        let path = folder.path().join("my editor.sh");
        command.env("VISUAL", format!("'{}' --wait", path.display()));
        told(&mut command, 0);
        assert_eq!(english(folder.path())[0], "One.");
        let said = told(editing(folder.path(), "").env("EDITOR", "no-such-editor -n"), 2);
        assert!(said.contains("cannot start the editor `no-such-editor -n`"), "{said}");
        assert_eq!(kept(folder.path()), [""; 0]);
        let said = told(editing(folder.path(), "").env_remove("EDITOR").env("PATH", ""), 2);
        assert!(said.contains("neither VISUAL nor EDITOR is set"), "{said}");
    }
}
