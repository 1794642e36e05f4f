//! Units gone through one after another: what each command does to them, and what a sample says.

use std::fs;
use std::path::Path;

use enregard::bitext::{Status, Stem, Unit};
use enregard::desk::review::{Mode, Review, Said, queue};
use enregard::store::{Author, Corpus};

use crate::program::enregard;

const FR: &str = "Le président a signé la loi mardi.\nElle interdit les voitures à essence.\nLes voitures électriques coûtent cher. Le prix des batteries baisse pourtant.\nUne batterie dure dix ans.\nLa ville reste calme.\n";
const EN: &str = "The president signed the law on Tuesday.\nIt bans petrol cars.\nElectric cars are expensive, although the price of batteries is falling.\nA battery lasts ten years.\nNobody was hurt in the end.\nThe town is quiet.\n";

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/loi.txt"), FR).unwrap();
    fs::write(folder.path().join("en.txt"), EN).unwrap();
    enregard(folder.path()).args(["align", "loi", "en.txt"]).assert().code(0);
    folder
}

fn units(folder: &Path) -> Vec<Unit> {
    let stem: Stem = "loi".parse().unwrap();
    Corpus::open(folder).unwrap().read(&stem, None).unwrap().alignment.unwrap().units().to_vec()
}

/// Each unit as `French>English`, sentences between bars; only their first words.
fn shown(units: &[Unit]) -> Vec<String> {
    let side = |texts: &[String]| {
        texts
            .iter()
            .map(|text| text.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join("|")
    };
    units.iter().map(|unit| format!("{}>{}", side(&unit.fr), side(&unit.en))).collect()
}

fn author() -> Author {
    Author { by: None, at: "2026-11-20T08:00:00Z".into(), command: "review".into() }
}

/// A review of the whole article in its order, as for stale units.
fn review(corpus: &Corpus) -> Review<'_> {
    let stem: Stem = "loi".parse().unwrap();
    let mut list = queue(corpus, &[stem], None, Mode::Sample(100, 1), |_, error| panic!("{error}")).unwrap();
    let order = corpus.read(&"loi".parse().unwrap(), None).unwrap().alignment.unwrap();
    list.sort_by_key(|target| order.find(target.id).unwrap().0);
    Review::new(corpus, None, list)
}

#[test]
fn each_command_does_what_it_says_and_undo_takes_it_back() {
    let folder = corpus();
    let corpus = Corpus::open(folder.path()).unwrap();
    let before = shown(&units(folder.path()));
    assert_eq!(
        before,
        [
            "Le président>The president",
            "Elle interdit>It bans",
            "Les voitures|Le prix>Electric cars",
            "Une batterie>A battery",
            ">Nobody was",
            "La ville>The town",
        ]
    );
    // What is typed at which unit (of those with both sides), and what the article is then.
    let cases: [(usize, &str, &[&str]); 11] = [
        (0, "m", &["Le président|Elle interdit>The president|It bans", "Les voitures|Le prix>Electric cars"]),
        (2, "s", &["Les voitures>Electric cars", "Le prix>", "Une batterie>A battery"]),
        (2, "s 1 0", &["Les voitures>", "Le prix>Electric cars", "Une batterie>A battery"]),
        (2, "fr-", &["Les voitures>Electric cars", "Le prix|Une batterie>A battery"]),
        (3, "+fr", &["Les voitures>Electric cars", "Le prix|Une batterie>A battery"]),
        (1, "fr+", &["Elle interdit|Les voitures>It bans", "Le prix>Electric cars"]),
        (2, "-fr", &["Elle interdit|Les voitures>It bans", "Le prix>Electric cars"]),
        (3, "en+", &["Une batterie>A battery|Nobody was", "La ville>The town"]),
        (4, "+en", &["Une batterie>A battery", "La ville>Nobody was|The town"]),
        (4, "x", &["La ville>", ">The town"]),
        (3, "e Ten years is a battery’s life.", &["Une batterie>Ten years", ">Nobody was"]),
    ];
    for (at, line, expected) in cases {
        let mut review = review(&corpus);
        for _ in 0..at {
            review.line("n", &author()).unwrap();
        }
        let said = review.line(line, &author()).unwrap();
        assert!(matches!(said, Said::Show(Some(_)) | Said::End(Some(_))), "{line}: {said:?}");
        let now = shown(&units(folder.path()));
        let found = now.windows(expected.len()).any(|window| window == expected);
        assert!(found, "{line}: {now:?}");
        // Nothing is lost, whatever is done; the French still covers the article (or nothing was written).
        assert!(units(folder.path()).iter().all(|unit| unit.status != Status::Orphan));
        let said = review.line("u", &author()).unwrap();
        assert_eq!(said, Said::Show(Some("taken back".to_owned())), "{line}");
        assert_eq!(shown(&units(folder.path())), before, "{line}");
    }
    let mut review = review(&corpus);
    for (line, why) in [
        ("k", "not stale"),
        ("d", "nothing was found"),
        ("s", "would be empty"),
        ("s x", "not two numbers"),
        ("+en", "no content beside it"),
        ("b", "this is the first"),
        ("u", "`enregard undo` goes further"),
        ("what", "there is no command `what`"),
        ("a b", "stands alone"),
    ] {
        let Said::Refused(told) = review.line(line, &author()).unwrap() else { panic!("{line}") };
        assert!(told.contains(why), "{line}: {told}");
    }
}

#[test]
fn the_least_certain_come_first_and_what_is_accepted_comes_no_more() {
    let folder = corpus();
    let scores: Vec<f64> = units(folder.path()).iter().filter_map(|unit| unit.score).collect();
    let least = scores.iter().copied().fold(1.0, f64::min);
    let first = units(folder.path()).into_iter().find(|unit| unit.score == Some(least)).unwrap();
    let review = |input: &str, code: i32| {
        let mut command = enregard(folder.path());
        let ran =
            command.args(["review", "loi", "--unsure"]).write_stdin(input.to_owned()).assert().code(code);
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (text(&ran.get_output().stdout), text(&ran.get_output().stderr))
    };
    let (told, counted) = review("a\nn\na\nq\n", 0);
    assert!(told.trim_start().starts_with(&format!("── loi:{}", first.id)), "{told}");
    assert!(
        counted.contains("2 accepted, 0 changed; 3 left: `enregard review loi --unsure` goes on"),
        "{counted}"
    );
    let now = units(folder.path());
    assert_eq!(now.iter().filter(|unit| unit.status == Status::Reviewed).count(), 2);
    assert_eq!(now.iter().find(|unit| unit.id == first.id).unwrap().status, Status::Reviewed);
    let (told, _) = review("", 0);
    assert!(told.contains("4 to go"), "{told}");
    // A line that cannot be done stops the rest: it may be meant for another unit.
    let (_, fault) = review("k\na\n", 2);
    assert!(fault.contains("stopped at line 1 of standard input"), "{fault}");
    assert_eq!(units(folder.path()), now);
    let (_, counted) = review("a\na\na\na\n", 0);
    assert!(counted.contains("4 accepted, 0 changed\n"), "{counted}");
    let (told, counted) = review("", 0);
    assert!(told.is_empty() && counted.contains("nothing to review"), "{counted}");
    // Realigned, what was accepted stays.
    let accepted = units(folder.path());
    fs::write(folder.path().join("other.txt"), EN.replace("A battery", "Batteries come and go. A battery"))
        .unwrap();
    enregard(folder.path()).args(["align", "loi", "other.txt"]).assert().code(0);
    let again = units(folder.path());
    assert!(accepted.iter().all(|unit| again.contains(unit)));
    assert_eq!(again.len(), accepted.len() + 1);
}

#[test]
fn stale_units_are_kept_and_findings_dismissed() {
    let folder = corpus();
    let run = |arguments: &[&str], input: &str| {
        let ran = enregard(folder.path()).args(arguments).write_stdin(input.to_owned()).assert().code(0);
        String::from_utf8(ran.get_output().stdout.clone()).unwrap()
    };
    run(&["set", "loi:1", "--en", "The president signed the law on Wednesday."], "");
    let told = run(&["review", "--findings"], "d\n");
    assert!(told.contains("found   dates:") && told.contains("dismissed"), "{told}");
    assert_eq!(run(&["review", "--findings"], ""), "");
    fs::write(folder.path().join("seeds/loi.txt"), FR.replace("mardi", "lundi")).unwrap();
    run(&["sync"], "");
    let told = run(&["review", "--stale"], "k\n");
    assert!(told.contains("changed Le président a signé la loi [-mardi-]{+lundi+}."), "{told}");
    assert!(units(folder.path()).iter().all(|unit| !unit.is_stale()));
}

#[test]
fn a_sample_is_the_same_again_goes_on_and_ends_with_its_precision() {
    let folder = corpus();
    let sample = |input: &str, seed: &str| {
        let mut command = enregard(folder.path());
        let arguments = ["review", "--sample", "4", "--seed", seed];
        let ran = command.args(arguments).write_stdin(input.to_owned()).assert().code(0);
        String::from_utf8(ran.get_output().stdout.clone()).unwrap()
    };
    let first = |told: &str| told.trim_start().lines().next().unwrap().to_owned();
    let shown = sample("", "7");
    assert!(shown.contains("precision: none of 4 is judged yet"), "{shown}");
    assert_eq!(first(&sample("", "7")), first(&shown));
    let told = sample("a\nx\nu\na\nq\n", "7");
    assert!(told.contains("precision 1.000 (2 of 2 right)"), "{told}");
    // It goes on with the third, although two are reviewed and one is merged away meanwhile.
    let told = sample("x\nn\n", "7");
    assert!(told.contains("2 to go") && told.contains("precision 0.667 (2 of 3 right)"), "{told}");
    let told = sample("a\n", "7");
    assert!(
        told.contains("precision 0.750 (3 of 4 right), 95 % interval 0.301 to 0.954 (Wilson)\n"),
        "{told}"
    );
    assert!(sample("", "7").contains("(3 of 4 right)"));
}

#[test]
fn a_bead_of_a_sample_that_is_mended_with_another_was_wrong_too() {
    let folder = corpus();
    let sample = |size: &str, input: &str| {
        let mut command = enregard(folder.path());
        let ran = command.args(["review", "--sample", size]).write_stdin(input.to_owned()).assert().code(0);
        let output = ran.get_output();
        String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap()
    };
    // The first that is drawn gives its French to the next one, which is drawn too.
    let told = sample("5", "m\n");
    assert!(told.contains("(0 of 2 right)") && told.contains("not judged yet: 3 of 5"), "{told}");
    assert!(told.contains("0 accepted, 1 changed; 3 left"), "{told}");
    // One is left for later: it is asked for again, and those that are judged are not.
    let told = sample("5", "n\na\na\nq\n");
    assert!(told.contains("(2 of 4 right)") && told.contains("not judged yet: 1 of 5"), "{told}");
    let told = sample("5", "a\n");
    assert!(told.contains("the last one") && told.contains("(3 of 5 right)"), "{told}");
    assert!(told.ends_with("1 accepted, 0 changed\n"), "{told}");
    assert_eq!(told.matches("── loi:").count(), 1, "{told}");

    let told = sample("300", "");
    assert!(told.contains("there are only 3 beads of the aligner's: the sample has them all"), "{told}");
    enregard(folder.path()).args(["review", "--sample", "0"]).assert().code(2);
}

#[test]
fn another_persons_change_is_not_written_over() {
    let folder = corpus();
    let corpus = Corpus::open(folder.path()).unwrap();
    let mut review = review(&corpus);
    let id = review.view().unwrap().unwrap().unit.id.to_string();
    enregard(folder.path()).args(["set", &id, "--en", "Theirs."]).assert().code(0);
    let Said::Show(Some(told)) = review.line("e Mine.", &author()).unwrap() else { panic!() };
    assert!(told.contains("somebody else"), "{told}");
    assert_eq!(units(folder.path())[0].english(), "Theirs.");
    // Seen now, it can be changed; and theirs again stops the undo.
    review.line("e Mine.", &author()).unwrap();
    enregard(folder.path()).args(["set", &id, "--en", "Theirs again."]).assert().code(0);
    let Said::Refused(told) = review.line("u", &author()).unwrap() else { panic!() };
    assert!(told.contains("somebody else"), "{told}");
    assert_eq!(units(folder.path())[0].english(), "Theirs again.");
}
