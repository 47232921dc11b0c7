//! Backslashes that begin no escape of TOML: a path as Windows writes it, mostly.
//!
//! In: the span of a text in double quotes. Out: one slip for it, every such backslash doubled.

use std::ops::Range;

use super::scan::Scan;
use crate::diagnostic::Diagnostic;

impl Scan<'_> {
    /// Looks for backslashes that begin no escape of TOML.
    pub fn escapes(&mut self, range: Range<usize>) {
        let text = &self.text[range.clone()];
        if !text.contains('\\') {
            return;
        }
        let bad = bad_escapes(text);
        let Some(&first) = bad.first() else {
            return;
        };
        for at in &bad {
            self.edit(range.start + at..range.start + at, "\\");
        }
        let words = text.trim_matches('"');
        let letter = text[first + 1..]
            .chars()
            .next()
            .filter(|c| !c.is_whitespace())
            .unwrap_or(' ');
        let file = address_around(text, first);
        let help = match file {
            Some(address) => format!(
                "Addresses are written with `/` on every system: {}",
                address.replace('\\', "/")
            ),
            None if !words.contains(['\'', '\n']) => format!(
                "Put the text in single quotes, in which backslashes mean nothing: '{words}'."
            ),
            None => "Write two backslashes where one is meant: \\\\.".to_owned(),
        };
        let what = match letter {
            'u' | 'U' | 'x' => format!(
                "`\\{letter}` needs the number of a character behind it; a backslash in double quotes begins an escape"
            ),
            _ => format!(
                "`\\{letter}` means nothing in TOML; a backslash in double quotes begins an escape"
            ),
        };
        let at = range.start + first;
        let found = Diagnostic::error("backslash", what)
            .at(self.source, at..at + 1 + letter.len_utf8())
            .help(help);
        self.slip(found, range);
    }
}

/// Where backslashes stand in a text that begin no escape.
fn bad_escapes(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut bad = Vec::new();
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let code = |digits: usize| {
            text.get(at + 2..at + 2 + digits)
                .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
                .and_then(|hex| u32::from_str_radix(hex, 16).ok())
                .and_then(char::from_u32)
                .is_some()
        };
        let good = match bytes[at + 1] {
            b'b' | b't' | b'n' | b'f' | b'r' | b'e' | b'"' | b'\\' => true,
            b'u' => code(4),
            b'U' => code(8),
            b'x' => code(2),
            b' ' | b'\t' | b'\r' | b'\n' => {
                let line = text[at + 1..].split('\n').next().unwrap_or_default();
                line.len() + at + 1 < text.len() && line.trim().is_empty()
            }
            _ => false,
        };
        if good {
            at += 2;
        } else {
            bad.push(at);
            at += 1;
        }
    }
    bad
}

/// The address of a link or image that the byte `at` stands in.
fn address_around(text: &str, at: usize) -> Option<&str> {
    let start = text[..at].rfind("](")? + 2;
    let inside = !text[start..at].contains([')', '\n', '"']);
    let length = text[start..]
        .find([')', '\n', '"', ' '])
        .unwrap_or(text.len() - start);
    inside.then(|| &text[start..start + length])
}
