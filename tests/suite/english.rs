//! `export --side en`: what a translator delivers.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use assert_cmd::Command;
use enregard::store::sha256;

fn ran(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::cargo_bin("enregard").unwrap();
    let told = command.current_dir(folder).env_clear().args(arguments).assert().code(code);
    let output = told.get_output();
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn add(folder: &Path, stem: &str, text: &str, units: &[&str]) {
    fs::create_dir_all(folder.join("seeds")).unwrap();
    fs::create_dir_all(folder.join("alignments")).unwrap();
    fs::write(folder.join(format!("seeds/{stem}.txt")), text).unwrap();
    let header = format!(
        "{{\"enregard\":1,\"article\":\"{stem}\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{}\",\"splitter\":\"fr/1\"}}",
        sha256(text.as_bytes())
    );
    fs::write(
        folder.join(format!("alignments/{stem}.jsonl")),
        [&[&*header], units].concat().join("\n") + "\n",
    )
    .unwrap();
}

const WHOLE: [&str; 7] = [
    r#"{"id":"a000000001","kind":"heading","fr":["Le titre"],"en":["The <title>"]}"#,
    r#"{"id":"a000000002","fr":["Un."],"en":["One."]}"#,
    r#"{"id":"a000000003","fr":["Deux."],"en":["Two,","and\nmore."]}"#,
    r#"{"id":"a000000009","en":["Added."]}"#,
    r#"{"id":"a000000004","kind":"byline","fr":["afp"]}"#,
    r#"{"id":"a000000005","kind":"heading","fr":["Suite"],"en":["More"]}"#,
    r#"{"id":"a000000006","fr":["Rideau !"],"status":"skipped"}"#,
];
const TEXT: &str = "Le titre\n\nUn. Deux.\nafp\n\nSuite\n\nRideau !\n";

/// An article that is whole, and one that is not.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    add(folder.path(), "whole", TEXT, &WHOLE);
    let part = [
        r#"{"id":"b000000001","fr":["Il pleut."],"en":["It rains."],"was":["Il neige."]}"#,
        r#"{"id":"b000000002","fr":["Il neige."]}"#,
    ];
    add(folder.path(), "part", "Il pleut. Il neige.\n", &part);
    folder
}

#[test]
fn text_has_the_paragraphs_and_headings_of_the_article() {
    let folder = corpus();
    let (out, err) = ran(folder.path(), &["export", "whole", "--side", "en"], 0);
    assert_eq!(out, "The <title>\n\nOne. Two, and more. Added.\n\nMore\n\nRideau !\n");
    assert_eq!(err, "");
    let (again, _) = ran(folder.path(), &["export", "whole", "--to", "text"], 0);
    assert_eq!(again, out);
}

#[test]
fn html_and_word_have_them_too() {
    let folder = corpus();
    ran(folder.path(), &["export", "whole", "--side", "en", "-o", "out.html"], 0);
    let html = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert!(
        html.contains("<html lang=\"en\">") && html.contains("<title>The &lt;title&gt;</title>"),
        "{html}"
    );
    let expected = "<h1>The &lt;title&gt;</h1>\n<p>One. Two, and more. Added.</p>\n<h2>More</h2>\n\
                    <p><i class=\"fr\" lang=\"fr\">Rideau\u{A0}!</i></p>\n";
    assert!(html.contains(expected), "{html}");
    ran(folder.path(), &["export", "whole", "--side", "en", "-o", "out.docx"], 0);
    let bytes = fs::read(folder.path().join("out.docx")).unwrap();
    let mut document = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut document).unwrap();
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let body = [run("One."), run(" Two, and more."), run(" Added.")].concat();
    for (style, runs) in [("Title", run("The &lt;title&gt;")), ("BodyText", body), ("Heading2", run("More"))]
    {
        let expected = format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>");
        assert!(document.contains(&expected), "{style}: {document}");
    }
    assert!(
        document.contains("<w:lang w:val=\"fr-FR\"/></w:rPr><w:t xml:space=\"preserve\">Rideau !</w:t>"),
        "{document}"
    );
}

#[test]
fn what_is_missing_is_listed_and_nothing_is_written() {
    let folder = corpus();
    let (out, err) = ran(folder.path(), &["export", "--side", "en", "-o", "english"], 2);
    assert_eq!(out, "");
    assert_eq!(
        err,
        "error: cannot deliver the English: 2 sentences are not translated as the French is now\n  \
         because part:1 is stale: Il pleut.\n  because part:2 is untranslated: Il neige.\n\
         hint: `enregard translate part` goes through them; `--partial` writes it all the same\n"
    );
    assert!(!folder.path().join("english").exists());
    let (_, err) = ran(folder.path(), &["export", "--side", "en", "--partial", "-o", "english"], 0);
    assert_eq!(
        err,
        "wrote 2 documents into english\nnote: 1 sentences have no English: they are `[…]`; 1 translate a former French\n"
    );
    assert_eq!(fs::read_to_string(folder.path().join("english/part.txt")).unwrap(), "It rains. […]\n");
    assert!(folder.path().join("english/whole.txt").is_file());
}

#[test]
fn several_documents_want_a_folder_and_only_three_formats_can_do_without_french() {
    let folder = corpus();
    for (arguments, expected) in [
        (
            &["--partial"][..],
            "cannot write 2 documents to standard output\nhint: `-o FOLDER` writes one STEM.txt",
        ),
        (
            &["--partial", "-o", "all.docx"],
            "cannot write 2 documents into one file, all.docx\nhint: `-o FOLDER`",
        ),
        (&["--to", "csv"], "cannot write the English alone as csv\nhint: `--to text`"),
        (&["--partial", "-o", "seeds"], "is among the corpus's own files"),
    ] {
        let (_, err) = ran(folder.path(), &[&["export", "--side", "en"], arguments].concat(), 2);
        assert!(err.contains(expected), "{arguments:?}: {err}");
    }
}
