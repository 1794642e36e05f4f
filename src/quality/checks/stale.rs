//! **stale**: a French that has changed since its English was entered.
//!
//! Articles are corrected after they were published. `enregard sync` carries the English over and keeps, where a sentence is not the
//! same, the French that was translated (`was`). Until a person has looked, the English may say what the article no longer says: a
//! warning, on a corpus only. A change only of apostrophes, quotes, spaces or hyphens makes nothing stale. `enregard translate ARTICLE --status
//! stale` shows both, and confirming or retyping the English ends it.
//!
//! | former French | French now | English | |
//! |---|---|---|---|
//! | `Il a 12 ans.` | `Il a 13 ans.` | `He is 12.` | warning |
//! | `L'an dernier.` | `L’an dernier.` | `Last year.` | nothing |

use crate::bitext::{Finding, Severity, Unit};

/// What is found in a unit whose French has changed.
pub fn stale(unit: &Unit) -> Option<Finding> {
    unit.is_stale().then(|| {
        let message = "the French has changed since the English was entered";
        Finding::new("stale", Severity::Warning, message).expected(unit.more.was.join(" "))
    })
}
