//! The seam between the store and the disk: the few operations through which all writing goes.
//!
//! [`Disk`] is the real one. Tests put another beside it, which crashes or fails at any step.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What stands at a path; links are not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link.
    Link,
    /// A pipe, socket or device.
    Other,
}

/// A file that is open for writing.
#[derive(Debug)]
pub struct Handle {
    /// Where it is.
    pub path: PathBuf,
    /// The real file; none on a disk that is not [`Disk`].
    pub file: Option<File>,
}

impl Handle {
    fn file(&self) -> io::Result<&File> {
        self.file.as_ref().ok_or_else(|| io::ErrorKind::Unsupported.into())
    }
}

/// What the store asks of a disk.
pub trait Fs: Send + Sync {
    /// The whole file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The whole file, piece by piece.
    fn read_pieces(&self, path: &Path, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        take(&self.read(path)?);
        Ok(())
    }
    /// What stands at the path, if anything.
    fn node(&self, path: &Path) -> io::Result<Option<Node>>;
    /// Whether a person made the file read-only; a rename would not ask.
    fn read_only(&self, path: &Path) -> bool;
    /// The names in a folder, unsorted.
    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Node)>>;
    /// Makes a folder and those above it.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// Makes a file that must not exist yet, with the permissions of `like`, if that exists.
    fn create_new(&self, path: &Path, like: &Path) -> io::Result<Handle>;
    /// Opens a file for reading its end, locking and appending; made if absent.
    fn open_append(&self, path: &Path) -> io::Result<Handle>;
    /// Writes all bytes at the end.
    fn write_all(&self, handle: &mut Handle, bytes: &[u8]) -> io::Result<()>;
    /// Cuts the file to this length.
    fn truncate(&self, handle: &mut Handle, bytes: u64) -> io::Result<()>;
    /// The file's length, and its last bytes, at most so many.
    fn tail(&self, handle: &mut Handle, bytes: u64) -> io::Result<(u64, Vec<u8>)>;
    /// Waits until the file's bytes are on the disk.
    fn sync_file(&self, handle: &Handle) -> io::Result<()>;
    /// Waits until the folder's names are on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Puts one file in the place of another.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a file away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Locks the file for this process alone; false where another has it. Unlocked when dropped.
    fn try_lock(&self, handle: &Handle) -> io::Result<bool>;
}

/// The file system of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Fs for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_pieces(&self, path: &Path, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut file = BufReader::with_capacity(1 << 16, File::open(path)?);
        loop {
            match file.fill_buf() {
                Ok([]) => return Ok(()),
                Ok(piece) => {
                    take(piece);
                    let read = piece.len();
                    file.consume(read);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn node(&self, path: &Path) -> io::Result<Option<Node>> {
        match fs::symlink_metadata(path) {
            Ok(metadata) => Ok(Some(node(metadata.file_type()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read_only(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<(OsString, Node)>> {
        fs::read_dir(folder)?
            .map(|found| {
                let found = found?;
                Ok((found.file_name(), node(found.file_type()?)))
            })
            .collect()
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn create_new(&self, path: &Path, like: &Path) -> io::Result<Handle> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        if let Ok(metadata) = fs::metadata(like) {
            // A file system without permissions refuses; the content is what matters.
            let _ = file.set_permissions(metadata.permissions());
        }
        Ok(Handle { path: path.to_owned(), file: Some(file) })
    }

    fn open_append(&self, path: &Path) -> io::Result<Handle> {
        let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        Ok(Handle { path: path.to_owned(), file: Some(file) })
    }

    fn write_all(&self, handle: &mut Handle, bytes: &[u8]) -> io::Result<()> {
        handle.file()?.write_all(bytes)
    }

    fn truncate(&self, handle: &mut Handle, bytes: u64) -> io::Result<()> {
        handle.file()?.set_len(bytes)
    }

    fn tail(&self, handle: &mut Handle, bytes: u64) -> io::Result<(u64, Vec<u8>)> {
        let mut file = handle.file()?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(bytes)))?;
        let mut tail = Vec::new();
        file.take(bytes).read_to_end(&mut tail)?;
        Ok((length, tail))
    }

    fn sync_file(&self, handle: &Handle) -> io::Result<()> {
        handle.file()?.sync_all()
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        File::open(folder)?.sync_all()
    }

    /// Elsewhere a folder cannot be opened; a rename is on the disk when it returns.
    #[cfg(not(unix))]
    fn sync_folder(&self, _folder: &Path) -> io::Result<()> {
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn try_lock(&self, handle: &Handle) -> io::Result<bool> {
        match handle.file()?.try_lock() {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

fn node(kind: fs::FileType) -> Node {
    if kind.is_file() {
        Node::File
    } else if kind.is_dir() {
        Node::Folder
    } else if kind.is_symlink() {
        Node::Link
    } else {
        Node::Other
    }
}
