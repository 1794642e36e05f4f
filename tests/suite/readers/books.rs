//! epubcheck on the electronic book: no error and no warning.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;

use enregard::bitext::Unit;
use enregard::format::{self, Options};

use super::{articles, enregard, program};
use crate::awkward;
use crate::formats::written;

/// What epubcheck says of a book; nothing where it is missing.
fn epubcheck(folder: &Path, name: &str) -> Option<String> {
    // Debian's package is a Java archive that only runs by itself where the kernel is told so.
    let jar = "/usr/share/java/epubcheck.jar";
    let output = match Path::new(jar).is_file() {
        true => program("java", &["-jar", jar, name], folder)?,
        false => program("epubcheck", &[name], folder)?,
    };
    Some([output.stdout, output.stderr].map(|told| String::from_utf8_lossy(&told).into_owned()).concat())
}

fn part(book: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn epubcheck_finds_nothing_in_the_articles_nor_in_the_awkward_units() {
    let folder = tempfile::tempdir().unwrap();
    enregard(&["export", "-o", folder.path().join("a.epub").to_str().unwrap()]);
    enregard(&["export", "003", "-o", folder.path().join("one.epub").to_str().unwrap()]);
    let format = format::named("epub").unwrap();
    let units: Vec<Unit> = awkward::units().into_iter().filter(Unit::has_english).collect();
    let options = Options { name: "R&D <name>".into(), ..Options::default() };
    let (memory, told) = written(format, &options, &[("malaise", &units[..5]), ("b & <c>", &units[5..])]);
    assert_eq!(told.units, units.len() as u64);
    fs::write(folder.path().join("awkward.epub"), memory.file("")).unwrap();
    let (memory, _) = written(format, &options, &[]);
    fs::write(folder.path().join("none.epub"), memory.file("")).unwrap();
    for name in ["a.epub", "one.epub", "awkward.epub", "none.epub"] {
        let Some(told) = epubcheck(folder.path(), name) else { return };
        assert!(told.contains("0 fatals / 0 errors / 0 warnings / 0 infos"), "{name}: {told}");
    }
}

#[test]
fn a_book_has_every_sentence_once_and_is_known_by_its_first_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.epub");
    enregard(&["export", "-o", path.to_str().unwrap()]);
    let book = fs::read(&path).unwrap();
    // OCF 3.3, section 4.3: `mimetype` is first, and its content begins at byte 38.
    assert_eq!(&book[30..58], b"mimetypeapplication/epub+zip");
    let chapters: String = (1..=5).map(|place| part(&book, &format!("EPUB/a{place}.xhtml"))).collect();
    // A no-break space is how a French space is set; in these texts nothing else is changed but `&`.
    let chapters = chapters.replace('\u{A0}', " ").replace("&amp;", "&");
    for unit in articles() {
        for text in [unit.fr.replace('\u{A0}', " "), unit.en] {
            assert!(chapters.contains(&text), "{text}");
        }
    }
    let package = part(&book, "EPUB/package.opf");
    for expected in [
        "<dc:language>fr</dc:language>\n<dc:language>en</dc:language>",
        "<dc:publisher>Agence France-Presse</dc:publisher>",
        "<meta property=\"dcterms:modified\">2026-11-20T08:00:00Z</meta>",
    ] {
        assert!(package.contains(expected), "{package}");
    }
}
