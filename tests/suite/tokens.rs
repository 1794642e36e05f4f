//! `tokens` and the exports that use it, as real processes.

use std::fs;

use assert_cmd::Command;

use crate::program::ran as run;

fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let seeds = folder.path().join("seeds");
    fs::create_dir_all(&seeds).unwrap();
    fs::write(
        seeds.join("roy.txt"),
        "L’usine ferme. L’usine d’à côté ouvre, dit l’ouvrier de l’usine qui ferme.\n\nL’été.\n",
    )
    .unwrap();
    let mut command = Command::cargo_bin("enregard").unwrap();
    let english =
        "The factory closes.\nThe factory next door opens, says the worker of the factory that closes.\n";
    command
        .current_dir(folder.path())
        .env_clear()
        .args(["translate", "roy"])
        .write_stdin(english)
        .assert()
        .success();
    folder
}

#[test]
fn what_is_learnt_is_the_same_again_and_counts() {
    let folder = corpus();
    for (kind, inside) in [("bpe", "Ġ"), ("wordpiece", "##"), ("unigram", "▁")] {
        let learn = ["tokens", "train", "--model", kind, "--min-count", "1"];
        let (code, first, told) = run(folder.path(), &learn);
        assert_eq!(code, 0, "{told}");
        assert_eq!(run(folder.path(), &learn).1, first, "{kind}");
        assert!(first.contains(inside) && first.ends_with("}\n"), "{kind}");
        fs::write(folder.path().join("t.json"), &first).unwrap();
        let (code, out, told) = run(folder.path(), &["tokens", "count", "t.json"]);
        assert_eq!(code, 0, "{told}");
        assert!(out.starts_with("article  fr words  tokens  per word  en words"), "{out}");
        assert!(
            out.contains("\nall ") && out.contains("the longest units") && out.contains("  roy:"),
            "{out}"
        );
        let (_, out, _) = run(folder.path(), &["tokens", "count", "t.json", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(
            (json["all"]["fr"]["units"].as_u64(), json["all"]["en"]["units"].as_u64()),
            (Some(3), Some(2))
        );
        // L’ usine ferme; L’ usine d’ à côté ouvre dit l’ ouvrier de l’ usine qui ferme; L’ été.
        assert_eq!(json["all"]["fr"]["words"], 3 + 14 + 2);
        let (_, out, _) = run(folder.path(), &["tokens", "count", "t.json", "--units", "--tsv"]);
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!((lines.len(), lines[0]), (4, "unit\tfr_tokens\ten_tokens"));
        assert!(lines[3].ends_with('\t'), "no English: {out}");
        let units: u64 =
            lines[1..].iter().map(|line| line.split('\t').nth(1).unwrap().parse::<u64>().unwrap()).sum();
        assert_eq!(json["all"]["fr"]["tokens"], units);
    }
}

#[test]
fn an_export_leaves_out_what_is_too_long_and_writes_tokens() {
    let folder = corpus();
    let learn = ["tokens", "train", "--model", "wordpiece", "--min-count", "1", "-o", "t.json"];
    let (code, _, told) = run(folder.path(), &learn);
    assert!(code == 0 && told.contains("wrote t.json: ") && told.contains("learnt from 5 texts"), "{told}");
    let (code, out, told) = run(folder.path(), &["export", "--tokenizer", "t.json", "--max-tokens", "8"]);
    assert!(code == 0 && told.contains("left out: 1 unit with more than 8 tokens"), "{told}");
    assert_eq!(out.lines().count(), 3, "{out}");
    let (code, out, told) = run(folder.path(), &["export", "--tokenizer", "t.json", "--tokenized"]);
    assert_eq!(code, 0, "{told}");
    assert!(out.starts_with("article\tfr\ten\nroy\tL’ usine ferme .\tThe factory closes .\n"), "{out}");

    // Tokens never come back as a translation.
    let (code, _, told) =
        run(folder.path(), &["export", "--tokenizer", "t.json", "--tokenized", "--columns", "id,fr,en"]);
    assert!(
        code == 2 && told.contains("tokens are no translation") && told.contains("leave `id` out"),
        "{told}"
    );
    assert_eq!(run(folder.path(), &["export", "--tokenized"]).0, 2);
}

#[test]
fn what_cannot_be_is_told_with_what_to_type() {
    let folder = corpus();
    fs::write(folder.path().join("bad.json"), "{\"a\":1}").unwrap();
    fs::write(folder.path().join("no.json"), "not at all").unwrap();
    for (arguments, told) in [
        (&["tokens", "count", "bad.json"][..], "found no tokenizer, expected a tokenizer.json"),
        (&["tokens", "count", "no.json"], "it is no JSON"),
        (&["tokens", "count", "nowhere.json"], "hint: `enregard tokens train -o tokenizer.json` makes one"),
        (&["tokens", "train", "--vocabulary", "10"], "hint: type `--vocabulary "),
        (&["tokens", "train", "--vocabulary", "90000"], "these texts give no more"),
        (&["tokens", "train", "--side", "en", "--special", "a,a"], "found the special token `a` twice"),
        (&["tokens", "train", "-o", "seeds/t.json"], "own files"),
        (&["export", "--tokenizer", "bad.json", "--max-tokens", "3"], "found no tokenizer"),
    ] {
        let (code, _, err) = run(folder.path(), arguments);
        assert!(code == 2 && err.contains(told), "{arguments:?}: {err}");
    }
    let empty = tempfile::tempdir().unwrap();
    fs::create_dir(empty.path().join("seeds")).unwrap();
    let (code, _, err) = run(empty.path(), &["tokens", "train"]);
    assert!(code == 2 && err.contains("there is no text to learn from"), "{err}");
    fs::write(empty.path().join("seeds/a.txt"), "…\n").unwrap();
    let (code, _, err) = run(empty.path(), &["tokens", "train", "--side", "en"]);
    assert!(code == 2 && err.contains("--side fr"), "{err}");
}
