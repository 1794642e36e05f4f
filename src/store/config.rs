//! `enregard.toml`: what a corpus says of itself. Every value has a default; no file is fine.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::StoreError;

/// What `enregard.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Config {
    /// `[corpus]`.
    pub corpus: CorpusConfig,
    /// `[person]`.
    pub person: PersonConfig,
    /// `[segment]`.
    pub segment: SegmentConfig,
    /// `[export]`.
    pub export: ExportConfig,
    /// `[coverage]`.
    pub coverage: CoverageConfig,
    /// `[checks]`.
    pub checks: ChecksConfig,
    /// Keys that this version does not know, as `table.key`, sorted.
    #[serde(skip)]
    pub unknown: Vec<String>,
}

/// The corpus as a whole.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default)]
pub struct CorpusConfig {
    /// The articles' language, in BCP 47.
    pub source: String,
    /// The translations' language, in BCP 47.
    pub target: String,
    /// The licence of the translations, where the corpus has one.
    pub licence: Option<String>,
    /// How long to wait for another program that writes, in seconds.
    pub wait_seconds: f64,
}

impl Default for CorpusConfig {
    fn default() -> Self {
        CorpusConfig { source: "fr".to_owned(), target: "en".to_owned(), licence: None, wait_seconds: 10.0 }
    }
}

/// Who types.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct PersonConfig {
    /// The name that goes into `by`.
    pub by: Option<String>,
}

/// What the splitter should know of this corpus.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct SegmentConfig {
    /// Abbreviations, with their point, beside those that are known.
    pub abbreviations: Vec<String>,
    /// Strings inside which no sentence ends.
    pub exceptions: Vec<String>,
}

/// How `export` writes, unless told otherwise.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ExportConfig {
    /// `quoted` or `plain`.
    pub dialect: Option<String>,
}

/// What `coverage` asks, unless told otherwise.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct CoverageConfig {
    /// The least percentage; below it the exit code is 1.
    pub min: Option<f64>,
}

/// What `check` looks for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ChecksConfig {
    /// The least severity that is shown: note, warning, error.
    pub level: Option<String>,
    /// By check: the severity of what it finds, or `off`.
    pub severity: BTreeMap<String, String>,
    /// Findings that are none.
    pub except: Vec<ExceptConfig>,
    /// Checks of the corpus's own.
    pub pattern: Vec<PatternConfig>,
}

/// `[[checks.except]]`: a text that a check may find without saying so.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ExceptConfig {
    /// The check; absent: every check.
    #[serde(default)]
    pub check: Option<String>,
    /// What stands at the place of the finding.
    pub text: String,
}

/// `[[checks.pattern]]`: where the French matches, the English must match, too (or must not).
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PatternConfig {
    /// The check's name.
    pub name: String,
    /// A regular expression for the French; absent: every text.
    #[serde(default)]
    pub fr: Option<String>,
    /// One that the English must match then.
    #[serde(default)]
    pub en: Option<String>,
    /// One that the English must not match then.
    #[serde(default)]
    pub not_en: Option<String>,
    /// What is said.
    #[serde(default)]
    pub message: Option<String>,
    /// note, warning (the default) or error.
    #[serde(default)]
    pub severity: Option<String>,
}

/// What a configuration may have: thousands of times what anybody writes in one.
const MOST_BYTES: usize = 1 << 20;

impl Config {
    /// The configuration that `text` holds; `path` is for the messages.
    ///
    /// # Errors
    ///
    /// [`StoreError::Config`] with line and column, where it is no TOML, a value has a wrong type, or it is huge.
    pub fn parse(text: &str, path: &Path) -> Result<Config, StoreError> {
        let fault = |error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            let before = text.get(..at).unwrap_or("");
            StoreError::Config {
                path: path.to_owned(),
                line: before.matches('\n').count() + 1,
                column: before.rsplit('\n').next().unwrap_or("").chars().count() + 1,
                told: error.message().to_owned(),
            }
        };
        if text.len() > MOST_BYTES {
            // Read as TOML it would take many times its size.
            return Err(StoreError::Config {
                path: path.to_owned(),
                line: 1,
                column: 1,
                told: format!("found {} bytes, expected at most {MOST_BYTES}", text.len()),
            });
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut config: Config = toml::from_str(text).map_err(fault)?;
        let table: toml::Table = toml::from_str(text).map_err(fault)?;
        config.unknown = unknown(&table);
        Ok(config)
    }
}

/// The keys that no field above is read from.
fn unknown(table: &toml::Table) -> Vec<String> {
    const KNOWN: [(&str, &[&str]); 6] = [
        ("corpus", &["source", "target", "licence", "wait_seconds"]),
        ("person", &["by"]),
        ("segment", &["abbreviations", "exceptions"]),
        ("export", &["dialect"]),
        ("coverage", &["min"]),
        ("checks", &["level", "severity", "except", "pattern"]),
    ];
    let mut found = Vec::new();
    for (name, value) in table {
        match KNOWN.iter().find(|(known, _)| known == name) {
            None => found.push(name.clone()),
            Some((_, keys)) => {
                let inner = value.as_table().into_iter().flat_map(toml::Table::keys);
                found.extend(
                    inner.filter(|key| !keys.contains(&key.as_str())).map(|key| format!("{name}.{key}")),
                );
            }
        }
    }
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, StoreError> {
        Config::parse(text, Path::new("enregard.toml"))
    }

    #[test]
    fn every_value_has_a_default() {
        let config = parse("").unwrap();
        assert_eq!((config.corpus.source.as_str(), config.corpus.target.as_str()), ("fr", "en"));
        assert_eq!(config.corpus.wait_seconds, 10.0);
    }

    #[test]
    fn unknown_keys_are_reported_and_the_others_read() {
        let config = parse("[person]\nby = \"Ève\"\nhat = 1\n[x]\ny = 2\n").unwrap();
        assert_eq!(config.person.by.as_deref(), Some("Ève"));
        assert_eq!(config.unknown, ["person.hat", "x"]);
    }

    #[test]
    fn a_wrong_type_is_refused_with_its_place() {
        let told = parse("[corpus]\nlicence = \"CC0\"\nsource = 3\n").unwrap_err().to_string();
        assert_eq!(told, "enregard.toml:3:10: invalid type: integer `3`, expected a string");
        assert!(parse("[corpus\n").unwrap_err().to_string().starts_with("enregard.toml:1:"));
        let huge = parse(&"#".repeat(MOST_BYTES + 1)).unwrap_err().to_string();
        assert_eq!(huge, "enregard.toml:1:1: found 1048577 bytes, expected at most 1048576");
    }
}
