//! The time that goes into files: the clock's, or what `SOURCE_DATE_EPOCH` says.

use std::time::{Duration, SystemTime};

/// Now, as RFC 3339 in UTC to the second; `SOURCE_DATE_EPOCH` (seconds) takes the clock's place.
pub fn now() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let time = match fixed {
        // Later than the year 9999 cannot be written; then the clock is asked after all.
        Some(seconds) if seconds < 253_402_300_800 => SystemTime::UNIX_EPOCH + Duration::from_secs(seconds),
        _ => SystemTime::now(),
    };
    humantime::format_rfc3339_seconds(time).to_string()
}
