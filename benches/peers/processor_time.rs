//! The same comparison in time on the processor (Linux), which other work on the machine disturbs less than the clock:
//! `cargo bench --manifest-path benches/peers/Cargo.toml --bench processor_time`.

use std::fs;
use std::path::PathBuf;

use enregard::bitext::Lang;
use enregard::segment::Segmenter;
use unicode_segmentation::UnicodeSegmentation;

/// Nanoseconds that this thread has run.
fn now() -> u64 {
    let told = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells a thread's time");
    told.split(' ').next().and_then(|time| time.parse().ok()).expect("the first field is the time")
}

/// Bytes a nanosecond (GB/s), over work that is repeated for a second: the kernel counts in steps of milliseconds.
fn speed(bytes: usize, mut work: impl FnMut() -> usize) -> f64 {
    const LONG: u64 = 1_000_000_000;
    std::hint::black_box(work());
    let (start, mut done) = (now(), 0);
    loop {
        std::hint::black_box(work());
        done += bytes;
        let time = now() - start;
        if time > LONG {
            return done as f64 / time as f64;
        }
    }
}

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join("seeds")).expect("seeds").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    let articles: Vec<String> = files
        .iter()
        .flat_map(|file| {
            fs::read_to_string(file).expect("text").lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    let eval = std::env::var_os("ENREGARD_EVAL").map_or_else(|| root.join("../shared/eval"), PathBuf::from);
    let mut sets = Vec::new();
    for name in ["gsd", "sequoia", "partut", "ntrex", "ntrexca", "wmt15", "wmt20"] {
        let lines =
            fs::read_to_string(eval.join(format!("segmentation/dev/{name}-dev.jsonl"))).unwrap_or_default();
        for line in lines.lines() {
            let block: serde_json::Value = serde_json::from_str(line).expect("JSON");
            sets.push(block["text"].as_str().expect("text").to_owned());
        }
    }
    let french = Segmenter::new(Lang::Fr);
    let icu = icu_segmenter::SentenceSegmenter::new(Default::default());
    println!("{:<24}{:>10}{:>10}{:>10}", "GB/s, one thread", "articles", "sets", "ratio");
    let mut first = None;
    let mut row = |name: &str, count: &dyn Fn(&str) -> usize| {
        let speeds = [&articles, &sets].map(|texts| {
            let bytes = texts.iter().map(String::len).sum::<usize>() * 20;
            speed(bytes, || {
                (0..20).map(|_| texts.iter().map(|text| count(text)).sum::<usize>()).sum()
            })
        });
        let of = if sets.is_empty() { speeds[0] } else { speeds[1] };
        let ratio = *first.get_or_insert(of) / of;
        println!("{name:<24}{:>10.3}{:>10.3}{ratio:>10.1}", speeds[0], speeds[1]);
    };
    row("enregard", &|text| french.sentences(text).count());
    row("icu_segmenter", &|text| icu.segment_str(text).count());
    row("sentencex", &|text| sentencex::get_sentence_boundaries("fr", text).len());
    row("unicode-segmentation", &|text| text.split_sentence_bound_indices().count());

    println!("\n{:<24}{:>10}", "one text of bytes", "GB/s");
    let once = articles.join(" ");
    for (bytes, times) in
        [(1 << 10, 4000), (1 << 15, 200), (1 << 20, 8), (1 << 24, 1), (1 << 28, 1), (1 << 30, 1)]
    {
        let mut text = once.repeat(bytes / once.len() + 1);
        text.truncate((0..=bytes).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0));
        let gb = speed(bytes * times, || (0..times).map(|_| french.sentences(&text).count()).sum());
        println!("{bytes:<24}{gb:>10.3}");
    }
}
