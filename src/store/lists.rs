//! A corpus's lists, `glossary.tsv` and the like: read by people, added to by the program, never written anew.

use super::{Corpus, StoreError};

impl Corpus {
    /// Adds lines to the end of a list that stands beside `enregard.toml`; what was there stays as it is, byte for byte.
    ///
    /// `lines` is given what is there and answers what is to be added, or nothing; nobody else of this program adds in between. The new
    /// file is written beside the old, flushed, and put in its place: after a crash it is the one or the other.
    ///
    /// # Errors
    ///
    /// What `lines` gives; [`StoreError`] where the list cannot be read or written, or another command holds it.
    pub fn add_to_list<E: From<StoreError>>(
        &self,
        name: &str,
        command: &str,
        lines: impl FnOnce(&str) -> Result<Option<String>, E>,
    ) -> Result<(), E> {
        self.make_journal()?;
        let _lock = self.take_lock(self.journal().join(format!("@{name}.lock")), name, command)?;
        let old = self.read_list(name)?.unwrap_or_default();
        let Some(more) = lines(&old)? else { return Ok(()) };
        let path = self.root().join(name);
        let mut text = old;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&more);
        let beside = self.root().join(format!(".{name}.tmp"));
        Ok(self.replace(&path, &beside, text.as_bytes())?)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_there_stays_and_lines_come_after_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("seeds")).unwrap();
        let corpus = Corpus::open(folder.path()).unwrap();
        let add = |line: &'static str| {
            corpus.add_to_list::<StoreError>("glossary.tsv", "test", |_| Ok(Some(line.to_owned())))
        };
        add("puce\tchip\n").unwrap();
        let path = folder.path().join("glossary.tsv");
        fs::write(&path, "# mine\r\npuce\tchip").unwrap();
        add("roi\tking\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "# mine\r\npuce\tchip\nroi\tking\n");
        corpus
            .add_to_list::<StoreError>("glossary.tsv", "test", |old| {
                assert!(old.ends_with("king\n"));
                Ok(None)
            })
            .unwrap();
        assert!(!folder.path().join(".glossary.tsv.tmp").exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_replaced_by_a_file() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("seeds")).unwrap();
        let shared = folder.path().join("shared.tsv");
        fs::write(&shared, "puce\tchip\n").unwrap();
        std::os::unix::fs::symlink(&shared, folder.path().join("glossary.tsv")).unwrap();
        let corpus = Corpus::open(folder.path()).unwrap();
        let done =
            corpus.add_to_list::<StoreError>("glossary.tsv", "test", |_| Ok(Some("roi\tking\n".to_owned())));
        assert!(matches!(done, Err(StoreError::NotAFile { .. })), "{done:?}");
        assert!(fs::symlink_metadata(folder.path().join("glossary.tsv")).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&shared).unwrap(), "puce\tchip\n");
    }

    #[test]
    fn what_a_killed_command_left_is_no_hindrance() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("seeds")).unwrap();
        fs::write(folder.path().join(".glossary.tsv.tmp"), "half").unwrap();
        let corpus = Corpus::open(folder.path()).unwrap();
        corpus
            .add_to_list::<StoreError>("glossary.tsv", "test", |_| Ok(Some("roi\tking\n".to_owned())))
            .unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("glossary.tsv")).unwrap(), "roi\tking\n");
    }
}
