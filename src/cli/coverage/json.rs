//! The coverage as JSON, for other programs.

use std::io::{self, Write};

use serde::Serialize;

use super::{Measured, Numbers};
use crate::bitext::Edition;
use crate::quality::{Of, Size, State};

#[derive(Serialize)]
struct Whole<'m> {
    of: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'m str>,
    total: Sizes,
    articles: Vec<Article<'m>>,
    definitions: Definitions,
}

#[derive(Serialize)]
struct Article<'m> {
    article: &'m str,
    seed_changed: bool,
    #[serde(flatten)]
    sizes: Sizes,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Vec<Missing<'m>>>,
}

#[derive(Serialize)]
struct Missing<'m> {
    id: &'m str,
    line: Option<u64>,
    state: &'static str,
    fr: &'m [String],
}

#[derive(Serialize)]
struct Sizes {
    coverage: f64,
    sentences: States,
    words: States,
    split_words: States,
    characters: States,
    #[serde(skip_serializing_if = "Option::is_none")]
    tokens: Option<States>,
    orphans: u64,
}

#[derive(Serialize)]
struct States {
    translated: u64,
    reviewed: u64,
    draft: u64,
    stale: u64,
    skipped: u64,
    untranslated: u64,
    all: u64,
}

#[derive(Serialize)]
struct Definitions {
    coverage: &'static str,
    translated: &'static str,
    words: &'static str,
    split_words: &'static str,
    characters: &'static str,
    tokens: &'static str,
    orphans: &'static str,
}

const DEFINITIONS: Definitions = Definitions {
    coverage: "done / (all - skipped), in the measure that `of` names; 1 where there is nothing to do",
    translated: "has English that is not stale: draft + reviewed",
    words: "French words between spaces, with a letter or digit",
    split_words: "French words with elision split: l'IA is two",
    characters: "French characters (Unicode scalar values), spaces inside a sentence included",
    tokens: "French subword tokens of the given tokenizer, without special tokens; only where there is one",
    orphans: "units whose French is gone; in no other number",
};

fn sizes(coverage: &Numbers, of: Of, tokens: bool) -> Sizes {
    let states = |size: fn(Size) -> u64| States {
        translated: size(coverage.translated()),
        reviewed: size(coverage.size(State::Reviewed)),
        draft: size(coverage.size(State::Draft)),
        stale: size(coverage.size(State::Stale)),
        skipped: size(coverage.size(State::Skipped)),
        untranslated: size(coverage.size(State::Untranslated)),
        all: size(coverage.total()),
    };
    Sizes {
        coverage: coverage.share(of),
        sentences: states(|size| size.sentences),
        words: states(|size| size.words),
        split_words: states(|size| size.split_words),
        characters: states(|size| size.chars),
        tokens: tokens.then(|| states(|size| size.tokens)),
        orphans: coverage.orphans,
    }
}

/// Writes everything, with what is missing where `list` asks for it.
pub(super) fn write(
    out: &mut impl Write,
    measured: &[Measured],
    total: &Numbers,
    edition: Option<&Edition>,
    of: Of,
    list: bool,
    tokens: bool,
) -> io::Result<()> {
    let articles = measured.iter().map(|Measured { stem, article }| Article {
        article: stem.as_str(),
        seed_changed: article.changed,
        sizes: sizes(&article.coverage, of, tokens),
        missing: list.then(|| {
            let missing = article.missing.iter().map(|missing| Missing {
                id: missing.unit.id.as_str(),
                line: missing.line,
                state: missing.state.as_str(),
                fr: &missing.unit.fr,
            });
            missing.collect()
        }),
    });
    let whole = Whole {
        of: of.as_str(),
        edition: edition.map(Edition::as_str),
        total: sizes(total, of, tokens),
        articles: articles.collect(),
        definitions: DEFINITIONS,
    };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    out.write_all(b"\n")
}
