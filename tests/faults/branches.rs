//! Two people on two git branches: edits of different units merge cleanly, of the same unit they are a conflict that is told.

use std::fs;
use std::process::Command;

use super::scene::Scene;
use super::{full, skip};

fn git(scene: &Scene, arguments: &[&str]) -> bool {
    let mut command = Command::new("git");
    command
        .args(["-c", "user.name=Anne", "-c", "user.email=anne@example.org", "-c", "core.autocrlf=true"])
        .args(arguments);
    scene.settle(&mut command);
    command.env("HOME", scene.root()).output().is_ok_and(|ran| ran.status.success())
}

fn begun(units: usize) -> Scene {
    let scene = Scene::new();
    let text: String = (1..=units).map(|n| format!("Phrase numéro {n}. ")).collect();
    fs::write(scene.at("seeds/long.txt"), text).unwrap();
    scene.ok(&["set", "long:1", "--note", "begun"]);
    assert!(
        git(&scene, &["init", "-q", "-b", "main"])
            && git(&scene, &["add", "."])
            && git(&scene, &["commit", "-qm", "one"])
    );
    scene
}

/// Each branch edits its unit; then they are merged.
fn merged(scene: &Scene, ours: usize, theirs: usize) -> bool {
    assert!(git(scene, &["checkout", "-qb", "theirs"]));
    scene.ok(&["set", &format!("long:{theirs}"), "--en", "Theirs."]);
    assert!(git(scene, &["commit", "-qam", "theirs"]) && git(scene, &["checkout", "-q", "main"]));
    scene.ok(&["set", &format!("long:{ours}"), "--en", "Ours."]);
    assert!(git(scene, &["commit", "-qam", "ours"]));
    git(scene, &["merge", "-q", "--no-edit", "theirs"])
}

#[test]
fn edits_of_different_units_merge_cleanly() {
    if Command::new("git").arg("--version").output().is_err() {
        return skip("git is not here");
    }
    let base = begun(16);
    let pairs: Vec<(usize, usize)> =
        (1..=16).flat_map(|a| (1..=16).map(move |b| (a, b))).filter(|(a, b)| a != b).collect();
    let step = if full() { 1 } else { 23 };
    let mut clean = 0;
    for &(ours, theirs) in pairs.iter().step_by(step).take(200) {
        let scene = base.copy();
        assert!(merged(&scene, ours, theirs), "units {ours} and {theirs} do not merge");
        let file = fs::read_to_string(scene.at("alignments/long.jsonl")).unwrap();
        assert!(file.contains("\"Ours.\"") && file.contains("\"Theirs.\""), "{ours} and {theirs}: {file}");
        scene.ok(&["coverage"]);
        scene.ok(&["set", "long:2", "--note", "afterwards"]);
        clean += 1;
    }
    eprintln!("{clean} merges of different units, all clean");
}

#[test]
fn edits_of_one_unit_are_a_conflict_that_shows_both_texts() {
    if Command::new("git").arg("--version").output().is_err() {
        return skip("git is not here");
    }
    let scene = begun(5);
    assert!(!merged(&scene, 3, 3), "git must not merge them");
    for arguments in [&["coverage"][..], &["export"], &["set", "long:1", "--en", "x"]] {
        let ran = scene.command(arguments).output().unwrap();
        let told = String::from_utf8_lossy(&ran.stderr);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("Ours.") && told.contains("Theirs."), "{arguments:?}: {told}");
    }
}

#[test]
fn a_checkout_that_changes_line_ends_changes_no_hash() {
    if Command::new("git").arg("--version").output().is_err() {
        return skip("git is not here");
    }
    let scene = begun(5);
    let state = scene.state();
    for folder in ["seeds", "alignments"] {
        for entry in fs::read_dir(scene.at(folder)).unwrap().flatten().filter(|entry| entry.path().is_file())
        {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    assert!(git(&scene, &["checkout", "-q", "."]));
    for (path, bytes) in
        state.iter().filter(|(path, _)| path.starts_with("seeds") || path.starts_with("alignments"))
    {
        assert_eq!(fs::read(scene.root().join(path)).unwrap(), *bytes, "{}", path.display());
    }
}
