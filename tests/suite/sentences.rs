//! Where sentences end. A new case is two files under `tests/data/segment/fr` (or `en`): the text in `NAME.txt`, and
//! `NAME.sentences.txt` with one sentence a line, in which a line break of the text is a space.

use std::fs;
use std::path::{Path, PathBuf};

use enregard::bitext::{Lang, Segmentation};
use enregard::segment::{Segmenter, Verdict, explain, segment, segment_with};
use proptest::prelude::*;

use crate::cases;

fn sentences(text: &str, lang: Lang) -> Vec<String> {
    let one_line = |sentence: &str| sentence.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ");
    segment(text, lang).texts(text).map(one_line).collect()
}

#[test]
fn every_case_is_split_as_its_second_file_says() {
    let mut faults = Vec::new();
    let mut cases = 0;
    for lang in [Lang::Fr, Lang::En] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/segment").join(lang.code());
        let mut files: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for expected in files.iter().filter(|path| path.to_string_lossy().ends_with(".sentences.txt")) {
            let name = expected.file_name().unwrap().to_string_lossy().replace(".sentences.txt", "");
            let text = fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
            let found = sentences(&text, lang);
            let expected: Vec<String> =
                fs::read_to_string(expected).unwrap().lines().map(str::to_owned).collect();
            if found != expected {
                faults.push(format!("{name}:\n  found    {found:?}\n  expected {expected:?}"));
            }
            cases += 1;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(cases >= 40, "{cases} cases");
}

#[test]
fn sentences_of_the_articles_split_again_are_themselves() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let segmenter = Segmenter::new(Lang::Fr);
    for entry in fs::read_dir(seeds).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for sentence in segment(&text, Lang::Fr).texts(&text) {
            assert_eq!(segmenter.sentences(sentence).count(), 1, "{sentence}");
        }
    }
}

#[test]
fn abbreviations_and_exceptions_of_ones_own_are_kept_together() {
    use enregard::segment::Class;
    let text = "Le cpt. Haddock regarde Vivement Dimanche ! Prochain soir, la suite.";
    assert_eq!(Segmenter::new(Lang::Fr).sentences(text).count(), 3);
    let own =
        Segmenter::new(Lang::Fr).abbreviations(["cpt."], Class::Name).exceptions(["Dimanche ! Prochain"]);
    assert_eq!(own.sentences(text).count(), 1);
    let rules: Vec<&str> = own.decisions(text).map(|decision| decision.rule).collect();
    assert_eq!(rules, ["abbreviation-name", "exception"]);
}

#[test]
fn the_end_of_a_word_parted_at_a_line_is_no_abbreviation() {
    let french = Segmenter::new(Lang::Fr);
    assert_eq!(french.sentences("La valeur max. Paul la connaît.").count(), 1);
    assert_eq!(french.sentences("Le récit touche à son cli-\nmax. Paul se tait.").count(), 2);
}

#[test]
fn explain_decides_every_mark_and_says_the_same_as_the_sentences() {
    let text = "M. Roy dort. Il est 8 h. 30 ! Personne (...) ne parle… Rien.\nUn titre\n« Oui. » Non.";
    let ends = explain(text, &Segmenter::new(Lang::Fr));
    let ends = ends.iter().filter(|decision| decision.verdict == Verdict::Ends).count();
    let paragraphs = 3;
    assert_eq!(segment(text, Lang::Fr).sentences().len(), ends + paragraphs);
}

#[test]
fn texts_of_one_thing_over_and_over_take_no_longer_than_others() {
    let once = [
        "Il pleut… Il ",
        "a. ",
        ". \" ",
        "! » ",
        "( ",
        ". ( ",
        "… ",
        "æ",
        "\"",
        "Le ",
        ". a",
        "1. ",
        "U.S.",
        "[1] ",
        ".\u{a0}",
    ];
    for piece in once {
        let text = piece.repeat(1_000_000 / piece.len());
        let start = std::time::Instant::now();
        for segmenter in [Segmenter::new(Lang::Fr), Segmenter::new(Lang::Fr).unwrap(true)] {
            std::hint::black_box(segmenter.sentences(&text).count());
        }
        // A debug build on a busy machine takes a second; quadratic time would take minutes.
        assert!(start.elapsed().as_secs() < 20, "{piece:?}: {:?}", start.elapsed());
    }
}

/// Text of the pieces that rules look at.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Il", "pleut", "le", "M", "art", "etc", "J", "12", "2.5", "n°", "iOS", "É", "à", ".", "..", "…", "?",
        "!", "«", "»", "\"", "(", ")", "[3]", "(...)", "’", "'", "-", "–", ",", ";", ":", " ", "\u{a0}",
        "\u{202f}", "\n", "l’IA", "www.a.fr", "Yahoo!", "¹", "😀", "U.S.", "c.-à-d.", "II", "p",
    ]);
    prop::collection::vec((piece, prop::bool::ANY), 0..60).prop_map(|pieces| {
        pieces
            .into_iter()
            .map(|(piece, spaced)| if spaced { format!("{piece} ") } else { piece.to_owned() })
            .collect()
    })
}

proptest! {
    #![proptest_config(cases(256))]

    /// Nothing is lost, and nothing but white space is between sentences.
    #[test]
    fn sentences_and_gaps_are_the_whole_text(text in prop_oneof![pieces(), "\\PC*", "[A-Za-zé.!?… «»\"\\n]*"]) {
        for segmenter in [Segmenter::new(Lang::Fr), Segmenter::new(Lang::En), Segmenter::new(Lang::Fr).unwrap(true)] {
            let mut end = 0;
            for span in segmenter.sentences(&text) {
                prop_assert!(text[end..span.start].trim().is_empty());
                let own = span.of(&text);
                prop_assert!(!own.is_empty() && own == own.trim());
                end = span.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
        for segmenter in [Segmenter::new(Lang::Fr), Segmenter::new(Lang::En), Segmenter::new(Lang::Fr).unwrap(true)] {
            let whole = segment_with(&text, &segmenter);
            let (mut back, mut end) = (String::new(), 0);
            for sentence in whole.sentences() {
                back.push_str(&text[end..sentence.span.start]);
                back.push_str(sentence.span.of(&text));
                end = sentence.span.end;
            }
            back.push_str(&text[end..]);
            prop_assert_eq!(&back, &text);
            prop_assert!(Segmentation::new(&text, whole.sentences().to_vec()).is_ok());
        }
    }

    /// What follows a paragraph does not change it.
    #[test]
    fn sentences_depend_on_their_paragraph_alone(first in pieces(), second in pieces()) {
        let first = first.replace('\n', " ");
        let segmenter = Segmenter::new(Lang::Fr);
        let own: Vec<String> = segmenter.sentences(&first).map(|span| span.of(&first).to_owned()).collect();
        let text = format!("{first}\n{}", second.replace('\n', " "));
        let line = text.lines().next().unwrap_or("");
        let inside: Vec<String> = segmenter.sentences(line).map(|span| span.of(line).to_owned()).collect();
        prop_assert_eq!(own, inside);
    }

    /// The explained decisions are the ends of the sentences.
    #[test]
    fn decisions_are_the_ends(text in pieces()) {
        let segmenter = Segmenter::new(Lang::Fr);
        let ends: Vec<usize> = segmenter
            .decisions(&text)
            .filter(|decision| decision.verdict == Verdict::Ends)
            .map(|decision| decision.span.end)
            .collect();
        let mut spans: Vec<usize> = segmenter.sentences(&text).map(|span| span.end).collect();
        spans.pop();
        prop_assert_eq!(ends, spans);
    }

    /// A sentence split again is itself, with two exceptions: where it holds a `"` (whether that one opens or closes is
    /// told by those before it in the paragraph), and where it is glued to the mark before it (`..Il.`: what stands before
    /// a word without a space is part of what the rules look at).
    #[test]
    fn sentences_split_again_are_themselves(text in pieces()) {
        let segmenter = Segmenter::new(Lang::Fr);
        for span in segmenter.sentences(&text) {
            let sentence = span.of(&text);
            let before = &text[..span.start];
            let glued = !before.is_empty() && !before.ends_with(char::is_whitespace);
            if !sentence.contains('"') && !glued {
                prop_assert_eq!(segmenter.sentences(sentence).count(), 1, "{:?} of {:?}", sentence, text);
            }
        }
    }
}
