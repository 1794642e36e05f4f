//! Whole English texts brought beside articles: from end to end on one of the five, and input that is none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::bitext::{Lang, Origin, Status, Stem, Unit};
use enregard::segment::segment;
use enregard::store::Corpus;

use crate::program::enregard_at;

const ARTICLE: &str = "001_ab3f9ca4c3577bf8";

/// English that was written freely for the article: sentences merged, divided, left out, added, and in another order.
const ENGLISH: &str = include_str!("../data/bring/001.txt");

/// Which sentences of the article's content go with which of the English content, counted from 1, as a reader sees it.
/// Two whose order is exchanged are one bead: the French 5 and 6, the English 6 and 7.
const GOLD: [(&[usize], &[usize]); 21] = [
    (&[], &[1]),
    (&[1], &[2, 3]),
    (&[2, 3], &[4]),
    (&[4], &[5]),
    (&[5, 6], &[6, 7]),
    (&[7], &[8]),
    (&[8], &[9, 10]),
    (&[9], &[11]),
    (&[10, 11], &[12, 13]),
    (&[12], &[14, 15]),
    (&[13], &[16]),
    (&[14], &[17]),
    (&[15], &[18]),
    (&[16, 17], &[19]),
    (&[18], &[20]),
    (&[19], &[21]),
    (&[20], &[22, 23]),
    (&[], &[24]),
    (&[21], &[25]),
    (&[22], &[26]),
    (&[23], &[27]),
];

fn enregard(folder: &Path) -> Command {
    enregard_at(folder, "1800000000")
}

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("seeds/{ARTICLE}.txt"));
    fs::copy(seed, folder.path().join(format!("seeds/{ARTICLE}.txt"))).unwrap();
    fs::write(folder.path().join("english.txt"), ENGLISH).unwrap();
    folder
}

fn units(folder: &Path) -> Vec<Unit> {
    let stem: Stem = ARTICLE.parse().unwrap();
    let stored = Corpus::open(folder).unwrap().read(&stem, None).unwrap();
    stored.alignment.map_or(Vec::new(), |alignment| alignment.units().to_vec())
}

/// All that the corpus holds but its journal.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for below in ["seeds", "alignments", "alignments/texts"] {
        for found in fs::read_dir(folder.join(below)).into_iter().flatten() {
            let path = found.unwrap().path();
            if path.is_file() {
                all.insert(path.display().to_string(), fs::read(path).unwrap());
            }
        }
    }
    all
}

fn stderr(command: &mut Command, code: i32) -> String {
    let ran = command.assert().code(code);
    String::from_utf8(ran.get_output().stderr.clone()).unwrap()
}

/// The sentences of an English text, as the splitter has them.
fn sentences(text: &str) -> Vec<String> {
    segment(text, Lang::En).texts(text).map(str::to_owned).collect()
}

/// The English of all units, sentence by sentence, in their order.
fn english(units: &[Unit]) -> Vec<String> {
    units.iter().flat_map(|unit| &unit.en).cloned().collect()
}

#[test]
fn a_free_translation_of_an_article_is_aligned_and_nothing_of_it_is_lost() {
    let folder = corpus();
    let before = files(folder.path());
    let ran = enregard(folder.path()).args(["align", "001", "english.txt"]).assert().code(0);
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert!(told.starts_with(&format!("{ARTICLE}: 31 sentences of english.txt (UTF-8)\n")), "{told}");
    assert!(told.contains("beads") && told.contains("left over"), "{told}");

    let aligned = units(folder.path());
    assert_eq!(english(&aligned), sentences(ENGLISH));
    let (mut fr, mut en) = (0, 0);
    let mut right = 0;
    for unit in aligned.iter().filter(|unit| unit.is_content()) {
        let numbers = |count: usize, from: &mut usize| -> Vec<usize> {
            *from += count;
            (*from - count + 1..=*from).collect()
        };
        let bead = (numbers(unit.fr.len(), &mut fr), numbers(unit.en.len(), &mut en));
        right += usize::from(GOLD.iter().any(|(fr, en)| (*fr, *en) == (&bead.0[..], &bead.1[..])));
        assert_eq!((unit.status, unit.origin), (Status::Draft, Some(Origin::Aligner)));
        assert!(unit.score.is_some_and(|score| (0.0..=1.0).contains(&score)), "{unit:?}");
    }
    assert_eq!((fr, en), (23, 27));
    assert!(right >= 19, "{right} of {} beads are right", GOLD.len());
    let kept = folder.path().join(format!("alignments/texts/{ARTICLE}.txt"));
    assert_eq!(fs::read(&kept).unwrap(), ENGLISH.as_bytes());

    // The same again changes nothing, and is no step of undo; without a text the kept one is taken.
    let after = files(folder.path());
    for arguments in [&["align", "001", "english.txt"][..], &["align", "001"]] {
        let told = stderr(enregard(folder.path()).args(arguments), 0);
        assert!(told.contains("nothing has changed"), "{told}");
        assert_eq!(files(folder.path()), after);
    }
    enregard(folder.path()).arg("undo").assert().code(0);
    assert_eq!(files(folder.path()), before);
    enregard(folder.path()).arg("redo").assert().code(0);
    assert_eq!(files(folder.path()), after);
}

#[test]
fn what_a_person_confirmed_typed_or_set_stays_when_the_text_is_aligned_again() {
    let folder = corpus();
    let run = |arguments: &[&str]| {
        enregard(folder.path()).args(arguments).assert().code(0);
    };
    run(&["align", "001", "english.txt"]);
    let aligned = units(folder.path());
    let with = |text: &str| {
        let found = aligned.iter().find(|unit| unit.french().contains(text)).unwrap();
        format!("001:{}", found.id)
    };
    // Confirmed, a word mended, another translation typed, two units joined, one left in French.
    run(&["set", &with("AMD et Intel"), "--status", "reviewed"]);
    let mended = "Now that Xi Jinping has welcomed the announcement, as he did not do in summer.";
    run(&["set", &with("Une annonce qui"), "--en", mended]);
    run(&["set", &with("George Chen"), "--en", "“No free lunch,” George Chen says of it."]);
    run(&["merge", &with("Tim Fist"), &with("Tencent, Baidu")]);
    run(&["set", &with("De quoi faire"), "--clear", "--status", "skipped"]);
    let own = units(folder.path());
    // Those with a person's word, by the differences to what the aligner made.
    let own: Vec<&Unit> = own.iter().filter(|unit| !aligned.contains(unit)).collect();
    assert_eq!(own.len(), 5);

    // Another version of the text: a sentence less, another one more.
    let other = ENGLISH
        .replace(" Last spring he did so twice in one week.", "")
        .replace("A thaw between", "Some of this is old news.\n\nA thaw between");
    fs::write(folder.path().join("other.txt"), &other).unwrap();
    run(&["align", "001", "other.txt"]);
    let now = units(folder.path());
    for unit in own {
        assert!(now.contains(unit), "{unit:?}");
    }
    // Each sentence stands once: in the unit that has it, mended or not, or else alone.
    let mut stands = english(&now);
    assert!(!stands.iter().any(|text| text.contains("Last spring")));
    stands.retain(|text| text != mended && !text.starts_with("“No free lunch"));
    let mut expected = sentences(&other);
    expected.retain(|text| !text.starts_with("Xi Jinping has welcomed"));
    stands.sort();
    expected.sort();
    assert_eq!(stands, expected);
    let alone: Vec<String> =
        now.iter().filter(|unit| unit.fr.is_empty() && unit.is_content()).map(Unit::english).collect();
    assert!(alone.iter().any(|text| text.contains("will not last for ever")), "{alone:?}");
    assert!(alone.iter().any(|text| text.contains("waver")), "{alone:?}");
    assert!(alone.iter().any(|text| text == "Some of this is old news."), "{alone:?}");

    // Ids are kept where the French is joined otherwise.
    let ids = |units: &[Unit]| {
        let mut all: Vec<String> = units
            .iter()
            .filter(|unit| !unit.fr.is_empty())
            .flat_map(|unit| unit.more.was_ids.iter().chain([&unit.id]).map(ToString::to_string))
            .collect();
        all.sort();
        all
    };
    assert_eq!(ids(&now), ids(&aligned));
    enregard(folder.path()).arg("undo").assert().code(0);
    let back = folder.path().join(format!("alignments/texts/{ARTICLE}.txt"));
    assert_eq!(fs::read(back).unwrap(), ENGLISH.as_bytes());
}

#[test]
fn a_trial_shows_both_sides_and_an_edition_has_a_file_of_its_own() {
    let folder = corpus();
    let ran = enregard(folder.path()).args(["align", "001", "english.txt", "--dry-run"]).assert().code(0);
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert!(told.contains("fr: En autorisant Nvidia") && told.contains("en: By letting Nvidia"), "{told}");
    assert!(files(folder.path()).keys().all(|path| !path.contains("alignments")));

    let mut latin = ENGLISH.replace("goes on,", "goes on \u{97}").into_bytes();
    // A Windows-1252 dash, as an old editor saved it.
    let at = latin.windows(2).position(|two| two == "\u{97}".as_bytes()).unwrap();
    latin.splice(at..at + 2, [0x97]);
    let command = &mut enregard(folder.path());
    command.args(["align", "001", "-", "--edition", "published"]).write_stdin(latin.clone()).assert().code(0);
    let names: Vec<String> = files(folder.path()).into_keys().collect();
    for name in [format!("{ARTICLE}@published.jsonl"), format!("texts/{ARTICLE}@published.txt")] {
        assert!(names.iter().any(|path| path.ends_with(&name)), "{names:?}");
    }
    assert!(!names.iter().any(|path| path.ends_with(&format!("{ARTICLE}.jsonl"))), "{names:?}");
    let path = folder.path().join(format!("alignments/texts/{ARTICLE}@published.txt"));
    assert_eq!(fs::read(path).unwrap(), latin);
    let path = folder.path().join(format!("alignments/{ARTICLE}@published.jsonl"));
    let written = fs::read_to_string(path).unwrap();
    assert!(written.contains("\"english_encoding\":\"windows-1252\"") && written.contains("goes on —"));
}

#[test]
fn what_is_no_english_of_the_article_is_said_and_nothing_is_written() {
    let folder = corpus();
    let seed = fs::read_to_string(folder.path().join(format!("seeds/{ARTICLE}.txt"))).unwrap();
    let german = "Der Präsident hat gesagt, dass die Autos nicht auf der Straße sind und das Gesetz für die Leute ist, die sich auch mit der Zeit von den anderen auf dem Land nicht eine Ruhe wünschen. ".repeat(12);
    let article = format!("{seed}\nEncore une phrase de plus.");
    // The last: whether a person may want it all the same.
    let cases: [(&str, &[u8], &str, bool); 7] = [
        ("empty.txt", b"", "the file is empty", false),
        ("blank.txt", b" \n\n", "nothing but white space", false),
        ("binary.bin", b"\x7fELF\x02\x01\x01\0\0\0\0", "found a program", false),
        ("same.txt", seed.as_bytes(), "the English text is the article itself", true),
        ("french.txt", article.as_bytes(), "the English text looks like `fr`, expected `en`", true),
        ("german.txt", german.as_bytes(), "the English text looks like `de`, expected `en`", true),
        ("short.txt", b"Chips may go to China now.", "the article is 147 times as long", true),
    ];
    for (name, bytes, said, asked) in cases {
        fs::write(folder.path().join(name), bytes).unwrap();
        let told = stderr(enregard(folder.path()).args(["align", "001", name]), 2);
        assert!(told.starts_with(&format!("error: cannot align {ARTICLE} with {name}\n")), "{told}");
        assert!(told.contains(said) && told.contains("\nhint: "), "{told}");
        assert_eq!(told.contains("add `--anyway`"), asked, "{told}");
        let anyway = &mut enregard(folder.path());
        let code = if asked { 0 } else { 2 };
        stderr(anyway.args(["align", "001", name, "--anyway", "--dry-run"]), code);
    }
    for (arguments, said) in [
        (&["align", "001", "no-such.txt"][..], "no-such.txt"),
        (&["align", "001"], "no English text was given, and none before"),
        (&["align", "999", "english.txt", "--edition", "x"], "no article is named `999`"),
        (&["align", "english.txt"], "cannot align one text: give a source and a target"),
    ] {
        let told = stderr(enregard(folder.path()).args(arguments), 2);
        assert!(told.contains(said) && told.contains("hint: "), "{told}");
    }
    assert!(files(folder.path()).keys().all(|path| path.contains("seeds")));
    // English put among the articles by mistake: the sides are exchanged.
    fs::write(folder.path().join("seeds/swapped.txt"), ENGLISH).unwrap();
    fs::write(folder.path().join("fr.txt"), &seed).unwrap();
    let told = stderr(enregard(folder.path()).args(["align", "swapped", "fr.txt"]), 2);
    assert!(told.contains("the sides look swapped"), "{told}");
}

#[test]
fn an_argument_that_names_an_article_is_one_unless_files_are_meant() {
    let folder = corpus();
    fs::write(folder.path().join("french.txt"), "Il pleut depuis lundi.\n").unwrap();
    fs::write(folder.path().join("rain.txt"), "It has been raining since Monday.\n").unwrap();
    for (arguments, article) in [
        (&["align", "french.txt", "rain.txt"][..], false),
        (&["align", &format!("seeds/{ARTICLE}.txt"), "english.txt", "--dry-run"], true),
        (&["align", "--files", &format!("seeds/{ARTICLE}.txt"), "english.txt"], false),
        (&["align", ARTICLE, "english.txt"], true),
    ] {
        let ran = enregard(folder.path()).args(arguments).assert().code(0);
        let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
        assert_eq!(told.contains("sentences of english.txt"), article, "{told}");
        assert_eq!(told.lines().all(|line| line.split('\t').count() == 3), !article, "{told}");
    }
}

/// The five articles as one text, their English with the second and the third in each other's place.
#[test]
fn chapters_that_changed_places_are_told_with_where_they_stand() {
    let root = Corpus::open(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let chapters: Vec<Vec<Unit>> = root
        .stems()
        .unwrap()
        .iter()
        .map(|stem| {
            let alignment = root.read(stem, None).unwrap().alignment.unwrap();
            alignment.units().iter().filter(|unit| unit.is_content() && unit.has_english()).cloned().collect()
        })
        .collect();
    let text = |order: [usize; 5], side: fn(&Unit) -> String| -> String {
        order.iter().flat_map(|&at| &chapters[at]).map(|unit| format!("{}\n\n", side(unit))).collect()
    };
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/book.txt"), text([0, 1, 2, 3, 4], Unit::french)).unwrap();
    fs::write(folder.path().join("book.txt"), text([0, 2, 1, 3, 4], Unit::english)).unwrap();
    let ran = enregard(folder.path()).args(["align", "book", "book.txt"]).assert().code(0);
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert!(told.contains("parts have changed places"), "{told}");
    // What English each French sentence should have, by what it has.
    let english: BTreeMap<&str, String> =
        chapters.iter().flatten().map(|unit| (&*unit.fr[0], unit.english())).collect();
    let stem: Stem = "book".parse().unwrap();
    let units = Corpus::open(folder.path()).unwrap().read(&stem, None).unwrap().alignment.unwrap();
    let beside =
        units.units().iter().filter(|unit| unit.is_content() && unit.has_english() && !unit.fr.is_empty());
    let wrong = beside
        .clone()
        .filter(|unit| !english.get(&*unit.fr[0]).is_some_and(|own| own.starts_with(&unit.en[0])));
    assert!(wrong.clone().count() <= 2, "{:?}", wrong.map(|unit| (&unit.fr, &unit.en)).collect::<Vec<_>>());
    // The three that stayed, and one of the two that did not.
    assert!(beside.count() >= 70, "{told}");
}

#[test]
fn an_article_that_cannot_be_read_teaches_nothing_and_that_is_told() {
    let folder = corpus();
    fs::write(folder.path().join("seeds/worn.txt"), "Le temps presse.\n").unwrap();
    fs::create_dir(folder.path().join("alignments")).unwrap();
    fs::write(folder.path().join("alignments/worn.jsonl"), "worn\n").unwrap();
    let told = stderr(enregard(folder.path()).args(["align", ARTICLE, "english.txt"]), 0);
    assert!(told.contains("nothing is learnt from worn: alignments/worn.jsonl:1:1"), "{told}");
}
