//! The English as an HTML document: text with its style, and no script.

use std::fmt::Write as _;
use std::io;

use super::super::html::{LOST, attribute, french, hash, text};
use super::super::prose::{called, paragraphs};
use super::super::{Bitext, Options, Out, PROGRAM, Told, Writer};
use super::{Rank, document, stretches};

const STYLE: &str = include_str!("page.css");

/// Writes the document, or several after one another.
pub(in crate::format) struct Page<'a> {
    out: &'a mut dyn Out,
    source: String,
    target: String,
    name: String,
    articles: usize,
}

impl<'a> Page<'a> {
    pub fn new(options: &Options, out: &'a mut dyn Out) -> Self {
        let escaped = |language: &str| {
            let mut out = String::new();
            attribute(language, &mut out);
            out
        };
        let (source, target) = (escaped(&options.source), escaped(&options.target));
        Page { out, source, target, name: options.name.clone(), articles: 0 }
    }

    fn head(&self, title: &str) -> String {
        let (mut name, mut program) = (String::new(), String::new());
        text(title, &mut name);
        attribute(PROGRAM, &mut program);
        format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; base-uri 'none'; \
             form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"{program}\">\n<title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
            self.target,
            hash(STYLE),
        )
    }
}

impl Writer for Page<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        if bitext.units.is_empty() {
            return Ok(());
        }
        let mut page = String::new();
        if self.articles == 0 {
            let called = called(bitext, &paragraphs(bitext.units));
            page.push_str(&self.head(if called.en.is_empty() { &called.fr } else { &called.en }));
        }
        self.articles += 1;
        page.push_str("<article>\n");
        for (rank, paragraph) in document(bitext.units) {
            let (open, close) = match rank {
                Rank::Title => ("<h1>", "</h1>"),
                Rank::Heading => ("<h2>", "</h2>"),
                Rank::Caption => ("<p class=\"caption\">", "</p>"),
                Rank::Body => ("<p>", "</p>"),
            };
            page.push_str(open);
            for (place, (stretch, is_french)) in stretches(paragraph).enumerate() {
                if place > 0 {
                    page.push(' ');
                }
                if is_french {
                    let _ = write!(page, "<i class=\"fr\" lang=\"{}\">", self.source);
                    told.lose(LOST, french(&stretch, &mut page));
                    page.push_str("</i>");
                } else {
                    told.lose(LOST, text(&stretch, &mut page));
                }
            }
            page.push_str(close);
            page.push('\n');
        }
        page.push_str("</article>\n");
        told.units += bitext.units.len() as u64;
        self.out.write_all(page.as_bytes())
    }

    fn finish(self: Box<Self>, _told: &mut Told) -> io::Result<()> {
        if self.articles == 0 {
            let head = self.head(&self.name);
            self.out.write_all(head.as_bytes())?;
        }
        self.out.write_all(b"</main>\n</body>\n</html>\n")
    }
}
