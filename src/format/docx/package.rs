//! What every DOCX has around its text: styles, settings, a footer with the page's number, the list of parts.

use std::fmt::Write as _;
use std::io;

use super::super::html::{attribute, text};
use super::super::pack::Pack;
use super::super::{Options, Out, PROGRAM};

const STYLES: &str = include_str!("styles.xml");
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What is written around a text.
pub(in crate::format) struct Package<'a> {
    /// The body: paragraphs and tables.
    pub body: &'a str,
    /// Comments, each an element; empty: there are none.
    pub comments: &'a str,
    /// The document's title.
    pub title: &'a str,
    /// Who wrote it, if known.
    pub author: &'a str,
    /// When it was last changed: RFC 3339 in UTC.
    pub at: &'a str,
    /// Left and right margin, in twentieths of a point.
    pub margin: u32,
}

impl Package<'_> {
    /// Writes the whole document.
    pub fn write(&self, options: &Options, out: &mut dyn Out) -> io::Result<()> {
        let mut pack = Pack::new(out);
        let comments = !self.comments.is_empty();
        pack.part("[Content_Types].xml", content_types(comments).as_bytes())?;
        pack.part(
            "_rels/.rels",
            format!(
                "{HEAD}<Relationships xmlns=\"{RELATIONS}\">\
                 <Relationship Id=\"r1\" Type=\"{R}/officeDocument\" Target=\"word/document.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
                 <Relationship Id=\"r3\" Type=\"{R}/extended-properties\" Target=\"docProps/app.xml\"/>\
                 </Relationships>\n"
            )
            .as_bytes(),
        )?;
        let mut document = String::with_capacity(self.body.len() + 1024);
        let _ = writeln!(
            document,
            "{HEAD}<w:document xmlns:w=\"{W}\" xmlns:r=\"{R}\"><w:body>{}<w:sectPr>\
             <w:footerReference w:type=\"default\" r:id=\"r3\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
             <w:pgMar w:top=\"1247\" w:right=\"{margin}\" w:bottom=\"1247\" w:left=\"{margin}\" w:header=\"624\" \
             w:footer=\"624\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
            self.body,
            margin = self.margin
        );
        pack.part("word/document.xml", document.as_bytes())?;
        drop(document);
        let mut relations = format!(
            "{HEAD}<Relationships xmlns=\"{RELATIONS}\">\
             <Relationship Id=\"r1\" Type=\"{R}/styles\" Target=\"styles.xml\"/>\
             <Relationship Id=\"r2\" Type=\"{R}/settings\" Target=\"settings.xml\"/>\
             <Relationship Id=\"r3\" Type=\"{R}/footer\" Target=\"footer1.xml\"/>"
        );
        if comments {
            let _ =
                write!(relations, "<Relationship Id=\"r4\" Type=\"{R}/comments\" Target=\"comments.xml\"/>");
        }
        relations.push_str("</Relationships>\n");
        pack.part("word/_rels/document.xml.rels", relations.as_bytes())?;
        let styles =
            STYLES.replace("LANG_FR", &region(&options.source)).replace("LANG_EN", &region(&options.target));
        pack.part("word/styles.xml", styles.as_bytes())?;
        pack.part(
            "word/settings.xml",
            format!(
                "{HEAD}<w:settings xmlns:w=\"{W}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"709\"/>\
                 <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
                 <w:themeFontLang w:val=\"{}\"/></w:settings>\n",
                region(&options.target)
            )
            .as_bytes(),
        )?;
        pack.part(
            "word/footer1.xml",
            format!(
                "{HEAD}<w:ftr xmlns:w=\"{W}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\
                 <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
                 <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>\
                 </w:p></w:ftr>\n"
            )
            .as_bytes(),
        )?;
        if comments {
            let part = format!("{HEAD}<w:comments xmlns:w=\"{W}\">{}</w:comments>\n", self.comments);
            pack.part("word/comments.xml", part.as_bytes())?;
        }
        pack.part("docProps/core.xml", self.properties().as_bytes())?;
        let mut program = String::new();
        text(PROGRAM, &mut program);
        pack.part(
            "docProps/app.xml",
            format!(
                "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
                 <Application>{program}</Application></Properties>\n"
            )
            .as_bytes(),
        )?;
        pack.finish()
    }

    fn properties(&self) -> String {
        let (mut title, mut author, mut at) = (String::new(), String::new(), String::new());
        let _ = (text(self.title, &mut title), text(self.author, &mut author), text(self.at, &mut at));
        let creator =
            if author.is_empty() { String::new() } else { format!("<dc:creator>{author}</dc:creator>") };
        format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>{creator}\
             <dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
             <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified></cp:coreProperties>\n"
        )
    }
}

fn content_types(comments: bool) -> String {
    let mut types = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>\
         <Override PartName=\"/word/styles.xml\" ContentType=\"{WORD}.styles+xml\"/>\
         <Override PartName=\"/word/settings.xml\" ContentType=\"{WORD}.settings+xml\"/>\
         <Override PartName=\"/word/footer1.xml\" ContentType=\"{WORD}.footer+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         <Override PartName=\"/docProps/app.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.extended-properties+xml\"/>"
    );
    if comments {
        let _ =
            write!(types, "<Override PartName=\"/word/comments.xml\" ContentType=\"{WORD}.comments+xml\"/>");
    }
    types.push_str("</Types>\n");
    types
}

/// A language as word processors want it, with a region: without one, many have no dictionary for it.
pub(in crate::format) fn region(language: &str) -> String {
    let mut tag = String::new();
    match language {
        "fr" => "fr-FR".clone_into(&mut tag),
        "en" => "en-US".clone_into(&mut tag),
        other => {
            attribute(other, &mut tag);
        }
    }
    tag
}
