//! Which attributes of which elements hold an address. In: an element. Out: the addresses that it
//! names, as they are written. Does not know where they lead.

use std::borrow::Cow;

use super::markup::{Attribute, Attributes};
use crate::theme::css_addresses;

/// The attributes that hold addresses, in some element.
pub const IN: &[Attribute] = &[
    Attribute::Action,
    Attribute::Cite,
    Attribute::Content,
    Attribute::Data,
    Attribute::Formaction,
    Attribute::Href,
    Attribute::Imagesrcset,
    Attribute::Poster,
    Attribute::Src,
    Attribute::Srcset,
    Attribute::Style,
    Attribute::XlinkHref,
];

/// The attributes of an element that hold one address (HTML 4.13 "Attributes", SVG 2).
fn one(element: &[u8]) -> &'static [Attribute] {
    match element {
        b"a" | b"area" | b"link" => &[Attribute::Href],
        b"audio" | b"embed" | b"iframe" | b"img" | b"source" | b"track" => &[Attribute::Src],
        b"blockquote" | b"del" | b"ins" | b"q" => &[Attribute::Cite],
        b"button" => &[Attribute::Formaction],
        b"feimage" | b"image" | b"use" => &[Attribute::Href, Attribute::XlinkHref],
        b"form" => &[Attribute::Action],
        b"input" => &[Attribute::Src, Attribute::Formaction],
        b"object" => &[Attribute::Data],
        b"script" => &[Attribute::Src, Attribute::Href, Attribute::XlinkHref],
        b"video" => &[Attribute::Src, Attribute::Poster],
        _ => &[],
    }
}

/// The attribute of an element that holds several, each for some screens.
fn several(element: &[u8]) -> Option<Attribute> {
    match element {
        b"img" | b"source" => Some(Attribute::Srcset),
        b"link" => Some(Attribute::Imagesrcset),
        _ => None,
    }
}

/// What a page says of itself to other sites (Open Graph, Twitter), by `property` or `name`.
const ABOUT: &[&str] = &["og:url", "og:image", "og:image:secure_url", "twitter:image"];

/// Adds every address that an element names.
pub fn gather<'p>(element: &[u8], attributes: &Attributes<'p>, found: &mut Vec<Cow<'p, str>>) {
    for name in one(element) {
        if let Some(address) = attributes.get(*name) {
            found.push(address.clone());
        }
    }
    if let Some(set) = several(element).and_then(|name| attributes.get(name)) {
        found.extend(in_set(set).into_iter().map(Cow::Owned));
    }
    if element == b"meta" {
        found.extend(in_meta(attributes));
    }
    if let Some(css) = attributes.get(Attribute::Style) {
        found.extend(css_addresses(css).map(Cow::Owned));
    }
}

fn in_meta<'p>(attributes: &Attributes<'p>) -> Option<Cow<'p, str>> {
    let content = attributes.get(Attribute::Content)?;
    if attributes
        .get(Attribute::HttpEquiv)
        .is_some_and(|what| what.eq_ignore_ascii_case("refresh"))
    {
        return Some(refreshed(content)?.to_owned().into());
    }
    let about = attributes
        .get(Attribute::Property)
        .or_else(|| attributes.get(Attribute::Name))?;
    ABOUT.contains(&&**about).then(|| content.clone())
}

/// Where `0; url=../ala-2025/` leads.
fn refreshed(content: &str) -> Option<&str> {
    let (_, rest) = content.split_once([';', ','])?;
    let rest = rest.trim_start();
    let rest = match rest.get(..3) {
        Some(word) if word.eq_ignore_ascii_case("url") => {
            rest[3..].trim_start().strip_prefix('=')?.trim_start()
        }
        _ => rest,
    };
    Some(match rest.chars().next()? {
        quote @ ('"' | '\'') => rest[1..].split(quote).next().unwrap_or_default(),
        _ => rest.trim_end(),
    })
}

/// The addresses of `a.png 1x, b.png 2x` (HTML, "Parsing a srcset attribute"): a comma may stand in an
/// address, but not at its end.
fn in_set(set: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = set;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            return found;
        }
        let end = rest
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(rest.len());
        let (address, behind) = rest.split_at(end);
        rest = behind;
        let bare = address.trim_end_matches(',');
        if bare.len() == address.len() {
            rest = rest.find(',').map_or("", |comma| &rest[comma..]);
        }
        found.push(bare.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_images_is_several_addresses() {
        assert_eq!(in_set("a.png"), ["a.png"]);
        assert_eq!(in_set(" a.png 1x,\n b.png 2x"), ["a.png", "b.png"]);
        assert_eq!(
            in_set("a,b.png 1x, c.png,d.png 2x"),
            ["a,b.png", "c.png,d.png"]
        );
        assert_eq!(in_set("a.png, b.png"), ["a.png", "b.png"]);
        assert_eq!(in_set(", ,"), [""; 0]);
    }

    #[test]
    fn a_refresh_leads_where_its_address_says() {
        assert_eq!(refreshed("0; url=../x/"), Some("../x/"));
        assert_eq!(refreshed("0;URL = '../x/'"), Some("../x/"));
        assert_eq!(refreshed("3, ../x/"), Some("../x/"));
        assert_eq!(refreshed("30"), None);
    }
}
