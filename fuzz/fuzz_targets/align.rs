#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (left, right) = text.split_once('\0').unwrap_or((text, ""));
    let (source, target): (Vec<&str>, Vec<&str>) = (left.lines().collect(), right.lines().collect());
    let beads = enregard::align::Aligner::new().align(&source, &target);
    // Every sentence stands in exactly one bead, in order; no bead is empty.
    let (mut s, mut t) = (0, 0);
    for bead in beads {
        assert!(bead.source.start == s && bead.target.start == t);
        assert!(bead.source.len() + bead.target.len() > 0 && (0.0..=1.0).contains(&bead.score));
        (s, t) = (bead.source.end, bead.target.end);
    }
    assert_eq!((s, t), (source.len(), target.len()));
});
