//! A file of results: written beside the one that is there, flushed to the disk, and put in its place; and a
//! folder of such files.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use tempfile::{Builder, NamedTempFile};

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
    /// Begins the file at `path`; `corpus` keeps its own folders for itself.
    ///
    /// # Errors
    ///
    /// [`DeskError::Output`] where the folder is not there or cannot be written to, [`DeskError::OwnFolder`].
    pub fn create(path: &Path, corpus: Option<&Corpus>) -> Result<Output, DeskError> {
        // A link stays a link: what it points to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let told = |source| DeskError::Output { path: path.clone(), source };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if let Some(corpus) = corpus {
            let own = [corpus.seeds(), corpus.alignments()];
            let real = fs::canonicalize(folder).map_err(told)?;
            let inside = |own: &PathBuf| fs::canonicalize(own).is_ok_and(|own| real.starts_with(own));
            if own.iter().any(inside) {
                return Err(DeskError::OwnFolder { path });
            }
        }
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
                #[cfg(unix)]
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    File::open(folder).and_then(|folder| folder.sync_all()).map_err(told)?;
                }
                Ok(())
            }
        }
    }
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
    files: Vec<Arc<Mutex<Output>>>,
}

impl OutputFolder {
    /// Begins to write into the folder at `path`, which is made if it is not there.
    ///
    /// # Errors
    ///
    /// As [`Output::create`].
    pub fn create(path: &Path, corpus: Option<&Corpus>) -> Result<OutputFolder, DeskError> {
        fs::create_dir_all(path).map_err(|source| DeskError::Output { path: path.to_owned(), source })?;
        // Refuses the corpus's own folders.
        Output::create(&path.join(".enregard"), corpus)?;
        Ok(OutputFolder { path: path.to_owned(), files: Vec::new() })
    }

    /// Puts every file in its place.
    ///
    /// # Errors
    ///
    /// [`DeskError::Output`]: then some files may have their places already.
    pub fn finish(self) -> Result<(), DeskError> {
        for file in self.files {
            let Some(file) = Arc::into_inner(file).and_then(|file| file.into_inner().ok()) else {
                let source = io::Error::other("a writer kept it open: a fault of the program");
                return Err(DeskError::Output { path: self.path, source });
            };
            file.finish()?;
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
            fs::create_dir_all(parent)?;
        }
        let file = Output::create(&path, None).map_err(io::Error::other)?;
        let file = Arc::new(Mutex::new(file));
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
struct Shared(Arc<Mutex<Output>>);

impl Shared {
    fn file(&self) -> io::Result<MutexGuard<'_, Output>> {
        self.0.lock().map_err(|_| io::Error::other("another thread failed while it wrote"))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file()?.flush()
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file()?.seek(to)
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
}
