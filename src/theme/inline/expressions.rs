//! The names in an expression of a template, and what kind of expression it is.
//!
//! In: what stands in a tag. Out: which words in it stand for values. Nothing here knows what the
//! values are.

/// Words of expressions that name nothing.
const WORDS: [&str; 13] = [
    "true", "false", "none", "not", "and", "or", "in", "is", "if", "elif", "else", "endif",
    "endfor",
];

/// What a `for` goes over; all of any other tag.
pub fn over(inner: &str) -> &str {
    match inner.strip_prefix("for ") {
        Some(inside) => inside.split_once(" in ").map_or(inner, |(_, list)| list),
        None => inner,
    }
}

/// A name in an expression, and where it stands.
pub struct Name<'e> {
    pub text: &'e str,
    pub start: usize,
    pub end: usize,
}

/// The names in an expression that stand for values: no fields, filters, tests, functions or names
/// of arguments.
pub fn names(expression: &str) -> Vec<Name<'_>> {
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
                text,
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

pub fn is_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && !WORDS.contains(&text)
        && text != "loop"
}

pub fn is_path(text: &str) -> bool {
    text.split('.').all(|step| step != "loop" && is_name(step))
}

/// Plain words in quotes, or yes or no.
pub fn is_literal(text: &str) -> bool {
    is_text(text) || matches!(text, "true" | "false")
}

/// Plain words in quotes.
pub fn is_text(text: &str) -> bool {
    let inside = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    inside.is_some_and(|inside| !inside.contains(['"', '\\']))
}
