#![no_main]

use enregard::store::{Config, StoreError};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Config::parse(text, std::path::Path::new("enregard.toml")) {
        // The place that is told is in the file.
        Err(StoreError::Config { line, column, told, .. }) => {
            assert!(line >= 1 && line <= text.matches('\n').count() + 1 && column >= 1 && !told.is_empty());
        }
        Err(other) => panic!("{other}"),
        // No key is passed over in silence.
        Ok(config) => {
            let keys = text.matches('=').count() + text.matches('[').count();
            assert!(config.unknown.len() <= keys);
        }
    }
});
