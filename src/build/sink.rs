//! Where finished files go.

use std::io::{self, Write};

use crate::audit::Reading;
use crate::diagnostic::Failure;
use crate::publish::{Publisher, Written};
use crate::site::route::OutputPath;

/// What writes a file piece by piece.
pub type Pieces<'p> = dyn Fn(&mut dyn Write) -> io::Result<()> + 'p;

/// What reads a file that was taken.
pub type Again<'s> = Box<dyn FnOnce() -> Result<Vec<u8>, Failure> + Send + 's>;

/// Takes finished files, from many threads at once.
pub trait Sink: Sync {
    /// Takes one file. The same path may come again: the later one counts.
    fn take(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), Failure>;

    /// Takes one that `write` writes piece by piece, and gives back what reads it once more: by then
    /// whoever wrote it may have dropped all that it was made of.
    fn take_in_pieces(&self, path: &OutputPath, write: &Pieces) -> Result<Again<'_>, Failure> {
        let mut bytes = Vec::new();
        write(&mut bytes)
            .map_err(|error| Failure::new(format!("{path} cannot be made: {error}")))?;
        self.take(path, &bytes)?;
        Ok(Box::new(|| Ok(bytes)))
    }

    /// How pages are read back before they are handed over.
    fn reading(&self) -> Reading {
        Reading::Quick
    }

    /// Takes a file as an earlier build left it. False where it is not there like that, so that it
    /// must be made again.
    fn keep(&self, _: &OutputPath, _: &Written) -> bool {
        false
    }
}

impl Sink for Publisher {
    fn take(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), Failure> {
        self.stage(path, bytes).map(drop)
    }

    fn take_in_pieces(&self, path: &OutputPath, write: &Pieces) -> Result<Again<'_>, Failure> {
        self.stage_with(path, write)?;
        let path = path.clone();
        Ok(Box::new(move || self.read_back(&path)))
    }

    fn keep(&self, path: &OutputPath, written: &Written) -> bool {
        Publisher::keep(self, path, written).is_some()
    }
}

/// Takes files and forgets them: for a check.
pub struct Nothing;

impl Sink for Nothing {
    fn take(&self, _: &OutputPath, _: &[u8]) -> Result<(), Failure> {
        Ok(())
    }

    /// A check takes its time: what it says rests on no shortcut.
    fn reading(&self) -> Reading {
        Reading::Full
    }
}
