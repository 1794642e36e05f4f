//! The program and the library from outside: one binary, a module per subject.

mod awkward;
mod rooms;
mod tables;
