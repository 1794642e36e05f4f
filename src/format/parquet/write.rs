//! Units as columns.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use crate::format::jsonl::{beside, is_number, kind};
use crate::format::{Bitext, Column, Options, Out, PROGRAM, Placed, Told, Writer, json};

pub(super) fn writer<'a>(options: &Options, out: &'a mut dyn Out) -> io::Result<Box<dyn Writer + 'a>> {
    Ok(Box::new(Table::new(options, out)?))
}

/// A group of units is written when it has so many, or so many bytes.
const GROUP_UNITS: usize = 1 << 16;
const GROUP_BYTES: usize = 64 << 20;

/// A Parquet file of units that is being written.
struct Table<W: Write + Send> {
    file: SerializedFileWriter<W>,
    /// What stands in each column of the file, in its order.
    columns: Vec<Column>,
    /// The cells of the group at hand, by column.
    cells: Vec<Cells>,
    units: usize,
    bytes: usize,
}

/// The cells of one column: values, and for each unit whether it has one.
enum Cells {
    Text(Vec<ByteArray>, Vec<i16>),
    Number(Vec<i32>, Vec<i16>),
    Score(Vec<f64>, Vec<i16>),
}

impl Cells {
    fn new(column: Column) -> Self {
        match column {
            Column::Score => Cells::Score(Vec::new(), Vec::new()),
            column if is_number(column) => Cells::Number(Vec::new(), Vec::new()),
            _ => Cells::Text(Vec::new(), Vec::new()),
        }
    }
}

impl<W: Write + Send> Table<W> {
    /// Begins a file.
    pub fn new(options: &Options, out: W) -> io::Result<Self> {
        let (source, target) = (&options.source, &options.target);
        // Readers want the languages in the order of their codes.
        let mut sides = [(source, Column::Fr), (target, Column::En)];
        sides.sort_by_key(|(code, _)| code.as_str());
        let beside = beside(&options.columns);
        let mut message = String::from("message enregard {\n optional binary id (STRING);\n");
        message.push_str(" optional group translation {\n");
        for (code, _) in sides {
            // A code has letters, digits and hyphens, which the parser of schemas takes in a name.
            message.push_str(&format!("  optional binary {code} (STRING);\n"));
        }
        message.push_str(" }\n");
        for column in &beside {
            message.push_str(&match kind(*column) {
                "float64" => format!(" optional double {column};\n"),
                "int32" => format!(" optional int32 {column};\n"),
                _ => format!(" optional binary {column} (STRING);\n"),
            });
        }
        message.push('}');
        let schema = Arc::new(parse_message_type(&message).map_err(told)?);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(told)?))
            .set_created_by(PROGRAM.to_owned())
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_key_value_metadata(Some(vec![KeyValue::new("huggingface".to_owned(), features(options))]))
            .build();
        let mut columns = vec![Column::Id];
        columns.extend(sides.map(|(_, column)| column));
        columns.extend(beside);
        Ok(Table {
            file: SerializedFileWriter::new(out, schema, Arc::new(properties)).map_err(told)?,
            cells: columns.iter().map(|column| Cells::new(*column)).collect(),
            columns,
            units: 0,
            bytes: 0,
        })
    }

    /// Takes a unit.
    pub fn unit(&mut self, placed: &Placed<'_>) -> io::Result<()> {
        for (column, cells) in self.columns.iter().zip(&mut self.cells) {
            let cell = column.cell(placed);
            // What stands in a group has a level more: the group is there, and the text in it.
            let there = match column {
                Column::Fr | Column::En => 2,
                _ => i16::from(!cell.is_empty()),
            };
            self.bytes += cell.len();
            match cells {
                Cells::Text(values, levels) => {
                    levels.push(there);
                    if there > 0 {
                        values.push(ByteArray::from(cell.into_owned().into_bytes()));
                    }
                }
                Cells::Number(values, levels) => {
                    levels.push(there);
                    values.extend(cell.parse::<i32>());
                }
                Cells::Score(values, levels) => {
                    levels.push(i16::from(placed.unit.score.is_some()));
                    values.extend(placed.unit.score);
                }
            }
        }
        self.units += 1;
        if self.units >= GROUP_UNITS || self.bytes >= GROUP_BYTES {
            self.group()?;
        }
        Ok(())
    }

    /// Writes the units at hand.
    fn group(&mut self) -> io::Result<()> {
        let mut group = self.file.next_row_group().map_err(told)?;
        for cells in &mut self.cells {
            let mut column = group.next_column().map_err(told)?.ok_or_else(lacking)?;
            match (column.untyped(), &mut *cells) {
                (ColumnWriter::ByteArrayColumnWriter(writer), Cells::Text(values, levels)) => {
                    writer.write_batch(values, Some(levels), None).map_err(told)?;
                }
                (ColumnWriter::Int32ColumnWriter(writer), Cells::Number(values, levels)) => {
                    writer.write_batch(values, Some(levels), None).map_err(told)?;
                }
                (ColumnWriter::DoubleColumnWriter(writer), Cells::Score(values, levels)) => {
                    writer.write_batch(values, Some(levels), None).map_err(told)?;
                }
                _ => return Err(lacking()),
            }
            column.close().map_err(told)?;
            match cells {
                Cells::Text(values, levels) => (values.clear(), levels.clear()),
                Cells::Number(values, levels) => (values.clear(), levels.clear()),
                Cells::Score(values, levels) => (values.clear(), levels.clear()),
            };
        }
        group.close().map_err(told)?;
        self.units = 0;
        self.bytes = 0;
        Ok(())
    }

    /// Writes what is still at hand, and the file's end.
    pub fn finish(mut self) -> io::Result<()> {
        if self.units > 0 {
            self.group()?;
        }
        let mut out = self.file.into_inner().map_err(told)?;
        out.flush()
    }
}

impl<W: Write + Send> Writer for Table<W> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        for placed in bitext.units {
            self.unit(placed)?;
            told.units += 1;
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: &mut Told) -> io::Result<()> {
        Table::finish(*self)
    }
}

/// What Hugging Face's `datasets` reads under the key `huggingface`.
fn features(options: &Options) -> String {
    let mut out =
        br#"{"info":{"features":{"id":{"dtype":"string","_type":"Value"},"translation":{"languages":["#
            .to_vec();
    let mut languages = [&options.source, &options.target];
    languages.sort();
    json::string(languages[0], &mut out);
    out.push(b',');
    json::string(languages[1], &mut out);
    out.extend_from_slice(br#"],"_type":"Translation"}"#);
    for column in beside(&options.columns) {
        let feature = format!(r#","{column}":{{"dtype":"{}","_type":"Value"}}"#, kind(column));
        out.extend_from_slice(feature.as_bytes());
    }
    out.extend_from_slice(b"}}}");
    String::from_utf8_lossy(&out).into_owned()
}

fn told(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn lacking() -> io::Error {
    io::Error::other("the columns are not those of the schema: a fault of the program")
}
