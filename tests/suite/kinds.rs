//! What each paragraph of an article is.

use std::fs;
use std::path::Path;

use enregard::bitext::{Kind, Lang};
use enregard::segment::{Segmenter, Verdict, explain, segment};

fn seed(stem: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("seeds/{stem}.txt"))).unwrap()
}

/// The sentences of a text that are of a kind.
fn of_kind(text: &str, kind: Kind) -> Vec<&str> {
    let whole = segment(text, Lang::Fr);
    whole.sentences().iter().filter(|s| s.kind == kind).map(|s| s.span.of(text)).collect()
}

#[test]
fn the_five_articles_have_a_hundred_units_of_content() {
    let counts = [
        ("000_a22323992858b2dd", 18),
        ("001_ab3f9ca4c3577bf8", 23),
        ("002_4a0b5109183268bc", 23),
        ("003_af6f9a3c535c26b8", 20),
        ("004_2baa7a3bf9811b58", 16),
    ];
    for (stem, content) in counts {
        let text = seed(stem);
        let whole = segment(&text, Lang::Fr);
        let found = whole.sentences().iter().filter(|s| s.kind.is_content()).count();
        assert_eq!(found, content, "{stem}: {:#?}", whole.texts(&text).collect::<Vec<_>>());
    }
}

#[test]
fn what_sites_set_around_the_five_articles_is_set_apart() {
    let first = seed("000_a22323992858b2dd");
    assert_eq!(of_kind(&first, Kind::Byline), ["gc/ube/kaf/jug/er"]);
    assert_eq!(of_kind(&first, Kind::Copyright).len(), 2);
    assert_eq!(of_kind(&first, Kind::Widget).len(), 6);

    let third = seed("002_4a0b5109183268bc");
    assert_eq!(of_kind(&third, Kind::Label), ["Recommandation"]);
    assert_eq!(of_kind(&third, Kind::Caption).len(), 1);
    assert_eq!(of_kind(&third, Kind::Credit), ["Photo: Justin Sullivan/Getty Images"]);
    assert_eq!(of_kind(&third, Kind::Heading).len(), 1);
    let related = [
        "Articles actuels de l’auteur",
        "08 décembre 2025",
        "Rencontrez les artistes que le PCC ne peut réduire au silence",
    ];
    assert_eq!(of_kind(&third, Kind::Related), related);

    let fifth = seed("004_2baa7a3bf9811b58");
    assert_eq!(of_kind(&fifth, Kind::Metadata), ["date 2026-01-14"]);
    assert!(of_kind(&fifth, Kind::Body)[0].starts_with("Les puces NVIDIA recherchées"));
}

#[test]
fn a_quotation_between_paragraphs_can_be_a_heading() {
    assert_eq!(
        of_kind(&seed("001_ab3f9ca4c3577bf8"), Kind::Heading),
        ["Une « erreur stratégique majeure »", "Pékin et Washington en voie de réchauffement"]
    );
    let fourth = seed("003_af6f9a3c535c26b8");
    assert_eq!(of_kind(&fourth, Kind::Heading)[1..], ["\"Potentiel de l'économie chinoise\""]);
}

/// The sentences of the French sets in the evaluation folder, with the set's name; none where it is absent.
fn evaluation_sentences() -> Vec<(String, String)> {
    let folder = std::env::var_os("ENREGARD_EVAL").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval"),
        |folder| Path::new(&folder).to_owned(),
    );
    let Ok(entries) = fs::read_dir(folder.join("segmentation/dev")) else {
        eprintln!("skipped: no evaluation folder at {}", folder.display());
        return Vec::new();
    };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut sentences = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "jsonl")) {
        let set = file.file_stem().unwrap().to_string_lossy().into_owned();
        for line in fs::read_to_string(file).unwrap().lines() {
            let block: serde_json::Value = serde_json::from_str(line).unwrap();
            for sentence in block["sentences"].as_array().unwrap() {
                sentences.push((set.clone(), sentence.as_str().unwrap().to_owned()));
            }
        }
    }
    sentences
}

const RUNNING: &str = "Le conseil municipal a adopté mardi soir, après trois heures de débat, le budget de \
l'année prochaine, qui prévoit la réfection du pont et de deux écoles. Le maire s'en est félicité.";

#[test]
fn hardly_a_sentence_of_running_text_is_called_boilerplate() {
    let sentences = evaluation_sentences();
    // Where the sentence stands, what surrounds it, and how many in 10,000 may be called boilerplate.
    let places = [
        ("alone", "", "", 10),
        ("in the middle", "{}\n{}\n", "\n{}\n{}", 10),
        // Encyclopedia articles bring their categories, references and links, which do not belong to the text.
        ("first", "", "\n{}\n{}", 40),
        ("last", "{}\n{}\n", "", 60),
    ];
    for (place, before, after, most) in places {
        let (before, after) = (before.replace("{}", RUNNING), after.replace("{}", RUNNING));
        let mut called = Vec::new();
        for (set, sentence) in &sentences {
            let text = format!("{before}{sentence}{after}");
            let own = before.len()..before.len() + sentence.len();
            let whole = segment(&text, Lang::Fr);
            for found in
                whole.sentences().iter().filter(|s| own.contains(&s.span.start) && !s.kind.is_content())
            {
                called.push(format!("{set}: {} {}", found.kind, found.span.of(&text)));
            }
        }
        eprintln!("{place}: {} of {}", called.len(), sentences.len());
        let told = format!("{place}: {} of {}\n{}", called.len(), sentences.len(), called.join("\n"));
        assert!(called.len() * 10_000 <= sentences.len() * most, "{told}");
    }
}

/// An article of `tests/data/kinds`: each paragraph with the kinds that its pieces must have, and the whole text.
fn article(path: &Path) -> (Vec<(Vec<Kind>, String)>, String) {
    let (mut paragraphs, mut text) = (Vec::new(), String::new());
    for line in fs::read_to_string(path).unwrap().lines() {
        if let Some((kind, own)) = line.split_once('\t') {
            let kinds = kind.split(' ').map(|kind| kind.parse().unwrap());
            paragraphs.push((kinds.collect(), own.to_owned()));
            text.push_str(own);
        }
        text.push('\n');
    }
    (paragraphs, text)
}

fn check_articles(folder: &str, lang: Lang) -> (usize, usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/kinds").join(folder);
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let (mut faults, mut boilerplate) = (Vec::new(), 0);
    for file in &files {
        let (paragraphs, text) = article(file);
        let whole = segment(&text, lang);
        for (number, (kinds, own)) in paragraphs.iter().enumerate() {
            boilerplate += usize::from(kinds.iter().any(|kind| !kind.is_content()));
            let own_sentences = whole.sentences().iter().filter(|s| s.paragraph as usize == number);
            let mut found: Vec<Kind> = own_sentences.map(|s| s.kind).collect();
            found.dedup();
            if found != *kinds {
                let name = file.file_stem().unwrap().to_string_lossy();
                faults.push(format!("{name}: {kinds:?} expected, {found:?} found: {own}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    (files.len(), boilerplate)
}

#[test]
fn articles_in_the_manner_of_other_french_sites_are_told_from_what_surrounds_them() {
    let (sites, boilerplate) = check_articles("fr", Lang::Fr);
    assert!(sites >= 10 && boilerplate >= 60, "{boilerplate} lines of {sites} sites");
}

#[test]
fn articles_in_the_manner_of_english_sites_are_told_from_what_surrounds_them() {
    check_articles("en", Lang::En);
}

#[test]
fn a_block_at_the_end_goes_on_but_gives_long_running_text_back() {
    let text = format!(
        "Un titre\n{RUNNING}\nArticles similaires\nUn premier titre\n{RUNNING} {RUNNING}\nLa dernière phrase, plus courte."
    );
    assert_eq!(of_kind(&text, Kind::Related), ["Articles similaires", "Un premier titre"]);
    let text =
        format!("Un titre\n{RUNNING}\nArticles similaires\n12 janvier 2026\nUn titre\nUne phrase brève.\n");
    assert_eq!(of_kind(&text, Kind::Related).len(), 4);
    let text =
        format!("{RUNNING}\nLire aussi : Un titre\nIl sera jugé au mois de mai par le tribunal de Lille.\n");
    assert_eq!(of_kind(&text, Kind::Related).len(), 1, "a lone link swallows no sentence");
}

#[test]
fn every_paragraph_is_explained_by_a_named_rule_with_a_reason() {
    let text = seed("002_4a0b5109183268bc");
    let decisions = explain(&text, &Segmenter::new(Lang::Fr));
    let kinds = decisions.iter().filter(|d| matches!(d.verdict, Verdict::Is(_)));
    let of_lines: Vec<(&str, &str)> = kinds.map(|d| (d.span.of(&text), d.rule)).collect();
    assert_eq!(of_lines.len(), text.lines().filter(|line| !line.trim().is_empty()).count());
    assert!(of_lines.contains(&("Recommandation", "section")));
    assert!(of_lines.contains(&("Articles actuels de l’auteur", "see-also-section")));
    assert!(decisions.iter().all(|d| !d.rule.is_empty() && !d.reason.is_empty()));
}
