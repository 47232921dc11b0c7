//! Reads a text in quotes, and finds the quotes that are curly, left out or inside others.
//!
//! In: a scan that stands at a quote. Out: the scan behind the text, as its author meant it.

use std::ops::Range;

use super::look::{self, CURLY, Within};
use super::mend::literal;
use super::scan::Scan;
use super::slips::quoted;
use crate::diagnostic::Diagnostic;

/// A text between single quotes is not looked for over more lines than these.
const MANY: usize = 100;

impl<'s> Scan<'s> {
    /// Reads a text that begins with a quote of any kind.
    pub fn quoted(&mut self, within: Within) {
        let rest = self.rest();
        let mut three = [None; 3];
        for (slot, c) in three.iter_mut().zip(rest.chars()) {
            *slot = Some(c).filter(|&c| c == '"' || CURLY.contains(&c));
        }
        if rest.starts_with("\"\"\"") || rest.starts_with("'''") {
            self.several_lines(&rest[..3]);
        } else if three.iter().all(Option::is_some) && three.iter().any(|c| *c != Some('"')) {
            self.curly_lines();
        } else if rest.starts_with(['"', '\'']) {
            self.one_line(within);
        } else {
            self.curly(within);
        }
    }

    fn one_line(&mut self, within: Within) {
        let line = self.rest_of_line();
        let quote = if line.starts_with('"') { '"' } else { '\'' };
        let start = self.at;
        let close = closing(line, quote);
        if let Some(close) = close {
            let rest = &line[close + 1..];
            let next = rest.trim_start_matches([' ', '\t']);
            let apart = next.len() < rest.len();
            let entry = within == Within::List && apart && next.starts_with(['"', '\'', '{', '[']);
            if look::over(rest, within) || entry || apart && look::key_of_pair(next).is_some() {
                self.at = start + close + 1;
                if quote == '"' {
                    self.escapes(start..self.at);
                }
                return;
            }
        }
        let meant = line
            .char_indices()
            .skip(1)
            .filter(|(_, c)| *c == quote || CURLY.contains(c))
            .find(|(at, c)| look::surely_over(&line[at + c.len_utf8()..], within));
        match (meant, close) {
            (Some((at, c)), _) if c != quote => {
                let words = &line[1..at];
                self.at = start + at + c.len_utf8();
                self.curly_slip(start + at, c, start..self.at, words);
            }
            (Some((at, _)), None) if quote == '"' && line[..at].ends_with('\\') => {
                let words = &line[1..at];
                let found = Diagnostic::error(
                    "backslash",
                    "the backslash before the closing quote makes it part of the text",
                )
                .at(self.source, start + at - 1..start + at + 1)
                .help(format!(
                    "Put the text in single quotes, in which backslashes mean nothing: '{words}'."
                ));
                self.finish(found, start..start + at + 1, words);
            }
            (Some((at, _)), Some(close)) => {
                let words = &line[1..at];
                self.inner_quote(start..start + at + 1, start + close + 1, quote, words);
            }
            (_, Some(close)) => {
                let end = line.len();
                self.inner_quote(start..start + end, start + close + 1, quote, "");
            }
            _ => self.unclosed_text(line, within),
        }
    }

    /// Takes note of a slip in a text and goes on behind it, as if it had been written well.
    fn finish(&mut self, found: Diagnostic, range: Range<usize>, words: &str) {
        self.at = range.end;
        self.edit(range.clone(), literal(words));
        self.slip(found, range);
    }

    fn inner_quote(&mut self, range: Range<usize>, behind: usize, quote: char, words: &str) {
        let rest = &self.text[behind..];
        let spot = behind + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
        let help = match quote {
            _ if words.is_empty() && quote == '"' => {
                "Write a backslash before every quote that belongs to the text: \\\".".to_owned()
            }
            '"' if !words.contains('\'') => format!(
                "Put the whole text in single quotes, in which double ones mean nothing: '{words}'."
            ),
            '"' if !words.contains("\"\"\"") && !words.ends_with('"') && !words.contains('\\') => {
                format!("Put the whole text between three quotes: \"\"\"{words}\"\"\".")
            }
            '"' => {
                "Write a backslash before every quote that belongs to the text: \\\".".to_owned()
            }
            _ if !words.is_empty() && !words.contains(['"', '\\']) => {
                format!("Text with an apostrophe goes in double quotes: \"{words}\".")
            }
            _ => "Put the text between three single quotes: '''...'''.".to_owned(),
        };
        let which = if quote == '"' {
            "quote"
        } else {
            "single quote"
        };
        let length = self.text[spot..].chars().next().map_or(0, char::len_utf8);
        let found = Diagnostic::error(
            "unescaped-quote",
            format!("the text ends at the {which} before this"),
        )
        .at(self.source, spot..spot + length)
        .label("what follows is outside the quotes")
        .help(help);
        self.finish(found, range, words);
    }

    /// A text of several lines between single quotes, where three are needed.
    fn lines_in_one_quote(&mut self, quote: char) -> bool {
        let rest = self.rest();
        let mut end = 0;
        for (number, line) in rest.split_inclusive('\n').take(MANY).enumerate() {
            let closes = line.trim_end().strip_suffix(quote);
            let other_text = closes.unwrap_or(line).contains(quote);
            let next_entry = starts_anew(line) || look::key_of_pair(line).is_some();
            if number > 0 && (other_text || next_entry) {
                return false;
            }
            end += line.len();
            if number > 0 && closes.is_some() {
                let range = self.at..self.at + rest[..end].trim_end().len();
                let three = quote.to_string().repeat(3);
                let found = Diagnostic::error(
                    "unclosed-text",
                    "a text of several lines needs three quotes",
                )
                .at(self.source, range.start..range.start + 1)
                .label("only one quote opens it")
                .help(format!(
                    "Write {three} before the text and {three} behind it."
                ));
                let words = &self.text[range.start + 1..range.end - 1];
                self.finish(found, range, words);
                return true;
            }
        }
        false
    }

    fn unclosed_text(&mut self, line: &str, within: Within) {
        if within == Within::Line
            && self.lines_in_one_quote(if line.starts_with('"') { '"' } else { '\'' })
        {
            return;
        }
        let end = match within {
            Within::Line => line.len(),
            _ => line.trim_end_matches([' ', ',', ']', '}']).len().max(1),
        };
        let words = &line[1..end];
        let found = Diagnostic::error("unclosed-text", "the quote that opens this text is never closed")
            .at(self.source, self.at..self.at + end)
            .help("Close the text with the same quote that opens it; text of several lines stands between \"\"\" and \"\"\".");
        self.finish(found, self.at..self.at + end, words);
    }

    fn curly(&mut self, within: Within) {
        let line = self.rest_of_line();
        let (start, open) = (self.at, line.chars().next().unwrap_or('“'));
        let body = &line[open.len_utf8()..];
        let meant = body
            .char_indices()
            .filter(|(_, c)| look::is_quote(*c))
            .find(|(at, c)| look::surely_over(&body[at + c.len_utf8()..], within));
        let (words, taken) = match meant {
            Some((at, c)) => (&body[..at], at + c.len_utf8()),
            None if within == Within::Line => (body, body.len()),
            None => {
                let words = body.trim_end_matches([' ', ',', ']', '}']);
                (words, words.len())
            }
        };
        self.at = start + open.len_utf8() + taken;
        self.curly_slip(start, open, start..self.at, words);
    }

    /// A typographic quote at `at`; the text that it belongs to is `range`.
    fn curly_slip(&mut self, at: usize, quote: char, range: Range<usize>, words: &str) {
        let found = Diagnostic::error("curly-quote", format!("`{quote}` is a typographic quote; TOML needs the straight one, `\"`"))
            .at(self.source, at..at + quote.len_utf8())
            .label("a straight quote belongs here")
            .help(format!("Write {}. Word and some editors bend quotes as you type: type them in a plain text editor.", quoted(words)));
        self.finish(found, range, words);
    }

    /// Words that end with a quote and begin without one.
    pub fn unopened(&mut self, words: Range<usize>, quote: char) {
        let range = words.start..self.at;
        let words = &self.text[words];
        let also = if quote == '"' {
            ""
        } else {
            " Both quotes must be straight."
        };
        let found = Diagnostic::error("unopened-text", "the quote that opens this text is missing")
            .at(
                self.source,
                range.start..range.start + words.chars().next().map_or(1, char::len_utf8),
            )
            .label("a `\"` belongs before this")
            .help(format!("Write {}.{also}", quoted(words)));
        self.finish(found, range, words);
    }

    /// A text of several lines between three curly quotes.
    fn curly_lines(&mut self) {
        let (start, rest) = (self.at, self.rest());
        let is_quote = |c: char| c == '"' || CURLY.contains(&c);
        let opening = rest.len() - rest.trim_start_matches(is_quote).len();
        // Three quotes of any kind in a row end it, and so does whatever begins the next entry.
        let mut run = 0;
        let mut end = None;
        let mut lines = rest[opening..].char_indices().peekable();
        while let Some((at, c)) = lines.next() {
            run = if is_quote(c) { run + 1 } else { 0 };
            let here = opening + at + c.len_utf8();
            if run >= 3 && !lines.peek().is_some_and(|(_, c)| is_quote(*c)) {
                end = Some((here, here));
                break;
            }
            if c == '\n' && starts_anew(&rest[here..]) {
                end = Some((here - 1, here - 1));
                break;
            }
        }
        let (end, _) = end.unwrap_or((rest.trim_end().len().max(opening), 0));
        let words = rest[opening..end].trim_matches(is_quote).trim();
        let quote = rest.chars().find(|c| CURLY.contains(c)).unwrap_or('“');
        let at = start + rest.find(quote).unwrap_or(0);
        let found = Diagnostic::error("curly-quote", format!("`{quote}` is a typographic quote; TOML needs straight ones, `\"\"\"`"))
            .at(self.source, at..at + quote.len_utf8())
            .label("three straight quotes belong here")
            .help("Write \"\"\" before the text and \"\"\" behind it. Word and some editors bend quotes as you type: type them in a plain text editor.");
        self.finish(found, start..start + end, words);
    }

    /// A text of several lines; one that is never closed ends where the next key or heading begins.
    fn several_lines(&mut self, quotes: &'s str) {
        let (start, rest) = (self.at, self.rest());
        let close = closing_three(rest, quotes);
        if let Some(end) = close {
            let line = rest[..end - 3].rfind('\n').map(|line| line + 1);
            let swallowed = line.is_some_and(|line| {
                look::key_of_pair(&rest[line..end]).is_some_and(|key| {
                    let behind = rest[line..end - 3].trim();
                    behind
                        .strip_prefix(key)
                        .is_some_and(|sign| sign.trim() == "=")
                })
            });
            if !swallowed {
                self.at = start + end;
                if quotes == "\"\"\"" {
                    self.escapes(start..self.at);
                }
                return;
            }
        }
        let next = rest
            .match_indices('\n')
            .map(|(at, _)| at + 1)
            .find(|&at| starts_anew(&rest[at..]));
        let end = rest[..next.unwrap_or(rest.len())].trim_end().len().max(3);
        let help = match next.map(|next| start + next) {
            Some(next) => {
                let line = self.source.place(next..next).line_and_column().0;
                let begins: String = self.text[next..]
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .chars()
                    .take(40)
                    .collect();
                format!(
                    "Write {quotes} where the text ends: before line {line}, where `{begins}` begins."
                )
            }
            None => format!("Write {quotes} again where the text ends."),
        };
        let found = Diagnostic::error(
            "unclosed-text",
            "the three quotes that open this text are never closed",
        )
        .at(self.source, start..start + 3)
        .label("the text begins here")
        .help(help);
        let words = rest[3..end].trim();
        self.finish(found, start..start + end, words);
    }
}

/// True where the next key or heading of a file begins.
fn starts_anew(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    look::heading(line).is_some() || look::is_pair(line)
}

/// The closing quote of a text on one line.
fn closing(line: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    line.char_indices().skip(1).find_map(|(at, c)| {
        if escaped {
            escaped = false;
            return None;
        }
        escaped = c == '\\' && quote == '"';
        (c == quote).then_some(at)
    })
}

/// The end of a text between three quotes, with the one or two more that may belong to it.
fn closing_three(rest: &str, quotes: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut at = 3;
    loop {
        let found = at + rest.get(at..)?.find(quotes)?;
        let slashes = bytes[at..found]
            .iter()
            .rev()
            .take_while(|&&b| b == b'\\')
            .count();
        if quotes == "'''" || slashes % 2 == 0 {
            let more = bytes[found + 3..]
                .iter()
                .take(2)
                .take_while(|&&b| b == bytes[0])
                .count();
            return Some(found + 3 + more);
        }
        at = found + 1;
    }
}
