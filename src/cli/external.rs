//! `planpress check --external`: the links to other sites are tried, too.

use super::terminal::Terminal;
use crate::build::{self, Options, Report};
use crate::diagnostic::{self, Failure, human_failure};
use crate::linkcheck;

/// Tries the links, adds what is wrong with them to the report, and returns a line about it.
pub(super) fn try_links(
    options: &Options,
    report: &mut Report,
    terminal: &mut Terminal,
) -> Result<String, Failure> {
    let links = build::outside_links(options)?;
    let tried = linkcheck::check(&links, &linkcheck::Options::new(&options.root))?;
    if let Some(failure) = &tried.forgotten {
        terminal.complain(&human_failure(failure));
    }
    let summary = tried.summary();
    report.diagnostics.extend(tried.diagnostics);
    diagnostic::sort(&mut report.diagnostics);
    Ok(summary)
}
