//! What is answered: JSON, or a problem with its code, its causes and what to do.

use std::error::Error;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::desk::DeskError;
use crate::store::StoreError;

/// Why a request was not done.
#[derive(Clone, Debug)]
pub(super) struct Problem {
    status: StatusCode,
    body: Value,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &str, told: impl Into<String>) -> Self {
        let told: String = told.into();
        Problem { status, body: json!({ "code": code, "error": told }) }
    }

    pub(super) fn bad(told: impl Into<String>) -> Self {
        Problem::new(StatusCode::BAD_REQUEST, "request", told)
    }

    pub(super) fn not_found(told: impl Into<String>) -> Self {
        Problem::new(StatusCode::NOT_FOUND, "absent", told)
    }

    /// A fault of the program, of which standard error has more.
    pub(super) fn internal() -> Self {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", "a fault of the program: see its terminal")
    }

    /// The units are not what the page showed: both texts go back.
    pub(super) fn changed(clashes: Value) -> Self {
        let told = "the unit was changed elsewhere since the page showed it";
        let body = json!({ "code": "changed", "error": told, "clashes": clashes });
        Problem { status: StatusCode::PRECONDITION_FAILED, body }
    }

    pub(super) fn answer(self) -> Response {
        (self.status, axum::Json(self.body)).into_response()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.answer()
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        let (status, code) = match &error {
            DeskError::NoUnit { .. } | DeskError::Store(StoreError::Unknown { .. }) => {
                (StatusCode::NOT_FOUND, "absent")
            }
            // An article is asked for by its whole name: there is none.
            DeskError::Store(StoreError::Io { path, cause, .. })
                if cause.kind() == std::io::ErrorKind::NotFound && path.starts_with("seeds") =>
            {
                return Problem::not_found("there is no such article");
            }
            DeskError::Edit { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "refused"),
            DeskError::Store(StoreError::Busy { .. }) => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            DeskError::Store(
                StoreError::Changed { .. } | StoreError::ChangedOtherwise { .. } | StoreError::Meanwhile(_),
            ) => (StatusCode::CONFLICT, "changed"),
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "fault"),
        };
        Problem::new(status, code, causes(&error))
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        DeskError::from(error).into()
    }
}

/// An error with its causes, `: ` between.
fn causes(error: &dyn Error) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let text = cause.to_string();
        if !told.ends_with(&text) {
            told = format!("{told}: {text}");
        }
        source = cause.source();
    }
    told
}

/// A value as JSON, with an `ETag`; nothing but the status where the browser has it already.
pub(super) fn tagged(headers: &HeaderMap, tag: &str, body: impl FnOnce() -> Vec<u8>) -> Response {
    let tag = format!("\"{tag}\"");
    let had = headers.get(IF_NONE_MATCH).is_some_and(|had| had.as_bytes() == tag.as_bytes());
    let mut response = if had {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Response::new(Body::from(body()));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}
