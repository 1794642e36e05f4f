#![no_main]

use enregard::bitext::{Alignment, Header, Kind, Lang, Status, Stem, Unit, UnitId};
use enregard::revise::carry;
use enregard::segment::segment;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (old_text, new_text) = text.split_once('\0').unwrap_or((text, ""));
    let stem: Stem = "fuzz".parse().expect("a stem");
    let header = Header {
        article: "fuzz".into(),
        source: "fr".into(),
        target: "en".into(),
        sha256: "0".repeat(64),
        splitter: "fr/1".into(),
        about: Vec::new(),
        extra: Vec::new(),
    };
    // Every third sentence has English, some of it confirmed.
    let mut occurrences = std::collections::HashMap::new();
    let mut units = Vec::new();
    for (number, sentence) in segment(old_text, Lang::Fr).texts(old_text).enumerate() {
        let occurrence = occurrences.entry(sentence).or_insert(0);
        let id = UnitId::of(&stem, &[sentence], *occurrence);
        *occurrence += 1;
        let mut unit = Unit::new(id, Kind::Body, vec![sentence.to_owned()]);
        if number % 3 == 0 {
            unit.en = vec![format!("English {number}.")];
            unit.status = if number % 2 == 0 { Status::Reviewed } else { Status::Draft };
            unit.note = Some(format!("note {number}"));
        }
        units.push(unit);
    }
    // Ids are told apart by their sentence and how often it came before: those of this few hardly ever meet.
    let Ok(old) = Alignment::new(header.clone(), units, old_text) else { return };
    let (carried, _) = carry(&old, &stem, new_text, &segment(new_text, Lang::Fr));
    // Every sentence of the new text stands in exactly one unit, and nothing that was given is lost.
    let new = Alignment::new(header, carried, new_text).expect("it covers the new text");
    for unit in old.units().iter().filter(|unit| unit.has_english()) {
        let kept = new.units().iter().find(|other| other.id == unit.id).expect("its unit is there");
        assert!(kept.en == unit.en && kept.note == unit.note, "{unit:?} became {kept:?}");
        assert!(kept.status == unit.status || kept.status == Status::Orphan, "{unit:?} became {kept:?}");
    }
    let (again, report) = carry(&new, &stem, new_text, &segment(new_text, Lang::Fr));
    assert!(again == new.units() && report.is_unchanged(), "the same text again changes nothing");
});
