//! `export --to omegat` and back, as real processes.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::store::sha256;

fn enregard(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder).env_clear().env("SOURCE_DATE_EPOCH", "1795161600");
    let told = command.args(arguments).assert().code(code);
    let output = told.get_output();
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}

/// Two articles: one with two equal sentences and a stale one, one that is only a memory to it.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let units = [
        r#"{"id":"a000000001","fr":["Oui."],"en":["Yes."]}"#,
        r#"{"id":"a000000002","fr":["Il pleut."]}"#,
        r#"{"id":"a000000003","fr":["Oui."],"en":["Indeed."],"status":"reviewed"}"#,
        r#"{"id":"a000000004","fr":["Il neige fort."],"en":["It snows."],"was":["Il neige."]}"#,
    ];
    for (name, text, units) in [
        ("fil", "Oui. Il pleut.\n\nOui. Il neige fort.\n", &units[..]),
        ("autre", "Il vente.\n", &[r#"{"id":"b000000001","fr":["Il vente."],"en":["It is windy."]}"#]),
    ] {
        fs::create_dir_all(folder.path().join("seeds")).unwrap();
        fs::create_dir_all(folder.path().join("alignments")).unwrap();
        fs::write(folder.path().join(format!("seeds/{name}.txt")), text).unwrap();
        let head = format!(
            "{{\"enregard\":1,\"article\":\"{name}\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{}\",\"splitter\":\"fr/1\"}}",
            sha256(text.as_bytes())
        );
        let file = format!("{head}\n\n{}\n", units.join("\n\n"));
        fs::write(folder.path().join(format!("alignments/{name}.jsonl")), file).unwrap();
    }
    fs::write(folder.path().join("glossary.tsv"), "puce\tchip; computer chip\n").unwrap();
    folder
}

#[test]
fn a_project_goes_out_and_its_saved_memory_comes_back() {
    let folder = corpus();
    let (_, told) = enregard(folder.path(), &["export", "fil", "--to", "omegat", "-o", "projet"], 0);
    assert!(told.starts_with("wrote 4 units to projet\n"), "{told}");
    let read = |name: &str| fs::read_to_string(folder.path().join("projet").join(name)).unwrap();
    assert_eq!(read("source/fil.txt"), "Oui.\nIl pleut.\n\nOui.\nIl neige fort.\n");
    assert!(read("omegat.project").contains("<sentence_seg>false</sentence_seg>"));
    assert!(read("glossary/glossary.txt").contains("puce\tchip\tor computer chip\n"));
    let memory = read("tm/memory.tmx");
    assert!(memory.contains("Il vente.") && memory.contains("<seg>Il neige.</seg>"), "{memory}");
    let saved = read("omegat/project_save.tmx");
    assert!(!saved.contains("It snows."), "English of a former French is no translation: {saved}");

    // Nothing was done: nothing changes.
    let (_, told) = enregard(folder.path(), &["import", "--from", "omegat", "projet"], 0);
    assert!(told.starts_with("0 units"), "{told}");

    // What a translator does, as OmegaT saves it.
    let more = "<tu><tuv lang=\"FR\"><seg>Il pleut.</seg></tuv><tuv lang=\"EN\"><seg>It rains.</seg></tuv></tu>\n\
                <tu><tuv lang=\"FR\"><seg>Il neige fort.</seg></tuv><tuv lang=\"EN\"><seg>It snows hard.</seg></tuv></tu>\n  </body>";
    let saved = saved.replace("  </body>", more).replace(">Indeed.<", ">Quite.<");
    fs::write(folder.path().join("projet/omegat/project_save.tmx"), saved).unwrap();
    let (_, told) = enregard(folder.path(), &["import", "--from", "omegat", "projet"], 0);
    assert!(told.starts_with("3 units in 1 article (3 with new English)"), "{told}");
    let (out, _) = enregard(folder.path(), &["export", "fil", "--columns", "en,stale"], 0);
    assert_eq!(out, "en\tstale\nYes.\t\nIt rains.\t\nQuite.\t\nIt snows hard.\t\n");

    // To write the project again keeps what a translator saved.
    let before = read("omegat/project_save.tmx");
    let (_, told) = enregard(folder.path(), &["export", "fil", "--to", "omegat", "-o", "projet"], 0);
    assert!(told.contains("project was there: its translations stay"), "{told}");
    assert_eq!(read("omegat/project_save.tmx"), before);
}

#[test]
fn a_project_that_is_none_or_was_changed_is_refused() {
    let folder = corpus();
    fs::create_dir(folder.path().join("leer")).unwrap();
    let (_, told) = enregard(folder.path(), &["import", "--from", "omegat", "leer"], 2);
    assert!(told.contains("found no `enregard.tsv`, expected the folder that `enregard export"), "{told}");
    enregard(folder.path(), &["export", "fil", "--to", "omegat", "-o", "projet"], 0);
    let source = folder.path().join("projet/source/fil.txt");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, text.replace("Il pleut.\n", "")).unwrap();
    let (_, told) = enregard(folder.path(), &["import", "--from", "omegat", "projet"], 2);
    assert!(told.contains("the end of source/fil.txt"), "{told}");
    fs::write(&source, text + "Encore.\n").unwrap();
    let (_, told) = enregard(folder.path(), &["import", "--from", "omegat", "projet"], 2);
    assert!(told.contains("more lines in source/fil.txt than units"), "{told}");
    let saved = folder.path().join("projet/omegat/project_save.tmx");
    let whole = fs::read_to_string(&saved).unwrap();
    fs::write(&saved, &whole[..whole.len() / 2]).unwrap();
    let (_, told) = enregard(folder.path(), &["import", "--from", "omegat", "projet"], 2);
    assert!(told.contains("cut short") || told.contains("expected a memory"), "{told}");
}
