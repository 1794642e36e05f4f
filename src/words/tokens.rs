//! Tokens for comparing a text with its translation: lower case, numbers in one spelling.

/// Calls `each` with every token of a text, in lower case.
///
/// A token is a run of letters and digits; apostrophes and hyphens part, so that `l’indépendance`
/// is `l` and `indépendance`, and `Catalonia's` `catalonia` and `s`. A number is one token whatever
/// its language: `1 000`, `1,000` and `1000` are `1000`, `1,5` and `1.5` are `1.5`. Marks that a
/// translation tends to keep (`? ! : ; % € $` quotes, dashes, brackets) are tokens too.
///
/// # Examples
///
/// ```
/// use enregard::words::tokens;
/// let mut all = Vec::new();
/// tokens("L’IA pèse 12 000 euros ?", &mut |token| all.push(token.to_owned()));
/// assert_eq!(all, ["l", "ia", "pèse", "12000", "euros", "?"]);
/// ```
pub fn tokens(text: &str, each: &mut impl FnMut(&str)) {
    let mut token = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = c.len_utf8();
        if c.is_ascii_digit() {
            let taken = number(rest, &mut token);
            each(&token);
            token.clear();
            rest = &rest[taken..];
        } else if c.is_alphanumeric() {
            let end = rest.find(|c: char| !c.is_alphanumeric() && !is_mark(c)).unwrap_or(rest.len());
            if rest[..end].is_ascii() {
                token.push_str(&rest[..end]);
                token.make_ascii_lowercase();
            } else {
                token.extend(rest[..end].chars().filter(|&c| c != '\u{00AD}').flat_map(char::to_lowercase));
            }
            each(&token);
            token.clear();
            rest = &rest[end..];
        } else {
            if let Some(mark) = punctuation(c) {
                each(mark);
            }
            rest = &rest[after..];
        }
    }
}

/// Marks inside a word: combining accents and the soft hyphen.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}')
}

fn punctuation(c: char) -> Option<&'static str> {
    Some(match c {
        '?' => "?",
        '!' => "!",
        ':' => ":",
        ';' => ";",
        '%' => "%",
        '€' => "€",
        '$' => "$",
        '£' => "£",
        '&' => "&",
        '(' | '[' => "(",
        '"' | '“' | '”' | '„' | '«' | '»' => "\"",
        '–' | '—' | '―' => "—",
        '…' => "…",
        _ => return None,
    })
}

/// Reads the number that `text` begins with into `token`; answers how many bytes it took.
fn number(text: &str, token: &mut String) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    token.push_str(&text[..end]);
    // Groups of three are thousands, if the first has three digits at most.
    let mut grouped = end <= 3;
    loop {
        let mut rest = text[end..].chars();
        let Some(separator) = rest.next() else { break };
        let rest = rest.as_str();
        let count = digits(rest);
        if count == 0 {
            break;
        }
        let space = matches!(separator, ' ' | '\u{00A0}' | '\u{202F}' | '\u{2009}' | '\'' | '’');
        let point = matches!(separator, '.' | ',');
        if grouped && count == 3 && (space || point) && !token.starts_with('0') {
            token.push_str(&rest[..3]);
        } else if point {
            token.push('.');
            token.push_str(&rest[..count]);
            grouped = false;
        } else {
            break;
        }
        end += separator.len_utf8() + count;
    }
    // What hangs on a number (`1er`, `10th`) is dropped with it.
    let tail: usize = text[end..].chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
    let letters = &text[end..end + tail];
    if matches!(letters, "er" | "re" | "e" | "ème" | "eme" | "ère" | "st" | "nd" | "rd" | "th" | "s") {
        return end + tail;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        tokens(text, &mut |token| found.push(token.to_owned()));
        found
    }

    #[test]
    fn a_number_has_one_spelling() {
        for text in ["12 000", "12\u{202F}000", "12,000", "12.000", "12000"] {
            assert_eq!(all(text), ["12000"], "{text:?}");
        }
        assert_eq!(all("1,5 1.5"), ["1.5", "1.5"]);
        assert_eq!(all("le 1er octobre 2018"), ["le", "1", "octobre", "2018"]);
        assert_eq!(all("1990s 3D 2018 000"), ["1990", "3", "d", "2018", "000"]);
    }

    #[test]
    fn words_part_at_apostrophes_and_hyphens() {
        assert_eq!(
            all("« Grand-mère n’a pas l’heure ! »"),
            ["\"", "grand", "mère", "n", "a", "pas", "l", "heure", "!", "\""]
        );
    }
}
