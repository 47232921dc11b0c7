//! The colours with a role, in the two schemes of a page: for bright screens and for dark ones.
//!
//! In: the tokens of the whole chain and their roles. Out: both schemes, in which each colour
//! knows where it was stated, or what it was derived from. A statement of `accent` makes the
//! `accent-dark` of every layer below void: that one belonged to another colour.

use std::collections::BTreeMap;

use super::colour::Colour;
use super::roles::{DARK, Role, Roles};
use super::scheme;
use super::tokens::Token;

/// A colour in one of the schemes.
#[derive(Clone, Debug)]
pub struct Swatch<'t> {
    /// Its token: `accent`, or `accent-dark` in the dark scheme.
    pub name: String,
    pub role: Role,
    pub colour: Colour,
    /// Where it was stated, or what it was derived from.
    pub token: &'t Token,
    /// The name of the token that it was derived from.
    pub derived_from: Option<&'t str>,
}

/// The two schemes.
#[derive(Clone, Debug)]
pub struct Palette<'t> {
    pub light: Vec<Swatch<'t>>,
    pub dark: Vec<Swatch<'t>>,
}

impl<'t> Palette<'t> {
    /// Takes the light scheme from the tokens and makes what is missing of the dark one.
    pub fn new(tokens: &'t BTreeMap<String, Token>, roles: &'t Roles) -> Self {
        let swatch = |(name, role): (&'t str, Role)| {
            let token = tokens.get(name)?;
            Some(Swatch {
                name: name.to_owned(),
                role,
                colour: token.colour()?,
                token,
                derived_from: None,
            })
        };
        let light: Vec<Swatch<'t>> = roles.iter().filter_map(swatch).collect();
        let tint = light
            .iter()
            .find(|front| front.role == Role::Accent)
            .map(|accent| accent.colour);
        let twin = |(name, role): (&'t str, Role), derive: &dyn Fn(Colour) -> Colour| {
            let base = tokens.get(name)?;
            let twin = format!("{name}{DARK}");
            let stated = tokens
                .get(&twin)
                .filter(|twin| twin.layer >= base.layer)
                .and_then(|twin| Some((twin.colour()?, twin)));
            let (colour, token, derived_from) = match stated {
                Some((colour, token)) => (colour, token, None),
                None => (derive(base.colour()?), base, Some(name)),
            };
            Some(Swatch {
                name: twin,
                role,
                colour,
                token,
                derived_from,
            })
        };
        let mut dark: Vec<Swatch<'t>> = roles
            .iter()
            .filter(|(_, role)| *role == Role::Ground)
            .filter_map(|named| twin(named, &|light| scheme::dark_ground(light, tint)))
            .collect();
        let grounds: Vec<Colour> = dark.iter().map(|ground| ground.colour).collect();
        for named in roles.iter() {
            let Some(least) = named.1.least_contrast() else {
                continue;
            };
            dark.extend(twin(named, &|light| {
                scheme::dark_front(light, least, &grounds)
            }));
        }
        Self { light, dark }
    }

    /// The tokens that nobody stated, and their values.
    pub fn derived(&self) -> impl Iterator<Item = (String, String)> {
        self.dark
            .iter()
            .filter(|swatch| swatch.derived_from.is_some())
            .map(|swatch| (swatch.name.clone(), swatch.colour.to_string()))
    }
}
