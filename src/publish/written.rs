//! What a published file is known by in a later build.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

use blake3::Hash;
use serde::{Deserialize, Serialize};

/// File systems that keep whole seconds alone may count them in steps of two. In nanoseconds.
const STEP: u64 = 2_000_000_000;

/// A file as it was written, or as it was read since: its bytes by their digest, and the stamp that
/// the system gives it. Two equal stamps say that nobody wrote it in between, where nobody could
/// have written it twice within one tick of the system's clock. On Unix that holds for those, too, who
/// put the time of the last writing back: no program can set the time of the last change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    digest: [u8; 32],
    size: u64,
    /// In nanoseconds since 1970; 0 where the system does not say.
    modified: u64,
    /// The time of any change to the file, its place and its stamp, in the same way.
    changed: u64,
    /// The file's number; 0 where the system has none.
    node: u32,
    /// True where the file had rested for a while when its bytes were known to be these.
    settled: bool,
}

impl Written {
    /// The file that `found` describes, which has the bytes of this digest.
    pub(super) fn new(digest: Hash, found: &Metadata) -> Self {
        let now = nanoseconds(SystemTime::now());
        let (modified, changed) = (modified(found), changed(found));
        Self {
            digest: *digest.as_bytes(),
            size: found.len(),
            modified,
            changed,
            node: node(found),
            settled: now > modified.saturating_add(STEP) && has_passed(changed, now),
        }
    }

    /// The same file once it was moved to where `found` describes it, which is a change to it. What
    /// was written meanwhile stays unproved.
    pub(super) fn moved(&self, found: &Metadata) -> Self {
        let moved = Self {
            changed: changed(found),
            ..*self
        };
        if moved.has_stamp_of(found) {
            moved
        } else {
            *self
        }
    }

    pub(super) fn digest(&self) -> Hash {
        Hash::from_bytes(self.digest)
    }

    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// True where the file that `found` describes has these bytes still, so that it need not be
    /// read. `listed` is the list of what is ours: before that was written and put in place no one but
    /// us had the file to write to, so that one from an earlier tick has not been written since.
    pub(super) fn is_proved_by(&self, found: &Metadata, listed: Option<&Metadata>) -> bool {
        let rested = |listed: &Metadata| {
            has_passed(self.modified, modified(listed)) && has_passed(self.changed, changed(listed))
        };
        self.has_stamp_of(found) && (self.settled || listed.is_some_and(rested))
    }

    fn has_stamp_of(&self, found: &Metadata) -> bool {
        found.len() == self.size
            && modified(found) == self.modified
            && self.modified > 0
            && changed(found) == self.changed
            && node(found) == self.node
    }
}

/// True where what is done at `now` gets another time than `then`.
fn has_passed(then: u64, now: u64) -> bool {
    // A whole second may be all that is known.
    let tick = if then.is_multiple_of(1_000_000_000) {
        STEP
    } else {
        0
    };
    // There is no such time on some systems.
    then == 0 || now > then.saturating_add(tick)
}

fn nanoseconds(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or_default()
}

fn modified(found: &Metadata) -> u64 {
    found.modified().map(nanoseconds).unwrap_or_default()
}

#[cfg(unix)]
fn changed(found: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(found.ctime()).unwrap_or_default();
    let rest = u64::try_from(found.ctime_nsec()).unwrap_or_default();
    seconds.saturating_mul(1_000_000_000).saturating_add(rest)
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> u64 {
    0
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
