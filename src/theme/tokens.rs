//! Design tokens: the few values of a theme's look that a site changes without a theme of its own.
//!
//! In: the `[tokens]` of every `theme.toml` in the chain and of `planpress.toml`. Out: one value
//! for each name, and the CSS that hands them to the stylesheet. A value ends up in a stylesheet,
//! so nothing but a few plain forms is let through: no `;`, no `url(...)`, no quote left open.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::colour::Colour;
use super::contrast;
use super::files_toml::{Entry, ThemeFile};
use super::palette::Palette;
use super::roles::{DARK, Roles};
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
            Self::Color => "a colour such as `#00549b` or `#049`",
            Self::Length => "a length such as `1.5rem` or `42ch`",
            Self::Fonts => "names of fonts such as `Source Serif, Georgia, serif`",
        }
    }
}

/// A token as the uppermost layer that names it has it.
#[derive(Clone, Debug)]
pub struct Token {
    kind: Kind,
    pub value: String,
    /// Which layer says so, from the lowest theme (0) up to the site.
    pub layer: usize,
    pub source: SourceText,
    pub span: Range<usize>,
    /// True where a layer above says something that is no value: what was meant is not known.
    pub spoiled: bool,
}

impl Token {
    /// The colour, where it is one.
    pub fn colour(&self) -> Option<Colour> {
        Colour::parse(&self.value)
    }
}

/// The tokens of the chain, most specific last, with the site's own over them. A colour with a
/// role has a twin for dark screens, derived where nobody stated one.
pub fn merge(
    themes: &[ThemeFile],
    site: Option<(&SourceText, &[TokenOverride])>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, String> {
    let mut tokens: BTreeMap<String, Token> = BTreeMap::new();
    let mut roles = Roles::default();
    for (layer, theme) in themes.iter().enumerate() {
        for entry in &theme.tokens {
            if is_name(&entry.name) {
                let kind = kind_of(&entry.name, &tokens, &roles);
                state(&mut tokens, entry, kind, layer, &theme.source, diagnostics);
            } else {
                let message = format!("`{}` is no name for a token", entry.name);
                diagnostics.push(
                    Diagnostic::error("bad-token", message)
                        .at(&theme.source, entry.name_span.clone())
                        .help("Use small letters, digits and hyphens."),
                );
            }
        }
        let names: Vec<&str> = tokens.keys().map(String::as_str).collect();
        let is_colour = |name: &str| Some(tokens.get(name)?.kind == Kind::Color);
        roles.add(
            &theme.source,
            &theme.contrast,
            is_colour,
            &names,
            diagnostics,
        );
        colours_have_colours_as_twins(&mut tokens, &roles, diagnostics);
    }
    if let Some((source, overrides)) = site {
        for entry in overrides {
            match kind_of(&entry.name, &tokens, &roles) {
                None => diagnostics.push(unknown(entry, source, &tokens, &roles)),
                kind => state(&mut tokens, entry, kind, themes.len(), source, diagnostics),
            }
        }
    }
    let palette = Palette::new(&tokens, &roles);
    contrast::check(&palette, diagnostics);
    let mut values: BTreeMap<String, String> = tokens
        .iter()
        .map(|(name, token)| (name.clone(), token.value.clone()))
        .collect();
    values.extend(palette.derived());
    values
}

/// What a token of this name has to hold; `None` where there is none yet.
fn kind_of(name: &str, tokens: &BTreeMap<String, Token>, roles: &Roles) -> Option<Kind> {
    let stated = tokens.get(name).map(|token| token.kind);
    stated.or_else(|| roles.light(name).map(|_| Kind::Color))
}

fn state(
    tokens: &mut BTreeMap<String, Token>,
    entry: &Entry,
    kind: Option<Kind>,
    layer: usize,
    source: &SourceText,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match check(&entry.name, &entry.value, kind) {
        Ok(kind) => {
            let token = Token {
                kind,
                value: entry.value.clone(),
                layer,
                source: source.clone(),
                span: entry.value_span.clone(),
                spoiled: false,
            };
            tokens.insert(entry.name.clone(), token);
        }
        Err(found) => {
            diagnostics.push(found.at(source, entry.value_span.clone()));
            if let Some(token) = tokens.get_mut(&entry.name) {
                token.spoiled = true;
            }
        }
    }
}

/// A theme may state `accent-dark` before anybody says that `accent` is a colour with a twin.
fn colours_have_colours_as_twins(
    tokens: &mut BTreeMap<String, Token>,
    roles: &Roles,
    diagnostics: &mut Vec<Diagnostic>,
) {
    tokens.retain(|name, token| {
        if token.kind == Kind::Color || roles.light(name).is_none() {
            return true;
        }
        if let Err(found) = check(name, &token.value, Some(Kind::Color)) {
            diagnostics.push(found.at(&token.source, token.span.clone()));
        }
        false
    });
}

fn unknown(
    entry: &Entry,
    source: &SourceText,
    tokens: &BTreeMap<String, Token>,
    roles: &Roles,
) -> Diagnostic {
    let twins: Vec<String> = roles
        .iter()
        .map(|(name, _)| format!("{name}{DARK}"))
        .collect();
    let names: Vec<&str> = tokens.keys().chain(&twins).map(String::as_str).collect();
    let message = format!("the theme has no token `{}`", entry.name);
    Diagnostic::error("unknown-token", message)
        .at(source, entry.name_span.clone())
        .help(hint(&entry.name, names, "tokens"))
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
    Colour::parse(value).is_some()
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
