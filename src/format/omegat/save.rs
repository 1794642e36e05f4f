//! The memory that OmegaT keeps of a project: translations by text, and some by their place.

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::format::{FormatError, Options, Place, same_language};

/// A translation's place: file, text, the text before and the text after.
type Context = [String; 4];

/// What a project's memory says.
#[derive(Debug, Default)]
pub(super) struct Saved {
    /// The translation of a text wherever it stands.
    pub anywhere: HashMap<String, String>,
    /// The translation of a text in one place.
    pub there: HashMap<Context, String>,
}

impl Saved {
    /// The translation of a text in its place, if it has one.
    pub fn get(&self, file: &str, text: &str, before: &str, after: &str) -> Option<&str> {
        let context = [file, text, before, after].map(str::to_owned);
        self.there.get(&context).or_else(|| self.anywhere.get(text)).map(String::as_str)
    }
}

/// One `tu` as it is read.
#[derive(Default)]
struct Unit {
    /// File, text before, text after.
    context: [Option<String>; 3],
    source: Option<String>,
    target: Option<String>,
}

/// Where text goes now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Nothing,
    Source,
    Target,
    Context(usize),
}

/// Elements inside each other, at most.
const DEEPEST: usize = 64;
/// A longer text is taken for a bomb.
const LONGEST_BYTES: usize = 64 << 20;

/// Reads a memory as OmegaT writes it: TMX 1.1 or 1.4. Its DTD is not opened, and entities of its own are refused.
pub(super) fn read(input: impl BufRead, options: &Options) -> Result<Saved, FormatError> {
    let mut reader = Reader::from_reader(input);
    let (mut saved, mut unit, mut number) = (Saved::default(), Unit::default(), 0);
    let (mut buffer, mut text) = (Vec::new(), String::new());
    let (mut into, mut inside, mut language, mut depth) = (Into::Nothing, false, Into::Nothing, 0);
    loop {
        let place = (number > 0).then_some(Place { what: "tu", number });
        let damaged = |told: String| FormatError::Unexpected {
            place,
            found: told,
            expected: "a memory (TMX) as OmegaT saves it".to_owned(),
        };
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| damaged(error.to_string()))? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    let found = "elements inside each other".to_owned();
                    return Err(FormatError::Limit { place, found, limit: "depth", most: DEEPEST as u64 });
                }
                match start.name().as_ref() {
                    "tu" => {
                        number += 1;
                        unit = Unit::default();
                    }
                    "tuv" => {
                        let code = attribute(&start, &["lang", "xml:lang"]).unwrap_or_default();
                        language = match () {
                            () if same_language(&options.source, &code) => Into::Source,
                            () if same_language(&options.target, &code) => Into::Target,
                            () => Into::Nothing,
                        };
                    }
                    "seg" => (into, inside) = (language, true),
                    "prop" => {
                        let kind = attribute(&start, &["type"]).unwrap_or_default();
                        let known = ["file", "prev", "next"].iter().position(|name| *name == kind);
                        into = known.map_or(Into::Nothing, Into::Context);
                    }
                    // What marks formatting inside a text is no text.
                    _ => inside = false,
                }
                if matches!(start.name().as_ref(), "seg" | "prop") {
                    text.clear();
                }
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                match end.name().as_ref() {
                    "seg" | "prop" => {
                        let text = std::mem::take(&mut text);
                        match into {
                            Into::Nothing => {}
                            Into::Source => unit.source = Some(text),
                            Into::Target => unit.target = Some(text),
                            Into::Context(which) => unit.context[which] = Some(text),
                        }
                        (into, inside) = (Into::Nothing, false);
                    }
                    "tu" => saved.take(std::mem::take(&mut unit)),
                    "tmx" => return Ok(saved),
                    _ => inside = into != Into::Nothing,
                }
            }
            Event::Text(piece) if inside || matches!(into, Into::Context(_)) => {
                text.push_str(&piece);
            }
            Event::CData(piece) if inside => {
                text.push_str(&piece);
            }
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let known = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => match quick_xml::escape::resolve_predefined_entity(name) {
                        Some(known) => known.to_owned(),
                        None => return Err(damaged(format!("the entity `&{name};`"))),
                    },
                };
                if inside || matches!(into, Into::Context(_)) {
                    text.push_str(&known);
                }
            }
            Event::Eof => {
                return Err(damaged(match number {
                    0 => "no `tmx` in it".to_owned(),
                    _ => "its end before `</tmx>`: it is cut short".to_owned(),
                }));
            }
            _ => {}
        }
        if text.len() > LONGEST_BYTES {
            let found = format!("a text of more than {LONGEST_BYTES} bytes");
            return Err(FormatError::Limit { place, found, limit: "text", most: LONGEST_BYTES as u64 });
        }
    }
}

impl Saved {
    /// Takes a `tu` that has both languages.
    fn take(&mut self, unit: Unit) {
        let (Some(source), Some(target)) = (unit.source, unit.target) else { return };
        match unit.context {
            [Some(file), before, after] => {
                let context = [file, source, before.unwrap_or_default(), after.unwrap_or_default()];
                self.there.insert(context, target);
            }
            _ => {
                self.anywhere.insert(source, target);
            }
        }
    }
}

/// The first of these attributes that an element has.
fn attribute(start: &BytesStart<'_>, names: &[&str]) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| names.contains(&attribute.key.as_ref()))?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(body: &str) -> Result<Saved, String> {
        let text = format!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx11.dtd\">\n<tmx version=\"1.1\"><body>{body}"
        );
        read(text.as_bytes(), &Options::default()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_translation_holds_everywhere_or_in_its_place() {
        let saved = saved(
            "<tu><note>n</note><tuv lang=\"FR-CA\"><seg>R&amp;D &#233;</seg></tuv><tuv xml:lang=\"EN\"><seg>R<bpt i=\"1\">x</bpt>&amp;D</seg></tuv></tu>\
             <tu><prop type=\"file\">a.txt</prop><prop type=\"prev\">&lt;</prop><prop type=\"next\"></prop><tuv lang=\"fr\"><seg>R&amp;D é</seg></tuv>\
             <tuv lang=\"en\"><seg>There</seg></tuv></tu></body></tmx>",
        )
        .unwrap();
        assert_eq!(saved.get("b.txt", "R&D é", "", ""), Some("R&D"));
        assert_eq!(saved.get("a.txt", "R&D é", "<", ""), Some("There"));
        assert_eq!(saved.get("a.txt", "autre", "<", ""), None);
    }

    #[test]
    fn bombs_and_damage_are_told() {
        for (body, told) in [
            (
                "<tu><tuv lang=\"fr\"><seg>&lol;",
                "tu 1: found the entity `&lol;`, expected a memory (TMX) as OmegaT saves it",
            ),
            ("<tu><tuv lang=\"fr\"><seg>a", "tu 1: found its end before `</tmx>`: it is cut short, expected"),
            ("<tu></tuv>", "tu 1: found "),
        ] {
            let found = saved(body).unwrap_err();
            assert!(found.starts_with(told), "{found}");
        }
        let deep = "<x>".repeat(1000);
        assert_eq!(
            saved(&deep).unwrap_err(),
            "found elements inside each other, more than the limit `depth` of 64"
        );
        assert!(
            read("nothing".as_bytes(), &Options::default()).unwrap_err().to_string().contains("no `tmx`")
        );
    }
}
