//! How the program behaves among others: help, exit codes, closed pipes, shells, `NO_COLOR`.

use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;

/// The program, in a folder that is no corpus: nothing here writes to it.
fn enregard() -> Command {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.env_clear().current_dir(std::env::temp_dir());
    command
}

fn output(arguments: &[&str]) -> String {
    let ran = enregard().args(arguments).assert().code(0).stderr("");
    String::from_utf8(ran.get_output().stdout.clone()).unwrap()
}

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let help = output(&["--help"]);
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let named = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(str::to_owned);
    let names = list.lines().filter_map(|line| named(line)?.split(' ').next().map(str::to_owned));
    names.filter(|name| name != "help").collect()
}

#[test]
fn every_command_has_help_with_an_example() {
    let commands = commands();
    assert!(commands.len() > 5, "{commands:?}");
    for command in commands {
        let help = output(&[&command, "--help"]);
        assert!(
            help.contains("Example") && help.matches(&format!("enregard {command}")).count() > 1,
            "{command}: {help}"
        );
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{command}: a line is too long");
        assert!(!output(&[&command, "-h"]).is_empty());
    }
}

#[test]
fn asked_nothing_it_says_what_to_type_first() {
    let overview = output(&[]);
    assert!(
        overview.contains("You are in no corpus yet") && overview.contains("enregard init"),
        "{overview}"
    );
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = enregard().current_dir(corpus).assert().code(0).stderr("");
    let overview = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert!(
        overview.contains("You are in a corpus of 5 articles.") && !overview.contains("init"),
        "{overview}"
    );
    let commands = commands();
    for typed in overview.lines().filter_map(|line| line.strip_prefix("  enregard ")) {
        let name = typed.split(' ').next().unwrap();
        assert!(commands.iter().any(|command| command == name), "{name}");
    }
}

#[test]
fn the_version_is_one_line() {
    assert_eq!(output(&["--version"]), format!("enregard {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn what_is_typed_wrongly_ends_with_2_and_says_nothing_on_standard_output() {
    for arguments in
        [&["no-such-command"][..], &["--no-such-option"], &["completions"], &["completions", "no-shell"]]
    {
        let ran = enregard().args(arguments).assert().code(2).stdout("");
        let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(told.starts_with("error: ") && told.contains("--help"), "{told}");
    }
}

#[test]
fn a_message_holds_nothing_that_a_terminal_would_obey() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = enregard().current_dir(corpus).args(["translate", "x\u{1B}[31my"]).assert().code(2).stdout("");
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(told.contains("`x<U+001B>[31my`") && !told.contains('\u{1B}'), "{told}");
}

#[test]
fn no_command_panics_where_there_is_no_corpus() {
    for command in commands() {
        // `init` makes its folder a corpus: each has a folder of its own.
        let folder = tempfile::tempdir().unwrap();
        let ran = enregard().current_dir(folder.path()).arg(&command).write_stdin("").output().unwrap();
        let told = String::from_utf8(ran.stderr).unwrap();
        assert!(matches!(ran.status.code(), Some(0 | 2)), "{command}: {:?} {told}", ran.status);
        assert!(!told.contains("panicked") && !told.contains("\x1b["), "{command}: {told}");
    }
}

/// Runs a command whose output is read by nobody, or by one who stops after a line.
fn cut_short(folder: &Path, arguments: &[&str], a_line: bool) -> (Option<i32>, String) {
    let program = assert_cmd::cargo::cargo_bin("enregard");
    let mut child = Process::new(program)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
    if a_line {
        std::io::BufRead::read_line(&mut out, &mut String::new()).unwrap();
    }
    drop(out);
    let ended = child.wait_with_output().unwrap();
    (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    // More than any pipe holds.
    let text: String = (0..9000).map(|number| format!("Le vent numéro {number} souffle fort.\n\n")).collect();
    fs::write(folder.path().join("seeds/roy.txt"), text).unwrap();
    let mut told = vec![
        vec![],
        vec!["--help"],
        vec!["--version"],
        vec!["completions", "bash"],
        vec!["man"],
        vec!["translate", "--help"],
    ];
    let commands = commands();
    for more in
        [&["export"][..], &["show", "roy"], &["list"], &["coverage"], &["coverage", "--list"], &["check"]]
    {
        if commands.iter().any(|command| command == more[0]) {
            told.push(more.to_vec());
        }
    }
    for arguments in told {
        for a_line in [false, true] {
            let (code, stderr) = cut_short(folder.path(), &arguments, a_line);
            assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
            assert!(!stderr.contains("error") && !stderr.contains("panicked"), "{arguments:?}: {stderr}");
        }
    }
}

#[cfg(unix)]
#[test]
fn closed_streams_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), "Il pleut.\n\nIl vente.\n").unwrap();
    let program = assert_cmd::cargo::cargo_bin("enregard");
    for (shell, code) in [
        ("echo One. | \"$0\" translate roy 2>&-", 0),
        ("\"$0\" no-such-command 2>&-", 2),
        ("\"$0\" translate no-such-article 2>&-", 2),
        ("\"$0\" translate roy <&-", 0),
        ("echo Two. | \"$0\" translate roy >&- 2>&-", 0),
    ] {
        let ended = Process::new("/bin/sh")
            .args(["-c", shell])
            .arg(&program)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert_eq!(ended.code(), Some(code), "{shell}");
    }
    let file = fs::read_to_string(folder.path().join("alignments/roy.jsonl")).unwrap();
    assert!(file.contains(r#""en":["One."]"#) && file.contains(r#""en":["Two."]"#), "{file}");
}

/// Runs a program of this computer on a text; nothing where it is not installed.
fn judged_by(program: &str, arguments: &[&str], text: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("text");
    fs::write(&path, text).unwrap();
    let ran = Process::new(program).args(arguments).arg(&path).stdin(Stdio::null()).output();
    let Ok(ran) = ran else {
        eprintln!("skipped: there is no {program}");
        return None;
    };
    let told = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{program}: {told}");
    Some(told)
}

#[test]
fn shells_accept_their_completions() {
    for (shell, arguments) in [("bash", &["-n"][..]), ("zsh", &["-n"]), ("fish", &["--no-execute"])] {
        let script = output(&["completions", shell]);
        assert!(script.contains("translate"));
        if let Some(told) = judged_by(shell, arguments, &script) {
            assert_eq!(told, "", "{shell}");
        }
    }
}

#[test]
fn manual_pages_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("man/man1");
    enregard().arg("man").arg("--into").arg(&into).assert().code(0).stdout("");
    for command in commands() {
        let page = fs::read_to_string(into.join(format!("enregard-{command}.1"))).unwrap();
        assert!(page.contains("Example"), "{command}");
        if let Some(told) = judged_by("man", &["--warnings", "-l"], &page) {
            assert!(told.contains(&command) && !told.contains("warning:"), "{told}");
        }
    }
    assert!(output(&["man"]).starts_with(".ie"));
}
