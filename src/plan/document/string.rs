//! From a span in a decoded string back to the bytes in the file that wrote it.

use std::ops::Range;

/// Where in the file the bytes `inner` of a decoded string stand. `literal` is the span of the
/// whole TOML string with its quotes. Falls back to `literal` where the two cannot be matched.
pub fn file_span(text: &str, literal: &Range<usize>, inner: &Range<usize>) -> Range<usize> {
    let Some(raw) = text.get(literal.clone()) else {
        return literal.clone();
    };
    let Some((open, escapes)) = opening(raw) else {
        return literal.clone();
    };
    let body = &raw[open..];
    let start =
        locate(body, escapes, inner.start).map(|at| at + joined_lines(&body[at..], escapes));
    match (start, locate(body, escapes, inner.end)) {
        (Some(start), Some(end)) if start <= end => {
            literal.start + open + start..(literal.start + open + end).min(literal.end)
        }
        _ => literal.clone(),
    }
}

/// How many bytes the opening quotes take (with the line break that a multi-line string drops),
/// and whether backslashes mean something.
fn opening(raw: &str) -> Option<(usize, bool)> {
    let (quotes, escapes) = match raw {
        _ if raw.starts_with("\"\"\"") => (3, true),
        _ if raw.starts_with("'''") => (3, false),
        _ if raw.starts_with('"') => (1, true),
        _ if raw.starts_with('\'') => (1, false),
        _ => return None,
    };
    let line_break = match &raw[quotes..] {
        rest if quotes == 3 && rest.starts_with("\r\n") => 2,
        rest if quotes == 3 && rest.starts_with('\n') => 1,
        _ => 0,
    };
    Some((quotes + line_break, escapes))
}

/// The offset in `raw` of the byte that stands at `wanted` once it is decoded.
fn locate(raw: &str, escapes: bool, wanted: usize) -> Option<usize> {
    let (mut at, mut decoded) = (0, 0);
    while decoded < wanted {
        let rest = &raw[at..];
        let next = rest.chars().next()?;
        let (taken, given) = match next {
            '\\' if escapes => escape(rest)?,
            // A line break in the file is one in the text, whichever way the system writes it.
            '\r' if rest.starts_with("\r\n") => (2, 1),
            _ => (next.len_utf8(), next.len_utf8()),
        };
        at += taken;
        decoded += given;
    }
    Some(at)
}

/// How many bytes a backslash at the end of a line takes here, which gives no character at all.
fn joined_lines(rest: &str, escapes: bool) -> usize {
    if !escapes || !rest.starts_with('\\') {
        return 0;
    }
    match escape(rest) {
        Some((taken, 0)) => taken,
        _ => 0,
    }
}

/// The bytes that an escape takes in the file, and those that it gives. `rest` begins with a
/// backslash.
fn escape(rest: &str) -> Option<(usize, usize)> {
    let hex = |digits: usize| {
        let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
        Some((2 + digits, char::from_u32(code)?.len_utf8()))
    };
    match rest.as_bytes().get(1)? {
        b'u' => hex(4),
        b'U' => hex(8),
        b'x' => hex(2),
        b'b' | b't' | b'n' | b'f' | b'r' | b'e' | b'"' | b'\\' => Some((2, 1)),
        // A backslash at the end of a line takes all white space up to the next word.
        _ => {
            let words = rest[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            (words.len() < rest.len() - 1).then_some((rest.len() - words.len(), 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, decoded: &str, word: &str) -> &'t str {
        let at = decoded.find(word).unwrap();
        &text[file_span(text, &(0..text.len()), &(at..at + word.len()))]
    }

    #[test]
    fn a_span_in_plain_text_is_moved_behind_the_quote() {
        assert_eq!(found("\"see [x](y)\"", "see [x](y)", "[x](y)"), "[x](y)");
    }

    #[test]
    fn a_span_may_begin_with_a_letter_of_several_bytes() {
        assert_eq!(found("\"see ”x” here\"", "see ”x” here", "”x”"), "”x”");
    }

    #[test]
    fn escapes_before_a_span_are_counted_as_they_stand_in_the_file() {
        assert_eq!(
            found(r#""\u00e9\t\"q\" here""#, "é\t\"q\" here", "here"),
            "here"
        );
    }

    #[test]
    fn a_multi_line_text_drops_its_first_line_break_and_joins_lines() {
        assert_eq!(
            found(
                "\"\"\"\r\none \\\n   two\r\nthree\"\"\"",
                "one two\nthree",
                "two"
            ),
            "two"
        );
        assert_eq!(found("'''\na\\nb'''", "a\\nb", "b"), "b");
    }
}
