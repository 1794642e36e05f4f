//! One article: its outline, some of its units, what the checks find, where a text stands.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::bitext::{Edition, Kind, Status, Unit};
use crate::desk::{OpenState, Sync};

use super::super::answer::{Problem, tagged};
use super::super::json;
use super::super::state::{Site, aside, change};
use super::asked::{InArticle, Query, unit_id};

/// Units that go out at once, at most.
const MOST: usize = 500;

/// Which units are wanted whole beside the outline: so many, around one.
#[derive(Debug, Deserialize)]
pub(in super::super) struct NearQuery {
    /// Its id; where it is none, around the first that has no English yet.
    #[serde(default)]
    near: String,
    #[serde(default)]
    count: usize,
}

/// All units in short, a list for each thing that is said of them, and those whole that are seen first.
pub(in super::super) async fn outline(
    State(site): State<Arc<Site>>,
    InArticle(place): InArticle,
    Query(query): Query<NearQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    aside(&site, move |site| {
        let shelved = site.open(&place)?;
        let editions = site.corpus().editions(&place.stem)?;
        // The article's title stands with its own English; an edition may have none of its own.
        let own = place.edition.as_ref().map(|_| site.shelf.open(&place.stem, None)).transpose()?;
        let all = shelved.opened.alignment.units();
        let near = match query.count.min(MOST) {
            0 => 0..0,
            count => {
                let start = query.near.parse().ok().and_then(|id| shelved.place(id));
                let start =
                    start.or_else(|| all.iter().position(|unit| unit.is_content() && !unit.has_english()));
                let from = start.unwrap_or(0).saturating_sub(count / 3);
                from..(from + count).min(all.len())
            }
        };
        let tag = if near.is_empty() { shelved.stamp.clone() } else { format!("{}-{near:?}", shelved.stamp) };
        Ok(tagged(&headers, &tag, || {
            let opened = &shelved.opened;
            let title = own.iter().flat_map(|own| &own.opened.alignment.header().about);
            let title = title.filter(|(key, _)| key == "title");
            let about = title.chain(&opened.alignment.header().about);
            let outline = Outline {
                name: place.stem.as_str(),
                edition: place.edition.as_ref().map(Edition::as_str),
                editions: editions.iter().map(Edition::as_str).collect(),
                stamp: &shelved.stamp,
                about: about.map(|(key, value)| (&**key, &**value)).collect(),
                changed: opened.state == OpenState::SeedChanged,
                units: InShort::of(all, &shelved.paragraphs),
                near: near.map(|at| json::unit(&shelved, at, &all[at])).collect(),
            };
            serde_json::to_vec(&outline).unwrap_or_default()
        }))
    })
    .await
}

/// An article with all its units in short.
#[derive(Serialize)]
struct Outline<'o> {
    name: &'o str,
    edition: Option<&'o str>,
    editions: Vec<&'o str>,
    stamp: &'o str,
    about: BTreeMap<&'o str, &'o str>,
    changed: bool,
    units: InShort<'o>,
    near: Vec<json::UnitJson<'o>>,
}

/// Units in short, each list in their order: a page reads ten thousand values of one kind sooner than as many rows.
#[derive(Default, Serialize)]
struct InShort<'o> {
    /// The names that `state` counts, from 0.
    states: Vec<&'static str>,
    id: Vec<&'o str>,
    kind: Vec<Option<usize>>,
    state: Vec<usize>,
    /// Characters.
    fr: Vec<usize>,
    en: Vec<usize>,
    paragraph: &'o [u32],
    score: Vec<Option<f64>>,
    marks: Vec<u8>,
}

impl<'o> InShort<'o> {
    fn of(units: &'o [Unit], paragraph: &'o [u32]) -> Self {
        let chars = |texts: &[String]| texts.iter().map(|text| text.chars().count()).sum();
        let mut short = InShort { paragraph, ..InShort::default() };
        for unit in units {
            let state = json::state(unit);
            let nth = short.states.iter().position(|one| *one == state).unwrap_or_else(|| {
                short.states.push(state);
                short.states.len() - 1
            });
            short.id.push(unit.id.as_str());
            short.kind.push(Kind::ALL.iter().position(|kind| *kind == unit.kind));
            short.state.push(nth);
            short.fr.push(chars(&unit.fr));
            short.en.push(chars(&unit.en));
            short.score.push(unit.score);
            let marks = u8::from(unit.more.note.is_some())
                | u8::from(unit.more.set.bounds) << 1
                | u8::from(unit.fr.is_empty()) << 2
                | u8::from(unit.status == Status::Reviewed) << 3;
            short.marks.push(marks);
        }
        short
    }
}

/// Which units are wanted: so many from a place on, or those with these ids.
#[derive(Debug, Deserialize)]
pub(in super::super) struct UnitsQuery {
    #[serde(default)]
    from: usize,
    count: Option<usize>,
    ids: Option<String>,
}

/// Units whole.
pub(in super::super) async fn units(
    State(site): State<Arc<Site>>,
    InArticle(place): InArticle,
    Query(query): Query<UnitsQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    aside(&site, move |site| {
        let shelved = site.open(&place)?;
        let all = shelved.opened.alignment.units();
        let places: Vec<usize> = match &query.ids {
            Some(ids) => {
                let ids = ids.split(',').filter(|id| !id.is_empty()).take(MOST);
                let found =
                    ids.map(|id| Ok(shelved.place(unit_id(id)?))).collect::<Result<Vec<_>, Problem>>()?;
                found.into_iter().flatten().collect()
            }
            None => {
                let from = query.from.min(all.len());
                let count = query.count.unwrap_or(50).min(MOST);
                (from..from.saturating_add(count).min(all.len())).collect()
            }
        };
        Ok(tagged(&headers, &format!("{}-{places:?}", shelved.stamp).replace(' ', ""), || {
            let units: Vec<_> = places.iter().map(|&at| json::unit(&shelved, at, &all[at])).collect();
            #[derive(serde::Serialize)]
            struct Page<'p> {
                stamp: &'p str,
                of: usize,
                units: Vec<json::UnitJson<'p>>,
            }
            let page = Page { stamp: &shelved.stamp, of: all.len(), units };
            serde_json::to_vec(&page).unwrap_or_default()
        }))
    })
    .await
}

/// What the checks find, by unit.
pub(in super::super) async fn findings(
    State(site): State<Arc<Site>>,
    InArticle(place): InArticle,
) -> Result<Json<Value>, Problem> {
    aside(&site, move |site| {
        let found = site.shelf.findings(&place.stem, place.edition.as_ref())?;
        let mut by_unit: serde_json::Map<String, Value> = serde_json::Map::new();
        for one in found.iter() {
            let finding = json::finding(&one.finding, &one.fr, &one.en);
            let list = by_unit.entry(one.unit.as_str()).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(finding);
            }
        }
        Ok(Json(json!({ "findings": by_unit })))
    })
    .await
}

/// A text that is looked for.
#[derive(Debug, Deserialize)]
pub(in super::super) struct TextQuery {
    text: String,
}

/// The places of the units whose French or English holds a text, case and accents aside.
pub(in super::super) async fn holding(
    State(site): State<Arc<Site>>,
    InArticle(place): InArticle,
    Query(query): Query<TextQuery>,
) -> Result<Json<Value>, Problem> {
    aside(&site, move |site| {
        let shelved = site.open(&place)?;
        let wanted = super::search::plain(&query.text)?;
        let holds = |text: &str| wanted.is_in(text);
        let units = shelved.opened.alignment.units().iter().enumerate();
        let places: Vec<usize> = units
            .filter(|(_, unit)| {
                holds(&unit.french())
                    || holds(&unit.english())
                    || unit.more.note.as_ref().is_some_and(|note| holds(note))
            })
            .map(|(at, _)| at)
            .collect();
        Ok(Json(json!({ "places": places })))
    })
    .await
}

/// Carries the English over to the article as it is now.
pub(in super::super) async fn sync(
    State(site): State<Arc<Site>>,
    InArticle(place): InArticle,
) -> Result<Json<Value>, Problem> {
    change(&site, move |site| {
        let author = site.author(format!("sync {}", place.stem));
        let mut sync = Sync::new(site.corpus(), author, false);
        let mut files = Vec::new();
        sync.article(&place.stem, None, |synced| files.push(synced.article))?;
        sync.finish()?;
        Ok(Json(json!({ "files": files })))
    })
    .await
}
