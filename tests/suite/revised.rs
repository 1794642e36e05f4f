//! What every edit, and every line that comes in, leaves of a person's decisions, and what it may change.

use enregard::bitext::{Dismissal, Extra, Kind, Origin, Status, Unit, UnitId};
use enregard::revise::{Cut, EditError, Incoming, Neighbour, Part, Refusal, Side, likeness, receive};

use crate::beads::{french, id};
use crate::carried::{BUDGET, RAIN, WIND, merged, of_one, revision, shown, stem, unit};

pub fn apart(fr: &str) -> Unit {
    let mut unit = french(fr);
    unit.more.set.bounds = true;
    unit
}

pub fn id_of(fr: &[&str], occurrence: usize) -> UnitId {
    UnitId::of(&stem(), fr, occurrence)
}

/// A unit whose English translates another French than it has now.
pub fn stale(fr: &str, en: &str, was: &str) -> Unit {
    let mut unit = unit(fr, en);
    unit.more.was = was.split('|').map(str::to_owned).collect();
    unit
}

pub fn orphan(was: &str, en: &str) -> Unit {
    Unit { status: Status::Orphan, ..stale("", en, was) }
}

pub fn extra(key: &str, json: &str) -> Extra {
    Extra { key: key.to_owned(), json: json.to_owned() }
}

// Edits that leave a unit where it is.

#[test]
fn a_finding_is_dismissed_anew_when_the_texts_have_changed_and_recalled_alone() {
    let (mut revised, id) = of_one("Il pleut.", "Rain");
    revised.dismiss(id, "brackets").unwrap();
    revised.dismiss(id, "end-punctuation").unwrap();
    revised.set_english(id, "It rains").unwrap();
    revised.dismiss(id, "end-punctuation").unwrap();
    let (one, other) = (&revised.units()[0].more.dismissed, revised.units()[0].texts_hash());
    assert_eq!((one.len(), one[0].hash == other, one[1].hash == other), (2, false, true));
    revised.recall(id, "brackets").unwrap();
    let left: Vec<&str> = revised.units()[0].more.dismissed.iter().map(|one| one.check.as_str()).collect();
    assert_eq!(left, ["end-punctuation"]);
}

#[test]
fn a_dismissal_that_stands_already_keeps_the_keys_of_a_later_version() {
    let mut one = unit("Il pleut.", "Rain");
    let (check, hash) = ("brackets".to_owned(), one.texts_hash());
    one.more.dismissed.push(Dismissal { check, hash, extra: vec![extra("why", "\"a title\"")] });
    let (id, before) = (one.id, one.clone());
    let mut revised = revision(vec![one]);
    revised.dismiss(id, "brackets").unwrap();
    assert_eq!(revised.units()[0], before);
}

#[test]
fn cleared_english_leaves_the_french_untranslated_or_skipped_as_it_was() {
    for (status, left) in [
        (Status::Reviewed, Status::Untranslated),
        (Status::Draft, Status::Untranslated),
        (Status::Skipped, Status::Skipped),
    ] {
        let one = Unit { status, ..unit("Il pleut.", if status == Status::Skipped { "" } else { "Rain." }) };
        let id = one.id;
        let mut revised = revision(vec![one]);
        revised.clear_english(id).unwrap();
        assert_eq!((revised.units()[0].status, revised.units()[0].has_english()), (left, false));
    }
}

#[test]
fn a_person_sets_a_kind_and_pins_and_frees_bounds() {
    let (mut revised, id) = of_one("La pluie", "Rain");
    revised.set_kind(id, Kind::Heading).unwrap();
    revised.pin(id, true).unwrap();
    let set = &revised.units()[0].more.set;
    assert!(revised.units()[0].kind == Kind::Heading && set.kind && set.bounds);
    revised.pin(id, false).unwrap();
    assert!(!revised.units()[0].more.set.bounds);
}

#[test]
fn english_put_in_behind_a_unit_is_signed_and_the_unit_is_not() {
    let (mut revised, id) = of_one("Il pleut.", "Rain.");
    revised.insert_english(id, "More.").unwrap();
    let signed: Vec<bool> = revised.units().iter().map(|unit| unit.at.is_some()).collect();
    assert_eq!(signed, [false, true]);
}

#[test]
fn a_unit_is_restored_to_any_state_that_leaves_something_of_it() {
    let (mut revised, french_id) = of_one("Il pleut.", "Rain.");
    let alone = revised.insert_english(french_id, "More.").unwrap();
    revised.restore(french_id, &unit("Il pleut.", "")).unwrap();
    revised.restore(alone, &unit("", "Less.")).unwrap();
    assert_eq!(shown(&revised), ["Il pleut. = ", " = Less."]);
    assert_eq!(revised.restore(alone, &unit("", "")), Err(EditError::NothingLeft(alone)));
}

#[test]
fn a_refusal_names_the_text_that_it_is_about() {
    let id = id("Il pleut.");
    for (side, name) in [(Side::French, "French"), (Side::English, "English")] {
        let wanted = "neige".to_owned();
        let told = EditError::Nowhere { id, side, wanted }.to_string();
        assert_eq!(told, format!("`neige` is nowhere in the {name} of unit {id}"));
    }
}

// Lines that come in.

#[test]
fn a_refused_line_shows_four_hundred_characters_of_a_text_and_says_that_it_goes_on() {
    let of =
        |text: &str| Refusal::OtherFrench { found: text.to_owned(), expected: "Oui.".to_owned() }.to_string();
    let told = |shown: &str| format!("found the French `{shown}`, expected `Oui.` or something like it");
    let long = "é".repeat(400);
    assert_eq!(of(&long), told(&long));
    assert_eq!(of(&format!("{long}s")), told(&format!("{long}…")));
}

#[test]
fn a_line_of_another_french_that_says_nothing_new_is_passed_over() {
    let own = unit(RAIN, "Rain.");
    let line = Incoming { fr: Some(BUDGET), en: Some("Rain."), ..Incoming::default() };
    assert_eq!(receive(&own, &line, None), Ok(None));
}

#[test]
fn english_of_the_former_french_leaves_that_as_it_is_kept() {
    let own = stale("Il pleut fort. Il vente.", "Rain.", "Il pleut.|Il vente.");
    let line =
        Incoming { fr: Some("Il pleut. Il vente."), en: Some("Rain and wind."), ..Incoming::default() };
    let taken = receive(&own, &line, None).unwrap().unwrap();
    assert_eq!(taken.unit.more.was, ["Il pleut.", "Il vente."]);
    // Also if it has no words to be alike by.
    let line = Incoming { fr: Some("* * *"), en: Some("***"), ..Incoming::default() };
    assert!(receive(&stale("Fin.", "End.", "* * *"), &line, None).unwrap().unwrap().stale);
    // And another one is refused, however stale the unit is.
    let line = Incoming { fr: Some(BUDGET), en: Some("Budget."), ..Incoming::default() };
    assert!(matches!(receive(&own, &line, None), Err(Refusal::OtherFrench { .. })));
}

#[test]
fn a_remark_that_comes_in_replaces_another_and_the_same_on_one_line_does_not() {
    let mut own = unit(RAIN, "Rain.");
    own.more.note = Some("see\nAnne".to_owned());
    let line = |note| Incoming { note: Some(note), ..Incoming::default() };
    assert_eq!(receive(&own, &line("see Anne"), None), Ok(None));
    let taken = receive(&own, &line("see Paul"), None).unwrap().unwrap();
    assert_eq!(taken.unit.more.note.as_deref(), Some("see Paul"));
}

#[test]
fn an_orphan_stays_one_whatever_a_line_says() {
    let gone = orphan(RAIN, "Rain.");
    let line = |status| Incoming { status: Some(status), ..Incoming::default() };
    assert_eq!(receive(&gone, &line(Status::Orphan), None), Ok(None));
    for status in [Status::Untranslated, Status::Draft, Status::Reviewed, Status::Skipped] {
        let refused = receive(&gone, &line(status), None);
        assert!(matches!(refused, Err(Refusal::Status { found, .. }) if found == status), "{refused:?}");
    }
}

#[test]
fn english_typed_in_the_line_of_a_skipped_unit_is_taken() {
    let skipped = Unit { status: Status::Skipped, ..unit(RAIN, "") };
    let line = Incoming { en: Some("Rain."), status: Some(Status::Skipped), ..Incoming::default() };
    let taken = receive(&skipped, &line, None).unwrap().unwrap();
    assert_eq!((taken.unit.english(), taken.unit.status), ("Rain.".to_owned(), Status::Draft));
}

#[test]
fn a_number_or_a_word_about_an_error_is_no_spreadsheets_error() {
    let own = unit("1939", "");
    let take = |en| receive(&own, &Incoming { en: Some(en), ..Incoming::default() }, None);
    for text in ["1939", "12", "Err: nobody knows.", "Er"] {
        assert_eq!(take(text).unwrap().unwrap().unit.en, [text]);
    }
    assert_eq!(take("Err:502"), Err(Refusal::Formula("Err:502".to_owned())));
}

#[test]
fn texts_are_as_alike_as_the_letters_of_their_common_words_are_many() {
    for (left, right, alike) in [
        ("Il pleut fort.", "il pleut, fort", 1.0),
        ("Il pleut fort.", "Il neige peu.", 4.0 / 21.0),
        ("Le port, le port !", "Le port", 2.0 / 3.0),
        ("Oui.", "Non.", 0.0),
        ("* * *", "* * *", 0.0),
    ] {
        assert_eq!(likeness(left, right), alike, "{left} / {right}");
    }
}

// Units that are parted, joined, and shifted.

#[test]
fn a_unit_is_split_only_where_it_has_sentences_on_both_sides() {
    let refused = |fr: &str, cut: Cut<'_>| {
        let (mut revised, id) = of_one(fr, "Rain.");
        let has = revised.units()[0].fr.len();
        assert_eq!(revised.split(id, cut, None), Err(EditError::TooFewSentences { id, has }), "{cut:?}");
    };
    refused("Il pleut.", Cut::Sentences);
    refused("Il pleut.|Il vente.", Cut::After(0));
    refused("Il pleut.|Il vente.", Cut::After(2));
    refused("Il pleut.|Il vente.", Cut::After(3));
}

#[test]
fn english_is_cut_with_the_french_only_between_sentences_that_have_one_each() {
    for (fr, en, cut, wanted) in [
        (
            "Il pleut.|Il vente, il neige.",
            "It’s raining.|It’s windy and it’s snowing.",
            Cut::Before("il neige"),
            ["Il pleut.|Il vente, = It’s raining.|It’s windy and it’s snowing.", "il neige. = "],
        ),
        (
            "Il pleut.|Il vente.|Il neige.",
            "It’s raining and windy.|It’s snowing.",
            Cut::After(1),
            ["Il pleut. = It’s raining and windy.|It’s snowing.", "Il vente.|Il neige. = "],
        ),
        (
            "Il pleut.|Il vente.",
            "It’s raining.|It’s windy.",
            Cut::Before("Il vente"),
            ["Il pleut. = It’s raining.", "Il vente. = It’s windy."],
        ),
    ] {
        let (mut revised, id) = of_one(fr, en);
        revised.split(id, cut, None).unwrap();
        assert_eq!(shown(&revised), wanted);
    }
}

#[test]
fn what_is_split_off_has_the_id_of_its_place_among_the_same_sentences() {
    let units = |first: &str| vec![unit(first, "First."), unit("Il pleut.|Il vente.", "Rain.|Wind.")];
    for (first, occurrence) in [("Il neige.", 0), ("Il vente.", 1)] {
        let wanted = id_of(&["Il vente."], occurrence);
        let mut first = units(first);
        first[0].id = id_of(&["Il grêle."], 0);
        let id = first[1].id;
        let parted = revision(first.clone()).split(id, Cut::After(1), None).unwrap();
        assert_eq!(parted, [id, wanted]);
        assert_eq!(revision(first).part(id, 1, (1, 0)), Ok([id, wanted]));
    }
}

#[test]
fn both_parts_are_signed_and_english_alone_is_not_stale() {
    let old = stale("Il pleut fort.", "Rain.|Wind.", "Il pleut.");
    for (french, english, alone) in
        [(1, (0, 0), " = Rain.|Wind."), (0, (1, 0), " = Rain."), (1, (1, 0), " = Wind.")]
    {
        let mut revised = revision(vec![old.clone()]);
        revised.part(old.id, french, english).unwrap();
        assert!(shown(&revised).contains(&alone.to_owned()), "{:?}", shown(&revised));
        assert!(revised.units().iter().all(|unit| unit.at.is_some()));
    }
}

#[test]
fn an_orphan_is_not_unlinked_and_keeps_its_english() {
    let gone = orphan(RAIN, "Rain.");
    let id = gone.id;
    let mut revised = revision(vec![unit(WIND, "Wind."), gone]);
    assert_eq!(revised.unlink(id), Err(EditError::Orphan(id)));
    assert_eq!(revised.units()[1].en, ["Rain."]);
}

#[test]
fn french_that_comes_to_english_alone_brings_its_kind_unless_one_was_set() {
    let heading = || Unit { kind: Kind::Heading, ..unit("La pluie", "") };
    let (alone, text) = (|| unit("", "Rain."), || unit("Il pleut.", "Rain."));
    let set = || {
        let mut set = alone();
        set.more.set.kind = true;
        set
    };
    for (beside, kind) in [(alone(), Kind::Heading), (set(), Kind::Body), (text(), Kind::Body)] {
        let mut revised = revision(vec![heading(), beside]);
        revised.shift(heading().id, Neighbour::Next, Part::French(1)).unwrap();
        assert_eq!(revised.units()[0].kind, kind);
    }
    for (first, second, kind) in
        [(alone(), heading(), Kind::Heading), (set(), heading(), Kind::Body), (text(), heading(), Kind::Body)]
    {
        assert_eq!(merged(first, second).units()[0].kind, kind);
    }
}

#[test]
fn english_is_shifted_from_a_place_on() {
    let units = vec![unit("Un.", "One. Two."), unit("Deux.", "")];
    let id = units[0].id;
    let mut revised = revision(units);
    revised.shift(id, Neighbour::Next, Part::EnglishFrom((0, 5))).unwrap();
    assert_eq!(shown(&revised), ["Un. = One.", "Deux. = Two."]);
}

#[test]
fn all_english_is_shifted_with_the_french_that_it_translates_if_either_unit_is_stale() {
    for (first_was, second_was, wanted) in [
        ("Zéro.", "", "Deux. = One.|Two. (was Zéro.|Deux.)"),
        ("", "Trois.", "Deux. = One.|Two. (was Un.|Trois.)"),
        ("", "", "Deux. = One.|Two."),
    ] {
        let mut units = vec![unit("Un.", "One."), unit("Deux.", "Two.")];
        for (unit, was) in units.iter_mut().zip([first_was, second_was]) {
            unit.more.set_was(was.split_terminator('|').map(str::to_owned).collect());
        }
        let id = units[0].id;
        let mut revised = revision(units);
        revised.shift(id, Neighbour::Next, Part::English).unwrap();
        assert_eq!(shown(&revised), ["Un. = ", wanted]);
    }
}

#[test]
fn english_that_is_shifted_to_french_without_any_is_as_certain_as_it_was() {
    let from = |origin, score, en| Unit { origin, score, ..unit("Un.", en) };
    for (en, wanted) in [("", (Some(Origin::Aligner), Some(0.5))), ("Two.", (None, None))] {
        let one = from(Some(Origin::Aligner), Some(0.5), "One.|More.");
        let id = one.id;
        let mut revised = revision(vec![one, unit("Deux.", en)]);
        revised.shift(id, Neighbour::Next, Part::EnglishAt("More")).unwrap();
        assert_eq!((revised.units()[1].origin, revised.units()[1].score), wanted);
    }
}

#[test]
fn merged_units_are_reviewed_only_if_both_were() {
    let with = |status| Unit { status, ..unit("Un.", "One.") };
    for (first, second, wanted) in [
        (Status::Reviewed, Status::Draft, Status::Draft),
        (Status::Draft, Status::Reviewed, Status::Draft),
        (Status::Reviewed, Status::Reviewed, Status::Reviewed),
    ] {
        let second = Unit { status: second, ..unit("Deux.", "Two.") };
        assert_eq!(merged(with(first), second).units()[0].status, wanted);
    }
}

#[test]
fn a_unit_that_takes_another_has_the_keys_of_both_and_its_own_where_both_have_one() {
    let mut units = [unit("Un.", "One."), orphan("Deux.", "Two.")];
    units[0].more.extra = vec![extra("mood", "\"glad\""), extra("tone", "1")];
    units[1].more.extra =
        vec![extra("status_was", "\"reviewed\""), extra("mood", "\"sad\""), extra("pace", "2")];
    let [first, second] = units;
    let both = [extra("mood", "\"glad\""), extra("tone", "1"), extra("pace", "2")];
    assert_eq!(merged(first, second).units()[0].more.extra, both);
}

/// The former French of two sentences, cut where they are parted.
fn was_cut(first: &str, second: &str, was: &str) -> String {
    let mut revised = revision(vec![stale(&format!("{first}|{second}"), "One.|Two.", was)]);
    let id = revised.units()[0].id;
    revised.split(id, Cut::After(1), None).unwrap();
    let was: Vec<String> = revised.units().iter().map(|unit| unit.more.was.join(" ")).collect();
    was.join(" / ")
}

#[test]
fn former_french_is_cut_before_the_first_word_that_both_have_or_behind_the_last_one() {
    for (first, second, cut) in [
        ("Il pleut sur Lyon,", "et la gare ferme.", "Il pleut à Lyon, / et la gare fermera."),
        // Nothing that follows is still there.
        ("Il pleut sur Lyon,", "personne ne chante !", "Il pleut à Lyon, / demain midi."),
        // A number says more than a short word, a telling word more than two of them, and so does one of its family.
        ("En 1789,", "le peuple gronde !", "le soir du 14 juillet 1789 / à Paris"),
        ("Le musée", "ouvre de nuit, et la gare dort.", "de la tour au musée / hier"),
        ("La présidente parle", "et la salle rit !", "et un président / seul"),
        // But the word itself says more than one of its family.
        ("Le président quitte Lyon,", "et dort.", "Lyon / salue ses présidentes !"),
        // A word that stands twice is the one beside its neighbours.
        ("La mer monte et le port dort.", "Le chat dort aussi.", "Hier / le chat mange."),
        ("Elle rit,", "elle pleure et elle rit.", "Elle rit, elle chante et / elle pleure."),
        (
            "La mer monte, la mer descend,",
            "et le préfet quitte la gare.",
            "Le prix du pain monte, / Le maire quitte la salle,",
        ),
    ] {
        assert_eq!(was_cut(first, second, &cut.replace(" / ", " ")), cut);
    }
}

#[test]
fn french_stays_stale_when_english_is_parted_from_it_that_it_has_not() {
    // Whichever end of it is another.
    for was in ["Il pleut sur Lyon depuis hier", "Hier, il pleut sur Lyon"] {
        let old = stale("Il pleut sur Lyon", "Rain.|Wind.", was);
        let french = |en: &str| format!("Il pleut sur Lyon = {en} (was {was})");
        for (at, wanted) in
            [(1, [french("Rain."), " = Wind.".to_owned()]), (0, [" = Rain.".to_owned(), french("Wind.")])]
        {
            let mut revised = revision(vec![old.clone()]);
            revised.part(old.id, at, (1, 0)).unwrap();
            assert_eq!(shown(&revised), wanted);
            let mut revised = revision(vec![old.clone()]);
            revised.split(old.id, Cut::At { fr: (at, 0), en: (1, 0) }, None).unwrap();
            assert_eq!(shown(&revised), wanted);
        }
    }
}

#[test]
fn english_that_a_person_typed_is_no_ones_guess_where_it_is_shifted_to() {
    let first = unit("Un.", "One.|More.");
    let guess = Unit { origin: Some(Origin::Aligner), score: Some(0.9), ..unit("Deux.", "Two.") };
    let id = first.id;
    let mut revised = revision(vec![first, guess]);
    revised.shift(id, Neighbour::Next, Part::EnglishAt("More")).unwrap();
    assert_eq!((revised.units()[1].origin, revised.units()[1].score), (None, None));
}
