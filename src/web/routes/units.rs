//! One unit or several: seeing, changing, checking as one types, going back.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bitext::{Unit, UnitId, joined};
use crate::desk::{Amendment, How, Reshape, Wish, amend, past, reshape, restore};
use crate::store::file::unit_tag;

use super::super::answer::Problem;
use super::super::json;
use super::super::state::{Site, Where, aside, change, grant};
use super::{EditionQuery, clashes, place, unit_id};

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
    Path((article, id)): Path<(String, String)>,
    Query(query): Query<EditionQuery>,
) -> Result<Response, Problem> {
    let place = place(&article, query.edition.as_deref())?;
    aside(&site, move |site| answer_unit(site, &place, unit_id(&id)?, json!({}))).await
}

/// Changes one unit, if it is still what `If-Match` says.
pub(in super::super) async fn amend_one(
    State(site): State<Arc<Site>>,
    Path((article, id)): Path<(String, String)>,
    Query(query): Query<EditionQuery>,
    headers: HeaderMap,
    Json(wanted): Json<AmendmentJson>,
) -> Result<Response, Problem> {
    let place = place(&article, query.edition.as_deref())?;
    let id = unit_id(&id)?;
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
    aside(&site, move |site| {
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
    let gone = |check: &str| unit.dismissed.iter().any(|one| one.check == check && one.hash == hash);
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
    Path(article): Path<String>,
    Query(query): Query<EditionQuery>,
    Json(wanted): Json<AmendManyJson>,
) -> Result<Json<Value>, Problem> {
    let place = place(&article, query.edition.as_deref())?;
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

fn seen(all: Vec<(String, String)>) -> Result<Vec<(UnitId, String)>, Problem> {
    all.into_iter().map(|(id, tag)| Ok((unit_id(&id)?, tag))).collect()
}

/// A change of where units begin and end.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct ReshapeJson {
    /// The units that the page shows and the change is about: ids and tags.
    seen: Vec<(String, String)>,
    change: ShapeJson,
}

/// Places count UTF-16 code units of a unit's texts joined by one space.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum ShapeJson {
    Merge { ids: Vec<String> },
    Split { id: String, fr: usize, en: usize },
    Border { id: String, next: String, fr: usize, en: usize },
    Move { id: String, to: String, side: String },
    Insert { after: String, en: String },
    CrossOut { ids: Vec<String> },
    Give { orphan: String, to: String },
}

/// Merges, splits, moves, puts in, crosses out: one step.
pub(in super::super) async fn reshape_units(
    State(site): State<Arc<Site>>,
    Path(article): Path<String>,
    Query(query): Query<EditionQuery>,
    Json(wanted): Json<ReshapeJson>,
) -> Result<Json<Value>, Problem> {
    let place = place(&article, query.edition.as_deref())?;
    change(&site, move |site| {
        let seen = seen(wanted.seen)?;
        let (command, shape) = read_shape(site, &place, wanted.change)?;
        let author = site.author(command);
        let (amended, ids) = reshape(site.corpus(), author, place.pair(), &seen, &shape)?;
        if let Some(problem) = clashes(&amended) {
            return Err(problem);
        }
        site.shelf.forget();
        let stamp = site.open(&place)?.stamp.clone();
        let ids: Vec<&str> = ids.iter().map(UnitId::as_str).collect();
        Ok(Json(json!({ "ids": ids, "stamp": stamp, "step": amended.step })))
    })
    .await
}

/// The change as the desk has it, and as the history shows it.
fn read_shape(site: &Site, place: &Where, shape: ShapeJson) -> Result<(String, Reshape), Problem> {
    let article = place.name();
    let many = |ids: Vec<String>| ids.iter().map(|id| unit_id(id)).collect::<Result<Vec<_>, _>>();
    let texts = |ids: &[UnitId]| -> Result<(String, String), Problem> {
        let shelved = site.open(place)?;
        let units = shelved.opened.alignment.units();
        let (mut fr, mut en) = (Vec::new(), Vec::new());
        for id in ids {
            let at = shelved.place(*id).ok_or_else(|| Problem::not_found("there is no such unit"))?;
            fr.extend(units[at].fr.iter().cloned());
            en.extend(units[at].en.iter().cloned());
        }
        Ok((joined(&fr), joined(&en)))
    };
    Ok(match shape {
        ShapeJson::Merge { ids } => {
            (format!("merge {article}:{}", ids.join(" ")), Reshape::Merge(many(ids)?))
        }
        ShapeJson::Split { id, fr, en } => {
            let id = unit_id(&id)?;
            let (french, english) = texts(&[id])?;
            let (fr, en) = (json::byte(&french, fr), json::byte(&english, en));
            (format!("split {article}:{id}"), Reshape::Split { id, fr, en })
        }
        ShapeJson::Border { id, next, fr, en } => {
            let (id, next) = (unit_id(&id)?, unit_id(&next)?);
            let (french, english) = texts(&[id, next])?;
            let (fr, en) = (json::byte(&french, fr), json::byte(&english, en));
            (format!("border {article}:{id} {next}"), Reshape::Border { id, next, fr, en })
        }
        ShapeJson::Move { id, to, side } => {
            let next = one_of(&to, "next", "previous")?;
            let french = one_of(&side, "fr", "en")?;
            let shape = Reshape::Move { id: unit_id(&id)?, next, french };
            (format!("move {article}:{id} {to}"), shape)
        }
        ShapeJson::Insert { after, en } => {
            (format!("insert after {article}:{after}"), Reshape::Insert { after: unit_id(&after)?, en })
        }
        ShapeJson::CrossOut { ids } => {
            (format!("cross out {article}:{}", ids.join(" ")), Reshape::CrossOut(many(ids)?))
        }
        ShapeJson::Give { orphan, to } => (
            format!("merge {article}:{to} {orphan}"),
            Reshape::Give { orphan: unit_id(&orphan)?, to: unit_id(&to)? },
        ),
    })
}

/// Whether it is the one of two words.
fn one_of(found: &str, one: &str, other: &str) -> Result<bool, Problem> {
    match found {
        found if found == one => Ok(true),
        found if found == other => Ok(false),
        found => Err(Problem::bad(format!("found `{found}`, expected {one} or {other}"))),
    }
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
    Path((article, id)): Path<(String, String)>,
    Query(query): Query<EditionQuery>,
    Json(typed): Json<CheckJson>,
) -> Result<Json<Value>, Problem> {
    let place = place(&article, query.edition.as_deref())?;
    aside(&site, move |site| {
        let shelved = site.open(&place)?;
        let at = shelved.place(unit_id(&id)?).ok_or_else(|| Problem::not_found("there is no such unit"))?;
        let mut unit = shelved.opened.alignment.units()[at].clone();
        unit.en = if typed.en.trim().is_empty() { Vec::new() } else { vec![typed.en] };
        let found = findings_of(site, &unit)?;
        Ok(Json(json!({ "findings": found })))
    })
    .await
}

/// What helps to translate a unit: matches from the memory, terms of the glossary.
pub(in super::super) async fn help(
    State(site): State<Arc<Site>>,
    Path((article, id)): Path<(String, String)>,
    Query(query): Query<EditionQuery>,
) -> Result<Json<Value>, Problem> {
    let place = place(&article, query.edition.as_deref())?;
    aside(&site, move |site| {
        let help = site.shelf.help(&place.stem, place.edition.as_ref(), unit_id(&id)?)?;
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

/// What became of a unit, the newest first.
pub(in super::super) async fn history(
    State(site): State<Arc<Site>>,
    Path((article, id)): Path<(String, String)>,
    Query(query): Query<EditionQuery>,
) -> Result<Json<Value>, Problem> {
    let place = place(&article, query.edition.as_deref())?;
    aside(&site, move |site| {
        let events = past(site.corpus(), place.pair(), unit_id(&id)?)?;
        let events: Vec<Value> = events
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
        Ok(Json(json!({ "events": events })))
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
    Path((article, id)): Path<(String, String)>,
    Query(query): Query<EditionQuery>,
    Json(wanted): Json<RestoreJson>,
) -> Result<Response, Problem> {
    let place = place(&article, query.edition.as_deref())?;
    change(&site, move |site| {
        let id = unit_id(&id)?;
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
