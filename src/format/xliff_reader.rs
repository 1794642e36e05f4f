//! Reads XLIFF 2.x and 1.2 (and 1.0, 1.1, which are like it), in a stream; the root says which it is.

use std::io::BufRead;

use super::xliff::ABOUT;
use super::xml::{Token, Xml};
use super::{Column, FormatError, Options, Place, Reader, Received, language_fit};

pub(super) struct XliffReader<'a> {
    xml: Xml<'a>,
    /// 2.x, and not 1.x.
    second: bool,
    source: String,
    target: String,
    /// Cells that every unit of the `file` gets.
    file: Vec<(Column, String)>,
    number: u64,
    /// Inline codes that were left out.
    codes: u64,
    text: String,
}

/// What is known of a unit before it is whole.
#[derive(Default)]
struct Parts {
    fr: String,
    en: String,
    has_target: bool,
    notes: String,
    was: String,
    translate: bool,
    approved: bool,
    state: String,
    sub: String,
    /// The last part was a segment, so that a space is missing before the next.
    glued: bool,
}

impl<'a> XliffReader<'a> {
    pub(super) fn new(input: Box<dyn BufRead + 'a>, options: &Options) -> Result<Self, FormatError> {
        let mut reader = XliffReader {
            xml: Xml::new(input)?,
            second: true,
            source: options.source.clone(),
            target: options.target.clone(),
            file: Vec::new(),
            number: 0,
            codes: 0,
            text: String::new(),
        };
        reader.xml.spaces(false);
        loop {
            match reader.xml.next()? {
                Token::Open(tag) if tag.name() == "xliff" => {
                    let version = tag.attribute("version")?.unwrap_or_default();
                    reader.second = match version.split('.').next() {
                        Some("2") => true,
                        Some("1") => false,
                        _ => {
                            return Err(FormatError::Unexpected {
                                place: None,
                                found: format!("XLIFF of version `{version}`"),
                                expected: "version 1.2 or 2.1".to_owned(),
                            });
                        }
                    };
                    let languages = [tag.attribute("srcLang")?, tag.attribute("trgLang")?];
                    let languages = languages.map(|language| language.map(|name| name.into_owned()));
                    reader.languages(languages[0].as_deref(), languages[1].as_deref())?;
                    return Ok(reader);
                }
                Token::Open(tag) => {
                    return Err(FormatError::Unexpected {
                        place: None,
                        found: format!("the element <{}>", tag.name()),
                        expected: "XLIFF, which begins with <xliff>".to_owned(),
                    });
                }
                _ => {}
            }
        }
    }

    /// Refuses languages that are not those that are wanted; one that is not told is believed.
    fn languages(&self, source: Option<&str>, target: Option<&str>) -> Result<(), FormatError> {
        for (found, wanted) in [(source, &self.source), (target, &self.target)] {
            if let Some(found) = found.filter(|found| language_fit(found, wanted) == 0) {
                return Err(FormatError::Unexpected {
                    place: None,
                    found: format!("the language `{found}`"),
                    expected: format!("`{wanted}`"),
                });
            }
        }
        Ok(())
    }
}

impl Reader for XliffReader<'_> {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        loop {
            let Token::Open(tag) = (match self.xml.next()? {
                Token::End => return Ok(false),
                token => token,
            }) else {
                continue;
            };
            match tag.name() {
                "file" => {
                    let original = tag.attribute("original")?.unwrap_or_default().into_owned();
                    let languages = [tag.attribute("source-language")?, tag.attribute("target-language")?];
                    let languages = languages.map(|language| language.map(|name| name.into_owned()));
                    self.languages(languages[0].as_deref(), languages[1].as_deref())
                        .map_err(|error| error.at(Place { what: "unit", number: self.number + 1 }))?;
                    self.file.clear();
                    match original.rsplit_once('@') {
                        Some((article, edition)) if !article.is_empty() && !edition.contains('.') => {
                            self.file.push((Column::Article, article.to_owned()));
                            self.file.push((Column::Edition, edition.to_owned()));
                        }
                        _ => self.file.push((Column::Article, original)),
                    }
                }
                // Of a file: those of a unit are read with it.
                "note" => {
                    let key = tag.attribute(if self.second { "category" } else { "from" })?;
                    let column = key.and_then(|key| ABOUT.into_iter().find(|column| column.as_str() == key));
                    self.gather()?;
                    if let Some(column) = column {
                        self.file.push((column, self.text.clone()));
                    }
                }
                "skeleton" | "skl" | "phase-group" | "glossary" | "reference" | "bin-unit" => {
                    self.xml.skip()?;
                }
                "unit" | "trans-unit" => {
                    self.number += 1;
                    let place = Place { what: "unit", number: self.number };
                    into.start(place);
                    if let Some(id) = tag.attribute("id").map_err(|error| error.at(place))? {
                        into.push(Column::Id, &id);
                    }
                    let kind = tag.attribute(if self.second { "type" } else { "restype" })?;
                    let prefix = if self.second { "enregard:" } else { "x-" };
                    let kind = kind.as_deref().and_then(|kind| kind.strip_prefix(prefix));
                    into.push(Column::Kind, kind.unwrap_or("body"));
                    let parts = Parts {
                        translate: tag.attribute("translate")?.as_deref() != Some("no"),
                        approved: tag.attribute("approved")?.as_deref() == Some("yes"),
                        ..Parts::default()
                    };
                    self.unit(parts, into).map_err(|error| error.at(place))?;
                    return Ok(true);
                }
                // Groups, bodies, notes: what they hold comes next.
                _ => {}
            }
        }
    }

    fn passed_over(&self) -> Vec<String> {
        match self.codes {
            0 => Vec::new(),
            codes => vec![format!("what stands for {codes} inline codes (ph, x, bpt …)")],
        }
    }
}

impl XliffReader<'_> {
    /// Reads to the end of a unit.
    fn unit(&mut self, mut parts: Parts, into: &mut Received) -> Result<(), FormatError> {
        let depth = self.xml.depth();
        let mut ignorable = false;
        while self.xml.depth() >= depth {
            let Token::Open(tag) = self.xml.next()? else { continue };
            match tag.name() {
                "segment" | "ignorable" => {
                    ignorable = tag.name() == "ignorable";
                    let state = tag.attribute("state")?.unwrap_or_default();
                    if !ignorable {
                        let sub = tag.attribute("subState")?.unwrap_or_default();
                        parts.segment(&state, &sub);
                    }
                    parts.glued = parts.glued && !ignorable;
                }
                "source" => {
                    self.gather()?;
                    if std::mem::take(&mut parts.glued) {
                        parts.fr.push(' ');
                        if parts.has_target {
                            parts.en.push(' ');
                        }
                    }
                    parts.fr.push_str(&self.text);
                    parts.glued = self.second && !ignorable;
                }
                "target" => {
                    if !self.second {
                        parts.state = tag.attribute("state")?.unwrap_or_default().into_owned();
                        parts.sub = tag.attribute("state-qualifier")?.unwrap_or_default().into_owned();
                    }
                    self.gather()?;
                    parts.has_target = true;
                    parts.en.push_str(&self.text);
                }
                "note" => {
                    let was = tag.attribute("category")?.as_deref() == Some("was");
                    self.gather()?;
                    let into = if was { &mut parts.was } else { &mut parts.notes };
                    if !into.is_empty() {
                        into.push('\n');
                    }
                    into.push_str(&self.text);
                }
                "notes" => {}
                "alt-trans" if tag.attribute("alttranstype")?.as_deref() == Some("previous-version") => {
                    self.previous(&mut parts)?;
                }
                // `seg-source` says again what `source` says.
                _ => self.xml.skip()?,
            }
        }
        for (column, text) in &self.file {
            into.push(*column, text);
        }
        into.push(Column::Fr, &parts.fr);
        into.push(Column::En, &parts.en);
        into.push(Column::Was, &parts.was);
        into.push(Column::Note, &parts.notes);
        into.push(Column::Status, parts.status());
        Ok(())
    }

    /// Reads to the end of an `alt-trans` that holds the former source.
    fn previous(&mut self, parts: &mut Parts) -> Result<(), FormatError> {
        let depth = self.xml.depth();
        while self.xml.depth() >= depth {
            let Token::Open(tag) = self.xml.next()? else { continue };
            match tag.name() {
                "source" => {
                    self.gather()?;
                    parts.was.push_str(&self.text);
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// Gathers the text of the element that has just begun, to its end: what is marked stays, codes go.
    fn gather(&mut self) -> Result<(), FormatError> {
        let depth = self.xml.depth();
        self.text.clear();
        self.xml.spaces(true);
        while self.xml.depth() >= depth {
            match self.xml.next()? {
                Token::Open(tag) => match tag.name() {
                    "g" | "mrk" | "pc" => {}
                    "cp" => {
                        let hex = tag.attribute("hex")?.unwrap_or_default();
                        match u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32) {
                            Some(c) => self.text.push(c),
                            None => {
                                return Err(FormatError::Unexpected {
                                    place: None,
                                    found: format!("<cp hex=\"{hex}\"/>"),
                                    expected: "the number of a character".to_owned(),
                                });
                            }
                        }
                    }
                    "sm" | "em" => {}
                    _ => {
                        self.codes += 1;
                        self.xml.skip()?;
                    }
                },
                token => token.add_to(&mut self.text)?,
            }
        }
        self.xml.spaces(false);
        Ok(())
    }
}

impl Parts {
    /// Takes the state of a segment: that of a unit is the least of its segments'.
    fn segment(&mut self, state: &str, sub: &str) {
        let rank = |state: &str| match state {
            "translated" => 1,
            "reviewed" => 2,
            "final" => 3,
            _ => 0,
        };
        if self.state.is_empty() || rank(state) < rank(&self.state) {
            self.state = if state.is_empty() { "initial".to_owned() } else { state.to_owned() };
            self.sub = sub.to_owned();
        }
    }

    /// The status, as its name. English that is only `initial` or `new` is a draft all the same.
    fn status(&self) -> &'static str {
        if !self.translate {
            return "skipped";
        }
        if self.en.is_empty() {
            return "untranslated";
        }
        let sub = self.sub.rsplit([':', '-']).next().unwrap_or_default();
        match (self.state.as_str(), sub) {
            (_, "orphan") => "orphan",
            ("initial" | "needs-translation", "reviewed") => "reviewed",
            ("reviewed" | "final" | "signed-off", _) => "reviewed",
            _ if self.approved => "reviewed",
            _ => "draft",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(file: &str) -> Result<Vec<String>, FormatError> {
        let mut reader = XliffReader::new(Box::new(file.as_bytes()), &Options::default())?;
        let (mut seen, mut received) = (Vec::new(), Received::default());
        while reader.read(&mut received)? {
            let cells = received.cells().filter(|(column, _)| *column != Column::Kind);
            seen.push(cells.map(|(column, text)| format!("{column}={text}")).collect::<Vec<_>>().join("|"));
        }
        Ok(seen)
    }

    #[test]
    fn what_other_programs_write_is_read() {
        let two = concat!(
            "<xliff xmlns='urn:oasis:names:tc:xliff:document:2.0' version='2.0' srcLang='fr-FR' trgLang='en-GB'>",
            "<file id='f1' original='a.txt'><group id='g'><unit id='u1'><originalData><data id='d'>b</data>",
            "</originalData><segment state='final'><source>Un <pc id='1'>gros</pc> <ph id='2'/>mot.</source>",
            "<target>A big <mrk id='m'>word</mrk>.</target></segment><ignorable><source> </source></ignorable>",
            "<segment state='translated'><source>Deux.</source><target> Two<cp hex='000B'/>.</target></segment>",
            "</unit></group></file></xliff>"
        );
        assert_eq!(
            all(two).unwrap(),
            ["id=u1|article=a.txt|fr=Un gros mot. Deux.|en=A big word. Two\u{B}.|status=draft"]
        );
        let one = concat!(
            "<xliff version='1.1'><file original='a' source-language='FR' target-language='en-US' datatype='x'>",
            "<header><skl><internal-file>x<y/></internal-file></skl></header><body><group>",
            "<trans-unit id='1' approved='yes'><source>A<x id='1'/>B <g id='2'>C</g></source>",
            "<seg-source>A<mrk mtype='seg' mid='0'>B</mrk></seg-source>",
            "<target state='final'>D<bpt id='1'>&lt;b></bpt>E</target><note>n</note>",
            "<alt-trans><source>no</source><target>no</target></alt-trans></trans-unit></group>",
            "<trans-unit id='2' translate='no'><source>F</source></trans-unit></body></file></xliff>"
        );
        assert_eq!(
            all(one).unwrap(),
            ["id=1|article=a|fr=AB C|en=DE|note=n|status=reviewed", "id=2|article=a|fr=F|status=skipped"]
        );
    }

    #[test]
    fn other_languages_and_versions_are_refused() {
        let told = |file: &str| all(file).unwrap_err().to_string();
        assert_eq!(
            told("<xliff version='2.1' srcLang='de' trgLang='en'/>"),
            "found the language `de`, expected `fr`"
        );
        assert_eq!(
            told("<xliff version='3.0'/>"),
            "found XLIFF of version `3.0`, expected version 1.2 or 2.1"
        );
        assert_eq!(told("<tmx/>"), "found the element <tmx>, expected XLIFF, which begins with <xliff>");
        let none =
            "<xliff version='1.2'><file original='a' source-language='fr' target-language='de'/></xliff>";
        assert_eq!(told(none), "unit 1: found the language `de`, expected `en`");
    }
}
