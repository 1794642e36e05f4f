//! A text split once into tokens that can be compared: folded, hashed, with their case.
//!
//! The checks look at every word many times; here each is folded once. For showing words to
//! people, and for counting them, there is [`words`](super::words).

use super::language::{Hint, listed};
use super::word_hash;
use crate::bitext::{Lang, Span};

/// How a token's letters are cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No capital (`chat`).
    Lower,
    /// A capital first and small letters after it (`Paris`); one capital letter alone.
    Capital,
    /// Two capitals or more and no small letter (`ONU`).
    Upper,
    /// Capitals inside (`iPhone`, `McDonald`).
    Mixed,
    /// It begins with a digit.
    Digit,
}

/// A run of letters and digits.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    start: u32,
    end: u32,
    folded_start: u32,
    folded_end: u32,
    /// The hash of its folded form, by [`word_hash`].
    pub hash: u64,
    /// How it is cased.
    pub case: Case,
    /// Whether it begins a sentence, a quotation or what follows a colon: its capital tells nothing.
    pub initial: bool,
    /// Whether it holds a digit.
    pub digit: bool,
    /// The first four bytes of its folded form, 0 where it is shorter: words with other beginnings are told apart by it.
    pub head: u32,
    /// What the commonest words of both languages say of it.
    pub hint: Option<Hint>,
    /// Whether it is a small word of either language, which says nothing by itself: an article, a pronoun, `est`.
    pub small: bool,
}

impl Token {
    /// Where it stands in the text.
    pub const fn span(&self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Whether a capital stands in it.
    pub const fn is_capital(&self) -> bool {
        matches!(self.case, Case::Capital | Case::Upper | Case::Mixed)
    }
}

/// A text and its tokens.
///
/// A token is a run of letters, digits and marks. Apostrophes and hyphens part tokens, but for the
/// English `n't`, which stays with its verb. The folded form is lower case without accents, `œ` as
/// `oe`, any apostrophe as `'`.
///
/// # Examples
///
/// ```
/// use enregard::bitext::Lang;
/// use enregard::words::Text;
/// let text = Text::new("L’Été n’est pas fini.", Lang::Fr);
/// let folded: Vec<&str> = text.tokens().iter().map(|token| text.folded(token)).collect();
/// assert_eq!(folded, ["l", "ete", "n", "est", "pas", "fini"]);
/// let text = Text::new("It isn't Anna's.", Lang::En);
/// let folded: Vec<&str> = text.tokens().iter().map(|token| text.folded(token)).collect();
/// assert_eq!(folded, ["it", "isn't", "anna", "s"]);
/// ```
#[derive(Clone, Debug)]
pub struct Text<'t> {
    /// The text itself.
    pub raw: &'t str,
    /// Its language.
    pub lang: Lang,
    tokens: Vec<Token>,
    folded: String,
}

impl<'t> Text<'t> {
    /// Splits a text. Texts past 4 GiB are cut there.
    pub fn new(raw: &'t str, lang: Lang) -> Self {
        let mut text = Text {
            raw,
            lang,
            tokens: Vec::with_capacity(raw.len() / 5),
            folded: String::with_capacity(raw.len()),
        };
        text.split();
        text
    }

    /// The tokens in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// A token's folded form.
    pub fn folded(&self, token: &Token) -> &str {
        &self.folded[token.folded_start as usize..token.folded_end as usize]
    }

    /// A token as it stands in the text.
    pub fn of(&self, token: &Token) -> &'t str {
        &self.raw[token.start as usize..token.end as usize]
    }

    /// What stands between token `index` and the one after it (or the end).
    pub fn gap(&self, index: usize) -> &'t str {
        let end = self.tokens.get(index + 1).map_or(self.raw.len(), |next| next.start as usize);
        &self.raw[self.tokens[index].end as usize..end]
    }

    /// What stands before token `index`, back to the token before it (or the start).
    pub fn before(&self, index: usize) -> &'t str {
        let start = if index == 0 { 0 } else { self.tokens[index - 1].end as usize };
        &self.raw[start..self.tokens[index].start as usize]
    }

    /// From the first of these tokens to the last, as one span.
    pub fn stretch(&self, first: usize, last: usize) -> Span {
        Span::new(self.tokens[first].start as usize, self.tokens[last].end as usize)
    }

    fn split(&mut self) {
        let raw = self.raw;
        let mut at = 0;
        let mut initial = true;
        while let Some(c) = raw[at..].chars().next() {
            if c == ' ' {
                at += 1;
                continue;
            }
            if is_mark(c) || !c.is_alphanumeric() {
                // After these a capital is the sentence's, not the word's.
                initial |= matches!(
                    c,
                    '.' | '!' | '?' | ':' | '…' | '«' | '»' | '"' | '“' | '”' | '(' | '[' | '–' | '—' | '‘'
                ) || (c == '-' && raw[..at].ends_with(|c: char| c.is_whitespace() || c == '-'));
                at += c.len_utf8();
                continue;
            }
            let (start, folded_start) = (at, self.folded.len());
            let (mut upper, mut lower, mut digit, mut first) = (0, 0, false, Case::Lower);
            // Most words are small letters of ASCII.
            let small = raw.as_bytes()[at..].iter().take_while(|b| b.is_ascii_lowercase()).count();
            self.folded.push_str(&raw[at..at + small]);
            lower += small;
            at += small;
            while let Some(c) = raw[at..].chars().next() {
                if c.is_ascii_lowercase() {
                    self.folded.push(c);
                    lower += 1;
                } else if !is_mark(c) && c.is_alphanumeric()
                    || matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}')
                {
                    if c.is_uppercase() {
                        upper += 1;
                        if at == start {
                            first = Case::Capital;
                            // And the small letters after it.
                            let small = raw.as_bytes()[at + c.len_utf8()..]
                                .iter()
                                .take_while(|b| b.is_ascii_lowercase())
                                .count();
                            fold_char(c, &mut self.folded);
                            at += c.len_utf8();
                            self.folded.push_str(&raw[at..at + small]);
                            lower += small;
                            at += small;
                            continue;
                        }
                    } else if c.is_alphabetic() {
                        lower += 1;
                    } else if c.is_numeric() {
                        digit = true;
                        if at == start {
                            first = Case::Digit;
                        }
                    }
                    fold_char(c, &mut self.folded);
                } else if matches!(c, '\'' | '’') && self.lang == Lang::En && raw[..at].ends_with(['n', 'N'])
                {
                    let mut tail = raw[at + c.len_utf8()..].chars();
                    let t = matches!(tail.next(), Some('t' | 'T'));
                    if !t || tail.next().is_some_and(char::is_alphanumeric) {
                        break;
                    }
                    self.folded.push('\'');
                } else {
                    break;
                }
                at += c.len_utf8();
            }
            let case = match (first, upper, lower) {
                (Case::Digit, ..) => Case::Digit,
                (_, 0, _) => Case::Lower,
                (_, 1, 0) => Case::Capital,
                (_, _, 0) => Case::Upper,
                (Case::Capital, 1, _) => Case::Capital,
                _ => Case::Mixed,
            };
            let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(at)) else { return };
            let hash = word_hash(&self.folded.as_bytes()[folded_start..]);
            let (hint, small) = listed(hash).map_or((None, false), |(hint, small)| (Some(hint), small));
            self.tokens.push(Token {
                start,
                end,
                folded_start: folded_start as u32,
                folded_end: self.folded.len() as u32,
                hash,
                case,
                initial,
                digit,
                head: self.folded.as_bytes()[folded_start..]
                    .first_chunk()
                    .map_or(0, |head| u32::from_le_bytes(*head)),
                hint,
                small: small || (case == Case::Lower && end - start < 3),
            });
            initial = false;
        }
    }
}

/// The commonest marks outside ASCII, which are no letters: told without a table.
fn is_mark(c: char) -> bool {
    matches!(c, '’' | '«' | '»' | '\u{00A0}' | '\u{202F}' | '“' | '”' | '–' | '—' | '…')
}

/// Lower case without accents; what is common in French and English without a table's help.
fn fold_char(c: char, out: &mut String) {
    match c {
        'A'..='Z' => out.push(c.to_ascii_lowercase()),
        '0'..='9' => out.push(c),
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => out.push('e'),
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' | 'À' | 'Â' | 'Ä' | 'Á' | 'Ã' | 'Å' => out.push('a'),
        'î' | 'ï' | 'í' | 'ì' | 'Î' | 'Ï' | 'Í' | 'Ì' => out.push('i'),
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' | 'ø' | 'Ô' | 'Ö' | 'Ó' | 'Ò' | 'Õ' | 'Ø' => out.push('o'),
        'û' | 'ù' | 'ü' | 'ú' | 'Û' | 'Ù' | 'Ü' | 'Ú' => out.push('u'),
        'ç' | 'Ç' => out.push('c'),
        'ñ' | 'Ñ' => out.push('n'),
        'œ' | 'Œ' => out.push_str("oe"),
        'æ' | 'Æ' => out.push_str("ae"),
        'ß' => out.push_str("ss"),
        '\u{00AD}' | '\u{0300}'..='\u{036F}' => {}
        _ => out.push_str(&super::fold_key(c.encode_utf8(&mut [0; 4]))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_place_in_the_sentence_are_known() {
        let text = Text::new("Paris dort. « Oui », dit Anna à l’ONU : 12e iPhone.", Lang::Fr);
        let all: Vec<(&str, Case, bool)> =
            text.tokens().iter().map(|t| (text.of(t), t.case, t.initial)).collect();
        assert_eq!(
            all,
            [
                ("Paris", Case::Capital, true),
                ("dort", Case::Lower, false),
                ("Oui", Case::Capital, true),
                ("dit", Case::Lower, true),
                ("Anna", Case::Capital, false),
                ("à", Case::Lower, false),
                ("l", Case::Lower, false),
                ("ONU", Case::Upper, false),
                ("12e", Case::Digit, true),
                ("iPhone", Case::Mixed, false),
            ]
        );
    }

    #[test]
    fn spans_and_gaps_point_into_the_text() {
        let raw = "A\u{301} «b» c’d!";
        let text = Text::new(raw, Lang::Fr);
        let mut whole = text.before(0).to_owned();
        for (index, token) in text.tokens().iter().enumerate() {
            whole.push_str(text.of(token));
            whole.push_str(text.gap(index));
        }
        assert_eq!(whole, raw);
    }
}
