//! Only benches: see `segment.rs`.
