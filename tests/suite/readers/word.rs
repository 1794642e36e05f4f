//! python-docx and LibreOffice on the table to review, and what comes back from them.

use std::fs;
use std::path::Path;

use enregard::bitext::Unit;
use enregard::format::{self, Column, Options};
use serde_json::Value;

use super::{Seen, articles, enregard, program, python, same};
use crate::awkward;
use crate::formats::{read_bytes, written};

/// Lets LibreOffice write a file anew, as it does when a person saves it: `from` is a file of `folder`.
pub fn libreoffice(folder: &Path, from: &str, to: &str) -> Option<Vec<u8>> {
    // A profile of its own: two tests may run it at once.
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let (filter, ending) = (to, to.split(':').next().unwrap());
    let out = folder.join("out");
    let output = program(
        "soffice",
        &[&profile, "--headless", "--convert-to", filter, "--outdir", out.to_str().unwrap(), from],
        folder,
    )?;
    let name = Path::new(from).with_extension(ending);
    let path = out.join(name.file_name().unwrap());
    let told = String::from_utf8_lossy(&output.stderr);
    Some(fs::read(&path).unwrap_or_else(|_| panic!("LibreOffice wrote nothing: {told}")))
}

/// The awkward units as they come back: what XML cannot hold is a space, and line ends are LF.
fn expected() -> Vec<Seen> {
    let format = format::named("docx").unwrap();
    let through = |text: &str| (format.through)(text).into_owned();
    awkward::units()
        .iter()
        .map(Seen::of)
        .map(|s| Seen { fr: through(&s.fr), en: through(&s.en), ..s })
        .collect()
}

fn awkward_file(folder: &Path, units: &[Unit]) -> String {
    let format = format::named("docx").unwrap();
    let (memory, _) = written(format, &Options::default(), &[("malaise", units)]);
    let path = folder.join("awkward.docx");
    fs::write(&path, memory.file("")).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn python_docx_sees_the_articles_and_the_awkward_units() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docx");
    let path = path.to_str().unwrap();
    enregard(&["export", "-o", path]);
    let Some(seen) = python("docx_table.py", &[path]) else { return };
    same(&Seen::read(&seen), &articles());
    let Some(seen) = python("docx_table.py", &[&awkward_file(folder.path(), &awkward::units())]) else {
        return;
    };
    same(&Seen::read(&seen), &expected());
}

#[test]
fn what_a_reviewer_wrote_comes_back_through_libreoffice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docx");
    enregard(&["export", "-o", path.to_str().unwrap()]);
    let unit = &articles()[3];
    let english = "It was “re-written”, & twice.";
    let edit = python("docx_edit.py", &[path.to_str().unwrap(), &unit.id, english]);
    if edit.is_none_or(|edited| edited.len() != 1) {
        return;
    }
    let Some(saved) = libreoffice(folder.path(), "a.docx", "docx:Office Open XML Text") else { return };
    for bytes in [fs::read(&path).unwrap(), saved] {
        let received = read_bytes(format::named("docx").unwrap(), &Options::default(), &bytes);
        let mut seen = Vec::new();
        for one in &received {
            let get = |column| one.get(column).unwrap_or_default().to_owned();
            assert_eq!(one.get(Column::Note), (get(Column::Id) == unit.id).then_some("Is this right?"));
            seen.push(Seen { id: get(Column::Id), fr: get(Column::Fr), en: get(Column::En) });
        }
        let mut expected = articles();
        expected[3].en = english.to_owned();
        same(&seen, &expected);
    }
}

#[test]
fn the_awkward_units_come_back_through_libreoffice() {
    let folder = tempfile::tempdir().unwrap();
    // LibreOffice lays out a cell of a megabyte for more than ten minutes: that sentence stays at home.
    let short = |text: &str| text.len() < 1 << 16;
    let units: Vec<Unit> = awkward::units().into_iter().filter(|unit| short(&unit.french())).collect();
    awkward_file(folder.path(), &units);
    let Some(saved) = libreoffice(folder.path(), "awkward.docx", "docx:Office Open XML Text") else { return };
    let received = read_bytes(format::named("docx").unwrap(), &Options::default(), &saved);
    let lines: Vec<Value> = received
        .iter()
        .map(|one| {
            let get = |column| one.get(column).unwrap_or_default();
            serde_json::json!({"id": get(Column::Id), "fr": get(Column::Fr), "en": get(Column::En)})
        })
        .collect();
    same(&Seen::read(&lines), &expected().into_iter().filter(|s| short(&s.fr)).collect::<Vec<_>>());
}

#[test]
fn libreoffice_makes_a_pdf_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docx");
    enregard(&["export", "001", "-o", path.to_str().unwrap()]);
    let Some(pdf) = libreoffice(folder.path(), "a.docx", "pdf") else { return };
    fs::write(folder.path().join("a.pdf"), pdf).unwrap();
    let Some(output) = program("pdftotext", &["-layout", "a.pdf", "-"], folder.path()) else { return };
    let text = String::from_utf8(output.stdout).unwrap();
    // The names of the columns stand on every page.
    assert!(text.matches("Français").count() >= 2, "{text}");
    assert!(text.contains("xw0fdpan0p"), "{text}");
}
