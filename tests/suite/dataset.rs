//! `export --dataset` as a real process: splits, card and manifest.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::store::sha256;
use serde_json::Value;

fn enregard(folder: &Path, arguments: &[&str], code: i32) -> String {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder).env_clear().env("SOURCE_DATE_EPOCH", "1795161600");
    let told = command.args(arguments).assert().code(code);
    String::from_utf8(told.get_output().stderr.clone()).unwrap()
}

/// Sentences of twelve words, which no other number has.
fn sentences(number: usize) -> Vec<String> {
    let sentence = |at: usize| {
        let words: Vec<String> = (0..12).map(|word| format!("mot{}x{}y{word}", number, at)).collect();
        format!("Voici {}.", words.join(" "))
    };
    (0..10).map(sentence).collect()
}

/// An article with English for each of its sentences.
fn article(folder: &Path, name: &str, sentences: &[String], licence: Option<&str>) {
    let text = sentences.join(" ") + "\n";
    let licence = licence.map(|licence| format!(",\"licence\":\"{licence}\"")).unwrap_or_default();
    let mut file = format!(
        "{{\"enregard\":1,\"article\":\"{name}\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{}\",\"splitter\":\"fr/1\"{licence}}}\n",
        sha256(text.as_bytes())
    );
    for (number, sentence) in sentences.iter().enumerate() {
        let id = enregard::bitext::UnitId::of(&name.parse().unwrap(), &[sentence], number);
        file += &format!(
            "\n{{\"id\":\"{id}\",\"fr\":[\"{sentence}\"],\"en\":[\"Sentence {number} of {name}.\"]}}\n"
        );
    }
    for part in ["seeds", "alignments"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    fs::write(folder.join(format!("seeds/{name}.txt")), text).unwrap();
    fs::write(folder.join(format!("alignments/{name}.jsonl")), file).unwrap();
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn whole_articles_go_to_splits_and_nearly_the_same_ones_together() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..8 {
        article(folder.path(), &format!("a{number}"), &sentences(number), Some("CC BY 4.0"));
    }
    // A later version of the first.
    let mut later = sentences(0);
    later.truncate(6);
    later.extend(sentences(99).into_iter().take(5));
    article(folder.path(), "b0", &later, Some("https://creativecommons.org/licenses/by/4.0/"));
    for seed in ["0", "1", "2"] {
        let told = enregard(folder.path(), &["export", "--dataset", "set", "--seed", seed], 0);
        assert!(told.starts_with("wrote 91 units to set\n"), "{told}");
        assert!(
            told.contains("note: 1 articles are kept in the split of another that is nearly the same"),
            "{told}"
        );
        let set = folder.path().join("set");
        let manifest = json(&set.join("manifest.json"));
        let mut units = 0;
        for file in manifest["files"].as_array().unwrap() {
            let bytes = fs::read(set.join(file["name"].as_str().unwrap())).unwrap();
            assert_eq!(file["sha256"], sha256(&bytes));
            assert_eq!(file["bytes"], bytes.len());
            units += file["units"].as_u64().unwrap();
        }
        assert_eq!(units, 91);
        assert_eq!(manifest["options"]["seed"].to_string(), seed);
        let articles = manifest["articles"].as_array().unwrap();
        let split = |name: &str| {
            let article = articles.iter().find(|article| article["article"] == name).unwrap();
            article["split"].as_str().unwrap()
        };
        assert_eq!(split("a0"), split("b0"), "seed {seed}");
        let told = articles.iter().filter(|article| article["nearly_the_same_as"] == "a0").count();
        assert_eq!(told, 1);
        for split in ["train", "validation", "test"] {
            assert!(articles.iter().any(|article| article["split"] == split), "seed {seed}: {split}");
        }
    }
    let card = fs::read_to_string(folder.path().join("set/README.md")).unwrap();
    assert!(card.contains("\nlicense:\n- cc-by-4.0\nmultilinguality:"), "{card}");
    assert!(card.contains("language:\n- \"fr\"\n- \"en\"\n"), "{card}");
    assert!(!card.to_lowercase().contains("apache"), "{card}");
}

#[test]
fn the_same_corpus_and_seed_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..4 {
        article(folder.path(), &format!("a{number}"), &sentences(number), None);
    }
    for set in ["one", "two"] {
        enregard(folder.path(), &["export", "--dataset", set, "--columns", "+status,licence"], 0);
    }
    for file in ["README.md", "manifest.json", "data/train.jsonl", "data/test.jsonl", "data/validation.jsonl"]
    {
        let of = |set: &str| fs::read(folder.path().join(set).join(file)).unwrap();
        assert_eq!(of("one"), of("two"), "{file}");
    }
    assert!(fs::read_to_string(folder.path().join("one/README.md")).unwrap().contains("license: unknown\n"));
}
