//! Notes as tab-separated text with the headers that Anki's importer reads.

use std::io;

use crate::format::{Bitext, Column, Options, Placed, TextWriter, Told};

use super::{Around, deck, guid, html, tags, with_neighbours};

pub(super) fn writer(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    Ok(Box::new(Text { corpus: options.name.clone() }))
}

struct Text {
    corpus: String,
}

/// The note type is one that every Anki has, with cards in both directions.
const HEADER: &str = "#separator:tab\n\
    #html:true\n\
    #guid column:1\n\
    #notetype:Basic (and reversed card)\n\
    #deck column:2\n\
    #tags column:5\n\
    #columns:guid\tdeck\tFront\tBack\ttags\n";

impl Text {
    fn line(&self, placed: &Placed<'_>, around: Around<'_>, out: &mut Vec<u8>, told: &mut Told) {
        told.units += 1;
        let cells = [
            html(&guid(placed)).into_owned(),
            html(&deck(&self.corpus, placed)).into_owned(),
            side(Column::Fr, placed, around),
            side(Column::En, placed, around),
            html(&tags(placed)).into_owned(),
        ];
        for (index, cell) in cells.iter().enumerate() {
            if index > 0 {
                out.push(b'\t');
            }
            out.extend_from_slice(cell.as_bytes());
        }
        out.push(b'\n');
    }
}

/// A side of a card: the sentence, and small and grey what stands before and after it.
fn side(column: Column, placed: &Placed<'_>, around: Around<'_>) -> String {
    let context = |other: Option<&Placed<'_>>| match other.map(|other| column.cell(other)) {
        Some(text) if !text.is_empty() => {
            // Single quotes: a double one would have the cell read as quoted.
            format!("<div style='color:gray;font-size:70%'>{}</div>", html(&text))
        }
        _ => String::new(),
    };
    let sentence = column.cell(placed);
    format!("{}<div>{}</div>{}", context(around.before), html(&sentence), context(around.after))
}

impl TextWriter for Text {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(HEADER.as_bytes());
        Ok(())
    }

    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        self.line(placed, Around::default(), out, told);
        Ok(())
    }

    fn article(&self, bitext: &Bitext<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        for (placed, around) in with_neighbours(bitext) {
            self.line(placed, around, out, told);
        }
        Ok(())
    }
}
