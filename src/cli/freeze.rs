//! `planpress freeze` and `planpress thaw`: a page that stays as it is, and one that no longer does.

use std::path::Path;

use super::Outcome;
use super::terminal::Terminal;
use crate::diagnostic::Failure;

/// Copies a plan's page, and what it is shown with, to where later builds take them from.
pub(super) fn freeze(
    _root: &Path,
    plan: &str,
    _terminal: &mut Terminal,
) -> Result<Outcome, Failure> {
    Err(Failure::new(format!("{plan} cannot be frozen yet")))
}

/// Undoes it.
pub(super) fn thaw(_root: &Path, plan: &str, _terminal: &mut Terminal) -> Result<Outcome, Failure> {
    Err(Failure::new(format!("{plan} cannot be thawed yet")))
}
