//! A template as a row of words and tags, with the white space around the tags settled.
//!
//! In: the text of a sound template. Out: its parts, without comments. Written one after the other they
//! render the same.

use super::super::tags;
use super::expressions::{self, Expression};

/// A part of a template.
#[derive(Debug)]
pub enum Part<'t> {
    /// Words that are shown as they stand.
    Text(&'t str),
    /// What stands in `{{ ... }}`.
    Print(Expression<'t>),
    /// What stands in `{% ... %}`.
    Tag(Expression<'t>),
}

impl<'t> Part<'t> {
    /// The component that a tag begins to define: what stands behind `component`.
    pub fn opens(&self) -> Option<&'t str> {
        match self {
            Self::Tag(tag) => after(tag, "component"),
            _ => None,
        }
    }

    /// What stands in a tag where it gives values to names: the names, and perhaps more.
    pub fn binds(&self) -> Option<&'t str> {
        let Self::Tag(tag) = self else { return None };
        let set = after(tag, "set").or_else(|| after(tag, "set_global"));
        let set = set.map(|rest| rest.split('=').next().unwrap_or(rest));
        set.or_else(|| after(tag, "for")?.split(" in ").next())
    }

    /// True for the tag that names the template around this one.
    pub fn extends(&self) -> bool {
        matches!(self, Self::Tag(tag) if after(tag, "extends").is_some())
    }

    /// The template that a tag extends or includes, if it is one that does: `None` in it where that cannot be read.
    pub fn names_template(&self) -> Option<Option<&'t str>> {
        let Self::Tag(tag) = self else { return None };
        let rest = after(tag, "extends").or_else(|| after(tag, "include"))?;
        let quote = rest
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\'' | '`'));
        Some(quote.and_then(|quote| rest[1..].split(quote).next()))
    }

    /// True for the tag behind a component's definition.
    pub fn closes(&self) -> bool {
        matches!(self, Self::Tag(tag) if tag.text.starts_with("endcomponent"))
    }
}

/// What stands behind the word that a tag begins with.
fn after<'t>(tag: &Expression<'t>, word: &str) -> Option<&'t str> {
    let rest = tag.text.strip_prefix(word)?;
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    ends.then(|| rest.trim_start())
}

/// Cuts a template; `None` where it has a `raw` part, which is left to Tera.
pub fn cut(template: &str) -> Option<Vec<Part<'_>>> {
    if template.contains("endraw") {
        return None;
    }
    let mut parts = Vec::new();
    let mut trims = false;
    let mut at = 0;
    let mut sound = true;
    tags::each(template, |tag| {
        let whole = &template[tag.clone()];
        words(
            &template[at..tag.start],
            &mut trims,
            dash(whole),
            &mut parts,
        );
        at = tag.end;
        let Some(inner) = whole.get(2..whole.len() - 2) else {
            sound = false;
            return;
        };
        let inner = inner.strip_prefix('-').unwrap_or(inner);
        trims = inner.ends_with('-');
        let inner = inner.strip_suffix('-').unwrap_or(inner).trim();
        let expression = expressions::read(inner);
        parts.push(if whole.starts_with("{{") {
            Part::Print(expression)
        } else {
            Part::Tag(expression)
        });
    });
    words(&template[at..], &mut trims, false, &mut parts);
    sound.then_some(parts)
}

/// Adds what stands between two tags, without the comments in it. `trims`: what came before takes
/// away the white space behind it; `trimmed`: what follows takes that before it.
fn words<'t>(mut rest: &'t str, trims: &mut bool, trimmed: bool, parts: &mut Vec<Part<'t>>) {
    while !rest.is_empty() {
        let start = memchr::memmem::find(rest.as_bytes(), b"{#").unwrap_or(rest.len());
        let (text, comment) = rest.split_at(start);
        if !text.is_empty() {
            let text = if *trims { text.trim_start() } else { text };
            let ends = if comment.is_empty() {
                trimmed
            } else {
                dash(comment)
            };
            let text = if ends { text.trim_end() } else { text };
            *trims = false;
            if !text.is_empty() {
                parts.push(Part::Text(text));
            }
        }
        let end = comment.find("#}").map_or(comment.len(), |end| end + 2);
        *trims |= comment[..end].ends_with("-#}");
        rest = &comment[end..];
    }
}

/// True for a tag or comment that takes away the white space before it.
fn dash(tag: &str) -> bool {
    tag.as_bytes().get(2) == Some(&b'-')
}
