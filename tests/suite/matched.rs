//! Carry-over by small scenes: which of an article's units each sentence of its new text is found to be, and where one
//! that several have words in is cut.

use enregard::bitext::{Alignment, Kind, Segmentation, Sentence, Span, UnitId};
use enregard::revise::carry;

use crate::carried::{BUDGET, RAIN, WIND, article, carried, stem};

const CAT: &str = "Le chat dort.";

/// An article of these units, each with its number (from 1) as English, and their ids.
///
/// `°` before the French: nobody gave it English. `†`: it is an orphan by now, of one sentence as those in the text then are.
fn scene(old: &[&str]) -> (Alignment, Vec<UnitId>) {
    let number =
        |(nth, fr): (usize, &&str)| if fr.starts_with('°') { String::new() } else { (nth + 1).to_string() };
    let numbers: Vec<String> = old.iter().enumerate().map(number).collect();
    let units: Vec<(&str, &str)> =
        old.iter().zip(&numbers).map(|(fr, en)| (fr.trim_start_matches(['°', '†']), en.as_str())).collect();
    let whole = article(&units);
    let ids = whole.units().iter().map(|unit| unit.id).collect();
    let left: Vec<&str> =
        old.iter().filter(|fr| !fr.starts_with('†')).map(|fr| fr.trim_start_matches('°')).collect();
    (if left.len() < old.len() { carried(&whole, &left).0 } else { whole }, ids)
}

/// The stretches of the new text, each with the number of its unit or `-`, then the orphans.
fn stretches(old: &[&str], now: &[&str]) -> Vec<(String, Vec<String>)> {
    let (before, ids) = scene(old);
    let number =
        |id| ids.iter().position(|own| *own == id).map_or("-".to_owned(), |nth| (nth + 1).to_string());
    let (after, _) = carried(&before, now);
    after.units().iter().map(|unit| (number(unit.id), unit.fr.to_vec())).collect()
}

/// The numbers of the units by their sentences, `-` for a new one, `†` before an orphan's.
fn whose(old: &[&str], now: &[&str]) -> String {
    let tell = |(number, fr): (String, Vec<String>)| match fr.len() {
        0 => format!("†{number}"),
        sentences => vec![number; sentences].join("|"),
    };
    stretches(old, now).into_iter().map(tell).collect::<Vec<_>>().join(" ")
}

/// One sentence cut into the stretches of its units.
fn cut(old: &[&str], now: &str) -> Vec<String> {
    let tell = |(number, fr): (String, Vec<String>)| format!("{number}: {}", fr.join("|"));
    stretches(old, &[now]).into_iter().map(tell).collect()
}

// Sentences that are found as they are.

#[test]
fn a_moved_unit_goes_on_where_the_one_before_it_was_found() {
    let (boat, gate) = ("Le bateau part.", "La gare ferme.");
    let two = "Le bateau part.|La gare ferme.";
    assert_eq!(
        whose(
            &[boat, "Oui.", gate, "Oui.", RAIN, WIND, BUDGET],
            &[RAIN, WIND, BUDGET, gate, "Oui.", boat, "Oui."]
        ),
        "5 6 7 3 4 1 2"
    );
    assert_eq!(whose(&[RAIN, WIND, BUDGET, two], &[boat, gate, RAIN, WIND, BUDGET]), "4|4 1 2 3");
    assert_eq!(whose(&["Oui.", "Oui."], &["Non !", "Oui.", "Non !"]), "- 1 - †2");
}

#[test]
fn a_refrain_of_two_sentences_is_found_whole_in_each_of_many_places_that_it_was_moved_to() {
    // More of them than places are tried for one.
    const TIMES: usize = 26;
    let (snow, hail) = ("Il neige.", "Il grêle.");
    let refrain = format!("{snow}|{hail}");
    let gone: Vec<String> = (0..TIMES).map(|nth| format!("°Reste {nth}.")).collect();
    let mut old: Vec<&str> = gone.iter().flat_map(|gone| [&*refrain, gone]).collect();
    old.extend([RAIN, WIND]);
    let now = [&[RAIN, WIND], [[snow, hail]; TIMES].as_flattened()].concat();
    let found: Vec<String> = (0..TIMES).map(|nth| format!("{0}|{0}", 2 * nth + 1)).collect();
    assert_eq!(whose(&old, &now), format!("53 54 {}", found.join(" ")));
}

#[test]
fn a_changed_sentence_stays_where_it_is_though_what_it_was_stands_twice_elsewhere() {
    let changed = "Le ministre annonce une hausse brutale du budget militaire.";
    assert_eq!(whose(&[BUDGET, RAIN, WIND, CAT], &[changed, RAIN, WIND, CAT, BUDGET, BUDGET]), "1 2 3 4 - -");
}

#[test]
fn words_are_compared_beside_a_sentence_that_was_moved() {
    let accord = "Un pêcheur signe un accord.";
    assert_eq!(
        whose(&["Fin.", accord, "Oui."], &["La ministre veut un accord. Oui. Fin.", "Oui.", accord]),
        "1 3 2"
    );
}

#[test]
fn a_sentence_that_is_exactly_an_orphans_gives_no_words_to_another() {
    assert_eq!(whose(&["Il pleut.", "†Selon Paul, il pleut."], &["Selon Paul, il pleut."]), "2 †1");
    let rise = "Le maire annonce une hausse brutale du budget communal.";
    let long = "Selon nos sources, le maire annonce ici une hausse très légère des impôts devant plusieurs élus réunis \
                depuis lundi matin par la préfecture, où des syndicats inquiets attendaient une réponse.";
    assert_eq!(whose(&[rise, RAIN, &format!("†{BUDGET}")], &[BUDGET, long, RAIN]), "3 1 2");
}

#[test]
fn a_sentence_of_a_unit_without_english_goes_to_one_with_english_that_is_much_liker() {
    let denied = "Le ministre n'annonce pas une hausse brutale du budget scolaire.";
    let told = "°Selon un conseiller, le ministre envisage une hausse du budget scolaire dès lundi matin.";
    let found = |old: &[&str]| whose(old, &[RAIN, denied, WIND]);
    assert_eq!(found(&[BUDGET, RAIN, told, WIND]), "2 1 4");
    assert_eq!(found(&[&format!("†{BUDGET}"), RAIN, told, WIND]), "2 1 4");
    // One that is nearly as like, or has English of its own, keeps it; and one without English is no reason.
    let nearly = "°Le ministre annonce demain une hausse du budget scolaire.";
    assert_eq!(found(&[BUDGET, RAIN, nearly, WIND]), "2 3 4 †1");
    assert_eq!(found(&[BUDGET, RAIN, told.trim_start_matches('°'), WIND]), "2 3 4 †1");
    assert_eq!(found(&[&format!("°{BUDGET}"), RAIN, told, WIND]), "2 3 4");
    // Nor does one give way to another that is not much like the sentence itself.
    let other = "Le préfet annonce une hausse modeste du budget communal.";
    assert_eq!(whose(&[BUDGET, RAIN, "°Une hausse surprend.", WIND], &[RAIN, other, WIND]), "2 3 4 †1");
    // What is still in its place stays there.
    let cuts = "Le ministre annonce une hausse brutale des loyers, des taxes et des tarifs.";
    assert_eq!(whose(&[BUDGET, RAIN, told, WIND], &[cuts, RAIN, denied, WIND]), "1 2 3 4");
}

#[test]
fn of_several_units_without_english_that_have_a_sentence_all_give_way_or_none() {
    let denied = "Oui, le ministre n'annonce pas une hausse brutale du budget scolaire.";
    let told = "°Selon un conseiller, le ministre envisage une hausse du budget scolaire dès lundi matin.";
    let nearly = "°Le ministre annonce demain une hausse du budget scolaire.";
    let found =
        |first: &str, second: &str| whose(&[BUDGET, RAIN, first, second, WIND], &[RAIN, denied, WIND]);
    assert_eq!(found("°Oui.", told), "2 1 5");
    assert_eq!(found("°Oui.", nearly), "2 4 5 †1");
    let last = "Le ministre n'annonce pas une hausse brutale du budget scolaire. Oui.";
    assert_eq!(whose(&[BUDGET, RAIN, nearly, "°Oui.", WIND], &[RAIN, last, WIND]), "2 3 5 †1");
}

// How much of a unit or of a sentence is more than chance.

#[test]
fn a_few_words_of_a_unit_make_no_sentence_its_own() {
    let market = "Le marché de la ville ouvre ce matin et demain.";
    assert_eq!(
        whose(&[market, RAIN], &["Le marché de la ville ouvre ce matin.", "Et demain !", RAIN]),
        "1 - 2"
    );
    let both = "Le ministre annonce une réforme des retraites et une hausse brutale du budget scolaire.";
    let other = "Le maire de Lyon refuse une hausse brutale des loyers.";
    assert_eq!(
        whose(&[both, RAIN], &["Le ministre annonce une réforme des retraites.", other, RAIN]),
        "1 - 2"
    );
}

#[test]
fn of_a_unit_one_sentence_of_which_stands_unchanged_only_the_rest_is_looked_for() {
    let grown = "Il pleut sur la côte bretonne depuis trois longues semaines.";
    let two = format!("{BUDGET}|{RAIN}");
    assert_eq!(whose(&[&two, WIND], &[BUDGET, grown, WIND]), "1|1 2");
    assert_eq!(whose(&["Oui.|Le maire refuse la fontaine."], &["Oui.", "Le maire signe."]), "1 -");
}

// What was moved and changed as well.

#[test]
fn a_sentence_that_others_have_all_but_small_words_of_is_nobody_elses() {
    assert_eq!(whose(&["°Le train part demain.", "Oui."], &["Oui, le train part demain."]), "1 †2");
    assert_eq!(whose(&["Oui !", "Non."], &["Non. Oui !"]), "1 †2");
}

#[test]
fn a_sentence_between_its_neighbours_needs_a_quarter_of_a_unit() {
    assert_eq!(whose(&["Oui, dit-il."], &["Oui !"]), "1");
    assert_eq!(whose(&["Le maire de Lyon rouvre la route."], &["Elle rouvre hier !"]), "1");
    assert_eq!(whose(&["La gare attend deux jours."], &["Demain la foire dure deux mois."]), "- †1");
    // Not at the other end of the text.
    assert_eq!(whose(&[RAIN, BUDGET], &["Le ministre visite une école au budget réduit.", RAIN]), "- 1 †2");
}

#[test]
fn a_sentence_beside_its_neighbour_is_preferred_to_one_elsewhere_that_is_little_likelier() {
    let rise = "Le musée attend une hausse brutale du budget scolaire avec les élus avant la nuit.";
    let less = "Paul promet une hausse brutale du budget militaire.";
    let more = "Le maire refuse une hausse brutale des retraites avec les élus depuis deux jours.";
    assert_eq!(whose(&[RAIN, rise], &[RAIN, less, more]), "1 - 2");
    let secret = "Le musée oublie un accord secret du village depuis deux jours.";
    let (here, there) = (
        "Le musée promet une réforme profonde du village.",
        "Un berger visite un accord secret du village en 2019.",
    );
    assert_eq!(whose(&[RAIN, secret, WIND], &[RAIN, here, WIND, there]), "1 2 3 -");
}

#[test]
fn a_unit_of_which_most_stands_in_its_place_is_not_looked_for_elsewhere() {
    let lady = "La vieille dame oublie la fontaine des routes à Lyon hier.";
    let here = "Hier, la vieille dame oublie la fontaine des routes à pied.";
    let beside = "La vieille dame oublie la fontaine des routes : Lyon hier.";
    assert_eq!(whose(&[RAIN, lady, WIND], &[RAIN, here, beside, WIND]), "1 2 - 3");
    // Three quarters are enough, though all of its words stand elsewhere; less is not.
    let moved =
        |own: &str, here: &str| whose(&[own, RAIN], &[here, RAIN, CAT, &own.replacen("Trois", "trois", 1)]);
    assert_eq!(moved("Trois ponts rouges ferment", "Trois ponts rouges tombent"), "1 2 - -");
    assert_eq!(
        moved(
            "Trois grands ponts rouges ferment demain matin",
            "Trois grands ponts rouges ferment jeudi soir"
        ),
        "- 2 - 1"
    );
}

#[test]
fn two_fifths_of_a_unit_in_its_place_keep_it_there_and_less_does_not() {
    assert_eq!(
        whose(&["On rouvre hier.", RAIN], &["Une porte rouvre !", RAIN, CAT, "On dort hier.", "Fin."]),
        "1 2 - - -"
    );
    let elsewhere = "Hier une hausse brutale du budget inquiète Paris et Lyon.";
    assert_eq!(whose(&[BUDGET, RAIN], &["Le ministre annonce.", RAIN, elsewhere]), "- 2 1");
}

#[test]
fn a_moved_unit_is_found_at_an_edge_of_a_longer_sentence_if_it_is_as_it_was() {
    let at_end = "Le musée ferme pour trois longues semaines à Lyon.";
    assert_eq!(whose(&["Lyon.", RAIN], &[RAIN, at_end]), "2 1");
    assert_eq!(
        whose(&["Demain.", RAIN], &[RAIN, "Demain. Le musée ferme pour trois longues semaines"]),
        "2 1 -"
    );
    // Not if it was typed in other letters.
    let other = "Le musée ferme pour trois longues semaines, demain.";
    assert_eq!(whose(&["Demain.", RAIN], &[RAIN, other]), "2 - †1");
}

#[test]
fn a_long_sentence_elsewhere_must_have_all_of_a_unit_or_three_quarters_of_a_longer_one() {
    let boat = "Le bateau part demain.";
    let with_boat =
        "Selon Paul, le grand bateau blanc part bien demain, avec les enfants heureux du village.";
    assert_eq!(whose(&[boat, RAIN], &[RAIN, CAT, with_boat, "Fin."]), "2 - 1 -");
    let school = "Le maire promet une école rurale.";
    let with_school =
        "Le musée promet une école rurale, mais le train de nuit refuse deux ponts avec les élus.";
    assert_eq!(whose(&[school, RAIN], &[RAIN, CAT, with_school, "Fin."]), "2 - - - †1");
}

#[test]
fn a_long_sentence_behind_the_unit_before_must_have_as_much_and_a_few_words_are_not_enough() {
    let with_train = "Après trois années de travaux et de promesses, le petit train bleu des vacances part enfin pour la \
                      grande montagne avec tous les enfants heureux, une petite foule et la gare applaudit leur départ \
                      matinal.";
    let behind = |fr: &str| whose(&[RAIN, fr, WIND, BUDGET], &[WIND, BUDGET, RAIN, with_train]);
    assert_eq!(behind("Le train part."), "3 4 1 2");
    assert_eq!(behind("Le grand train de nuit quitte la petite gare rouge."), "3 4 1 - †2");
    let taxes = "Le ministre annonce mercredi une hausse brutale du budget scolaire et des taxes.";
    assert_eq!(whose(&[RAIN, taxes], &[RAIN, CAT, "Le budget !"]), "1 - - †2");
}

#[test]
fn of_many_sentences_with_a_word_of_it_a_unit_goes_on_with_the_one_that_has_most() {
    let verbs = [
        "dort", "mange", "lit", "rit", "boit", "crie", "chante", "danse", "court", "nage", "saute", "pleure",
        "vote",
    ];
    let others = verbs.map(|verb| format!("Le ministre {verb}."));
    let changed = "Le ministre annonce une hausse brutale du budget militaire.";
    let mut now: Vec<&str> = others.iter().map(String::as_str).collect();
    now.extend([changed, RAIN]);
    assert_eq!(whose(&[RAIN, BUDGET], &now), format!("{}2 1", "- ".repeat(verbs.len())));
}

#[test]
fn marks_alone_find_no_moved_unit() {
    assert_eq!(whose(&["* * *", RAIN, WIND], &[RAIN, WIND, "* *"]), "2 3 - †1");
}

#[test]
fn an_orphan_comes_back_with_the_likest_sentence_wherever_it_stands_and_with_none_that_is_half_like_it() {
    let (more, less) = (
        "Le ministre annonce une hausse brutale du budget militaire.",
        "Le ministre annonce une petite hausse brutale du budget militaire.",
    );
    assert_eq!(whose(&[RAIN, &format!("†{BUDGET}")], &[more, RAIN, less]), "2 1 -");
    assert_eq!(
        whose(&[RAIN, "†Le préfet ferme une école rurale."], &[RAIN, "Un berger refuse une école rurale."]),
        "1 - †2"
    );
}

// Where a sentence is cut that several units have words in.

#[test]
fn a_cut_falls_where_it_reads_best() {
    let wind = "Hier le vent du nord souffle fort depuis deux jours.";
    let dots = "… le vent du nord souffle fort depuis deux jours.";
    for (old, first, second) in [
        // Where a unit began or ended,
        ([RAIN, WIND], "Il pleut sur la ville donc ", "le vent du nord souffle fort depuis deux jours."),
        (["Le grand marché", RAIN], "Le grand marché ", "et il pleut sur la ville."),
        // in a space,
        ([RAIN, wind], "Il pleut sur la ville-lumière ", "un vent du nord souffle fort depuis deux jours."),
        // behind a mark that closes, not before one,
        ([RAIN, wind], "Il pleut sur la ville…", "un vent du nord souffle fort depuis deux jours."),
        ([RAIN, dots], "Il pleut sur la ville !", "… le vent du nord souffle fort depuis deux jours."),
        // before one that opens, not behind it.
        ([RAIN, WIND], "Il pleut sur la ville", "« le vent du nord souffle fort depuis deux jours »."),
    ] {
        let wanted = [format!("1: {}", first.trim_end()), format!("2: {second}")];
        assert_eq!(cut(&old, &format!("{first}{second}")), wanted);
    }
}

#[test]
fn parts_stand_in_the_order_of_most_of_their_words() {
    let small = "Il y est, on le lui a dit, et il n’en a pas ri";
    let reforms = "Paul annonce mercredi trois réformes profondes";
    assert_eq!(
        cut(&[&format!("{small}."), reforms], &format!("{small}, {reforms}")),
        [format!("1: {small},"), format!("2: {reforms}")]
    );
    let (port, mayor) = ("Le port ferme.", "Hier le maire de Lyon part en Italie.");
    let now = "Hier le port ferme et le maire de Lyon part en Italie.";
    assert_eq!(whose(&[port, RAIN, mayor], &[now, RAIN]), "1 3 2");
}

#[test]
fn a_unit_most_of_whose_words_lie_in_anothers_part_has_none_of_its_own() {
    let now = "Paul ferme et le musée promet la petite gare, son jardin.";
    let old = ["Paul ferme la petite gare.", "Le musée promet son jardin."];
    assert_eq!(cut(&old, now), [format!("1: {now}"), "2: ".to_owned()]);
    // Half of them are enough.
    assert_eq!(
        cut(
            &["Paul quitte la gare.", "Le musée promet un grand jardin vert."],
            "Pour Paul, le musée promet un grand jardin vert, une gare !"
        ),
        ["2: Pour Paul, le musée promet un grand jardin vert,", "1: une gare !"]
    );
}

#[test]
fn a_unit_without_english_has_a_part_of_a_sentence_only_where_it_clearly_stands_there() {
    let rain = "1: Il pleut sur la ville.";
    assert_eq!(
        cut(&[RAIN, "°Le train de nuit part."], "Il pleut sur la ville, le train de Lyon part."),
        ["1: Il pleut sur la ville,", "2: le train de Lyon part."]
    );
    // At an edge of the sentence it may be short.
    assert_eq!(cut(&[RAIN, "°Et après ?"], &format!("{RAIN} Et après ?")), [rain, "2: Et après ?"]);
    assert_eq!(cut(&["°Oui.", RAIN], &format!("Oui. {RAIN}")), ["1: Oui.", "2: Il pleut sur la ville."]);
    // Within it not, unless it has four words and marks; and nowhere if it is not as it was.
    let within = |own: &str| cut(&[RAIN, &format!("°{own}"), WIND], &format!("{RAIN} {own} {WIND}"));
    let wind = format!("3: {WIND}");
    assert_eq!(within("Oui."), ["1: Il pleut sur la ville. Oui.", &wind]);
    assert_eq!(within("Et après ?"), ["1: Il pleut sur la ville. Et après ?", &wind]);
    assert_eq!(within("Ah, oui."), [rain, "2: Ah, oui.", &wind]);
    let lower = "Le ministre annonce une hausse brutale du budget scolaire, et après ?";
    assert_eq!(cut(&[BUDGET, "°Et après ?"], lower), [format!("1: {lower}")]);
}

#[test]
fn of_units_without_english_in_a_row_the_greatest_has_the_part_and_of_equals_the_first() {
    let (train, gate, dog) = ("Le train part.", "La gare de Lyon ferme demain.", "Le chien dort.");
    for (first, second, wanted) in [(train, gate, "1 3"), (gate, train, "1 2"), (train, dog, "1 2")] {
        let old = [RAIN, &format!("°{first}"), &format!("°{second}")];
        assert_eq!(whose(&old, &[&format!("{RAIN} {first} {second}")]), wanted);
    }
}

#[test]
fn what_is_put_behind_a_heading_begins_with_a_capital_a_number_or_a_quotation_mark_behind_a_space() {
    for new in ["Il pleut fort.", "25 bateaux quittent le port.", "« Il pleut sur la ville. »"] {
        let wanted = ["1: Le grand marché".to_owned(), format!("-: {new}")];
        assert_eq!(cut(&["Le grand marché"], &format!("Le grand marché {new}")), wanted);
    }
    let grown = "Le grand marché« Il pleut sur la ville. »";
    assert_eq!(cut(&["Le grand marché"], grown), [format!("1: {grown}")]);
}

// One place for each unit.

#[test]
fn two_new_sentences_between_those_of_a_unit_are_taken_into_it_and_three_part_it() {
    let two = &format!("{RAIN}|{WIND}");
    let south = "Le vent du sud souffle fort depuis deux jours.";
    for (now, wanted) in [
        (&[RAIN, CAT, "La gare ferme.", WIND][..], "1|1|1|1"),
        (&[RAIN, CAT, "La gare ferme.", "Fin.", WIND], "- - - - 1"),
        (&[BUDGET, CAT, RAIN, south], "- - 1|1"),
    ] {
        assert_eq!(whose(&[two], now), wanted);
    }
    // What stands together is counted together, but this is less than the long one.
    let three = format!("{WIND}|{CAT}|Le chien mange.");
    assert_eq!(whose(&[&three], &[WIND, "Un.", "Deux.", "Trois.", CAT, "Le chien mange."]), "1 - - - - -");
}

#[test]
fn a_part_of_a_sentence_whose_unit_is_elsewhere_goes_with_the_rest_of_the_sentence() {
    let old = "Le maire annonce une hausse du budget, puis il défend une réforme profonde des vignes.";
    let here = "Le maire annonce une hausse du budget et parle.";
    let rest = "Puis il défend une réforme profonde, il pleut sur la ville.";
    assert_eq!(whose(&[old, RAIN], &[here, "Paul dort.", CAT, "Des enfants chantent.", rest]), "1 - - - 2");
}

#[test]
fn the_kind_of_a_unit_is_that_of_its_first_sentence_that_is_content() {
    let kind = |kinds: [Kind; 2]| {
        let (old, _) = scene(&["Le grand marché|Il pleut sur la ville."]);
        let text = "Le grand marché Il pleut sur la ville.";
        let [first, second] = [Span::new(0, 16), Span::new(17, text.len())];
        let sentence = |(span, kind)| Sentence { span, kind, paragraph: 0 };
        let sentences = [first, second].into_iter().zip(kinds).map(sentence).collect();
        carry(&old, &stem(), text, Segmentation::new(text, sentences).unwrap()).0[0].kind
    };
    assert_eq!(kind([Kind::Label, Kind::Heading]), Kind::Heading);
    assert_eq!(kind([Kind::Heading, Kind::Body]), Kind::Heading);
    assert_eq!(kind([Kind::Label, Kind::Credit]), Kind::Label);
}

#[test]
fn english_is_no_orphan_where_its_french_stands_as_it_was() {
    let two = format!("{RAIN}|Il neige.");
    let now = [RAIN, "Paul dort.", CAT, "Des enfants chantent.", "Il neige.", WIND];
    assert_eq!(whose(&["Il neige.", &two, WIND], &now), "2 - - - 1 3");
}

#[test]
fn all_words_of_units_without_english_in_a_row_are_in_their_part() {
    let (train, gate) = ("Le train part.", "La gare de Lyon ferme demain.");
    assert_eq!(
        cut(&[RAIN, &format!("°{train}"), &format!("°{gate}")], &format!("{RAIN} {train} {gate}")),
        [format!("1: {RAIN}"), format!("3: {train} {gate}")]
    );
}
