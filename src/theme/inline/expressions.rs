//! What stands in a tag, and which words in it stand for values.
//!
//! In: the text in a tag. Out: the same with the places of such words. Nothing here knows what the values are.

use std::ops::Range;

/// Words of expressions that name nothing.
const WORDS: [&str; 15] = [
    "if", "else", "elif", "endif", "for", "in", "endfor", "set", "not", "and", "or", "is", "true",
    "false", "none",
];

/// What stands in a tag.
#[derive(Debug)]
pub struct Expression<'t> {
    pub text: &'t str,
    /// Where names stand for values: no fields, filters, tests, functions or names of arguments.
    pub names: Vec<Range<usize>>,
    /// Has names of its own in it (as lists made on the way do), or anything else that is not understood here.
    pub strange: bool,
}

/// Looks through what stands in a tag.
pub fn read(text: &str) -> Expression<'_> {
    let bytes = text.as_bytes();
    let call = bytes.first() == Some(&b'<');
    let mut names = Vec::new();
    let mut strange = false;
    // The sign before a word; `s` behind `set`.
    let mut before = b' ';
    // How many `{` are open.
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        if !is_part(b) {
            if matches!(b, b'"' | b'\'' | b'`') {
                let closing = bytes[at + 1..].iter().position(|other| *other == b);
                let end = closing.map_or(bytes.len(), |n| at + 1 + n);
                strange |= text[at..end].contains('\\');
                at = end;
            }
            depth += usize::from(b == b'{');
            depth = depth.saturating_sub(usize::from(b == b'}'));
            strange |= match b {
                b'[' | b':' | b'\\' => true,
                b'{' => !call,
                // All the fields of a value.
                b'.' => bytes[at..].starts_with(b"..."),
                // A call in something else.
                b'<' => at > 0 && (call || text[at..].contains('>')),
                _ => false,
            };
            before = if b.is_ascii_whitespace() { before } else { b };
            at += 1;
            continue;
        }
        let end = bytes[at..].iter().position(|b| !is_part(*b));
        let end = end.map_or(bytes.len(), |n| at + n);
        let word = &text[at..end];
        let rest = text[end..].trim_start();
        let is_argument = rest.starts_with('=') && !rest.starts_with("==") && before != b's';
        let is_component = call && before == b'<' && names.is_empty();
        let is_other = matches!(before, b'.' | b'|') || rest.starts_with('(') || b.is_ascii_digit();
        if !is_argument && !is_component && !is_other && !WORDS.contains(&word) {
            // An argument for which only its name is given, which is that of its value too.
            strange |= call && depth == 0;
            names.push(at..end);
        }
        before = match word {
            // What follows names a test.
            "is" => b'|',
            "not" if before == b'|' => b'|',
            "set" if at == 0 => b's',
            _ => b'a',
        };
        at = end;
    }
    Expression {
        text,
        names,
        strange,
    }
}

fn is_part(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_ascii() && !is_part(c as u8))
}

impl<'t> Expression<'t> {
    /// The names, as they are written.
    pub fn words(&self) -> impl Iterator<Item = &'t str> {
        self.names.iter().map(|place| &self.text[place.clone()])
    }

    /// The name that is asked for first. What comes after it may never be: behind `and` or `or`, or where `if`
    /// chooses.
    pub fn first(&self) -> Option<&'t str> {
        let inside = match self.text.split_once(' ') {
            Some(("for", _)) => self.text.find(" in ")?,
            Some(("set", _)) => self.text.find('=')?,
            Some(("if", _)) => 0,
            _ if words(self.text).any(|word| word == "if") => return None,
            _ => 0,
        };
        let first = self.names.iter().find(|place| place.start >= inside)?;
        let mut before = words(&self.text[inside..first.start]);
        let always = !before.any(|word| matches!(word, "and" | "or"));
        always.then(|| &self.text[first.clone()])
    }

    /// Whatever might be called: all that is behind a `<`.
    pub fn calls(&self) -> impl Iterator<Item = &'t str> {
        self.text.split('<').skip(1).map(|rest| {
            let rest = rest.trim_start();
            let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
            &rest[..end.unwrap_or(rest.len())]
        })
    }

    /// The call of a component that a print tag is, if it is nothing but that: the name and the
    /// arguments, each a path or a plain value.
    pub fn call(&self) -> Option<(&'t str, Vec<(&'t str, &'t str)>)> {
        let inside = self.text.strip_prefix('<')?.strip_suffix("/>")?.trim();
        let (name, mut rest) = inside
            .split_once(char::is_whitespace)
            .unwrap_or((inside, ""));
        let mut arguments = Vec::new();
        rest = rest.trim_start();
        while !rest.is_empty() {
            let (argument, value) = rest.split_once('=')?;
            let closing = match value.as_bytes().first()? {
                b'{' => '}',
                b'"' => '"',
                _ => return None,
            };
            let end = 1 + value[1..].find(closing)?;
            let (value, after) = value.split_at(end + 1);
            let value = value
                .strip_prefix('{')
                .map_or(value, |v| v[..v.len() - 1].trim());
            let again = arguments.iter().any(|(other, _)| *other == argument);
            if again || !is_name(argument) || !(is_path(value) || literal(value).is_some()) {
                return None;
            }
            arguments.push((argument, value));
            rest = after.trim_start();
        }
        Some((name, arguments))
    }
}

pub fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !WORDS.contains(&text)
        && text != "loop"
}

/// A name and fields behind it.
fn is_path(text: &str) -> bool {
    text.split('.').all(is_name)
}

/// A plain value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    Words,
    Number,
    Choice,
}

/// The plain value that stands there, if it is one.
pub fn literal(text: &str) -> Option<Literal> {
    let inside = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    match inside {
        Some(inside) => (!inside.contains(['"', '\\'])).then_some(Literal::Words),
        None if matches!(text, "true" | "false") => Some(Literal::Choice),
        None => text.parse::<u32>().ok().map(|_| Literal::Number),
    }
}
