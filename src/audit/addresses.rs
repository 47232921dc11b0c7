//! Which attributes of which elements hold an address. In: an element. Out: the addresses that it
//! names, as they are written. Does not know where they lead.

use crate::theme::css_addresses;

/// Elements and their attributes that hold one address (HTML 4.13 "Attributes", SVG 2).
#[rustfmt::skip]
const ONE: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("area", &["href"]),
    ("audio", &["src"]),
    ("blockquote", &["cite"]),
    ("button", &["formaction"]),
    ("del", &["cite"]),
    ("embed", &["src"]),
    ("feimage", &["href", "xlink:href"]),
    ("form", &["action"]),
    ("iframe", &["src"]),
    ("image", &["href", "xlink:href"]),
    ("img", &["src"]),
    ("input", &["src", "formaction"]),
    ("ins", &["cite"]),
    ("link", &["href"]),
    ("object", &["data"]),
    ("q", &["cite"]),
    ("script", &["src", "href", "xlink:href"]),
    ("source", &["src"]),
    ("track", &["src"]),
    ("use", &["href", "xlink:href"]),
    ("video", &["src", "poster"]),
];

/// Elements and their attributes that hold several, each for some screens.
const SEVERAL: &[(&str, &str)] = &[
    ("img", "srcset"),
    ("link", "imagesrcset"),
    ("source", "srcset"),
];

/// What a page says of itself to other sites (Open Graph, Twitter), by `property` or `name`.
const ABOUT: &[&str] = &["og:url", "og:image", "og:image:secure_url", "twitter:image"];

/// Every address that an element names.
pub fn of(element: &str, attribute: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    for (_, names) in ONE.iter().filter(|(name, _)| *name == element) {
        found.extend(names.iter().filter_map(|name| attribute(name)));
    }
    for (_, name) in SEVERAL.iter().filter(|(name, _)| *name == element) {
        found.extend(attribute(name).iter().flat_map(|set| in_set(set)));
    }
    if element == "meta" {
        found.extend(in_meta(attribute));
    }
    found.extend(attribute("style").iter().flat_map(|css| css_addresses(css)));
    found
}

fn in_meta(attribute: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let content = attribute("content")?;
    if attribute("http-equiv").is_some_and(|what| what.eq_ignore_ascii_case("refresh")) {
        return Some(refreshed(&content)?.to_owned());
    }
    let about = attribute("property").or_else(|| attribute("name"))?;
    ABOUT.contains(&about.as_str()).then_some(content)
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
