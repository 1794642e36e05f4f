//! `enregard translate`: a person types the English of an article.

mod editor;
mod keys;
mod lines;
mod memory;
mod show;

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;

use crate::bitext::{Edition, Unit, UnitId};
use crate::desk::memory::{Glossary, Reading};
use crate::desk::translate::{Reply, Session, Start, Which};
use crate::desk::{self, Answer, English, Entered, OpenState, Place};
use crate::quality::State;
use crate::store::{self, Author};

use super::corpus::{author, desk_failed, failed, open_corpus};
use super::lay::{Layout, Style};
use super::{Failure, Outcome, Terminal};
use memory::Recall;

/// Type the English of an article yourself, sentence by sentence: nothing is machine-translated.
///
/// Shows each French sentence with its neighbours and takes the English that you type. What you confirm with
/// Enter is on disk, as a draft, before the next sentence is shown; leave and come back whenever you like. An
/// unfinished line is kept beside the journal, and offered again. `:help` lists what else can be typed:
/// `:reviewed` `:skip` `:next` `:back` `:take N` `:memory` `:note TEXT` `:keep` `:clear` `:undo` `:show` `:quit`. Where standard
/// input is no terminal, it is read line by line in the same way, one line for each sentence.
///
/// Under the sentence stand the best matches of the memory (all that the corpus has in English, and the files of
/// --memory), with their likeness and what is different, and the glossary's terms.
///
/// With --editor all sentences stand in one text in $VISUAL or $EDITOR, and are read back by their ids.
///
/// Examples:
///   enregard translate 000
///   enregard translate 000 --status draft
///   enregard translate 000 --editor
///   enregard translate 000 --memory others.tmx
///   enregard translate 000 < english.txt
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Translate {
    /// The article: its name, or the beginning of it
    article: String,
    /// The English edition
    #[arg(long, value_name = "NAME")]
    edition: Option<Edition>,
    /// All sentences, also those that are translated [default: what is untranslated or stale]
    #[arg(long, conflicts_with = "status")]
    all: bool,
    /// Sentences of these statuses: untranslated, stale, draft, reviewed, skipped
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',', value_parser = state)]
    status: Vec<State>,
    /// Begin at this sentence: its id, or its number in the article
    #[arg(long, value_name = "UNIT")]
    from: Option<Start>,
    /// Others' translations, beside the corpus's own: TMX, TSV, CSV …; may be repeated
    #[arg(long, value_name = "FILE", conflicts_with = "editor")]
    memory: Vec<PathBuf>,
    /// All in one text, in $VISUAL or $EDITOR
    #[arg(long)]
    editor: bool,
}

/// A state by its name.
fn state(name: &str) -> Result<State, String> {
    State::ALL.into_iter().find(|state| state.as_str() == name).ok_or_else(|| {
        let known: Vec<&str> = State::ALL.iter().map(|state| state.as_str()).collect();
        format!("expected one of {}", known.join(", "))
    })
}

impl Translate {
    pub(super) fn run(self, terminal: &mut Terminal) -> Result<Outcome, Failure> {
        let told = format!("cannot translate {}", self.article);
        let corpus = open_corpus(terminal)?;
        let stem = corpus.resolve(&self.article).map_err(|error| failed(&told, error))?;
        let place = Place { corpus: &corpus, stem: &stem, edition: self.edition.as_ref() };
        let opened = desk::open(&corpus, &stem, place.edition).map_err(|error| desk_failed(&told, error))?;
        if opened.state == OpenState::SeedChanged {
            terminal.tell(format!(
                "warning: {stem} has changed since it was split; its sentences are those of the former text\n\
                 hint: run `enregard sync {stem}` first"
            ));
        }
        let which = self.which();
        let units = opened.alignment.units().to_vec();
        if let Some(Err(why)) = self.from.map(|from| from.place(&units)) {
            return Err(Failure { causes: vec![why], ..Failure::new(told) }
                .hint(format!("run `enregard show {stem}` to see its sentences")));
        }
        if self.editor {
            return editor::run(terminal, place, &units, &which);
        }
        let glossary = Glossary::read(&corpus).map_err(|error| desk_failed(&told, error))?;
        let memory = Reading::begin(&corpus, &self.memory).map_err(|error| desk_failed(&told, error))?;
        let recall = Recall { memory, glossary, told: false };
        let unfinished = place.unfinished().map_err(|error| desk_failed(&told, error))?;
        let session = Session::new(units, &which, unfinished);
        let persons = io::stdin().is_terminal() && io::stdout().is_terminal() && io::stderr().is_terminal();
        let typing = persons && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        if session.view().is_none() {
            let from = if self.from.is_some() { " from there on" } else { "" };
            terminal
                .tell(format!("nothing to translate in {stem}{from}; `--all` goes through what is there"));
            // Lines that a script sends all the same are refused below, not passed over.
            if typing {
                return Ok(Outcome::Done);
            }
        }
        let author = author(&corpus);
        let mut sitting = Sitting { terminal, place, session, recall, author, typing };
        let outcome = if typing { keys::run(&mut sitting) } else { lines::run(&mut sitting) };
        if !sitting.session.is_empty() {
            sitting.leave();
        }
        outcome
    }

    fn which(&self) -> Which {
        let which = match self.status[..] {
            [] => Which::to_do(),
            _ => Which { states: self.status.clone(), ..Which::default() },
        };
        Which { all: self.all, from: self.from, ..which }
    }
}

/// What both ways of typing share: the session, the disk behind it, and where it is shown.
struct Sitting<'d> {
    terminal: &'d mut Terminal,
    place: Place<'d>,
    session: Session,
    recall: Recall,
    author: Author,
    /// Whether a person edits lines in a terminal.
    typing: bool,
}

/// What to do after a line.
enum Next {
    /// Show the sentence, maybe another.
    Show,
    /// Ask again, without showing it.
    Ask,
    /// The line could not be done.
    Refused(String),
    /// The last sentence is answered.
    End,
    /// The person leaves.
    Leave,
}

impl Sitting<'_> {
    /// Does what a line asks for.
    fn answer(&mut self, reply: Reply) -> Result<Next, Failure> {
        Ok(match reply {
            Reply::Show => Next::Show,
            Reply::End => Next::End,
            Reply::Leave => Next::Leave,
            Reply::Refuse(why) => Next::Refused(why),
            Reply::Tell(what) => {
                self.write(&[what]);
                Next::Ask
            }
            Reply::Help => {
                self.write(&show::help(self.layout(), self.typing));
                Next::Ask
            }
            Reply::Memory => {
                let lines = self.recalled(true);
                self.write(&lines);
                Next::Ask
            }
            Reply::Take(number) => {
                self.look_up();
                let reply = self.session.take(number);
                return self.answer(reply);
            }
            Reply::Undo { now, before } => self.undo(&now, &before)?,
            Reply::Enter { seen, answer } => self.enter(&seen, answer)?,
        })
    }

    fn enter(&mut self, seen: &Unit, answer: Answer) -> Result<Next, Failure> {
        let author = Author { at: store::now(), ..self.author.clone() };
        match self.place.enter(author, seen, &answer) {
            Ok(Entered::Done(units)) => {
                self.learn(&units, seen);
                self.session.entered(units, seen, &answer);
                self.write(&[self.layout().word(Style::Dim, &format!("        {}", show::done(&answer)))]);
                Ok(match (self.session.view(), &answer.english) {
                    (None, _) => Next::End,
                    (_, None) => Next::Ask,
                    _ => Next::Show,
                })
            }
            Ok(Entered::Changed(units)) => {
                if let Some((id, answer)) = self.session.clashed(units, answer) {
                    self.gone(id, &answer);
                }
                Ok(Next::Show)
            }
            Err(error) => {
                // What was typed is offered again, or kept when the person leaves.
                if let Some(English::Typed(text)) = &answer.english {
                    self.session.keep_unfinished(text);
                }
                Err(desk_failed(format!("cannot enter the English of {}", seen.id), error))
            }
        }
    }

    /// The sentence is no longer there: what was typed for it is kept in a file of its own.
    fn gone(&mut self, id: UnitId, answer: &Answer) {
        let mut told = format!("warning: {id} is no longer in the article: somebody merged or split it");
        if let Some(English::Typed(text)) = &answer.english {
            let name = format!("{}.aside", self.place.stem);
            match self.place.corpus.keep_aside(&name, &format!("{id}\n{text}\n")) {
                Ok(path) => told.push_str(&format!("; what you typed is in {}", path.display())),
                Err(_) => told.push_str(&format!("; you typed: {text}")),
            }
        }
        self.terminal.tell(told);
    }

    fn undo(&mut self, now: &Unit, before: &Unit) -> Result<Next, Failure> {
        let told = format!("cannot take back what was entered for {}", now.id);
        let author = Author { at: store::now(), ..self.author.clone() };
        match self.place.put_back(author, now, before).map_err(|error| desk_failed(told, error))? {
            Entered::Done(units) => {
                self.learn(&units, now);
                self.session.undone(units);
                self.write(&[self.layout().word(Style::Dim, "        taken back")]);
                Ok(Next::Show)
            }
            Entered::Changed(units) => {
                self.session.kept(units);
                Ok(Next::Refused(format!("somebody else changed {} since: it stays as it is", now.id)))
            }
        }
    }

    /// The place that is written to; a window's width changes while a person types.
    fn layout(&self) -> Layout {
        Layout { columns: self.terminal.columns(), colours: self.terminal.colours_out() }
    }

    /// Shows the sentence that is to be answered.
    fn show(&mut self) {
        if let Some(view) = self.session.view() {
            let mut lines = show::view(&view, self.layout(), self.typing);
            // A script looks up what it wants with `:memory`.
            if self.terminal.columns().is_some() {
                lines.extend(self.recalled(false));
            }
            self.write(&lines);
        }
    }

    /// Writes lines where they are seen. Nobody may read them: what is typed is entered all the same.
    fn write(&mut self, lines: &[String]) {
        let out = &mut self.terminal.out;
        let _ = lines.iter().try_for_each(|line| writeln!(out, "{line}")).and_then(|()| out.flush());
    }

    /// Keeps what is unfinished, and says what was done.
    fn leave(&mut self) {
        let unfinished = self.session.unfinished();
        if let Err(error) = self.place.keep_unfinished(&unfinished) {
            self.terminal.report(&desk_failed("cannot keep what you typed and did not confirm", error));
            for (id, text) in &unfinished {
                self.terminal.tell(format!("{id}: {text}"));
            }
        }
        let Place { stem, edition, .. } = self.place;
        self.terminal.tell(show::parting(self.session.tally(), unfinished.len(), stem, edition));
    }
}
