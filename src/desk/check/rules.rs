//! What a corpus says of its checks, out of `enregard.toml`, `names.tsv` and `glossary.tsv`.

use regex::Regex;

use crate::bitext::Severity;
use crate::desk::DeskError;
use crate::quality::{CHECKS, Glossary, Pattern, Rules, Term};
use crate::store::Corpus;
use crate::words::Names;

/// Checks of a corpus that are not of a single pair.
const OF_A_CORPUS: [&str; 3] = ["glossary", "inconsistent", "stale"];

/// The rules of a corpus.
///
/// # Errors
///
/// [`DeskError::Checks`] where a severity, a check's name or a regular expression is none, or a list has a line that is none;
/// [`DeskError::Store`] where a list cannot be read.
pub fn rules(corpus: &Corpus) -> Result<Rules, DeskError> {
    let config = &corpus.config().checks;
    let told = |told: String| DeskError::Checks(format!("enregard.toml: {told}"));
    let mut rules = Rules::default();
    for one in &config.pattern {
        let regex = |text: &Option<String>| {
            text.as_deref()
                .map(Regex::new)
                .transpose()
                .map_err(|error| told(format!("checks.pattern `{}`: {error}", one.name)))
        };
        rules.patterns.push(Pattern {
            name: one.name.clone(),
            fr: regex(&one.fr)?,
            en: regex(&one.en)?,
            not_en: regex(&one.not_en)?,
            message: one
                .message
                .clone()
                .unwrap_or_else(|| format!("`{}` of this corpus is not kept to", one.name)),
            severity: one.severity.as_deref().map_or(Ok(Severity::Warning), str::parse).map_err(told)?,
        });
    }
    let known = check_names(&rules);
    for (check, severity) in &config.severity {
        if !known.contains(check) {
            return Err(told(format!(
                "checks.severity: there is no check `{check}`: the checks are {}",
                known.join(", ")
            )));
        }
        let severity = if severity == "off" { None } else { Some(severity.parse().map_err(told)?) };
        rules.severity.insert(check.clone(), severity);
    }
    rules.except = config
        .except
        .iter()
        .map(|one| (one.check.clone().unwrap_or_else(|| "*".to_owned()), one.text.clone()))
        .collect();
    if let Some(text) = corpus.read_list("names.tsv")? {
        let names = Names::with(&text).map_err(|error| DeskError::Checks(format!("names.tsv: {error}")))?;
        rules.names = Some(names);
    }
    rules.glossary = Glossary::new(glossary(corpus)?);
    Ok(rules)
}

/// The terms of a corpus's `glossary.tsv`; none where there is no such file.
///
/// # Errors
///
/// [`DeskError::Checks`] at a line that is no term; [`DeskError::Store`] where the file cannot be read.
pub fn glossary(corpus: &Corpus) -> Result<Vec<Term>, DeskError> {
    let Some(text) = corpus.read_list("glossary.tsv")? else { return Ok(Vec::new()) };
    terms(&text).map_err(|line| {
        DeskError::Checks(format!("glossary.tsv: line {line}: expected `French<TAB>English; English`"))
    })
}

/// The severity from which findings are shown in this corpus.
///
/// # Errors
///
/// [`DeskError::Checks`] where `enregard.toml` names one that is none.
pub fn level(corpus: &Corpus) -> Result<Severity, DeskError> {
    let told = |told: String| DeskError::Checks(format!("enregard.toml: checks.level: {told}"));
    corpus.config().checks.level.as_deref().map_or(Ok(Severity::default()), str::parse).map_err(told)
}

/// The names of all checks, sorted.
pub fn check_names(rules: &Rules) -> Vec<String> {
    let mut names: Vec<String> = CHECKS.iter().map(|check| check.name.to_owned()).collect();
    names.extend(OF_A_CORPUS.map(str::to_owned));
    names.extend(rules.patterns.iter().map(|pattern| pattern.name.clone()));
    names.sort();
    names.dedup();
    names
}

/// The terms of a glossary; the number of the first line that is none, from 1, otherwise.
pub(in crate::desk) fn terms(text: &str) -> Result<Vec<Term>, usize> {
    let mut terms = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.strip_prefix('\u{FEFF}').unwrap_or(line).trim_end();
        let header = at == 0 && line.split('\t').next() == Some("fr");
        if line.trim().is_empty() || line.starts_with('#') || header {
            continue;
        }
        let mut fields = line.split('\t');
        let (Some(fr), Some(en)) = (fields.next(), fields.next()) else { return Err(at + 1) };
        let en: Vec<String> =
            en.split(';').map(|form| form.trim().to_owned()).filter(|form| !form.is_empty()).collect();
        if fr.trim().is_empty() || en.is_empty() {
            return Err(at + 1);
        }
        terms.push(Term { fr: fr.trim().to_owned(), en });
    }
    Ok(terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glossary_has_terms_remarks_and_perhaps_a_header() {
        let found = terms("fr\ten\n# chips\npuce\tchip; microchip\tnoun\n\n").unwrap();
        assert_eq!(found, [Term { fr: "puce".into(), en: vec!["chip".into(), "microchip".into()] }]);
        assert_eq!(terms("puce\tchip\npuce chip\n"), Err(2));
    }
}
