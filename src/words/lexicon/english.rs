//! English words to the base forms they may be inflected from: endings, and the irregular ones by list.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Irregular forms, `base form form …`, by lines.
const IRREGULAR: &str = include_str!("english-irregular.txt");

fn irregular() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static TABLE: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: HashMap<&str, Vec<&str>> = HashMap::new();
        for line in IRREGULAR.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let Some(base) = words.next() else { continue };
            for form in words {
                table.entry(form).or_default().push(base);
            }
        }
        table
    })
}

/// Calls `each` with the base forms that a word may belong to; many are no words, a list decides.
pub(crate) fn lemmas(word: &str, each: &mut impl FnMut(&str)) {
    for base in irregular().get(word).into_iter().flatten() {
        each(base);
    }
    if word.len() < 4 || !word.is_ascii() {
        return;
    }
    for (ending, base) in [
        ("ies", "y"),
        ("ied", "y"),
        ("ier", "y"),
        ("iest", "y"),
        ("ily", "y"),
        ("ves", "f"),
        ("ves", "fe"),
        ("ying", "ie"),
        ("s", ""),
    ] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 2
        {
            each(&format!("{stem}{base}"));
        }
    }
    for ending in ["ed", "ing", "er", "est", "es", "en", "ly"] {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 2) else { continue };
        each(stem);
        if ending != "ly" {
            each(&format!("{stem}e"));
        }
        let tail = stem.as_bytes();
        if tail.len() >= 3 && tail[tail.len() - 1] == tail[tail.len() - 2] {
            each(&stem[..stem.len() - 1]);
        }
    }
}
