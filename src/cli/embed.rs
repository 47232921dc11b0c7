//! `planpress embed`: a plan as a fragment of HTML for the page of another site.

use std::path::PathBuf;

use super::Outcome;
use super::args::Profile;
use super::terminal::Terminal;
use crate::diagnostic::Failure;

/// What is asked for.
pub(super) struct Wish {
    pub(super) root: PathBuf,
    pub(super) plan: String,
    pub(super) profile: Profile,
    pub(super) heading_level: u8,
    pub(super) id_prefix: String,
    /// The file to write; printed where there is none.
    pub(super) out: Option<PathBuf>,
}

/// Prints the fragment, or writes it into a file.
pub(super) fn embed(wish: &Wish, _terminal: &mut Terminal) -> Result<Outcome, Failure> {
    Err(Failure::new(format!(
        "{} cannot be embedded yet",
        wish.plan
    )))
}
