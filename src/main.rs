//! The program: hands its arguments to [`enregard::cli`] and exits with what that says.

use std::process::ExitCode;

fn main() -> ExitCode {
    enregard::cli::main(std::env::args_os())
}
