//! A unit that comes back from a file: what of it is taken, and what is refused.
//!
//! Three texts are held against each other: the English that went out (known by its `rev`), the English that
//! comes in, and the English that is there. Which line belongs to which unit is settled before.

use std::collections::HashMap;

use crate::bitext::{Kind, Origin, Status, Texts, Unit, flat, rev_of};
use crate::words::{fold_key, words};

use super::same_text;

/// What a file says of one unit. Nothing said changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Incoming<'i> {
    /// The French that the line's English translates.
    pub fr: Option<&'i str>,
    /// The English.
    pub en: Option<&'i str>,
    /// How far the translation has come.
    pub status: Option<Status>,
    /// What the sentences are in their article.
    pub kind: Option<Kind>,
    /// A remark.
    pub note: Option<&'i str>,
    /// The `rev` of the English that went out.
    pub rev: Option<&'i str>,
}

/// Whose English stays where both sides have changed it since it went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// That of the corpus.
    Ours,
    /// That of the file.
    Theirs,
}

/// A unit as it is after a line was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The unit, not yet signed.
    pub unit: Unit,
    /// Whether its English is another.
    pub english: bool,
    /// Whether the line's French is a former one, so that its English came in as stale.
    pub stale: bool,
}

/// Why a line is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The line's French is not this unit's, and not a former one of it.
    #[error("found the French `{}`, expected `{}` or something like it", beginning(.found), beginning(.expected))]
    OtherFrench {
        /// The line's French.
        found: String,
        /// The unit's.
        expected: String,
    },
    /// Both sides changed the English since it went out.
    #[error(
        "both sides changed the English\n    ours:   {}\n    theirs: {}",
        beginning(&flat(.ours)), beginning(&flat(.theirs))
    )]
    BothChanged {
        /// The English that is there.
        ours: String,
        /// The English that comes in.
        theirs: String,
    },
    /// A spreadsheet put an error in the place of the text.
    #[error("found `{0}`, which a spreadsheet makes of a cell that it takes for a formula; expected text")]
    Formula(String),
    /// The status cannot be that of a unit with or without English.
    #[error("found `{found}`, expected {expected}")]
    Status {
        /// What the line says.
        found: Status,
        /// What it could say.
        expected: &'static str,
    },
}

/// As much of a text as a message can hold.
fn beginning(text: &str) -> String {
    const MOST_CHARS: usize = 400;
    let mut short: String = text.chars().take(MOST_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// From this likeness on, two texts are taken for two versions of one sentence.
///
/// In 6,402 pairs of neighbouring sentences of French texts, 1.6 % are as alike; of sentences with three words in ten
/// put in from the next one, 98 % are.
pub const ALIKE: f64 = 0.4;

/// Holds a line against its unit; none where it changes nothing, whatever its French.
///
/// # Errors
///
/// [`Refusal`]: then nothing of the line is taken.
pub fn receive(unit: &Unit, line: &Incoming<'_>, whose: Option<Whose>) -> Result<Option<Taken>, Refusal> {
    match former(unit, line) {
        Ok(former) => taken(unit, line, whose, former),
        // A line that says nothing new is no wrong line.
        Err(refusal) => match taken(unit, line, whose, true) {
            Ok(None) => Ok(None),
            _ => Err(refusal),
        },
    }
}

/// What a line changes whose French is the unit's, or a former one.
fn taken(
    unit: &Unit,
    line: &Incoming<'_>,
    whose: Option<Whose>,
    former: bool,
) -> Result<Option<Taken>, Refusal> {
    let mut new = unit.clone();
    let english = match line.en.map(str::trim).filter(|text| !text.is_empty()) {
        Some(theirs) => chosen(unit, theirs, line.rev, whose)?,
        None => None,
    };
    if let Some(theirs) = english {
        new.en = theirs.into();
        new.origin = Some(Origin::Import);
        new.score = None;
        if unit.status != Status::Orphan {
            new.status = Status::Draft;
            match line.fr.filter(|_| former) {
                None => new.more.set_was(Texts::new()),
                Some(fr) if same_text(&[fr], &unit.more.was) => {}
                Some(fr) => new.more.was = fr.trim().into(),
            }
        }
    }
    if let Some(status) = line.status {
        settle(unit, &mut new, status, former)?;
    }
    if let Some(kind) = line.kind.filter(|kind| *kind != unit.kind) {
        new.kind = kind;
        new.more.set.kind = true;
    }
    if let Some(note) = line.note.map(str::trim).filter(|note| !note.is_empty())
        && unit.more.note.as_deref().is_none_or(|own| flat(own.trim()) != flat(note))
    {
        new.more.note = Some(note.to_owned());
    }
    let taken = Taken { english: english.is_some(), stale: english.is_some() && former, unit: new };
    Ok((taken.unit != *unit).then_some(taken))
}

/// Whether the line's French is a former one of the unit; refused where it is neither.
fn former(unit: &Unit, line: &Incoming<'_>) -> Result<bool, Refusal> {
    let Some(fr) = line.fr.filter(|fr| !fr.trim().is_empty()) else { return Ok(false) };
    // As it went out, nearly always: then there is nothing to fold.
    if flat(fr) == flat(&unit.french()) || (!unit.fr.is_empty() && same_text(&[fr], &unit.fr)) {
        return Ok(false);
    }
    if !unit.more.was.is_empty() && same_text(&[fr], &unit.more.was) {
        return Ok(true);
    }
    let (french, was) = (unit.french(), unit.more.was.join(" "));
    if likeness(fr, &french).max(likeness(fr, &was)) >= ALIKE {
        return Ok(true);
    }
    let expected = if unit.fr.is_empty() { was } else { french };
    Err(Refusal::OtherFrench { found: flat(fr).into_owned(), expected: flat(&expected).into_owned() })
}

/// The English to take, if any.
fn chosen<'i>(
    unit: &Unit,
    theirs: &'i str,
    rev: Option<&str>,
    whose: Option<Whose>,
) -> Result<Option<&'i str>, Refusal> {
    if is_formula_error(theirs) {
        return Err(Refusal::Formula(theirs.to_owned()));
    }
    let ours = unit.english();
    if flat(theirs) == flat(ours.trim()) {
        return Ok(None);
    }
    match rev.map(str::trim).filter(|rev| !rev.is_empty()) {
        // It is what went out: only the corpus has changed since.
        Some(rev) if rev_of(theirs) == rev => Ok(None),
        Some(rev) if unit.rev() != rev => match whose {
            Some(Whose::Ours) => Ok(None),
            Some(Whose::Theirs) => Ok(Some(theirs)),
            None => Err(Refusal::BothChanged { ours, theirs: theirs.to_owned() }),
        },
        _ => Ok(Some(theirs)),
    }
}

/// Gives `new` the status that the line says, where it says something new.
fn settle(unit: &Unit, new: &mut Unit, status: Status, former: bool) -> Result<(), Refusal> {
    let refused = |expected| Err(Refusal::Status { found: status, expected });
    match status {
        _ if unit.status == Status::Orphan && status == Status::Orphan => {}
        Status::Orphan => {
            return refused("untranslated, draft, reviewed or skipped: no person makes an orphan");
        }
        _ if unit.status == Status::Orphan => return refused("orphan: its French is gone"),
        // What it was when it went out; an empty cell takes no English away.
        Status::Untranslated => {
            if !new.has_english() {
                new.status = Status::Untranslated;
            }
        }
        Status::Skipped if unit.status == Status::Skipped => {}
        Status::Skipped if new.has_english() => return refused("draft or reviewed: the unit has English"),
        Status::Skipped => new.status = Status::Skipped,
        Status::Draft | Status::Reviewed if !new.has_english() => {
            return refused("untranslated or skipped: the unit has no English");
        }
        Status::Draft => new.status = Status::Draft,
        Status::Reviewed => {
            // A review of the French as it is now; what said so before says nothing new.
            if unit.status != Status::Reviewed && !former {
                new.more.set_was(Texts::new());
            }
            new.status = Status::Reviewed;
        }
    }
    Ok(())
}

/// What Excel and LibreOffice show in the place of a formula that they cannot reckon, in English and French.
fn is_formula_error(text: &str) -> bool {
    const ERRORS: [&str; 13] = [
        "#NAME?", "#NOM?", "#REF!", "#VALUE!", "#VALEUR!", "#DIV/0!", "#NUM!", "#NOMBRE!", "#NULL!", "#NUL!",
        "#N/A", "#ERROR!", "#ERREUR!",
    ];
    ERRORS.contains(&text)
        || (text.starts_with("Err:") && text[4..].bytes().all(|byte| byte.is_ascii_digit()))
}

/// How alike two texts are by their words, 0 to 1: long words weigh more than `de` and `la`.
pub fn likeness(left: &str, right: &str) -> f64 {
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for span in words(left) {
        counts.entry(fold_key(span.of(left))).or_default().0 += 1;
    }
    for span in words(right) {
        counts.entry(fold_key(span.of(right))).or_default().1 += 1;
    }
    let (mut common, mut all) = (0, 0);
    for (word, (left, right)) in counts {
        let weight = word.chars().count();
        common += 2 * weight * left.min(right);
        all += weight * (left + right);
    }
    if all == 0 { 0.0 } else { common as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::UnitId;

    fn unit(fr: &str, en: &str) -> Unit {
        let mut unit =
            Unit::new(UnitId::of(&"roy".parse().unwrap(), &[fr], 0), Kind::Body, vec![fr.to_owned()]);
        if !en.is_empty() {
            unit.en = en.into();
            unit.status = Status::Draft;
        }
        unit
    }

    fn line<'i>(fr: &'i str, en: &'i str) -> Incoming<'i> {
        Incoming { fr: Some(fr), en: Some(en), ..Incoming::default() }
    }

    #[test]
    fn new_english_is_a_draft_that_came_from_a_file_and_the_same_changes_nothing() {
        let mut old = unit("Il pleut « fort ».", "It rains.");
        old.status = Status::Reviewed;
        assert_eq!(receive(&old, &line("Il pleut \"fort\".", " It rains. "), None), Ok(None));
        assert_eq!(receive(&old, &line("Il pleut \"fort\".", " "), None), Ok(None));
        let taken = receive(&old, &line("Il pleut \"fort\".", "It pours."), None).unwrap().unwrap();
        assert_eq!(taken.unit.en, ["It pours."]);
        assert_eq!((taken.unit.status, taken.unit.origin), (Status::Draft, Some(Origin::Import)));
        assert!(!taken.stale && taken.english);
    }

    #[test]
    fn english_of_a_former_french_comes_in_as_stale() {
        let old = unit("Le maire a quitté la réunion hier soir.", "");
        let taken = receive(&old, &line("Le maire a quitté la réunion mardi soir.", "He left."), None);
        let taken = taken.unwrap().unwrap();
        assert!(taken.stale && taken.unit.is_stale());
        assert_eq!(taken.unit.more.was, ["Le maire a quitté la réunion mardi soir."]);
        // A negation more is another French too.
        let negated = line("Le maire n’a pas quitté la réunion hier soir.", "He stayed.");
        assert!(receive(&old, &negated, None).unwrap().unwrap().stale);
    }

    #[test]
    fn another_french_altogether_is_refused() {
        let old = unit("Le maire a quitté la réunion hier soir.", "The mayor left.");
        let refused = receive(&old, &line("Les prix de la viande ont baissé.", "Prices fell."), None);
        assert!(matches!(refused, Err(Refusal::OtherFrench { .. })), "{refused:?}");
    }

    #[test]
    fn what_both_sides_changed_waits_for_a_decision() {
        let out = unit("Il pleut.", "It rains.");
        let rev = out.rev();
        let mut now = out.clone();
        now.en = "It is raining.".into();
        let line = |en| Incoming { en: Some(en), rev: Some(&rev), ..Incoming::default() };
        // Only the corpus changed, only the file changed, both did the same, both changed.
        assert_eq!(receive(&now, &line("It rains."), None), Ok(None));
        assert!(receive(&out, &line("It pours."), None).unwrap().is_some());
        assert_eq!(receive(&now, &line("It is raining."), None), Ok(None));
        assert_eq!(
            receive(&now, &line("It pours."), None),
            Err(Refusal::BothChanged { ours: "It is raining.".into(), theirs: "It pours.".into() })
        );
        assert_eq!(receive(&now, &line("It pours."), Some(Whose::Ours)), Ok(None));
        let theirs = receive(&now, &line("It pours."), Some(Whose::Theirs)).unwrap().unwrap();
        assert_eq!(theirs.unit.en, ["It pours."]);
    }

    #[test]
    fn several_english_sentences_on_one_line_are_what_went_out() {
        let mut out = unit("Oui.", "Yes.");
        out.en = vec!["Yes.".to_owned(), "Of\ncourse.".to_owned()].into();
        let rev = out.rev();
        let line = Incoming { en: Some("Yes. Of course."), rev: Some(&rev), ..Incoming::default() };
        assert_eq!(receive(&out, &line, None), Ok(None));
        let mut now = out.clone();
        now.en = "Sure.".into();
        assert_eq!(receive(&now, &line, None), Ok(None), "the file was not edited");
    }

    #[test]
    fn status_kind_and_note_are_taken_and_empty_cells_are_not() {
        let old = unit("Il pleut.", "It rains.");
        let line = Incoming {
            status: Some(Status::Reviewed),
            kind: Some(Kind::Heading),
            note: Some("see Anne"),
            ..Incoming::default()
        };
        let taken = receive(&old, &line, None).unwrap().unwrap();
        assert_eq!(taken.unit.status, Status::Reviewed);
        assert!(taken.unit.kind == Kind::Heading && taken.unit.more.set.kind);
        assert_eq!(taken.unit.more.note.as_deref(), Some("see Anne"));
        assert_eq!(receive(&taken.unit, &line, None), Ok(None));
        assert_eq!(receive(&taken.unit, &Incoming::default(), None), Ok(None));
        // The line went out before there was English.
        let early = Incoming { status: Some(Status::Untranslated), ..Incoming::default() };
        assert_eq!(receive(&old, &early, None), Ok(None));
    }

    #[test]
    fn a_status_that_cannot_be_is_refused() {
        let status = |status| Incoming { status: Some(status), ..Incoming::default() };
        let (with, without) = (unit("Oui.", "Yes."), unit("Oui.", ""));
        assert!(receive(&without, &status(Status::Reviewed), None).is_err());
        assert!(receive(&with, &status(Status::Skipped), None).is_err());
        assert!(receive(&with, &status(Status::Orphan), None).is_err());
        assert!(receive(&without, &status(Status::Skipped), None).unwrap().is_some());
        assert_eq!(
            receive(&with, &Incoming { en: Some("#NOM?"), ..Incoming::default() }, None),
            Err(Refusal::Formula("#NOM?".into()))
        );
    }

    #[test]
    fn an_orphan_takes_english_and_stays_one() {
        let mut orphan = unit("Il pleut.", "It rains.");
        orphan.more.was = std::mem::take(&mut orphan.fr);
        orphan.status = Status::Orphan;
        let taken = receive(&orphan, &line("Il pleut.", "It pours."), None).unwrap().unwrap();
        assert_eq!((taken.unit.status, &*taken.unit.more.was[0]), (Status::Orphan, "Il pleut."));
    }
}
