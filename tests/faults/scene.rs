//! A small corpus to do harm to, and what its files hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Each file that a person would miss, by its path in the corpus, with its bytes.
pub type State = BTreeMap<PathBuf, Vec<u8>>;

/// A corpus in a folder of its own.
pub struct Scene {
    root: PathBuf,
    _folder: Option<TempDir>,
}

const CANAL: &str = "La fête du canal\n\nIl pleut sur le canal. Le bateau attend depuis hier soir. \
    Personne ne vient.\n\nLe pont est ouvert. On passera demain matin.\n";
const ROY: &str = "Le roi dort. La reine lit un livre de 300 pages.\n\nLe chien veille.\n";
const NEUF: &str = "Un jour neuf commence. Tout est calme.\n";

impl Scene {
    /// Three articles, two of them begun.
    pub fn new() -> Scene {
        let scene = Scene::empty();
        fs::create_dir(scene.at("seeds")).unwrap();
        // A name of its own, so that git is not asked for one.
        fs::write(scene.at("enregard.toml"), "[person]\nby = \"Anne\"\n").unwrap();
        for (name, text) in [("canal", CANAL), ("neuf", NEUF), ("roy", ROY)] {
            fs::write(scene.at(&format!("seeds/{name}.txt")), text).unwrap();
        }
        scene.ok(&["init"]);
        for (unit, english) in [
            ("canal:1", "The canal festival"),
            ("canal:2", "It is raining on the canal."),
            ("canal:3", "The boat has been waiting since last night."),
            ("roy:1", "The king is asleep."),
            ("roy:2", "The queen is reading a book of 30 pages."),
        ] {
            scene.ok(&["set", unit, "--en", english]);
        }
        scene
    }

    fn empty() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        // The folder's name goes into some formats.
        let root = folder.path().canonicalize().unwrap().join("corpus");
        fs::create_dir(&root).unwrap();
        Scene { root, _folder: Some(folder) }
    }

    /// A corpus that stands somewhere already, and stays there.
    pub fn standing(root: PathBuf) -> Scene {
        Scene { root, _folder: None }
    }

    /// A copy to do harm to.
    pub fn copy(&self) -> Scene {
        let copy = Scene::empty();
        copy_folder(&self.root, &copy.root);
        copy
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// A command in the corpus, with a clean environment and a clock that stands still.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_enregard"));
        command.args(arguments);
        self.settle(&mut command);
        command
    }

    /// Gives any command the corpus's folder and environment.
    pub fn settle(&self, command: &mut Command) {
        command
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("SOURCE_DATE_EPOCH", "1795161600")
            .env("EDITOR", "sh editor.sh")
            .current_dir(&self.root);
    }

    /// Runs a command that must work.
    pub fn ok(&self, arguments: &[&str]) -> Output {
        let ran = self.command(arguments).output().unwrap();
        assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
        ran
    }

    /// The files as they are, without what is hidden (journals, temporary files) but what `init` writes.
    pub fn state(&self) -> State {
        let mut state = State::new();
        gather(&self.root, Path::new(""), &mut state);
        for name in [".gitattributes", ".gitignore"] {
            if let Ok(bytes) = fs::read(self.at(name)) {
                state.insert(name.into(), bytes);
            }
        }
        state
    }

    /// Temporary files that a command has left.
    pub fn left_over(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                    folders.push(entry.path());
                } else if name.starts_with('.') && name.contains("tmp") {
                    found.push(entry.path());
                }
            }
        }
        found
    }
}

fn gather(folder: &Path, below: &Path, state: &mut State) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let path = below.join(&name);
        if entry.file_type().unwrap().is_dir() {
            gather(&entry.path(), &path, state);
        } else {
            state.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
        }
    }
}
