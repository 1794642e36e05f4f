//! Making a folder a corpus. What is there already is kept.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fs::{Disk, Fs, Node};
use super::{Corpus, StoreError};

/// Lines that git must have, so that no checkout changes a byte and local files stay local.
const GIT: [(&str, &[&str]); 2] = [
    (".gitattributes", &["seeds/* -text", "alignments/*.jsonl eol=lf", "alignments/texts/* -text"]),
    (".gitignore", &["alignments/.journal/"]),
];

impl Corpus {
    /// Makes the folder a corpus: `seeds/`, `alignments/`, and lines in `.gitignore` and `.gitattributes`.
    ///
    /// Files that are there are kept, and lines added where they lack them. Gives what was made or changed.
    ///
    /// # Errors
    ///
    /// [`StoreError::Io`] where the disk refuses.
    pub fn init(root: &Path) -> Result<(Corpus, Vec<PathBuf>), StoreError> {
        Corpus::init_with(root, Arc::new(Disk))
    }

    /// The same, on a disk of the caller's own.
    ///
    /// # Errors
    ///
    /// As [`Corpus::init`].
    pub fn init_with(root: &Path, fs: Arc<dyn Fs>) -> Result<(Corpus, Vec<PathBuf>), StoreError> {
        let mut made = Vec::new();
        // The folder itself, and those above it, may have to be made too: where their names stand.
        let whole = std::path::absolute(root).map_err(StoreError::io("find", root))?;
        let mut above = Vec::new();
        for folder in whole.ancestors() {
            if fs.node(folder).map_err(StoreError::io("read", folder))?.is_some() {
                break;
            }
            above.extend(folder.parent());
        }
        for name in ["seeds", "alignments"] {
            let path = root.join(name);
            if fs.node(&path).map_err(StoreError::io("read", &path))?.is_none() {
                fs.make_folder(&path).map_err(StoreError::io("make the folder", &path))?;
                made.push(PathBuf::from(name));
            }
        }
        let corpus = Corpus::open_with(root, fs)?;
        // Also where all was there: whoever put it there may have been killed before this.
        for folder in above.into_iter().chain([root]) {
            corpus.fs.sync_folder(folder).map_err(StoreError::io("flush to the disk", folder))?;
        }
        for (name, lines) in GIT {
            let path = root.join(name);
            let old = corpus.bytes(&path)?.unwrap_or_default();
            let mut new = old.clone();
            for line in lines {
                if !old.split(|byte| *byte == b'\n').any(|own| own.trim_ascii() == line.as_bytes()) {
                    if !new.is_empty() && !new.ends_with(b"\n") {
                        new.push(b'\n');
                    }
                    new.extend_from_slice(line.as_bytes());
                    new.push(b'\n');
                }
            }
            // A link within the corpus is not replaced by a file.
            let node = corpus.fs.node(&path).map_err(StoreError::io("read", &path))?;
            if new != old && node != Some(Node::Link) {
                corpus.replace(&path, &root.join(format!("{name}.tmp")), &new)?;
                made.push(PathBuf::from(name));
            }
        }
        Ok((corpus, made))
    }
}
