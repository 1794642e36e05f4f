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
        at += text[at..].find(char::is_alphanumeric)?;
        let start = at;
        let end = start + word_bytes(&text[start..]);
        at = end;
        Some(Span::new(start, end))
    })
}

/// How many words a text has as translators bill them: runs between white space with at least one
/// letter or digit, so that a lone `«` or `:` is none.
pub fn billed_words(text: &str) -> usize {
    text.split_whitespace().filter(|run| run.contains(char::is_alphanumeric)).count()
}

/// Words that lose their vowel before another.
const ELIDED: [&str; 17] = [
    "l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu",
    "entr", "aujourd",
];

/// Pronouns that follow a verb after a hyphen.
const INVERTED: [&str; 14] =
    ["t", "il", "elle", "on", "ils", "elles", "je", "tu", "nous", "vous", "ce", "le", "la", "les"];

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
    let mut end = 0;
    while let Some(c) = text[end..].chars().next() {
        let after = end + c.len_utf8();
        let next = text[after..].chars().next();
        let joins = next.is_some_and(char::is_alphanumeric);
        if is_inner(c) {
            end = after;
        } else if is_apostrophe(c) && joins {
            let so_far = text[..end].to_lowercase();
            let last = so_far.rsplit(is_hyphen).next().unwrap_or(&so_far);
            if last == "aujourd" {
                end = after;
            } else if ELIDED.contains(&last) {
                return after;
            } else {
                end = after;
            }
        } else if is_hyphen(c) && joins {
            let following = &text[after..];
            let word: String = following.chars().take_while(|&c| is_inner(c)).collect();
            if INVERTED.contains(&word.to_lowercase().as_str()) {
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

    #[test]
    fn billed_words_are_between_spaces() {
        assert_eq!(billed_words("« L’IA » : 25 % de plus"), 4);
        assert_eq!(billed_words(" \n"), 0);
    }
}
