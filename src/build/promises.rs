//! What the site has promised to keep, compared with what it has.

use std::collections::BTreeSet;

use super::second_pass::SecondPass;
use crate::diagnostic::{Diagnostic, Failure, Severity, SourceText};
use crate::site::lock::{self, Lock, Present};
use crate::source::{LOCK, Snapshot};

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
                lock: Lock::default(),
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

    /// The text of the lock with what this build adds to it; `None` where it adds nothing.
    pub(super) fn promised(&self, promises: Option<&Promises>) -> Option<String> {
        if self.options.unpublished {
            return None;
        }
        let now: BTreeSet<String> = self.present(false).promises();
        lock::with_promises(promises.map(|promises| &promises.lock), &now)
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
