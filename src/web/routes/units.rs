//! One unit or several: seeing, changing, checking as one types, going back.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bitext::{Texts, Unit, UnitId};
use crate::desk::{Amendment, How, Wish, amend, past, restore};
use crate::store::file::unit_tag;

use super::super::answer::Problem;
use super::super::json;
use super::super::state::{Site, Where, apart, aside, change, grant};
use super::asked::{InArticle, OneUnit, Told, seen};
use super::clashes;

/// What a page wants of units.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in super::super) struct AmendmentJson {
    en: Option<String>,
    status: Option<String>,
    note: Option<String>,
    kind: Option<String>,
    keep: bool,
    dismiss: Vec<String>,
    recall: Vec<String>,
    pin: Option<bool>,
    /// The step to go on with: one sentence is saved many times while it is typed.
    again: Option<String>,
}

impl AmendmentJson {
    fn read(self) -> Result<(Amendment, Option<String>), Problem> {
        let amendment = Amendment {
            en: self.en,
            status: self.status.as_deref().map(str::parse).transpose().map_err(Problem::bad)?,
            note: self.note,
            kind: self.kind.as_deref().map(str::parse).transpose().map_err(Problem::bad)?,
            keep: self.keep,
            dismiss: self.dismiss,
            recall: self.recall,
            pin: self.pin,
        };
        if amendment.is_empty() {
            return Err(Problem::bad(
                "nothing is wanted: give one of en, status, note, kind, keep, dismiss, recall, pin",
            ));
        }
        Ok((amendment, self.again))
    }
}

/// A unit as it is now, with its tag as `ETag`.
pub(in super::super) async fn one(
    State(site): State<Arc<Site>>,
    OneUnit(place, id): OneUnit,
) -> Result<Response, Problem> {
    aside(&site, move |site| answer_unit(site, &place, id, json!({}))).await
}

/// Changes one unit, if it is still what `If-Match` says.
pub(in super::super) async fn amend_one(
    State(site): State<Arc<Site>>,
    OneUnit(place, id): OneUnit,
    headers: HeaderMap,
    Told(wanted): Told<AmendmentJson>,
) -> Result<Response, Problem> {
    let tag = headers
        .get(IF_MATCH)
        .and_then(|tag| tag.to_str().ok())
        .map(|tag| tag.trim().trim_matches('"').to_owned());
    let Some(tag) = tag else {
        let told = "give the unit's tag as If-Match";
        return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "tag", told));
    };
    let (amendment, again) = wanted.read()?;
    let wish = Wish { seen: vec![(id, tag)], wanted: amendment };
    let amended = grant(&site, place.clone(), wish, again).await?;
    if let Some(problem) = clashes(&amended) {
        return Err(problem);
    }
    if let Some((_, error)) = amended.refused.first() {
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "refused", error.to_string()));
    }
    apart(&site, move |site| {
        if let Some((_, after)) = amended.changed.first() {
            site.shelf.learn(&place.stem, place.edition.as_ref(), after);
        }
        answer_unit(site, &place, id, json!({ "step": amended.step }))
    })
    .await
}

/// What the checks find in a unit by itself, but what was dismissed.
fn findings_of(site: &Site, unit: &Unit) -> Result<Value, Problem> {
    let hash = unit.texts_hash();
    let gone = |check: &str| unit.more.dismissed.iter().any(|one| one.check == check && one.hash == hash);
    let (fr, en) = (unit.french(), unit.english());
    let found = site.shelf.check(unit)?;
    Ok(found.iter().filter(|one| !gone(&one.check)).map(|one| json::finding(one, &fr, &en)).collect())
}

/// A unit with its findings, as an answer to a change of it.
fn answer_unit(site: &Site, place: &Where, id: UnitId, mut told: Value) -> Result<Response, Problem> {
    let shelved = site.open(place)?;
    let units = shelved.opened.alignment.units();
    let at = shelved.place(id).ok_or_else(|| Problem::not_found("there is no such unit"))?;
    let unit = &units[at];
    told["findings"] = findings_of(site, unit)?;
    told["unit"] = json!(json::unit(&shelved, at, unit));
    told["stamp"] = json!(shelved.stamp);
    let mut response = Json(told).into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", unit_tag(unit))) {
        response.headers_mut().insert(ETAG, tag);
    }
    Ok(response)
}

/// Units that a page shows, with their tags, and what it wants of them all.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct AmendManyJson {
    /// Ids and tags.
    seen: Vec<(String, String)>,
    #[serde(default)]
    preview: bool,
    change: AmendmentJson,
}

/// Changes several units as one step; with `preview` only says what would come of it.
pub(in super::super) async fn amend_many(
    State(site): State<Arc<Site>>,
    InArticle(place): InArticle,
    Told(wanted): Told<AmendManyJson>,
) -> Result<Json<Value>, Problem> {
    let seen = seen(wanted.seen)?;
    let (amendment, _) = wanted.change.read()?;
    let dry = wanted.preview;
    let work = move |site: &Site| {
        let author = site.author(format!("set {} units of {}", seen.len(), place.name()));
        let how = How { dry, again: None };
        let amended = amend(site.corpus(), author, place.pair(), &seen, &amendment, how)?;
        if let Some(problem) = clashes(&amended) {
            return Err(problem);
        }
        let told = |unit: &Unit| json!(json::unit_at(0, 0, unit));
        let shown = amended.changed.iter().take(200);
        let changed: Vec<Value> =
            shown.map(|(before, after)| json!({ "before": told(before), "after": told(after) })).collect();
        let refused =
            amended.refused.iter().map(|(id, error)| json!({ "id": id.as_str(), "why": error.to_string() }));
        Ok(Json(json!({
            "changed": changed,
            "count": amended.changed.len(),
            "refused": refused.collect::<Vec<_>>(),
            "step": amended.step,
        })))
    };
    if dry { aside(&site, work).await } else { change(&site, work).await }
}

/// English as it is being typed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct CheckJson {
    en: String,
}

/// What the checks find in a unit with this English; nothing is written.
pub(in super::super) async fn check(
    State(site): State<Arc<Site>>,
    OneUnit(place, id): OneUnit,
    Told(typed): Told<CheckJson>,
) -> Result<Json<Value>, Problem> {
    aside(&site, move |site| {
        let shelved = site.open(&place)?;
        let at = shelved.place(id).ok_or_else(|| Problem::not_found("there is no such unit"))?;
        let mut unit = shelved.opened.alignment.units()[at].clone();
        unit.en = if typed.en.trim().is_empty() { Texts::new() } else { typed.en.into() };
        let found = findings_of(site, &unit)?;
        Ok(Json(json!({ "findings": found })))
    })
    .await
}

/// What helps to translate a unit: matches from the memory, terms of the glossary.
pub(in super::super) async fn help(
    State(site): State<Arc<Site>>,
    OneUnit(place, id): OneUnit,
) -> Result<Json<Value>, Problem> {
    aside(&site, move |site| {
        let help = site.shelf.help(&place.stem, place.edition.as_ref(), id)?;
        let matches = help.matches.iter().map(|found| {
            json!({
                "likeness": f64::from(found.score) / 100.0,
                "changes": json::compared(&found.fr, &help.french),
                "en": found.en,
                "source": found.from.to_string(),
                "times": found.times,
            })
        });
        let terms = help.terms.iter().map(|term| json!({ "fr": term.span.of(&help.french), "en": term.en }));
        Ok(Json(json!({
            "matches": matches.collect::<Vec<_>>(),
            "terms": terms.collect::<Vec<_>>(),
            "coming": help.coming,
        })))
    })
    .await
}

/// What became of a unit, the newest first, and the unit as it is now, where it is still there.
pub(in super::super) async fn history(
    State(site): State<Arc<Site>>,
    OneUnit(place, id): OneUnit,
) -> Result<Json<Value>, Problem> {
    aside(&site, move |site| {
        let past = past(site.corpus(), place.pair(), id)?;
        let unread: Vec<String> = past.unread.iter().map(ToString::to_string).collect();
        let events: Vec<Value> = past
            .events
            .iter()
            .rev()
            .map(|event| {
                let english = |unit: &Option<Unit>| unit.as_ref().map(Unit::english).unwrap_or_default();
                let told = |unit: &Option<Unit>| unit.as_ref().map(|unit| json!(json::unit_at(0, 0, unit)));
                json!({
                    "step": event.step,
                    "at": event.at,
                    "by": event.by,
                    "command": event.command,
                    "before": told(&event.before),
                    "after": told(&event.after),
                    "changes": json::compared(&english(&event.before), &english(&event.after)),
                })
            })
            .collect();
        let shelved = site.open(&place)?;
        let unit = shelved
            .place(id)
            .map(|at| json!(json::unit(&shelved, at, &shelved.opened.alignment.units()[at])));
        Ok(Json(json!({ "events": events, "unread": unread, "unit": unit })))
    })
    .await
}

/// Which state of a unit is wanted back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct RestoreJson {
    tag: String,
    step: String,
    #[serde(default)]
    before: bool,
}

/// Puts a unit's English back to what it was at a step.
pub(in super::super) async fn restore_one(
    State(site): State<Arc<Site>>,
    OneUnit(place, id): OneUnit,
    Told(wanted): Told<RestoreJson>,
) -> Result<Response, Problem> {
    change(&site, move |site| {
        let author = site.author(format!("restore {}:{id}", place.name()));
        let seen = [(id, wanted.tag)];
        let amended = restore(site.corpus(), author, place.pair(), &seen, &wanted.step, wanted.before)?;
        match clashes(&amended) {
            Some(problem) => Err(problem),
            None => answer_unit(site, &place, id, json!({ "step": amended.step })),
        }
    })
    .await
}
