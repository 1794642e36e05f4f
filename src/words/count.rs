//! How many words: as translators bill them, and with elision split; one pass for both.

use super::split::{ASCII, INNER, LETTER, SPACE, before_word, is_latin, mark_bytes, words};

/// How many words a text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordCount {
    /// As translators bill them: runs between white space with at least one letter or digit, so that a
    /// lone `«` or `:` is none.
    pub billed: usize,
    /// With French elision split, as [`words`] has them: `l’IA` is two.
    pub split: usize,
}

impl WordCount {
    /// The words of `text`.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::words::WordCount;
    /// assert_eq!(WordCount::of("« L’IA » pèse 25 %"), WordCount { billed: 3, split: 4 });
    /// ```
    pub fn of(text: &str) -> WordCount {
        let mut count = WordCount::default();
        let mut at = 0;
        // No word holds white space, so each run between white space is counted by itself.
        while let Some(bytes) = before_word(&text[at..]) {
            at += bytes;
            count.billed += 1;
            match simple_run(&text.as_bytes()[at..]) {
                Some(bytes) => {
                    count.split += 1;
                    at += bytes;
                }
                None => {
                    let run = &text[at..at + run_bytes(&text[at..])];
                    count.split += words(run).count();
                    at += run.len();
                }
            }
        }
        count
    }
}

/// The length of a run that is letters and then marks alone, as nearly all are: one word, whatever its rules.
fn simple_run(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() && ASCII[usize::from(byte)] & INNER != 0 {
            at += 1;
        } else if is_latin(bytes, at) {
            at += 2;
        } else {
            break;
        }
    }
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii() {
            match ASCII[usize::from(byte)] {
                class if class & SPACE != 0 => return Some(at),
                class if class & LETTER != 0 => return None,
                _ => at += 1,
            }
        } else {
            match (mark_bytes(bytes, at)?, bytes.get(at + 1), bytes.get(at + 2)) {
                // The no-break space, U+2000 to U+200A, U+2028, U+2029 and the narrow space end a run.
                (2, Some(0xA0), _) | (3, _, Some(0x80..=0x8A | 0xA8 | 0xA9 | 0xAF)) => return Some(at),
                (bytes, ..) => at += bytes,
            }
        }
    }
    Some(at)
}

/// How far it is to the next white space.
fn run_bytes(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            0..0x80 if ASCII[usize::from(byte)] & SPACE != 0 => break,
            // The bytes that white space beyond ASCII begins with.
            0xC2 | 0xE1..=0xE3 => {
                let Some(c) = text[at..].chars().next() else { break };
                if c.is_whitespace() {
                    break;
                }
                at += c.len_utf8();
            }
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slowly(text: &str) -> WordCount {
        let runs = text.split_whitespace().filter(|run| run.contains(char::is_alphanumeric));
        WordCount { billed: runs.count(), split: words(text).count() }
    }

    #[test]
    fn billed_words_are_between_spaces() {
        assert_eq!(WordCount::of("« L’IA » : 25 % de plus").billed, 4);
        assert_eq!(WordCount::of(" \n"), WordCount::default());
        for text in ["a\u{A0}b\u{2028}«\u{202F}c", "\u{85}²\u{1C}x _ é", "l’été…", "a\u{AD}b c_ _d"]
        {
            assert_eq!(WordCount::of(text), slowly(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn one_pass_counts_what_two_definitions_say(
            text in "[a-cLQlq’'\\-\u{2010}\u{2011}.,5²éÀ×_ \u{a0}\u{202f}\u{85}\u{301}\u{ad}tisKſ«»…𝒳😀ⁱ‿\u{2009}]{0,40}",
            any in "\\PC{0,20}",
        ) {
            for text in [text, any] {
                prop_assert_eq!(WordCount::of(&text), slowly(&text));
            }
        }
    }
}
