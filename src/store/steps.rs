//! The list of steps: which command touched which articles, in the order in which it happened.
//!
//! `.journal/@steps.jsonl` has a line for each step and article. It only gives the order; what was changed
//! stands in the articles' journals.

use std::collections::HashMap;
use std::io;

use serde::{Deserialize, Serialize};

use crate::bitext::{Edition, Stem};

use super::fs::Handle;
use super::journal::{self, Line};
use super::{Author, Corpus, StoreError};

/// A line: a step has touched this article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Touch {
    pub step: String,
    /// `roy`, or `roy@published`.
    pub file: String,
    pub at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    pub command: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redoes: Option<String>,
}

impl Touch {
    /// Whether the step takes another back, or does it again.
    fn turns(&self) -> bool {
        self.undoes.is_some() || self.redoes.is_some()
    }
}

/// A step as `undo` sees it: what one command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its name.
    pub id: String,
    /// When it was.
    pub at: String,
    /// Who did it, where that is known.
    pub by: Option<String>,
    /// By which command.
    pub command: String,
    /// What it touched, sorted; and whether that is in force, or was undone.
    pub files: Vec<(Stem, Option<Edition>, bool)>,
}

impl Recorded {
    /// What of it is in force (or else undone).
    pub(crate) fn files(&self, in_force: bool) -> Vec<(Stem, Option<Edition>)> {
        let some = self.files.iter().filter(|(.., stands)| *stands == in_force);
        some.map(|(stem, edition, _)| (stem.clone(), edition.clone())).collect()
    }
}

/// The steps in order, and those that `redo` can do again, the next last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Steps {
    pub all: Vec<Recorded>,
    pub undone: Vec<usize>,
}

impl Corpus {
    fn steps_path(&self) -> std::path::PathBuf {
        // No article can have this name.
        self.journal().join("@steps.jsonl")
    }

    /// Adds a line, before the change itself.
    pub(crate) fn touch(&self, touch: &Touch) -> Result<(), StoreError> {
        let path = self.steps_path();
        let mut lock = self.take_lock(path.clone(), "the list of steps", &touch.command)?;
        let mut line = serde_json::to_string(touch).expect("text has a JSON form");
        line.push('\n');
        journal::append(self, &mut lock.handle, |flow| {
            flow.text().push_str(&line);
            Ok(())
        })
    }

    /// The steps that commands have made in this corpus, oldest first.
    ///
    /// # Errors
    ///
    /// Where the list cannot be read.
    pub fn steps(&self) -> Result<Vec<Recorded>, StoreError> {
        Ok(self.read_steps()?.all)
    }

    /// The name of the step that was recorded last; none where that took another back, or did it again.
    pub(crate) fn last_step(&self) -> Result<Option<String>, StoreError> {
        let plain = self.last_touch()?.filter(|touch| !touch.turns());
        Ok(plain.map(|touch| touch.step))
    }

    fn last_touch(&self) -> Result<Option<Touch>, StoreError> {
        let path = self.steps_path();
        let shown = || self.shown(&path);
        if self.fs.node(&path).map_err(StoreError::io("read", shown()))?.is_none() {
            return Ok(None);
        }
        let mut handle = self.fs.open_append(&path).map_err(StoreError::io("read", shown()))?;
        let (_, line) = self.last_line(&mut handle).map_err(StoreError::io("read", shown()))?;
        Ok(serde_json::from_slice(&line).ok())
    }

    /// Where the last line begins, and the line; an empty one where it is not whole.
    fn last_line(&self, handle: &mut Handle) -> io::Result<(u64, Vec<u8>)> {
        // No line is longer: commands are cut to 200 characters, names to 200 bytes.
        let (length, tail) = self.fs.tail(handle, 4096)?;
        let Some(whole) = tail.strip_suffix(b"\n") else { return Ok((length, Vec::new())) };
        let begin = memchr::memrchr(b'\n', whole).map_or(0, |end| end + 1);
        Ok((length - (tail.len() - begin) as u64, whole[begin..].to_vec()))
    }

    /// Takes the last line away where it says that a step was taken back, or done again, and a crash came before that took place.
    ///
    /// Else the next `undo` would pass over that step, and take back the one before it.
    pub(crate) fn drop_turn_without_change(&self, author: &Author) -> Result<(), StoreError> {
        let Some(touch) = self.last_touch()?.filter(Touch::turns) else { return Ok(()) };
        let Some((stem, edition)) = super::corpus::stem_and_edition(&touch.file) else { return Ok(()) };
        // Whoever changes the article holds it. Where it cannot be read, nothing is known of it.
        let Ok(mut held) = self.begin(author.clone()).lock_any(&stem, edition.as_ref()) else {
            return Ok(());
        };
        let lines = held.journal(self, &touch.step)?;
        let now = (held.file_sha256().map(str::to_owned), held.seed_sha256());
        let took_place =
            |(line, stands): &(Line, bool)| *stands && line.as_ref().is_ok_and(|own| own.step == touch.step);
        if journal::in_force(lines, now.0, now.1).iter().any(took_place) {
            return Ok(());
        }
        let path = self.steps_path();
        let mut lock = self.take_lock(path.clone(), "the list of steps", &author.command)?;
        let (begin, line) =
            self.last_line(&mut lock.handle).map_err(StoreError::io("read", self.shown(&path)))?;
        let same = |own: Touch| (own.step, own.file) == (touch.step, touch.file);
        if serde_json::from_slice(&line).is_ok_and(same) {
            self.fs.truncate(&mut lock.handle, begin).map_err(StoreError::io("write", self.shown(&path)))?;
        }
        Ok(())
    }

    pub(crate) fn read_steps(&self) -> Result<Steps, StoreError> {
        let path = self.steps_path();
        let bytes = match self.fs.read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Steps::default()),
            Err(cause) => return Err(StoreError::Io { doing: "read", path: self.shown(&path), cause }),
        };
        let mut steps = Steps::default();
        let mut places: HashMap<String, usize> = HashMap::new();
        for line in bytes.split(|byte| *byte == b'\n') {
            // A line that a crash cut short names a change that did not take place.
            let Ok(touch) = serde_json::from_slice::<Touch>(line) else { continue };
            let Some((stem, edition)) = super::corpus::stem_and_edition(&touch.file) else { continue };
            let other = touch.undoes.as_ref().or(touch.redoes.as_ref());
            match other {
                None => {
                    let place = *places.entry(touch.step.clone()).or_insert_with(|| {
                        steps.undone.clear();
                        steps.all.push(Recorded {
                            id: touch.step.clone(),
                            at: touch.at.clone(),
                            by: touch.by.clone(),
                            command: touch.command.clone(),
                            files: Vec::new(),
                        });
                        steps.all.len() - 1
                    });
                    let files = &mut steps.all[place].files;
                    if !files.iter().any(|(s, e, _)| (s, e) == (&stem, &edition)) {
                        files.push((stem, edition, true));
                    }
                }
                Some(step) => {
                    let Some(place) = places.get(step).copied() else { continue };
                    for (s, e, stands) in &mut steps.all[place].files {
                        if (&*s, &*e) == (&stem, &edition) {
                            *stands = touch.redoes.is_some();
                        }
                    }
                    steps.undone.retain(|undone| *undone != place);
                    if steps.all[place].files.iter().any(|(.., stands)| !stands) {
                        steps.undone.push(place);
                    }
                }
            }
        }
        for step in &mut steps.all {
            step.files.sort();
        }
        Ok(steps)
    }
}
