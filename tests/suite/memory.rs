//! The memory and the glossary in `translate`, as a real process.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::bitext::{Origin, Status, Unit};
use enregard::desk::memory::{From, Memory};
use enregard::store::Corpus;

use crate::program::enregard_at;

fn enregard(folder: &Path) -> Command {
    enregard_at(folder, "1800000000")
}

/// Two articles, one of them translated.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let seeds = folder.path().join("seeds");
    fs::create_dir_all(&seeds).unwrap();
    fs::write(seeds.join("lune.txt"), "Le maire a fermé deux écoles lundi.\n\nLa nuit tombe sur la ville.\n")
        .unwrap();
    fs::write(
        seeds.join("roy.txt"),
        "Le maire a fermé trois écoles mardi.\n\nLes puces sont chères.\n\nLa nuit tombe sur la ville.\n",
    )
    .unwrap();
    translate(
        folder.path(),
        &["lune"],
        "The mayor closed two schools on Monday.\n:reviewed Night falls on the city.\n",
    );
    folder
}

fn translate(folder: &Path, arguments: &[&str], lines: &str) -> (i32, String, String) {
    let ran = enregard(folder).arg("translate").args(arguments).write_stdin(lines).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ran.status.code().unwrap(), text(ran.stdout), text(ran.stderr))
}

fn units(folder: &Path) -> Vec<Unit> {
    let corpus = Corpus::open(folder).unwrap();
    corpus.read(&"roy".parse().unwrap(), None).unwrap().alignment.unwrap().units().to_vec()
}

#[test]
fn matches_are_shown_with_their_difference_and_taken() {
    let folder = corpus();
    let (code, out, told) = translate(folder.path(), &["roy"], ":memory\n:take\n:next\n:take 1\n");
    assert_eq!(code, 0, "{told}");
    assert!(out.contains("%") && out.contains("[-deux-]{+trois+} écoles [-lundi-]{+mardi+}."), "{out}");
    assert!(out.contains("      = The mayor closed two schools on Monday.  (lune:"), "{out}");
    assert!(out.contains("entered from the memory"), "{out}");
    let units = units(folder.path());
    assert_eq!(units[0].english(), "The mayor closed two schools on Monday.");
    assert_eq!((units[0].origin, units[0].status), (Some(Origin::Memory), Status::Draft));
    assert!(!units[1].has_english());
    assert_eq!(
        (units[2].english().as_str(), units[2].origin),
        ("Night falls on the city.", Some(Origin::Memory))
    );

    // What a person makes of it is the person's.
    let (code, _, told) =
        translate(folder.path(), &["roy", "--all"], "The mayor closed three schools on Tuesday.\n");
    assert_eq!(code, 0, "{told}");
    assert_eq!(self::units(folder.path())[0].origin, None);
}

#[test]
fn what_was_entered_just_now_is_remembered_and_undo_forgets_it() {
    let folder = corpus();
    fs::write(folder.path().join("seeds/echo.txt"), "Il a dit non.\n\nIl a dit non.\n").unwrap();
    let (code, out, told) =
        translate(folder.path(), &["echo"], "He said no.\n:memory\n:undo\n:next\n:memory\n");
    assert_eq!(code, 0, "{told}");
    assert_eq!(out.matches("1 100%  Il a dit non.").count(), 1, "{out}");
    assert_eq!(out.matches("memory  nothing like this sentence").count(), 1, "{out}");
}

#[test]
fn the_glossarys_terms_and_the_files_of_others_are_shown() {
    let folder = corpus();
    fs::write(folder.path().join("glossary.tsv"), "puce\tchip; microchip\n").unwrap();
    fs::write(folder.path().join("others.tsv"), "en\tfr\nChips are rare.\tLes puces sont rares.\nFleas.\t\n")
        .unwrap();
    let (code, out, told) = translate(
        folder.path(),
        &["roy", "--from", "2", "--memory", "others.tsv"],
        ":memory\n:take 2\n:quit\n",
    );
    assert!(out.contains("term    puces = chip or microchip"), "{out}");
    assert!(out.contains("= Chips are rare.  (others.tsv:2)"), "{out}");
    assert!(code == 2 && told.contains("the memory has 1 match, and no number 2"), "{told}");
    let (code, _, told) = translate(folder.path(), &["roy"], ":take 0\n");
    assert!(code == 2 && told.contains("no number 0"), "{told}");
    let (code, _, told) = translate(folder.path(), &["roy"], ":take two\n");
    assert!(code == 2 && told.contains("has the number of a match after it, not `two`"), "{told}");
    let (code, _, told) = translate(folder.path(), &["roy", "--from", "2"], ":take\n");
    assert!(code == 2 && told.contains("nothing like this sentence"), "{told}");
}

#[test]
fn a_memory_that_cannot_be_read_is_told_before_anything_is_typed() {
    let folder = corpus();
    fs::write(folder.path().join("a.exe"), "").unwrap();
    for (file, why) in
        [("nowhere.tsv", "nowhere.tsv"), ("a.exe", "`.exe` is no format of a memory"), ("seeds", "seeds")]
    {
        let (code, _, told) = translate(folder.path(), &["roy", "--memory", file], "x\n");
        assert!(code == 2 && told.contains(why) && told.contains("cannot read the memory"), "{told}");
    }
    // A damaged article does not end the work: its units are not remembered.
    fs::write(folder.path().join("alignments/lune.jsonl"), "{").unwrap();
    let (code, out, told) = translate(folder.path(), &["roy"], ":memory\n");
    assert!(code == 0 && out.contains("nothing like this sentence"), "{out}{told}");
    assert!(told.contains("the memory is without the article lune: alignments/lune.jsonl:1"), "{told}");
}

#[test]
fn a_unit_is_no_match_for_itself_and_reviewed_ones_come_first() {
    let folder = corpus();
    translate(folder.path(), &["roy", "--from", "3"], "The night is falling on the city.\n");
    let corpus = Corpus::open(folder.path()).unwrap();
    let memory = Memory::read(&corpus, &[]).unwrap();
    assert_eq!(memory.len(), 3);
    let matches = memory.matches("La nuit tombe sur la ville.", None);
    assert_eq!(matches.len(), 2);
    assert_eq!((matches[0].en.as_str(), matches[0].score), ("Night falls on the city.", 100));
    let From::Unit { unit, status } = &matches[0].from else { panic!("{matches:?}") };
    assert_eq!((unit.stem.as_str(), *status), ("lune", Status::Reviewed));
    let own = unit.clone();
    assert_eq!(memory.matches("La nuit tombe sur la ville.", Some(&own)).len(), 1);
}

#[test]
fn a_tmx_of_others_is_a_memory() {
    let folder = corpus();
    let exported = enregard(folder.path()).args(["export", "lune", "-o", "lune.tmx"]).output().unwrap();
    assert!(exported.status.success(), "{exported:?}");
    fs::remove_file(folder.path().join("alignments/lune.jsonl")).unwrap();
    let (code, out, told) = translate(folder.path(), &["roy", "--memory", "lune.tmx"], ":memory\n:take\n");
    assert!(
        code == 0 && out.contains("= The mayor closed two schools on Monday.  (lune.tmx:1)"),
        "{out}{told}"
    );
    assert_eq!(units(folder.path())[0].origin, Some(Origin::Memory));
    fs::write(folder.path().join("bad.tmx"), "<tmx><body><tu>").unwrap();
    let (_, _, told) = translate(folder.path(), &["roy", "--memory", "bad.tmx"], ":memory\n");
    assert!(told.contains("there is no memory") && told.contains("cannot read the memory bad.tmx"), "{told}");
}
