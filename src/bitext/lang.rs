//! The languages that have rules of their own.

use std::fmt;
use std::str::FromStr;

/// A language whose sentences the splitter has rules for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// French, the source.
    #[default]
    Fr,
    /// English, the target.
    En,
}

impl Lang {
    /// The language's code in BCP 47.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = String;

    /// Reads a code; a region after it (`fr-CA`) is passed over.
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let primary = code.split(['-', '_']).next().unwrap_or(code);
        match primary.to_ascii_lowercase().as_str() {
            "fr" => Ok(Lang::Fr),
            "en" => Ok(Lang::En),
            _ => Err(format!("no sentence rules for language `{code}`: fr and en are known")),
        }
    }
}
