//! Hugging Face's `datasets` on a whole dataset: `load_dataset(DIR)`, nothing more.

use std::collections::BTreeSet;

use super::{Seen, articles, enregard, python, same};

#[test]
fn load_dataset_sees_translations_in_three_splits() {
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("set");
    let set = set.to_str().unwrap();
    for columns in [&[][..], &["--columns", "+status,score,paragraph,licence"]] {
        enregard(&[&["export", "--dataset", set], columns].concat());
        let Some(seen) = python("datasets_load.py", &[set]) else { return };
        assert!(seen.iter().all(|unit| unit["type"] == "Translation"));
        let splits: BTreeSet<&str> = seen.iter().map(|unit| unit["split"].as_str().unwrap()).collect();
        assert_eq!(splits, BTreeSet::from(["test", "train", "validation"]));
        let (mut seen, mut expected) = (Seen::read(&seen), articles());
        seen.sort_by(|a, b| a.id.cmp(&b.id));
        expected.sort_by(|a, b| a.id.cmp(&b.id));
        same(&seen, &expected);
    }
    // What the articles say of their rights is what the card says.
    let card = std::fs::read_to_string(folder.path().join("set/README.md")).unwrap();
    assert!(card.contains("\nlicense: other\n") && card.contains("all rights reserved"), "{card}");
}
