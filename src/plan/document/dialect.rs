//! Syntax that TOML 1.1 allows and TOML 1.0 does not. It parses here, but not in every editor or
//! tool that a plan may pass through, so it is worth a warning.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::diagnostic::{Diagnostic, SourceText};

/// A warning for every place that only TOML 1.1 understands.
pub fn newer_syntax(source: &SourceText) -> Vec<Diagnostic> {
    // Nothing of the kind can stand in a text without one of these.
    if !source.text().contains(['{', '\\', ':']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Vec<TokenKind> = Vec::new();
    let mut comma: Option<Range<usize>> = None;
    for token in Source::new(source.text()).lex() {
        let span = token.span().start()..token.span().end();
        let in_inline_table = open.last() == Some(&TokenKind::LeftCurlyBracket);
        match token.kind() {
            TokenKind::Whitespace | TokenKind::Comment => continue,
            TokenKind::Newline => {
                if in_inline_table {
                    found.push((
                        span,
                        "a line break inside `{ }`",
                        "write the table on one line",
                    ));
                    // One warning for a table is enough.
                    open.pop();
                    open.push(TokenKind::Eof);
                }
                continue;
            }
            TokenKind::RightCurlyBracket => {
                if let (true, Some(comma)) = (in_inline_table, comma.take()) {
                    found.push((
                        comma,
                        "a comma before the closing `}`",
                        "leave the comma out",
                    ));
                }
                open.pop();
            }
            TokenKind::RightSquareBracket => {
                open.pop();
            }
            kind @ (TokenKind::LeftCurlyBracket | TokenKind::LeftSquareBracket) => open.push(kind),
            TokenKind::BasicString | TokenKind::MlBasicString => {
                found.extend(newer_escapes(source.text(), span.clone()).map(|span| {
                    (
                        span,
                        "the escapes `\\e` and `\\x`",
                        "write `\\u` and four hexadecimal digits",
                    )
                }));
            }
            _ => {}
        }
        comma = (token.kind() == TokenKind::Comma).then_some(span);
    }
    found
        .into_iter()
        .map(|(span, what, instead)| {
            Diagnostic::warning(
                "toml-1-1",
                format!("{what}: only TOML 1.1 understands this"),
            )
            .at(source, span)
            .label("many tools read TOML 1.0")
            .help(format!("To keep the file readable everywhere, {instead}."))
        })
        .collect()
}

fn newer_escapes(text: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let bytes = &text.as_bytes()[span.clone()];
    let mut at = 0;
    std::iter::from_fn(move || {
        while at + 1 < bytes.len() {
            let here = at;
            at += if bytes[here] == b'\\' { 2 } else { 1 };
            if bytes[here] == b'\\' && matches!(bytes[here + 1], b'e' | b'x') {
                return Some(span.start + here..span.start + here + 2);
            }
        }
        None
    })
}
