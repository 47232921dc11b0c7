//! `planpress.lock`: the addresses and anchors that the site has promised to keep.
//!
//! In: the file's text and what the site has now. Out: the text with what is new, and a finding
//! for each promise that would be broken. An output folder is thrown away, so the promises stand
//! in a file that is kept with the plans. Takes nothing out: only a person takes a promise back.

mod lost;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, SourceText};
pub use lost::Present;

/// The first lines of the file, for whoever comes upon it.
const HEAD: &str = "\
# The addresses and anchors that this site has promised to keep, since others cite them.
# `planpress build` adds what is new. Keep this file in version control, with the plans.
# To take a promise back, delete its line.
";

/// What the file says: each promise with its place in the text. A promise is written as it is
/// read, `/ala-2025/` or `/ala-2025/#a-3`, in letters that every system writes alike (NFC).
#[derive(Clone, Debug, Default)]
pub struct Lock {
    lines: BTreeMap<String, Range<usize>>,
}

impl Lock {
    /// Reads the file.
    pub fn read(source: &SourceText) -> (Self, Vec<Diagnostic>) {
        let mut lock = Self::default();
        let mut diagnostics = Vec::new();
        let mut in_conflict = false;
        let mut at = 0;
        for whole in source.text().split_inclusive('\n') {
            let start = at;
            at += whole.len();
            let line = whole.trim_start_matches('\u{feff}').trim();
            let start = start + whole.find(line).unwrap_or_default();
            let span = start..start + line.len();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if is_conflict_marker(line) {
                // The other markers belong to the same conflict, or are mended in the same way.
                if !in_conflict {
                    diagnostics.push(conflict().at(source, span));
                }
                in_conflict = true;
            } else if is_promise(line) {
                lock.lines.entry(line.nfc().collect()).or_insert(span);
            } else {
                diagnostics.push(no_promise(line).at(source, span));
            }
        }
        (lock, diagnostics)
    }

    /// Every promise in the file, sorted.
    pub fn promises(&self) -> impl Iterator<Item = &str> {
        self.lines.keys().map(String::as_str)
    }

    fn holds(&self, promise: &str) -> bool {
        self.lines.contains_key(promise)
    }

    /// The promises by address: where its own line is, and its anchors.
    fn by_address(&self) -> BTreeMap<&str, Promised<'_>> {
        let mut all: BTreeMap<&str, Promised> = BTreeMap::new();
        for (line, span) in &self.lines {
            let (address, anchor) = parts(line);
            let promised = all.entry(address).or_insert_with(|| Promised {
                line: span.clone(),
                anchors: BTreeMap::new(),
            });
            match anchor {
                Some(anchor) => {
                    promised.anchors.insert(anchor, span.clone());
                }
                None => promised.line = span.clone(),
            }
        }
        all
    }
}

/// What the file promises of one address.
struct Promised<'l> {
    /// The address's own line, or the first of its anchors.
    line: Range<usize>,
    anchors: BTreeMap<&'l str, Range<usize>>,
}

/// The text of the file with these promises added; `None` where it has them all already, so that
/// it need not be written. `lock` is what the file says, where there is one.
pub fn with_promises(lock: Option<&Lock>, promises: &BTreeSet<String>) -> Option<String> {
    if lock.is_some_and(|lock| promises.iter().all(|promise| lock.holds(promise))) {
        return None;
    }
    let known = lock.into_iter().flat_map(Lock::promises);
    let all: BTreeSet<&str> = known.chain(promises.iter().map(String::as_str)).collect();
    let mut text = HEAD.to_owned();
    for promise in all {
        text.push_str(promise);
        text.push('\n');
    }
    Some(text)
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
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\' || c == '#';
    anchor.is_none_or(|anchor| !anchor.is_empty() && !anchor.contains(odd))
        && !address.contains(odd)
        && (segments.is_empty() && below.is_empty()
            || segments
                .split('/')
                .all(|segment| !matches!(segment, "" | "." | "..")))
        && (!is_file || is_file_name(segments))
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
    format!("/{below}{end}").nfc().collect()
}

fn nfc(text: &str) -> String {
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::LOCK;

    fn read(text: &str) -> (Vec<String>, Vec<&'static str>) {
        let (lock, found) = Lock::read(&SourceText::new(LOCK, text));
        (
            lock.promises().map(str::to_owned).collect(),
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
    fn letters_are_the_same_however_they_are_written() {
        let (lock, _) = Lock::read(&SourceText::new(LOCK, "/cafe\u{301}/\n"));
        let promises = BTreeSet::from(["/caf\u{e9}/".to_owned()]);
        assert_eq!(with_promises(Some(&lock), &promises), None);
    }

    #[test]
    fn what_was_promised_stays_and_the_text_is_sorted() {
        let (lock, _) = Lock::read(&SourceText::new(LOCK, "/z/\n/b/\n"));
        let promises = BTreeSet::from(["/a/".to_owned(), "/b/".to_owned(), "/b/#x".to_owned()]);
        let text = with_promises(Some(&lock), &promises).expect("there is something new");
        assert_eq!(text, format!("{HEAD}/a/\n/b/\n/b/#x\n/z/\n"));
        let (again, found) = Lock::read(&SourceText::new(LOCK, text));
        assert!(found.is_empty());
        assert_eq!(with_promises(Some(&again), &promises), None);
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
