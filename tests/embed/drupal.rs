//! What another site lets through, as rules of this test: elements and their attributes.
//!
//! A fragment passes if the filter has nothing to take out of it, and if a parser that reads it and
//! writes it down again gives back every byte.

use scraper::{ElementRef, Html, Node};

/// A text format: elements that may stand in a text, each with the attributes that it may have.
pub struct Format {
    elements: &'static [(&'static str, &'static [&'static str])],
    /// Attributes that any of them may have.
    anywhere: &'static [&'static str],
}

/// Drupal's "Basic HTML" as it is installed, without what only its own editor makes.
pub const BASIC: Format = Format {
    elements: &[
        ("a", &["href", "hreflang"]),
        ("blockquote", &["cite"]),
        ("br", &[]),
        ("cite", &[]),
        ("code", &[]),
        ("dd", &[]),
        ("dl", &[]),
        ("dt", &[]),
        ("em", &[]),
        ("h2", &["id"]),
        ("h3", &["id"]),
        ("h4", &["id"]),
        ("h5", &["id"]),
        ("h6", &["id"]),
        ("li", &[]),
        ("ol", &["type", "start"]),
        ("p", &[]),
        ("strong", &[]),
        ("ul", &["type"]),
    ],
    anywhere: &["lang", "dir"],
};

/// A format for people who are trusted: no scripts, no styles, nothing that loads by itself but
/// images, nothing that acts.
pub const FULL: Format = Format {
    elements: &[
        ("a", &["href", "hreflang", "title"]),
        ("blockquote", &["cite"]),
        ("br", &[]),
        ("caption", &[]),
        ("cite", &[]),
        ("code", &[]),
        ("dd", &[]),
        ("div", &[]),
        ("dl", &[]),
        ("dt", &[]),
        ("em", &[]),
        ("h2", &[]),
        ("h3", &[]),
        ("h4", &[]),
        ("h5", &[]),
        ("h6", &[]),
        ("hr", &[]),
        ("img", &["src", "alt", "title"]),
        ("li", &[]),
        ("ol", &["type", "start"]),
        ("p", &[]),
        ("pre", &[]),
        ("span", &[]),
        ("strong", &[]),
        ("table", &[]),
        ("tbody", &[]),
        ("td", &[]),
        ("th", &["scope"]),
        ("thead", &[]),
        ("time", &["datetime"]),
        ("tr", &[]),
        ("ul", &["type"]),
        ("wbr", &[]),
    ],
    anywhere: &["lang", "dir", "id", "class"],
};

impl Format {
    /// The text as the filter gives it on: elements that are not allowed are taken away around what
    /// is in them, attributes that are not allowed are taken out, and addresses that act with them.
    pub fn filtered(&self, html: &str) -> String {
        let mut out = String::new();
        self.write(Html::parse_fragment(html).root_element(), &mut out);
        out
    }

    /// What of the text the filter takes out, in words.
    pub fn refused(&self, html: &str) -> Vec<String> {
        let parsed = Html::parse_fragment(html);
        let mut refused = Vec::new();
        for element in parsed.root_element().descendent_elements().skip(1) {
            let name = element.value().name();
            if self.attributes(name).is_none() {
                refused.push(format!("<{name}>"));
            }
            for (attribute, value) in element.value().attrs() {
                if !self.takes(name, attribute, value) {
                    refused.push(format!("<{name} {attribute}={value:?}>"));
                }
            }
        }
        refused
    }

    fn attributes(&self, element: &str) -> Option<&'static [&'static str]> {
        let found = self.elements.iter().find(|(name, _)| *name == element);
        found.map(|(_, attributes)| *attributes)
    }

    fn takes(&self, element: &str, attribute: &str, value: &str) -> bool {
        let known = self
            .attributes(element)
            .is_some_and(|known| known.contains(&attribute));
        if !known && !self.anywhere.contains(&attribute) {
            return false;
        }
        match attribute {
            "dir" => matches!(value, "ltr" | "rtl"),
            "href" | "src" => {
                let schemes = ["https:", "http:", "mailto:", "tel:", "#"];
                schemes.iter().any(|scheme| value.starts_with(scheme))
            }
            _ => true,
        }
    }

    fn write(&self, around: ElementRef<'_>, out: &mut String) {
        for child in around.children() {
            match child.value() {
                Node::Text(text) => out.push_str(&escaped(text)),
                Node::Element(node) => {
                    let name = node.name();
                    let element = ElementRef::wrap(child).expect("it is an element");
                    if self.attributes(name).is_none() {
                        self.write(element, out);
                        continue;
                    }
                    out.push_str(&format!("<{name}"));
                    // As they were written: a parser may hand them on in another order.
                    for (attribute, value) in node.attrs() {
                        if self.takes(name, attribute, value) {
                            let value = escaped(value).replace('"', "&quot;");
                            out.push_str(&format!(" {attribute}=\"{value}\""));
                        }
                    }
                    out.push('>');
                    self.write(element, out);
                    if !["br", "hr", "img", "wbr"].contains(&name) {
                        out.push_str(&format!("</{name}>"));
                    }
                }
                _ => {}
            }
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\u{a0}', "&nbsp;")
}
