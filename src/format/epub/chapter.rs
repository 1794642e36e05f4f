//! An article as a chapter: XHTML.

use std::fmt::Write as _;

use crate::bitext::Kind;

use super::super::html::{LOST, attribute, french, text};
use super::super::prose::{Called, Paragraph, address, byline, called, kind_of, paragraphs, title_place};
use super::super::{Bitext, Told};

/// A chapter, ready to be packed.
pub(super) struct Chapter {
    /// The page.
    pub page: String,
    /// What the article is called.
    pub called: Called,
}

/// What stands before a page's body.
pub(super) fn head(language: &str, title: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{language}\" xml:lang=\"{language}\">\n<head>\n<meta charset=\"UTF-8\"/>\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n"
    )
}

impl Chapter {
    /// Sets an article; `source` and `target` are languages, escaped.
    pub fn new(bitext: &Bitext<'_>, source: &str, target: &str, told: &mut Told) -> Chapter {
        let parts = paragraphs(bitext.units);
        let called = called(bitext, &parts);
        let title = title_place(&parts);
        let mut name = String::new();
        told.lose(LOST, french(&called.fr, &mut name));
        let mut page = head(source, &name);
        page.push_str("<body>\n<section epub:type=\"chapter\" role=\"doc-chapter\">\n");
        let mut set = Setter { page: &mut page, source, target, told };
        let mut rest = &parts[..];
        if let Some(title) = title {
            for before in &parts[..title] {
                set.pair(before);
            }
            set.heading(parts[title], "h1", "title");
            rest = &parts[title + 1..];
        } else {
            // A chapter without a title still needs a heading: its first words, for who goes from chapter to chapter.
            let _ = writeln!(set.page, "<h1>{name}</h1>");
        }
        let known = byline(bitext);
        if !known.is_empty() {
            set.page.push_str("<p class=\"by\">");
            let lost = text(&known.join(" · "), set.page);
            set.told.lose(LOST, lost);
            set.page.push_str("</p>\n");
        }
        for paragraph in rest {
            match kind_of(paragraph) {
                Kind::Heading => set.heading(paragraph, "h2", "heading"),
                _ => set.pair(paragraph),
            }
        }
        set.rights(bitext);
        page.push_str("</section>\n</body>\n</html>\n");
        Chapter { page, called }
    }
}

/// Puts paragraphs onto a page.
struct Setter<'s> {
    page: &'s mut String,
    source: &'s str,
    target: &'s str,
    told: &'s mut Told,
}

impl Setter<'_> {
    fn heading(&mut self, paragraph: Paragraph<'_, '_>, tag: &str, class: &str) {
        let (source, target) = (self.source, self.target);
        let _ = write!(self.page, "<{tag} lang=\"{source}\" xml:lang=\"{source}\">");
        self.french(paragraph);
        let _ = writeln!(self.page, "</{tag}>");
        if paragraph.iter().any(|placed| placed.unit.has_english()) {
            let _ = write!(self.page, "<p class=\"{class}\" lang=\"{target}\" xml:lang=\"{target}\">");
            self.english(paragraph);
            self.page.push_str("</p>\n");
        }
        self.told.units += paragraph.len() as u64;
    }

    fn pair(&mut self, paragraph: Paragraph<'_, '_>) {
        let class = match kind_of(paragraph) {
            Kind::Body | Kind::Heading => "",
            Kind::Caption => " caption",
            _ => " aside",
        };
        let (source, target) = (self.source, self.target);
        let _ = writeln!(self.page, "<div class=\"pair{class}\">");
        if paragraph.iter().any(|placed| !placed.unit.fr.is_empty()) {
            let _ = write!(self.page, "<p class=\"fr\" lang=\"{source}\" xml:lang=\"{source}\">");
            self.french(paragraph);
            self.page.push_str("</p>\n");
        }
        if paragraph.iter().any(|placed| placed.unit.has_english()) {
            let _ = write!(self.page, "<p class=\"en\" lang=\"{target}\" xml:lang=\"{target}\">");
            self.english(paragraph);
            self.page.push_str("</p>\n");
        }
        self.page.push_str("</div>\n");
        self.told.units += paragraph.len() as u64;
    }

    fn french(&mut self, paragraph: Paragraph<'_, '_>) {
        self.texts(paragraph.iter().flat_map(|placed| &placed.unit.fr), french);
    }

    fn english(&mut self, paragraph: Paragraph<'_, '_>) {
        self.texts(paragraph.iter().flat_map(|placed| &placed.unit.en), text);
    }

    fn texts<'t>(&mut self, texts: impl Iterator<Item = &'t String>, set: fn(&str, &mut String) -> u64) {
        for (index, part) in texts.enumerate() {
            if index > 0 {
                self.page.push(' ');
            }
            let lost = set(part, self.page);
            self.told.lose(LOST, lost);
        }
    }

    fn rights(&mut self, bitext: &Bitext<'_>) {
        let (url, licence) = (address(bitext), bitext.head.about("licence"));
        if url.is_none() && licence.is_none() {
            return;
        }
        self.page.push_str("<p class=\"rights\">");
        if let Some(licence) = licence {
            let lost = text(licence, self.page);
            self.told.lose(LOST, lost);
        }
        if let Some(url) = url {
            if licence.is_some() {
                self.page.push_str("<br/>");
            }
            self.page.push_str("<a href=\"");
            attribute(url, self.page);
            self.page.push_str("\">");
            text(url, self.page);
            self.page.push_str("</a>");
        }
        self.page.push_str("</p>\n");
    }
}
