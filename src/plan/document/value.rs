//! Reads a value with all its brackets, and finds those that are never closed.
//!
//! In: a scan that stands behind a `=`. Out: the scan behind the value, at the end of its line.

use super::look::{self, Within};
use super::scan::{Bracket, DEEPEST, Equals, Scan};
use super::slips;

/// What may come next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    Value,
    Separator,
    Key,
}

/// Whether reading goes on.
enum Step {
    On(Want),
    Stop,
}

impl<'s> Scan<'s> {
    /// Reads the value of `key`, with the lists and tables inside it.
    pub fn value(&mut self, key: &'s str) {
        let mut key = key;
        let mut open: Vec<Bracket> = Vec::new();
        let mut want = Want::Value;
        // The end of the last thing that was read, white space and remarks left out.
        let mut behind = self.at;
        loop {
            self.space();
            if self.is_crowded() {
                return self.skip_line();
            }
            let Some(next) = self.peek().filter(|&c| c != '\n' && c != '#') else {
                match (open.is_empty(), want) {
                    (true, Want::Value) if self.value_below() => continue,
                    (true, Want::Value) => {
                        slips::nothing(self, behind);
                        return self.skip_line();
                    }
                    (true, _) => return self.skip_line(),
                    (false, _) if !self.next_line(&mut open, want, behind) => return,
                    (false, _) => continue,
                }
            };
            if want == Want::Separator && open.is_empty() {
                return self.line_end();
            }
            let step = match want {
                Want::Value => self.entry(&mut open, next, key, behind),
                Want::Separator => self.separator(&mut open, next, behind),
                Want::Key => self.key_in_table(&mut open, next, behind, &mut key),
            };
            match step {
                Step::On(now) => want = now,
                Step::Stop => return self.skip_line(),
            }
            if self.at > behind {
                behind = self.text[..self.at].trim_end().len().max(behind);
            }
        }
    }

    /// True where the value stands on the line below its key, which is read on then.
    fn value_below(&mut self) -> bool {
        let Some(below) = self.rest().strip_prefix('\n') else {
            return false;
        };
        let line = below.lines().next().unwrap_or_default();
        let begins = line.trim_start().starts_with(['"', '\'', '“', '”']);
        if !begins || look::is_pair(line) {
            return false;
        }
        slips::line_break(self);
        self.at += 1;
        true
    }

    /// Goes to the next line inside brackets. False where that line ends them all.
    fn next_line(&mut self, open: &mut Vec<Bracket>, want: Want, behind: usize) -> bool {
        self.skip_line();
        let end = self.at == self.text.len();
        let at = (self.at + 1).min(self.text.len());
        let line = super::line_around(self.text, at);
        let line = if end { "" } else { &self.text[line] };
        let pair = look::is_pair(line)
            && open.last().is_some_and(|bracket| {
                let margin = !line.starts_with([' ', '\t']);
                bracket.list || bracket.filled && (want == Want::Separator || margin)
            });
        if !end && look::heading(line).is_none() && !pair {
            self.at = at;
            return true;
        }
        let next = (!end).then_some(at);
        let closers: String = open
            .iter()
            .rev()
            .map(|bracket| if bracket.list { ']' } else { '}' })
            .collect();
        for bracket in open.drain(..) {
            slips::unclosed(self, &bracket, behind, next);
        }
        self.edit(behind..behind, closers);
        false
    }

    fn entry(&mut self, open: &mut Vec<Bracket>, next: char, key: &str, behind: usize) -> Step {
        let within = Scan::within(open.last());
        match next {
            '[' | '{' if open.len() >= DEEPEST => {
                // The parser will refuse it, whatever follows.
                self.at = self.text.len();
                return Step::Stop;
            }
            '[' | '{' => {
                open.push(Bracket {
                    list: next == '[',
                    at: self.at,
                    filled: !look::ends(&self.rest_of_line()[1..]),
                });
                self.at += 1;
                return Step::On(if next == '[' { Want::Value } else { Want::Key });
            }
            ']' if within == Within::List => {
                open.pop();
                self.at += 1;
            }
            ',' | '}' if within == Within::Table => slips::nothing(self, behind),
            ',' | ']' | '}' => return Step::Stop,
            '=' => {
                slips::second_equals(self);
                self.at += 1;
                return Step::On(Want::Value);
            }
            c if look::is_quote(c) => self.quoted(within),
            _ => self.bare(within, key),
        }
        Step::On(Want::Separator)
    }

    fn separator(&mut self, open: &mut Vec<Bracket>, next: char, behind: usize) -> Step {
        let list = open.last().is_some_and(|bracket| bracket.list);
        match next {
            ',' | ';' => {
                if next == ';' {
                    slips::semicolon(self);
                }
                self.at += 1;
                Step::On(if list { Want::Value } else { Want::Key })
            }
            ']' | '}' if list == (next == ']') => {
                open.pop();
                self.at += 1;
                Step::On(Want::Separator)
            }
            '{' | ']' if !list => self.close_table(open, next, behind),
            '}' | ']' => Step::Stop,
            _ if list => {
                slips::missing_comma(self, behind, true);
                Step::On(Want::Value)
            }
            _ if look::key_of_pair(self.rest_of_line()).is_some() => {
                slips::missing_comma(self, behind, false);
                Step::On(Want::Key)
            }
            _ => Step::Stop,
        }
    }

    /// A table in a list was not closed: the list's next entry or its end is here.
    fn close_table(&mut self, open: &mut Vec<Bracket>, next: char, behind: usize) -> Step {
        if open.len() < 2 || !open[open.len() - 2].list {
            return Step::Stop;
        }
        if let Some(bracket) = open.pop() {
            slips::unclosed(self, &bracket, behind, None);
        }
        if next == '{' {
            self.edit(behind..behind, "},");
            return Step::On(Want::Value);
        }
        self.edit(behind..behind, "}");
        Step::On(Want::Separator)
    }

    fn key_in_table(
        &mut self,
        open: &mut Vec<Bracket>,
        next: char,
        behind: usize,
        key: &mut &'s str,
    ) -> Step {
        match next {
            '}' => {
                open.pop();
                self.at += 1;
                return Step::On(Want::Separator);
            }
            '{' | ']' => return self.close_table(open, next, behind),
            '"' | '\'' => {
                let rest = &self.rest_of_line()[1..];
                let Some(close) = rest.find(next) else {
                    return Step::Stop;
                };
                *key = &rest[..close];
                self.at += close + 2;
            }
            _ => {
                *key = look::bare_key(self.rest_of_line()).0;
                self.at += key.len();
            }
        }
        if key.is_empty() {
            return Step::Stop;
        }
        self.space();
        match self.equals(key, false) {
            Equals::Read => Step::On(Want::Value),
            _ => Step::Stop,
        }
    }

    /// A value without quotes: a number, a date, `true`; or a slip.
    fn bare(&mut self, within: Within, key: &str) {
        let line = self.rest_of_line();
        let start = self.at;
        let remark = line
            .match_indices('#')
            .find(|(at, _)| line[..*at].ends_with([' ', '\t']))
            .map_or(line.len(), |(at, _)| at);
        let end = match within {
            Within::Line => remark,
            Within::List => line[..remark].find([',', ';', ']']).unwrap_or(remark),
            Within::Table => line[..remark].find([',', ';', '}', ']']).unwrap_or(remark),
        };
        let raw = line[..end].trim_end();
        let first = raw.split([' ', '\t']).next().unwrap_or_default();
        self.at = start + raw.len();
        if is_scalar(raw) {
            return;
        }
        let behind = raw[first.len()..].trim_start();
        if look::key_of_pair(behind).is_some() && !first.is_empty() {
            self.at = start + first.len();
            if !is_scalar(first) {
                slips::bare(self, start..start + first.len(), key);
            }
            return;
        }
        // Words that end with a quote lack the one that opens them.
        let quote = line
            .char_indices()
            .find(|(_, c)| *c == '"' || look::CURLY.contains(c) && !matches!(c, '’' | '‘'));
        if let Some((at, quote)) = quote
            && look::surely_over(&line[at + quote.len_utf8()..], within)
        {
            self.at = start + at + quote.len_utf8();
            self.unopened(start..start + at, quote);
            return;
        }
        slips::bare(self, start..start + raw.len(), key);
    }
}

fn is_scalar(raw: &str) -> bool {
    let sign =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | ':' | '_' | ' ');
    !raw.is_empty() && raw.chars().all(sign) && toml::de::DeValue::parse(raw).is_ok()
}
