//! Language codes as files spell them: `fr`, `FR`, `fr-CA`, `fr_FR`.

/// Whether a file's code is of this language, whatever its case and region.
///
/// # Examples
///
/// ```
/// use enregard::format::same_language;
/// assert!(same_language("en", "EN_gb") && same_language("en-US", "en"));
/// assert!(!same_language("en", "eng") && !same_language("en", ""));
/// ```
pub fn same_language(own: &str, code: &str) -> bool {
    let primary =
        |code: &'_ str| code.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
    primary(own) == primary(code)
}
