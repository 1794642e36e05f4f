//! The columns that a table of units can have, and what stands in each.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::Placed;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident $text:literal,)*) => {
        /// What one column of a table holds. Its name is its header.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $($(#[$doc])* $name,)* }

        impl Column {
            /// Every column.
            pub const ALL: &[Column] = &[$(Column::$name,)*];

            /// Its name, which is its header.
            pub const fn as_str(self) -> &'static str {
                match self { $(Column::$name => $text,)* }
            }
        }
    };
}

columns! {
    /// The unit's id.
    Id "id",
    /// The article's stem.
    Article "article",
    /// The edition's name.
    Edition "edition",
    /// The French, sentences joined by one space.
    Fr "fr",
    /// The English; empty where there is none.
    En "en",
    /// What the sentences are in their article.
    Kind "kind",
    /// How far the translation has come.
    Status "status",
    /// `stale` where the French has changed since the English was entered.
    Stale "stale",
    /// The French that stale English translates.
    Was "was",
    /// A person's remark.
    Note "note",
    /// Where the English came from, when nobody typed it here.
    Origin "origin",
    /// The aligner's certainty, 0 to 1.
    Score "score",
    /// A digest of the English: what lets an import see that both sides changed.
    Rev "rev",
    /// The paragraph, from 1.
    Paragraph "paragraph",
    /// The unit's first sentence in the article, from 1.
    Sentence "sentence",
    /// When the unit was changed last.
    At "at",
    /// Who changed it last.
    By "by",
    /// The article's title.
    Title "title",
    /// Where the article was published.
    Url "url",
    /// Who published it.
    Publisher "publisher",
    /// Who wrote it.
    Author "author",
    /// When it was published.
    Date "date",
    /// Under which licence it may be used.
    Licence "licence",
    /// Who translated it.
    Translator "translator",
}

impl Column {
    /// What stands in this column for a unit.
    pub fn cell<'a>(self, placed: &Placed<'a>) -> Cow<'a, str> {
        let unit = placed.unit;
        match self {
            Column::Id => unit.id.as_str().into(),
            Column::Article => placed.article.into(),
            Column::Edition => placed.edition.unwrap_or_default().into(),
            Column::Fr => together(&unit.fr),
            Column::En => together(&unit.en),
            Column::Kind => unit.kind.as_str().into(),
            Column::Status => unit.status.as_str().into(),
            Column::Stale => if unit.is_stale() { "stale" } else { "" }.into(),
            Column::Was => together(&unit.more.was),
            Column::Note => unit.more.note.as_deref().unwrap_or_default().into(),
            Column::Origin => unit.origin.map_or("", |origin| origin.as_str()).into(),
            Column::Score => unit.score.map(|score| score.to_string()).unwrap_or_default().into(),
            Column::Rev => unit.rev().into(),
            Column::Paragraph => number(placed.paragraph),
            Column::Sentence => number(placed.sentence),
            Column::At => unit.at.as_deref().unwrap_or_default().into(),
            Column::By => unit.by.as_deref().unwrap_or_default().into(),
            Column::Title
            | Column::Url
            | Column::Publisher
            | Column::Author
            | Column::Date
            | Column::Licence
            | Column::Translator => {
                let known = placed.about.iter().find(|(key, _)| key == self.as_str());
                known.map_or("", |(_, value)| value).into()
            }
        }
    }
}

/// Texts as one, without a copy where there is one only.
fn together(texts: &[String]) -> Cow<'_, str> {
    match texts {
        [] => "".into(),
        [one] => one.into(),
        several => several.join(" ").into(),
    }
}

fn number(number: Option<u32>) -> Cow<'static, str> {
    number.map(|number| number.to_string()).unwrap_or_default().into()
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Column {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Column::ALL.iter().copied().find(|column| column.as_str() == name).ok_or_else(|| {
            let known: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
            format!("unknown column `{name}`: known are {}", known.join(" "))
        })
    }
}

/// The columns of one table, in order, each once.
///
/// # Examples
///
/// ```
/// use enregard::format::Columns;
/// assert_eq!("id,fr,en".parse::<Columns>().unwrap().to_string(), "id fr en");
/// assert_eq!("+status".parse::<Columns>().unwrap().to_string(), "id article fr en status");
/// assert!("id,english".parse::<Columns>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Columns {
    /// The columns in order.
    pub fn all(&self) -> &[Column] {
        &self.0
    }

    /// Whether this one is among them.
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }
}

impl Default for Columns {
    fn default() -> Self {
        Columns(vec![Column::Id, Column::Article, Column::Fr, Column::En])
    }
}

impl fmt::Display for Columns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, column) in self.0.iter().enumerate() {
            write!(f, "{}{column}", if index == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl FromStr for Columns {
    type Err = String;

    /// Reads names with commas or spaces between them; a `+` before them adds to the default ones.
    fn from_str(names: &str) -> Result<Self, String> {
        let (mut columns, names) = match names.trim().strip_prefix('+') {
            Some(more) => (Columns::default(), more),
            None => (Columns(Vec::new()), names),
        };
        for name in names.split([',', ' ', '+']).filter(|name| !name.is_empty()) {
            let column: Column = name.parse()?;
            if columns.has(column) {
                return Err(format!("column `{column}` stands twice"));
            }
            columns.0.push(column);
        }
        if columns.0.is_empty() {
            return Err("no column is named".to_owned());
        }
        Ok(columns)
    }
}
