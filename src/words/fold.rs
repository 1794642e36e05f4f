//! Folding: texts that differ only in how they were typed become equal.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Folds apostrophes, quotes, spaces, hyphens and normal form; letters, digits and case stay.
///
/// Apostrophes become `'`, double quotes and guillemets `"` without the space inside them, every
/// run of white space one space, none at the ends; hyphens `-`, soft hyphens and zero-width marks
/// nothing; the result is in NFC. Dashes (`–`, `—`) and the ellipsis are not folded: they are
/// another punctuation, not another way to type the same.
///
/// # Examples
///
/// ```
/// use enregard::words::fold;
/// assert_eq!(fold("l’« échec » des États\u{2011}Unis"), fold("l'\"échec\" des États-Unis"));
/// assert_ne!(fold("Il dort."), fold("Il dort ?"));
/// ```
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_graphic()) {
        return Cow::Borrowed(text);
    }
    let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    };
    let mut out = String::with_capacity(composed.len());
    // A space is written only once a character that keeps it has come.
    let mut space = false;
    for c in composed.chars() {
        let folded = match c {
            '’' | '‘' | '‛' | 'ʼ' | '′' | '`' | '´' => '\'',
            '«' | '“' | '„' | '‟' => {
                if space && !out.is_empty() {
                    out.push(' ');
                }
                space = false;
                out.push('"');
                // The space inside an opening quote goes: nothing may be pending after it.
                continue;
            }
            '»' | '”' => {
                space = false;
                out.push('"');
                continue;
            }
            '\u{2010}' | '\u{2011}' | '\u{2043}' | '\u{FE63}' | '\u{FF0D}' => '-',
            '\u{00AD}' | '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' => continue,
            c if c.is_whitespace() => {
                space = !out.is_empty();
                continue;
            }
            c => c,
        };
        if space && !opened(&out) {
            out.push(' ');
        }
        space = false;
        out.push(folded);
    }
    Cow::Owned(out)
}

/// Whether the text ends in an opening quote: one at its start or after a space or bracket.
fn opened(out: &str) -> bool {
    let mut back = out.chars().rev();
    back.next() == Some('"') && back.next().is_none_or(|c| c == ' ' || c == '(' || c == '\'')
}

/// [`fold`], and without case, accents and punctuation's spaces: for finding, not for equality.
///
/// # Examples
///
/// ```
/// use enregard::words::fold_key;
/// assert_eq!(fold_key("Évènement"), fold_key("EVENEMENT"));
/// assert_eq!(fold_key("Œuvre"), "oeuvre");
/// ```
pub fn fold_key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in fold(text).nfd().flat_map(char::to_lowercase) {
        match c {
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            '\u{0300}'..='\u{036F}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_habits_fold_and_words_do_not() {
        for (a, b) in [
            ("l’IA", "l'IA"),
            ("« oui »", "\"oui\""),
            ("“oui”", "\"oui\""),
            ("« oui », dit-il", "\"oui\", dit-il"),
            ("75\u{202F}%", "75 %"),
            ("e\u{301}tat", "état"),
            ("a\n b", "a b"),
            ("rendez\u{2011}vous", "rendez-vous"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
        for (a, b) in [("n'est pas", "n'est"), ("21", "12"), ("État", "état"), ("a – b", "a - b")] {
            assert_ne!(fold(a), fold(b), "{a} / {b}");
        }
    }

    #[test]
    fn folding_again_changes_nothing() {
        for text in ["« l’« IA » »", " a\t« b »c ", "\"a\" \" b \"", "e\u{301}\u{AD}«»"] {
            let once = fold(text).into_owned();
            assert_eq!(fold(&once), once, "{text:?}");
        }
    }
}
