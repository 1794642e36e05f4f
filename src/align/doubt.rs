//! What is odd about two texts that are said to translate each other.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use super::pair::{Bead, Pair};
use crate::words::tokens;

/// A reason to believe that two texts are not what they are said to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Doubt {
    /// A side has no text.
    Empty(&'static str),
    /// A side has many times the text of the other.
    Longer(&'static str, u32),
    /// Both sides are the same text.
    Same,
    /// The source looks like the target language, and the target like the source language.
    Swapped(String, String),
    /// A side looks like another language than said.
    Language(&'static str, String, &'static str),
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Doubt::Empty(side) => write!(f, "the {side} has no text"),
            Doubt::Longer(side, times) => write!(f, "the {side} is {times} times as long as the other text"),
            Doubt::Same => write!(f, "both sides are the same text"),
            Doubt::Swapped(source, target) => {
                write!(f, "the sides look swapped: the source is in `{target}`, the target in `{source}`")
            }
            Doubt::Language(side, said, looks) => {
                write!(f, "the {side} looks like `{looks}`, expected `{said}`")
            }
        }
    }
}

/// The first thing that is odd about a pair, if any; languages by code (`fr`).
pub fn doubt(pair: &Pair<'_>, source: &str, target: &str) -> Option<Doubt> {
    /// No translation is so many times as long.
    const LONGER: usize = 20;
    let size = |side: &[&str]| side.iter().map(|text| text.trim().chars().count()).sum::<usize>();
    let sizes = [size(pair.source()), size(pair.target())];
    match sizes {
        [0, _] => return Some(Doubt::Empty("source")),
        [_, 0] => return Some(Doubt::Empty("target")),
        [s, t] if s >= t * LONGER => return Some(Doubt::Longer("source", (s / t) as u32)),
        [s, t] if t >= s * LONGER => return Some(Doubt::Longer("target", (t / s) as u32)),
        _ => {}
    }
    let [source_words, target_words] =
        [pair.source(), pair.target()].map(|side| side.iter().flat_map(|text| text.split_whitespace()));
    if sizes[0] == sizes[1] && source_words.eq(target_words) {
        return Some(Doubt::Same);
    }
    let looks = [language(pair.source()), language(pair.target())];
    if looks == [Some(target), Some(source)] && source != target {
        return Some(Doubt::Swapped(source.to_owned(), target.to_owned()));
    }
    for (looks, (side, said)) in looks.into_iter().zip([("source", source), ("target", target)]) {
        if let Some(looks) = looks
            && looks != said
            && COMMON.iter().any(|(code, _)| *code == said)
        {
            return Some(Doubt::Language(side, said.to_owned(), looks));
        }
    }
    None
}

/// Common words that tell languages apart.
const COMMON: [(&str, &str); 7] = [
    ("de", "der die und das ist nicht ein eine zu mit von den dem des auf sich im auch wurde als"),
    (
        "en",
        "the and of to in that is was for it with as his on be at by had not but from they were this which",
    ),
    ("es", "el los las y que en un una por con para del se su al es lo como más pero"),
    ("fr", "le les et des du une dans qui que pour est sur au par pas ne se ce il elle avec sont plus était"),
    ("it", "il di che e la per un una non del della con sono gli nel dei è si da al"),
    ("nl", "het een van en dat niet op te zijn met voor er maar ook aan hij bij wordt door naar"),
    ("pt", "o os as e do da que em um uma para com não por se na no dos foi ao"),
];

/// Each of these words, and the languages in which it is common.
static LANGUAGES: LazyLock<HashMap<&str, Vec<u8>>> = LazyLock::new(|| {
    let mut languages: HashMap<&str, Vec<u8>> = HashMap::new();
    for (at, (_, words)) in (0..).zip(COMMON) {
        words.split(' ').for_each(|word| languages.entry(word).or_default().push(at));
    }
    languages
});

/// The language that a text is clearly in, of those known; none for a short or a mixed text.
fn language(text: &[&str]) -> Option<&'static str> {
    const ENOUGH: u32 = 30;
    let mut counts = [0u32; COMMON.len()];
    let mut all = 0;
    for sentence in text {
        tokens(sentence, &mut |token| {
            all += 1;
            for &at in LANGUAGES.get(token).into_iter().flatten() {
                counts[usize::from(at)] += 1;
            }
        });
        if all > 5000 {
            break;
        }
    }
    let (best, &most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let second = counts.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, count)| *count).max()?;
    (all >= ENOUGH && most * 8 >= all && most >= second * 2).then_some(COMMON[best].0)
}

/// A long run of sentences that have no counterpart.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The source sentences.
    pub source: Range<usize>,
    /// The target sentences.
    pub target: Range<usize>,
}

impl fmt::Display for Gap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |range: &Range<usize>| match range.len() {
            1 => format!("sentence {}", range.end),
            _ => format!("sentences {} to {}", range.start + 1, range.end),
        };
        let (source, target) = (told(&self.source), told(&self.target));
        match (self.source.len(), self.target.len()) {
            (_, 0) => write!(f, "source {source} have no counterpart"),
            (0, _) => write!(f, "target {target} have no counterpart"),
            _ => write!(f, "source {source} and target {target} do not match"),
        }
    }
}

/// The runs of at least `least` sentences without counterpart.
///
/// Two of them, one on each side, may be a part that stands elsewhere in the other text.
pub fn gaps(beads: &[Bead], least: usize) -> Vec<Gap> {
    let skip = |bead: &Bead| bead.source.is_empty() || bead.target.is_empty();
    beads
        .chunk_by(|a, b| skip(a) && skip(b))
        .filter(|run| skip(&run[0]))
        .map(|run| Gap {
            source: run[0].source.start..run[run.len() - 1].source.end,
            target: run[0].target.start..run[run.len() - 1].target.end,
        })
        .filter(|gap| gap.source.len().max(gap.target.len()) >= least)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: &str = "Le président a dit que les voitures ne sont pas dans la rue et que la loi est pour les gens qui ont du temps, mais il ne le fait pas avec plaisir.";
    const EN: &str = "The president said that the cars were not in the street and that the law was for the people with time, but he did not do it with pleasure at all.";

    fn of(source: &str, target: &str) -> Option<String> {
        doubt(&Pair::new(vec![source], vec![target]), "fr", "en").map(|doubt| doubt.to_string())
    }

    #[test]
    fn what_is_odd_is_said() {
        assert_eq!(of(FR, EN), None);
        for (source, target, said) in [
            ("", EN, "the source has no text"),
            (FR, " ", "the target has no text"),
            (FR, "Yes.", "the source is 36 times as long as the other text"),
            (FR, FR, "both sides are the same text"),
            (EN, FR, "the sides look swapped: the source is in `en`, the target in `fr`"),
            (&format!("{FR} {FR}"), FR, "the target looks like `fr`, expected `en`"),
        ] {
            assert_eq!(of(source, target).as_deref(), Some(said));
        }
    }

    #[test]
    fn long_runs_without_counterpart_are_gaps() {
        let bead = |i: usize, m, j: usize, n| Bead { source: i..i + m, target: j..j + n, score: 1.0 };
        let beads =
            [bead(0, 1, 0, 1), bead(1, 1, 1, 0), bead(2, 1, 1, 0), bead(3, 1, 1, 1), bead(4, 0, 2, 1)];
        assert_eq!(gaps(&beads, 2), [Gap { source: 1..3, target: 1..1 }]);
        assert_eq!(gaps(&beads, 2)[0].to_string(), "source sentences 2 to 3 have no counterpart");
        let both = Gap { source: 5..6, target: 16..30 };
        assert_eq!(both.to_string(), "source sentence 6 and target sentences 17 to 30 do not match");
    }
}
