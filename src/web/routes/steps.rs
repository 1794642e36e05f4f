//! Undo, redo, and the list of what was done.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bitext::{Edition, Stem};
use crate::store::Turned;

use super::super::answer::Problem;
use super::super::state::{Site, aside, change};
use super::asked::Query;

/// How many of the last steps.
#[derive(Debug, Deserialize)]
pub(in super::super) struct StepsQuery {
    count: Option<usize>,
}

/// The last steps, the newest first.
pub(in super::super) async fn list(
    State(site): State<Arc<Site>>,
    Query(query): Query<StepsQuery>,
) -> Result<Json<Value>, Problem> {
    aside(&site, move |site| {
        let steps = site.corpus().steps()?;
        let last = steps.iter().rev().take(query.count.unwrap_or(50).min(500));
        let steps: Vec<Value> = last
            .map(|step| {
                json!({
                    "id": step.id,
                    "at": step.at,
                    "by": step.by,
                    "command": step.command,
                    "files": step.files.iter().map(|(stem, edition, _)| name(stem, edition.as_ref())).collect::<Vec<_>>(),
                    "undone": step.files.iter().all(|(.., stands)| !stands),
                })
            })
            .collect();
        Ok(Json(json!({ "steps": steps })))
    })
    .await
}

/// Takes the last step back.
pub(in super::super) async fn undo(State(site): State<Arc<Site>>) -> Result<Json<Value>, Problem> {
    change(&site, |site| {
        let turned = site.corpus().undo(&site.author("undo"))?;
        site.shelf.forget();
        Ok(told(turned))
    })
    .await
}

/// Does again what was taken back last.
pub(in super::super) async fn redo(State(site): State<Arc<Site>>) -> Result<Json<Value>, Problem> {
    change(&site, |site| {
        let turned = site.corpus().redo(&site.author("redo"))?;
        site.shelf.forget();
        Ok(told(turned))
    })
    .await
}

fn told(turned: Option<Turned>) -> Json<Value> {
    Json(match turned {
        None => json!({ "step": null, "files": [] }),
        Some(Turned { step, files }) => json!({
            "step": { "id": step.id, "at": step.at, "by": step.by, "command": step.command },
            "files": files.iter().map(|(stem, edition)| json!({
                "article": stem.as_str(),
                "edition": edition.as_ref().map(Edition::as_str),
            })).collect::<Vec<_>>(),
        }),
    })
}

fn name(stem: &Stem, edition: Option<&Edition>) -> String {
    edition.map_or_else(|| stem.to_string(), |edition| format!("{stem}@{edition}"))
}
