//! The lock and the site, compared line by line.
//!
//! In: the lines of the file, as they come, and what the site promises, in the same order. Out:
//! whether anything is new, and what the file promises beside it. So neither is held as a whole:
//! a site of 10,000 plans has 640,000 promises. A file in which anything is odd or lost, or that
//! is not sorted, as ours are, is left to [`Lock`].

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::lost::{Present, There};
use super::promised::Promised;
use super::{HEAD, Lock, is_promise, parts, payload};

/// What the lock is to hold beside what the site promises now: the sorted lines of what is kept in
/// another way, such as the anchors of an address that leads to a plan.
#[derive(Clone, Debug, Default)]
pub struct Others(String);

impl Others {
    /// These lines, which are sorted.
    pub(super) fn new<'l>(lines: impl Iterator<Item = &'l str>) -> Self {
        let mut others = Self::default();
        lines.for_each(|line| others.push(line));
        others
    }

    fn push(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.lines()
    }
}

/// A comparison on its way.
pub struct Comparison<'s> {
    present: &'s Present<'s>,
    there: BTreeMap<String, There>,
    promised: Promised<'s>,
    /// The line that came last.
    last: String,
    others: Others,
    /// True where the site promises what the file lacks.
    is_new: bool,
}

impl<'s> Comparison<'s> {
    /// Begins with the first line.
    pub fn new(present: &'s Present<'s>) -> Self {
        let there = present.addresses();
        let mut promised = Promised::new(present, &there);
        promised.advance();
        Self {
            present,
            there,
            promised,
            last: String::new(),
            others: Others::default(),
            is_new: false,
        }
    }

    /// Takes the next line of the file. False where the file must be read as a whole.
    #[must_use]
    pub fn line(&mut self, whole: &str) -> bool {
        let Some(line) = payload(whole) else {
            return true;
        };
        if line <= self.last.as_str() {
            return false;
        }
        self.last.clear();
        self.last.push_str(line);
        while let Some(promise) = self.promised.current() {
            match promise.cmp(line) {
                std::cmp::Ordering::Less => self.is_new = true,
                std::cmp::Ordering::Equal => {
                    self.promised.advance();
                    return true;
                }
                std::cmp::Ordering::Greater => break,
            }
            self.promised.advance();
        }
        let is_kept = is_promise(line)
            && (line.is_ascii() || unicode_normalization::is_nfc(line))
            && self.present.keeps(&self.there, parts(line));
        if is_kept {
            self.others.push(line);
        }
        is_kept
    }

    /// What the file says beside what the site promises, and whether that is more than the file
    /// says.
    pub fn end(self) -> (Others, bool) {
        (
            self.others,
            self.is_new || self.promised.current().is_some(),
        )
    }
}

/// True where the site promises what the lock lacks.
pub fn adds_to(present: &Present, lock: &Lock) -> bool {
    let mut promised = Promised::new(present, &present.addresses());
    while let Some(promise) = promised.advance() {
        if !lock.holds(promise) {
            return true;
        }
    }
    false
}

/// Writes the lock with all that the site promises now, and the others.
///
/// # Errors
///
/// What `out` says.
pub fn write(present: &Present, others: &Others, out: &mut dyn Write) -> io::Result<()> {
    let mut promised = Promised::new(present, &present.addresses());
    promised.advance();
    let mut others = others.iter().peekable();
    out.write_all(HEAD.as_bytes())?;
    while let Some(promise) = promised.current() {
        while let Some(other) = others.next_if(|other| *other < promise) {
            write_line(out, other)?;
        }
        others.next_if_eq(&promise);
        write_line(out, promise)?;
        promised.advance();
    }
    others.try_for_each(|other| write_line(out, other))
}

fn write_line(out: &mut dyn Write, line: &str) -> io::Result<()> {
    out.write_all(line.as_bytes())?;
    out.write_all(b"\n")
}
