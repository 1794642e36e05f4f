//! Units → the document to review.

use std::fmt::Write as _;
use std::io;

use crate::bitext::Status;

use super::super::html;
use super::super::prose::{byline, called, latest, paragraphs};
use super::super::{Bitext, Options, Out, Placed, Told, Writer};
use super::{Package, open, paragraph, runs};

/// Widths of the columns, in twentieths of a point: 170 mm together, A4 between its margins.
const WIDTHS: [u32; 3] = [1290, 4174, 4174];
const MARGIN: u32 = 1134;

/// What the person who opens it should know.
const HINT: &str = "Write in the English column only. The ids in the first column bring the English back to its \
                    sentence: leave them as they are. What you have to say of a sentence, put in a comment. \
                    Shaded English translates French that has changed since.";

/// What is lost, as a person is told it.
const LOST: &str = "control characters became a space";

/// Writes the document.
pub(super) struct Review<'a> {
    out: &'a mut dyn Out,
    options: Options,
    body: String,
    comments: String,
    comment: usize,
    titles: Vec<String>,
    at: Option<String>,
}

impl<'a> Review<'a> {
    pub fn new(options: &Options, out: &'a mut dyn Out) -> Self {
        Review {
            out,
            options: options.clone(),
            body: String::new(),
            comments: String::new(),
            comment: 0,
            titles: Vec::new(),
            at: None,
        }
    }

    fn line(&mut self, placed: &Placed<'_>, told: &mut Told) {
        let unit = placed.unit;
        told.units += 1;
        let body = &mut self.body;
        body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        cell(WIDTHS[0], "", body);
        paragraph("UnitId", unit.id.as_str(), body);
        body.push_str("</w:tc>");
        cell(WIDTHS[1], "F8F5EE", body);
        let french = if unit.fr.is_empty() { unit.more.was.join(" ") } else { unit.french() };
        told.lose(LOST, paragraph("French", &french, body));
        body.push_str("</w:tc>");
        let old = unit.is_stale() || unit.status == Status::Orphan;
        cell(WIDTHS[2], if old { "FBEFD2" } else { "" }, body);
        open("English", body);
        let note = unit.more.note.as_deref().filter(|note| !note.trim().is_empty());
        if note.is_some() {
            let _ = write!(body, "<w:commentRangeStart w:id=\"{}\"/>", self.comment);
        }
        told.lose(LOST, runs(&unit.english(), body));
        if let Some(note) = note {
            let (body, comments, id) = (&mut self.body, &mut self.comments, self.comment);
            let _ = write!(
                body,
                "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
            );
            let _ = write!(comments, "<w:comment w:id=\"{id}\" w:author=\"");
            html::attribute(unit.by.as_deref().unwrap_or("enregard"), comments);
            comments.push_str("\">");
            told.lose(LOST, paragraph("CommentText", note, comments));
            comments.push_str("</w:comment>");
            self.comment += 1;
        }
        self.body.push_str("</w:p></w:tc></w:tr>");
    }
}

impl Writer for Review<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        if bitext.units.is_empty() {
            return Ok(());
        }
        let called = called(bitext, &paragraphs(bitext.units));
        let body = &mut self.body;
        if self.titles.is_empty() {
            paragraph("About", HINT, body);
        }
        body.push_str("<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/>");
        let _ = write!(
            body,
            "{}</w:pPr><w:r><w:rPr><w:lang w:val=\"{}\"/></w:rPr><w:t xml:space=\"preserve\">",
            if self.titles.is_empty() { "" } else { "<w:pageBreakBefore/>" },
            super::region(&self.options.source)
        );
        told.lose(LOST, html::text(&called.fr, body));
        body.push_str("</w:t></w:r></w:p>");
        let mut about = byline(bitext);
        about.push(bitext.head.article.to_owned());
        told.lose(LOST, paragraph("About", &about.join(" · "), body));
        self.titles.push(called.fr);
        body.push_str(
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Facing\"/><w:tblW w:w=\"9638\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0420\" w:firstRow=\"1\"/>",
        );
        // What the table is of, for those who hear it.
        body.push_str("<w:tblCaption w:val=\"");
        html::attribute(bitext.head.article, body);
        body.push_str("\"/></w:tblPr><w:tblGrid>");
        for width in WIDTHS {
            let _ = write!(body, "<w:gridCol w:w=\"{width}\"/>");
        }
        body.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (name, width) in ["id", "Français", "English"].into_iter().zip(WIDTHS) {
            cell(width, "", body);
            paragraph("ColumnName", name, body);
            body.push_str("</w:tc>");
        }
        body.push_str("</w:tr>");
        for placed in bitext.units {
            self.line(placed, told);
        }
        // A table is followed by a paragraph, or Word takes the file for damaged.
        self.body.push_str("</w:tbl>");
        paragraph("About", "", &mut self.body);
        self.at = self.at.take().max(latest(bitext.units));
        Ok(())
    }

    fn finish(mut self: Box<Self>, _told: &mut Told) -> io::Result<()> {
        if self.titles.is_empty() {
            paragraph("About", "There is nothing to review.", &mut self.body);
        }
        let title = if self.titles.len() == 1 { &self.titles[0] } else { &self.options.name };
        let package = Package {
            body: &self.body,
            comments: &self.comments,
            title,
            author: "",
            at: self.at.as_deref().unwrap_or(&self.options.at),
            margin: MARGIN,
        };
        package.write(&self.options, self.out)
    }
}

/// Begins a cell; `fill` is its colour, or none.
fn cell(width: u32, fill: &str, body: &mut String) {
    let _ = write!(body, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if !fill.is_empty() {
        let _ = write!(body, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>");
    }
    body.push_str("</w:tcPr>");
}
