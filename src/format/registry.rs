//! Every format that the program knows, built in or not.

use super::{
    Format, anki, csv, dataset, docx, english, epub, html, jsonl, omegat, parquet, plain, po, tmx, tsv, xces,
    xliff, xlsx,
};

/// Every format, in the order in which they are listed: one on a line, so that adding one touches no other.
#[rustfmt::skip]
pub const FORMATS: &[Format] = &[
    tsv::FORMAT,
    csv::FORMAT,
    tmx::FORMAT,
    xliff::FORMAT,
    xliff::FORMAT_1,
    xces::FORMAT,
    xlsx::FORMAT,
    docx::FORMAT,
    html::FORMAT,
    epub::FORMAT,
    english::FORMAT,
    jsonl::FORMAT,
    dataset::FORMAT,
    parquet::FORMAT,
    plain::FORMAT,
    po::FORMAT,
    omegat::FORMAT,
    anki::TEXT,
    anki::PACKAGE,
];

/// The format of this name; case does not matter.
///
/// # Errors
///
/// Says which names are known.
pub fn named(name: &str) -> Result<&'static Format, String> {
    FORMATS.iter().find(|format| format.name.eq_ignore_ascii_case(name)).ok_or_else(|| {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        format!("unknown format `{name}`: known are {}", known.join(", "))
    })
}

/// The format of files with this ending, without the point; case does not matter.
pub fn by_ending(ending: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.endings.iter().any(|own| own.eq_ignore_ascii_case(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_endings_are_unique_and_each_format_says_how_it_is_opened() {
        let mut names = std::collections::HashSet::new();
        let mut endings = std::collections::HashSet::new();
        for format in FORMATS {
            assert!(names.insert(format.name), "{}", format.name);
            for ending in format.endings {
                assert!(endings.insert(ending), "{}: .{ending}", format.name);
                assert_eq!(by_ending(&ending.to_uppercase()).unwrap().name, format.name);
            }
            assert_eq!(named(format.name).unwrap().name, format.name);
            assert!(!format.opens.is_empty() && !format.loses.is_empty(), "{}", format.name);
            assert!(!format.unbuilt() || format.feature.is_some(), "{}", format.name);
        }
        assert!(named("xyz").unwrap_err().starts_with("unknown format `xyz`: known are tsv, csv, tmx"));
    }
}
