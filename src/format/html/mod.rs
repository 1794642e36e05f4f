//! Facing pages: French on the left, English on the right, to be read in a browser or printed.
//!
//! One file holds everything, articles in order, with its style and its script and nothing from elsewhere: it can be mailed,
//! put on a stick, opened without a network, and still be read where scripts are off. A list of contents stands
//! last in the file, so that articles are written as they come; the script puts it first. The policy in the
//! head allows this style and this script only, by their hashes: no text can become a script.

mod escape;

use std::fmt::Write as _;
use std::io;

use sha2::{Digest, Sha256};

use crate::bitext::{Kind, Status, UnitId};

use super::english::Page;
use super::prose::{Called, Paragraph, address, byline, called, kind_of, paragraphs, title_place};
use super::{Bitext, Column, Format, Options, Out, PROGRAM, Purpose, Read, Side, Told, Write, Writer};

pub(super) use escape::{LOST, attribute, french, text};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Facing pages in a browser.
pub(super) const FORMAT: Format = Format {
    name: "html",
    title: "HTML, facing pages",
    endings: &["html", "htm"],
    purpose: Purpose::Work,
    binary: false,
    feature: None,
    write: Write::File(|options, out| {
        Ok(match options.side {
            Side::Both => Box::new(Pages::new(options, out)),
            Side::English => Box::new(Page::new(options, out)),
        })
    }),
    read: Read::No,
    columns: false,
    paragraphs: true,
    carries: &[Column::Id, Column::Fr, Column::En],
    loses: "status, notes, scores; control characters become a space, spaces that French does not break at no-break ones",
    through: super::kept,
    opens: "open it in a browser; to have a PDF: print",
};

/// Articles from here on are laid out by the browser only when they come into view.
const FAR_ARTICLES: usize = 12;

/// Writes the file.
struct Pages<'a> {
    out: &'a mut dyn Out,
    /// The article at hand, so that the writer underneath is called once for each.
    page: String,
    name: String,
    source: String,
    target: String,
    /// What stands in the list of contents.
    articles: Vec<Called>,
    /// The first article, held back until it is known whether another comes: the title of one alone is the file's.
    first: Option<String>,
}

impl<'a> Pages<'a> {
    fn new(options: &Options, out: &'a mut dyn Out) -> Self {
        let language = |language: &str| {
            let mut escaped = String::new();
            attribute(language, &mut escaped);
            escaped
        };
        Pages {
            out,
            page: String::new(),
            name: options.name.clone(),
            source: language(&options.source),
            target: language(&options.target),
            articles: Vec::new(),
            first: None,
        }
    }

    /// What stands before the first article.
    fn head(&self, title: &str) -> String {
        let mut head = String::with_capacity(STYLE.len() + 4096);
        let (mut name, mut plain) = (String::new(), String::new());
        let _ = (french(title, &mut name), attribute(PROGRAM, &mut plain));
        // Writing to a string does not fail.
        let _ = write!(
            head,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; \
             base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"generator\" content=\"{plain}\">\n<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#text\">Skip to the text</a>\n\
             <header class=\"bar\"><div>\n<h1 class=\"name\">{name}</h1>\n\
             <div class=\"tools\" role=\"group\" aria-label=\"Reading\" hidden>\n",
            hash(STYLE),
            hash(SCRIPT),
        );
        head.push_str(
            "<button type=\"button\" id=\"hide\" aria-pressed=\"false\">Hide the English</button>\n\
             <button type=\"button\" id=\"dark\" aria-pressed=\"false\">Dark</button>\n\
             <a class=\"to-contents\" href=\"#contents\">Contents</a>\n\
             <details class=\"keys\"><summary>Keys</summary><dl>\n\
             <dt><kbd>j</kbd> <kbd>→</kbd></dt><dd>next sentence</dd>\n\
             <dt><kbd>k</kbd> <kbd>←</kbd></dt><dd>the one before</dd>\n\
             <dt><kbd>h</kbd></dt><dd>hide the English, to study; again: show it</dd>\n\
             <dt><kbd>Enter</kbd></dt><dd>show or hide this sentence’s English</dd>\n\
             <dt><kbd>d</kbd></dt><dd>dark or light</dd>\n\
             <dt><kbd>Esc</kbd></dt><dd>mark nothing</dd>\n</dl></details>\n",
        );
        head.push_str("</div>\n</div></header>\n<p class=\"told\" id=\"told\" role=\"status\"></p>\n<main id=\"text\">\n");
        head
    }

    fn write_article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> Called {
        let parts = paragraphs(bitext.units);
        let called = called(bitext, &parts);
        let place = self.articles.len() + 1;
        let far = if place > FAR_ARTICLES { " class=\"far\"" } else { "" };
        let _ = writeln!(
            self.page,
            "<article id=\"a{place}\" aria-labelledby=\"t{place}\"{far}>\n<header class=\"head\">"
        );
        let title = title_place(&parts);
        match title {
            Some(title) => {
                for before in &parts[..title] {
                    self.pair(before, ("div", "p"), "", told);
                }
                self.pair(parts[title], ("h2", "span"), &format!(" id=\"t{place}\""), told);
            }
            None if !called.opening && bitext.head.about("title").is_some() => {
                let page = &mut self.page;
                let _ = write!(page, "<h2 class=\"pair\" id=\"t{place}\"><span lang=\"{}\">", self.source);
                told.lose(LOST, french(&called.fr, page));
                page.push_str("</span></h2>\n");
            }
            None => {
                let _ = writeln!(self.page, "<h2 class=\"bare\" id=\"t{place}\">Article {place}</h2>");
            }
        }
        let known = byline(bitext);
        let page = &mut self.page;
        if !known.is_empty() {
            page.push_str("<p class=\"by\">");
            for part in known {
                page.push_str("<span>");
                told.lose(LOST, text(&part, page));
                page.push_str("</span>");
            }
            page.push_str("</p>\n");
        }
        page.push_str("</header>\n");
        for paragraph in &parts[title.map_or(0, |title| title + 1)..] {
            let tags = if kind_of(paragraph) == Kind::Heading { ("h3", "span") } else { ("div", "p") };
            self.pair(paragraph, tags, "", told);
        }
        self.rights(bitext, told);
        self.page.push_str("</article>\n");
        called
    }

    /// Where the article comes from, and under which licence.
    fn rights(&mut self, bitext: &Bitext<'_>, told: &mut Told) {
        let (url, licence) = (address(bitext), bitext.head.about("licence"));
        if url.is_none() && licence.is_none() {
            return;
        }
        let page = &mut self.page;
        page.push_str("<p class=\"rights\">");
        if let Some(licence) = licence {
            page.push_str("<span>");
            told.lose(LOST, text(licence, page));
            page.push_str("</span>");
        }
        if let Some(url) = url {
            page.push_str("<span><a rel=\"noreferrer\" href=\"");
            attribute(url, page);
            page.push_str("\">");
            text(url, page);
            page.push_str("</a></span>");
        }
        page.push_str("</p>\n");
    }

    /// One paragraph in both languages, its sentences marked with their units' ids.
    fn pair(&mut self, paragraph: Paragraph<'_, '_>, tags: (&str, &str), id: &str, told: &mut Told) {
        const CHANGED: &str = "the French has changed since this was translated";
        let (outer, inner) = tags;
        let class = match kind_of(paragraph) {
            Kind::Heading => "",
            Kind::Body => " body",
            Kind::Caption => " caption",
            _ => " aside",
        };
        let page = &mut self.page;
        let _ = write!(page, "<{outer} class=\"pair{class}\"{id}>\n<{inner} lang=\"{}\">", self.source);
        let mut side = Half { page, told, set: french, begun: false };
        for placed in paragraph {
            let unit = placed.unit;
            if !unit.fr.is_empty() {
                side.sentence(unit.id, &unit.fr, "", "");
            } else if unit.status == Status::Orphan {
                side.sentence(unit.id, &unit.more.was, " old", "this French is gone from the article");
            }
        }
        let _ = write!(page, "</{inner}>\n<{inner} lang=\"{}\">", self.target);
        let mut side = Half { page, told, set: text, begun: false };
        for placed in paragraph {
            side.told.units += 1;
            let unit = placed.unit;
            if unit.has_english() {
                let (class, title) = if unit.is_stale() { (" old", CHANGED) } else { ("", "") };
                side.sentence(unit.id, &unit.en, class, title);
            } else if unit.is_content() && unit.status != Status::Skipped {
                // An empty side is shown, so that nobody takes the next sentence for its translation.
                side.sentence(unit.id, &[], " none", "not yet translated");
            }
        }
        let _ = writeln!(page, "</{inner}>\n</{outer}>");
    }

    fn contents(&self) -> String {
        let mut list = String::from(
            "<nav class=\"contents last\" id=\"contents\" aria-labelledby=\"contents-title\">\n\
             <h2 id=\"contents-title\">Contents</h2>\n<ol>\n",
        );
        for (called, place) in self.articles.iter().zip(1..) {
            let _ = write!(list, "<li><a href=\"#a{place}\"><span lang=\"{}\">", self.source);
            french(&called.fr, &mut list);
            let _ = write!(list, "</span><span lang=\"{}\">", self.target);
            text(&called.en, &mut list);
            list.push_str("</span></a></li>\n");
        }
        list.push_str("</ol>\n</nav>\n");
        list
    }
}

/// One language of a pair, while its sentences are put into it.
struct Half<'s> {
    page: &'s mut String,
    told: &'s mut Told,
    set: fn(&str, &mut String) -> u64,
    begun: bool,
}

impl Half<'_> {
    fn sentence(&mut self, id: UnitId, texts: &[String], class: &str, title: &str) {
        if std::mem::replace(&mut self.begun, true) {
            self.page.push(' ');
        }
        for part in ["<span class=\"s", class, "\" data-u=\"", id.as_str()] {
            self.page.push_str(part);
        }
        if !title.is_empty() {
            self.page.push_str("\" title=\"");
            self.page.push_str(title);
        }
        self.page.push_str("\">");
        for (index, part) in texts.iter().enumerate() {
            if index > 0 {
                self.page.push(' ');
            }
            let lost = (self.set)(part, self.page);
            self.told.lose(LOST, lost);
        }
        self.page.push_str("</span>");
    }
}

impl Writer for Pages<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        if bitext.units.is_empty() {
            return Ok(());
        }
        let called = self.write_article(bitext, told);
        self.articles.push(called);
        match (self.articles.len(), self.first.take()) {
            (1, _) => self.first = Some(std::mem::take(&mut self.page)),
            (_, Some(first)) => {
                // There is another: the file is called as the corpus is.
                let head = self.head(&self.name);
                self.out.write_all(head.as_bytes())?;
                self.out.write_all(first.as_bytes())?;
            }
            _ => {}
        }
        self.out.write_all(self.page.as_bytes())?;
        self.page.clear();
        Ok(())
    }

    fn finish(mut self: Box<Self>, _told: &mut Told) -> io::Result<()> {
        if let Some(first) = self.first.take() {
            let head = self.head(&self.articles[0].fr);
            self.out.write_all(head.as_bytes())?;
            self.out.write_all(first.as_bytes())?;
        } else if self.articles.is_empty() {
            let head = self.head(&self.name);
            self.out.write_all(head.as_bytes())?;
        }
        let mut end = String::from("</main>\n");
        if self.articles.len() > 1 {
            end.push_str(&self.contents());
        }
        end.push_str(
            "<footer class=\"colophon\"><p>French and English, facing. Made with enregard.</p></footer>\n",
        );
        let _ = write!(end, "<script>{SCRIPT}</script>\n</body>\n</html>\n");
        self.out.write_all(end.as_bytes())
    }
}

/// The source expression that allows exactly this text in a Content Security Policy.
pub(super) fn hash(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digest = Sha256::digest(text.as_bytes());
    let mut hash = String::from("sha256-");
    for three in digest.chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter =
                if place <= three.len() { LETTERS[(bits >> (18 - 6 * place)) as usize & 63] } else { b'=' };
            hash.push(char::from(letter));
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_what_browsers_reckon() {
        // From the Content Security Policy specification, section 8.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    #[test]
    fn style_and_script_end_only_where_they_should() {
        assert!(!STYLE.contains("</") && !STYLE.contains('\r'));
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--") && !SCRIPT.contains('\r'));
    }
}
