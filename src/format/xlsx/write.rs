//! Units → a workbook.

use std::io;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use crate::bitext::Status;

use super::super::prose::latest;
use super::super::{Bitext, Column, Options, Out, Placed, Told, Writer};
use super::cells::{columns, is_open, through};
use super::heights::{hinted, lines};

/// As many lines as a sheet can hold, without the header.
const MOST_LINES: u32 = 1_048_575;

/// So many lines have their heights: further down nobody looks at a sheet as a page.
const MOST_HINTED: usize = 20_000;

/// What is lost, as a person is told it.
const LOST: &str = "texts are longer than Excel's 32,767 characters: their cells are empty";

/// Writes the workbook.
pub(super) struct Book<'a> {
    out: &'a mut dyn Out,
    columns: Vec<Column>,
    sheets: Vec<Worksheet>,
    sheet: Worksheet,
    /// How many lines of text each line of each sheet is high.
    heights: Vec<Vec<u16>>,
    /// Lines of the sheet at hand, without the header.
    lines: u32,
    looks: Looks,
    name: String,
    written: String,
    latest: Option<String>,
}

/// How cells look.
struct Looks {
    header: Format,
    locked: Format,
    french: Format,
    small: Format,
    open: Format,
    /// English of French that has changed since.
    old: Format,
}

impl Looks {
    fn new() -> Looks {
        // `@` is Excel's format for text: what is typed into such a cell stays what it is.
        let cell = Format::new()
            .set_num_format("@")
            .set_align(FormatAlign::Top)
            .set_text_wrap()
            .set_font_name("Calibri")
            .set_font_size(11)
            .set_border_bottom(FormatBorder::Hair)
            .set_border_bottom_color(Color::RGB(0xC9_C1B2));
        let tinted = cell.clone().set_background_color(Color::RGB(0xF8_F5EE)).set_locked();
        Looks {
            header: Format::new()
                .set_num_format("@")
                .set_font_name("Calibri")
                .set_font_size(10)
                .set_italic()
                .set_font_color(Color::RGB(0x6A_645A))
                .set_border_bottom(FormatBorder::Thin)
                .set_border_bottom_color(Color::RGB(0x8A_8378)),
            small: tinted.clone().set_font_size(8).set_font_color(Color::RGB(0x8A_8378)),
            locked: tinted.clone().set_font_color(Color::RGB(0x6A_645A)),
            french: tinted,
            old: cell.clone().set_background_color(Color::RGB(0xFB_EFD2)).set_unlocked(),
            open: cell.set_unlocked(),
        }
    }

    fn of(&self, column: Column, placed: &Placed<'_>) -> &Format {
        match column {
            Column::Fr | Column::Was => &self.french,
            Column::En if placed.unit.is_stale() || placed.unit.status == Status::Orphan => &self.old,
            column if is_open(column) => &self.open,
            Column::Id | Column::Article | Column::Rev => &self.small,
            _ => &self.locked,
        }
    }
}

fn told(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error.to_string()),
    }
}

impl<'a> Book<'a> {
    pub fn new(options: &Options, out: &'a mut dyn Out) -> io::Result<Self> {
        let mut book = Book {
            out,
            columns: columns(options).all().to_vec(),
            sheets: Vec::new(),
            sheet: Worksheet::new(),
            heights: Vec::new(),
            lines: 0,
            looks: Looks::new(),
            name: options.name.clone(),
            written: options.at.clone(),
            latest: None,
        };
        book.begin().map_err(told)?;
        Ok(book)
    }

    /// Begins a sheet: its name, its header, how wide its columns are.
    fn begin(&mut self) -> Result<(), XlsxError> {
        self.heights.push(Vec::new());
        let sheet = &mut self.sheet;
        match self.sheets.len() {
            0 => sheet.set_name("units")?,
            before => sheet.set_name(format!("units {}", before + 1))?,
        };
        for (&column, place) in self.columns.iter().zip(0_u16..) {
            sheet.write_string_with_format(0, place, column.as_str(), &self.looks.header)?;
            sheet.set_column_width(place, width(column))?;
            if column == Column::Rev {
                sheet.set_column_hidden(place)?;
            }
        }
        // What a reader scrolls by stays in sight: the names of the columns.
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// Ends a sheet: what is locked, and which statuses there are.
    fn end(&mut self) -> Result<(), XlsxError> {
        let mut sheet = std::mem::take(&mut self.sheet);
        let last = (self.columns.len() - 1) as u16;
        sheet.autofilter(0, 0, self.lines.max(1), last)?;
        sheet.protect_with_options(&ProtectionOptions {
            format_cells: true,
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::new()
        });
        let status = self.columns.iter().position(|column| *column == Column::Status);
        if let Some(status) = status.filter(|_| self.lines > 0) {
            let status = status as u16;
            let known =
                [Status::Untranslated, Status::Draft, Status::Reviewed, Status::Skipped].map(Status::as_str);
            let list = DataValidation::new()
                .allow_list_strings(&known)?
                .set_error_style(DataValidationErrorStyle::Stop)
                .set_error_title("No status")?
                .set_error_message("One of: untranslated, draft, reviewed, skipped")?;
            sheet.add_data_validation(1, status, self.lines, status, &list)?;
        }
        self.sheets.push(sheet);
        self.lines = 0;
        Ok(())
    }

    fn unit(&mut self, placed: &Placed<'_>, lost: &mut Told) -> Result<(), XlsxError> {
        if self.lines == MOST_LINES {
            self.end()?;
            self.begin()?;
        }
        self.lines += 1;
        lost.units += 1;
        let mut height = 1;
        for (&column, place) in self.columns.iter().zip(0_u16..) {
            let cell = column.cell(placed);
            let text = through(&cell);
            lost.lose(LOST, u64::from(text.len() < cell.len()));
            height = height.max(lines(column, text.as_ref()));
            let look = self.looks.of(column, placed);
            if text.is_empty() {
                self.sheet.write_blank(self.lines, place, look)?;
            } else {
                self.sheet.write_string_with_format(self.lines, place, &*text, look)?;
            }
        }
        if let Some(heights) = self.heights.last_mut() {
            heights.push(u16::try_from(height).unwrap_or(u16::MAX));
        }
        Ok(())
    }

    fn save(mut self) -> io::Result<()> {
        self.end().map_err(told)?;
        let mut workbook = Workbook::new();
        let at = self.latest.as_deref().filter(|at| *at < &*self.written).unwrap_or(&self.written);
        let mut properties = DocProperties::new().set_title(&self.name);
        if let Ok(at) = ExcelDateTime::parse_from_str(at.trim_end_matches('Z')) {
            properties = properties.set_creation_datetime(&at);
        }
        workbook.set_properties(&properties);
        for sheet in self.sheets {
            workbook.push_worksheet(sheet);
        }
        if self.heights.iter().map(Vec::len).sum::<usize>() > MOST_HINTED {
            return workbook.save_to_writer(self.out).map_err(told);
        }
        let bytes = workbook.save_to_buffer().map_err(told)?;
        hinted(bytes, &self.heights, self.out)
    }
}

/// How wide a column is, in characters.
fn width(column: Column) -> f64 {
    match column {
        Column::Fr | Column::En | Column::Was => 58.0,
        Column::Note | Column::Title | Column::Url => 28.0,
        Column::Status => 13.0,
        Column::Id => 11.0,
        _ => 14.0,
    }
}

impl Writer for Book<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, lost: &mut Told) -> io::Result<()> {
        for placed in bitext.units {
            self.unit(placed, lost).map_err(told)?;
        }
        self.latest = self.latest.take().max(latest(bitext.units));
        Ok(())
    }

    fn finish(self: Box<Self>, _told: &mut Told) -> io::Result<()> {
        self.save()
    }
}
