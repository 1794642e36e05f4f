//! Zip containers, as DOCX, XLSX and EPUB are: written with the same bytes for the same parts, read within limits.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::{FormatError, Out, Seekable};

/// A container that is being written.
pub(super) struct Pack<W: Write + Seek> {
    zip: ZipWriter<Steady<W>>,
    fault: Fault,
}

/// The first thing that went wrong in writing.
type Fault = Arc<Mutex<Option<io::Error>>>;

/// What the container is written into. After a fault it takes everything and keeps nothing.
///
/// A `ZipWriter` that is dropped after a fault writes on, and panics where its places do not fit.
struct Steady<W> {
    out: W,
    at: u64,
    end: u64,
    fault: Fault,
}

impl<W> Steady<W> {
    /// What `work` gives; none once something went wrong.
    fn unless_failed<T>(&mut self, work: impl FnOnce(&mut W) -> io::Result<T>) -> Option<T> {
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        if fault.is_some() {
            return None;
        }
        work(&mut self.out).map_err(|error| *fault = Some(error)).ok()
    }
}

impl<W: Write> Write for Steady<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written =
            self.unless_failed(|out| out.write_all(bytes).map(|()| bytes.len())).unwrap_or(bytes.len());
        self.at += written as u64;
        self.end = self.end.max(self.at);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_failed(W::flush);
        Ok(())
    }
}

impl<W: Seek> Seek for Steady<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let as_if = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) => self.at.saturating_add_signed(by),
            SeekFrom::End(by) => self.end.saturating_add_signed(by),
        };
        self.at = self.unless_failed(|out| out.seek(to)).unwrap_or(as_if);
        Ok(self.at)
    }
}

impl<'a> Pack<&'a mut dyn Out> {
    /// Begins one in `out`.
    pub fn new(out: &'a mut dyn Out) -> Self {
        Pack::over(out)
    }
}

#[cfg(feature = "xlsx")]
impl Pack<io::Cursor<Vec<u8>>> {
    /// Begins one in memory.
    pub fn in_memory() -> Self {
        Pack::over(io::Cursor::new(Vec::new()))
    }
}

impl<W: Write + Seek> Pack<W> {
    fn over(out: W) -> Self {
        let fault = Fault::default();
        Pack { zip: ZipWriter::new(Steady { out, at: 0, end: 0, fault: Arc::clone(&fault) }), fault }
    }

    /// What went wrong first, if anything. It stays, so that nothing is written afterwards.
    fn sound(fault: &Fault) -> io::Result<()> {
        let fault = fault.lock().unwrap_or_else(PoisonError::into_inner);
        fault.as_ref().map_or(Ok(()), |fault| Err(again(fault)))
    }

    /// Adds a part.
    pub fn part(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(name, bytes, CompressionMethod::Deflated)
    }

    /// Adds a part that is not compressed.
    pub fn stored(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.add(name, bytes, CompressionMethod::Stored)
    }

    fn add(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) -> io::Result<()> {
        // The day that zip's calendar begins: no clock is asked.
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(u32::try_from(bytes.len()).is_err());
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)?;
        Self::sound(&self.fault)
    }

    /// Writes the list of parts; what it was written into.
    #[cfg(feature = "xlsx")]
    pub fn into_inner(self) -> io::Result<W> {
        let steady = self.zip.finish()?;
        Self::sound(&self.fault).map(|()| steady.out)
    }

    /// Writes the list of parts.
    pub fn finish(self) -> io::Result<()> {
        self.zip.finish()?.flush()?;
        Self::sound(&self.fault)
    }
}

/// An error once more.
fn again(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

/// More parts than this no document has.
const MOST_PARTS: u64 = 10_000;
/// All parts together, unpacked: what is read of a container at most.
const MOST_BYTES: u64 = 512 << 20;

/// A container that is being read.
pub(super) struct Unpack<'a> {
    archive: ZipArchive<Box<dyn Seekable + 'a>>,
    places: HashMap<String, usize>,
    /// How many bytes may still be unpacked.
    left: u64,
    most: u64,
}

impl<'a> Unpack<'a> {
    /// Opens one; `what` it should be is for the message.
    ///
    /// # Errors
    ///
    /// It is no zip file, or is cut short; a part's name leaves the container; there are more than 10,000 parts.
    pub fn open(input: Box<dyn Seekable + 'a>, what: &str) -> Result<Self, FormatError> {
        Self::within(input, what, MOST_BYTES)
    }

    fn within(mut input: Box<dyn Seekable + 'a>, what: &str, most: u64) -> Result<Self, FormatError> {
        let told = |source| FormatError::Input { place: None, source };
        let unexpected = |found: String| FormatError::Unexpected {
            place: None,
            found,
            expected: format!("{what}, which is a zip file"),
        };
        let mut first = Vec::new();
        (&mut input).take(4).read_to_end(&mut first).map_err(told)?;
        input.rewind().map_err(told)?;
        match &first[..] {
            [] => return Err(unexpected("nothing".to_owned())),
            [b'P', b'K', ..] => {}
            [0xD0, 0xCF, 0x11, 0xE0] => {
                return Err(unexpected("an old document (.doc, .xls) or one with a password".to_owned()));
            }
            _ => return Err(unexpected("something else".to_owned())),
        }
        let archive = ZipArchive::new(input)
            .map_err(|error| unexpected(format!("one that is damaged or cut short ({error})")))?;
        if archive.len() as u64 > MOST_PARTS {
            return Err(FormatError::Limit {
                place: None,
                found: format!("{} parts", archive.len()),
                limit: "parts",
                most: MOST_PARTS,
            });
        }
        let mut places = HashMap::with_capacity(archive.len());
        for (place, name) in archive.file_names().enumerate() {
            let name =
                name.map_err(|error| unexpected(format!("a part's name that cannot be read ({error})")))?;
            let leaves = name.split(['/', '\\']).any(|part| part == "..") || name.starts_with(['/', '\\']);
            if leaves || name.contains([':', '\0']) {
                return Err(FormatError::Unexpected {
                    place: None,
                    found: format!("a part with the name `{}`", name.escape_debug()),
                    expected: "names that stay inside the file".to_owned(),
                });
            }
            places.insert(name.into_owned(), place);
        }
        Ok(Unpack { archive, places, left: most, most })
    }

    /// The parts' names, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.places.keys().cloned().collect();
        names.sort();
        names
    }

    /// A part, unpacked; none where there is none of this name.
    ///
    /// # Errors
    ///
    /// It is damaged; or with it, more than 512 MiB were unpacked.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, FormatError> {
        let Some(&place) = self.places.get(name) else { return Ok(None) };
        let damaged = |told: String| FormatError::Unexpected {
            place: None,
            found: format!("a part `{name}` that is damaged ({told})"),
            expected: "a whole file".to_owned(),
        };
        let part = self.archive.by_index(place).map_err(|error| damaged(error.to_string()))?;
        let mut bytes = Vec::new();
        // What the container says of a part's size is not believed: bytes are counted as they come.
        part.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        let Some(left) = self.left.checked_sub(bytes.len() as u64) else {
            return Err(FormatError::Limit {
                place: None,
                found: format!("`{name}` and the parts before it to unpack to more bytes"),
                limit: "unpacked bytes",
                most: self.most,
            });
        };
        self.left = left;
        Ok(Some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        let mut pack = Pack::new(&mut out);
        for (name, bytes) in parts {
            pack.part(name, bytes).unwrap();
        }
        pack.finish().unwrap();
        out.into_inner()
    }

    fn open(bytes: &[u8], most: u64) -> Result<Unpack<'_>, String> {
        Unpack::within(Box::new(Cursor::new(bytes)), "a workbook", most).map_err(|error| error.to_string())
    }

    /// A disk with room for so many bytes.
    #[derive(Debug)]
    struct Full(Cursor<Vec<u8>>, usize);

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let room = self.1 - self.0.position() as usize;
            if room == 0 {
                Err(io::ErrorKind::StorageFull.into())
            } else {
                self.0.write(&bytes[..room.min(bytes.len())])
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Full {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }

    #[test]
    fn a_full_disk_is_told_wherever_it_is_full() {
        let parts: [(&str, &[u8]); 2] = [("a.xml", b"<a/>"), ("b/c.xml", b"<b>text</b>")];
        let whole = packed(&parts).len();
        for room in 0..=whole {
            let mut out = Full(Cursor::new(Vec::new()), room.max(1));
            let mut pack = Pack::new(&mut out);
            let done = parts.iter().try_for_each(|(name, bytes)| pack.part(name, bytes));
            let done = done.and_then(|()| pack.finish());
            let kind = done.map_err(|error| error.kind());
            assert_eq!(kind, if room == whole { Ok(()) } else { Err(io::ErrorKind::StorageFull) }, "{room}");
        }
    }

    #[test]
    fn parts_come_back_and_the_same_parts_are_the_same_bytes() {
        let bytes = packed(&[("a.xml", b"<a/>"), ("b/c.xml", b"")]);
        assert_eq!(bytes, packed(&[("a.xml", b"<a/>"), ("b/c.xml", b"")]));
        let mut unpack = open(&bytes, 100).unwrap();
        assert_eq!(unpack.names(), ["a.xml", "b/c.xml"]);
        assert_eq!(unpack.part("a.xml").unwrap().unwrap(), b"<a/>");
        assert_eq!(unpack.part("b/c.xml").unwrap().unwrap(), b"");
        assert!(unpack.part("c.xml").unwrap().is_none());
    }

    #[test]
    fn bombs_and_names_that_leave_are_refused_by_name() {
        let bomb = packed(&[("a.xml", &vec![b' '; 1 << 20])]);
        assert!(bomb.len() < 4096);
        let told = open(&bomb, 1000).unwrap().part("a.xml").unwrap_err().to_string();
        assert_eq!(
            told,
            "found `a.xml` and the parts before it to unpack to more bytes, more than the limit `unpacked bytes` of 1000"
        );
        for name in ["../a.xml", "a/../../b", "/etc/passwd", "..\\a", "C:a"] {
            let told = open(&packed(&[(name, b"x")]), 1000).map(|_| ()).unwrap_err();
            assert!(told.contains("expected names that stay inside the file"), "{told}");
        }
    }

    #[test]
    fn what_is_no_zip_or_cut_short_says_so() {
        let bytes = packed(&[("a.xml", &(0..60_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<u8>>())]);
        for (bytes, expected) in [
            (&b""[..], "found nothing, expected a workbook, which is a zip file"),
            (b"id\tfr\n", "found something else, expected a workbook"),
            (&bytes[..bytes.len() / 2], "found one that is damaged or cut short"),
            (&bytes[..bytes.len() - 4], "found one that is damaged or cut short"),
            (&[0xD0, 0xCF, 0x11, 0xE0, 0], "found an old document"),
        ] {
            let told = open(bytes, 1 << 20).map(|_| ()).unwrap_err();
            assert!(told.starts_with(expected), "{told}");
        }
        let mut damaged = bytes.clone();
        for byte in &mut damaged[1000..1100] {
            *byte ^= 0x55;
        }
        let told = open(&damaged, 1 << 20).unwrap().part("a.xml").unwrap_err().to_string();
        assert!(told.contains("that is damaged"), "{told}");
    }
}
