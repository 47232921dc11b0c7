//! Which tokens are what, for their contrast: the `[contrast]` of every `theme.toml` in the chain.
//!
//! ```toml
//! [contrast]
//! grounds = ["background", "surface"]   # what stands behind
//! text = ["text", "accent"]             # what is read: 7:1 against every ground (WCAG 1.4.6)
//! non-text = ["border", "accent"]       # what is only seen: 3:1 (WCAG 1.4.11)
//! ```
//!
//! In: those lists. Out: a [`Role`] for each token named; a theme adds to what the themes under it
//! say. Does not know what colour anything is.

use super::files_toml::{Item, List};
use crate::diagnostic::hint;
use crate::diagnostic::{Diagnostic, SourceText};

/// The lists of `[contrast]`.
const GROUNDS: &str = "grounds";
const TEXT: &str = "text";
const NON_TEXT: &str = "non-text";

/// The end of the name of a colour for dark screens.
pub const DARK: &str = "-dark";

/// What a colour is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It stands behind the others.
    Ground,
    /// Words are written in it.
    Text,
    /// Lines are drawn in it.
    NonText,
    /// Both, as with links and the outline of what has the focus: the colour of the site.
    Accent,
}

impl Role {
    /// The least contrast ratio that it owes to every ground; `None` for a ground.
    pub fn least_contrast(self) -> Option<u8> {
        match self {
            Self::Ground => None,
            Self::Text | Self::Accent => Some(7),
            Self::NonText => Some(3),
        }
    }
}

/// The tokens with a role, in the order in which they were named.
#[derive(Clone, Debug, Default)]
pub struct Roles(Vec<(String, Role)>);

impl Roles {
    /// Every name with its role.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Role)> {
        self.0.iter().map(|(name, role)| (name.as_str(), *role))
    }

    /// The role of a token.
    pub fn of(&self, name: &str) -> Option<Role> {
        let (_, role) = self.iter().find(|(known, _)| *known == name)?;
        Some(role)
    }

    /// The token whose dark twin this name is, where it has a role.
    pub fn light<'n>(&self, twin: &'n str) -> Option<&'n str> {
        twin.strip_suffix(DARK)
            .filter(|name| self.of(name).is_some())
    }

    /// Adds what one theme says. `is_colour` answers for the tokens of this theme and of those
    /// under it: `None` where there is no such token.
    pub fn add(
        &mut self,
        source: &SourceText,
        lists: &[List],
        is_colour: impl Fn(&str) -> Option<bool>,
        known: &[&str],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        for List {
            name,
            name_span,
            items,
        } in lists
        {
            let role = match name.as_str() {
                GROUNDS => Role::Ground,
                TEXT => Role::Text,
                NON_TEXT => Role::NonText,
                _ => {
                    diagnostics.push(
                        Diagnostic::error(
                            "unknown-key",
                            format!("`{name}` is no list of [contrast]"),
                        )
                        .at(source, name_span.clone())
                        .help(hint(
                            name,
                            [GROUNDS, TEXT, NON_TEXT],
                            "lists",
                        )),
                    );
                    continue;
                }
            };
            for Item { text, span } in items {
                let sound =
                    is_token(text, &is_colour, known).and_then(|()| self.assign(text, role));
                if let Err(found) = sound {
                    diagnostics.push(found.at(source, span.clone()));
                }
            }
        }
    }

    fn assign(&mut self, name: &str, role: Role) -> Result<(), Box<Diagnostic>> {
        let Some((_, now)) = self.0.iter_mut().find(|(known, _)| known == name) else {
            self.0.push((name.to_owned(), role));
            return Ok(());
        };
        if (*now == Role::Ground) != (role == Role::Ground) {
            let clash = format!("`{name}` cannot be both a ground and what stands on one");
            return Err(Box::new(Diagnostic::error("bad-role", clash).help(
                "Leave it in one of the lists, and make a token of its own for the other use.",
            )));
        }
        if *now != role {
            *now = Role::Accent;
        }
        Ok(())
    }
}

/// Whether an entry of a list names a token that can have a role.
fn is_token(
    text: &str,
    is_colour: &impl Fn(&str) -> Option<bool>,
    known: &[&str],
) -> Result<(), Box<Diagnostic>> {
    let light = text
        .strip_suffix(DARK)
        .filter(|light| is_colour(light).is_some());
    let found = match (light, is_colour(text)) {
        (Some(light), _) => {
            let message = format!("`{text}` has its role from `{light}`");
            let help = format!("Name `{light}`: its twin for dark screens is checked with it.");
            Diagnostic::error("bad-role", message).help(help)
        }
        (None, None) => {
            let message = format!("the theme has no token `{text}`");
            let help = hint(text, known.iter().copied(), "tokens");
            Diagnostic::error("unknown-token", message).help(help)
        }
        (None, Some(false)) => {
            Diagnostic::error("bad-role", format!("the token `{text}` is no colour"))
                .help("Contrast is measured between colours.")
        }
        (None, Some(true)) => return Ok(()),
    };
    Err(Box::new(found))
}
