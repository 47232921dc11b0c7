//! What a published file is known by in a later build.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use blake3::Hash;
use serde::{Deserialize, Serialize};

/// File systems that keep whole seconds alone may count them in steps of two.
const STEP: Duration = Duration::from_secs(2);

/// A file as it was written, or as it was read since: its bytes by their digest, and the stamp that
/// the system gives it. Two equal stamps say that nobody wrote it in between, where nobody could
/// have written it twice within one tick of the system's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    digest: [u8; 32],
    size: u64,
    /// In nanoseconds since 1970; 0 where the system does not say.
    modified: u64,
    /// The file's number; 0 where the system has none.
    node: u32,
    /// True where the file had rested for a while when its bytes were known to be these.
    settled: bool,
}

impl Written {
    /// The file that `found` describes, which has the bytes of this digest.
    pub(super) fn new(digest: Hash, found: &Metadata) -> Self {
        let modified = found.modified().ok();
        let age = modified.and_then(|time| SystemTime::now().duration_since(time).ok());
        Self {
            digest: *digest.as_bytes(),
            size: found.len(),
            modified: modified.and_then(nanoseconds).unwrap_or_default(),
            node: node(found),
            settled: age.is_some_and(|age| age > STEP),
        }
    }

    pub(super) fn digest(&self) -> Hash {
        Hash::from_bytes(self.digest)
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// True where the file that `found` describes has these bytes still, so that it need not be
    /// read. `listed` is when the list of what is ours was written: before that no one but us had
    /// the file to write to, so that one from an earlier tick has not been written since.
    pub(super) fn is_proved_by(&self, found: &Metadata, listed: Option<SystemTime>) -> bool {
        let rested = || {
            let time = UNIX_EPOCH + Duration::from_nanos(self.modified);
            let rested = listed.and_then(|listed| listed.duration_since(time).ok());
            // A whole second may be all that is known.
            let tick = if self.modified.is_multiple_of(1_000_000_000) {
                STEP
            } else {
                Duration::ZERO
            };
            rested.is_some_and(|rested| rested > tick)
        };
        found.len() == self.size
            && found.modified().ok().and_then(nanoseconds) == Some(self.modified)
            && self.modified > 0
            && node(found) == self.node
            && (self.settled || rested())
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    let since = time.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_nanos()).ok()
}

/// Enough of the file's number to tell most files from others that took their place.
#[cfg(unix)]
fn node(found: &Metadata) -> u32 {
    use std::os::unix::fs::MetadataExt;
    let node = found.ino();
    (node ^ (node >> 32)) as u32
}

#[cfg(not(unix))]
fn node(_: &Metadata) -> u32 {
    0
}
