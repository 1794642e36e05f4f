//! Which sentences of a whole English text a person's units have already.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::words::{fold, words};

use super::super::incoming::likeness;
use super::{Frame, Hold, Slot};

/// English that a person corrected is at least so much like the sentence that it was.
const ALIKE: f64 = 0.6;
/// The first of several sentences that became one is at least so much like it.
const HINT: f64 = 0.2;
/// Sentences that a corrected one is looked for among, on each side of where it is expected.
const NEAR: usize = 60;
/// Sentences that a unit may have joined.
const MOST: usize = 4;
/// A key's length in bytes.
const KEY: usize = 24;

/// A unit of a person's, before which `piece` pieces stand, and its English.
struct Own {
    source: Range<usize>,
    /// Its slot.
    slot: usize,
    english: String,
}

impl Frame {
    /// Finds the person's English in the text: word for word first, then what is much like it.
    pub(super) fn know(&mut self) {
        let own = self.own();
        if own.is_empty() || self.content.is_empty() {
            return;
        }
        let texts: Vec<String> = self.content.iter().map(|at| squeezed(&self.english[*at].text)).collect();
        let (mut fixed, elsewhere) = exact(&own, &texts);
        corrected(&own, &texts, &mut fixed, &elsewhere);
        // What stands in a unit elsewhere is spoken for, and is not aligned again.
        let gone: Vec<usize> = (0..self.content.len()).filter(|at| elsewhere.contains(at)).collect();
        let shifted = |at: usize| at - gone.partition_point(|gone| *gone < at);
        for (unit, target) in fixed {
            let (source, target) = (own[unit].source.clone(), shifted(target.start)..shifted(target.end));
            if source.is_empty() {
                self.known_alone.insert(target.start, own[unit].slot);
            }
            self.fixed.push((source, target));
        }
        let mut at = 0;
        self.content.retain(|_| {
            at += 1;
            !elsewhere.contains(&(at - 1))
        });
    }

    /// The units whose English is a person's, in order.
    fn own(&self) -> Vec<Own> {
        let mut pieces = 0;
        let mut own = Vec::new();
        for (slot, what) in self.slots.iter().enumerate() {
            match what {
                Slot::Kept(unit) if unit.fr.is_empty() && unit.is_content() => {
                    own.push(Own { source: pieces..pieces, slot, english: squeezed(&unit.english()) });
                }
                Slot::Kept(_) => {}
                Slot::Piece(at) => {
                    pieces = at + 1;
                    let piece = &self.pieces[*at];
                    if piece.hold == Hold::Whole && piece.unit.has_english() {
                        let english = squeezed(&piece.unit.english());
                        own.push(Own { source: *at..at + 1, slot, english });
                    }
                }
            }
        }
        own
    }
}

/// A text without differences of quotes and spaces.
fn squeezed(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sentences by number that a unit has.
type Fixed = Vec<(usize, Range<usize>)>;

/// Units whose English stands in the text word for word: those in the text's order, and the sentences of the others.
fn exact(own: &[Own], texts: &[String]) -> (Fixed, HashSet<usize>) {
    let whole = texts.join(" ");
    let starts: Vec<usize> = texts
        .iter()
        .scan(0, |at, text| {
            *at += text.len() + 1;
            Some(*at - text.len() - 1)
        })
        .collect();
    let key = |from: usize| whole.as_bytes().get(from..from + KEY);
    let mut by_key: HashMap<&[u8], Vec<usize>> = HashMap::new();
    let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, text) in texts.iter().enumerate() {
        by_text.entry(text).or_default().push(at);
        if let Some(key) = key(starts[at]) {
            by_key.entry(key).or_default().push(at);
        }
    }
    // The places of each unit's English, as sentences.
    let places = |english: &str| -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> =
            by_text.get(english).into_iter().flatten().map(|at| *at..at + 1).collect();
        let longer = english.as_bytes().get(..KEY).and_then(|key| by_key.get(key));
        for &at in longer.into_iter().flatten() {
            let end = starts[at] + english.len();
            if !whole[starts[at]..].starts_with(english) || texts[at].len() >= english.len() {
                continue;
            }
            // It must end where a sentence does.
            let next = starts.partition_point(|start| *start <= end);
            if starts[next - 1] + texts[next - 1].len() == end {
                found.push(at..next);
            }
        }
        found
    };
    let mut all: Vec<(usize, Range<usize>)> = Vec::new();
    for (unit, own) in own.iter().enumerate() {
        let mut found = places(&own.english);
        found.sort_by_key(|place| std::cmp::Reverse(place.start));
        all.extend(found.into_iter().map(|place| (unit, place)));
    }
    // The longest chain that rises in both; of one unit's places, given backwards, only one can be in it.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; all.len()];
    for (index, (_, place)) in all.iter().enumerate() {
        let length = tails.partition_point(|tail| all[*tail].1.start < place.start);
        before[index] = length.checked_sub(1).map(|last| tails[last]);
        if length == tails.len() {
            tails.push(index);
        } else {
            tails[length] = index;
        }
    }
    let mut chain: Fixed = Vec::new();
    let mut next = tails.last().copied();
    while let Some(index) = next {
        // Backwards: what reaches into the one after it is none.
        if chain.last().is_none_or(|(_, after)| all[index].1.end <= after.start) {
            chain.push(all[index].clone());
        }
        next = before[index];
    }
    chain.reverse();
    let in_chain: HashSet<usize> = chain.iter().map(|(unit, _)| *unit).collect();
    let mut spoken: HashSet<usize> = chain.iter().flat_map(|(_, place)| place.clone()).collect();
    let mut elsewhere = HashSet::new();
    for places in all.chunk_by(|one, next| one.0 == next.0) {
        let unit = places[0].0;
        // A few words may stand anywhere.
        if in_chain.contains(&unit) || own[unit].english.split(' ').count() < 4 {
            continue;
        }
        // Of several places one is the unit's; the others may be anybody's.
        let free = |(_, place): &&(usize, Range<usize>)| place.clone().all(|at| !spoken.contains(&at));
        if let Some((_, place)) = places.iter().rev().find(free) {
            spoken.extend(place.clone());
            elsewhere.extend(place.clone());
        }
    }
    (chain, elsewhere)
}

/// How many letters the words of a text have: what [`likeness`] goes by.
fn letters(text: &str) -> usize {
    words(text).map(|word| word.of(text).chars().count()).sum()
}

/// Units whose English is much like some of the text, between those that are known.
fn corrected(own: &[Own], texts: &[String], fixed: &mut Fixed, elsewhere: &HashSet<usize>) {
    let mut known = std::mem::take(fixed).into_iter().peekable();
    // Where the next one may begin, and the unit and sentence that were known last.
    let (mut start, mut last) = (0, (0, 0));
    for (unit, one) in own.iter().enumerate() {
        if let Some(found) = known.next_if(|(known, _)| *known == unit) {
            (start, last) = (found.1.end, (one.source.end, found.1.end));
            fixed.push(found);
            continue;
        }
        let end = known.peek().map_or(texts.len(), |(_, place)| place.start);
        let expected = last.1 + (one.source.start - last.0.min(one.source.start));
        let from = start.max(expected.saturating_sub(NEAR));
        let to = end.min(expected + NEAR);
        // Of equals the nearest, and of those the first.
        let away = |place: &Range<usize>| place.start.abs_diff(expected);
        let english = letters(&one.english) as f64;
        let mut best: Option<(f64, Range<usize>)> = None;
        for at in from..to {
            // Of a short sentence all may be there, and the whole be little like it.
            let own = letters(&texts[at]).max(1) as f64;
            let like = likeness(&one.english, &texts[at]);
            if like.max(like * (english + own) / (2.0 * own)) < HINT {
                continue;
            }
            for stop in at + 1..=(at + MOST).min(to) {
                if (at..stop).any(|at| elsewhere.contains(&at)) {
                    break;
                }
                let like = likeness(&one.english, &texts[at..stop].join(" "));
                let better = |(most, place): &(f64, Range<usize>)| {
                    like > *most || (like == *most && away(&(at..stop)) < away(place))
                };
                if like >= ALIKE && best.as_ref().is_none_or(better) {
                    best = Some((like, at..stop));
                }
            }
        }
        if let Some((_, place)) = best {
            (start, last) = (place.end, (one.source.end, place.end));
            fixed.push((unit, place));
        }
    }
}
