//! A concordance: where a pattern stands in the texts of a corpus, each place with the text that translates it.
//!
//! The texts are gone through whenever something is looked for: there is no index that could go stale.

mod limits;
mod partner;

use std::borrow::Cow;
use std::collections::{BTreeMap, BinaryHeap};
use std::ops::AddAssign;
use std::sync::Arc;

use crate::bitext::{Edition, Kind, Lang, Span, Status, Stem, Unit, UnitId};
use crate::memory::{Pattern, by_left, by_right};
use crate::store::Corpus;
use crate::store::file::Sketch;
use crate::words::{WordCount, word_hash};

use super::{DeskError, each, open};

pub use limits::{Limit, LimitError};
pub use partner::partner_words;

/// What is looked for, where, and what is done with what is found.
#[derive(Clone, Debug)]
pub struct Find {
    /// What.
    pub pattern: Pattern,
    /// On which sides; none: on both.
    pub sides: Vec<Lang>,
    /// In which units: all of these must hold.
    pub limits: Vec<Limit>,
    /// Of which edition.
    pub edition: Option<Edition>,
    /// Boilerplate too.
    pub boilerplate: bool,
    /// In which order the places are shown.
    pub order: Order,
    /// So many places drawn by lot, the same for the same seed.
    pub sample: Option<(usize, u64)>,
    /// No more than so many places, the first in order.
    pub most: Option<usize>,
    /// Whether the places are wanted, or only how many there are.
    pub places: bool,
    /// Whether the words gone through are counted, too.
    pub words: bool,
    /// Whether the forms found are counted.
    pub forms: bool,
}

/// In which order places are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By article and unit.
    #[default]
    Article,
    /// By the words before them.
    Left,
    /// By the words after them.
    Right,
    /// By what is found itself.
    Match,
}

/// A unit's two texts, its sentences joined by one space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Texts {
    /// The French.
    pub fr: String,
    /// The English; empty where there is none.
    pub en: String,
}

/// A place where the pattern stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub stem: Stem,
    /// The unit.
    pub id: UnitId,
    /// What its sentences are.
    pub kind: Kind,
    /// How far its translation has come.
    pub status: Status,
    /// On which side.
    pub side: Lang,
    /// Where in the text of that side.
    pub span: Span,
    /// The unit's texts.
    pub texts: Arc<Texts>,
}

impl Hit {
    /// The text that the place is in.
    pub fn text(&self) -> &str {
        if self.side == Lang::En { &self.texts.en } else { &self.texts.fr }
    }

    /// The text that translates it, or that it translates.
    pub fn partner(&self) -> &str {
        if self.side == Lang::En { &self.texts.fr } else { &self.texts.en }
    }

    /// How it is cited: `ARTICLE:ID`.
    pub fn cite(&self) -> String {
        format!("{}:{}", self.stem, self.id)
    }
}

/// How much was found, and in how much.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// By side, French first.
    pub sides: [SideTally; 2],
    /// Articles gone through.
    pub articles: u64,
    /// What was found, in small letters, with how often; only where asked for.
    pub forms: BTreeMap<String, u64>,
}

/// How much was found on one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SideTally {
    /// Places.
    pub matches: u64,
    /// Units with a place.
    pub units: u64,
    /// Articles with a place.
    pub articles: u64,
    /// Units gone through.
    pub searched: u64,
    /// Words gone through, French elision split; only where asked for.
    pub words: u64,
}

impl SideTally {
    /// Places per million words; none where there are no words, or they were not counted.
    pub fn per_million(&self) -> Option<f64> {
        (self.words > 0).then(|| self.matches as f64 * 1e6 / self.words as f64)
    }
}

impl AddAssign for SideTally {
    fn add_assign(&mut self, other: SideTally) {
        self.matches += other.matches;
        self.units += other.units;
        self.articles += other.articles;
        self.searched += other.searched;
        self.words += other.words;
    }
}

/// What comes of an article.
#[derive(Default)]
struct Article {
    hits: Vec<Hit>,
    sides: [SideTally; 2],
    forms: BTreeMap<String, u64>,
    /// Whether it was gone through, or its metadata kept it out.
    searched: bool,
}

impl Find {
    /// Goes through these articles; `take` gets the places in order, `fault` what cannot be read.
    ///
    /// An article without alignment file has its French only; one that has changed is gone through as it was.
    ///
    /// # Errors
    ///
    /// What `take` gives.
    pub fn run<E>(
        &self,
        corpus: &Corpus,
        stems: &[Stem],
        mut take: impl FnMut(&Hit) -> Result<(), E>,
        mut fault: impl FnMut(&Stem, DeskError),
    ) -> Result<Tally, E> {
        let mut tally = Tally::default();
        let mut kept = Kept::of(self);
        let mut taken = 0;
        let ended = each(
            stems,
            |stem| self.article(corpus, stem),
            |stem, (article, result)| {
                if let Err(error) = result {
                    fault(stem, error);
                }
                tally.articles += u64::from(article.searched);
                for (all, own) in tally.sides.iter_mut().zip(article.sides) {
                    *all += own;
                }
                for (form, count) in article.forms {
                    *tally.forms.entry(form).or_default() += count;
                }
                if kept.all_first {
                    kept.add(article.hits);
                    return Ok(());
                }
                for hit in &article.hits {
                    if self.most.is_some_and(|most| taken >= most) {
                        return Err(None);
                    }
                    take(hit).map_err(Some)?;
                    taken += 1;
                }
                Ok(())
            },
        );
        if let Err(Some(error)) = ended {
            return Err(error);
        }
        kept.in_order(self).iter().try_for_each(take)?;
        Ok(tally)
    }

    fn article(&self, corpus: &Corpus, stem: &Stem) -> (Article, Result<(), DeskError>) {
        let mut article = Article::default();
        let mut wanted = false;
        let edition = self.edition.as_ref();
        let mut look = Look { find: self, stem, article: &mut article, joined: Default::default() };
        let begin = |header: &crate::bitext::Header| {
            wanted = self.limits.iter().all(|limit| limit.of_article(stem, edition, &header.about));
            wanted
        };
        let result = match corpus.scan(stem, edition, begin, |unit| look.unit(unit)) {
            Ok(true) => Ok(()),
            // An article that nobody has touched yet: its units as it would get them.
            Ok(false) => open(corpus, stem, edition).map(|opened| {
                let about = &opened.alignment.header().about;
                wanted = self.limits.iter().all(|limit| limit.of_article(stem, edition, about));
                if wanted {
                    opened.alignment.units().iter().for_each(|unit| look.unit(&sketched(unit)));
                }
            }),
            Err(error) => Err(error.into()),
        };
        article.searched = wanted;
        for side in &mut article.sides {
            side.articles = u64::from(side.matches > 0);
        }
        (article, result)
    }

    fn is_on(&self, side: Lang) -> bool {
        self.sides.is_empty() || self.sides.contains(&side)
    }
}

fn sketched(unit: &Unit) -> Sketch<'_> {
    Sketch {
        id: unit.id,
        kind: unit.kind,
        status: unit.status,
        fr: borrowed(&unit.fr),
        en: borrowed(&unit.en),
        was: borrowed(&unit.more.was),
    }
}

fn borrowed(texts: &[String]) -> Vec<Cow<'_, str>> {
    texts.iter().map(Cow::from).collect()
}

/// Going through one article.
struct Look<'f> {
    find: &'f Find,
    stem: &'f Stem,
    article: &'f mut Article,
    /// Texts of several sentences, joined: used again and again.
    joined: [String; 2],
}

impl Look<'_> {
    fn unit(&mut self, unit: &Sketch<'_>) {
        let find = self.find;
        if !find.boilerplate && !unit.kind.is_content() {
            return;
        }
        if !find.limits.iter().all(|limit| limit.of_unit(unit)) {
            return;
        }
        if unit.status == Status::Orphan && !find.limits.iter().any(Limit::is_of_status) {
            return;
        }
        let [fr, en] = &mut self.joined;
        let texts = [joined(&unit.fr, fr), joined(&unit.en, en)];
        let mut shared: Option<Arc<Texts>> = None;
        for (index, side) in [Lang::Fr, Lang::En].into_iter().enumerate() {
            let text = texts[index];
            if text.is_empty() || !find.is_on(side) {
                continue;
            }
            let tally = &mut self.article.sides[index];
            tally.searched += 1;
            if find.words {
                tally.words += WordCount::of(text).split as u64;
            }
            let before = tally.matches;
            for span in find.pattern.find(text) {
                tally.matches += 1;
                if find.forms {
                    *self.article.forms.entry(span.of(text).to_lowercase()).or_default() += 1;
                }
                if !find.places {
                    continue;
                }
                let texts = shared.get_or_insert_with(|| {
                    Arc::new(Texts { fr: texts[0].to_owned(), en: texts[1].to_owned() })
                });
                self.article.hits.push(Hit {
                    stem: self.stem.clone(),
                    id: unit.id,
                    kind: unit.kind,
                    status: unit.status,
                    side,
                    span,
                    texts: Arc::clone(texts),
                });
            }
            tally.units += u64::from(tally.matches > before);
        }
    }
}

/// Sentences as one text, without a copy where there is one only.
fn joined<'t>(texts: &'t [Cow<'_, str>], into: &'t mut String) -> &'t str {
    match texts {
        [] => "",
        [one] => one,
        several => {
            into.clear();
            for (at, text) in several.iter().enumerate() {
                if at > 0 {
                    into.push(' ');
                }
                into.push_str(text);
            }
            into
        }
    }
}

/// Places that can only be shown once all are known: those drawn by lot, or to be sorted.
struct Kept {
    all_first: bool,
    sample: Option<(usize, u64)>,
    /// Places with their lot and number, the highest lot first to go.
    drawn: BinaryHeap<(u64, usize)>,
    hits: BTreeMap<usize, Hit>,
    next: usize,
}

impl Kept {
    fn of(find: &Find) -> Kept {
        let all_first = find.sample.is_some() || find.order != Order::Article;
        Kept { all_first, sample: find.sample, drawn: BinaryHeap::new(), hits: BTreeMap::new(), next: 0 }
    }

    fn add(&mut self, hits: Vec<Hit>) {
        for hit in hits {
            let number = self.next;
            self.next += 1;
            if let Some((size, seed)) = self.sample {
                self.drawn.push((lot(&hit, seed), number));
                self.hits.insert(number, hit);
                if self.drawn.len() > size
                    && let Some((_, gone)) = self.drawn.pop()
                {
                    self.hits.remove(&gone);
                }
            } else {
                self.hits.insert(number, hit);
            }
        }
    }

    fn in_order(self, find: &Find) -> Vec<Hit> {
        let mut hits: Vec<Hit> = self.hits.into_values().collect();
        match find.order {
            Order::Article => {}
            Order::Left => hits.sort_by_cached_key(|hit| by_left(hit.text(), hit.span)),
            Order::Right => hits.sort_by_cached_key(|hit| by_right(hit.text(), hit.span)),
            Order::Match => hits.sort_by_cached_key(|hit| {
                let own = crate::words::fold_key(hit.span.of(hit.text()));
                own + "\u{1}" + &by_right(hit.text(), hit.span)
            }),
        }
        hits.truncate(find.most.unwrap_or(usize::MAX));
        hits
    }
}

/// A place's lot: the same for the same seed, whatever else is in the corpus.
fn lot(hit: &Hit, seed: u64) -> u64 {
    let name = format!("{seed} {} {} {} {}", hit.stem, hit.id, hit.side.code(), hit.span.start);
    // The hash of words is weak in its upper bits for texts that differ in their end alone: mixed once more (SplitMix64).
    let mut mixed = word_hash(name.as_bytes());
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
