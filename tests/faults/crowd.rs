//! Many writers at once on one article, and one that holds it and does not move.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::full;
use super::scene::Scene;

const WRITERS: usize = 8;

#[test]
fn every_edit_of_eight_writers_on_one_article_is_there() {
    let each = if full() { 500 } else { 12 };
    let scene = Scene::new();
    let text: String = (0..WRITERS * each).map(|n| format!("Phrase numéro {n}.\n\n")).collect();
    fs::write(scene.at("seeds/long.txt"), text).unwrap();
    fs::write(scene.at("enregard.toml"), "[person]\nby = \"Anne\"\n[corpus]\nwait_seconds = 120\n").unwrap();
    thread::scope(|scope| {
        for writer in 0..WRITERS {
            let scene = &scene;
            scope.spawn(move || {
                for n in 0..each {
                    let (unit, english) =
                        (format!("long:{}", writer * each + n + 1), format!("Sentence {writer}/{n}."));
                    scene.ok(&["set", &unit, "--en", &english]);
                }
            });
        }
    });
    let file = fs::read_to_string(scene.at("alignments/long.jsonl")).unwrap();
    for writer in 0..WRITERS {
        for n in 0..each {
            assert!(
                file.contains(&format!("\"Sentence {writer}/{n}.\"")),
                "edit {n} of writer {writer} is not there"
            );
        }
    }
    scene.ok(&["coverage"]);
}

/// A process that is ended with its guard.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[test]
fn a_stopped_holder_is_named_within_ten_seconds() {
    let scene = Scene::new();
    // It holds the article while it waits for the text, which never comes.
    fs::write(scene.at("wait.sh"), "#!/bin/sh\nkill -STOP $PPID\n").unwrap();
    let mut command = scene.command(&["set", "canal:1", "--en", "Slow."]);
    // Stopped as soon as it has the lock: at its first rename.
    let traced = super::traced::can_trace();
    if !traced {
        return super::skip("strace is not here, or may not trace");
    }
    command = {
        let mut under = Command::new("strace");
        under.args([
            "-f",
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            "trace=rename",
            "-e",
            "inject=rename:signal=STOP:when=1",
        ]);
        under.arg(env!("CARGO_BIN_EXE_enregard")).args(["set", "canal:1", "--en", "Slow."]);
        drop(command);
        scene.settle(&mut under);
        under
    };
    let _stopped = Ended(command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap());
    let holder = scene.at("alignments/.journal/canal.holder");
    let begun = Instant::now();
    // The file is there before what it says.
    let held = loop {
        let held = fs::read_to_string(&holder).unwrap_or_default();
        if held.contains("Slow") {
            break held;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "it never took the lock: {held:?}");
        thread::sleep(Duration::from_millis(5));
    };
    let pid: String = held.chars().filter(char::is_ascii_digit).collect();
    let begun = Instant::now();
    let ran = scene.command(&["set", "canal:2", "--en", "Other."]).output().unwrap();
    let told = String::from_utf8_lossy(&ran.stderr);
    assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
    assert_eq!(ran.status.code(), Some(2), "{told}");
    assert!(told.contains(&pid[..pid.len().min(7)]) || told.contains("process"), "{told}");
    // Readers do not wait.
    scene.ok(&["export"]);
    let _ = Command::new("kill").args(["-KILL", &first_number(&held)]).status();
    scene.ok(&["set", "canal:2", "--en", "Other."]);
}

fn first_number(text: &str) -> String {
    text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect()
}
