//! Learns the weights of `--unwrap` again: `cargo run --release --example train_unwrap -- ../shared/eval`.
//!
//! Reads `segmentation/dev/{sequoia-train,gsd-dev,ntrex-dev}.jsonl` of the evaluation folder, the only sets that a model
//! which ships may be trained on, and writes `src/segment/unwrap/fr.weights`. The same sets give the same bytes.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use enregard::segment::unwrap::{Text, train};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let eval = env::args().nth(1).map_or_else(|| root.join("../shared/eval"), PathBuf::from);
    let mut texts = Vec::new();
    for set in ["sequoia-train", "gsd-dev", "ntrex-dev"] {
        let path = eval.join(format!("segmentation/dev/{set}.jsonl"));
        let lines = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        for line in lines.lines() {
            let block: serde_json::Value = serde_json::from_str(line)?;
            let text = block["text"].as_str().ok_or("a block without text")?.to_owned();
            let mut ends = Vec::new();
            let mut at = 0;
            for sentence in block["sentences"].as_array().ok_or("a block without sentences")? {
                let sentence = sentence.as_str().ok_or("a sentence that is no string")?.trim();
                at += text[at..].find(sentence).ok_or("a sentence that is not in its text")? + sentence.len();
                ends.push(at);
            }
            texts.push(Text { text, ends });
        }
    }
    let weights = train(&texts);
    fs::write(root.join("src/segment/unwrap/fr.weights"), &weights)?;
    let used = weights.iter().filter(|&&weight| weight != 0).count();
    println!("{} texts, {} weights of {} in use", texts.len(), used, weights.len());
    Ok(())
}
