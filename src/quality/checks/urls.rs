//! **urls**: addresses, handles and hashtags that must go over as they are.
//!
//! A web address, an e-mail address, `@someone` or `#topic` is the same in both languages. One that
//! the English lacks was lost or changed; one that only the English has may have been added. An
//! address whose language part alone differs (`fr.example.org` = `en.example.org`) is right, and a hashtag may
//! well be translated: a note.
//!
//! | French | English | |
//! |---|---|---|
//! | `Voir https://a.example/x.` | `See https://a.example/y.` | error, `https://a.example/x` expected |
//! | `Sur fr.wikipedia.org` | `On en.wikipedia.org` | nothing |

use super::{Check, Pair};
use crate::bitext::{Finding, Severity, Span};

pub(super) const CHECK: Check = Check { name: "urls", run };

fn run(pair: &Pair<'_>, findings: &mut Vec<Finding>) {
    let fr: Vec<Span> = addresses(pair.fr.raw).collect();
    let mut en: Vec<Span> = addresses(pair.en.raw).collect();
    if fr.is_empty() && en.is_empty() {
        return;
    }
    let mut lost = Vec::new();
    for span in fr {
        let address = span.of(pair.fr.raw);
        match en.iter().position(|other| same(address, other.of(pair.en.raw))) {
            Some(at) => {
                en.remove(at);
            }
            None => lost.push(span),
        }
    }
    let mut en = en.into_iter();
    for span in lost {
        let address = span.of(pair.fr.raw);
        let tag = address.starts_with('#');
        let severity = if tag { Severity::Note } else { Severity::Error };
        let other = en.next();
        let message = match other {
            Some(other) => format!("`{}` is `{address}` in the French", other.of(pair.en.raw)),
            None => format!("`{address}` is missing in the English"),
        };
        findings.push(
            Finding::new("urls", severity, message).fr(span).en(other).expected(address).suggestion(address),
        );
    }
    for span in en {
        let message = format!("`{}` stands only in the English", span.of(pair.en.raw));
        findings.push(Finding::new("urls", Severity::Note, message).en(span));
    }
}

fn same(fr: &str, en: &str) -> bool {
    fr.eq_ignore_ascii_case(en) || neutral(fr) == neutral(en)
}

/// An address without its scheme and without the parts that name a language.
fn neutral(address: &str) -> String {
    let lower = address.to_ascii_lowercase();
    let bare = lower.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let language = |part: &&str| !matches!(*part, "fr" | "en" | "us" | "uk" | "fr-fr" | "en-us" | "en-gb");
    bare.trim_end_matches('/').split(['/', '.']).filter(language).collect::<Vec<_>>().join("/")
}

/// The addresses, handles and hashtags of a text.
fn addresses(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mark = memchr::memchr3(b'@', b'#', b'/', text.as_bytes()).is_some() || text.contains("www.");
    let mut at = if mark { 0 } else { text.len() };
    std::iter::from_fn(move || {
        while at < text.len() {
            let rest = &text[at..];
            let start = at + rest.len() - rest.trim_start_matches(outside).len();
            let word = text[start..].split(outside).next().unwrap_or("");
            at = start + word.len();
            let kept = word.trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '\'', '’']);
            let kept = kept.strip_suffix("'s").or_else(|| kept.strip_suffix("’s")).unwrap_or(kept);
            if is_address(kept) {
                return Some(Span::new(start, start + kept.len()));
            }
            if word.is_empty() {
                break;
            }
        }
        None
    })
}

fn outside(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '“' | '”' | '«' | '»' | '(' | ')' | '<' | '>' | '[' | ']')
}

fn is_address(word: &str) -> bool {
    let name = |text: &str| text.len() > 1 && text.chars().all(|c| c.is_alphanumeric() || c == '_');
    if word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.") {
        return word.len() > 7;
    }
    if let Some(handle) = word.strip_prefix('@') {
        return name(handle);
    }
    if let Some(tag) = word.strip_prefix('#') {
        return name(tag) && tag.contains(char::is_alphabetic);
    }
    match word.split_once('@') {
        Some((user, host)) => !user.is_empty() && host.contains('.') && host.is_ascii(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{bad, good};
    use super::CHECK;

    #[test]
    fn a_lost_or_changed_address_is_found() {
        bad(CHECK, "Voir https://a.example/x.", "See https://a.example/y.", "https://a.example/y");
        bad(CHECK, "Écrivez à moi@a.example.", "Write to me.", "");
        bad(CHECK, "Selon @untel, oui.", "Yes, @someone says.", "@someone");
    }

    #[test]
    fn the_same_address_in_another_language_is_right() {
        good(CHECK, "Voir fr.example.org, https://fr.example.org/x.", "See (https://en.example.org/x).");
        good(CHECK, "À l’heure du #MoiAussi.", "In the #MeToo age.");
        good(CHECK, "5 € / kg, l’un @ l’autre", "5 €/kg");
    }
}
