//! The editor's server: killed and refused its disk while a page saves, undoes and brings a text.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use super::scene::{Scene, State};
use super::traced::{calls, can_trace, counted};
use super::{full, skip};

/// Without `ENREGARD_FULL`, every so many-th point.
const STRIDE: usize = 29;

/// The calls by which the server works with files; those on sockets are among them.
const CALLS: &[&str] = &[
    "openat",
    "read",
    "write",
    "fsync",
    "rename",
    "unlink",
    "mkdir",
    "ftruncate",
    "flock",
    "statx",
    "getdents64",
    "lseek",
    "fcntl",
];

/// A server under `strace`, if that is wanted, and what its page knows.
struct Served {
    child: Child,
    address: String,
    secret: String,
}

impl Served {
    /// Starts it; none where a fault ended it before it could answer.
    fn start(scene: &Scene, log: &Path, options: &[&str]) -> Option<Served> {
        let mut command = Command::new("timeout");
        command.args(["-s", "KILL", "60", "strace", "-f", "-y", "-s", "0", "-o"]).arg(log).args(options);
        command.arg(env!("CARGO_BIN_EXE_enregard")).args(["serve", "--no-open", "--port", "0", "--quiet"]);
        scene.settle(&mut command);
        let told = std::fs::File::create(scene.at(".told")).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(told).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        let mut served = Served { child, address, secret: String::new() };
        let session = served.ask("GET", "/api/session", &[], &Value::Null);
        let Some((200, session)) = session else { return None };
        served.secret = session["secret"].as_str().unwrap().to_owned();
        Some(served)
    }

    /// One request; none where no whole answer came.
    fn ask(&self, method: &str, path: &str, more: &[(&str, &str)], body: &Value) -> Answer {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        let Served { address, secret, .. } = self;
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
        let body = if method == "GET" { String::new() } else { body.to_string() };
        if method != "GET" {
            head += &format!("Origin: http://{address}\r\nX-Enregard-Secret: {secret}\r\n");
            head += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        }
        for (name, value) in more {
            head += &format!("{name}: {value}\r\n");
        }
        write!(stream, "{head}\r\n{body}").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let code = head.split(' ').nth(1)?.parse().ok()?;
        Some((code, serde_json::from_str(body).ok()?))
    }

    /// What a page does, as far as `count`; answers how many of the changes were acknowledged.
    fn work(&self, count: usize) -> usize {
        let mut done = 0;
        for change in &CHANGES[..count] {
            match change(self) {
                Some((200, _)) => done += 1,
                // A later change over one that was refused would be another history.
                _ => break,
            }
        }
        done
    }

    fn set(&self, article: &str, at: usize, en: &str) -> Answer {
        let (_, units) = self.ask("GET", &format!("/api/articles/{article}/units"), &[], &Value::Null)?;
        let unit = units["units"].get(at)?;
        let path = format!("/api/articles/{article}/units/{}", unit["id"].as_str()?);
        let tag = format!("\"{}\"", unit["tag"].as_str()?);
        self.ask("PATCH", &path, &[("If-Match", &tag)], &json!({ "en": en }))
    }
}

impl Drop for Served {
    /// Ends the server, too: `timeout` makes a group of all that it starts.
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

/// The code and the body of an answer, if a whole one came.
type Answer = Option<(u16, Value)>;

/// What is done on the page, in order.
const CHANGES: &[fn(&Served) -> Answer] = &[
    |site| site.set("canal", 4, "The bridge is open."),
    |site| site.set("neuf", 0, "A new day begins."),
    |site| site.ask("POST", "/api/undo", &[], &json!({})),
    |site| {
        let english = json!({ "text": "A new day begins. All is calm.\n", "anyway": true });
        site.ask("POST", "/api/articles/neuf/align", &[], &english)
    },
];

/// The state before, and after each of the changes; and which calls were made, how often.
fn undisturbed(scene: &Scene) -> (Vec<State>, BTreeMap<String, usize>) {
    let mut states = vec![scene.state()];
    let log = tempfile::NamedTempFile::new().unwrap();
    for count in 1..=CHANGES.len() {
        let copy = scene.copy();
        let served = Served::start(&copy, log.path(), &[]).unwrap();
        assert_eq!(served.work(count), count, "the changes before number {count} work");
        drop(served);
        states.push(copy.state());
    }
    (states, counted(&calls(log.path())))
}

/// What is wrong once the server has met this fault, if anything.
fn fault(scene: &Scene, states: &[State], name: &str, nth: usize, how: &str) -> Option<String> {
    let copy = scene.copy();
    let log = tempfile::NamedTempFile::new().unwrap();
    let inject = format!("inject={name}:{how}:when={nth}");
    let only = format!("trace={name}");
    let options = ["--seccomp-bpf", "-e", only.as_str(), "-e", inject.as_str()];
    let served = Served::start(&copy, log.path(), &options);
    let acknowledged = served.as_ref().map_or(0, |served| served.work(CHANGES.len()));
    drop(served);
    let told = std::fs::read_to_string(copy.at(".told")).unwrap_or_default();
    // A runtime that cannot wake itself, which no kernel refuses, ends the process; what counts then is what is on disk.
    if told.contains("panicked") && !told.contains("failed to wake I/O driver") {
        return Some(told);
    }
    // What came last may be there without its answer having arrived.
    let now = copy.state();
    let reached = acknowledged..=(acknowledged + 1).min(CHANGES.len());
    for path in states.iter().chain([&now]).flat_map(State::keys) {
        if !states[reached.clone()].iter().any(|state| state.get(path) == now.get(path)) {
            return Some(format!("{} is not as after {acknowledged} changes", path.display()));
        }
    }
    let next = copy.command(&["set", "canal:1", "--note", "seen afterwards"]).output().unwrap();
    if !next.status.success() {
        return Some(format!("the next writer: {}", String::from_utf8_lossy(&next.stderr)));
    }
    let undone = copy.command(&["undo"]).output().unwrap();
    (!undone.status.success() || copy.state() != now).then(|| "undo of the next edit".to_owned())
}

fn each_point(hows: &[&str], stride: usize) {
    if !can_trace() {
        return skip("strace is not here, or may not trace");
    }
    let scene = Scene::new();
    let (states, counts) = undisturbed(&scene);
    let (mut number, mut points, mut faults) = (0, 0, Vec::new());
    for (name, count) in counts.iter().filter(|(name, _)| CALLS.contains(&name.as_str())) {
        for nth in 1..=*count {
            for how in hows {
                number += 1;
                if !full() && !usize::is_multiple_of(number, stride) {
                    continue;
                }
                points += 1;
                if let Some(fault) = fault(&scene, &states, name, nth, how) {
                    faults.push(format!("{how} at {name} {nth}: {fault}"));
                }
            }
        }
    }
    eprintln!("serve: {points} points of {}, {} violations", hows.join(", "), faults.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_server_that_is_killed_has_what_it_acknowledged() {
    each_point(&["signal=KILL"], STRIDE);
}

#[test]
fn a_server_whose_disk_refuses_acknowledges_nothing_that_is_not_there() {
    each_point(&["error=EIO", "error=ENOSPC", "error=EACCES"], 3 * STRIDE);
}
