//! Syntax that TOML 1.1 allows and TOML 1.0 does not. It parses here, but not in every editor or
//! tool that a plan may pass through, so it is worth a warning.

use std::ops::Range;

use memchr::memchr;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::diagnostic::{Diagnostic, SourceText};

/// A warning for every place that only TOML 1.1 understands. `root` is the tree of the text.
pub fn newer_syntax(source: &SourceText, root: &DeTable) -> Vec<Diagnostic> {
    let text = source.text();
    // Reading the text once more, token by token, takes nearly as long as parsing it did.
    let suspect = memchr(b'\\', text.as_bytes()).is_some()
        && (text.contains("\\e") || text.contains("\\x"))
        || root.values().any(|value| is_suspect(text, value));
    if suspect {
        by_tokens(source)
    } else {
        Vec::new()
    }
}

/// True where a value is, or holds, an inline table of several lines or with a comma at its end.
fn is_suspect(text: &str, value: &Spanned<DeValue>) -> bool {
    match value.get_ref() {
        DeValue::Array(items) => items.iter().any(|item| is_suspect(text, item)),
        DeValue::Table(table) => {
            // Only an inline table begins with a brace: others with a bracket, or with a key.
            let raw = text.get(value.span()).unwrap_or_default();
            let inside = raw.strip_prefix('{').and_then(|raw| raw.strip_suffix('}'));
            inside.is_some_and(|raw| {
                memchr(b'\n', raw.as_bytes()).is_some() || raw.trim_end().ends_with(',')
            }) || table.values().any(|value| is_suspect(text, value))
        }
        _ => false,
    }
}

fn by_tokens(source: &SourceText) -> Vec<Diagnostic> {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SCALARS: &[&str] = &[
        "1",
        "\"\"",
        "\"}\"",
        "'\\e'",
        "\"\\e\"",
        "\"\\\\e\"",
        "\"\\x41\"",
        "'''\n, }'''",
        "\"\"\"\n\"\"\"",
    ];

    /// A value, mostly in syntax that both versions of TOML know.
    fn value() -> impl Strategy<Value = String> {
        let comma = prop::sample::select(vec![",", ", ", ", ", ",\n", " # {\n, "]);
        let end = prop::sample::select(vec!["", " ", "", " ", ",", " , ", "\n", "\r\n", " # }\n"]);
        prop::sample::select(SCALARS)
            .prop_map(str::to_owned)
            .prop_recursive(3, 12, 3, move |inner| {
                let some = prop::collection::vec(inner, 0..3);
                (some, comma.clone(), end.clone(), any::<bool>()).prop_map(
                    |(values, comma, end, table)| {
                        if !table {
                            return format!("[{}{end}]", values.join(comma));
                        }
                        let named = values.iter().enumerate();
                        let pairs: Vec<_> = named.map(|(n, v)| format!("k{n}.x = {v}")).collect();
                        format!("{{{}{end}}}", pairs.join(comma))
                    },
                )
            })
    }

    proptest! {
        #[test]
        fn a_text_that_is_not_read_by_tokens_holds_nothing_newer(
            (above, below) in (value(), value()),
        ) {
            let text = format!("k = {above}\n[[t.u]]\n\"k\" = {below} # \n");
            let source = SourceText::new("content/p.toml", text);
            let (root, errors) = DeTable::parse_recoverable(source.text());
            if errors.is_empty() {
                prop_assert_eq!(newer_syntax(&source, root.get_ref()), by_tokens(&source));
            }
        }
    }
}
