//! Words into HTML.
//!
//! In: text that is meant to be read. Out: the same, so written that HTML means nothing else by
//! it, between tags as well as between quotes of either kind. So the only quotes in finished HTML are
//! the double ones of its tags, and where a template puts all of it into an attribute that has single
//! quotes, nothing ends that attribute; one that has double quotes is ended by a tag alone, which
//! `audit` sees.

use std::borrow::Cow;

use super::glance::{self, Signs};

/// Writes `text` behind `out`, escaped; every other function here ends up with this one.
pub(super) fn escape(out: &mut String, text: &str) {
    if !glance::any(text, may_change) {
        return out.push_str(text);
    }
    for c in text.chars() {
        escape_char(out, c);
    }
}

/// What `text` says, as one line: white space is a single space. See [`Flow`].
pub(super) fn push_plain(out: &mut String, text: &str) {
    if is_one_line(text) && !(out.ends_with(' ') && text.starts_with(' ')) {
        return out.push_str(text);
    }
    for c in text.chars() {
        if !is_space(c) {
            out.push(readable(c));
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
}

/// The same for all of a text, which mostly is one line as it stands.
pub(super) fn on_one_line(text: &str) -> Cow<'_, str> {
    if is_one_line(text) {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    push_plain(&mut words, text);
    Cow::Owned(words)
}

/// The signs of a text that may say otherwise on one line what it says.
pub(super) const SEVERAL_LINES: Signs = Signs::UNREADABLE.and(Signs::LINES).and(Signs::TWO_SPACES);

/// The signs of a text that may be written otherwise by [`Flow`].
pub(super) const FLOWS: Signs = SEVERAL_LINES.and(Signs::HTML).and(Signs::AMPERSAND);

/// Running text in HTML, from its beginning to its end. See [`Flow`].
pub(super) fn flowing(text: &str) -> Cow<'_, str> {
    if !Flow::may_change(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    Flow::default().push_closely(&mut out, text);
    Cow::Owned(out)
}

/// True where a text says what it says on one line as it stands. May say no too often.
fn is_one_line(text: &str) -> bool {
    !glance::any(text, glance::begins_unreadable) && !glance::two_spaces(text)
}

/// True for a byte that may begin a character which is written otherwise in HTML.
fn may_change(byte: u8) -> bool {
    glance::one_of(byte, b"&<>\"'") | glance::begins_unreadable(byte)
}

/// Running text on its way into HTML: runs of white space become a single space, and a word with
/// slashes ("programs/services") may break after them, so that it fits a phone (WCAG 1.4.10).
///
/// It remembers the last word from one piece of text to the next, since Markdown cuts text at
/// places that have nothing to do with words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    last: Option<char>,
    /// The word is an address, which is copied and compared as it stands.
    is_address: bool,
}

impl Flow {
    const BEHIND_A_SPACE: Self = Self {
        last: Some(' '),
        is_address: false,
    };

    /// Forgets the word: what comes next begins another.
    pub(super) fn end_word(&mut self) {
        *self = Self::default();
    }

    /// Writes a piece of text behind `out`.
    pub(super) fn push(&mut self, out: &mut String, text: &str) {
        let goes_on_with_space = self.last == Some(' ') && text.starts_with(' ');
        let differs = goes_on_with_space || Self::may_change(text);
        // Most texts are written as they stand. Of their words only the last is of any interest to
        // what comes next, since it may go on there.
        match text.rfind(' ').filter(|_| !differs) {
            Some(space) => {
                out.push_str(&text[..=space]);
                *self = Self::BEHIND_A_SPACE;
                self.push_closely(out, &text[space + 1..]);
            }
            None => self.push_closely(out, text),
        }
    }

    /// True where a text may be written otherwise than it stands, whatever came before it.
    fn may_change(text: &str) -> bool {
        glance::any(text, |byte| may_change(byte) | (byte == b'/')) || glance::two_spaces(text)
    }

    /// The same, looking at every word.
    fn push_closely(&mut self, out: &mut String, text: &str) {
        let mut rest = text;
        loop {
            // Most of a text is letters that need no second look: they go in runs.
            let run = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if let Some(last) = rest[..run].chars().next_back() {
                out.push_str(&rest[..run]);
                self.last = Some(last);
            }
            let mut chars = rest[run..].chars();
            let Some(c) = chars.next() else { return };
            rest = chars.as_str();
            if is_space(c) {
                if self.last != Some(' ') {
                    out.push(' ');
                }
                *self = Self::BEHIND_A_SPACE;
                continue;
            }
            escape_char(out, c);
            let before = self.last.replace(c);
            let next = rest.chars().next();
            let between_letters =
                before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
            match c {
                '/' if before == Some(':') => self.is_address = true,
                '.' | '@' if between_letters => self.is_address = true,
                '/' if between_letters && !self.is_address => out.push_str("<wbr>"),
                _ => {}
            }
        }
    }
}

/// True where a person sees something: neither white space alone nor characters without a shape.
pub(super) fn is_visible(text: &str) -> bool {
    use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
    text.chars().any(|c| {
        c.is_ascii_graphic()
            || !c.is_whitespace()
                && !c.is_control()
                && c.general_category() != GeneralCategory::Format
                // Fillers that count as letters or symbols but are drawn as nothing.
                && !matches!(c, '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}')
    })
}

fn escape_char(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(readable(c)),
    }
}

/// `c`, or U+FFFD for what no HTML document may hold (HTML, 13.1.4): an entity can bring it in
/// where the TOML file itself is clean.
fn readable(c: char) -> char {
    let code = u32::from(c);
    let is_noncharacter = code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code);
    let is_control = c.is_control() && !matches!(c, '\t' | '\n');
    if is_control || is_noncharacter {
        '\u{fffd}'
    } else {
        c
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_on_one_line_is_what_its_characters_make_one_by_one(
            text in "[a .“é\\t\\r\\n\\x0c\\x7f\u{80}\u{b7}\u{fdd0}\u{fffe}\u{1ffff}\u{1f600}]{0,6}",
        ) {
            let mut words = String::new();
            push_plain(&mut words, &text);
            prop_assert!(words == text || Signs::of(&text).may_be(SEVERAL_LINES));
            prop_assert_eq!(on_one_line(&text), words);
        }

        #[test]
        fn no_text_comes_out_otherwise_for_being_looked_at_as_a_whole(
            texts in proptest::collection::vec("[a é./:@ \t\n&<'\x7f\u{fdd0}]{0,8}|[a .]{0,8}", 0..4),
        ) {
            let (mut quick, mut close) = (String::new(), String::new());
            let (mut flow, mut close_flow) = (Flow::default(), Flow::default());
            for text in &texts {
                flow.push(&mut quick, text);
                close_flow.push_closely(&mut close, text);
                prop_assert_eq!(&flow, &close_flow);
                let mut alone = String::new();
                Flow::default().push_closely(&mut alone, text);
                prop_assert_eq!(flowing(text), alone);
            }
            prop_assert_eq!(quick, close);
            for text in texts.iter().filter(|text| !Signs::of(text).may_be(FLOWS)) {
                let mut close = String::new();
                Flow::default().push_closely(&mut close, text);
                prop_assert_eq!(&close, text);
            }
        }

        #[test]
        fn words_and_escapes_are_what_their_characters_make_one_by_one(
            texts in proptest::collection::vec("[a é\t&<'\x7f\u{fdd0}]{0,4}", 0..4),
        ) {
            let (mut words, mut escaped) = (String::new(), String::new());
            let (mut one_by_one, mut escaped_one_by_one) = (String::new(), String::new());
            for text in &texts {
                push_plain(&mut words, text);
                escape(&mut escaped, text);
                for c in text.chars() {
                    push_plain(&mut one_by_one, &c.to_string());
                    escape_char(&mut escaped_one_by_one, c);
                }
            }
            prop_assert_eq!(words, one_by_one);
            prop_assert_eq!(escaped, escaped_one_by_one);
        }
    }
}
