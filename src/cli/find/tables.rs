//! Places and counts for other programs.

use serde::Serialize;

use crate::bitext::{Lang, flat};
use crate::desk::find::{Find, Hit, SideTally, Tally};

/// The columns of [`tsv`].
pub(super) const HEADER: &str = "cite\tside\tleft\tmatch\tright\tpartner";

/// A place as a line of TSV; tabs and line ends inside texts become spaces.
pub(super) fn tsv(hit: &Hit) -> String {
    let text = hit.text();
    let cells = [&text[..hit.span.start], hit.span.of(text), &text[hit.span.end..], hit.partner()];
    let cells = cells.map(|cell| flat(cell).into_owned());
    format!("{}\t{}\t{}", hit.cite(), hit.side.code(), cells.join("\t"))
}

/// A place as JSON, on one line.
pub(super) fn json(hit: &Hit) -> String {
    #[derive(Serialize)]
    struct Place<'h> {
        cite: String,
        article: &'h str,
        id: &'h str,
        kind: &'h str,
        status: &'h str,
        side: &'h str,
        /// Bytes of the text of its side.
        span: [usize; 2],
        left: &'h str,
        #[serde(rename = "match")]
        own: &'h str,
        right: &'h str,
        fr: &'h str,
        en: &'h str,
    }
    let text = hit.text();
    let place = Place {
        cite: hit.cite(),
        article: hit.stem.as_str(),
        id: hit.id.as_str(),
        kind: hit.kind.as_str(),
        status: hit.status.as_str(),
        side: hit.side.code(),
        span: [hit.span.start, hit.span.end],
        left: &text[..hit.span.start],
        own: hit.span.of(text),
        right: &text[hit.span.end..],
        fr: &hit.texts.fr,
        en: &hit.texts.en,
    };
    serde_json::to_string(&place).expect("texts and numbers are JSON")
}

/// How much was found on each side.
pub(super) fn counts(search: &Find, tally: &Tally, json: bool, tsv: bool) -> String {
    let sides: Vec<(&str, &SideTally)> = [Lang::Fr, Lang::En]
        .into_iter()
        .zip(&tally.sides)
        .filter(|(side, _)| search.sides.is_empty() || search.sides.contains(side))
        .map(|(side, own)| (side.code(), own))
        .collect();
    let mut out = String::new();
    if json {
        let sides: serde_json::Map<String, serde_json::Value> = sides
            .into_iter()
            .map(|(side, own)| {
                let value = serde_json::json!({
                    "matches": own.matches, "per_million": own.per_million().map(rounded), "units": own.units,
                    "articles": own.articles, "searched_units": own.searched, "searched_words": own.words,
                });
                (side.to_owned(), value)
            })
            .collect();
        return format!("{}\n", serde_json::json!({ "searched_articles": tally.articles, "sides": sides }));
    }
    let head = ["side", "matches", "per million", "units", "of units", "articles", "of words"];
    let mut lines = vec![head.map(str::to_owned)];
    lines.extend(sides.into_iter().map(|(side, own)| {
        let per_million = own.per_million().map_or_else(|| "–".to_owned(), |n| format!("{n:.1}"));
        let count = |n: u64| n.to_string();
        [
            side.to_owned(),
            count(own.matches),
            per_million,
            count(own.units),
            count(own.searched),
            count(own.articles),
            count(own.words),
        ]
    }));
    if tsv {
        lines.iter().for_each(|line| out.push_str(&(line.join("\t").replace(' ', "_") + "\n")));
        return out;
    }
    aligned(&lines, &mut out);
    out
}

/// What was found, the commonest first.
pub(super) fn forms(tally: &Tally, json: bool, tsv: bool) -> String {
    let words: u64 = tally.sides.iter().map(|side| side.words).sum();
    let mut forms: Vec<(&str, u64)> =
        tally.forms.iter().map(|(form, count)| (form.as_str(), *count)).collect();
    forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let per_million = |count: u64| rounded(count as f64 * 1e6 / words.max(1) as f64);
    let mut out = String::new();
    if json {
        for (form, count) in forms {
            let line =
                serde_json::json!({ "form": form, "matches": count, "per_million": per_million(count) });
            out.push_str(&format!("{line}\n"));
        }
        return out;
    }
    let mut lines = vec![["matches", "per million", "form"].map(str::to_owned)];
    lines.extend(forms.into_iter().map(|(form, count)| {
        [count.to_string(), format!("{:.1}", per_million(count)), flat(form).into_owned()]
    }));
    if tsv {
        lines[0][1] = "per_million".to_owned();
        lines.iter().for_each(|line| out.push_str(&(line.join("\t") + "\n")));
        return out;
    }
    aligned(&lines, &mut out);
    out
}

fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Cells in columns, numbers to the right, the first or last column of words to the left.
fn aligned<const N: usize>(lines: &[[String; N]], out: &mut String) {
    use crate::cli::lay::{visible, width};
    let wide: Vec<usize> =
        (0..N).map(|at| lines.iter().map(|line| width(&visible(&line[at]))).max().unwrap_or(0)).collect();
    for line in lines {
        let mut shown = String::new();
        for (at, cell) in line.iter().enumerate() {
            let cell = visible(cell);
            let fill = " ".repeat(wide[at] - width(&cell));
            let left =
                lines.get(1).is_none_or(|second| second[at].parse::<f64>().is_err() && second[at] != "–");
            let gap = if at == 0 { "" } else { "  " };
            match left {
                true => shown.push_str(&format!("{gap}{cell}{fill}")),
                false => shown.push_str(&format!("{gap}{fill}{cell}")),
            }
        }
        out.push_str(shown.trim_end());
        out.push('\n');
    }
}
