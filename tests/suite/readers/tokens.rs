//! Python's tokenizers and transformers on the tokenizers that are learnt here: the same ids for the same texts.

use std::fmt::Write as _;
use std::fs;

use enregard::words::subwords::Subwords;

use super::{articles, enregard, python};
use crate::awkward;

/// What the two engines of regular expressions, and Unicode's tables, might see otherwise.
const AWKWARD: [&str; 14] = [
    "L’IA, d'aujourd'hui, jusqu’à l’été : QU’ON l’appelle prud’homme !",
    "It's 2026; don't, WON'T, we're, they’ll, I'd, rock 'n' roll's",
    "«\u{A0}12\u{202F}000,50\u{A0}€\u{202F}» – soit 25\u{2009}%",
    "e\u{301}te\u{301} E\u{301}TE\u{301} caf\u{e9} \u{fb01}n \u{1E9E}\u{DF}ſt STRASSE straße",
    "日本語のテキスト 한국어 العربية ไทย हिन्दी",
    "😀👩‍👩‍👧 \u{200B}x\u{AD}y\u{FEFF}z",
    "  deux  espaces\t\ttabs\n\nlignes \r\n fin  ",
    "▁déjà ▁▁ là <unk> [UNK] ##x <|endoftext|>",
    "½ ² ① Ⅻ ٣ १२ 1234567",
    "ʼapostrophe ’ ' l' d’ qu'",
    "\u{85}\u{2028}\u{2029}\u{1680}\u{180E}\u{3000}",
    "İstanbul ıI ŁÓDŹ ĳ Ǆ",
    "a_b __init__ http://exemple.fr/l’été?x=1&y=d'un",
    "",
];

fn agrees(train: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tokenizer.json");
    let texts = folder.path().join("texts.jsonl");
    enregard(&[&["tokens", "train", "-o", path.to_str().unwrap()], train].concat());
    let ours = Subwords::parse(&fs::read(&path).unwrap()).unwrap();
    let mut all: Vec<String> = AWKWARD.map(str::to_owned).to_vec();
    all.extend(articles().into_iter().flat_map(|unit| [unit.fr, unit.en]));
    all.extend(awkward::units().iter().flat_map(|unit| [unit.french(), unit.english()]));
    let mut lines = String::new();
    for text in &all {
        writeln!(lines, "{}", serde_json::to_string(text).unwrap()).unwrap();
    }
    fs::write(&texts, lines).unwrap();
    let arguments = [path.to_str().unwrap(), texts.to_str().unwrap()];
    let Some(seen) = python("tokenizer_ids.py", &arguments) else { return };
    assert_eq!(seen.len(), all.len());
    for (text, seen) in all.iter().zip(seen) {
        let ids = serde_json::to_value(ours.ids(text)).unwrap();
        assert_eq!((&seen["ids"], &seen["wrapped"]), (&ids, &ids), "{text:?}: {}", seen["tokens"]);
    }
}

#[test]
fn byte_pairs_are_the_same_in_python() {
    agrees(&["--model", "bpe", "--vocabulary", "1500"]);
}

#[test]
fn word_pieces_are_the_same_in_python() {
    agrees(&["--model", "wordpiece", "--lowercase"]);
}

#[test]
fn unigram_pieces_are_the_same_in_python() {
    agrees(&["--model", "unigram", "--side", "fr"]);
}
