//! `undo`, `redo` and `history`: every state comes back, and what others changed is not overwritten.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use enregard::bitext::{Alignment, Article, Edition, Header, Kind, Status, Stem, Unit, UnitId};
use enregard::store::{Author, Corpus, sha256};
use proptest::prelude::*;
use proptest::test_runner::Config as Runs;

fn author(command: &str) -> Author {
    Author { by: Some("Ève".into()), at: "2026-11-20T08:00:00Z".into(), command: command.into() }
}

fn header(article: &Article) -> Header {
    Header {
        article: article.stem.to_string(),
        source: "fr".into(),
        target: "en".into(),
        sha256: article.sha256.clone(),
        splitter: "fr/1".into(),
        about: Vec::new(),
        extra: Vec::new(),
    }
}

/// One unit for each line of the article; the ids count from `first`.
fn by_lines(article: &Article, first: usize) -> Vec<Unit> {
    let lines = article.text.lines().filter(|line| !line.trim().is_empty());
    let unit = |(index, line): (usize, &str)| {
        Unit::new(UnitId::of(&article.stem, &[line], first + index), Kind::Body, vec![line.to_owned()])
    };
    lines.enumerate().map(unit).collect()
}

/// Every file that is not local, with its content.
fn state(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for folder in ["seeds", "alignments"] {
        let Ok(found) = fs::read_dir(root.join(folder)) else { continue };
        for found in found {
            let path = found.unwrap().path();
            if path.is_file() {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

/// What a person does next.
#[derive(Clone, Debug)]
enum Act {
    English(usize, String),
    Status(usize),
    Note(usize),
    Merge(usize),
    Split(usize),
    Insert(usize),
    Move(usize, usize),
    Remove(usize),
    Seed(usize),
    Everywhere(String),
    Edition(usize),
    Describe(String),
    Add(usize),
    Undo,
    Redo,
}

fn act() -> impl Strategy<Value = Act> {
    let place = 0..12usize;
    prop_oneof![
        4 => (place.clone(), "[a-z\"\\\\\n]{0,6}").prop_map(|(place, text)| Act::English(place, text)),
        1 => place.clone().prop_map(Act::Status),
        1 => place.clone().prop_map(Act::Note),
        2 => place.clone().prop_map(Act::Merge),
        2 => place.clone().prop_map(Act::Split),
        1 => place.clone().prop_map(Act::Insert),
        1 => (place.clone(), place.clone()).prop_map(|(from, to)| Act::Move(from, to)),
        1 => place.clone().prop_map(Act::Remove),
        1 => place.clone().prop_map(Act::Seed),
        1 => "[a-z]{1,3}".prop_map(Act::Everywhere),
        1 => place.clone().prop_map(Act::Edition),
        1 => "[a-z]{0,3}".prop_map(Act::Describe),
        1 => place.prop_map(Act::Add),
        5 => Just(Act::Undo),
        3 => Just(Act::Redo),
    ]
}

/// Does it to one article, through the one door.
fn edit(corpus: &Corpus, stem: &Stem, edition: Option<&Edition>, act: &Act, count: usize) {
    let mut step = corpus.begin(author("edit")).may_shrink();
    let mut held = step.lock(stem, edition).unwrap();
    let article = held.stored().article.clone();
    let (mut header, mut units) = match held.stored().alignment.clone() {
        Some(alignment) => alignment.into_parts(),
        None => (header(&article), by_lines(&article, 0)),
    };
    let place = |place: &usize| place % units.len();
    match act {
        Act::English(at, text) => {
            let at = place(at);
            units[at].en = match text.trim() {
                "" if units[at].fr.is_empty() => vec!["English".to_owned()],
                "" => Vec::new(),
                _ => vec![text.clone()],
            };
        }
        Act::Status(at) => {
            let at = place(at);
            units[at].status = Status::Skipped;
        }
        Act::Note(at) => {
            let at = place(at);
            units[at].note = Some("note".into());
        }
        Act::Merge(at) => {
            let at = place(at);
            if at + 1 < units.len() {
                let gone = units.remove(at + 1);
                units[at].fr.extend(gone.fr);
                units[at].en.extend(gone.en);
                units[at].was_ids.push(gone.id);
            }
        }
        Act::Split(at) => {
            let at = place(at);
            if units[at].fr.len() > 1 {
                let rest = units[at].fr.split_off(1);
                let id = UnitId::of(stem, &rest, 1000 + count);
                units.insert(at + 1, Unit::new(id, Kind::Body, rest));
            }
        }
        Act::Insert(at) => {
            let at = place(at);
            let mut unit = Unit::new(UnitId::of(stem, &["new"], 2000 + count), Kind::Body, Vec::new());
            unit.en = vec!["Only English.".into()];
            units.insert(at, unit);
        }
        Act::Move(from, to) => {
            let (from, to) = (place(from), place(to));
            if units[from].fr.is_empty() {
                let unit = units.remove(from);
                units.insert(to.min(units.len()), unit);
            }
        }
        Act::Remove(at) => {
            let at = place(at);
            if units[at].fr.is_empty() {
                units.remove(at);
            }
        }
        Act::Describe(title) => header.about = vec![("title".into(), title.clone())],
        Act::Seed(at) => {
            let at = place(at);
            let mut lines: Vec<&str> = article.text.lines().collect();
            let fresh = format!("Phrase {count}.");
            lines.insert(at.min(lines.len()), &fresh);
            let text = lines.join("\n") + "\n";
            let new = Article { sha256: sha256(text.as_bytes()), text, ..article.clone() };
            let units = by_lines(&new, 3000 + count);
            header.sha256 = new.sha256.clone();
            let alignment = Alignment::new(header, units, &new.text).unwrap();
            step.replace_seed(&mut held, &new.text, Some(&alignment)).unwrap();
            return;
        }
        _ => unreachable!(),
    }
    // An edition whose seed was replaced keeps its units and the hash that they cover.
    let alignment = if header.sha256 == article.sha256 {
        Alignment::new(header, units, &article.text).unwrap()
    } else {
        Alignment::of_changed(header, units).unwrap()
    };
    step.write(&mut held, &alignment).unwrap();
    step.finish().unwrap();
}

fn run(acts: Vec<Act>) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("seeds")).unwrap();
    for stem in ["abc", "roy"] {
        fs::write(root.join(format!("seeds/{stem}.txt")), "Un.\nDeux.\n\nTrois.\nQuatre.").unwrap();
    }
    let corpus = Corpus::open(root).unwrap();
    let mut past = vec![state(root)];
    let mut future = Vec::new();
    let roy: Stem = "roy".parse().unwrap();
    for (count, act) in acts.iter().enumerate() {
        match act {
            Act::Undo => {
                let turned = corpus.undo(&author("undo")).unwrap();
                assert_eq!(turned.is_some(), past.len() > 1, "undo at {count}");
                if turned.is_some() {
                    future.push(past.pop().unwrap());
                }
            }
            Act::Redo => {
                let turned = corpus.redo(&author("redo")).unwrap();
                assert_eq!(turned.is_some(), !future.is_empty(), "redo at {count}");
                past.extend(future.pop());
            }
            _ => {
                match act {
                    Act::Everywhere(text) => {
                        let mut step = corpus.begin(author("import"));
                        let stems = corpus.stems().unwrap();
                        let mut held: Vec<_> =
                            stems.iter().map(|stem| step.lock(stem, None).unwrap()).collect();
                        for held in &mut held {
                            let article = held.stored().article.clone();
                            let (header, mut units) = match held.stored().alignment.clone() {
                                Some(alignment) => alignment.into_parts(),
                                None => (header(&article), by_lines(&article, 0)),
                            };
                            for (index, unit) in units.iter_mut().enumerate() {
                                if index % 2 == 0 {
                                    unit.en = vec![text.clone()];
                                }
                            }
                            let new = Alignment::new(header, units, &article.text).unwrap();
                            step.write(held, &new).unwrap();
                        }
                    }
                    Act::Edition(at) => {
                        let edition = "published".parse().unwrap();
                        let inner = Act::English(*at, format!("edition {count}"));
                        edit(&corpus, &roy, Some(&edition), &inner, count);
                    }
                    Act::Add(number) => {
                        let stem: Stem = format!("new{number}").parse().unwrap();
                        if !corpus.seed_path(&stem).exists() {
                            let mut step = corpus.begin(author("add"));
                            let mut held = step.add_article(&stem, "Neuf.\nDix.\n").unwrap();
                            let article = held.stored().article.clone();
                            let new = Alignment::new(header(&article), by_lines(&article, 0), &article.text);
                            step.write(&mut held, &new.unwrap()).unwrap();
                        }
                    }
                    act => edit(&corpus, &roy, None, act, count),
                }
                let now = state(root);
                if Some(&now) != past.last() {
                    past.push(now);
                    future.clear();
                }
            }
        }
        assert_eq!(Some(&state(root)), past.last(), "after {act:?} at {count}");
    }
    while past.len() > 1 {
        assert!(corpus.undo(&author("undo")).unwrap().is_some());
        past.pop();
        assert_eq!(Some(&state(root)), past.last());
    }
    assert_eq!(corpus.undo(&author("undo")).unwrap(), None);
}

proptest! {
    #![proptest_config(Runs { cases: std::env::var("ENREGARD_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(48), failure_persistence: None, ..Runs::default() })]

    #[test]
    fn every_state_of_a_random_history_is_given_back(acts in prop::collection::vec(act(), 1..40)) {
        run(acts);
    }
}

fn small() -> (tempfile::TempDir, Corpus, Stem) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), "Un.\nDeux.\nTrois.\n").unwrap();
    let corpus = Corpus::open(folder.path()).unwrap();
    (folder, corpus, "roy".parse().unwrap())
}

#[test]
fn undo_refuses_where_the_unit_was_changed_by_hand_and_shows_both_texts() {
    let (_folder, corpus, stem) = small();
    edit(&corpus, &stem, None, &Act::English(0, "One.".into()), 0);
    edit(&corpus, &stem, None, &Act::English(1, "Two.".into()), 1);
    let path = corpus.alignment_path(&stem, None);
    let file = fs::read_to_string(&path).unwrap();
    fs::write(&path, file.replace("Two.", "Deux!")).unwrap();
    let told = corpus.undo(&author("undo")).unwrap_err().to_string();
    let id = UnitId::of(&stem, &["Deux."], 1);
    assert_eq!(
        told,
        format!("unit {id} of roy was changed since by other means: found `Deux!`, expected `Two.`")
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), file.replace("Two.", "Deux!"));
}

#[test]
fn undo_takes_back_its_own_unit_where_another_was_changed_by_hand() {
    let (_folder, corpus, stem) = small();
    edit(&corpus, &stem, None, &Act::English(0, "One.".into()), 0);
    edit(&corpus, &stem, None, &Act::English(1, "Two.".into()), 1);
    let path = corpus.alignment_path(&stem, None);
    let file = fs::read_to_string(&path).unwrap();
    fs::write(&path, file.replace("One.", "Un!")).unwrap();
    corpus.undo(&author("undo")).unwrap().unwrap();
    let units = corpus.read(&stem, None).unwrap().alignment.unwrap();
    assert_eq!((units.units()[0].english(), units.units()[1].english()), ("Un!".into(), String::new()));
}

#[test]
fn a_torn_line_at_the_end_of_a_journal_is_cut_off() {
    let (folder, corpus, stem) = small();
    edit(&corpus, &stem, None, &Act::English(0, "One.".into()), 0);
    for name in ["roy.jsonl", "@steps.jsonl"] {
        let path = folder.path().join("alignments/.journal").join(name);
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}{}", &whole[..whole.len() / 2])).unwrap();
    }
    edit(&corpus, &stem, None, &Act::English(1, "Two.".into()), 1);
    let journal = fs::read_to_string(folder.path().join("alignments/.journal/roy.jsonl")).unwrap();
    assert_eq!(journal.lines().count(), 2);
    corpus.undo(&author("undo")).unwrap().unwrap();
    corpus.undo(&author("undo")).unwrap().unwrap();
    assert_eq!(corpus.read(&stem, None).unwrap().alignment, None);
}

#[test]
fn the_history_of_a_unit_goes_on_through_a_merge() {
    let (_folder, corpus, stem) = small();
    edit(&corpus, &stem, None, &Act::English(1, "Two.".into()), 0);
    edit(&corpus, &stem, None, &Act::English(1, "Two!".into()), 1);
    edit(&corpus, &stem, None, &Act::Merge(0), 2);
    let events = corpus.history(UnitId::of(&stem, &["Deux."], 1)).unwrap();
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.before.as_ref().map(Unit::english), event.after.as_ref().map(Unit::english)))
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(told, [(None, some("Two.")), (some("Two."), some("Two!")), (some("Two!"), some("Two!"))]);
    assert_eq!(corpus.holders(UnitId::of(&stem, &["Deux."], 1)).unwrap(), [(stem, None)]);
}
