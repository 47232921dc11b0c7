//! From a template context to the bytes of a page.

use crate::site::route::OutputPath;

/// A finished file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it lies in the output folder.
    pub path: OutputPath,
    /// What is written there, to the byte.
    pub bytes: Vec<u8>,
}
