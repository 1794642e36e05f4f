//! What a line that a person types asks for.

use super::act::{Deed, End, Text};

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// This is to be done to the unit.
    Do(Deed),
    /// Cut it where it is likeliest: after the first French and the first English sentence.
    Split,
    /// Dismiss all that was found, or what these checks found.
    Dismiss(Vec<String>),
    /// On to the next; this one stays as it is.
    Next,
    /// To the one before.
    Back,
    /// Take back what was done last.
    Undo,
    /// Show the unit again.
    Show,
    /// Show what can be typed.
    Help,
    /// Leave.
    Quit,
}

/// What can be typed, and what it does.
pub const COMMANDS: [(&str, &str); 16] = [
    ("a  accept", "the English is right: reviewed, on to the next"),
    ("m  merge", "merge with the next"),
    ("s  split", "cut after the first sentences; `s 2 1`: after two French and one English"),
    ("fr+ fr-", "take the next unit's first French sentence; give it the last of this"),
    ("en+ en-", "the same with an English sentence"),
    ("+fr -fr", "take the last French sentence of the unit before; give it the first of this"),
    ("+en -en", "the same with an English sentence"),
    ("x  out", "the English does not translate the French: it stands alone, or goes if it does so already"),
    ("e TEXT  edit", "the English is TEXT"),
    ("k  keep", "the English fits the changed French too"),
    ("d  dismiss", "what was found is none; `d numbers`: only that"),
    ("note TEXT", "write a remark; `note -` takes it away"),
    ("n  next", "later: on to the next; Enter alone, too"),
    ("b  back", "to the one before"),
    ("u  undo", "take back what was done last"),
    ("q  quit", "leave; all that was done is on disk"),
];

impl Command {
    /// Reads a line; a colon before the command is passed over.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    ///
    /// # Examples
    ///
    /// ```
    /// use enregard::desk::review::{Command, Deed};
    /// assert_eq!(Command::of("a"), Ok(Command::Do(Deed::Accept)));
    /// assert_eq!(Command::of("s 2 1"), Ok(Command::Do(Deed::Split(2, 1))));
    /// assert_eq!(Command::of(""), Ok(Command::Next));
    /// assert!(Command::of("accept it").is_err());
    /// ```
    pub fn of(line: &str) -> Result<Command, String> {
        let line = line.trim();
        let line = line.strip_prefix(':').unwrap_or(line);
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let shift = |text, end, grow| Ok(Command::Do(Deed::Shift { text, end, grow }));
        if !rest.is_empty() && !matches!(name, "s" | "split" | "e" | "edit" | "d" | "dismiss" | "note") {
            return Err(format!("`{name}` stands alone on its line; `e TEXT` enters English"));
        }
        match name {
            "a" | "accept" => Ok(Command::Do(Deed::Accept)),
            "m" | "merge" => Ok(Command::Do(Deed::Merge)),
            "s" | "split" if rest.is_empty() => Ok(Command::Split),
            "s" | "split" => {
                let numbers: Vec<Result<usize, _>> = rest.split_whitespace().map(str::parse).collect();
                match numbers[..] {
                    [Ok(french), Ok(english)] => Ok(Command::Do(Deed::Split(french, english))),
                    _ => Err(format!("`{rest}` is not two numbers: French sentences, English sentences")),
                }
            }
            "fr+" => shift(Text::French, End::End, true),
            "fr-" => shift(Text::French, End::End, false),
            "en+" => shift(Text::English, End::End, true),
            "en-" => shift(Text::English, End::End, false),
            "+fr" => shift(Text::French, End::Start, true),
            "-fr" => shift(Text::French, End::Start, false),
            "+en" => shift(Text::English, End::Start, true),
            "-en" => shift(Text::English, End::Start, false),
            "x" | "out" => Ok(Command::Do(Deed::CrossOut)),
            "e" | "edit" if rest.is_empty() => Err("type the English after it: `e TEXT`".to_owned()),
            "e" | "edit" => Ok(Command::Do(Deed::Edit(rest.to_owned()))),
            "k" | "keep" => Ok(Command::Do(Deed::Keep)),
            "d" | "dismiss" => Ok(Command::Dismiss(
                rest.split([' ', ',']).filter(|one| !one.is_empty()).map(str::to_owned).collect(),
            )),
            "note" if rest.is_empty() => Err("type the remark after it: `note TEXT`".to_owned()),
            "note" if rest == "-" => Ok(Command::Do(Deed::Note(String::new()))),
            "note" => Ok(Command::Do(Deed::Note(rest.to_owned()))),
            "" | "n" | "next" => Ok(Command::Next),
            "b" | "back" => Ok(Command::Back),
            "u" | "undo" => Ok(Command::Undo),
            "show" => Ok(Command::Show),
            "?" | "h" | "help" => Ok(Command::Help),
            "q" | "quit" => Ok(Command::Quit),
            _ => Err(format!("there is no command `{name}`; `?` lists them")),
        }
    }
}
