//! Python's own `str.splitlines` on plain text: as many lines in each file, and none empty.

use std::path::Path;

use super::{Seen, articles, awkward_folder, enregard, python, same, through};

fn seen(folder: &Path, name: &str) -> Option<Vec<Seen>> {
    let paths = ["fr", "en", "ids"].map(|ending| folder.join(format!("{name}.{ending}")));
    let paths = paths.each_ref().map(|path| path.to_str().unwrap());
    python("plain_pair.py", &paths).map(|lines| Seen::read(&lines))
}

#[test]
fn python_sees_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    enregard(&["export", "--to", "plain", "-o", folder.path().to_str().unwrap()]);
    // The files are called as the corpus's folder is.
    let name = super::root().canonicalize().unwrap();
    let name = name.file_name().unwrap().to_str().unwrap();
    let Some(seen) = seen(folder.path(), name) else { return };
    let plain = |text: String| through("plain", &text);
    let expected: Vec<Seen> =
        articles().into_iter().map(|unit| Seen { fr: plain(unit.fr), en: plain(unit.en), ..unit }).collect();
    same(&seen, &expected);
}

#[test]
fn python_sees_the_awkward_units_on_one_line_each() {
    let folder = tempfile::tempdir().unwrap();
    let expected = awkward_folder("plain", folder.path());
    let Some(seen) = seen(folder.path(), "corpus") else { return };
    same(&seen, &expected);
}
