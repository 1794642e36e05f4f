//! Numbers in words, French and English.

use std::sync::LazyLock;

use super::{Number, Sort, Written};
use crate::bitext::Lang;
use crate::words::{Text, WordTable};

/// What a number word does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// 0 to 19: ends what it stands in.
    Unit,
    /// 20 to 90: a unit may follow.
    Ten,
    /// 100: multiplies the units before it.
    Hundred,
    /// 1000 and more: multiplies all before it.
    Power,
    /// An ordinal (`troisième`): ends the number.
    Ordinal,
    /// A number with a name of its own (`douzaine`, `moitié`): stands alone.
    Alone,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    part: Part,
    value: f64,
    weak: bool,
}

/// A word of each row has the value of its place: the first is `first`, the next one more.
struct Rows(&'static [(&'static str, Part, f64)]);

const FRENCH: Rows = Rows(&[
    ("zero", Part::Unit, 0.0),
    ("un une", Part::Unit, 1.0),
    ("deux", Part::Unit, 2.0),
    ("trois", Part::Unit, 3.0),
    ("quatre", Part::Unit, 4.0),
    ("cinq", Part::Unit, 5.0),
    ("six", Part::Unit, 6.0),
    ("sept", Part::Unit, 7.0),
    ("huit", Part::Unit, 8.0),
    ("neuf", Part::Unit, 9.0),
    ("dix", Part::Unit, 10.0),
    ("onze", Part::Unit, 11.0),
    ("douze", Part::Unit, 12.0),
    ("treize", Part::Unit, 13.0),
    ("quatorze", Part::Unit, 14.0),
    ("quinze", Part::Unit, 15.0),
    ("seize", Part::Unit, 16.0),
    ("vingt vingts", Part::Ten, 20.0),
    ("trente", Part::Ten, 30.0),
    ("quarante", Part::Ten, 40.0),
    ("cinquante", Part::Ten, 50.0),
    ("soixante", Part::Ten, 60.0),
    ("septante", Part::Ten, 70.0),
    ("huitante octante", Part::Ten, 80.0),
    ("nonante", Part::Ten, 90.0),
    ("cent cents", Part::Hundred, 100.0),
    ("mille millier milliers", Part::Power, 1e3),
    ("million millions", Part::Power, 1e6),
    ("milliard milliards", Part::Power, 1e9),
    ("billion billions", Part::Power, 1e12),
    ("premier premiere premiers premieres", Part::Ordinal, 1.0),
    ("deuxieme deuxiemes second seconde", Part::Ordinal, 2.0),
    ("troisieme troisiemes", Part::Ordinal, 3.0),
    ("quatrieme quatriemes", Part::Ordinal, 4.0),
    ("cinquieme cinquiemes", Part::Ordinal, 5.0),
    ("sixieme sixiemes", Part::Ordinal, 6.0),
    ("septieme septiemes", Part::Ordinal, 7.0),
    ("huitieme huitiemes", Part::Ordinal, 8.0),
    ("neuvieme neuviemes", Part::Ordinal, 9.0),
    ("dixieme dixiemes", Part::Ordinal, 10.0),
    ("onzieme", Part::Ordinal, 11.0),
    ("douzieme", Part::Ordinal, 12.0),
    ("treizieme", Part::Ordinal, 13.0),
    ("quatorzieme", Part::Ordinal, 14.0),
    ("quinzieme", Part::Ordinal, 15.0),
    ("seizieme", Part::Ordinal, 16.0),
    ("vingtieme", Part::Ordinal, 20.0),
    ("trentieme", Part::Ordinal, 30.0),
    ("quarantieme", Part::Ordinal, 40.0),
    ("cinquantieme", Part::Ordinal, 50.0),
    ("soixantieme", Part::Ordinal, 60.0),
    ("centieme centiemes", Part::Ordinal, 100.0),
    ("millieme milliemes", Part::Ordinal, 1000.0),
    ("unieme", Part::Ordinal, 1.0),
    ("dizaine dizaines decennie decennies", Part::Alone, 10.0),
    ("douzaine douzaines", Part::Alone, 12.0),
    ("quinzaine", Part::Alone, 15.0),
    ("vingtaine", Part::Alone, 20.0),
    ("trentaine", Part::Alone, 30.0),
    ("quarantaine", Part::Alone, 40.0),
    ("cinquantaine", Part::Alone, 50.0),
    ("soixantaine", Part::Alone, 60.0),
    ("centaine centaines siecle siecles", Part::Alone, 100.0),
    ("demi demie moitie", Part::Alone, 0.5),
    ("quart quarts", Part::Alone, 0.25),
    ("tiers", Part::Alone, 3.0),
    ("double doubler paire couple", Part::Alone, 2.0),
    ("triple tripler triple", Part::Alone, 3.0),
    ("midi", Part::Alone, 12.0),
    ("minuit", Part::Alone, 12.0),
]);

const ENGLISH: Rows = Rows(&[
    ("zero", Part::Unit, 0.0),
    ("one", Part::Unit, 1.0),
    ("two", Part::Unit, 2.0),
    ("three", Part::Unit, 3.0),
    ("four", Part::Unit, 4.0),
    ("five", Part::Unit, 5.0),
    ("six", Part::Unit, 6.0),
    ("seven", Part::Unit, 7.0),
    ("eight", Part::Unit, 8.0),
    ("nine", Part::Unit, 9.0),
    ("ten", Part::Unit, 10.0),
    ("eleven", Part::Unit, 11.0),
    ("twelve", Part::Unit, 12.0),
    ("thirteen", Part::Unit, 13.0),
    ("fourteen", Part::Unit, 14.0),
    ("fifteen", Part::Unit, 15.0),
    ("sixteen", Part::Unit, 16.0),
    ("seventeen", Part::Unit, 17.0),
    ("eighteen", Part::Unit, 18.0),
    ("nineteen", Part::Unit, 19.0),
    ("twenty twenties", Part::Ten, 20.0),
    ("thirty thirties", Part::Ten, 30.0),
    ("forty forties", Part::Ten, 40.0),
    ("fifty fifties", Part::Ten, 50.0),
    ("sixty sixties", Part::Ten, 60.0),
    ("seventy seventies", Part::Ten, 70.0),
    ("eighty eighties", Part::Ten, 80.0),
    ("ninety nineties", Part::Ten, 90.0),
    ("hundred hundreds", Part::Hundred, 100.0),
    ("thousand thousands", Part::Power, 1e3),
    ("million millions", Part::Power, 1e6),
    ("billion billions", Part::Power, 1e9),
    ("trillion trillions", Part::Power, 1e12),
    ("first firstly", Part::Ordinal, 1.0),
    ("second secondly", Part::Ordinal, 2.0),
    ("third thirds", Part::Ordinal, 3.0),
    ("fourth fourths", Part::Ordinal, 4.0),
    ("fifth fifths", Part::Ordinal, 5.0),
    ("sixth", Part::Ordinal, 6.0),
    ("seventh", Part::Ordinal, 7.0),
    ("eighth", Part::Ordinal, 8.0),
    ("ninth", Part::Ordinal, 9.0),
    ("tenth tenths", Part::Ordinal, 10.0),
    ("eleventh", Part::Ordinal, 11.0),
    ("twelfth", Part::Ordinal, 12.0),
    ("thirteenth", Part::Ordinal, 13.0),
    ("fourteenth", Part::Ordinal, 14.0),
    ("fifteenth", Part::Ordinal, 15.0),
    ("sixteenth", Part::Ordinal, 16.0),
    ("seventeenth", Part::Ordinal, 17.0),
    ("eighteenth", Part::Ordinal, 18.0),
    ("nineteenth", Part::Ordinal, 19.0),
    ("twentieth", Part::Ordinal, 20.0),
    ("thirtieth", Part::Ordinal, 30.0),
    ("fortieth", Part::Ordinal, 40.0),
    ("fiftieth", Part::Ordinal, 50.0),
    ("sixtieth", Part::Ordinal, 60.0),
    ("hundredth hundredths", Part::Ordinal, 100.0),
    ("thousandth thousandths", Part::Ordinal, 1000.0),
    ("dozen dozens", Part::Alone, 12.0),
    ("decade decades", Part::Alone, 10.0),
    ("century centuries", Part::Alone, 100.0),
    ("fortnight", Part::Alone, 15.0),
    ("half halves", Part::Alone, 0.5),
    ("quarter quarters", Part::Alone, 0.25),
    ("twice double pair couple both", Part::Alone, 2.0),
    ("triple thrice", Part::Alone, 3.0),
    ("once", Part::Alone, 1.0),
    ("noon midday", Part::Alone, 12.0),
    ("midnight", Part::Alone, 12.0),
]);

/// The words that are more often something else, or that a translation may well leave out.
const WEAK: &str = "un une one once premier premiere premiers premieres first firstly second seconde secondly \
    neuf onze couple paire pair both double doubler twice demi demie moitie half halves quart quarts quarter \
    quarters tiers third thirds cent cents zero mille millier milliers centaine centaines siecle siecles \
    century centuries dizaine dizaines decade decades decennie decennies dozens hundreds thousands millions \
    quarantaine thousand hundred midi minuit noon midday midnight fortnight quinzaine triple tripler";

static WORDS: LazyLock<[WordTable<Word>; 2]> = LazyLock::new(|| {
    let weak: Vec<&str> = WEAK.split_whitespace().collect();
    let table = |rows: &Rows| {
        WordTable::of_words(
            rows.0
                .iter()
                .flat_map(|&(words, part, value)| {
                    words.split_whitespace().map(move |word| (word, part, value))
                })
                .map(|(word, part, value)| (word, Word { part, value, weak: weak.contains(&word) })),
        )
    };
    [table(&FRENCH), table(&ENGLISH)]
});

fn word(text: &Text<'_>, at: usize) -> Option<Word> {
    let token = text.tokens().get(at)?;
    WORDS[usize::from(text.lang == Lang::En)].get(token.hash)
}

/// The power of ten that a magnitude word at token `at` stands for (`million`, `mille`).
pub(super) fn magnitude(text: &Text<'_>, at: usize) -> Option<f64> {
    let found = word(text, at)?;
    let counted = found.part == Part::Power || (found.part == Part::Hundred && text.lang == Lang::En);
    counted.then_some(found.value)
}

/// Reads the number in words at token `at`.
pub(super) fn read(text: &Text<'_>, at: usize) -> Option<(Number, usize)> {
    let first = word(text, at)?;
    let mut weak = first.weak;
    let number = |value: f64, sort, last: usize, weak| Number {
        span: text.stretch(at, last),
        value,
        other: None,
        sort,
        written: Written::Words,
        measure: super::measures::at(text, last + 1),
        weak,
    };
    match first.part {
        Part::Alone => return Some((number(first.value, Sort::Count, at, weak), at + 1)),
        Part::Ordinal => return Some((number(first.value, Sort::Ordinal, at, weak), at + 1)),
        Part::Hundred if text.lang == Lang::Fr && at > 0 => {
            // `pour cent` is a percentage.
            if matches!(text.folded(&text.tokens()[at - 1]), "pour") {
                return None;
            }
        }
        _ => {}
    }
    // Powers multiply `group`, which then goes to `total`; `group` is what stands below a thousand.
    let (mut total, mut group) = (0.0, 0.0);
    let mut last = at;
    let mut next = at;
    let mut sort = Sort::Count;
    let mut part = first;
    loop {
        let below = group % 100.0;
        match part.part {
            Part::Unit if next == at || group == 0.0 => group += part.value,
            Part::Unit => {
                // After a ten a unit, after a hundred anything; French also counts on from 60 and 80.
                let ten = below >= 20.0 && below % 10.0 == 0.0;
                let teen = text.lang == Lang::Fr && (below == 60.0 || below == 80.0);
                if !(below == 0.0
                    || (ten && part.value < 10.0)
                    || (teen && part.value < 17.0)
                    || (below % 20.0 == 10.0 && text.lang == Lang::Fr && (7.0..10.0).contains(&part.value))
                    || (below % 20.0 == 10.0 && below >= 70.0 && text.lang == Lang::Fr && part.value < 10.0))
                {
                    break;
                }
                group += part.value;
            }
            Part::Ten if text.lang == Lang::Fr && below == 4.0 && part.value == 20.0 => group += 76.0,
            Part::Ten if below == 0.0 => group += part.value,
            Part::Ten => break,
            Part::Hundred if group == 0.0 => group = 100.0,
            Part::Hundred if group < 100.0 => group *= 100.0,
            Part::Hundred => break,
            Part::Power => {
                total += if group == 0.0 { 1.0 } else { group } * part.value;
                group = 0.0;
            }
            Part::Ordinal => {
                let fits = below == 0.0 || (below >= 20.0 && part.value < 17.0);
                if !fits {
                    break;
                }
                group += part.value;
                sort = Sort::Ordinal;
                last = next;
                break;
            }
            Part::Alone => break,
        }
        weak &= part.weak;
        last = next;
        // What may stand between two parts: a space, a hyphen, `et` or `and`.
        if !joins(text.gap(next)) {
            break;
        }
        next += 1;
        let Some(token) = text.tokens().get(next) else { break };
        let and = match text.lang {
            Lang::Fr => text.folded(token) == "et" && group >= 20.0,
            Lang::En => text.folded(token) == "and" && (group >= 100.0 || total > 0.0),
        };
        if and {
            if !joins(text.gap(next))
                || !word(text, next + 1)
                    .is_some_and(|w| w.part == Part::Unit || w.part == Part::Ten || w.part == Part::Ordinal)
            {
                break;
            }
            // `vingt et un`, but `vingt et deux autres` is two numbers in French.
            if text.lang == Lang::Fr
                && !word(text, next + 1).is_some_and(|w| w.value == 1.0 || w.value == 11.0)
            {
                break;
            }
            next += 1;
        }
        match word(text, next) {
            Some(found) => part = found,
            None => break,
        }
    }
    let value = total + group;
    if text.lang == Lang::Fr
        && sort == Sort::Count
        && let Some((minutes, last)) = super::clock::after(text, last + 1, value)
    {
        let mut time = number(value * 60.0 + minutes, Sort::Time, last, false);
        time.other = Some(value);
        return Some((time, last + 1));
    }
    Some((number(value, sort, last, weak), last + 1))
}

/// The value of the number in words at token `at`, below a hundred, and its last token.
pub(super) fn small(text: &Text<'_>, at: usize) -> Option<(f64, usize)> {
    let (number, next) = read(text, at)?;
    (number.sort == Sort::Count && number.value < 100.0).then_some((number.value, next - 1))
}

fn joins(gap: &str) -> bool {
    matches!(gap, " " | "-" | "\u{00A0}" | "\u{2011}" | "\u{202F}")
}
