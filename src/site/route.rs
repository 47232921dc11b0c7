//! Addresses: where a page lives on the site, where its file lies in the output, and how one
//! page names another. The only place where addresses are put together.

use std::fmt;

/// A file's place in the output folder: relative, `/` on every system, no empty, `.` or `..`
/// segment, no backslash, no control character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(String);

impl OutputPath {
    /// Takes a path that keeps the rules above; `None` for any other.
    pub fn new(path: impl Into<String>) -> Option<Self> {
        let path = path.into();
        let sound = |segment: &str| {
            !segment.is_empty()
                && segment != "."
                && segment != ".."
                && !segment.contains(|c: char| c == '\\' || c.is_control())
        };
        path.split('/').all(sound).then_some(Self(path))
    }

    /// The path as text, with `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
