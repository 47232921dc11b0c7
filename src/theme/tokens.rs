//! Design tokens: the few values of a theme's look that a site changes without a theme of its own.
//!
//! In: the `[tokens]` of every `theme.toml` in the chain and of `planpress.toml`. Out: one value
//! for each name, and the CSS that hands them to the stylesheet. A value ends up in a stylesheet,
//! so nothing but a few plain forms is let through: no `;`, no `url(...)`, no quote left open.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::files_toml::{Entry, ThemeFile};
use crate::diagnostic::hint;
use crate::diagnostic::{Diagnostic, SourceText};

/// One entry of `[tokens]` in `planpress.toml`.
pub use super::files_toml::Entry as TokenOverride;

/// What a token holds. A token keeps the kind that the theme gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Color,
    Length,
    Fonts,
}

impl Kind {
    fn of(value: &str) -> Option<Self> {
        if is_color(value) {
            Some(Self::Color)
        } else if is_length(value) {
            Some(Self::Length)
        } else if is_fonts(value) {
            Some(Self::Fonts)
        } else {
            None
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Color => "a colour such as `#0a5ea8` or `#05a`",
            Self::Length => "a length such as `1.5rem` or `42ch`",
            Self::Fonts => "names of fonts such as `Source Serif, Georgia, serif`",
        }
    }
}

/// The tokens of the chain, most specific last, with the site's own over them.
pub fn merge(
    themes: &[ThemeFile],
    site: Option<(&SourceText, &[TokenOverride])>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut tokens: BTreeMap<String, (Kind, String)> = BTreeMap::new();
    for theme in themes {
        for Entry {
            name,
            name_span,
            value,
            value_span,
        } in &theme.tokens
        {
            if !is_name(name) {
                diagnostics.push(
                    Diagnostic::error("bad-token", format!("`{name}` is no name for a token"))
                        .at(&theme.source, name_span.clone())
                        .help("Use small letters, digits and hyphens."),
                );
                continue;
            }
            let kind = tokens.get(name).map(|(kind, _)| *kind);
            match check(name, value, kind) {
                Ok(kind) => {
                    tokens.insert(name.clone(), (kind, value.clone()));
                }
                Err(found) => diagnostics.push(found.at(&theme.source, value_span.clone())),
            }
        }
    }
    if let Some((source, overrides)) = site {
        for entry in overrides {
            let Some((kind, _)) = tokens.get(&entry.name) else {
                let names: Vec<&str> = tokens.keys().map(String::as_str).collect();
                diagnostics.push(
                    Diagnostic::error(
                        "unknown-token",
                        format!("the theme has no token `{}`", entry.name),
                    )
                    .at(source, entry.name_span.clone())
                    .help(hint(&entry.name, names, "tokens")),
                );
                continue;
            };
            match check(&entry.name, &entry.value, Some(*kind)) {
                Ok(kind) => {
                    tokens.insert(entry.name.clone(), (kind, entry.value.clone()));
                }
                Err(found) => diagnostics.push(found.at(source, entry.value_span.clone())),
            }
        }
    }
    tokens
        .into_iter()
        .map(|(name, (_, value))| (name, value))
        .collect()
}

/// The CSS that hands the tokens to a stylesheet: `--token-<name>` on the root.
pub fn css(tokens: &BTreeMap<String, String>) -> String {
    let mut css = String::from("\n:root {\n");
    for (name, value) in tokens {
        let _ = writeln!(css, "  --token-{name}: {value};");
    }
    css.push_str("}\n");
    css
}

fn check(name: &str, value: &str, kind: Option<Kind>) -> Result<Kind, Box<Diagnostic>> {
    let found = Kind::of(value);
    match (found, kind) {
        (Some(found), None) => Ok(found),
        (Some(found), Some(kind)) if found == kind => Ok(kind),
        (_, kind) => {
            let wanted = kind.map_or_else(
                || {
                    let [color, length, fonts] =
                        [Kind::Color, Kind::Length, Kind::Fonts].map(Kind::in_words);
                    format!("{color}, {length}, or {fonts}")
                },
                |kind| kind.in_words().to_owned(),
            );
            let message = format!("The token `{name}` cannot take this value");
            Err(Box::new(
                Diagnostic::error("bad-token", message).help(format!("It takes {wanted}.")),
            ))
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_color(value: &str) -> bool {
    value
        .strip_prefix('#')
        .is_some_and(|hex| matches!(hex.len(), 3 | 6) && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_length(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '%');
    let unit = &value[number.len()..];
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    matches!(unit, "rem" | "em" | "ch" | "px" | "%")
        && (1..=6).contains(&digits)
        && number.bytes().filter(|&b| b == b'.').count() <= 1
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && !number.ends_with('.')
}

fn is_fonts(value: &str) -> bool {
    let sound = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b' ' || b == b'-')
    };
    value.len() <= 200 && value.split(',').all(|name| sound(name.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_forms_are_values() {
        for (value, kind) in [
            ("#0a5ea8", Some(Kind::Color)),
            ("#FFF", Some(Kind::Color)),
            ("1.5rem", Some(Kind::Length)),
            ("80%", Some(Kind::Length)),
            ("Source Serif, Georgia, serif", Some(Kind::Fonts)),
            ("#ffff", None),
            ("#ggg", None),
            ("1..5rem", None),
            ("rgb(0 0 0)", None),
            ("red;} body{display:none", None),
            ("url(https://example.org/x)", None),
            ("expression(alert(1))", None),
            ("\"Georgia", None),
            ("Georgia,,serif", None),
            ("", None),
        ] {
            assert_eq!(Kind::of(value), kind, "{value}");
        }
    }
}
