//! CSV, as RFC 4180 has it, but with LF: quotes where they are needed, commas between.

use super::Table;

/// The table that CSV is.
pub const fn csv() -> Table {
    Table { separator: b',', quotes: true }
}
