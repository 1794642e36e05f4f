//! `enregard find`: where a pattern stands, each place with what translates it.

mod kwic;
mod tables;

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::corpus::{articles, desk_failed, failed, open_corpus};
use super::{Failure, Outcome, Terminal};
use crate::bitext::{Edition, Lang};
use crate::desk::find::{Find as Search, Limit, Order, Tally};
use crate::memory::{Pattern, Spelling};

/// Find words in the French and the English: each place in its context, with the text that translates it.
///
/// PATTERN is a regular expression. Unless told otherwise it minds neither case nor accents: `etat` finds `État`, `oeuvre`
/// finds `œuvre`, `l'homme` finds `l’homme`, a space any space. All texts are gone through each time; there is no index.
///
/// Examples:
///   enregard find puce
///   enregard find --fr -w 'gouvernements?' --sort right
///   enregard find --en 'chips?' --where publisher=AFP --since 2026-01 --tsv
///   enregard find intelligence --sample 20 --seed 1
///   enregard find --fr 'mettre en \w+' --count
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Find {
    /// What to look for: a regular expression
    #[arg(allow_hyphen_values = true)]
    pattern: String,
    /// Articles, by the beginning of their names [default: all]
    #[arg(value_name = "ARTICLE")]
    articles: Vec<String>,
    /// In the French only
    #[arg(long, conflicts_with = "en")]
    fr: bool,
    /// In the English only
    #[arg(long)]
    en: bool,
    /// Whole words only
    #[arg(short, long)]
    word: bool,
    /// PATTERN is a text, not a regular expression
    #[arg(short = 'F', long)]
    fixed: bool,
    /// Capitals are minded
    #[arg(long)]
    case: bool,
    /// Accents, apostrophes, quotation marks, hyphens, spaces and ligatures are minded
    #[arg(long)]
    accents: bool,
    /// The texts as they are: --case and --accents
    #[arg(long)]
    exact: bool,
    /// In which order
    #[arg(long, value_name = "BY", default_value = "article")]
    sort: By,
    /// So many places, drawn by lot
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// What the lot is drawn with: the same seed draws the same places
    #[arg(long, value_name = "N", default_value_t = 1, requires = "sample")]
    seed: u64,
    /// No more than so many places
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Only where this holds: KEY=VALUE, KEY!=VALUE, KEY~TEXT, KEY>=VALUE, KEY<=VALUE; may be repeated
    ///
    /// KEY is article, edition, kind, status, or what is known of an article: title url publisher author date licence translator
    #[arg(long = "where", value_name = "LIMIT", value_parser = limit)]
    limits: Vec<Limit>,
    /// Only articles of this date or later: 2026, 2026-01 or 2026-01-14
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Only articles of this date or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Of this edition
    #[arg(long)]
    edition: Option<Edition>,
    /// Boilerplate too: bylines, credits, widgets …
    #[arg(long)]
    boilerplate: bool,
    /// How often, in how many units and articles, and per million words
    #[arg(long)]
    count: bool,
    /// The forms found, with how often: the commonest first
    #[arg(long, conflicts_with = "count")]
    forms: bool,
    /// JSON, a line for each place
    #[arg(long, conflicts_with = "tsv")]
    json: bool,
    /// TSV with a header, a line for each place
    #[arg(long)]
    tsv: bool,
}

/// In which order places are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// By article and unit
    Article,
    /// By the words before
    Left,
    /// By the words after
    Right,
    /// By what is found
    Match,
}

fn limit(text: &str) -> Result<Limit, String> {
    text.parse::<Limit>().map_err(|error| error.to_string())
}

impl Find {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let what = format!("cannot find `{}`", self.pattern);
        let how = Spelling {
            case: self.case || self.exact,
            accents: self.accents || self.exact,
            fixed: self.fixed,
            word: self.word,
        };
        let pattern = Pattern::new(&self.pattern, how).map_err(|error| {
            Failure::because(&what, error).hint("`--fixed` takes the pattern as the text that it is")
        })?;
        let corpus = open_corpus(terminal)?;
        let edition = self.edition.as_ref();
        let stems =
            articles(terminal, &corpus, &self.articles, edition).map_err(|error| failed(&what, error))?;
        if let Some(edition) = edition.filter(|_| stems.is_empty()) {
            return Err(Failure::new(format!("{what}: no article has an edition `{edition}`")));
        }
        let search = self.search(pattern);
        let mut faults = 0;
        let columns = terminal.columns();
        let page = kwic::Page { columns: columns.unwrap_or(kwic::PIPED), colours: terminal.colours_out() };
        let show = !self.count && !self.forms;
        // The terminal is needed for messages while its output is written to.
        let mut out = io::BufWriter::with_capacity(1 << 18, io::stdout());
        if self.tsv && show {
            writeln!(out, "{}", tables::HEADER)?;
        }
        let tally = search.run(
            &corpus,
            &stems,
            |hit| match () {
                () if !show => Ok(()),
                () if self.json => writeln!(out, "{}", tables::json(hit)),
                () if self.tsv => writeln!(out, "{}", tables::tsv(hit)),
                () => page.hit(hit).iter().try_for_each(|line| writeln!(out, "{line}")),
            },
            |stem, error| {
                faults += 1;
                terminal.report(&desk_failed(format!("cannot look into {stem}"), error));
            },
        )?;
        if self.count {
            out.write_all(tables::counts(&search, &tally, self.json, self.tsv).as_bytes())?;
        } else if self.forms {
            out.write_all(tables::forms(&tally, self.json, self.tsv).as_bytes())?;
        }
        out.flush()?;
        if show {
            terminal.tell(self.summary(&tally));
        }
        if faults > 0 {
            terminal.tell(format!("{faults} of {} articles could not be looked into", stems.len()));
            return Ok(Outcome::Partial);
        }
        Ok(Outcome::Done)
    }

    fn search(&self, pattern: Pattern) -> Search {
        let mut limits = self.limits.clone();
        limits.extend(self.since.as_deref().map(Limit::since));
        limits.extend(self.until.as_deref().map(Limit::until));
        Search {
            pattern,
            sides: match (self.fr, self.en) {
                (true, _) => vec![Lang::Fr],
                (_, true) => vec![Lang::En],
                _ => Vec::new(),
            },
            limits,
            edition: self.edition.clone(),
            boilerplate: self.boilerplate,
            order: match self.sort {
                By::Article => Order::Article,
                By::Left => Order::Left,
                By::Right => Order::Right,
                By::Match => Order::Match,
            },
            sample: self.sample.map(|size| (size, self.seed)),
            most: if self.count || self.forms { None } else { self.limit },
            places: !self.count && !self.forms,
            words: self.count || self.forms,
            forms: self.forms,
        }
    }

    /// What is said under the places.
    fn summary(&self, tally: &Tally) -> String {
        let counted = |count: u64, one: &str, more: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {more}"),
        };
        let [fr, en] = tally.sides;
        let matches = fr.matches + en.matches;
        if matches == 0 {
            let searched = counted(tally.articles, "article", "articles");
            return format!("nothing found in {searched}");
        }
        let mut told = counted(matches, "match", "matches");
        if fr.matches > 0 && en.matches > 0 {
            told.push_str(&format!(" ({} French, {} English)", fr.matches, en.matches));
        }
        match (self.sample, self.limit) {
            (_, Some(limit)) if matches > limit as u64 => {
                told = format!("the first {limit} are shown: --count tells how many there are");
            }
            (Some(size), _) if matches > size as u64 => {
                told.push_str(&format!(", of which {size} are shown, drawn with --seed {}", self.seed));
            }
            _ => {}
        }
        told
    }
}
