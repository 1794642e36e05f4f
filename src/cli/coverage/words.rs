//! The French words: how many have been seen in translated units, and which are new.

use std::io::{self, Write};

use serde_json::json;

use super::table::percent;
use crate::bitext::Stem;
use crate::quality::Vocabulary;

/// Writes the shares, and each new word with its count, in how many articles it stands, and where first.
pub(super) fn write(out: &mut impl Write, words: &Vocabulary, stems: &[Stem]) -> io::Result<()> {
    let lexical = words.lexical();
    writeln!(out, "words\tseen\tnew\tall\tshare seen")?;
    for (name, seen, new, share) in [
        ("different", lexical.seen_types, lexical.new_types, lexical.types_share()),
        ("running", lexical.seen_tokens, lexical.new_tokens, lexical.tokens_share()),
    ] {
        writeln!(out, "{name}\t{seen}\t{new}\t{}\t{}", seen + new, percent(share))?;
    }
    let new = words.new_words();
    if !new.is_empty() {
        writeln!(out, "\nnew word\ttimes\tarticles\tfirst at")?;
    }
    for (word, counts) in new {
        let place = counts
            .first
            .as_ref()
            .and_then(|met| Some(format!("{}:{}", stems.get(met.article as usize)?, met.unit)));
        writeln!(out, "{word}\t{}\t{}\t{}", counts.unseen, counts.articles, place.unwrap_or_default())?;
    }
    Ok(())
}

/// The same as JSON.
pub(super) fn json(words: &Vocabulary, stems: &[Stem]) -> serde_json::Value {
    let lexical = words.lexical();
    let new: Vec<serde_json::Value> = words
        .new_words()
        .into_iter()
        .map(|(word, counts)| {
            let first = counts.first.as_ref().and_then(|met| {
                Some(json!({"article": stems.get(met.article as usize)?.as_str(), "unit": met.unit.as_str(), "place": met.place}))
            });
            json!({"word": word, "times": counts.unseen, "articles": counts.articles, "first": first})
        })
        .collect();
    json!({
        "types": {"seen": lexical.seen_types, "new": lexical.new_types, "share": lexical.types_share()},
        "tokens": {"seen": lexical.seen_tokens, "new": lexical.new_tokens, "share": lexical.tokens_share()},
        "new": new,
    })
}
