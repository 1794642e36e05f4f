//! A whole English text put beside an article: what is aligned, what is known, and what becomes of both.

use std::ops::Range;

use enregard::bitext::{Alignment, Header, Kind, Origin, Status, Stem, Texts, Unit, UnitId, joined};
use enregard::revise::{EnglishSentence, Frame, Link, Linked, Stamp};

fn stem() -> Stem {
    "roy".parse().unwrap()
}

pub fn id(fr: &str) -> UnitId {
    UnitId::of(&stem(), &[fr], 0)
}

/// An untranslated unit of one sentence.
pub fn french(fr: &str) -> Unit {
    Unit::new(id(fr), Kind::Body, vec![fr.to_owned()])
}

/// A unit whose English a person typed.
pub fn typed(fr: &str, en: &str) -> Unit {
    Unit { en: en.into(), status: Status::Draft, ..french(fr) }
}

/// A unit as an aligner makes it; sentences are parted by `|`.
pub fn aligned(fr: &str, en: &str) -> Unit {
    let texts = |text: &str| text.split('|').map(str::to_owned).collect::<Texts>();
    let fr = texts(fr);
    let mut unit = Unit::new(id(&fr[0]), Kind::Body, fr);
    unit.more.was_ids = unit.fr[1..].iter().map(|fr| id(fr)).collect();
    Unit { en: texts(en), status: Status::Draft, origin: Some(Origin::Aligner), score: Some(0.5), ..unit }
}

/// English alone, with the id that the so many-th of its article gets.
fn alone(en: &str, occurrence: usize) -> Unit {
    let id = UnitId::of(&stem(), &[""; 0], occurrence);
    Unit { en: en.into(), status: Status::Draft, ..Unit::new(id, Kind::Body, Vec::new()) }
}

/// English alone that an aligner left over.
fn left_over(en: &str, occurrence: usize) -> Unit {
    Unit { origin: Some(Origin::Aligner), ..alone(en, occurrence) }
}

fn sentence(text: &str) -> EnglishSentence {
    EnglishSentence { text: text.to_owned(), kind: Kind::Body, begins: false }
}

pub fn sentences(texts: &[&str]) -> Vec<EnglishSentence> {
    texts.iter().map(|text| sentence(text)).collect()
}

/// An article of these units, each a paragraph of its own, beside these sentences.
pub fn frame(units: &[Unit], english: Vec<EnglishSentence>) -> Frame {
    let french: Vec<String> = units.iter().map(Unit::french).filter(|fr| !fr.is_empty()).collect();
    frame_in(&french.join("\n"), units, english, |_| None)
}

pub fn frame_in(
    text: &str,
    units: &[Unit],
    english: Vec<EnglishSentence>,
    kind: impl Fn(usize) -> Option<Kind>,
) -> Frame {
    let header = Header::new("roy", ["fr", "en"], &"0".repeat(64), "fr/1");
    let alignment = Alignment::new(header, units.to_vec(), text).unwrap();
    Frame::of(&alignment, &stem(), text, english, kind).unwrap()
}

pub fn link(source: Range<usize>, target: Range<usize>, score: f64) -> Link {
    Link { source, target, score }
}

/// The units with these links; each French sentence with the English of the same number where there are none.
pub fn place(frame: Frame, links: &[Link]) -> Linked {
    let stamp = Stamp { by: Some("Ann".into()), at: "2026-11-20T08:00:00Z".into() };
    let each: Vec<Link> = (0..frame.source().len()).map(|at| link(at..at + 1, at..at + 1, 0.9)).collect();
    frame.place(if links.is_empty() { &each } else { links }, &stem(), &stamp)
}

fn shown(linked: &Linked) -> Vec<String> {
    let both = linked.units.iter().zip(&linked.roles);
    both.map(|(unit, role)| format!("{role:?}: {} = {}", unit.fr.join("|"), unit.en.join("|"))).collect()
}

pub fn ids(linked: &Linked) -> Vec<UnitId> {
    linked.units.iter().map(|unit| unit.id).collect()
}

/// So many sentences that have no long word in common.
pub fn unlike(count: usize) -> Vec<String> {
    let word = |at: usize, vowel: char| {
        let letter = |number: usize| char::from(b"bcdfghklmnprstvz"[number % 16]);
        format!("{}{vowel}{}{vowel}{vowel}", letter(at), letter(at / 16)).repeat(2)
    };
    (0..count).map(|at| ['a', 'e', 'i', 'o'].map(|vowel| word(at, vowel)).join(" ") + ".").collect()
}

#[test]
fn neighbours_with_one_translation_become_one_unit_that_keeps_their_ids() {
    let mut heading = french("La pluie");
    heading.kind = Kind::Heading;
    let units = [heading, french("Il pleut."), french("Il vente."), french("Il neige.")];
    let linked = place(
        frame(&units, sentences(&["The rain: it’s raining.", "It’s windy.", "It’s snowing."])),
        &[link(0..2, 0..1, 0.9), link(2..3, 1..3, 0.8), link(3..4, 3..3, 0.7)],
    );
    assert_eq!(
        shown(&linked),
        [
            "Aligned(2, 1): La pluie|Il pleut. = The rain: it’s raining.",
            "Aligned(1, 2): Il vente. = It’s windy.|It’s snowing.",
            "Aligned(1, 0): Il neige. = ",
        ]
    );
    let joined = &linked.units[0];
    assert_eq!((joined.id, &joined.more.was_ids[..]), (id("La pluie"), &[id("Il pleut.")][..]));
    assert_eq!(joined.kind, Kind::Body, "a heading that runs into a sentence is none");
    assert_eq!((joined.status, joined.origin), (Status::Draft, Some(Origin::Aligner)));
    assert_eq!(joined.by.as_deref(), Some("Ann"));
    assert_eq!(linked.units[2], units[3], "what got no English is as it was, and not signed");
}

#[test]
fn a_score_is_a_probability_of_four_places() {
    let units = [french("Il pleut."), french("Il vente."), french("Il neige."), french("Il grêle.")];
    let texts = ["It’s raining.", "It’s windy.", "It’s snowing.", "It’s hailing."];
    let scores = [0.123_46, 0.9, 1.000_001, -0.2];
    let links: Vec<Link> = (0..4).map(|at| link(at..at + 1, at..at + 1, scores[at])).collect();
    let linked = place(frame(&units, sentences(&texts)), &links);
    let scores: Vec<_> = linked.units.iter().map(|unit| unit.score).collect();
    assert_eq!(scores, [Some(0.1235), Some(0.9), Some(1.0), Some(0.0)]);
}

#[test]
fn a_link_over_what_a_person_set_apart_is_cut_there_and_half_as_certain() {
    let mut apart = french("Il neige à gros flocons depuis ce matin.");
    apart.more.set.bounds = true;
    let units = [french("Il pleut."), french("Il vente."), apart, french("Fin.")];
    let english = ["It’s raining and windy.", "It has been snowing heavily since this morning.", "End."];
    let links = [link(0..3, 0..2, 0.9), link(3..4, 2..3, 0.9)];
    let linked = place(frame(&units, sentences(&english)), &links);
    assert_eq!(
        shown(&linked),
        [
            "Aligned(2, 1): Il pleut.|Il vente. = It’s raining and windy.",
            "Aligned(1, 1): Il neige à gros flocons depuis ce matin. = \
             It has been snowing heavily since this morning.",
            "Aligned(1, 1): Fin. = End.",
        ]
    );
    let scores: Vec<_> = linked.units.iter().map(|unit| unit.score).collect();
    assert_eq!(scores, [Some(0.45), Some(0.45), Some(0.9)]);
}

#[test]
fn what_an_aligner_put_there_is_aligned_anew_and_its_sentences_get_their_ids_and_kinds_back() {
    let units = [aligned("La pluie|Il pleut.|Il vente.", "The rain: it’s windy."), french("Fin.")];
    let text = "La pluie\nIl pleut. Il vente.\nFin.";
    let english = sentences(&["The rain", "It’s raining.", "It’s windy.", "End."]);
    let frame = frame_in(text, &units, english, |start| (start == 0).then_some(Kind::Heading));
    assert_eq!(frame.source(), ["La pluie", "Il pleut.", "Il vente.", "Fin."]);
    let linked = place(frame, &[]);
    assert_eq!(
        shown(&linked),
        [
            "Aligned(1, 1): La pluie = The rain",
            "Aligned(1, 1): Il pleut. = It’s raining.",
            "Aligned(1, 1): Il vente. = It’s windy.",
            "Aligned(1, 1): Fin. = End.",
        ]
    );
    assert_eq!(ids(&linked), ["La pluie", "Il pleut.", "Il vente.", "Fin."].map(id));
    let kinds: Vec<Kind> = linked.units.iter().map(|unit| unit.kind).collect();
    assert_eq!(kinds, [Kind::Heading, Kind::Body, Kind::Body, Kind::Body]);
    assert!(linked.units.iter().all(|unit| unit.more.was_ids.is_empty()));
}

#[test]
fn a_sentence_whose_id_is_lost_gets_that_of_its_place_among_the_same_sentences() {
    // The first `Il pleut.` was once another sentence, and kept its id when the article changed.
    let mut changed = french("Il pleut.");
    changed.id = id("Il pleuvait.");
    let mut forgotten = aligned("Il vente.|Il pleut.", "It’s windy and raining.");
    forgotten.more.was_ids.clear();
    let linked = place(frame(&[changed, forgotten], sentences(&["It rains.", "It’s windy.", "Again."])), &[]);
    let second = UnitId::of(&stem(), &["Il pleut."], 1);
    assert_eq!(ids(&linked), [id("Il pleuvait."), id("Il vente."), second]);
}

#[test]
fn what_a_person_typed_confirmed_or_left_in_french_stays_and_other_english_stands_after_it() {
    let skipped = Unit { status: Status::Skipped, ..french("Il neige.") };
    let reviewed = Unit { status: Status::Reviewed, ..aligned("Il vente.", "A wind blows.") };
    let mut divided = aligned("Fin.", "The end.");
    divided.more.set.bounds = true;
    let imported = Unit { origin: Some(Origin::Import), ..typed("Il gèle.", "Frost.") };
    let units = [typed("Il pleut.", "Rain falls."), reviewed, skipped, divided, imported];
    let texts = ["Wet weather.", "Gusts.", "White stuff.", "Over.", "Cold."];
    let linked = place(frame(&units, sentences(&texts)), &[]);
    assert_eq!(
        shown(&linked),
        [
            "Kept: Il pleut. = Rain falls.",
            "Displaced:  = Wet weather.",
            "Kept: Il vente. = A wind blows.",
            "Displaced:  = Gusts.",
            "Kept: Il neige. = ",
            "Displaced:  = White stuff.",
            "Kept: Fin. = The end.",
            "Displaced:  = Over.",
            "Kept: Il gèle. = Frost.",
            "Displaced:  = Cold.",
        ]
    );
    for (kept, unit) in linked.units.iter().step_by(2).zip(&units) {
        assert_eq!(kept, unit);
    }
}

#[test]
fn english_alone_keeps_its_id_and_remark_and_two_of_the_same_text_their_order() {
    let mut units =
        vec![left_over("No.", 5), left_over("No.", 3), left_over("Gone.", 4), french("Il pleut.")];
    units[1].more.note = Some("which one?".to_owned());
    let english = sentences(&["No.", "Yes.", "No.", "It’s raining."]);
    let links: Vec<Link> = (0..4).map(|at| link(0..usize::from(at == 3), at..at + 1, 0.9)).collect();
    let linked = place(frame(&units, english), &links);
    assert_eq!(
        shown(&linked),
        [
            "Aligned(0, 1):  = No.",
            "Aligned(0, 1):  = Yes.",
            "Aligned(0, 1):  = No.",
            "Aligned(1, 1): Il pleut. = It’s raining."
        ]
    );
    let alone = |occurrence| UnitId::of(&stem(), &[""; 0], occurrence);
    // What is new is the article's second English alone, and has the id of that.
    assert_eq!(ids(&linked), [alone(5), alone(1), alone(3), id("Il pleut.")]);
    assert_eq!(linked.units[2].more.note.as_deref(), Some("which one?"));
}

#[test]
fn english_alone_is_of_the_kind_that_a_person_set_or_else_that_its_text_has() {
    let mut set = left_over("Rain over Paris", 0);
    set.kind = Kind::Caption;
    set.more.set.kind = true;
    let mut unset = left_over("Wind over Paris", 1);
    unset.kind = Kind::Caption;
    let heading = |text: &str| EnglishSentence { kind: Kind::Heading, ..sentence(text) };
    let english = vec![heading("Rain over Paris"), heading("Wind over Paris"), heading("Snow over Paris")];
    let links = [link(0..0, 0..3, 0.9), link(0..1, 3..3, 0.9)];
    let linked = place(frame(&[set, unset, french("Fin.")], english), &links);
    let kinds: Vec<Kind> = linked.units.iter().map(|unit| unit.kind).collect();
    assert_eq!(kinds, [Kind::Caption, Kind::Heading, Kind::Heading, Kind::Body]);
}

#[test]
fn boilerplate_is_not_aligned_stands_where_it_stood_and_ends_a_paragraph() {
    let mut label = french("Météo");
    label.kind = Kind::Label;
    let units = [french("Il pleut."), french("Il vente."), label, french("Fin.")];
    let begins = |sentence| EnglishSentence { begins: true, ..sentence };
    let widget = EnglishSentence { kind: Kind::Widget, ..sentence("Subscribe now.") };
    let english = vec![
        begins(sentence("It’s raining.")),
        sentence("It’s windy."),
        begins(widget),
        sentence("End."),
        sentence("Really."),
        begins(sentence("So it is.")),
    ];
    let frame = frame_in("Il pleut. Il vente.\nMétéo\nFin.", &units, english, |_| None);
    assert_eq!(frame.source(), ["Il pleut.", "Il vente.", "Fin."]);
    assert_eq!(frame.target(), ["It’s raining.", "It’s windy.", "End.", "Really.", "So it is."]);
    assert_eq!(frame.breaks(), (vec![0, 2], vec![0, 2, 4]));
    let linked = place(frame, &[link(0..1, 0..1, 0.9), link(1..2, 1..2, 0.9), link(2..3, 2..5, 0.9)]);
    assert_eq!(
        shown(&linked),
        [
            "Aligned(1, 1): Il pleut. = It’s raining.",
            "Aligned(1, 1): Il vente. = It’s windy.",
            "Kept: Météo = ",
            "Boilerplate:  = Subscribe now.",
            "Aligned(1, 3): Fin. = End.|Really.|So it is.",
        ]
    );
}

#[test]
fn a_persons_english_that_the_text_has_is_known_whatever_its_quotes_and_spaces() {
    let known = typed("Il dit « oui ».", "He says  “yes”, and it's so.");
    let units = [french("Il pleut."), known.clone(), french("Fin.")];
    let english = sentences(&["It’s raining.", "He says \"yes\", and it’s so.", "End."]);
    let frame = frame(&units, english);
    assert_eq!(frame.fixed(), [(1..2, 1..2)]);
    let linked = place(frame, &[]);
    assert_eq!(shown(&linked)[1], "Known: Il dit « oui ». = He says  “yes”, and it's so.");
    assert_eq!(linked.units[1], known);
}

#[test]
fn english_of_many_sentences_is_known_word_for_word_as_long_as_it_ends_where_one_does() {
    let texts = unlike(7);
    let english: Vec<EnglishSentence> = texts.iter().map(|text| sentence(text)).collect();
    let units = |en: &str| [french("Un."), typed("Deux.", en), french("Trois.")];
    let whole = joined(&texts[1..6]);
    assert_eq!(frame(&units(&whole), english.clone()).fixed(), [(1..2, 1..6)]);
    // Without its end it is only much like the text, and four sentences at most are held against it.
    let short = whole.rsplit_once(' ').unwrap().0;
    assert_eq!(frame(&units(short), english).fixed(), [(1..2, 1..5)]);
}

#[test]
fn a_persons_english_that_stands_elsewhere_in_the_text_is_not_aligned_again() {
    let units = [
        typed("Un.", "This one was put first."),
        typed("Deux.", "This is the second one."),
        typed("Trois.", "And this is the third."),
        typed("Quatre.", "So it goes."),
        french("Cinq."),
    ];
    let english = [
        "So it goes.",
        "This is the second one.",
        "And this is the third.",
        "This one was put first.",
        "And this is new.",
    ];
    let frame = frame(&units, sentences(&english));
    // A few words may stand anywhere: `So it goes.` is not spoken for.
    assert_eq!(frame.target(), [english[0], english[1], english[2], english[4]]);
    assert_eq!(frame.fixed(), [(1..2, 1..2), (2..3, 2..3)]);
}

#[test]
fn english_that_a_person_corrected_is_found_near_where_it_is_expected_and_not_far_away() {
    let texts = unlike(101);
    let english: Vec<EnglishSentence> = texts.iter().map(|text| sentence(text)).collect();
    let corrected = |at: usize| format!("{} Indeed", texts[at]);
    let article = |corrected_at: usize, en: String| {
        let mut units: Vec<Unit> = (0..101).map(|at| french(&format!("Phrase {at}."))).collect();
        units[corrected_at] = typed(&format!("Phrase {corrected_at}."), &en);
        units
    };
    let fixed = |units: &[Unit]| frame(units, english.clone()).fixed().to_vec();
    assert_eq!(fixed(&article(98, corrected(100))), [(98..99, 100..101)]);
    assert_eq!(fixed(&article(0, corrected(100))), []);
    // It may be of several sentences.
    let both = format!("{} {}", corrected(3), texts[4]);
    assert_eq!(fixed(&article(5, both.clone())), [(5..6, 3..5)]);
    // What was known last tells where it is expected.
    let mut units = article(5, both);
    units[1] = typed("Phrase 1.", &texts[70]);
    assert_eq!(fixed(&units), [(1..2, 70..71)]);
    units[5] = typed("Phrase 5.", &corrected(80));
    assert_eq!(fixed(&units), [(1..2, 70..71), (5..6, 80..81)]);
}

#[test]
fn english_alone_of_a_persons_is_known_only_if_it_is_content() {
    let said = "Nobody in Paris says so.";
    for (kind, fixed) in [(Kind::Body, vec![(1..1, 1..2)]), (Kind::Credit, Vec::new())] {
        let units = [french("Il pleut."), Unit { kind, ..alone(said, 0) }, french("Fin.")];
        let frame = frame(&units, sentences(&["It’s raining.", said, "End."]));
        assert_eq!(frame.fixed(), fixed, "{kind:?}");
        let links = [link(0..1, 0..1, 0.9), link(1..1, 1..2, 0.9), link(1..2, 2..3, 0.9)];
        let linked = place(frame, &links);
        let said = linked.units.iter().filter(|unit| unit.english() == said).count();
        assert_eq!(said, if fixed.is_empty() { 2 } else { 1 }, "{kind:?}");
    }
}

#[test]
fn english_alone_of_a_persons_stands_where_the_text_has_it_among_what_is_left_over() {
    let said = ["Nobody in Paris says so.", "And nobody in Lyon either."];
    let units = [french("Il pleut."), alone(said[0], 0), alone(said[1], 1), french("Fin.")];
    let english = ["It’s raining.", "One more.", said[0], "Another one.", said[1], "The last one.", "End."];
    let frame = frame(&units, sentences(&english));
    assert_eq!(frame.fixed(), [(1..1, 2..3), (1..1, 4..5)]);
    let mut links: Vec<Link> = (1..6).map(|at| link(1..1, at..at + 1, 0.9)).collect();
    links.insert(0, link(0..1, 0..1, 0.9));
    links.push(link(1..2, 6..7, 0.9));
    assert_eq!(
        shown(&place(frame, &links)),
        [
            "Aligned(1, 1): Il pleut. = It’s raining.",
            "Aligned(0, 1):  = One more.",
            "Known:  = Nobody in Paris says so.",
            "Aligned(0, 1):  = Another one.",
            "Known:  = And nobody in Lyon either.",
            "Aligned(0, 1):  = The last one.",
            "Aligned(1, 1): Fin. = End.",
        ]
    );
}

#[test]
fn what_stands_elsewhere_and_once_more_is_spoken_for_once() {
    let texts =
        ["This one was put first.", "This is the second one.", "And this is the third.", "This is new."];
    let mut units: Vec<Unit> =
        ["Un.", "Deux.", "Trois."].iter().zip(texts).map(|(fr, en)| typed(fr, en)).collect();
    units.extend([french("Quatre."), french("Cinq.")]);
    let english = [texts[1], texts[2], texts[0], texts[3], texts[0]];
    let frame = frame(&units, sentences(&english));
    assert_eq!(frame.target(), [texts[1], texts[2], texts[3], texts[0]]);
}
