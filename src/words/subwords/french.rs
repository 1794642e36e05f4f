//! How a text is parted before its words are split: French elision and inner apostrophes, English contractions,
//! numbers and marks, written as one regular expression that `tokenizer.json` carries.
//!
//! Only what the engines of Rust and Python (Oniguruma) read alike: classes of letters instead of a flag for case,
//! since Oniguruma takes `(?i:ss)` for `ß`, too.

use super::super::split::ELIDED;

/// What begins a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// A space belongs to the word after it.
    Space,
    /// A space was made the mark `▁`, which belongs to the word after it.
    Mark,
    /// Spaces are nobody's.
    Nothing,
}

/// The expression of the pieces: `l’` and `homme`, `aujourd’hui`, `it` and `'s`, numbers of three digits at most, marks.
///
/// What matches is a piece, and so is what stands between matches.
pub(super) fn pieces(head: Head) -> String {
    let before = match head {
        Head::Space => " ?",
        Head::Mark => "▁?",
        Head::Nothing => "",
    };
    let mut elided = ELIDED;
    elided.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let elided: Vec<String> = elided.iter().map(|word| either_case(word)).collect();
    let contracted: Vec<String> = ["s", "t", "re", "ve", "m", "ll", "d"].map(either_case).to_vec();
    let (elided, contracted) = (elided.join("|"), contracted.join("|"));
    let letter = r"[\p{L}\p{M}]";
    let space = if head == Head::Mark { "▁" } else { "" };
    let mut all = vec![
        format!(r"{before}(?:{elided}){APOSTROPHE}(?=\p{{L}})"),
        format!(r"{before}{letter}+(?:{APOSTROPHE}(?!(?:{contracted})(?!{letter})){letter}+)*"),
        format!(r"{APOSTROPHE}(?:{contracted})(?!{letter})"),
        format!(r"{before}\p{{N}}{{1,3}}"),
        format!(r"{before}[^\s\p{{L}}\p{{M}}\p{{N}}{space}]+"),
    ];
    if head == Head::Space {
        all.extend([r"\s+(?!\S)".to_owned(), r"\s+".to_owned()]);
    }
    all.join("|")
}

const APOSTROPHE: &str = "['’ʼ]";

/// A word in small letters and capitals.
fn either_case(word: &str) -> String {
    word.chars().map(|c| format!("[{c}{}]", c.to_uppercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> Vec<&str> {
        let regex = fancy_regex::Regex::new(&pieces(Head::Space)).unwrap();
        regex.find_iter(text).map(|found| found.unwrap().as_str()).collect()
    }

    #[test]
    fn elision_parts_and_inner_apostrophes_stay() {
        assert_eq!(parted("L’homme d'aujourd'hui"), ["L’", "homme", " d'", "aujourd'hui"]);
        assert_eq!(parted("jusqu’à Puisqu'il QU’ON"), ["jusqu’", "à", " Puisqu'", "il", " QU’", "ON"]);
        assert_eq!(parted("prud’homme, va-t'en"), ["prud’homme", ",", " va", "-", "t'", "en"]);
        assert_eq!(parted("It's 2026, don't"), ["It", "'s", " 202", "6", ",", " don", "'t"]);
        assert_eq!(parted("«\u{A0}IA\u{A0}»  12\n"), ["«", "\u{A0}", "IA", "\u{A0}", "»", " ", " 12", "\n"]);
    }

    #[test]
    fn the_pieces_are_the_text() {
        for text in ["l’«\u{202F}e\u{301}té\u{202F}» …", "  a  ", "", "d'", "’", "▁x ▁"] {
            assert_eq!(parted(text).concat(), text);
        }
    }
}
