//! The parser's own errors, explained for people who know Word.
//!
//! In: what the parser says of a text whose slips are mended. Out: the same in words that say what
//! to do. What people commonly do wrong has been found before, in [`scan`](super::scan).

use std::ops::Range;

use super::headings::Headings;
use crate::diagnostic::{Diagnostic, SourceText};

/// What the parser found, with a span that always lies in the text.
pub struct Fault {
    pub span: Range<usize>,
    pub message: String,
}

impl Fault {
    /// True for a key or heading that stands twice: the tree holds the first.
    pub fn is_duplicate(&self) -> bool {
        self.message.starts_with("duplicate key")
    }
}

/// True for an error about a key that stands twice.
pub fn is_duplicate(error: &toml::de::Error) -> bool {
    error.message().starts_with("duplicate key")
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
    for fault in faults {
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
pub fn explain(source: &SourceText, fault: &Fault, headings: &Headings) -> Diagnostic {
    let text = source.text();
    let raw = text.get(fault.span.clone()).unwrap_or_default().trim();
    let error = |name: &'static str, message: String| {
        Diagnostic::error(name, message).at(source, fault.span.clone())
    };
    let syntax = |message: &str| error("syntax", message.to_owned());
    let message = fault.message.as_str();
    let begins = |words: &str| message.starts_with(words);
    if fault.is_duplicate() {
        return duplicate(source, fault, raw, headings);
    }
    if message.contains("visible characters") {
        return error(
            "control-character",
            "a control character stands in this text".to_owned(),
        )
        .help("Delete the invisible character; it often comes along when text is pasted.");
    }
    if message.contains("carriage return") {
        return syntax("a line break that only old Macintosh programs write").help(
            "Save the file with line breaks of the kind `LF` or `CRLF`; editors show the choice in the status bar.",
        );
    }
    if message.contains("recursion") || message.contains("nest") {
        return error(
            "too-deep",
            "the brackets are nested too deeply to be read".to_owned(),
        )
        .help("At most 80 levels of brackets can be read; a plan needs no more than 16 levels of initiatives.");
    }
    if begins("unclosed array table") || begins("unclosed table") {
        return syntax("this heading's brackets are not closed")
            .help("A table's name stands between brackets, `[letter]`; an entry of a list between two pairs, `[[domains]]`.");
    }
    let line = super::line_around(text, fault.span.start);
    if begins("key with no value") && text[fault.span.start.min(line.end)..line.end].contains('=') {
        return syntax("a key has no spaces in it")
            .label("the key ends before this")
            .help("Write the key as one word, or with `_`; a line is `key = \"value\"`.");
    }
    if begins("key with no value") {
        return syntax("a key without a value")
            .label("a `=` is missing here")
            .help("A line is `key = \"value\"`; a line that is only a remark begins with `#`.");
    }
    if begins("invalid unquoted key") {
        return syntax(&format!("`{raw}` cannot be a key as it stands"))
            .label("a key is made of letters a-z, digits, `-` and `_`")
            .help("If this line belongs to the text above it, the text was closed too early: look at its quotes. A remark begins with `#`.");
    }
    if begins("unquoted keys cannot be empty") {
        return syntax("a key is missing before this `=`").help("A line is `key = \"value\"`.");
    }
    if begins("extra comma") || begins("unexpected comma") {
        return syntax("there is a comma too many").help("Leave this comma out.");
    }
    if begins("invalid multi-line") || begins("invalid basic string") || begins("invalid literal") {
        return error(
            "unclosed-text",
            "the quote that opens this text is never closed".to_owned(),
        )
        .help("Close the text with the same quote that opens it; text of several lines stands between \"\"\" and \"\"\".");
    }
    syntax(message).help(
        "This is no valid TOML. A line is `key = \"value\"`; a heading stands in brackets; a remark begins with `#`.",
    )
}

fn duplicate(source: &SourceText, fault: &Fault, raw: &str, headings: &Headings) -> Diagnostic {
    let line = super::line_around(source.text(), fault.span.start);
    let line = source.text()[line].trim_start();
    let error = |name: &'static str, message: String| {
        Diagnostic::error(name, message).at(source, fault.span.clone())
    };
    let found = if line.starts_with("[[") && raw == "objectives" {
        error("two-forms-of-objectives", "this domain has its objectives in both forms".to_owned())
            .label("the short form, `objectives = [...]`, stands above")
            .help("Use one of the two: move the entries of `objectives = [...]` into `[[domains.objectives]]` tables of their own, or the other way round.")
    } else {
        let found =
            error("duplicate-key", format!("`{raw}` is there twice")).label("the second one");
        if line.starts_with('[') {
            found.help("Put the lines of the two together under one heading; a list of tables has two pairs of brackets every time, `[[domains]]`.")
        } else {
            found.help("Keep one of the two lines. A new entry of a list begins with its heading, such as `[[domains]]`.")
        }
    };
    match headings.first(fault.span.start) {
        Some(first) => found.also(source.place(first), "the first one"),
        None => found,
    }
}
