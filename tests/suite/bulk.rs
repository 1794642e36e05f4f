//! Many pairs of texts at once, and texts with parts that are missing or stand elsewhere.

use std::fs;
use std::path::Path;

use crate::program::enregard;

const ENGLISH: &str = include_str!("../data/bring/001.txt");
const ARTICLE: &str = "001_ab3f9ca4c3577bf8";

/// Pairs of texts that are easily aligned.
const PAIRS: [(&str, &str, &str); 3] = [
    (
        "loi",
        "Le président a signé la loi mardi.\nElle interdit les voitures à essence.\nLes voitures électriques coûtent cher. Le prix des batteries baisse pourtant.\n",
        "The president signed the law on Tuesday.\nIt bans petrol cars.\nElectric cars are expensive, although the price of batteries is falling.\n",
    ),
    (
        "pluie",
        "Il pleut depuis lundi à Paris.\nLes rues sont vides. Les écoles restent fermées jusqu’à vendredi.\n",
        "It has been raining in Paris since Monday.\nThe streets are empty. Schools stay closed until Friday.\n",
    ),
    (
        "mer",
        "La mer monte de trois millimètres par an.\nLes ports du sud sont les premiers touchés.\n",
        "The sea is rising by three millimetres a year.\nThe southern ports are the first to be hit.\nNobody is surprised.\n",
    ),
];

fn run(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let ran = enregard(folder).args(arguments).assert().code(code);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&ran.get_output().stdout), text(&ran.get_output().stderr))
}

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for below in ["seeds", "fr", "en"] {
        fs::create_dir(folder.path().join(below)).unwrap();
    }
    for (name, fr, en) in PAIRS {
        fs::write(folder.path().join(format!("fr/{name}.fr.txt")), fr).unwrap();
        fs::write(folder.path().join(format!("en/{name}.en.txt")), en).unwrap();
    }
    // As an old editor saved it.
    let old = PAIRS[1].1.replace('’', "\u{92}").chars().map(|c| c as u32 as u8).collect::<Vec<u8>>();
    fs::write(folder.path().join("fr/pluie.fr.txt"), old).unwrap();
    folder
}

/// The table without its scores.
fn table(told: &str) -> Vec<String> {
    let line = |line: &str| {
        let mut cells: Vec<&str> = line.split('\t').collect();
        cells.remove(11);
        cells.join(" ")
    };
    told.lines().map(line).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> = ["seeds", "alignments", "alignments/texts"]
        .iter()
        .flat_map(|below| fs::read_dir(folder.join(below)).into_iter().flatten())
        .map(|found| found.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with('.') && name != "texts")
        .collect();
    all.sort();
    all
}

#[test]
fn two_folders_are_brought_in_past_faults_and_a_second_run_goes_on() {
    let folder = corpus();
    let path = folder.path();
    fs::write(path.join("fr/seul.txt"), "Personne ne vient.\n").unwrap();
    fs::write(path.join("fr/vide.txt"), "Une ville.\n").unwrap();
    fs::write(path.join("en/vide.txt"), "").unwrap();
    let arguments = ["align", "--french", "fr", "--english", "en"];
    let (told, faults) = run(path, &[&arguments[..], &["--dry-run"]].concat(), 2);
    assert!(faults.contains("nothing was written") && names(path).is_empty(), "{faults}");
    let trial = table(&told);

    let (told, faults) = run(path, &arguments, 2);
    let expected = [
        "article state french english 1-1 1-n n-1 n-n 1-0 0-1 kept gaps",
        "loi added UTF-8 UTF-8 2 0 1 0 0 0 0 0",
        "mer added UTF-8 UTF-8 2 0 0 0 0 1 0 0",
        "pluie added windows-1252 UTF-8 3 0 0 0 0 0 0 0",
        "total 3   7 0 1 0 0 1 0 0",
    ];
    assert_eq!(table(&told), expected);
    assert_eq!(trial, expected);
    assert!(faults.contains("warning: fr/seul.txt has no partner of the same name"), "{faults}");
    assert!(
        faults.contains("error: cannot bring in fr/vide.txt with en/vide.txt\n  because found nothing"),
        "{faults}"
    );
    assert!(faults.contains("1 pair was not brought in"), "{faults}");
    // The pair with the fault has left nothing.
    assert!(!names(path).iter().any(|name| name.contains("vide") || name.contains("seul")));
    assert_eq!(names(path).len(), 9);

    fs::write(path.join("en/vide.txt"), "A town.\n").unwrap();
    let (told, counted) = run(path, &arguments, 0);
    assert_eq!(
        table(&told)[1..],
        [
            "loi there UTF-8 UTF-8 2 0 1 0 0 0 0 0",
            "mer there UTF-8 UTF-8 2 0 0 0 0 1 0 0",
            "pluie there windows-1252 UTF-8 3 0 0 0 0 0 0 0",
            "vide added UTF-8 UTF-8 1 0 0 0 0 0 0 0",
            "total 4   8 0 1 0 0 1 0 0",
        ]
    );
    assert!(counted.contains("3 of 4 pairs were there already"), "{counted}");
    // Each run is one step.
    run(path, &["undo"], 0);
    assert_eq!(names(path).len(), 9);
    run(path, &["undo"], 0);
    assert!(names(path).is_empty());
    assert!(run(path, &["redo"], 0).1.contains("3 articles") || names(path).len() == 9);
}

#[test]
fn a_list_names_files_or_articles_and_its_faults_have_their_lines() {
    let folder = corpus();
    let path = folder.path();
    fs::write(path.join("seeds/mer.txt"), PAIRS[2].1).unwrap();
    let german = "Der Präsident hat gesagt, dass die Autos nicht auf der Straße sind und das Gesetz für die Leute ist, die sich auch mit der Zeit von den anderen auf dem Land nicht eine Ruhe wünschen. ";
    fs::write(path.join("en/german.txt"), german).unwrap();
    fs::write(path.join("fr/long.txt"), PAIRS[0].1.repeat(2)).unwrap();
    let list = "name\tfrench\tenglish\n# a remark\nloi\tfr/loi.fr.txt\ten/loi.en.txt\nmer\ten/mer.en.txt\n\nx\tfr/long.txt\ten/german.txt\nloi2\tfr/loi.fr.txt\ten/pluie.en.txt\nfr/none.txt\ten/mer.en.txt\nonly\n";
    fs::write(path.join("pairs.tsv"), list).unwrap();
    let (told, faults) = run(path, &["align", "--pairs", "pairs.tsv", "--edition", "published"], 2);
    assert_eq!(
        table(&told)[1..],
        [
            "loi added UTF-8 UTF-8 2 0 1 0 0 0 0 0",
            "mer aligned - UTF-8 2 0 0 0 0 1 0 0",
            "total 2   4 0 1 0 0 1 0 0"
        ]
    );
    for said in [
        "pairs.tsv:9: 1 fields, expected French and English",
        "fr/long.txt with en/german.txt (line 6)",
        "the English text looks like `de`, expected `en`",
        "loi is the article of another pair, too",
        "cannot read fr/none.txt",
    ] {
        assert!(faults.contains(said), "{said}: {faults}");
    }
    assert_eq!(
        names(path),
        [
            "loi.jsonl",
            "loi.txt",
            "loi@published.jsonl",
            "loi@published.txt",
            "mer.txt",
            "mer@published.jsonl",
            "mer@published.txt"
        ]
    );
    fs::create_dir(path.join("nothing")).unwrap();
    for (arguments, said) in [
        (&["align", "--pairs", "nix.tsv"][..], "cannot read the list nix.tsv"),
        (&["align", "--french", "fr", "--english", "nix"], "cannot pair fr with nix"),
        (
            &["align", "--french", "fr", "--english", "nothing"],
            "no file of the one is named as one of the other",
        ),
    ] {
        let (_, told) = run(path, arguments, 2);
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn a_part_that_is_missing_or_stands_elsewhere_is_a_break() {
    let folder = corpus();
    let path = folder.path();
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("seeds/{ARTICLE}.txt"));
    fs::copy(seed, path.join(format!("seeds/{ARTICLE}.txt"))).unwrap();
    let cut = |from: &str, to: &str| {
        let (start, end) = (ENGLISH.find(from).unwrap(), ENGLISH.find(to).unwrap());
        (ENGLISH[..start].to_owned(), ENGLISH[start..end].to_owned(), ENGLISH[end..].to_owned())
    };
    let (head, part, rest) = cut("A \"major strategic error\"", "A thaw between");
    let (thaw, tail) = rest.split_at(rest.find("©").unwrap());
    fs::write(path.join("missing.txt"), format!("{head}{rest}")).unwrap();
    let (told, _) = run(path, &["align", ARTICLE, "missing.txt", "--dry-run"], 0);
    assert!(told.contains("break      French sentences 7 to 14 of the content have no English"), "{told}");
    assert!(told.contains("left over  8 French"), "{told}");
    fs::write(path.join("swapped.txt"), format!("{head}{thaw}{part}{tail}")).unwrap();
    let (told, warning) = run(path, &["align", ARTICLE, "swapped.txt"], 0);
    assert!(told.matches("break  ").count() >= 2, "{told}");
    assert!(warning.contains("a part may stand elsewhere in the other text"), "{warning}");
    // What stands in its place is right all the same.
    let (told, _) = run(path, &["export", ARTICLE, "--columns", "fr,en", "--dialect", "plain"], 0);
    let beside = |fr: &str, en: &str| told.lines().any(|line| line.starts_with(fr) && line.contains(en));
    assert!(beside("Après avoir restreint", "Donald Trump first restricted"), "{told}");
}

#[test]
fn an_english_text_that_somebody_took_away_is_brought_again() {
    let folder = corpus();
    let arguments = ["align", "--french", "fr", "--english", "en"];
    run(folder.path(), &arguments, 0);
    let kept = folder.path().join("alignments/texts/mer.txt");
    let text = fs::read(&kept).unwrap();
    fs::remove_file(&kept).unwrap();
    run(folder.path(), &arguments, 0);
    assert_eq!(fs::read(&kept).unwrap(), text);
}
