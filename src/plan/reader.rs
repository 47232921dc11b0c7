//! Walks the tree of a TOML file by the table of its keys, and says what does not fit.
//!
//! In: a [`Document`] and the [`keys`](super::keys) it should follow. Out: values of the right
//! kind, each checked; everything wrong as a diagnostic. It never stops at the first error, and
//! it knows nothing of what a key means.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::date::{self, Date};
use super::document::{Document, file_span};
use super::keys::{Key, Kind, TERMS, Table, nearest};
use super::language::Language;
use super::leftover;
use super::model::{At, LinkUse};
use super::text::{self, Target, Text};
use crate::diagnostic::{Diagnostic, SourceText};

/// Reads one file.
pub struct Reader<'s> {
    source: &'s SourceText,
    /// The table that the file itself is.
    root: &'static Table,
    /// Where the first `[table]` of the file begins: plain keys belong above it.
    first_table: Option<(Range<usize>, String)>,
    /// Lines that hold a syntax error; what seems wrong there is its echo.
    broken: Vec<Range<usize>>,
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
    Short(At<String>),
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
            if spec.key(name.get_ref()).is_none() && !self.is_partial() {
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

    /// Reports a key that the table does not know, and gives the one that was probably meant.
    fn unknown_key(
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

    fn missing(&mut self, fields: &Fields, key: &Key) {
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

    fn wrong_kind(&mut self, key: &str, wanted: Kind, value: Item) {
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
    fn is_entry(&self, value: Item) -> bool {
        let text = self.source.text();
        let is_heading = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_))
            && text[..value.span().start]
                .trim_end_matches([' ', '\t'])
                .ends_with('\n')
            && text[value.span().start..].starts_with('[');
        !is_heading && !text[..value.span().start].trim_end().ends_with('=')
    }

    /// The key of `fields` and its value, where there is one.
    fn value<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Option<(&'static Key, Item<'t, 's>)> {
        let key = fields.spec.key(name);
        debug_assert!(
            key.is_some(),
            "`{name}` is read but not in the table of {}",
            fields.spec.name
        );
        Some((key?, fields.get(name)?))
    }

    /// True where some table of the file cannot do without this key.
    fn needs(&self, key: &str) -> bool {
        let tables = self.root.all();
        tables
            .iter()
            .any(|table| table.key(key).is_some_and(|key| key.required))
    }

    /// The characters of a text value, checked: not empty, no control characters.
    fn characters(&mut self, key: &str, kind: Kind, value: Item) -> Option<At<String>> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_kind(key, kind, value);
            return None;
        };
        let span = value.span();
        if text.trim().is_empty() {
            if self.is_entry(value) {
                let what = format!("an entry of `{key}` is empty");
                self.error("empty", span, what, "Write it, or leave it out.");
            } else {
                let help = if self.needs(key) {
                    "Write its words between the quotes."
                } else {
                    "Leave the key out: what a plan does not have leaves no trace on the page."
                };
                self.error("empty", span, format!("`{key}` is empty"), help);
            }
            return None;
        }
        if let Some((at, control)) = text.char_indices().find(|(_, c)| forbidden(*c)) {
            let place = file_span(self.source.text(), &span, &(at..at + control.len_utf8()));
            let (kind, code) = if control.is_control() {
                ("control character", u32::from(control))
            } else {
                ("code that stands for no character", u32::from(control))
            };
            let written = self.source.text().get(place.clone()).unwrap_or_default();
            let help = if written.starts_with('\\') {
                format!("Delete {written}: no page can show it.")
            } else {
                "Delete the invisible character; it often comes along when text is pasted."
                    .to_owned()
            };
            let what = format!("`{key}` holds a {kind} (U+{code:04X})");
            self.error("control-character", place, what, help);
            return None;
        }
        Some(At {
            value: text.to_string(),
            span,
        })
    }

    fn words(&mut self, key: &str, kind: Kind, value: Item) -> Option<At<String>> {
        let mut words = self.characters(key, kind, value)?;
        if words.value.contains(['\n', '\t', '\r']) || words.value.trim().len() < words.value.len()
        {
            words.value = words.value.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        Some(words)
    }

    /// Plain text on one line; white space at its ends is dropped.
    pub fn plain(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<At<String>> {
        let (key, value) = self.value(fields, name)?;
        self.words(key.name, key.kind, value)
    }

    /// A sentence or a body of Markdown, as the key's kind says. Its links are collected.
    pub fn text(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<Text> {
        let (key, value) = self.value(fields, name)?;
        let characters = self.characters(key.name, key.kind, value)?;
        let kind = if matches!(key.kind, Kind::Body) {
            text::Kind::Body
        } else {
            text::Kind::Sentence
        };
        Some(self.markdown(&characters, kind))
    }

    /// Reads Markdown that stands at a place of the file.
    pub fn markdown(&mut self, characters: &At<String>, kind: text::Kind) -> Text {
        let (text, faults) = text::parse(&characters.value, kind);
        for fault in faults {
            let span = file_span(self.source.text(), &characters.span, &fault.span);
            let mut diagnostic = Diagnostic::error(fault.name, fault.message)
                .at(self.source, span.clone())
                .label(fault.label);
            diagnostic.help = fault.help;
            self.report(span, diagnostic);
        }
        for link in text.links() {
            let span = file_span(self.source.text(), &characters.span, &link.span);
            self.links.push(LinkUse {
                target: link.target.clone(),
                image: link.image,
                span,
            });
        }
        if let Some((inner, message, help)) = leftover::find(&characters.value, kind, &text) {
            let span = file_span(self.source.text(), &characters.span, &inner);
            let warning = Diagnostic::warning("literal-markup", message)
                .at(self.source, span.clone())
                .help(help);
            self.report(span, warning);
        }
        text
    }

    /// One of the words that the key allows.
    pub fn choice(
        &mut self,
        fields: &Fields<'_, 's>,
        name: &'static str,
    ) -> Option<At<&'static str>> {
        let (key, value) = self.value(fields, name)?;
        let word = self.words(key.name, key.kind, value)?;
        let Kind::Choice(choices) = key.kind else {
            return None;
        };
        if let Some(choice) = choices.iter().find(|choice| **choice == word.value) {
            return Some(At {
                value: choice,
                span: word.span,
            });
        }
        let mut diagnostic = Diagnostic::error(
            "unknown-value",
            format!("`{}` is no {name}", shown(&word.value)),
        )
        .at(self.source, word.span.clone())
        .help(format!("Write one of: {}.", choices.join(", ")));
        if let Some(meant) = nearest(&word.value, choices.iter().copied()) {
            diagnostic = diagnostic.label(format!("did you mean \"{meant}\"?"));
        }
        self.report(word.span, diagnostic);
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<bool> {
        let (key, value) = self.value(fields, name)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.wrong_kind(key.name, key.kind, value);
        None
    }

    /// A year, a month or a day.
    pub fn date(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<At<Date>> {
        let (key, value) = self.value(fields, name)?;
        let span = value.span();
        let date = match value.get_ref() {
            // Whatever is no number of this size is no year either.
            DeValue::Integer(year) => Date::from_year(
                i64::from_str_radix(year.as_str(), year.radix()).unwrap_or(i64::MAX),
            ),
            DeValue::String(_) => self.words(key.name, key.kind, value)?.value.parse(),
            DeValue::Datetime(day) => Date::from_toml(day),
            _ => {
                self.wrong_kind(key.name, key.kind, value);
                return None;
            }
        };
        match date {
            Ok(value) => Some(At { value, span }),
            Err(fault) => {
                self.error("bad-date", span, fault.message, fault.help);
                None
            }
        }
    }

    /// Two dates of a table, the second not before the first. Gives both as they are.
    pub fn span_of_time(
        &mut self,
        fields: &Fields<'_, 's>,
        start: &'static str,
        end: &'static str,
    ) -> (Option<Date>, Option<Date>) {
        let (from, to) = (self.date(fields, start), self.date(fields, end));
        if let (Some(from), Some(to)) = (&from, &to)
            && date::ends_before_it_starts(&from.value, &to.value)
        {
            let diagnostic = Diagnostic::error(
                "end-before-start",
                format!(
                    "`{end}` ({}) is before `{start}` ({})",
                    to.value.iso(),
                    from.value.iso()
                ),
            )
            .at(self.source, to.span.clone())
            .help("Put the two dates in order.")
            .also(self.source.place(from.span.clone()), "the start");
            self.report(to.span.clone(), diagnostic);
        }
        (from.map(|date| date.value), to.map(|date| date.value))
    }

    /// A BCP 47 language tag.
    pub fn language(
        &mut self,
        fields: &Fields<'_, 's>,
        name: &'static str,
    ) -> Option<At<Language>> {
        let (key, value) = self.value(fields, name)?;
        let word = self.words(key.name, key.kind, value)?;
        match Language::parse(&word.value) {
            Ok(value) => Some(At {
                value,
                span: word.span,
            }),
            Err(help) => {
                self.error(
                    "bad-language",
                    word.span,
                    format!("`{}` is no language tag", shown(&word.value)),
                    help,
                );
                None
            }
        }
    }

    /// An address elsewhere: `https`, `http`, `mailto` or `tel`.
    pub fn address(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<String> {
        let (key, value) = self.value(fields, name)?;
        let word = self.words(key.name, key.kind, value)?;
        match text::target(&word.value) {
            Ok(Target::Web(address) | Target::Other(address)) => Some(address),
            Ok(_) => {
                self.error(
                    "link-destination",
                    word.span,
                    format!("`{}` is no whole address", shown(&word.value)),
                    "Write the address as the browser shows it, beginning with https://.",
                );
                None
            }
            Err(fault) => {
                self.error(fault.name, word.span, fault.message, fault.help);
                None
            }
        }
    }

    /// An anchor: what a link may name behind its `#`.
    pub fn anchor(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<At<String>> {
        let (key, value) = self.value(fields, name)?;
        self.one_anchor(key.name, key.kind, value)
    }

    fn one_anchor(&mut self, key: &str, kind: Kind, value: Item) -> Option<At<String>> {
        let word = self.characters(key, kind, value)?;
        // HTML forbids white space in an id; the others would need escaping in every link to it.
        if let Some(bad) = word.value.chars().find(|c| {
            !c.is_alphanumeric()
                && !"-_.:".contains(*c)
                && !unicode_normalization::char::is_combining_mark(*c)
        }) {
            let proposal = super::slug::slug(&word.value);
            self.error(
                "bad-anchor",
                word.span,
                format!(
                    "an anchor cannot hold {}",
                    if bad == ' ' {
                        "a space".to_owned()
                    } else {
                        format!("`{}`", shown(&bad.to_string()))
                    }
                ),
                if proposal.is_empty() {
                    "Use letters, digits and hyphens.".to_owned()
                } else {
                    format!("Write \"{proposal}\".")
                },
            );
            return None;
        }
        Some(word)
    }

    /// A list of addresses on this site: `/`, then segments, no query and no anchor.
    pub fn site_paths(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Vec<At<String>> {
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.one_site_path(name, item))
            .collect()
    }

    /// One address on this site.
    pub fn site_path(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<At<String>> {
        let (key, value) = self.value(fields, name)?;
        self.one_site_path(key.name, value)
    }

    fn one_site_path(&mut self, key: &str, value: Item) -> Option<At<String>> {
        let word = self.words(key, Kind::SitePath, value)?;
        let path = word.value.trim_matches('/');
        let sound = |segment: &str| {
            !segment.starts_with('.')
                && !segment.is_empty()
                && !segment.contains(|c: char| c.is_whitespace() || "\\?#%:*\"<>|".contains(c))
        };
        if word.value.starts_with('/') && path.split('/').all(sound) {
            return Some(word);
        }
        self.error(
            "bad-address",
            word.span,
            format!("`{}` is no address on this site", shown(&word.value)),
            "Write what follows the site's own address, from the slash on: \"/strategicplan/\".",
        );
        None
    }

    /// The entries of a list, which is not empty. A single table is no list.
    pub fn list<'t>(&mut self, fields: &Fields<'t, 's>, name: &'static str) -> Vec<Item<'t, 's>> {
        let Some((key, value)) = self.value(fields, name) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(items) if items.is_empty() => {
                self.error(
                    "empty",
                    value.span(),
                    format!("`{name}` is an empty list"),
                    "Leave the key out: what a plan does not have leaves no trace on the page.",
                );
                Vec::new()
            }
            DeValue::Array(items) => items.iter().collect(),
            _ => {
                self.wrong_kind(name, key.kind, value);
                Vec::new()
            }
        }
    }

    /// A list of plain texts.
    pub fn plains(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Vec<At<String>> {
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.words(name, Kind::Plain, item))
            .collect()
    }

    /// A list of anchors.
    pub fn anchors(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Vec<At<String>> {
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.one_anchor(name, Kind::Anchor, item))
            .collect()
    }

    /// A table of its own, which is not empty.
    pub fn table<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Option<Fields<'t, 's>> {
        let (key, value) = self.value(fields, name)?;
        self.one_table(name, key.kind, value)
    }

    fn one_table<'t>(
        &mut self,
        name: &str,
        kind: Kind,
        value: Item<'t, 's>,
    ) -> Option<Fields<'t, 's>> {
        let (DeValue::Table(table), Some(spec)) = (value.get_ref(), kind.table()) else {
            self.wrong_kind(name, kind, value);
            return None;
        };
        let span = first_line(self.source.text(), value.span());
        if table.is_empty() && !self.is_partial() {
            self.error(
                "empty",
                span,
                format!("`{name}` is empty"),
                "Leave the table out, or fill it.",
            );
            return None;
        }
        Some(self.fields(spec, table, span))
    }

    /// A list of tables.
    pub fn tables<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Vec<Fields<'t, 's>> {
        let kind = fields.spec.key(name).map_or(Kind::Open, |key| key.kind);
        let Kind::List(inner) = kind else {
            return Vec::new();
        };
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.one_table(name, *inner, item))
            .collect()
    }

    /// A list whose entries are written short or long.
    pub fn entries<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Vec<Entry<'t, 's>> {
        let kind = fields.spec.key(name).map_or(Kind::Open, |key| key.kind);
        let Kind::List(inner) = kind else {
            return Vec::new();
        };
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.one_entry(name, *inner, item))
            .collect()
    }

    /// A value that is written short or long.
    pub fn entry<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Option<Entry<'t, 's>> {
        let (key, value) = self.value(fields, name)?;
        self.one_entry(name, key.kind, value)
    }

    fn one_entry<'t>(
        &mut self,
        name: &str,
        kind: Kind,
        value: Item<'t, 's>,
    ) -> Option<Entry<'t, 's>> {
        match value.get_ref() {
            DeValue::String(_) => self.characters(name, kind, value).map(Entry::Short),
            DeValue::Table(_) => self.one_table(name, kind, value).map(Entry::Long),
            _ => {
                self.wrong_kind(name, kind, value);
                None
            }
        }
    }

    /// The value of an open key as JSON, in order. Dates become text.
    pub fn open(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> serde_json::Value {
        match fields.get(name) {
            Some(value) if matches!(value.get_ref(), DeValue::Table(_)) => json(value.get_ref()),
            Some(value) => {
                self.error(
                    "wrong-type",
                    value.span(),
                    format!("`{name}` must be a table"),
                    format!("Write a heading, [{name}], and keys of your own below it."),
                );
                serde_json::Value::Object(serde_json::Map::new())
            }
            None => serde_json::Value::Object(serde_json::Map::new()),
        }
    }
}

impl<'t, 's> Fields<'t, 's> {
    /// The value as it stands in the tree.
    pub fn get(&self, name: &str) -> Option<Item<'t, 's>> {
        self.table.get(name)
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

/// Characters that no text may hold (all controls but line feed and tab, and code points that
/// Unicode reserves as no characters, which HTML forbids: 13.2.3.5 of its standard).
fn forbidden(c: char) -> bool {
    let carriage_return_of_a_line_break = c == '\r';
    c.is_control() && !matches!(c, '\n' | '\t') && !carriage_return_of_a_line_break
        || matches!(u32::from(c), 0xFDD0..=0xFDEF)
        || u32::from(c) & 0xFFFE == 0xFFFE
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
        .and_then(|raw| raw.find('\n'))
        .unwrap_or(span.len());
    span.start..span.start + length
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
fn shown(word: &str) -> String {
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

fn json(value: &DeValue) -> serde_json::Value {
    use serde_json::Value;
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::String(number.to_string()), Value::from),
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .ok()
            .and_then(serde_json::Number::from_f64)
            .map_or_else(|| Value::String(number.to_string()), Value::Number),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| json(item.get_ref())).collect())
        }
        DeValue::Table(table) => Value::Object(
            table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())))
                .collect(),
        ),
    }
}
