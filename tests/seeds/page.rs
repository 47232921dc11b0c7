//! A published page as a reader meets it: its parts, and the words in them.
//!
//! In: the bytes of a page. Out: elements and their text, where an element that starts a line of
//! its own also ends a word, so that two paragraphs never run together and two inline elements do
//! where the page forgets the space between them.

use std::ops::Range;

use scraper::{ElementRef, Html, Node, Selector};

/// Elements that stand within a line; every other one breaks it.
const INLINE: [&str; 17] = [
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "s", "small", "span",
    "strong", "time", "u", "wbr",
];

/// One page.
pub struct Page(Html);

impl Page {
    /// Reads a page as a browser does.
    pub fn new(html: &str) -> Self {
        Self(Html::parse_document(html))
    }

    /// All elements that a CSS selector finds, in the page's order.
    pub fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        self.0.select(&selector(css)).collect()
    }

    /// The one element that a CSS selector finds. Panics at none or several.
    pub fn one(&self, css: &str) -> ElementRef<'_> {
        let found = self.all(css);
        assert_eq!(
            found.len(),
            1,
            "the page has {} elements {css:?}",
            found.len()
        );
        found[0]
    }

    /// The section whose heading has the id. Panics if there is none.
    pub fn part(&self, id: &str) -> ElementRef<'_> {
        self.one(&format!("[id='{id}']"))
            .ancestors()
            .filter_map(ElementRef::wrap)
            .find(|element| element.value().name() == "section")
            .unwrap_or_else(|| panic!("the heading #{id} stands in no section"))
    }

    /// The item of an objective in the list view.
    pub fn objective(&self, id: &str) -> ElementRef<'_> {
        self.one(&format!("li[id='{id}']"))
    }

    /// The item of an objective in the matrix: the innermost that links to it.
    pub fn matrix_objective(&self, id: &str) -> ElementRef<'_> {
        self.one(&format!("table li:has(a[href='#{id}'])"))
    }
}

/// The elements below `element` that a CSS selector finds.
pub fn below<'a>(element: ElementRef<'a>, css: &str) -> Vec<ElementRef<'a>> {
    element.select(&selector(css)).collect()
}

/// The element's words, hidden ones too, with single spaces between them.
pub fn words(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect(element, &mut text, true);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The element's words without those that only a screen reader speaks.
pub fn visible_words(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    collect(element, &mut text, false);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn collect(element: ElementRef<'_>, text: &mut String, hidden: bool) {
    for child in element.children() {
        match child.value() {
            Node::Text(words) => text.push_str(words),
            Node::Element(node) => {
                if !hidden && node.classes().any(|class| class == "visually-hidden") {
                    continue;
                }
                let breaks = !INLINE.contains(&node.name());
                text.push_str(if breaks { "\n" } else { "" });
                if let Some(child) = ElementRef::wrap(child) {
                    collect(child, text, hidden);
                }
                text.push_str(if breaks { "\n" } else { "" });
            }
            _ => {}
        }
    }
}

/// Where `sentence` stands in `text` with nothing but space on either side.
pub fn standings(text: &str, sentence: &str) -> Vec<Range<usize>> {
    text.match_indices(sentence)
        .map(|(start, found)| start..start + found.len())
        .filter(|range| {
            let before = text[..range.start].chars().next_back();
            let after = text[range.end..].chars().next();
            before.is_none_or(char::is_whitespace) && after.is_none_or(char::is_whitespace)
        })
        .collect()
}

/// Whether each sentence stands in `text` exactly once, and in this order.
///
/// # Errors
///
/// The first sentence that is missing, doubled or out of place.
pub fn once_and_in_order<S: AsRef<str>>(text: &str, sentences: &[S]) -> Result<(), String> {
    let mut reached = 0;
    for sentence in sentences.iter().map(S::as_ref) {
        let found = standings(text, sentence);
        let [range] = &found[..] else {
            return Err(format!(
                "{sentence:?} stands {} times in: {text}",
                found.len()
            ));
        };
        if range.start < reached {
            return Err(format!("{sentence:?} stands too early in: {text}"));
        }
        reached = range.end;
    }
    Ok(())
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).unwrap_or_else(|error| panic!("{css:?} is no selector: {error}"))
}
