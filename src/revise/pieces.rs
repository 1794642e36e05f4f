//! Pieces: what the new text falls into, once it is known which of its words come from which unit.

use std::collections::HashMap;
use std::ops::Range;

use crate::bitext::{Kind, Segmentation, Sentence, Span};

use super::matching::{Matching, Share};

/// A stretch of the new text that makes one unit.
#[derive(Debug)]
pub(super) struct Piece {
    /// The unit that it is, among the matching's.
    pub unit: Option<usize>,
    /// Its sentences, or parts of one.
    pub sentences: Vec<String>,
    pub kind: Kind,
}

/// A sentence, or the part of one that comes from one unit.
#[derive(Clone, Copy)]
struct Part {
    owner: Option<u32>,
    span: Span,
    mass: u32,
    sentence: u32,
    kind: Kind,
    /// Whether it is a unit of its own though nobody has it.
    alone: bool,
}

/// The new text, cut up: parts that follow each other and come from one unit are one piece, and so is one that comes from none.
///
/// There may be very many: texts are made of them one by one.
pub(super) struct Pieces(Vec<Part>);

impl Pieces {
    /// The pieces of `text` in order; together they are all of it.
    ///
    /// `held` says which units keep their bounds: each of them is one piece, and a sentence that comes from
    /// several is cut between them. All else is taken sentence by sentence.
    pub fn new(matching: &Matching, held: &[bool], text: &str, segmentation: &Segmentation) -> Self {
        let sentences = segmentation.sentences();
        let mut parts = Vec::with_capacity(sentences.len());
        for (index, sentence) in sentences.iter().enumerate() {
            let whole = Part::of(sentence, index);
            if matching.exact[index].is_some() {
                let (owner, mass) = (matching.exact[index], matching.sentence_weight(index).max(1));
                parts.push(Part { owner, mass, ..whole });
            } else {
                parts.extend(parts_of(matching, held, text, whole));
            }
        }
        one_place_each(&mut parts, held);
        join_crumbs(&mut parts);
        Pieces(parts)
    }

    /// Gives new pieces to units of a person's that have no place and are exactly that; `french` gives a unit's sentences.
    ///
    /// Such a sentence was taken for one of another unit, which then kept its place elsewhere.
    pub fn find_again<'u>(&mut self, held: &[bool], text: &str, french: impl Fn(usize) -> &'u [String]) {
        let mut placed = vec![false; held.len()];
        for own in self.0.iter().filter_map(|part| part.owner) {
            placed[own as usize] = true;
        }
        // The first of equals is taken first, from the end of its list.
        let mut lost: HashMap<&str, Vec<u32>> = HashMap::new();
        for own in (0..held.len()).rev().filter(|&own| held[own] && !placed[own]) {
            if let [only] = french(own) {
                lost.entry(only).or_default().push(own as u32);
            }
        }
        for part in self.0.iter_mut().filter(|part| part.owner.is_none()) {
            part.owner = lost.get_mut(part.text(text)).and_then(Vec::pop);
        }
    }

    fn parts(&self) -> impl Iterator<Item = &[Part]> {
        self.0.chunk_by(|part, next| part.owner.is_some() && part.owner == next.owner)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.parts().count()
    }

    /// Each, made as it is asked for.
    pub fn iter<'p>(&'p self, text: &'p str) -> impl Iterator<Item = Piece> + 'p {
        self.parts().map(|parts| Piece {
            unit: parts[0].owner.map(|unit| unit as usize),
            sentences: parts.iter().map(|part| part.text(text).to_owned()).collect(),
            kind: parts.iter().map(|part| part.kind).find(|kind| kind.is_content()).unwrap_or(parts[0].kind),
        })
    }
}

impl Part {
    /// A whole sentence, which comes from no unit.
    fn of(sentence: &Sentence, index: usize) -> Part {
        let (span, kind) = (sentence.span, sentence.kind);
        Part { owner: None, span, mass: 0, sentence: index as u32, kind, alone: false }
    }

    fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text).trim()
    }
}

/// The parts of one sentence that is not exactly a unit's.
fn parts_of(matching: &Matching, held: &[bool], text: &str, part: Part) -> Vec<Part> {
    let whole = |owner: Option<Share>| match owner {
        Some(share) => vec![Part { owner: Some(share.unit), mass: share.mass, ..part }],
        None => vec![part],
    };
    let sentence = part.sentence as usize;
    let weight = matching.sentence_weight(sentence);
    let mut shares = matching.shares(sentence);
    let best = shares.iter().copied().max_by_key(|share| share.mass);
    if !shares.iter().any(|share| held[share.unit as usize]) {
        return whole(best);
    }
    let tokens = matching.new.sentence(sentence);
    // A unit that nobody gave anything has a part of its own only where it clearly stands there.
    let has_part = |share: &Share| {
        let unit = share.unit as usize;
        held[unit]
            || (share.mass * 2 >= matching.unit_weight(unit) && share.mass * 4 >= weight)
            || matching
                .whole_in(unit, sentence)
                .is_some_and(|own| own.len() > 3 || own.start == tokens.start || own.end == tokens.end)
    };
    let parted: Vec<bool> = shares.iter().map(has_part).collect();
    // Else its words are those of such a unit beside it that has one, so that they change nobody's French.
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for nth in (0..shares.len()).filter(|&nth| !parted[nth]) {
        let after = (nth + 1..shares.len()).find(|&other| parted[other]);
        let before = (0..nth).rev().find(|&other| parted[other]);
        let mut units = after.into_iter().chain(before).map(|other| shares[other].unit);
        let free = units.find(|&unit| !held[unit as usize]);
        joined.extend(free.map(|free| (shares[nth].unit, free)));
    }
    let mut parted = parted.into_iter();
    shares.retain(|_| parted.next().unwrap_or_default());
    // Those of them that stand side by side are one part, and the words of all are the greatest's.
    shares.dedup_by(|next, share| {
        let both_free = !held[next.unit as usize] && !held[share.unit as usize];
        if both_free {
            if next.mass > share.mass {
                std::mem::swap(next, share);
            }
            joined.push((next.unit, share.unit));
        }
        both_free
    });
    // A unit most of whose words come to lie in another's part has none of its own.
    loop {
        if shares.len() < 2 {
            let only = shares.first().copied();
            return only
                .filter(|share| held[share.unit as usize])
                .and_then(|share| with_something_after(matching, text, part, share))
                .unwrap_or_else(|| whole(only));
        }
        let parts = cut_between(matching, text, part, &shares, &joined);
        let kept = |part: &Part, nth: usize| {
            let own = matching.new.sentence(sentence).filter(|&token| {
                (part.span.start..part.span.end).contains(&matching.places.at(token))
                    && matching.owner(token) == Some(shares[nth].unit)
            });
            own.map(|token| matching.new.tokens[token].weight()).sum::<u32>()
        };
        let lost = (0..shares.len())
            .map(|nth| parts.get(nth).map_or(0, |part| 1000 * kept(part, nth) / shares[nth].mass.max(1)))
            .enumerate()
            .min_by_key(|&(_, kept)| kept)
            .filter(|&(_, kept)| kept < 500);
        match lost {
            Some((nth, _)) => drop(shares.remove(nth)),
            None => return parts,
        }
    }
}

/// A unit as it was, and then something new that only the splitter takes into the same sentence: a heading has no
/// stop, for example, and a sentence was added behind it.
///
/// What is new must begin as a sentence does and have three words, else the unit's own sentence has grown.
fn with_something_after(matching: &Matching, text: &str, part: Part, share: Share) -> Option<Vec<Part>> {
    let own = matching.whole_in(share.unit as usize, part.sentence as usize)?;
    let tokens = matching.new.sentence(part.sentence as usize);
    let rest = own.end..tokens.end;
    let words = |tokens: Range<usize>| {
        tokens.filter(|&token| matching.places.first(text, token).is_some_and(char::is_alphanumeric)).count()
    };
    if own.start > tokens.start || words(rest.clone()) < 3 {
        return None;
    }
    let opens = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '«' | '“' | '"');
    let places = &matching.places;
    if !places.stands_off(text, rest.start) || !places.first(text, rest.start).is_some_and(opens) {
        return None;
    }
    let next = places.at(rest.start);
    let Span { start, end } = part.span;
    Some(vec![
        Part { owner: Some(share.unit), span: Span::new(start, next), mass: share.mass, ..part },
        Part { span: Span::new(next, end), alone: true, ..part },
    ])
}

/// A sentence cut between the units that it comes from; the last parts are left out if nothing is left
/// for them. Of units that are `joined`, each first one's words are its second's.
fn cut_between(
    matching: &Matching,
    text: &str,
    part: Part,
    shares: &[Share],
    joined: &[(u32, u32)],
) -> Vec<Part> {
    let tokens = matching.new.sentence(part.sentence as usize);
    let mut parts: Vec<Part> = Vec::new();
    let (mut from, mut start) = (tokens.start, part.span.start);
    for (nth, share) in shares.iter().enumerate() {
        let later = &shares[nth + 1..];
        let is_later = |token: usize| {
            let own = matching.owner(token)?;
            let unit = joined.iter().fold(own, |unit, &(from, to)| if unit == from { to } else { unit });
            Some(later.iter().any(|share| share.unit == unit))
        };
        let cut = match later {
            [] => None,
            _ => best_cut(matching, text, from + 1..tokens.end, from, &is_later),
        };
        let end = cut.map_or(part.span.end, |cut| matching.places.at(cut));
        parts.push(Part { owner: Some(share.unit), span: Span::new(start, end), mass: share.mass, ..part });
        let Some(cut) = cut else { break };
        (from, start) = (cut, end);
    }
    parts
}

/// The token before which to cut: where the fewest words fall to the wrong side, and of such places the
/// one that reads best.
fn best_cut(
    matching: &Matching,
    text: &str,
    places: Range<usize>,
    from: usize,
    is_later: &dyn Fn(usize) -> Option<bool>,
) -> Option<usize> {
    let weight = |token: usize| i64::from(matching.new.tokens[token].weight());
    let cost_of = |token: usize, later: bool| match is_later(token) {
        Some(is) if is == later => weight(token),
        _ => 0,
    };
    // Cutting before the first token puts every earlier unit's word on the wrong side.
    let mut cost: i64 = (from..places.end).map(|token| cost_of(token, false)).sum();
    let mut best: Option<(i64, i32, usize)> = None;
    for cut in places {
        cost += cost_of(cut - 1, true) - cost_of(cut - 1, false);
        let rank = (cost, -looks(matching, text, cut), cut);
        if best.is_none_or(|best| rank < best) {
            best = Some(rank);
        }
    }
    best.map(|(_, _, cut)| cut)
}

/// How well a cut before this token reads.
fn looks(matching: &Matching, text: &str, token: usize) -> i32 {
    let places = &matching.places;
    let mut looks = 0;
    if places.stands_off(text, token) {
        looks += 4;
    }
    match places.first(text, token - 1) {
        Some(',' | ';' | ':' | '.' | '!' | '?' | '…' | ')' | '»' | '”') => looks += 4,
        Some('«' | '“' | '(' | '\'' | '’') => looks -= 8,
        _ => {}
    }
    // Where the one unit ended or the other began.
    if matching.at_edge(token - 1).1 || matching.at_edge(token).0 {
        looks += 3;
    }
    if let Some(',' | ';' | ':' | '.' | '!' | '?' | '…' | ')' | '»' | '”') = places.first(text, token) {
        looks -= 8;
    }
    looks
}

/// At most this many new sentences between two of a unit's are taken into it.
const WITHIN: usize = 2;

/// Sees to it that each unit has one place: the parts where most of it is.
fn one_place_each(parts: &mut [Part], held: &[bool]) {
    let mut places = Vec::with_capacity(parts.len());
    places.extend((0u32..).zip(&*parts).filter_map(|(place, part)| Some((part.owner?, place))));
    places.sort_unstable();
    for places in places.chunk_by(|a, b| a.0 == b.0).filter(|places| places.len() > 1) {
        let unit = places[0].0;
        // Runs of parts with nobody else's between them; a unit that keeps no bounds has one part.
        let mut runs: Vec<(u32, usize, usize)> = Vec::new();
        for place in places.iter().map(|&(_, place)| place as usize) {
            let mass = parts[place].mass;
            match runs.last_mut() {
                Some((sum, _, last))
                    if held[unit as usize]
                        && place - *last <= WITHIN + 1
                        && parts[*last + 1..place].iter().all(|part| part.owner.is_none()) =>
                {
                    *sum += mass;
                    *last = place;
                }
                _ => runs.push((mass, place, place)),
            }
        }
        // The greatest, and of equals the first.
        let best = (0..runs.len()).max_by_key(|&run| (runs[run].0, usize::MAX - run)).unwrap_or(0);
        for (run, &(_, first, last)) in runs.iter().enumerate() {
            for part in &mut parts[first..=last] {
                part.owner = (run == best).then_some(unit);
            }
        }
    }
}

/// Gives a part of a sentence that nobody has (any more) to its neighbour in the sentence.
fn join_crumbs(parts: &mut Vec<Part>) {
    parts.dedup_by(|part, last| {
        let joins = last.sentence == part.sentence
            && !part.alone
            && (part.owner.is_none() || last.owner.is_none() || part.owner == last.owner);
        if joins {
            last.span.end = part.span.end;
            last.owner = last.owner.or(part.owner);
        }
        joins
    });
}
