//! What follows the hours of a French clock in words: `et demie`, `moins le quart`, `moins dix`, `vingt-cinq`.

use super::spelled;
use crate::words::Text;

/// The minutes that follow so many hours, and their last token; `at` is the token after the hours, `heures`.
///
/// Only where minutes are said: `huit heures` may be a duration, `huit heures et demie` too, but it is half past eight as well.
pub(super) fn after(text: &Text<'_>, at: usize, hours: f64) -> Option<(f64, usize)> {
    let word = |at: usize| text.tokens().get(at).map(|token| text.folded(token));
    if !(hours <= 24.0 && matches!(word(at)?, "heure" | "heures")) {
        return None;
    }
    if text.gap(at).trim() != "" {
        return None;
    }
    match (word(at + 1)?, word(at + 2)) {
        ("et", Some("demie" | "demi")) => Some((30.0, at + 2)),
        ("et", Some("quart")) => Some((15.0, at + 2)),
        ("trois", Some("quarts")) => Some((45.0, at + 2)),
        ("moins", Some("le")) if word(at + 3) == Some("quart") => Some((-15.0, at + 3)),
        ("moins", Some("quart")) => Some((-15.0, at + 2)),
        ("moins", Some(_)) => minutes(text, at + 2).map(|(minutes, last)| (-minutes, last)),
        _ => minutes(text, at + 1).filter(|(minutes, _)| *minutes >= 5.0),
    }
}

/// A number of minutes in words, with `minutes` after it where that stands there.
fn minutes(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let (value, last) = spelled::small(text, at)?;
    let named = text.tokens().get(last + 1).is_some_and(|token| text.folded(token).starts_with("minute"));
    (value < 60.0).then_some((value, last + usize::from(named)))
}

#[cfg(test)]
mod tests {
    use super::super::{Sort, numbers};
    use crate::bitext::Lang;
    use crate::words::Text;

    #[test]
    fn a_clock_in_words_is_a_time() {
        for (fr, minutes) in [
            ("Il est huit heures et demie.", 510.0),
            ("à deux heures et quart", 135.0),
            ("à une heure moins le quart", 45.0),
            ("à sept heures moins dix", 410.0),
            ("une heure moins sept minutes du matin", 53.0),
            ("à dix heures vingt-cinq", 625.0),
        ] {
            let text = Text::new(fr, Lang::Fr);
            let found = numbers(&text);
            assert_eq!((found.len(), found[0].sort, found[0].value), (1, Sort::Time, minutes), "{fr}");
        }
        let text = Text::new("En huit heures, deux hommes sont passés.", Lang::Fr);
        assert!(numbers(&text).iter().all(|number| number.sort == Sort::Count));
    }
}
