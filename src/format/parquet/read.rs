//! Columns as what they say of units.

use std::io::Read;
use std::ops::ControlFlow;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use parquet::basic::Type;
use parquet::column::reader::ColumnReader;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;

use crate::format::{Column, FormatError, Options, Place, Reader, Received, Seekable, same_language};

/// A larger file, or part of a column, is not read: a few bytes can claim to be any number of them.
const MOST_BYTES: u64 = 4 << 30;
/// So many units are read at a time.
const AT_A_TIME: usize = 1024;

pub(super) fn reader<'a>(
    mut input: Box<dyn Seekable + 'a>,
    options: &Options,
) -> Result<Box<dyn Reader + 'a>, FormatError> {
    let mut bytes = Vec::new();
    let read = (&mut input).take(MOST_BYTES).read_to_end(&mut bytes);
    read.map_err(|source| FormatError::Input { place: None, source })?;
    if bytes.len() as u64 == MOST_BYTES {
        return Err(limit("the file", MOST_BYTES));
    }
    if !bytes.starts_with(b"PAR1") || !bytes.ends_with(b"PAR1") || bytes.len() < 12 {
        let expected = "`PAR1` at both ends of a Parquet file: it is another, or cut short".to_owned();
        let found = format!("{} bytes", bytes.len());
        return Err(FormatError::Unexpected { place: None, found, expected });
    }
    let file =
        guarded(|| SerializedFileReader::new(Bytes::from(bytes))).map_err(|error| damaged(0, &error))?;
    let mut passed_over = Vec::new();
    let mut wanted = Vec::new();
    let mut names = Vec::new();
    let schema = file.metadata().file_metadata().schema_descr();
    for (leaf, column) in schema.columns().iter().enumerate() {
        let parts: Vec<&str> = column.path().parts().iter().map(String::as_str).collect();
        let name = column.path().string();
        let known = match parts[..] {
            ["translation", code] | [code] if same_language(&options.source, code) => Some(Column::Fr),
            ["translation", code] | [code] if same_language(&options.target, code) => Some(Column::En),
            [name] => name.to_lowercase().parse::<Column>().ok(),
            _ => None,
        };
        let readable = matches!(
            column.physical_type(),
            Type::BYTE_ARRAY | Type::INT32 | Type::INT64 | Type::FLOAT | Type::DOUBLE
        );
        let repeated = column.max_rep_level() > 0;
        match known.filter(|known| readable && !repeated && !wanted.iter().any(|(_, taken)| taken == known)) {
            Some(known) => wanted.push((leaf, known)),
            None => passed_over.push(format!("column `{name}`")),
        }
        names.push(format!("`{name}`"));
    }
    if !wanted.iter().any(|(_, column)| *column == Column::Fr) {
        let expected = format!("`translation.{0}` or `{0}` among them", options.source);
        let found = format!("the columns {}", names.join(" "));
        return Err(FormatError::Unexpected { place: None, found, expected });
    }
    Ok(Box::new(Units {
        file,
        wanted,
        passed_over,
        group: 0,
        columns: Vec::new(),
        cells: Vec::new(),
        next: 0,
        number: 0,
    }))
}

struct Units {
    file: SerializedFileReader<Bytes>,
    /// The leaves that are read, and what stands in them.
    wanted: Vec<(usize, Column)>,
    passed_over: Vec<String>,
    /// The group that is opened next.
    group: usize,
    /// The columns of the group at hand.
    columns: Vec<(ColumnReader, i16)>,
    /// The cells at hand, by column, and the place of the next.
    cells: Vec<Vec<Option<String>>>,
    next: usize,
    /// The units that were read.
    number: u64,
}

impl Reader for Units {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        while self.cells.first().is_none_or(|cells| self.next == cells.len()) {
            if self.more()?.is_break() {
                return Ok(false);
            }
        }
        self.number += 1;
        into.start(Place { what: "unit", number: self.number });
        for ((_, column), cells) in self.wanted.iter().zip(&self.cells) {
            if let Some(text) = &cells[self.next] {
                into.push(*column, text);
            }
        }
        self.next += 1;
        Ok(true)
    }

    fn passed_over(&self) -> Vec<String> {
        self.passed_over.clone()
    }
}

impl Units {
    /// Reads the next cells, of the group at hand or of the next.
    fn more(&mut self) -> Result<ControlFlow<()>, FormatError> {
        self.cells.clear();
        self.next = 0;
        let number = self.number;
        for (reader, levels) in &mut self.columns {
            self.cells.push(guarded(|| cells(reader, *levels)).map_err(|error| damaged(number, &error))?);
        }
        let lengths: Vec<usize> = self.cells.iter().map(Vec::len).collect();
        if lengths.iter().any(|length| *length != lengths[0]) {
            return Err(damaged(number, &ParquetError::General("columns of different lengths".to_owned())));
        }
        if lengths.first().is_some_and(|length| *length > 0) {
            return Ok(ControlFlow::Continue(()));
        }
        self.cells.clear();
        if self.group == self.file.num_row_groups() {
            return Ok(ControlFlow::Break(()));
        }
        let group =
            guarded(|| self.file.get_row_group(self.group)).map_err(|error| damaged(number, &error))?;
        self.group += 1;
        self.columns.clear();
        for (leaf, _) in &self.wanted {
            let told = group.metadata().column(*leaf);
            if told.uncompressed_size().max(0) as u64 > MOST_BYTES {
                return Err(limit("a column", MOST_BYTES));
            }
            let levels = told.column_descr().max_def_level();
            let reader =
                guarded(|| group.get_column_reader(*leaf)).map_err(|error| damaged(number, &error))?;
            self.columns.push((reader, levels));
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// The next cells of a column; `most` is the level of those that are there.
fn cells(reader: &mut ColumnReader, most: i16) -> Result<Vec<Option<String>>, ParquetError> {
    macro_rules! read {
        ($reader:expr, $value:ty, $text:expr) => {{
            let (mut values, mut levels): (Vec<$value>, Vec<i16>) = Default::default();
            let (units, _, _) = $reader.read_records(AT_A_TIME, Some(&mut levels), None, &mut values)?;
            let mut values = values.iter();
            let mut next = || match values.next() {
                Some(value) => $text(value).map(Some),
                None => Err(ParquetError::General("fewer values than units".to_owned())),
            };
            // Where every unit must have a value, no level says that it has one.
            let there = |unit: usize| most == 0 || levels.get(unit) == Some(&most);
            (0..units).map(|unit| if there(unit) { next() } else { Ok(None) }).collect()
        }};
    }
    let number = |value: f64| Ok(value.to_string());
    match reader {
        ColumnReader::ByteArrayColumnReader(reader) => {
            read!(reader, ByteArray, |value: &ByteArray| { value.as_utf8().map(str::to_owned) })
        }
        ColumnReader::Int32ColumnReader(reader) => {
            read!(reader, i32, |value: &i32| number(f64::from(*value)))
        }
        ColumnReader::Int64ColumnReader(reader) => read!(reader, i64, |value: &i64| number(*value as f64)),
        ColumnReader::FloatColumnReader(reader) => {
            read!(reader, f32, |value: &f32| number(f64::from(*value)))
        }
        ColumnReader::DoubleColumnReader(reader) => read!(reader, f64, |value: &f64| number(*value)),
        _ => Err(ParquetError::General("a type that is not read".to_owned())),
    }
}

/// What the library says, also where it gives up on a damaged file by a panic.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    // The hook that tells of panics is the whole process's: one at a time is without it.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let told = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    // What it leaves behind is not read again: the first error ends the reading.
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(told);
    done.unwrap_or_else(|_| Err(ParquetError::General("it contradicts itself".to_owned())))
}

fn limit(found: &str, most: u64) -> FormatError {
    let found = format!("{found} of more than {most} bytes");
    FormatError::Limit { place: None, found, limit: "parquet", most }
}

/// What Parquet says of a damaged file, after this many units.
fn damaged(number: u64, error: &ParquetError) -> FormatError {
    let place = (number > 0).then_some(Place { what: "unit", number: number + 1 });
    let found = format!("damage ({error})");
    FormatError::Unexpected { place, found, expected: "a whole Parquet file".to_owned() }
}
