//! English editions of an article beside each other, and commands that are told which one is meant.

use std::fs;
use std::path::Path;

use enregard::bitext::{Edition, Status, Stem, Unit};
use enregard::store::Corpus;

use crate::program::enregard;

const FR: &str = "Le président a signé la loi mardi.\nElle interdit les voitures à essence.\nLes voitures électriques coûtent cher. Le prix des batteries baisse pourtant.\nUne batterie dure dix ans.\n";
const EN: &str = "The president signed the law on Tuesday.\nIt bans petrol cars.\nElectric cars are expensive, although the price of batteries is falling.\nA battery lasts ten years.\n";

fn run(folder: &Path, arguments: &[&str]) -> (String, String) {
    let ran = enregard(folder).args(arguments).assert().code(0);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&ran.get_output().stdout), text(&ran.get_output().stderr))
}

/// An article with English of one's own, and a published edition.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    fs::create_dir(path.join("seeds")).unwrap();
    fs::write(path.join("seeds/loi.txt"), FR).unwrap();
    fs::write(path.join("en.txt"), EN).unwrap();
    run(path, &["align", "loi", "en.txt", "--edition", "published"]);
    for (unit, english) in [
        ("loi:1", "The president signed the bill on Tuesday."),
        ("loi:2", "It bans petrol cars."),
        ("loi:3", "Electric cars are dear."),
        ("loi:4", "But batteries are getting cheaper."),
    ] {
        run(path, &["set", unit, "--en", english]);
    }
    folder
}

fn units(folder: &Path, edition: Option<&str>) -> Vec<Unit> {
    let stem: Stem = "loi".parse().unwrap();
    let edition: Option<Edition> = edition.map(|name| name.parse().unwrap());
    let stored = Corpus::open(folder).unwrap().read(&stem, edition.as_ref()).unwrap();
    stored.alignment.unwrap().units().to_vec()
}

#[test]
fn a_number_and_what_to_type_next_are_of_the_edition_that_is_named() {
    let folder = corpus();
    let path = folder.path();
    // The fourth of the edition is the fifth of the article's own.
    run(path, &["set", "loi:4", "--edition", "published", "--note", "dix ans"]);
    let (told, _) = run(path, &["history", "loi:4", "--edition", "published"]);
    assert!(told.contains("dix ans") && told.contains("A battery lasts ten years."), "{told}");
    run(path, &["set", "loi:4", "--edition", "published", "--clear"]);
    let (_, told) = run(path, &["translate", "loi", "--edition", "published"]);
    assert!(told.contains("1 to do: `enregard translate loi --edition published` goes on"), "{told}");
    let arguments = ["export", "loi", "--side", "en", "--edition", "published"];
    let ran = enregard(path).args(arguments).assert().code(2).stdout("");
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(told.contains("hint: `enregard translate loi --edition published` goes through them"), "{told}");
}

#[test]
fn editions_are_exported_side_by_side_at_their_smallest_common_beads() {
    let folder = corpus();
    let (told, _) = run(folder.path(), &["export", "--editions", "main,published"]);
    let lines: Vec<Vec<&str>> = told.lines().map(|line| line.split('\t').skip(1).collect()).collect();
    assert_eq!(lines[0], ["article", "fr", "en:main", "en:published"]);
    assert_eq!(
        lines[3],
        [
            "loi",
            "Les voitures électriques coûtent cher. Le prix des batteries baisse pourtant.",
            "Electric cars are dear. But batteries are getting cheaper.",
            "Electric cars are expensive, although the price of batteries is falling."
        ]
    );
    assert_eq!(lines[4], ["loi", "Une batterie dure dix ans.", "", "A battery lasts ten years."]);
    assert_eq!(lines.len(), 5);
    let (csv, _) = run(folder.path(), &["export", "--editions", "published", "--to", "csv"]);
    assert!(csv.starts_with("id,article,fr,en:published\n"), "{csv}");
    run(folder.path(), &["export", "--editions", "main,published", "-o", "both.tsv"]);
    assert_eq!(fs::read_to_string(folder.path().join("both.tsv")).unwrap(), told);
    for (arguments, said) in [
        (&["export", "--editions", "main,paperback"][..], "no article has an edition `paperback`"),
        (&["export", "--editions", "a@b"], "a@b"),
    ] {
        let ran = enregard(folder.path()).args(arguments).assert().code(2).stdout("");
        let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn two_versions_are_compared_word_by_word() {
    let folder = corpus();
    let (told, counted) = run(folder.path(), &["compare", "loi"]);
    assert!(told.contains("en  The president signed the [-bill-]{+law+} on Tuesday."), "{told}");
    assert!(!told.contains("petrol") && !told.contains("ten years"), "{told}");
    assert!(
        counted.contains(
            "loi: 2 of 3 beads that both versions have differ; 0 only in main, 1 only in published"
        )
    );
    let (told, _) = run(folder.path(), &["compare", "loi", "--editions", "published,main", "--all"]);
    assert!(told.contains("[-law-]{+bill+}") && told.contains("petrol"), "{told}");
    assert!(told.contains("[-A battery lasts ten years.-]"), "{told}");
    for (arguments, said) in [
        (&["compare", "loi", "--edition", "x"][..], "there is no edition `x`"),
        (&["compare", "loi", "--editions", "main"], "two are compared, found 1"),
        (&["compare", "non"], "no article is named `non`"),
    ] {
        let ran = enregard(folder.path()).args(arguments).assert().code(2).stdout("");
        let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(told.contains(said) && told.contains("hint: "), "{told}");
    }
    // The article has changed: its units are those of the former text.
    fs::write(folder.path().join("seeds/loi.txt"), FR.replace("mardi", "lundi")).unwrap();
    let ran = enregard(folder.path()).args(["compare", "loi"]).assert().code(2);
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(told.contains("run `enregard sync loi` first"), "{told}");
}

#[test]
fn every_edit_goes_to_the_edition_that_is_named() {
    let folder = corpus();
    let path = folder.path();
    let main = units(path, None);
    let id = units(path, Some("published"))[0].id.to_string();
    run(path, &["set", &id, "--edition", "published", "--status", "reviewed"]);
    assert_eq!(units(path, Some("published"))[0].status, Status::Reviewed);
    run(path, &["merge", "loi:1", "loi:2", "--edition", "published"]);
    run(path, &["split", "loi:1", "--edition", "published", "--en-at", "It bans"]);
    run(path, &["move", "loi:2", "next", "--edition", "published", "--en"]);
    run(path, &["move", "loi:3", "previous", "--edition", "published", "--en-at", "Electric"]);
    run(path, &["dismiss", &id, "numbers", "--edition", "published"]);
    let now = units(path, Some("published"));
    assert_eq!(now[1].english(), "It bans petrol cars.");
    assert_eq!(now[0].more.dismissed.len(), 1);
    assert_eq!(units(path, None), main);
    let (all, _) = run(path, &["history", &id]);
    let (own, _) = run(path, &["history", &id, "--edition", "published"]);
    assert!(all.contains("loi  set") && !own.contains("loi  set") && own.contains("loi@published"), "{own}");

    let file = path.join("alignments/loi@published.jsonl");
    let straight = fs::read_to_string(&file).unwrap();
    fs::write(&file, straight.replace("\n\n", "\n")).unwrap();
    fs::write(
        path.join("alignments/loi.jsonl"),
        "\n".to_owned() + &fs::read_to_string(path.join("alignments/loi.jsonl")).unwrap(),
    )
    .unwrap();
    assert_eq!(run(path, &["fmt", "--edition", "published"]).0, "alignments/loi@published.jsonl\n");
    assert_eq!(run(path, &["fmt"]).0, "alignments/loi.jsonl\n");

    fs::write(path.join("seeds/loi.txt"), FR.replace("mardi", "lundi")).unwrap();
    let (told, _) = run(path, &["sync", "--edition", "published"]);
    assert!(told.starts_with("loi@published: 1 stale"), "{told}");
    let (told, _) = run(path, &["sync"]);
    assert!(told.starts_with("loi: 1 stale") && !told.contains("@published"), "{told}");
    // An id alone, in the edition's files; and one that is not there.
    let ran = enregard(path).args(["drop", &id, "--edition", "paperback"]).assert().code(2);
    assert!(String::from_utf8(ran.get_output().stderr.clone()).unwrap().contains(&id));
}

#[test]
fn a_new_text_may_be_in_an_old_encoding_and_an_empty_one_is_named() {
    let folder = corpus();
    let new = FR
        .replace("mardi", "\u{0}")
        .replace('\u{0}', "lundi")
        .chars()
        .map(|c| c as u32 as u8)
        .collect::<Vec<_>>();
    fs::write(folder.path().join("new.txt"), new).unwrap();
    let (_, told) = run(folder.path(), &["sync", "loi", "--from", "new.txt"]);
    assert!(told.contains("new.txt is read as ISO-8859-1, a guess by its letters"), "{told}");
    let seed = fs::read_to_string(folder.path().join("seeds/loi.txt")).unwrap();
    assert!(seed.starts_with("Le président a signé la loi lundi."), "{seed}");
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    let ran = enregard(folder.path()).args(["sync", "loi", "--from", "empty.txt"]).assert().code(2);
    let told = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
    assert!(told.contains("empty.txt") && !told.contains("seeds/"), "{told}");
    // Two files without a corpus, too.
    fs::write(
        folder.path().join("fr.txt"),
        "Le caf\u{e9} est ferm\u{e9}.\n".chars().map(|c| c as u8).collect::<Vec<_>>(),
    )
    .unwrap();
    fs::write(folder.path().join("caf.txt"), "The café is closed.\n").unwrap();
    assert!(
        run(folder.path(), &["align", "fr.txt", "caf.txt"]).0.starts_with("Le café est fermé.\tThe café")
    );
}
