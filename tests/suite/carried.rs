//! What becomes of single units: which sentence each goes on with when the French changes, where a sentence
//! is cut between two of them, and what merged and parted units have of each other.

use enregard::bitext::{
    Alignment, Header, Kind, Origin, Segmentation, Sentence, Span, Status, Stem, Texts, Unit, UnitId, joined,
};
use enregard::revise::{
    Carried, CarryReport, Cut, EditError, Fate, Incoming, Neighbour, Part, Revision, Stamp, carry, receive,
};

pub fn stem() -> Stem {
    "roy".parse().unwrap()
}

/// A unit with this French (sentences parted by `|`), and a draft of this English if there is any.
pub fn unit(fr: &str, en: &str) -> Unit {
    let texts = |text: &str| -> Texts {
        text.split('|').filter(|text| !text.is_empty()).map(str::to_owned).collect()
    };
    let mut unit = Unit::new(UnitId::of(&stem(), &[fr], 0), Kind::Body, texts(fr));
    unit.en = texts(en);
    if unit.has_english() {
        unit.status = Status::Draft;
    }
    unit
}

pub fn alignment(units: Vec<Unit>) -> Alignment {
    let header = Header::new("roy", ["fr", "en"], &"0".repeat(64), "fr/1");
    Alignment::of_changed(header, units).unwrap()
}

/// Units of this French and English; two of the same French have ids of their own.
pub fn article(units: &[(&str, &str)]) -> Alignment {
    let numbered = |(number, (fr, en)): (usize, &(&str, &str))| {
        let mut unit = unit(fr, en);
        unit.id = UnitId::of(&stem(), &[fr], number);
        unit
    };
    alignment(units.iter().enumerate().map(numbered).collect())
}

/// The alignment carried over to a text of these sentences, whatever the splitter would make of them.
pub fn carried(old: &Alignment, now: &[&str]) -> (Alignment, CarryReport) {
    let text = now.join(" ");
    let mut at = 0;
    let sentence = |own: &&str| {
        let span = Span::new(at, at + own.len());
        at = span.end + 1;
        Sentence { span, kind: Kind::Body, paragraph: 0 }
    };
    let sentences = now.iter().map(sentence).collect();
    let (units, report) = carry(old, &stem(), &text, Segmentation::new(&text, sentences).unwrap());
    (Alignment::new(old.header().clone(), units, &text).unwrap(), report)
}

/// Each unit as its fate, its French (or what that was) and its English.
pub fn told(old: &Alignment, now: &[&str]) -> Vec<String> {
    let (new, report) = carried(old, now);
    let tell = |carried: &Carried| {
        let Some((_, unit)) = new.find(carried.id) else {
            return format!("{:?}: {}", carried.fate, joined(&carried.before));
        };
        let fr = if unit.fr.is_empty() { &unit.more.was } else { &unit.fr };
        format!("{:?}: {} = {}", carried.fate, fr.join("|"), unit.en.join("|"))
    };
    report.units.iter().map(tell).collect()
}

#[test]
fn a_report_counts_the_units_of_one_fate() {
    let old = article(&[("Il pleut.", "Rain."), ("Il neige fort.", "Snow."), ("Le chat dort.", "")]);
    let (_, report) = carried(&old, &["Il pleut.", "Il neige peu.", "Le chat dort."]);
    assert_eq!([Fate::Kept, Fate::Stale, Fate::New].map(|fate| report.count(fate)), [2, 1, 0]);
}

// Where a sentence is cut that several units have a part in.

pub const RAIN: &str = "Il pleut sur la ville.";
pub const WIND: &str = "Le vent du nord souffle fort depuis deux jours.";
pub const BOTH: &str = "Il pleut sur la ville, le vent du nord souffle fort depuis deux jours.";

#[test]
fn a_bound_that_nobody_set_goes_with_the_full_stop() {
    assert_eq!(
        told(&article(&[(RAIN, ""), (WIND, "")]), &[BOTH]),
        [format!("Changed: {BOTH} = "), format!("Vanished: {RAIN}")]
    );
}

#[test]
fn a_sentence_made_of_two_is_cut_after_the_comma_between_them() {
    let cut = ["Il pleut sur la ville,", "le vent du nord souffle fort depuis deux jours."];
    assert_eq!(
        told(&article(&[(RAIN, "Rain."), (WIND, "Wind.")]), &[BOTH]),
        [format!("Stale: {} = Rain.", cut[0]), format!("Stale: {} = Wind.", cut[1])]
    );
    // A unit without English that is clearly there has its part beside one that a person gave English.
    assert_eq!(
        told(&article(&[(RAIN, "Rain."), (WIND, "")]), &[BOTH]),
        [format!("Stale: {} = Rain.", cut[0]), format!("Changed: {} = ", cut[1])]
    );
}

#[test]
fn words_of_a_unit_without_a_part_of_its_own_make_no_other_stale_that_has_not_changed() {
    let (heading, cat) = ("Le grand marché", "Le chat dort");
    let market = (heading, "The great market");
    let kept = format!("Kept: {heading} = The great market");
    for between in ["Le chat dort", "Le chat dort,"] {
        let now = format!("{heading} {between} {WIND}");
        // Both without English: the words of the one that is too short for a part are the other's.
        assert_eq!(
            told(&article(&[market, (cat, ""), (WIND, "")]), &[&now]),
            [kept.clone(), format!("Changed: {between} {WIND} = "), format!("Vanished: {cat}")]
        );
    }
}

#[test]
fn a_new_word_behind_the_comma_goes_with_what_follows() {
    let cut = ["Il pleut sur la ville hier,", "donc le vent du nord souffle fort depuis deux jours."];
    assert_eq!(
        told(&article(&[(RAIN, "Rain."), (WIND, "Wind.")]), &[&cut.join(" ")]),
        [format!("Stale: {} = Rain.", cut[0]), format!("Stale: {} = Wind.", cut[1])]
    );
}

#[test]
fn what_is_put_behind_a_heading_is_a_unit_of_its_own() {
    let heading = article(&[("Le grand marché", "The great market")]);
    assert_eq!(
        told(&heading, &["Le grand marché Il pleut sur la ville."]),
        ["Kept: Le grand marché = The great market", "New: Il pleut sur la ville. = "]
    );
    // Not so few words, nor what goes on in small letters, nor what has something before it.
    for grown in [
        "Le grand marché Il pleut.",
        "Le grand marché qui ouvre demain matin.",
        "Hier Le grand marché Il pleut sur la ville.",
    ] {
        assert_eq!(told(&heading, &[grown]), [format!("Stale: {grown} = The great market")]);
    }
}

// Which sentence a unit goes on with.

#[test]
fn of_two_that_say_the_same_the_one_between_its_neighbours_stays() {
    let old = [("Oui.", "1"), ("Le train part.", "2"), ("Oui.", "3"), ("La gare ferme.", "4"), (RAIN, "5")];
    let new = ["Non !", "Le train part.", "La gare ferme tard.", "Oui.", RAIN];
    assert_eq!(
        told(&article(&old), &new),
        [
            "New: Non ! = ",
            "Kept: Le train part. = 2",
            "Stale: La gare ferme tard. = 4",
            "Kept: Oui. = 3",
            "Kept: Il pleut sur la ville. = 5",
            "Orphaned: Oui. = 1",
        ]
    );
}

#[test]
fn rows_of_asterisks_that_were_moved_go_on_as_many_as_there_are_left() {
    let old = [("Il pleut.", "1"), ("Il vente.", "2"), ("* * *|Fin.", "3"), ("* * *", "4"), ("* * *", "5")];
    assert_eq!(
        told(&article(&old), &["* * *", "* * *", "Fin.", "Il pleut.", "Il vente."]),
        [
            "Kept: * * * = 4",
            "Kept: * * *|Fin. = 3",
            "Kept: Il pleut. = 1",
            "Kept: Il vente. = 2",
            "Orphaned: * * * = 5",
        ]
    );
}

#[test]
fn a_sentence_that_has_only_small_words_or_marks_of_another_is_a_new_one() {
    for (old, new) in [
        ("Le maire parle de la fontaine.", "Une usine ferme près de la rivière."),
        ("« Paul ! » « Marie ! » « Anne ! »", "« Lundi ! » « Jeudi ! » « Demain ! »"),
    ] {
        assert_eq!(
            told(&article(&[(old, "One."), (RAIN, "Rain.")]), &[new, RAIN]),
            [format!("New: {new} = "), format!("Kept: {RAIN} = Rain."), format!("Orphaned: {old} = One.")]
        );
    }
}

pub const BUDGET: &str = "Le ministre annonce une hausse brutale du budget scolaire.";

/// Which of these sentences a unit goes on with that stood before `RAIN`, when they stand behind it.
fn goes_on_with<'t>(fr: &str, behind: &[&'t str]) -> Option<&'t str> {
    let new = carried(&article(&[(fr, "One."), (RAIN, "Rain.")]), &[&[RAIN], behind].concat()).0;
    let now = new.units().iter().find(|unit| unit.en == ["One."]).unwrap().fr.clone();
    behind.iter().copied().find(|sentence| now == [*sentence])
}

#[test]
fn a_moved_sentence_goes_on_with_what_has_most_of_it() {
    let changed = "Le ministre refuse une hausse brutale du budget scolaire.";
    assert_eq!(goes_on_with(BUDGET, &["Les vignes souffrent.", changed]), Some(changed));
    // A longer sentence that has nearly all of it.
    let gare = "La gare de Lyon ferme demain soir.";
    let longer = "Après trois années de promesses, le conseil municipal confirme enfin que la gare centrale \
                  de Lyon ferme dès demain pour laisser place aux ouvriers.";
    assert_eq!(goes_on_with(gare, &["Les vignes souffrent.", longer]), Some(longer));
    // All of it in a longer one is more than half of it in one as long.
    let half = "Le ministre annonce une baisse légère du budget militaire.";
    let whole = "Selon nos sources, le ministre annonce ici une hausse assez brutale du prochain budget \
                 scolaire devant plusieurs élus réunis depuis lundi matin par la préfecture.";
    assert_eq!(goes_on_with(BUDGET, &[half]), Some(half));
    assert_eq!(goes_on_with(BUDGET, &[half, whole]), Some(whole));
}

#[test]
fn a_long_sentence_that_has_a_few_words_of_a_moved_one_is_another() {
    let long = "Après trois années de travaux, le port rouvre et la gare attend son tour jusqu’à demain.";
    assert_eq!(goes_on_with("La gare ferme demain soir.", &[long]), None);
    assert_eq!(goes_on_with("Demain.", &["Le musée ferme demain pour trois longues semaines."]), None);
}

#[test]
fn a_changed_sentence_leaves_its_place_only_for_one_that_is_much_likelier() {
    let here = "Le ministre annonce une hausse légère des impôts.";
    let somewhat = "Hier une hausse brutale du budget scolaire inquiète Paris.";
    let much = "Le ministre annonce une hausse brutale du budget militaire.";
    let old = article(&[(BUDGET, "Budget."), (RAIN, "Rain.")]);
    assert_eq!(
        told(&old, &[here, RAIN, somewhat]),
        [format!("Stale: {here} = Budget."), format!("Kept: {RAIN} = Rain."), format!("New: {somewhat} = ")]
    );
    assert_eq!(
        told(&old, &[here, RAIN, much]),
        [format!("New: {here} = "), format!("Kept: {RAIN} = Rain."), format!("Stale: {much} = Budget.")]
    );
}

#[test]
fn the_place_that_a_unit_leaves_is_free_for_another() {
    let rise = "Le ministre annonce une hausse brutale du budget scolaire pour la rentrée prochaine.";
    let reform = "Hier le ministre défend aussi une réforme profonde des retraites agricoles.";
    let old = article(&[(rise, "Rise."), (RAIN, "Rain."), (WIND, "Wind."), (reform, "Reform.")]);
    // Half of it is of the one and half of the other; and the one is nearly whole elsewhere.
    let halves = "Le ministre annonce une hausse brutale et défend aussi une réforme.";
    let whole = "Le ministre annonce une hausse brutale du budget scolaire pour la rentrée suivante.";
    assert_eq!(
        told(&old, &[halves, RAIN, whole, WIND]),
        [
            format!("Stale: {halves} = Reform."),
            format!("Kept: {RAIN} = Rain."),
            format!("Stale: {whole} = Rise."),
            format!("Kept: {WIND} = Wind.")
        ]
    );
}

#[test]
fn of_two_that_were_like_one_sentence_the_likest_has_all_of_it() {
    let other = "Le ministre refuse une baisse du budget scolaire demain.";
    let now = "Le ministre annonce une hausse brutale du budget scolaire demain.";
    assert_eq!(
        told(&article(&[(other, "Other."), (BUDGET, "Budget."), (RAIN, "Rain.")]), &[RAIN, now]),
        [
            format!("Kept: {RAIN} = Rain."),
            format!("Stale: {now} = Budget."),
            format!("Orphaned: {other} = Other.")
        ]
    );
}

#[test]
fn an_orphan_comes_back_with_a_sentence_that_is_nearly_its_own() {
    let (gone, _) = carried(&article(&[(BUDGET, "Budget."), (RAIN, "Rain.")]), &[RAIN]);
    let like = "Le ministre annonce une hausse brutale du budget militaire.";
    let unlike = "Le ministre visite une école du quartier.";
    let rain = format!("Kept: {RAIN} = Rain.");
    assert_eq!(told(&gone, &[like, RAIN]), [format!("Stale: {like} = Budget."), rain.clone()]);
    assert_eq!(
        told(&gone, &[unlike, RAIN]),
        [format!("New: {unlike} = "), rain, format!("Kept: {BUDGET} = Budget.")]
    );
}

// What a person does by hand.

pub fn revision(units: Vec<Unit>) -> Revision {
    Revision::of(alignment(units), &stem(), Stamp { by: None, at: "2026-11-20T08:00:00Z".into() })
}

/// A revision of one unit, and its id.
pub fn of_one(fr: &str, en: &str) -> (Revision, UnitId) {
    let one = unit(fr, en);
    let id = one.id;
    (revision(vec![one]), id)
}

/// Two units merged.
pub fn merged(first: Unit, second: Unit) -> Revision {
    let ids = [first.id, second.id];
    let mut revised = revision(vec![first, second]);
    revised.merge(&ids).unwrap();
    revised
}

/// Each unit as `French|… = English|…`, and the French that its English translates if that is another.
pub fn shown(revision: &Revision) -> Vec<String> {
    let show = |unit: &Unit| match &unit.more.was[..] {
        [] => format!("{} = {}", unit.fr.join("|"), unit.en.join("|")),
        was => format!("{} = {} (was {})", unit.fr.join("|"), unit.en.join("|"), was.join("|")),
    };
    revision.units().iter().map(show).collect()
}

#[test]
fn two_sentences_are_parted_with_the_english_cut_where_it_is_said() {
    let (mut revised, id) = of_one("Il pleut.|Il vente.", "Rain and wind.");
    revised.split(id, Cut::Sentences, Some("and wind")).unwrap();
    assert_eq!(shown(&revised), ["Il pleut. = Rain", "Il vente. = and wind."]);

    // One place in the English is not enough for three.
    let (mut revised, id) = of_one("Il pleut.|Il vente.|Il neige.", "Rain, wind, snow.");
    let refused = Err(EditError::ManySentences { id, has: 3 });
    assert_eq!(revised.split(id, Cut::Sentences, Some("wind")), refused);
    revised.split(id, Cut::Sentences, None).unwrap();
    assert_eq!(shown(&revised), ["Il pleut. = Rain, wind, snow.", "Il vente. = ", "Il neige. = "]);
}

#[test]
fn all_french_may_be_parted_from_its_english_and_no_more_than_there_is() {
    let (mut revised, id) = of_one("Il pleut.|Il vente.", "Snow.");
    assert_eq!(revised.part(id, 3, (0, 0)), Err(EditError::TooFewSentences { id, has: 2 }));
    assert_eq!(revised.unlink(id).unwrap().len(), 2);
    assert_eq!(shown(&revised), ["Il pleut.|Il vente. = ", " = Snow."]);
}

#[test]
fn all_english_is_shifted_to_the_neighbour_that_is_named() {
    for (to, wanted) in [
        (Neighbour::Previous, ["Un. = One.|Two.", "Deux. = ", "Trois. = Three."]),
        (Neighbour::Next, ["Un. = One.", "Deux. = ", "Trois. = Two.|Three."]),
    ] {
        let units = vec![unit("Un.", "One."), unit("Deux.", "Two."), unit("Trois.", "Three.")];
        let id = units[1].id;
        let mut revised = revision(units);
        revised.shift(id, to, Part::English).unwrap();
        assert_eq!(shown(&revised), wanted);
    }
}

#[test]
fn merged_units_are_stale_if_one_was_and_know_what_all_their_english_translates() {
    let stale = |(fr, en, was): (&str, &str, &str)| {
        let mut unit = unit(fr, en);
        unit.more.set_was(was.split_terminator('|').map(str::to_owned).collect());
        unit
    };
    for (first_was, second_was, wanted) in [
        ("", "", "Un.|Deux. = One.|Two."),
        ("Zéro.", "", "Un.|Deux. = One.|Two. (was Zéro.|Deux.)"),
        ("", "Trois.", "Un.|Deux. = One.|Two. (was Un.|Trois.)"),
        ("Zéro.", "Trois.", "Un.|Deux. = One.|Two. (was Zéro.|Trois.)"),
    ] {
        let [first, second] = [("Un.", "One.", first_was), ("Deux.", "Two.", second_was)].map(stale);
        assert_eq!(shown(&merged(first, second)), [wanted]);
    }
    // French without English beside it makes no English stale.
    assert_eq!(shown(&merged(unit("Un.", "One."), unit("Deux.", ""))), ["Un.|Deux. = One."]);
}

#[test]
fn merged_units_are_as_certain_as_the_least_and_nobodys_guess_if_one_was_typed() {
    let guess = |score| (Some(Origin::Aligner), Some(score));
    for (first, second, wanted) in [
        (guess(0.5), guess(0.25), guess(0.25)),
        (guess(0.5), (None, None), (None, None)),
        ((None, None), guess(0.5), (None, None)),
        (guess(0.5), (Some(Origin::Import), None), (None, None)),
    ] {
        let (mut one, mut two) = (unit("Un.", "One."), unit("Deux.", "Two."));
        ((one.origin, one.score), (two.origin, two.score)) = (first, second);
        let revised = merged(one, two);
        assert_eq!((revised.units()[0].origin, revised.units()[0].score), wanted);
    }
}

#[test]
fn a_review_that_comes_in_is_one_of_the_french_as_it_is_now_if_it_says_something_new() {
    let line = Incoming { status: Some(Status::Reviewed), ..Incoming::default() };
    let mut stale = unit("Un.", "One.");
    stale.more.was = "Zéro.".into();
    let taken = receive(&stale, &line, None).unwrap().unwrap();
    assert_eq!((taken.unit.status, taken.unit.is_stale()), (Status::Reviewed, false));
    // It was reviewed before its French changed: the file only says what it said then.
    stale.status = Status::Reviewed;
    assert_eq!(receive(&stale, &line, None), Ok(None));
}
