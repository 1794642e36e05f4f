//! A package for Anki: a zip with an SQLite database in the layout that every Anki since 2.1 takes (schema 11).

use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write as _};

use rusqlite::{Connection, params};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::format::{Bitext, Column, Options, Out, Placed, Told, Writer};

use super::note_type::{FIELDS, NOTE_TYPE, deck_options, note_types, settings};
use super::{Around, deck, guid, html, note_type, tags, with_neighbours};

/// Anki's layout: tables `col`, `notes`, `cards`, and those of reviews, which stay empty.
const LAYOUT: &str = "
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
  left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_notes_csum on notes (csum);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_revlog_cid on revlog (cid);
";

pub(super) fn writer<'a>(options: &Options, out: &'a mut dyn Out) -> io::Result<Box<dyn Writer + 'a>> {
    let database = Connection::open_in_memory().map_err(io::Error::other)?;
    database
        .execute_batch(LAYOUT)
        .and_then(|()| database.execute_batch("BEGIN"))
        .map_err(io::Error::other)?;
    Ok(Box::new(Package {
        out,
        database,
        corpus: options.name.clone(),
        now: seconds(&options.at).unwrap_or(0),
        decks: BTreeMap::new(),
        taken: HashSet::new(),
        position: 0,
    }))
}

struct Package<'a> {
    out: &'a mut dyn Out,
    database: Connection,
    corpus: String,
    /// When it is written, in seconds.
    now: i64,
    decks: BTreeMap<String, i64>,
    /// Numbers of notes and cards that are given away.
    taken: HashSet<i64>,
    position: i64,
}

/// A note and its two cards.
struct Note {
    number: i64,
    guid: String,
    /// When it changed, in seconds.
    changed: i64,
    tags: String,
    fields: [String; FIELDS.len()],
    deck: i64,
    cards: [i64; 2],
    position: i64,
}

impl Package<'_> {
    /// The deck's number: made of its name, so that it is the same in every package.
    fn deck(&mut self, name: &str) -> i64 {
        if let Some(id) = self.decks.get(name) {
            return *id;
        }
        let digest = Sha256::digest(name);
        let bytes = [digest[0], digest[1], digest[2], digest[3]];
        let mut id = 1_600_000_000_000 + i64::from(u32::from_be_bytes(bytes));
        while self.decks.values().any(|taken| *taken == id) {
            id += 1;
        }
        self.decks.insert(name.to_owned(), id);
        id
    }

    /// A number that is not taken: milliseconds, from those given on.
    fn number(&mut self, from: i64) -> i64 {
        let mut number = from;
        while !self.taken.insert(number) {
            number += 1;
        }
        number
    }

    fn note(&mut self, placed: &Placed<'_>, around: Around<'_>) -> Note {
        // Anki updates a note only where the incoming one is newer: also when what is around it changed.
        let changed = [Some(placed), around.before, around.after].into_iter().flatten();
        let changed =
            changed.map(|placed| placed.unit.at.as_deref().and_then(seconds).unwrap_or(self.now)).max();
        let changed = changed.unwrap_or(self.now);
        let own = placed.unit.at.as_deref().and_then(seconds).unwrap_or(self.now);
        // Anki takes 0 for no note.
        let number = self.number((own * 1000 + self.position % 1000).max(1));
        let of = |column: Column, placed: Option<&Placed<'_>>| {
            placed.map(|placed| html(&column.cell(placed)).into_owned()).unwrap_or_default()
        };
        let fields = [
            of(Column::Fr, Some(placed)),
            of(Column::En, Some(placed)),
            of(Column::Fr, around.before),
            of(Column::Fr, around.after),
            of(Column::En, around.before),
            of(Column::En, around.after),
            source(placed),
            of(Column::Note, Some(placed)),
        ];
        let deck = deck(&self.corpus, placed);
        let deck = self.deck(&deck);
        self.position += 1;
        Note {
            number,
            guid: guid(placed),
            changed,
            // A space at both ends, as Anki's searches want it.
            tags: format!(" {} ", tags(placed)),
            fields,
            deck,
            cards: [self.number(number), self.number(number + 1)],
            position: self.position,
        }
    }

    /// Puts the notes of an article into the database.
    fn insert(&self, notes: &[Note]) -> rusqlite::Result<()> {
        let mut into_notes =
            self.database.prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')")?;
        let mut into_cards = self
            .database
            .prepare("INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')")?;
        for note in notes {
            into_notes.execute(params![
                note.number,
                note.guid,
                NOTE_TYPE,
                note.changed,
                note.tags,
                note.fields.join("\u{1F}"),
                note.fields[0],
            ])?;
            for (ord, card) in note.cards.iter().enumerate() {
                into_cards.execute(params![
                    card,
                    note.number,
                    note.deck,
                    ord as i64,
                    note.changed,
                    note.position
                ])?;
            }
        }
        Ok(())
    }

    /// Says of the collection what Anki wants to know.
    fn collection(&mut self) -> rusqlite::Result<Vec<u8>> {
        let whole = self.corpus.replace(['"', ':'], "-");
        let whole = self.deck(&whole);
        let mut decks = Map::new();
        decks.insert("1".to_owned(), note_type::deck(1, "Default", 0));
        for (name, id) in &self.decks {
            decks.insert(id.to_string(), note_type::deck(*id, name, self.now));
        }
        self.database.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, '{}')",
            params![
                self.now,
                self.now * 1000,
                self.now * 1000,
                settings(whole, self.position + 1).to_string(),
                note_types(self.now, whole).to_string(),
                Value::Object(decks).to_string(),
                deck_options().to_string(),
            ],
        )?;
        self.database.execute_batch("COMMIT")?;
        Ok(self.database.serialize("main")?.to_vec())
    }
}

impl Writer for Package<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        let notes: Vec<Note> =
            with_neighbours(bitext).map(|(placed, around)| self.note(placed, around)).collect();
        told.units += notes.len() as u64;
        self.insert(&notes).map_err(io::Error::other)
    }

    fn finish(mut self: Box<Self>, _: &mut Told) -> io::Result<()> {
        let collection = self.collection().map_err(io::Error::other)?;
        let mut zip = ZipWriter::new(self.out);
        // No clock: the same units give the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default())
            .large_file(collection.len() >= u32::MAX as usize);
        zip.start_file("collection.anki2", options)?;
        zip.write_all(&collection)?;
        zip.start_file("media", options)?;
        zip.write_all(b"{}")?;
        zip.finish()?.flush()
    }
}

/// Where a sentence comes from, as a card shows it: title, publisher and date, or the article's name; a link if there is one.
fn source(placed: &Placed<'_>) -> String {
    let known = |column: Column| Some(column.cell(placed)).filter(|text| !text.is_empty());
    let name = known(Column::Title).unwrap_or_else(|| placed.article.into());
    let parts = [Some(name), known(Column::Publisher), known(Column::Date)];
    let text: Vec<String> = parts.into_iter().flatten().map(|part| html(&part).into_owned()).collect();
    let text = text.join(", ");
    match known(Column::Url).filter(|url| url.starts_with("http://") || url.starts_with("https://")) {
        Some(url) => format!("<a href=\"{}\">{text}</a>", html(&url)),
        None => text,
    }
}

/// Seconds since 1970 of `2026-11-20T08:00:00Z`.
fn seconds(at: &str) -> Option<i64> {
    let time = humantime::parse_rfc3339(at).ok()?;
    let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}
