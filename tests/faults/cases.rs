//! The commands that write, each with what was done before it.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use super::scene::{Scene, State};

/// One command that writes.
pub struct Case {
    pub name: &'static str,
    before: fn(&Scene),
    pub arguments: &'static [&'static str],
    /// What is typed, a line at a time: each line is an edit that is acknowledged by itself.
    typed: &'static [&'static str],
    /// How such an edit is acknowledged on standard output.
    told: &'static str,
    /// Whether it takes what it can of what it reads, and tells of the rest.
    partly: bool,
}

/// Every case; one for each way in which something reaches the disk.
pub const CASES: &[Case] = &[
    case("set", nothing, &["set", "canal:5", "--en", "The bridge is open."]),
    case("the first set of an article", nothing, &["set", "neuf:1", "--en", "A new day begins."]),
    case("the first set of a corpus", fresh, &["set", "neuf:1", "--en", "A new day begins."]),
    case("a status over two articles", nothing, &["set", "canal:2", "roy:1", "--status", "reviewed"]),
    case("merge", nothing, &["merge", "canal:2"]),
    case("split", |s| drop(s.ok(&["merge", "canal:2"])), &["split", "canal:2", "--after", "1"]),
    case("move", nothing, &["move", "canal:2", "next", "--en"]),
    case("drop", orphan, &["drop", "roy:2"]),
    Case {
        name: "translate, typed into a pipe",
        before: nothing,
        arguments: &["translate", "neuf"],
        typed: &["A new day begins.", "All is calm."],
        told: "entered\n",
        partly: false,
    },
    Case {
        name: "review, typed into a pipe",
        before: aligned,
        arguments: &["review", "neuf", "--unsure"],
        typed: &["a", "e All is quiet."],
        told: "  reviewed\n",
        partly: false,
    },
    case("translate --editor", editor, &["translate", "neuf", "--editor"]),
    case("import", table, &["import", "in.tsv"]),
    case("import of XLIFF", xliff, &["import", "in.xlf"]),
    case("align with an article", english, &["align", "neuf", "en/neuf.txt"]),
    case("align an article anew", aligned, &["align", "neuf", "en/other.txt"]),
    partly(case("align --pairs", english, &["align", "--pairs", "pairs.tsv"])),
    partly(case("align --batch", english, &["align", "--batch", "files.tsv", "-o", "out/beads"])),
    case("sync", changed, &["sync"]),
    case("sync --from", new_text, &["sync", "roy", "--from", "new.txt"]),
    case("add", new_text, &["add", "new.txt"]),
    case("describe", nothing, &["describe", "canal", "--title", "La fête du canal"]),
    case("dismiss", nothing, &["dismiss", "roy:2", "numbers"]),
    case("undo", nothing, &["undo"]),
    case("undo of a text that was aligned", aligned, &["undo"]),
    case(
        "undo of a new text",
        |s| {
            new_text(s);
            s.ok(&["sync", "roy", "--from", "new.txt"]);
        },
        &["undo"],
    ),
    case("redo", |s| drop(s.ok(&["undo"])), &["redo"]),
    case("fmt", mangled, &["fmt"]),
    case("init", no_git, &["init"]),
    case("glossary accept", terms, &["glossary", "accept", "new.tsv"]),
    Case {
        name: "glossary propose --ask",
        before: repeated,
        arguments: &["glossary", "propose", "--least", "2", "--ask"],
        typed: &["y", "y"],
        // The next question is all that says so before the end.
        told: "\n2/2  ",
        partly: false,
    },
    partly(case("export -o", |s| fs::write(s.at("out.tsv"), "old").unwrap(), &["export", "-o", "out.tsv"])),
    partly(case("export of a container", nothing, &["export", "-o", "out.docx"])),
    partly(case("export into a folder", nothing, &["export", "--to", "omegat", "-o", "out"])),
    partly(case("export --dataset", nothing, &["export", "--dataset", "out/set"])),
    case("convert", table, &["convert", "in.tsv", "out.po"]),
    partly(case("coverage --html", nothing, &["coverage", "--html", "out.html", "--badge", "badge.svg"])),
    partly(case("lexicon learn", nothing, &["lexicon", "learn", "-o", "lexicon.tsv"])),
    #[cfg(feature = "tokens")]
    partly(case("tokens train", nothing, &["tokens", "train", "-o", "tokenizer.json"])),
];

/// Every other way out: they share the paths above, and only the order in which they reach the disk is looked at.
pub const FORMATS: &[Case] = &[
    case("csv", nothing, &["export", "-o", "out.csv"]),
    case("tmx", nothing, &["export", "-o", "out.tmx"]),
    case("xliff", nothing, &["export", "-o", "out.xlf"]),
    case("xliff1", nothing, &["export", "--to", "xliff1", "-o", "out.xlf"]),
    case("xces", nothing, &["export", "--to", "xces", "-o", "out"]),
    case("html", nothing, &["export", "-o", "out.html"]),
    case("epub", nothing, &["export", "-o", "out.epub"]),
    case("text", nothing, &["export", "--to", "text", "-o", "out.txt"]),
    case("jsonl", nothing, &["export", "-o", "out.jsonl"]),
    case("plain", nothing, &["export", "--to", "plain", "-o", "out"]),
    case("po", nothing, &["export", "-o", "out.po"]),
    case("anki", nothing, &["export", "--to", "anki", "-o", "out.txt"]),
    #[cfg(feature = "xlsx")]
    case("xlsx", nothing, &["export", "-o", "out.xlsx"]),
    #[cfg(feature = "parquet")]
    case("parquet", nothing, &["export", "-o", "out.parquet"]),
    #[cfg(feature = "anki")]
    case("apkg", nothing, &["export", "-o", "out.apkg"]),
    case("the English alone", nothing, &["export", "--side", "en", "--partial", "--to", "text", "-o", "out"]),
    case("editions", editions, &["export", "--editions", "main,other", "-o", "out.tsv"]),
    case("convert into a folder", table, &["convert", "in.tsv", "out", "--to", "xces"]),
    case("lexicon export", nothing, &["lexicon", "export", "-o", "lexicon.tsv"]),
];

/// What writes nothing of a person's: each with the reason.
const READERS: &[(&str, &str)] = &[
    ("check", "reads"),
    ("compare", "reads"),
    ("completions", "writes to standard output"),
    ("find", "reads"),
    ("formats", "reads"),
    ("help", "reads"),
    ("history", "reads"),
    ("list", "reads"),
    ("man", "writes pages that it can write again"),
    ("segment", "writes to standard output"),
    ("serve", "in serve.rs"),
    ("show", "reads"),
];

#[test]
fn every_command_is_a_case_or_known_to_write_nothing() {
    let scene = Scene::new();
    let help = String::from_utf8(scene.ok(&["--help"]).stdout).unwrap();
    let listed = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = listed
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.len() > 25, "{names:?}");
    let in_cases = |name: &&str| CASES.iter().any(|case| case.arguments[0] == *name);
    let reads = |name: &&str| READERS.iter().any(|(reader, _)| reader == name);
    for name in names {
        assert!(in_cases(&name) != reads(&name), "{name}: in CASES or in READERS, and not in both");
    }
}

#[test]
fn every_format_that_is_written_is_a_case() {
    let scene = Scene::new();
    let listed = String::from_utf8(scene.ok(&["formats", "--json"]).stdout).unwrap();
    let formats: serde_json::Value = serde_json::from_str(&listed).unwrap();
    for format in formats.as_array().unwrap() {
        let name = format["name"].as_str().unwrap();
        let named = |case: &Case| case.name == name || case.arguments.contains(&name);
        let as_a_case = ["tsv", "docx", "dataset"].contains(&name);
        let here = format["writes"] == true && format["built"] == true;
        assert!(!here || as_a_case || CASES.iter().chain(FORMATS).any(named), "{name}: {format}");
    }
}

const fn case(name: &'static str, before: fn(&Scene), arguments: &'static [&'static str]) -> Case {
    Case { name, before, arguments, typed: &[], told: "", partly: false }
}

const fn partly(case: Case) -> Case {
    Case { partly: true, ..case }
}

fn nothing(_: &Scene) {}

fn orphan(scene: &Scene) {
    fs::write(scene.at("seeds/roy.txt"), "Le roi dort.\n").unwrap();
    scene.ok(&["sync", "roy"]);
    let listed = String::from_utf8(scene.ok(&["show", "roy"]).stdout).unwrap();
    assert!(listed.contains("orphan"), "{listed}");
}

/// A corpus that nothing was done in yet.
fn fresh(scene: &Scene) {
    fs::remove_dir_all(scene.at("alignments")).unwrap();
}

fn no_git(scene: &Scene) {
    fs::write(scene.at(".gitattributes"), "*.md text").unwrap();
    fs::remove_file(scene.at(".gitignore")).unwrap();
}

fn terms(scene: &Scene) {
    fs::write(scene.at("glossary.tsv"), "canal\tcanal").unwrap();
    fs::write(scene.at("new.tsv"), "roi\tking\nreine\tqueen\n").unwrap();
}

/// An editor in which a line is typed below each sentence, unless it stands there from before; it flushes what it saves.
fn editor(scene: &Scene) {
    let typed = "grep -q '^All is calm' \"$1\" && exit\n\
        all=$(sed '/^> /a All is calm.' \"$1\") && printf '%s\\n' \"$all\" > \"$1\" && sync \"$1\"\n";
    fs::write(scene.at("editor.sh"), typed).unwrap();
}

/// Two words that always have the same English.
fn repeated(scene: &Scene) {
    let text = "Le pont est long. Le pont est beau. Le phare est long. Le phare est beau.\n";
    fs::write(scene.at("seeds/port.txt"), text).unwrap();
    let english = ["The bridge is long.", "The bridge is fine.", "The lamp is long.", "The lamp is fine."];
    for (at, english) in (1..).zip(english) {
        scene.ok(&["set", &format!("port:{at}"), "--en", english]);
    }
}

fn english(scene: &Scene) {
    fs::create_dir(scene.at("en")).unwrap();
    for (name, text) in [
        ("neuf.txt", "A new day begins. All is calm.\n"),
        ("other.txt", "A new day is beginning. Everything is calm.\n"),
        ("roy.txt", "The king sleeps. The queen reads a book of 300 pages.\n\nThe dog is awake.\n"),
        ("pairs.tsv", ""),
    ] {
        fs::write(scene.at("en").join(name), text).unwrap();
    }
    fs::write(scene.at("pairs.tsv"), "neuf\ten/neuf.txt\nroy\ten/roy.txt\n").unwrap();
    let files = "neuf\tseeds/neuf.txt\ten/neuf.txt\nroy\tseeds/roy.txt\ten/roy.txt\n";
    fs::write(scene.at("files.tsv"), files).unwrap();
}

fn aligned(scene: &Scene) {
    english(scene);
    scene.ok(&["align", "neuf", "en/neuf.txt"]);
}

fn editions(scene: &Scene) {
    english(scene);
    scene.ok(&["align", "neuf", "en/neuf.txt"]);
    scene.ok(&["align", "neuf", "en/other.txt", "--edition", "other"]);
}

fn xliff(scene: &Scene) {
    let out = String::from_utf8(scene.ok(&["export", "--to", "xliff"]).stdout).unwrap();
    let edited =
        out.replace("The king is asleep.", "The king sleeps.").replace("on the canal.", "on the water.");
    assert_ne!(out, edited);
    fs::write(scene.at("in.xlf"), edited).unwrap();
}

fn table(scene: &Scene) {
    let out = String::from_utf8(scene.ok(&["export", "--dialect", "plain"]).stdout).unwrap();
    let edited =
        out.replace("The king is asleep.", "The king sleeps.").replace("on the canal.", "on the water.");
    assert_ne!(out, edited);
    fs::write(scene.at("in.tsv"), edited).unwrap();
}

fn changed(scene: &Scene) {
    for (name, from, to) in [("canal", "hier soir", "hier matin"), ("roy", "un livre", "un roman")] {
        let path = scene.at(&format!("seeds/{name}.txt"));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, text.replace(from, to)).unwrap();
    }
}

fn new_text(scene: &Scene) {
    fs::write(scene.at("new.txt"), "Le roi dort encore. La reine lit un livre.\n").unwrap();
}

fn mangled(scene: &Scene) {
    let path = scene.at("alignments/roy.jsonl");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, text.replace("\n\n", "\n").replace("{\"id\"", "{ \"id\"")).unwrap();
}

impl Case {
    /// The corpus as it is before the command.
    pub fn scene(&self) -> Scene {
        let scene = Scene::new();
        (self.before)(&scene);
        scene
    }

    /// Every state that the files may be seen in: before, after each line that was typed, and after all.
    pub fn states(&self, scene: &Scene) -> Vec<State> {
        let mut states = vec![scene.state()];
        for lines in self.typed.len().min(1)..=self.typed.len() {
            let copy = scene.copy();
            let ran = self.feed(copy.command(self.arguments), lines);
            assert!(ran.status.success(), "{}: {}", self.name, String::from_utf8_lossy(&ran.stderr));
            states.push(copy.state());
        }
        assert!(states.windows(2).all(|pair| pair[0] != pair[1]), "{}: changes nothing", self.name);
        states
    }

    /// Runs a command with all that is typed.
    pub fn run(&self, command: Command) -> Output {
        self.feed(command, self.typed.len())
    }

    fn feed(&self, mut command: Command, lines: usize) -> Output {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut input = child.stdin.take().unwrap();
        for line in &self.typed[..lines] {
            // A process that was killed reads no more.
            let _ = writeln!(input, "{line}");
        }
        drop(input);
        child.wait_with_output().unwrap()
    }

    /// How many edits the program has acknowledged in its output.
    pub fn acknowledged(&self, ran: &Output) -> usize {
        match self.typed.len() {
            0 => usize::from(ran.status.success()),
            all if ran.status.success() => all,
            _ => String::from_utf8_lossy(&ran.stdout).matches(self.told).count(),
        }
    }

    /// What is wrong with the files after a fault, if anything; `ran` is what the program said.
    pub fn fault(&self, scene: &Scene, states: &[State], ran: &Output) -> Option<String> {
        let now = scene.state();
        for path in states.iter().chain([&now]).flat_map(State::keys) {
            let bytes = now.get(path);
            // What it could not read is left out, and that was told.
            let told = !ran.status.success() && !ran.stderr.is_empty();
            if self.partly && told && bytes.is_some_and(|bytes| !bytes.is_empty()) {
                continue;
            }
            let Some(reached) = states.iter().rposition(|state| state.get(path) == bytes) else {
                return Some(format!("{} is neither old nor new", path.display()));
            };
            // A file that the last state changed no more is reached by any.
            if reached < self.acknowledged(ran) {
                return Some(format!("{}: an acknowledged edit is not there", path.display()));
            }
        }
        if ran.status.success() && !scene.left_over().is_empty() {
            return Some(format!("left over: {:?}", scene.left_over()));
        }
        None
    }

    /// What is wrong with the same command when there is room again, if anything.
    pub fn fault_with_room(&self, scene: &Scene, states: &[State]) -> Option<String> {
        let ran = self.run(scene.command(self.arguments));
        if !ran.status.success() {
            return Some(format!("with room again: {}", String::from_utf8_lossy(&ran.stderr)));
        }
        (Some(&scene.state()) != states.last()).then(|| "with room again it does something else".to_owned())
    }

    /// What is wrong with what the next writers do, if anything.
    pub fn fault_afterwards(&self, scene: &Scene) -> Option<String> {
        let before = scene.state();
        if self.partly {
            // What it did write can be read.
            let read = scene.command(&["coverage"]).output().unwrap();
            if !read.status.success() {
                return Some(format!("coverage afterwards: {}", String::from_utf8_lossy(&read.stderr)));
            }
        }
        let next = scene.command(&["set", "canal:1", "--note", "seen afterwards"]).output().unwrap();
        // A text that was replaced, with its units not yet carried over, asks for a sync first.
        if !next.status.success() {
            return Some(format!("the next writer: {}", String::from_utf8_lossy(&next.stderr)));
        }
        let with = fs::read_to_string(scene.at("alignments/canal.jsonl")).unwrap();
        if !with.contains("seen afterwards") {
            return Some("the next writer's edit is not there".to_owned());
        }
        let undone = scene.command(&["undo"]).output().unwrap();
        if !undone.status.success() || scene.state() != before {
            return Some(format!("undo of the next edit: {}", String::from_utf8_lossy(&undone.stderr)));
        }
        for folder in ["seeds", "alignments"] {
            let temporary = |path: &std::path::PathBuf| {
                path.starts_with(scene.at(folder)) && !path.starts_with(scene.at("alignments/.journal"))
            };
            if let Some(left) = scene.left_over().iter().find(|path| temporary(path)) {
                return Some(format!("left over after the next writer: {}", left.display()));
            }
        }
        None
    }
}
