//! The two TOML files of a theme, read with the place of everything in them.
//!
//! In: the bytes of `theme.toml` or of a file in `languages/`. Out: names and texts with their
//! spans, and what is wrong with the file's shape. Does not know which tokens or words there are.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::layer::{LayerFile, ThemeName};
use crate::diagnostic::hint;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::plan::document;
use crate::source::Input;

/// A name and its text, with the places of both.
#[derive(Clone, Debug)]
pub struct Entry {
    pub name: String,
    pub name_span: Range<usize>,
    pub value: String,
    pub value_span: Range<usize>,
}

/// A `[table]` of names and texts.
#[derive(Clone, Debug)]
pub struct Table {
    pub name: String,
    pub name_span: Range<usize>,
    pub entries: Vec<Entry>,
}

/// A name and a list of texts, with the places of all.
#[derive(Clone, Debug)]
pub struct List {
    pub name: String,
    pub name_span: Range<usize>,
    pub items: Vec<Item>,
}

/// A text in a list.
#[derive(Clone, Debug)]
pub struct Item {
    pub text: String,
    pub span: Range<usize>,
}

/// A TOML file whose tables hold nothing but texts, or in one of them lists of texts.
#[derive(Clone, Debug)]
struct Document {
    source: SourceText,
    plain: Vec<Entry>,
    tables: Vec<Table>,
    lists: Vec<List>,
    sound: bool,
}

/// What `theme.toml` says.
#[derive(Clone, Debug)]
pub struct ThemeFile {
    pub source: SourceText,
    /// What it says of itself.
    pub description: Option<String>,
    /// The theme under this one; the built-in default where there is none.
    pub extends: Option<ThemeName>,
    pub tokens: Vec<Entry>,
    /// Which tokens are what, for their contrast.
    pub contrast: Vec<List>,
}

/// The table of `theme.toml` that holds lists.
const CONTRAST: &str = "contrast";

impl ThemeFile {
    /// Reads a `theme.toml`; `None` only where it is no text at all.
    pub fn read(file: &LayerFile) -> (Option<Self>, Vec<Diagnostic>) {
        const KEYS: [&str; 3] = ["name", "description", "extends"];
        let mut diagnostics = Vec::new();
        let Some(document) = Document::read(file, Some(CONTRAST), &mut diagnostics) else {
            return (None, diagnostics);
        };
        let Document {
            source,
            plain,
            tables,
            lists: contrast,
            sound,
        } = document;
        let mut extends = None;
        let mut description = None;
        for entry in plain {
            if entry.name == "description" {
                description = Some(entry.value);
            } else if entry.name == "extends" {
                extends = Some(ThemeName {
                    name: entry.value,
                    source: source.clone(),
                    span: entry.value_span,
                });
            } else if sound && !KEYS.contains(&entry.name.as_str()) {
                diagnostics.push(unknown(&source, "key", &entry.name, entry.name_span, KEYS));
            }
        }
        let mut tokens = Vec::new();
        for table in tables {
            if table.name == "tokens" {
                tokens = table.entries;
            } else if sound {
                diagnostics.push(unknown(
                    &source,
                    "table",
                    &table.name,
                    table.name_span,
                    ["tokens", CONTRAST],
                ));
            }
        }
        (
            Some(Self {
                source,
                description,
                extends,
                tokens,
                contrast,
            }),
            diagnostics,
        )
    }
}

/// What a file in `languages/` says.
#[derive(Clone, Debug)]
pub struct LanguageFile {
    pub source: SourceText,
    pub tables: Vec<Table>,
    /// False after a syntax error, which may have made names that nobody wrote.
    pub sound: bool,
}

impl LanguageFile {
    /// Reads a language file; `None` only where it is no text at all.
    pub fn read(file: &LayerFile) -> (Option<Self>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let Some(document) = Document::read(file, None, &mut diagnostics) else {
            return (None, diagnostics);
        };
        let Document {
            source,
            plain,
            tables,
            sound,
            ..
        } = document;
        for entry in plain.into_iter().filter(|_| sound) {
            diagnostics.push(
                Diagnostic::error(
                    "unknown-key",
                    format!("`{}` stands in no table", entry.name),
                )
                .at(&source, entry.name_span)
                .help("Words stand under `[words]`, `[terms]` and so on."),
            );
        }
        (
            Some(Self {
                source,
                tables,
                sound,
            }),
            diagnostics,
        )
    }
}

impl Document {
    /// `with_lists` names the table whose values are lists.
    fn read(
        file: &LayerFile,
        with_lists: Option<&str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let source = text(file, diagnostics)?;
        let parsed = document::parse(&source);
        let (root, sound) = (&parsed.root, parsed.broken.is_empty());
        diagnostics.extend(parsed.diagnostics);
        let mut plain = Vec::new();
        let mut tables = Vec::new();
        let mut lists = Vec::new();
        for (name, value) in root.get_ref() {
            match value.get_ref() {
                DeValue::Table(table) if with_lists == Some(name.get_ref()) => {
                    lists = lists_in(table, &source, sound, diagnostics);
                }
                DeValue::Table(table) => tables.push(Table {
                    name: name.get_ref().to_string(),
                    name_span: name.span(),
                    entries: entries(table, &source, sound, diagnostics),
                }),
                other => {
                    let entry = entry(name.get_ref(), name.span(), other, value.span());
                    keep(entry, &source, sound, diagnostics, &mut plain);
                }
            }
        }
        Some(Self {
            source,
            plain,
            tables,
            lists,
            sound,
        })
    }
}

fn entries(
    table: &DeTable<'_>,
    source: &SourceText,
    sound: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (name, value) in table {
        let entry = entry(name.get_ref(), name.span(), value.get_ref(), value.span());
        keep(entry, source, sound, diagnostics, &mut entries);
    }
    entries
}

fn lists_in(
    table: &DeTable<'_>,
    source: &SourceText,
    sound: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<List> {
    let mut lists = Vec::new();
    let mut wrong = |span, what: String, found: &DeValue<'_>, help: String| {
        // A syntax error leaves half-read values behind that nobody wrote.
        if sound {
            let message = format!("{what}, this is: {}", found.type_str());
            diagnostics.push(
                Diagnostic::error("wrong-type", message)
                    .at(source, span)
                    .help(help),
            );
        }
    };
    for (name, value) in table {
        let key = name.get_ref();
        let DeValue::Array(values) = value.get_ref() else {
            wrong(
                value.span(),
                format!("`{key}` must be a list of names"),
                value.get_ref(),
                format!("Put the names in brackets: `{key} = [\"accent\"]`."),
            );
            continue;
        };
        let mut items = Vec::new();
        for value in values {
            match value.get_ref() {
                DeValue::String(text) => items.push(Item {
                    text: text.to_string(),
                    span: value.span(),
                }),
                other => wrong(
                    value.span(),
                    format!("`{key}` holds names of tokens"),
                    other,
                    "Put each name in quotes.".to_owned(),
                ),
            }
        }
        lists.push(List {
            name: key.to_string(),
            name_span: name.span(),
            items,
        });
    }
    lists
}

fn entry(
    name: &str,
    name_span: Range<usize>,
    value: &DeValue<'_>,
    value_span: Range<usize>,
) -> Result<Entry, (String, Range<usize>, &'static str)> {
    match value {
        DeValue::String(text) => Ok(Entry {
            name: name.to_owned(),
            name_span,
            value: text.to_string(),
            value_span,
        }),
        other => Err((name.to_owned(), value_span, other.type_str())),
    }
}

fn keep(
    entry: Result<Entry, (String, Range<usize>, &'static str)>,
    source: &SourceText,
    sound: bool,
    diagnostics: &mut Vec<Diagnostic>,
    entries: &mut Vec<Entry>,
) {
    match entry {
        Ok(entry) if entry.value.trim().is_empty() && sound => diagnostics.push(
            Diagnostic::error("empty", format!("`{}` is empty", entry.name))
                .at(source, entry.value_span)
                .help("Write its text, or leave the line out."),
        ),
        // A syntax error leaves half-read values behind that nobody wrote.
        Ok(entry) if entry.value.trim().is_empty() => {}
        Err(_) if !sound => {}
        Ok(entry) => entries.push(entry),
        Err((name, span, found)) => diagnostics.push(
            Diagnostic::error(
                "wrong-type",
                format!("`{name}` must be text, this is: {found}"),
            )
            .at(source, span)
            .help(format!("Put it in quotes: `{name} = \"...\"`.")),
        ),
    }
}

/// The text of a theme's file, without a byte order mark (which would be published); an error
/// where it is not UTF-8.
pub fn text(file: &LayerFile, diagnostics: &mut Vec<Diagnostic>) -> Option<SourceText> {
    let input = Input {
        path: file.path.clone(),
        bytes: file.bytes.to_vec(),
    };
    match input.text() {
        Ok(source) => match source.text().strip_prefix('\u{feff}') {
            Some(text) => Some(SourceText::new(file.path.as_str(), text)),
            None => Some(source),
        },
        Err((_, found)) => {
            diagnostics.push(*found);
            None
        }
    }
}

fn unknown<const N: usize>(
    source: &SourceText,
    what: &str,
    name: &str,
    span: Range<usize>,
    known: [&str; N],
) -> Diagnostic {
    Diagnostic::error(
        "unknown-key",
        format!("`{name}` is no {what} of theme.toml"),
    )
    .at(source, span)
    .help(hint(name, known, &format!("{what}s")))
}
