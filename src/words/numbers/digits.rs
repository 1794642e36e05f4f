//! Numbers written with digits: groups, decimals, magnitudes, times, ordinals, decades.

use super::{Number, Sort, Written, measures, spelled};
use crate::bitext::{Lang, Span};
use crate::words::{Case, Text};

/// What may hang on digits without a space.
enum Tail {
    Nothing,
    Ordinal,
    Decade,
    Power(f64),
    /// `m`: metres or millions.
    Metre,
    Hour(Option<u32>),
    /// `am`, `pm`.
    Half(bool),
    Unit,
    Code,
}

fn tail(folded: &str, lang: Lang) -> Tail {
    match (lang, folded) {
        (_, "") => Tail::Nothing,
        (Lang::Fr, "er" | "re" | "e" | "eme" | "emes" | "ieme" | "iemes" | "nd" | "nde" | "de" | "ere") => {
            Tail::Ordinal
        }
        (Lang::En, "st" | "nd" | "rd" | "th" | "ths") => Tail::Ordinal,
        (Lang::En, "s") => Tail::Decade,
        (_, "k") => Tail::Power(1e3),
        (_, "bn" | "md" | "mds" | "mrd") => Tail::Power(1e9),
        (_, "mn" | "mln") => Tail::Power(1e6),
        (_, "tn" | "trn") => Tail::Power(1e12),
        (_, "m") => Tail::Metre,
        (Lang::En, "am") => Tail::Half(false),
        (Lang::En, "pm") => Tail::Half(true),
        (_, "h" | "hrs") => Tail::Hour(None),
        (_, hour)
            if hour.starts_with('h') && hour[1..].bytes().all(|b| b.is_ascii_digit()) && hour.len() <= 3 =>
        {
            Tail::Hour(hour[1..].parse().ok())
        }
        (_, unit) if measures::named(unit, lang).is_some() => Tail::Unit,
        _ => Tail::Code,
    }
}

/// Whether a token that begins with a digit is a name (`3D`, `5G`), seen by its folded form.
pub(super) fn is_code(folded: &str, lang: Lang) -> bool {
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    matches!(tail(&folded[digits..], lang), Tail::Code)
}

/// Reads the number that begins with the digits of token `at`.
pub(super) fn read(text: &Text<'_>, at: usize) -> Option<(Number, usize)> {
    let lang = text.lang;
    let tokens = text.tokens();
    let parts = |index: usize| {
        let folded =
            tokens.get(index).filter(|token| token.case == Case::Digit).map(|token| text.folded(token))?;
        Some(folded.split_at(folded.bytes().take_while(u8::is_ascii_digit).count()))
    };
    let (digits, mut rest) = parts(at)?;
    if digits.is_empty() {
        return None;
    }
    let mut last = at;
    let mut value: f64 = digits.parse().ok()?;
    let mut other = None;
    let mut length = digits.len();
    // A date or a version (`29.09.2018`, `1.2.3`) is several numbers.
    let dotted = |from: usize| {
        let point = |index: usize| {
            text.gap(index) == "." && parts(index + 1).is_some_and(|(_, rest)| rest.is_empty())
        };
        point(from) && point(from + 1) && parts(from + 1).is_some_and(|(d, _)| d.len() != 3)
    };
    let dotted = rest.is_empty()
        && (dotted(at) || (at > 0 && text.before(at) == "." && tokens[at - 1].case == Case::Digit));
    let mut separator = None;
    while rest.is_empty() && !dotted {
        let gap = text.gap(last);
        let Some((next, after)) = parts(last + 1) else { break };
        if next.is_empty() {
            break;
        }
        let space = matches!(gap, " " | "\u{00A0}" | "\u{202F}" | "\u{2009}" | "'" | "’");
        let three = next.len() == 3 && length <= 3 && (digits != "0") && !digits.starts_with('0');
        let same = separator.is_none_or(|s| s == gap);
        let group = match lang {
            Lang::Fr => space || gap == ".",
            Lang::En => space || gap == ",",
        };
        if group && three && same {
            value = value * 1000.0 + next.parse::<f64>().ok()?;
            // A point that groups in French may be an English decimal left as it was.
            other = (gap == "." && separator.is_none()).then(|| decimal(digits, next)).flatten();
            separator = Some(gap);
            last += 1;
            rest = after;
            // A group of three may be followed by others.
            length = 3;
            continue;
        }
        if gap == "," || gap == "." {
            let whole = value;
            value += format!("0.{next}").parse::<f64>().unwrap_or(0.0);
            // The other language's way of grouping.
            other = (three && separator.is_none())
                .then(|| next.parse::<f64>().ok().map(|low| whole * 1000.0 + low))
                .flatten();
            last += 1;
            rest = after;
        }
        break;
    }
    let number = |value, other, sort, last: usize| Number {
        span: text.stretch(at, last),
        value,
        other,
        sort,
        written: Written::Digits,
        measure: None,
        weak: false,
    };
    let day = |minutes: f64| minutes.rem_euclid(1440.0);
    match tail(rest, lang) {
        Tail::Code => return None,
        Tail::Ordinal => return Some((number(value, other, Sort::Ordinal, last), last + 1)),
        Tail::Decade => return Some((number(value, None, Sort::Decade, last), last + 1)),
        Tail::Power(power) => return Some((number(value * power, Some(value), Sort::Count, last), last + 1)),
        Tail::Metre => {
            let mut found = number(value, Some(value * 1e6), Sort::Count, last);
            found.measure = measures::named("m", lang);
            // Money before it: millions.
            if text.before(at).ends_with(['$', '£', '€']) {
                (found.value, found.other, found.measure) = (value * 1e6, Some(value), None);
            }
            return Some((found, last + 1));
        }
        Tail::Half(after_noon) => {
            return Some((number(twelve(value, after_noon) * 60.0, None, Sort::Time, last), last + 1));
        }
        Tail::Hour(minutes) if value < 25.0 => {
            return Some(hour(text, at, last, value, minutes));
        }
        Tail::Hour(_) => return Some((number(value, other, Sort::Count, last), last + 1)),
        Tail::Unit => {
            let mut found = number(value, other, Sort::Count, last);
            found.measure = measures::named(rest, lang);
            return Some((found, last + 1));
        }
        Tail::Nothing => {}
    }
    // What follows after a space or a sign.
    let gap = text.gap(last);
    let next = tokens.get(last + 1);
    if let (true, Some(next)) = (is_space(gap), next) {
        match text.folded(next) {
            "h" if lang == Lang::Fr && value < 25.0 => return Some(hour(text, at, last + 1, value, None)),
            "md" | "mds" | "mrd" | "bn" => {
                return Some((number(value * 1e9, Some(value), Sort::Count, last + 1), last + 2));
            }
            "mn" => return Some((number(value * 1e6, Some(value), Sort::Count, last + 1), last + 2)),
            "k" => return Some((number(value * 1e3, Some(value), Sort::Count, last + 1), last + 2)),
            "m" if text.gap(last + 1).starts_with('€') => {
                return Some((number(value * 1e6, Some(value), Sort::Count, last + 1), last + 2));
            }
            _ => {}
        }
        if let Some(found) = halves(text, last + 1).filter(|_| lang == Lang::En && value < 13.0) {
            let (after_noon, end) = found;
            return Some((
                number(
                    twelve(value.trunc(), after_noon) * 60.0 + (value.fract() * 100.0).round(),
                    None,
                    Sort::Time,
                    end,
                ),
                end + 1,
            ));
        }
    }
    // `8:30 p.m.`, `20:30`, `11.15am`
    if gap == ":"
        && value < 25.0
        && separator.is_none()
        && let Some((minutes, rest)) = parts(last + 1).filter(|(digits, _)| digits.len() == 2)
    {
        let minutes: f64 = minutes.parse().ok()?;
        let end = last + 1;
        let half = match rest {
            "am" => Some((false, end)),
            "pm" => Some((true, end)),
            "" if is_space(text.gap(end)) => halves(text, end + 1),
            _ => None,
        };
        let (hours, end) = half.map_or((value, end), |(after_noon, end)| (twelve(value, after_noon), end));
        if minutes < 60.0 {
            return Some((number(day(hours * 60.0 + minutes), None, Sort::Time, end), end + 1));
        }
    }
    // `2/3`, but not a date of three numbers.
    if gap == "/"
        && value < 100.0
        && text.before(at) != "/"
        && let Some((low, "")) = parts(last + 1).filter(|_| text.gap(last + 1) != "/")
    {
        let low: f64 = low.parse().ok()?;
        if low > 1.0 && low < 101.0 {
            return Some((number(value / low, None, Sort::Fraction, last + 1), last + 2));
        }
    }
    let mut found = number(value, other, Sort::Count, last);
    let mut end = last + 1;
    // `1,2 milliard`, `12 mille`, `3 hundred million`
    while let Some(power) =
        spelled::magnitude(text, end).filter(|_| is_space(text.gap(end - 1)) || text.gap(end - 1) == "-")
    {
        found.other = found.other.or(Some(found.value));
        found.value *= power;
        found.span.end = tokens[end].span().end;
        end += 1;
    }
    if lang == Lang::Fr
        && at > 0
        && matches!(text.folded(&tokens[at - 1]), "annees" | "ans")
        && text.gap(at - 1) == " "
    {
        found.sort = Sort::Decade;
    }
    let gap = text.gap(end - 1);
    if is_space(gap) || gap == "-" {
        found.measure = measures::at(text, end);
        let square = tokens.get(end).is_some_and(|token| text.folded(token) == "square");
        if let (true, Some(side)) = (square, measures::at(text, end + 1)) {
            found.measure =
                Some(super::Measure { dimension: super::Dimension::Area, factor: side.factor * side.factor });
        }
    } else if gap.trim_start().starts_with(['°', 'º']) {
        found.measure = measures::named(if lang == Lang::Fr { "degre" } else { "degree" }, lang);
    }
    Some((found, end))
}

/// `digits.next` as a decimal.
fn decimal(digits: &str, next: &str) -> Option<f64> {
    format!("{digits}.{next}").parse().ok()
}

/// An hour of twelve as one of twenty-four.
fn twelve(hour: f64, after_noon: bool) -> f64 {
    let hour = if hour == 12.0 { 0.0 } else { hour };
    if after_noon && hour < 12.0 { hour + 12.0 } else { hour }
}

fn is_space(gap: &str) -> bool {
    matches!(gap, " " | "\u{00A0}" | "\u{202F}")
}

/// Reads `p.m.` or `a.m.` at token `at`: whether it is after noon, and its last token.
fn halves(text: &Text<'_>, at: usize) -> Option<(bool, usize)> {
    let token = text.tokens().get(at)?;
    match text.folded(token) {
        "am" => Some((false, at)),
        "pm" => Some((true, at)),
        half @ ("a" | "p") if text.gap(at) == "." => {
            let next = text.tokens().get(at + 1)?;
            (text.folded(next) == "m").then_some((half == "p", at + 1))
        }
        _ => None,
    }
}

/// A French time: hours, and the minutes that hang on the `h` or follow it.
fn hour(text: &Text<'_>, first: usize, mut last: usize, hours: f64, minutes: Option<u32>) -> (Number, usize) {
    let mut minutes = minutes.map(f64::from);
    if minutes.is_none()
        && is_space(text.gap(last))
        && let Some(next) = text.tokens().get(last + 1).filter(|next| next.case == Case::Digit)
    {
        let folded = text.folded(next);
        if folded.len() == 2 && folded.bytes().all(|b| b.is_ascii_digit()) {
            minutes = folded.parse().ok();
            last += 1;
        }
    }
    let span = Span::new(text.tokens()[first].span().start, text.tokens()[last].span().end);
    let number = Number {
        span,
        value: (hours * 60.0 + minutes.unwrap_or(0.0)).rem_euclid(1440.0),
        // `35 h` of work, `2 h` of waiting: as many hours.
        other: minutes.is_none().then_some(hours),
        sort: Sort::Time,
        written: Written::Digits,
        measure: None,
        weak: false,
    };
    (number, last + 1)
}
