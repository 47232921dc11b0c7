//! The list of the files in the output folder that are ours, kept there as `.planpress-manifest`.
//!
//! ```text
//! planpress-manifest 1
//! <BLAKE3 of the file, 64 hexadecimal digits> <bytes> <path>
//! end <BLAKE3 of all lines above>
//! ```
//!
//! One line per file, sorted by path; the same site gives the same text. While a site is being
//! published the list on disk names the old files *and* the coming ones, whose lines start with
//! `+`: whenever the program is killed, the next run finds everything it may have written. A
//! coming file counts as ours only where its bytes are there, since a person may have put another
//! one in its place.
//!
//! The last line's digest tells a list that was cut, merged or edited from a sound one. Such a
//! list is never guessed at: it decides what is deleted.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use blake3::Hash;

use super::disk::{self, Digesting};
use super::tree::Entry;
use crate::site::route::OutputPath;
use crate::source::Names;

/// Where the list lies in the output folder.
pub(super) const MANIFEST: &str = ".planpress-manifest";

const FIRST_LINE: &str = "planpress-manifest 1";

/// The bytes that a file of ours has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub digest: Hash,
    /// In bytes.
    pub size: u64,
    /// Announced, and perhaps not written yet.
    pub coming: bool,
}

impl Record {
    fn of(entry: &Entry, coming: bool) -> Self {
        Self {
            digest: entry.written.digest(),
            size: entry.written.size(),
            coming,
        }
    }

    fn has_same_bytes(&self, other: &Self) -> bool {
        self.digest == other.digest && self.size == other.size
    }

    /// The order of the records of one file.
    fn key(&self) -> (bool, &[u8; 32]) {
        (self.coming, self.digest.as_bytes())
    }
}

/// The files that are ours, sorted by path. Between two builds each has one record; a build that
/// was killed leaves several for a file that it was about to replace.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// By record.
    paths: Names,
    records: Vec<Record>,
}

impl Manifest {
    /// What `path` may hold by our hand; nothing for a path that is not ours.
    pub fn records(&self, path: &str) -> impl Iterator<Item = &Record> {
        (self.first_from(path)..self.records.len())
            .take_while(move |&index| self.paths.get(index) == path)
            .map(|index| &self.records[index])
    }

    /// True where a file of ours was published, whatever became of it since.
    pub fn owns(&self, path: &str) -> bool {
        self.records(path).any(|record| !record.coming)
    }

    /// Each path once, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let mut before = None;
        let mut is_new = move |path| before.replace(path) != Some(path);
        self.paths.iter().filter(move |path| is_new(*path))
    }

    /// True where the list names a file below the folder `path`.
    pub fn reaches_into(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let next = self.first_from(&below);
        next < self.records.len() && self.paths.get(next).starts_with(&below)
    }

    /// True where the list names these files, as they are, and no others.
    pub fn is_of(&self, files: &[(&str, &Entry)]) -> bool {
        self.records.len() == files.len()
            && self
                .all()
                .zip(files)
                .all(|((path, listed), (file, entry))| {
                    path == *file && *listed == Record::of(entry, false)
                })
    }

    /// Every record with its path.
    fn all(&self) -> impl Iterator<Item = (&str, &Record)> {
        self.paths.iter().zip(&self.records)
    }

    /// The first record whose path is this or sorts behind it.
    fn first_from(&self, path: &str) -> usize {
        self.paths.search(path).unwrap_or_else(|place| place)
    }

    /// Reads the text of a list; `Err` says what is wrong with it, to follow the list's name in
    /// a sentence.
    pub fn from_text(text: &str) -> Result<Self, &'static str> {
        // Git may have given the lines Windows' ends on the way here.
        let text = if text.contains('\r') {
            Cow::Owned(text.replace("\r\n", "\n"))
        } else {
            Cow::Borrowed(text)
        };
        let (first, rest) = text.split_once('\n').ok_or("is cut off")?;
        if first != FIRST_LINE {
            return Err(if first.starts_with("planpress-manifest ") {
                "was written by another version of planpress"
            } else {
                "is not a list written by planpress"
            });
        }
        let mut list = Self::default();
        let mut is_sorted = true;
        let mut at = text.len() - rest.len();
        let mut end = None;
        for line in rest.split_inclusive('\n') {
            if line.starts_with("end ") {
                end = end.or(Some(at));
            } else {
                let line = line.strip_suffix('\n').unwrap_or(line);
                let (path, record) = read_line(line).ok_or("has been changed")?;
                is_sorted &= list.push(path, record);
            }
            at += line.len();
        }
        let is_whole = end.is_some_and(|end| {
            let (lines, end) = text.split_at(end);
            end == last_line(blake3::hash(lines.as_bytes()))
        });
        if is_sorted && is_whole {
            Ok(list)
        } else {
            Err("has been cut off or changed")
        }
    }

    /// Adds a record. False where it does not belong behind the one before it.
    fn push(&mut self, path: &str, record: Record) -> bool {
        let last = self.records.len().checked_sub(1);
        let follows = last.is_none_or(|last| match self.paths.get(last).cmp(path) {
            std::cmp::Ordering::Equal => {
                self.records[last].key() < record.key()
                    && !self
                        .records(path)
                        .any(|known| known.has_same_bytes(&record))
            }
            order => order.is_lt(),
        });
        self.paths.push(path);
        self.records.push(record);
        follows
    }
}

/// Writes the list of these files, which are sorted by path.
pub(super) fn write_list(out: impl Write, files: &[(&str, &Entry)]) -> io::Result<()> {
    let mut list = ListWriter::begin(out)?;
    for (path, entry) in files {
        list.line(path, &Record::of(entry, false))?;
    }
    list.end()
}

/// Writes the list of the old files with these announced: what stands on disk while a site is
/// being published.
pub(super) fn write_announcing(
    out: impl Write,
    old: &Manifest,
    files: &[(&str, &Entry)],
) -> io::Result<()> {
    let mut list = ListWriter::begin(out)?;
    let mut old = old.all().peekable();
    let mut own: Vec<Record> = Vec::new();
    for &(path, entry) in files {
        while let Some((before, record)) = old.next_if(|(listed, _)| *listed < path) {
            list.line(before, record)?;
        }
        own.clear();
        while let Some((_, record)) = old.next_if(|(listed, _)| *listed == path) {
            own.push(*record);
        }
        let coming = Record::of(entry, true);
        if !own.iter().any(|known| known.has_same_bytes(&coming)) {
            own.push(coming);
            own.sort_by(|a, b| a.key().cmp(&b.key()));
        }
        for record in &own {
            list.line(path, record)?;
        }
    }
    for (path, record) in old {
        list.line(path, record)?;
    }
    list.end()
}

/// Buffered, since a digest is made faster of much at once.
struct ListWriter<W: Write>(BufWriter<Digesting<W>>);

impl<W: Write> ListWriter<W> {
    fn begin(out: W) -> io::Result<Self> {
        let mut out = BufWriter::with_capacity(disk::PIECE, Digesting::new(out));
        writeln!(out, "{FIRST_LINE}")?;
        Ok(Self(out))
    }

    fn line(&mut self, path: &str, record: &Record) -> io::Result<()> {
        let Record {
            digest,
            size,
            coming,
        } = record;
        let mark = if *coming { "+" } else { "" };
        writeln!(self.0, "{mark}{} {size} {path}", digest.to_hex())
    }

    fn end(self) -> io::Result<()> {
        let (mut out, digest) = disk::flushed(self.0)?.end();
        out.write_all(last_line(digest).as_bytes())
    }
}

fn last_line(digest: Hash) -> String {
    format!("end {digest}\n")
}

/// Reads a line as this program writes it.
fn read_line(line: &str) -> Option<(&str, Record)> {
    let (coming, line) = line
        .strip_prefix('+')
        .map_or((false, line), |line| (true, line));
    let mut fields = line.splitn(3, ' ');
    let hex = fields.next()?;
    let digest = Hash::from_hex(hex).ok()?;
    let size = fields.next()?;
    let path = fields.next()?;
    let record = Record {
        digest,
        size: size.parse().ok()?,
        coming,
    };
    let as_written = !hex.bytes().any(|digit| digit.is_ascii_uppercase())
        && size.bytes().all(|digit| digit.is_ascii_digit())
        && (size == "0" || !size.starts_with('0'));
    (as_written && OutputPath::is_sound(path) && !is_reserved(path)).then_some((path, record))
}

/// True for what no page may be called: the publisher's own files, and anything in a Git folder,
/// where a file can become a program that Git runs.
pub(super) fn is_reserved(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    [MANIFEST, super::staging::STAGING, ".git"]
        .iter()
        .any(|name| first.eq_ignore_ascii_case(name))
}
