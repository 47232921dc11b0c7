//! What the program says, and where: results to standard output, complaints to standard error.
//!
//! Colours are taken out here where they are not wanted. A reader that goes away early, as `head`
//! does, ends the talking and nothing else.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ColorChoice as ClapChoice;

use super::Outcome;
use super::args::Manner;
use crate::diagnostic::{Failure, human_failure};

/// Standard output and standard error.
pub(super) struct Terminal {
    color: ColorChoice,
    quiet: bool,
    verbose: bool,
    /// Why standard output takes no more.
    lost: Option<io::Error>,
}

impl Terminal {
    pub(super) fn new(manner: Manner) -> Self {
        let color = match manner.color {
            ClapChoice::Auto => ColorChoice::Auto,
            ClapChoice::Always => ColorChoice::Always,
            ClapChoice::Never => ColorChoice::Never,
        };
        Self {
            color,
            quiet: manner.quiet,
            verbose: manner.verbose,
            lost: None,
        }
    }

    /// True with `--quiet`: nothing but errors is said.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// What a person may want to know, on standard output.
    pub(super) fn say(&mut self, text: &str) {
        if !self.quiet {
            self.print(text);
        }
    }

    /// What a person wants to know who asked for everything, on standard output.
    pub(super) fn say_in_detail(&mut self, text: &str) {
        if self.verbose {
            self.print(text);
        }
    }

    /// What was asked for, on standard output.
    pub(super) fn print(&mut self, text: &str) {
        let color = self.color;
        self.write(|out| {
            let mut out = AutoStream::new(out, color);
            out.write_all(text.as_bytes())?;
            out.flush()
        });
    }

    /// The same, to the byte.
    pub(super) fn print_bytes(&mut self, bytes: &[u8]) {
        self.write(|mut out| {
            out.write_all(bytes)?;
            out.flush()
        });
    }

    /// What is wrong, on standard error.
    pub(super) fn complain(&mut self, text: &str) {
        let mut err = AutoStream::new(io::stderr().lock(), self.color);
        // Where even this cannot be said, the exit code still says it.
        let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
    }

    fn write(&mut self, write: impl FnOnce(io::StdoutLock<'static>) -> io::Result<()>) {
        if self.lost.is_none() {
            self.lost = write(io::stdout().lock()).err();
        }
    }

    /// The outcome, unless what was to be printed did not arrive. A reader that wanted no more is
    /// no failure.
    pub(super) fn finish(mut self, outcome: Outcome) -> Outcome {
        match self.lost.take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                let failure = Failure::new(format!("cannot write to standard output: {error}"));
                self.complain(&human_failure(&failure));
                Outcome::CouldNotTry
            }
            _ => outcome,
        }
    }
}
