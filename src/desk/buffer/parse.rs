//! The lines of a buffer as blocks, without judgement of what they hold.

use crate::bitext::UnitId;

use super::super::answer::Line;
use super::Unread;

/// A text as blocks.
pub(super) struct Parsed<'t> {
    /// The lines before the first block that are not blank, with their numbers from 1.
    pub(super) top: Vec<(usize, &'t str)>,
    pub(super) blocks: Vec<Raw>,
    pub(super) unread: Vec<Unread>,
}

/// One block.
pub(super) struct Raw {
    pub(super) id: UnitId,
    pub(super) line: usize,
    pub(super) fr: String,
    pub(super) body: Result<Body, String>,
    pub(super) text: String,
}

/// What a block holds below its French.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) en: String,
    /// The lines of the English, as they stand in the buffer.
    pub(super) lines: Vec<String>,
    pub(super) commands: Vec<(String, String)>,
}

impl Raw {
    /// Whether both can be read, and say the same.
    pub(super) fn says_what(&self, other: &Raw) -> bool {
        matches!((&self.body, &other.body), (Ok(a), Ok(b)) if a == b)
    }
}

impl Body {
    /// A line that it has and `before` had not, and that is one of `other`'s.
    pub(super) fn taken(&self, before: &Body, other: &Raw) -> bool {
        let Ok(other) = &other.body else { return false };
        let new = |line: &&String| line.contains(char::is_alphanumeric) && !before.lines.contains(line);
        self.lines.iter().filter(new).any(|line| other.lines.contains(line))
    }
}

/// Reads the lines of a buffer.
pub(super) fn parse(text: &str) -> Parsed<'_> {
    let lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> =
        (0..lines.len()).filter(|&at| lines[at].trim_start().starts_with("##")).collect();
    let first = starts.first().copied().unwrap_or(lines.len());
    let top = (1..).zip(lines[..first].iter().map(|line| line.trim())).filter(|(_, line)| !line.is_empty());
    let mut parsed = Parsed { top: top.collect(), blocks: Vec::new(), unread: Vec::new() };
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let block = &lines[start..end];
        let text = block.join("\n").trim_end().to_owned();
        let head = block[0].trim().trim_start_matches('#');
        match head.split_whitespace().next().unwrap_or("").parse::<UnitId>() {
            Ok(id) if block[0].trim().len() - head.len() == 2 => {
                let (fr, body) = inside(&block[1..]);
                parsed.blocks.push(Raw { id, line: start + 1, fr, body, text });
            }
            _ => {
                let why = "its first line has no readable id".to_owned();
                parsed.unread.push(Unread { line: start + 1, why, text });
            }
        }
    }
    parsed
}

/// The French of a block, and its English and commands where they are in order.
fn inside(lines: &[&str]) -> (String, Result<Body, String>) {
    let mut fr: Vec<&str> = Vec::new();
    let mut body = Body { en: String::new(), lines: Vec::new(), commands: Vec::new() };
    let (mut begun, mut ended) = (false, false);
    let mut fault = None;
    for line in lines {
        let line = line.trim();
        if line.is_empty() {
            ended = begun;
        } else if let Some(french) = line.strip_prefix('>') {
            if begun {
                fault = fault.or(Some("French lines stand below its English"));
            } else if !french.starts_with(['-', '*']) {
                fr.push(french.trim());
            }
        } else if let Line::Command(name, rest) = Line::of(line) {
            body.commands.push((name.to_owned(), rest.to_owned()));
        } else {
            if ended {
                fault = fault.or(Some("a blank line stands within its English"));
            }
            let exact = line.strip_prefix('\\');
            if begun {
                body.en.push(if exact.is_some() { '\n' } else { ' ' });
            }
            begun = true;
            let text = exact.unwrap_or(line);
            // The backslash that keeps a blank (or a backslash) at the end of a line.
            let open =
                text.strip_suffix('\\').filter(|t| t.ends_with(|c: char| c.is_whitespace() || c == '\\'));
            let text = open.unwrap_or(text);
            body.en.push_str(text);
            body.lines.push(text.to_owned());
        }
    }
    (fr.join("\n"), fault.map_or(Ok(body), |fault| Err(fault.to_owned())))
}
