//! Finished markup, read back. In: the bytes of a page. Out: its outline.
//!
//! There are two readers. One knows the tokenizer of the HTML Standard. The other knows only plain
//! markup, reads that many times faster, and leaves every other page to the first: what they make
//! of a page is the same.

use std::borrow::Cow;

use html5gum::{Token, Tokenizer};

use super::outline::Outline;
use super::{broken, plain};

/// How a page is read back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// By the HTML Standard, whatever stands there.
    Full,
    /// As plain markup where it is that.
    Quick,
}

/// Reads a page back.
pub fn read(page: &[u8], reading: Reading) -> Outline<'_> {
    let plain = match reading {
        Reading::Quick => plain::read(page),
        Reading::Full => None,
    };
    plain.unwrap_or_else(|| in_full(page))
}

/// An attribute that an outline asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    Action,
    Alt,
    AriaLabel,
    AriaLabelledby,
    Cite,
    Content,
    Data,
    Formaction,
    Href,
    HttpEquiv,
    Id,
    Imagesrcset,
    Lang,
    Name,
    Poster,
    Property,
    Src,
    Srcset,
    Style,
    XlinkHref,
}

impl Attribute {
    const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The one that is written so; `None` for any that does not matter.
    pub fn written(name: &[u8]) -> Option<Self> {
        Some(match name {
            // Most are these.
            b"tabindex" => return None,
            b"href" => Self::Href,
            b"id" => Self::Id,
            b"action" => Self::Action,
            b"alt" => Self::Alt,
            b"aria-label" => Self::AriaLabel,
            b"aria-labelledby" => Self::AriaLabelledby,
            b"cite" => Self::Cite,
            b"content" => Self::Content,
            b"data" => Self::Data,
            b"formaction" => Self::Formaction,
            b"http-equiv" => Self::HttpEquiv,
            b"imagesrcset" => Self::Imagesrcset,
            b"lang" => Self::Lang,
            b"name" => Self::Name,
            b"poster" => Self::Poster,
            b"property" => Self::Property,
            b"src" => Self::Src,
            b"srcset" => Self::Srcset,
            b"style" => Self::Style,
            b"xlink:href" => Self::XlinkHref,
            _ => return None,
        })
    }
}

/// The attributes of an element that matter, with their values as they are meant. Of two with one
/// name, the first counts.
#[derive(Debug, Default)]
pub struct Attributes<'p> {
    list: Vec<(Attribute, Cow<'p, str>)>,
    /// A bit for each name that is there.
    names: u32,
}

impl<'p> Attributes<'p> {
    /// The value of an attribute; empty where it is written without one.
    pub fn get(&self, name: Attribute) -> Option<&Cow<'p, str>> {
        if !self.have(&[name]) {
            return None;
        }
        let mut attributes = self.list.iter();
        let found = attributes.find(|(known, _)| *known == name);
        found.map(|(_, value)| value)
    }

    /// True where there is one of these.
    pub fn have(&self, names: &[Attribute]) -> bool {
        let bits = names.iter().fold(0, |bits, name| bits | name.bit());
        self.names & bits != 0
    }

    /// Adds one behind the others.
    pub fn push(&mut self, name: Attribute, value: Cow<'p, str>) {
        self.names |= name.bit();
        self.list.push((name, value));
    }

    /// Takes them all out.
    pub fn clear(&mut self) {
        self.list.clear();
        self.names = 0;
    }
}

/// Reads any page.
fn in_full(page: &[u8]) -> Outline<'static> {
    let mut outline = Outline::default();
    let mut may_be_broken = false;
    for token in Tokenizer::new(page) {
        match token {
            Ok(Token::StartTag(tag)) => {
                let mut attributes = Attributes::default();
                for (name, value) in &tag.attributes {
                    if let Some(name) = Attribute::written(name) {
                        attributes.push(name, text(value));
                    }
                }
                outline.open(&tag.name, &attributes);
            }
            Ok(Token::EndTag(tag)) => outline.close(&tag.name),
            Ok(Token::String(words)) => outline.text(&text(&words)),
            Ok(Token::Error(error)) => may_be_broken |= broken::may_tell(error.value),
            _ => {}
        }
    }
    if may_be_broken {
        outline.broken = broken::find(page);
    }
    outline
}

/// The text that character references in a text without tags stand for.
pub fn characters(written: &str) -> String {
    let mut meant = String::new();
    for token in Tokenizer::new(written) {
        if let Ok(Token::String(words)) = token {
            meant.push_str(&text(&words));
        }
    }
    meant
}

/// The same in an attribute's value, where `&` means itself more often.
pub fn characters_of_value(written: &str, quote: char) -> Option<String> {
    let tag = format!("<p title={quote}{written}{quote}>");
    let tag = Tokenizer::new(&tag).find_map(|token| match token {
        Ok(Token::StartTag(tag)) => Some(tag),
        _ => None,
    })?;
    let (_, value) = tag.attributes.first_key_value()?;
    Some(text(value).into_owned())
}

fn text(bytes: &[u8]) -> Cow<'static, str> {
    String::from_utf8_lossy(bytes).into_owned().into()
}
