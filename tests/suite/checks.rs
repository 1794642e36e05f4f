//! `enregard check` and `enregard dismiss`, as a person runs them; and the page that is made from the checks' own files.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::program::enregard_at;

fn enregard(folder: &Path) -> Command {
    enregard_at(folder, "1000000000")
}

fn out(command: &mut Command, code: i32) -> String {
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{stderr}");
    String::from_utf8(output.stdout).unwrap()
}

/// A corpus of one article with the English of its sentences.
fn corpus(text: &str, english: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), text).unwrap();
    out(enregard(folder.path()).args(["translate", "roy"]).write_stdin(english), 0);
    folder
}

#[test]
fn findings_are_shown_at_their_place_and_dismissed_until_the_english_changes() {
    let folder = corpus("Il a douze ans. Elle a 12 ans.\n", "He is twelve.\nShe is 21.\n");
    let told = out(enregard(folder.path()).arg("check"), 1);
    assert!(
        told.contains("numbers (error)") && told.contains("  `21` is `12` in the French; perhaps `12`"),
        "{told}"
    );
    assert!(told.contains("  en  She is 21.\n             ^^\n"), "{told}");

    let json = out(enregard(folder.path()).args(["check", "--json"]), 1);
    let finding: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    assert_eq!((finding["article"].as_str(), finding["place"].as_u64()), (Some("roy"), Some(2)));
    assert_eq!(finding["en_span"], serde_json::json!([7, 9]));

    let unit = finding["unit"].as_str().unwrap();
    out(enregard(folder.path()).args(["dismiss", unit, "numbers"]), 0);
    assert_eq!(out(enregard(folder.path()).arg("check"), 0), "");
    out(enregard(folder.path()).args(["set", unit, "--en", "She is 22."]), 0);
    assert!(out(enregard(folder.path()).arg("check"), 1).contains("`22` is `12`"));
    out(enregard(folder.path()).args(["dismiss", unit, "nombres"]), 2);
}

#[test]
fn a_quotation_over_two_units_of_a_paragraph_is_whole() {
    let folder = corpus("« Il dort. Elle veille », dit-on.\n", "\"He sleeps.\nShe wakes,\" they say.\n");
    assert_eq!(out(enregard(folder.path()).arg("check"), 0), "");
    let folder = corpus("Le « roi » dort. Elle veille.\n", "The \"king sleeps.\nShe wakes.\n");
    assert!(out(enregard(folder.path()).arg("check"), 1).contains("quotes"));
}

#[test]
fn a_corpus_has_rules_a_glossary_and_names_of_its_own() {
    let folder =
        corpus("Il a 12 puces. Il vient de Villeneuve.\n", "He has 21 fleas.\nHe comes from Newtown.\n");
    let all = out(enregard(folder.path()).arg("check"), 1);
    assert!(all.contains("numbers") && all.contains("names") && !all.contains("glossary"), "{all}");
    fs::write(folder.path().join("glossary.tsv"), "puce\tchip\n").unwrap();
    fs::write(folder.path().join("names.tsv"), "Villeneuve\tNewtown\n").unwrap();
    let config =
        "[checks.severity]\nnumbers = \"note\"\n[[checks.pattern]]\nname = \"plural\"\nnot_en = \"fleas\"\n";
    fs::write(folder.path().join("enregard.toml"), config).unwrap();
    let all = out(enregard(folder.path()).arg("check"), 1);
    assert!(!all.contains("numbers") && !all.contains("names"), "{all}");
    assert!(all.contains("the glossary has `chip` for `puces`") && all.contains("plural (warning)"), "{all}");
    fs::write(folder.path().join("enregard.toml"), "[checks.severity]\nnombres = \"note\"\n").unwrap();
    out(enregard(folder.path()).arg("check"), 2);
}

#[test]
fn one_french_with_two_english_is_found_over_the_corpus() {
    let folder = corpus(
        "Il dort dans la tour. Elle veille. Il dort dans la tour.\n",
        "He sleeps in the tower.\nShe wakes.\nHe is asleep in the tower.\n",
    );
    assert!(out(enregard(folder.path()).arg("check"), 1).contains("inconsistent (warning)"));
}

#[test]
fn pairs_from_a_pipe_have_a_line_for_a_line_and_their_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let run =
        |input: &str, code| out(enregard(folder.path()).args(["check", "--jsonl"]).write_stdin(input), code);
    assert_eq!(run("", 0), "");
    assert_eq!(
        run("{\"id\":\"a\",\"fr\":\"Il dort.\",\"en\":\"He sleeps.\"}\n", 0),
        "{\"id\":\"a\",\"findings\":[]}\n"
    );
    assert!(run("{\"id\":\"a\",\"fr\":\"Il dort.\",\"en\":\"He sleeps\"}\n", 1).contains("end-punctuation"));
    let told = run("nonsense\n{\"id\":\"a\",\"fr\":\"Il dort.\",\"en\":\"He sleeps.\"}\n", 2);
    assert_eq!(told.lines().count(), 2);
    assert!(told.lines().next().unwrap().contains("\"error\":\"line 1: "), "{told}");
}

#[test]
fn good_pairs_of_many_kinds_have_no_findings() {
    let checker = enregard::quality::Checker::default();
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/checks/good.tsv")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert!(lines.len() > 400);
    for line in lines {
        let (fr, en) = line.trim_start_matches('!').split_once('\t').unwrap();
        let found: Vec<String> =
            checker.check(fr, en).into_iter().map(|f| format!("{}: {}", f.check, f.message)).collect();
        assert_eq!(!found.is_empty(), line.starts_with('!'), "{fr}\n{en}\n{found:?}");
    }
}

#[test]
fn one_english_for_two_french_and_what_is_usual_in_a_corpus_are_found() {
    let folder = corpus(
        "Le roi dort dans la tour du nord. Elle veille. La reine chante au salon de musique.\n",
        "The king sleeps in the north tower.\nShe wakes.\nThe king sleeps in the north tower.\n",
    );
    let told = out(enregard(folder.path()).arg("check"), 1);
    assert!(
        told.contains("inconsistent (warning)") && told.contains("stands for another French at"),
        "{told}"
    );
    // A corpus whose English is as long as its French: what is short elsewhere is very short here.
    let french: String =
        (0..120).map(|n| format!("Le voisin numéro {n} range ses vieux livres dans le grenier. ")).collect();
    let english: String = (0..120)
        .map(|n| format!("The neighbour number {n} puts his very old books away in the attic.\n"))
        .collect();
    let folder = corpus(&format!("{french}\n"), &english);
    let unit = fs::read_to_string(folder.path().join("alignments/roy.jsonl")).unwrap();
    let first: serde_json::Value =
        serde_json::from_str(unit.lines().find(|line| line.contains("numéro 7 ")).unwrap()).unwrap();
    let short = "Neighbour 7 puts books in the attic.";
    out(enregard(folder.path()).args(["set", first["id"].as_str().unwrap(), "--en", short]), 0);
    let told = out(enregard(folder.path()).args(["check", "--level", "note"]), 1);
    assert!(told.contains("length"), "{told}");
    assert!(
        enregard::quality::Checker::new(enregard::bitext::Severity::Note)
            .check("Le voisin numéro 7 range ses vieux livres dans le grenier.", short)
            .iter()
            .all(|finding| finding.check != "length")
    );
}

/// docs/CHECKS.md is made from the checks' files: `ENREGARD_UPDATE=1 cargo test --test suite the_page_of_checks`.
#[test]
fn the_page_of_checks_is_what_their_files_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut page = fs::read_to_string(root.join("docs/checks-head.md")).unwrap();
    let mut files: Vec<_> =
        fs::read_dir(root.join("src/quality/checks")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.file_name().unwrap() != "mod.rs");
    files.sort_by_key(|path| path.file_name().unwrap().to_owned());
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let doc: Vec<&str> = text
            .lines()
            .map_while(|line| line.strip_prefix("//!"))
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        let doc = doc.join("\n");
        let name =
            doc.strip_prefix("**").and_then(|rest| rest.split_once("**: ")).map(|(name, _)| name).unwrap();
        assert_eq!(format!("{}.rs", name.replace('-', "_")), path.file_name().unwrap().to_str().unwrap());
        let (_, rest) = doc.split_once("**: ").unwrap();
        let mut chars = rest.chars();
        let first: String = chars.next().unwrap().to_uppercase().collect();
        page.push_str(&format!("\n## {name}\n\n{first}{}\n", chars.as_str()));
    }
    let file = root.join("docs/CHECKS.md");
    if std::env::var_os("ENREGARD_UPDATE").is_some() {
        fs::write(&file, &page).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap();
    assert!(
        written == page,
        "docs/CHECKS.md is not what the checks say: set ENREGARD_UPDATE=1 and run this test again"
    );
}
