//! Sentence rules of one's own, from an SRX 2.0 file (GALA/LISA, *Segmentation Rules eXchange*, 2008).
//!
//! At each place, the first rule whose `beforebreak` ends there and whose `afterbreak` begins there decides. The
//! expressions are those of ICU; they are run by `fancy-regex`, whose few differences are translated (`\h`) or
//! refused with the rule's name and number. Headers' formatting handling is passed over: texts have none here.

use fancy_regex::Regex;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::bitext::Span;

/// The rules of an SRX file for one language.
#[derive(Clone, Debug)]
pub struct Srx {
    rules: Vec<Compiled>,
}

#[derive(Clone, Debug)]
struct Compiled {
    breaks: bool,
    /// `beforebreak`, with `afterbreak` looked ahead at.
    pattern: Regex,
}

/// Why an SRX file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SrxError {
    /// It is no XML.
    #[error("byte {at}: {told}")]
    Xml {
        /// Where, in bytes.
        at: u64,
        /// What the reader says.
        told: String,
    },
    /// It has no rules for the language.
    #[error("no language map matches `{0}`")]
    Language(String),
    /// An expression cannot be read.
    #[error("rule {number} of `{name}`: {told}")]
    Expression {
        /// The language rule's name.
        name: String,
        /// The rule's number in it, from 1.
        number: usize,
        /// What is wrong.
        told: String,
    },
}

#[derive(Clone, Debug, Default)]
struct Rule {
    breaks: bool,
    before: String,
    after: String,
}

/// What the file says, before a language is chosen.
#[derive(Debug, Default)]
struct File {
    cascade: bool,
    rules: Vec<(String, Vec<Rule>)>,
    /// Language pattern and rule name.
    maps: Vec<(String, String)>,
}

impl Srx {
    /// Reads the rules for a language (`fr`, `en_US`) from an SRX document.
    ///
    /// # Errors
    ///
    /// [`SrxError`].
    pub fn read(xml: &str, lang: &str) -> Result<Srx, SrxError> {
        let file = File::parse(xml)?;
        let mut rules = Vec::new();
        let mut found = false;
        for (pattern, name) in &file.maps {
            let whole = Regex::new(&format!("(?i)^(?:{pattern})$")).map_err(|error| {
                SrxError::Expression { name: name.clone(), number: 0, told: error.to_string() }
            })?;
            if !whole.is_match(lang).unwrap_or(false) {
                continue;
            }
            found = true;
            for (_, list) in file.rules.iter().filter(|(own, _)| own == name) {
                for (index, rule) in list.iter().enumerate() {
                    rules.push(compile(rule).map_err(|told| SrxError::Expression {
                        name: name.clone(),
                        number: index + 1,
                        told,
                    })?);
                }
            }
            if !file.cascade {
                break;
            }
        }
        if found { Ok(Srx { rules }) } else { Err(SrxError::Language(lang.to_owned())) }
    }

    /// The sentences of a paragraph, without white space at their edges.
    pub(super) fn sentences(&self, text: &str) -> Vec<Span> {
        // At each place the first rule decides.
        let mut decided: Vec<Option<bool>> = vec![None; text.len() + 1];
        for rule in &self.rules {
            let mut from = 0;
            while let Ok(Some(found)) = rule.pattern.find_from_pos(text, from) {
                decided[found.end()].get_or_insert(rule.breaks);
                let step = text[found.end()..].chars().next().map_or(1, char::len_utf8);
                from = if found.end() > from { found.end() } else { found.end() + step };
                if from > text.len() {
                    break;
                }
            }
        }
        let mut spans = Vec::new();
        let mut start = 0;
        let breaks = (1..text.len()).filter(|&at| decided[at] == Some(true));
        for end in breaks.chain([text.len()]) {
            let part = &text[start..end];
            let own = part.trim();
            if !own.is_empty() {
                let begin = start + (part.len() - part.trim_start().len());
                spans.push(Span::new(begin, begin + own.len()));
            }
            start = end;
        }
        spans
    }
}

fn compile(rule: &Rule) -> Result<Compiled, String> {
    let (before, after) = (translate(&rule.before), translate(&rule.after));
    let pattern = match after.as_str() {
        "" => format!("(?m)(?:{before})"),
        after => format!("(?m)(?:{before})(?={after})"),
    };
    let pattern = Regex::new(&pattern).map_err(|error| error.to_string())?;
    Ok(Compiled { breaks: rule.breaks, pattern })
}

/// ICU's `\h` (a space on the line) is a hexadecimal digit elsewhere; `\Z` and `\z` both end the text.
fn translate(expression: &str) -> String {
    let mut out = String::with_capacity(expression.len());
    let mut chars = expression.chars();
    let mut class = 0;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('h') if class > 0 => {
                    out.push_str(r" \t\u{A0}\u{1680}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}")
                }
                Some('h') => out.push_str(r"[ \t\u{A0}\u{1680}\u{2000}-\u{200A}\u{202F}\u{205F}\u{3000}]"),
                Some('Z') => out.push_str(r"\z"),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '[' => {
                class += 1;
                out.push(c);
            }
            ']' => {
                class = (class - 1_i32).max(0);
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

impl File {
    fn parse(xml: &str) -> Result<File, SrxError> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut file = File { cascade: true, ..File::default() };
        let mut text: Option<String> = None;
        loop {
            let fault = |at: u64, told: String| SrxError::Xml { at, told };
            let event =
                reader.read_event().map_err(|error| fault(reader.error_position(), error.to_string()))?;
            let at = reader.buffer_position();
            match event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "header" => {
                        file.cascade = attribute(&element, "cascade").is_none_or(|value| value == "yes")
                    }
                    "languagerule" => {
                        file.rules
                            .push((attribute(&element, "languagerulename").unwrap_or_default(), Vec::new()));
                    }
                    "rule" => {
                        let breaks = attribute(&element, "break").is_none_or(|value| value == "yes");
                        let Some((_, rules)) = file.rules.last_mut() else {
                            return Err(fault(at, "a rule outside of a languagerule".into()));
                        };
                        rules.push(Rule { breaks, ..Rule::default() });
                    }
                    "beforebreak" | "afterbreak" => text = Some(String::new()),
                    "languagemap" => {
                        let of = |name| attribute(&element, name).unwrap_or_default();
                        file.maps.push((of("languagepattern"), of("languagerulename")));
                    }
                    _ => {}
                },
                Event::Text(part) => {
                    if let Some(text) = &mut text {
                        text.push_str(&part);
                    }
                }
                Event::CData(part) => {
                    if let Some(text) = &mut text {
                        text.push_str(&part);
                    }
                }
                Event::GeneralRef(entity) => {
                    if let Some(text) = &mut text {
                        let name: &str = &entity;
                        match entity.resolve_char_ref() {
                            Ok(Some(c)) => text.push(c),
                            _ => match quick_xml::escape::resolve_predefined_entity(name) {
                                Some(value) => text.push_str(value),
                                None => return Err(fault(at, format!("unknown entity `{name}`"))),
                            },
                        }
                    }
                }
                Event::End(element) => {
                    let rule = file.rules.last_mut().and_then(|(_, rules)| rules.last_mut());
                    match (element.local_name().as_ref(), rule) {
                        ("beforebreak", Some(rule)) => rule.before = text.take().unwrap_or_default(),
                        ("afterbreak", Some(rule)) => rule.after = text.take().unwrap_or_default(),
                        _ => {}
                    }
                }
                Event::Eof => return Ok(file),
                _ => {}
            }
        }
    }
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Lang;
    use crate::segment::Segmenter;

    const RULES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
  <header segmentsubflows="yes" cascade="CASCADE"/>
  <body>
    <languagerules>
      <languagerule languagerulename="French">
        <rule break="no"><beforebreak>\b(?:M|Mme|R&amp;D)\.\h+</beforebreak><afterbreak>\p{Lu}</afterbreak></rule>
        <rule break="yes"><beforebreak>;\s</beforebreak><afterbreak></afterbreak></rule>
      </languagerule>
      <languagerule languagerulename="Default">
        <rule break="yes"><beforebreak>[.?!]+[»")]*\s+</beforebreak><afterbreak>[\p{Lu}«]</afterbreak></rule>
      </languagerule>
    </languagerules>
    <maprules>
      <languagemap languagepattern="fr.*" languagerulename="French"/>
      <languagemap languagepattern=".*" languagerulename="Default"/>
    </maprules>
  </body>
</srx>"#;

    /// The rules; Miri, which is slow, has the capitals of ASCII alone.
    fn rules(cascade: &str) -> String {
        let rules = RULES.replace("CASCADE", cascade);
        if cfg!(miri) { rules.replace(r"\p{Lu}", "[A-Z]") } else { rules }
    }

    fn split<'t>(rules: &str, text: &'t str) -> Vec<&'t str> {
        let srx = Srx::read(rules, "fr").unwrap();
        let segmenter = Segmenter::new(Lang::Fr).srx(srx);
        segmenter.sentences(text).map(|span| span.of(text)).collect()
    }

    #[test]
    fn the_first_rule_decides_and_maps_cascade_where_the_header_says_so() {
        let text = "M. Roy dort ; il rêve. Mme\u{a0}Roy lit. Est-ce tout ? Oui (etc.) La R&D. Fin.";
        assert_eq!(
            split(&rules("yes"), text),
            ["M. Roy dort ;", "il rêve.", "Mme\u{a0}Roy lit.", "Est-ce tout ?", "Oui (etc.)", "La R&D. Fin."]
        );
        let french_only = ["M. Roy dort ;", &text["M. Roy dort ; ".len()..]];
        assert_eq!(split(&rules("no"), text), french_only);
    }

    #[test]
    fn a_bad_file_is_refused_with_its_place() {
        let told = |xml: &str, lang| Srx::read(xml, lang).unwrap_err().to_string();
        assert!(told("<srx><body></srx>", "fr").starts_with("byte "));
        assert_eq!(told("<srx/>", "fr"), "no language map matches `fr`");
        let bad = rules("yes").replace("[.?!]+", "[.?!");
        assert!(told(&bad, "fr").starts_with("rule 1 of `Default`: "));
    }
}
