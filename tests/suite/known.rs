//! A whole English text beside an article: what is known of it beforehand, and what is left to the aligner.

use enregard::bitext::{Kind, Status, Unit, joined};

use crate::beads::{aligned, frame, frame_in, french, id, ids, link, place, sentences, typed, unlike};
use crate::revised::apart;

#[test]
fn a_link_is_cut_where_the_lengths_of_its_sentences_fit() {
    let units = [
        "Il pleut.",
        "Le maire a quitté la salle avant la fin du vote, sans un mot pour la presse.",
        "Oui.",
        "Fin.",
    ]
    .map(apart);
    let english =
        ["The mayor left the room before the end of the vote, without a word to the press.", "Yes."];
    let linked = place(frame(&units, sentences(&english)), &[link(0..4, 0..2, 0.9)]);
    let texts: Vec<String> = linked.units.iter().map(Unit::english).collect();
    assert_eq!(texts, ["", english[0], english[1], ""]);
}

#[test]
fn what_is_known_is_numbered_without_what_stands_elsewhere() {
    let texts = ["The minister is leaving.", "The museum reopens on Saturday.", "So it went on."];
    let units: Vec<Unit> =
        ["Un.", "Deux.", "Trois."].iter().zip(texts).map(|(fr, en)| typed(fr, en)).collect();
    let frame = frame(&units, sentences(&[texts[2], texts[0], texts[1]]));
    assert_eq!(frame.target(), texts[..2]);
    assert_eq!(frame.fixed(), [(0..1, 0..1), (1..2, 1..2)]);
}

#[test]
fn a_sentence_typed_again_and_again_stands_in_no_ones_way() {
    let [again, one, other] = ["And so on it goes.", "The minister is leaving.", "The museum reopens."];
    let english = [again, again, again, one, other];
    let units: Vec<Unit> =
        english.iter().enumerate().map(|(at, en)| typed(&format!("Phrase {at}."), en)).collect();
    let frame = frame(&units, sentences(&[one, other, again]));
    assert_eq!(frame.fixed(), [(3..4, 0..1), (4..5, 1..2)]);
}

#[test]
fn english_of_several_sentences_is_known_if_every_letter_of_it_is_there() {
    let text = [
        "It is raining in Lyon.",
        "The minister announces a new tax on boats.",
        "Fishermen in Brittany are furious.",
    ];
    let fixed = |en: &str| frame(&[french("Un."), typed("Deux.", en)], sentences(&text)).fixed().to_vec();
    let both = joined(&text[1..].iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    assert_eq!(fixed(&both), [(1..2, 1..3)]);
    // As long, and with the same beginning.
    let other = "The minister announces a journey through Spain that nobody ever asked him for";
    assert_eq!((other.len(), &other[..24]), (both.len(), &both[..24]));
    assert_eq!(fixed(other), []);
}

#[test]
fn what_an_aligner_put_beside_a_heading_of_a_persons_is_not_known_but_aligned_anew() {
    let mut heading = aligned("La pluie", "It rains and rains.");
    heading.more.set.kind = true;
    let skipped = Unit { status: Status::Skipped, ..french("Fin.") };
    let frame = frame(&[heading, skipped], sentences(&["It rains and rains.", "End."]));
    assert_eq!(frame.fixed(), []);
}

#[test]
fn corrected_english_is_found_from_the_first_sentence_on_and_not_in_a_later_place_that_says_the_same() {
    let text =
        ["The mayor is leaving the town hall now.", "It rains.", "The mayor is leaving the town hall now."];
    let units =
        [typed("Le maire quitte la mairie.", "The mayor is now leaving the old town hall."), french("Fin.")];
    assert_eq!(frame(&units, sentences(&text)).fixed(), [(0..1, 0..1)]);
}

#[test]
fn of_two_equal_places_corrected_english_has_the_nearest() {
    let again = "The mayor is leaving the town hall now.";
    let text = [again, "It rains in Lyon.", again, "It snows in Paris.", again];
    let mut units = ["Un.", "Deux.", "Trois.", "Quatre.", "Cinq."].map(french);
    units[2] = typed("Trois.", "The mayor is now leaving the old town hall.");
    assert_eq!(frame(&units, sentences(&text)).fixed(), [(2..3, 2..3)]);
    // As far behind what is known as it should be, and of two as far the first.
    units[0] = typed("Un.", text[1]);
    assert_eq!(frame(&units, sentences(&text)).fixed(), [(0..1, 1..2), (2..3, 2..3)]);
}

#[test]
fn corrected_english_is_expected_as_far_behind_what_is_known_as_its_french() {
    let texts = unlike(101);
    let english: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut units: Vec<Unit> = (0..101).map(|at| french(&format!("Phrase {at}."))).collect();
    units[50] = typed("Phrase 50.", &texts[50]);
    units[52] = typed("Phrase 52.", &format!("{} Indeed", texts[52]));
    assert_eq!(frame(&units, sentences(&english)).fixed(), [(50..51, 50..51), (52..53, 52..53)]);
}

#[test]
fn a_sentence_whose_id_is_lost_gets_its_own_and_is_signed_only_with_english() {
    let mut forgotten = aligned("Il vente.|Il pleut.|Il neige.", "It’s windy, raining and snowing.");
    forgotten.more.was_ids.clear();
    let links = [link(0..1, 0..1, 0.9), link(1..2, 1..1, 0.9), link(2..3, 1..2, 0.9), link(3..3, 2..3, 0.9)];
    let linked = place(frame(&[forgotten], sentences(&["It’s windy.", "It’s snowing.", "More."])), &links);
    assert_eq!(ids(&linked)[..3], ["Il vente.", "Il pleut.", "Il neige."].map(id));
    let by: Vec<Option<&str>> = linked.units.iter().map(|unit| unit.by.as_deref()).collect();
    assert_eq!(by, [Some("Ann"), None, Some("Ann"), Some("Ann")]);
}

#[test]
fn a_sentence_that_nobody_joined_keeps_its_kind_whatever_the_splitter_says_now() {
    let units = [french("La pluie."), french("Fin.")];
    let frame = frame_in("La pluie.\nFin.", &units, sentences(&["Rain.", "End."]), |_| Some(Kind::Heading));
    assert!(place(frame, &[]).units.iter().all(|unit| unit.kind == Kind::Body));
}

#[test]
fn corrected_english_has_its_short_first_sentence_too() {
    let mayor = "The mayor of Lyon is leaving the town hall today.";
    for (first, second, en) in [
        ("Yes.", mayor, "Yes. The mayor of Lyon leaves the town hall today."),
        // One letter and many marks.
        ("“I … !”", mayor, "“I … !” The mayor of Lyon leaves the town hall today."),
        // One word of it is left.
        (
            "Snow came again.",
            "The mayor shuts every school.",
            "It snowed again. The mayor closed every school.",
        ),
    ] {
        let units = [typed("Oui. Le maire de Lyon quitte la mairie.", en), french("Fin.")];
        let found = frame(&units, sentences(&[first, second, "End."]));
        assert_eq!(found.fixed(), [(0..1, 0..2)], "{en}");
    }
}
