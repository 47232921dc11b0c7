//! `planpress.lock`: the addresses and anchors that the site has promised to keep.
//!
//! In: the file's text and what the site has now. Out: the text with what is new, and a finding
//! for each promise that would be broken. An output folder is thrown away, so the promises stand
//! in a file that is kept with the plans. Takes nothing out: only a person takes a promise back.

mod comparison;
mod lost;
mod promised;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, SourceText};
pub use comparison::{Comparison, Others, adds_to, write};
pub use lost::Present;

/// The first lines of the file, for whoever comes upon it.
const HEAD: &str = "\
# The addresses and anchors that this site has promised to keep, since others cite them.
# `planpress build` adds what is new. Keep this file in version control, with the plans.
# To take a promise back, delete its line.
";

/// What the file says: each promise with its place in the text. A promise is written as it is
/// read, `/ala-2025/` or `/ala-2025/#a-3`, in letters that every system writes alike (NFC).
#[derive(Clone, Debug)]
pub struct Lock {
    source: SourceText,
    /// Where the promises stand, sorted by address and anchor.
    lines: Vec<Range<usize>>,
    /// Those that are not in these letters in the file, as they should be, by where they begin.
    respelled: BTreeMap<usize, String>,
}

impl Lock {
    /// Reads the file.
    pub fn read(source: &SourceText) -> (Self, Vec<Diagnostic>) {
        let mut lock = Self {
            source: source.clone(),
            lines: Vec::new(),
            respelled: BTreeMap::new(),
        };
        let mut diagnostics = Vec::new();
        let mut in_conflict = false;
        let mut at = 0;
        for whole in source.text().split_inclusive('\n') {
            let start = at;
            at += whole.len();
            let Some(line) = payload(whole) else {
                continue;
            };
            let start = start + whole.find(line).unwrap_or_default();
            let span = start..start + line.len();
            if is_conflict_marker(line) {
                // The other markers belong to the same conflict, or are mended in the same way.
                if !in_conflict {
                    diagnostics.push(conflict().at(source, span));
                }
                in_conflict = true;
            } else if is_promise(line) {
                if let Cow::Owned(respelled) = nfc(line) {
                    lock.respelled.insert(start, respelled);
                }
                lock.lines.push(span);
            } else {
                diagnostics.push(no_promise(line).at(source, span));
            }
        }
        let mut lines = std::mem::take(&mut lock.lines);
        // Of two alike, the first in the file counts.
        lines.sort_by(|a, b| parts(lock.promise(a)).cmp(&parts(lock.promise(b))));
        lines.dedup_by(|a, b| lock.promise(a) == lock.promise(b));
        lock.lines = lines;
        (lock, diagnostics)
    }

    /// The promise that stands there.
    fn promise(&self, line: &Range<usize>) -> &str {
        match self.respelled.get(&line.start) {
            Some(respelled) => respelled,
            None => &self.source.text()[line.clone()],
        }
    }

    /// All that the file promises, for a new one.
    pub fn others(&self) -> Others {
        let mut promises: Vec<&str> = self.lines.iter().map(|line| self.promise(line)).collect();
        promises.sort_unstable();
        Others::new(promises.into_iter())
    }

    fn holds(&self, promise: &str) -> bool {
        let order = |line: &Range<usize>| parts(self.promise(line)).cmp(&parts(promise));
        self.lines.binary_search_by(order).is_ok()
    }

    /// The promises by address: where its own line is, and its anchors.
    fn by_address(&self) -> impl Iterator<Item = (&str, Promises<'_>)> {
        let address = |line: &Range<usize>| parts(self.promise(line)).0;
        self.lines
            .chunk_by(move |a, b| address(a) == address(b))
            .map(move |lines| {
                let anchor = |line: &Range<usize>| parts(self.promise(line)).1;
                let anchors = lines
                    .iter()
                    .filter_map(|line| Some((anchor(line)?, line.clone())));
                let promises = Promises {
                    line: lines[0].clone(),
                    anchors: anchors.collect(),
                };
                (address(&lines[0]), promises)
            })
    }
}

/// What the file promises of one address.
struct Promises<'l> {
    /// The address's own line, or the first of its anchors.
    line: Range<usize>,
    anchors: BTreeMap<&'l str, Range<usize>>,
}

/// What a line of the file says; `None` for a remark, and where it says nothing.
fn payload(whole: &str) -> Option<&str> {
    let line = whole.trim_start_matches('\u{feff}').trim();
    (!line.is_empty() && !line.starts_with('#')).then_some(line)
}

/// An address and what is behind its `#`.
fn parts(promise: &str) -> (&str, Option<&str>) {
    match promise.split_once('#') {
        Some((address, anchor)) => (address, Some(anchor)),
        None => (promise, None),
    }
}

/// The lines that Git puts around two versions of a text that it cannot join.
fn is_conflict_marker(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"]
        .iter()
        .any(|marker| {
            line.strip_prefix(marker)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
}

fn is_promise(line: &str) -> bool {
    let (address, anchor) = parts(line);
    let Some(below) = address.strip_prefix('/') else {
        return false;
    };
    let segments = below.strip_suffix('/').unwrap_or(below);
    let is_file = !below.is_empty() && !below.ends_with('/');
    anchor.is_none_or(is_anchor)
        && !has_odd(address)
        && (segments.is_empty() && below.is_empty()
            || segments
                .split('/')
                .all(|segment| !matches!(segment, "" | "." | "..")))
        && (!is_file || is_file_name(segments))
}

/// True for what can stand behind a `#`.
fn is_anchor(text: &str) -> bool {
    !text.is_empty() && !has_odd(text)
}

/// True for what has a character that no line of the file can have.
fn has_odd(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#';
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\' || c == '#';
    !text.bytes().all(is_plain) && text.contains(odd)
}

/// True for an address that is a file's, such as `/plans/ala.html`.
fn is_file_name(below: &str) -> bool {
    below
        .rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
}

fn conflict() -> Diagnostic {
    Diagnostic::error(
        "lock-conflict",
        "two versions of this file were to be merged, and the marks of that are still in it",
    )
    .help("Keep the lines of both sides: every line is a promise. Delete only the marks: the lines with <<<<<<<, |||||||, ======= and >>>>>>>.")
}

fn no_promise(line: &str) -> Diagnostic {
    let page = format!("{line}/");
    let help = if is_promise(&page) {
        return Diagnostic::error("bad-lock-line", "this line is no address of a page")
            .help(format!("A page's address ends with a slash: {page}"));
    } else if line.contains("://") {
        "Leave out the site's own address: a line is what stands behind it, such as /ala-2025/ or /ala-2025/#a-3."
    } else {
        "A line is an address such as /ala-2025/, or one with an anchor, such as /ala-2025/#a-3. Remarks begin with `#`. Delete the line where it is neither."
    };
    Diagnostic::error("bad-lock-line", "this line is no address").help(help)
}

/// An old or stable address as it is written in the lock.
fn written(address: &str) -> String {
    let below = address.trim_matches('/');
    let is_file = !address.ends_with('/') && is_file_name(below);
    let end = if is_file || below.is_empty() { "" } else { "/" };
    nfc(&format!("/{below}{end}")).into_owned()
}

fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || unicode_normalization::is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::LOCK;

    fn read(text: &str) -> (Vec<String>, Vec<&'static str>) {
        let (lock, found) = Lock::read(&SourceText::new(LOCK, text));
        (
            lock.others().iter().map(str::to_owned).collect(),
            found.iter().map(|found| found.name).collect(),
        )
    }

    #[test]
    fn any_line_ends_remarks_and_order_are_read() {
        let text = "\u{feff}# remark\r\n/b/\r\n\r\n  /a/#x  \r\n/a/\r\n/b/\r\n/old.html\n/";
        let promises = ["/", "/a/", "/a/#x", "/b/", "/old.html"];
        assert_eq!(read(text), (promises.map(str::to_owned).to_vec(), vec![]));
    }

    #[test]
    fn a_line_that_is_no_address_is_an_error() {
        for line in [
            "a/",
            "//",
            "/a//b/",
            "/../",
            "/a b/",
            "/a",
            "/a/#",
            "/a/#x#y",
            "/a/#x y",
            "https://example.org/a/",
            "\\a\\",
            "====",
            "<<<<<<<x",
        ] {
            assert_eq!(read(line), (vec![], vec!["bad-lock-line"]), "{line}");
        }
    }

    #[test]
    fn a_merge_conflict_is_told_once() {
        let text = "/a/\n<<<<<<< HEAD\n/b/\n||||||| base\n=======\n/c/\n>>>>>>> other\n";
        assert_eq!(read(text).1, ["lock-conflict"]);
    }

    #[test]
    fn old_addresses_are_written_as_they_are_published() {
        for (given, expected) in [
            ("/old", "/old/"),
            ("/old/", "/old/"),
            ("/a/old.html", "/a/old.html"),
            ("/v1.2/", "/v1.2/"),
        ] {
            assert_eq!(written(given), expected);
        }
    }
}
