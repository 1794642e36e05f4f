//! The XML of a document → the texts of its tables' cells, as a person sees them.
//!
//! Runs are joined however they are split. Tracked changes count as accepted: what was put in is text, what was taken
//! out is not. Text boxes, pictures, field codes and earlier formatting are no text of a cell.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::FormatError;

/// Elements may be nested this deep.
const MOST_DEPTH: usize = 512;
/// A cell may cover this many columns.
const MOST_SPAN: usize = 64;

/// One line of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its table, from 0.
    pub table: usize,
    /// Its cells in order; a cell that covers several columns stands in the first of them.
    pub cells: Vec<String>,
    /// The ids of the comments in it.
    pub comments: Vec<String>,
}

/// What a document holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Walked {
    /// The lines of its tables, in order.
    pub lines: Vec<Line>,
    /// How many changes were tracked, and are taken as accepted.
    pub tracked: usize,
    /// Texts of `w:comment` elements with their ids, where the part is the comments'.
    pub comments: Vec<(String, String)>,
}

#[derive(Default)]
struct Walk {
    walked: Walked,
    tables: usize,
    tables_seen: usize,
    line: Option<Line>,
    line_deleted: bool,
    cell: Option<String>,
    span: usize,
    /// Whether the cell has a paragraph already, whose end is kept.
    paragraph_ended: bool,
    /// Whether the end of the paragraph at hand was taken out, so that the next goes on.
    end_deleted: bool,
    comment: Option<String>,
    text: bool,
    run: usize,
    paragraph_properties: usize,
    line_properties: usize,
    /// Where in the depth a stretch began that is no text.
    passed: Option<usize>,
    depth: usize,
}

/// Walks through a part's XML.
///
/// # Errors
///
/// It is no XML, has a document type or an entity of its own, or is nested too deep; `name` is the part's.
pub(super) fn walk(xml: &str, name: &str) -> Result<Walked, FormatError> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut walk = Walk::default();
    let unexpected = |found: String, expected: &str| FormatError::Unexpected {
        place: None,
        found: format!("{found} in `{name}`"),
        expected: expected.to_owned(),
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                walk.depth += 1;
                if walk.depth > MOST_DEPTH {
                    return Err(FormatError::Limit {
                        place: None,
                        found: format!("elements of `{name}` nested deeper"),
                        limit: "element depth",
                        most: MOST_DEPTH as u64,
                    });
                }
                if walk.passed.is_none() {
                    walk.start(&tag);
                }
            }
            Ok(Event::End(tag)) => {
                if walk.passed.is_none() {
                    walk.end(tag.local_name().as_ref());
                } else if walk.passed == Some(walk.depth) {
                    walk.passed = None;
                }
                walk.depth -= 1;
            }
            Ok(Event::Text(text)) => walk.push(&text.xml10_content()),
            Ok(Event::CData(text)) => walk.push(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => {
                let c = match entity.resolve_char_ref() {
                    Ok(Some(c)) => Some(c),
                    Ok(None) => match &*entity.xml10_content() {
                        "amp" => Some('&'),
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => None,
                    },
                    Err(_) => None,
                };
                let Some(c) = c else {
                    let found = format!("the entity `{}`", entity.xml10_content());
                    return Err(unexpected(found, "text without entities of its own"));
                };
                walk.push(c.encode_utf8(&mut [0; 4]));
            }
            Ok(Event::DocType(_)) => return Err(unexpected("a document type".to_owned(), "none")),
            Ok(Event::Eof) if walk.depth > 0 => {
                return Err(unexpected("the end".to_owned(), "every element closed"));
            }
            Ok(Event::Eof) => return Ok(walk.walked),
            Ok(_) => {}
            Err(error) => return Err(unexpected(format!("no XML ({error})"), "XML")),
        }
    }
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "ins" | "moveTo" => self.walked.tracked += 1,
            "del" | "moveFrom" => {
                self.walked.tracked += 1;
                if self.paragraph_properties > 0 {
                    self.end_deleted = true;
                } else if self.line_properties > 0 {
                    self.line_deleted = true;
                } else {
                    self.passed = Some(self.depth);
                }
            }
            "txbxContent" | "Fallback" | "drawing" | "pict" | "object" | "instrText" | "delText"
            | "delInstrText" | "rt" | "sdtPr" | "pPrChange" | "rPrChange" | "tblPrChange" | "trPrChange"
            | "tcPrChange" | "tblGridChange" | "sectPrChange" | "numberingChange" => {
                self.passed = Some(self.depth)
            }
            "pPr" => self.paragraph_properties += 1,
            "trPr" => self.line_properties += 1,
            "tbl" => {
                self.tables += 1;
                self.tables_seen += usize::from(self.tables == 1);
            }
            "tr" if self.tables == 1 => {
                self.line = Some(Line { table: self.tables_seen - 1, ..Line::default() });
                self.line_deleted = false;
            }
            "tc" if self.tables == 1 => {
                self.cell = Some(String::new());
                (self.span, self.paragraph_ended, self.end_deleted) = (1, false, false);
            }
            "gridSpan" if self.tables == 1 => {
                let span = value(tag, "val").and_then(|span| span.parse().ok()).unwrap_or(1);
                self.span = usize::clamp(span, 1, MOST_SPAN);
            }
            "p" if std::mem::take(&mut self.paragraph_ended) => self.put("\n"),
            "r" => self.run += 1,
            "t" => self.text = true,
            "tab" | "ptab" if self.run > 0 => self.put("\t"),
            "br" | "cr" if self.run > 0 => self.put("\n"),
            "noBreakHyphen" if self.run > 0 => self.put("\u{2011}"),
            "softHyphen" if self.run > 0 => self.put("\u{AD}"),
            "commentReference" => {
                if let (Some(line), Some(id)) = (&mut self.line, value(tag, "id")) {
                    line.comments.push(id);
                }
            }
            "comment" => {
                self.comment = value(tag, "id");
                self.cell = Some(String::new());
                (self.paragraph_ended, self.end_deleted) = (false, false);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "pPr" => self.paragraph_properties -= 1,
            "trPr" => self.line_properties -= 1,
            "tbl" => self.tables -= 1,
            "tr" if self.tables == 1 => {
                let line = self.line.take();
                self.walked.lines.extend(line.filter(|_| !self.line_deleted));
            }
            "tc" if self.tables == 1 => {
                if let (Some(line), Some(cell)) = (&mut self.line, self.cell.take()) {
                    line.cells.push(cell);
                    line.cells.extend(std::iter::repeat_n(String::new(), self.span - 1));
                }
            }
            "p" => self.paragraph_ended = !std::mem::take(&mut self.end_deleted),
            "r" => self.run -= 1,
            "t" => self.text = false,
            "comment" => {
                if let (Some(id), Some(text)) = (self.comment.take(), self.cell.take()) {
                    self.walked.comments.push((id, text));
                }
            }
            _ => {}
        }
    }

    /// Text between tags.
    fn push(&mut self, text: &str) {
        if self.text && self.passed.is_none() {
            self.put(text);
        }
    }

    fn put(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.push_str(text);
        }
    }
}

/// An attribute's value, by its local name.
fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attributes = tag.attributes().flatten();
    let mut found = attributes.filter(|attribute| attribute.key.local_name().as_ref() == name);
    found.next().map(|attribute| attribute.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(body: &str) -> Vec<Vec<String>> {
        let xml = format!("<w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>");
        walk(&xml, "word/document.xml").unwrap().lines.into_iter().map(|line| line.cells).collect()
    }

    fn cell(inside: &str) -> String {
        let all = cells(&format!("<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>"));
        assert_eq!(all.len(), 1);
        all[0][0].clone()
    }

    #[test]
    fn runs_are_joined_however_they_are_split() {
        let text = cell(
            "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>R&amp;</w:t></w:r>\
             <w:proofErr w:type=\"spellStart\"/><w:hyperlink><w:r><w:t xml:space=\"preserve\">D </w:t><w:tab/></w:r></w:hyperlink>\
             <w:r><w:t>x&#x2011;</w:t><w:noBreakHyphen/><w:br/><w:t>y</w:t></w:r></w:p><w:p><w:r><w:t>z</w:t></w:r></w:p>",
        );
        assert_eq!(text, "R&D \tx\u{2011}\u{2011}\ny\nz");
    }

    #[test]
    fn tracked_changes_count_as_accepted() {
        let text = cell(
            "<w:p><w:pPr><w:rPr><w:del w:id=\"9\"/></w:rPr></w:pPr><w:r><w:t>It </w:t></w:r>\
             <w:del w:id=\"1\"><w:r><w:delText>rains</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>pours</w:t></w:r></w:ins></w:p>\
             <w:p><w:r><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>.</w:t></w:r>\
             <w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>",
        );
        assert_eq!(text, "It pours.");
        let lines = cells(
            "<w:tbl><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr><w:tc><w:p/></w:tc></w:tr>\
             <w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>\
             <w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        assert_eq!(lines, [["a", "", "b"]]);
    }

    #[test]
    fn text_boxes_fields_and_pictures_are_no_text_and_a_table_in_a_cell_is() {
        let text = cell(
            "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><a:t>no</a:t><w:txbxContent><w:p><w:r><w:t>no</w:t></w:r></w:p>\
             </w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:t>no</w:t></mc:Fallback></mc:AlternateContent>\
             <w:instrText> PAGE </w:instrText><w:t>yes</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        assert_eq!(text, "yes\ninner");
    }

    #[test]
    fn what_would_harm_is_refused_by_name() {
        let told = |xml: &str| walk(xml, "a.xml").unwrap_err().to_string();
        assert_eq!(
            told("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"),
            "found a document type in `a.xml`, expected none"
        );
        assert!(told("<a>&b;</a>").starts_with("found the entity `b`"));
        assert!(told(&"<a>".repeat(600)).contains("more than the limit `element depth` of 512"));
        assert!(told("<a><b>").starts_with("found the end in"));
        assert!(told("<a></b>").starts_with("found no XML"));
    }
}
