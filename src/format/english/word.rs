//! The English as a Word document, in Word's own styles for titles, headings and text.

use std::fmt::Write as _;
use std::io;

use super::super::docx::{Package, open, paragraph, region, runs};
use super::super::html::{self, LOST};
use super::super::prose::{called, latest, one_line, paragraphs};
use super::super::{Bitext, Options, Out, Told, Writer};
use super::{Rank, document, stretches};

/// Left and right margin, in twentieths of a point: 30 mm, for a line of some 65 characters.
const MARGIN: u32 = 1701;

/// Writes the document, or several after one another.
pub(in crate::format) struct Document<'a> {
    out: &'a mut dyn Out,
    options: Options,
    body: String,
    title: Option<String>,
    author: String,
    at: Option<String>,
}

impl<'a> Document<'a> {
    pub fn new(options: &Options, out: &'a mut dyn Out) -> Self {
        Document {
            out,
            options: options.clone(),
            body: String::new(),
            title: None,
            author: String::new(),
            at: None,
        }
    }
}

impl Writer for Document<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        if bitext.units.is_empty() {
            return Ok(());
        }
        if self.title.is_none() {
            let called = called(bitext, &paragraphs(bitext.units));
            self.title = Some(if called.en.is_empty() { called.fr } else { called.en });
            self.author = bitext.head.about("translator").map(one_line).unwrap_or_default();
        } else {
            // The articles before it end with their page.
            self.body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
        }
        for (rank, paragraph) in document(bitext.units) {
            let style = match rank {
                Rank::Title => "Title",
                Rank::Heading => "Heading2",
                Rank::Caption => "Caption",
                Rank::Body => "BodyText",
            };
            open(style, &mut self.body);
            for (place, (stretch, is_french)) in stretches(paragraph).enumerate() {
                let space = if place > 0 { " " } else { "" };
                if is_french {
                    let language = region(&self.options.source);
                    let _ = write!(
                        self.body,
                        "<w:r><w:t xml:space=\"preserve\">{space}</w:t></w:r>\
                         <w:r><w:rPr><w:i/><w:lang w:val=\"{language}\"/></w:rPr><w:t xml:space=\"preserve\">"
                    );
                    told.lose(LOST, html::text(&stretch, &mut self.body));
                    self.body.push_str("</w:t></w:r>");
                } else {
                    told.lose(LOST, runs(&format!("{space}{stretch}"), &mut self.body));
                }
            }
            self.body.push_str("</w:p>");
        }
        told.units += bitext.units.len() as u64;
        self.at = self.at.take().max(latest(bitext.units));
        Ok(())
    }

    fn finish(mut self: Box<Self>, _told: &mut Told) -> io::Result<()> {
        if self.body.is_empty() {
            paragraph("BodyText", "", &mut self.body);
        }
        let package = Package {
            body: &self.body,
            comments: "",
            title: self.title.as_deref().unwrap_or(&self.options.name),
            author: &self.author,
            at: self.at.as_deref().unwrap_or(&self.options.at),
            margin: MARGIN,
        };
        package.write(&self.options, self.out)
    }
}
