//! Whole texts: English brought in and aligned, and what is shown as a file.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::desk::bring::{BringError, Bringing, Options};
use crate::desk::{Sides, shown};
use crate::format::named;

use super::super::answer::Problem;
use super::super::state::{Site, aside, change};
use super::asked::{InArticle, Told, unit_id};

/// A whole English text, or word that the one brought before is to be aligned anew.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in super::super) struct AlignJson {
    text: Option<String>,
    /// Align the text again that was brought last.
    again: bool,
    /// Also a text that does not look like a translation.
    anyway: bool,
}

/// Brings a whole English text in; one step of undo.
pub(in super::super) async fn align(
    State(site): State<Arc<Site>>,
    InArticle(place): InArticle,
    Told(wanted): Told<AlignJson>,
) -> Result<Json<Value>, Problem> {
    change(&site, move |site| {
        let corpus = site.corpus();
        let received = match wanted.text {
            Some(text) if !wanted.again => text.into_bytes(),
            _ => corpus.received(&place.stem, place.edition.as_ref())?.ok_or_else(|| {
                let told = "no whole English text was brought to this article yet: bring one first";
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", told)
            })?,
        };
        let refused = |error: BringError| match error {
            BringError::Desk(error) => Problem::from(error),
            BringError::Doubt(_) => {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "doubt", error.to_string())
            }
            error => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", error.to_string()),
        };
        let options = Options { anyway: wanted.anyway, ..Options::default() };
        let author = site.author(format!("align {}", place.name()));
        let brought = Bringing::new(corpus, options)
            .and_then(|bringing| bringing.bring(author, &place.stem, place.edition.as_ref(), &received))
            .map_err(refused)?;
        site.shelf.forget();
        let summary = &brought.summary;
        let beads: serde_json::Map<String, Value> =
            summary.beads.iter().map(|((fr, en), count)| (format!("{fr}–{en}"), json!(count))).collect();
        let unsure = summary
            .unsure
            .iter()
            .map(|one| json!({ "id": one.id.as_str(), "score": one.score, "fr": one.fr, "en": one.en }));
        Ok(Json(json!({
            "beads": beads,
            "known": summary.known,
            "left": { "fr": summary.french_left, "en": summary.english_left },
            "displaced": summary.displaced,
            "english": summary.english,
            "mean": summary.mean_score,
            "changed": summary.changed,
            "gaps": summary.gaps.len(),
            "swapped": summary.may_be_swapped(),
            "unsure": unsure.collect::<Vec<_>>(),
        })))
    })
    .await
}

/// Which units are to be in the file, and how.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct ExportJson {
    format: String,
    ids: Vec<String>,
    #[serde(default)]
    sides: String,
}

/// The units that the page shows, as a file.
pub(in super::super) async fn export(
    State(site): State<Arc<Site>>,
    InArticle(place): InArticle,
    Told(wanted): Told<ExportJson>,
) -> Result<Response, Problem> {
    aside(&site, move |site| {
        let ids = wanted.ids.iter().map(|id| unit_id(id)).collect::<Result<Vec<_>, _>>()?;
        let format = named(&wanted.format).map_err(Problem::bad)?;
        let sides = match wanted.sides.as_str() {
            "" | "both" => Sides::Both,
            "fr" => Sides::French,
            "en" => Sides::English,
            other => return Err(Problem::bad(format!("found `{other}`, expected both, fr or en"))),
        };
        let bytes = shown(&site.shelf, place.pair(), &ids, sides, format)?;
        let mut response = Response::new(Body::from(bytes));
        // Never shown by the browser as a page of this site.
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        response.headers_mut().insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
        Ok(response)
    })
    .await
}
