//! Words and their translations: learnt from texts and from a corpus, looked up, written out, explained.

use std::io::{self, Write};

use super::DeskError;
use super::align::Texts;
use crate::align::{Aligner, Pair};
use crate::bitext::{Edition, Status, Stem, Unit};
use crate::store::{Corpus, Stored};
use crate::words::{Lexicon, fold_key, tokens};

/// Two texts that translate each other, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taught {
    /// The place, for a person: `roy:12`, or a file's line.
    pub place: String,
    /// The French, or the source.
    pub source: String,
    /// The English, or the target.
    pub target: String,
}

/// The units of a corpus that teach: reviewed ones, and those that a person typed; in the order of its files.
///
/// An article that cannot be read is handed to `report` and passed over.
///
/// # Errors
///
/// Where the corpus's folders cannot be read.
pub fn taught_by(
    corpus: &Corpus,
    mut report: impl FnMut(&Stem, DeskError),
) -> Result<Vec<Taught>, DeskError> {
    let mut all = Vec::new();
    for (stem, edition) in corpus.alignment_files()? {
        match corpus.read(&stem, edition.as_ref()) {
            Ok(Stored { alignment: Some(alignment), .. }) => {
                let units = alignment.units().iter().enumerate().filter(|(_, unit)| teaches(unit));
                all.extend(units.map(|(at, unit)| Taught {
                    place: place(&stem, edition.as_ref(), at),
                    source: unit.french(),
                    target: unit.english(),
                }));
            }
            Ok(_) => {}
            Err(error) => report(&stem, error.into()),
        }
    }
    Ok(all)
}

fn teaches(unit: &Unit) -> bool {
    let by_person =
        unit.status == Status::Reviewed || (unit.status == Status::Draft && unit.origin.is_none());
    by_person && unit.is_content() && unit.has_english() && !unit.fr.is_empty() && !unit.is_stale()
}

fn place(stem: &Stem, edition: Option<&Edition>, at: usize) -> String {
    match edition {
        Some(edition) => format!("{stem}@{edition}:{}", at + 1),
        None => format!("{stem}:{}", at + 1),
    }
}

/// The pairs of a table: source and target text, separated by a tab; what follows a second tab is passed over.
///
/// `name` is the table's, for their places. A line without both texts is handed to `report` by its number, from 1.
pub fn taught_in(name: &str, table: &str, mut report: impl FnMut(usize)) -> Vec<Taught> {
    let mut all = Vec::new();
    for (at, line) in table.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let mut fields = line.split('\t').map(str::trim);
        match (fields.next(), fields.next()) {
            (Some(source), Some(target)) if !source.is_empty() && !target.is_empty() => all.push(Taught {
                place: format!("{name}:{}", at + 1),
                source: source.to_owned(),
                target: target.to_owned(),
            }),
            // A sentence without counterpart, as `enregard align` writes it, is no fault.
            (Some(_), Some(_)) => {}
            _ => report(at + 1),
        }
    }
    all
}

/// Learns from texts that belong together, and from whole texts, which are aligned first.
pub fn learn(aligner: &Aligner, taught: &[Taught], texts: &[Texts]) -> Lexicon {
    let pairs: Vec<Pair<'_>> = texts.iter().map(Texts::pair).collect();
    let known = taught.iter().map(|pair| (pair.source.as_str(), pair.target.as_str()));
    aligner.clone().confirmed(known).learn(&pairs)
}

/// Writes what was learnt, as `--lexicon` reads it: word, word, probability, count; sorted by word, likeliest first.
/// Pairs linked less often than `least` are left out. Answers how many were written.
///
/// # Errors
///
/// Those of `out`.
pub fn write_learnt(out: &mut impl Write, lexicon: &Lexicon, least: f32) -> io::Result<usize> {
    let mut written = 0;
    for form in lexicon.forms().filter(|form| form.count >= least) {
        // Whole numbers are words too, but teach nothing.
        if form.source == form.target && form.source.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        writeln!(out, "{}\t{}\t{:.4}\t{:.1}", form.source, form.target, form.probability, form.count)?;
        written += 1;
    }
    Ok(written)
}

/// A lexicon with a name for people: `bundled`, a file, `learnt`.
pub struct NamedLexicon {
    /// The name.
    pub name: String,
    /// The lexicon.
    pub lexicon: std::sync::Arc<Lexicon>,
}

/// A translation of a word.
#[derive(Clone, Debug, PartialEq)]
pub struct Translated {
    /// The translation.
    pub target: String,
    /// How probable it is, 0 to 1: as learnt, or its share among those that a dictionary lists.
    pub probability: f32,
    /// How often the two were linked, if the lexicon says so.
    pub count: Option<f32>,
    /// The lexicon's name.
    pub from: String,
}

/// The translations of a word, in each of the lexicons, likeliest first.
pub fn translations(lexicons: &[NamedLexicon], word: &str) -> Vec<Translated> {
    let folded = fold_key(word);
    let mut all = Vec::new();
    for NamedLexicon { name, lexicon } in lexicons {
        let forms = lexicon.forms_of(&folded);
        if !forms.is_empty() {
            all.extend(forms.iter().map(|form| Translated {
                target: form.target.to_string(),
                probability: form.probability,
                count: Some(form.count),
                from: name.clone(),
            }));
            continue;
        }
        // Words that only help to form a translation (`to`, `up`) are no translations.
        let listed: Vec<(String, f32)> =
            lexicon.translations(&folded).into_iter().filter(|(_, weight)| *weight > 0.15).collect();
        let sum: f32 = listed.iter().map(|(_, weight)| weight).sum();
        all.extend(listed.into_iter().map(|(target, weight)| Translated {
            target,
            probability: weight / sum,
            count: None,
            from: name.clone(),
        }));
    }
    all
}

/// Texts that show a word beside a translation, at most so many, short ones first.
pub fn examples<'t>(taught: &'t [Taught], word: &str, target: &str, most: usize) -> Vec<&'t Taught> {
    let has = |text: &str, word: &str| {
        let mut found = false;
        tokens(text, &mut |token| found |= fold_key(token) == word);
        found
    };
    let (word, target) = (fold_key(word), fold_key(target));
    let mut all: Vec<&Taught> =
        taught.iter().filter(|pair| has(&pair.source, &word) && has(&pair.target, &target)).collect();
    all.sort_by_key(|pair| pair.source.len() + pair.target.len());
    all.truncate(most);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_teaches_and_its_faults_are_told() {
        let mut faults = Vec::new();
        let table = "Le chat.\tThe cat.\t0.9\n\nnothing\n\tThe dog.\nUn chat.\tA cat.\n";
        let all = taught_in("t.tsv", table, |line| faults.push(line));
        assert_eq!(faults, [3]);
        let places: Vec<&str> = all.iter().map(|pair| &*pair.place).collect();
        assert_eq!(places, ["t.tsv:1", "t.tsv:5"]);
        let lexicon = learn(&Aligner::new(), &all, &[]);
        let mut out = Vec::new();
        assert!(write_learnt(&mut out, &lexicon, 0.5).unwrap() > 0);
        let again = Lexicon::parse(std::str::from_utf8(&out).unwrap()).unwrap();
        assert_eq!(again.translations("chat")[0].0, "cat");
        assert_eq!(examples(&all, "Chat", "cat", 1)[0].place, "t.tsv:5");
    }
}
