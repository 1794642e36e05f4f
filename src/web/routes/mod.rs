//! The API's routes: each reads a request, calls the desk, and says what came of it. docs/API.md lists them.

mod article;
mod asked;
mod corpus;
mod search;
mod shape;
mod steps;
mod units;
mod whole;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, patch, post};

use crate::desk::Amended;

use super::answer::Problem;
use super::json;
use super::state::Site;

/// All routes below `/api`.
pub(super) fn api() -> Router<Arc<Site>> {
    Router::new()
        .route("/session", get(corpus::session))
        .route("/articles", get(corpus::articles))
        .route("/progress", get(corpus::progress))
        .route("/search", get(search::search))
        .route("/steps", get(steps::list))
        .route("/undo", post(steps::undo))
        .route("/redo", post(steps::redo))
        .route("/articles/{article}", get(article::outline))
        .route("/articles/{article}/units", get(article::units))
        .route("/articles/{article}/findings", get(article::findings))
        .route("/articles/{article}/where", get(article::holding))
        .route("/articles/{article}/sync", post(article::sync))
        .route("/articles/{article}/amend", post(units::amend_many))
        .route("/articles/{article}/reshape", post(shape::reshape_units))
        .route("/articles/{article}/align", post(whole::align))
        .route("/articles/{article}/export", post(whole::export))
        .route("/articles/{article}/units/{id}/help", get(units::help))
        .route("/articles/{article}/units/{id}", patch(units::amend_one).get(units::one))
        .route("/articles/{article}/units/{id}/check", post(units::check))
        .route("/articles/{article}/units/{id}/history", get(units::history))
        .route("/articles/{article}/units/{id}/restore", post(units::restore_one))
        .fallback(absent)
}

async fn absent() -> Problem {
    Problem::not_found("there is no such route: docs/API.md lists them")
}

/// The units that are not what the page showed, as an answer.
fn clashes(amended: &Amended) -> Option<Problem> {
    if amended.clashes.is_empty() {
        return None;
    }
    let told = amended.clashes.iter().map(|(id, now)| {
        let now = now.as_ref().map(|unit| json::unit_at(0, 0, unit));
        serde_json::json!({ "id": id.as_str(), "now": now })
    });
    Some(Problem::changed(told.collect()))
}
