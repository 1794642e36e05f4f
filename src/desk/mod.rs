//! What a person can do: one function per use case, for the terminal and the editor alike.

pub mod segment;
