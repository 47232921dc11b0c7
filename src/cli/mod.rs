//! The command line: arguments in, one call into the library per command, words for a person out.
//!
//! The arguments pass through two types: [`args::Args`] is what was typed, [`job::Job`] what is
//! to be done. May not know how a page is made.

mod args;
mod commands;
mod embed;
mod external;
mod freeze;
mod init;
mod job;
mod manual;
mod progress;
mod schema;
mod terminal;
mod themes;

use std::env;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use crate::diagnostic::{Failure, human_failure};
use args::{Args, Command};
use job::{Job, Surroundings};
use terminal::Terminal;

/// How a command ended. The numbers are the program's exit codes, and a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done = 0,
    /// Or warnings, where `--strict` counts them as errors.
    ContentHasErrors = 1,
    /// Wrong usage, or the surroundings failed.
    CouldNotTry = 2,
}

/// Runs one command. `args` begin with the program's own name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::parse_from_words(args) {
        Ok(args) => args,
        Err(error) => return ExitCode::from(explain(&error) as u8),
    };
    let mut terminal = Terminal::new(args.manner);
    let outcome = perform(args.command, &mut terminal).unwrap_or_else(|failure| {
        terminal.complain(&human_failure(&failure));
        Outcome::CouldNotTry
    });
    ExitCode::from(terminal.finish(outcome) as u8)
}

fn perform(command: Command, terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let here = env::current_dir()
        .map_err(|error| Failure::new(format!("the current folder cannot be found: {error}")))?;
    let threads = env::var_os("PLANPRESS_THREADS");
    let workspace = env::var_os("GITHUB_WORKSPACE");
    let around = Surroundings {
        here: &here,
        threads: threads.as_deref(),
        workspace: workspace.as_deref(),
    };
    let job = Job::new(command, &around)?;
    commands::carry_out(job, Path::new(&here), terminal)
}

/// Prints what clap has to say: the help or the version that was asked for, or what is wrong.
fn explain(error: &clap::Error) -> Outcome {
    let printed = error.print();
    let is_answer = !error.use_stderr();
    match printed {
        Err(error) if is_answer && error.kind() != ErrorKind::BrokenPipe => Outcome::CouldNotTry,
        _ if is_answer => Outcome::Done,
        _ => Outcome::CouldNotTry,
    }
}
