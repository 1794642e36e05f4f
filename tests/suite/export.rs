//! `export` as a real process.

use std::fs;
use std::path::Path;

use enregard::store::sha256;

use crate::program::enregard;

fn ran(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let told = enregard(folder).args(arguments).assert().code(code);
    let output = told.get_output();
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}

/// Two articles: one with an alignment file, one without.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = "Titre\n\n\"Oui\", dit-il. Non. Enfin.\nafp\n";
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::create_dir_all(folder.path().join("alignments")).unwrap();
    fs::write(folder.path().join("seeds/b.txt"), text).unwrap();
    fs::write(folder.path().join("seeds/a.txt"), "Il pleut beaucoup sur la ville ce matin.\n").unwrap();
    let file = format!(
        "{{\"enregard\":1,\"article\":\"b\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{}\",\"splitter\":\"fr/1\",\"licence\":\"CC0\"}}\n{}",
        sha256(text.as_bytes()),
        concat!(
            r#"{"id":"a000000001","kind":"heading","fr":["Titre"],"en":["Title"],"status":"reviewed","note":"of the\tday"}"#,
            "\n",
            r#"{"id":"a000000002","fr":["\"Oui\", dit-il."],"en":["\"Yes,\" he said."]}"#,
            "\n",
            r#"{"id":"a000000003","fr":["Non.","Enfin."],"en":["No.","Well …"],"was":["Non. Bon."]}"#,
            "\n",
            r#"{"id":"a000000004","kind":"byline","fr":["afp"]}"#,
            "\n",
            r#"{"id":"a000000005","en":["Gone."],"was":["Parti."],"status":"orphan"}"#,
            "\n",
        )
    );
    fs::write(folder.path().join("alignments/b.jsonl"), file).unwrap();
    folder
}

#[test]
fn all_content_goes_out_in_order_and_what_is_untranslated_is_empty() {
    let folder = corpus();
    let (out, err) = ran(folder.path(), &["export"], 0);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "id\tarticle\tfr\ten");
    assert!(lines[1].ends_with("\ta\tIl pleut beaucoup sur la ville ce matin.\t"), "{}", lines[1]);
    assert_eq!(
        lines[2..],
        [
            "a000000001\tb\tTitre\tTitle",
            "a000000002\tb\t\"\"\"Oui\"\", dit-il.\"\t\"\"\"Yes,\"\" he said.\"",
            "a000000003\tb\tNon. Enfin.\tNo. Well …",
        ]
    );
    assert_eq!(
        err,
        "note: 2 cells stand in quotes (2 begin with one): read with pandas.read_csv(f, sep=\"\\t\"); \
         cut and split('\\t') want --dialect plain\n"
    );
}

#[test]
fn plain_has_no_quotes_and_says_how_to_read_it() {
    let folder = corpus();
    let (out, err) = ran(folder.path(), &["export", "b", "--dialect", "plain", "--columns", "fr,en"], 0);
    assert_eq!(out, "fr\ten\nTitre\tTitle\n\"Oui\", dit-il.\t\"Yes,\" he said.\nNon. Enfin.\tNo. Well …\n");
    assert!(err.contains("read with pandas.read_csv(f, sep=\"\\t\", quoting=3)"), "{err}");
}

#[test]
fn columns_status_and_boilerplate_choose_what_is_written() {
    let folder = corpus();
    let columns = "id,kind,status,stale,was,note,paragraph,sentence,licence";
    let (out, err) = ran(folder.path(), &["export", "b", "--boilerplate", "--columns", columns], 0);
    assert_eq!(
        out.lines().skip(1).collect::<Vec<_>>(),
        [
            "a000000001\theading\treviewed\t\t\tof the day\t1\t1\tCC0",
            "a000000002\tbody\tdraft\t\t\t\t2\t2\tCC0",
            "a000000003\tbody\tdraft\tstale\tNon. Bon.\t\t2\t3\tCC0",
            "a000000004\tbyline\tuntranslated\t\t\t\t3\t5\tCC0",
        ]
    );
    assert!(err.contains("note: 1 tab or line end inside cells became a space\n"), "{err}");
    let (out, _) = ran(folder.path(), &["export", "--status", "stale,orphan", "--columns", "id"], 0);
    assert_eq!(out, "id\na000000003\na000000005\n");
    let (_, err) = ran(folder.path(), &["export", "--columns", "id,englisch"], 2);
    assert!(err.contains("unknown column `englisch`: known are id article edition fr en"), "{err}");
}

#[test]
fn a_file_is_written_whole_and_its_ending_says_the_format() {
    let folder = corpus();
    fs::write(folder.path().join("out.csv"), "old").unwrap();
    let (out, err) = ran(folder.path(), &["export", "b", "--bom", "-o", "out.csv"], 0);
    assert_eq!(out, "");
    assert_eq!(err, "wrote 3 units to out.csv\n");
    let file = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert!(file.starts_with("\u{FEFF}id,article,fr,en\n"), "{file}");
    assert!(file.contains("\na000000002,b,\"\"\"Oui\"\", dit-il.\",\"\"\"Yes,\"\" he said.\"\n"), "{file}");
    let (_, err) = ran(folder.path(), &["export", "-o", "out.odt"], 2);
    assert!(err.contains("hint: `.odt` is no format that can be written"), "{err}");
    // Nothing is written among the articles, whatever its name.
    let (_, err) = ran(folder.path(), &["export", "-o", "seeds/b.txt"], 2);
    assert!(err.contains("is among the corpus's own files"), "{err}");
    assert!(fs::read_to_string(folder.path().join("seeds/b.txt")).unwrap().starts_with("Titre"));
}

#[test]
fn a_fault_in_one_article_leaves_the_others() {
    let folder = corpus();
    let path = folder.path().join("alignments/b.jsonl");
    let broken = fs::read_to_string(&path).unwrap().replace("{\"id\":\"a000000003\"", "{\"id\":");
    fs::write(&path, broken).unwrap();
    let (out, err) = ran(folder.path(), &["export"], 2);
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(err.starts_with("error: cannot export b\n  because alignments/b.jsonl:4:"), "{err}");
    assert!(err.ends_with("1 of 2 articles are not in what was written\n"), "{err}");
}

#[test]
fn a_reader_that_closes_the_pipe_ends_the_work_quietly() {
    let folder = corpus();
    let long: String = (0..20_000).map(|n| format!("Une phrase, la {n}e, qui se répète.\n")).collect();
    fs::write(folder.path().join("seeds/c.txt"), long).unwrap();
    let program = assert_cmd::cargo::cargo_bin("enregard");
    let mut child = std::process::Command::new(program)
        .arg("export")
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
