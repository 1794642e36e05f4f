//! Which articles and units are gone through: `publisher=AFP`, `date>=2026-01`, `status=reviewed`.

use std::str::FromStr;

use crate::bitext::{Edition, Kind, Status, Stem};
use crate::store::file::{ABOUT, Sketch};
use crate::words::fold_key;

/// One thing that must hold of an article or unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    key: String,
    how: How,
    value: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    Is,
    IsNot,
    Has,
    From,
    To,
}

/// What is no limit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// There is no `=` or the like in it.
    #[error("found `{0}`, expected KEY=VALUE, KEY!=VALUE, KEY~TEXT, KEY>=VALUE or KEY<=VALUE")]
    Form(String),
    /// The key is none.
    #[error("found the key `{found}`, expected one of {known}")]
    Key {
        /// What stands there.
        found: String,
        /// What can be asked for.
        known: String,
    },
    /// The value is none of this key.
    #[error("{0}")]
    Value(String),
}

/// Keys that are no metadata of the article.
const OWN: [&str; 4] = ["article", "edition", "kind", "status"];

impl FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        // The first sign counts: a value may have others.
        let signs = [("!=", How::IsNot), (">=", How::From), ("<=", How::To), ("=", How::Is), ("~", How::Has)];
        let found = signs
            .into_iter()
            .filter_map(|(sign, how)| Some((text.find(sign)?, sign, how)))
            .min_by_key(|(at, sign, _)| (*at, std::cmp::Reverse(sign.len())));
        let Some((at, sign, how)) = found else { return Err(LimitError::Form(text.to_owned())) };
        let key = text[..at].trim().to_lowercase();
        let value = text[at + sign.len()..].trim().to_owned();
        let known = || OWN.into_iter().chain(ABOUT);
        if !known().any(|known| known == key) {
            let known: Vec<&str> = known().collect();
            return Err(LimitError::Key { found: key, known: known.join(", ") });
        }
        match key.as_str() {
            "status" if value != "stale" => {
                value.parse::<Status>().map_err(LimitError::Value)?;
            }
            "kind" => {
                value.parse::<Kind>().map_err(LimitError::Value)?;
            }
            _ => {}
        }
        Ok(Limit { key, how, value })
    }
}

impl Limit {
    /// Whether an article's date is this or later, as far as both are known: `2026-01`.
    pub fn since(date: &str) -> Limit {
        Limit { key: "date".to_owned(), how: How::From, value: date.to_owned() }
    }

    /// Whether an article's date is this or earlier, as far as both are known.
    pub fn until(date: &str) -> Limit {
        Limit { key: "date".to_owned(), how: How::To, value: date.to_owned() }
    }

    /// Whether it asks for a unit's status.
    pub(super) fn is_of_status(&self) -> bool {
        self.key == "status"
    }

    /// Whether it holds of an article; true where it asks for something of units.
    pub(super) fn of_article(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
        about: &[(String, String)],
    ) -> bool {
        match self.key.as_str() {
            "kind" | "status" => true,
            "article" => self.holds(Some(stem.as_str())),
            // An edition that is not named is that of its header, if it has one.
            "edition" => self.holds(edition.map(Edition::as_str).or_else(|| value_of(about, "edition"))),
            key => self.holds(value_of(about, key)),
        }
    }

    /// Whether it holds of a unit; true where it asks for something of articles.
    pub(super) fn of_unit(&self, unit: &Sketch<'_>) -> bool {
        match self.key.as_str() {
            "kind" => self.holds(Some(unit.kind.as_str())),
            "status" => {
                let stale = !unit.was.is_empty() && unit.status != Status::Orphan;
                self.holds(Some(if stale { "stale" } else { unit.status.as_str() }))
            }
            _ => true,
        }
    }

    /// Whether it holds of a value; of none, only what asks for another.
    fn holds(&self, found: Option<&str>) -> bool {
        let Some(found) = found else { return self.how == How::IsNot };
        let is = || match self.key.as_str() {
            // A day is of its month and year.
            "date" => found == self.value || found.starts_with(&format!("{}-", self.value)),
            _ => fold_key(found) == fold_key(&self.value),
        };
        match self.how {
            How::Is => is(),
            How::IsNot => !is(),
            How::Has => fold_key(found).contains(&fold_key(&self.value)),
            How::From => found >= self.value.as_str(),
            How::To => found.get(..self.value.len()).unwrap_or(found) <= self.value.as_str(),
        }
    }
}

fn value_of<'a>(about: &'a [(String, String)], key: &str) -> Option<&'a str> {
    about.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_holds_or_does_not() {
        let about = [("publisher", "AFP"), ("date", "2026-01-14"), ("title", "La Chine et l’IA")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()));
        let stem: Stem = "roy".parse().unwrap();
        for (text, expected) in [
            ("publisher=afp", true),
            ("publisher != AFP", false),
            ("author!=Roy", true),
            ("author=Roy", false),
            ("title~l'ia", true),
            ("date=2026", true),
            ("date=202", false),
            ("date>=2026-01", true),
            ("date<=2026-01", true),
            ("date<=2026-01-13", false),
            ("date>=2026-02", false),
            ("article=roy", true),
            ("edition=published", false),
            ("status=stale", true),
        ] {
            let limit: Limit = text.parse().unwrap();
            assert_eq!(limit.of_article(&stem, None, &about), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_limit_is_told() {
        for (text, told) in [
            ("AFP", "found `AFP`, expected KEY=VALUE"),
            ("colour=red", "found the key `colour`, expected one of article, edition"),
            ("status=done", "unknown status `done`"),
            ("kind=poem", "poem"),
        ] {
            let error = text.parse::<Limit>().unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
