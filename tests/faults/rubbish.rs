//! The catalogue of bad input: whatever comes in, the program answers, soon, within its memory, and without a panic.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::full;
use super::scene::Scene;
use super::ways::{WAYS, Way, run};

/// A small generator of numbers (Vigna 2014, splitmix64): the same rubbish each time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.next() >> 56) as u8).collect()
    }
}

/// All small files of the catalogue.
fn small() -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    let mut put = |name: &str, bytes: Vec<u8>| all.push((name.to_owned(), bytes));
    put("empty", vec![]);
    put("only a byte order mark", b"\xEF\xBB\xBF".to_vec());
    put("only line ends", b"\n\r\n\r\n\n".to_vec());
    put("truncated UTF-8", b"Il pleut. L'\xC3\xA9t\xC3".to_vec());
    put("invalid UTF-8", b"Il pleut\xFF\xFE. Oui.\xC0\xAF".to_vec());
    let utf16: Vec<u8> =
        "\u{FEFF}Il pleut. L’été vient.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    put("UTF-16 cut in a character", utf16[..utf16.len() - 1].to_vec());
    put("UTF-16", utf16);
    put("Windows-1252", b"L\x92\xE9t\xE9 vient. \xAB Oui \xBB, dit-il.\n".to_vec());
    put("NUL", b"Il pleut.\0Oui.\n".to_vec());
    put("all controls", (0u8..32).chain([127]).chain(*b" Oui.").collect());
    put("a lone surrogate in JSON", br#"{"id":"a","text":"\ud800","fr":"\udc00","en":"x"}"#.to_vec());
    put("a key twice in JSON", br#"{"id":"a","id":"b","text":"x","fr":"y","fr":"z","en":"x"}"#.to_vec());
    put("deep JSON", [vec![b'['; 1_000_000], b"\n".to_vec()].concat());
    put("deep objects", br#"{"a":"#.repeat(200_000));
    put("deep XML", b"<a>".repeat(300_000));
    put("many full stops", b".".repeat(1_000_000));
    put("many question marks and spaces", b"? ".repeat(200_000));
    put("many open quotes", "« ".repeat(100_000).into_bytes());
    put("10,000 marks on a letter", format!("e{}. Oui.\n", "\u{0301}".repeat(10_000)).into_bytes());
    put("bidi overrides", "Il \u{202E}pleut\u{202C}. \u{2067}Oui\u{2069}.\n".as_bytes().to_vec());
    put(
        "every line separator",
        "a\u{0B}b\u{0C}c\rd\u{85}e\u{2028}f\u{2029}g\u{1C}h\u{1D}i\u{1E}j. Oui.\n".as_bytes().to_vec(),
    );
    put("a table whose quote never ends", b"id\tfr\ten\nk7q2m9xd0v\t\"Oui\tYes\n".repeat(2_000));
    put("a table of tabs", b"\t".repeat(300_000));
    put("a header with many columns", format!("id\ten{}\n", "\tfr".repeat(20_000)).into_bytes());
    put("a line of 5 MB", b"mot ".repeat(1_250_000));
    put("a sentence of 10 MB", [b"mot ".repeat(2_500_000), b".\n".to_vec()].concat());
    put(
        "half a million different words",
        (0..500_000).map(|n| format!("mot{n} ")).collect::<String>().into_bytes(),
    );
    let letter = |number: usize| char::from(b'a' + (number % 20) as u8);
    let word =
        |n: usize| -> String { "pre".chars().chain([1, 20, 400, 8000].map(|by| letter(n / by))).collect() };
    let end = |n: usize| if n % 15 == 0 { ". " } else { " " };
    put(
        "different words that begin alike",
        (0..20_000).map(|n| word(n) + end(n)).collect::<String>().into_bytes(),
    );
    put("a word of 2 MB", b"m".repeat(2_000_000));
    put("a zip that is none", b"PK\x03\x04\x14\0\0\0rubbish".to_vec());
    put(
        "XML with an entity that is a file",
        br#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"#.to_vec(),
    );
    put("a billion laughs", laughs());
    let mut numbers = Numbers(8);
    for number in 0..if full() { 1000 } else { 12 } {
        let size = 1 + (numbers.next() % 3000) as usize;
        put(&format!("random bytes {number}"), numbers.bytes(size));
    }
    all
}

fn laughs() -> Vec<u8> {
    let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for n in 1..30 {
        text += &format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10));
    }
    (text + "]><a>&l29;</a>").into_bytes()
}

/// A debug build is some thirty times slower than the program that people use.
fn patience() -> u32 {
    if cfg!(debug_assertions) { 30 } else { 1 }
}

#[test]
fn small_rubbish_gets_an_answer_in_a_second() {
    let scene = Scene::new();
    let before = scene.state();
    let mut faults = Vec::new();
    for (name, bytes) in small() {
        let path = scene.at(".rubbish");
        fs::write(&path, &bytes).unwrap();
        for (number, way) in WAYS.iter().enumerate() {
            // A slice: each input goes some ways, and each way is gone by some.
            if !full() && (number + bytes.len()) % 3 != 0 {
                continue;
            }
            let arguments = way.arguments();
            let work = scene.copy();
            let ran = run(&work, *way, &path, Duration::from_secs(60));
            let allowed_kib = 3 * way.times_read() * bytes.len() as u64 / 1024 + 64 * 1024;
            let fault = match ran.code {
                None => Some("does not end".to_owned()),
                Some(0..=2) => None,
                Some(code) => Some(format!("exit code {code}: {}", ran.told)),
            };
            let fault = fault
                .or_else(|| ran.told.contains("panicked").then(|| ran.told.clone()))
                .or_else(|| (ran.code == Some(2) && ran.told.is_empty()).then(|| "says nothing".to_owned()))
                .or_else(|| {
                    // What could not be read is not written over either.
                    let Way::Place(place, _) = way else { return None };
                    let now = fs::read(work.at(place)).ok();
                    (ran.code == Some(2) && now != Some(bytes.clone())).then(|| format!("changed {place}"))
                })
                .or_else(|| {
                    (ran.time > Duration::from_secs(1) * patience()).then(|| format!("takes {:?}", ran.time))
                })
                .or_else(|| {
                    (ran.memory_kib > allowed_kib).then(|| format!("needs {} MiB", ran.memory_kib / 1024))
                });
            if let Some(fault) = fault {
                let short: String = fault.chars().take(300).collect();
                faults.push(format!("{name}: {}: {short}", arguments.join(" ")));
            }
        }
        fs::remove_file(&path).unwrap();
    }
    assert_eq!(scene.state(), before);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Writes a file of so many bytes, a piece again and again.
fn large(folder: &Path, name: &str, piece: &str, bytes: usize) -> PathBuf {
    let path = folder.join(name);
    let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    let block = piece.repeat(1 + 65_536 / piece.len());
    let mut written = 0;
    while written < bytes {
        file.write_all(block.as_bytes()).unwrap();
        written += block.len();
    }
    file.flush().unwrap();
    path
}

#[test]
fn huge_input_takes_its_time_and_no_more_memory_than_thrice_its_size() {
    let size = if full() { 1 << 30 } else { 4 << 20 };
    let many = if full() { 100_000_000 } else { 2 << 20 };
    const NEW_TEXT: &[&str] = &["sync", "roy", "--from", "FILE", "--dry-run"];
    let sentence =
        "Il pleut depuis lundi, et personne ne sort de la maison, sauf le boulanger et son chien. ";
    let scene = Scene::new();
    for (name, piece, size, way) in [
        ("one line", "mot ", size, Way::Pipe(&["segment", "-"])),
        ("one word", "m", size, Way::Pipe(&["segment", "-"])),
        ("sentences", "Il pleut. ", size, Way::Pipe(&["segment", "-"])),
        ("a sentence a line", "Il pleut.\n", size, Way::Pipe(&["segment", "-"])),
        ("one line of JSON", "mot ", size, Way::Pipe(&["check", "--jsonl"])),
        ("a table of one line", "mot ", size, Way::File(&["import", "FILE", "--dry-run"])),
        // A new article's units are written as they are found. Of less than this the program's own size is most.
        ("an article", sentence, size.min(64 << 20), Way::File(&["add", "FILE", "--name", "own"])),
        ("an article of tiny sentences", "Il pleut.\n", many, Way::File(&["add", "FILE", "--name", "tiny"])),
        ("an article of one sentence", "mot ", 10 << 20, Way::File(&["add", "FILE", "--name", "line"])),
        ("a new text", sentence, size.min(16 << 20), Way::File(NEW_TEXT)),
        ("a new text of tiny sentences", "Il pleut.\n", 1 << 20, Way::File(NEW_TEXT)),
    ] {
        let path = large(scene.root(), ".huge", piece, size);
        let ran = run(&scene, way, &path, Duration::from_secs(600));
        let told: String = ran.told.chars().take(300).collect();
        eprintln!(
            "{name}, {} MiB: {:?}, {} MiB, code {:?}",
            size >> 20,
            ran.time,
            ran.memory_kib / 1024,
            ran.code
        );
        assert!(matches!(ran.code, Some(0..=2)), "{name}: {:?} {told}", ran.code);
        assert!(!ran.told.contains("panicked"), "{name}: {told}");
        assert!(
            ran.memory_kib <= 3 * (size as u64 / 1024) + 64 * 1024,
            "{name}: {} MiB",
            ran.memory_kib / 1024
        );
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn english_for_every_sentence_of_an_article_needs_no_more_memory_than_thrice_its_file() {
    let scene = Scene::new();
    // Of many more the units themselves are too large: docs/RELIABILITY.md.
    let sentences = 30_000;
    let french = |number| format!("La phrase numéro {number} attend, comme toutes les autres, son anglais.");
    let article: Vec<String> = (1..=sentences).map(french).collect();
    fs::write(scene.at("many.txt"), article.join("\n")).unwrap();
    scene.ok(&["add", "many.txt"]);
    scene.ok(&["export", "many", "-o", "out.tsv"]);
    let table: String = fs::read_to_string(scene.at("out.tsv"))
        .unwrap()
        .lines()
        .map(|line| match line.strip_suffix('\t') {
            Some(open) => format!("{open}\tA sentence of {} bytes waits for its English.\n", open.len()),
            None => format!("{line}\n"),
        })
        .collect();
    let path = scene.at("many.tsv");
    fs::write(&path, &table).unwrap();
    let ran = run(&scene, Way::File(&["import", "FILE"]), &path, Duration::from_secs(600));
    assert!(ran.told.contains(&format!("{sentences} with new English")), "{}", ran.told);
    eprintln!("{} bytes: {} MiB", table.len(), ran.memory_kib / 1024);
    assert!(ran.memory_kib <= 3 * (table.len() as u64 / 1024) + 64 * 1024, "{} MiB", ran.memory_kib / 1024);
}

#[test]
fn an_article_of_very_many_tiny_sentences_is_edited_and_carried_over_in_thrice_its_files() {
    let scene = Scene::new();
    let article = "Il pleut.\n".repeat(130_000);
    fs::write(scene.at("tiny.txt"), &article).unwrap();
    scene.ok(&["add", "tiny.txt"]);
    scene.ok(&["set", "tiny:1", "--en", "It rains."]);
    let size = || -> u64 {
        ["seeds/tiny.txt", "alignments/tiny.jsonl"]
            .map(|file| fs::metadata(scene.at(file)).unwrap().len())
            .iter()
            .sum()
    };
    let path = scene.at("new.txt");
    fs::write(&path, article + "Il neige.\n").unwrap();
    for arguments in
        [&["sync", "tiny", "--from", "FILE"][..], &["set", "tiny:3", "--en", "It rains."], &["undo"]]
    {
        let size = size() + if arguments[0] == "sync" { fs::metadata(&path).unwrap().len() } else { 0 };
        let ran = run(&scene, Way::File(arguments), &path, Duration::from_secs(600));
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}", ran.told);
        eprintln!("{arguments:?}, {size} bytes: {} MiB", ran.memory_kib / 1024);
        assert!(
            ran.memory_kib <= 3 * (size / 1024) + 64 * 1024,
            "{arguments:?}: {} MiB",
            ran.memory_kib / 1024
        );
    }
}

#[test]
fn aligning_thousands_of_sentences_needs_no_more_memory_than_thrice_the_texts() {
    // Words as texts have them, few often and many seldom; the same numbers on both sides, but for a stretch in the midst.
    let sentence = |name: &str, mut seed: u64| {
        let words = (0..15).map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let part = (seed >> 33) % 1000;
            format!("{name}{} ", part * part * part / 100_000 + seed % 3)
        });
        words.collect::<String>() + "\n"
    };
    let text = |name: &str, own: u64| -> String {
        (0..3000).map(|at| sentence(name, if (1000..2000).contains(&at) { at * own } else { at })).collect()
    };
    let scene = Scene::new();
    let (french, english) = (text("mot", 7), text("word", 11));
    let path = scene.at("fr.txt");
    fs::write(&path, &french).unwrap();
    fs::write(scene.at("en.txt"), &english).unwrap();
    let align = Way::File(&["align", "--sentences", "--beads", "--anyway", "FILE", "en.txt"]);
    let ran = run(&scene, align, &path, Duration::from_secs(600));
    assert!(ran.told.contains("to 2000 do not match"), "{}", ran.told);
    let size = (french.len() + english.len()) as u64 / 1024;
    eprintln!("{size} KiB: {} MiB", ran.memory_kib / 1024);
    assert!(ran.memory_kib <= 3 * size + 64 * 1024, "{} MiB", ran.memory_kib / 1024);
}

#[test]
fn ten_times_the_sentences_take_about_ten_times_as_long() {
    // Counted with the processor's time of the whole process, and far from the limit: no measure of speed.
    let scene = Scene::new();
    let units = if full() { 1_000_000 } else { 20_000 };
    let mut times = Vec::new();
    for count in [units, 10 * units] {
        let path = large(scene.root(), ".many", "Il pleut. ", 10 * count);
        let ran = run(&scene, Way::Pipe(&["segment", "-"]), &path, Duration::from_secs(600));
        assert_eq!(ran.code, Some(0), "{}", ran.told);
        times.push(ran.time.as_secs_f64() + 0.02);
    }
    assert!(times[1] < 40.0 * times[0], "{times:?}");
}

#[cfg(unix)]
#[test]
fn odd_names_and_things_that_are_no_files_are_told() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let scene = Scene::new();
    let seeds = scene.at("seeds");
    let long = "n".repeat(251);
    for name in ["CON", "aux", "a b", "été", "e\u{301}te\u{301}", "..dots", "-rf", "a:b", "a*b", &long] {
        fs::write(seeds.join(format!("{name}.txt")), "Il pleut. Oui.\n").unwrap();
    }
    fs::write(seeds.join(std::ffi::OsStr::from_bytes(b"bad\xFF.txt")), "Il pleut.\n").unwrap();
    symlink("/etc/passwd", seeds.join("outside.txt")).unwrap();
    symlink("nowhere", seeds.join("broken.txt")).unwrap();
    fs::create_dir(seeds.join("folder.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(seeds.join("pipe.txt")).status().unwrap().success());
    for arguments in [&["coverage"][..], &["export"], &["list"], &["check"], &["fmt"], &["sync"]] {
        let mut child =
            scene.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let begun = Instant::now();
        while child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(30), "{arguments:?} hangs");
            std::thread::sleep(Duration::from_millis(5));
        }
        let ran = child.wait_with_output().unwrap();
        let (out, told) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(matches!(ran.status.code(), Some(0..=2)), "{arguments:?}: {told}");
        assert!(!told.contains("panicked") && !out.contains("root:x:"), "{arguments:?}: {told}");
    }
    // Nothing is read or written outside.
    for name in ["../canal", "/etc/passwd", "..", "a/../../b", "seeds/../../x"] {
        let ran = scene.command(&["set", &format!("{name}:1"), "--en", "x"]).output().unwrap();
        assert_eq!(ran.status.code(), Some(2), "{name}");
    }
    // The articles that can be are still there.
    let out = String::from_utf8(scene.command(&["export"]).output().unwrap().stdout).unwrap();
    assert!(out.contains("\tcanal\t") && out.contains("Le chien veille."), "{out}");
}

#[test]
fn bidi_characters_are_kept_in_files_and_shown_escaped_in_a_terminal() {
    // `script` gives the program a terminal to write to.
    if Command::new("script").arg("--version").output().is_err() {
        return super::skip("script is not here");
    }
    let scene = Scene::new();
    scene.ok(&["set", "canal:5", "--en", "The \u{202E}bridge\u{202C} is open."]);
    let file = fs::read_to_string(scene.at("alignments/canal.jsonl")).unwrap();
    assert!(file.contains("The \u{202E}bridge\u{202C} is open."));
    for arguments in ["show canal", "history canal:5", "check canal"] {
        let mut command = Command::new("timeout");
        let typed = format!("{} {arguments}", env!("CARGO_BIN_EXE_enregard"));
        command.args(["20", "script", "-qec", &typed, "/dev/null"]).stdin(Stdio::null());
        scene.settle(&mut command);
        let shown = String::from_utf8(command.output().unwrap().stdout).unwrap();
        assert!(!shown.contains('\u{202E}'), "{arguments}: {shown:?}");
        assert!(shown.contains("bridge"), "{arguments}: {shown}");
    }
}
