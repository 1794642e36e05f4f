//! A new article: seed and alignment file come as one change, and nothing comes of one that cannot be.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use enregard::bitext::{Header, Kind, Lang, Sentence, Span, Stem};
use enregard::desk::{self, Adding};
use enregard::store::{Author, Corpus, StoreError, sha256};

fn author(command: &str) -> Author {
    Author { by: Some("Ève".into()), at: "2026-11-29T08:00:00Z".into(), command: command.into() }
}

fn corpus() -> (tempfile::TempDir, Corpus) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    let corpus = Corpus::open(folder.path()).unwrap();
    (folder, corpus)
}

/// The files of a corpus that git keeps, with their content.
fn files(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut all = BTreeMap::new();
    for folder in ["seeds", "alignments"] {
        for found in fs::read_dir(root.join(folder)).into_iter().flatten() {
            let path = found.unwrap().path();
            if path.is_file() {
                all.insert(path.clone(), fs::read_to_string(path).unwrap());
            }
        }
    }
    all
}

fn add(corpus: &Corpus, name: &str, text: &str) -> desk::Added {
    let mut adding = Adding::begin(corpus, author("add")).unwrap();
    let added = adding.add(text.as_bytes().to_vec(), &name.parse().unwrap(), None, &Vec::new()).unwrap();
    adding.finish().unwrap();
    added
}

#[test]
fn an_article_of_many_pieces_is_what_it_would_be_as_one_and_is_taken_back_whole() {
    let (folder, corpus) = corpus();
    let nothing = files(folder.path());
    // Some sentences stand twice; both files are longer than what is written at once, by far.
    let text: String = (0..3000).map(|n| format!("Il pleut {} jours, dit \"Ève\\\".\n", n % 2500)).collect();
    let added = add(&corpus, "roy", &text);
    assert_eq!((added.sentences, added.content), (3000, 3000));
    let stored = corpus.read(&"roy".parse().unwrap(), None).unwrap();
    let expected = desk::fresh(&stored.article, Lang::Fr);
    assert_eq!(stored.alignment.unwrap().units(), expected.units());
    let whole = files(folder.path());
    assert_eq!(whole.len(), 2);
    assert!(corpus.is_straight(&"roy".parse().unwrap(), None).unwrap());
    corpus.undo(&author("undo")).unwrap().unwrap();
    assert_eq!(files(folder.path()), nothing);
    corpus.redo(&author("redo")).unwrap().unwrap();
    assert_eq!(files(folder.path()), whole);
}

#[test]
fn english_that_an_article_left_behind_is_there_when_it_comes_back() {
    let (folder, corpus) = corpus();
    add(&corpus, "roy", "Il pleut.\nIl vente.\n");
    let stem: Stem = "roy".parse().unwrap();
    let path = corpus.alignment_path(&stem, None);
    let english = fs::read_to_string(&path)
        .unwrap()
        .replace("[\"Il vente.\"]", "[\"Il vente.\"],\"en\":[\"It blows.\"]");
    fs::write(&path, &english).unwrap();
    fs::remove_file(corpus.seed_path(&stem)).unwrap();
    let added = add(&corpus, "roy", "Il pleut.\nIl vente.\n");
    assert_eq!((added.sentences, added.content), (2, 2));
    assert!(fs::read_to_string(&path).unwrap().contains("It blows."));
    // The file is not written over by who expects none, either.
    fs::remove_file(corpus.seed_path(&stem)).unwrap();
    let before = files(folder.path());
    let mut step = corpus.begin(author("add"));
    let held = step.lock_new(&stem).unwrap();
    let told = step.write_new(held, "Il pleut.\n".into(), header("roy", "Il pleut.\n"), &mut |_, _| Ok(()));
    assert!(matches!(told, Err(StoreError::Meanwhile(_))), "{told:?}");
    assert_eq!(files(folder.path()), before);
}

fn header(name: &str, text: &str) -> Header {
    Header::new(name, ["fr", "en"], &sha256(text.as_bytes()), "fr/1")
}

#[test]
fn what_is_no_new_article_leaves_nothing_behind() {
    let (folder, corpus) = corpus();
    let text = "Il pleut.\nIl vente.\n";
    let sentence = |start, end| Sentence { span: Span::new(start, end), kind: Kind::Body, paragraph: 0 };
    let (first, second) = (sentence(0, 9), sentence(10, 19));
    let tries = [
        (
            "roy",
            header("roy", text),
            vec![first],
            "the sentences of roy are not its text: text at byte 10 belongs to no sentence",
        ),
        (
            "roy",
            header("roy", text),
            vec![second, first],
            "the sentences of roy are not its text: text at byte 0 belongs to no sentence",
        ),
        (
            "roy",
            header("roy", text),
            vec![first, first],
            "the sentences of roy are not its text: sentence 1 has no place of its own in the text",
        ),
        (
            "roy",
            header("roy", "Il neige."),
            vec![first, second],
            "alignments/roy.jsonl would not read back as it was meant: its header has not the article's `sha256`",
        ),
        (
            "roy",
            header("neuf", text),
            vec![first, second],
            "alignments/roy.jsonl would not read back as it was meant: the header",
        ),
    ];
    for (name, header, sentences, expected) in tries {
        let mut step = corpus.begin(author("add"));
        let held = step.lock_new(&name.parse().unwrap()).unwrap();
        let told = step
            .write_new(held, text.to_owned(), header, &mut |_, each| {
                sentences.iter().try_for_each(|one| each(*one))
            })
            .unwrap_err()
            .to_string();
        assert!(told.ends_with(expected), "{told}");
        assert!(files(folder.path()).is_empty(), "{told}");
    }
    assert_eq!(corpus.undo(&author("undo")).unwrap(), None);
}
