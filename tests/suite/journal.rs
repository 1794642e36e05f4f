//! The journal from outside: what is in a history, and what `undo` and `redo` leave alone.

use std::fs;

use enregard::bitext::{Stem, Unit, UnitId};
use enregard::store::{Author, Corpus, sha256};

use crate::stored::{
    author, by_hand, change, changed, edit, english, folder, new_text, roy, undo, undo_refused, unit,
};

#[test]
fn typing_goes_on_with_its_step_until_another_came() {
    let (folder, corpus, stem) = roy("Un.\nDeux.\n");
    let type_on = |id: &str, english: &str| {
        let mut step = corpus.begin_again(author("type"), id).unwrap();
        let mut held = step.lock(&stem, None).unwrap();
        let new = changed(&held, |_, units| units[0].en = english.into());
        step.write(&mut held, &new).unwrap();
        step.id().to_owned()
    };
    let first = type_on("", "O");
    assert_eq!(type_on(&first, "On"), first);
    assert_eq!(corpus.steps().unwrap().iter().map(|step| &step.id).collect::<Vec<_>>(), [&first]);
    edit(&corpus, &stem, 1, "Two.");
    let second = type_on(&first, "One");
    assert_ne!(second, first);
    undo(&corpus);
    assert_eq!(english(&corpus, &stem), ["On", "Two."]);
    assert_ne!(corpus.begin_again(author("type"), &second).unwrap().id(), second);
    // Nor is it gone on with what took a step back.
    let steps = fs::read_to_string(folder.path().join("alignments/.journal/@steps.jsonl")).unwrap();
    let last: serde_json::Value = serde_json::from_str(steps.lines().last().unwrap()).unwrap();
    let own = last["step"].as_str().unwrap();
    assert_ne!(corpus.begin_again(author("type"), own).unwrap().id(), own);
    undo(&corpus);
    undo(&corpus);
    assert_eq!(english(&corpus, &stem), [""; 0]);
}

#[test]
fn what_was_undone_in_two_steps_is_done_again_in_two() {
    let (_folder, corpus, stem) = roy("Un.\n");
    edit(&corpus, &stem, 0, "One.");
    edit(&corpus, &stem, 0, "Two.");
    undo(&corpus);
    undo(&corpus);
    for expected in ["One.", "Two."] {
        corpus.redo(&author("redo")).unwrap().unwrap();
        assert_eq!(english(&corpus, &stem), [expected]);
    }
}

/// The file as it was before: so a crash leaves it that came before the rename.
#[test]
fn a_change_that_did_not_take_place_is_in_no_history_and_undo_passes_it_over() {
    let (folder, corpus, stem) = roy("Un.\nDeux.\n");
    edit(&corpus, &stem, 0, "One.");
    let path = corpus.alignment_path(&stem, None);
    let before = fs::read(&path).unwrap();
    edit(&corpus, &stem, 0, "Won.");
    fs::write(&path, before).unwrap();
    edit(&corpus, &stem, 1, "Two.");
    let history = |unit: usize| {
        let id = corpus.read(&stem, None).unwrap().alignment.unwrap().units()[unit].id;
        let past = corpus.history(id).unwrap();
        assert_eq!(past.unread, []);
        let events = past.events.into_iter();
        let text = |unit: Option<Unit>| unit.map(|unit| unit.english());
        events
            .map(|event| (event.at, event.by, event.command, text(event.before), text(event.after)))
            .collect::<Vec<_>>()
    };
    let Author { at, by, command } = author("edit");
    assert_eq!(history(0), [(at, by, command, None, Some("One.".to_owned()))]);
    // Also where the last line of the journal is whole in length alone.
    let journal = folder.path().join("alignments/.journal/roy.jsonl");
    let whole = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, format!("{whole}no line\n")).unwrap();
    assert_eq!(history(0).len(), 1);
    fs::write(&journal, whole).unwrap();
    undo(&corpus);
    assert_eq!(english(&corpus, &stem), ["One.", ""]);
    undo(&corpus);
    assert_eq!(corpus.read(&stem, None).unwrap().alignment, None);
}

/// What a hand left at the end of the journal, whole but unreadable: it stays, and is in nobody's way.
#[test]
fn undo_passes_over_a_line_that_cannot_be_read_and_changed_nothing() {
    for (before, line) in [(1, "no line"), (0, "no line"), (1, "{\"step\":\"half"), (1, "")] {
        let (folder, corpus, stem) = roy("Un.\nDeux.\n");
        let journal = folder.path().join("alignments/.journal/roy.jsonl");
        if before == 1 {
            edit(&corpus, &stem, 0, "One.");
        } else {
            fs::create_dir_all(journal.parent().unwrap()).unwrap();
        }
        let whole = fs::read_to_string(&journal).unwrap_or_default();
        fs::write(&journal, format!("{whole}{line}\n")).unwrap();
        edit(&corpus, &stem, 0, "Won.");
        edit(&corpus, &stem, 1, "Two.");
        let past = corpus.history(UnitId::of(&stem, &["Un."], 0)).unwrap();
        assert_eq!((past.events.len(), past.unread), (1 + before, vec![]), "{line}");
        undo(&corpus);
        assert_eq!(english(&corpus, &stem), ["Won.", ""], "{line}");
        undo(&corpus);
        let first: &[&str] = if before == 1 { &["One.", ""] } else { &[] };
        assert_eq!(english(&corpus, &stem), first, "{line}");
        corpus.redo(&author("redo")).unwrap().unwrap();
        assert_eq!(english(&corpus, &stem), ["Won.", ""], "{line}");
        assert_eq!(fs::read_to_string(&journal).unwrap().lines().nth(before), Some(line));
    }
}

#[test]
fn undo_passes_over_such_a_line_behind_a_change_of_the_text() {
    let (folder, corpus, stem) = roy("Un.\n");
    edit(&corpus, &stem, 0, "One.");
    new_text(&corpus, &stem, "Un.\nDeux.\n", |units| units.push(unit(&stem, 1, "Deux.")));
    let journal = folder.path().join("alignments/.journal/roy.jsonl");
    let whole = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, format!("{whole}no line\n")).unwrap();
    edit(&corpus, &stem, 1, "Two.");
    assert_eq!(corpus.history(UnitId::of(&stem, &["Deux."], 1)).unwrap().unread, []);
    undo(&corpus);
    assert_eq!(english(&corpus, &stem), ["One.", ""]);
    undo(&corpus);
    assert_eq!(
        (english(&corpus, &stem), corpus.article(&stem).unwrap().text),
        (vec!["One.".into()], "Un.\n".into())
    );
}

#[test]
fn a_step_whose_line_cannot_be_read_is_not_passed_over_for_an_earlier_one() {
    let (folder, corpus, stem) = roy("Un.\nDeux.\n");
    edit(&corpus, &stem, 0, "1.");
    edit(&corpus, &stem, 0, "One.");
    edit(&corpus, &stem, 1, "Two.");
    edit(&corpus, &stem, 0, "Won.");
    let journal = folder.path().join("alignments/.journal/roy.jsonl");
    let whole = fs::read_to_string(&journal).unwrap();
    let spoilt = whole.lines().nth(2).unwrap().replacen("\"step\"", "\"step", 1);
    let lines: Vec<&str> =
        whole.lines().enumerate().map(|(at, line)| if at == 2 { &spoilt } else { line }).collect();
    fs::write(&journal, lines.join("\n") + "\n").unwrap();
    // What came after it can be taken back.
    undo(&corpus);
    assert_eq!(english(&corpus, &stem), ["One.", "Two."]);
    assert!(
        undo_refused(&corpus).starts_with("alignments/.journal/roy.jsonl:3: "),
        "{}",
        undo_refused(&corpus)
    );
    assert_eq!(english(&corpus, &stem), ["One.", "Two."]);
    let past = corpus.history(UnitId::of(&stem, &["Un."], 0)).unwrap();
    assert_eq!(past.unread.iter().map(|unread| unread.line).collect::<Vec<_>>(), [3]);
    assert_eq!(past.events.len(), 4);
    // As the hint says.
    let mut lines: Vec<String> = fs::read_to_string(&journal).unwrap().lines().map(str::to_owned).collect();
    let taken = lines.remove(2);
    fs::write(&journal, lines.join("\n") + "\n").unwrap();
    undo(&corpus);
    assert_eq!(english(&corpus, &stem), ["1.", "Two."], "{taken}");
}

#[test]
fn an_empty_line_is_one_that_cannot_be_read_also_at_the_end() {
    let (folder, corpus, stem) = roy("Un.\n");
    edit(&corpus, &stem, 0, "One.");
    let journal = folder.path().join("alignments/.journal/roy.jsonl");
    let whole = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, whole + "\n").unwrap();
    let unread = || {
        let past = corpus.history(UnitId::of(&stem, &["Un."], 0)).unwrap();
        past.unread.iter().map(|unread| unread.line).collect::<Vec<_>>()
    };
    assert!(unread().is_empty());
    // The file is another than the line before made of it: that may have been this one's doing.
    by_hand(&corpus, &stem, "One.", "Won.");
    assert_eq!(unread(), [2]);
    let told = undo_refused(&corpus);
    assert!(told.starts_with("alignments/.journal/roy.jsonl:2: "), "{told}");
}

#[test]
fn undo_takes_no_part_of_a_step_back_whose_other_part_cannot_be_read() {
    let (folder, corpus, stem) = roy("Un.\nDeux.\n");
    let mut step = corpus.begin(author("type"));
    for (at, typed) in ["One.", "Two."].into_iter().enumerate() {
        let mut held = step.lock(&stem, None).unwrap();
        let new = changed(&held, |_, units| units[at].en = typed.into());
        step.write(&mut held, &new).unwrap();
    }
    step.finish().unwrap();
    let journal = folder.path().join("alignments/.journal/roy.jsonl");
    let whole = fs::read_to_string(&journal).unwrap();
    let first = whole.lines().next().unwrap();
    fs::write(&journal, format!("{first}\nno line\n")).unwrap();
    assert!(
        undo_refused(&corpus).starts_with("alignments/.journal/roy.jsonl:2: "),
        "{}",
        undo_refused(&corpus)
    );
    assert_eq!(english(&corpus, &stem), ["One.", "Two."]);
}

#[test]
fn a_line_of_the_journal_says_after_which_unit_a_change_stands() {
    let (folder, corpus, stem) = roy("Un.\nDeux.\n");
    edit(&corpus, &stem, 0, "One.");
    edit(&corpus, &stem, 1, "Two.");
    let journal = fs::read_to_string(folder.path().join("alignments/.journal/roy.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(journal.lines().last().unwrap()).unwrap();
    assert_eq!(line["hunks"][0]["prev"], UnitId::of(&stem, &["Un."], 0).as_str());
}

#[test]
fn undo_leaves_a_unit_that_the_step_kept_as_a_person_has_made_it_since() {
    let (_folder, corpus, stem) = roy("Un.\nDeux.\nTrois.\nQuatre.\n");
    edit(&corpus, &stem, 0, "One.");
    change(&corpus, std::slice::from_ref(&stem), |units| {
        let gone = units.pop().unwrap();
        units[2].fr = units[2].fr.followed_by(&gone.fr);
    });
    by_hand(&corpus, &stem, "One.", "Un!");
    undo(&corpus);
    assert_eq!(english(&corpus, &stem), ["Un!", "", "", ""]);

    // As many units as before, and each in another place.
    let (_folder, corpus, stem) = roy("Un.\nDeux.\n");
    edit(&corpus, &stem, 1, "Two.");
    new_text(&corpus, &stem, "Deux.\nTrois.\n", |units| {
        units.remove(0);
        units.push(unit(&stem, 2, "Trois."));
    });
    by_hand(&corpus, &stem, "Two.", "Deux!");
    undo(&corpus);
    assert_eq!(english(&corpus, &stem), ["", "Deux!"]);
}

#[test]
fn undo_shows_what_it_found_in_the_units_place() {
    for (english, found) in [
        ("", "found no English, expected `One.`"),
        (",\"en\":[\"One.\"],\"note\":\"why\"", "\"en\":[\"One.\"],\"note\":\"why\"}, expected {"),
    ] {
        let (_folder, corpus, stem) = roy("Un.\n");
        edit(&corpus, &stem, 0, "One.");
        by_hand(&corpus, &stem, ",\"en\":[\"One.\"]", english);
        let told = undo_refused(&corpus);
        assert!(told.contains(found), "{told}");
    }
}

#[test]
fn undo_takes_no_file_away_in_which_somebody_put_a_unit_of_his_own() {
    let (_folder, corpus, stem) = roy("Un.\n");
    edit(&corpus, &stem, 0, "One.");
    let orphan =
        "\n\n{\"id\":\"b000000009\",\"en\":[\"Lost.\"],\"status\":\"orphan\",\"was\":[\"Perdu.\"]}\n";
    let path = corpus.alignment_path(&stem, None);
    let file = fs::read_to_string(&path).unwrap() + orphan;
    fs::write(&path, &file).unwrap();
    assert_eq!(undo_refused(&corpus), "the alignment file of roy was changed since by other means");
    assert_eq!(fs::read_to_string(&path).unwrap(), file);
}

#[test]
fn undo_changes_nothing_where_one_article_of_the_step_would_not_be_covered() {
    let folder = folder(&[("a", "Un. Deux.\n"), ("b", "Un. Deux.\n")]);
    let corpus = Corpus::open(folder.path()).unwrap();
    let stems: [Stem; 2] = ["a", "b"].map(|name| name.parse().unwrap());
    change(&corpus, &stems, |_| ());
    change(&corpus, &stems, |units| units[0].fr = vec!["Un.".into(), "Deux.".into()].into());
    // Another computer's text and file, as git brings them.
    let (old, new) = (sha256(b"Un. Deux.\n"), "Un.\nDeux.\n");
    fs::write(corpus.seed_path(&stems[1]), new).unwrap();
    by_hand(&corpus, &stems[1], &old, &sha256(new.as_bytes()));
    let before = fs::read_to_string(corpus.alignment_path(&stems[0], None)).unwrap();
    assert!(
        undo_refused(&corpus).starts_with("the new units of b do not cover it"),
        "{}",
        undo_refused(&corpus)
    );
    assert_eq!(fs::read_to_string(corpus.alignment_path(&stems[0], None)).unwrap(), before);
}

#[test]
fn a_text_that_looks_like_an_id_does_not_hold_the_unit() {
    let folder = folder(&[("a", "Un.\n"), ("b", "Un.\n")]);
    let corpus = Corpus::open(folder.path()).unwrap();
    let stems: [Stem; 2] = ["a", "b"].map(|name| name.parse().unwrap());
    edit(&corpus, &stems[0], 0, "One.");
    let id = UnitId::of(&stems[0], &["Un."], 0);
    edit(&corpus, &stems[1], 0, id.as_str());
    assert_eq!(corpus.holders(id).unwrap(), [(stems[0].clone(), None)]);
}
