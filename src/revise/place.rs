//! Finding the place in a text that a person names by its words.

use unicode_normalization::UnicodeNormalization;

use crate::words::fold;

/// Where `wanted` begins in `text`, in bytes: each place of it.
///
/// First as it was typed; if it is nowhere so, without minding apostrophes, quotes, spaces, hyphens and normal
/// form, since a keyboard has other ones than a newspaper.
pub(super) fn places(text: &str, wanted: &str) -> Vec<usize> {
    let wanted = wanted.trim();
    if wanted.is_empty() {
        return Vec::new();
    }
    let exact: Vec<usize> = text.match_indices(wanted).map(|(at, _)| at).collect();
    if !exact.is_empty() {
        return exact;
    }
    let plain = |text: &str| -> Vec<(usize, char)> {
        let folded = |(at, c): (usize, char)| {
            let kept: Vec<(usize, char)> = fold(c.encode_utf8(&mut [0; 4])).nfd().map(|c| (at, c)).collect();
            kept
        };
        text.char_indices().filter(|(_, c)| !c.is_whitespace()).flat_map(folded).collect()
    };
    let (text, wanted) = (plain(text), plain(wanted));
    if wanted.is_empty() {
        return Vec::new();
    }
    let fits = |window: &&[(usize, char)]| window.iter().map(|(_, c)| c).eq(wanted.iter().map(|(_, c)| c));
    text.windows(wanted.len()).filter(fits).map(|window| window[0].0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_as_typed_and_else_as_a_keyboard_has_it() {
        assert_eq!(places("Il pleut, il vente.", "il vente"), [10]);
        assert_eq!(places("a, b, a", "a"), [0, 6]);
        assert_eq!(places("« L’été », dit\u{A0}: oui", "\"L'e\u{301}te\u{301}\", dit:"), [0]);
        assert_eq!(places("Il pleut.", "neige"), [] as [usize; 0]);
        assert_eq!(places("Il pleut.", " "), [] as [usize; 0]);
    }
}
