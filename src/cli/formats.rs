//! `enregard formats`: what can be written and read.

use std::io::{self, Write};

use clap::Args;
use serde::Serialize;

use super::lay::{Layout, Style};
use super::{Failure, Outcome, Terminal};
use crate::format::{self, FORMATS, Format, Purpose};

/// List the formats: their names, which way they go, and what they carry and lose.
///
/// Formats to work in hold every content unit, untranslated ones with empty English. Formats to study or to train
/// with leave out what is untranslated, stale or skipped. With names, all that is known of these formats.
///
/// Examples:
///   enregard formats
///   enregard formats tmx
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Formats {
    /// Only these
    #[arg(value_name = "FORMAT", value_parser = format::named)]
    formats: Vec<&'static Format>,
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Formats {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let all: Vec<&Format> = match self.formats.is_empty() {
            true => FORMATS.iter().collect(),
            false => self.formats.clone(),
        };
        if self.json {
            let all: Vec<Json<'_>> = all.into_iter().map(Json::of).collect();
            serde_json::to_writer_pretty(&mut terminal.out, &all).map_err(io::Error::from)?;
            terminal.out.write_all(b"\n")?;
        } else if self.formats.is_empty() {
            for line in table(&all) {
                writeln!(terminal.out, "{line}")?;
            }
        } else {
            let layout = Layout { columns: terminal.columns(), colours: terminal.colours_out() };
            for (index, format) in all.into_iter().enumerate() {
                if index > 0 {
                    writeln!(terminal.out)?;
                }
                whole(&mut terminal.out, layout, format)?;
            }
        }
        Ok(Outcome::Done)
    }
}

fn ways(format: &Format) -> String {
    match (format.writes(), format.reads(), format.unbuilt()) {
        (true, true, _) => "write read".to_owned(),
        (true, false, _) => "write".to_owned(),
        (false, true, _) => "read".to_owned(),
        (false, false, _) => format!("needs feature {}", format.feature.unwrap_or_default()),
    }
}

fn purpose(format: &Format) -> &'static str {
    match format.purpose {
        Purpose::Work => "work",
        Purpose::Study => "study",
    }
}

fn endings(format: &Format) -> String {
    match format.endings {
        [] => "by name".to_owned(),
        endings => endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" "),
    }
}

fn table(all: &[&Format]) -> Vec<String> {
    let head = ["format", "files", "goes", "for", "loses"].map(str::to_owned);
    let mut lines = vec![head];
    lines.extend(all.iter().map(|format| {
        [
            format.name.to_owned(),
            endings(format),
            ways(format),
            purpose(format).to_owned(),
            format.loses.to_owned(),
        ]
    }));
    let widths: Vec<usize> = (0..4)
        .map(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or_default())
        .collect();
    lines
        .into_iter()
        .map(|line| {
            let cells = line.iter().zip(widths.iter().copied().chain([0]));
            let padded: Vec<String> = cells.map(|(cell, width)| format!("{cell:width$}")).collect();
            padded.join("  ").trim_end().to_owned()
        })
        .collect()
}

/// Everything that is known of a format.
fn whole(out: &mut impl Write, layout: Layout, format: &Format) -> io::Result<()> {
    let carries: Vec<&str> = format.carries.iter().map(|column| column.as_str()).collect();
    let purpose = match format.purpose {
        Purpose::Work => "work: all content, untranslated units with empty English",
        Purpose::Study => "study and training: without untranslated, stale and skipped units",
    };
    writeln!(out, "{} ({})", format.name, format.title)?;
    for (label, text) in [
        ("files", endings(format)),
        ("goes", ways(format)),
        ("for", purpose.to_owned()),
        ("carries", carries.join(" ")),
        ("loses", format.loses.to_owned()),
        ("opens", format.opens.to_owned()),
    ] {
        for line in layout.paragraph(&format!("  {label:9}"), &[(Style::Plain, &text)]) {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct Json<'f> {
    name: &'f str,
    title: &'f str,
    endings: &'f [&'f str],
    writes: bool,
    reads: bool,
    feature: Option<&'f str>,
    built: bool,
    binary: bool,
    purpose: &'f str,
    carries: Vec<&'f str>,
    loses: &'f str,
    opens: &'f str,
}

impl<'f> Json<'f> {
    fn of(format: &'f Format) -> Self {
        Json {
            name: format.name,
            title: format.title,
            endings: format.endings,
            writes: format.writes(),
            reads: format.reads(),
            feature: format.feature,
            built: !format.unbuilt(),
            binary: format.binary,
            purpose: purpose(format),
            carries: format.carries.iter().map(|column| column.as_str()).collect(),
            loses: format.loses,
            opens: format.opens,
        }
    }
}
