//! A template as a row of words and tags, with the white space around the tags settled.
//!
//! In: the text of a sound template. Out: its parts, without comments, and the text that they make
//! again: Tera renders the same from it.

use super::super::tags;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words that are shown as they stand.
    Text(String),
    /// What stands in `{{ ... }}`.
    Print(String),
    /// What stands in `{% ... %}`.
    Tag(String),
}

impl Part {
    /// In bytes, without the signs around a tag.
    pub fn length(&self) -> usize {
        let (Self::Text(inner) | Self::Print(inner) | Self::Tag(inner)) = self;
        inner.len()
    }
}

/// Cuts a template; `None` where it has a `raw` part, which is left to Tera.
pub fn cut(template: &str) -> Option<Vec<Part>> {
    if template.contains("endraw") {
        return None;
    }
    let mut parts = Vec::new();
    let mut between = Between::default();
    let mut tags = Vec::new();
    tags::each(template, |tag| tags.push(tag));
    let mut at = 0;
    for tag in tags {
        let whole = &template[tag.clone()];
        between.take(&template[at..tag.start], dash(whole), &mut parts);
        let inner = whole.get(2..whole.len() - 2)?;
        let inner = inner.strip_prefix('-').unwrap_or(inner);
        between.trims = inner.ends_with('-');
        let inner = inner.strip_suffix('-').unwrap_or(inner).trim().to_owned();
        parts.push(if whole.starts_with("{{") {
            Part::Print(inner)
        } else {
            Part::Tag(inner)
        });
        at = tag.end;
    }
    between.take(&template[at..], false, &mut parts);
    Some(parts)
}

/// The text that parts make; `None` where two of them would run together into something else.
pub fn join(parts: &[Part]) -> Option<String> {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Print(inner) => text.extend(["{{ ", inner, " }}"]),
            Part::Tag(inner) => text.extend(["{% ", inner, " %}"]),
        }
    }
    (cut(&text)? == merged(parts)).then_some(text)
}

/// The same with neighbouring words in one part.
fn merged(parts: &[Part]) -> Vec<Part> {
    let mut merged: Vec<Part> = Vec::new();
    for part in parts {
        match (merged.last_mut(), part) {
            (Some(Part::Text(before)), Part::Text(words)) => before.push_str(words),
            _ => merged.push(part.clone()),
        }
    }
    merged
}

/// True for a tag or comment that takes away the white space before it.
fn dash(tag: &str) -> bool {
    tag.as_bytes().get(2) == Some(&b'-')
}

/// What stands between tags.
#[derive(Default)]
struct Between {
    /// What came before takes away the white space behind it.
    trims: bool,
}

impl Between {
    /// Adds words without the comments among them. `open` says what the tag behind them takes.
    fn take(&mut self, mut rest: &str, open: bool, parts: &mut Vec<Part>) {
        while !rest.is_empty() {
            let start = rest.find("{#").unwrap_or(rest.len());
            let comment = &rest[start..];
            let ends = if comment.is_empty() {
                open
            } else {
                dash(comment)
            };
            self.add(&rest[..start], ends, parts);
            let end = comment.find("#}").map_or(comment.len(), |end| end + 2);
            self.trims |= comment[..end].ends_with("-#}");
            rest = &comment[end..];
        }
    }

    fn add(&mut self, words: &str, ends: bool, parts: &mut Vec<Part>) {
        if words.is_empty() {
            return;
        }
        let words = if std::mem::take(&mut self.trims) {
            words.trim_start()
        } else {
            words
        };
        let words = if ends { words.trim_end() } else { words };
        match parts.last_mut() {
            _ if words.is_empty() => {}
            Some(Part::Text(before)) => before.push_str(words),
            _ => parts.push(Part::Text(words.to_owned())),
        }
    }
}
