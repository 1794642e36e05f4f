//! `switches make`: the package, every mutant of the room behind a switch, as far as it compiles.
//!
//! What the compiler refuses is taken out by the place of its errors, until nothing is refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::list::{self, Mutant, State};
use crate::render::{Mark, Of, render};
use crate::sites::{Site, sites};
use crate::{Result, outcome};

/// Where all is built: the same for all packages that stand beside each other, so that their dependencies are built once.
fn target(package: &Path) -> PathBuf {
    let beside = || package.parent().unwrap_or(package).join("target");
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(beside, PathBuf::from)
}

/// A `cargo` command in this package: the libraries fast, our own code too, and no lint stops it.
pub fn cargo(package: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(package).env("CARGO_TARGET_DIR", target(package));
    command.env("RUSTFLAGS", "--cap-lints=allow").env("CARGO_INCREMENTAL", "0");
    command.args(["--config", "profile.dev.opt-level=1", "--config", "profile.dev.debug=false"]);
    command.args(["--config", "profile.dev.package.\"*\".opt-level=2"]);
    command
}

struct File {
    plain: String,
    sites: Vec<Site>,
    marks: Vec<Mark>,
}

pub fn make(room: &str, package: &Path, repository: &str) -> Result<()> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("package");
    if !Command::new(script).arg(repository).arg(package).status()?.success() {
        return Err("the package could not be made".into());
    }
    for stale in ["switches.json", "baseline.json", "outcomes.jsonl"] {
        let _ = std::fs::rename(package.join(stale), package.join(format!("{stale}.old")));
    }
    let package = &package.canonicalize()?;
    let mut mutants = list::mutants(room, package)?;
    println!("{} mutants", mutants.len());

    let mut files = BTreeMap::new();
    let names: std::collections::BTreeSet<String> = mutants.iter().map(|each| each.file.clone()).collect();
    for name in names {
        let plain = std::fs::read_to_string(package.join(&name))?;
        let mut own: Vec<&mut Mutant> = mutants.iter_mut().filter(|each| each.file == name).collect();
        let sites = sites(&plain, &mut own).map_err(|error| format!("{name}: {error}"))?;
        files.insert(name, File { plain, sites, marks: Vec::new() });
    }
    let runtime = include_str!("switch.rs.txt").replace("SWITCHES", &(mutants.len() + 1).to_string());
    std::fs::write(package.join("src/switch.rs"), runtime)?;
    let lib = package.join("src/lib.rs");
    std::fs::write(&lib, format!("{}mod switch;\n", std::fs::read_to_string(&lib)?))?;

    loop {
        for (name, file) in &mut files {
            let rendered =
                render(&file.plain, &file.sites, |key| mutants[key as usize - 1].state == State::Switched);
            std::fs::write(package.join(name), rendered.text)?;
            file.marks = rendered.marks;
        }
        let errors = check(package)?;
        println!("{} errors, {} mutants switched", errors.len(), switched(&mutants));
        if errors.is_empty() {
            break;
        }
        let before = switched(&mutants);
        let unplaced: Vec<&Message> =
            errors.iter().filter(|error| !blame(error, &files, &mut mutants)).collect();
        if switched(&mutants) == before {
            let texts: Vec<&str> = unplaced.iter().filter_map(|error| error.rendered.as_deref()).collect();
            return Err(format!("these errors name no mutant:\n{}", texts.join("\n")).into());
        }
    }
    list::write(package, &mutants)?;
    outcome::write_unswitched(package, &mutants)?;
    outcome::print_table(package)
}

fn switched(mutants: &[Mutant]) -> usize {
    mutants.iter().filter(|each| each.state == State::Switched).count()
}

#[derive(Deserialize)]
struct Line {
    message: Option<Message>,
}

/// An error of the compiler.
#[derive(Deserialize)]
struct Message {
    level: String,
    message: String,
    code: Option<Code>,
    rendered: Option<String>,
    spans: Vec<Place>,
}

#[derive(Deserialize)]
struct Code {
    code: String,
}

/// The error of a `match` that does not cover all.
const NOT_EXHAUSTIVE: &str = "E0004";

#[derive(Deserialize)]
struct Place {
    file_name: String,
    byte_start: usize,
    byte_end: usize,
    is_primary: bool,
}

/// The errors that have a place.
fn check(package: &Path) -> Result<Vec<Message>> {
    let output =
        cargo(package, &["check", "--lib", "--message-format=json"]).stderr(Stdio::piped()).output()?;
    let mut errors = Vec::new();
    for line in output.stdout.split(|&byte| byte == b'\n') {
        let Ok(Line { message: Some(message) }) = serde_json::from_slice::<Line>(line) else { continue };
        if message.level == "error" && !message.spans.is_empty() {
            errors.push(message);
        }
    }
    if errors.is_empty() && !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(errors)
}

/// Takes out the mutants that this error names: of the smallest stretch around its place that is there because of a mutant.
fn blame(error: &Message, files: &BTreeMap<String, File>, mutants: &mut [Mutant]) -> bool {
    let is_match = error.code.as_ref().is_some_and(|code| code.code == NOT_EXHAUSTIVE);
    let mut places: Vec<&Place> = error.spans.iter().collect();
    places.sort_by_key(|place| !place.is_primary);
    let around = |place: &&Place| {
        let marks =
            files.get(&place.file_name)?.marks.iter().filter(|mark| is_match == (mark.of == Of::Match));
        let marks =
            marks.filter(|mark| mark.range.start <= place.byte_start && place.byte_end <= mark.range.end);
        marks.min_by_key(|mark| mark.range.len())
    };
    // An error between two of a mutant's places (a value moved here, used there) may name it only at the second.
    let Some(mark) = places.iter().filter_map(around).min_by_key(|mark| mark.of) else { return false };
    match (mark.of, &mark.keys[..]) {
        // Of several arms one may cover what another does, so they go one by one; only the last is known to be the cause.
        (Of::Match, [.., last]) if mark.keys.len() > 1 => {
            mutants[*last as usize - 1]
                .drop_as(State::Unswitched, "with other arms it leaves cases uncovered");
        }
        (of, keys) => {
            let state = if of == Of::Site { State::Unswitched } else { State::Uncompilable };
            keys.iter().for_each(|&key| mutants[key as usize - 1].drop_as(state, &error.message));
        }
    }
    true
}
