//! HTML as a row of tags and words, and back in its normal form.
//!
//! In: HTML that this program wrote. Out: its tokens; and, of tokens, the one way of writing them
//! that a parser's serialization gives too (HTML, 13.3 "Serializing HTML fragments"). So what passes
//! through another system unchanged is also unchanged to the byte.

use html5gum::Tokenizer;

/// A piece of HTML. Comments and the like are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Start(Tag),
    /// The name of the element that ends.
    End(String),
    /// Words, with their entities undone.
    Text(String),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: String,
    /// Sorted by name, values with their entities undone.
    pub(super) attributes: Vec<(String, String)>,
}

impl Tag {
    /// The attribute's value.
    pub(super) fn get(&self, wanted: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.as_str())
    }
}

/// Reads HTML.
pub(super) fn read(html: &str) -> Vec<Token> {
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut tokens = Vec::new();
    for token in Tokenizer::new(html) {
        match token {
            Ok(html5gum::Token::StartTag(tag)) => tokens.push(Token::Start(Tag {
                name: words(&tag.name),
                attributes: tag
                    .attributes
                    .iter()
                    .map(|(name, value)| (words(name), words(value)))
                    .collect(),
            })),
            Ok(html5gum::Token::EndTag(tag)) => tokens.push(Token::End(words(&tag.name))),
            Ok(html5gum::Token::String(text)) => tokens.push(Token::Text(words(&text))),
            _ => {}
        }
    }
    tokens
}

/// True for an element that has no end tag and nothing inside.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Writes a start tag. Its attributes go by their names.
pub(super) fn write_start(out: &mut String, name: &str, attributes: &[(&str, String)]) {
    out.push('<');
    out.push_str(name);
    for (name, value) in attributes {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        for c in value.chars() {
            match c {
                '"' => out.push_str("&quot;"),
                c => write_char(out, c),
            }
        }
        out.push('"');
    }
    out.push('>');
}

/// Writes words.
pub(super) fn write_text(out: &mut String, text: &str) {
    for c in text.chars() {
        write_char(out, c);
    }
}

fn write_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\u{a0}' => out.push_str("&nbsp;"),
        c => out.push(c),
    }
}
