//! What the targets share: rubbish as a file of some format, read to its end, and what was read, there and back.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Cursor};

use enregard::bitext::{Lang, Segmentation, Unit};
use enregard::format::{Column, FormatError, InputFolder, Options, Read, Reader, Received, Seekable, named};
use enregard::segment::{Segmenter, segment_with};

#[path = "../../tests/suite/passage.rs"]
#[allow(dead_code)]
mod passage;

/// Reads `data` as the format of this name. It may be refused; it must not panic, hang or take all memory. What was read,
/// written again in the same format, must be read as it was.
pub fn read(name: &str, data: &[u8]) {
    let format = named(name).expect("the format is known");
    let options = Options::default();
    let mut texts: Vec<(String, String, Option<String>)> = Vec::new();
    let whole = |mut reader: Box<dyn Reader + '_>| {
        let mut received = Received::default();
        // A reader that could go on for ever after an error would be one more fault.
        for _ in 0..=data.len() {
            match reader.read(&mut received) {
                Ok(true) => {
                    let text = |column| received.get(column).unwrap_or_default().to_owned();
                    let note = received.get(Column::Note).map(str::to_owned);
                    texts.push((text(Column::Fr), text(Column::En), note));
                }
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
            let mut folder = Several::of(data);
            begin(&mut folder, &options).map(whole)
        }
        Read::No | Read::Unbuilt => Ok(()),
    };
    drop(begun);
    // Nothing but white space is no text to a table.
    let blank = |text: &str| (format.through)(text).trim().is_empty();
    texts.retain(|(fr, en, _)| !blank(fr) && !blank(en));
    // What is compared is not the speed: a few say as much as all.
    texts.truncate(50);
    let all = texts.iter().map(|(fr, en, note)| (fr.as_str(), en.as_str(), note.as_deref()));
    let units: Vec<Unit> = passage::drafts(all);
    if let Err(told) = passage::comes_back(format, &units) {
        panic!("{told}");
    }
}

/// Splits `data`. The sentences and the white space between them must be the whole text, and the decisions of each
/// paragraph its sentences' ends.
pub fn split(data: &[u8], segmenter: &Segmenter) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let whole = segment_with(text, segmenter);
    assert!(Segmentation::new(text, whole.sentences().to_vec()).is_ok());
    let mut back = String::new();
    let mut at = 0;
    for sentence in whole.sentences() {
        let gap = &text[at..sentence.span.start];
        assert!(gap.trim_start_matches('\u{FEFF}').trim().is_empty());
        back.push_str(gap);
        back.push_str(sentence.span.of(text));
        at = sentence.span.end;
    }
    back.push_str(&text[at..]);
    assert_eq!(back, text);
    assert_eq!(segment_with(text, segmenter), whole);
}

/// [`split`] in a language as it comes.
pub fn split_in(data: &[u8], lang: Lang) {
    split(data, &Segmenter::new(lang));
}

/// A folder out of some bytes: files with a zero byte between them, each with its name on its first line.
struct Several(BTreeMap<String, Vec<u8>>);

impl Several {
    fn of(data: &[u8]) -> Several {
        let file = |part: &[u8]| {
            let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
            let name = String::from_utf8_lossy(&part[..end]).into_owned();
            (name, part.get(end + 1..).unwrap_or_default().to_vec())
        };
        Several(data.split(|byte| *byte == 0).map(file).collect())
    }
}

impl InputFolder for Several {
    fn named(&self) -> Option<&str> {
        None
    }

    fn names(&mut self) -> io::Result<Vec<String>> {
        Ok(self.0.keys().cloned().collect())
    }

    fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Seekable>>> {
        let file = self.0.get(name).cloned();
        Ok(file.map(|bytes| Box::new(BufReader::new(Cursor::new(bytes))) as Box<dyn Seekable>))
    }
}
