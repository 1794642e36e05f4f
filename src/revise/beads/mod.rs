//! An alignment and a whole English text → the alignment with that English: beads become units.
//!
//! A [`Frame`] says what may be aligned and what is fixed; whoever aligns hands [`Link`]s back. Every sentence of the
//! English stands in exactly one unit then, and what a person typed, confirmed or set stays as it is.

mod cut;
mod known;

use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

use crate::bitext::{Alignment, CoverError, Kind, Origin, Status, Stem, Texts, Unit, UnitId};

use super::edit::Stamp;
use super::shape::hand_over;
use cut::cut;

/// A sentence of a whole English text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnglishSentence {
    /// The sentence.
    pub text: String,
    /// What it is in its text: boilerplate is not aligned.
    pub kind: Kind,
    /// Whether a paragraph begins with it.
    pub begins: bool,
}

/// French and English sentences that translate each other, as numbers into [`Frame::source`] and [`Frame::target`].
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The French.
    pub source: Range<usize>,
    /// The English.
    pub target: Range<usize>,
    /// How certain that is, 0 to 1.
    pub score: f64,
}

/// What a unit is after English was put beside the French.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// As it was: a person's, or French boilerplate.
    Kept,
    /// A person's, and the text has its English.
    Known,
    /// What was aligned: so many French and English sentences; one of them may be 0.
    Aligned(usize, usize),
    /// English beside a unit whose English a person typed otherwise: it stands alone after it.
    Displaced,
    /// English boilerplate.
    Boilerplate,
}

/// The units that come of it, each with what it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The units.
    pub units: Vec<Unit>,
    /// What each of them is.
    pub roles: Vec<Role>,
}

/// How far a piece of French is fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    /// Nothing is: it may be joined with its neighbours.
    Free,
    /// A person decided where it begins and ends, or what it is; English it may get.
    Bounds,
    /// All of it.
    Whole,
}

/// French that is aligned as one: a sentence, or a unit that may not be divided.
struct Piece {
    /// The unit that it is when nothing is joined to it.
    unit: Unit,
    text: String,
    hold: Hold,
    /// Whether a paragraph begins with it.
    begins: bool,
}

/// What stands in the article's order.
enum Slot {
    /// What is not aligned.
    Kept(Box<Unit>),
    /// A piece, by its number.
    Piece(usize),
}

/// What of an article and an English text is to be aligned, and what is known.
pub struct Frame {
    slots: Vec<Slot>,
    pieces: Vec<Piece>,
    /// Whether a piece can be joined to the one before it.
    joins: Vec<bool>,
    orphans: Vec<Unit>,
    english: Vec<EnglishSentence>,
    /// The English sentences that are aligned, by number.
    content: Vec<usize>,
    fixed: Vec<(Range<usize>, Range<usize>)>,
    /// The slots of a person's English alone that is known, by the first English sentence of each.
    known_alone: HashMap<usize, usize>,
    old: HashMap<UnitId, Unit>,
    /// Ids of English alone that an aligner put there before, by its text.
    alone: HashMap<String, VecDeque<UnitId>>,
    ids: Fresh,
}

/// Ids for units that are made; linear, also for very many.
#[derive(Default)]
struct Fresh {
    taken: HashSet<UnitId>,
    seen: HashMap<String, usize>,
}

impl Fresh {
    /// Counts a unit with this French.
    fn count(&mut self, fr: &str) -> usize {
        let seen = self.seen.entry(fr.to_owned()).or_default();
        *seen += 1;
        *seen - 1
    }

    fn make(&mut self, stem: &Stem, fr: &[&str], before: usize) -> UnitId {
        let id = (before..)
            .map(|occurrence| UnitId::of(stem, fr, occurrence))
            .find(|id| !self.taken.contains(id))
            .expect("there are more ids than units");
        self.taken.insert(id);
        id
    }
}

/// Whether an aligner put the English there, and nobody looked at it since.
fn is_aligners(unit: &Unit) -> bool {
    unit.origin == Some(Origin::Aligner) && unit.status == Status::Draft && !unit.more.set.bounds
}

fn hold(unit: &Unit) -> Hold {
    let empty = !unit.has_english() && unit.status == Status::Untranslated;
    if !empty && !is_aligners(unit) {
        Hold::Whole
    } else if !unit.more.set.is_empty() {
        Hold::Bounds
    } else {
        Hold::Free
    }
}

impl Frame {
    /// What of the article `stem`, whose text is `text`, and of these sentences is to be aligned.
    ///
    /// `kind` says what the French sentence is that begins at a byte: sentences of several kinds that an aligner
    /// joined get their own back.
    ///
    /// # Errors
    ///
    /// [`CoverError`], where the units are not those of the text.
    pub fn of(
        alignment: &Alignment,
        stem: &Stem,
        text: &str,
        english: Vec<EnglishSentence>,
        kind: impl Fn(usize) -> Option<Kind>,
    ) -> Result<Frame, CoverError> {
        let spans = alignment.spans(text)?;
        let mut frame = Frame {
            slots: Vec::new(),
            pieces: Vec::new(),
            joins: Vec::new(),
            orphans: Vec::new(),
            content: (0..english.len()).filter(|at| english[*at].kind.is_content()).collect(),
            english,
            fixed: Vec::new(),
            known_alone: HashMap::new(),
            old: alignment.units().iter().map(|unit| (unit.id, unit.clone())).collect(),
            alone: HashMap::new(),
            ids: Fresh::default(),
        };
        let all = alignment.units();
        frame.ids.taken =
            all.iter().flat_map(|unit| [unit.id].into_iter().chain(unit.more.was_ids.clone())).collect();
        let mut end = 0;
        for (unit, spans) in all.iter().zip(&spans) {
            let places: Vec<(bool, Kind)> = spans
                .iter()
                .map(|span| {
                    let begins = end == 0 || text[end..span.start].contains('\n');
                    end = span.end;
                    let own = kind(span.start).filter(|kind| spans.len() > 1 && kind.is_content());
                    (begins, own.unwrap_or(unit.kind))
                })
                .collect();
            frame.take(unit, &places, stem);
        }
        frame.know();
        Ok(frame)
    }

    fn take(&mut self, unit: &Unit, places: &[(bool, Kind)], stem: &Stem) {
        if unit.status == Status::Orphan {
            self.orphans.push(unit.clone());
        } else if unit.fr.is_empty() && is_aligners(unit) {
            self.alone.entry(unit.english()).or_default().push_back(unit.id);
        } else if unit.fr.is_empty() || !unit.is_content() {
            self.slots.push(Slot::Kept(Box::new(unit.clone())));
        } else {
            let hold = hold(unit);
            if hold != Hold::Free {
                self.ids.count(&unit.french());
                self.piece(unit.clone(), hold, places[0].0);
                return;
            }
            // An aligner joined it: its sentences get their own ids back.
            let own = unit.more.was_ids.len() + 1 == unit.fr.len();
            for (at, fr) in unit.fr.iter().enumerate() {
                let before = self.ids.count(fr);
                let single = if at == 0 {
                    let mut first = unit.clone();
                    if own {
                        first.more.was_ids.clear();
                    }
                    first.fr = fr.as_str().into();
                    first.kind = places[0].1;
                    first
                } else {
                    let id = if own { unit.more.was_ids[at - 1] } else { self.ids.make(stem, &[fr], before) };
                    Unit::new(id, places[at].1, vec![fr.clone()])
                };
                self.piece(bare(single), Hold::Free, places[at].0);
            }
        }
    }

    fn piece(&mut self, unit: Unit, hold: Hold, begins: bool) {
        let joins = match (self.slots.last(), self.pieces.last()) {
            (Some(Slot::Piece(_)), Some(last)) => (last.hold, hold) == (Hold::Free, Hold::Free),
            _ => false,
        };
        self.joins.push(joins);
        self.slots.push(Slot::Piece(self.pieces.len()));
        self.pieces.push(Piece { text: unit.french(), unit, hold, begins });
    }

    /// The French that is to be aligned.
    pub fn source(&self) -> Vec<&str> {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The English that is to be aligned.
    pub fn target(&self) -> Vec<&str> {
        self.content.iter().map(|at| self.english[*at].text.as_str()).collect()
    }

    /// The sentences of source and target that begin a paragraph.
    pub fn breaks(&self) -> (Vec<usize>, Vec<usize>) {
        let source = (0..self.pieces.len()).filter(|at| self.pieces[*at].begins).collect();
        // After boilerplate a paragraph begins, too.
        let begins = |place: &usize| {
            let at = self.content[*place];
            let before = place.checked_sub(1).map(|before| self.content[before]);
            before.is_none_or(|before| (before + 1..=at).any(|at| self.english[at].begins))
        };
        (source, (0..self.content.len()).filter(begins).collect())
    }

    /// What is known: units of a person's whose English stands in the text.
    pub fn fixed(&self) -> &[(Range<usize>, Range<usize>)] {
        &self.fixed
    }

    /// Puts the English beside the French.
    ///
    /// `links` are in order and have every sentence of source and target exactly once; those of
    /// [`Frame::fixed`] are among them. A link never joins what is not neighbours in the article, or what a person
    /// set apart: it is cut there, by the lengths of the sentences, and is half as certain.
    pub fn place(mut self, links: &[Link], stem: &Stem, stamp: &Stamp) -> Linked {
        let mut made =
            Making { linked: Linked { units: Vec::new(), roles: Vec::new() }, slot: 0, english: 0 };
        let fixed: HashSet<(Range<usize>, Range<usize>)> = self.fixed.iter().cloned().collect();
        for link in links {
            if let Some(first) = self.content.get(link.target.start).filter(|_| !link.target.is_empty()) {
                let first = *first;
                if let Some(piece) = link.source.clone().next() {
                    self.keep_before(piece, &mut made);
                }
                self.boilerplate_before(first, stem, &mut made);
            }
            if fixed.contains(&(link.source.clone(), link.target.clone())) {
                if let Some(&own) =
                    self.known_alone.get(&link.target.start).filter(|_| link.source.is_empty())
                {
                    self.keep_through(own, &mut made);
                }
                for piece in link.source.clone() {
                    self.keep_before(piece, &mut made);
                    made.slot += 1;
                    made.push(self.pieces[piece].unit.clone(), Role::Known);
                }
                continue;
            }
            if link.source.is_empty() {
                for at in link.target.clone() {
                    let unit = self.english_alone(self.content[at], Some(link.score), stem);
                    made.push(unit, Role::Aligned(0, 1));
                }
                continue;
            }
            let parts = cut(&self, link);
            let score = if parts.len() > 1 { link.score / 2.0 } else { link.score };
            for (source, target) in parts {
                self.keep_before(source.start, &mut made);
                made.slot += source.len();
                if self.pieces[source.start].hold == Hold::Whole {
                    made.push(self.pieces[source.start].unit.clone(), Role::Kept);
                    for at in target {
                        let unit = self.english_alone(self.content[at], Some(score), stem);
                        made.push(unit, Role::Displaced);
                    }
                } else {
                    let unit = self.joined(source, target.clone(), score);
                    let role = Role::Aligned(unit.fr.len(), target.len());
                    made.push(unit, role);
                }
            }
        }
        self.keep_before(self.pieces.len(), &mut made);
        self.boilerplate_before(self.english.len(), stem, &mut made);
        let mut linked = made.linked;
        for unit in &mut linked.units {
            sign(unit, self.old.get(&unit.id), stamp);
        }
        linked.roles.extend(self.orphans.iter().map(|_| Role::Kept));
        linked.units.append(&mut self.orphans);
        linked
    }

    /// What is not aligned and stands before this piece.
    fn keep_before(&self, piece: usize, made: &mut Making) {
        while let Some(Slot::Kept(unit)) = self.slots.get(made.slot) {
            made.slot += 1;
            made.push(Unit::clone(unit), Role::Kept);
        }
        debug_assert!(
            matches!(self.slots.get(made.slot), Some(Slot::Piece(next)) if *next == piece)
                || made.slot >= self.slots.len()
        );
    }

    /// A person's English alone that the text has, and what is not aligned and stands before it.
    fn keep_through(&self, own: usize, made: &mut Making) {
        while let Some(Slot::Kept(unit)) = self.slots.get(made.slot).filter(|_| made.slot <= own) {
            let role = if made.slot == own { Role::Known } else { Role::Kept };
            made.slot += 1;
            made.push(Unit::clone(unit), role);
        }
    }

    /// The English boilerplate before this English sentence.
    fn boilerplate_before(&mut self, sentence: usize, stem: &Stem, made: &mut Making) {
        for at in made.english..sentence {
            if !self.english[at].kind.is_content() {
                let unit = self.english_alone(at, None, stem);
                made.push(unit, Role::Boilerplate);
            }
        }
        made.english = made.english.max(sentence);
    }

    /// A unit of English alone.
    fn english_alone(&mut self, at: usize, score: Option<f64>, stem: &Stem) -> Unit {
        let sentence = &self.english[at];
        let before = self.ids.count("");
        let id = match self.alone.get_mut(&sentence.text).and_then(VecDeque::pop_front) {
            Some(id) => id,
            None => self.ids.make(stem, &[], before),
        };
        let mut unit = self.old.get(&id).cloned().unwrap_or_else(|| Unit::new(id, sentence.kind, Vec::new()));
        if !unit.more.set.kind {
            unit.kind = sentence.kind;
        }
        unit.en = sentence.text.as_str().into();
        (unit.status, unit.origin) = (Status::Draft, Some(Origin::Aligner));
        unit.score = score.map(rounded);
        unit
    }

    /// Pieces as one unit, with English, if there is any.
    fn joined(&self, source: Range<usize>, target: Range<usize>, score: f64) -> Unit {
        let mut unit = bare(self.pieces[source.start].unit.clone());
        for piece in &self.pieces[source.start + 1..source.end] {
            let next = &piece.unit;
            unit.fr = unit.fr.followed_by(&next.fr);
            if unit.kind != next.kind {
                // A heading that its translation runs into a sentence.
                unit.kind = Kind::Body;
            }
            hand_over(&mut unit, next.clone());
        }
        if !target.is_empty() {
            unit.en = self.content[target].iter().map(|at| self.english[*at].text.clone()).collect();
            (unit.status, unit.origin) = (Status::Draft, Some(Origin::Aligner));
            unit.score = Some(rounded(score));
        }
        unit
    }
}

/// Units on their way, how far the article's slots are taken, and how far the English boilerplate.
struct Making {
    linked: Linked,
    slot: usize,
    english: usize,
}

impl Making {
    fn push(&mut self, unit: Unit, role: Role) {
        self.linked.units.push(unit);
        self.linked.roles.push(role);
    }
}

/// A unit without its English.
fn bare(mut unit: Unit) -> Unit {
    unit.en = Texts::new();
    unit.more.set_was(Texts::new());
    unit.status = Status::Untranslated;
    (unit.origin, unit.score) = (None, None);
    unit
}

/// Four places are enough for a probability, and read well.
fn rounded(score: f64) -> f64 {
    (score.clamp(0.0, 1.0) * 1e4).round() / 1e4
}

/// Signs a unit that is another than before.
fn sign(unit: &mut Unit, old: Option<&Unit>, stamp: &Stamp) {
    if let Some(old) = old {
        (unit.by, unit.at) = (old.by.clone(), old.at.clone());
        if unit == old {
            return;
        }
    } else if !unit.has_english() {
        // As the article's units are before anybody touches them.
        (unit.by, unit.at) = (None, None);
        return;
    }
    unit.by = stamp.by.as_deref().map(Box::from);
    unit.at = Some(stamp.at.as_str().into());
}
