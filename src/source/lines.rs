//! A file read line by line, for one that is too large to be held.

use std::io::{self, BufRead, BufReader, Read};

use super::{Digest, Snapshot};
use crate::diagnostic::Failure;

/// How much is read, and digested, at once.
const PIECE: usize = 1 << 16;

/// The lines of a file, one after another.
pub struct Lines<'s, R> {
    snapshot: &'s Snapshot,
    path: &'s str,
    reader: BufReader<Digesting<R>>,
    line: Vec<u8>,
}

impl<'s, R: Read> Lines<'s, R> {
    pub(super) fn new(snapshot: &'s Snapshot, path: &'s str, file: R) -> Self {
        let file = Digesting {
            file,
            hasher: blake3::Hasher::new(),
        };
        Self {
            snapshot,
            path,
            reader: BufReader::with_capacity(PIECE, file),
            line: Vec::new(),
        }
    }

    /// The next line, with its end; `None` behind the last.
    ///
    /// # Errors
    ///
    /// Where the file cannot be read any further.
    pub fn next_line(&mut self) -> Result<Option<&[u8]>, Failure> {
        self.line.clear();
        match self.reader.read_until(b'\n', &mut self.line) {
            Err(error) => Err(super::unreadable(self.path, &error)),
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(&self.line)),
        }
    }

    /// The digest of the file, once all lines were read. The snapshot knows it from now on.
    pub fn end(self) -> Digest {
        let digest = *self.reader.into_inner().hasher.finalize().as_bytes();
        self.snapshot.note(self.path, digest);
        digest
    }
}

/// Makes the digest of what is read.
struct Digesting<R> {
    file: R,
    hasher: blake3::Hasher,
}

impl<R: Read> Read for Digesting<R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(piece)?;
        self.hasher.update(&piece[..read]);
        Ok(read)
    }
}
