//! A paragraph's key: its words as phrases are compared, without what typing habits change.

/// The words of a text between single spaces, one at each end: lower case, without accents.
///
/// Any number is `#`; a mark that introduces (`: | > – »` between spaces …) is `:`; `/` and `©`
/// stay; every other mark only parts words.
#[derive(Default)]
pub(super) struct Key {
    text: String,
    words: usize,
}

impl Key {
    /// The key of `text`.
    pub(super) fn of(text: &str) -> Self {
        let mut key = Key::default();
        key.fill(text);
        key
    }

    /// Becomes the key of another text, in the same memory.
    pub(super) fn fill(&mut self, text: &str) {
        self.text.clear();
        self.text.reserve(text.len() + 2);
        self.text.push(' ');
        self.words = 0;
        // Whether the last thing written is a word that may go on.
        let mut inside = false;
        // Whether a hyphen after a space was read, which introduces if a space follows it.
        let mut dash = false;
        let mut spaced = true;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii_alphabetic() {
                // Most characters are here: a run of letters in one go.
                self.begin(&mut inside);
                let run = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic());
                run.for_each(|byte| {
                    self.text.push(char::from(byte | 0x20));
                    at += 1;
                });
                (dash, spaced) = (false, false);
                continue;
            }
            if byte < 0x80 {
                at += 1;
                let dashed = std::mem::take(&mut dash);
                match ASCII[usize::from(byte)] {
                    PARTS => {
                        if byte == b' ' && dashed {
                            self.mark(':', &mut inside);
                        }
                        self.part(&mut inside);
                    }
                    DIGIT => self.digit(&mut inside),
                    MARK => self.mark(if byte == b'/' { '/' } else { ':' }, &mut inside),
                    HYPHEN => {
                        self.part(&mut inside);
                        dash = spaced;
                    }
                    _ => {}
                }
                spaced = byte == b' ';
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            at += c.len_utf8();
            let dashed = std::mem::take(&mut dash);
            spaced = c == '\u{a0}';
            match c {
                '’' | '«' | '»' | '\u{202f}' | '…' | '“' | '”' => self.part(&mut inside),
                'à'..='ö' | 'ø'..='ÿ' | 'À'..='Ö' | 'Ø'..='Þ' if c != 'æ' && c != 'Æ' => {
                    self.letter(plain(c), &mut inside)
                }
                '\u{a0}' if dashed => self.mark(':', &mut inside),
                '©' => self.mark(c, &mut inside),
                '›' | '→' | '►' | '▶' | '➡' | '–' | '—' | '•' | '·' => {
                    self.mark(':', &mut inside)
                }
                '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
                'œ' | 'Œ' => {
                    self.letter('o', &mut inside);
                    self.letter('e', &mut inside);
                }
                'æ' | 'Æ' => {
                    self.letter('a', &mut inside);
                    self.letter('e', &mut inside);
                }
                c if c.is_alphabetic() => self.letter(plain(c), &mut inside),
                _ => self.part(&mut inside),
            }
        }
        self.part(&mut inside);
    }

    fn begin(&mut self, inside: &mut bool) {
        if !std::mem::replace(inside, true) {
            self.words += 1;
        }
    }

    fn letter(&mut self, c: char, inside: &mut bool) {
        self.begin(inside);
        self.text.push(c);
    }

    /// A digit: `12` and `12 500` are one number each.
    fn digit(&mut self, inside: &mut bool) {
        if *inside && self.text.ends_with('#') {
            return;
        }
        if !*inside && self.text.ends_with(" # ") {
            self.text.pop();
            *inside = true;
            return;
        }
        self.letter('#', inside);
    }

    fn part(&mut self, inside: &mut bool) {
        if std::mem::replace(inside, false) {
            self.text.push(' ');
        }
    }

    fn mark(&mut self, c: char, inside: &mut bool) {
        self.part(inside);
        if c == ':' && (self.text.len() == 1 || self.text.ends_with(" : ")) {
            return;
        }
        self.text.push(c);
        self.text.push(' ');
    }

    /// The words, with a space at each end.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The words without a mark at the end.
    pub(super) fn bare(&self) -> &str {
        self.text.strip_suffix(": ").unwrap_or(&self.text)
    }

    /// How many words there are, marks not counted.
    pub(super) fn words(&self) -> usize {
        self.words
    }

    /// The words and marks one by one.
    pub(super) fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.text.split_ascii_whitespace()
    }
}

/// What each ASCII character that is no letter does.
const ASCII: [u8; 128] = {
    let mut table = [PARTS; 128];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'0'..=b'9' => DIGIT,
            b'/' | b':' | b'|' | b'>' => MARK,
            b'-' => HYPHEN,
            _ => PARTS,
        };
        byte += 1;
    }
    table
};
const PARTS: u8 = 0;
const DIGIT: u8 = 1;
const MARK: u8 = 2;
const HYPHEN: u8 = 3;

/// A letter without its accent, in lower case.
fn plain(c: char) -> char {
    match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'À' | 'Â' | 'Ä' | 'Á' | 'Ã' | 'Å' => 'a',
        'ç' | 'Ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => 'e',
        'î' | 'ï' | 'í' | 'ì' | 'Î' | 'Ï' | 'Í' | 'Ì' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' => 'o',
        'ù' | 'û' | 'ü' | 'ú' | 'Ù' | 'Û' | 'Ü' | 'Ú' => 'u',
        'ÿ' | 'Ÿ' => 'y',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_habits_leave_no_trace() {
        for (text, key) in [
            ("Inscrivez-vous !", " inscrivez vous "),
            ("« Tous droits réservés. © 2026 »", " tous droits reserves © # "),
            ("PHOTO: Jean/AFP", " photo : jean / afp "),
            (">> Lire aussi : « L’IA »", " lire aussi : l ia "),
            ("Vidéo - Le titre", " video : le titre "),
            ("12 500 commentaires (à lire) :", " # commentaires a lire : "),
            ("10h05, e\u{301}te\u{301}", " #h# ete "),
            ("Cœur", " coeur "),
            ("- a -b c- ", " a b c "),
            ("", " "),
            ("***", " "),
        ] {
            assert_eq!(Key::of(text).text(), key, "{text}");
        }
        assert_eq!(Key::of("a : b / c").words(), 3);
    }
}
