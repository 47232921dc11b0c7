//! What a published file is known by in a later build.

use blake3::Hash;
use serde::{Deserialize, Serialize};

/// A file as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    digest: [u8; 32],
    size: u64,
}

impl Written {
    pub(super) fn new(digest: Hash, size: u64) -> Self {
        Self {
            digest: *digest.as_bytes(),
            size,
        }
    }

    pub(super) fn digest(&self) -> Hash {
        Hash::from_bytes(self.digest)
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }
}
