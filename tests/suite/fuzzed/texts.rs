//! Texts: split, aligned, carried over, and the numbers in them.

use enregard::align::Aligner;
use enregard::bitext::{Alignment, Header, Kind, Lang, Segmentation, Status, Stem, Unit, UnitId};
use enregard::revise;
use enregard::segment::{Segmenter, Srx, segment, segment_with};
use enregard::words::{self, Text};

/// Splits `data`. The sentences and the white space between them must be the whole text, and it is split the same way again.
pub fn split(data: &[u8], segmenter: &Segmenter) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let whole = segment_with(text, segmenter);
    assert!(Segmentation::new(text, whole.sentences().to_vec()).is_ok());
    let mut back = String::new();
    let mut at = 0;
    for sentence in whole.sentences() {
        let gap = &text[at..sentence.span.start];
        assert!(gap.trim_start_matches('\u{FEFF}').trim().is_empty());
        back.push_str(gap);
        back.push_str(sentence.span.of(text));
        at = sentence.span.end;
    }
    back.push_str(&text[at..]);
    assert_eq!(back, text);
    assert_eq!(segment_with(text, segmenter), whole);
}

/// Two texts with a zero byte between them, a sentence a line: each sentence stands in exactly one bead.
pub fn align(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (left, right) = text.split_once('\0').unwrap_or((text, ""));
    let (source, target): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let beads = Aligner::new().align(&source, &target);
    // In order, and no bead is empty.
    let (mut s, mut t) = (0, 0);
    for bead in beads {
        assert!(bead.source.start == s && bead.target.start == t);
        assert!(bead.source.len() + bead.target.len() > 0 && (0.0..=1.0).contains(&bead.score));
        (s, t) = (bead.source.end, bead.target.end);
    }
    assert_eq!((s, t), (source.len(), target.len()));
}

/// An old and a new text with a zero byte between them: the English of the old is in the new.
pub fn carry(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (old_text, new_text) = text.split_once('\0').unwrap_or((text, ""));
    let stem: Stem = "fuzz".parse().expect("a stem");
    let header = Header::new("fuzz", ["fr", "en"], &"0".repeat(64), "fr/1");
    // Every third sentence has English, some of it confirmed.
    let mut occurrences = std::collections::HashMap::new();
    let mut units = Vec::new();
    for (number, sentence) in segment(old_text, Lang::Fr).texts(old_text).enumerate() {
        let occurrence = occurrences.entry(sentence).or_insert(0);
        let id = UnitId::of(&stem, &[sentence], *occurrence);
        *occurrence += 1;
        let mut unit = Unit::new(id, Kind::Body, vec![sentence.to_owned()]);
        if number % 3 == 0 {
            unit.en = format!("English {number}.").into();
            unit.status = if number % 2 == 0 { Status::Reviewed } else { Status::Draft };
            unit.more.note = Some(format!("note {number}"));
        }
        units.push(unit);
    }
    // Ids are told apart by their sentence and how often it came before: those of this few hardly ever meet.
    let Ok(old) = Alignment::new(header.clone(), units, old_text) else { return };
    let (carried, _) = revise::carry(&old, &stem, new_text, segment(new_text, Lang::Fr));
    // Every sentence of the new text stands in exactly one unit, and nothing that was given is lost.
    let new = Alignment::new(header, carried, new_text).expect("it covers the new text");
    for unit in old.units().iter().filter(|unit| unit.has_english()) {
        let kept = new.units().iter().find(|other| other.id == unit.id).expect("its unit is there");
        assert!(kept.en == unit.en && kept.more.note == unit.more.note, "{unit:?} became {kept:?}");
        assert!(kept.status == unit.status || kept.status == Status::Orphan, "{unit:?} became {kept:?}");
    }
    let (again, report) = revise::carry(&new, &stem, new_text, segment(new_text, Lang::Fr));
    assert!(again == new.units() && report.is_unchanged(), "the same text again changes nothing");
}

/// Numbers in either language.
pub fn numbers(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for lang in [Lang::Fr, Lang::En] {
        // Each has a place of its own, in order, and a value.
        let mut end = 0;
        for number in words::numbers::numbers(&Text::new(text, lang)) {
            assert!(number.span.start >= end && !number.span.of(text).is_empty(), "{number:?}");
            assert!(!number.value.is_nan(), "{number:?}");
            end = number.span.end;
        }
    }
}

const TEXT: &str = "M. Roy dort. « Il est 8 h 30 ! » dit-elle… Rien.\nUn titre\n\n1. Étape (voir p. 3). Fin";

/// Rules of one's own: whatever they are, nothing is lost.
pub fn srx(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(srx) = Srx::read(text, "fr") else { return };
    split(TEXT.as_bytes(), &Segmenter::new(Lang::Fr).srx(srx));
}
