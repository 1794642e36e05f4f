//! OmegaT itself, without its window: it opens a project, writes the translated texts, and what it exports comes back.

use std::fs;

use enregard::format::{Column, Options, named};

use super::{Seen, articles, awkward_folder, enregard, program, root, same};
use crate::formats;

/// Has OmegaT translate a project with what is in its memory.
fn translated(folder: &std::path::Path) -> bool {
    let config = tempfile::tempdir().unwrap();
    let config = format!("--config-dir={}", config.path().display());
    let project = folder.to_str().unwrap();
    let Some(output) = program("omegat", &[project, "--mode=console-translate", &config], folder) else {
        return false;
    };
    let told =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && told.contains("Finished"), "{told}");
    true
}

#[test]
fn omegat_translates_the_articles_and_what_it_exports_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("projet");
    enregard(&["export", "--to", "omegat", "-o", project.to_str().unwrap()]);
    if !translated(&project) {
        return;
    }
    let mut files: Vec<_> =
        fs::read_dir(project.join("target")).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let lines: Vec<String> = files
        .iter()
        .flat_map(|file| fs::read_to_string(file).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .collect();
    let expected: Vec<String> = articles().iter().map(|unit| super::through("omegat", &unit.en)).collect();
    assert_eq!(lines, expected);
    // OmegaT's own export in the place of the memory that was written here.
    fs::rename(project.join("projet-omegat.tmx"), project.join("omegat/project_save.tmx")).unwrap();
    let mut memory = formats::Memory::of(&project);
    let read = formats::read(named("omegat").unwrap(), &Options::default(), &mut memory);
    let text =
        |received: &enregard::format::Received, column| received.get(column).unwrap_or_default().to_owned();
    let seen: Vec<Seen> = read
        .iter()
        .map(|unit| Seen {
            id: text(unit, Column::Id),
            fr: text(unit, Column::Fr),
            en: text(unit, Column::En),
        })
        .collect();
    let through = |text: &str| super::through("omegat", text);
    let expected: Vec<Seen> = articles()
        .iter()
        .map(|u| Seen { fr: through(&u.fr), en: through(&u.en), id: u.id.clone() })
        .collect();
    same(&seen, &expected);
    assert!(root().join("seeds").is_dir());
}

#[test]
fn omegat_translates_the_awkward_units() {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("projet");
    let expected = awkward_folder("omegat", &project);
    if !translated(&project) {
        return;
    }
    let text = fs::read_to_string(project.join("target/malaise.txt")).unwrap();
    let lines: Vec<&str> = text.split('\n').filter(|line| !line.is_empty()).collect();
    // What has no English stays French; what has no French is no segment.
    let expected: Vec<&str> = expected
        .iter()
        .filter(|unit| !unit.fr.is_empty())
        .map(|unit| if unit.en.is_empty() { unit.fr.as_str() } else { unit.en.as_str() })
        .collect();
    for (found, expected) in lines.iter().zip(&expected) {
        assert!(found == expected, "found {found:.200}\nexpected {expected:.200}");
    }
    assert_eq!(lines.len(), expected.len());
}
