//! What an edited buffer says, and what in it cannot be trusted.

use std::collections::HashMap;

use crate::bitext::UnitId;

use super::super::answer::{Answer, English};
use super::parse::{Body, Raw, parse};

/// What a person says about one unit, and what it had when the buffer was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The unit.
    pub id: UnitId,
    /// Its French in the buffer as written.
    pub fr: String,
    /// Its English then.
    pub en: String,
    /// What is to be done.
    pub answer: Answer,
    /// The line of the edited buffer where its block begins, from 1.
    pub line: usize,
}

/// Text of an edited buffer that no unit can be given with certainty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its first line in the edited buffer, from 1.
    pub line: usize,
    /// Why.
    pub why: String,
    /// The lines, as they stand there.
    pub text: String,
}

/// What an edited buffer says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What is to be changed, in the order of the edited buffer.
    pub changes: Vec<Change>,
    /// What could not be read, in order.
    pub unread: Vec<Unread>,
    /// What was read, but a person should know of: the line, from 1, and the remark.
    pub remarks: Vec<(usize, String)>,
    /// How many blocks were left as they were.
    pub untouched: usize,
    /// Units whose block is gone; they stay as they are.
    pub gone: Vec<UnitId>,
}

/// Reads what became of the buffer `written` in the editor: `edited`.
///
/// A block that is as it was, emptied or gone changes nothing. Text that cannot be given to
/// one sentence with certainty is in [`Reading::unread`], and changes nothing either.
pub fn read(written: &str, edited: &str) -> Reading {
    let written = parse(written);
    let base: HashMap<UnitId, &Raw> = written.blocks.iter().map(|raw| (raw.id, raw)).collect();
    let edited = parse(edited.strip_prefix('\u{FEFF}').unwrap_or(edited));
    let mut reading = Reading { unread: edited.unread, ..Reading::default() };
    let strays: Vec<&(usize, &str)> =
        edited.top.iter().filter(|(_, line)| written.top.iter().all(|(_, was)| was != line)).collect();
    if let Some((line, _)) = strays.first() {
        let text = strays.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n");
        let why = "it stands before the first sentence".to_owned();
        reading.unread.push(Unread { line: *line, why, text });
    }

    let mut by_id: HashMap<UnitId, Vec<&Raw>> = HashMap::new();
    for raw in &edited.blocks {
        by_id.entry(raw.id).or_default().push(raw);
    }
    reading.gone = written.blocks.iter().map(|raw| raw.id).filter(|id| !by_id.contains_key(id)).collect();
    let gone: Vec<&Raw> = reading.gone.iter().filter_map(|id| base.get(id).copied()).collect();

    for raw in &edited.blocks {
        let same_id = &by_id[&raw.id];
        let fault = match base.get(&raw.id) {
            None => Some(format!("{} is not in the buffer as it was written", raw.id)),
            Some(_) if same_id.len() > 1 && same_id.iter().any(|other| !other.says_what(raw)) => {
                let lines: Vec<String> = same_id.iter().map(|raw| raw.line.to_string()).collect();
                Some(format!("{} stands at lines {} with different texts", raw.id, lines.join(" and ")))
            }
            Some(_) if !std::ptr::eq(same_id[0], raw) => continue,
            Some(was) => judge(raw, was, &gone, &written.blocks, &mut reading).err(),
        };
        if let Some(why) = fault {
            reading.unread.push(Unread { line: raw.line, why, text: raw.text.clone() });
        }
    }
    reading.unread.sort_by_key(|unread| unread.line);
    reading.remarks.sort();
    reading
}

/// Takes what a block says, or tells why it cannot be trusted.
fn judge(raw: &Raw, was: &Raw, gone: &[&Raw], all: &[Raw], reading: &mut Reading) -> Result<(), String> {
    let body = raw.body.as_ref().map_err(Clone::clone)?;
    let before = was.body.as_ref().map_err(Clone::clone)?;
    let changed = !body.en.is_empty() && body.en != before.en;
    let french = squeezed(&raw.fr);
    if french != squeezed(&was.fr) {
        if !changed && body.commands.is_empty() {
            reading.remarks.push((raw.line, "the French cannot be edited here: left as it is".to_owned()));
        } else if all.iter().any(|other| other.id != raw.id && squeezed(&other.fr) == french) {
            return Err("its French is that of another sentence".to_owned());
        } else if alike(&squeezed(&was.fr), &french) {
            reading
                .remarks
                .push((raw.line, "the French cannot be edited here: the English is taken".to_owned()));
        } else {
            return Err(
                "its French lines are not what they were, so whose English it is is not sure".to_owned()
            );
        }
    }
    if changed && let Some(other) = gone.iter().find(|other| body.taken(before, other)) {
        return Err(format!("it has English of {}, whose own block is gone", other.id));
    }
    let answer = answer(body, changed)?;
    if answer.is_empty() {
        reading.untouched += 1;
        return Ok(());
    }
    let (fr, en) = (was.fr.clone(), before.en.clone());
    reading.changes.push(Change { id: raw.id, fr, en, answer, line: raw.line });
    Ok(())
}

/// What a block's text and commands say.
fn answer(body: &Body, changed: bool) -> Result<Answer, String> {
    let mut answer = Answer::default();
    if changed {
        answer.english = Some(English::Typed(body.en.clone()));
    }
    for (name, rest) in &body.commands {
        let english = match name.as_str() {
            "note" => {
                answer.note = Some(rest.clone());
                continue;
            }
            _ if !rest.is_empty() => return Err(format!("`:{name}` stands alone on its line")),
            "reviewed" => {
                answer.reviewed = true;
                continue;
            }
            "keep" if changed => continue,
            "keep" => English::Kept,
            "clear" => English::Cleared,
            "skip" => English::Skipped,
            _ => return Err(format!("there is no `:{name}`; a text that begins so is written `\\:{name}`")),
        };
        if answer.english.as_ref().is_some_and(|said| *said != english) {
            return Err(format!("`:{name}` and other English are two answers"));
        }
        answer.english = Some(english);
    }
    if answer.english == Some(English::Skipped) && !body.en.is_empty() {
        return Err("`:skip` leaves the sentence in French, but there is English: empty it too".to_owned());
    }
    if answer.reviewed {
        if matches!(answer.english, Some(English::Cleared | English::Skipped)) || body.en.is_empty() {
            return Err("`:reviewed`, but there is no English".to_owned());
        }
        answer.english.get_or_insert(English::Kept);
    }
    if answer.english == Some(English::Kept) && body.en.is_empty() {
        return Err("`:keep`, but there is no English".to_owned());
    }
    Ok(answer)
}

/// Texts compared regardless of how they are broken into lines.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether `new` is `old` with a slip of the hand in it: both ends stand, and most between them.
fn alike(old: &str, new: &str) -> bool {
    let (olds, news): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let ends = olds.first() == news.first() && olds.last() == news.last();
    ends && olds.len().abs_diff(news.len()) * 10 <= olds.len()
        && olds.iter().filter(|word| news.contains(word)).count() * 10 >= olds.len() * 8
}
