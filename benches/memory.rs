//! The memory at a million units: `cargo bench --bench memory -- [UNITS]`.
//!
//! Sentences are drawn from the bundled lexicon's headwords, common ones more often (Zipf), so that a word is in as many
//! of them as in real texts; what is looked up is one of them with two words changed. Prints how long the index takes and
//! how long a look-up does, by the clock and by the processors' time (of all threads, where the system tells it).

use std::time::Instant;

use enregard::memory::MemoryBuilder;

const LEXICON: &str = include_str!("../src/words/lexicon/fr-en.tsv");

/// A small generator of numbers (SplitMix64): the sentences are the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A word; the n-th about n times as rare as the first.
    fn word<'w>(&mut self, words: &[&'w str]) -> &'w str {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        let place = (words.len() as f64).powf(share) as usize;
        words[place.min(words.len()) - 1]
    }
}

/// Processor time of this process in seconds; none where the system does not tell it in `/proc`.
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    // Fields 14 and 15 of proc(5), in ticks of a hundredth of a second.
    Some((fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?) / 100.0)
}

fn timed<T>(what: &str, times: usize, work: impl FnOnce() -> T) -> T {
    let (clock, processor) = (Instant::now(), processor_seconds());
    let result = work();
    let seconds = clock.elapsed().as_secs_f64();
    let processor = processor.and_then(|before| Some(processor_seconds()? - before));
    let per = |seconds: f64| {
        if times > 1 {
            format!("{:.2} ms each", seconds * 1e3 / times as f64)
        } else {
            format!("{seconds:.2} s")
        }
    };
    let processor = processor.map(per).unwrap_or_else(|| "?".to_owned());
    println!("{what}: {} by the clock, {processor} of processors", per(seconds));
    result
}

fn main() {
    let asked = std::env::args().skip(1).find_map(|word| word.parse::<usize>().ok());
    // `cargo bench` runs every program here, without arguments: a small one then.
    let count = asked.unwrap_or(20_000);
    let words: Vec<&str> =
        LEXICON.lines().filter_map(|line| line.split('\t').next()).filter(|word| !word.is_empty()).collect();
    let mut dice = Dice(1);
    let mut sentences: Vec<Vec<&str>> = Vec::with_capacity(count);
    for _ in 0..count {
        let long = 8 + (dice.next() % 20) as usize;
        sentences.push((0..long).map(|_| dice.word(&words)).collect());
    }
    let texts: Vec<String> = sentences.iter().map(|words| words.join(" ") + ".").collect();
    let mut builder = MemoryBuilder::default();
    timed(&format!("{count} units added"), 1, || {
        for (at, text) in texts.iter().enumerate() {
            builder.add(
                text,
                "English of about the same length as what it is to translate, as is usual.",
                at,
            );
        }
    });
    let memory = timed("the index", 1, || builder.finish());
    let lookups = 200;
    let mut found = 0;
    timed(&format!("{lookups} look-ups"), lookups, || {
        for _ in 0..lookups {
            let mut asked = sentences[(dice.next() % count as u64) as usize].clone();
            for _ in 0..2 {
                let at = (dice.next() % asked.len() as u64) as usize;
                asked[at] = dice.word(&words);
            }
            let matches = memory.find(&(asked.join(" ") + "."), 60, 9, |_| true);
            found += usize::from(!matches.is_empty());
        }
    });
    println!("{found} of {lookups} found their unit again, or one as like");
}
