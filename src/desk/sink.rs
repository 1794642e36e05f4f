//! Where units are written to: a stream, a file, a folder, with the writer of a format over it.

use std::io::{self, Read, Seek, Write};
use std::path::Path;

use crate::format::{self, Format, Options, Out, TextWriter, Writer};
use crate::store::Corpus;

use super::output::OutputFolder;
use super::{DeskError, Output};

/// Where units are written to.
pub enum To<'a> {
    /// Into a stream: formats of one file only.
    Stream(&'a mut dyn Write),
    /// To this file, or into this folder.
    Path(&'a Path),
}

/// A writer, with what it writes to.
pub(super) enum Sink<'a> {
    /// It renders text, which goes here.
    Text(&'a dyn TextWriter, &'a mut dyn Write),
    /// It takes whole articles in order; whoever has it must `finish` it.
    Whole(Box<dyn Writer + 'a>),
}

/// Opens `to` for this format, lets `work` write, and puts what was written in its place.
///
/// # Errors
///
/// What `work` gives; [`DeskError::Write`] for a stream, [`DeskError::Output`] for a path; [`DeskError::Format`] where
/// the format cannot be written, or is one of several files and there is no path.
pub(super) fn write_with<T>(
    format: &Format,
    options: &Options,
    to: To<'_>,
    corpus: Option<&Corpus>,
    work: impl FnOnce(Sink<'_>) -> Result<T, DeskError>,
) -> Result<T, DeskError> {
    let written = |source| DeskError::Write { source };
    match (format.write, to) {
        (format::Write::Text(writer), To::Stream(out)) => {
            let writer = writer(options).map_err(written)?;
            work(Sink::Text(&*writer, out))
        }
        (format::Write::Text(writer), To::Path(path)) => {
            let writer = writer(options).map_err(written)?;
            let mut out = Output::create(path, corpus)?;
            let done = at(path, work(Sink::Text(&*writer, &mut out)))?;
            out.finish()?;
            Ok(done)
        }
        (format::Write::File(writer), To::Stream(out)) => {
            // A container goes back and forth, which a stream cannot.
            let mut spool = tempfile::tempfile().map_err(written)?;
            let done = work(Sink::Whole(writer(options, &mut spool).map_err(written)?))?;
            spool.rewind().map_err(written)?;
            io::copy(&mut (&mut spool as &mut dyn Read), out).map_err(written)?;
            Ok(done)
        }
        (format::Write::File(writer), To::Path(path)) => {
            let mut out = Output::create(path, corpus)?;
            let file: &mut dyn Out = &mut out;
            let begun = writer(options, file).map_err(written);
            let done = at(path, begun.and_then(|writer| work(Sink::Whole(writer))))?;
            out.finish()?;
            Ok(done)
        }
        (format::Write::Folder(writer), To::Path(path)) => {
            let mut folder = OutputFolder::create(path, corpus)?;
            let begun = writer(options, &mut folder).map_err(written);
            let done = at(path, begun.and_then(|writer| work(Sink::Whole(writer))))?;
            folder.finish()?;
            Ok(done)
        }
        (format::Write::Folder(_), To::Stream(_)) => Err(DeskError::Format(format!(
            "{} is several files, expected a folder to put them into",
            format.title
        ))),
        (format::Write::Unbuilt, _) => Err(DeskError::Format(format!(
            "{} is not in this program: it was built without the feature `{}`",
            format.title,
            format.feature.unwrap_or_default()
        ))),
        (format::Write::No, _) => {
            Err(DeskError::Format(format!("{} can be read, but not written", format.title)))
        }
    }
}

/// The same, with the path where writing failed.
fn at<T>(path: &Path, result: Result<T, DeskError>) -> Result<T, DeskError> {
    result.map_err(|error| match error {
        DeskError::Write { source } => DeskError::Output { path: path.to_owned(), source },
        error => error,
    })
}
