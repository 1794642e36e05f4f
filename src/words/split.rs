//! Words: as translators bill them, and as French is spoken.

use crate::bitext::Span;

/// The words of a text as spans, French elision split: `l’IA` is two, `aujourd’hui` one.
///
/// A word is a run of letters, digits and marks; inside it may stand a hyphen between letters, an
/// apostrophe that no elision explains, and a point or comma between digits. An elided word keeps
/// its apostrophe (`l’`). A hyphen before an inverted pronoun parts (`a-t-il` is three: `a`, `t`,
/// `il`), another does not (`semi-conducteurs` is one).
///
/// # Examples
///
/// ```
/// use enregard::words::words;
/// let text = "L’IA, aujourd’hui, pèse 1,5 %.";
/// let all: Vec<&str> = words(text).map(|word| word.of(text)).collect();
/// assert_eq!(all, ["L’", "IA", "aujourd’hui", "pèse", "1,5"]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += before_word(&text[at..])?;
        let start = at;
        let end = start + word_bytes(&text[start..]);
        at = end;
        Some(Span::new(start, end))
    })
}

/// Words that lose their vowel before another.
pub(super) const ELIDED: [&str; 16] = [
    "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu",
    "entr",
];

/// Pronouns that follow a verb after a hyphen.
const INVERTED: [&str; 14] =
    ["t", "il", "elle", "on", "ils", "elles", "je", "tu", "nous", "vous", "ce", "le", "la", "les"];

pub(super) const SPACE: u8 = 1;
/// A letter or digit.
pub(super) const LETTER: u8 = 2;
/// What can stand inside a word without a further look.
pub(super) const INNER: u8 = 4;

/// What each character of ASCII is.
pub(super) const ASCII: [u8; 128] = {
    let mut class = [0; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            class[byte as usize] = LETTER | INNER;
        } else if matches!(byte, b'\t'..=b'\r' | b' ') {
            class[byte as usize] = SPACE;
        }
        byte += 1;
    }
    class[b'_' as usize] = INNER;
    class
};

/// Where the first word begins, if there is one.
pub(super) fn before_word(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        if byte.is_ascii() {
            if ASCII[usize::from(byte)] & LETTER != 0 {
                return Some(at);
            }
            at += 1;
        } else if is_latin(text.as_bytes(), at) {
            return Some(at);
        } else if let Some(bytes) = mark_bytes(text.as_bytes(), at) {
            at += bytes;
        } else {
            let c = text[at..].chars().next()?;
            if c.is_alphanumeric() {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
    None
}

/// Whether a letter of Latin-1 stands here: `À` to `ÿ` without `×` and `÷`.
pub(super) fn is_latin(bytes: &[u8], at: usize) -> bool {
    bytes[at] == 0xC3 && !matches!(bytes.get(at + 1), Some(0x97 | 0xB7) | None)
}

/// The length of a mark or space that is frequent in French, if one stands here: U+2000–U+203F (dashes,
/// `’`, `“`, `…`, the narrow space) and the no-break space, `«` and `»`. None of them is in a word by itself.
pub(super) fn mark_bytes(bytes: &[u8], at: usize) -> Option<usize> {
    match (bytes[at], bytes.get(at + 1)) {
        (0xE2, Some(0x80)) => Some(3),
        (0xC2, Some(0xA0 | 0xAB | 0xBB)) => Some(2),
        _ => None,
    }
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(word))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}' | '_')
}

/// The length of the word that `text` begins with.
fn word_bytes(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(&byte) = bytes.get(end) {
        if byte.is_ascii() {
            let class = ASCII[usize::from(byte)];
            if class & INNER != 0 {
                end += 1;
                continue;
            } else if class & SPACE != 0 {
                break;
            }
        } else if is_latin(bytes, end) {
            end += 2;
            continue;
        }
        let Some(c) = text[end..].chars().next() else { break };
        let after = end + c.len_utf8();
        if mark_bytes(bytes, end).is_none() && is_inner(c) {
            end = after;
            continue;
        }
        if !is_apostrophe(c) && !is_hyphen(c) && !matches!(c, '.' | ',') {
            break;
        }
        let next = text[after..].chars().next();
        let joins = next.is_some_and(char::is_alphanumeric);
        if is_apostrophe(c) && joins {
            let last = text[..end].rsplit(is_hyphen).next().unwrap_or(&text[..end]);
            if is_one_of(last, &ELIDED) {
                return after;
            }
            end = after;
        } else if is_hyphen(c) && joins {
            let following = &text[after..];
            let word = following.find(|c| !is_inner(c)).map_or(following, |bytes| &following[..bytes]);
            if is_one_of(word, &INVERTED) {
                return end;
            }
            end = after;
        } else if matches!(c, '.' | ',')
            && text[..end].ends_with(|c: char| c.is_ascii_digit())
            && next.is_some_and(|c| c.is_ascii_digit())
        {
            end = after;
        } else {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        words(text).map(|word| word.of(text)).collect()
    }

    #[test]
    fn elision_and_inversion_part_words_and_compounds_stay() {
        assert_eq!(split("a\u{2011}t\u{2011}il écrit"), ["a", "t", "il", "écrit"]);
        assert_eq!(split("d'\"échec\""), ["d", "échec"]);
        assert_eq!(split("qu’il n’est"), ["qu’", "il", "n’", "est"]);
        assert_eq!(split("semi-conducteurs 12 000 R&D"), ["semi-conducteurs", "12", "000", "R", "D"]);
        assert_eq!(split("jusqu’aujourd’hui"), ["jusqu’", "aujourd’hui"]);
        assert_eq!(split(""), [""; 0]);
    }
}
