//! Commands typed in a terminal, with line editing.

use std::borrow::Cow;

use reedline::{
    EditCommand, Emacs, FileBackedHistory, KeyCode, KeyModifiers, Prompt, PromptEditMode,
    PromptHistorySearch, Reedline, ReedlineEvent, Signal, default_emacs_keybindings,
};

use super::Sitting;
use crate::cli::Failure;

/// Asks for each unit in turn, until the last is gone through or the person leaves.
pub(super) fn run(sitting: &mut Sitting) -> Result<(), Failure> {
    let mut editor = editor(sitting.terminal.colours_out())?;
    sitting.write(&["a accepts, n goes on, ? lists what else there is.".to_owned()]);
    let mut done = !sitting.show()?;
    while !done {
        let told = |error: std::io::Error| Failure::because("cannot read from the terminal", error);
        let mut line = match editor.read_line(&Label).map_err(told)? {
            Signal::Success(line) => line,
            _ => "q".to_owned(),
        };
        if matches!(line.trim(), "e" | "edit") {
            // The English is offered, to be changed.
            let english = sitting.review.view().ok().flatten().map(|view| view.unit.english());
            let offered = format!("e {}", english.unwrap_or_default());
            editor.run_edit_commands(&[EditCommand::Clear, EditCommand::InsertString(offered)]);
            line = match editor.read_line(&Label).map_err(told)? {
                Signal::Success(line) => line,
                _ => continue,
            };
        }
        match sitting.line(&line) {
            Ok(Ok(end)) => done = end,
            Ok(Err(why)) => sitting.write(&[format!("        {why}")]),
            // The person may make room on the disk and try again, or leave.
            Err(failure) => sitting.terminal.report(&failure),
        }
    }
    Ok(())
}

fn editor(colours: bool) -> Result<Reedline, Failure> {
    let sends = |command: &str| {
        ReedlineEvent::Multiple(vec![
            ReedlineEvent::Edit(vec![EditCommand::Clear, EditCommand::InsertString(command.to_owned())]),
            ReedlineEvent::Submit,
        ])
    };
    let mut keys = default_emacs_keybindings();
    keys.add_binding(KeyModifiers::CONTROL, KeyCode::Char('c'), sends("q"));
    keys.add_binding(KeyModifiers::NONE, KeyCode::PageUp, sends("b"));
    keys.add_binding(KeyModifiers::NONE, KeyCode::PageDown, sends("n"));
    keys.add_binding(KeyModifiers::NONE, KeyCode::F(1), sends("?"));
    keys.add_binding(KeyModifiers::CONTROL, KeyCode::Char('o'), ReedlineEvent::None);
    let history = FileBackedHistory::new(0)
        .map_err(|error| Failure::because("cannot edit lines in this terminal", error))?;
    Ok(Reedline::create()
        .with_edit_mode(Box::new(Emacs::new(keys)))
        .with_history(Box::new(history))
        .with_ansi_colors(colours)
        .use_bracketed_paste(true))
}

/// What stands before the line that is typed.
struct Label;

impl Prompt for Label {
    fn render_prompt_left(&self) -> Cow<'_, str> {
        "review  ".into()
    }

    fn render_prompt_right(&self) -> Cow<'_, str> {
        "".into()
    }

    fn render_prompt_indicator(&self, _: PromptEditMode) -> Cow<'_, str> {
        "".into()
    }

    fn render_prompt_multiline_indicator(&self) -> Cow<'_, str> {
        "        ".into()
    }

    fn render_prompt_history_search_indicator(&self, _: PromptHistorySearch) -> Cow<'_, str> {
        "".into()
    }
}
