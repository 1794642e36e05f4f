//! Whole English texts brought into the corpus: decoded, split, aligned with an article, entered as drafts.
//!
//! [`Bringing::plan`] works out what would become of an article and writes nothing; [`Bringing::apply`] puts it on disk
//! as part of a step. What a person typed, confirmed or set is a fixed point, so bringing the same text again
//! aligns only the rest.

mod bulk;
mod error;
mod read;
mod summary;

use std::sync::Arc;

use encoding_rs::Encoding;

use crate::align::{Aligner, Bead, Pair, Paragraphs, gaps};
use crate::bitext::{Alignment, Edition, Header, Lang, Status, Stem, Unit};
use crate::format::Known;
use crate::revise::{Link, Role, Stamp};
use crate::segment::Segmenter;
use crate::store::{Author, Corpus, Step, Stored, sha256};
use crate::words::Lexicon;

use super::about::put;
use super::segment::segmenter;
use super::{DeskError, OpenState, Opened};

pub use bulk::{Brought, Bulk, Couple, CoupleError, pair_folders, read_list};
pub use error::BringError;
use read::Read;
pub use summary::{Summary, Unsure};

/// How texts are brought in.
#[derive(Clone, Default)]
pub struct Options {
    /// Also texts that do not look like a translation of the article.
    pub anyway: bool,
    /// The text has one sentence a line.
    pub by_line: bool,
    /// The encoding that a person named.
    pub encoding: Option<(&'static Encoding, &'static str)>,
    /// What a paragraph break is.
    pub paragraphs: Paragraphs,
    /// Lexicons beside the bundled one.
    pub lexicons: Vec<Arc<Lexicon>>,
}

/// Texts on their way into a corpus.
pub struct Bringing<'c> {
    corpus: &'c Corpus,
    options: Options,
    aligner: Aligner,
    segmenter: Segmenter,
    untaught: Vec<(Stem, DeskError)>,
}

/// What would become of an article with an English text; nothing is written yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The article.
    pub stem: Stem,
    /// The edition, if it is one.
    pub edition: Option<Edition>,
    /// The text as it was received.
    pub received: Vec<u8>,
    /// Its encoding, and how that is known.
    pub encoding: (String, Known),
    /// The alignment as it is; that of an article without English where there is none yet.
    pub before: Alignment,
    /// The alignment as it would be.
    pub after: Alignment,
    /// What each of its units is.
    pub roles: Vec<Role>,
    /// In numbers.
    pub summary: Summary,
}

impl Proposal {
    /// The article's name as it is typed: `ARTICLE` or `ARTICLE@EDITION`.
    pub fn name(&self) -> String {
        match &self.edition {
            None => self.stem.to_string(),
            Some(edition) => format!("{}@{edition}", self.stem),
        }
    }
}

impl<'c> Bringing<'c> {
    /// Begins: with the bundled lexicon, if the corpus is of French and English, and with what people have reviewed.
    ///
    /// # Errors
    ///
    /// [`BringError::Desk`], where the alignments' folder cannot be read; [`BringError::Language`], where the corpus's target language has no sentence rules.
    pub fn new(corpus: &'c Corpus, options: Options) -> Result<Self, BringError> {
        let languages = &corpus.config().corpus;
        let lang: Lang = languages.target.parse().map_err(BringError::Language)?;
        let mut aligner = Aligner::new().paragraphs(options.paragraphs);
        if languages.source.starts_with("fr") && lang == Lang::En {
            aligner = aligner.lexicon(Lexicon::bundled());
        }
        for lexicon in &options.lexicons {
            aligner = aligner.lexicon(Arc::clone(lexicon));
        }
        let (confirmed, untaught) = confirmed(corpus)?;
        let aligner = aligner.confirmed(confirmed);
        Ok(Bringing { corpus, options, aligner, segmenter: segmenter(lang, corpus.config()), untaught })
    }

    /// The articles whose confirmed texts could not be read, and so teach nothing.
    pub fn untaught(&self) -> &[(Stem, DeskError)] {
        &self.untaught
    }

    /// What would become of an article, or of an edition of it, with this English text.
    ///
    /// # Errors
    ///
    /// [`BringError`]: where the text is none, or does not look like a translation of the article, or the
    /// article has changed since it was split.
    pub fn plan(
        &self,
        stem: &Stem,
        edition: Option<&Edition>,
        received: &[u8],
        author: &Author,
    ) -> Result<Proposal, BringError> {
        let stored = self.corpus.read(stem, edition).map_err(DeskError::from)?;
        self.plan_stored(stored, edition, received, author)
    }

    fn plan_stored(
        &self,
        stored: Stored,
        edition: Option<&Edition>,
        received: &[u8],
        author: &Author,
    ) -> Result<Proposal, BringError> {
        let read = self.read(stored, edition, received)?;
        let beads = self.aligner.align_pair(&read.pair());
        self.propose(read, &beads, author)
    }

    /// Several at once, which share what is learnt, or learn each by itself; each with what came of it, in order.
    fn plan_many(
        &self,
        all: Vec<(Stored, Option<Edition>, &[u8])>,
        alone: bool,
        author: &Author,
    ) -> Vec<Result<Proposal, BringError>> {
        let read: Vec<Result<Read, BringError>> = all
            .into_iter()
            .map(|(stored, edition, received)| self.read(stored, edition.as_ref(), received))
            .collect();
        let pairs: Vec<Pair<'_>> = read.iter().flatten().map(Read::pair).collect();
        let beads = if alone { self.aligner.align_each(&pairs) } else { self.aligner.align_all(&pairs) };
        drop(pairs);
        let mut beads = beads.into_iter();
        read.into_iter()
            .map(|read| {
                let read = read?;
                let beads = beads.next().expect("there are beads for each pair");
                self.propose(read, &beads, author)
            })
            .collect()
    }

    /// The article with the beads as units.
    fn propose(&self, read: Read, beads: &[Bead], author: &Author) -> Result<Proposal, BringError> {
        let moved = self.aligner.moved(&read.pair(), beads);
        let Read { stem, edition, received, encoding, before, text, frame, english } = read;
        let links: Vec<Link> = beads
            .iter()
            .map(|bead| Link { source: bead.source.clone(), target: bead.target.clone(), score: bead.score })
            .collect();
        let stamp = Stamp { by: author.by.clone(), at: author.at.clone() };
        let linked = frame.place(&links, &stem, &stamp);
        let header = named(before.header(), &encoding.0, &received);
        let after = Alignment::new(header, linked.units, &text).map_err(DeskError::Cover)?;
        let roles = linked.roles;
        let gaps = gaps(beads, summary::BREAK);
        let summary = Summary { english, gaps, moved, ..Summary::of(&before, &after, &roles) };
        Ok(Proposal { stem, edition, received, encoding, before, after, roles, summary })
    }

    /// Puts a proposal on disk, as part of a step. Where the article is no longer what it was, it is worked out anew.
    ///
    /// # Errors
    ///
    /// As [`Bringing::plan`], and where the disk refuses: then the article is as it was.
    pub fn apply(
        &self,
        step: &mut Step<'_>,
        proposal: Proposal,
        author: &Author,
    ) -> Result<Proposal, BringError> {
        let edition = proposal.edition.clone();
        let mut held = step.lock(&proposal.stem, edition.as_ref()).map_err(DeskError::from)?;
        let now = Opened::of(self.corpus, held.stored().clone())?;
        let current = now.state != OpenState::SeedChanged
            && now.alignment.units() == proposal.before.units()
            && now.article.sha256 == proposal.before.header().sha256;
        let proposal = if current {
            // What is known of the article may be said by others meanwhile.
            let header = named(now.alignment.header(), &proposal.encoding.0, &proposal.received);
            let units = proposal.after.into_parts().1;
            let after = Alignment::new(header, units, &now.article.text).map_err(DeskError::Cover)?;
            Proposal { before: now.alignment, after, ..proposal }
        } else {
            self.plan_stored(held.stored().clone(), edition.as_ref(), &proposal.received, author)?
        };
        step.write_received(&mut held, &proposal.after, &proposal.received).map_err(DeskError::from)?;
        Ok(proposal)
    }

    /// Brings one text in, as one step of `undo`.
    ///
    /// # Errors
    ///
    /// As [`Bringing::plan`] and [`Bringing::apply`].
    pub fn bring(
        &self,
        author: Author,
        stem: &Stem,
        edition: Option<&Edition>,
        received: &[u8],
    ) -> Result<Proposal, BringError> {
        let proposal = self.plan(stem, edition, received, &author)?;
        let mut step = self.corpus.begin(author.clone());
        let proposal = self.apply(&mut step, proposal, &author)?;
        step.finish().map_err(DeskError::from)?;
        Ok(proposal)
    }
}

/// A header that names the English text.
fn named(header: &Header, encoding: &str, received: &[u8]) -> Header {
    let mut header = header.clone();
    let own = [("english_encoding", encoding.to_owned()), ("english_sha256", sha256(received))];
    put(&mut header.about, &own.map(|(key, value)| (key.to_owned(), value)).to_vec());
    header
}

/// Reviewed units that teach at most: more make the aligner slower, and hardly better.
const TEACH: usize = 20_000;

/// Source and target texts.
type Texts = Vec<(String, String)>;

/// Texts that people have confirmed, anywhere in the corpus, in the order of its files; and the articles that cannot be read.
fn confirmed(corpus: &Corpus) -> Result<(Texts, Vec<(Stem, DeskError)>), BringError> {
    let (mut all, mut unread) = (Texts::new(), Vec::new());
    for (stem, edition) in corpus.alignment_files().map_err(DeskError::from)? {
        let alignment = match corpus.read(&stem, edition.as_ref()) {
            Ok(Stored { alignment: Some(alignment), .. }) => alignment,
            Ok(_) => continue,
            Err(error) => {
                unread.push((stem, error.into()));
                continue;
            }
        };
        let reviewed = |unit: &&Unit| {
            unit.status == Status::Reviewed
                && unit.is_content()
                && unit.has_english()
                && !unit.fr.is_empty()
                && !unit.is_stale()
        };
        let units = alignment.units().iter().filter(reviewed);
        all.extend(units.map(|unit| (unit.french(), unit.english())));
        if all.len() >= TEACH {
            all.truncate(TEACH);
            break;
        }
    }
    Ok((all, unread))
}
