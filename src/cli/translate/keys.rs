//! Answers typed in a terminal, with line editing.

use std::borrow::Cow;

use reedline::{
    EditCommand, Emacs, FileBackedHistory, KeyCode, KeyModifiers, Keybindings, Prompt, PromptEditMode,
    PromptHistorySearch, Reedline, ReedlineEvent, Signal, default_emacs_keybindings,
};

use super::{Next, Sitting};
use crate::cli::{Failure, Outcome};
use crate::desk::{English, Line};

/// Asks for each sentence in turn, until the last is answered or the person leaves.
pub(super) fn run(sitting: &mut Sitting) -> Result<Outcome, Failure> {
    let mut editor = editor(sitting.terminal.colours_out())?;
    sitting.write(&["Type the English, then Enter; :help lists what else there is.".to_owned()]);
    sitting.show();
    while let Some(view) = sitting.session.view() {
        let offered = match (view.clash.map(|clash| &clash.mine.english), view.unfinished) {
            (Some(Some(English::Typed(mine))), _) => mine.clone(),
            (_, Some(text)) => text.to_owned(),
            (_, None) => view.unit.english(),
        };
        editor = editor.with_edit_mode(Box::new(Emacs::new(keys(sitting.session.offers()))));
        editor.run_edit_commands(&[EditCommand::Clear, EditCommand::InsertString(Line::typing(&offered))]);
        let told = |error: std::io::Error| Failure::because("cannot read from the terminal", error);
        let line = match editor.read_line(&Label).map_err(told)? {
            Signal::Success(line) => line,
            _ => ":quit".to_owned(),
        };
        let reply = sitting.session.line(&line);
        match sitting.answer(reply) {
            Ok(Next::Show) => sitting.show(),
            Ok(Next::Ask) => {}
            Ok(Next::Refused(why)) => sitting.write(&[format!("{BLANK}{why}")]),
            Ok(Next::End | Next::Leave) => break,
            // The line is offered again: the person may make room on the disk, or leave.
            Err(failure) => sitting.terminal.report(&failure),
        }
    }
    Ok(Outcome::Done)
}

/// What the keys do; Alt and a number put a match of the memory in place of what stands on the line.
fn keys(matches: &[String]) -> Keybindings {
    // A key sends its command with what stands on the line after it, so that nothing typed is lost.
    let sends = |command: &str| {
        ReedlineEvent::Multiple(vec![
            ReedlineEvent::Edit(vec![
                EditCommand::MoveToStart { select: false },
                EditCommand::InsertString(format!("{command} ")),
            ]),
            ReedlineEvent::Submit,
        ])
    };
    let mut keys = default_emacs_keybindings();
    keys.add_binding(KeyModifiers::CONTROL, KeyCode::Char('r'), sends(":reviewed"));
    keys.add_binding(KeyModifiers::CONTROL, KeyCode::Char('c'), sends(":quit"));
    keys.add_binding(KeyModifiers::NONE, KeyCode::PageUp, sends(":back"));
    keys.add_binding(KeyModifiers::NONE, KeyCode::PageDown, sends(":next"));
    keys.add_binding(KeyModifiers::NONE, KeyCode::F(1), sends(":help"));
    // There is an editor for the whole article: `--editor`.
    keys.add_binding(KeyModifiers::CONTROL, KeyCode::Char('o'), ReedlineEvent::None);
    for (number, english) in ('1'..='9').zip(matches) {
        let text = Line::typing(english.trim());
        let puts = ReedlineEvent::Edit(vec![EditCommand::Clear, EditCommand::InsertString(text)]);
        keys.add_binding(KeyModifiers::ALT, KeyCode::Char(number), puts);
    }
    keys
}

fn editor(colours: bool) -> Result<Reedline, Failure> {
    // One sentence's English is never offered for another: no history.
    let history = FileBackedHistory::new(0)
        .map_err(|error| Failure::because("cannot edit lines in this terminal", error))?;
    Ok(Reedline::create().with_history(Box::new(history)).with_ansi_colors(colours).use_bracketed_paste(true))
}

const BLANK: &str = "        ";

/// What stands before the line that is typed.
struct Label;

impl Prompt for Label {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        "english ".into()
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        "".into()
    }

    fn render_prompt_indicator(&self, _: PromptEditMode) -> Cow<'_, str> {
        "".into()
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        BLANK.into()
    }

    fn render_prompt_history_search_indicator(&self, _: PromptHistorySearch) -> Cow<'_, str> {
        "".into()
    }
}
