//! From a byte span in a text to lines and columns that an editor agrees with.
//!
//! Lines and columns count from 1; a column counts characters (Unicode scalar values), as VS Code
//! and the other common editors show them, whatever a character's width or byte length.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

/// Lines that are longer than this (in bytes) are neither copied nor counted through again for
/// every finding on them: a file of one line may hold thousands.
const LONG: usize = 1024;

/// The long lines that were asked for, by where they begin and end.
type LongLines = HashMap<(usize, usize), Arc<str>>;

/// The text of one input file, under the name a person knows it by.
#[derive(Clone, Debug)]
pub struct SourceText {
    path: Arc<str>,
    text: Arc<str>,
    line_starts: OnceLock<Vec<usize>>,
    /// How many characters begin before each block of [`LONG`] bytes.
    characters: OnceLock<Vec<usize>>,
    long_lines: Arc<Mutex<LongLines>>,
}

impl SourceText {
    /// `path` is relative to the site's root, with `/` on every system.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            characters: OnceLock::new(),
            long_lines: Arc::default(),
        }
    }

    /// The file's path relative to the site's root, with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The whole text, to be kept.
    pub fn into_text(self) -> Arc<str> {
        self.text
    }

    /// The place of a byte span. A span that leaves the text, or cuts a character or a line
    /// break, is moved to the nearest place inside it; an empty one still gets a caret.
    pub fn place(&self, span: Range<usize>) -> Place {
        let first = self.line_starts()[0];
        let mut start = span.start.clamp(first, self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        let start = self.before_break(start);
        let mut end = span.end.clamp(start, self.text.len());
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        // A caret under a line break would stand behind the line: end before it.
        let mut end = self.before_break(end);
        while end > start && self.text[..end].ends_with('\n') {
            end = self.before_break(end - 1);
        }
        let (line, column) = self.line_and_column(start);
        let (end_line, end_column) = self.line_and_column(end);
        let from = self.line_starts()[line - 1];
        let to = self
            .line_starts()
            .get(end_line)
            .map_or(self.text.len(), |&next| next - 1);
        Place {
            path: self.path.clone(),
            excerpt: Some(Box::new(Excerpt {
                line,
                column,
                end_line,
                end_column,
                text: self.lines(from..self.before_break(to)),
                range: start - from..end - from,
            })),
        }
    }

    fn lines(&self, range: Range<usize>) -> Arc<str> {
        let text = &self.text[range.clone()];
        if text.len() <= LONG {
            return text.into();
        }
        let mut long_lines = self
            .long_lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let shared = long_lines.entry((range.start, range.end));
        shared.or_insert_with(|| text.into()).clone()
    }

    /// The offset, or that of the carriage return where it stands between CR and LF: to every
    /// editor the two are one line break.
    fn before_break(&self, offset: usize) -> usize {
        let between = self.text[offset..].starts_with('\n') && self.text[..offset].ends_with('\r');
        offset - usize::from(between)
    }

    fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= offset);
        let start = starts[line - 1];
        let before = if offset - start <= LONG {
            characters(&self.text.as_bytes()[start..offset])
        } else {
            self.characters_before(offset) - self.characters_before(start)
        };
        (line, before + 1)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let before = self.characters.get_or_init(|| {
            let blocks = bytes.chunks(LONG).scan(0, |before, block| {
                *before += characters(block);
                Some(*before)
            });
            std::iter::once(0).chain(blocks).collect()
        });
        let block = offset / LONG;
        before[block] + characters(&bytes[block * LONG..offset])
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            // A byte order mark is not part of the first line: no editor shows it.
            let first = if self.text.starts_with('\u{feff}') {
                '\u{feff}'.len_utf8()
            } else {
                0
            };
            let breaks = self.text.match_indices('\n').map(|(at, _)| at + 1);
            std::iter::once(first).chain(breaks).collect()
        })
    }
}

/// How many characters begin in these bytes of a text, which may cut one.
fn characters(bytes: &[u8]) -> usize {
    let is_first = |byte: &&u8| **byte & 0xc0 != 0x80;
    bytes.iter().filter(is_first).count()
}

/// Where in the input something is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    path: Arc<str>,
    excerpt: Option<Box<Excerpt>>,
}

impl Place {
    /// A file as a whole.
    pub fn file(path: &str) -> Self {
        Self {
            path: path.into(),
            excerpt: None,
        }
    }

    /// The file's path relative to the site's root, with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The lines of the file that are meant; `None` where the file as a whole is.
    pub fn excerpt(&self) -> Option<&Excerpt> {
        self.excerpt.as_deref()
    }

    /// Line and column, both from 1; `(1, 1)` for a whole file.
    pub fn line_and_column(&self) -> (usize, usize) {
        self.excerpt()
            .map_or((1, 1), |excerpt| (excerpt.line, excerpt.column))
    }
}

/// The lines of a file that a place covers. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
    /// The whole lines, without the last line's break.
    pub text: Arc<str>,
    /// What is meant, in bytes of `text`.
    pub range: Range<usize>,
}
