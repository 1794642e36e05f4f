//! `convert`, `formats` and `export --verify` as a real process, and files that are bombs or damaged.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn ran(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder).env_clear().env("SOURCE_DATE_EPOCH", "1795161600");
    let told = command.args(arguments).assert().code(code);
    let output = told.get_output();
    (String::from_utf8(output.stdout.clone()).unwrap(), String::from_utf8(output.stderr.clone()).unwrap())
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

const TSV: &str = "id\tarticle\tfr\ten\tstatus\nk7q2m9xd0v\troy\tL’été & <lui>.\tSummer & <he>.\treviewed\n\
                   h9w3c1tb5s\troy\tNon traduit.\t\t\n\troy\tSans id.\tNo id.\t\n\tmax\tSans id.\tNo id.\t\n";

#[test]
fn a_table_becomes_a_memory_and_comes_back_with_its_ids() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "a.tsv", TSV);
    let (out, err) = ran(path, &["convert", "a.tsv", "a.tmx"], 0);
    assert_eq!(out, "");
    assert_eq!(err, "wrote 3 units to a.tmx\nleft out: 1 untranslated (`--status` chooses others)\n");
    let tmx = fs::read_to_string(path.join("a.tmx")).unwrap();
    assert!(tmx.contains("creationdate=\"20261120T"), "{tmx}");
    assert!(tmx.contains("<tu tuid=\"k7q2m9xd0v\">\n<prop type=\"x-article\">roy</prop>"), "{tmx}");
    assert!(tmx.contains("<tuv xml:lang=\"fr\"><seg>L’été &amp; &lt;lui&gt;.</seg></tuv>"), "{tmx}");
    let (back, _) = ran(path, &["convert", "a.tmx", "-", "--columns", "id,article,fr,en,status"], 0);
    let lines: Vec<&str> = back.lines().collect();
    assert_eq!(lines[1], "k7q2m9xd0v\troy\tL’été & <lui>.\tSummer & <he>.\treviewed");
    // What had no id has that which a corpus would give it, another in each article.
    let id = |line: &str| line.split('\t').next().unwrap().to_owned();
    let stem = "roy".parse().unwrap();
    assert_eq!(id(lines[2]), enregard::bitext::UnitId::of(&stem, &["Sans id."], 0).to_string());
    assert_ne!(id(lines[2]), id(lines[3]));
    // And so through XLIFF, which holds what is untranslated too.
    ran(path, &["convert", "a.tsv", "a.xlf"], 0);
    let (back, _) = ran(path, &["convert", "a.xlf", "-", "--columns", "id,article,fr,en,status"], 0);
    let rest =
        |text: &str| text.lines().map(|line| line[line.find('\t').unwrap()..].to_owned()).collect::<Vec<_>>();
    let expected = TSV.replace("lated.\t\t", "lated.\t\tuntranslated").replace("id.\t\n", "id.\tdraft\n");
    let expected = expected.replace("traduit.\t\t", "traduit.\t\tuntranslated");
    assert_eq!(rest(&back), rest(&expected));
}

#[test]
fn every_id_goes_there_and_back_and_none_is_made_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "a.tsv", "id\tarticle\tfr\ten\na000000000\tb\tOui.\tYes.\n\tb\tNon.\tNo.\n\tb\tNon.\tNay.\n");
    let stem = "b".parse().unwrap();
    let id = |occurrence| enregard::bitext::UnitId::of(&stem, &["Non."], occurrence);
    let expected =
        format!("id\tfr\ten\na000000000\tOui.\tYes.\n{}\tNon.\tNo.\n{}\tNon.\tNay.\n", id(0), id(1));
    for name in ["b.tsv", "b.csv", "b.tmx", "b.xlf", "b.po", "b.docx", "b.jsonl"] {
        ran(path, &["convert", "a.tsv", name], 0);
        let (back, _) = ran(path, &["convert", name, "-", "--to", "tsv", "--columns", "id,fr,en"], 0);
        assert_eq!(back, expected, "{name}");
    }
    // Also where the texts alone were asked for, and the format has ids for all that.
    ran(path, &["convert", "a.tsv", "b.jsonl", "--columns", "fr,en"], 0);
    let (back, _) = ran(path, &["convert", "b.jsonl", "-", "--to", "tsv", "--columns", "id,fr,en"], 0);
    assert_eq!(back, expected);
}

#[test]
fn standard_input_and_output_and_other_languages() {
    let folder = tempfile::tempdir().unwrap();
    let tmx = "<tmx version='1.4'><header/><body><tu><tuv xml:lang='DE'><seg>Ja.</seg></tuv>\
               <tuv xml:lang='es-MX'><seg>Sí.</seg></tuv><tuv xml:lang='fr'><seg>Oui.</seg></tuv></tu></body></tmx>";
    let mut command = Command::cargo_bin("enregard").unwrap();
    command.current_dir(folder.path()).env_clear().write_stdin(tmx);
    let arguments = ["convert", "-", "-", "--from", "tmx", "--to", "csv", "--columns", "article,fr,en"];
    let told = command.args(arguments).args(["--source", "de", "--target", "es"]).assert().code(0);
    let output = told.get_output();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "article,fr,en\ninput,Ja.,Sí.\n");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(err, "warning: standard input: language `fr` (1 texts) is not read\n");
}

/// A TMX with this in the place of its document type and of its first `seg`.
fn tmx(doctype: &str, seg: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n{doctype}<tmx version=\"1.4\"><header/><body>\n<tu>\
         <tuv xml:lang=\"fr\"><seg>{seg}</seg></tuv><tuv xml:lang=\"en\"><seg>x</seg></tuv></tu></body></tmx>\n"
    )
}

#[test]
fn bombs_and_entities_are_told_and_not_swallowed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "secret.txt", "the secret");
    let laughs: String =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let deep = format!("{}{}", "<hi>".repeat(100_000), "</hi>".repeat(100_000));
    let many: String = (0..100_000).map(|n| format!(" a{n}=\"\"")).collect();
    let long = format!("<hi type=\"{}\"/>", "a".repeat(70 << 20));
    for (name, file, told) in [
        (
            "external entity",
            tmx("<!DOCTYPE tmx [<!ENTITY x SYSTEM \"secret.txt\">]>\n", "&x;"),
            "found `&x;`: entities that a file declares are neither opened nor expanded",
        ),
        (
            "parameter entity",
            tmx("<!DOCTYPE tmx [<!ENTITY % p SYSTEM \"secret.txt\"> %p;]>\n", "&p;"),
            "line 4: found `&p;`: entities that a file declares",
        ),
        (
            "billion laughs",
            tmx(&format!("<!DOCTYPE tmx [<!ENTITY l0 \"ha\">{laughs}]>\n"), "&l9;"),
            "found `&l9;`: entities that a file declares",
        ),
        ("depth", tmx("", &deep), "more than the limit `XML depth` of 256"),
        (
            "attributes",
            tmx("", "x").replace("<tu>", &format!("<tu{many}>")),
            "tu 1: found 257 attributes in one element, more than the limit `XML attributes` of 256",
        ),
        ("one tag", tmx("", &long), "more than the limit `XML token bytes` of 67108864"),
    ] {
        write(path, "bomb.tmx", &file);
        let (out, err) = ran(path, &["convert", "bomb.tmx", "-", "--to", "csv"], 2);
        assert!(err.contains(told), "{name}: {err:.500}");
        assert!(err.starts_with("error: cannot convert bomb.tmx\n  because "), "{name}: {err:.500}");
        assert!(!out.contains("secret") && !err.contains("the secret"), "{name}");
        // Nothing stands where it was to be written to.
        ran(path, &["convert", "bomb.tmx", "out.csv"], 2);
        assert!(!path.join("out.csv").exists(), "{name}");
    }
    // A document type alone is no fault: nothing that it names is opened.
    write(path, "good.tmx", &tmx("<!DOCTYPE tmx SYSTEM \"http://192.0.2.1/tmx14.dtd\">\n", "&#233;&lt;"));
    let (out, _) = ran(path, &["convert", "good.tmx", "-", "--columns", "fr"], 0);
    assert_eq!(out, "fr\né<\n");
}

#[test]
fn a_file_that_is_cut_short_or_another_is_refused_wherever_it_is_cut() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    write(path, "a.tsv", TSV);
    for format in ["tmx", "xliff", "xliff1"] {
        ran(path, &["convert", "a.tsv", "whole", "--to", format], 0);
        let whole = fs::read(path.join("whole")).unwrap();
        for part in 1..8 {
            fs::write(path.join("cut"), &whole[..whole.len() * part / 8]).unwrap();
            let (_, err) = ran(path, &["convert", "cut", "out.csv", "--from", format], 2);
            assert!(err.starts_with("error: cannot convert cut\n  because "), "{format} {part}: {err}");
            assert!(!path.join("out.csv").exists());
        }
        let (_, err) = ran(path, &["convert", "a.tsv", "out.csv", "--from", format], 2);
        assert!(err.contains("no XML at all") || err.contains("well-formed XML"), "{format}: {err}");
    }
    write(path, "latin.tmx", "x");
    let latin = tmx("", "\u{e9}t\u{e9}").replace("1.0\"?", "1.0\" encoding=\"ISO-8859-1\"?");
    let latin: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    fs::write(path.join("latin.tmx"), &latin).unwrap();
    let (out, _) = ran(path, &["convert", "latin.tmx", "-", "--columns", "fr"], 0);
    assert_eq!(out, "fr\nété\n");
    let plain = String::from_utf8_lossy(&latin).contains("ISO");
    assert!(plain);
    let wrong: Vec<u8> = tmx("", "\u{e9}t\u{e9}").chars().map(|c| c as u8).collect();
    fs::write(path.join("latin.tmx"), wrong).unwrap();
    let (_, err) = ran(path, &["convert", "latin.tmx", "-", "--columns", "fr"], 2);
    assert!(err.contains("found bytes that are no UTF-8"), "{err}");
    let sixteen: Vec<u8> = tmx("", "été").encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(path.join("utf16.tmx"), [&[0xFF, 0xFE], &sixteen[..]].concat()).unwrap();
    let (out, _) = ran(path, &["convert", "utf16.tmx", "-", "--columns", "fr"], 0);
    assert_eq!(out, "fr\nété\n");
}

#[test]
fn formats_are_listed_and_told_in_full() {
    let folder = tempfile::tempdir().unwrap();
    let (out, _) = ran(folder.path(), &["formats"], 0);
    assert!(
        out.lines().any(|line| line.starts_with("tmx ") && line.contains(".tmx") && line.contains("study"))
    );
    let (out, _) = ran(folder.path(), &["formats", "TMX"], 0);
    assert!(out.starts_with("tmx (TMX 1.4b)\n") && out.contains("carries"), "{out}");
    let (out, _) = ran(folder.path(), &["formats", "--json"], 0);
    let all: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(all[0]["name"], "tsv");
    let (_, err) = ran(folder.path(), &["formats", "wordperfect"], 2);
    assert!(err.contains("unknown format `wordperfect`: known are tsv, csv"), "{err}");
}

/// An article with every status, as its alignment file says.
fn corpus() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let text = "Titre\n\nUne. Deux. Trois. Quatre. Cinq.\n";
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::create_dir_all(folder.path().join("alignments")).unwrap();
    write(folder.path(), "seeds/roy.txt", text);
    let sha256 = enregard::store::sha256(text.as_bytes());
    let units = [
        r#"{"id":"a000000001","kind":"heading","fr":["Titre"],"en":["Title"],"status":"reviewed","note":"R&D"}"#,
        r#"{"id":"a000000002","fr":["Une."],"en":["One\u000btab."]}"#,
        r#"{"id":"a000000003","fr":["Deux."],"en":["Two."],"status":"reviewed","was":["Duo."]}"#,
        r#"{"id":"a000000004","fr":["Trois."],"status":"skipped"}"#,
        r#"{"id":"a000000005","fr":["Quatre.","Cinq."]}"#,
    ];
    let file = format!(
        "{{\"enregard\":1,\"article\":\"roy\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{sha256}\",\
         \"splitter\":\"fr/1\",\"title\":\"A <b>\"}}\n\n{}\n",
        units.join("\n\n")
    );
    write(folder.path(), "alignments/roy.jsonl", &file);
    folder
}

#[test]
fn what_was_written_is_read_again_and_held_against_the_corpus() {
    let folder = corpus();
    let path = folder.path();
    for (arguments, units, lost) in [
        (&["-o", "a.tsv", "--columns", "+status,note,kind"][..], 5, true),
        (&["-o", "a.csv"], 5, true),
        (&["-o", "a.tmx"], 2, true),
        (&["-o", "b.tmx", "--status", "stale,skipped,untranslated"], 3, false),
        (&["-o", "a.xlf"], 5, false),
        (&["-o", "b.xlf", "--to", "xliff1"], 5, true),
        (&["-o", "xces", "--to", "xces"], 2, true),
    ] {
        let (_, err) = ran(path, &[&["export", "--verify"], arguments].concat(), 0);
        let but = if lost { ", but for 1 text that the format cannot hold as it is" } else { "" };
        let told = format!("verified: {units} units read again, all as they are in the corpus{but}\n");
        assert!(err.ends_with(&told), "{arguments:?}: {err}");
    }
    let (_, err) = ran(path, &["export", "--verify"], 2);
    assert!(err.contains("--output"), "{err}");
    // XLIFF says all that a person must know.
    let xliff = fs::read_to_string(path.join("a.xlf")).unwrap();
    for part in [
        "<note category=\"title\">A &lt;b&gt;</note>",
        "<unit id=\"a000000001\" type=\"enregard:heading\">\n<notes>\n<note>R&amp;D</note>",
        "<segment state=\"initial\" subState=\"enregard:stale-reviewed\">",
        "<note category=\"was\">Duo.</note>",
        "<unit id=\"a000000004\" translate=\"no\">",
        "<target>One<cp hex=\"000B\"/>tab.</target>",
    ] {
        assert!(xliff.contains(part), "{part}: {xliff}");
    }
    // An import of what went out changes nothing, in any format.
    for file in ["a.tsv", "a.csv", "a.tmx", "a.xlf", "b.xlf"] {
        let (_, err) = ran(path, &["import", file], 0);
        assert!(err.starts_with("0 units"), "{file}: {err}");
    }
    // What a translator did comes back.
    let xliff = xliff.replace(
        "<segment state=\"initial\">\n<source>Quatre. Cinq.</source>\n",
        "<segment state=\"final\">\n<source>Quatre. Cinq.</source>\n<target>Four. Five.</target>\n",
    );
    write(path, "c.xlf", &xliff);
    let (_, err) = ran(path, &["import", "c.xlf"], 0);
    assert!(err.starts_with("1 unit in 1 article (1 with new English)"), "{err}");
    let (out, _) = ran(path, &["export", "--columns", "en,status", "--status", "reviewed"], 0);
    assert_eq!(out, "en\tstatus\nTitle\treviewed\nFour. Five.\treviewed\n");
}

/// The articles of this repository go out in formats that need no feature, and are held against what came back.
#[test]
fn the_articles_of_this_repository_come_back_from_every_format_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let corpus = env!("CARGO_MANIFEST_DIR");
    for name in ["tsv", "csv", "tmx", "xliff", "xliff1", "xces", "docx", "jsonl", "plain", "po"] {
        let output = folder.path().join(format!("out.{name}"));
        let output = output.to_str().unwrap();
        let (_, err) =
            ran(folder.path(), &["--corpus", corpus, "export", "--to", name, "-o", output, "--verify"], 0);
        assert!(err.contains("verified: 100 units read again, all as they are"), "{name}: {err}");
    }
}
