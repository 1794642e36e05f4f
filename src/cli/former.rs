//! Warnings of articles whose text has changed since their units were made: the first few by name, then how many more.

use crate::bitext::Stem;

use super::Terminal;

/// How many are named.
const NAMED: usize = 5;

/// The articles of one command that were warned of.
pub(super) struct Former {
    /// What the command made of them: `its units are those of the former one`.
    what: &'static str,
    warned: usize,
}

impl Former {
    pub(super) fn new(what: &'static str) -> Former {
        Former { what, warned: 0 }
    }

    /// Warns of an article.
    pub(super) fn warn(&mut self, terminal: &Terminal, stem: &Stem) {
        self.warned += 1;
        if self.warned <= NAMED {
            terminal.tell(format!(
                "warning: the text of {stem} has changed: {}; `enregard sync {stem}` carries the English over",
                self.what
            ));
        }
    }

    /// Says how many more there were.
    pub(super) fn end(self, terminal: &Terminal) {
        if let Some(more @ 1..) = self.warned.checked_sub(NAMED) {
            let have = if more == 1 { "1 more article has" } else { &format!("{more} more articles have") };
            terminal.tell(format!("warning: {have} changed; `enregard sync` carries the English over"));
        }
    }
}
