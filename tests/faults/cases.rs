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
}

/// Every case; one for each way in which something reaches the disk.
pub const CASES: &[Case] = &[
    case("set", nothing, &["set", "canal:5", "--en", "The bridge is open."]),
    case("the first set of an article", nothing, &["set", "neuf:1", "--en", "A new day begins."]),
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
    },
    case("import", table, &["import", "in.tsv"]),
    case("sync", changed, &["sync"]),
    case("sync --from", new_text, &["sync", "roy", "--from", "new.txt"]),
    case("add", new_text, &["add", "new.txt"]),
    case("describe", nothing, &["describe", "canal", "--title", "La fête du canal"]),
    case("dismiss", nothing, &["dismiss", "roy:2", "numbers"]),
    case("undo", nothing, &["undo"]),
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
    case("export -o", |s| fs::write(s.at("out.tsv"), "old").unwrap(), &["export", "-o", "out.tsv"]),
];

const fn case(name: &'static str, before: fn(&Scene), arguments: &'static [&'static str]) -> Case {
    Case { name, before, arguments, typed: &[] }
}

fn nothing(_: &Scene) {}

fn orphan(scene: &Scene) {
    fs::write(scene.at("seeds/roy.txt"), "Le roi dort.\n").unwrap();
    scene.ok(&["sync", "roy"]);
    let listed = String::from_utf8(scene.ok(&["show", "roy"]).stdout).unwrap();
    assert!(listed.contains("orphan"), "{listed}");
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
        let told = String::from_utf8_lossy(&ran.stdout).matches("entered\n").count();
        match self.typed.len() {
            0 => usize::from(ran.status.success()),
            all if ran.status.success() => all,
            _ => told,
        }
    }

    /// What is wrong with the files after a fault, if anything; `ran` is what the program said.
    pub fn fault(&self, scene: &Scene, states: &[State], ran: &Output) -> Option<String> {
        let now = scene.state();
        for path in states.iter().chain([&now]).flat_map(State::keys) {
            let bytes = now.get(path);
            // What an export could not read it leaves out, and says so.
            let left_out = String::from_utf8_lossy(&ran.stderr).contains("are not in what was written");
            if left_out && path.as_os_str() == "out.tsv" && bytes.is_some_and(|bytes| bytes.ends_with(b"\n"))
            {
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

    /// What is wrong with what the next writers do, if anything.
    pub fn fault_afterwards(&self, scene: &Scene) -> Option<String> {
        let before = scene.state();
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
