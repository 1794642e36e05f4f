//! A paragraph's shape: how it ends, and the forms that no list of phrases can hold.

/// The mark that a paragraph ends with, behind closing quotes and brackets.
pub(super) fn last_mark(text: &str) -> Option<char> {
    text.chars().rev().find(|&c| !is_closer(c) && !c.is_whitespace())
}

/// Whether a mark ends a sentence.
pub(super) fn is_stop(mark: Option<char>) -> bool {
    matches!(mark, Some('.' | '!' | '?' | '…'))
}

fn is_closer(c: char) -> bool {
    matches!(c, '»' | '"' | '”' | '’' | '\'' | ')' | ']' | '›' | '*')
}

/// Initials as agencies sign (`gc/ube/kaf/jug/er`, `bur-abc/de`): two groups or more of two to
/// four lower-case letters, parted by slashes, hyphens between some of them.
pub(super) fn is_initials(text: &str) -> bool {
    let text = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(text);
    if text.len() > 60 || !text.contains('/') || WORDS_WITH_A_SLASH.contains(&text) {
        return false;
    }
    text.split(['/', '-'])
        .all(|group| (2..=4).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_lowercase()))
}

const WORDS_WITH_A_SLASH: [&str; 8] =
    ["et/ou", "oui/non", "ou/et", "and/or", "he/she", "his/her", "yes/no", "on/off"];

/// A line drawn between parts (`* * *`, `----`): marks alone, no letter, number or symbol of speech.
pub(super) fn is_separator(text: &str) -> bool {
    let mut marks = 0;
    for c in text.chars() {
        match c {
            '*' | '-' | '_' | '=' | '~' | '•' | '·' | '–' | '—' | '#' | '|' | '⁂' | '■' | '▪' | '─' | '+'
            | '◆' | '●' => marks += 1,
            c if c.is_whitespace() => {}
            _ => return false,
        }
    }
    marks > 1 || text == "⁂"
}

/// Whether there is nothing to see: marks of width zero, controls.
pub(super) fn is_invisible(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_control()
            || c.is_whitespace()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    })
}

/// An address of the web, of mail or of a network's account, and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim_matches(['<', '>', '(', ')', '[', ']']);
    if text.contains(char::is_whitespace) {
        return false;
    }
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
    let mail = text
        .split_once('@')
        .is_some_and(|(who, host)| !who.is_empty() && who.chars().all(name) && is_host(host));
    let account = text.strip_prefix('@').is_some_and(|who| who.len() > 2 && who.chars().all(name));
    let host = text.split('/').next().unwrap_or("");
    text.starts_with("http://")
        || text.starts_with("https://")
        || (text.starts_with("www.") && is_host(host))
        || mail
        || account
}

fn is_host(host: &str) -> bool {
    host.split_once('.').is_some_and(|(name, end)| !name.is_empty() && end.len() >= 2)
        && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
}

/// Subjects with a hash each (`#Chine #IA`), two or more, or one alone.
pub(super) fn is_hashtags(text: &str) -> bool {
    text.split_whitespace()
        .all(|word| word.strip_prefix('#').is_some_and(|tag| tag.starts_with(|c: char| c.is_alphabetic())))
}

/// A path through the site (`Accueil > Économie > Tech`): three steps or more, no sentence.
pub(super) fn is_path(text: &str) -> bool {
    text.len() <= 160
        && text.bytes().any(|byte| matches!(byte, b'>' | b'/' | 0xE2 | 0xC2))
        && !is_stop(last_mark(text))
        && [" > ", " › ", " » ", " / "].iter().any(|mark| {
            let steps = text.split(mark).filter(|step| step.contains(char::is_alphabetic));
            !text.contains('«') && steps.count() >= 3
        })
}

/// The people's names that a text begins with, particles between them: the byte after the last,
/// and how many words have a capital.
pub(super) fn names(text: &str, is_particle: impl Fn(&str) -> bool) -> (usize, usize) {
    let start = text.as_ptr() as usize;
    let (mut end, mut capitals) = (0, 0);
    for word in text.split(|c: char| c.is_whitespace() || c == '&').filter(|word| !word.is_empty()) {
        let bare = word.strip_suffix(',').unwrap_or(word);
        let own = bare.strip_prefix("d'").or_else(|| bare.strip_prefix("d’")).unwrap_or(bare);
        // `J.`, `M.-C.`, `Jean-Marie`, `O’Neil`; a point after a whole word ends a sentence.
        let named = own.starts_with(char::is_uppercase)
            && own.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\u{2011}' | '\'' | '’' | '.'))
            && (!own.ends_with('.') || own.split(['.', '-']).all(|part| part.chars().count() <= 2));
        if named {
            capitals += 1;
            end = bare.as_ptr() as usize - start + bare.len();
        } else if !is_particle(&bare.to_lowercase()) {
            break;
        }
        if bare.len() < word.len() && !text[word.as_ptr() as usize - start + word.len()..].contains(" et ") {
            break;
        }
    }
    (end, capitals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agencies_sign_with_initials_and_words_do_not() {
        for text in ["gc/ube/kaf/jug/er", "bur-abc/de", "(ab/cde)", "jdo-fmi/vab/tmt"] {
            assert!(is_initials(text), "{text}");
        }
        for text in ["et/ou", "AC/DC", "km/h", "et", "a/b", "Paris/Londres", "1/2", "mots/phrases"] {
            assert!(!is_initials(text), "{text}");
        }
    }

    #[test]
    fn names_have_capitals_and_particles() {
        let particle = |word: &str| matches!(word, "de" | "la" | "et");
        for (text, found) in [
            ("Jean Dupont", "Jean Dupont"),
            ("Marie de La Tour, à Pékin", "Marie de La Tour"),
            ("Chantal DIDIER avec AFP", "Chantal DIDIER"),
            ("J. Roe, M.-C. Roy et A. Doe", "J. Roe, M.-C. Roy et A. Doe"),
            ("Anne-Marie d’Or", "Anne-Marie d’Or"),
            ("Jean dort", "Jean"),
            ("le chat", ""),
            ("Roy.", ""),
        ] {
            assert_eq!(&text[..names(text, particle).0], found, "{text}");
        }
        assert_eq!(names("Jean Dupont", particle).1, 2);
    }

    #[test]
    fn other_forms() {
        assert!(is_separator("* * *") && is_separator("----") && !is_separator("…") && !is_separator("-"));
        assert!(is_address("a.b@c.fr") && is_address("https://x.fr/a") && is_address("@marie_r"));
        assert!(!is_address("a b@c.fr") && !is_address("etc.") && !is_address("@"));
        assert!(is_hashtags("#Chine #IA") && !is_hashtags("#1") && !is_hashtags("no 1"));
        assert!(is_path("Accueil > Économie > Tech") && !is_path("a > b") && !is_path("Si a > b, on dort."));
    }
}
