//! The table of who may use whom, held against the code.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room, and the rooms it may use: those of the rows below its own (ARCHITECTURE.md).
const TABLE: [(&str, &[&str]); 12] = [
    ("bitext", &[]),
    ("words", &["bitext"]),
    ("segment", &["bitext", "words"]),
    ("align", &["bitext", "words"]),
    ("revise", &["bitext", "words"]),
    ("memory", &["bitext", "words"]),
    ("quality", &["bitext", "words"]),
    ("format", &["bitext", "words"]),
    ("store", &["bitext", "words"]),
    ("desk", &["bitext", "words", "segment", "align", "revise", "memory", "quality", "format", "store"]),
    (
        "web",
        &["bitext", "words", "segment", "align", "revise", "memory", "quality", "format", "store", "desk"],
    ),
    (
        "cli",
        &[
            "bitext", "words", "segment", "align", "revise", "memory", "quality", "format", "store", "desk",
            "web",
        ],
    ),
];

/// Rooms that may open files, read the clock or the environment, or print.
const WITH_IO: [&str; 4] = ["store", "desk", "web", "cli"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The code of a file without its comments, so that an example in a doc comment is no arrow.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

/// The rooms that a piece of code names after `crate::`, in braces too.
fn used(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(inner) => {
                // Only the first name of each path in the braces is a room.
                let mut depth = 0;
                let mut first = String::new();
                let mut names = Vec::new();
                let mut taking = true;
                for c in inner.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            names.push(std::mem::take(&mut first));
                            taking = true;
                        }
                        ':' => taking = false,
                        c if taking && depth == 0 && (c.is_alphanumeric() || c == '_') => first.push(c),
                        _ => {}
                    }
                }
                names.push(first);
                names
            }
            None => vec![rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()],
        };
        rooms.extend(names.into_iter().filter(|name| !name.is_empty()));
    }
    rooms
}

#[test]
fn a_room_uses_the_rooms_below_its_row_and_no_other() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for entry in fs::read_dir(&src).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let room = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("src/{room} is no room of the house"));
            continue;
        };
        for path in sources(&folder) {
            for other in used(&code(&path)) {
                if other != room && !allowed.contains(&other.as_str()) {
                    faults.push(format!("{}: {room} uses {other}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nouns_ground_and_verbs_do_no_input_or_output() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut faults = Vec::new();
    for (room, _) in TABLE.iter().filter(|(room, _)| !WITH_IO.contains(room)) {
        if !src.join(room).is_dir() {
            continue;
        }
        for path in sources(&src.join(room)) {
            let code = code(&path);
            for word in [
                "std::fs",
                "std::env",
                "std::net",
                "SystemTime",
                "Instant::",
                "println!",
                "eprint",
                "print!(",
            ] {
                if code.contains(word) {
                    faults.push(format!("{}: {word}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_paths_sees_braces_and_single_names() {
    let seen = used("use crate::{bitext::{Span, Unit}, words::fold};\nlet x = crate::store::Corpus::open;");
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["bitext", "store", "words"]);
}
