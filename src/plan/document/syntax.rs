//! Syntax errors, explained for people who know Word.
//!
//! The parser says what it expected; a person needs to know what they did. So the text at the
//! error is looked at again, and the common slips are named: a typographic quote, a quote inside
//! quotes, a date without quotes.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, SourceText};
use crate::plan::date::Date;

/// What the parser found, with a span that always lies in the text.
pub struct Fault {
    pub span: Range<usize>,
    pub message: String,
}

/// The parser's errors from the top of the file: one for each line, since one slip often makes
/// the parser stumble again and again. Of several on a line the most telling is kept.
pub fn one_per_line(text: &str, errors: Vec<toml::de::Error>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = errors
        .into_iter()
        .map(|error| Fault {
            // Without a span the parser gave up on nesting: the innermost opening is to blame.
            span: error.span().unwrap_or_else(|| {
                let at = deepest_opening(text);
                at..at + 1
            }),
            message: error.message().to_owned(),
        })
        .collect();
    faults.sort_by_key(|fault| fault.span.start);
    let mut kept: Vec<Fault> = Vec::new();
    let mut line_end = None;
    let mut in_open_list = false;
    for fault in faults {
        // In a list that was never closed nothing that follows is what it seems.
        if in_open_list {
            break;
        }
        in_open_list = breaks_the_rest(text, &fault);
        match kept.last_mut() {
            Some(last) if line_end.is_some_and(|end| fault.span.start <= end) => {
                if fault.message.starts_with("unexpected key or value") {
                    *last = fault;
                }
            }
            _ => {
                line_end = Some(super::line_around(text, fault.span.start).end);
                kept.push(fault);
            }
        }
    }
    kept
}

/// True where the fault is a heading in a list that was never closed: nothing behind it is what
/// it seems.
pub fn breaks_the_rest(text: &str, fault: &Fault) -> bool {
    fault.message.starts_with("string values must be quoted")
        && is_heading(&text[super::line_around(text, fault.span.start)])
}

/// `[letter]`, `[[domains]]`
fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let inner = |open, close| line.strip_prefix(open)?.strip_suffix(close);
    let word = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '.');
    inner("[[", "]]")
        .or_else(|| inner("[", "]"))
        .is_some_and(|name: &str| !name.is_empty() && name.chars().all(word))
}

fn deepest_opening(text: &str) -> usize {
    let (mut depth, mut deepest, mut at) = (0_usize, 0, 0);
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                if depth > deepest {
                    (deepest, at) = (depth, i);
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    at
}

/// Turns the parser's finding into one that teaches.
pub fn explain(source: &SourceText, fault: &Fault) -> Diagnostic {
    let text = source.text();
    let raw = text.get(fault.span.clone()).unwrap_or_default();
    let line = super::line_around(text, fault.span.start);
    let before = text[line.start..fault.span.start.min(line.end)].trim_end();
    let found = Found {
        source,
        fault,
        raw,
        line,
        before,
    };
    let message = fault.message.as_str();
    if let Some(quote) = found.curly_quote() {
        return found.explain_curly_quote(quote);
    }
    match message {
        _ if message.starts_with("string values must be quoted") => found.unquoted_value(),
        _ if message.starts_with("invalid") && raw.starts_with(|c: char| c.is_alphabetic()) => found.unquoted_value(),
        _ if message.starts_with("unexpected key or value") => found.leftover(),
        _ if message.starts_with("missing escaped value") => found.backslash(),
        _ if message.starts_with("invalid date") || message.starts_with("invalid time") => found.date(),
        _ if message.starts_with("duplicate key") => found.duplicate(),
        _ if message.contains("non-double-quote visible characters")
            || message.contains("non-single-quote visible characters") =>
        {
            found
                .error("control-character", "a control character stands in this text")
                .help("Delete the invisible character; it often comes along when text is pasted.")
        }
        _ if message.starts_with("invalid basic string") || message.starts_with("invalid literal string") => {
            found.unclosed("the quote that opens this text is never closed", "Close the text with the same quote that opens it; text of several lines stands between \"\"\" and \"\"\".")
        }
        _ if message.starts_with("invalid multi-line") => {
            found.unclosed_lines("the three quotes that open this text are never closed", "Write the same three quotes again where the text ends.")
        }
        _ if message.starts_with("key with no value") && found.rest_has_a_sign() => found
            .error("syntax", "a key has no spaces in it")
            .label("the key ends before this")
            .help("Write the key as one word, or with `_`; a line is `key = \"value\"`."),
        _ if message.starts_with("key with no value") => found
            .error("syntax", "a key without a value")
            .label("a `=` is missing here")
            .help("A line is `key = \"value\"`; a line that is only a remark begins with `#`."),
        _ if message.starts_with("extra assignment between key-value pairs") => found.no_comma_in_table(),
        _ if message.starts_with("missing comma") && found.touches_a_quote() => found
            .error("unescaped-quote", "the text ends at the quote before this")
            .label("what follows is outside the quotes")
            .help("Write a backslash before every quote that belongs to the text: \\\"."),
        _ if message.starts_with("missing comma") => found
            .error("syntax", "a comma is missing between two entries")
            .label("a `,` belongs before this")
            .help("The entries of a list stand in brackets with commas between them: [\"one\", \"two\"]."),
        _ if message.starts_with("unclosed array table") || message.starts_with("unclosed table") => found
            .error("syntax", "this heading's brackets are not closed")
            .help("A table's name stands between brackets, `[letter]`; an entry of a list between two pairs, `[[domains]]`."),
        _ if message.starts_with("unclosed array") => found
            .error("syntax", "the bracket `[` that opens this list is never closed")
            .help("Write `]` behind the last entry of the list."),
        _ if message.starts_with("unclosed inline table") => found
            .error("syntax", "the brace `{` that opens this table is never closed")
            .help("Write `}` behind the last entry."),
        _ if message.starts_with("invalid unquoted key") => found
            .error("syntax", format!("`{raw}` cannot be a key as it stands"))
            .label("a key is made of letters a-z, digits, `-` and `_`")
            .help("If this line belongs to the text above it, the text was closed too early: look at its quotes. A remark begins with `#`."),
        _ if message.starts_with("unquoted keys cannot be empty") => found
            .error("syntax", "a key is missing before this `=`")
            .help("A line is `key = \"value\"`."),
        _ if message.contains("carriage return") => found
            .error("syntax", "a line break that only old Macintosh programs write")
            .help("Save the file with line breaks of the kind `LF` or `CRLF`; editors show the choice in the status bar."),
        _ if message.contains("recursion") || message.contains("nest") => found
            .error("too-deep", "the brackets are nested too deeply to be read")
            .help("At most 80 levels of brackets can be read; a plan needs no more than 16 levels of initiatives."),
        _ => found.error("syntax", message.to_owned()).help(
            "This is no valid TOML. A line is `key = \"value\"`; a heading stands in brackets; a remark begins with `#`.",
        ),
    }
}

struct Found<'s> {
    source: &'s SourceText,
    fault: &'s Fault,
    raw: &'s str,
    line: Range<usize>,
    /// The line up to the fault, without white space at its end.
    before: &'s str,
}

const CURLY: &[char] = &[
    '“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‹', '›', '″', '＂',
];

impl<'s> Found<'s> {
    fn error(&self, name: &'static str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(name, message).at(self.source, self.fault.span.clone())
    }

    fn whole_line(&self) -> &'s str {
        self.source.text()[self.line.clone()].trim_end()
    }

    /// A typographic quote where the line wants a straight one: at the fault, or opening the value.
    fn curly_quote(&self) -> Option<(usize, char)> {
        let unquoted = self
            .fault
            .message
            .starts_with("string values must be quoted")
            || self.fault.message.starts_with("invalid unquoted key");
        let first = self
            .raw
            .chars()
            .next()
            .filter(|c| unquoted && CURLY.contains(c))?;
        Some((self.fault.span.start, first))
    }

    fn explain_curly_quote(&self, (at, quote): (usize, char)) -> Diagnostic {
        let words = self.raw.trim().trim_matches(CURLY);
        Diagnostic::error("curly-quote", format!("`{quote}` is a typographic quote; TOML needs the straight one, `\"`"))
            .at(self.source, at..at + quote.len_utf8())
            .label("a straight quote belongs here")
            .help(format!("Write {}. Word and some editors bend quotes as you type: type them in a plain text editor.", quoted(words)))
    }

    fn unquoted_value(&self) -> Diagnostic {
        let raw = self.raw.trim();
        match raw.to_ascii_lowercase().as_str() {
            _ if self.is_heading() => self
                .error("syntax", "a heading stands inside a list")
                .label("the list above this has no closing bracket")
                .help("Write `]` behind the last entry of the list, before this line."),
            _ if raw.contains(' ')
                && self.rest()[self.raw.len()..].trim_start().starts_with('=') =>
            {
                self.no_comma_in_table()
            }
            "" => self
                .error("syntax", "a value is missing after the `=`")
                .label("nothing stands here")
                .help("Write the value in quotes, or leave the whole line out."),
            "true" | "yes" | "on" => self
                .error("syntax", format!("`{raw}` is not how TOML says yes"))
                .help("Write `true`, in lower case and without quotes."),
            "false" | "no" | "off" => self
                .error("syntax", format!("`{raw}` is not how TOML says no"))
                .help("Write `false`, in lower case and without quotes."),
            _ => self
                .error("syntax", "text must stand in quotes")
                .label("quotes are missing around this")
                .help(format!("Write {}.", quoted(raw))),
        }
    }

    fn no_comma_in_table(&self) -> Diagnostic {
        self.error(
            "syntax",
            "a comma is missing between two entries of a table in braces",
        )
        .help("Write a comma between a value and the next key: { start = 2025, end = 2028 }.")
    }

    fn is_heading(&self) -> bool {
        is_heading(self.whole_line())
    }

    /// Something stands behind a finished value: mostly a quote inside quotes.
    fn leftover(&self) -> Diagnostic {
        let value = self
            .whole_line()
            .split_once('=')
            .map_or("", |(_, value)| value.trim());
        let inner = |quote: char| {
            value
                .strip_prefix(quote)
                .and_then(|rest| rest.strip_suffix(quote))
        };
        match self.before.chars().last() {
            Some('"' | '\'') if self.begins_a_key() => self.another_line(),
            Some('"') => {
                let help = match inner('"') {
                    Some(words) if !words.contains('\'') => format!(
                        "Put the whole text in single quotes, in which double ones mean nothing: '{words}'."
                    ),
                    Some(words) if !words.contains("\"\"\"") && !words.ends_with('"') => {
                        format!("Put the whole text between three quotes: \"\"\"{words}\"\"\".")
                    }
                    _ => "Write a backslash before every quote that belongs to the text: \\\"."
                        .to_owned(),
                };
                self.error("unescaped-quote", "the text ends at the quote before this")
                    .label("what follows is outside the quotes")
                    .help(help)
            }
            Some('\'') => self
                .error(
                    "unescaped-quote",
                    "the text ends at the single quote before this",
                )
                .label("what follows is outside the quotes")
                .help(match inner('\'') {
                    Some(words) if !words.contains(['"', '\\']) => {
                        format!("Text with an apostrophe goes in double quotes: \"{words}\".")
                    }
                    _ => "Put the text between three single quotes: '''...'''.".to_owned(),
                }),
            _ => self.another_line(),
        }
    }

    fn another_line(&self) -> Diagnostic {
        self.error(
            "syntax",
            "something stands behind the end of this line's value",
        )
        .label("a new line belongs before this")
        .help("Each `key = value` has a line of its own; a remark begins with `#`.")
    }

    /// The line from the fault on.
    fn rest(&self) -> &'s str {
        let start = self.fault.span.start.min(self.line.end);
        &self.source.text()[start..self.line.end]
    }

    /// What follows the fault is a key and its value.
    fn begins_a_key(&self) -> bool {
        self.rest().split_once('=').is_some_and(|(key, _)| {
            let key = key.trim();
            let apart = self.before.len() < self.fault.span.start - self.line.start;
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            apart && !key.is_empty() && key.chars().all(plain)
        })
    }

    fn rest_has_a_sign(&self) -> bool {
        let key = self.rest().split('=').next().unwrap_or_default();
        key.len() < self.rest().len() && !key.contains(['"', '\''])
    }

    /// A quote stands right before the fault and belongs to the text that ends there.
    fn touches_a_quote(&self) -> bool {
        self.source.text()[..self.fault.span.start].ends_with(['"', '\''])
            && !self.raw.starts_with(['"', '\''])
    }

    fn backslash(&self) -> Diagnostic {
        let rest = &self.source.text()[self.fault.span.start.min(self.source.text().len())..];
        let letter = rest
            .chars()
            .next()
            .filter(|c| !c.is_whitespace())
            .unwrap_or(' ');
        let start = self.fault.span.start.saturating_sub(1);
        let value = self
            .whole_line()
            .split_once('=')
            .map_or("", |(_, value)| value.trim());
        let help = match value.strip_prefix('"').and_then(|v| v.strip_suffix('"')) {
            Some(words) if !words.contains('\'') => format!(
                "Put the text in single quotes, in which backslashes mean nothing: '{words}'."
            ),
            _ => "Write two backslashes where one is meant: \\\\.".to_owned(),
        };
        Diagnostic::error(
            "backslash",
            format!(
                "`\\{letter}` means nothing in TOML; a backslash in double quotes begins an escape"
            ),
        )
        .at(self.source, start..start + 1 + letter.len_utf8())
        .help(help)
    }

    fn date(&self) -> Diagnostic {
        let raw = self.raw.trim();
        let numbers: Vec<&str> = raw.split('-').collect();
        let digits = numbers.iter().all(|part| {
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())
        });
        let error = self.error("bad-date", format!("`{raw}` is no date that TOML knows"));
        match numbers.as_slice() {
            [year, month] if digits && year.len() == 4 => error
                .label("a month needs quotes")
                .help(format!("Write \"{year}-{month:0>2}\", with quotes.")),
            [year, month, day]
                if digits && year.len() == 4 && (month.len() == 1 || day.len() == 1) =>
            {
                error
                    .label("month and day have two digits")
                    .help(format!("Write {year}-{month:0>2}-{day:0>2}."))
            }
            _ if digits && let Err(fault) = raw.parse::<Date>() => {
                self.error("bad-date", fault.message).help(fault.help)
            }
            _ => error.help(format!(
                "Write a year (2006), a month in quotes (\"2006-06\") or a day (2025-06-09). {}.",
                capital(
                    self.fault
                        .message
                        .split(", ")
                        .nth(1)
                        .unwrap_or("No such day is in the calendar")
                )
            )),
        }
    }

    fn duplicate(&self) -> Diagnostic {
        let line = self.whole_line().trim_start();
        if line.starts_with("[[") && self.raw == "objectives" {
            return self
                .error("two-forms-of-objectives", "this domain has its objectives in both forms")
                .label("the short form, `objectives = [...]`, stands above")
                .help("Use one of the two: move the entries of `objectives = [...]` into `[[domains.objectives]]` tables of their own, or the other way round.");
        }
        let what = format!("`{}` is there twice", self.raw.trim());
        if line.starts_with('[') {
            return self
                .error("duplicate-key", what)
                .label("the second one")
                .help("Put the lines of the two together under one heading; a list of tables has two pairs of brackets every time, `[[domains]]`.");
        }
        self.error("duplicate-key", what)
            .label("the second one")
            .help("Keep one of the two lines. A new entry of a list begins with its heading, such as `[[domains]]`.")
    }

    /// The fault is at the end of the file: no such quotes stand behind those that opened the text.
    fn unclosed_lines(&self, message: &str, help: &str) -> Diagnostic {
        let quotes = if self.fault.message.contains("literal") {
            "'''"
        } else {
            "\"\"\""
        };
        let text = &self.source.text()[..self.fault.span.end];
        let span = text
            .rfind(quotes)
            .map_or(self.fault.span.clone(), |at| at..at + quotes.len());
        Diagnostic::error("unclosed-text", message)
            .at(self.source, span)
            .help(help)
    }

    fn unclosed(&self, message: &str, help: &str) -> Diagnostic {
        // The fault is at the end of the line; the quote that opened the text is what to look at.
        let value_at = self.before.find('=').map_or(0, |at| at + 1);
        let quote = self.before[value_at..]
            .find(['"', '\''])
            .map(|at| self.line.start + value_at + at);
        let span = quote.map_or(self.fault.span.clone(), |at| {
            at..self.line.start + self.before.len().max(at - self.line.start + 1)
        });
        Diagnostic::error("unclosed-text", message)
            .at(self.source, span)
            .help(help)
    }
}

fn quoted(words: &str) -> String {
    match (words.contains(['"', '\\']), words.contains('\'')) {
        (false, _) => format!("\"{words}\""),
        (true, false) => format!("'{words}'"),
        (true, true) => format!("\"\"\"{words}\"\"\""),
    }
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
