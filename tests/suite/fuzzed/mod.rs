//! What is fuzzed: for each target, what must hold of any bytes. `fuzz/` runs these on bytes that it makes up, and the
//! suite on those that were kept, each as it is and changed a little.

mod buffer;
mod files;
mod texts;

use enregard::bitext::Lang;
use enregard::format::{Read, named};
use enregard::segment::Segmenter;

use crate::passage::{self, Memory};

/// A target: its name, and what must hold of any bytes.
type Target = (&'static str, fn(&[u8]));

/// Every target. Those of formats are called `format_` and the format's name.
pub const TARGETS: &[Target] = &[
    ("align", texts::align),
    ("alignment_file", files::alignment_file),
    ("buffer", buffer::buffer),
    ("carry", texts::carry),
    ("config", files::config),
    ("decode", files::decode),
    ("format_csv", |data| read("csv", data)),
    ("format_docx", |data| read("docx", data)),
    ("format_jsonl", |data| read("jsonl", data)),
    ("format_omegat", |data| read("omegat", data)),
    ("format_parquet", |data| read("parquet", data)),
    ("format_plain", |data| read("plain", data)),
    ("format_po", |data| read("po", data)),
    ("format_tmx", |data| read("tmx", data)),
    ("format_tsv", |data| read("tsv", data)),
    ("format_xces", |data| read("xces", data)),
    ("format_xliff", |data| read("xliff", data)),
    ("format_xlsx", |data| read("xlsx", data)),
    ("glossary", files::glossary),
    ("lexicon", files::lexicon),
    ("numbers", texts::numbers),
    ("segment_en", |data| texts::split(data, &Segmenter::new(Lang::En))),
    ("segment_fr", |data| texts::split(data, &Segmenter::new(Lang::Fr))),
    ("segment_unwrap", |data| texts::split(data, &Segmenter::new(Lang::Fr).unwrap(true))),
    ("srx", texts::srx),
];

/// What must hold of these bytes, by the target's name.
pub fn hold(target: &str, data: &[u8]) {
    let (_, hold) = TARGETS.iter().find(|(name, _)| *name == target).expect("the target is known");
    hold(data);
}

/// Reads `data` as the format of this name. It may be refused; it must not panic, hang or take all memory. What was read,
/// written again in the same format, must be read as it was. A format that is not built in reads nothing.
///
/// Of a format of several files, `data` is these with a zero byte between them, each with its name on its first line.
fn read(name: &str, data: &[u8]) {
    let format = named(name).expect("the format is known");
    let mut files = match format.read {
        Read::No | Read::Unbuilt => return,
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
