//! An article and its names.

use std::fmt;
use std::str::FromStr;

/// Why a text cannot name an article or an edition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` cannot be {what}: {why}")]
pub struct NameError {
    /// The name that was given.
    pub name: String,
    /// What it was to name.
    pub what: &'static str,
    /// The reason.
    pub why: &'static str,
}

/// Says why `name` cannot be part of a file name in every checkout, if it cannot.
fn fault(name: &str) -> Option<&'static str> {
    const RESERVED: [&str; 22] = [
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
        "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    ];
    let first_part = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    if name.is_empty() {
        Some("it is empty")
    } else if name.len() > 200 {
        Some("it is longer than 200 bytes")
    } else if name.starts_with('.') || name.ends_with('.') {
        Some("it begins or ends with a point")
    } else if name.starts_with(' ') || name.ends_with(' ') {
        Some("it begins or ends with a space")
    } else if name.contains(|c: char| c.is_control() || "/\\:*?\"<>|@".contains(c)) {
        Some("it holds one of / \\ : * ? \" < > | @ or a control character")
    } else if RESERVED.contains(&first_part.as_str()) {
        Some("Windows reserves it")
    } else {
        None
    }
}

macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(String);

        impl $type {
            /// The name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $type {
            type Err = NameError;

            fn from_str(name: &str) -> Result<Self, NameError> {
                match fault(name) {
                    Some(why) => Err(NameError { name: name.to_owned(), what: $what, why }),
                    None => Ok($type(name.to_owned())),
                }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

name! {
    /// An article's name: the stem of its file in `seeds/`, safe in every file system.
    Stem, "an article's name"
}

name! {
    /// The name of one English version of an article, as it follows `@` in a file name.
    Edition, "an edition's name"
}

/// One text in one language, byte for byte as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its name.
    pub stem: Stem,
    /// Its text.
    pub text: String,
    /// SHA-256 of the text's bytes, in lower-case hexadecimal.
    pub sha256: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_file_system_would_change_are_refused() {
        for bad in ["", "..", ".x", "a/b", "a@b", "con", "NUL.txt", "x ", "a\nb", "c:"] {
            assert!(bad.parse::<Stem>().is_err(), "{bad:?}");
        }
        for good in ["000_a22323992858b2dd", "été à Paris", "a.b"] {
            assert_eq!(good.parse::<Stem>().unwrap().as_str(), good);
        }
    }
}
