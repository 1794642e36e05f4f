//! Going through an article sentence by sentence, without a terminal and without a disk.

use std::collections::BTreeMap;

use enregard::bitext::{Kind, Status, Texts, Unit, UnitId};
use enregard::desk::translate::{Reply, Session, Start, Tally, Which};
use enregard::desk::{Answer, English};
use enregard::quality::State;

fn unit(number: usize, en: &str) -> Unit {
    let fr = format!("Phrase {number}.");
    let id = UnitId::of(&"roy".parse().unwrap(), &[&fr], number);
    let mut unit = Unit::new(id, Kind::Body, vec![fr]);
    if !en.is_empty() {
        unit.en = en.into();
        unit.status = Status::Draft;
    }
    unit
}

/// Four sentences and a byline: the second is translated, the fourth stale.
fn article() -> Vec<Unit> {
    let mut units = vec![unit(1, ""), unit(2, "Two."), unit(3, ""), unit(4, ""), unit(5, "Five.")];
    units[2].kind = Kind::Byline;
    units[4].more.was = "Phrase cinq.".into();
    units
}

fn session(units: &[Unit], which: &Which) -> Session {
    Session::new(units.to_vec(), which, BTreeMap::new())
}

/// Answers a line as the disk would.
fn enter(session: &mut Session, units: &mut [Unit], line: &str) {
    let reply = session.line(line);
    let Reply::Enter { seen, answer } = reply else { panic!("{line}: {reply:?}") };
    let unit = units.iter_mut().find(|unit| unit.id == seen.id).unwrap();
    assert_eq!(*unit, *seen);
    match &answer.english {
        Some(English::Typed(text)) => {
            unit.en = text.as_str().into();
            unit.status = Status::Draft;
            unit.more.was = Texts::new();
        }
        Some(English::Kept) => unit.more.was = Texts::new(),
        Some(English::Skipped) => unit.status = Status::Skipped,
        Some(English::Cleared) => (unit.en, unit.status) = (Texts::new(), Status::Untranslated),
        None => {}
    }
    if answer.reviewed {
        unit.status = Status::Reviewed;
    }
    session.entered(units.to_vec(), &seen, &answer);
}

fn place(session: &Session) -> usize {
    session.view().unwrap().place
}

#[test]
fn what_is_untranslated_or_stale_is_gone_through_with_its_neighbours() {
    let mut units = article();
    let mut session = session(&units, &Which::to_do());
    let view = session.view().unwrap();
    assert_eq!((view.place, view.of, view.left), (1, 4, 3));
    assert_eq!((view.before, view.after.unwrap().english()), (None, "Two.".into()));
    enter(&mut session, &mut units, "One.");
    let view = session.view().unwrap();
    assert_eq!((view.place, view.left), (3, 2), "the byline has no place");
    assert_eq!(view.before.unwrap().english(), "Two.");
    assert_eq!(session.line(""), Reply::Show);
    enter(&mut session, &mut units, ":keep");
    assert_eq!(session.view(), None);
    assert_eq!(session.tally(), Tally { entered: 2, skipped: 0, left: 1 });
}

#[test]
fn it_begins_where_it_is_told_and_goes_back_before() {
    let units = article();
    let all = Which { all: true, ..Which::default() };
    for (from, expected) in [
        (Start::Place(2), 2),
        (Start::Id(units[4].id), 4),
        // The byline is not translated: the sentence after it is.
        (Start::Id(units[2].id), 3),
    ] {
        let mut session = session(&units, &Which { from: Some(from), ..all.clone() });
        assert_eq!(place(&session), expected);
        assert_eq!(session.line(":back"), Reply::Show);
        assert_eq!(place(&session), expected - 1);
    }
    assert!(session(&units, &Which { from: Some(Start::Place(9)), ..all }).view().is_none());
    let drafts = Which { states: vec![State::Draft], ..Which::default() };
    assert_eq!(session(&units, &drafts).len(), 1, "a stale one is no draft");
}

#[test]
fn text_that_looks_like_a_command_can_be_typed() {
    let units = article();
    for (line, text) in [("\\:skip", ":skip"), ("\\\\ x", "\\ x"), (": x", ": x"), ("  One. ", "One.")] {
        let Reply::Enter { answer, .. } = session(&units, &Which::to_do()).line(line) else {
            panic!("{line}")
        };
        assert_eq!(answer, Answer::typed(text));
    }
}

#[test]
fn a_command_that_cannot_be_done_moves_nothing() {
    let units = article();
    for line in [":foo", ":n", ":skip it", ":reviewed", ":keep", ":clear", ":back", ":undo", ":mine"] {
        let mut session = session(&units, &Which::to_do());
        assert!(matches!(session.line(line), Reply::Refuse(_)), "{line}");
        assert_eq!(place(&session), 1);
    }
}

#[test]
fn commands_are_answers() {
    let units = article();
    let all = Which { all: true, from: Some(Start::Place(2)), ..Which::default() };
    let english = |english| Answer { english: Some(english), ..Answer::default() };
    for (line, expected) in [
        (":clear", english(English::Cleared)),
        (":note ask Anne", Answer { note: Some("ask Anne".into()), ..Answer::default() }),
        (":reviewed", Answer { reviewed: true, ..english(English::Kept) }),
        (":reviewed Deux.", Answer { reviewed: true, ..Answer::typed("Deux.") }),
    ] {
        let Reply::Enter { answer, seen } = session(&units, &all).line(line) else { panic!("{line}") };
        assert_eq!((answer, &*seen), (expected, &units[1]), "{line}");
    }
    let Reply::Enter { answer, .. } = session(&units, &Which::to_do()).line(":sk") else { panic!() };
    assert_eq!(answer, english(English::Skipped));
    assert!(matches!(session(&units, &all).line(":skip"), Reply::Refuse(_)), "it has English");
    // The English as it is, and nothing at all, change nothing.
    for line in ["Two.", "", ":keep", ":next"] {
        assert_eq!(session(&units, &all).line(line), Reply::Show, "{line}");
    }
}

#[test]
fn the_same_english_is_an_answer_where_the_french_has_changed() {
    let units = article();
    let stale = Which { states: vec![State::Stale], ..Which::default() };
    let Reply::Enter { answer, .. } = session(&units, &stale).line("Five.") else { panic!() };
    assert_eq!(answer.english, Some(English::Kept));
}

#[test]
fn a_note_stays_at_its_sentence_and_undo_goes_back_to_it() {
    let mut units = article();
    let mut session = session(&units, &Which::to_do());
    enter(&mut session, &mut units, ":note ask Anne");
    assert_eq!(place(&session), 1);
    let before = units.clone();
    enter(&mut session, &mut units, "One.");
    let undo = Reply::Undo { now: Box::new(units[0].clone()), before: Box::new(before[0].clone()) };
    assert_eq!(session.line(":undo"), undo);
    session.undone(before);
    assert_eq!(place(&session), 1);
    assert!(!session.view().unwrap().unit.has_english());
    assert_eq!(session.tally(), Tally { entered: 0, skipped: 0, left: 3 });
}

#[test]
fn somebody_elses_english_is_asked_about_and_never_written_over() {
    let mut units = article();
    let mut session = session(&units, &Which::to_do());
    let Reply::Enter { answer, .. } = session.line("Mine.") else { panic!() };
    units[0].en = "Theirs.".into();
    units[0].status = Status::Draft;
    assert_eq!(session.clashed(units.clone(), answer), None);
    assert_eq!(session.view().unwrap().clash.unwrap().theirs.english(), "Theirs.");
    assert!(matches!(session.line(""), Reply::Refuse(_)));
    assert_eq!(session.unfinished().get(&units[0].id).unwrap(), "Mine.", "leaving now keeps it");
    let mut other = session.clone();
    assert_eq!(other.line(":theirs"), Reply::Show);
    assert_eq!((place(&other), other.tally().left), (3, 2));
    enter(&mut session, &mut units, ":mine");
    assert_eq!((units[0].english().as_str(), place(&session)), ("Mine.", 3));
    assert!(session.unfinished().is_empty());
}

#[test]
fn a_sentence_that_is_gone_gives_its_answer_back() {
    let mut units = article();
    let mut session = session(&units, &Which::to_do());
    let Reply::Enter { answer, .. } = session.line("Mine.") else { panic!() };
    let gone = units.remove(0);
    assert_eq!(session.clashed(units.clone(), answer.clone()), Some((gone.id, answer)));
    assert_eq!(session.view().unwrap().unit.id, units[2].id);
}

#[test]
fn what_was_not_confirmed_is_offered_again() {
    let mut units = article();
    let typed = BTreeMap::from([(units[3].id, "Thr".to_owned())]);
    let mut session = Session::new(units.clone(), &Which::to_do(), typed);
    session.keep_unfinished("On");
    assert_eq!(session.view().unwrap().unfinished, Some("On"));
    assert_eq!(session.line(":next"), Reply::Show);
    assert_eq!(session.view().unwrap().unfinished, Some("Thr"));
    enter(&mut session, &mut units, "Three.");
    assert_eq!(session.unfinished(), BTreeMap::from([(units[0].id, "On".to_owned())]));
}
