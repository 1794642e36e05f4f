//! What no case file of `sentences` and `kinds` can hold: hard wraps, very long paragraphs, lost line breaks, SRX files,
//! and which rule is named.

use std::convert::Infallible;

use enregard::bitext::{Kind, Lang};
use enregard::segment::unwrap::{Text, train};
use enregard::segment::{
    Class, Decision, Segmenter, Srx, Verdict, all_rules, explain, paragraphs, segment, try_each_sentence,
    version,
};

#[test]
fn the_version_of_the_rules_names_its_language() {
    for lang in [Lang::Fr, Lang::En] {
        let (code, number) = version(lang).split_once('/').unwrap();
        assert_eq!(code, lang.code());
        assert!(number.parse::<u32>().unwrap() >= 1);
    }
}

#[test]
fn a_paragraph_of_more_than_a_mebibyte_is_split_as_its_sentences_are() {
    let sentence = "Le conseil a voté le budget, et la mairie l’a publié. ";
    let times = (1 << 20) / sentence.len() + 1;
    // First, the long paragraph fills more than one look at the text by itself; later, it stands behind another.
    for before in ["", "Un premier paragraphe, plus court. "] {
        let text = format!("{before}\n{}\nUn dernier paragraphe.", sentence.repeat(times));
        let (mut sentences, mut paragraph) = (0, 0);
        let done = try_each_sentence(&text, &Segmenter::new(Lang::Fr), |found| {
            sentences += 1;
            paragraph = found.paragraph;
            Ok::<(), Infallible>(())
        });
        assert!(done.is_ok());
        let short = usize::from(!before.is_empty());
        assert_eq!((sentences, paragraph as usize), (times + 1 + short, 1 + short));
    }
}

fn of_paragraphs(text: &str) -> Vec<String> {
    let spans = paragraphs(text).spans;
    spans.iter().map(|span| span.of(text).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

const WRAPPED: &str = "\
La bibliothèque municipale rouvrira ses portes au mois d’avril, après deux
années de travaux qui ont coûté trois millions d’euros à la commune. Les
lecteurs y trouveront une salle pour les enfants, un jardin, et les livres
anciens que personne n’avait pu consulter depuis l’inondation. Le reste sera
rangé dans la réserve, au sous-sol.
";

#[test]
fn a_wrapped_text_has_the_same_paragraphs_whatever_ends_its_lines() {
    let text = format!("{WRAPPED}\n{WRAPPED}");
    assert_eq!(of_paragraphs(&text).len(), 2);
    for end in ["\r\n", "\r", "\u{2028}"] {
        let found = text.replace('\n', end);
        assert_eq!(of_paragraphs(&found), of_paragraphs(&text), "{end:?}");
    }
}

#[test]
fn a_wide_wrap_is_found_though_accents_make_its_lines_longer_in_bytes_than_in_columns() {
    let text = "\
À l’été dernier, la société des régates a décidé d’élargir sa flotte à des voiliers plus légers, réservés aux élèves
âgés de dix à quinze ans. Les bateaux ont été amenés à l’école de voile dès la mi-août, où des bénévoles les ont
réparés, repeints et baptisés. Les premières sorties ont été menées près de la jetée, à marée haute, car le chenal
n’est pas balisé à cet endroit. L’été prochain, les élèves iront jusqu’à l’île.";
    let found = paragraphs(text);
    assert_eq!(found.wrap.map(|wrap| wrap.columns), Some(116));
    assert_eq!(found.spans.len(), 1);
    assert!(text.lines().any(|line| line.len() > 124));
}

#[test]
fn entries_of_a_list_stay_apart_in_a_wrapped_text_where_a_line_is_full() {
    let lead = "Les abonnés demandent à la mairie, qui n’a pas encore répondu à leur lettre";
    for entry in ["- le", "– le", "• le", "* le", "1. Le", "12) Le", "123. Le"] {
        let text = format!("{WRAPPED}\n{lead} :\n{entry} prêt gratuit.");
        assert_eq!(of_paragraphs(&text).len(), 3, "{entry}");
    }
    // A year is no number of an entry; a bracket or a dash that touches its word, a letter, a lone mark are none either.
    for goes_on in ["2026. Le", "(le", "-le", "A. Le", ". Le", ") Le"] {
        let text = format!("{WRAPPED}\n{lead},\n{goes_on} prêt gratuit.");
        assert_eq!(of_paragraphs(&text).len(), 2, "{goes_on}");
    }
}

#[test]
fn what_is_glued_to_a_paragraph_is_explained_by_its_own_rule() {
    let text = "Le port rouvre\n\
        Le siège du port, à Brest, en Bretagne.   JUSTIN ROY / AFP\n\
        date 2026-01-14 Les bateaux sont de retour au port depuis l’aube. (AFP)";
    let decisions = explain(text, &Segmenter::new(Lang::Fr));
    let kinds = decisions.iter().filter(|decision| matches!(decision.verdict, Verdict::Is(_)));
    let found: Vec<(&str, &str)> = kinds.map(|decision| (decision.span.of(text), decision.rule)).collect();
    let expected = [
        ("Le port rouvre", "title"),
        ("Le siège du port, à Brest, en Bretagne.", "caption-with-credit"),
        ("JUSTIN ROY / AFP", "glued-credit"),
        ("date 2026-01-14", "glued-date"),
        ("Les bateaux sont de retour au port depuis l’aube.", "text"),
        ("(AFP)", "glued-agency"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_rule_that_decides_a_mark_is_in_the_list_of_rules_once() {
    let mut names: Vec<&str> = all_rules().iter().map(|rule| rule.name).collect();
    let text = "M. Roy a lu (...) J. K. Rowling, p. 3. Il est 8 h. 30 ! Vraiment ? Oui… L’O.N.U. dort. 1. Rien, etc.";
    let decisions = explain(text, &Segmenter::new(Lang::Fr));
    let marks: Vec<&str> = decisions.iter().skip(1).map(|decision| decision.rule).collect();
    assert!(marks.len() >= 10, "{marks:?}");
    assert!(marks.iter().all(|rule| names.contains(rule)), "{marks:?}");
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
}

#[test]
fn a_paragraph_of_nothing_that_can_be_seen_is_metadata_and_a_silence_is_text() {
    for (own, kind) in
        [("\u{200b}", Kind::Metadata), ("\u{feff}\u{ad}", Kind::Metadata), ("– … –", Kind::Body)]
    {
        let text = format!("Il pleut sur la ville.\n{own}\nIl vente aussi.");
        assert_eq!(segment(&text, Lang::Fr).sentences()[1].kind, kind, "{own:?}");
    }
}

/// The sentences of `text` by an SRX file that has these rules for French.
fn by_srx<'t>(rules: &str, text: &'t str) -> Vec<&'t str> {
    let xml = format!(
        "<srx><body><languagerules><languagerule languagerulename=\"F\">{rules}</languagerule></languagerules>\
         <maprules><languagemap languagepattern=\"fr\" languagerulename=\"F\"/></maprules></body></srx>"
    );
    let segmenter = Segmenter::new(Lang::Fr).srx(Srx::read(&xml, "fr").unwrap());
    segmenter.sentences(text).map(|span| span.of(text)).collect()
}

#[test]
fn srx_rules_are_read_as_icu_reads_them() {
    let text = "Il pleut. Des bottes, etc. ont servi.\u{202f}Elle rit.";
    let cases: [(&str, &[&str]); 6] = [
        // `\h` behind a class, and within one.
        (
            r"<rule><beforebreak>[.]\h</beforebreak><afterbreak>\p{Lu}</afterbreak></rule>",
            &["Il pleut.", "Des bottes, etc. ont servi.", "Elle rit."],
        ),
        (
            r"<rule><beforebreak>[,.][\h]</beforebreak><afterbreak>o|E</afterbreak></rule>",
            &["Il pleut. Des bottes, etc.", "ont servi.", "Elle rit."],
        ),
        (
            r"<rule><beforebreak>\.</beforebreak><afterbreak>\h+D</afterbreak></rule>",
            &["Il pleut.", &text[10..]],
        ),
        // Nothing need stand before.
        (
            r"<rule><beforebreak></beforebreak><afterbreak>etc|Elle</afterbreak></rule>",
            &["Il pleut. Des bottes,", "etc. ont servi.", "Elle rit."],
        ),
        // Without `afterbreak` anything may follow; `break` is yes where nothing is said.
        (
            r#"<rule break="no"><beforebreak>etc\.</beforebreak></rule><rule><beforebreak>\.</beforebreak></rule>"#,
            &["Il pleut.", "Des bottes, etc. ont servi.", "Elle rit."],
        ),
        (
            r"<rule><beforebreak><![CDATA[(?<=s), ]]></beforebreak><afterbreak>&#101;</afterbreak></rule>",
            &["Il pleut. Des bottes,", &text[22..]],
        ),
    ];
    for (rules, expected) in cases {
        assert_eq!(by_srx(rules, text), expected, "{rules}");
    }
}

#[test]
fn a_lost_line_break_is_found_around_a_quotation_and_behind_a_year_or_a_name_but_not_within_brackets() {
    let french = Segmenter::new(Lang::Fr).unwrap(true);
    for text in [
        "La maire parle d’une « grève sans fin »|Les éboueurs demandent une hausse de salaire.",
        "La maire parle d’une \"grève sans fin\"|Les éboueurs demandent une hausse de salaire.",
        "La maire parle d’une \" grève sans fin \"|Les éboueurs demandent une hausse de salaire.",
        "Le bilan de la grève en 2026|Les éboueurs demandent une hausse de salaire.",
        "Une solution reste introuvable à Bruxelles|« C’est une catastrophe », explique un diplomate.",
        "Une solution reste introuvable à Bruxelles|Le président a quitté la réunion vers minuit.",
        "La maire parle d’une « grève (illimitée) Les éboueurs demandent une hausse de salaire » qui n’en finit pas.",
        "La maire parle d’une « grève Les éboueurs demandent une hausse de salaire » qui n’en finit pas.",
        "La maire parle d’une \" grève Les éboueurs demandent une hausse de salaire \" qui n’en finit pas.",
        "La grève des éboueurs continue (Les éboueurs demandent une hausse de salaire).",
        "La grève des éboueurs continue, Les éboueurs demandent une hausse de salaire.",
        "Il a acheté un iPhone 6 Plus pour sa fille, qui en voulait un depuis Noël.",
    ] {
        let parts: Vec<&str> = text.split('|').collect();
        let glued = parts.join(" ");
        let found: Vec<&str> = french.sentences(&glued).map(|span| span.of(&glued)).collect();
        assert_eq!(found, parts);
    }
}

#[test]
fn training_pulls_the_weights_to_where_the_texts_end_and_gives_the_same_bytes_again() {
    let headlines =
        ["La grève des éboueurs continue", "Le port de Brest rouvre", "Une solution reste introuvable"];
    let body = "Selon la mairie, tout sera fini mardi";
    let texts = |glued: bool| -> Vec<Text> {
        let text = |headline: &&str| Text {
            text: format!("{headline} {body}"),
            ends: if glued { vec![headline.len()] } else { Vec::new() },
        };
        headlines.iter().map(text).collect()
    };
    let signs = |texts: &[Text]| {
        let weights = train(texts);
        assert_eq!(weights, train(texts));
        let of = |sign: fn(i8) -> bool| weights.iter().any(|&weight| sign(weight as i8));
        (of(|weight| weight < 0), of(|weight| weight > 0))
    };
    assert_eq!(signs(&[]), (false, false));
    assert_eq!(signs(&texts(true)), (false, true));
    assert_eq!(signs(&texts(false)), (true, false));
}

#[test]
fn a_long_text_has_one_title_wherever_it_is_looked_at_in_parts() {
    let running =
        "Il pleut depuis lundi sur la ville, et personne ne sort plus de la maison, sauf le boulanger.\n";
    // Too long for a heading, and short enough for a title.
    let unmarked = "une ligne de plus, ".repeat(10) + "et rien ne la ferme\n";
    let unmarked = format!("Et {unmarked}");
    let text = format!("Le titre de la ville\n{}", format!("{running}{unmarked}").repeat(8000));
    assert!(text.len() > 2 << 20);
    let headings: Vec<&str> = segment(&text, Lang::Fr)
        .sentences()
        .iter()
        .filter(|sentence| sentence.kind == Kind::Heading)
        .map(|sentence| sentence.span.of(&text))
        .collect();
    assert_eq!(headings, ["Le titre de la ville"]);
}

const LOST: &str = "La maire parle d’une « grève sans fin » Les éboueurs demandent une hausse de salaire.";

#[test]
fn lost_line_breaks_are_looked_for_only_where_that_is_wanted() {
    let sentences = |unwrap| Segmenter::new(Lang::Fr).unwrap(unwrap).sentences(LOST).count();
    assert_eq!((sentences(false), sentences(true)), (1, 2));
}

#[test]
fn decisions_come_in_the_order_of_the_text_whatever_found_them() {
    let text = format!("Il pleut à Brest. {LOST} Ils l’auront.");
    let segmenter = Segmenter::new(Lang::Fr).unwrap(true);
    let ends = |decision: &Decision| decision.verdict == Verdict::Ends;
    let rules: Vec<&str> =
        segmenter.decisions(&text).filter(ends).map(|decision| decision.rule).take(3).collect();
    assert_eq!(rules, ["full-stop", "lost-line-break", "full-stop"]);
}

#[test]
fn a_decision_stands_where_it_is_in_the_whole_text_and_is_told_in_words() {
    let text = "Un premier paragraphe.\n\nLe Dr. Roy dort.";
    let second = text.rfind("Dr").unwrap();
    let decisions = explain(text, &Segmenter::new(Lang::Fr));
    let mark = decisions.iter().find(|decision| decision.verdict == Verdict::GoesOn).unwrap();
    assert_eq!((mark.span.start, mark.verdict.to_string().as_str()), (second + 2, "goes on"));
}

#[test]
fn an_abbreviation_of_ones_own_may_have_sixteen_bytes() {
    let sentences = |word: &str| {
        let text = format!("Le {word} Roy dort. Il rêve.");
        let segmenter = Segmenter::new(Lang::Fr).abbreviations([word], Class::Name);
        segmenter.sentences(&text).map(|span| span.of(&text).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(sentences("lieutenant-colon."), ["Le lieutenant-colon. Roy dort.", "Il rêve."]);
    // What is longer is left out.
    assert_eq!(sentences("lieutenant-colone.")[0], "Le lieutenant-colone.");
    assert_eq!(sentences("")[0], "Le  Roy dort.");
}

#[test]
fn srx_rules_are_looked_for_behind_every_place_and_maps_add_up_unless_the_file_says_otherwise() {
    let initials = r#"<rule break="no"><beforebreak>\p{Lu}\.</beforebreak></rule><rule><beforebreak>\.</beforebreak></rule>"#;
    assert_eq!(by_srx(initials, "L’O.N.U. siège ici. Elle dort."), ["L’O.N.U. siège ici.", "Elle dort."]);
    let rules = |mark: &str| format!("<rule><beforebreak>{mark}</beforebreak></rule>");
    let file = format!(
        "<srx version=\"2.0\"><body><languagerules><languagerule languagerulename=\"A\">{}</languagerule>\
         <languagerule languagerulename=\"B\">{}</languagerule></languagerules>\
         <maprules><languagemap languagepattern=\"fr\" languagerulename=\"A\"/>\
         <languagemap languagepattern=\".*\" languagerulename=\"B\"/></maprules></body></srx>",
        rules(";"),
        rules(r"\."),
    );
    let text = "Il pleut ; il vente. Elle dort.";
    let segmenter = Segmenter::new(Lang::Fr).srx(Srx::read(&file, "fr").unwrap());
    assert_eq!(segmenter.sentences(text).count(), 3);
}
