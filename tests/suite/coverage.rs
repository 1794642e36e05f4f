//! `coverage` as a real process.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use enregard::store::sha256;

use crate::program::enregard;

fn stdout(command: &mut Command) -> String {
    String::from_utf8(command.assert().get_output().stdout.clone()).unwrap()
}

/// Five sentences: one reviewed, one stale, one skipped, one untranslated, and a byline.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = "L’IA dort.\nIl neige ici.\n\nSic transit.\nEt après ?\nafp/abc\n";
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::create_dir_all(folder.path().join("alignments")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), text).unwrap();
    let file = format!(
        "{{\"enregard\":1,\"article\":\"roy\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{}\",\"splitter\":\"fr/1\"}}\n{}",
        sha256(text.as_bytes()),
        concat!(
            r#"{"id":"k7q2m9xd0v","fr":["L’IA dort."],"en":["AI sleeps."],"status":"reviewed"}"#,
            "\n",
            r#"{"id":"h9w3c1tb5s","fr":["Il neige ici."],"en":["It rains."],"was":["Il pleut."]}"#,
            "\n",
            r#"{"id":"a000000001","fr":["Sic transit."],"status":"skipped"}"#,
            "\n",
            r#"{"id":"a000000002","fr":["Et après ?"]}"#,
            "\n",
            r#"{"id":"a000000003","kind":"byline","fr":["afp/abc"]}"#,
            "\n",
        )
    );
    fs::write(folder.path().join("alignments/roy.jsonl"), file).unwrap();
    folder
}

#[test]
fn the_table_counts_content_by_state_and_defines_its_numbers() {
    let folder = corpus();
    let told = stdout(enregard(folder.path()).arg("coverage"));
    let expected = "\
article  coverage  sentences  reviewed  stale  skipped  untranslated  words  characters
roy        33.3 %        1/4         1      1        1             1    2/9       10/45
total      33.3 %        1/4         1      1        1             1    2/9       10/45

in total      translated  reviewed  draft  stale  skipped  untranslated  all
sentences              1         1      0      1        1             1    4
words                  2         2      0      3        2             2    9
words, split           3         3      0      3        2             2   10
characters            10        10      0     13       12            10   45

coverage: sentences with English that is not stale, of all that are not skipped
words: French, between spaces, with a letter or digit; split: l’IA is two
characters: French, spaces inside a sentence included
";
    assert_eq!(told, expected);
}

#[test]
fn below_the_threshold_the_exit_code_is_one() {
    let folder = corpus();
    enregard(folder.path()).args(["coverage", "--min", "33"]).assert().code(0);
    let told =
        enregard(folder.path()).args(["coverage", "--min", "34", "--of", "sentences"]).assert().code(1);
    let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert_eq!(told, "33.3 % of sentences is covered (1 of 3), below the 34 % asked\n");
    enregard(folder.path()).args(["coverage", "--min", "28", "--of", "words"]).assert().code(0);
    enregard(folder.path()).args(["coverage", "--min", "101"]).assert().code(2);
}

#[test]
fn the_list_says_what_is_missing_and_where() {
    let folder = corpus();
    assert_eq!(
        stdout(enregard(folder.path()).args(["coverage", "--list"])),
        "seeds/roy.txt:2\th9w3c1tb5s\tstale\tIl neige ici.\n\
         seeds/roy.txt:5\ta000000002\tuntranslated\tEt après ?\n"
    );
}

#[test]
fn json_has_every_number_and_what_is_missing() {
    let folder = corpus();
    let told = stdout(enregard(folder.path()).args(["coverage", "--json", "--list"]));
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["total"]["sentences"]["translated"], 1);
    assert_eq!(told["total"]["split_words"]["all"], 10);
    assert_eq!(told["articles"][0]["missing"][0]["line"], 2);
    assert_eq!(told["articles"][0]["seed_changed"], false);
}

#[test]
fn an_article_without_file_is_untranslated_and_a_fault_in_one_leaves_the_others() {
    let folder = corpus();
    fs::write(folder.path().join("seeds/neuf.txt"), "Un. Deux.\n").unwrap();
    fs::write(folder.path().join("seeds/vide.txt"), " \n").unwrap();
    let told = enregard(folder.path()).arg("coverage").assert().code(2);
    let out = String::from_utf8(told.get_output().stdout.clone()).unwrap();
    assert!(out.contains("\nneuf ") && out.contains("\nroy "), "{out}");
    let err = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(err.starts_with("error: cannot measure vide\n"), "{err}");
    assert!(err.ends_with("1 of 3 articles are not in these numbers\n"), "{err}");
}

#[test]
fn a_changed_seed_is_told() {
    let folder = corpus();
    fs::write(folder.path().join("seeds/roy.txt"), "Autre chose.\n").unwrap();
    let told = enregard(folder.path()).arg("coverage").assert().code(0);
    let err = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(err.starts_with("warning: the text of roy has changed"), "{err}");
}

#[test]
fn of_many_changed_seeds_the_first_few_are_told_by_name() {
    let folder = corpus();
    let file = fs::read_to_string(folder.path().join("alignments/roy.jsonl")).unwrap();
    for number in 1..=7 {
        let own = file.replace("\"article\":\"roy\"", &format!("\"article\":\"b{number}\""));
        let own = own.lines().next().unwrap().to_owned() + "\n";
        fs::write(folder.path().join(format!("alignments/b{number}.jsonl")), own).unwrap();
        fs::write(folder.path().join(format!("seeds/b{number}.txt")), "Autre chose.\n").unwrap();
    }
    for command in ["coverage", "check", "export"] {
        let told = enregard(folder.path()).arg(command).assert();
        let err = String::from_utf8(told.get_output().stderr.clone()).unwrap();
        assert_eq!(err.matches("warning: the text of b").count(), 5, "{command}: {err}");
        let more = "warning: 2 more articles have changed; `enregard sync` carries the English over\n";
        assert!(err.contains(more), "{command}: {err}");
    }
}

/// A whole page with texts that try to be markup, and articles of every state.
fn page(folder: &Path, options: &[&str]) -> String {
    enregard(folder).args(["coverage", "--quiet", "--html", "out.html"]).args(options).assert().code(0);
    fs::read_to_string(folder.join("out.html")).unwrap()
}

#[test]
fn the_page_is_one_file_without_script_in_which_texts_are_only_text() {
    let folder = corpus();
    let path = folder.path().join("alignments/roy.jsonl");
    let evil = r#"<script>alert(1)</script><img src=x onerror=alert(1)> \" ' &"#;
    let file = fs::read_to_string(&path).unwrap().replace("AI sleeps.", evil);
    fs::write(&path, file).unwrap();
    let page = page(folder.path(), &[]);
    assert!(page.contains("default-src 'none'") && !page.contains("<script") && !page.contains("<img"));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for address in ["http:", "https:", "url(", "@import", "src="] {
        let own = page.replace("&lt;img src=x onerror", "");
        assert!(!own.contains(address), "{address}");
    }
    // Every state is shown, in words, too, and what there is to do.
    for told in [
        "33.3<small>%",
        "role=img aria-label=\"sentences: 1 reviewed, 1 stale, 1 skipped, 1 untranslated\"",
        "the English is of: ",
        "What is stale",
        "What is missing",
        "What failed a check",
    ] {
        assert!(page.contains(told), "{told}");
    }
    // The same corpus, the same bytes.
    assert_eq!(page, self::page(folder.path(), &[]));
}

#[test]
fn the_page_links_into_the_editor_where_it_listens() {
    let folder = corpus();
    let with = page(folder.path(), &["--editor", "http://127.0.0.1:8427"]);
    assert!(with.contains("href=\"http://127.0.0.1:8427/#/a/roy?unit=k7q2m9xd0v\""));
    assert!(page(folder.path(), &[]).contains("href=\"#u0-k7q2m9xd0v\""));
    for wrong in ["javascript:alert(1)", "http://a b", "127.0.0.1"] {
        enregard(folder.path()).args(["coverage", "--html", "x.html", "--editor", wrong]).assert().code(2);
    }
    // Results are not written among the corpus's own files.
    enregard(folder.path()).args(["coverage", "--html", "seeds/x.html"]).assert().code(2);
}

#[test]
fn a_badge_and_markdown_say_the_same_share() {
    let folder = corpus();
    enregard(folder.path()).args(["coverage", "--badge", "badge.svg"]).assert().code(0).stdout("");
    let badge = fs::read_to_string(folder.path().join("badge.svg")).unwrap();
    assert!(badge.starts_with("<svg ") && badge.contains(">33.3 %</text>"));
    let told = stdout(enregard(folder.path()).args(["coverage", "--markdown"]));
    assert!(
        told.starts_with("### Coverage: 33.3 %\n\n1 of 3 sentences have English that is not stale.\n"),
        "{told}"
    );
    assert!(told.contains("| `roy` | 33.3 % | 1/3 | 1 | 0 | 1 | 1 |"), "{told}");
}

#[test]
fn words_are_new_until_a_translated_unit_has_them() {
    let folder = corpus();
    let told = stdout(enregard(folder.path()).args(["coverage", "--words"]));
    let expected = "\
words\tseen\tnew\tall\tshare seen
different\t3\t7\t10\t30.0 %
running\t3\t7\t10\t30.0 %

new word\ttimes\tarticles\tfirst at
après\t1\t1\troy:a000000002
et\t1\t1\troy:a000000002
";
    assert!(told.starts_with(expected), "{told}");
    let json = stdout(enregard(folder.path()).args(["coverage", "--words", "--json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["new"][0]["first"]["unit"], "a000000002");
    assert_eq!(json["types"]["new"], 7);
}

#[test]
#[cfg(feature = "tokens")]
fn subword_tokens_are_counted_by_the_tokenizer_that_is_given_or_lies_in_the_corpus() {
    let folder = corpus();
    let tokenizer = r#"{"version":"1.0","truncation":null,"padding":null,"added_tokens":[],"normalizer":null,"pre_tokenizer":{"type":"Whitespace"},"post_processor":null,"decoder":null,"model":{"type":"WordLevel","vocab":{"[UNK]":0},"unk_token":"[UNK]"}}"#;
    fs::write(folder.path().join("t.json"), tokenizer).unwrap();
    let json = stdout(enregard(folder.path()).args(["coverage", "--json", "--tokenizer", "t.json"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    // `L’IA dort.` is L ’ IA dort . to this one.
    assert_eq!(json["total"]["tokens"]["reviewed"], 5);
    assert!(!stdout(enregard(folder.path()).args(["coverage", "--json"])).contains("\"tokens\": {"));
    fs::rename(folder.path().join("t.json"), folder.path().join("tokenizer.json")).unwrap();
    assert!(page(folder.path(), &[]).contains(">tokens</th>"));
    fs::write(folder.path().join("tokenizer.json"), "{}").unwrap();
    let told = enregard(folder.path()).arg("coverage").assert().code(2);
    assert!(String::from_utf8_lossy(&told.get_output().stderr).contains("cannot use the tokenizer"));
}
