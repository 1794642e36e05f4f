//! The README's transcripts, typed again: what it shows is what the program says.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A command of the README and the lines it is said to answer with.
struct Typed {
    command: String,
    answer: String,
}

/// The commands in ```` ```console ```` blocks, those of `cargo` and `git` left out.
fn transcripts(readme: &str) -> Vec<Typed> {
    let mut typed: Vec<Typed> = Vec::new();
    let mut inside = false;
    for line in readme.lines() {
        match (line, inside) {
            ("```console", false) => inside = true,
            ("```", true) => inside = false,
            (line, true) => match line.strip_prefix("$ ") {
                Some(command) => typed.push(Typed { command: command.to_owned(), answer: String::new() }),
                None => {
                    let answer = &mut typed.last_mut().expect("a block begins with a command").answer;
                    answer.push_str(line);
                    answer.push('\n');
                }
            },
            _ => {}
        }
    }
    typed
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn the_transcripts_of_the_readme_are_what_the_program_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    for part in ["seeds", "alignments"] {
        copy(&root.join(part), &folder.path().join(part));
    }
    fs::create_dir(folder.path().join("home")).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_enregard"));
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", program.parent().unwrap().display());
    let typed = transcripts(&fs::read_to_string(root.join("README.md")).unwrap());
    assert!(typed.len() >= 8, "the README shows {} commands", typed.len());
    for Typed { command, answer } in typed {
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {command}\n}} 2>&1")])
            .current_dir(folder.path())
            .env_clear()
            .env("PATH", &path)
            .env("HOME", folder.path().join("home"))
            .env("SOURCE_DATE_EPOCH", "1795161600")
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), answer, "$ {command}");
    }
}
