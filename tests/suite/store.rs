//! A corpus folder from outside: finding, naming, reading, and the one door for changes.

use std::fs;
use std::path::Path;
use std::time::Duration;

use enregard::bitext::{Alignment, Article, Extra, Header, Kind, Unit, UnitId};
use enregard::store::{Author, Corpus, StoreError, person};
use tempfile::TempDir;

fn corpus(seeds: &[(&str, &str)]) -> (TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    for (name, text) in seeds {
        fs::write(folder.path().join("seeds").join(name), text).unwrap();
    }
    let corpus = Corpus::open(folder.path()).unwrap();
    (folder, corpus)
}

fn author() -> Author {
    Author { by: Some("Ève".into()), at: "2026-11-20T08:00:00Z".into(), command: "test".into() }
}

/// One unit for each line of the article.
fn by_lines(article: &Article) -> Alignment {
    let header = Header::new(article.stem.as_str(), ["fr", "en"], &article.sha256, "fr/1");
    let lines = article.text.lines().filter(|line| !line.trim().is_empty());
    let units = lines
        .enumerate()
        .map(|(index, line)| {
            Unit::new(UnitId::of(&article.stem, &[line], index), Kind::Body, vec![line.to_owned()])
        })
        .collect();
    Alignment::new(header, units, &article.text).unwrap()
}

fn with_english(alignment: &Alignment, article: &Article, unit: usize, english: &str) -> Alignment {
    let (header, mut units) = alignment.clone().into_parts();
    units[unit].en = english.into();
    Alignment::new(header, units, &article.text).unwrap()
}

#[test]
fn a_corpus_is_found_from_a_folder_inside_it() {
    let (folder, _) = corpus(&[("roy.txt", "Il pleut.")]);
    let inside = folder.path().join("a/b");
    fs::create_dir_all(&inside).unwrap();
    assert_eq!(Corpus::find(&inside).unwrap().root(), folder.path());
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(Corpus::open(empty.path()), Err(StoreError::NotACorpus { .. })));
}

#[test]
fn an_article_is_named_by_an_unambiguous_beginning() {
    let (_folder, corpus) = corpus(&[("roy.txt", "a"), ("royal.txt", "b"), ("été.txt", "c")]);
    assert_eq!(corpus.resolve("roya").unwrap().as_str(), "royal");
    assert_eq!(corpus.resolve("roy").unwrap().as_str(), "roy");
    assert_eq!(corpus.resolve("e\u{301}t").unwrap().as_str(), "été");
    assert_eq!(corpus.resolve("seeds/roy.txt").unwrap().as_str(), "roy");
    assert_eq!(
        corpus.resolve("ro").unwrap_err().to_string(),
        "`ro` begins the names of 2 articles: roy, royal"
    );
    assert_eq!(corpus.resolve("x").unwrap_err().to_string(), "no article is named `x` or begins so");
}

#[test]
fn what_is_no_article_is_reported_and_the_others_stand() {
    let (folder, corpus) =
        corpus(&[("roy.txt", "a"), ("Roy.txt", "b"), ("x.md", "c"), ("a@b.txt", "d"), (".x", "")]);
    fs::create_dir(folder.path().join("seeds/dir.txt")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("seeds/out.txt")).unwrap();
    let survey = corpus.survey().unwrap();
    assert_eq!(survey.stems.iter().map(|stem| stem.as_str()).collect::<Vec<_>>(), ["Roy", "roy"]);
    let odd: Vec<String> =
        survey.odd.iter().map(|odd| format!("{}: {}", odd.path.display(), odd.why)).collect();
    let expected = [
        "seeds/a@b.txt: it holds one of / \\ : * ? \" < > | @ or a control character",
        "seeds/dir.txt: it is a folder",
        "seeds/out.txt: seeds/out.txt is a link to /etc/hostname, outside the corpus: it is not followed",
        "seeds/roy.txt: its name and `Roy` are one name on some computers",
        "seeds/x.md: it is no `.txt`",
    ];
    assert_eq!(odd, expected);
}

#[test]
fn seeds_that_are_no_text_are_refused_with_their_place() {
    let (folder, corpus) = corpus(&[("blank.txt", " \n"), ("zero.txt", "a\0b"), ("bom.txt", "\u{feff}")]);
    fs::write(folder.path().join("seeds/latin.txt"), b"un\n\xe9t\xe9").unwrap();
    let told = |name: &str| corpus.article(&name.parse().unwrap()).unwrap_err().to_string();
    assert_eq!(told("blank"), "seeds/blank.txt is empty, expected a text");
    assert_eq!(told("bom"), "seeds/bom.txt is empty, expected a text");
    assert_eq!(told("zero"), "seeds/zero.txt: found a NUL at byte 1, expected text in UTF-8");
    assert_eq!(
        told("latin"),
        "seeds/latin.txt: found the byte 0xE9 at byte 3 (line 2), expected text in UTF-8"
    );
}

#[test]
fn an_alignment_is_written_and_read_back_and_nothing_else_is_left() {
    let (folder, corpus) = corpus(&[("roy.txt", "Il pleut.\nIl vente.\n")]);
    let stem = corpus.resolve("roy").unwrap();
    let stored = corpus.read(&stem, None).unwrap();
    assert_eq!(stored.alignment, None);
    let mut step = corpus.begin(author());
    let mut held = step.lock(&stem, None).unwrap();
    let new = with_english(&by_lines(&stored.article), &stored.article, 1, "It is windy.");
    step.write(&mut held, &new).unwrap();
    drop(held);
    step.finish().unwrap();
    assert_eq!(corpus.read(&stem, None).unwrap().alignment.as_ref(), Some(&new));
    let names = |path: &str| -> Vec<String> {
        let found = fs::read_dir(folder.path().join(path)).unwrap();
        let mut names: Vec<_> =
            found.map(|found| found.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names("alignments"), [".journal", "roy.jsonl"]);
    assert!(!names("alignments/.journal").iter().any(|name| name.ends_with(".holder")));
}

#[test]
fn a_second_writer_waits_and_then_says_who_holds_the_article() {
    let (_folder, corpus) = corpus(&[("roy.txt", "Il pleut.")]);
    let stem = corpus.resolve("roy").unwrap();
    let held = corpus.begin(author()).lock(&stem, None).unwrap();
    let hasty = corpus.clone().with_wait(Duration::from_millis(30));
    let told = hasty.begin(author()).lock(&stem, None).map(|_| ()).unwrap_err().to_string();
    assert_eq!(told, format!("roy is in use by process {} (test): waited 0 s", std::process::id()));
    drop(held);
    assert!(hasty.begin(author()).lock(&stem, None).is_ok());
}

#[test]
fn units_that_are_not_the_articles_are_refused() {
    let (_folder, corpus) = corpus(&[("roy.txt", "Il pleut.\nIl vente.\n")]);
    let stem = corpus.resolve("roy").unwrap();
    let mut step = corpus.begin(author());
    let mut held = step.lock(&stem, None).unwrap();
    let whole = by_lines(&held.stored().article);
    let (header, mut units) = whole.into_parts();
    units.pop();
    let short = Alignment::of_changed(header, units).unwrap();
    let told = step.write(&mut held, &short).unwrap_err().to_string();
    assert_eq!(
        told,
        "the new units of roy do not cover it: the article goes on after its last unit, at byte 10: `Il vente.…`"
    );
    assert!(!Path::new(&corpus.alignment_path(&stem, None)).exists());
}

#[test]
fn many_translations_do_not_go_at_once_unless_asked() {
    let text: String = (0..100).map(|number| format!("Phrase {number}.\n")).collect();
    let (_folder, corpus) = corpus(&[("roy.txt", &text)]);
    let stem = corpus.resolve("roy").unwrap();
    let mut step = corpus.begin(author());
    let mut held = step.lock(&stem, None).unwrap();
    let article = held.stored().article.clone();
    let left = |count: usize| {
        let (header, mut units) = by_lines(&article).into_parts();
        units[..count].iter_mut().for_each(|unit| unit.en = "Sentence.".into());
        Alignment::new(header, units, &article.text).unwrap()
    };
    step.write(&mut held, &left(100)).unwrap();
    let told = step.write(&mut held, &left(0)).unwrap_err().to_string();
    assert_eq!(told, "alignments/roy.jsonl holds 100 translations and would hold 0");
    // Less than a fifth may go, however many they are; a fifth may not; and nine may, whatever part of all they are.
    step.write(&mut held, &left(81)).unwrap();
    let told = step.write(&mut held, &left(64)).unwrap_err().to_string();
    assert_eq!(told, "alignments/roy.jsonl holds 81 translations and would hold 64");
    for count in [66, 54, 44] {
        step.write(&mut held, &left(count)).unwrap();
    }
    assert!(step.write(&mut held, &left(34)).is_err());
    step.write(&mut held, &left(35)).unwrap();
    step.may_shrink().write(&mut held, &left(0)).unwrap();
}

#[test]
fn init_keeps_what_is_there_and_adds_what_git_must_know() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".gitignore"), "/target").unwrap();
    let (corpus, made) = Corpus::init(folder.path()).unwrap();
    let made: Vec<_> = made.iter().map(|path| path.to_str().unwrap()).collect();
    assert_eq!(made, ["seeds", "alignments", ".gitattributes", ".gitignore"]);
    let ignored = fs::read_to_string(folder.path().join(".gitignore")).unwrap();
    assert_eq!(ignored, "/target\nalignments/.journal/\n");
    assert_eq!(corpus.stems().unwrap(), []);
    assert_eq!(Corpus::init(folder.path()).unwrap().1, Vec::<std::path::PathBuf>::new());
}

#[test]
fn eight_writers_at_once_lose_nothing() {
    let text: String = (0..40).map(|number| format!("Phrase {number}.\n")).collect();
    let (folder, corpus) = corpus(&[("roy.txt", &text)]);
    let stem = corpus.resolve("roy").unwrap();
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let (root, stem) = (folder.path(), &stem);
            scope.spawn(move || {
                let corpus = Corpus::open(root).unwrap();
                for edit in 0..5 {
                    let mut step = corpus.begin(author());
                    let mut held = step.lock(stem, None).unwrap();
                    let article = held.stored().article.clone();
                    let old = held.stored().alignment.clone().unwrap_or_else(|| by_lines(&article));
                    let new = with_english(&old, &article, writer * 5 + edit, &format!("{writer} {edit}"));
                    step.write(&mut held, &new).unwrap();
                    step.finish().unwrap();
                }
            });
        }
    });
    let alignment = corpus.read(&stem, None).unwrap().alignment.unwrap();
    assert!(alignment.units().iter().all(|unit| unit.has_english()));
    assert_eq!(corpus.steps().unwrap().len(), 40);
    for _ in 0..40 {
        assert!(corpus.undo(&author()).unwrap().is_some());
    }
    assert_eq!(corpus.read(&stem, None).unwrap().alignment, None);
}

#[test]
fn what_would_not_read_back_is_not_written() {
    let (_folder, corpus) = corpus(&[("roy.txt", "Il pleut.\nIl vente.\n")]);
    let stem = corpus.resolve("roy").unwrap();
    let mut step = corpus.begin(author());
    let mut held = step.lock(&stem, None).unwrap();
    let article = held.stored().article.clone();
    let (header, units) = by_lines(&article).into_parts();
    let mut score = units.clone();
    score[1].score = Some(f64::NAN);
    let mut extra = units.clone();
    extra[1].more.extra = vec![Extra { key: "x".into(), json: "1},{".into() }];
    for units in [score, extra] {
        let told =
            step.write(&mut held, &Alignment::new(header.clone(), units.clone(), &article.text).unwrap());
        let expected = format!(
            "the new content of alignments/roy.jsonl would not read back as it was meant: unit {}",
            units[1].id
        );
        assert_eq!(told.unwrap_err().to_string(), expected);
    }
    let other = Header { sha256: "0".repeat(64), ..header };
    let told = step.write(&mut held, &Alignment::of_changed(other, units).unwrap()).unwrap_err().to_string();
    assert!(told.ends_with("its header has not the article's `sha256`"), "{told}");
}

#[test]
fn what_an_editor_saved_in_the_meantime_is_not_written_over() {
    let (_folder, corpus) = corpus(&[("roy.txt", "Il pleut.\nIl vente.\n")]);
    let stem = corpus.resolve("roy").unwrap();
    let mut step = corpus.begin(author());
    let mut held = step.lock(&stem, None).unwrap();
    let article = held.stored().article.clone();
    let first = with_english(&by_lines(&article), &article, 0, "It rains.");
    step.write(&mut held, &first).unwrap();
    let path = corpus.alignment_path(&stem, None);
    let by_hand = fs::read_to_string(&path).unwrap().replace("It rains.", "It's raining.");
    fs::write(&path, &by_hand).unwrap();
    let told = step.write(&mut held, &with_english(&first, &article, 1, "It is windy.")).unwrap_err();
    assert_eq!(told.to_string(), "alignments/roy.jsonl was changed by another program in the meantime");
    assert_eq!(fs::read_to_string(&path).unwrap(), by_hand);
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_link_out_of_the_corpus_is_reported_and_nobody_waits_for_it() {
    let (folder, corpus) = corpus(&[("roy.txt", "Il pleut.")]);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("alignments")).unwrap();
    let made = std::process::Command::new("mkfifo")
        .args([at("seeds/pipe.txt"), at("alignments/roy.jsonl")])
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: there is no mkfifo");
        return;
    }
    let odd = &corpus.survey().unwrap().odd;
    assert_eq!(
        (odd[0].path.to_str(), odd[0].why.as_str()),
        (Some("seeds/pipe.txt"), "it is no regular file")
    );
    let told = |name: &str| corpus.read(&name.parse().unwrap(), None).unwrap_err().to_string();
    assert_eq!(told("pipe"), "seeds/pipe.txt is a pipe, socket or device, expected a file");
    assert_eq!(told("roy"), "alignments/roy.jsonl is a pipe, socket or device, expected a file");
    fs::remove_file(at("alignments/roy.jsonl")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", at("alignments/roy.jsonl")).unwrap();
    assert!(told("roy").starts_with("alignments/roy.jsonl is a link to /"), "{}", told("roy"));
    fs::remove_dir_all(at("alignments")).unwrap();
    std::os::unix::fs::symlink(std::env::temp_dir(), at("alignments")).unwrap();
    let told = corpus.begin(author()).lock(&"roy".parse().unwrap(), None).map(drop).unwrap_err();
    assert!(matches!(told, StoreError::Outside { .. }), "{told}");
}

#[test]
fn whoever_types_is_who_the_configuration_says_else_git() {
    let (folder, corpus) = corpus(&[("roy.txt", "Un.\n")]);
    let git = |arguments: &[&str]| {
        let ran = std::process::Command::new("git").args(arguments).current_dir(folder.path()).output();
        assert!(ran.unwrap().status.success());
    };
    git(&["init", "--quiet"]);
    git(&["config", "user.name", " Zoë "]);
    assert_eq!(person(corpus.config(), folder.path()).as_deref(), Some("Zoë"));
    fs::write(folder.path().join("enregard.toml"), "[person]\nby = \"Ann\"\n").unwrap();
    let named = Corpus::open(folder.path()).unwrap();
    assert_eq!(person(named.config(), folder.path()).as_deref(), Some("Ann"));
}

/// Length and time alone do not tell two writes of one second apart on every file system.
#[cfg(unix)]
#[test]
fn another_file_of_the_same_length_and_time_has_another_mark() {
    let (folder, corpus) = corpus(&[("roy.txt", "Un.\n")]);
    let stem = "roy".parse().unwrap();
    let before = corpus.mark(&stem, None);
    assert_eq!(corpus.mark(&stem, None), before);
    let (path, beside) = (folder.path().join("seeds/roy.txt"), folder.path().join("seeds/.new"));
    fs::write(&beside, "Le.\n").unwrap();
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    fs::File::options().write(true).open(&beside).unwrap().set_modified(time).unwrap();
    fs::rename(&beside, &path).unwrap();
    assert_ne!(corpus.mark(&stem, None), before);
}

#[test]
fn an_empty_text_takes_away_what_was_kept_and_needs_nothing_to_be_there() {
    let (_folder, corpus) = corpus(&[("roy.txt", "Un.\n")]);
    corpus.keep("roy.line", "").expect("nothing was kept, and nothing is");
    let path = corpus.keep("roy.line", "half a sen").unwrap();
    assert_eq!(corpus.read_kept("roy.line").unwrap().as_deref(), Some(&b"half a sen"[..]));
    corpus.keep("roy.line", "").unwrap();
    assert_eq!(corpus.read_kept("roy.line").unwrap(), None);
    fs::create_dir(&path).unwrap();
    assert!(corpus.keep("roy.line", "").is_err(), "what cannot be taken away is told");
}

#[test]
fn alignment_files_that_cannot_be_listed_are_not_taken_for_none() {
    let (folder, corpus) = corpus(&[("roy.txt", "Un.\n")]);
    assert_eq!(corpus.alignment_files().unwrap(), [], "no folder, no files");
    fs::write(folder.path().join("alignments"), "a file in the folder's place").unwrap();
    let told = corpus.alignment_files().unwrap_err().to_string();
    assert!(told.contains("alignments"), "{told}");
}

#[test]
fn a_file_that_a_person_made_read_only_stays_as_it_is() {
    let (_folder, corpus) = corpus(&[("roy.txt", "Il pleut.\nIl vente.\n")]);
    let stem = corpus.resolve("roy").unwrap();
    let mut step = corpus.begin(author());
    let mut held = step.lock(&stem, None).unwrap();
    let article = held.stored().article.clone();
    step.write(&mut held, &by_lines(&article)).unwrap();
    let path = corpus.alignment_path(&stem, None);
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let new = with_english(&by_lines(&article), &article, 0, "It rains.");
    let told = step.write(&mut held, &new).unwrap_err().to_string();
    assert_eq!(told, "cannot write alignments/roy.jsonl: the file is read-only");
}

#[test]
fn a_new_article_is_not_the_twin_of_another() {
    let (folder, corpus) = corpus(&[("été.txt", "Il pleut.")]);
    let mut step = corpus.begin(author());
    for twin in ["été", "e\u{301}te\u{301}", "ÉTÉ"] {
        let told = step.lock_new(&twin.parse().unwrap()).map(drop).unwrap_err().to_string();
        assert_eq!(told, "there is an article `été` already");
    }
    assert_eq!(corpus.same_text("Il pleut.").unwrap().unwrap().as_str(), "été");
    assert_eq!(corpus.same_text("Il vente.").unwrap(), None);
    let mut held = step.lock_new(&"roy".parse().unwrap()).unwrap();
    step.replace_seed(&mut held, "Il vente.", None).unwrap();
    drop(held);
    assert_eq!(corpus.stems().unwrap().len(), 2);
    fs::write(folder.path().join("alignments/gone@new.jsonl"), "").unwrap();
    let strays = corpus.strays().unwrap();
    assert_eq!(strays[0].path.to_str(), Some("alignments/gone@new.jsonl"));
    assert_eq!(strays[0].why, "there is no seeds/gone.txt");
}
