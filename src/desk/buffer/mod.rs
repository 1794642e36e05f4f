//! Units as one text for an editor, and back by id.
//!
//! Pure: which editor, which file and how the answers are entered is elsewhere. What the buffer
//! looks like is told by [`explain`], which stands at its top. The rule in all doubt: better to set a
//! block aside, whole and said so, than to give a sentence another one's English.

mod parse;
mod read;

use crate::bitext::{Status, Unit, UnitId};

pub use read::{Change, Reading, Unread, read};

/// One unit as it stands in a buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The unit's id.
    pub id: UnitId,
    /// Which of the article's units of content it is, from 1, and how many there are.
    pub place: (usize, usize),
    /// Its status in one word; `stale` before it where it is.
    pub status: String,
    /// Its French.
    pub fr: String,
    /// The French that its English translates, where that has changed.
    pub was: String,
    /// Its English.
    pub en: String,
    /// A person's remark.
    pub note: Option<String>,
}

impl Block {
    /// The block of a unit.
    pub fn of(unit: &Unit, place: (usize, usize)) -> Self {
        let status = match unit.status {
            Status::Untranslated if unit.is_stale() => "stale".to_owned(),
            status if unit.is_stale() => format!("stale {status}"),
            status => status.to_string(),
        };
        Block {
            id: unit.id,
            place,
            status,
            fr: unit.french(),
            was: unit.more.was.join(" "),
            en: unit.english(),
            note: unit.more.note.clone(),
        }
    }
}

/// What stands at the top of a buffer about `heading`.
pub fn explain(heading: &str) -> String {
    let heading = heading.replace(['\n', '\r'], " ");
    format!(
        "# {heading}
# Type the English of each sentence below its French; save and close.
#
#   ## ID ...   begins a sentence. Only the id counts: blocks may be moved,
#               and one that is deleted changes nothing.
#   > ...       its French (>- before it changed, >* a note): only shown.
#   English over several lines, without a blank one, is joined by spaces.
#   Emptied English changes nothing. More can be said on a line of its own:
#     :reviewed   the English is reviewed       :skip   leave it in French
#     :keep       right for the changed French too
#     :clear      take the English away         :note TEXT
#   A line that begins with \\ is taken as it is, as a new line of the text.
"
    )
}

/// Writes the buffer of `blocks`, with [`explain`] at its top.
///
/// # Examples
///
/// ```
/// use enregard::bitext::{Kind, Unit, UnitId};
/// use enregard::desk::buffer::{Block, read, write};
///
/// let id = UnitId::of(&"roy".parse().unwrap(), &["Il pleut."], 0);
/// let unit = Unit::new(id, Kind::Body, vec!["Il pleut.".into()]);
/// let written = write("roy", &[Block::of(&unit, (1, 1))]);
/// let edited = written.clone() + "It is raining.\n";
/// assert_eq!(read(&written, &edited).changes[0].id, id);
/// ```
pub fn write(heading: &str, blocks: &[Block]) -> String {
    let mut text = explain(heading);
    for block in blocks {
        let (place, of) = block.place;
        text.push_str(&format!("\n## {}  {place}/{of}  {}\n", block.id, block.status));
        for (mark, french) in [(">-", &block.was), (">", &block.fr)] {
            for line in french.lines().filter(|line| !line.trim().is_empty()) {
                text.push_str(&format!("{mark} {line}\n"));
            }
        }
        if let Some(note) = &block.note {
            text.push_str(&format!(">* {}\n", note.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        for (index, line) in block.en.split('\n').enumerate() {
            if !block.en.is_empty() {
                text.push_str(&guarded(line, index > 0));
                text.push('\n');
            }
        }
    }
    text
}

/// A line of English so that it is read back as it is.
fn guarded(line: &str, new_line: bool) -> String {
    let plain = line.starts_with(|c: char| !c.is_whitespace() && !"#>:\\".contains(c));
    let open_end = line.ends_with(|c: char| c.is_whitespace() || c == '\\');
    format!("{}{line}{}", if plain && !new_line { "" } else { "\\" }, if open_end { "\\" } else { "" })
}
