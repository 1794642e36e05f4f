//! What a sentence is in its article.

use std::fmt;
use std::str::FromStr;

/// What a sentence is in its article.
///
/// Body, heading and caption are *content*: what is translated, covered and exported. The
/// rest is boilerplate, which is kept and shown on request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Running text; also a standfirst.
    #[default]
    Body,
    /// A title or a heading between paragraphs.
    Heading,
    /// What stands under a picture.
    Caption,
    /// A section's or a teaser's name (`Recommandation`).
    Label,
    /// Who wrote it, initials too (`gc/ube/kaf/jug/er`).
    Byline,
    /// Whose picture it is (`Photo: …/Getty Images`).
    Credit,
    /// Rights (`© 2026 …`, `Tous droits réservés`).
    Copyright,
    /// What asks the reader to do something: comment, sign in, subscribe, share.
    Widget,
    /// Links to other articles, and their dates and titles.
    Related,
    /// Dates, reading time, tags.
    Metadata,
}

impl Kind {
    /// Every kind, content first.
    pub const ALL: [Kind; 10] = [
        Kind::Body,
        Kind::Heading,
        Kind::Caption,
        Kind::Label,
        Kind::Byline,
        Kind::Credit,
        Kind::Copyright,
        Kind::Widget,
        Kind::Related,
        Kind::Metadata,
    ];

    /// Whether it is translated, covered and exported.
    pub const fn is_content(self) -> bool {
        matches!(self, Kind::Body | Kind::Heading | Kind::Caption)
    }

    /// Its name in files and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Kind::Body => "body",
            Kind::Heading => "heading",
            Kind::Caption => "caption",
            Kind::Label => "label",
            Kind::Byline => "byline",
            Kind::Credit => "credit",
            Kind::Copyright => "copyright",
            Kind::Widget => "widget",
            Kind::Related => "related",
            Kind::Metadata => "metadata",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Kind::ALL.into_iter().find(|kind| kind.as_str() == name).ok_or_else(|| {
            let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
            format!("unknown kind `{name}`: expected one of {}", known.join(", "))
        })
    }
}
