//! When to look at the inputs again. Events are hints, never truth.

use std::path::PathBuf;

/// Where to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// At these files and folders.
    At(Vec<PathBuf>),
    /// At all of the site: a scan fell due, or events were lost.
    Everywhere,
}
