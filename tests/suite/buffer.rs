//! A buffer of sentences comes back from any editor without giving one sentence another's English.

use proptest::prelude::*;

use std::collections::HashMap;

use enregard::bitext::UnitId;
use enregard::desk::buffer::{Block, Unread, explain, read, write};
use enregard::desk::{Answer, English};

fn block(number: usize, en: &str) -> Block {
    let fr = format!("Phrase {number} ici,\n# la sienne.");
    let id = UnitId::of(&"roy".parse().unwrap(), &[&fr], number);
    let (was, note) = (String::new(), None);
    Block { id, place: (number, 9), status: "draft".into(), fr, was, en: en.to_owned(), note }
}

fn three() -> (Vec<Block>, String) {
    let blocks = vec![block(1, "One."), block(2, ""), block(3, "Three.")];
    let written = write("roy", &blocks);
    (blocks, written)
}

/// The only thing that could not be read, and that nothing is changed.
fn unread(written: &str, edited: &str) -> Unread {
    let reading = read(written, edited);
    assert_eq!(reading.changes, [], "{edited}");
    assert_eq!(reading.unread.len(), 1, "{:?}", reading.unread);
    reading.unread.into_iter().next().unwrap()
}

#[test]
fn a_buffer_as_written_changes_nothing() {
    let (_, written) = three();
    let reading = read(&written, &written);
    assert_eq!((reading.changes, reading.unread, reading.untouched), (vec![], vec![], 3));
}

#[test]
fn english_over_several_lines_is_one_text() {
    let (blocks, written) = three();
    let reading = read(&written, &written.replace("One.", "One.\r\n  Second\r\n\tsentence. \r"));
    assert_eq!(reading.changes.len(), 1);
    assert_eq!(reading.changes[0].id, blocks[0].id);
    assert_eq!(reading.changes[0].answer, Answer::typed("One. Second sentence."));
    let reading = read(&written, &written.replace("One.", "\\# One:\n\\  the second line"));
    assert_eq!(reading.changes[0].answer, Answer::typed("# One:\n  the second line"));
}

#[test]
fn emptied_english_changes_nothing_unless_it_is_said() {
    let (blocks, written) = three();
    let reading = read(&written, &written.replace("One.\n", ""));
    assert_eq!((reading.changes.len(), reading.untouched), (0, 3));
    for (command, english) in [(":clear", English::Cleared), (":skip", English::Skipped)] {
        let reading = read(&written, &written.replace("One.", command));
        assert_eq!(reading.changes[0].id, blocks[0].id);
        assert_eq!(reading.changes[0].answer, Answer { english: Some(english), ..Answer::default() });
    }
}

#[test]
fn commands_stand_above_or_below_the_english() {
    let (_, written) = three();
    let reading = read(&written, &written.replace("One.", ":note ask Anne\nUne.\n\n:reviewed"));
    let expected = Answer { reviewed: true, note: Some("ask Anne".into()), ..Answer::typed("Une.") };
    assert_eq!(reading.changes[0].answer, expected);
    let reading = read(&written, &written.replace("One.", "One.\n:reviewed"));
    let expected = Answer { english: Some(English::Kept), reviewed: true, ..Answer::default() };
    assert_eq!(reading.changes[0].answer, expected);
}

#[test]
fn what_cannot_be_given_to_one_sentence_with_certainty_is_set_aside() {
    let (blocks, written) = three();
    let second = format!("## {}", blocks[1].id);
    for (edited, why) in [
        (written.replace("One.", "Un.\n\nUn bis."), "a blank line stands within its English"),
        (written.replace(&second, "## ?"), "its first line has no readable id"),
        (written.replace("One.", "One.\n:revue"), "there is no `:revue`"),
        (written.replace("One.", "Un.\n:skip"), "two answers"),
        (written.replace("One.", ":reviewed"), "there is no English"),
        (written.replacen("\n## ", "\n# Un.\n## ", 1), "it stands before the first sentence"),
        (
            written.replace("Phrase 1 ici,", "Phrase 3 ici,").replace("One.", "Un."),
            "that of another sentence",
        ),
        (written.replace("> Phrase 1 ici,\n> # la sienne.\nOne.", "Un."), "not what they were"),
        (written.clone() + &second.replace(&second[3..], "zzzzzzzzzz") + "\nUn.", "is not in the buffer"),
    ] {
        let unread = unread(&written, &edited);
        assert!(unread.why.contains(why), "{} / {why}", unread.why);
    }
}

#[test]
fn a_lost_first_line_never_gives_a_sentence_the_english_of_the_next() {
    let (blocks, written) = three();
    let third = format!("## {}  3/9  draft\n", blocks[2].id);
    let at = written.find(&third).unwrap();
    // Its first line is gone; then its French too; then the blank line before them.
    assert_eq!(
        unread(&written, &written.replace(&third, "")).why,
        "its French lines are not what they were, so whose English it is is not sure"
    );
    let cut = format!("{}Three.\n", &written[..at]);
    assert!(unread(&written, &cut).why.contains("it has English of"));
    assert!(
        unread(&written, &cut.replace("sienne.\n\nThree", "sienne.\nThree"))
            .why
            .contains("it has English of")
    );
}

#[test]
fn two_blocks_of_one_sentence_must_say_the_same() {
    let (blocks, written) = three();
    let first = written.find(&format!("## {}", blocks[0].id)).unwrap();
    let again = &written[first..written.find(&format!("## {}", blocks[1].id)).unwrap()];
    let reading = read(&written, &format!("{written}\n{again}"));
    assert_eq!((reading.changes.len(), reading.unread.len()), (0, 0));
    let reading = read(&written, &format!("{written}\n{}", again.replace("One", "Uno")));
    assert_eq!((reading.changes.len(), reading.unread.len()), (0, 2));
    assert!(reading.unread[0].why.contains("lines 14 and 28"), "{:?}", reading.unread);
}

#[test]
fn a_slip_in_the_french_is_told_and_the_english_taken() {
    let (blocks, written) = three();
    let long = Block { fr: "Il y a bien dix ou douze mots dans cette phrase.".into(), ..block(4, "") };
    let written = written + &write("", &[long]).replace(&explain(""), "");
    let edited = written.replace("bien dix", "bbien dix") + "There are.\n";
    let reading = read(&written, &edited);
    assert_eq!(reading.changes.len(), 1);
    assert_eq!(reading.remarks.len(), 1);
    let reading = read(&written, &written.replace("Phrase 1", "Frase 1"));
    assert_eq!((reading.changes.len(), reading.remarks.len()), (0, 1));
    assert_eq!(reading.untouched, blocks.len() + 1);
}

fn english() -> impl Strategy<Value = String> {
    "[a#>:\\\\é \t\n\r\u{FEFF}\u{A0}\u{85}\u{2028}]{0,10}"
}

proptest! {
    #[test]
    fn awkward_english_comes_back_as_it_was(texts in prop::collection::vec(english(), 1..4), windows: bool) {
        let blocks: Vec<Block> = texts.iter().enumerate().map(|(at, en)| block(at, en)).collect();
        let mut text = write("roy", &blocks);
        if windows {
            text = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        }
        // Read against a buffer with other English, so that every text that is not empty is a change.
        let others: Vec<Block> = blocks.iter().map(|block| Block { en: "zz".into(), ..block.clone() }).collect();
        let reading = read(&write("roy", &others), &text);
        prop_assert_eq!(&reading.unread, &[]);
        let back: Vec<Answer> = reading.changes.into_iter().map(|change| change.answer).collect();
        let typed: Vec<Answer> = texts.iter().filter(|en| !en.is_empty()).map(Answer::typed).collect();
        prop_assert_eq!(back, typed);
        let reading = read(&write("roy", &blocks), &text);
        prop_assert_eq!(reading.untouched, blocks.len());
    }

    #[test]
    fn blocks_in_any_order_edited_or_gone_give_each_sentence_its_own(
        texts in prop::collection::vec(english(), 1..8),
        fates in prop::collection::vec((0..3_usize, 0..100_usize, english()), 8),
    ) {
        let blocks: Vec<Block> = texts.iter().enumerate().map(|(at, en)| block(at, en)).collect();
        let written = write("roy", &blocks);
        let mut kept: Vec<(usize, Block)> = Vec::new();
        let mut expected: HashMap<UnitId, String> = HashMap::new();
        for (block, (fate, order, en)) in blocks.iter().zip(&fates) {
            let mut block = block.clone();
            // 0: left as it is, 1: edited, 2: deleted.
            if *fate == 1 && !en.is_empty() && *en != block.en {
                block.en = format!("{en} new").replace('\n', " new\n");
                expected.insert(block.id, block.en.clone());
            }
            if *fate < 2 {
                kept.push((*order, block));
            }
        }
        kept.sort_by_key(|(order, _)| *order);
        let shuffled: Vec<Block> = kept.into_iter().map(|(_, block)| block).collect();
        let reading = read(&written, &write("roy", &shuffled));
        prop_assert_eq!(&reading.unread, &[]);
        prop_assert_eq!(reading.untouched + expected.len(), shuffled.len());
        let said: HashMap<UnitId, String> = reading.changes.into_iter().map(|change| {
            let Some(English::Typed(en)) = change.answer.english else { panic!("{:?}", change.answer) };
            (change.id, en)
        }).collect();
        prop_assert_eq!(said, expected);
    }

    #[test]
    fn any_two_runs_of_lines_may_be_cut_and_no_english_changes_hands(
        cuts in prop::array::uniform2((0..60_usize, 0..12_usize)),
    ) {
        let texts = ["One and one.", "", "Three\nlines\nof three.", "Four is four.", "Five, five."];
        let blocks: Vec<Block> = texts.iter().enumerate().map(|(at, en)| block(at, en)).collect();
        let written = write("roy", &blocks);
        let mut lines: Vec<&str> = written.lines().collect();
        for (from, many) in cuts {
            let from = from.min(lines.len());
            lines.drain(from..(from + many).min(lines.len()));
        }
        for change in read(&written, &lines.join("\n")).changes {
            // What is left of its own lines, and nothing else.
            let Some(English::Typed(en)) = &change.answer.english else { panic!("{:?}", change.answer) };
            prop_assert!(en.split('\n').all(|line| change.en.contains(line)), "{en}");
        }
    }
}
