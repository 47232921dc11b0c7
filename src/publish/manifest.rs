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

use std::collections::BTreeMap;
use std::collections::btree_map::Keys;
use std::fmt::Write;

use blake3::Hash;

use crate::site::route::OutputPath;

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

/// The files that are ours. Between two builds each has one record; a build that was killed
/// leaves several for a file that it was about to replace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: BTreeMap<OutputPath, Vec<Record>>,
}

impl Manifest {
    /// Adds a file, or another record of one.
    pub fn insert(&mut self, path: OutputPath, record: Record) {
        let records = self.files.entry(path).or_default();
        let known = |old: &Record| old.digest == record.digest && old.size == record.size;
        if !records.iter().any(known) {
            records.push(record);
            records.sort_by_key(|record| (record.coming, *record.digest.as_bytes()));
        }
    }

    /// What `path` may hold by our hand; empty for a path that is not ours.
    pub fn records(&self, path: &OutputPath) -> &[Record] {
        self.files.get(path).map_or(&[], Vec::as_slice)
    }

    /// True where a file of ours was published, whatever became of it since.
    pub fn owns(&self, path: &OutputPath) -> bool {
        self.records(path).iter().any(|record| !record.coming)
    }

    /// All paths, sorted.
    pub fn paths(&self) -> Keys<'_, OutputPath, Vec<Record>> {
        self.files.keys()
    }

    /// True where the list names a file below the folder `path`.
    pub fn reaches_into(&self, path: &OutputPath) -> bool {
        // No file's name sorts before a space, the first character that is not a control.
        let Some(first) = OutputPath::new(format!("{path}/ ")) else {
            return false;
        };
        let next = self.files.range(first..).next();
        next.is_some_and(|(file, _)| {
            file.as_str()
                .strip_prefix(path.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// This list with the files of `next` announced: what stands on disk while a site is being
    /// published.
    pub fn announcing(&self, next: &Self) -> Self {
        let mut both = self.clone();
        for (path, records) in &next.files {
            for record in records {
                both.insert(
                    path.clone(),
                    Record {
                        coming: true,
                        ..*record
                    },
                );
            }
        }
        both
    }

    /// The text of the list.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, records) in &self.files {
            for Record {
                digest,
                size,
                coming,
            } in records
            {
                let mark = if *coming { "+" } else { "" };
                // Writing to a `String` cannot fail.
                let _ = writeln!(text, "{mark}{digest} {size} {path}");
            }
        }
        let _ = writeln!(text, "end {}", blake3::hash(text.as_bytes()));
        text
    }

    /// Reads the text of a list; `Err` says what is wrong with it, to follow the list's name in
    /// a sentence.
    pub fn from_text(text: &str) -> Result<Self, &'static str> {
        // Git may have given the lines Windows' ends on the way here.
        let text = text.replace("\r\n", "\n");
        let (first, rest) = text.split_once('\n').ok_or("is cut off")?;
        if first != FIRST_LINE {
            return Err(if first.starts_with("planpress-manifest ") {
                "was written by another version of planpress"
            } else {
                "is not a list written by planpress"
            });
        }
        let mut list = Self::default();
        for line in rest.lines().filter(|line| !line.starts_with("end ")) {
            let (path, record) = read_line(line).ok_or("has been changed")?;
            list.insert(path, record);
        }
        // Everything else there is to check (order, doubles, spelling, the end) in one go.
        if list.to_text() == text {
            Ok(list)
        } else {
            Err("has been cut off or changed")
        }
    }
}

fn read_line(line: &str) -> Option<(OutputPath, Record)> {
    let (coming, line) = line
        .strip_prefix('+')
        .map_or((false, line), |line| (true, line));
    let mut fields = line.splitn(3, ' ');
    let digest = Hash::from_hex(fields.next()?).ok()?;
    let size = fields.next()?.parse().ok()?;
    let path = OutputPath::new(fields.next()?)?;
    (!is_reserved(&path)).then_some((
        path,
        Record {
            digest,
            size,
            coming,
        },
    ))
}

/// True for what no page may be called: the publisher's own files, and anything in a Git folder,
/// where a file can become a program that Git runs.
pub(super) fn is_reserved(path: &OutputPath) -> bool {
    let first = path.as_str().split('/').next().unwrap_or_default();
    [MANIFEST, super::staging::STAGING, ".git"]
        .iter()
        .any(|name| first.eq_ignore_ascii_case(name))
}
