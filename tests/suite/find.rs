//! `find` as a real process: places, their order, limits, counts, and what it cannot do.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::program::ran as run;

fn find(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    run(folder, &[&["find"], arguments].concat())
}

/// Three articles: one translated and described, one translated, one that nobody has touched.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let seeds = folder.path().join("seeds");
    fs::create_dir_all(&seeds).unwrap();
    fs::write(seeds.join("afp.txt"), "L’œuvre d’une vie s’achève.\n\nLe chat dort. Un chien aboie.\n")
        .unwrap();
    fs::write(seeds.join("lune.txt"), "Un chat noir passe.\n\nLe Chat est un journal.\n").unwrap();
    fs::write(seeds.join("roy.txt"), "Aucun chat ne passe ici.\n").unwrap();
    for (article, english) in [
        ("afp", "A life’s work comes to an end.\nThe cat is asleep.\n:reviewed A dog barks.\n"),
        ("lune", "A black cat goes by.\nLe Chat is a newspaper.\n"),
    ] {
        let mut command = Command::cargo_bin("enregard").unwrap();
        command.current_dir(folder.path()).env_clear().args(["translate", article]).write_stdin(english);
        command.assert().success();
    }
    let about = ["describe", "afp", "--publisher", "AFP", "--date", "2026-01-14"];
    assert_eq!(run(folder.path(), &about).0, 0, "{:?}", run(folder.path(), &about));
    folder
}

/// Cite without id, side, match: what a table says.
fn places(table: &str) -> Vec<String> {
    table
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 6, "{line}");
            format!("{} {} {}", cells[0].split(':').next().unwrap(), cells[1], cells[3])
        })
        .collect()
}

#[test]
fn both_sides_are_gone_through_and_untouched_articles_too() {
    let folder = corpus();
    let (code, out, told) = find(folder.path(), &["CHAT", "--tsv"]);
    assert_eq!(code, 0, "{told}");
    assert_eq!(places(&out), ["afp fr chat", "lune fr chat", "lune fr Chat", "lune en Chat", "roy fr chat"]);
    assert!(out.contains("\tfr\tUn \tchat\t noir passe.\tA black cat goes by.\n"), "{out}");
    assert!(told.contains("5 matches (4 French, 1 English)"), "{told}");
    let (_, out, _) = find(folder.path(), &["chat", "--tsv", "--en"]);
    assert_eq!(places(&out), ["lune en Chat"]);
    let (_, out, _) = find(folder.path(), &["chat", "--tsv", "--exact", "lune"]);
    assert_eq!(places(&out), ["lune fr chat"]);
    let (_, out, _) = find(folder.path(), &["l'oeuvre", "--tsv"]);
    assert_eq!(places(&out), ["afp fr L’œuvre"]);
    let (code, out, told) = find(folder.path(), &["licorne"]);
    assert!(code == 0 && out.is_empty() && told.contains("nothing found in 3 articles"), "{told}");
}

#[test]
fn the_keyword_stands_in_its_context_with_its_partner() {
    let folder = corpus();
    let (_, out, _) = find(folder.path(), &["chat", "--fr", "lune"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 4, "{out}");
    let column = |line: &str| line.to_lowercase().find("chat").unwrap();
    assert_eq!(column(lines[0]), column(lines[2]), "{out}");
    assert!(lines[0].ends_with("Un  chat  noir passe."), "{out}");
    assert!(lines[1].starts_with("    lune:") && lines[1].ends_with("  A black cat goes by."), "{out}");
    assert!(!out.contains('\u{1B}'), "no colours in a pipe");
}

#[test]
fn places_are_sorted_drawn_by_lot_and_limited() {
    let folder = corpus();
    let (_, out, _) = find(folder.path(), &["chat", "--fr", "--tsv", "--sort", "right"]);
    assert_eq!(places(&out), ["afp fr chat", "lune fr Chat", "roy fr chat", "lune fr chat"]);
    let (_, out, _) = find(folder.path(), &["chat", "--fr", "--tsv", "--sort", "left"]);
    assert_eq!(places(&out), ["roy fr chat", "afp fr chat", "lune fr Chat", "lune fr chat"]);
    let (_, first, told) = find(folder.path(), &["chat", "--tsv", "--sample", "2", "--seed", "7"]);
    assert_eq!(places(&first).len(), 2);
    assert!(
        told.contains("5 matches") && told.contains("of which 2 are shown, drawn with --seed 7"),
        "{told}"
    );
    assert_eq!(find(folder.path(), &["chat", "--tsv", "--sample", "2", "--seed", "7"]).1, first);
    let others: Vec<String> = (1..9)
        .map(|seed| find(folder.path(), &["chat", "--tsv", "--sample", "2", "--seed", &seed.to_string()]).1)
        .collect();
    assert!(others.iter().any(|other| *other != first));
    let (_, out, told) = find(folder.path(), &["chat", "--tsv", "--limit", "1"]);
    assert_eq!(places(&out), ["afp fr chat"]);
    assert!(told.contains("the first 1"), "{told}");
}

#[test]
fn the_articles_metadata_limit_it() {
    let folder = corpus();
    for (limits, expected) in [
        (&["--where", "publisher=afp"][..], &["afp"][..]),
        (&["--where", "publisher!=AFP"], &["lune", "lune", "roy"]),
        (&["--since", "2026"], &["afp"]),
        (&["--until", "2025-12"], &[]),
        (&["--where", "article~un", "--where", "status=draft"], &["lune", "lune"]),
        (&["--where", "status=untranslated"], &["roy"]),
    ] {
        let (code, out, told) = find(folder.path(), &[&["chat", "--fr", "--tsv"], limits].concat());
        assert_eq!(code, 0, "{told}");
        let found: Vec<String> =
            places(&out).iter().map(|place| place.split(' ').next().unwrap().to_owned()).collect();
        assert_eq!(found, expected, "{limits:?}");
    }
    let (code, _, told) = find(folder.path(), &["chat", "--where", "colour=red"]);
    assert!(code == 2 && told.contains("found the key `colour`, expected one of article"), "{told}");
}

#[test]
fn counts_are_per_million_words_and_forms_are_counted() {
    let folder = corpus();
    let (_, out, _) = find(folder.path(), &["chat", "--count"]);
    let lines: Vec<Vec<&str>> = out.lines().map(|line| line.split_whitespace().collect()).collect();
    // 7 + 3 + 3 in the first, 4 + 5 in the second, 5 in the third.
    assert_eq!(lines[1], ["fr", "4", "148148.1", "4", "6", "3", "27"], "{out}");
    assert_eq!(lines[2][..2], ["en", "1"], "{out}");
    let (_, out, _) = find(folder.path(), &["chat", "--count", "--json", "--fr"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["sides"]["fr"]["matches"], 4, "{out}");
    assert!(json["sides"].get("en").is_none());
    let (_, out, _) = find(folder.path(), &[r"ch\w+", "--forms", "--fr", "--tsv"]);
    assert!(out.starts_with("matches\tper_million\tform\n4\t") && out.contains("\tchien\n"), "{out}");
}

#[test]
fn json_cites_and_points_into_the_text() {
    let folder = corpus();
    let (_, out, _) = find(folder.path(), &["œuvre", "--json"]);
    let place: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    assert_eq!(place["cite"], format!("afp:{}", place["id"].as_str().unwrap()));
    let (start, end) =
        (place["span"][0].as_u64().unwrap() as usize, place["span"][1].as_u64().unwrap() as usize);
    assert_eq!(&place["fr"].as_str().unwrap()[start..end], "œuvre");
    assert_eq!((place["left"].as_str(), place["match"].as_str()), (Some("L’"), Some("œuvre")));
    // What is cited is a name that other commands take.
    assert_eq!(run(folder.path(), &["set", place["cite"].as_str().unwrap(), "--status", "reviewed"]).0, 0);
}

#[test]
fn what_cannot_be_found_is_told_with_what_to_type() {
    let folder = corpus();
    let (code, _, told) = find(folder.path(), &["(chat"]);
    assert!(code == 2 && told.contains("cannot find `(chat`") && told.contains("unclosed group"), "{told}");
    assert!(told.contains("hint: `--fixed` takes"), "{told}");
    assert!(find(folder.path(), &[""]).2.contains("the pattern is empty"));
    assert_eq!(find(folder.path(), &["-F", "(chat"]).0, 0);
    fs::write(folder.path().join("alignments/lune.jsonl"), "{").unwrap();
    let (code, out, told) = find(folder.path(), &["chat", "--tsv", "--fr"]);
    assert!(code == 2 && told.contains("cannot look into lune"), "{told}");
    assert_eq!(places(&out), ["afp fr chat", "roy fr chat"]);
}
