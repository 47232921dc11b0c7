//! What a piece of a text looks like: a heading, a line `key = value`, a quote that ends a text.
//!
//! In: a slice of the file. Out: yes or no. These are guesses about what a person meant, so they
//! are only asked where the parser has found an error.

/// Quotes that are not TOML's, as Word and phones make them.
pub const CURLY: &[char] = &[
    '“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '‹', '›', '″', '＂',
];

/// Where a value stands, which decides what may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Within {
    Line,
    List,
    Table,
}

pub fn is_quote(c: char) -> bool {
    c == '"' || c == '\'' || CURLY.contains(&c)
}

pub fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// White space that is none for TOML: what Word writes to keep two words together, and the like.
pub fn odd_space(c: char) -> Option<&'static str> {
    match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some("a no-break space"),
        '\u{200b}' | '\u{2060}' | '\u{feff}' => Some("an invisible space without width"),
        '\u{3000}' => Some("an ideographic space"),
        '\u{2000}'..='\u{200a}' | '\u{205f}' => Some("a space of special width"),
        _ => None,
    }
}

fn trimmed(text: &str) -> &str {
    text.trim_start_matches(|c| matches!(c, ' ' | '\t' | '\r') || odd_space(c).is_some())
}

/// The key at the beginning of a text, with dots, and what stands behind it.
pub fn bare_key(text: &str) -> (&str, &str) {
    let end = text
        .find(|c| !is_key_char(c) && c != '.')
        .unwrap_or(text.len());
    text.split_at(end)
}

/// The key where the text begins like `key = `.
pub fn key_of_pair(text: &str) -> Option<&str> {
    let (key, rest) = bare_key(trimmed(text));
    (!key.is_empty() && trimmed(rest).starts_with('=')).then_some(key)
}

/// True for a line `key = ` with something after it that begins a value.
pub fn is_pair(line: &str) -> bool {
    let Some(key) = key_of_pair(line) else {
        return false;
    };
    let value = line[line.find(key).unwrap_or(0) + key.len()..]
        .trim_start_matches(|c: char| c.is_whitespace() || c == '=');
    value.starts_with(|c: char| is_quote(c) || matches!(c, '[' | '{') || c.is_ascii_digit())
        || value.starts_with("true")
        || value.starts_with("false")
}

/// The name in a line that is a heading, `[letter]` or `[[domains]]`. `[1]` and `[true]` may be
/// lists in a list.
pub fn heading(line: &str) -> Option<&str> {
    let rest = trimmed(line).strip_prefix('[')?;
    let rest = trimmed(rest.strip_prefix('[').unwrap_or(rest));
    let (name, rest) = bare_key(rest);
    let rest = trimmed(rest).strip_prefix(']')?;
    let rest = trimmed(rest.strip_prefix(']').unwrap_or(rest));
    let named = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && !matches!(name, "true" | "false" | "inf" | "nan");
    (named && ends(rest)).then_some(name)
}

/// True at the end of a line, also where a remark or only white space is left of it.
pub fn ends(rest: &str) -> bool {
    trimmed(rest).is_empty() || trimmed(rest).starts_with(['\n', '#'])
}

/// True where a value may be over: what follows is what may follow one.
pub fn over(rest: &str, within: Within) -> bool {
    let rest = trimmed(rest);
    ends(rest)
        || match within {
            // A comma or period behind a line is too much, but the text before it is whole.
            Within::Line => ends(rest.trim_start_matches([',', ';', '.'])),
            Within::List => rest.starts_with([',', ';', ']']),
            Within::Table => rest.starts_with([',', ';', '}']),
        }
}

/// True where a value is certainly over: a comma inside a sentence is no comma between entries.
pub fn surely_over(rest: &str, within: Within) -> bool {
    let rest = trimmed(rest);
    if ends(rest) {
        return true;
    }
    if within == Within::Line {
        return false;
    }
    let behind = trimmed(&rest[rest.chars().next().map_or(0, char::len_utf8)..]);
    match (rest.as_bytes()[0], within) {
        (b',', Within::List) => {
            ends(behind)
                || behind.starts_with(|c: char| {
                    is_quote(c) || matches!(c, '[' | ']' | '{') || c.is_ascii_digit()
                })
        }
        (b',', Within::Table) => {
            ends(behind) || behind.starts_with('}') || key_of_pair(behind).is_some()
        }
        (b']', Within::List) | (b'}', Within::Table) => {
            ends(behind) || behind.starts_with([',', ']', '}'])
        }
        _ => false,
    }
}
