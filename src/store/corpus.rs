//! A corpus folder: where it is, what is in it, and how its articles are named.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization;

use crate::bitext::{Edition, Stem};

use super::fs::{Disk, Fs, Node};
use super::{Config, StoreError};

/// A corpus folder.
#[derive(Clone)]
pub struct Corpus {
    root: PathBuf,
    config: Config,
    wait: Duration,
    pub(crate) fs: Arc<dyn Fs>,
    /// Whether the temporary files of killed commands were looked for.
    pub(crate) swept: Arc<AtomicBool>,
}

/// Something in `seeds/` that is no article, or will make trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Odd {
    /// Where, from the corpus folder.
    pub path: PathBuf,
    /// What is odd about it.
    pub why: String,
}

/// What is in `seeds/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The articles, sorted.
    pub stems: Vec<Stem>,
    /// What is odd, sorted by path.
    pub odd: Vec<Odd>,
}

impl Corpus {
    /// The corpus that holds the folder `from`: the first, from there upwards, with `enregard.toml` or `seeds/`.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoCorpus`]; faults of `enregard.toml`.
    pub fn find(from: &Path) -> Result<Corpus, StoreError> {
        let start = std::path::absolute(from).map_err(StoreError::io("find", from))?;
        match start.ancestors().find(|folder| is_corpus(&Disk, folder)) {
            Some(root) => Corpus::open(root),
            None => Err(StoreError::NoCorpus { from: start }),
        }
    }

    /// The corpus in this folder.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotACorpus`]; faults of `enregard.toml`.
    pub fn open(root: &Path) -> Result<Corpus, StoreError> {
        Corpus::open_with(root, Arc::new(Disk))
    }

    /// The same, on a disk of the caller's own.
    ///
    /// # Errors
    ///
    /// As [`Corpus::open`].
    pub fn open_with(root: &Path, fs: Arc<dyn Fs>) -> Result<Corpus, StoreError> {
        if !is_corpus(&*fs, root) {
            return Err(StoreError::NotACorpus { root: root.to_owned() });
        }
        let (root, wait) = (root.to_owned(), Duration::default());
        let mut corpus = Corpus { root, config: Config::default(), wait, fs, swept: Arc::default() };
        let name = "enregard.toml";
        if let Some(text) = corpus.read_list(name)? {
            corpus.config = Config::parse(&text, Path::new(name))?;
        }
        let seconds = corpus.config.corpus.wait_seconds;
        corpus.wait = Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(10));
        Ok(corpus)
    }

    /// The corpus folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What `enregard.toml` says.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// How long to wait for another program that writes.
    pub fn wait(&self) -> Duration {
        self.wait
    }

    /// The same corpus with another patience.
    pub fn with_wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// The articles, sorted. What is odd in `seeds/` is passed over: see [`Corpus::survey`].
    ///
    /// # Errors
    ///
    /// Where `seeds/` cannot be read.
    pub fn stems(&self) -> Result<Vec<Stem>, StoreError> {
        Ok(self.survey()?.stems)
    }

    /// The articles and what is odd: names that cannot be, folders, pipes, links out of the corpus, twins.
    ///
    /// # Errors
    ///
    /// Where `seeds/` cannot be read.
    pub fn survey(&self) -> Result<Survey, StoreError> {
        let mut survey = Survey::default();
        let folder = self.seeds();
        self.within(&folder)?;
        let found = match self.fs.list(&folder) {
            Ok(found) => found,
            // A corpus that has only its `enregard.toml` so far.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(cause) => return Err(StoreError::Io { doing: "read", path: folder, cause }),
        };
        for (name, node) in found {
            let path = Path::new("seeds").join(&name);
            let Some(name) = name.to_str() else {
                survey.odd.push(Odd { path, why: "its name is not UTF-8".to_owned() });
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            match self.seed_named(name, node) {
                Ok(stem) => survey.stems.push(stem),
                Err(why) => survey.odd.push(Odd { path, why }),
            }
        }
        survey.stems.sort();
        let mut by_key: HashMap<String, &Stem> = HashMap::new();
        for stem in &survey.stems {
            if let Some(twin) = by_key.insert(key(stem), stem) {
                let path = Path::new("seeds").join(format!("{stem}.txt"));
                let why = format!("its name and `{twin}` are one name on some computers");
                survey.odd.push(Odd { path, why });
            }
        }
        survey.odd.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(survey)
    }

    /// The article whose name is the same as this on some computers, if there is one.
    ///
    /// # Errors
    ///
    /// Where `seeds/` cannot be read.
    pub fn twin(&self, stem: &Stem) -> Result<Option<Stem>, StoreError> {
        let asked = key(stem);
        Ok(self.stems()?.into_iter().find(|other| key(other) == asked))
    }

    /// The first article whose text is this, byte for byte. Reads all seeds; those that cannot be read are passed over.
    ///
    /// # Errors
    ///
    /// Where `seeds/` cannot be read.
    pub fn same_text(&self, text: &str) -> Result<Option<Stem>, StoreError> {
        let same = |stem: &Stem| {
            self.bytes(&self.seed_path(stem)).is_ok_and(|bytes| bytes.as_deref() == Some(text.as_bytes()))
        };
        Ok(self.stems()?.into_par_iter().find_first(same))
    }

    /// Alignment files without their article.
    ///
    /// # Errors
    ///
    /// Where a folder cannot be read.
    pub fn strays(&self) -> Result<Vec<Odd>, StoreError> {
        let stems: HashSet<Stem> = self.stems()?.into_iter().collect();
        let strays = self.alignment_files()?.into_iter().filter(|(stem, _)| !stems.contains(stem));
        let odd = |(stem, edition): (Stem, Option<Edition>)| Odd {
            path: self.shown(&self.alignment_path(&stem, edition.as_ref())),
            why: format!("there is no seeds/{stem}.txt"),
        };
        Ok(strays.map(odd).collect())
    }

    /// The article that a file in `seeds/` is, or why it is none.
    fn seed_named(&self, name: &str, node: Node) -> Result<Stem, String> {
        let Some(stem) = name.strip_suffix(".txt") else {
            return Err("it is no `.txt`".to_owned());
        };
        match node {
            Node::File => {}
            Node::Link => self.within(&self.seeds().join(name)).map_err(|error| error.to_string())?,
            Node::Folder => return Err("it is a folder".to_owned()),
            Node::Other => return Err("it is no regular file".to_owned()),
        }
        stem.parse::<Stem>().map_err(|error| error.why.to_owned())
    }

    /// The article of this name, or the only one whose name begins so. Normal forms count as equal.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unknown`], or [`StoreError::Ambiguous`] with the candidates.
    pub fn resolve(&self, name: &str) -> Result<Stem, StoreError> {
        // A path that a shell completed is a name too.
        let name = name.strip_prefix("seeds/").unwrap_or(name);
        let name = name.strip_suffix(".txt").unwrap_or(name);
        if let Ok(stem) = name.parse::<Stem>()
            && matches!(self.fs.node(&self.seed_path(&stem)), Ok(Some(Node::File)))
        {
            return Ok(stem);
        }
        let stems = self.stems()?;
        let asked: String = name.nfc().collect();
        let normal = |stem: &Stem| stem.as_str().nfc().collect::<String>();
        if let Some(stem) = stems.iter().find(|stem| normal(stem) == asked) {
            return Ok(stem.clone());
        }
        let mut candidates: Vec<Stem> =
            stems.iter().filter(|stem| normal(stem).starts_with(&asked)).cloned().collect();
        match candidates.len() {
            1 => Ok(candidates.remove(0)),
            0 => Err(StoreError::Unknown { name: name.to_owned(), articles: stems.len() }),
            _ => Err(StoreError::Ambiguous { name: name.to_owned(), candidates }),
        }
    }

    /// The editions of an article that have an alignment file, sorted.
    ///
    /// # Errors
    ///
    /// Where `alignments/` cannot be read.
    pub fn editions(&self, stem: &Stem) -> Result<Vec<Edition>, StoreError> {
        Ok(self.all_editions()?.remove(stem).unwrap_or_default())
    }

    /// The editions of every article that has any, each sorted.
    ///
    /// # Errors
    ///
    /// Where `alignments/` cannot be read.
    pub fn all_editions(&self) -> Result<HashMap<Stem, Vec<Edition>>, StoreError> {
        let mut all: HashMap<Stem, Vec<Edition>> = HashMap::new();
        for (stem, edition) in self.alignment_files()? {
            if let Some(edition) = edition {
                all.entry(stem).or_default().push(edition);
            }
        }
        Ok(all)
    }

    /// The articles and editions that have an alignment file, sorted.
    ///
    /// # Errors
    ///
    /// Where `alignments/` cannot be read.
    pub fn alignment_files(&self) -> Result<Vec<(Stem, Option<Edition>)>, StoreError> {
        let folder = self.alignments();
        let found = match self.fs.list(&folder) {
            Ok(found) => found,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(cause) => return Err(StoreError::Io { doing: "read", path: folder, cause }),
        };
        let mut files: Vec<(Stem, Option<Edition>)> = found
            .iter()
            .filter_map(|(name, _)| stem_and_edition(name.to_str()?.strip_suffix(".jsonl")?))
            .collect();
        files.sort();
        Ok(files)
    }

    /// Where the articles are.
    pub fn seeds(&self) -> PathBuf {
        self.root.join("seeds")
    }

    /// Where the alignment files are.
    pub fn alignments(&self) -> PathBuf {
        self.root.join("alignments")
    }

    /// Where an article is.
    pub fn seed_path(&self, stem: &Stem) -> PathBuf {
        self.seeds().join(format!("{stem}.txt"))
    }

    /// Where an article's alignment file is, or that of an edition.
    pub fn alignment_path(&self, stem: &Stem, edition: Option<&Edition>) -> PathBuf {
        self.alignments().join(super::error::called(stem, edition) + ".jsonl")
    }

    pub(crate) fn journal(&self) -> PathBuf {
        self.alignments().join(".journal")
    }

    /// A path as it is shown: from the corpus folder, which itself is shown whole.
    pub(crate) fn shown(&self, path: &Path) -> PathBuf {
        let below = path.strip_prefix(&self.root).ok().filter(|below| !below.as_os_str().is_empty());
        below.unwrap_or(path).to_owned()
    }

    /// Refuses a link that leads out of the corpus.
    pub(crate) fn within(&self, path: &Path) -> Result<(), StoreError> {
        if self.fs.node(path).map_err(StoreError::io("read", path))? != Some(Node::Link) {
            return Ok(());
        }
        let target =
            std::fs::canonicalize(path).map_err(StoreError::io("follow the link", self.shown(path)))?;
        let root = std::fs::canonicalize(&self.root).map_err(StoreError::io("read", &self.root))?;
        if target.starts_with(root) {
            Ok(())
        } else {
            Err(StoreError::Outside { path: self.shown(path), target })
        }
    }
}

/// What two names share that are one to some file systems: normal forms and capitals aside.
fn key(stem: &Stem) -> String {
    stem.as_str().nfc().flat_map(char::to_lowercase).collect()
}

/// `roy` or `roy@published`, taken apart.
pub(crate) fn stem_and_edition(name: &str) -> Option<(Stem, Option<Edition>)> {
    Some(match name.split_once('@') {
        None => (name.parse().ok()?, None),
        Some((stem, edition)) => (stem.parse().ok()?, Some(edition.parse().ok()?)),
    })
}

fn is_corpus(fs: &dyn Fs, folder: &Path) -> bool {
    let node = |name: &str| fs.node(&folder.join(name)).ok().flatten();
    matches!(node("seeds"), Some(Node::Folder | Node::Link))
        || matches!(node("enregard.toml"), Some(Node::File | Node::Link))
}
