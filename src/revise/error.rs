//! What an edit can be refused for.

use crate::bitext::{Status, UnitId};

/// Which of a unit's two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The French.
    French,
    /// The English.
    English,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Side::French => "French",
            Side::English => "English",
        })
    }
}

/// Why an edit was not made. Then nothing is changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// No unit has this id.
    #[error("no unit has the id {0}")]
    Unknown(UnitId),
    /// The English is nothing but white space.
    #[error("the English for unit {0} is blank")]
    Blank(UnitId),
    /// The unit's English cannot be taken away: it has nothing else.
    #[error("unit {0} has no French: without its English nothing is left of it")]
    NothingLeft(UnitId),
    /// The status says something of English, and there is none.
    #[error("unit {id} cannot be {status}: it has no English")]
    NeedsEnglish {
        /// The unit.
        id: UnitId,
        /// The status that was asked for.
        status: Status,
    },
    /// The status says that there is no English, and there is some.
    #[error("unit {id} cannot be {status}: it has English")]
    HasEnglish {
        /// The unit.
        id: UnitId,
        /// The status that was asked for.
        status: Status,
    },
    /// Whether a unit is an orphan follows from the article.
    #[error("no unit can be made an orphan by hand: a unit is one when its French is gone")]
    OrphanByHand,
    /// The unit is an orphan: its French is gone.
    #[error("unit {0} is an orphan: its French is gone from the article")]
    Orphan(UnitId),
    /// There is no unit on that side of it.
    #[error("unit {id} is the {} of its article", if *.last { "last" } else { "first" })]
    NoNeighbour {
        /// The unit.
        id: UnitId,
        /// Whether it is the last; else the first.
        last: bool,
    },
    /// Two units are not next to each other.
    #[error("unit {second} is not next to unit {first}")]
    NotNeighbours {
        /// The one.
        first: UnitId,
        /// The other.
        second: UnitId,
    },
    /// A text that was to say where to cut is not there.
    #[error("`{wanted}` is nowhere in the {side} of unit {id}")]
    Nowhere {
        /// The unit.
        id: UnitId,
        /// Its French or its English.
        side: Side,
        /// The text.
        wanted: String,
    },
    /// A text that was to say where to cut is there several times.
    #[error("`{wanted}` is in the {side} of unit {id} {times} times")]
    Several {
        /// The unit.
        id: UnitId,
        /// Its French or its English.
        side: Side,
        /// The text.
        wanted: String,
        /// How often.
        times: usize,
    },
    /// A cut would leave nothing on one side of it.
    #[error("a cut there leaves no {side} on one side of it in unit {id}")]
    EmptyPart {
        /// The unit.
        id: UnitId,
        /// Its French or its English.
        side: Side,
    },
    /// The unit has too few sentences for what was asked.
    #[error("unit {id} has {has} French sentence{}", if *.has == 1 { "" } else { "s" })]
    TooFewSentences {
        /// The unit.
        id: UnitId,
        /// How many it has.
        has: usize,
    },
    /// One place in the English cannot part so many sentences.
    #[error("unit {id} has {has} French sentences, and one place in its English parts only two")]
    ManySentences {
        /// The unit.
        id: UnitId,
        /// How many it has.
        has: usize,
    },
    /// There is no English to move.
    #[error("unit {0} has no English")]
    NoEnglish(UnitId),
    /// Only what has no French can be dropped.
    #[error("unit {0} has French, which stands in the article")]
    HasFrench(UnitId),
}
