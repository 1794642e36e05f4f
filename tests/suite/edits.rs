//! A person's edits: what each does to the units, and that nothing typed is lost by any of them.

use enregard::bitext::{Alignment, Header, Kind, Origin, Status, Stem, Texts, Unit, UnitId};
use enregard::revise::{Cut, EditError, Neighbour, Part, Revision, Stamp};
use proptest::prelude::*;

fn stem() -> Stem {
    "roy".parse().unwrap()
}

/// A revision of units with this French (sentences parted by `|`), English and status.
fn revision(units: &[(&str, &str, Status)]) -> Revision {
    let mut made: Vec<Unit> = Vec::new();
    for (number, (fr, en, status)) in units.iter().enumerate() {
        let texts = |text: &str| -> Texts {
            text.split('|').filter(|text| !text.is_empty()).map(str::to_owned).collect()
        };
        let fr = texts(fr);
        let mut unit = Unit::new(UnitId::of(&stem(), &fr, number), Kind::Body, fr);
        unit.en = texts(en);
        unit.status = *status;
        if *status == Status::Orphan {
            unit.more.was = "Il a plu.".into();
        }
        made.push(unit);
    }
    let header = Header::new("roy", ["fr", "en"], &"0".repeat(64), "fr/1");
    let stamp = Stamp { by: Some("Ann".into()), at: "2026-11-20T08:00:00Z".into() };
    Revision::of(Alignment::of_changed(header, made).unwrap(), &stem(), stamp)
}

fn ids(revision: &Revision) -> Vec<UnitId> {
    revision.units().iter().map(|unit| unit.id).collect()
}

/// Each unit as `French|… = English|… status`.
fn shown(revision: &Revision) -> Vec<String> {
    let show = |unit: &Unit| format!("{} = {} {}", unit.fr.join("|"), unit.en.join("|"), unit.status);
    revision.units().iter().map(show).collect()
}

#[test]
fn typed_english_is_a_draft_signed_and_no_longer_stale() {
    let mut revision =
        revision(&[("Il pleut.", "", Status::Untranslated), ("Il vente.", "", Status::Skipped)]);
    let ids = ids(&revision);
    assert_eq!(revision.set_english(ids[0], " \n"), Err(EditError::Blank(ids[0])));
    revision.set_english(ids[0], " It’s raining.").unwrap();
    revision.set_english(ids[1], "It’s windy.").unwrap();
    assert_eq!(shown(&revision), ["Il pleut. =  It’s raining. draft", "Il vente. = It’s windy. draft"]);
    assert_eq!(revision.units()[0].by.as_deref(), Some("Ann"));
    assert_eq!(revision.units()[0].at.as_deref(), Some("2026-11-20T08:00:00Z"));
}

#[test]
fn english_that_is_typed_again_stays_reviewed_and_another_does_not() {
    let mut revision = revision(&[("Il pleut.", "It’s raining.", Status::Reviewed)]);
    let id = ids(&revision)[0];
    revision.set_english(id, "It’s raining.").unwrap();
    assert_eq!(revision.units()[0].by, None, "nothing was changed, so nothing is signed");
    assert_eq!(revision.units()[0].status, Status::Reviewed);
    revision.set_english(id, "It is raining.").unwrap();
    assert_eq!(revision.units()[0].status, Status::Draft);
}

#[test]
fn a_status_must_go_with_the_unit() {
    let mut revision = revision(&[
        ("Il pleut.", "", Status::Untranslated),
        ("Il vente.", "It’s windy.", Status::Draft),
        ("", "It rained.", Status::Orphan),
    ]);
    let ids = ids(&revision);
    let mut set = |nth: usize, status| revision.set_status(ids[nth], status);
    assert_eq!(
        set(0, Status::Reviewed),
        Err(EditError::NeedsEnglish { id: ids[0], status: Status::Reviewed })
    );
    assert_eq!(set(1, Status::Skipped), Err(EditError::HasEnglish { id: ids[1], status: Status::Skipped }));
    assert_eq!(set(1, Status::Orphan), Err(EditError::OrphanByHand));
    assert_eq!(set(2, Status::Draft), Err(EditError::Orphan(ids[2])));
    assert_eq!(set(0, Status::Skipped), Ok(()));
    assert_eq!(set(0, Status::Untranslated), Ok(()));
    assert_eq!(set(1, Status::Reviewed), Ok(()));
}

#[test]
fn reviewed_and_keep_accept_a_stale_unit() {
    for review in [true, false] {
        let mut revision = revision(&[("Il vente.", "It’s windy.", Status::Draft)]);
        let id = ids(&revision)[0];
        revision = {
            let mut alignment = revision.finish().unwrap().into_parts();
            alignment.1[0].more.was = "Il ventait.".into();
            let alignment = Alignment::of_changed(alignment.0, alignment.1).unwrap();
            Revision::of(alignment, &stem(), Stamp { by: None, at: "2026-11-20T08:00:00Z".into() })
        };
        assert!(revision.units()[0].is_stale());
        if review { revision.set_status(id, Status::Reviewed) } else { revision.keep(id) }.unwrap();
        assert!(!revision.units()[0].is_stale());
        assert_eq!(revision.units()[0].status == Status::Reviewed, review);
    }
}

#[test]
fn merged_units_keep_the_first_id_and_splitting_them_gives_them_back() {
    let mut revision = revision(&[
        ("Il pleut.", "It’s raining.", Status::Reviewed),
        ("Il vente.", "It’s windy.", Status::Reviewed),
        ("Il neige.", "It’s snowing.", Status::Reviewed),
        ("Fin.", "", Status::Untranslated),
    ]);
    let ids = ids(&revision);
    assert_eq!(
        revision.merge(&[ids[0], ids[2]]),
        Err(EditError::NotNeighbours { first: ids[0], second: ids[2] })
    );
    revision.merge(&[ids[2], ids[0], ids[1]]).unwrap();
    let merged = "Il pleut.|Il vente.|Il neige. = It’s raining.|It’s windy.|It’s snowing. reviewed";
    assert_eq!(shown(&revision), [merged, "Fin. =  untranslated"]);
    assert_eq!((revision.units()[0].id, &revision.units()[0].more.was_ids), (ids[0], &vec![ids[1], ids[2]]));
    assert!(revision.units()[0].more.set.bounds);

    revision.split(ids[0], Cut::Sentences, None).unwrap();
    assert_eq!(
        shown(&revision)[..3],
        [
            "Il pleut. = It’s raining. reviewed",
            "Il vente. = It’s windy. reviewed",
            "Il neige. = It’s snowing. reviewed"
        ]
    );
    revision.merge(&[ids[0]]).unwrap();
    assert_eq!(shown(&revision)[0], "Il pleut.|Il vente. = It’s raining.|It’s windy. reviewed");
    assert_eq!(revision.merge(&[ids[3]]), Err(EditError::NoNeighbour { id: ids[3], last: true }));
}

#[test]
fn a_sentence_is_cut_before_a_text_however_it_is_typed() {
    let mut revision =
        revision(&[("Il pleut, dit\u{A0}l’homme.", "It’s raining, the man says.", Status::Reviewed)]);
    let id = ids(&revision)[0];
    assert_eq!(
        revision.split(id, Cut::Before("neige"), None),
        Err(EditError::Nowhere { id, side: enregard::revise::Side::French, wanted: "neige".into() })
    );
    let parts = revision.split(id, Cut::Before("dit l'homme"), Some("the man")).unwrap();
    assert_eq!(
        shown(&revision),
        ["Il pleut, = It’s raining, reviewed", "dit\u{A0}l’homme. = the man says. reviewed"]
    );
    assert_eq!(parts[0], id);
    assert_ne!(parts[1], id);
}

#[test]
fn english_stays_with_the_first_part_as_a_draft_unless_it_is_cut() {
    let mut revision = revision(&[("Il pleut.|Il vente.", "It’s raining and windy.", Status::Reviewed)]);
    let id = ids(&revision)[0];
    revision.split(id, Cut::Sentences, None).unwrap();
    assert_eq!(shown(&revision), ["Il pleut. = It’s raining and windy. draft", "Il vente. =  untranslated"]);
    revision.shift(id, Neighbour::Next, Part::EnglishAt("and windy")).unwrap();
    assert_eq!(shown(&revision), ["Il pleut. = It’s raining draft", "Il vente. = and windy. draft"]);
    revision.shift(id, Neighbour::Next, Part::French(1)).unwrap();
    assert_eq!(shown(&revision), [" = It’s raining draft", "Il pleut.|Il vente. = and windy. draft"]);
    revision.shift(id, Neighbour::Next, Part::English).unwrap();
    assert_eq!(shown(&revision), ["Il pleut.|Il vente. = It’s raining|and windy. draft"]);
    assert_eq!(
        revision.units()[0].more.was_ids,
        [id],
        "a unit that has nothing left goes on in its neighbour"
    );
}

#[test]
fn a_stale_unit_is_cut_with_the_french_that_its_halves_translate() {
    let revised = revision(&[("Il pleut fort.|Il vente peu.", "It’s raining.|It’s windy.", Status::Draft)]);
    let id = ids(&revised)[0];
    let (header, mut units) = revised.finish().unwrap().into_parts();
    units[0].more.was = vec!["Il pleut.".into(), "Il vente peu.".into()].into();
    let alignment = Alignment::of_changed(header, units).unwrap();
    let stamp = Stamp { by: None, at: "2026-11-20T08:00:00Z".into() };
    let mut revision = Revision::of(alignment, &stem(), stamp);
    revision.split(id, Cut::After(1), None).unwrap();
    assert_eq!(revision.units()[0].more.was, ["Il pleut."]);
    assert!(!revision.units()[1].is_stale(), "its French never changed");
}

#[test]
fn an_orphan_is_merged_into_the_unit_that_its_english_is_for() {
    let mut revision = revision(&[
        ("Il a plu hier.", "", Status::Untranslated),
        ("Il vente.", "", Status::Untranslated),
        ("", "It rained.", Status::Orphan),
    ]);
    let ids = ids(&revision);
    assert_eq!(revision.shift(ids[2], Neighbour::Previous, Part::English), Err(EditError::Orphan(ids[2])));
    revision.merge(&[ids[0], ids[2]]).unwrap();
    assert_eq!(shown(&revision), ["Il a plu hier. = It rained. draft", "Il vente. =  untranslated"]);
    assert_eq!(revision.units()[0].more.was, ["Il a plu."]);
}

#[test]
fn only_what_has_no_french_is_dropped() {
    let mut revision =
        revision(&[("Il vente.", "It’s windy.", Status::Draft), ("", "Rain.", Status::Orphan)]);
    let ids = ids(&revision);
    assert_eq!(revision.drop_unit(ids[0]), Err(EditError::HasFrench(ids[0])));
    assert_eq!(revision.drop_unit(ids[1]).unwrap().en, ["Rain."]);
    assert_eq!(revision.units().len(), 1);
}

#[test]
fn what_the_aligner_found_is_a_persons_once_it_is_typed() {
    let revised = revision(&[("Il vente.", "It’s windy.", Status::Draft)]);
    let (header, mut units) = revised.finish().unwrap().into_parts();
    (units[0].origin, units[0].score) = (Some(Origin::Aligner), Some(0.5));
    let id = units[0].id;
    let alignment = Alignment::of_changed(header, units).unwrap();
    let mut revision =
        Revision::of(alignment, &stem(), Stamp { by: None, at: "2026-11-20T08:00:00Z".into() });
    revision.set_status(id, Status::Reviewed).unwrap();
    assert_eq!(revision.units()[0].origin, Some(Origin::Aligner));
    revision.set_english(id, "The wind blows.").unwrap();
    assert_eq!((revision.units()[0].origin, revision.units()[0].score), (None, None));
}

/// Everything of a text but white space.
fn letters<'t>(texts: impl Iterator<Item = &'t String>) -> String {
    texts.flat_map(|text| text.chars()).filter(|c| !c.is_whitespace()).collect()
}

proptest! {
    #[test]
    fn no_shape_loses_french_english_notes_or_ids(
        units in prop::collection::vec(("[ab]{1,3} c, d( e)?\\.(\\|f g\\.)?", "(h, i j\\.(\\|k l\\.)?)?", 0..4_usize), 1..7),
        edits in prop::collection::vec((0..6_usize, 0..8_usize, 0..3_usize), 1..12),
    ) {
        let status = [Status::Untranslated, Status::Draft, Status::Reviewed, Status::Skipped];
        let units: Vec<(&str, &str, Status)> = units
            .iter()
            .map(|(fr, en, nth)| {
                let status = match (en.is_empty(), status[*nth]) {
                    (true, Status::Reviewed | Status::Draft) => Status::Untranslated,
                    (false, Status::Skipped | Status::Untranslated) => Status::Draft,
                    (_, status) => status,
                };
                (fr.as_str(), en.as_str(), status)
            })
            .collect();
        let mut revision = revision(&units);
        let first = ids(&revision);
        revision.set_note(first[0], "see 1").unwrap();
        let fr = letters(revision.units().iter().flat_map(|unit| &unit.fr));
        let en = letters(revision.units().iter().flat_map(|unit| &unit.en));
        for (what, which, how) in edits {
            let now = ids(&revision);
            let id = now[which % now.len()];
            let to = if how == 0 { Neighbour::Previous } else { Neighbour::Next };
            let before = shown(&revision);
            let done = match what {
                0 => revision.merge(&[id]).map(drop),
                1 => revision.split(id, Cut::Sentences, None).map(drop),
                2 => revision.split(id, Cut::Before("d"), (how == 0).then_some("i")).map(drop),
                3 => revision.shift(id, to, Part::French(how)),
                4 => revision.shift(id, to, Part::English),
                _ => revision.shift(id, to, Part::EnglishAt("i")),
            };
            if done.is_err() {
                prop_assert_eq!(before, shown(&revision));
            }
            // French and English stay in order, whatever was done.
            prop_assert_eq!(&fr, &letters(revision.units().iter().flat_map(|unit| &unit.fr)));
            prop_assert_eq!(&en, &letters(revision.units().iter().flat_map(|unit| &unit.en)));
        }
        let alignment = revision.finish().unwrap();
        for id in first {
            prop_assert!(alignment.find(id).is_some());
        }
        prop_assert!(alignment.units().iter().any(|unit| unit.more.note.as_deref() == Some("see 1")));
        for unit in alignment.units() {
            prop_assert!(unit.status != Status::Reviewed || unit.has_english());
        }
    }
}
