//! Walks the tree of a TOML file by the table of its keys, and says what does not fit.
//!
//! In: a [`Document`] and the [`keys`](super::keys) it should follow. Out: values of the right
//! kind, each checked; everything wrong as a diagnostic. It never stops at the first error, and
//! it knows nothing of what a key means.

mod lists;
mod misfits;
pub(super) mod open;
mod site_path;
mod text;
mod values;

use std::ops::Range;

use memchr::memchr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::Document;
use super::keys::{Key, Table};
use super::model::LinkUse;
use crate::diagnostic::{Diagnostic, SourceText};
pub use text::Characters;

/// Reads one file.
pub struct Reader<'s> {
    source: &'s SourceText,
    /// The table that the file itself is.
    root: &'static Table,
    /// Where the first `[table]` of the file begins: plain keys belong above it.
    first_table: Option<(Range<usize>, String)>,
    /// Lines that hold a syntax error; what seems wrong there is its echo.
    broken: Vec<Range<usize>>,
    /// True where every key outside those lines is in the tree.
    whole: bool,
    diagnostics: Vec<Diagnostic>,
    /// The links of all texts read so far.
    pub links: Vec<LinkUse>,
}

/// The keys of one table.
#[derive(Clone)]
pub struct Fields<'t, 's> {
    table: &'t DeTable<'s>,
    spec: &'static Table,
    /// The whole table, or its heading.
    pub span: Range<usize>,
}

/// A list's entry in its short form (text) or its long one (a table).
pub enum Entry<'t, 's> {
    Short(Characters),
    Long(Fields<'t, 's>),
}

type Item<'t, 's> = &'t Spanned<DeValue<'s>>;
impl<'s> Reader<'s> {
    /// A reader for a file that is a `root`.
    pub fn new(source: &'s SourceText, root: &'static Table, document: &Document<'s>) -> Self {
        Self {
            source,
            root,
            first_table: first_table(&document.root),
            broken: document.broken.clone(),
            whole: document.whole,
            diagnostics: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The text that is being read.
    pub fn source(&self) -> &'s SourceText {
        self.source
    }

    /// What was found wrong.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// True where nothing is wrong so far.
    pub fn is_clean(&self) -> bool {
        self.diagnostics.is_empty() && !self.is_partial()
    }

    /// True where the file has syntax errors, so that keys may be missing from the tree.
    pub fn is_partial(&self) -> bool {
        !self.broken.is_empty()
    }

    /// An error at a place of the file. Dropped on a line that a syntax error broke.
    pub fn error(
        &mut self,
        name: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic::error(name, message)
            .at(self.source, span.clone())
            .help(help);
        self.report(span, diagnostic);
    }

    /// Takes a finding about `span`. Dropped on a line that a syntax error broke.
    pub fn report(&mut self, span: Range<usize>, diagnostic: Diagnostic) {
        let after = self.broken.partition_point(|line| line.start <= span.start);
        let echo = after > 0 && span.start <= self.broken[after - 1].end
            || self
                .broken
                .get(after)
                .is_some_and(|line| line.start < span.end);
        if !echo {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Opens a table: says which of its keys are unknown and which are missing.
    pub fn fields<'t>(
        &mut self,
        spec: &'static Table,
        table: &'t DeTable<'s>,
        span: Range<usize>,
    ) -> Fields<'t, 's> {
        let mut misspelt = Vec::new();
        for (name, _) in table {
            if spec.key(name.get_ref()).is_none() && self.whole {
                misspelt.extend(self.unknown_key(spec, name.get_ref(), name.span()));
            }
        }
        let fields = Fields { table, spec, span };
        for key in spec.keys.iter().filter(|key| key.required) {
            // A key that is there under a wrong name is said once.
            let said = misspelt.contains(&key.name);
            if fields.get(key.name).is_none() && !said && !self.is_partial() {
                self.missing(&fields, key);
            }
        }
        fields
    }

    /// The key of `fields` and its value, where there is one.
    fn value<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Option<(&'static Key, Item<'t, 's>)> {
        debug_assert!(
            fields.spec.key(name).is_some(),
            "`{name}` is read but not in the table of {}",
            fields.spec.name
        );
        // Most keys of most tables are not written.
        let value = fields.get(name)?;
        Some((fields.spec.key(name)?, value))
    }
}

impl<'t, 's> Fields<'t, 's> {
    /// The value as it stands in the tree.
    pub fn get(&self, name: &str) -> Option<Item<'t, 's>> {
        // A few keys are compared sooner than one is looked up.
        if self.table.len() > 4 {
            return self.table.get(name);
        }
        let mut keys = self.table.iter();
        let found = keys.find(|(key, _)| *key.get_ref() == name);
        found.map(|(_, value)| value)
    }

    /// The keys and values as they stand in the tree, in order.
    pub fn iter(
        &self,
    ) -> impl Iterator<Item = (&'t Spanned<toml::de::DeString<'s>>, Item<'t, 's>)> + use<'t, 's>
    {
        self.table.iter()
    }

    /// Where a key's value stands, or the table where it has none.
    pub fn span_of(&self, name: &str) -> Range<usize> {
        self.get(name)
            .map_or_else(|| self.span.clone(), Spanned::span)
    }
}

fn first_table(root: &Spanned<DeTable>) -> Option<(Range<usize>, String)> {
    let heading = |key: &str, value: Item| match value.get_ref() {
        // A heading's span begins with its bracket, an inline table's with its brace.
        DeValue::Table(_) => Some((value.span(), format!("[{key}]"))),
        DeValue::Array(items) => match items.iter().next() {
            Some(first) if matches!(first.get_ref(), DeValue::Table(_)) => {
                Some((first.span(), format!("[[{key}]]")))
            }
            _ => None,
        },
        _ => None,
    };
    root.get_ref()
        .iter()
        .filter_map(|(key, value)| {
            heading(key.get_ref(), value).filter(|(span, _)| span.start < key.span().start)
        })
        .min_by_key(|(span, _)| span.start)
}

fn first_line(text: &str, span: Range<usize>) -> Range<usize> {
    let length = text
        .get(span.clone())
        .and_then(|raw| memchr(b'\n', raw.as_bytes()))
        .unwrap_or(span.len());
    span.start..span.start + length
}
