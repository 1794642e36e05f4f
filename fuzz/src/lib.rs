//! What the targets hold any bytes to. It stands with the tests, which hold what was kept to it too.

#[path = "../../tests/suite/fuzzed/mod.rs"]
mod fuzzed;
#[path = "../../tests/suite/passage.rs"]
#[allow(dead_code)]
mod passage;

pub use fuzzed::{TARGETS, hold};
