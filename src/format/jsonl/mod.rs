//! JSON Lines in the shape that Hugging Face `datasets` calls Translation: one object for each unit.
//!
//! `{"id":"…","translation":{"fr":"…","en":"…"}}`, and after these whatever columns were asked for. Read are such
//! lines, and flat ones with `fr` and `en` of their own. Datasets with a card and splits are made elsewhere (`dataset.rs`).

mod object;
mod reader;

use std::io;

use super::{Column, Columns, Format, Options, Placed, Purpose, Read, TextWriter, Told, Write, json, kept};

/// JSON Lines.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    title: "JSON Lines, as Hugging Face's Translation",
    endings: &["jsonl", "ndjson"],
    purpose: Purpose::Study,
    binary: false,
    feature: None,
    write: Write::Text(writer),
    read: Read::Stream(reader::reader),
    columns: true,
    paragraphs: false,
    carries: Column::ALL,
    loses: "nothing of the texts",
    through: kept,
    opens: "datasets.load_dataset(\"json\", data_files=\"f.jsonl\"); pandas.read_json(f, lines=True)",
};

/// The columns that stand beside `id` and `translation`: none where the columns are the default ones.
pub(super) fn beside(columns: &Columns) -> Vec<Column> {
    if *columns == Columns::default() {
        return Vec::new();
    }
    let inside = [Column::Id, Column::Fr, Column::En];
    columns.all().iter().copied().filter(|column| !inside.contains(column)).collect()
}

/// Writes units as JSON Lines.
pub(super) struct JsonLines {
    beside: Vec<Column>,
    /// `,"translation":{"fr":`, and `,"en":`.
    before: [Vec<u8>; 2],
}

impl JsonLines {
    pub fn new(options: &Options) -> Self {
        let mut source = b",\"translation\":{".to_vec();
        json::string(&options.source, &mut source);
        source.push(b':');
        let mut target = b",".to_vec();
        json::string(&options.target, &mut target);
        target.push(b':');
        JsonLines { beside: beside(&options.columns), before: [source, target] }
    }

    /// Writes one unit's line.
    pub fn line(&self, placed: &Placed<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"id\":");
        json::string(placed.unit.id.as_str(), out);
        out.extend_from_slice(&self.before[0]);
        json::string(&Column::Fr.cell(placed), out);
        out.extend_from_slice(&self.before[1]);
        json::string(&Column::En.cell(placed), out);
        out.push(b'}');
        for column in &self.beside {
            out.extend_from_slice(b",\"");
            out.extend_from_slice(column.as_str().as_bytes());
            out.extend_from_slice(b"\":");
            match (column, placed.unit.score) {
                (Column::Score, Some(score)) => out.extend_from_slice(format!("{score:?}").as_bytes()),
                _ => match &*column.cell(placed) {
                    "" => out.extend_from_slice(b"null"),
                    number if is_number(*column) => out.extend_from_slice(number.as_bytes()),
                    text => json::string(text, out),
                },
            }
        }
        out.extend_from_slice(b"}\n");
    }
}

/// Whether what stands in this column is a whole number.
pub(super) const fn is_number(column: Column) -> bool {
    matches!(column, Column::Paragraph | Column::Sentence)
}

/// The type of a column, as Arrow calls it.
pub(super) fn kind(column: Column) -> &'static str {
    match column {
        Column::Score => "float64",
        column if is_number(column) => "int32",
        _ => "string",
    }
}

fn writer(options: &Options) -> io::Result<Box<dyn TextWriter>> {
    Ok(Box::new(JsonLines::new(options)))
}

impl TextWriter for JsonLines {
    fn unit(&self, placed: &Placed<'_>, out: &mut Vec<u8>, told: &mut Told) -> io::Result<()> {
        told.units += 1;
        self.line(placed, out);
        Ok(())
    }
}
