//! What the targets share: rubbish as a file of some format, read to its end, and what was read, there and back.

use enregard::bitext::{Lang, Segmentation};
use enregard::format::{Read, named};
use enregard::segment::{Segmenter, segment_with};

use passage::Memory;

#[path = "../../tests/suite/passage.rs"]
#[allow(dead_code)]
mod passage;

/// Reads `data` as the format of this name. It may be refused; it must not panic, hang or take all memory. What was read,
/// written again in the same format, must be read as it was.
///
/// Of a format of several files, `data` is these with a zero byte between them, each with its name on its first line.
pub fn read(name: &str, data: &[u8]) {
    let format = named(name).expect("the format is known");
    let mut files = match format.read {
        Read::Folder(_) => Memory::with(data.split(|byte| *byte == 0).map(|part| {
            let end = part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len());
            let name = String::from_utf8_lossy(&part[..end]).into_owned();
            (name, part.get(end + 1..).unwrap_or_default().to_vec())
        })),
        _ => Memory::with([(String::new(), data.to_vec())]),
    };
    let received = passage::read_what_can(format, &mut files);
    if let Err(told) = passage::comes_back(format, &passage::units_of(format, &received)) {
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
