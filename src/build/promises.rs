//! What the site has promised to keep, compared with what it has.

use std::path::Path;

use blake3::Hash;

use super::second_pass::SecondPass;
use crate::diagnostic::{Diagnostic, Failure, Severity, SourceText};
use crate::publish::Draft;
use crate::site::lock::{self, Comparison, Lock, Others, Present};
use crate::source::{Digest, LOCK, Snapshot};

/// `planpress.lock` as it was read.
#[derive(Clone, Debug)]
pub struct Promises {
    pub lock: Lock,
    pub text: SourceText,
    /// What is wrong with the file itself.
    pub diagnostics: Vec<Diagnostic>,
}

impl Promises {
    /// Reads the lock; `None` where there is none.
    pub fn read(snapshot: &Snapshot) -> Result<Option<Self>, Failure> {
        if !snapshot.contains(LOCK) {
            return Ok(None);
        }
        Ok(Some(match snapshot.read(LOCK)?.text() {
            Ok(text) => {
                let (lock, diagnostics) = Lock::read(&text);
                Self {
                    lock,
                    text,
                    diagnostics,
                }
            }
            Err((text, found)) => Self {
                lock: Lock::read(&SourceText::new(LOCK, "")).0,
                text,
                diagnostics: vec![*found],
            },
        }))
    }

    /// True where the file says what was promised, and nothing else.
    fn is_sound(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

/// What came of comparing the lock with the site.
pub struct Compared {
    pub diagnostics: Vec<Diagnostic>,
    /// What is to become of the file; `None` where it stays as it is.
    pub update: Option<Update>,
}

/// What a new lock holds beside what the site promises, and what it takes the place of.
#[derive(Default)]
pub struct Update {
    others: Others,
    /// The digest of the file as it was read, where there is one.
    before: Option<Hash>,
}

/// A new lock that waits for the site to be published.
pub struct NewLock {
    before: Option<Hash>,
    /// That it could not be written is only told when the site is published.
    draft: Result<Draft, Failure>,
}

impl NewLock {
    /// Puts it in its place. Another build, or a person, may have written one there meanwhile: it
    /// stays, unless it is the same. Gives the digest of the new one.
    pub fn place(self) -> Result<Digest, Failure> {
        let placed = self.draft.and_then(|draft| draft.place(self.before));
        placed.map(|digest| *digest.as_bytes())
    }
}

impl SecondPass<'_> {
    /// What would be lost, whichever edition is made: it is the published one that promised it.
    /// `in_doubt` says that the settings have errors.
    pub fn lost_promises(
        &self,
        promises: Option<&Promises>,
        in_doubt: bool,
        severity: Severity,
    ) -> Vec<Diagnostic> {
        match promises.filter(|promises| promises.is_sound()) {
            Some(promises) => self
                .present(in_doubt)
                .lost(&promises.lock, &promises.text, severity),
            None => Vec::new(),
        }
    }

    /// Compares the lock with what the site has now, when all cards are in. A lock that is sorted and
    /// of which nothing is lost, as after nearly every build, is not held for that.
    pub fn compare_promises(
        &self,
        in_doubt: bool,
        severity: Severity,
    ) -> Result<Compared, Failure> {
        let snapshot = self.walk.snapshot;
        if !snapshot.contains(LOCK) {
            return Ok(Compared {
                diagnostics: Vec::new(),
                update: Some(Update::default()),
            });
        }
        if let Some(compared) = self.compare_lines(in_doubt)? {
            return Ok(compared);
        }
        let promises = Promises::read(snapshot)?;
        let mut diagnostics = self.lost_promises(promises.as_ref(), in_doubt, severity);
        let mut update = None;
        if let Some(promises) = promises {
            update = lock::adds_to(&self.present(in_doubt), &promises.lock).then(|| Update {
                others: promises.lock.others(),
                before: Some(blake3::hash(promises.text.text().as_bytes())),
            });
            diagnostics.extend(promises.diagnostics);
        }
        Ok(Compared {
            diagnostics,
            update,
        })
    }

    /// The same line by line; `None` where the file must be read as a whole.
    fn compare_lines(&self, in_doubt: bool) -> Result<Option<Compared>, Failure> {
        let present = self.present(in_doubt);
        let mut comparison = Comparison::new(&present);
        let mut lines = self.walk.snapshot.lines(LOCK)?;
        while let Some(line) = lines.next_line()? {
            if !str::from_utf8(line).is_ok_and(|line| comparison.line(line)) {
                return Ok(None);
            }
        }
        let before = Some(Hash::from_bytes(lines.end()));
        let (others, is_new) = comparison.end();
        let update = is_new.then_some(Update { others, before });
        Ok(Some(Compared {
            diagnostics: Vec::new(),
            update,
        }))
    }

    /// Writes the lock with what this build adds to it, to be placed when the site is published.
    /// `None` where nothing is to be added.
    pub fn draft_lock(&self, update: Option<Update>, path: &Path) -> Option<NewLock> {
        let update = update.filter(|_| !self.options.unpublished)?;
        let present = self.present(false);
        Some(NewLock {
            before: update.before,
            draft: Draft::write(path, |out| lock::write(&present, &update.others, out)),
        })
    }

    fn present(&self, in_doubt: bool) -> Present<'_> {
        Present {
            cards: self.cards,
            content: self.walk.content,
            config: self.walk.config,
            in_doubt,
        }
    }
}
