//! `enregard align` as a process: beads, texts, batches, JSON Lines, and input that is none.

use std::fs;

use crate::program::enregard;

const FR: &str = "Le président a signé la loi mardi.\n\nElle interdit les voitures à essence.\nLes voitures électriques coûtent cher.\nLe prix des batteries baisse pourtant.\n";
const EN: &str = "The president signed the law on Tuesday.\n\nIt bans petrol cars.\nElectric cars are expensive, although the price of batteries is falling.\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("fr.txt"), FR).unwrap();
    fs::write(folder.path().join("en.txt"), EN).unwrap();
    folder
}

/// The lines, each without its score.
fn without_scores(text: &str) -> Vec<&str> {
    text.lines().map(|line| line.rsplit_once([':', '\t']).unwrap().0).collect()
}

#[test]
fn beads_are_by_line_and_a_blank_line_counts() {
    let folder = folder();
    let ran = enregard(folder.path())
        .args(["align", "--sentences", "--beads", "fr.txt", "en.txt"])
        .assert()
        .code(0)
        .stderr("");
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert_eq!(without_scores(&told), ["[0]:[0]", "[1]:[1]", "[2]:[2]", "[3,4]:[3]"]);
}

#[test]
fn texts_are_split_and_written_side_by_side() {
    let folder = folder();
    fs::write(folder.path().join("fr.txt"), FR.replace(".\n", ". ")).unwrap();
    let ran = enregard(folder.path()).args(["align", "fr.txt", "en.txt"]).assert().code(0);
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    let lines = without_scores(&told);
    assert_eq!(lines[0], "Le président a signé la loi mardi.\tThe president signed the law on Tuesday.");
    assert!(lines.iter().all(|line| line.matches('\t').count() == 1), "{told}");
}

#[test]
fn a_batch_is_the_same_with_any_number_of_threads_and_goes_on_past_faults() {
    let folder = folder();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    // With a byte order mark, as spreadsheets write one.
    let list = "\u{feff}one\tfr.txt\ten.txt\nnone\tfr.txt\tno-such.txt\nempty\tfr.txt\tempty.txt\n../x\tfr.txt\ten.txt\ntwo\tfr.txt\ten.txt\nhalf\tfr.txt\n";
    fs::write(folder.path().join("pairs.tsv"), list).unwrap();
    for (threads, mode) in [("1", "together"), ("2", "together"), ("1", "alone"), ("2", "alone")] {
        let output = format!("{mode}{threads}");
        let mut command = enregard(folder.path());
        command.args(["align", "--sentences", "--beads", "--batch", "pairs.tsv", "-o", &output]);
        if mode == "alone" {
            command.arg("--alone");
        }
        let ran = command.env("RAYON_NUM_THREADS", threads).assert().code(2).stdout("");
        let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        for part in [
            "no-such.txt",
            "the target has no text",
            "`../x` is no file name",
            "pairs.tsv:6 is",
            "found 2 fields",
            "hint: files of a list are looked for from the folder that the list is in",
            "pairs aligned: 2; lines passed over: 4",
        ] {
            assert!(told.contains(part), "{told}");
        }
    }
    fs::write(folder.path().join("none.tsv"), "\n").unwrap();
    let ran = enregard(folder.path()).args(["align", "--batch", "none.tsv", "-o", "out"]).assert().code(2);
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(told.contains("none.tsv names no pair") && told.contains("hint: a line is"), "{told}");
    let read = |path: &str| fs::read(folder.path().join(path)).unwrap();
    for name in ["one.txt", "two.txt"] {
        for mode in ["together", "alone"] {
            assert_eq!(read(&format!("{mode}1/{name}")), read(&format!("{mode}2/{name}")));
        }
    }
    let mut written: Vec<_> =
        fs::read_dir(folder.path().join("alone1")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    written.sort();
    assert_eq!(written, ["one.txt", "two.txt"]);
}

#[test]
fn documents_come_and_go_as_json_lines() {
    let folder = folder();
    let input = "{\"id\":7,\"fr\":[\"Le chat dort.\",\"Il pleut.\"],\"en\":[\"The cat sleeps.\",\"It is raining.\"]}\n{\"id\":\n";
    let ran = enregard(folder.path()).args(["align", "--jsonl"]).write_stdin(input).assert().code(2);
    let told = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    assert!(told.starts_with("{\"id\":7,\"beads\":[[[0],[0],"), "{told}");
    assert_eq!(told.lines().count(), 1);
    let faults = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(faults.contains("line 2 of standard input"), "{faults}");
    assert!(faults.contains("expected {\"id\":…,\"fr\":[…],\"en\":[…]}; column 6: EOF"), "{faults}");
}

#[test]
fn documents_of_other_languages_name_their_sides_by_code_or_as_source_and_target() {
    let folder = folder();
    let read = |input: &str, code: i32| {
        let mut command = enregard(folder.path());
        command.args(["align", "--jsonl", "--source", "de", "--target", "fr"]);
        let ran = command.write_stdin(input.to_owned()).assert().code(code);
        let output = ran.get_output().clone();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    // One German sentence, two French ones: `fr` is the target here.
    let codes = "{\"id\":1,\"fr\":[\"Le chien dort.\",\"Il est tard.\"],\"de\":[\"Der Hund schläft, es ist spät.\"]}\n";
    let told = read(codes, 0).0;
    assert!(told.starts_with("{\"id\":1,\"beads\":[[[0],[0,1],"), "{told}");
    assert_eq!(told, read(&codes.replace("\"fr\"", "\"target\"").replace("\"de\"", "\"source\""), 0).0);
    assert_eq!(told, read(&codes.replace("\"fr\"", "\"en\"").replace("\"de\"", "\"fr\""), 0).0);
    for (line, said) in [
        ("{\"id\":1,\"de\":[]}", "expected {\"id\":…,\"de\":[…],\"fr\":[…]}; found de"),
        ("{\"id\":1,\"de\":\"a\",\"fr\":[\"b\"]}", "`de` is no list of sentences"),
    ] {
        let faults = read(line, 2).1;
        assert!(faults.contains(said), "{faults}");
    }
}

#[test]
fn what_is_asked_for_in_vain_is_said() {
    let folder = folder();
    fs::write(folder.path().join("bytes.bin"), b"text\x0f\x0e\x01\x02").unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    for (arguments, said) in [
        (&["fr.txt", "en.txt", "-o", "out"][..], "cannot write into a folder: `-o` is for `--batch`"),
        (&["absent.txt", "en.txt"], "because there is no such file either"),
        (&["--files", "absent.txt", "en.txt"], "hint: files are looked for from the current folder"),
        (&["fr.txt", "bytes.bin"], "hint: if it is text, save it in UTF-8"),
        (&["fr.txt"], "cannot align one text: give a source and a target"),
        (&["--pairs", "pairs.tsv", "--beads"], "hint: `--beads` is for files"),
    ] {
        let ran = enregard(folder.path()).arg("align").args(arguments).assert().code(2).stdout("");
        let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(told.contains(said), "{arguments:?}: {told}");
    }
    assert!(!folder.path().join("out").exists());
}

#[test]
fn what_is_no_translation_is_said_and_nothing_is_written() {
    let folder = folder();
    let long = |text: &str| text.repeat(8);
    fs::write(
        folder.path().join("long-fr.txt"),
        long("Le chat est dans la maison et il ne dort pas sur le lit.\n"),
    )
    .unwrap();
    fs::write(
        folder.path().join("long-en.txt"),
        long("The cat is in the house and it was not on the bed.\n"),
    )
    .unwrap();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    fs::write(folder.path().join("binary.bin"), b"\x7fELF\x02\x01\x01\0\0\0\0\0\0").unwrap();
    for (source, target, said) in [
        ("long-en.txt", "long-fr.txt", "swapped"),
        ("long-fr.txt", "long-fr.txt", "same text"),
        ("empty.txt", "long-en.txt", "no text"),
        ("binary.bin", "long-en.txt", "binary.bin"),
        ("absent.txt", "long-en.txt", "absent.txt"),
    ] {
        let ran = enregard(folder.path())
            .args(["align", "--sentences", source, target])
            .assert()
            .code(2)
            .stdout("");
        let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(told.starts_with("error: cannot align") && told.contains(said), "{told}");
    }
    let arguments = ["align", "--source", "de", "--target", "fr", "long-fr.txt", "long-fr.txt"];
    let ran = enregard(folder.path()).args(arguments).assert().code(2).stdout("");
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(told.contains("no sentence rules") && told.contains("--sentences"), "{told}");
}

/// Made-up texts: frequent words and rare ones, each with a translation; some are dropped on the way, and one bead in
/// ten has two sentences on one side. A chapter is so many beads, as `(source, target)` sentences.
struct Maker(u64);

impl Maker {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn word(number: u64, letters: [&str; 2]) -> String {
        let pick = |at: u64, set: &str| char::from(set.as_bytes()[(at % set.len() as u64) as usize]);
        let mut rest = number + 40;
        let mut word = String::new();
        while rest > 0 {
            word.push(pick(rest, letters[0]));
            word.push(pick(rest / 7, letters[1]));
            rest /= 30;
        }
        word
    }

    fn bead(&mut self) -> (Vec<String>, Vec<String>) {
        let (mut source, mut target) = (Vec::new(), Vec::new());
        for _ in 0..6 + self.below(14) {
            // Small numbers are frequent, large ones rare.
            let most = self.below(1200) + 1;
            let number = self.below(most);
            source.push(Self::word(number, ["bcdfglmnprstv", "aeiou"]));
            if self.below(6) > 0 {
                target.push(Self::word(number * 7 % 1201, ["aeiouy", "bdfghklmnrstw"]));
            }
        }
        let halves = |words: Vec<String>, cut: bool| match cut && words.len() > 3 {
            true => vec![words[..words.len() / 2].join(" "), words[words.len() / 2..].join(" ")],
            false => vec![words.join(" ")],
        };
        let kind = self.below(20);
        (halves(source, kind == 0), halves(target, kind == 1))
    }

    fn chapter(&mut self, beads: usize) -> (Vec<String>, Vec<String>) {
        let (source, target): (Vec<_>, Vec<_>) = (0..beads).map(|_| self.bead()).unzip();
        (source.concat(), target.concat())
    }
}

#[test]
fn chapters_that_changed_places_are_told_and_not_smeared() {
    let mut maker = Maker(1);
    let chapters = [150, 80, 80, 150].map(|beads| maker.chapter(beads));
    let folder = tempfile::tempdir().unwrap();
    let text = |name: &str, parts: Vec<&Vec<String>>| {
        fs::write(
            folder.path().join(name),
            parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("\n"),
        )
        .unwrap();
    };
    text("source.txt", chapters.iter().map(|chapter| &chapter.0).collect());
    text("target.txt", [0, 2, 1, 3].map(|at: usize| &chapters[at].1).to_vec());
    let ran = enregard(folder.path())
        .args(["align", "--sentences", "--beads", "--source", "xx", "--target", "yy"])
        .args(["source.txt", "target.txt"])
        .assert()
        .code(0);
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    // The chapter that each line of either side belongs to.
    let of = |order: [usize; 4], length: &dyn Fn(usize) -> usize| -> Vec<usize> {
        order.into_iter().flat_map(|at| vec![at; length(at)]).collect()
    };
    let sources = of([0, 1, 2, 3], &|at| chapters[at].0.len());
    let targets = of([0, 2, 1, 3], &|at| chapters[at].1.len());
    // By chapter: source lines with a counterpart in their own chapter, and elsewhere.
    let mut counts = [[0usize; 2]; 4];
    let out = String::from_utf8(ran.get_output().stdout.clone()).unwrap();
    for bead in without_scores(&out) {
        let (source, target) = bead.split_once(':').unwrap();
        let numbers = |side: &str| -> Vec<usize> {
            side.trim_matches(['[', ']'])
                .split(',')
                .filter(|n| !n.is_empty())
                .map(|n| n.parse().unwrap())
                .collect()
        };
        for line in numbers(source) {
            for other in numbers(target) {
                counts[sources[line]][usize::from(targets[other] != sources[line])] += 1;
            }
        }
    }
    let smeared: usize = counts.iter().map(|count| count[1]).sum();
    assert!(smeared <= 8, "{counts:?}");
    assert!(counts[0][0] >= 145 && counts[3][0] >= 145, "{counts:?}");
    // One of the two keeps its counterpart; where the other went is told.
    assert!(counts[1][0].max(counts[2][0]) >= 76, "{counts:?}");
    assert!(told.contains("have no counterpart") && told.contains("parts have changed places"), "{told}");
}
