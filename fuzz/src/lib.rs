//! What the targets share: rubbish as a file of some format, read to its end.

use std::io::{self, BufReader, Cursor};

use enregard::format::{FormatError, InputFolder, Options, Read, Reader, Received, Seekable, named};

/// Reads `data` as the format of this name. It may be refused; it must not panic, hang or take all memory.
pub fn read(format: &str, data: &[u8]) {
    let format = named(format).expect("the format is known");
    let options = Options::default();
    let whole = |mut reader: Box<dyn Reader + '_>| {
        let mut received = Received::default();
        // A reader that could go on for ever after an error would be one more fault.
        for _ in 0..=data.len() {
            match reader.read(&mut received) {
                Ok(true) => {}
                Err(error) if error.can_go_on() => {}
                Ok(false) | Err(_) => return,
            }
        }
        panic!("more units than bytes");
    };
    let begun: Result<(), FormatError> = match format.read {
        Read::Stream(begin) => begin(Box::new(data), &options).map(whole),
        Read::File(begin) => begin(Box::new(Cursor::new(data.to_vec())), &options).map(whole),
        Read::Folder(begin) => {
            let mut folder = Single(data.to_vec());
            begin(&mut folder, &options).map(whole)
        }
        Read::No | Read::Unbuilt => Ok(()),
    };
    drop(begun);
}

/// A folder in which every name leads to the same bytes.
struct Single(Vec<u8>);

impl InputFolder for Single {
    fn named(&self) -> Option<&str> {
        None
    }

    fn names(&mut self) -> io::Result<Vec<String>> {
        let names = ["a.fr", "a.en", "a.ids", "a.xml", "a.fr-en.xml", "omegat/project_save.tmx", "omegat.project"];
        Ok(names.map(str::to_owned).to_vec())
    }

    fn open(&mut self, _: &str) -> io::Result<Option<Box<dyn Seekable>>> {
        Ok(Some(Box::new(BufReader::new(Cursor::new(self.0.clone())))))
    }
}
