//! PO, gettext's: `msgctxt` is the unit's id, `msgid` the French, `msgstr` the English.
//!
//! A stale unit is fuzzy, with the former French as `#| msgid`. What translators' programs do not edit stands in
//! extracted comments (`#. status: reviewed`); with them `rev` goes out, so that a status comes back only with the
//! English that it was given to.

mod entry;
mod read;
mod unescape;
mod write;

use super::{Column, Format, Purpose, Read, Write};

/// PO.
pub(super) const FORMAT: Format = Format {
    name: "po",
    title: "PO (gettext)",
    endings: &["po"],
    purpose: Purpose::Work,
    binary: false,
    feature: None,
    write: Write::Text(write::writer),
    read: Read::Stream(read::reader),
    columns: false,
    paragraphs: false,
    carries: &[
        Column::Id,
        Column::Article,
        Column::Fr,
        Column::En,
        Column::Kind,
        Column::Status,
        Column::Stale,
        Column::Was,
        Column::Note,
        Column::Rev,
    ],
    loses: "rare line separators, controls, and line ends at a text's ends become spaces; origin, score, names and dates",
    through: write::through,
    opens: "Poedit, Lokalize, Virtaal: File > Open; polib.pofile(\"f.po\"); msgfmt -c f.po",
};

/// What stands before the value of an extracted comment, by column.
const COMMENTS: [(Column, &str); 4] = [
    (Column::Article, "article: "),
    (Column::Kind, "kind: "),
    (Column::Status, "status: "),
    (Column::Rev, "rev: "),
];
