//! A copy of a text with its slips mended, that knows where each byte stood before.
//!
//! In: a text and edits to it. Out: the tree of the mended text, its spans those of the first one.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Error};

use super::look;

/// Bytes of a text and what should stand there.
#[derive(Clone, Debug)]
pub struct Edit {
    pub range: Range<usize>,
    pub with: String,
}

/// A mended text.
pub struct Mended {
    text: String,
    edits: Vec<Edit>,
    /// Where each edit's replacement begins in the mended text.
    starts: Vec<usize>,
}

impl Mended {
    /// Applies the edits. One that overlaps an earlier one is left out.
    pub fn new(original: &str, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let mut text = String::with_capacity(original.len());
        let mut kept: Vec<Edit> = Vec::with_capacity(edits.len());
        let mut starts = Vec::with_capacity(edits.len());
        let mut done = 0;
        for edit in edits {
            let Some(before) = original.get(done..edit.range.start) else {
                continue;
            };
            text.push_str(before);
            starts.push(text.len());
            text.push_str(&edit.with);
            done = edit.range.end;
            kept.push(edit);
        }
        text.push_str(original.get(done..).unwrap_or_default());
        Self {
            text,
            edits: kept,
            starts,
        }
    }

    /// The same with some lines taken out. Where such a line gives a key a value, the key stays,
    /// so that nobody says it is missing.
    pub fn without(&self, original: &str, lines: &[Range<usize>]) -> Self {
        let inside = |edit: &Edit| super::holds(lines, edit.range.start);
        let mut edits: Vec<Edit> = self
            .edits
            .iter()
            .filter(|edit| !inside(edit))
            .cloned()
            .collect();
        edits.extend(lines.iter().map(|line| {
            let words = &original[line.clone()];
            Edit {
                range: line.clone(),
                with: look::key_of_pair(words).map_or(String::new(), |key| format!("{key} = ''")),
            }
        }));
        Self::new(original, edits)
    }

    /// The mended text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the parser makes of it.
    pub fn parse(&self) -> (Spanned<DeTable<'_>>, Vec<Error>) {
        DeTable::parse_recoverable(&self.text)
    }

    /// A span of the mended text as it is in the original; an edit is one piece.
    pub fn original(&self, span: Range<usize>) -> Range<usize> {
        let start = self.offset(span.start, false);
        start..self.offset(span.end, true).max(start)
    }

    fn offset(&self, at: usize, end: bool) -> usize {
        let after = self.starts.partition_point(|&start| start <= at);
        let Some(edit) = after.checked_sub(1).map(|index| &self.edits[index]) else {
            return at;
        };
        let start = self.starts[after - 1];
        match at - start {
            0 if end => edit.range.start,
            inside if inside < edit.with.len() && end => edit.range.end,
            inside if inside < edit.with.len() => edit.range.start,
            behind => edit.range.end + behind - edit.with.len(),
        }
    }

    /// The tree with the spans of `original`, and nothing borrowed from the mended text.
    pub fn tree<'s>(&self, original: &'s str, tree: Spanned<DeTable<'_>>) -> Spanned<DeTable<'s>> {
        let span = self.original(tree.span());
        Spanned::new(span, self.table(original, tree.into_inner()))
    }

    fn table<'s>(&self, original: &'s str, table: DeTable<'_>) -> DeTable<'s> {
        let mut moved = DeTable::new();
        for (name, value) in table {
            let span = self.original(name.span());
            let name = Spanned::new(span, Cow::Owned(name.into_inner().into_owned()));
            moved.insert(name, self.value(original, value));
        }
        moved
    }

    fn value<'s>(&self, original: &'s str, value: Spanned<DeValue<'_>>) -> Spanned<DeValue<'s>> {
        let span = self.original(value.span());
        let moved = match value.into_inner() {
            DeValue::String(words) => DeValue::String(Cow::Owned(words.into_owned())),
            DeValue::Boolean(flag) => DeValue::Boolean(flag),
            DeValue::Datetime(date) => DeValue::Datetime(date),
            DeValue::Table(table) => DeValue::Table(self.table(original, table)),
            DeValue::Array(list) => {
                let mut moved = DeArray::new();
                for entry in list {
                    moved.push(self.value(original, entry));
                }
                DeValue::Array(moved)
            }
            // Numbers cannot be built, but no edit makes one: they stand in the file as they are.
            DeValue::Integer(_) | DeValue::Float(_) => original
                .get(span.clone())
                .and_then(|raw| DeValue::parse(raw).ok())
                .map_or_else(|| DeValue::String(Cow::Borrowed("")), Spanned::into_inner),
        };
        Spanned::new(span, moved)
    }
}

/// Words as a TOML text on one line, whatever they hold.
pub fn literal(words: &str) -> String {
    let mut text = String::with_capacity(words.len() + 2);
    text.push('"');
    for c in words.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            '\n' => text.push_str("\\n"),
            c if c.is_control() => text.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}
