//! A file read line by line, for one that is too large to be held.

use std::io::{self, BufRead, BufReader, Read};

use crate::diagnostic::Failure;

/// How much is read, and digested, at once.
const PIECE: usize = 1 << 16;

/// The lines of a file, one after another.
pub struct Lines<R> {
    path: String,
    reader: BufReader<Digesting<R>>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(path: &str, file: R) -> Self {
        let file = Digesting {
            file,
            hasher: blake3::Hasher::new(),
        };
        Self {
            path: path.to_owned(),
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
            Err(error) => Err(super::unreadable(&self.path, &error)),
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(&self.line)),
        }
    }

    /// The digest of the file, once all lines were read.
    pub fn digest(self) -> blake3::Hash {
        self.reader.into_inner().hasher.finalize()
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
