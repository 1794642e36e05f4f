//! The order in which a writing command reaches the disk: write, flush, rename, flush the folder, then acknowledge.

use std::collections::BTreeMap;

use super::cases::{CASES, Case, FORMATS};
use super::skip;
use super::traced::{Call, can_trace, recorded};

/// What stands between the `n`-th pair of quotes of a log's line.
fn quoted(line: &str, n: usize) -> Option<&str> {
    line.split('"').nth(2 * n + 1)
}

/// The path that `strace -y` shows for the first descriptor: `fsync(5</corpus/x>)`.
fn described(line: &str) -> Option<&str> {
    line.split_once('<')?.1.split_once('>').map(|(path, _)| path)
}

fn succeeded(call: &Call) -> bool {
    !call.line.contains(" = -1 ")
}

/// What is wrong with the order of these calls in a corpus at `root`.
fn faults(calls: &[Call], root: &str) -> Vec<String> {
    let mut faults = Vec::new();
    // By path: whether what was written to it is flushed; by folder: a rename that is not.
    let mut flushed: BTreeMap<&str, bool> = BTreeMap::new();
    let mut renamed: BTreeMap<String, &str> = BTreeMap::new();
    let absolute = |path: &str| {
        let path = path.strip_prefix(root).map_or(path, |below| below.trim_start_matches('/'));
        let path = path.trim_start_matches("./");
        if path.starts_with('/') { path.to_owned() } else { format!("{root}/{path}") }
    };
    for call in calls.iter().filter(|call| succeeded(call)) {
        match call.name.as_str() {
            "write" | "pwrite64" | "ftruncate" | "copy_file_range" => {
                let Some(path) = described(&call.line) else { continue };
                if path.starts_with(root) && !path.ends_with(".holder") && !path.ends_with(".gitignore") {
                    flushed.insert(path, false);
                } else if call.line.starts_with("write(1<") {
                    for (path, done) in &flushed {
                        if !done {
                            faults.push(format!("acknowledged before {path} was flushed"));
                        }
                    }
                    for (folder, path) in &renamed {
                        faults.push(format!("acknowledged before {folder} was flushed for {path}"));
                    }
                }
            }
            "fsync" | "fdatasync" => {
                let Some(path) = described(&call.line) else { continue };
                flushed.insert(path, true);
                renamed.remove(path);
            }
            "rename" | "renameat" | "renameat2" => {
                let (Some(from), Some(to)) = (quoted(&call.line, 0), quoted(&call.line, 1)) else { continue };
                let (from, to) = (absolute(from), absolute(to));
                if flushed.get(from.as_str()) != Some(&true) {
                    faults.push(format!("{from} was renamed before it was flushed"));
                }
                if let Some((folder, _)) = to.rsplit_once('/') {
                    renamed.insert(folder.to_owned(), quoted(&call.line, 1).unwrap_or_default());
                }
            }
            // A folder that is made has a name to be flushed, too.
            "mkdir" | "mkdirat" => {
                let Some(made) = quoted(&call.line, 0) else { continue };
                if let Some((folder, _)) = absolute(made).rsplit_once('/')
                    && folder.starts_with(root)
                {
                    renamed.insert(folder.to_owned(), made);
                }
            }
            _ => {}
        }
    }
    for (path, done) in flushed {
        if !done {
            faults.push(format!("{path} is never flushed"));
        }
    }
    for (folder, path) in renamed {
        faults.push(format!("{folder} is never flushed for {path}"));
    }
    faults
}

#[test]
fn every_writing_command_flushes_before_it_renames_and_before_it_acknowledges() {
    if !can_trace() {
        return skip("strace is not here, or may not trace");
    }
    let mut wrong = Vec::new();
    // Thousands of files that can be made again from texts that stay: whole or absent, and not waited for.
    let awaited = |case: &&Case| case.name != "align --batch";
    for case in CASES.iter().chain(FORMATS).filter(awaited) {
        let scene = case.scene();
        let copy = scene.copy();
        let calls = recorded(case, &copy);
        assert!(
            calls.iter().any(|call| call.name == "fsync" || call.name == "fdatasync"),
            "{}: nothing is flushed",
            case.name
        );
        let root = copy.root().to_string_lossy().into_owned();
        wrong.extend(faults(&calls, &root).into_iter().map(|fault| format!("{}: {fault}", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_order_would_be_seen() {
    let call = |name: &str, line: &str| Call { name: name.to_owned(), line: line.to_owned() };
    let write = call("write", "write(4</c/a.tmp>, \"\"..., 5) = 5");
    let flush = call("fsync", "fsync(4</c/a.tmp>) = 0");
    let rename = call("rename", "rename(\"/c/a.tmp\", \"/c/a\") = 0");
    let folder = call("fsync", "fsync(5</c>) = 0");
    let tell = call("write", "write(1</dev/pts/0>, \"\"..., 3) = 3");
    let of = |calls: &[&Call]| {
        let calls: Vec<Call> = calls.iter().map(|c| call(&c.name, &c.line)).collect();
        faults(&calls, "/c").len()
    };
    assert_eq!(of(&[&write, &flush, &rename, &folder, &tell]), 0);
    assert_eq!(of(&[&write, &rename, &folder, &tell]), 3);
    assert_eq!(of(&[&write, &flush, &rename, &tell, &folder]), 1);
    assert_eq!(of(&[&write, &flush, &rename]), 1);
    assert_eq!(of(&[&write]), 1);
    let made = call("mkdir", "mkdir(\"b\", 0777) = 0");
    assert_eq!(of(&[&made, &folder, &tell]), 0);
    assert_eq!(of(&[&made, &tell]), 2);
}
