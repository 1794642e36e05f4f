//! The manifest: program, options, files with their hashes, and where each article is.

use serde_json::{Map, Value, json};

use crate::format::{Options, PROGRAM};

use super::splits::{SHARE, Split};
use super::{Article, Written};

/// The manifest, as JSON that a person can read.
pub(super) fn manifest(
    options: &Options,
    articles: &[Article],
    groups: &[usize],
    splits: &[Split],
    files: &[Written],
) -> String {
    let mut chosen = Map::new();
    for (key, value) in [
        ("source", options.source.as_str().into()),
        ("target", options.target.as_str().into()),
        ("columns", options.columns.to_string().into()),
        ("seed", options.seed.into()),
        ("share_of_test_and_of_validation", SHARE.into()),
    ] {
        chosen.insert(key.to_owned(), value);
    }
    for (key, value) in &options.chosen {
        chosen.insert(key.clone(), value.as_str().into());
    }
    let files: Vec<Value> = files
        .iter()
        .map(|file| {
            json!({
                "name": file.name, "split": file.split.as_str(), "articles": file.articles, "units": file.units,
                "bytes": file.bytes, "sha256": file.sha256,
            })
        })
        .collect();
    let articles: Vec<Value> = articles
        .iter()
        .zip(groups)
        .zip(splits)
        .map(|((article, group), split)| {
            let mut told = Map::new();
            told.insert("article".to_owned(), article.name.as_str().into());
            told.insert("split".to_owned(), split.as_str().into());
            told.insert("units".to_owned(), article.units.into());
            if articles[*group].name != article.name {
                told.insert("nearly_the_same_as".to_owned(), articles[*group].name.as_str().into());
            }
            for (key, value) in &article.about {
                told.insert(key.clone(), value.as_str().into());
            }
            Value::Object(told)
        })
        .collect();
    let manifest = json!({
        "manifest": 1, "program": PROGRAM, "name": options.name, "at": options.at, "options": chosen,
        "files": files, "articles": articles,
    });
    // A value of these parts is always JSON.
    let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text.push('\n');
    text
}
