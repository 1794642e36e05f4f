//! What a request says, read before its route: the article and unit in its path, its query, its body. What cannot be read is told as JSON.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::bitext::UnitId;

use super::super::answer::Problem;
use super::super::state::Where;

/// The article, or an edition of it, that a path and its query name. A name is taken whole: a page knows it.
pub(super) struct InArticle(pub Where);

/// A unit of it.
pub(super) struct OneUnit(pub Where, pub UnitId);

/// What stands behind the path's question mark.
pub(super) struct Query<T>(pub T);

/// The body.
pub(super) struct Told<T>(pub T);

/// Which edition of the article; none: its own English.
#[derive(Debug, Default, Deserialize)]
struct EditionQuery {
    edition: Option<String>,
}

pub(super) fn unit_id(id: &str) -> Result<UnitId, Problem> {
    id.parse().map_err(|_| Problem::not_found("there is no such unit"))
}

/// Ids and tags of units as a page saw them.
pub(super) fn seen(all: Vec<(String, String)>) -> Result<Vec<(UnitId, String)>, Problem> {
    all.into_iter().map(|(id, tag)| Ok((unit_id(&id)?, tag))).collect()
}

/// A part of the path, as the router names it.
async fn named<S: Send + Sync>(parts: &mut Parts, state: &S, name: &str) -> Result<String, Problem> {
    let all = RawPathParams::from_request_parts(parts, state).await;
    let all = all.map_err(|error| Problem::bad(error.body_text()))?;
    let found = all.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    found.ok_or_else(Problem::internal)
}

impl<S: Send + Sync> FromRequestParts<S> for InArticle {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let article = named(parts, state, "article").await?;
        let stem = article.parse().map_err(|_| Problem::not_found("there is no such article"))?;
        let Query(EditionQuery { edition }) = Query::from_request_parts(parts, state).await?;
        let edition = edition
            .filter(|edition| !edition.is_empty())
            .map(|edition| edition.parse().map_err(|_| Problem::not_found("there is no such edition")))
            .transpose()?;
        Ok(InArticle(Where { stem, edition }))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OneUnit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let InArticle(place) = InArticle::from_request_parts(parts, state).await?;
        let id = named(parts, state, "id").await?;
        Ok(OneUnit(place, unit_id(&id)?))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let found = axum::extract::Query::try_from_uri(&parts.uri);
        found.map(|axum::extract::Query(found)| Query(found)).map_err(|error| Problem::bad(error.body_text()))
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Told<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        // The guard has read it whole, within its limit.
        let read: Result<Bytes, _> = to_bytes(request.into_body(), usize::MAX).await;
        let body = read.map_err(|error| Problem::bad(error.to_string()))?;
        let told = serde_json::from_slice(&body);
        told.map(Told).map_err(|error| {
            let syntax = if error.is_data() { "is not what is expected" } else { "is no JSON" };
            Problem::new(StatusCode::BAD_REQUEST, "request", format!("the body {syntax}: {error}"))
        })
    }
}
