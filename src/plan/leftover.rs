//! Markup that did not become what its author meant: it would stand on the page as plain signs.
//!
//! A text is never wrong because of it, so this is only ever a warning.

use std::ops::Range;

use memchr::{memchr3, memmem};

use super::text::glance::Signs;
use super::text::{Kind, Text};

/// The bullets of Word.
const BULLETS: &[char] = &['•', '·', '▪', '◦', '\u{f0b7}'];

/// What stands in a text that was probably meant as markup: where in the source, what it is, and
/// what to write.
pub fn find(text: &Text) -> Option<(Range<usize>, String, &'static str)> {
    let source = text.source();
    if text.kind() == Kind::Sentence
        && let Some(mark) = entry_mark(source)
    {
        return Some((
            mark.clone(),
            format!("`{}` will stand on the page as it is", source[mark].trim()),
            "Take it away: the lists on the page have marks and numbers of their own.",
        ));
    }
    // Most texts hold none of these signs.
    let is_stray =
        || memchr3(b'<', b']', b'\n', source.as_bytes()).is_some() || source.contains(['•', '·']);
    if !text.signs().may_be(Signs::STRAY) || !is_stray() {
        return None;
    }
    let unmeant = |at: usize| !is_code(source, at);
    let is_shown = |signs: &str| memmem::find(text.plain().as_bytes(), signs.as_bytes()).is_some();
    if is_shown("](")
        && let Some(at) = source.find("](")
        && unmeant(at)
        && !source[..at].contains("\\[")
    {
        return Some((
            at..at + 2,
            "this did not become a link".to_owned(),
            "An address holds no spaces and has no quotes around it: [the survey](files/our-survey.pdf).",
        ));
    }
    if let Some(tag) = tag(source)
        && is_shown(&source[tag.clone()])
        && unmeant(tag.start)
    {
        return Some((
            tag.clone(),
            format!("`{}` will stand on the page as it is", &source[tag]),
            "HTML is shown as text. Write *emphasis*, **strong** and [links](https://example.org/).",
        ));
    }
    match text.kind() {
        Kind::Body => bullet(source).map(|at| {
            (
                at,
                "this bullet does not make a list".to_owned(),
                "Begin each entry with a hyphen and a space, and leave a blank line before the first.",
            )
        }),
        Kind::Sentence => paragraph(source).map(|at| {
            (
                at,
                "this key holds one sentence or a few, so the paragraphs become one".to_owned(),
                "Join them, or put what needs paragraphs or a list into a [[sections]] table.",
            )
        }),
    }
}

/// True where a place stands between back-ticks, as code does.
fn is_code(source: &str, at: usize) -> bool {
    source[..at].matches('`').count() % 2 == 1
}

/// The first thing that looks like an HTML tag.
fn tag(source: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = source[from..].find('<').map(|at| from + at) {
        let inside = &source[at + 1..];
        let name = inside.trim_start_matches('/');
        let length = inside.find(['<', '>', '\n']).unwrap_or(inside.len());
        let closed = inside[length..].starts_with('>');
        if closed && name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Some(at..at + 1 + length + 1);
        }
        from = at + 1;
    }
    None
}

/// What Word puts before an entry of a list, at the beginning of a sentence: a bullet, a hyphen, or
/// a number with a tab.
fn entry_mark(source: &str) -> Option<Range<usize>> {
    let number = source.bytes().take_while(u8::is_ascii_digit).count();
    let behind = source[number..].trim_start_matches(['.', ')']);
    if number > 0 && behind.starts_with('\t') {
        return Some(0..source.len() - behind.len());
    }
    let sign = source.chars().next()?;
    let is_entry = match sign {
        '-' | '*' | '+' | '–' => source[sign.len_utf8()..].starts_with([' ', '\t']),
        _ => BULLETS.contains(&sign),
    };
    is_entry.then(|| 0..sign.len_utf8())
}

/// The first bullet, as Word types it, at the beginning of a line (U+F0B7 is the one of its font
/// Symbol).
fn bullet(source: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let first = source[start..].chars().next();
        if let Some(sign) = first.filter(|sign| BULLETS.contains(sign)) {
            return Some(start..start + sign.len_utf8());
        }
        at += line.len();
    }
    None
}

/// Where a sentence is cut into paragraphs or lists.
fn paragraph(source: &str) -> Option<Range<usize>> {
    let body = source.trim();
    let offset = source.len() - source.trim_start().len();
    let mut at = offset;
    for line in body.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        let entry = words
            .strip_prefix(['-', '*', '+'])
            .is_some_and(|rest| rest.starts_with(' '));
        if start > offset && (words.is_empty() || entry) {
            return Some(start..start + line.trim_end().len().max(1));
        }
    }
    None
}
