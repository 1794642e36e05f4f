//! What stands in a workbook's cells, and who may write there.

use std::borrow::Cow;

use super::super::{Column, Columns, Options};

/// As many UTF-16 units as a cell can hold.
const MOST_UNITS: usize = 32_767;

/// The columns of a workbook: what a reviewer needs, unless others were asked for.
pub(super) fn columns(options: &Options) -> Columns {
    if options.columns != Columns::default() {
        return options.columns.clone();
    }
    "id article fr en status note rev".parse().expect("these are columns, each once")
}

/// What a text is when it comes back: one that no cell can hold is none.
pub(super) fn through(text: &str) -> Cow<'_, str> {
    let fits = text.len() <= MOST_UNITS || text.encode_utf16().count() <= MOST_UNITS;
    Cow::Borrowed(if fits { text } else { "" })
}

/// Whether a person may write here.
pub(super) const fn is_open(column: Column) -> bool {
    matches!(column, Column::En | Column::Status | Column::Note)
}
