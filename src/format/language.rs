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
    language_fit(code, own) > 0
}

/// How well a language code (BCP 47, in any case, `_` too) is the one that is wanted: 2 the same, 1 another region
/// or script of the same language, 0 another language.
///
/// # Examples
///
/// ```
/// use enregard::format::language_fit;
/// assert_eq!([language_fit("FR", "fr"), language_fit("fr_ca", "fr"), language_fit("frp", "fr")], [2, 1, 0]);
/// ```
pub fn language_fit(code: &str, wanted: &str) -> u8 {
    let same =
        |a: &str, b: &str| a.len() == b.len() && a.bytes().zip(b.bytes()).all(|(a, b)| lower(a) == lower(b));
    let code = code.trim();
    if same(code, wanted) {
        return 2;
    }
    let primary = |code: &str| code.split(['-', '_']).next().unwrap_or_default().len();
    u8::from(same(&code[..primary(code)], &wanted[..primary(wanted)]) && !code.is_empty())
}

const fn lower(byte: u8) -> u8 {
    if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() }
}
