//! What a book says of itself: its package document and its table of contents.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::super::html::{attribute, french, text};
use super::super::prose::{Called, address, one_line};
use super::super::{Bitext, Options, PROGRAM};
use super::chapter::head;

/// Where the package document is.
pub(super) const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n\
    <rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";

/// The book, as its chapters are added.
pub(super) struct Book {
    name: String,
    written: String,
    /// The languages, escaped.
    pub source: String,
    pub target: String,
    chapters: Vec<Called>,
    authors: Vec<String>,
    publishers: Vec<String>,
    translators: Vec<String>,
    licences: Vec<String>,
    addresses: Vec<String>,
    dates: Vec<String>,
    latest: Option<String>,
    /// Of the articles' names: the same articles are the same book, also when they have changed.
    identity: Sha256,
}

impl Book {
    /// A book without chapters.
    pub fn new(options: &Options) -> Book {
        let escaped = |text: &str| {
            let mut out = String::new();
            attribute(text, &mut out);
            out
        };
        let mut identity = Sha256::new();
        identity.update(b"enregard epub\n");
        Book {
            name: options.name.clone(),
            written: options.at.clone(),
            source: escaped(&options.source),
            target: escaped(&options.target),
            chapters: Vec::new(),
            authors: Vec::new(),
            publishers: Vec::new(),
            translators: Vec::new(),
            licences: Vec::new(),
            addresses: Vec::new(),
            dates: Vec::new(),
            latest: None,
            identity,
        }
    }

    /// Adds an article; the name of its file.
    pub fn add(&mut self, bitext: &Bitext<'_>, called: Called, latest: Option<String>) -> String {
        let lists = [
            ("author", &mut self.authors),
            ("publisher", &mut self.publishers),
            ("translator", &mut self.translators),
            ("licence", &mut self.licences),
            ("date", &mut self.dates),
        ];
        for (key, list) in lists {
            let known = bitext.head.about(key).map(one_line).filter(|text| !text.is_empty());
            if let Some(known) = known.filter(|known| !list.contains(known)) {
                list.push(known);
            }
        }
        self.addresses.extend(address(bitext).map(str::to_owned));
        self.latest = self.latest.take().max(latest);
        self.identity.update(bitext.head.article);
        self.identity.update(b"@");
        self.identity.update(bitext.head.edition.unwrap_or_default());
        self.identity.update(b"\n");
        self.chapters.push(called);
        file_name(self.chapters.len())
    }

    fn title(&self) -> &str {
        match &self.chapters[..] {
            [one] => &one.fr,
            _ => &self.name,
        }
    }

    /// When it was changed last: no later than it was written (with `SOURCE_DATE_EPOCH`, that).
    fn modified(&self) -> &str {
        match &self.latest {
            Some(latest) if is_time(latest) && (*latest < self.written || !is_time(&self.written)) => latest,
            _ => &self.written,
        }
    }

    /// The package document.
    pub fn package(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"en\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n",
        );
        let _ = writeln!(out, "<dc:identifier id=\"id\">urn:uuid:{}</dc:identifier>", self.uuid());
        let mut element = |open: &str, content: &str, close: &str| {
            out.push_str(open);
            text(content, &mut out);
            out.push_str(close);
            out.push('\n');
        };
        let language = if self.chapters.len() == 1 { &*self.source } else { "en" };
        element(&format!("<dc:title xml:lang=\"{language}\">"), &one_line(self.title()), "</dc:title>");
        // These are escaped already: codes of letters and hyphens.
        element("<dc:language>", &self.source, "</dc:language>");
        element("<dc:language>", &self.target, "</dc:language>");
        for author in &self.authors {
            element("<dc:creator>", author, "</dc:creator>");
        }
        for publisher in &self.publishers {
            element("<dc:publisher>", publisher, "</dc:publisher>");
        }
        for (translator, place) in self.translators.iter().zip(1..) {
            element(&format!("<dc:contributor id=\"translator{place}\">"), translator, "</dc:contributor>");
            let open =
                format!("<meta refines=\"#translator{place}\" property=\"role\" scheme=\"marc:relators\">");
            element(&open, "trl", "</meta>");
        }
        for licence in &self.licences {
            element("<dc:rights>", licence, "</dc:rights>");
        }
        for address in &self.addresses {
            element("<dc:source>", address, "</dc:source>");
        }
        if let [date] = &self.dates[..]
            && is_day(date)
        {
            element("<dc:date>", date, "</dc:date>");
        }
        element("<meta property=\"dcterms:modified\">", self.modified(), "</meta>");
        for (property, value) in [
            ("schema:accessMode", "textual"),
            ("schema:accessModeSufficient", "textual"),
            ("schema:accessibilityFeature", "structuralNavigation"),
            ("schema:accessibilityFeature", "tableOfContents"),
            ("schema:accessibilityHazard", "none"),
            (
                "schema:accessibilitySummary",
                "Text only; each paragraph in French and then in English, both marked with their language.",
            ),
        ] {
            element(&format!("<meta property=\"{property}\">"), value, "</meta>");
        }
        let mut generator = String::new();
        attribute(PROGRAM, &mut generator);
        let _ = writeln!(out, "<meta name=\"generator\" content=\"{generator}\"/>\n</metadata>\n<manifest>");
        out.push_str(
            "<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
             <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n",
        );
        for place in 1..=self.chapters.len() {
            let name = file_name(place);
            let _ =
                writeln!(out, "<item id=\"a{place}\" href=\"{name}\" media-type=\"application/xhtml+xml\"/>");
        }
        out.push_str("</manifest>\n<spine>\n<itemref idref=\"nav\"/>\n");
        for place in 1..=self.chapters.len() {
            let _ = writeln!(out, "<itemref idref=\"a{place}\"/>");
        }
        out.push_str("</spine>\n</package>\n");
        out
    }

    /// The table of contents.
    pub fn contents(&self) -> String {
        let mut title = String::new();
        text(&one_line(self.title()), &mut title);
        let mut out = head("en", &title);
        let _ = write!(
            out,
            "<body>\n<nav epub:type=\"toc\" role=\"doc-toc\" aria-labelledby=\"contents\">\n<h1 id=\"contents\">Contents</h1>\n<ol>\n"
        );
        if self.chapters.is_empty() {
            out.push_str("<li><a href=\"nav.xhtml\">Nothing is translated yet</a></li>\n");
        }
        for (called, place) in self.chapters.iter().zip(1..) {
            let (source, target) = (&self.source, &self.target);
            let name = file_name(place);
            let _ = write!(out, "<li><a href=\"{name}\"><span lang=\"{source}\" xml:lang=\"{source}\">");
            french(&called.fr, &mut out);
            out.push_str("</span>");
            if !called.en.is_empty() {
                let _ = write!(out, " <span class=\"en\" lang=\"{target}\" xml:lang=\"{target}\">");
                text(&called.en, &mut out);
                out.push_str("</span>");
            }
            out.push_str("</a></li>\n");
        }
        out.push_str("</ol>\n</nav>\n</body>\n</html>\n");
        out
    }

    /// A UUID of version 8, which is made of what one likes (RFC 9562): here of the articles' names.
    fn uuid(&self) -> String {
        let digest = self.identity.clone().finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        bytes[6] = bytes[6] & 0x0F | 0x80;
        bytes[8] = bytes[8] & 0x3F | 0x80;
        let mut uuid = String::with_capacity(36);
        for (place, byte) in bytes.iter().enumerate() {
            if matches!(place, 4 | 6 | 8 | 10) {
                uuid.push('-');
            }
            let _ = write!(uuid, "{byte:02x}");
        }
        uuid
    }
}

fn file_name(place: usize) -> String {
    format!("a{place}.xhtml")
}

/// Whether a text is a day as EPUB wants it: a year, with or without month and day.
fn is_day(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    matches!(&*shape, "0000" | "0000-00" | "0000-00-00")
}

/// Whether a text is a time in UTC to the second, the only one that a book's date may be.
fn is_time(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00T00:00:00Z"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Head;

    #[test]
    fn the_same_articles_are_the_same_book_and_its_date_is_that_of_its_latest_change() {
        let options = Options { at: "2026-11-20T08:00:00Z".into(), ..Options::default() };
        let called = Called { fr: "Un <titre>".into(), en: String::new(), opening: false };
        let book = |at: Option<&str>| {
            let mut book = Book::new(&options);
            let about = [("date".to_owned(), "hier".to_owned()), ("author".to_owned(), "A & B".to_owned())];
            let head = Head { article: "roy", edition: None, about: &about };
            book.add(&Bitext { head, units: &[] }, called.clone(), at.map(str::to_owned));
            book
        };
        let early = book(Some("2025-01-01T00:00:00Z"));
        assert_eq!(early.modified(), "2025-01-01T00:00:00Z");
        assert_eq!(book(None).modified(), "2026-11-20T08:00:00Z");
        assert_eq!(book(Some("2027-01-01T00:00:00Z")).modified(), "2026-11-20T08:00:00Z");
        assert_eq!(book(Some("yesterday")).modified(), "2026-11-20T08:00:00Z");
        assert_eq!(early.uuid(), book(None).uuid());
        assert_eq!((early.uuid().len(), &early.uuid()[14..15]), (36, "8"));
        let package = early.package();
        assert!(package.contains("<dc:creator>A &amp; B</dc:creator>") && !package.contains("<dc:date>"));
        assert!(package.contains("<dc:title xml:lang=\"fr\">Un &lt;titre&gt;</dc:title>"));
    }
}
