//! Makes a large corpus of invented French sentences, for measuring: `corpus FOLDER ARTICLES UNITS`.
//!
//! Not a benchmark by itself: it writes the folder that `enregard coverage` and `enregard export` are then timed on,
//! as whole processes: `cargo bench --bench corpus -- /tmp/large 10000 100`.

mod invented;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [folder, articles, units] = arguments.as_slice() else {
        // `cargo bench` runs every program here, without arguments.
        eprintln!("corpus FOLDER ARTICLES UNITS-EACH: makes a corpus to measure on");
        return Ok(());
    };
    let number = |text: &str| text.parse::<usize>().map_err(std::io::Error::other);
    invented::corpus(Path::new(folder), number(articles)?, number(units)?)
}
