//! What each profile lets through.

use super::Profile;

/// What becomes of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays.
    Kept,
    /// What is inside stays.
    Unwrapped,
    /// It goes with all that is inside: that was never meant to be read.
    Dropped,
}

/// Elements that both profiles let through: those of Drupal's "Basic HTML", as it is installed.
const BASIC: [&str; 19] = [
    "a",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "dl",
    "dt",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ol",
    "p",
    "strong",
    "ul",
];

/// What `full` lets through besides.
const FULL: [&str; 14] = [
    "caption", "div", "hr", "img", "pre", "span", "table", "tbody", "td", "th", "thead", "time",
    "tr", "wbr",
];

const NOT_TO_BE_READ: [&str; 10] = [
    "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea",
];

impl Profile {
    /// What becomes of an element of that name.
    pub(super) fn fate(self, name: &str) -> Fate {
        if BASIC.contains(&name) || self == Self::Full && FULL.contains(&name) {
            Fate::Kept
        } else if NOT_TO_BE_READ.contains(&name) {
            Fate::Dropped
        } else {
            Fate::Unwrapped
        }
    }

    /// True where the element may have the attribute. `lang` and `dir` stand on every one, and are
    /// looked after where they are written.
    pub(super) fn takes(self, element: &str, attribute: &str) -> bool {
        let basic = match attribute {
            "id" => is_heading(element),
            "href" | "hreflang" => element == "a",
            "cite" => element == "blockquote",
            "start" => element == "ol",
            "type" => matches!(element, "ol" | "ul"),
            _ => false,
        };
        basic
            || self == Self::Full
                && match attribute {
                    "id" | "class" => true,
                    "title" => matches!(element, "a" | "img"),
                    "src" | "alt" => element == "img",
                    "datetime" => element == "time",
                    "scope" => element == "th",
                    _ => false,
                }
    }
}

/// True for `h2` to `h6`.
pub(super) fn is_heading(element: &str) -> bool {
    matches!(element, "h2" | "h3" | "h4" | "h5" | "h6")
}

/// True for an element within a line.
pub(super) fn is_inline(element: &str) -> bool {
    matches!(
        element,
        "a" | "cite" | "code" | "em" | "span" | "strong" | "time"
    )
}
