//! `planpress schema`: the plan format for editors that know JSON Schema.

use super::Outcome;
use super::terminal::Terminal;
use crate::diagnostic::Failure;

/// Prints the schema.
pub(super) fn schema(_terminal: &mut Terminal) -> Result<Outcome, Failure> {
    Err(Failure::new("there is no schema yet"))
}
