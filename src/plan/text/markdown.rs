//! The one way into the Markdown parser.
//!
//! In: a text and its kind. Out: the parser's events, with spans in the text as it was given. May
//! not judge what it finds.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use super::glance::Signs;
use super::{Kind, glance};

/// Put before a sentence, so that it is a paragraph whatever it begins with: "1. Expand" is no
/// list, "# 1" no heading, "[x]: y" no definition. The space is what makes emphasis right behind
/// it work as at the start of a line (CommonMark, "left-flanking").
const SENTINEL: &str = "( ";

/// Calls `visit` with every event of `source`, in order. The paragraph that a sentence is, is not
/// mentioned.
pub(super) fn walk<'a>(
    source: &'a str,
    kind: Kind,
    folded: &'a mut String,
    mut visit: impl FnMut(Event<'a>, Range<usize>),
) {
    match kind {
        Kind::Body => {
            let events = Parser::new_ext(source, Options::ENABLE_TABLES).into_offset_iter();
            for (event, span) in TextMergeWithOffset::new(events) {
                visit(event, span);
            }
        }
        Kind::Sentence => {
            let trimmed = source.trim();
            if trimmed.is_empty() {
                return;
            }
            let start = source.len() - source.trim_start().len();
            fold(trimmed, folded);
            let in_source = |at: usize| start + at.saturating_sub(SENTINEL.len());
            let events = Parser::new_ext(folded, Options::empty()).into_offset_iter();
            let mut at_start = true;
            for (event, span) in TextMergeWithOffset::new(events) {
                let event = match event {
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => continue,
                    Event::Text(text) if std::mem::take(&mut at_start) => {
                        match without_sentinel(text) {
                            text if text.is_empty() => continue,
                            text => Event::Text(text),
                        }
                    }
                    event => event,
                };
                visit(event, in_source(span.start)..in_source(span.end));
            }
        }
    }
}

/// True where Markdown would find nothing in `source`, so that its words can be taken as they
/// are. May say no too often, never yes.
pub(super) fn is_plain(source: &str, kind: Kind, signs: Signs) -> bool {
    // "A & B" is no entity.
    let is_entity = |rest: &str| rest.starts_with(|c: char| c == '#' || c.is_ascii_alphanumeric());
    let has_entity = || source.split('&').skip(1).any(is_entity);
    if signs.may_be(Signs::MARKS) || signs.may_be(Signs::AMPERSAND) && has_entity() {
        return false;
    }
    // What makes a block stands at the start of a line; white space at its end breaks it; and a
    // bar may be part of a table.
    kind == Kind::Sentence
        || (!glance::any(source, |byte| glance::one_of(byte, b"|\r\x0b\x0c"))
            && source.split('\n').all(|line| {
                !line.starts_with(|c: char| {
                    c.is_whitespace() || c.is_ascii_digit() || "#>-+=~:".contains(c)
                }) && !line.ends_with([' ', '\t'])
            }))
}

/// The sentence on one line behind the sentinel; every byte keeps its place, for the spans.
fn fold(trimmed: &str, folded: &mut String) {
    folded.clear();
    folded.reserve(SENTINEL.len() + trimmed.len());
    folded.push_str(SENTINEL);
    if glance::any(trimmed, |byte| glance::one_of(byte, b"\n\r")) {
        folded.push_str(&trimmed.replace(['\n', '\r'], " "));
    } else {
        folded.push_str(trimmed);
    }
}

fn without_sentinel(text: CowStr<'_>) -> CowStr<'_> {
    match text {
        CowStr::Borrowed(text) => text.strip_prefix(SENTINEL).unwrap_or(text).into(),
        owned => match owned.strip_prefix(SENTINEL) {
            Some(text) => CowStr::from(text.to_owned()),
            None => owned,
        },
    }
}
