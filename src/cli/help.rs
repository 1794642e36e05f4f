//! How help looks on a screen: paragraphs as wide as the terminal, examples last, where they are found.
//!
//! The doc comments of the commands are the source; manual pages take them as they are.

use clap::Command;

/// The same command line with its help laid out, that of the commands within it too.
pub(super) fn laid_out(command: Command) -> Command {
    let about = command.get_about().map(|about| about.to_string().trim_end_matches('.').to_owned());
    let long = command.get_long_about().map(ToString::to_string);
    let mut command = command.mut_subcommands(laid_out);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(long) = long {
        let (text, examples) = parted(&long);
        command = command.long_about(text);
        if let Some(examples) = examples {
            command = command.after_help(examples);
        }
    }
    command
}

/// A help text as paragraphs of one line each, and its examples with a line each.
fn parted(long: &str) -> (String, Option<String>) {
    let mut text: Vec<String> = Vec::new();
    let mut examples: Vec<String> = Vec::new();
    for paragraph in long.split("\n\n") {
        if let Some(one) = paragraph.strip_prefix("Example: ") {
            // `command` and what is said of it.
            let mut parts = one.trim().trim_start_matches('`').splitn(2, '`');
            let typed = parts.next().unwrap_or_default();
            let said = parts.next().unwrap_or_default().trim().trim_end_matches('.');
            examples.push(match said {
                "" => format!("  {typed}"),
                said => format!("  {typed}   # {said}"),
            });
        } else if let Some(many) = paragraph.strip_prefix("Examples:\n") {
            examples.extend(many.lines().map(|line| format!("  {}", line.trim())));
        } else if let Some(several) = paragraph.strip_prefix("Examples: ") {
            // `command`, or `command`.
            examples.extend(several.split('`').skip(1).step_by(2).map(|typed| format!("  {typed}")));
        } else {
            text.push(joined(paragraph));
        }
    }
    let heading = if examples.len() == 1 { "Example:" } else { "Examples:" };
    let shown = (!examples.is_empty()).then(|| format!("{heading}\n{}", examples.join("\n")));
    (text.join("\n\n"), shown)
}

/// A paragraph on one line; lines that are indented or listed stay lines.
fn joined(paragraph: &str) -> String {
    let mut text = String::new();
    for line in paragraph.lines() {
        let stays = line.starts_with([' ', '-', '*']);
        if !text.is_empty() {
            text.push(if stays { '\n' } else { ' ' });
        }
        text.push_str(line);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_flow_and_examples_come_last() {
        let (text, examples) =
            parted("Do it.\n\nOne\ntwo:\n  - list\n\nExamples:\n  enregard a\n  enregard b");
        assert_eq!(text, "Do it.\n\nOne two:\n  - list");
        assert_eq!(examples.unwrap(), "Examples:\n  enregard a\n  enregard b");
        let (_, examples) = parted("Do it.\n\nExample: `enregard a` for that.");
        assert_eq!(examples.unwrap(), "Example:\n  enregard a   # for that");
        let (_, examples) = parted("Do it.\n\nExamples: `enregard a`, or `enregard b`");
        assert_eq!(examples.unwrap(), "Examples:\n  enregard a\n  enregard b");
        assert_eq!(parted("Do it."), ("Do it.".to_owned(), None));
    }
}
