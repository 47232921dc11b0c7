//! What does not fit: keys that are unknown or missing, values of the wrong kind. Each message says
//! what to write instead.

use std::ops::Range;

use toml::de::DeValue;

use super::{Fields, Item, Reader, first_line};
use crate::diagnostic::{Diagnostic, nearest};
use crate::plan::keys::{Key, Kind, TERMS, Table};

impl Reader<'_> {
    /// Reports a key that the table does not know, and gives the one that was probably meant.
    pub(super) fn unknown_key(
        &mut self,
        spec: &'static Table,
        name: &str,
        span: Range<usize>,
    ) -> Option<&'static str> {
        let meant = nearest(name, spec.keys.iter().map(|key| key.name));
        let error = Diagnostic::error(
            "unknown-key",
            format!("`{}` is no key of {}", shown(name), spec.name),
        )
        .at(self.source, span.clone());
        let moved = !std::ptr::eq(spec, self.root) && self.root.key(name).is_some();
        let diagnostic = if moved && let Some((first, heading)) = &self.first_table {
            let place = self.source.place(first.clone());
            let line = place.line_and_column().0;
            error
                .label(format!("this belongs to {} as a whole", self.root.name))
                .help(format!("Move it above line {line}, where `{heading}` begins: in TOML everything after a heading in brackets belongs to that table."))
                .also(place, "the first table begins here")
        } else if let Some(meant) = meant {
            error
                .label(format!("did you mean `{meant}`?"))
                .help(format!(
                    "Write `{meant}`: {}",
                    lower(explanation(spec, meant))
                ))
        } else if let Some(other) = self
            .root
            .all()
            .into_iter()
            .filter(|table| !std::ptr::eq(*table, &TERMS))
            .find(|table| table.key(name).is_some())
        {
            let heading = if other.heading.is_empty() {
                "the top of the file"
            } else {
                other.heading
            };
            error.help(format!(
                "`{name}` is a key of {}: it belongs under {heading}.",
                other.name
            ))
        } else {
            let known: Vec<&str> = spec.keys.iter().map(|key| key.name).collect();
            error.help(format!(
                "The keys of {} are: {}.",
                spec.name,
                known.join(", ")
            ))
        };
        self.report(span, diagnostic);
        meant
    }

    pub(super) fn missing(&mut self, fields: &Fields, key: &Key) {
        let what = match key.kind.table() {
            Some(table) if !table.heading.is_empty() => format!("`{}`", table.heading),
            _ => format!("`{}`", key.name),
        };
        let span = if std::ptr::eq(fields.spec, self.root) {
            0..0
        } else {
            fields.span.clone()
        };
        let example = match key.kind.table() {
            Some(table) if key.example.is_empty() => format!(
                " Write a heading, {}, and keys of its own below it: {}",
                table.heading,
                beginning(table)
            ),
            _ => format!(" Write: {} = {}", key.name, key.example),
        };
        self.error(
            "missing-key",
            span,
            format!("{} is missing from {}", what, fields.spec.name),
            format!("{}{example}", key.explanation),
        );
    }

    pub(super) fn wrong_kind(&mut self, key: &str, wanted: Kind, value: Item) {
        let is = noun(value.get_ref());
        let raw = self.source.text().get(value.span()).unwrap_or_default();
        let raw = raw.lines().next().unwrap_or_default();
        let short = if raw.chars().count() > 60 { "..." } else { raw };
        let entry = self.is_entry(value);
        let what = if entry {
            format!("an entry of `{key}`")
        } else {
            format!("`{key}`")
        };
        let line = |value: String| {
            if entry {
                value
            } else {
                format!("{key} = {value}")
            }
        };
        let is_one_word = !matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
        let help = match (wanted, value.get_ref()) {
            (Kind::ShortOrTable(..), _) if is_one_word => {
                format!("Put it in quotes: {}", line(format!("\"{short}\"")))
            }
            (Kind::ShortOrTable(..), DeValue::Array(_)) => "Leave the brackets out.".to_owned(),
            (Kind::List(Kind::Table(table)), _) if is_one_word => format!(
                "Write a heading, {}, and keys of its own below it: {}",
                table.heading,
                beginning(table)
            ),
            (Kind::List(Kind::Table(table)), DeValue::Table(_)) if !raw.starts_with('[') => {
                format!(
                    "Put it in brackets, {key} = [{{ ... }}], or under a heading, {}.",
                    table.heading
                )
            }
            (Kind::List(Kind::Table(table)), DeValue::Table(_)) => format!(
                "Write the heading with two pairs of brackets: {}",
                table.heading
            ),
            (Kind::List(_), DeValue::Table(_)) => {
                "Put the table in brackets: [{ ... }].".to_owned()
            }
            (Kind::List(_), DeValue::String(text)) if text.contains('\n') => format!(
                "One line per entry, in quotes, with a comma behind it: {key} = [{}]",
                entries(text)
            ),
            (Kind::List(_), _) => format!("Put it in brackets: {key} = [{short}]"),
            (Kind::Table(table), DeValue::Array(_)) if raw.starts_with("[[") => format!(
                "There is only one of this: write the heading with one pair of brackets, {}",
                table.heading
            ),
            (
                Kind::ShortOrTable(..),
                DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_),
            ) => {
                format!("Put it in quotes: \"{short}\"")
            }
            (Kind::Table(table) | Kind::ShortOrTable(_, table), _) => {
                let keys: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
                format!(
                    "A table has keys of its own ({}): {}",
                    keys.join(", "),
                    line(format!("{{ {} }}", beginning(table)))
                )
            }
            (Kind::Flag, _) => format!("Write {key} = true or {key} = false, without quotes."),
            (Kind::Date, _) => {
                "Write a year (2006), a month in quotes (\"2006-06\") or a day (2025-06-09)."
                    .to_owned()
            }
            (_, DeValue::Array(_)) => format!("{what} is one text: leave the brackets out."),
            (_, DeValue::Table(_)) => format!("Write it as text: {}", line("\"...\"".to_owned())),
            _ => format!("Put it in quotes: {}", line(format!("\"{short}\""))),
        };
        let span = value.span();
        let diagnostic = Diagnostic::error(
            "wrong-type",
            format!("{what} must be {}, this is {is}", wanted.noun()),
        )
        .at(self.source, first_line(self.source.text(), span.clone()))
        .help(help);
        self.report(span, diagnostic);
    }

    /// True for a list's entry: a key's own value stands behind a `=`, or is a heading.
    pub(super) fn is_entry(&self, value: Item) -> bool {
        let text = self.source.text();
        let is_heading = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_))
            && text[..value.span().start]
                .trim_end_matches([' ', '\t'])
                .ends_with('\n')
            && text[value.span().start..].starts_with('[');
        !is_heading && !text[..value.span().start].trim_end().ends_with('=')
    }

    /// True where some table of the file cannot do without this key.
    pub(super) fn needs(&self, key: &str) -> bool {
        let tables = self.root.all();
        tables
            .iter()
            .any(|table| table.key(key).is_some_and(|key| key.required))
    }
}

fn noun(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A first line for a table: a key that it must have, or its name.
fn beginning(table: &Table) -> String {
    let required = table.keys.iter().find(|key| key.required);
    let first = required.or_else(|| table.key("name").or(table.keys.first()));
    first.map_or(String::new(), |key| {
        format!("{} = {}", key.name, key.example)
    })
}

fn explanation(spec: &Table, name: &str) -> &'static str {
    spec.key(name).map_or("", |key| key.explanation)
}

fn lower(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// A word from the input, cut to a length that fits a message.
pub(super) fn shown(word: &str) -> String {
    let clean: String = word
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect();
    if clean.chars().count() > 40 {
        clean.chars().take(39).chain(['…']).collect()
    } else {
        clean
    }
}

/// Pasted lines as the entries of a list, without the bullets and numbers that Word puts there; the
/// first few are enough to show how.
fn entries(text: &str) -> String {
    const SHOWN: usize = 3;
    let mark = |c: char| c.is_ascii_digit() || ".)-*+•·▪◦\u{f0b7}– \t".contains(c);
    let mut lines = text
        .lines()
        .map(|line| line.trim_start_matches(mark).trim_end())
        .filter(|line| !line.is_empty());
    let first: Vec<String> = lines
        .by_ref()
        .take(SHOWN)
        .map(|line| format!("\"{}\"", line.replace(['"', '\\'], "'")))
        .collect();
    let more = if lines.next().is_some() { ", ..." } else { "" };
    format!("{}{more}", first.join(", "))
}
