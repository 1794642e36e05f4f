//! The dataset's card: what the Hub and `load_dataset` read at its head, and what a person reads below.
//!
//! As licence it names what the articles say of themselves, and nothing else: the program's own licence covers none of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::format::jsonl::{beside, kind};
use crate::format::{Options, PROGRAM};

use super::{Article, Written};

/// More articles than this are not listed on the card; the manifest has them all.
const LISTED: usize = 200;

/// Licences that the Hub has a name for, by what is left of what people write: letters and digits.
const KNOWN: [(&str, &str); 22] = [
    ("apache20", "apache-2.0"),
    ("cc0", "cc0-1.0"),
    ("cc010", "cc0-1.0"),
    ("ccby20", "cc-by-2.0"),
    ("ccby25", "cc-by-2.5"),
    ("ccby30", "cc-by-3.0"),
    ("ccby40", "cc-by-4.0"),
    ("ccbysa30", "cc-by-sa-3.0"),
    ("ccbysa40", "cc-by-sa-4.0"),
    ("ccbync40", "cc-by-nc-4.0"),
    ("ccbyncnd30", "cc-by-nc-nd-3.0"),
    ("ccbyncnd40", "cc-by-nc-nd-4.0"),
    ("ccbyncsa30", "cc-by-nc-sa-3.0"),
    ("ccbyncsa40", "cc-by-nc-sa-4.0"),
    ("ccbynd40", "cc-by-nd-4.0"),
    ("etalab20", "etalab-2.0"),
    ("licenceouverte20", "etalab-2.0"),
    ("gfdl", "gfdl"),
    ("mit", "mit"),
    ("odcby", "odc-by"),
    ("odbl", "odbl"),
    ("unlicense", "unlicense"),
];

/// The Hub's name of a licence, if it has one: of `CC BY-SA 4.0` as of
/// `https://creativecommons.org/licenses/by-sa/4.0/deed.fr`.
fn known(licence: &str) -> Option<&'static str> {
    let lower = licence.to_lowercase();
    let name = match lower.split_once("creativecommons.org/licenses/") {
        Some((_, path)) => format!("cc{}", path.split('/').take(2).collect::<String>()),
        None if lower.contains("creativecommons.org/publicdomain/zero") => "cc0".to_owned(),
        None => lower,
    };
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    KNOWN.iter().find(|(known, _)| *known == name).map(|(_, name)| *name)
}

/// The card, as Markdown with a YAML head.
pub(super) fn card(options: &Options, articles: &[Article], files: &[Written]) -> String {
    let mut out = String::from("---\n");
    let name = &options.name;
    // Writing into a string cannot fail.
    let _ = writeln!(out, "pretty_name: {}", quoted(name));
    let _ = write!(out, "language:\n- {}\n- {}\n", quoted(&options.source), quoted(&options.target));
    licence(articles, &mut out);
    out.push_str("multilinguality:\n- translation\ntask_categories:\n- translation\n");
    let units: u64 = files.iter().map(|file| file.units).sum();
    let _ = write!(out, "size_categories:\n- {}\n", size(units));
    out.push_str("tags:\n- parallel-corpus\n- news\n");
    if !files.is_empty() {
        out.push_str("configs:\n- config_name: default\n  data_files:\n");
        for file in files {
            let _ = write!(out, "  - split: {}\n    path: {}\n", file.split.as_str(), file.name);
        }
        features(options, &mut out);
        out.push_str("  splits:\n");
        for file in files {
            let split = file.split.as_str();
            let _ = write!(
                out,
                "  - name: {split}\n    num_bytes: {}\n    num_examples: {}\n",
                file.bytes, file.units
            );
        }
        let bytes: u64 = files.iter().map(|file| file.bytes).sum();
        let _ = write!(out, "  download_size: {bytes}\n  dataset_size: {bytes}\n");
    }
    out.push_str("---\n\n");
    body(options, articles, files, &mut out);
    out
}

/// The licences of the articles: the Hub's names where it has one for each of them.
fn licence(articles: &[Article], out: &mut String) {
    let said: Vec<Option<&str>> = articles.iter().map(|article| article.about("licence")).collect();
    let names: Option<Vec<&str>> = said.iter().map(|licence| known((*licence)?)).collect();
    match names {
        Some(mut names) if !names.is_empty() => {
            names.sort_unstable();
            names.dedup();
            out.push_str("license:\n");
            for name in names {
                let _ = writeln!(out, "- {name}");
            }
        }
        _ if said.iter().all(Option::is_none) => out.push_str("license: unknown\n"),
        _ => {
            out.push_str("license: other\nlicense_name: licences-of-the-articles\nlicense_link: README.md\n")
        }
    }
}

fn features(options: &Options, out: &mut String) {
    let mut languages = [&options.source, &options.target];
    languages.sort();
    let _ = write!(
        out,
        "dataset_info:\n  features:\n  - name: id\n    dtype: string\n  - name: translation\n    dtype:\n      translation:\n        languages:\n        - {}\n        - {}\n",
        quoted(languages[0]),
        quoted(languages[1])
    );
    for column in beside(&options.columns) {
        let _ = write!(out, "  - name: {column}\n    dtype: {}\n", kind(column));
    }
}

fn body(options: &Options, articles: &[Article], files: &[Written], out: &mut String) {
    let Options { name, source, target, .. } = options;
    let _ = write!(out, "# {}\n\n", name.replace('\n', " "));
    let units: u64 = files.iter().map(|file| file.units).sum();
    let _ = write!(
        out,
        "{units} sentences and passages of {} articles in {source} with their translation into {target}, made with {PROGRAM}.\n\n\
         ```python\nimport datasets\n\ndatasets.load_dataset(\"PATH/OF/THIS/FOLDER\")[\"train\"][0][\"translation\"][\"{target}\"]\n```\n\n",
        articles.len()
    );
    out.push_str("| split | articles | units | bytes |\n|---|---|---|---|\n");
    for file in files {
        let split = file.split.as_str();
        let _ = writeln!(out, "| {split} | {} | {} | {} |", file.articles, file.units, file.bytes);
    }
    let _ = write!(
        out,
        "\nAn article stands in one split as a whole, and articles that are nearly the same stand in the same one. The seed \
         of the splits is {}; `manifest.json` says of each article where it is, and of each file its hash.\n\n\
         ## Licences\n\nThese are the licences that the articles themselves state. A translation is a work derived from its \
         article.\n\n| licence | articles | units |\n|---|---|---|\n",
        options.seed
    );
    let mut licences: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for article in articles {
        let (number, units) = licences.entry(article.about("licence").unwrap_or("not stated")).or_default();
        *number += 1;
        *units += article.units;
    }
    for (licence, (articles, units)) in licences {
        let _ = writeln!(out, "| {} | {articles} | {units} |", cell(licence));
    }
    if let Some(licence) = &options.licence {
        let _ =
            write!(out, "\nThe translations, as far as they are a work of their own: {}.\n", cell(licence));
    }
    out.push_str("\n## Articles\n\n");
    if articles.len() > LISTED {
        let _ = writeln!(out, "`manifest.json` lists all {} of them.", articles.len());
        return;
    }
    out.push_str(
        "| article | title | publisher | author | date | licence | units |\n|---|---|---|---|---|---|---|\n",
    );
    for article in articles {
        let of = |key| cell(article.about(key).unwrap_or_default());
        let title = match article
            .about("url")
            .filter(|url| url.starts_with("http") && !url.contains([' ', '<', '>']))
        {
            Some(url) => format!("[{}](<{url}>)", cell(article.about("title").unwrap_or(url))),
            None => of("title"),
        };
        let _ = writeln!(
            out,
            "| {} | {title} | {} | {} | {} | {} | {} |",
            cell(&article.name),
            of("publisher"),
            of("author"),
            of("date"),
            of("licence"),
            article.units
        );
    }
}

/// A text as a cell of a Markdown table.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '[' | ']' | '<' | '`' | '*' | '_' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A text as a string of YAML, which takes one of JSON. So `no` stays the language.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The Hub's words for sizes.
fn size(units: u64) -> &'static str {
    match units {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        1_000_000..10_000_000 => "1M<n<10M",
        _ => "10M<n<100M",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(licence: Option<&str>) -> Article {
        let about = licence.map(|licence| ("licence".to_owned(), licence.to_owned()));
        Article {
            name: "roy".to_owned(),
            about: about.into_iter().collect(),
            units: 2,
            text: Vec::new(),
            sketch: Default::default(),
        }
    }

    fn head(licences: &[Option<&str>]) -> String {
        let articles: Vec<Article> = licences.iter().map(|licence| article(*licence)).collect();
        let mut out = String::new();
        licence(&articles, &mut out);
        out
    }

    #[test]
    fn the_licence_is_what_the_articles_say_and_never_another() {
        assert_eq!(head(&[Some("CC0"), Some("CC BY-SA 4.0")]), "license:\n- cc-by-sa-4.0\n- cc0-1.0\n");
        assert_eq!(
            head(&[Some("https://creativecommons.org/licenses/by-nc-nd/4.0/deed.fr")]),
            "license:\n- cc-by-nc-nd-4.0\n"
        );
        assert_eq!(head(&[None, None]), "license: unknown\n");
        let other = "license: other\nlicense_name: licences-of-the-articles\nlicense_link: README.md\n";
        assert_eq!(head(&[Some("CC0"), None]), other);
        assert_eq!(head(&[Some("© 2026 AFP, all rights reserved")]), other);
        assert_eq!(head(&[]), "license: unknown\n");
    }

    #[test]
    fn what_would_end_a_cell_or_begin_markup_is_escaped() {
        assert_eq!(cell("a|b\n<c> [d]"), "a\\|b \\<c> \\[d\\]");
        assert_eq!(quoted("no\"\n"), "\"no\\\"\\n\"");
    }
}
