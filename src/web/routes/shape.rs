//! Where units begin and end: merging, splitting, moving, putting in, crossing out.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::bitext::{UnitId, joined};
use crate::desk::{Reshape, reshape};

use super::super::answer::Problem;
use super::super::json;
use super::super::state::{Site, Where, change};
use super::asked::{InArticle, Told, seen, unit_id};
use super::clashes;

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
    InArticle(place): InArticle,
    Told(wanted): Told<ReshapeJson>,
) -> Result<Json<Value>, Problem> {
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
    // Places in the texts of units, joined, as bytes.
    let bytes = |ids: &[UnitId], fr: usize, en: usize| -> Result<(usize, usize), Problem> {
        let shelved = site.open(place)?;
        let units = shelved.opened.alignment.units();
        let (mut french, mut english) = (Vec::new(), Vec::new());
        for id in ids {
            let at = shelved.place(*id).ok_or_else(|| Problem::not_found("there is no such unit"))?;
            french.extend(units[at].fr.iter().cloned());
            english.extend(units[at].en.iter().cloned());
        }
        Ok((json::byte(&joined(&french), fr), json::byte(&joined(&english), en)))
    };
    Ok(match shape {
        ShapeJson::Merge { ids } => {
            (format!("merge {article}:{}", ids.join(" ")), Reshape::Merge(many(ids)?))
        }
        ShapeJson::Split { id, fr, en } => {
            let id = unit_id(&id)?;
            let (fr, en) = bytes(&[id], fr, en)?;
            (format!("split {article}:{id}"), Reshape::Split { id, fr, en })
        }
        ShapeJson::Border { id, next, fr, en } => {
            let (id, next) = (unit_id(&id)?, unit_id(&next)?);
            let (fr, en) = bytes(&[id, next], fr, en)?;
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
