#!/usr/bin/env bash
# Everything that the gate runs a slice of, at full size: hours. Needs strace, prlimit, git, leave to mount, what tests/vm/run
# names, and for the last parts a C++ compiler, cargo-deny, cargo-mutants and a nightly Rust with Miri. docs/RELIABILITY.md has
# the figures.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf '\n== %s\n' "$*"; }

say 'real faults, every point'
ENREGARD_FULL=1 ENREGARD_REQUIRED=1 cargo test --release --test faults -- --nocapture

say 'real quotas and real loss of power, in a virtual machine'
ENREGARD_FULL=1 KILLS=200 tests/vm/run

say 'simulated power loss, random histories, properties'
PROPTEST_CASES=${PROPTEST_CASES:-100000} ENREGARD_SCRIPTS=100000 ENREGARD_CASES=10000 cargo test --release
PROPTEST_CASES=1000000 cargo test --release --test suite -- sentences_and_gaps each_sentence_stands

say 'fuzzing, ten minutes each'
FUZZ_FEATURES=full fuzz/run "${FUZZ_SECONDS:-600}"

say 'licences and advisories'
cargo deny --all-features check licenses bans sources
cargo deny --all-features check advisories || echo 'advisories: the database cannot be had here'

say 'Miri'
# The pool of threads makes pointers of integers, and outlives a test. Tests take less of everything there (`cfg!(miri)`).
export MIRIFLAGS='-Zmiri-disable-isolation -Zmiri-permissive-provenance -Zmiri-tree-borrows -Zmiri-ignore-leaks'
# Two runs are held against each other: no chance in what a logarithm is.
MIRIFLAGS+=' -Zmiri-deterministic-floats'
PROPTEST_CASES=4 cargo +nightly miri test --lib --no-default-features -- bitext:: segment:: align:: --skip desk::

say 'mutants'
for room in store revise segment; do tests/mutants "$room"; done
