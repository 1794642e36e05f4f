//! The program: hands its arguments to [`enregard::cli`] and exits with what that says.

use std::process::ExitCode;

fn main() -> ExitCode {
    give_back_what_is_freed();
    enregard::cli::main(std::env::args_os())
}

/// Has the C library give freed memory back to the system.
///
/// Left to itself, glibc takes the size of each large block that is freed as a reason to keep so much and more: a
/// large text, looked at once, costs up to 64 MiB until the end.
fn give_back_what_is_freed() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        use std::ffi::c_int;

        #[expect(
            unsafe_code,
            reason = "declares a C function, which is given numbers alone and may be called at any time"
        )]
        unsafe extern "C" {
            safe fn mallopt(parameter: c_int, value: c_int) -> c_int;
        }
        /// How much may be kept free, in bytes; where it is set, it stays as it is. The number is that of `malloc.h`.
        const M_TRIM_THRESHOLD: c_int = -1;
        mallopt(M_TRIM_THRESHOLD, 1 << 20);
    }
}
