//! Which components can stand in the place of their calls, and what then stands there.
//!
//! In: a component's definition, and the arguments of a call. Out: the component's parts with each
//! argument's path where its name stood. Only what comes out the same is taken: a component that
//! does no more than ask for and print its arguments, and that would find fault with an argument
//! at once.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::Part;

/// A component that is as small as that.
#[derive(Clone, Debug)]
pub struct Small {
    /// The names of its arguments, and what an argument is that may be left out.
    arguments: BTreeMap<String, Option<String>>,
    /// Names that it gives to what it goes through.
    locals: BTreeSet<String>,
    pub body: Vec<Part>,
}

/// How long a component may be, in bytes, so that the templates do not grow beyond measure.
const LENGTH: usize = 2_000;

/// Words of expressions that name nothing.
const WORDS: [&str; 13] = [
    "true", "false", "none", "not", "and", "or", "in", "is", "if", "elif", "else", "endif",
    "endfor",
];

impl Small {
    /// Takes a component, where it is one of these. `head` is the tag that opens it.
    pub fn new(head: &str, body: Vec<Part>) -> Option<Self> {
        let (_, list) = head.split_once('(')?;
        let mut arguments = BTreeMap::new();
        for argument in list.trim_end().strip_suffix(')')?.split(',').map(str::trim) {
            match argument.split_once('=') {
                Some((name, value)) if is_literal(value.trim()) => {
                    arguments.insert(name.trim().to_owned(), Some(value.trim().to_owned()));
                }
                _ if argument.is_empty() => {}
                _ => {
                    arguments.insert(argument.to_owned(), None);
                }
            }
        }
        // No type, no `@`, no `...`.
        if !arguments.keys().all(|name| is_name(name)) {
            return None;
        }
        let length: usize = body.iter().map(Part::length).sum();
        if length > LENGTH {
            return None;
        }
        let mut small = Self {
            arguments,
            locals: BTreeSet::new(),
            body: Vec::new(),
        };
        let asked = small.look_through(&body)?;
        small.body = body;
        let needed = small.arguments.iter().filter(|(_, value)| value.is_none());
        let mut needed = needed.map(|(name, _)| name);
        needed.all(|name| asked.contains(name)).then_some(small)
    }

    /// Collects the names that are asked for whatever the arguments are. `None` where there is
    /// anything that would be something else in another place.
    fn look_through(&mut self, body: &[Part]) -> Option<BTreeSet<String>> {
        let mut asked = BTreeSet::new();
        let mut depth = 0;
        for part in body {
            let (inner, always) = match part {
                Part::Text(_) => continue,
                // `a if b`: it depends.
                Part::Print(inner) => (inner, depth == 0 && !inner.contains(" if ")),
                Part::Tag(inner) => {
                    let deeper = self.deeper(inner)?;
                    let always = depth == 0 && deeper > 0;
                    depth += deeper;
                    (inner, always)
                }
            };
            let names = names(over(inner));
            if always {
                // What comes after `and` and `or` may never be asked for.
                asked.extend(names.first().map(|name| name.text.clone()));
            }
            let known =
                |name: &str| self.arguments.contains_key(name) || self.locals.contains(name);
            if !names.iter().all(|name| known(&name.text)) {
                return None;
            }
            // Lists made on the way and tables have names of their own in them.
            let is_call = inner.starts_with('<');
            if inner.contains(['[', ':', '\\']) || inner.contains('{') && !is_call {
                return None;
            }
        }
        Some(asked)
    }

    /// How much deeper than a tag stands what follows it; `None` for a tag that does more than
    /// choose or repeat.
    fn deeper(&mut self, tag: &str) -> Option<i32> {
        match tag.split_whitespace().next()? {
            "if" => Some(1),
            "elif" | "else" => Some(0),
            "endif" | "endfor" => Some(-1),
            "for" => {
                let (local, _) = tag["for".len()..].split_once(" in ")?;
                let local = local.trim();
                if !is_name(local) || self.arguments.contains_key(local) {
                    return None;
                }
                self.locals.insert(local.to_owned());
                Some(1)
            }
            _ => None,
        }
    }

    /// What stands in the place of a call with these arguments; `None` where that is not sure to
    /// be the same.
    pub fn called(&self, given: &BTreeMap<String, String>) -> Option<Vec<Part>> {
        if !given.keys().all(|name| self.arguments.contains_key(name)) {
            return None;
        }
        let mut values = BTreeMap::new();
        for (name, default) in &self.arguments {
            let value = given.get(name).or(default.as_ref())?;
            let root = value.split('.').next().unwrap_or_default();
            if self.locals.contains(root) || root == "loop" {
                return None;
            }
            values.insert(name.as_str(), value.as_str());
        }
        let put = |inner: &String| {
            let mut text = String::new();
            let mut at = 0;
            for name in names(inner) {
                let Some(value) = values.get(name.text.as_str()) else {
                    continue;
                };
                if !is_path(value) && inner[name.end..].starts_with(['.', '?', '[']) {
                    return None;
                }
                text.push_str(&inner[at..name.start]);
                text.push_str(value);
                at = name.end;
            }
            Some(text + &inner[at..])
        };
        let put = |part: &Part| match part {
            Part::Text(_) => Some(part.clone()),
            Part::Print(inner) => put(inner).map(Part::Print),
            Part::Tag(inner) => put(inner).map(Part::Tag),
        };
        self.body.iter().map(put).collect()
    }
}

/// The call of a component that a print tag is, if it is nothing but that: the name and the
/// arguments, each a path or plain words.
pub fn call(print: &str) -> Option<(&str, BTreeMap<String, String>)> {
    let inside = print.strip_prefix('<')?.strip_suffix("/>")?.trim();
    let (name, mut rest) = match inside.split_once(char::is_whitespace) {
        Some((name, rest)) => (name, rest.trim()),
        None => (inside, ""),
    };
    let mut arguments = BTreeMap::new();
    while !rest.is_empty() {
        let (argument, value) = rest.split_once('=')?;
        let closing = match value.as_bytes().first()? {
            b'{' => '}',
            b'"' => '"',
            _ => return None,
        };
        let end = 1 + value[1..].find(closing)?;
        let value = match closing {
            '}' => value[1..end].trim(),
            _ => &value[..=end],
        };
        if !is_name(argument) || !(is_path(value) || is_literal(value)) {
            return None;
        }
        arguments.insert(argument.to_owned(), value.to_owned());
        rest = rest[argument.len() + 1 + end + 1..].trim_start();
    }
    Some((name, arguments))
}

/// What a `for` goes over; all of any other tag.
fn over(inner: &str) -> &str {
    match inner.strip_prefix("for ") {
        Some(inside) => inside.split_once(" in ").map_or(inner, |(_, list)| list),
        None => inner,
    }
}

/// A name in an expression, and where it stands.
struct Name {
    text: String,
    start: usize,
    end: usize,
}

/// The names in an expression that stand for values: no fields, filters, tests, functions or names
/// of arguments.
fn names(expression: &str) -> Vec<Name> {
    let bytes = expression.as_bytes();
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b >= 0x80;
    let mut names = Vec::new();
    let mut at = 0;
    let mut before = b' ';
    while at < bytes.len() {
        let b = bytes[at];
        if matches!(b, b'"' | b'\'' | b'`') {
            let closing = expression[at + 1..].find(char::from(b));
            at = closing.map_or(bytes.len(), |n| at + 1 + n + 1);
            before = b;
            continue;
        }
        if !is_part(&b) {
            before = if b.is_ascii_whitespace() { before } else { b };
            at += 1;
            continue;
        }
        let end = bytes[at..].iter().position(|b| !is_part(b));
        let end = end.map_or(bytes.len(), |n| at + n);
        let text = &expression[at..end];
        let rest = expression[end..].trim_start();
        let names_argument = rest.starts_with('=') && !rest.starts_with("==");
        // The first word behind `<` names the component that is called.
        let names_component = before == b'<' && names.is_empty() && expression.starts_with('<');
        let names_field_or_filter = matches!(before, b'.' | b'|');
        let is_value = !names_field_or_filter
            && !names_component
            && !names_argument
            && !rest.starts_with('(')
            && !b.is_ascii_digit()
            && !WORDS.contains(&text);
        if is_value {
            names.push(Name {
                text: text.to_owned(),
                start: at,
                end,
            });
        }
        before = b'a';
        // What follows `is` names a test.
        if text == "is" {
            before = b'|';
        }
        at = end;
    }
    names
}

fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !WORDS.contains(&text)
        && text != "loop"
}

fn is_path(text: &str) -> bool {
    text.split('.').all(|step| step != "loop" && is_name(step))
}

/// Plain words in quotes.
fn is_literal(text: &str) -> bool {
    let inside = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    inside.is_some_and(|inside| !inside.contains(['"', '\\']))
}
