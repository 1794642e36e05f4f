//! A file of results: written beside the one that is there, flushed to the disk, and put in its place; and a
//! folder of such files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

use tempfile::{Builder, NamedTempFile, TempPath};

use crate::format::{Folder, Out};
use crate::store::Corpus;

use super::DeskError;

/// A file that is being written. Dropped before [`Output::finish`], it leaves what was there.
pub struct Output {
    path: PathBuf,
    to: To,
}

enum To {
    Beside(BufWriter<NamedTempFile>),
    /// A pipe or device cannot be replaced, and must not be.
    Straight(BufWriter<File>),
}

const BUFFER_BYTES: usize = 1 << 18;

/// A file in this folder that goes where it is not put in its place.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".enregard-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Writes one of many results into a folder: whole or not at all, but not flushed to the disk, which for thousands would
/// take longer than to make them again.
///
/// # Errors
///
/// As the disk has them.
pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = temporary(folder)?;
    file.write_all(bytes)?;
    file.persist(folder.join(name)).map(|_| ()).map_err(|error| error.error)
}

impl Output {
    /// Begins the file at `path`; `corpus` keeps its own folders for itself, and so does any other that the path leads into.
    ///
    /// # Errors
    ///
    /// [`DeskError::Output`] where the folder is not there or cannot be written to, [`DeskError::OwnFolder`].
    pub fn create(path: &Path, corpus: Option<&Corpus>) -> Result<Output, DeskError> {
        // A link counts as what it points to.
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = fs::canonicalize(folder_of(&real))
            .map_err(|source| DeskError::Output { path: real.clone(), source })?;
        let own = corpus.map(|corpus| [corpus.seeds(), corpus.alignments()]).into_iter().flatten();
        let inside = |own: PathBuf| fs::canonicalize(own).is_ok_and(|own| folder.starts_with(own));
        if own.into_iter().any(inside) || folder.ancestors().any(is_own_of_some_corpus) {
            return Err(DeskError::OwnFolder { path: real });
        }
        Output::begin(path)
    }

    /// The same without asking whose folder it is.
    fn begin(path: &Path) -> Result<Output, DeskError> {
        // A link stays a link: what it points to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let told = |source| DeskError::Output { path: path.clone(), source };
        let folder = folder_of(&path);
        let to = match fs::metadata(&path) {
            Ok(there) if !there.is_file() && !there.is_dir() => {
                let file = File::options().write(true).open(&path).map_err(told)?;
                To::Straight(BufWriter::with_capacity(BUFFER_BYTES, file))
            }
            there => {
                if there.as_ref().is_ok_and(fs::Metadata::is_dir) {
                    return Err(told(io::ErrorKind::IsADirectory.into()));
                }
                let file = temporary(folder).map_err(told)?;
                if let Ok(there) = there {
                    // Where a file system has no permissions, the content is what matters.
                    let _ = file.as_file().set_permissions(there.permissions());
                }
                To::Beside(BufWriter::with_capacity(BUFFER_BYTES, file))
            }
        };
        Ok(Output { path, to })
    }

    /// Flushes the file to the disk, and puts it in its place.
    ///
    /// # Errors
    ///
    /// [`DeskError::Output`]: then what was there is as it was.
    pub fn finish(self) -> Result<(), DeskError> {
        let path = self.path;
        let told = |source| DeskError::Output { path: path.clone(), source };
        match self.to {
            To::Straight(mut file) => file.flush().map_err(told),
            To::Beside(file) => {
                let file = file.into_inner().map_err(|error| told(error.into_error()))?;
                file.as_file().sync_all().map_err(told)?;
                file.persist(&path).map_err(|error| told(error.error))?;
                flush_folder(folder_of(&path)).map_err(told)
            }
        }
    }

    /// Leaves what was there; what was written beside it goes, or that it does not go is told.
    fn give_up(self) -> Result<(), DeskError> {
        let To::Beside(file) = self.to else { return Ok(()) };
        let gone = file.into_inner().map_err(io::IntoInnerError::into_error).and_then(NamedTempFile::close);
        gone.map_err(|source| DeskError::Output { path: self.path, source })
    }

    /// Flushes the file to the disk and closes it, without putting it in its place: many files wait so for the last of them.
    fn close(self) -> io::Result<Waiting> {
        let temporary = match self.to {
            To::Straight(mut file) => {
                file.flush()?;
                None
            }
            To::Beside(file) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.as_file().sync_all()?;
                Some(file.into_temp_path())
            }
        };
        Ok(Waiting { path: self.path, temporary })
    }
}

/// A file that is written, flushed and closed, and not yet in its place.
struct Waiting {
    path: PathBuf,
    /// None where it was written straight into a pipe or device.
    temporary: Option<TempPath>,
}

/// Whether this folder is the `seeds/` or `alignments/` of a corpus.
fn is_own_of_some_corpus(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default();
    let named = name == "seeds" || name == "alignments";
    named
        && folder.parent().is_some_and(|root| {
            root.join("enregard.toml").exists()
                || (root.join("seeds").is_dir() && root.join("alignments").is_dir())
        })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Elsewhere than on Unix a folder cannot be opened; a rename is on the disk when it returns.
fn flush_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Makes a folder and those above it; each that is new is flushed where its name stands.
fn make_folder(path: &Path) -> io::Result<()> {
    let missing: Vec<&Path> =
        path.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    fs::create_dir_all(path)?;
    missing.into_iter().rev().try_for_each(|folder| flush_folder(folder_of(folder)))
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Beside(file) => file.write(bytes),
            To::Straight(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Beside(file) => file.flush(),
            To::Straight(file) => file.flush(),
        }
    }
}

impl Seek for Output {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match &mut self.to {
            To::Beside(file) => file.seek(to),
            To::Straight(file) => file.seek(to),
        }
    }
}

/// A folder of results: its files get their places together, when all of them are written.
///
/// Files that were there and are not written again stay.
pub struct OutputFolder {
    path: PathBuf,
    files: Vec<Arc<Mutex<Stage>>>,
}

/// How far a file of a folder has come.
enum Stage {
    Open(Output),
    /// Its writer is done with it: however many there are, few are open at once.
    Closed(Result<Waiting, DeskError>),
}

impl OutputFolder {
    /// Begins to write into the folder at `path`, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// As [`Output::create`].
    pub fn create(path: &Path, corpus: Option<&Corpus>) -> Result<OutputFolder, DeskError> {
        make_folder(path).map_err(|source| DeskError::Output { path: path.to_owned(), source })?;
        // Refuses the corpus's own folders, and those that cannot be written to.
        Output::create(&path.join(".enregard"), corpus)?.give_up()?;
        Ok(OutputFolder { path: path.to_owned(), files: Vec::new() })
    }

    /// Puts every file in its place, and flushes the folders.
    ///
    /// # Errors
    ///
    /// [`DeskError::Output`]: then some files may have their places already.
    pub fn finish(self) -> Result<(), DeskError> {
        let mut folders = BTreeSet::new();
        for file in self.files {
            let stage = Arc::into_inner(file).and_then(|file| file.into_inner().ok());
            let Some(Stage::Closed(closed)) = stage else {
                let source = io::Error::other("a writer kept it open: a fault of the program");
                return Err(DeskError::Output { path: self.path, source });
            };
            let waiting = closed?;
            let Some(temporary) = waiting.temporary else { continue };
            let path = waiting.path;
            if let Err(error) = temporary.persist(&path) {
                return Err(DeskError::Output { path, source: error.error });
            }
            folders.insert(folder_of(&path).to_owned());
        }
        for folder in folders {
            flush_folder(&folder).map_err(|source| DeskError::Output { path: folder, source })?;
        }
        Ok(())
    }

    /// The path of a file in the folder; refused where it leads out of it.
    fn inside(&self, name: &str) -> io::Result<PathBuf> {
        let plain = |part| matches!(part, Component::Normal(_));
        if name.is_empty() || name.contains(['\\', ':']) || !Path::new(name).components().all(plain) {
            let told = format!("`{name}` leads out of the folder");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, told));
        }
        Ok(self.path.join(name))
    }
}

impl Folder for OutputFolder {
    fn create(&mut self, name: &str) -> io::Result<Box<dyn Out>> {
        let path = self.inside(name)?;
        if let Some(parent) = path.parent() {
            make_folder(parent)?;
        }
        let file = Output::begin(&path).map_err(io::Error::other)?;
        let file = Arc::new(Mutex::new(Stage::Open(file)));
        self.files.push(Arc::clone(&file));
        Ok(Box::new(Shared(file)))
    }

    fn there(&mut self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.inside(name)?) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            read => read.map(Some),
        }
    }
}

/// A file of a folder, while a writer has it.
struct Shared(Arc<Mutex<Stage>>);

impl Shared {
    fn with<T>(&self, work: impl FnOnce(&mut Output) -> io::Result<T>) -> io::Result<T> {
        let mut stage =
            self.0.lock().map_err(|_| io::Error::other("another thread failed while it wrote"))?;
        match &mut *stage {
            Stage::Open(output) => work(output),
            Stage::Closed(_) => Err(io::Error::other("it is closed")),
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let Ok(mut stage) = self.0.lock() else { return };
        let closing = || io::Error::other("it is being closed");
        let nothing = Stage::Closed(Err(DeskError::Write { source: closing() }));
        *stage = match std::mem::replace(&mut *stage, nothing) {
            Stage::Open(output) => {
                let path = output.path.clone();
                Stage::Closed(output.close().map_err(|source| DeskError::Output { path, source }))
            }
            closed => closed,
        };
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.with(|file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with(Write::flush)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.with(|file| file.seek(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_that_is_there_stays_until_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.tsv");
        fs::write(&path, "old").unwrap();
        let mut output = Output::create(&path, None).unwrap();
        output.write_all(b"new").unwrap();
        output.flush().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        drop(output);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
        let mut output = Output::create(&path, None).unwrap();
        output.write_all(b"new").unwrap();
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_the_old_file_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("out.tsv"), folder.path().join("link"));
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        let mut output = Output::create(&link, None).unwrap();
        output.write_all(b"new").unwrap();
        output.finish().unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn the_articles_of_a_corpus_are_not_written_over_from_outside() {
        let folder = tempfile::tempdir().unwrap();
        let seed = folder.path().join("seeds/roy.txt");
        fs::create_dir(folder.path().join("seeds")).unwrap();
        fs::write(&seed, "Le roi dort.").unwrap();
        // A folder that is only called so is nobody's.
        assert!(Output::create(&seed, None).is_ok());
        fs::create_dir(folder.path().join("alignments")).unwrap();
        for path in [&seed, &folder.path().join("alignments/roy.jsonl")] {
            assert!(
                matches!(Output::create(path, None), Err(DeskError::OwnFolder { .. })),
                "{}",
                path.display()
            );
        }
    }

    #[test]
    fn however_many_files_a_folder_gets_few_are_open_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b");
        let mut output = OutputFolder::create(&path, None).unwrap();
        for number in 0..300 {
            let mut file = Folder::create(&mut output, &format!("{}/{number}", number % 3)).unwrap();
            write!(file, "{number}").unwrap();
            drop(file);
            if cfg!(target_os = "linux") {
                let open = fs::read_dir("/proc/self/fd").unwrap().flatten();
                let own = open.filter(|fd| fs::read_link(fd.path()).is_ok_and(|to| to.starts_with(&path)));
                assert_eq!(own.count(), 0, "file {number} is still open");
            }
        }
        assert!(!path.join("1/1").exists(), "in its place before the end");
        output.finish().unwrap();
        assert_eq!(fs::read_to_string(path.join("2/299")).unwrap(), "299");
        assert_eq!(fs::read_dir(path.join("0")).unwrap().count(), 100, "nothing is left beside them");
    }
}
