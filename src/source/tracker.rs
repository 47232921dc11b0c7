//! The inputs as they were last seen, so that only what changed is looked at again.

/// What a look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// True where files came or went, or what cannot be an input did.
    pub listing: bool,
    /// Files whose content may have changed, and those that came; sorted.
    pub files: Vec<String>,
}

impl Changes {
    /// True where nothing did.
    pub fn is_empty(&self) -> bool {
        !self.listing && self.files.is_empty()
    }
}
