//! French words to the base forms they may be inflected from, by their endings.
//!
//! Words are folded (no accents). The rules offer candidates, many of them no words: a list decides.

/// Endings of verbs in -er, -ir and -re, longest first where one ends in another.
const ER: [&str; 37] = [
    "assions", "assiez", "eraient", "erions", "eriez", "assent", "erais", "erait", "erons", "eront", "asses",
    "aient", "erent", "ames", "ates", "asse", "erai", "eras", "erez", "ions", "ais", "ait", "ant", "era",
    "ent", "iez", "ons", "ees", "as", "at", "ai", "ee", "es", "ez", "a", "e", "era",
];
const IR: [&str; 40] = [
    "issaient", "issions", "irions", "iraient", "issais", "issait", "issant", "issent", "issons", "issiez",
    "irais", "irait", "irons", "iront", "iriez", "irent", "issez", "isses", "aient", "isse", "imes", "ites",
    "irai", "iras", "irez", "ira", "ait", "ais", "ant", "ent", "ons", "ez", "ies", "is", "it", "ie", "us",
    "s", "t", "i",
];
const RE: [&str; 32] = [
    "raient", "issent", "rions", "riez", "rais", "rait", "rons", "ront", "aient", "irent", "imes", "isse",
    "rai", "ras", "rez", "ions", "ais", "ait", "ant", "ent", "iez", "ons", "ues", "ra", "ue", "us", "ez",
    "es", "is", "it", "u", "s",
];

/// Endings of nouns and adjectives, and what stands there in the base form.
const NOMINAL: [(&str, &str); 44] = [
    ("eaux", "eau"),
    ("aux", "al"),
    ("aux", "ail"),
    ("eux", "eu"),
    ("oux", "ou"),
    ("ales", "al"),
    ("ale", "al"),
    ("elles", "el"),
    ("elle", "el"),
    ("elles", "eau"),
    ("elle", "eau"),
    ("eilles", "eil"),
    ("eille", "eil"),
    ("ennes", "en"),
    ("enne", "en"),
    ("onnes", "on"),
    ("onne", "on"),
    ("ettes", "et"),
    ("ette", "et"),
    ("etes", "et"),
    ("ete", "et"),
    ("eres", "er"),
    ("ere", "er"),
    ("euses", "eux"),
    ("euse", "eux"),
    ("euses", "eur"),
    ("euse", "eur"),
    ("rices", "eur"),
    ("rice", "eur"),
    ("ives", "if"),
    ("ive", "if"),
    ("sses", "s"),
    ("sse", "s"),
    ("ches", "c"),
    ("che", "c"),
    ("ques", "c"),
    ("que", "c"),
    ("gues", "g"),
    ("gue", "g"),
    ("es", ""),
    ("e", ""),
    ("s", ""),
    ("x", ""),
    ("es", "e"),
];

/// Calls `each` with the base forms that a word may belong to, and whether as a verb.
pub(crate) fn lemmas(word: &str, each: &mut impl FnMut(&str, bool)) {
    if word.len() < 3 {
        return;
    }
    for (ending, base) in NOMINAL {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 2
        {
            each(&format!("{stem}{base}"), false);
        }
    }
    for (endings, infinitive) in [(&ER[..], "er"), (&IR[..], "ir"), (&RE[..], "re")] {
        for ending in endings {
            let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() >= 2) else { continue };
            each(&format!("{stem}{infinitive}"), true);
            if infinitive == "er" {
                // Written otherwise before a, o or a mute e: mangeait, appelle, jette, emploie.
                if let Some(shorter) = stem.strip_suffix("ge") {
                    each(&format!("{shorter}ger"), true);
                }
                if stem.ends_with("ll") || stem.ends_with("tt") {
                    each(&format!("{}er", &stem[..stem.len() - 1]), true);
                }
                if let Some(shorter) = stem.strip_suffix('i') {
                    each(&format!("{shorter}yer"), true);
                }
            }
        }
    }
}
