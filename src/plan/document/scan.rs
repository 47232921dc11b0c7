//! Reads a faulty text the way its author does, line by line, and finds the slips that people make.
//!
//! In: a text that the parser refused. Out: one diagnostic for each slip, the lines that it
//! spoils, and an edit that mends it. What it does not understand it leaves to the parser.

use std::ops::Range;

use super::headings::Headings;
use super::look::{self, Within};
use super::mend::Edit;
use super::{dates, slips};
use crate::diagnostic::{Diagnostic, SourceText};

/// The parser reads no more levels of brackets than this.
pub const DEEPEST: usize = 80;

/// A text as far as it has been read, and what was found in it.
pub struct Scan<'s> {
    pub source: &'s SourceText,
    pub text: &'s str,
    /// How far the text has been read, in bytes.
    pub at: usize,
    line: Range<usize>,
    pub diagnostics: Vec<Diagnostic>,
    /// Byte ranges whose content cannot be trusted.
    pub broken: Vec<Range<usize>>,
    pub edits: Vec<Edit>,
    pub headings: Headings,
    /// Where the last line with a space that is none began: one error for each line is enough.
    odd_line: Option<usize>,
    /// The line of the last slip, and how many stand on it.
    crowd: (usize, usize),
}

/// More slips than these on one line teach nobody anything.
const CROWD: usize = 20;

/// Looks for slips in all of a text.
pub fn scan(source: &SourceText) -> Scan<'_> {
    let text = source.text();
    let mut scan = Scan {
        source,
        text,
        at: if text.starts_with('\u{feff}') { 3 } else { 0 },
        line: 0..0,
        diagnostics: Vec::new(),
        broken: Vec::new(),
        edits: Vec::new(),
        headings: Headings::default(),
        odd_line: None,
        crowd: (0, 0),
    };
    if text.contains('\r') && !text.contains('\n') {
        slips::old_line_breaks(&mut scan);
        return scan;
    }
    while scan.at < text.len() {
        scan.statement();
    }
    slips::headings_with_one_bracket(&mut scan);
    scan
}

impl<'s> Scan<'s> {
    /// What has not been read of the text.
    pub fn rest(&self) -> &'s str {
        &self.text[self.at..]
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The line that is being read, without its break.
    pub fn line(&mut self) -> Range<usize> {
        if self.line.end < self.at || self.line == (0..0) {
            self.line = super::line_around(self.text, self.at);
        }
        self.line.clone()
    }

    /// What has not been read of the line, without white space at its end.
    pub fn rest_of_line(&mut self) -> &'s str {
        let end = self.line().end;
        self.text[self.at..end].trim_end()
    }

    pub fn skip_line(&mut self) {
        self.at = self.line().end;
    }

    /// Takes note of a slip: `span` gets the caret and must lie in the file.
    pub fn slip(&mut self, diagnostic: Diagnostic, broken: Range<usize>) {
        let line = self.line().start;
        self.crowd = match self.crowd {
            (last, slips) if last == line => (line, slips + 1),
            _ => (line, 1),
        };
        self.diagnostics.push(diagnostic);
        self.broken.push(broken);
    }

    /// True on a line with so many slips that it is something else than TOML.
    pub fn is_crowded(&mut self) -> bool {
        self.crowd.1 >= CROWD && self.crowd.0 == self.line().start
    }

    pub fn edit(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.edits.push(Edit {
            range,
            with: with.into(),
        });
    }

    /// Reads white space within a line. Space that TOML does not know is a slip.
    pub fn space(&mut self) {
        while let Some(c) = self.peek() {
            if matches!(c, ' ' | '\t' | '\r') {
                self.at += 1;
            } else if let Some(name) = look::odd_space(c) {
                let (start, line) = (self.at, self.line());
                self.at += c.len_utf8();
                self.edit(start..self.at, " ");
                if self.odd_line != Some(line.start) {
                    self.odd_line = Some(line.start);
                    let found = slips::odd_space(self.source, start..self.at, name);
                    // Nothing but the space is wrong here: what the line says can be trusted.
                    self.slip(found, start..start);
                }
            } else {
                break;
            }
        }
    }

    fn statement(&mut self) {
        self.space();
        if self.is_crowded() {
            self.skip_line();
        }
        match self.peek() {
            None => {}
            Some('\n') => self.at += 1,
            Some('#') => self.skip_line(),
            Some('[') => self.heading(),
            Some(c) if look::is_quote(c) => self.quoted_start(),
            Some(_) => self.pair(),
        }
    }

    fn heading(&mut self) {
        let start = self.at;
        let rest = self.rest_of_line();
        if let Some(name) = look::heading(rest) {
            let at = start + rest.find(name).unwrap_or(0);
            let double = rest[1..].starts_with('[');
            self.headings.enter(self.text, at..at + name.len(), double);
            self.at = start + rest.rfind(']').map_or(rest.len(), |close| close + 1);
            if rest.contains('#') {
                self.at = at + name.len() + if double { 2 } else { 1 };
            }
            self.space();
        }
        self.skip_line();
    }

    /// A line that begins with a quote: a key in quotes, or a whole line in them.
    fn quoted_start(&mut self) {
        let line = self.rest_of_line();
        let first = line.chars().next().map_or(0, char::len_utf8);
        let words = &line[first..];
        if let Some(key) = look::key_of_pair(words) {
            let value = words[words.find('=').unwrap_or(0) + 1..].trim();
            let range = self.at..self.at + line.len();
            slips::line_in_quotes(self, range, key, value);
            self.skip_line();
            return;
        }
        let quote = &line[..first];
        match words.find(quote) {
            Some(close)
                if matches!(quote, "\"" | "'")
                    && words[close + first..].trim_start().starts_with('=') =>
            {
                self.at += first + close + first;
                self.space();
                self.at += 1;
                self.value("");
            }
            _ => self.skip_line(),
        }
    }

    fn pair(&mut self) {
        let start = self.at;
        let (key, _) = look::bare_key(self.rest_of_line());
        if key.is_empty() {
            return self.skip_line();
        }
        self.at += key.len();
        let span = start..self.at;
        self.space();
        match self.equals(key, true) {
            Equals::Read => {
                self.headings.key(self.text, span);
                self.value(key);
            }
            Equals::LineMended => self.headings.key(self.text, span),
            Equals::Missing => self.skip_line(),
        }
    }

    /// Reads the `=` behind a key, or what was written in its place. On a line of its own the
    /// value may lack its quotes too.
    pub fn equals(&mut self, key: &'s str, alone: bool) -> Equals {
        let rest = self.rest_of_line();
        let Some(sign) = rest.chars().next() else {
            return Equals::Missing;
        };
        if sign == '=' {
            self.at += 1;
            return Equals::Read;
        }
        let is_sign = matches!(sign, ':' | '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
        let taken = match is_sign {
            true if rest.starts_with(":=") => 2,
            true => sign.len_utf8(),
            false => 0,
        };
        let value = rest[taken..].trim_start_matches(|c: char| c.is_whitespace());
        let begins = value.starts_with(|c: char| look::is_quote(c) || matches!(c, '[' | '{'));
        let begins = begins || is_sign && value.starts_with(|c: char| c.is_ascii_digit());
        let known = alone && is_sign && dates::is_known(key) && !value.is_empty();
        if !begins && !known {
            return Equals::Missing;
        }
        let spot = self.at..self.at + taken;
        slips::no_equals(self, spot, key, value);
        if begins {
            self.at += taken;
            Equals::Read
        } else {
            self.skip_line();
            Equals::LineMended
        }
    }

    /// Reads what stands behind a finished value of a line.
    pub fn line_end(&mut self) {
        let rest = self.rest_of_line();
        if look::ends(rest) {
            return self.skip_line();
        }
        let span = self.at..self.at + rest.len();
        let next_pair = look::key_of_pair(rest).is_some();
        slips::leftover(self, span.clone(), next_pair);
        if next_pair {
            self.edit(span.start..span.start, "\n");
        } else {
            self.edit(span, "");
            self.skip_line();
        }
    }

    /// Where the value that is being read stands.
    pub fn within(open: Option<&Bracket>) -> Within {
        match open {
            None => Within::Line,
            Some(bracket) if bracket.list => Within::List,
            Some(_) => Within::Table,
        }
    }
}

/// What stands between a key and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equals {
    /// A `=`, or something that was meant as one: the value is next.
    Read,
    /// Neither the sign nor the value was as it should be, and both are mended.
    LineMended,
    /// Nothing of the kind.
    Missing,
}

/// A bracket or brace that is open.
#[derive(Clone, Debug)]
pub struct Bracket {
    pub list: bool,
    pub at: usize,
    /// True where something stands behind it on its line.
    pub filled: bool,
}
