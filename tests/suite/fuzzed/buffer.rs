//! A buffer that went through a person's editor.

use enregard::bitext::{Kind, Status, Unit, UnitId};
use enregard::desk::English;
use enregard::desk::buffer::{Block, read, write};

const TEXTS: [(&str, &str); 3] =
    [("Il pleut.", "It is raining."), ("Il vente.", ""), ("Rien.", "Nothing.\nAt all.")];

fn id(fr: &str) -> UnitId {
    UnitId::of(&"fuzz".parse().expect("a stem"), &[fr], 0)
}

/// The buffer of three sentences, two of them with English.
fn written() -> String {
    let blocks: Vec<Block> = TEXTS
        .iter()
        .enumerate()
        .map(|(at, (fr, en))| {
            let mut unit = Unit::new(id(fr), Kind::Body, *fr);
            if !en.is_empty() {
                (unit.en, unit.status) = ((*en).into(), Status::Draft);
            }
            Block::of(&unit, (at + 1, 3))
        })
        .collect();
    write("fuzz", &blocks)
}

/// What came back from an editor.
pub fn buffer(data: &[u8]) {
    let Ok(edited) = std::str::from_utf8(data) else { return };
    // The ids are not to be guessed: ID1 stands for the first.
    let named = |text: String, (at, (fr, _)): (usize, &(&str, &str))| {
        text.replace(&format!("ID{}", at + 1), id(fr).as_str())
    };
    let edited = &TEXTS.iter().enumerate().fold(edited.to_owned(), named);
    let written = written();
    let reading = read(&written, edited);
    // Every line of English that was typed is in a change, or told as unread.
    let mut told: String =
        reading.unread.iter().map(|unread| unread.text.as_str()).collect::<Vec<_>>().join("\n");
    for change in &reading.changes {
        if let Some(English::Typed(text)) = &change.answer.english {
            told.push('\n');
            told.push_str(text);
        }
    }
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (told, known) = (words(&told), words(&written));
    for line in edited.strip_prefix('\u{FEFF}').unwrap_or(edited).lines().map(str::trim) {
        if line.starts_with(['#', '>', ':', '\\'])
            || line.ends_with('\\')
            || !line.contains(char::is_alphabetic)
        {
            continue;
        }
        for word in words(line) {
            assert!(
                told.contains(&word) || known.contains(&word),
                "{word:?} of {line:?} is lost: {reading:?}"
            );
        }
    }
    // What nobody touched changes nothing.
    let same = read(edited, edited);
    assert!(same.changes.iter().all(|change| !matches!(change.answer.english, Some(English::Typed(_)))));
}
