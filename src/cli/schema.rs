//! `planpress schema`: the plan format for editors that know JSON Schema.

use super::Outcome;
use super::terminal::Terminal;
use crate::diagnostic::Failure;
use crate::render;

/// Prints the schema.
pub(super) fn schema(terminal: &mut Terminal) -> Result<Outcome, Failure> {
    terminal.print_bytes(&render::schema());
    Ok(Outcome::Done)
}
