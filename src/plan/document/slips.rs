//! The words for each slip, and its mending where that is one edit.

use std::ops::Range;

use super::mend::literal;
use super::scan::{Bracket, Scan};
use super::{dates, look};
use crate::diagnostic::{Diagnostic, SourceText};

/// Words as a person would write them in TOML, for a help that can be pasted.
pub fn quoted(words: &str) -> String {
    match (words.contains(['"', '\\']), words.contains('\'')) {
        (false, _) => format!("\"{words}\""),
        (true, false) => format!("'{words}'"),
        (true, true)
            if !words.contains(['\\']) && !words.ends_with('"') && !words.contains("\"\"\"") =>
        {
            format!("\"\"\"{words}\"\"\"")
        }
        (true, true) => literal(words),
    }
}

pub fn odd_space(source: &SourceText, span: Range<usize>, name: &str) -> Diagnostic {
    let who = if name.contains("no-break") {
        ", as Word writes it"
    } else {
        ""
    };
    Diagnostic::error("odd-space", format!("here is {name}{who}"))
        .at(source, span)
        .label("looks like a space and is none for TOML")
        .help("Delete it and type an ordinary space.")
}

/// All lines end in a way that TOML does not know, so that no place in the file can be named.
pub fn old_line_breaks(scan: &mut Scan) {
    let breaks: Vec<usize> = scan.text.match_indices('\r').map(|(at, _)| at).collect();
    let first = breaks.first().copied().unwrap_or(0);
    let found = Diagnostic::error("syntax", "a line break that only old Macintosh programs write")
        .at(scan.source, first..first + 1)
        .help("Save the file with line breaks of the kind `LF` or `CRLF`; editors show the choice in the status bar.");
    for at in breaks {
        scan.edit(at..at + 1, "\n");
    }
    scan.slip(found, 0..scan.text.len());
}

/// A value as it stands, or in the quotes that it lacks.
fn as_value(value: &str) -> String {
    if toml::de::DeValue::parse(value).is_ok() {
        value.to_owned()
    } else {
        quoted(value.trim_matches(look::is_quote))
    }
}

pub fn line_in_quotes(scan: &mut Scan, range: Range<usize>, key: &str, value: &str) {
    let words = value.trim_matches(look::is_quote).trim();
    let found = Diagnostic::error("syntax", "this whole line stands in quotes")
        .at(scan.source, range.clone())
        .label("only the text behind the `=` has quotes")
        .help(format!("Write {key} = {}", quoted(words)));
    scan.edit(range.clone(), format!("{key} = {}", literal(words)));
    scan.slip(found, range);
}

/// Something else stands where `=` belongs, or nothing (then `spot` is empty).
pub fn no_equals(scan: &mut Scan, spot: Range<usize>, key: &str, value: &str) {
    let sign = &scan.text[spot.clone()];
    let (message, label) = match sign {
        "" => ("a key without a value".to_owned(), "a `=` is missing here"),
        ":" | ":=" => (
            format!("`{sign}` stands here where TOML wants `=`"),
            "write `=`",
        ),
        _ => (
            format!("the dash `{sign}` stands here where TOML wants `=`"),
            "write `=`",
        ),
    };
    let begins = value
        .starts_with(|c: char| look::is_quote(c) || matches!(c, '[' | '{') || c.is_ascii_digit());
    let many_lines = ["\"\"\"", "'''"]
        .iter()
        .any(|quotes| value.starts_with(quotes))
        || begins && toml::de::DeValue::parse(value).is_err();
    let help = if many_lines {
        format!("Write `=` between a key and its value: {key} = ...")
    } else {
        format!("Write {key} = {}", as_value(value))
    };
    let line = scan.line();
    let found = Diagnostic::error("syntax", message)
        .at(scan.source, spot.start..spot.end.max(spot.start + 1))
        .label(label)
        .help(help);
    if begins {
        scan.edit(spot, " = ");
        scan.slip(found, line.start..line.end);
    } else {
        let end = spot.end + scan.text[spot.end..line.end].trim_end().len();
        scan.edit(spot.start..end, format!(" = {}", literal(value)));
        scan.slip(found, line);
    }
}

/// A semicolon where TOML wants a comma.
pub fn semicolon(scan: &mut Scan) {
    let spot = scan.at..scan.at + 1;
    let found = Diagnostic::error("syntax", "a semicolon stands between two entries")
        .at(scan.source, spot.clone())
        .label("a `,` belongs here")
        .help("Write a comma between the entries.");
    scan.edit(spot.clone(), ",");
    scan.slip(found, spot.start..spot.start);
}

/// One `=` more than a value needs.
pub fn second_equals(scan: &mut Scan) {
    let spot = scan.at..scan.at + 1;
    let found = Diagnostic::error("syntax", "there is a second `=` before this value")
        .at(scan.source, spot.clone())
        .label("one is enough")
        .help("Leave this `=` out.");
    scan.edit(spot.clone(), " ");
    scan.slip(found, spot.start..spot.start);
}

/// A value that stands on the line below its key.
pub fn line_break(scan: &mut Scan) {
    let at = scan.at;
    let found = Diagnostic::error("syntax", "the value of this key begins on the next line")
        .at(scan.source, at..at)
        .label("the value belongs here")
        .help("Write the key, the `=` and the beginning of the value on one line.");
    scan.edit(at..at + 1, " ");
    scan.slip(found, at..at);
}

pub fn leftover(scan: &mut Scan, span: Range<usize>, next_pair: bool) {
    let found = Diagnostic::error(
        "syntax",
        "something stands behind the end of this line's value",
    )
    .at(scan.source, span.clone());
    let found = if next_pair {
        found
            .label("a new line belongs before this")
            .help("Each `key = value` has a line of its own.")
    } else {
        found
            .label("this belongs to no value")
            .help("Each `key = value` has a line of its own; a remark begins with `#`.")
    };
    let line = scan.line();
    scan.slip(found, line);
}

pub fn missing_comma(scan: &mut Scan, behind: usize, list: bool) {
    let (start, line) = (scan.at, scan.line());
    let length = scan.peek().map_or(1, char::len_utf8);
    let found = Diagnostic::error("syntax", "a comma is missing between two entries")
        .at(scan.source, start..start + length)
        .label("a `,` belongs before this")
        .help(if list {
            "The entries of a list stand in brackets with commas between them: [\"one\", \"two\"]."
        } else {
            "The entries in braces have commas between them: { start = 2025, end = 2028 }."
        });
    scan.edit(behind..behind, ",");
    // Only the comma is missing: what stands on both sides of it can be trusted.
    scan.slip(found, line.start..line.start);
}

/// A bracket or brace that is never closed. `next` is where something begins that cannot stand in
/// it, `behind` the end of the last that does.
pub fn unclosed(scan: &mut Scan, bracket: &Bracket, behind: usize, next: Option<usize>) {
    let (sign, what, closing) = match bracket.list {
        true => ("bracket `[`", "list", "]"),
        false => ("brace `{`", "table", "}"),
    };
    let text = scan.text;
    let line = |at: usize| scan.source.place(at..at).line_and_column().0;
    let help = match next {
        Some(next) if line(bracket.at) != line(behind.max(bracket.at)) => {
            let rest = &text[next..super::line_around(text, next).end];
            let begins: String = rest.trim().chars().take(40).collect();
            format!(
                "Write `{closing}` before line {}, where `{begins}` begins.",
                line(next)
            )
        }
        _ => format!(
            "Write `{closing}` behind the last entry, in line {}.",
            line(behind)
        ),
    };
    let found = Diagnostic::error(
        "syntax",
        format!("the {sign} that opens this {what} is never closed"),
    )
    .at(scan.source, bracket.at..bracket.at + 1)
    .label(format!("no `{closing}` follows"))
    .help(help);
    // The entries stand; only the bracket itself is wrong.
    scan.slip(found, bracket.at..bracket.at + 1);
}

pub fn headings_with_one_bracket(scan: &mut Scan) {
    for alike in scan.headings.with_one_bracket(scan.text) {
        let Some(single) = alike.iter().find(|heading| !heading.double) else {
            continue;
        };
        let name = &scan.text[single.name.clone()];
        let times = if alike.len() == 2 {
            "both times"
        } else {
            "every time"
        };
        let mut found = Diagnostic::error(
            "single-brackets",
            format!("`[{name}]` is the heading of a list's entry: it needs two pairs of brackets"),
        )
        .at(scan.source, single.name.start - 1..single.name.end + 1)
        .label("one pair of brackets is for what is there only once")
        .help(format!(
            "Write [[{name}]] with two pairs of brackets, {times}."
        ));
        for other in alike
            .iter()
            .filter(|other| other.name != single.name)
            .take(3)
        {
            found = found.also(
                scan.source.place(other.name.clone()),
                "here it stands again",
            );
        }
        for heading in alike.iter().filter(|heading| !heading.double) {
            scan.edit(heading.name.start..heading.name.start, "[");
            scan.edit(heading.name.end..heading.name.end, "]");
        }
        scan.slip(found, single.name.clone());
    }
}

/// A value without quotes that TOML does not know.
pub fn bare(scan: &mut Scan, span: Range<usize>, key: &str) {
    let raw = &scan.text[span.clone()];
    let error =
        |message: String| Diagnostic::error("syntax", message).at(scan.source, span.clone());
    let found = match raw.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => error(format!("`{raw}` is not how TOML says yes"))
            .help("Write `true`, in lower case and without quotes."),
        "false" | "no" | "off" => error(format!("`{raw}` is not how TOML says no"))
            .help("Write `false`, in lower case and without quotes."),
        _ => match dates::explain(scan.source, span.clone(), key, raw) {
            Some(found) => found,
            None => error("text must stand in quotes".to_owned())
                .label("quotes are missing around this")
                .help(format!("Write {}.", quoted(raw))),
        },
    };
    scan.edit(span.clone(), literal(raw));
    scan.slip(found, span);
}

pub fn nothing(scan: &mut Scan, at: usize) {
    let found = Diagnostic::error("syntax", "a value is missing after the `=`")
        .at(scan.source, at..at)
        .label("nothing stands here")
        .help("Write the value in quotes, or leave the whole line out.");
    let line = scan.line();
    scan.edit(at..at, "''");
    scan.slip(found, line);
}
