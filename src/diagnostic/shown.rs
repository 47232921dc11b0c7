//! Text from an input file, made safe to show.
//!
//! In: any text. Out: the same number of characters, so that columns stay true, without those
//! that a terminal would obey instead of show: escape sequences could repaint what a person
//! reads, and bidirectional overrides can make a line read other than it is stored
//! (CVE-2021-42574, "Trojan Source").

use std::borrow::Cow;

/// The text with a visible stand-in for each character that must not reach a screen as it is.
/// Line feeds and tabs stay, and so does the carriage return of a CR LF.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let ends_line = c == '\r' && rest.as_str().starts_with('\n');
        safe.push(if ends_line { c } else { stand_in(c) });
    }
    Cow::Owned(safe)
}

/// As [`shown`], on one line.
pub(super) fn shown_on_one_line(text: &str) -> String {
    shown(text).replace(['\r', '\n', '\t'], " ")
}

/// True for a character that a terminal may act on, or that changes the order in which its
/// neighbours are read.
pub(super) fn is_unsafe(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // Bidirectional embeddings, overrides and isolates. The marks U+200E, U+200F and U+061C
        // are ordinary in Hebrew and Arabic text, and move nothing but themselves.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Line and paragraph separator, interlinear annotation, a byte order mark inside a line.
        '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{feff}' => true,
        _ => c.is_control(),
    }
}

fn stand_in(c: char) -> char {
    match c {
        c if !is_unsafe(c) => c,
        // Unicode has a picture for each of the C0 controls, in their order.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    }
}
