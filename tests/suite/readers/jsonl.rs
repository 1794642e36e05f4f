//! Hugging Face's `datasets` and pandas on JSON Lines.

use super::{Seen, articles, awkward_file, enregard, python, same};

#[test]
fn datasets_and_pandas_see_the_articles() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let path = path.to_str().unwrap();
    enregard(&["export", "-o", path]);
    let Some(seen) = python("datasets_load.py", &["json", path]) else { return };
    same(&Seen::read(&seen), &articles());
    same(&Seen::read(&python("pandas_json.py", &[path]).unwrap()), &articles());
    // With more columns too: those that have no value are there all the same.
    enregard(&["export", "-o", path, "--columns", "+status,score,note,paragraph,publisher,licence"]);
    let seen = python("datasets_load.py", &["json", path]).unwrap();
    same(&Seen::read(&seen), &articles());
    assert_eq!(seen[0]["status"], "reviewed");
    assert_eq!(seen[0]["paragraph"], 1);
    assert!(seen[0]["licence"].as_str().unwrap().contains("all rights reserved"));
    assert!(seen.iter().all(|unit| unit["score"].is_null() && unit["article"].is_string()));
}

#[test]
fn datasets_and_pandas_see_the_awkward_units() {
    let folder = tempfile::tempdir().unwrap();
    let (path, expected) = awkward_file("jsonl", folder.path());
    let Some(seen) = python("datasets_load.py", &["json", &path]) else { return };
    same(&Seen::read(&seen), &expected);
    same(&Seen::read(&python("pandas_json.py", &[&path]).unwrap()), &expected);
}
