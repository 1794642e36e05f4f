//! Steps over many articles, where a process may have few files open.

use std::fs;
use std::process::{Command, Output};

use super::full;
use super::scene::Scene;

/// The command in a process that may have only so many files open.
fn few_files(scene: &Scene, files: usize, arguments: &[&str]) -> Output {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -n {files} && exec \"$@\""), "sh", env!("CARGO_BIN_EXE_enregard")]);
    command.args(arguments);
    scene.settle(&mut command);
    command.output().unwrap()
}

fn with_few_files(scene: &Scene, files: usize, arguments: &[&str]) {
    let ran = few_files(scene, files, arguments);
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
}

#[cfg(unix)]
#[test]
fn a_step_over_many_articles_is_done_and_undone_with_few_files_open() {
    let (articles, files) = if full() { (1500, 256) } else { (130, 100) };
    let scene = Scene::new();
    let untouched = scene.state();
    fs::create_dir(scene.at("new")).unwrap();
    for number in 0..articles {
        let text = format!("Phrase numéro {number}. Elle est courte.\n");
        fs::write(scene.at(&format!("new/a{number}.txt")), text).unwrap();
    }
    let texts: Vec<String> = (0..articles).map(|number| format!("new/a{number}.txt")).collect();
    let arguments: Vec<&str> = ["-q", "add"].into_iter().chain(texts.iter().map(String::as_str)).collect();
    with_few_files(&scene, files, &arguments);
    fs::remove_dir_all(scene.at("new")).unwrap();
    let added = scene.state();
    assert!(added.len() >= untouched.len() + 2 * articles);
    // All of it comes in, and goes out, as one step.
    let table = String::from_utf8(scene.ok(&["export", "--dialect", "plain"]).stdout).unwrap();
    let filled: String =
        table.lines().map(|line| line.replace("courte.\t", "courte.\tIt is short.") + "\n").collect();
    fs::write(scene.at("in.tsv"), filled).unwrap();
    with_few_files(&scene, files, &["-q", "import", "in.tsv"]);
    fs::remove_file(scene.at("in.tsv")).unwrap();
    let imported = scene.state();
    assert_ne!(imported, added);
    with_few_files(&scene, files, &["undo"]);
    assert!(scene.state() == added, "undo of the import");
    with_few_files(&scene, files, &["redo"]);
    assert!(scene.state() == imported, "redo of the import");
    for arguments in [
        &["export", "--to", "omegat", "-o", "out"][..],
        &["export", "--side", "en", "--partial", "--to", "text", "-o", "each"],
        &["coverage"],
        &["list"],
    ] {
        with_few_files(&scene, files, arguments);
    }
    for folder in ["out", "each"] {
        fs::remove_dir_all(scene.at(folder)).unwrap();
    }
    // A step that holds many articles until all of them can be done says what to do where it may not.
    let units: Vec<String> = (0..articles).map(|number| format!("a{number}:2")).collect();
    let all: Vec<&str> = units.iter().map(String::as_str).chain(["--status", "reviewed"]).collect();
    let set: Vec<&str> = std::iter::once("set").chain(all).collect();
    let ran = few_files(&scene, files, &set);
    let told = String::from_utf8_lossy(&ran.stderr).into_owned();
    assert!(!ran.status.success() && told.contains("`ulimit -n 4096`"), "{told}");
    assert!(scene.state() == imported, "nothing is half set");
    with_few_files(&scene, 2 * articles + 50, &set);
    with_few_files(&scene, files, &["undo"]);
    assert!(scene.state() == imported, "undo of the setting");
    with_few_files(&scene, files, &["undo"]);
    with_few_files(&scene, files, &["undo"]);
    assert!(scene.state() == untouched, "undo of all");
    assert!(scene.left_over().is_empty(), "{:?}", scene.left_over());
}
