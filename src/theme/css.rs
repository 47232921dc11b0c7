//! The addresses inside a stylesheet. In: CSS. Out: where `url(...)` and `@import` name another
//! file, past comments and other strings. Does not know which files there are.

use std::ops::Range;

/// An address in a stylesheet: what it says, and its place without quotes and brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub text: String,
    pub span: Range<usize>,
}

/// Every address in the stylesheet, in order.
pub fn addresses(css: &str) -> Vec<Address> {
    let bytes = css.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let rest = &css.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            at = css[at..].find("*/").map_or(bytes.len(), |end| at + end + 2);
        } else if matches!(rest[0], b'"' | b'\'') {
            at = string_end(bytes, at).1;
        } else if starts_with_word(rest, b"@import") {
            at = spaces(bytes, at + b"@import".len());
            if at < bytes.len() && matches!(bytes[at], b'"' | b'\'') {
                let (end, next) = string_end(bytes, at);
                push(css, at + 1..end, &mut found);
                at = next;
            }
        } else if starts_with_word(rest, b"url(")
            && !bytes[..at]
                .last()
                .is_some_and(|&b| b.is_ascii_alphanumeric() || b == b'-')
        {
            at = spaces(bytes, at + b"url(".len());
            if at < bytes.len() && matches!(bytes[at], b'"' | b'\'') {
                let (end, next) = string_end(bytes, at);
                push(css, at + 1..end, &mut found);
                at = next;
            } else {
                let end = bytes[at..]
                    .iter()
                    .position(|&b| b == b')')
                    .map_or(bytes.len(), |n| at + n);
                let trimmed = css.get(at..end).map_or(0, |text| text.trim_end().len());
                push(css, at..at + trimmed, &mut found);
                at = end;
            }
        } else {
            at += 1;
        }
    }
    found
}

/// The whole `@import ...;` around an address, where it says nothing but the address.
pub fn import(css: &str, address: &Range<usize>) -> Option<Range<usize>> {
    const WORD: &str = "@import";
    let before = css[..address.start]
        .trim_end_matches(['"', '\''])
        .trim_end();
    let before = match before.len().checked_sub("url(".len()) {
        Some(at) if before.is_char_boundary(at) && before[at..].eq_ignore_ascii_case("url(") => {
            before[..at].trim_end()
        }
        _ => before,
    };
    let start = before.len().checked_sub(WORD.len())?;
    let is_import = before.is_char_boundary(start) && before[start..].eq_ignore_ascii_case(WORD);
    let after = css[address.end..].trim_start_matches(['"', '\'', ')', ' ', '\t', '\r', '\n']);
    (is_import && after.starts_with(';')).then(|| start..css.len() - after.len() + 1)
}

fn push(css: &str, span: Range<usize>, found: &mut Vec<Address>) {
    if let Some(text) = css.get(span.clone()) {
        found.push(Address {
            text: text.to_owned(),
            span,
        });
    }
}

fn starts_with_word(rest: &[u8], word: &[u8]) -> bool {
    rest.len() >= word.len() && rest[..word.len()].eq_ignore_ascii_case(word)
}

fn spaces(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|b| !b.is_ascii_whitespace())
        .map_or(bytes.len(), |n| at + n)
}

/// Where the text of a quoted string ends, and where what follows it begins. A string ends at a
/// line break too, as CSS has it for one that was left open.
fn string_end(bytes: &[u8], open: usize) -> (usize, usize) {
    let mut at = open + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'\n' => return (at, at + 1),
            quote if quote == bytes[open] => return (at, at + 1),
            _ => {}
        }
        at += 1;
    }
    (bytes.len(), bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_past_comments_and_strings() {
        let css = r#"@import "base.css"; /* url(no.png) */ a::after { content: "url(no.png)"; }
            b { background: URL( a.png ) } c { src: url('x y.woff2') } d { curl(no) }"#;
        let found: Vec<String> = addresses(css).into_iter().map(|a| a.text).collect();
        assert_eq!(found, ["base.css", "a.png", "x y.woff2"]);
    }

    #[test]
    fn an_import_is_found_whole_where_it_says_nothing_but_the_address() {
        for (css, found) in [
            ("p{} @import \"a.css\" ; q{}", Some("@import \"a.css\" ;")),
            ("@IMPORT URL('a.css');", Some("@IMPORT URL('a.css');")),
            ("@import url( a.css );", Some("@import url( a.css );")),
            ("@import \"a.css\" print;", None),
            ("@import \"a.css\"", None),
            ("b { background: url(a.css); }", None),
        ] {
            let address = &addresses(css)[0];
            let import = import(css, &address.span);
            assert_eq!(import.map(|range| &css[range]), found, "{css}");
        }
    }

    #[test]
    fn half_a_stylesheet_is_read_too() {
        for css in [
            "url(",
            "url('",
            "@import",
            "@import \"",
            "/*",
            "\"\\",
            "url(ä",
        ] {
            addresses(css);
        }
    }
}
