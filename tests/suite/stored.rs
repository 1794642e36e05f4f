//! The store from outside, where other subjects do not look: what is refused and in which words, and what stands on the disk.

use std::fs;
use std::path::Path;
use std::process::Command;

use enregard::bitext::{
    Alignment, Article, Edition, Extra, Header, Kind, Sentence, Span, Stem, Unit, UnitId,
};
use enregard::store::fs::{Disk, Fs, Handle};
use enregard::store::{Author, Config, Corpus, Held, Past, StoreError, now, sha256};
use tempfile::TempDir;

pub fn author(command: &str) -> Author {
    Author { by: Some("Ève".into()), at: "2026-11-20T08:00:00Z".into(), command: command.into() }
}

pub fn folder(seeds: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    for (name, text) in seeds {
        fs::write(folder.path().join(format!("seeds/{name}.txt")), text).unwrap();
    }
    folder
}

pub fn roy(text: &str) -> (TempDir, Corpus, Stem) {
    let folder = folder(&[("roy", text)]);
    let corpus = Corpus::open(folder.path()).unwrap();
    (folder, corpus, "roy".parse().unwrap())
}

fn header(article: &Article) -> Header {
    Header::new(article.stem.as_str(), ["fr", "en"], &article.sha256, "fr/1")
}

pub fn unit(stem: &Stem, index: usize, french: &str) -> Unit {
    Unit::new(UnitId::of(stem, &[french], index), Kind::Body, vec![french.to_owned()])
}

/// What is held, changed; at first there is one unit for each line of the article.
pub fn changed(held: &Held, change: impl FnOnce(&mut Header, &mut Vec<Unit>)) -> Alignment {
    let article = &held.stored().article;
    let lines = article.text.lines().enumerate();
    let fresh = || (header(article), lines.map(|(index, line)| unit(&article.stem, index, line)).collect());
    let (mut header, mut units) = held.stored().alignment.clone().map_or_else(fresh, Alignment::into_parts);
    change(&mut header, &mut units);
    Alignment::of_changed(header, units).unwrap()
}

/// Changes the units of these articles, in one step.
pub fn change(corpus: &Corpus, stems: &[Stem], change: impl Fn(&mut Vec<Unit>)) {
    let mut step = corpus.begin(author("edit"));
    for stem in stems {
        let mut held = step.lock(stem, None).unwrap();
        let new = changed(&held, |_, units| change(units));
        step.write(&mut held, &new).unwrap();
    }
    step.finish().unwrap();
}

pub fn edit(corpus: &Corpus, stem: &Stem, unit: usize, english: &str) {
    change(corpus, std::slice::from_ref(stem), |units| units[unit].en = english.into());
}

/// Gives an article a new text, and units that cover it, as `sync` does.
pub fn new_text(corpus: &Corpus, stem: &Stem, text: &str, change: impl FnOnce(&mut Vec<Unit>)) {
    let mut step = corpus.begin(author("sync"));
    let mut held = step.lock(stem, None).unwrap();
    let new = changed(&held, |header, units| {
        header.sha256 = sha256(text.as_bytes());
        change(units);
    });
    step.replace_seed(&mut held, text, Some(new)).unwrap();
    drop(held);
    step.finish().unwrap();
}

pub fn english(corpus: &Corpus, stem: &Stem) -> Vec<String> {
    let alignment = corpus.read(stem, None).unwrap().alignment;
    alignment.map_or(Vec::new(), |alignment| alignment.units().iter().map(Unit::english).collect())
}

/// What a person does to an alignment file with an editor.
pub fn by_hand(corpus: &Corpus, stem: &Stem, from: &str, to: &str) -> String {
    let path = corpus.alignment_path(stem, None);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(&path, text.replace(from, to)).unwrap();
    text.replace(from, to)
}

pub fn undo(corpus: &Corpus) {
    corpus.undo(&author("undo")).unwrap().unwrap();
}

pub fn undo_refused(corpus: &Corpus) -> String {
    corpus.undo(&author("undo")).unwrap_err().to_string()
}

#[test]
fn what_cannot_be_flushed_is_told() {
    let folder = folder(&[]);
    let closed = Handle { path: folder.path().join("x"), file: None };
    assert!(Disk.sync_file(&closed).is_err());
    #[cfg(unix)]
    assert!(Disk.sync_folder(&closed.path).is_err());
}

/// The environment is the process's: so this test runs again in one of its own, and tells the time there.
#[test]
fn the_clock_says_what_source_date_epoch_says_up_to_the_year_9999() {
    if std::env::var_os("ENREGARD_TELL_TIME").is_some() {
        return println!("<{}>", now());
    }
    let told = |seconds: &str| {
        let name = "stored::the_clock_says_what_source_date_epoch_says_up_to_the_year_9999";
        let mut again = Command::new(std::env::current_exe().unwrap());
        again.args(["--exact", name, "--nocapture"]).env("SOURCE_DATE_EPOCH", seconds);
        let output = again.env("ENREGARD_TELL_TIME", "").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
    };
    assert_eq!(told(" 0\n"), "1970-01-01T00:00:00Z");
    assert_eq!(told("253402300799"), "9999-12-31T23:59:59Z");
    for no_time in ["253402300800", "18446744073709551615", "-1", "soon"] {
        let told = told(no_time);
        assert!(told.starts_with("20") && told.len() == 20, "{no_time}: {told}");
    }
}

#[test]
fn a_configuration_may_have_a_mebibyte_and_no_byte_more() {
    let parse = |bytes: usize| Config::parse(&"#".repeat(bytes), Path::new("enregard.toml"));
    assert!(parse(1 << 20).is_ok() && parse((1 << 20) + 1).is_err());
}

#[test]
fn bytes_that_are_no_utf_8_are_told_with_their_line() {
    let (folder, corpus, _) = roy("Un.\n");
    let bytes = b"aa\nb\n\xe9";
    for name in ["enregard.toml", "glossary.tsv"] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let buffer = corpus.open_buffer("roy", "Un.\n").unwrap();
    fs::write(&buffer.path, bytes).unwrap();
    for told in [
        Corpus::open(folder.path()).map(drop).unwrap_err(),
        corpus.read_list("glossary.tsv").unwrap_err(),
        corpus.read_buffer(&buffer).unwrap_err(),
    ] {
        assert!(told.to_string().contains("found the byte 0xE9 at byte 5 (line 3)"), "{told}");
    }
}

#[test]
fn what_cannot_be_read_is_not_taken_for_what_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("enregard.toml"), "").unwrap();
    let corpus = Corpus::open(folder.path()).unwrap();
    let (stem, id): (Stem, UnitId) = ("roy".parse().unwrap(), "k7q2m9xd0v".parse().unwrap());
    assert_eq!(corpus.stems().unwrap(), []);
    assert_eq!((corpus.history(id).unwrap(), corpus.steps().unwrap()), (Past::default(), Vec::new()));
    assert_eq!(corpus.read_kept("line").unwrap(), None);

    fs::write(at("seeds"), "").unwrap();
    assert!(corpus.stems().is_err());
    fs::create_dir_all(at("alignments/.journal/kept/line")).unwrap();
    fs::create_dir(at("alignments/.journal/@steps.jsonl")).unwrap();
    assert!(corpus.read_kept("line").is_err());
    assert!(corpus.steps().is_err());
    fs::remove_dir_all(at("alignments/.journal")).unwrap();
    fs::write(at("alignments/.journal"), "").unwrap();
    assert!(corpus.history(id).is_err());
    fs::remove_file(at("seeds")).unwrap();
    fs::create_dir(at("seeds")).unwrap();
    fs::write(at("seeds/roy.txt"), "Un.\n").unwrap();
    assert_eq!(corpus.read(&stem, None).unwrap().alignment, None);
    fs::remove_dir_all(at("alignments")).unwrap();
    fs::write(at("alignments"), "").unwrap();
    assert!(corpus.read(&stem, None).is_err());
}

#[cfg(unix)]
#[test]
fn a_link_within_the_corpus_is_followed_to_a_file_and_to_nothing_else() {
    use std::os::unix::fs::symlink;
    let (folder, corpus, stem) = roy("Un.\n");
    let at = |name: &str| folder.path().join(name);
    fs::rename(at("seeds/roy.txt"), at("kept.txt")).unwrap();
    symlink("../kept.txt", at("seeds/roy.txt")).unwrap();
    assert_eq!(corpus.article(&stem).unwrap().text, "Un.\n");
    let told = || corpus.article(&stem).unwrap_err().to_string();
    fs::remove_file(at("kept.txt")).unwrap();
    assert_eq!(told(), "seeds/roy.txt is a link to no file, expected a file");
    fs::create_dir(at("kept.txt")).unwrap();
    assert_eq!(told(), "seeds/roy.txt is a link to no file, expected a file");
}

#[cfg(unix)]
#[test]
fn a_configuration_outside_the_corpus_is_somebody_elses_and_is_refused() {
    use std::os::unix::fs::symlink;
    let (folder, ..) = roy("Un.\n");
    let at = |name: &str| folder.path().join(name);
    let open = || Corpus::open(folder.path()).map(|corpus| corpus.config().person.by.clone());
    let elsewhere = tempfile::tempdir().unwrap();
    let other = fs::canonicalize(elsewhere.path()).unwrap().join("other.toml");
    fs::write(&other, "[person]\nby = \"Ann\"\n").unwrap();
    symlink(&other, at("enregard.toml")).unwrap();
    assert_eq!(
        open().unwrap_err().to_string(),
        format!("enregard.toml is a link to {}, outside the corpus: it is not followed", other.display())
    );
    fs::remove_file(&other).unwrap();
    assert_eq!(open().unwrap_err().to_string(), "enregard.toml is a link to no file, expected a file");
    fs::remove_file(at("enregard.toml")).unwrap();
    fs::write(at("own.toml"), "[person]\nby = \"Ève\"\n").unwrap();
    symlink("own.toml", at("enregard.toml")).unwrap();
    assert_eq!(open().unwrap().as_deref(), Some("Ève"));
}

#[test]
fn the_names_of_eight_articles_are_told_and_no_more() {
    let name = |number: usize| format!("a{number}");
    let folder = folder(&[]);
    let corpus = Corpus::open(folder.path()).unwrap();
    let told = |count: usize| {
        (1..=count)
            .for_each(|number| fs::write(corpus.seed_path(&name(number).parse().unwrap()), "Un.").unwrap());
        corpus.resolve("a").unwrap_err().to_string()
    };
    assert!(told(8).ends_with(": a1, a2, a3, a4, a5, a6, a7, a8"), "{}", told(8));
    assert!(told(9).ends_with(": a1, a2, a3, a4, a5, a6, a7, a8, …"), "{}", told(9));
}

#[test]
fn init_adds_whole_lines_and_no_empty_ones() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".gitignore"), "/target\n").unwrap();
    Corpus::init(folder.path()).unwrap();
    let told = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(told(".gitignore"), "/target\nalignments/.journal/\n");
    assert_eq!(
        told(".gitattributes"),
        "seeds/* -text\nalignments/*.jsonl eol=lf\nalignments/texts/* -text\n"
    );
}

#[test]
fn what_a_killed_command_left_is_removed_and_nothing_is_made_for_it() {
    let (folder, corpus, stem) = roy("Un.\n");
    let at = |name: &str| folder.path().join("alignments").join(name);
    fs::create_dir(at("")).unwrap();
    fs::write(at(".gone.jsonl.tmp"), "half").unwrap();
    drop(corpus.begin(author("edit")).lock(&stem, None).unwrap());
    assert!(!at(".gone.jsonl.tmp").exists());
    assert!(!at(".journal/gone.jsonl").exists());
}

#[test]
fn a_buffer_is_forgotten_also_where_it_is_gone_and_what_stands_in_its_place_is_told() {
    let (_folder, corpus, _) = roy("Un.\n");
    let open = || corpus.open_buffer("roy", "Un.\n").unwrap();
    let first = open();
    corpus.forget_buffer(&first).unwrap();
    assert!(!first.path.exists());
    corpus.forget_buffer(&first).unwrap();
    drop(first);
    let second = open();
    assert!(!second.earlier);
    fs::remove_file(&second.path).unwrap();
    fs::create_dir(&second.path).unwrap();
    assert!(corpus.forget_buffer(&second).is_err());
}

#[test]
fn a_new_article_is_not_written_over_one_that_is_there() {
    let (_folder, corpus, stem) = roy("Un.\n");
    let text = "Deux.\n".to_owned();
    let mut step = corpus.begin(author("add"));
    let held = step.lock(&stem, None).unwrap();
    let header = Header::new("roy", ["fr", "en"], &sha256(text.as_bytes()), "fr/1");
    let told = step.write_new(held, text, header, &mut |_, each| {
        each(Sentence { span: Span::new(0, 5), kind: Kind::Body, paragraph: 0 })
    });
    assert!(matches!(told, Err(StoreError::Meanwhile(_))), "{told:?}");
    assert_eq!(corpus.article(&stem).unwrap().text, "Un.\n");
}

#[test]
fn what_is_held_after_a_write_is_what_stands_on_the_disk() {
    let (_folder, corpus, stem) = roy("Un.\nDeux.\n");
    let mut step = corpus.begin(author("edit"));
    let mut held = step.lock(&stem, None).unwrap();
    let same = |held: &Held| {
        assert_eq!(held.stored(), &corpus.read(&stem, None).unwrap());
        let file = fs::read(corpus.alignment_path(&stem, None)).ok();
        assert_eq!(held.file_sha256(), file.as_deref().map(sha256).as_deref());
    };
    same(&held);
    let new = changed(&held, |_, units| units[0].en = "One.".into());
    step.write_last(&mut held, new).unwrap();
    assert_eq!(english(&corpus, &stem), ["One.", ""]);
    same(&held);
    step.replace_seed(&mut held, "Un.\nTrois.\n", None).unwrap();
    assert!(held.stored().changed);
    same(&held);
}

#[test]
fn a_new_text_leaves_the_alignment_file_as_it_is_byte_for_byte() {
    let (_folder, corpus, stem) = roy("Un.\nDeux.\n");
    edit(&corpus, &stem, 0, "One.");
    let file = by_hand(&corpus, &stem, "\n\n", "\r\n");
    let mut step = corpus.begin(author("sync"));
    let mut held = step.lock(&stem, None).unwrap();
    step.replace_seed(&mut held, "Un.\nTrois.\n", None).unwrap();
    assert_eq!(fs::read_to_string(corpus.alignment_path(&stem, None)).unwrap(), file);
}

#[test]
fn a_header_or_a_unit_that_would_read_otherwise_is_not_written() {
    let (_folder, corpus, stem) = roy("Un.\nDeux.\n");
    let mut step = corpus.begin(author("edit"));
    let mut held = step.lock(&stem, None).unwrap();
    let extra = |json: &str| vec![Extra { key: "x".into(), json: json.into() }];
    let unit = changed(&held, |_, _| ()).units()[0].id;
    let tries = [
        (changed(&held, |header, _| header.article = "neuf".into()), "the header".to_owned()),
        (
            changed(&held, |header, _| header.about = vec![("colour".into(), "red".into())]),
            "the header".to_owned(),
        ),
        (changed(&held, |header, _| header.extra = extra("1},{")), "the header".to_owned()),
        // A unit has one line.
        (changed(&held, |_, units| units[0].more.extra = extra("[1,\n2]")), format!("unit {unit}")),
    ];
    for (new, what) in tries {
        let told = step.write(&mut held, &new).unwrap_err().to_string();
        let begin = "the new content of alignments/roy.jsonl would not read back as it was meant: ";
        assert_eq!(told, begin.to_owned() + &what);
        assert!(!corpus.alignment_path(&stem, None).exists());
    }
}

#[test]
fn an_alignment_is_not_emptied_where_its_article_has_changed_either() {
    let (_folder, corpus, stem) = roy("Un.\nDeux.\n");
    edit(&corpus, &stem, 0, "One.");
    fs::write(corpus.seed_path(&stem), "Trois.\n").unwrap();
    let mut step = corpus.begin(author("edit"));
    let mut held = step.lock(&stem, None).unwrap();
    let none = changed(&held, |_, units| units.clear());
    let told = step.write(&mut held, &none).unwrap_err().to_string();
    assert_eq!(told, "alignments/roy.jsonl holds 1 translations and would hold 0");
    assert_eq!(english(&corpus, &stem), ["One.", ""]);
}

#[test]
fn the_english_that_was_received_comes_and_goes_with_its_alignment() {
    let (_folder, corpus, stem) = roy("Un.\n");
    let receive = |text: &str, named: &str| {
        let mut step = corpus.begin(author("align"));
        let mut held = step.lock(&stem, None).unwrap();
        let about = vec![("english_sha256".to_owned(), sha256(named.as_bytes()))];
        let new = changed(&held, |header, _| header.about = about);
        step.write_received(&mut held, &new, text.as_bytes())
    };
    let received = || corpus.received(&stem, None).unwrap().map(|bytes| String::from_utf8(bytes).unwrap());
    assert_eq!(received(), None);
    receive("One.\n", "One.\n").unwrap();
    let told = receive("Two.\n", "Too.\n").unwrap_err().to_string();
    assert!(told.ends_with("its header names another English text"), "{told}");
    assert_eq!(received().as_deref(), Some("One.\n"));
    receive("Two.\n", "Two.\n").unwrap();
    assert_eq!(received().as_deref(), Some("Two.\n"));
    for former in [Some("One.\n"), None] {
        undo(&corpus);
        assert_eq!(received().as_deref(), former);
    }
    for next in ["One.\n", "Two.\n"] {
        corpus.redo(&author("redo")).unwrap().unwrap();
        assert_eq!(received().as_deref(), Some(next));
    }
}

#[test]
fn an_edition_is_listed_and_undo_says_that_it_was_the_edition() {
    let (_folder, corpus, stem) = roy("Un.\n");
    let edition: Edition = "published".parse().unwrap();
    edit(&corpus, &stem, 0, "One.");
    let mut step = corpus.begin(author("edit"));
    let mut held = step.lock(&stem, Some(&edition)).unwrap();
    assert_eq!(held.edition(), Some(&edition));
    let new = changed(&held, |_, _| ());
    step.write(&mut held, &new).unwrap();
    drop(held);
    assert_eq!(corpus.editions(&stem).unwrap(), std::slice::from_ref(&edition));
    assert_eq!(corpus.all_editions().unwrap()[&stem], std::slice::from_ref(&edition));
    let turned = corpus.undo(&author("undo")).unwrap().unwrap();
    assert_eq!(turned.files, [(stem, Some(edition))]);
}

#[test]
fn a_file_that_an_editor_made_crooked_is_put_straight_once() {
    let (_folder, corpus, stem) = roy("Un.\n");
    let straighten = || {
        let mut step = corpus.begin(author("fmt"));
        let mut held = step.lock(&stem, None).unwrap();
        let done = step.straighten(&mut held).unwrap();
        assert!(!step.straighten(&mut held).unwrap());
        done
    };
    assert!(corpus.is_straight(&stem, None).unwrap());
    assert!(!straighten());
    edit(&corpus, &stem, 0, "One.");
    let straight = fs::read_to_string(corpus.alignment_path(&stem, None)).unwrap();
    assert!(corpus.is_straight(&stem, None).unwrap());
    assert!(!straighten());
    by_hand(&corpus, &stem, "\n", "\r\n");
    assert!(!corpus.is_straight(&stem, None).unwrap());
    assert!(straighten());
    assert_eq!(fs::read_to_string(corpus.alignment_path(&stem, None)).unwrap(), straight);
}

#[test]
fn a_scan_says_whether_there_is_a_file() {
    let (_folder, corpus, stem) = roy("Un.\nDeux.\n");
    let scan = || {
        let mut units = 0;
        (corpus.scan(&stem, None, |_| true, |_| units += 1).unwrap(), units)
    };
    assert_eq!(scan(), (false, 0));
    edit(&corpus, &stem, 0, "One.");
    assert_eq!(scan(), (true, 2));
}

#[test]
fn a_received_text_that_somebody_took_away_comes_back_when_it_is_received_again() {
    let (_folder, corpus, stem) = roy("Un.\n");
    let receive = |text: &str| {
        let mut step = corpus.begin(author("align"));
        let mut held = step.lock(&stem, None).unwrap();
        let about = vec![("english_sha256".to_owned(), sha256(b"One.\n"))];
        let new = changed(&held, |header, _| header.about = about);
        step.write_received(&mut held, &new, text.as_bytes())
    };
    receive("One.\n").unwrap();
    fs::remove_file(corpus.text_path(&stem, None)).unwrap();
    let told = receive("Won.\n").unwrap_err().to_string();
    assert!(told.ends_with("its header names another English text"), "{told}");
    receive("One.\n").unwrap();
    assert_eq!(corpus.received(&stem, None).unwrap().as_deref(), Some(&b"One.\n"[..]));
    assert_eq!(corpus.steps().unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_pipe_in_the_configurations_place() {
    let folder = folder(&[]);
    let path = folder.path().join("enregard.toml");
    if !Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()) {
        return eprintln!("skipped: there is no mkfifo");
    }
    let told = Corpus::open(folder.path()).map(drop).unwrap_err().to_string();
    assert_eq!(told, "enregard.toml is a pipe, socket or device, expected a file");
}
