//! Pairs a second: what `enregard check --jsonl` does to each line, on one core.
//!
//! `cargo bench --bench checks`. For the whole program with its reading and writing, time
//! `enregard check --jsonl < pairs.jsonl` on a million lines (`RAYON_NUM_THREADS=1` for one core).

use std::hint::black_box;

use divan::Bencher;
use divan::counter::ItemsCount;
use enregard::desk::check::pairs::check_lines;
use enregard::quality::Checker;

/// Sentences of the length that newspapers have, some with a fault.
const PAIRS: [(&str, &str); 6] = [
    (
        "Le gouvernement a promis mardi de construire 1 200 logements dans la banlieue de Lyon avant la fin de l’année 2027.",
        "The government promised on Tuesday to build 1,200 homes in the suburbs of Lyon before the end of 2027.",
    ),
    (
        "« Nous n’avons jamais reçu cette lettre », a répondu la directrice du musée, qui dit avoir appris la nouvelle par la presse.",
        "\"We never received that letter,\" answered the director of the museum, who says she learnt the news from the papers.",
    ),
    ("Quel avenir pour les librairies de quartier ?", "What future for neighbourhood bookshops?"),
    (
        "Selon Anne Tremblay, professeure à l’université de Grenoble, les glaciers des Alpes ont perdu près d’un tiers de leur volume depuis 2000.",
        "According to Anne Tremblay, a professor at the University of Grenoble, Alpine glaciers have lost almost a third of their volume since 2000.",
    ),
    (
        "Le train de 20h30 est parti avec dix minutes de retard, mais il est arrivé à l’heure à Marseille.",
        "The 8:30 p.m. train left ten minutes late, but it reached Marseille on time.",
    ),
    (
        "Le pont, long de 300 mètres, sera fermé à la circulation du 3 au 17 août (sauf pour les riverains).",
        "The bridge, 300 metres long, will be closed to traffic from August 3 to 18 (except for residents).",
    ),
];

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 20)]
fn pairs(bencher: Bencher) {
    let checker = Checker::default();
    bencher.counter(ItemsCount::new(600usize)).bench_local(|| {
        for _ in 0..100 {
            for (fr, en) in PAIRS {
                black_box(checker.check(black_box(fr), black_box(en)));
            }
        }
    });
}

#[divan::bench(sample_count = 10)]
fn lines(bencher: Bencher) {
    let checker = Checker::default();
    let mut input = String::new();
    for id in 0..20_000 {
        let (fr, en) = PAIRS[id % PAIRS.len()];
        input.push_str(&format!("{}\n", serde_json::json!({"id": id, "fr": fr, "en": en})));
    }
    bencher.counter(ItemsCount::new(20_000usize)).bench_local(|| {
        check_lines(&checker, black_box(input.as_bytes()), std::io::sink(), |_, _| {}).unwrap()
    });
}
