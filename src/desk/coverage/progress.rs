//! When the English was entered: the sentences that have it, by the hour of their units' `at`.

use std::collections::BTreeMap;

use crate::bitext::Unit;
use crate::quality::State;

/// An hour, as RFC 3339 begins: `2026-11-20T09`.
pub type Hour = String;

/// Sentences of content that have English now, by the hour in which that was last touched.
///
/// A unit's former states are not in it: what was entered in May and reviewed in June counts in June.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// By hour: reviewed sentences, and drafts.
    pub hours: BTreeMap<Hour, (u64, u64)>,
    /// Those whose units do not say when.
    pub undated: (u64, u64),
}

impl Progress {
    /// The progress of these units.
    pub fn of<'u>(units: impl IntoIterator<Item = &'u Unit>) -> Progress {
        let mut progress = Progress::default();
        for unit in units {
            let (reviewed, draft) = match State::of(unit) {
                Some(State::Reviewed) => (unit.fr.len() as u64, 0),
                Some(State::Draft) => (0, unit.fr.len() as u64),
                _ => continue,
            };
            if !unit.is_content() {
                continue;
            }
            let sum = match unit.at.as_deref().and_then(hour) {
                Some(hour) => match progress.hours.get_mut(hour) {
                    Some(sum) => sum,
                    None => progress.hours.entry(hour.to_owned()).or_default(),
                },
                None => &mut progress.undated,
            };
            sum.0 += reviewed;
            sum.1 += draft;
        }
        progress
    }

    /// Adds what was entered in other articles.
    pub fn add(&mut self, other: Progress) {
        for (hour, (reviewed, draft)) in other.hours {
            let sum = self.hours.entry(hour).or_default();
            sum.0 += reviewed;
            sum.1 += draft;
        }
        self.undated.0 += other.undated.0;
        self.undated.1 += other.undated.1;
    }
}

/// The hour of a time, where it is written as RFC 3339 is.
fn hour(at: &str) -> Option<&str> {
    let hour = at.get(..13)?;
    let fits = hour.bytes().zip(*b"0000-00-00T00").all(|(byte, form)| match form {
        b'0' => byte.is_ascii_digit(),
        form => byte == form,
    });
    fits.then_some(hour)
}

/// The hours from the year 1970 to this one; days of the proleptic Gregorian calendar (Hinnant's `days_from_civil`).
pub fn hours_since_epoch(hour: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| {
        hour.get(range).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or(0)
    };
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    days * 24 + number(11..13)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Kind, Status, UnitId};

    #[test]
    fn hours_are_counted_from_the_epoch() {
        assert_eq!(hours_since_epoch("1970-01-01T00"), 0);
        assert_eq!(hours_since_epoch("2000-03-01T05"), 11_017 * 24 + 5);
        assert_eq!(hours_since_epoch("2026-11-20T09") - hours_since_epoch("2026-11-19T08"), 25);
    }

    #[test]
    fn units_count_in_the_hour_in_which_they_were_touched() {
        let unit = |at: Option<&str>, status| {
            let mut unit = Unit::new(
                UnitId::of(&"roy".parse().unwrap(), &["Oui."], 0),
                Kind::Body,
                vec!["Oui.".to_owned()],
            );
            unit.en = "Yes.".into();
            unit.status = status;
            unit.at = at.map(Box::from);
            unit
        };
        let progress = Progress::of(&[
            unit(Some("2026-11-20T09:20:53Z"), Status::Reviewed),
            unit(Some("2026-11-20T09:59:59Z"), Status::Draft),
            unit(Some("yesterday"), Status::Draft),
            unit(None, Status::Skipped),
        ]);
        assert_eq!(progress.hours.into_iter().collect::<Vec<_>>(), [("2026-11-20T09".to_owned(), (1, 1))]);
        assert_eq!(progress.undated, (0, 1));
    }
}
