//! OPUS's XCES: which sentences translate each other (`linkGrp`, `xtargets`), and both texts beside it, sentence by
//! sentence.
//!
//! Source: the cesAlign DTD of the Corpus Encoding Standard, and what OPUS and OpusTools make of it. The folder:
//! `en-fr.xml` with a `linkGrp` for each article, `fr/ARTICLE.xml` and `en/ARTICLE.xml`. Read one article at a time.

use std::collections::HashMap;
use std::io::{self, BufRead, Write as _};

use super::xml::{Tag, Token, Xml, attribute, text};
use super::{
    Begun, Bitext, Column, Folder, Format, FormatError, InputFolder, Options, Out, Place, Purpose, Read,
    Reader, Received, Told, Write, Writer, language_fit, through_xml,
};

/// OPUS XCES.
pub(super) const FORMAT: Format = Format {
    name: "xces",
    title: "OPUS XCES",
    endings: &[],
    purpose: Purpose::Study,
    binary: false,
    feature: None,
    write: Write::Folder(writer),
    read: Read::Folder(reader),
    columns: false,
    paragraphs: true,
    carries: &[Column::Id, Column::Article, Column::Edition, Column::Fr, Column::En, Column::Score],
    loses: "kind, status, note and what is known of the article; control characters",
    through: through_xml,
    opens: "OpusTools: opus_read -d x -s en -t fr -p raw -af DIR/en-fr.xml -dl DIR -wm moses",
};

fn writer<'a>(options: &Options, folder: &'a mut dyn Folder) -> io::Result<Box<dyn Writer + 'a>> {
    let languages = [safe(&options.source), safe(&options.target)];
    // OPUS has the languages in the order of their names.
    let turned = languages[1] < languages[0];
    let (first, second) = (&languages[usize::from(turned)], &languages[usize::from(!turned)]);
    let mut links = folder.create(&format!("{first}-{second}.xml"))?;
    links.write_all(
        b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
          <!DOCTYPE cesAlign PUBLIC \"-//CES//DTD XML cesAlign//EN\" \"\">\n\
          <cesAlign version=\"1.0\">\n",
    )?;
    Ok(Box::new(XcesWriter { folder, links, languages, turned }))
}

/// A name as a file's: what some system forbids in one is written as `%` and its bytes.
fn safe(name: &str) -> String {
    let mut safe = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_control() || "/\\:*?\"<>|%".contains(c) || (c == '.' && safe.is_empty()) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                safe.push_str(&format!("%{byte:02X}"));
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

/// The name that [`safe`] was made of.
fn unsafe_name(safe: &str) -> String {
    let bytes = safe.as_bytes();
    let mut name = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| safe.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                name.push(byte);
                at += 3;
            }
            None => {
                name.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(name).unwrap_or_else(|_| safe.to_owned())
}

struct XcesWriter<'a> {
    folder: &'a mut dyn Folder,
    links: Box<dyn Out>,
    languages: [String; 2],
    /// English comes first.
    turned: bool,
}

/// One side's text, as it is written.
struct Side {
    xml: Vec<u8>,
    sentences: u64,
    paragraph: Option<u32>,
}

impl Side {
    fn new() -> Side {
        let xml = b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<text xml:space=\"preserve\">\n".to_vec();
        Side { xml, sentences: 0, paragraph: None }
    }

    /// Adds a unit's sentences; their numbers.
    fn add(&mut self, sentences: &[String], paragraph: Option<u32>, told: &mut Told) -> String {
        let mut numbers = String::new();
        for sentence in sentences {
            // What has no place of its own stays in the paragraph that is open.
            let paragraph = paragraph.or(self.paragraph).or(Some(1));
            if self.paragraph != paragraph {
                if self.paragraph.is_some() {
                    self.xml.extend_from_slice(b"</p>\n");
                }
                self.xml.extend_from_slice(format!("<p id=\"{}\">\n", paragraph.unwrap_or(1)).as_bytes());
                self.paragraph = paragraph;
            }
            self.sentences += 1;
            self.xml.extend_from_slice(format!("<s id=\"{}\">", self.sentences).as_bytes());
            text(sentence, &mut self.xml, told);
            self.xml.extend_from_slice(b"</s>\n");
            if !numbers.is_empty() {
                numbers.push(' ');
            }
            numbers.push_str(&self.sentences.to_string());
        }
        numbers
    }

    fn end(mut self) -> Vec<u8> {
        if self.paragraph.is_some() {
            self.xml.extend_from_slice(b"</p>\n");
        }
        self.xml.extend_from_slice(b"</text>\n");
        self.xml
    }
}

impl Writer for XcesWriter<'_> {
    fn article(&mut self, bitext: &Bitext<'_>, told: &mut Told) -> io::Result<()> {
        if bitext.units.is_empty() {
            return Ok(());
        }
        let mut name = safe(bitext.head.article);
        if let Some(edition) = bitext.head.edition {
            name = format!("{name}@{}", safe(edition));
        }
        let names = [0, 1].map(|side| format!("{}/{name}.xml", self.languages[side]));
        let mut links = b"<linkGrp targType=\"s\"".to_vec();
        let turned = usize::from(self.turned);
        attribute("fromDoc", &names[turned], &mut links, told);
        attribute("toDoc", &names[1 - turned], &mut links, told);
        links.extend_from_slice(b">\n");
        let (mut fr, mut en) = (Side::new(), Side::new());
        for placed in bitext.units {
            let unit = placed.unit;
            told.units += 1;
            let source = fr.add(&unit.fr, placed.paragraph, told);
            let target = en.add(&unit.en, placed.paragraph, told);
            let (first, second) = if self.turned { (target, source) } else { (source, target) };
            let link = format!("<link xtargets=\"{first};{second}\" id=\"{}\"", unit.id);
            links.extend_from_slice(link.as_bytes());
            if let Some(score) = unit.score {
                links.extend_from_slice(format!(" certainty=\"{score}\"").as_bytes());
            }
            links.extend_from_slice(b" />\n");
        }
        links.extend_from_slice(b"</linkGrp>\n");
        self.links.write_all(&links)?;
        for (name, side) in names.iter().zip([fr, en]) {
            let mut file = self.folder.create(name)?;
            file.write_all(&side.end())?;
            file.flush()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _: &mut Told) -> io::Result<()> {
        self.links.write_all(b"</cesAlign>\n")?;
        self.links.flush()
    }
}

fn reader<'a>(folder: &'a mut dyn InputFolder, options: &Options) -> Begun<'a> {
    let told = |source| FormatError::Input { place: None, source };
    let name = match folder.named() {
        Some(name) => name.to_owned(),
        None => {
            let names = folder.names().map_err(told)?;
            let mut above: Vec<String> =
                names.into_iter().filter(|name| !name.contains('/') && name.ends_with(".xml")).collect();
            match above.len() {
                1 => above.remove(0),
                several => {
                    return Err(FormatError::Unexpected {
                        place: None,
                        found: format!("{several} XML files in the folder"),
                        expected: "one with the links, or its name".to_owned(),
                    });
                }
            }
        }
    };
    let file = folder.open(&name).map_err(told)?.ok_or_else(|| told(io::ErrorKind::NotFound.into()))?;
    let file: Box<dyn BufRead> = file;
    let mut links = Xml::new(file)?;
    links.root("cesAlign", "XCES")?;
    Ok(Box::new(XcesReader {
        folder,
        links,
        source: options.source.clone(),
        target: options.target.clone(),
        article: String::new(),
        edition: String::new(),
        documents: [HashMap::new(), HashMap::new()],
        number: 0,
        turned: false,
    }))
}

struct XcesReader<'a> {
    folder: &'a mut dyn InputFolder,
    links: Xml<'static>,
    source: String,
    target: String,
    article: String,
    edition: String,
    /// The sentences of the article that is read, by their ids: those of `fromDoc`, those of `toDoc`.
    documents: [HashMap<String, String>; 2],
    number: u64,
    /// English comes first in the file.
    turned: bool,
}

impl Reader for XcesReader<'_> {
    fn read(&mut self, into: &mut Received) -> Result<bool, FormatError> {
        loop {
            let tag = match self.links.next()? {
                Token::End => return Ok(false),
                Token::Open(tag) => tag,
                _ => continue,
            };
            match tag.name() {
                "linkGrp" => {
                    let names = [tag.attribute("fromDoc")?, tag.attribute("toDoc")?];
                    let names = names.map(|name| name.unwrap_or_default().into_owned());
                    self.documents(&names)?;
                }
                "link" => {
                    self.number += 1;
                    let place = Place { what: "link", number: self.number };
                    into.start(place);
                    if let Some(id) = tag.attribute("id")? {
                        into.push(Column::Id, &id);
                    }
                    into.push(Column::Article, &self.article);
                    into.push(Column::Edition, &self.edition);
                    let targets = tag.attribute("xtargets")?.unwrap_or_default();
                    let Some((source, target)) = targets.split_once(';') else {
                        let found = format!("xtargets=\"{targets}\"");
                        let expected = "ids, a semicolon, ids".to_owned();
                        return Err(FormatError::Unit { place, found, expected });
                    };
                    let (fr, en) =
                        if self.turned { ((target, 1), (source, 0)) } else { ((source, 0), (target, 1)) };
                    let sides = [(Column::Fr, fr.0, fr.1), (Column::En, en.0, en.1)];
                    let mut joined = String::new();
                    for (column, ids, side) in sides {
                        joined.clear();
                        for id in ids.split_whitespace() {
                            let Some(sentence) = self.documents[side].get(id) else {
                                let found = format!("the sentence `{id}`");
                                let expected = "one that its document has".to_owned();
                                return Err(FormatError::Unit { place, found, expected });
                            };
                            if !joined.is_empty() {
                                joined.push(' ');
                            }
                            joined.push_str(sentence);
                        }
                        into.push(column, &joined);
                    }
                    if let Some(score) = tag.attribute("certainty")? {
                        into.push(Column::Score, &score);
                    }
                    return Ok(true);
                }
                _ => {}
            }
        }
    }
}

impl XcesReader<'_> {
    /// Reads both documents of an article.
    fn documents(&mut self, names: &[String; 2]) -> Result<(), FormatError> {
        let last = |name: &str| {
            let name = name.rsplit('/').next().unwrap_or(name);
            let name = name.strip_suffix(".gz").unwrap_or(name);
            unsafe_name(name.strip_suffix(".xml").unwrap_or(name))
        };
        let fits = |name: &str, language: &str| name.split('/').any(|part| language_fit(part, language) > 0);
        // OPUS has the languages in the order of their names: English comes before French.
        self.turned = fits(&names[0], &self.target) && fits(&names[1], &self.source);
        let name = last(&names[usize::from(self.turned)]);
        (self.article, self.edition) = match name.split_once('@') {
            Some((article, edition)) => (article.to_owned(), edition.to_owned()),
            None => (name, String::new()),
        };
        for (side, name) in names.iter().enumerate() {
            self.documents[side] = self.document(name)?;
        }
        Ok(())
    }

    /// The sentences of a document, by their ids. It may stand under another folder than its name says.
    fn document(&mut self, name: &str) -> Result<HashMap<String, String>, FormatError> {
        let plain = name.strip_suffix(".gz").unwrap_or(name);
        for candidate in [plain.to_owned(), format!("xml/{plain}"), format!("raw/{plain}")] {
            let file = self.folder.open(&candidate);
            if let Some(file) = file.map_err(|source| FormatError::Input { place: None, source })? {
                let file: Box<dyn BufRead> = file;
                return sentences(Xml::new(file)?);
            }
        }
        Err(FormatError::Unexpected {
            place: Some(Place { what: "link", number: self.number + 1 }),
            found: format!("no file `{plain}`"),
            expected: "the document that `linkGrp` names, unpacked, beside the links".to_owned(),
        })
    }
}

/// Whether an element says that its white space is text.
fn xml_space(tag: &Tag<'_>) -> Result<bool, FormatError> {
    Ok(tag.name() == "text" && tag.attribute("xml:space")?.as_deref() == Some("preserve"))
}

/// Every `s` of a document: its text, or its words with spaces between.
fn sentences(mut xml: Xml<'_>) -> Result<HashMap<String, String>, FormatError> {
    let mut all = HashMap::new();
    let mut preserved = false;
    loop {
        let tag = match xml.next()? {
            Token::End => return Ok(all),
            Token::Open(tag) => tag,
            _ => continue,
        };
        if xml_space(&tag)? {
            preserved = true;
        }
        if tag.name() != "s" {
            continue;
        }
        let id = tag.attribute("id")?.unwrap_or_default().into_owned();
        let depth = xml.depth();
        let (mut bare, mut words, mut in_word) = (String::new(), String::new(), false);
        while xml.depth() >= depth {
            match xml.next()? {
                Token::Open(tag) => {
                    in_word = tag.name() == "w";
                    if in_word && !words.is_empty() {
                        words.push(' ');
                    }
                }
                Token::Close => in_word = false,
                token if in_word => token.add_to(&mut words)?,
                token => token.add_to(&mut bare)?,
            }
        }
        let text = if words.is_empty() { bare } else { words };
        // Others may write a text on a line of its own.
        let text = if preserved { text } else { text.trim_matches([' ', '\t', '\n', '\r']).to_owned() };
        all.insert(id, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Seekable;

    #[test]
    fn a_name_goes_into_a_file_name_and_back() {
        for name in ["000_a2", "a/b", "..", "50 % <é>", "%41"] {
            assert_eq!(unsafe_name(&safe(name)), name);
            assert!(!safe(name).contains(['/', '<']) && !safe(name).starts_with('.'));
        }
    }

    #[test]
    fn english_that_comes_first_is_english_all_the_same() {
        struct Files(HashMap<&'static str, &'static str>);
        impl InputFolder for Files {
            fn named(&self) -> Option<&str> {
                Some("en-fr.xml")
            }
            fn names(&mut self) -> io::Result<Vec<String>> {
                Ok(Vec::new())
            }
            fn open(&mut self, name: &str) -> io::Result<Option<Box<dyn Seekable>>> {
                let file = self.0.get(name).map(|text| text.as_bytes());
                Ok(file.map(|bytes| Box::new(io::Cursor::new(bytes)) as Box<dyn Seekable>))
            }
        }
        let links = "<cesAlign><linkGrp toDoc='fr/a.xml.gz' fromDoc='en/a.xml.gz'><link xtargets='1;1 2'/>\
                     <link xtargets=';9'/></linkGrp><linkGrp fromDoc='en/b.xml' toDoc='fr/b.xml'/></cesAlign>";
        let mut files = Files(HashMap::from([
            ("en-fr.xml", links),
            ("xml/en/a.xml", "<text><s id='1'>Yes, no.</s></text>"),
            ("fr/a.xml", "<text><s id='1'>Oui.</s><s id='2'>Non.</s></text>"),
        ]));
        let mut reader = reader(&mut files, &Options::default()).unwrap();
        let mut received = Received::default();
        assert!(reader.read(&mut received).unwrap());
        let cell = |column| received.get(column).unwrap_or_default();
        assert_eq!(
            [cell(Column::Article), cell(Column::Fr), cell(Column::En)],
            ["a", "Oui. Non.", "Yes, no."]
        );
        let error = reader.read(&mut received).unwrap_err();
        assert_eq!(error.to_string(), "link 2: found the sentence `9`, expected one that its document has");
        assert!(error.can_go_on());
        let error = reader.read(&mut received).unwrap_err().to_string();
        assert!(error.starts_with("link 3: found no file `en/b.xml`, expected the document"), "{error}");
    }

    #[test]
    fn tokenized_documents_are_read_as_words_with_spaces() {
        let file = "<document><s id='1.1'><w>Il</w> <w>pleut</w> <w>.</w></s><p><s id='2'>\n Oui &amp; non. </s></p></document>";
        let all = sentences(Xml::new(Box::new(file.as_bytes())).unwrap()).unwrap();
        assert_eq!((all["1.1"].as_str(), all["2"].as_str()), ("Il pleut .", "Oui & non."));
    }
}
