//! From a span in a decoded string back to the bytes in the file that wrote it.

use std::ops::Range;

use memchr::memchr2;

/// A TOML string as it is written in the file, in which places of the decoded one are looked up.
///
/// Ask for places in their order: each is looked for from where the one before it begins.
pub struct Written<'t> {
    /// The whole string with its quotes.
    literal: Range<usize>,
    /// What stands between the quotes, where it begins, and whether backslashes mean something in
    /// it; `None` where the span is not that of a string.
    body: Option<(&'t str, usize, bool)>,
    last: Step,
}

/// How far a string has been read: bytes in the file, and what they are decoded.
#[derive(Clone, Copy, Default)]
struct Step {
    at: usize,
    decoded: usize,
}

impl<'t> Written<'t> {
    /// The string whose span in the file is `literal`.
    pub fn new(text: &'t str, literal: Range<usize>) -> Self {
        let body = text.get(literal.clone()).and_then(|raw| {
            let (open, escapes) = opening(raw)?;
            Some((&raw[open..], literal.start + open, escapes))
        });
        Self {
            literal,
            body,
            last: Step::default(),
        }
    }

    /// Where in the file the bytes `inner` of the decoded string stand: all of the literal, where
    /// the two cannot be matched.
    pub fn span(&mut self, inner: &Range<usize>) -> Range<usize> {
        self.find(inner).unwrap_or_else(|| self.literal.clone())
    }

    fn find(&mut self, inner: &Range<usize>) -> Option<Range<usize>> {
        let (body, offset, escapes) = self.body?;
        if inner.start < self.last.decoded {
            self.last = Step::default();
        }
        let first = locate(body, escapes, self.last, inner.start)?;
        self.last = first;
        let end = locate(body, escapes, first, inner.end)?.at;
        let start = first.at + joined_lines(&body[first.at..], escapes);
        (start <= end).then(|| offset + start..(offset + end).min(self.literal.end))
    }
}

/// Where in the file the bytes `inner` of a decoded string stand. `literal` is the span of the
/// whole TOML string with its quotes.
pub fn file_span(text: &str, literal: &Range<usize>, inner: &Range<usize>) -> Range<usize> {
    Written::new(text, literal.clone()).span(inner)
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

/// How far `raw` is to be read from a step on until the byte `wanted` of the decoded string.
fn locate(raw: &str, escapes: bool, from: Step, wanted: usize) -> Option<Step> {
    let Step {
        mut at,
        mut decoded,
    } = from;
    while decoded < wanted {
        let rest = &raw.as_bytes()[at..];
        let rest = &rest[..rest.len().min(wanted - decoded)];
        let same = memchr2(b'\\', b'\r', rest).unwrap_or(rest.len());
        at += same;
        decoded += same;
        while !raw.is_char_boundary(at) {
            at += 1;
            decoded += 1;
        }
        if decoded >= wanted {
            break;
        }
        let rest = &raw[at..];
        let (taken, given) = match rest.chars().next()? {
            '\\' if escapes => escape(rest)?,
            // A line break in the file is one in the text, whichever way the system writes it.
            '\r' if rest.starts_with("\r\n") => (2, 1),
            next => (next.len_utf8(), next.len_utf8()),
        };
        at += taken;
        decoded += given;
    }
    Some(Step { at, decoded })
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

    #[test]
    fn places_in_any_order_are_found_as_if_each_were_the_first() {
        let text = "\"\"\"\na \\u00e9 b\r\n\\\n  c \\\" ”d”\"\"\"";
        let decoded = "a é b\nc \" ”d”";
        let mut written = Written::new(text, 0..text.len());
        let ends: Vec<usize> = (0..=decoded.len())
            .filter(|at| decoded.is_char_boundary(*at))
            .collect();
        for start in ends.iter().chain(ends.iter().rev()) {
            for end in ends.iter().filter(|end| *end >= start) {
                let inner = *start..*end;
                let alone = file_span(text, &(0..text.len()), &inner);
                assert_eq!(written.span(&inner), alone, "{inner:?}");
            }
        }
    }
}
