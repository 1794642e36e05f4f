//! A file or folder that is read as a format: which format it is, and its reader.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Component, Path, PathBuf};

use crate::format::{self, Format, FormatError, InputFolder, Options, Reader, Seekable, by_ending};

/// Why a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The file cannot be opened.
    #[error("cannot read it: {0}")]
    Unreadable(io::Error),
    /// The file is something else.
    #[error("found {found}, expected {expected}")]
    SomethingElse {
        /// What it seems to be.
        found: &'static str,
        /// What it should be.
        expected: String,
    },
    /// The format is not one that this program reads.
    #[error("{0}")]
    NotRead(String),
    /// It is not what it is taken for, or damaged.
    #[error(transparent)]
    Format(#[from] FormatError),
}

const BUFFER_BYTES: usize = 1 << 17;

/// The format of a file: that which was named, else that of its ending, else TSV, which knows a CSV when it sees it.
pub fn of_file(path: &Path, named: Option<&'static Format>) -> &'static Format {
    let ending = path.extension().map(|ending| ending.to_string_lossy());
    named
        .or_else(|| by_ending(&ending?))
        .unwrap_or_else(|| format::named("tsv").expect("TSV is always known"))
}

/// Opens a file (`-`: standard input) or folder with this format's reader, and hands it to `work`.
///
/// # Errors
///
/// [`InputError`] where it cannot be opened, or what `work` gives.
pub fn read_with<T, E: From<InputError>>(
    path: &Path,
    format: &Format,
    options: &Options,
    work: impl FnOnce(&mut dyn Reader) -> Result<T, E>,
) -> Result<T, E> {
    match format.read {
        format::Read::Stream(open) => {
            let mut input: Box<dyn BufRead> = match path == Path::new("-") {
                true => Box::new(BufReader::with_capacity(BUFFER_BYTES, io::stdin().lock())),
                false => Box::new(file(path)?),
            };
            let mut first = Vec::with_capacity(4);
            (&mut input).take(4).read_to_end(&mut first).map_err(InputError::Unreadable)?;
            something_else(&first, format)?;
            let input = Box::new(Cursor::new(first).chain(input));
            work(&mut *open(input, options).map_err(InputError::from)?)
        }
        format::Read::File(open) => {
            let input: Box<dyn Seekable> = match path == Path::new("-") {
                true => {
                    let mut bytes = Vec::new();
                    io::stdin().lock().read_to_end(&mut bytes).map_err(InputError::Unreadable)?;
                    Box::new(Cursor::new(bytes))
                }
                false => Box::new(file(path)?),
            };
            work(&mut *open(input, options).map_err(InputError::from)?)
        }
        format::Read::Folder(open) => {
            let mut folder = OpenFolder::at(path).map_err(InputError::Unreadable)?;
            work(&mut *open(&mut folder, options).map_err(InputError::from)?)
        }
        format::Read::Unbuilt => Err(E::from(InputError::NotRead(format!(
            "{} is not in this program: it was built without the feature `{}`",
            format.title,
            format.feature.unwrap_or_default()
        )))),
        format::Read::No => {
            Err(E::from(InputError::NotRead(format!("{} can be written, but not read", format.title))))
        }
    }
}

fn file(path: &Path) -> Result<BufReader<File>, InputError> {
    let file = File::open(path).map_err(InputError::Unreadable)?;
    // To open a folder is no fault for every system, but to read it is.
    if file.metadata().is_ok_and(|there| there.is_dir()) {
        return Err(InputError::Unreadable(io::ErrorKind::IsADirectory.into()));
    }
    Ok(BufReader::with_capacity(BUFFER_BYTES, file))
}

/// Refuses what a person may take for text, and is none.
fn something_else(first: &[u8], format: &Format) -> Result<(), InputError> {
    let expected = match format.name {
        "tsv" | "csv" => "TSV or CSV: in a spreadsheet, save as \"CSV UTF-8\" or \"Unicode text\"".to_owned(),
        _ => format.title.to_owned(),
    };
    match first {
        [b'P', b'K', 3, 4] => {
            Err(InputError::SomethingElse { found: "a workbook (.xlsx, .ods) or another zip file", expected })
        }
        [0xD0, 0xCF, 0x11, 0xE0] => {
            Err(InputError::SomethingElse { found: "an old workbook (.xls)", expected })
        }
        _ => Ok(()),
    }
}

/// A folder that is read, or that of a file that was named.
struct OpenFolder {
    path: PathBuf,
    named: Option<String>,
}

impl OpenFolder {
    fn at(path: &Path) -> io::Result<OpenFolder> {
        if fs::metadata(path)?.is_dir() {
            return Ok(OpenFolder { path: path.to_owned(), named: None });
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        Ok(OpenFolder { path: folder.unwrap_or(Path::new(".")).to_owned(), named: name })
    }
}

/// More files than this in a folder are not looked at: it is the wrong folder.
const MOST_FILES: usize = 1 << 20;

impl InputFolder for OpenFolder {
    fn named(&self) -> Option<&str> {
        self.named.as_deref()
    }

    fn names(&mut self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            for there in fs::read_dir(self.path.join(&folder))? {
                let there = there?;
                let inside = folder.join(there.file_name());
                // Links are not followed: they may lead out, or in a circle.
                let kind = there.file_type()?;
                if kind.is_dir() {
                    folders.push(inside);
                } else if kind.is_file() {
                    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
                    names.push(parts.join("/"));
                }
                if names.len() > MOST_FILES {
                    return Err(io::Error::other(format!("found more than {MOST_FILES} files in it")));
                }
            }
        }
        names.sort();
        Ok(names)
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Seekable>>> {
        let plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
        if !Path::new(name).components().all(plain) {
            let told = format!("`{name}` leads out of the folder");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, told));
        }
        match File::open(self.path.join(name)) {
            Ok(file) => Ok(Some(Box::new(BufReader::with_capacity(BUFFER_BYTES, file)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}
