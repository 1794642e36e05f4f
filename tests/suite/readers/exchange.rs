//! TMX, XLIFF and XCES: their schemas, Translate Toolkit and OpusTools.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use enregard::bitext::Unit;
use enregard::format::{Options, named, through_xml};

use super::{Seen, articles, enregard, missing, program, python, same, target};
use crate::formats;

/// The awkward units that a format is meant for, in a file of this folder; for a format of one file.
fn awkward_file(folder: &Path, format: &str) -> (PathBuf, Vec<Unit>) {
    let known = named(format).unwrap();
    let units = formats::meant(known, formats::units());
    let (memory, _) = formats::written(known, &Options::default(), &[("malaise", &units)]);
    let path = folder.join(format!("awkward.{format}"));
    fs::write(&path, memory.file("")).unwrap();
    (path, units)
}

/// The DTD of TMX 1.4b, as OmegaT has it; without OmegaT none.
fn tmx_dtd(folder: &Path) -> Option<PathBuf> {
    let jar = Path::new("/usr/share/omegat/OmegaT.jar");
    if !jar.is_file() {
        missing("OmegaT, which has the DTD of TMX,");
        return None;
    }
    let mut jar = zip::ZipArchive::new(fs::File::open(jar).unwrap()).unwrap();
    let mut dtd = Vec::new();
    jar.by_name("schemas/tmx14.dtd").unwrap().read_to_end(&mut dtd).unwrap();
    let path = folder.join("tmx14.dtd");
    fs::write(&path, dtd).unwrap();
    Some(path)
}

/// OASIS's schema of this name, with XML's own beside it.
fn oasis_schema(folder: &Path, name: &str) -> Option<PathBuf> {
    let schemas = target().join("readers/schemas");
    if !schemas.is_dir() {
        missing("OASIS's schemas of XLIFF");
        return None;
    }
    // Nothing is fetched: XML's schema stands beside it.
    let schema = fs::read_to_string(schemas.join(name)).unwrap();
    let schema = schema.replace("http://www.w3.org/2001/xml.xsd", "xml.xsd");
    fs::write(folder.join(name), schema.replace("informativeCopiesOf3rdPartySchemas/w3c/xml.xsd", "xml.xsd"))
        .unwrap();
    fs::copy(schemas.join("xml.xsd"), folder.join("xml.xsd")).unwrap();
    Some(folder.join(name))
}

/// Has xmllint validate a file; without network.
#[track_caller]
fn validates(how: &[&str], file: &Path, folder: &Path) {
    let path = file.to_str().unwrap();
    let arguments: Vec<&str> =
        ["--noout", "--nonet", "--huge"].iter().chain(how).copied().chain([path]).collect();
    let Some(output) = program("xmllint", &arguments, folder) else { return };
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told:.2000}");
}

#[test]
fn tmx_is_valid_against_its_dtd() {
    let folder = tempfile::tempdir().unwrap();
    let Some(dtd) = tmx_dtd(folder.path()) else { return };
    let how = ["--dtdvalid", dtd.to_str().unwrap()];
    let (file, _) = awkward_file(folder.path(), "tmx");
    validates(&how, &file, folder.path());
    let all = folder.path().join("all.tmx");
    enregard(&[
        "export",
        "--status",
        "untranslated,draft,reviewed,stale,skipped",
        "-o",
        all.to_str().unwrap(),
    ]);
    validates(&how, &all, folder.path());
    // The check itself can fail: a `seg` outside its `tuv`, as others write it.
    let broken = fs::read_to_string(&all).unwrap().replacen("</seg></tuv>", "</seg><seg>x</seg></tuv>", 1);
    fs::write(&all, broken).unwrap();
    let path = all.to_str().unwrap();
    let arguments = ["--noout", "--nonet", how[0], how[1], path];
    let Some(output) = program("xmllint", &arguments, folder.path()) else { return };
    assert!(!output.status.success());
}

#[test]
fn xliff_is_valid_against_the_schemas_of_oasis() {
    for (format, schema) in [("xliff", "xliff-core-2.0.xsd"), ("xliff1", "xliff-core-1.2-strict.xsd")] {
        let folder = tempfile::tempdir().unwrap();
        let Some(schema) = oasis_schema(folder.path(), schema) else { return };
        let how = ["--schema", schema.to_str().unwrap()];
        let (file, _) = awkward_file(folder.path(), format);
        validates(&how, &file, folder.path());
        let all = folder.path().join("all.xlf");
        enregard(&["export", "--boilerplate", "--to", format, "-o", all.to_str().unwrap()]);
        validates(&how, &all, folder.path());
    }
}

/// A text as a reader gives it whose XML library makes a line feed of no carriage return.
fn seen(units: &[Unit]) -> Vec<Seen> {
    let text = |text: &str| through_xml(text).into_owned();
    let all = units.iter().map(Seen::of);
    all.map(|seen| Seen { fr: text(&seen.fr), en: text(&seen.en), ..seen }).collect()
}

#[test]
fn translate_toolkit_reads_what_the_units_say() {
    let folder = tempfile::tempdir().unwrap();
    for (format, ending) in [("tmx", "tmx"), ("xliff", "xlf"), ("xliff1", "xlf")] {
        let all = folder.path().join(format!("{format}.{ending}"));
        enregard(&["export", "--to", format, "-o", all.to_str().unwrap()]);
        let Some(lines) = python("translate_toolkit.py", &[all.to_str().unwrap(), format]) else { return };
        same(&Seen::read(&lines), &articles());
        let (file, mut units) = awkward_file(folder.path(), format);
        let mut lines = python("translate_toolkit.py", &[file.to_str().unwrap(), format]).unwrap();
        // It knows no `cp` and passes over it: that unit is xmllint's alone.
        let cp = units.iter().position(|unit| unit.french().contains('\u{B}')).unwrap();
        if format == "xliff" {
            units.remove(cp);
            lines.remove(cp);
        }
        same(&Seen::read(&lines), &seen(&units));
        if format != "tmx" {
            let reviewed = units.iter().position(|unit| format!("{}", unit.status) == "reviewed").unwrap();
            let draft = units.iter().position(|unit| format!("{}", unit.status) == "draft").unwrap();
            let approved: Vec<bool> = lines.iter().map(|line| line["approved"].as_bool().unwrap()).collect();
            assert!(approved[reviewed] && !approved[draft], "{format}");
        }
    }
}

#[test]
fn opus_tools_read_the_links_and_both_texts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    enregard(&["export", "--to", "xces", "-o", path]);
    let links = folder.path().join("en-fr.xml");
    let dtd_less = ["--noout", "--nonet", links.to_str().unwrap()];
    if let Some(output) = program("xmllint", &dtd_less, folder.path()) {
        assert!(output.status.success());
    }
    let Some(lines) = python("opus.py", &[path, "en-fr.xml"]) else { return };
    let expected = articles();
    assert_eq!(lines.len(), expected.len());
    for (line, expected) in lines.iter().zip(&expected) {
        assert_eq!(line["fr"], expected.fr.as_str());
        assert_eq!(line["en"], expected.en.as_str());
    }
}
