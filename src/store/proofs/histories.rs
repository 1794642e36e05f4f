//! `undo` and `redo` of random histories give every state back. `ENREGARD_CASES` says how many.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::Config as Runs;

use crate::bitext::{Alignment, Article, Edition, Kind, Status, Stem, Texts, Unit, UnitId};
use crate::store::{Corpus, sha256};

use super::memory::Memory;
use super::{alignment, author, by_lines, header, write_new};

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
                "" if units[at].fr.is_empty() => "English".into(),
                "" => Texts::new(),
                _ => text.as_str().into(),
            };
        }
        Act::Status(at) => {
            let at = place(at);
            units[at].status = Status::Skipped;
        }
        Act::Note(at) => {
            let at = place(at);
            units[at].more.note = Some("note".into());
        }
        Act::Merge(at) => {
            let at = place(at);
            if at + 1 < units.len() {
                let gone = units.remove(at + 1);
                units[at].fr = units[at].fr.followed_by(&gone.fr);
                units[at].en = units[at].en.followed_by(&gone.en);
                units[at].more.was_ids.push(gone.id);
            }
        }
        Act::Split(at) => {
            let at = place(at);
            if units[at].fr.len() > 1 {
                let rest = units[at].fr.edit(|fr| fr.split_off(1));
                let id = UnitId::of(stem, &rest, 1000 + count);
                units.insert(at + 1, Unit::new(id, Kind::Body, rest));
            }
        }
        Act::Insert(at) => {
            let at = place(at);
            let mut unit = Unit::new(UnitId::of(stem, &["new"], 2000 + count), Kind::Body, Vec::new());
            unit.en = "Only English.".into();
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
            step.replace_seed(&mut held, &new.text, Some(alignment)).unwrap();
            return;
        }
        _ => unreachable!(),
    }
    // An edition whose seed was replaced keeps its units and the hash that they cover.
    step.write(&mut held, &alignment(header, units, &article)).unwrap();
    step.finish().unwrap();
}

/// Adds one text to every second unit of every article, in one step.
fn everywhere(corpus: &Corpus, text: &str) {
    let mut step = corpus.begin(author("import"));
    let stems = corpus.stems().unwrap();
    let mut held: Vec<_> = stems.iter().map(|stem| step.lock(stem, None).unwrap()).collect();
    for held in &mut held {
        let article = held.stored().article.clone();
        let (header, mut units) = match held.stored().alignment.clone() {
            Some(alignment) => alignment.into_parts(),
            None => (header(&article), by_lines(&article, 0)),
        };
        units.iter_mut().step_by(2).for_each(|unit| unit.en = text.into());
        step.write(held, &alignment(header, units, &article)).unwrap();
    }
}

fn add(corpus: &Corpus, number: usize) {
    let stem: Stem = format!("new{number}").parse().unwrap();
    if !corpus.stems().unwrap().contains(&stem) {
        write_new(corpus, stem.as_str(), "Neuf.\nDix.\n").unwrap();
    }
}

fn run(acts: Vec<Act>) {
    let text = "Un.\nDeux.\n\nTrois.\nQuatre.";
    let disk = Arc::new(Memory::with_seeds(&[("abc.txt", text), ("roy.txt", text)]));
    let corpus = Corpus::open_with(Path::new("/c"), disk.clone()).unwrap();
    let mut past = vec![disk.state()];
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
                    Act::Everywhere(text) => everywhere(&corpus, text),
                    Act::Edition(at) => {
                        let edition = "published".parse().unwrap();
                        let inner = Act::English(*at, format!("edition {count}"));
                        edit(&corpus, &roy, Some(&edition), &inner, count);
                    }
                    Act::Add(number) => add(&corpus, *number),
                    act => edit(&corpus, &roy, None, act, count),
                }
                let now = disk.state();
                if Some(&now) != past.last() {
                    past.push(now);
                    future.clear();
                }
            }
        }
        assert_eq!(Some(&disk.state()), past.last(), "after {act:?} at {count}");
    }
    while past.len() > 1 {
        assert!(corpus.undo(&author("undo")).unwrap().is_some());
        past.pop();
        assert_eq!(Some(&disk.state()), past.last());
    }
    assert_eq!(corpus.undo(&author("undo")).unwrap(), None);
}

proptest! {
    #![proptest_config(Runs {
        cases: std::env::var("ENREGARD_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(64),
        failure_persistence: None,
        ..Runs::default()
    })]

    #[test]
    fn every_state_of_a_random_history_is_given_back(acts in prop::collection::vec(act(), 1..40)) {
        run(acts);
    }
}
