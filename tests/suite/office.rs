//! Word documents and workbooks that came back: whole, damaged and hostile ones, through `import` as a process.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use assert_cmd::Command;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

fn ran(folder: &Path, arguments: &[&str], code: i32) -> String {
    let mut command = Command::cargo_bin("enregard").unwrap();
    let told = command.current_dir(folder).env_clear().args(arguments).assert().code(code);
    let output = told.get_output();
    [&output.stdout, &output.stderr].map(|told| String::from_utf8_lossy(told).into_owned()).concat()
}

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/a.txt"), "Il pleut sur toute la ville depuis ce matin. Il neige en montagne.\nLe vent souffle fort sur la côte.\n").unwrap();
    folder
}

/// The file again with some of its parts changed.
fn changed(path: &Path, change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let (name, mut text) = (part.name().unwrap().to_string(), String::new());
        part.read_to_string(&mut text).unwrap();
        out.start_file(&*name, SimpleFileOptions::default()).unwrap();
        out.write_all(change(&name, text).as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn english_put_into_a_word_table_is_imported_and_tracked_changes_are_told() {
    let folder = corpus();
    let path = folder.path().join("a.docx");
    ran(folder.path(), &["export", "-o", "a.docx"], 0);
    let empty = "<w:pStyle w:val=\"English\"/></w:pPr></w:p>";
    let typed = "<w:pStyle w:val=\"English\"/></w:pPr><w:r><w:t xml:space=\"preserve\">It </w:t></w:r>\
                 <w:del><w:r><w:delText>snows</w:delText></w:r></w:del><w:ins><w:r><w:t>rains.</w:t></w:r></w:ins></w:p>";
    let edited = changed(&path, |name, text| match name {
        "word/document.xml" => text.replacen(empty, typed, 1),
        _ => text,
    });
    fs::write(&path, edited).unwrap();
    let told = ran(folder.path(), &["import", "a.docx"], 0);
    let expected = "what stood there before 2 tracked changes (they count as accepted) is not read";
    assert!(told.contains(expected), "{told}");
    let told = ran(folder.path(), &["export", "--columns", "fr,en"], 0);
    assert_eq!(
        told,
        [
            "fr\ten\nIl pleut sur toute la ville depuis ce matin.\tIt rains.\n",
            "Il neige en montagne.\t\nLe vent souffle fort sur la côte.\t\n"
        ]
        .concat()
    );
}

#[test]
fn a_document_that_is_damaged_or_hostile_is_refused_whole() {
    let folder = corpus();
    ran(folder.path(), &["export", "-o", "a.docx"], 0);
    let whole = fs::read(folder.path().join("a.docx")).unwrap();
    let dtd = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
    let deep = "<a>".repeat(1000);
    let document = |xml: &str| zipped(&[("word/document.xml", xml)]);
    for (bytes, expected) in [
        (whole[..whole.len() / 2].to_vec(), "damaged or cut short"),
        (Vec::new(), "found nothing, expected a Word document"),
        (b"id\tfr\n".to_vec(), "found something else, expected a Word document (.docx), which is a zip file"),
        (zipped(&[("../../x", "")]), "found a part with the name `../../x`, expected names that stay inside"),
        (zipped(&[("a.txt", "")]), "found a zip file without `word/document.xml`"),
        (document(dtd), "found a document type in `word/document.xml`, expected none"),
        (document(&deep), "more than the limit `element depth` of 512"),
        (document("<a><b></a>"), "found no XML"),
    ] {
        fs::write(folder.path().join("b.docx"), bytes).unwrap();
        let told = ran(folder.path(), &["import", "b.docx"], 2);
        assert!(told.contains(expected) && told.contains("nothing is imported"), "{told}");
    }
}

#[cfg(not(feature = "xlsx"))]
#[test]
fn a_program_without_workbooks_says_which_feature_has_them() {
    let folder = corpus();
    fs::write(folder.path().join("a.xlsx"), "x").unwrap();
    for arguments in [&["export", "-o", "a.xlsx"][..], &["import", "a.xlsx"]] {
        let told = ran(folder.path(), arguments, 2);
        assert!(told.contains("xlsx") && told.contains("built"), "{told}");
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn a_sheet_that_claims_to_be_vast_costs_nothing_and_a_hostile_one_is_refused_whole() {
    let folder = corpus();
    let path = folder.path().join("a.xlsx");
    ran(folder.path(), &["export", "-o", "a.xlsx"], 0);
    let whole = fs::read(&path).unwrap();
    let far =
        "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>far</t></is></c></row></sheetData>";
    let edited = changed(&path, |name, text| match name {
        "xl/worksheets/sheet1.xml" => text.replace("</sheetData>", far),
        _ => text,
    });
    fs::write(&path, edited).unwrap();
    let told = ran(folder.path(), &["import", "a.xlsx"], 0);
    assert!(told.contains("what stands beside the table (1 cells) is not read"), "{told}");
    for (bytes, expected) in [
        (whole[..whole.len() / 2].to_vec(), "damaged or cut short"),
        (zipped(&[("xl/../../x", "")]), "found a part with the name `xl/../../x`"),
        (zipped(&[("word/document.xml", "")]), "found a zip file without `xl/workbook.xml`"),
        (zipped(&[("xl/workbook.xml", "<!DOCTYPE a><a/>")]), "found a document type in `xl/workbook.xml`"),
        (zipped(&[("xl/workbook.xml", "<workbook")]), "found a workbook that cannot be read"),
    ] {
        fs::write(&path, bytes).unwrap();
        let told = ran(folder.path(), &["import", "a.xlsx"], 2);
        assert!(told.contains(expected) && told.contains("nothing is imported"), "{told}");
    }
}
