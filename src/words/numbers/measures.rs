//! Units of measure, as far as a translation may convert them.

use std::sync::LazyLock;

use crate::bitext::Lang;
use crate::words::{Text, WordTable};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Metres.
    Length,
    /// Kilometres an hour.
    Speed,
    /// Kilograms.
    Mass,
    /// Litres.
    Volume,
    /// Square metres.
    Area,
    /// Degrees, of any scale.
    Degrees,
    /// Money of any currency.
    Money,
}

/// A unit of measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// What it measures.
    pub dimension: Dimension,
    /// How many of the dimension's own unit it is.
    pub factor: f64,
}

/// Words with their dimension and factor; `pound` may also be money, which is never converted.
type Row = (&'static str, Dimension, f64);

const FRENCH: [Row; 27] = [
    ("km kilometre kilometres", Dimension::Length, 1000.0),
    ("m metre metres", Dimension::Length, 1.0),
    ("cm centimetre centimetres", Dimension::Length, 0.01),
    ("mm millimetre millimetres", Dimension::Length, 0.001),
    ("mile miles mille milles", Dimension::Length, 1609.34),
    ("pied pieds", Dimension::Length, 0.3048),
    ("pouce pouces", Dimension::Length, 0.0254),
    ("yard yards verge verges", Dimension::Length, 0.9144),
    ("kmh", Dimension::Speed, 1.0),
    ("noeud noeuds", Dimension::Speed, 1.852),
    ("kg kilo kilos kilogramme kilogrammes", Dimension::Mass, 1.0),
    ("g gramme grammes", Dimension::Mass, 0.001),
    ("tonne tonnes", Dimension::Mass, 1000.0),
    ("livre livres", Dimension::Mass, 0.4536),
    ("litre litres l", Dimension::Volume, 1.0),
    ("dl decilitre decilitres", Dimension::Volume, 0.1),
    ("cl centilitre centilitres", Dimension::Volume, 0.01),
    ("ml millilitre millilitres", Dimension::Volume, 0.001),
    ("pinte pintes", Dimension::Volume, 0.5),
    ("once onces", Dimension::Mass, 0.02835),
    ("gallon gallons", Dimension::Volume, 3.785),
    ("hectare hectares ha", Dimension::Area, 10_000.0),
    ("acre acres", Dimension::Area, 4046.9),
    ("km2", Dimension::Area, 1e6),
    ("m2", Dimension::Area, 1.0),
    ("degre degres", Dimension::Degrees, 1.0),
    ("euro euros dollar dollars eur usd", Dimension::Money, 1.0),
];

const ENGLISH: [Row; 30] = [
    ("km kilometer kilometers kilometre kilometres", Dimension::Length, 1000.0),
    ("m meter meters metre metres", Dimension::Length, 1.0),
    ("cm centimeter centimeters centimetre centimetres", Dimension::Length, 0.01),
    ("mm millimeter millimeters millimetre millimetres", Dimension::Length, 0.001),
    ("mi mile miles", Dimension::Length, 1609.34),
    ("ft foot feet", Dimension::Length, 0.3048),
    ("inch inches", Dimension::Length, 0.0254),
    ("yd yard yards yarder", Dimension::Length, 0.9144),
    ("mph", Dimension::Speed, 1.60934),
    ("kmh kph", Dimension::Speed, 1.0),
    ("knot knots", Dimension::Speed, 1.852),
    ("kg kilo kilos kilogram kilograms", Dimension::Mass, 1.0),
    ("g gram grams gramme grammes", Dimension::Mass, 0.001),
    ("tonne tonnes ton tons", Dimension::Mass, 1000.0),
    ("lb lbs pound pounds", Dimension::Mass, 0.4536),
    ("oz ounce ounces", Dimension::Mass, 0.02835),
    ("stone", Dimension::Mass, 6.35),
    ("l litre litres liter liters", Dimension::Volume, 1.0),
    ("dl", Dimension::Volume, 0.1),
    ("cl centilitre centilitres centiliter centiliters", Dimension::Volume, 0.01),
    ("ml millilitre millilitres milliliter milliliters", Dimension::Volume, 0.001),
    ("cup cups", Dimension::Volume, 0.237),
    ("quart quarts", Dimension::Volume, 0.946),
    ("gallon gallons", Dimension::Volume, 3.785),
    ("pint pints", Dimension::Volume, 0.5),
    ("hectare hectares ha", Dimension::Area, 10_000.0),
    ("acre acres", Dimension::Area, 4046.9),
    ("km2", Dimension::Area, 1e6),
    ("degree degrees", Dimension::Degrees, 1.0),
    ("euro euros dollar dollars eur usd", Dimension::Money, 1.0),
];

static WORDS: LazyLock<[WordTable<Measure>; 2]> = LazyLock::new(|| {
    let table = |rows: &[Row]| {
        WordTable::of_words(
            rows.iter().map(|&(words, dimension, factor)| (words, Measure { dimension, factor })),
        )
    };
    [table(&FRENCH), table(&ENGLISH)]
});

/// The unit that stands at token `at`, if one does.
pub(super) fn at(text: &Text<'_>, at: usize) -> Option<Measure> {
    let token = text.tokens().get(at)?;
    let found = WORDS[usize::from(text.lang == Lang::En)].get(token.hash)?;
    // `km/h` is two tokens; `square miles` and `kilomètres carrés` measure what is covered.
    let after = text.tokens().get(at + 1).map(|next| text.folded(next));
    if found.dimension == Dimension::Length {
        if text.gap(at) == "/" && matches!(after, Some("h" | "heure")) {
            return Some(Measure { dimension: Dimension::Speed, factor: found.factor / 1000.0 });
        }
        if matches!(after, Some("carre" | "carres")) {
            return Some(Measure { dimension: Dimension::Area, factor: found.factor * found.factor });
        }
    }
    Some(found)
}

/// The unit with this name, where it hangs on the digits themselves (`10km`).
pub(super) fn named(folded: &str, lang: Lang) -> Option<Measure> {
    WORDS[usize::from(lang == Lang::En)].get(crate::words::word_hash(folded.as_bytes()))
}
