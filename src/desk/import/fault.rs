//! What is wrong with a line of a file that came in, and where.

use std::path::Path;
use std::sync::Arc;

use crate::bitext::UnitId;
use crate::desk::input::InputError;
use crate::format::{Column, Place};
use crate::revise::Refusal;

/// A line that is not taken, or a file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {problem}", called(.file), .place.map(|place| format!(": {place}")).unwrap_or_default())]
pub struct Fault {
    /// The file.
    pub file: Arc<Path>,
    /// The line or unit; none where it is the whole file, or the problem says it.
    pub place: Option<Place>,
    /// What is wrong.
    pub problem: Problem,
}

/// A file as messages name it.
pub fn called(file: &Path) -> std::borrow::Cow<'_, str> {
    if file == Path::new("-") { "standard input".into() } else { file.to_string_lossy() }
}

/// What can be wrong with what a file says.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The file cannot be read as what it is taken for.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The line says something, but not of which unit.
    #[error("column id: found nothing, expected a unit's id")]
    NoId,
    /// Nothing tells which unit is meant.
    #[error("found neither an id nor French, expected at least one of them")]
    Nameless,
    /// No unit has this French.
    #[error("found the French `{fr}`, expected that of a unit")]
    NoFrench {
        /// Its first characters.
        fr: String,
    },
    /// Several units have this French.
    #[error("found the French `{fr}`, expected that of one unit: it is that of {}", listed(.units))]
    Ambiguous {
        /// Its first characters.
        fr: String,
        /// The units that have it.
        units: Vec<UnitId>,
    },
    /// Several articles have this French.
    #[error("found the French `{fr}`, expected that of one article: it stands in {}", listed(.articles))]
    InSeveral {
        /// Its first characters.
        fr: String,
        /// The articles that have it.
        articles: Vec<String>,
    },
    /// A cell cannot be what stands in it.
    #[error("column {column}: {told}")]
    Cell {
        /// The column.
        column: Column,
        /// What was found and what was expected.
        told: String,
    },
    /// No article of the corpus has this unit, or the article that the line names has not.
    #[error("column id: found {id}, {}", unknown(.article, .merged, .changed))]
    UnknownId {
        /// The id.
        id: UnitId,
        /// The article.
        article: String,
        /// The unit that it was merged into.
        merged: Option<UnitId>,
        /// Whether the article has changed since its units were made.
        changed: bool,
    },
    /// No article has it.
    #[error("column id: found {0}, expected a unit of this corpus")]
    Nowhere(UnitId),
    /// Two lines say something else of one unit.
    #[error("column id: found {id} again, expected one {} for it: {}, {} says something else", .first.1.what, called(&.first.0), .first.1)]
    Twice {
        /// The id.
        id: UnitId,
        /// The other line.
        first: (Arc<Path>, Place),
    },
    /// The line does not fit its unit.
    #[error("column {}: {refusal}", column(.refusal))]
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// The article cannot be read.
    #[error("its article cannot be read: {0}")]
    Article(String),
}

/// A list that does not grow without end.
fn listed(all: &[impl ToString]) -> String {
    let shown: Vec<String> = all.iter().take(5).map(ToString::to_string).collect();
    let more = all.len().saturating_sub(5);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(", "))
}

fn unknown(article: &str, merged: &Option<UnitId>, changed: &bool) -> String {
    match merged {
        Some(unit) => format!("which was merged into {unit}, expected a unit that {article} has now"),
        None if *changed => format!("expected a unit of {article}, whose text has changed since"),
        None => format!("expected a unit of {article}"),
    }
}

fn column(refusal: &Refusal) -> Column {
    match refusal {
        Refusal::OtherFrench { .. } => Column::Fr,
        Refusal::BothChanged { .. } | Refusal::Formula(_) => Column::En,
        Refusal::Status { .. } => Column::Status,
    }
}
