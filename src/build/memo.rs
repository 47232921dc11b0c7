//! What a build notes for the next one, and what the next one may leave undone because of it.
//!
//! A site is made of nothing but its input files, the program, and the options. So where all of
//! these are the same, the site is; and where those are the same that one page is made of, that page
//! is. Inputs are known by their digests. Whether a file still lies in the output folder as it was
//! written is for [`Publisher::keep`](crate::publish::Publisher::keep) to say. A note that is
//! missing, or makes no sense, is no note: then everything is made.

use serde::{Deserialize, Serialize};

use super::made::{Made, MadePlans};
use super::sink::Sink;
use super::{Options, workers};
use crate::diagnostic::{Diagnostic, Failure};
use crate::publish::{Publisher, Written, read_note, write_note};
use crate::site::ContentFiles;
use crate::site::route::{OutputPath, Route};
use crate::source::{Digest, LOCK, Snapshot, program};

/// The name of the note.
const NAME: &str = "build";

/// A build that published something.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Memo {
    /// Of the program, and of how it was asked to build, and where to.
    asked: String,
    /// Every input, with the digest of those that were read; sorted.
    inputs: Vec<(String, Option<Digest>)>,
    /// False where the next build finds other things with the same inputs.
    settled: bool,
    /// Of all inputs that every page is made with.
    frame: Digest,
    /// By plan: its page and data at its own address.
    plans: Vec<Made>,
    /// The plan that is the home page, there.
    home: Option<Made>,
    /// Every file that was published; sorted.
    outputs: Vec<(OutputPath, Written)>,
    found: Found,
}

/// What a build came to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Found {
    pub diagnostics: Vec<Diagnostic>,
    pub plans: usize,
    pub pages: usize,
}

/// What is known of a build when it is done.
pub struct Built {
    pub snapshot: Snapshot,
    pub frame: Digest,
    pub made: MadePlans,
    pub found: Found,
}

/// What is known of an earlier build, and what all pages of this one are made of.
#[derive(Clone, Copy, Default)]
pub struct Past<'m> {
    memo: Option<&'m Memo>,
    frame: Digest,
}

impl<'m> Past<'m> {
    /// The past of a build whose pages are all made of what `frame` is the digest of.
    pub fn new(memo: Option<&'m Memo>, frame: Digest) -> Self {
        let memo = memo.filter(|memo| memo.frame == frame);
        Self { memo, frame }
    }

    /// The digest of the frame, and of the plans that a page at this address is made of.
    pub fn key(&self, route: &Route, plans: &[Option<&Digest>]) -> Digest {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.frame);
        for plan in plans {
            hasher.update(plan.unwrap_or(&Digest::default()));
        }
        hasher.update(route.as_str().as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// True where the plan's page could only be made in the second pass the last time.
    pub fn waits(&self, plan: usize) -> bool {
        let made = self.memo.and_then(|memo| memo.plans.get(plan));
        made.is_some_and(|made| made.waits)
    }

    /// What the files of a plan at an address came to, where they were made of the same as now.
    pub fn recall(&self, plan: usize, route: &Route, key: &Digest) -> Option<&'m Made> {
        let memo = self.memo?;
        let made = if *route == Route::home() {
            memo.home.as_ref()
        } else {
            memo.plans.get(plan)
        };
        made.filter(|made| made.key == *key)
    }

    /// True where a file lies there as it was published.
    pub fn is_there(&self, sink: &dyn Sink, path: &OutputPath) -> bool {
        self.memo.is_some_and(|memo| {
            let found = memo.outputs.binary_search_by(|(known, _)| known.cmp(path));
            found.is_ok_and(|index| sink.keep(path, &memo.outputs[index].1))
        })
    }
}

/// The digest of all that every page of a site is made with: what was asked for, the names of all
/// inputs, and those that were read by now, without the plans. The lock is no part of any page.
pub fn frame(options: &Options, snapshot: &Snapshot, content: &ContentFiles) -> Digest {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        // The length goes first, so that no two lists come out as the same bytes.
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(asked(options, "").as_bytes());
    for path in snapshot.all().filter(|path| *path != LOCK) {
        add(path.as_bytes());
        let digest = snapshot.digest(path).filter(|_| content.plan_in(path).is_none());
        add(digest.map_or(&[], Digest::as_slice));
    }
    *hasher.finalize().as_bytes()
}

/// The program and what it is asked for.
fn asked(options: &Options, output: &str) -> String {
    let Options {
        root: _,
        base_url,
        unpublished,
        portable,
        strict: _,
        threads: _,
        progress: _,
    } = options;
    format!(
        "{} {base_url:?} {unpublished} {portable} {output:?}",
        program()
    )
}

impl Memo {
    /// What the last build into this output folder noted.
    pub fn read(options: &Options, output: &str) -> Option<Self> {
        let bytes = read_note(&options.root, NAME)?;
        let asked = asked(options, output);
        // What another version wrote begins with other words.
        let (of, _) = postcard::take_from_bytes::<&str>(&bytes).ok()?;
        (of == asked).then_some(())?;
        postcard::from_bytes(&bytes).ok()
    }

    /// What the last build found, where this one would make the same files, and they lie there as
    /// they were written.
    ///
    /// # Errors
    ///
    /// Where an input cannot be read.
    pub fn repeat(
        &self,
        options: &Options,
        snapshot: &Snapshot,
        publisher: &Publisher,
    ) -> Result<Option<&Found>, Failure> {
        let listed = self.inputs.iter().map(|(path, _)| path.as_str());
        if !self.settled || !snapshot.all().eq(listed) {
            return Ok(None);
        }
        let is_same = workers::all(options.threads, self.inputs.len(), |index| {
            let (path, known) = &self.inputs[index];
            let Some(known) = known else {
                return Ok(true);
            };
            snapshot.read(path)?;
            Ok(snapshot.digest(path) == Some(known))
        })?;
        let is_there = || {
            workers::all(options.threads, self.outputs.len(), |index| {
                let (path, written) = &self.outputs[index];
                Ok(publisher.keep(path, written).is_some())
            })
        };
        Ok((is_same && is_there()?).then_some(&self.found))
    }

    /// The note of a build. `None` where the next one cannot count on it: files changed while they
    /// were read. `lock` is the digest of `planpress.lock` where it was written anew.
    pub fn of(
        options: &Options,
        output: &str,
        lock: Option<Digest>,
        built: Built,
        outputs: Vec<(OutputPath, Written)>,
    ) -> Option<Self> {
        let Built {
            snapshot,
            frame,
            made,
            found,
        } = built;
        let mut inputs: Vec<_> = snapshot
            .all()
            .filter(|path| lock.is_none() || *path != LOCK)
            .map(|path| (path.to_owned(), snapshot.digest(path).copied()))
            .collect();
        inputs.extend(lock.map(|digest| (LOCK.to_owned(), Some(digest))));
        inputs.sort_unstable();
        // What was said of lines of the lock stands on others now.
        let about_lock = |found: &Diagnostic| {
            let place = found.place.as_ref();
            place.is_some_and(|place| place.path() == LOCK)
        };
        let settled = lock.is_none() || !found.diagnostics.iter().any(about_lock);
        snapshot.is_steady().then(|| Self {
            asked: asked(options, output),
            inputs,
            settled,
            frame,
            plans: made
                .plans
                .into_iter()
                .map(Option::unwrap_or_default)
                .collect(),
            home: made.home,
            outputs,
            found,
        })
    }

    /// Leaves the note. That it cannot be written is no failure: the next build only takes longer.
    pub fn keep(&self, options: &Options) {
        if let Ok(bytes) = postcard::to_stdvec(self) {
            let _ = write_note(&options.root, NAME, &bytes);
        }
    }
}
