//! Electronic books: each French paragraph followed by its English, for readers that know no facing pages.
//!
//! EPUB 3: one chapter per article, a table of contents in both languages, what the articles' headers say of authors,
//! publishers, licences. The same units give the same bytes: no clock is asked, the book's date is that of its
//! latest change.

mod chapter;
mod package;

use std::io;

use super::pack::Pack;
use super::prose::latest;
use super::{Bitext, Column, Format, Options, Out, Purpose, Read, Told, Write, Writer};

use chapter::Chapter;
use package::Book;

/// Electronic books.
pub(super) const FORMAT: Format = Format {
    name: "epub",
    title: "EPUB 3, an electronic book",
    endings: &["epub"],
    purpose: Purpose::Study,
    binary: true,
    feature: None,
    write: Write::File(|options, out| Ok(Box::new(Epub::new(options, out)?))),
    read: Read::No,
    columns: false,
    paragraphs: true,
    carries: &[Column::Fr, Column::En],
    loses: "ids, status, notes; control characters become a space, spaces that French does not break at no-break ones",
    through: super::kept,
    opens: "any reader of electronic books: Apple Books, Kobo, Calibre, KOReader; send it to a Kindle",
};

/// Writes a book, chapter by chapter.
struct Epub<'a> {
    pack: Pack<&'a mut dyn Out>,
    book: Book,
}

impl<'a> Epub<'a> {
    fn new(options: &Options, out: &'a mut dyn Out) -> io::Result<Self> {
        let mut pack = Pack::new(out);
        // First and as it is: by these bytes a file is known for a book.
        pack.stored("mimetype", b"application/epub+zip")?;
        pack.part("META-INF/container.xml", package::CONTAINER.as_bytes())?;
        pack.part("EPUB/style.css", include_bytes!("style.css"))?;
        Ok(Epub { pack, book: Book::new(options) })
    }
}

impl Writer for Epub<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        if bitext.units.is_empty() {
            return Ok(());
        }
        let chapter = Chapter::new(bitext, &self.book.source, &self.book.target, told);
        let name = self.book.add(bitext, chapter.called, latest(bitext.units));
        self.pack.part(&format!("EPUB/{name}"), chapter.page.as_bytes())
    }

    fn finish(mut self: Box<Self>, _told: &mut Told) -> io::Result<()> {
        self.pack.part("EPUB/nav.xhtml", self.book.contents().as_bytes())?;
        self.pack.part("EPUB/package.opf", self.book.package().as_bytes())?;
        self.pack.finish()
    }
}
