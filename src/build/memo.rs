//! What a build notes for the next one, and what the next one may leave undone because of it.
//!
//! A site is made of nothing but its input files, the program, and the options. So where all of
//! these are the same, the site is; and where those are the same that one page is made of, that page
//! is. Inputs are known by their digests. Whether a file still lies in the output folder as it was
//! written is for [`Publisher::keep`](crate::publish::Publisher::keep) to say. A note that is
//! missing, or makes no sense, is no note: then everything is made.
//!
//! [`Memo`] is the note as it is read, [`Note`] the same as it is written. [`Past`] lends it to a build
//! that makes pages, [`Repeat`] is one that need not make any, and [`Built`] is what a build came to.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};

use super::by_path::ByPath;
use super::made::{Key, Made, MadePlans};
use super::sink::Sink;
use super::{Options, workers};
use crate::diagnostic::{Diagnostic, Failure};
use crate::publish::{Outputs, Publisher, Written, read_note, write_note_with};
use crate::site::ContentFiles;
use crate::site::route::{OutputPath, Route};
use crate::source::{Digest, LOCK, Snapshot, program};

/// The name of the note.
const NAME: &str = "build";

/// A build that published something.
#[derive(Debug, Default, Deserialize)]
pub struct Memo {
    /// Of the program, and of how it was asked to build, and where to.
    asked: String,
    /// Every input, with the digest of those that were read.
    inputs: ByPath<Option<Digest>>,
    /// False where the build wrote a new lock and had something to say of the lines of the old one: the
    /// next build would say other things of the same inputs.
    settled: bool,
    /// Of all inputs that every page is made with.
    frame: Digest,
    /// By plan: its page and data at its own address.
    plans: Vec<Made>,
    /// The plan that is the home page, there.
    home: Option<Made>,
    /// Every file that was published.
    outputs: ByPath<Written>,
    found: Found,
}

/// The same as it is written, made of what is at hand: there is much of it.
#[derive(Serialize)]
struct Note<'n> {
    asked: &'n str,
    inputs: Vec<(&'n str, Option<&'n Digest>)>,
    settled: bool,
    frame: &'n Digest,
    plans: Vec<&'n Made>,
    home: Option<&'n Made>,
    outputs: &'n Outputs,
    found: &'n Found,
}

/// A build that may be done as it was, since nothing that it is made of has changed.
pub struct Repeat<'m> {
    memo: &'m Memo,
    /// False where a published file is known by something else now.
    is_as_noted: bool,
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
    /// Two plans may have the same text, so the digest alone would not tell them apart.
    pub fn key(&self, route: &Route, plans: &[Option<(usize, &Digest)>]) -> Key {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.frame);
        for plan in plans {
            let (index, digest) = plan.unwrap_or((usize::MAX, &[0; 32]));
            hasher.update(&index.to_le_bytes());
            hasher.update(digest);
        }
        hasher.update(route.as_str().as_bytes());
        let mut key = Key::default();
        hasher.finalize_xof().fill(&mut key);
        key
    }

    /// True where the plan's page named a plan before or after it the last time.
    pub fn named_others(&self, plan: usize) -> bool {
        let made = self.memo.and_then(|memo| memo.plans.get(plan));
        made.is_some_and(|made| made.names_others)
    }

    /// What the files of a plan at an address came to, where they were made of the same as now.
    pub fn recall(&self, plan: usize, route: &Route, key: &Key) -> Option<&'m Made> {
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
        let written = self.memo.and_then(|memo| memo.outputs.get(path.as_str()));
        written.is_some_and(|written| sink.keep(path, written))
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
        let digest = snapshot
            .digest(path)
            .filter(|_| content.plan_in(path).is_none());
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

    /// The last build, where this one would make the same files, and they lie there as they were
    /// written.
    ///
    /// # Errors
    ///
    /// Where an input cannot be read.
    pub fn repeat(
        &self,
        options: &Options,
        snapshot: &Snapshot,
        publisher: &Publisher,
    ) -> Result<Option<Repeat<'_>>, Failure> {
        if !self.settled || !snapshot.all().eq(self.inputs.paths.iter()) {
            return Ok(None);
        }
        let is_same = workers::all(options.threads, self.inputs.values.len(), |index| {
            let (path, known) = self.inputs.at(index);
            Ok(match known {
                Some(known) => snapshot.read_through(path)? == *known,
                None => true,
            })
        })?;
        let is_as_noted = AtomicBool::new(true);
        let is_there = || {
            workers::all(options.threads, self.outputs.values.len(), |index| {
                let (path, written) = self.outputs.at(index);
                let path = OutputPath::new(path);
                let seen = path.and_then(|path| publisher.keep(&path, written));
                if seen.is_some_and(|seen| seen != *written) {
                    is_as_noted.store(false, Ordering::Relaxed);
                }
                Ok(seen.is_some())
            })
        };
        Ok((is_same && is_there()?).then(|| Repeat {
            memo: self,
            is_as_noted: is_as_noted.into_inner(),
        }))
    }
}

impl Repeat<'_> {
    /// What the build found, and finds again.
    pub fn found(&self) -> &Found {
        &self.memo.found
    }

    /// Notes what the published files are known by now, where that is something else: they need not be
    /// read again the next time.
    pub fn keep(&self, options: &Options, outputs: &Outputs) {
        if self.is_as_noted {
            return;
        }
        let Memo { inputs, .. } = self.memo;
        let note = Note {
            asked: &self.memo.asked,
            inputs: (0..inputs.values.len())
                .map(|index| inputs.at(index))
                .map(|(path, digest)| (path, digest.as_ref()))
                .collect(),
            settled: true,
            frame: &self.memo.frame,
            plans: self.memo.plans.iter().collect(),
            home: self.memo.home.as_ref(),
            outputs,
            found: &self.memo.found,
        };
        note.leave(options);
    }
}

impl Built {
    /// Leaves a note of the build. `lock` is the digest of `planpress.lock` where it was written anew.
    pub fn keep(&self, options: &Options, output: &str, lock: Option<Digest>, outputs: &Outputs) {
        let inputs = self.snapshot.digests();
        let mut inputs: Vec<_> = inputs
            .filter(|(path, _)| lock.is_none() || *path != LOCK)
            .chain(lock.as_ref().map(|digest| (LOCK, Some(digest))))
            .collect();
        inputs.sort_unstable_by_key(|(path, _)| *path);
        // What was said of lines of the lock stands on others now.
        let about_lock = |found: &Diagnostic| {
            let place = found.place.as_ref();
            place.is_some_and(|place| place.path() == LOCK)
        };
        let note = Note {
            asked: &asked(options, output),
            inputs,
            settled: lock.is_none() || !self.found.diagnostics.iter().any(about_lock),
            frame: &self.frame,
            plans: self.made.plans.iter().flatten().collect(),
            home: self.made.home.as_ref(),
            outputs,
            found: &self.found,
        };
        note.leave(options);
    }
}

impl Note<'_> {
    /// That the note cannot be written is no failure: the next build only takes longer.
    fn leave(&self, options: &Options) {
        let write = |out: &mut dyn Write| {
            let written = postcard::to_io(self, out);
            written.map(drop).map_err(io::Error::other)
        };
        let _ = write_note_with(&options.root, NAME, write);
    }
}
