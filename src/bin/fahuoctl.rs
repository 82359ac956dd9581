//! The command line's program: hands the arguments over and returns the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    fahuo::process::leave_nothing_behind();
    fahuo::cli::run(std::env::args_os())
}
