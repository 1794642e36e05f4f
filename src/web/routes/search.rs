//! Looking for a text over both sides of the whole corpus.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bitext::{Lang, Span, Stem, UnitId};
use crate::desk::DeskError;
use crate::desk::find::{Find, Hit, Order, Texts};
use crate::memory::{Pattern, Spelling};

use super::super::answer::Problem;
use super::super::json;
use super::super::state::{Site, aside};
use super::asked::Query;

/// Units that are shown, at most.
const MOST: usize = 100;

/// A text that is looked for.
#[derive(Debug, Deserialize)]
pub(in super::super) struct SearchQuery {
    text: String,
}

/// A pattern for a text as it stands, case and accents aside.
pub(super) fn plain(text: &str) -> Result<Pattern, Problem> {
    let how = Spelling { fixed: true, ..Spelling::default() };
    Pattern::new(text.trim(), how).map_err(|error| Problem::bad(error.to_string()))
}

/// A unit with what was found in it.
struct Found {
    stem: Stem,
    id: UnitId,
    texts: Arc<Texts>,
    spans: [Vec<Span>; 2],
}

/// The units that hold a text on either side, with its places in them.
pub(in super::super) async fn search(
    State(site): State<Arc<Site>>,
    Query(query): Query<SearchQuery>,
) -> Result<Json<Value>, Problem> {
    aside(&site, move |site| {
        let corpus = site.corpus();
        let find = Find {
            pattern: plain(&query.text)?,
            sides: Vec::new(),
            limits: Vec::new(),
            edition: None,
            boilerplate: true,
            order: Order::Article,
            sample: None,
            most: None,
            places: true,
            words: false,
            forms: false,
        };
        let mut found: Vec<Found> = Vec::new();
        let (mut of, mut last) = (0, None);
        let take = |hit: &Hit| {
            let unit = (hit.stem.clone(), hit.id);
            let same = last.as_ref() == Some(&unit);
            if !same {
                of += 1;
                last = Some(unit);
                if found.len() < MOST {
                    let (stem, texts) = (hit.stem.clone(), Arc::clone(&hit.texts));
                    found.push(Found { stem, id: hit.id, texts, spans: [Vec::new(), Vec::new()] });
                }
            }
            if of <= MOST
                && let Some(unit) = found.last_mut()
            {
                unit.spans[usize::from(hit.side != Lang::Fr)].push(hit.span);
            }
            Ok::<(), DeskError>(())
        };
        find.run(corpus, &corpus.stems()?, take, |_, _| {})?;
        let hits = found.iter().map(|unit| {
            let places = |spans: &[Span], text: &str| -> Vec<[usize; 2]> {
                spans
                    .iter()
                    .map(|span| [json::utf16(text, span.start), json::utf16(text, span.end)])
                    .collect()
            };
            json!({
                "article": unit.stem.as_str(),
                "id": unit.id.as_str(),
                "fr": unit.texts.fr,
                "en": unit.texts.en,
                "frSpans": places(&unit.spans[0], &unit.texts.fr),
                "enSpans": places(&unit.spans[1], &unit.texts.en),
            })
        });
        Ok(Json(json!({ "of": of, "hits": hits.collect::<Vec<_>>() })))
    })
    .await
}
