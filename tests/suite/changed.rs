//! French that changes: what stays a person's, and what is restored when it comes back.

use enregard::bitext::{Dismissal, Kind, Status, Unit};
use enregard::revise::{Fate, same_text};

use crate::carried::{BOTH, BUDGET, RAIN, WIND, alignment, article, carried, told, unit};
use crate::revised::{extra, id_of, stale};
use crate::scripts::seeds;

#[test]
fn a_report_tells_what_was_moved_and_is_unchanged_only_without_it() {
    let lines = ["Un.", "Deux.", "Trois.", "Quatre.", "Cinq."];
    let old = article(&lines.map(|fr| (fr, "English.")));
    let (_, report) = carried(&old, &["Quatre.", "Cinq.", "Un.", "Deux.", "Trois."]);
    let moved: Vec<bool> = report.units.iter().map(|unit| unit.moved).collect();
    assert_eq!(moved, [true, true, false, false, false]);
    assert_eq!((report.moved(), report.count(Fate::Kept), report.is_unchanged()), (2, 5, false));
    assert!(!carried(&old, &["Un.", "Deux.", "Trois.", "Quatre.", "Six."]).1.is_unchanged());
    assert!(carried(&old, &lines).1.is_unchanged());
}

#[test]
fn a_new_sentence_has_the_id_of_its_place_among_the_same_sentences() {
    // It was once another sentence, and kept its id.
    let first = Unit { id: id_of(&["Il pleuvait."], 0), ..unit("Il pleut.", "Rain.") };
    let old = alignment(vec![first, unit("Le chat dort.", "Cat.")]);
    let (new, _) = carried(&old, &["Il pleut.", "Il neige.", "Le chat dort.", "Il pleut."]);
    assert_eq!(new.units()[1].id, id_of(&["Il neige."], 0));
    assert_eq!(new.units()[3].id, id_of(&["Il pleut."], 1));
}

#[test]
fn whatever_a_person_decided_about_a_unit_keeps_its_bounds() {
    let set = |more: fn(&mut Unit)| {
        let mut rain = unit(RAIN, "");
        more(&mut rain);
        told(&alignment(vec![rain, unit(WIND, "")]), &[BOTH])
    };
    let dismissed = |unit: &mut Unit| {
        let (check, hash) = ("brackets".to_owned(), unit.texts_hash());
        unit.more.dismissed.push(Dismissal { check, hash, extra: Vec::new() });
    };
    let (rain, wind) = BOTH.split_once(" le vent").unwrap();
    let parted = [format!("Changed: {rain} = "), format!("Changed: le vent{wind} = ")];
    assert_eq!(set(|unit| unit.more.set.bounds = true), parted);
    assert_eq!(set(|unit| unit.more.set.kind = true), parted);
    assert_eq!(set(dismissed), parted);
    assert_ne!(set(|_| {}), parted);
}

#[test]
fn a_kind_that_a_person_set_outlives_the_splitters() {
    let heading = |set: bool| {
        let mut unit = Unit { kind: Kind::Heading, ..unit("La pluie", "Rain") };
        unit.more.set.kind = set;
        carried(&alignment(vec![unit]), &["La pluie"]).0.units()[0].kind
    };
    assert_eq!([true, false].map(heading), [Kind::Heading, Kind::Body]);
}

#[test]
fn what_changed_or_went_is_restored_as_it_was_with_its_status_and_unknown_keys() {
    let mut units = vec![
        Unit { status: Status::Reviewed, ..unit(RAIN, "Rain.") },
        Unit { status: Status::Skipped, ..unit(WIND, "") },
        unit("Fin.", "End."),
        Unit { status: Status::Reviewed, ..unit(BUDGET, "Budget.") },
    ];
    for unit in &mut units {
        unit.more.extra = vec![extra("mood", "\"glad\"")];
    }
    let old = alignment(units);
    let military = BUDGET.replace("scolaire", "militaire");
    let (gone, report) = carried(&old, &[&military]);
    let before: Vec<&[String]> = report.units.iter().map(|unit| &unit.before[..]).collect();
    assert_eq!(before, [[BUDGET], [RAIN], [WIND], ["Fin."]]);
    let (back, report) = carried(&gone, &[RAIN, WIND, "Fin.", BUDGET]);
    assert_eq!(back.units(), old.units());
    assert_eq!(report.count(Fate::Restored), 4);
    assert_eq!(report.units.iter().filter(|unit| unit.before.is_empty()).count(), 3);
    assert_eq!(*report.units[3].before, [military]);
}

#[test]
fn english_alone_goes_with_the_unit_that_it_stands_behind() {
    let old = article(&[("", "Headline."), (RAIN, "Rain."), ("", "More."), ("", "Again."), (WIND, "Wind.")]);
    assert_eq!(
        told(&old, &["Il neige.", WIND, RAIN]),
        [
            "Kept:  = Headline.".to_owned(),
            "New: Il neige. = ".to_owned(),
            format!("Kept: {WIND} = Wind."),
            format!("Kept: {RAIN} = Rain."),
            "Kept:  = More.".to_owned(),
            "Kept:  = Again.".to_owned(),
        ]
    );
}

#[test]
fn a_stale_unit_stays_where_it_is_when_its_former_french_stands_there_too() {
    let old = alignment(vec![stale("Il pleut fort sur la ville.", "Rain.", RAIN)]);
    assert_eq!(
        told(&old, &["Il pleut fort sur la ville.", RAIN]),
        ["Kept: Il pleut fort sur la ville. = Rain.".to_owned(), format!("New: {RAIN} = ")]
    );
}

#[test]
fn two_of_the_same_at_the_beginning_are_two() {
    let old = article(&[("Oui.", "1"), ("Oui.", "2"), ("Le train part.", "3")]);
    assert_eq!(
        told(&old, &["Oui.", "Oui.", "Le train part tard."]),
        ["Kept: Oui. = 1", "Kept: Oui. = 2", "Stale: Le train part tard. = 3"]
    );
}

#[test]
fn of_sentences_that_stand_twice_the_one_beside_its_neighbours_goes_on() {
    for (old, new, wanted) in [
        // Behind what was found, although the same stands before it now.
        (
            "Oui. / * * * / Non ! / * * *",
            "* * * / Oui. / * * * / Non, dit-il.",
            "Kept: * * * = 4 / Kept: Oui. = 1 / Kept: * * * = 2 / Stale: Non, dit-il. = 3",
        ),
        (
            "Oui. / Oui. / Le train part. / La gare ferme.",
            "La gare ferme. / Oui. / Le train part.",
            "Kept: La gare ferme. = 4 / Kept: Oui. = 2 / Kept: Le train part. = 3 / Orphaned: Oui. = 1",
        ),
        (
            "Non ! / Non ! / Oui.",
            "Oui. / Non ! / Non, dit-il.",
            "Kept: Oui. = 3 / Kept: Non ! = 1 / Stale: Non, dit-il. = 2",
        ),
        // Between neighbours that have changed.
        (
            "Oui. / Il pleut sur la ville. / Oui. / Le vent souffle depuis deux jours.",
            "Il pleut fort sur la ville. / Oui. / Le vent souffle depuis trois jours.",
            "Stale: Il pleut fort sur la ville. = 2 / Kept: Oui. = 3 / \
             Stale: Le vent souffle depuis trois jours. = 4 / Orphaned: Oui. = 1",
        ),
        // What is still there as often stays, and the rest is put around it.
        (
            "Non ! / Non ! / Oui. / Oui.",
            "Oui. / Oui. / Non !",
            "Kept: Oui. = 3 / Kept: Oui. = 4 / Kept: Non ! = 1 / Orphaned: Non ! = 2",
        ),
    ] {
        let english: Vec<String> = (1..=4).map(|number| number.to_string()).collect();
        let units: Vec<(&str, &str)> = old.split(" / ").zip(english.iter().map(String::as_str)).collect();
        let new: Vec<&str> = new.split(" / ").collect();
        assert_eq!(told(&article(&units), &new).join(" / "), wanted);
    }
}

#[test]
fn a_sign_with_its_selector_is_one_mark() {
    assert!(same_text(&["©\u{FE0F}AFP"], &["©\u{FE0F} AFP"]));
    assert!(!same_text(&["©\u{FE0F}AFP"], &["©AFP"]));
}

// Texts of more words than are compared pair by pair.

#[test]
fn a_text_without_full_stops_is_cut_where_its_first_unit_ended_whatever_was_put_before_it() {
    let words: Vec<String> = seeds().concat().concat().iter().flat_map(|line| bare_words(line)).collect();
    let first = words[..594].join(" ") + " de la mer et de la";
    let second = "ville de la mer et de ".to_owned() + &words[606..1200].join(" ") + ".";
    let now = format!("{}{first} {second}", "de la mer et ville ".repeat(6));
    let (new, _) = carried(&article(&[(&format!("{first}."), "One."), (&second, "Two.")]), &[&now]);
    assert_eq!(new.units()[1].fr, [second]);
    assert_eq!(new.units()[1].en, ["Two."]);
}

/// The words of a sentence, without the marks at their edges.
fn bare_words(line: &str) -> Vec<String> {
    let words = line.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[test]
fn a_poem_of_a_few_words_keeps_its_english_when_one_is_put_in() {
    let line = "la mer la mer toujours la mer recommence et le vent dans le vent du port ";
    let (first, second) = (line.repeat(32), line.repeat(38));
    let now = format!("{first}Brest {}", second.trim());
    let (new, _) = carried(&article(&[((first + &second).trim(), "The sea.")]), &[&now]);
    assert!(new.units().len() == 1 && new.units()[0].is_stale());
}
