//! The planpress program: arguments in, an exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    planpress::cli::run(std::env::args_os())
}
