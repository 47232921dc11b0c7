//! Plain markup, read fast: what templates write that are written with care. In: a page. Out: its
//! outline, in slices of the page, or nothing.
//!
//! It gives up at the first thing that it does not know for certain to be read alike by the HTML
//! Standard: a name with capital letters, a value without quotes, a comment of another form than
//! `<!-- -->`, a tag without an end. It may know less than there is, and never other than there is.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::markup::{Attributes, characters, characters_of_value};
use super::outline::Outline;

/// Reads a page of plain markup. `None` for any other.
pub fn read(page: &[u8]) -> Option<Outline<'_>> {
    let text = std::str::from_utf8(page).ok()?;
    // The tokenizer puts other characters in the place of these.
    if memchr2(b'\0', b'\r', page).is_some() {
        return None;
    }
    let mut reader = Reader { page: text, at: 0 };
    let mut outline = Outline::default();
    let mut attributes = Attributes::default();
    loop {
        let words = reader.up_to(b'<').unwrap_or(&text[reader.at..]);
        if outline.listens() && !words.is_empty() {
            outline.text(&meant(words));
        }
        reader.at += words.len();
        if reader.at == text.len() {
            return Some(outline);
        }
        reader.at += 1;
        match reader.next()? {
            b'/' => {
                reader.at += 1;
                outline.close(reader.name()?);
                reader.pass(">")?;
            }
            b'!' => reader.declaration()?,
            _ => {
                let name = reader.name()?;
                reader.attributes(&mut attributes)?;
                outline.open(name, &attributes);
            }
        }
    }
}

/// A place in a page.
struct Reader<'p> {
    page: &'p str,
    at: usize,
}

impl<'p> Reader<'p> {
    fn rest(&self) -> &'p [u8] {
        &self.page.as_bytes()[self.at..]
    }

    fn next(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    /// What stands before the next such byte, of ASCII.
    fn up_to(&self, byte: u8) -> Option<&'p str> {
        let length = memchr(byte, self.rest())?;
        Some(&self.page[self.at..self.at + length])
    }

    fn pass(&mut self, text: &str) -> Option<()> {
        let there = self.rest().starts_with(text.as_bytes());
        self.at += text.len();
        there.then_some(())
    }

    /// The name of an element.
    fn name(&mut self) -> Option<&'p str> {
        let begins = self.next()?.is_ascii_lowercase();
        begins.then(|| {
            self.while_in(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
    }

    fn while_in(&mut self, belongs: impl Fn(u8) -> bool) -> &'p str {
        let rest = self.rest();
        let length = rest
            .iter()
            .position(|byte| !belongs(*byte))
            .unwrap_or(rest.len());
        let found = &self.page[self.at..self.at + length];
        self.at += length;
        found
    }

    /// Passes the attributes of an element, and the end of its tag.
    fn attributes(&mut self, found: &mut Attributes<'p>) -> Option<()> {
        found.clear();
        loop {
            let space = self.while_in(is_space);
            match self.next()? {
                b'>' => return self.pass(">"),
                b'/' => return self.pass("/>"),
                _ if space.is_empty() => return None,
                _ => {}
            }
            let name = self.while_in(in_attribute_name);
            if name.is_empty() {
                return None;
            }
            let value = match self.next()? {
                b'=' => {
                    self.at += 1;
                    self.value()?
                }
                _ => Cow::Borrowed(""),
            };
            found.push(name.into(), value);
        }
    }

    /// Passes a value and its quotes.
    fn value(&mut self) -> Option<Cow<'p, str>> {
        let quote = self.next().filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.at += 1;
        let written = self.up_to(quote)?;
        self.at += written.len() + 1;
        meant_by_value(written, quote)
    }

    /// Passes a comment or the document type; what they say does not matter.
    fn declaration(&mut self) -> Option<()> {
        if !self.rest().starts_with(b"!--") {
            return self.pass("!doctype html>");
        }
        self.at += "!--".len();
        let length = memmem::find(self.rest(), b"--")?;
        let comment = &self.rest()[..length];
        if comment.starts_with(b">") || memchr(b'<', comment).is_some() {
            return None;
        }
        self.at += length;
        self.pass("-->")
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}

fn in_attribute_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'_' | b'.')
}

/// The text that is meant by one with character references.
fn meant(written: &str) -> Cow<'_, str> {
    match escaped(written) {
        Some(meant) => meant,
        None => characters(written).into(),
    }
}

fn meant_by_value(written: &str, quote: u8) -> Option<Cow<'_, str>> {
    match escaped(written) {
        Some(meant) => Some(meant),
        None => characters_of_value(written, char::from(quote)).map(Cow::Owned),
    }
}

/// The text where it holds only what templates put in the place of characters with a meaning.
fn escaped(written: &str) -> Option<Cow<'_, str>> {
    let Some(first) = memchr(b'&', written.as_bytes()) else {
        return Some(written.into());
    };
    let mut meant = written[..first].to_owned();
    for reference in written[first + 1..].split('&') {
        let (name, behind) = reference.split_once(';')?;
        meant.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" | "#x27" => "'",
            _ => return None,
        });
        meant.push_str(behind);
    }
    Some(meant.into())
}
