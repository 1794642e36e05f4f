//! The English alone: what a translator delivers, a clean document with the article's paragraphs and headings.
//!
//! Plain text, HTML or DOCX. What a person left in French stays French, marked as such; what has no English yet is
//! `[…]`, so that nobody takes the document for a whole one.

mod page;
mod word;

use std::borrow::Cow;
use std::io;

use crate::bitext::{Kind, Status};

use super::prose::{Paragraph, kind_of, one_line, paragraphs, title_place};
use super::{Bitext, Column, Format, Head, Options, Placed, Purpose, Read, TextWriter, Told, Write};

pub(super) use page::Page;
pub(super) use word::Document;

/// The English as plain text.
pub(super) const FORMAT: Format = Format {
    name: "text",
    title: "Plain text, the English alone",
    endings: &[],
    purpose: Purpose::Work,
    binary: false,
    feature: None,
    write: Write::Text(|_: &Options| Ok(Box::new(Plain))),
    read: Read::No,
    columns: false,
    paragraphs: true,
    carries: &[Column::En],
    loses: "the French, ids, status, notes; line ends inside a sentence",
    through: super::kept,
    opens: "any program",
};

/// What stands for a sentence that has no English yet.
const MISSING: &str = "[…]";

/// What a paragraph of the document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    Title,
    Heading,
    Caption,
    Body,
}

/// A stretch of a paragraph: its text, and whether it is French.
type Stretch<'a> = (Cow<'a, str>, bool);

/// The paragraphs of an article in English, in order.
fn document<'p, 'a>(units: &'p [Placed<'a>]) -> Vec<(Rank, Paragraph<'p, 'a>)> {
    let parts = paragraphs(units);
    let title = title_place(&parts);
    let ranked = parts.into_iter().enumerate().map(|(place, paragraph)| {
        let rank = match kind_of(paragraph) {
            _ if Some(place) == title => Rank::Title,
            Kind::Heading => Rank::Heading,
            Kind::Caption => Rank::Caption,
            _ => Rank::Body,
        };
        (rank, paragraph)
    });
    ranked.collect()
}

/// The texts of a paragraph, sentence by sentence.
fn stretches<'a>(paragraph: Paragraph<'_, 'a>) -> impl Iterator<Item = Stretch<'a>> {
    paragraph.iter().map(|placed| {
        let unit = placed.unit;
        match unit.status {
            _ if unit.has_english() => (texts(&unit.en), false),
            Status::Skipped => (texts(&unit.fr), true),
            _ => (Cow::Borrowed(MISSING), false),
        }
    })
}

/// Texts as one, on one line.
fn texts(texts: &[String]) -> Cow<'_, str> {
    match texts {
        [one] if !one.contains(['\t', '\n', '\r']) && !one.contains("  ") => Cow::Borrowed(one.trim()),
        several => one_line(&several.join(" ")).into(),
    }
}

/// Writes plain text: a blank line between paragraphs, two between articles.
struct Plain;

impl TextWriter for Plain {
    fn unit(&self, _: &Placed<'_>, _: &mut Vec<u8>, _: &mut Told) -> io::Result<()> {
        // Paragraphs are only seen in a whole article.
        Ok(())
    }

    fn article(&self, bitext: &Bitext<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        told.units += bitext.units.len() as u64;
        for (place, (_, paragraph)) in document(bitext.units).into_iter().enumerate() {
            if place > 0 {
                out.push(b'\n');
            }
            for (place, (text, _)) in stretches(paragraph).enumerate() {
                if place > 0 {
                    out.push(b' ');
                }
                out.extend_from_slice(text.as_bytes());
            }
            out.push(b'\n');
        }
        if !bitext.units.is_empty() {
            self.close(&bitext.head, out, told)?;
        }
        Ok(())
    }

    fn close(&self, _: &Head<'_>, _: &mut Vec<u8>, _: &mut Told) -> io::Result<()> {
        Ok(())
    }
}
