//! A dataset for Hugging Face: JSON Lines split by article, the card, and a manifest.
//!
//! `data/train.jsonl`, `data/validation.jsonl` and `data/test.jsonl` hold whole articles, near-duplicates of each other in
//! the same one; `README.md` is the card that `load_dataset` and the Hub read; `manifest.json` says how all of it was made.

mod card;
mod manifest;
mod near;
mod splits;

use std::io::{self, Write as _};

use sha2::{Digest, Sha256};

use super::jsonl::JsonLines;
use super::{Bitext, Column, Folder, Format, Options, Purpose, Read, Told, Write, Writer, kept};

use near::Sketch;
use splits::Split;

/// A dataset.
pub(super) const FORMAT: Format = Format {
    name: "dataset",
    title: "Hugging Face dataset (JSON Lines, card, splits)",
    endings: &[],
    purpose: Purpose::Study,
    binary: false,
    feature: None,
    write: Write::Folder(writer),
    read: Read::No,
    columns: true,
    paragraphs: false,
    carries: Column::ALL,
    loses: "nothing of the texts; its files are read as JSON Lines",
    through: kept,
    opens: "datasets.load_dataset(\"FOLDER\")",
};

fn writer<'a>(options: &Options, folder: &'a mut dyn Folder) -> io::Result<Box<dyn Writer + 'a>> {
    let lines = JsonLines::new(options);
    Ok(Box::new(Dataset { folder, options: options.clone(), lines, articles: Vec::new() }))
}

struct Dataset<'a> {
    folder: &'a mut dyn Folder,
    options: Options,
    lines: JsonLines,
    articles: Vec<Article>,
}

/// An article of the dataset, as it waits for its split.
struct Article {
    name: String,
    about: Vec<(String, String)>,
    units: u64,
    /// Its units as JSON Lines.
    text: Vec<u8>,
    sketch: Sketch,
}

impl Article {
    fn about(&self, key: &str) -> Option<&str> {
        self.about.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }
}

/// A file of the dataset, as card and manifest tell of it.
struct Written {
    split: Split,
    name: String,
    articles: u64,
    units: u64,
    bytes: u64,
    sha256: String,
}

impl Writer for Dataset<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        if bitext.units.is_empty() {
            return Ok(());
        }
        let name = match bitext.head.edition {
            None => bitext.head.article.to_owned(),
            Some(edition) => format!("{}@{edition}", bitext.head.article),
        };
        let mut article = Article {
            name,
            about: bitext.head.about.to_vec(),
            units: bitext.units.len() as u64,
            text: Vec::new(),
            sketch: Sketch::default(),
        };
        for placed in bitext.units {
            self.lines.line(placed, &mut article.text);
            article.sketch.add(&Column::Fr.cell(placed));
        }
        told.units += article.units;
        self.articles.push(article);
        Ok(())
    }

    fn finish(self: Box<Self>, told: &mut Told) -> io::Result<()> {
        let Dataset { folder, options, articles, .. } = *self;
        let groups = near::groups(articles.iter().map(|article| &article.sketch));
        let splits = splits::splits(&articles, &groups, &options);
        let mut files = Vec::new();
        for split in Split::ALL {
            let own =
                || articles.iter().zip(&splits).filter(|(_, own)| **own == split).map(|(article, _)| article);
            if own().next().is_none() {
                continue;
            }
            let name = format!("data/{}.jsonl", split.as_str());
            let mut file = folder.create(&name)?;
            let mut hash = Sha256::new();
            for article in own() {
                hash.update(&article.text);
                file.write_all(&article.text)?;
            }
            file.flush()?;
            let hash: &[u8] = &hash.finalize();
            files.push(Written {
                split,
                name,
                articles: own().count() as u64,
                units: own().map(|article| article.units).sum(),
                bytes: own().map(|article| article.text.len() as u64).sum(),
                sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
            });
        }
        let alike = groups.iter().enumerate().filter(|(index, group)| **group != *index).count();
        told.lose("articles are kept in the split of another that is nearly the same", alike as u64);
        folder.create("README.md")?.write_all(card::card(&options, &articles, &files).as_bytes())?;
        let manifest = manifest::manifest(&options, &articles, &groups, &splits, &files);
        folder.create("manifest.json")?.write_all(manifest.as_bytes())
    }
}
