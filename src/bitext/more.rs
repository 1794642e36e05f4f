//! What few units have, behind one pointer: an article may have a million that have nothing of it.

use std::fmt;
use std::ops::{Deref, DerefMut};

use super::{Texts, UnitId};

/// What a person decided about a unit, which no rule may change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// The kind.
    pub kind: bool,
    /// Where the unit begins and ends.
    pub bounds: bool,
    /// Names that a later version of the program wrote, kept as they are.
    pub other: Vec<String>,
}

impl Decided {
    /// Whether nothing is decided.
    pub fn is_empty(&self) -> bool {
        !self.kind && !self.bounds && self.other.is_empty()
    }
}

/// A finding that a person dismissed; void when the hash is no longer that of the unit's texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dismissal {
    /// The check's name.
    pub check: String,
    /// The hash of the texts that the finding was about.
    pub hash: String,
    /// Keys that this version does not know, in the order of the file.
    pub extra: Vec<Extra>,
}

/// A key that this version does not know, with its value as it stood in the file (JSON).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The key.
    pub key: String,
    /// The value, as JSON text.
    pub json: String,
}

/// What a person has decided, remarked and dismissed, and what came of former texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rare {
    /// The French that the English translates, where the French has changed since (then the
    /// unit is stale) or is gone (then it is an orphan). Empty: neither.
    pub was: Texts,
    /// What a person decided and no rule may change.
    pub set: Decided,
    /// The ids of units that were merged into this one.
    pub was_ids: Vec<UnitId>,
    /// Findings that a person dismissed.
    pub dismissed: Vec<Dismissal>,
    /// A person's remark.
    pub note: Option<String>,
    /// Keys that this version does not know, in the order of the file.
    pub extra: Vec<Extra>,
}

/// A [`Rare`] that takes no room until something is put into it.
///
/// # Examples
///
/// ```
/// use enregard::bitext::More;
/// let mut more = More::default();
/// assert!(more.was.is_empty() && more.note.is_none());
/// more.note = Some("who is he?".to_owned());
/// assert_eq!(more.note.as_deref(), Some("who is he?"));
/// ```
#[derive(Clone, Default)]
pub struct More(Option<Box<Rare>>);

static NOTHING: Rare = Rare {
    was: Texts::new(),
    set: Decided { kind: false, bounds: false, other: Vec::new() },
    was_ids: Vec::new(),
    dismissed: Vec::new(),
    note: None,
    extra: Vec::new(),
};

impl More {
    /// Puts `was` in the place of what it was, if it is another.
    pub fn set_was(&mut self, was: Texts) {
        if self.was != was {
            self.was = was;
        }
    }

    /// What it holds.
    pub fn into_rare(self) -> Rare {
        self.0.map(|rare| *rare).unwrap_or_default()
    }
}

impl Deref for More {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for More {
    fn deref_mut(&mut self) -> &mut Rare {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for More {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for More {}

impl fmt::Debug for More {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Unit;

    #[test]
    fn nothing_takes_no_room_and_equals_what_was_emptied() {
        let mut more = More::default();
        more.set_was(Texts::new());
        assert!(more.0.is_none());
        assert_eq!(more.clone().into_rare(), Rare::default());
        more.set_was("Il pleut.".into());
        assert_ne!(more, More::default());
        more.set_was(Texts::new());
        assert_eq!(more, More::default());
        assert_eq!(format!("{more:?}"), format!("{:?}", Rare::default()));
        // A million units are not rare.
        assert!(size_of::<Unit>() <= 104, "{}", size_of::<Unit>());
    }
}
