//! `undo`, `redo` and `history`: what others changed is not overwritten.

use std::fs;

use enregard::bitext::{Alignment, Article, Header, Kind, Stem, Unit, UnitId};
use enregard::store::{Author, Corpus};

fn author(command: &str) -> Author {
    Author { by: Some("Ève".into()), at: "2026-11-20T08:00:00Z".into(), command: command.into() }
}

fn header(article: &Article) -> Header {
    Header::new(article.stem.as_str(), ["fr", "en"], &article.sha256, "fr/1")
}

/// One unit for each line of the article; the ids count from `first`.
fn by_lines(article: &Article, first: usize) -> Vec<Unit> {
    let lines = article.text.lines().filter(|line| !line.trim().is_empty());
    let unit = |(index, line): (usize, &str)| {
        Unit::new(UnitId::of(&article.stem, &[line], first + index), Kind::Body, vec![line.to_owned()])
    };
    lines.enumerate().map(unit).collect()
}

/// Enters one unit's English.
fn edit(corpus: &Corpus, stem: &Stem, unit: usize, english: &str) {
    change(corpus, stem, |units| units[unit].en = english.into());
}

/// Merges the first two units.
fn merge(corpus: &Corpus, stem: &Stem) {
    change(corpus, stem, |units| {
        let gone = units.remove(1);
        units[0].fr = units[0].fr.followed_by(&gone.fr);
        units[0].en = units[0].en.followed_by(&gone.en);
        units[0].more.was_ids.push(gone.id);
    });
}

fn change(corpus: &Corpus, stem: &Stem, change: impl FnOnce(&mut Vec<Unit>)) {
    let mut step = corpus.begin(author("edit"));
    let mut held = step.lock(stem, None).unwrap();
    let article = held.stored().article.clone();
    let (header, mut units) = match held.stored().alignment.clone() {
        Some(alignment) => alignment.into_parts(),
        None => (header(&article), by_lines(&article, 0)),
    };
    change(&mut units);
    step.write(&mut held, &Alignment::new(header, units, &article.text).unwrap()).unwrap();
    step.finish().unwrap();
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
    edit(&corpus, &stem, 0, "One.");
    edit(&corpus, &stem, 1, "Two.");
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
    edit(&corpus, &stem, 0, "One.");
    edit(&corpus, &stem, 1, "Two.");
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
    edit(&corpus, &stem, 0, "One.");
    for name in ["roy.jsonl", "@steps.jsonl"] {
        let path = folder.path().join("alignments/.journal").join(name);
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{whole}{}", &whole[..whole.len() / 2])).unwrap();
    }
    edit(&corpus, &stem, 1, "Two.");
    let journal = fs::read_to_string(folder.path().join("alignments/.journal/roy.jsonl")).unwrap();
    assert_eq!(journal.lines().count(), 2);
    corpus.undo(&author("undo")).unwrap().unwrap();
    corpus.undo(&author("undo")).unwrap().unwrap();
    assert_eq!(corpus.read(&stem, None).unwrap().alignment, None);
}

/// A crash can leave much of a line; and one that did not change the file is passed over wherever it stands.
#[test]
fn a_long_torn_line_is_cut_off_and_one_in_the_middle_is_passed_over() {
    let (folder, corpus, stem) = small();
    edit(&corpus, &stem, 0, "One.");
    let path = folder.path().join("alignments/.journal/roy.jsonl");
    let first = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{first}{{\"step\":\"{}", "x".repeat(3 << 20))).unwrap();
    edit(&corpus, &stem, 1, "Two.");
    let both = fs::read_to_string(&path).unwrap();
    assert!(both.starts_with(&first) && both.lines().count() == 2, "{} bytes", both.len());
    corpus.undo(&author("undo")).unwrap();
    fs::write(&path, format!("{first}{{\"step\":\"half\n{}", both.lines().last().unwrap().to_owned() + "\n"))
        .unwrap();
    // The file is after that line what it was before it.
    corpus.undo(&author("undo")).unwrap().unwrap();
    assert_eq!(corpus.read(&stem, None).unwrap().alignment, None);
}

/// A disk can spoil what was kept; whoever needs it again keeps it anew, and `undo` never brings back what it is not.
#[test]
fn a_spoilt_copy_of_a_seed_is_made_anew() {
    let (folder, corpus, stem) = small();
    edit(&corpus, &stem, 0, "One.");
    let before = corpus.article(&stem).unwrap();
    let kept = folder.path().join("alignments/.journal/seeds").join(format!("{}.txt", before.sha256));
    fs::create_dir_all(kept.parent().unwrap()).unwrap();
    fs::write(&kept, "Un.\nDeux").unwrap();
    let mut step = corpus.begin(author("sync"));
    let mut held = step.lock(&stem, None).unwrap();
    let alignment = held.stored().alignment.clone().unwrap();
    step.replace_seed(&mut held, "Un.\nDeux.\nQuatre.\n", Some(alignment)).unwrap();
    drop(held);
    step.finish().unwrap();
    assert_eq!(fs::read_to_string(&kept).unwrap(), before.text);
    corpus.undo(&author("undo")).unwrap();
    assert_eq!(corpus.article(&stem).unwrap(), before);
}

#[test]
fn the_history_of_a_unit_is_its_own_where_another_names_it_as_merged() {
    let (_folder, corpus, stem) = small();
    let id = UnitId::of(&stem, &["Deux."], 1);
    change(&corpus, &stem, |units| {
        units[0].more.was_ids.push(id);
        (units[0].en, units[1].en) = ("One.".into(), "Two.".into());
    });
    let events = corpus.history(id).unwrap().events;
    assert_eq!(events[0].after.as_ref().map(Unit::english), Some("Two.".to_owned()));
}

#[test]
fn the_history_of_a_unit_goes_on_through_a_merge() {
    let (_folder, corpus, stem) = small();
    edit(&corpus, &stem, 1, "Two.");
    edit(&corpus, &stem, 1, "Two!");
    merge(&corpus, &stem);
    let events = corpus.history(UnitId::of(&stem, &["Deux."], 1)).unwrap().events;
    let told: Vec<_> = events
        .iter()
        .map(|event| (event.before.as_ref().map(Unit::english), event.after.as_ref().map(Unit::english)))
        .collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(told, [(None, some("Two.")), (some("Two."), some("Two!")), (some("Two!"), some("Two!"))]);
    assert_eq!(corpus.holders(UnitId::of(&stem, &["Deux."], 1)).unwrap(), [(stem, None)]);
}
