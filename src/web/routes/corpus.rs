//! The corpus as a whole: who serves it, its articles, how it came on.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::bitext::Kind;
use crate::desk::{DeskError, OpenState, list};
use crate::format::{FORMATS, Write};

use super::super::answer::Problem;
use super::super::json;
use super::super::state::{Site, aside};

/// What a page needs before all else, the run's secret among it.
pub(in super::super) async fn session(State(site): State<Arc<Site>>) -> Json<Value> {
    let corpus = site.corpus();
    let name = corpus.root().file_name().map(|name| name.to_string_lossy().into_owned());
    let formats = FORMATS.iter().filter(|format| matches!(format.write, Write::Text(_) | Write::File(_)));
    let formats = formats.filter_map(|format| {
        Some(json!({ "name": format.name, "title": format.title, "ending": format.endings.first()? }))
    });
    let formats: Vec<Value> = formats.collect();
    Json(json!({
        "secret": site.secret(),
        "name": name.unwrap_or_default(),
        "by": site.by,
        "source": corpus.config().corpus.source,
        "target": corpus.config().corpus.target,
        "version": env!("CARGO_PKG_VERSION"),
        "kinds": Kind::ALL.map(Kind::as_str),
        "formats": formats,
    }))
}

/// The articles, each with how far it has come.
pub(in super::super) async fn articles(State(site): State<Arc<Site>>) -> Result<Json<Value>, Problem> {
    let articles = aside(&site, |site| {
        let corpus = site.corpus();
        let survey = corpus.survey()?;
        let mut all = Vec::with_capacity(survey.stems.len());
        list(corpus, &survey.stems, None, |stem, listed| {
            all.push(match listed {
                Ok(listed) => json!({
                    "name": stem.as_str(),
                    "title": listed.title(),
                    "state": match listed.state {
                        OpenState::New => "new",
                        OpenState::Current => "current",
                        OpenState::SeedChanged => "changed",
                    },
                    "coverage": json::coverage(&listed.coverage),
                    "words": listed.coverage.total().words,
                    "orphans": listed.coverage.orphans,
                    "editions": listed.editions.iter().map(|edition| edition.as_str()).collect::<Vec<_>>(),
                    "changed": listed.changed,
                }),
                Err(error) => json!({ "name": stem.as_str(), "error": error.to_string() }),
            });
            Ok::<(), DeskError>(())
        })?;
        let odd = survey.odd.iter().map(|odd| json!({ "path": odd.path, "why": odd.why }));
        Ok(json!({ "articles": all, "odd": odd.collect::<Vec<_>>() }))
    })
    .await?;
    Ok(Json(articles))
}

/// The days on which sentences were last touched, with their numbers.
pub(in super::super) async fn progress(State(site): State<Arc<Site>>) -> Result<Json<Value>, Problem> {
    let days = aside(&site, |site| {
        let corpus = site.corpus();
        Ok(crate::desk::progress(corpus, &corpus.stems()?, None))
    })
    .await?;
    let days: Vec<Value> = days
        .iter()
        .map(|(day, count)| {
            json!({ "day": day, "draft": count.draft, "reviewed": count.reviewed, "skipped": count.skipped })
        })
        .collect();
    Ok(Json(json!({ "days": days })))
}
