//! What of a page's markup matters to a reader: its ids, links, headings, landmarks and names.

use std::borrow::Cow;

use super::addresses;
use super::broken::Broken;
use super::markup::{Attribute, Attributes};
use crate::theme::css_addresses;

/// The page as its tags come by.
#[derive(Debug, Default, PartialEq)]
pub struct Outline<'p> {
    /// Every `id`, in order.
    pub ids: Vec<Cow<'p, str>>,
    /// The names of `<a name>`, which links lead to as well.
    pub names: Vec<Cow<'p, str>>,
    /// Every address that the page names, in order.
    pub references: Vec<Cow<'p, str>>,
    /// True where an element changes what relative addresses start from.
    pub base: bool,
    /// Attributes that a quote in their value ended. Plain markup has none.
    pub broken: Vec<Broken>,
    /// The levels of the headings.
    headings: Vec<u8>,
    headings_in_main: Vec<u8>,
    language: bool,
    mains: usize,
    in_main: bool,
    hearing: Option<Hearing>,
    /// Whether the title has words; `None` where there is none.
    title: Option<bool>,
    empty_headings: usize,
    empty_links: Vec<Cow<'p, str>>,
    nameless_images: Vec<Cow<'p, str>>,
    unnamed_navigation: usize,
    /// The link that is open, and whether it has a name.
    link: Option<(Cow<'p, str>, bool)>,
}

/// The element whose text is listened to, and what was heard.
#[derive(Debug, PartialEq)]
struct Hearing {
    element: Element,
    words: bool,
    /// The whole text, for a stylesheet.
    css: String,
}

/// An element whose text matters.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Element {
    Title,
    Style,
    Heading(u8),
}

impl Element {
    fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"title" => Some(Self::Title),
            b"style" => Some(Self::Style),
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Some(Self::Heading(name[1] - b'0')),
            _ => None,
        }
    }
}

/// A finding: its name, what is wrong, what to do.
pub type Fault = (&'static str, String, &'static str);

fn has_words(text: &str) -> bool {
    text.contains(|c: char| !c.is_whitespace())
}

impl<'p> Outline<'p> {
    /// With room for what most pages have.
    pub fn with_room() -> Self {
        Self {
            ids: Vec::with_capacity(128),
            references: Vec::with_capacity(256),
            headings: Vec::with_capacity(64),
            headings_in_main: Vec::with_capacity(64),
            ..Self::default()
        }
    }

    /// An element begins.
    pub fn open(&mut self, name: &[u8], attributes: &Attributes<'p>) {
        if let Some(id) = attributes.get(Attribute::Id) {
            self.ids.push(id.clone());
        }
        if attributes.have(addresses::IN) {
            addresses::gather(name, attributes, &mut self.references);
        }
        match name {
            b"base" => self.base |= attributes.get(Attribute::Href).is_some(),
            b"html" => {
                self.language = attributes
                    .get(Attribute::Lang)
                    .is_some_and(|lang| has_words(lang))
            }
            b"main" => {
                self.mains += 1;
                self.in_main = true;
            }
            b"nav" => {
                let mut naming = [Attribute::AriaLabel, Attribute::AriaLabelledby].into_iter();
                if naming.all(|name| attributes.get(name).is_none()) {
                    self.unnamed_navigation += 1;
                }
            }
            b"a" => {
                self.names.extend(attributes.get(Attribute::Name).cloned());
                if let Some(href) = attributes.get(Attribute::Href) {
                    let label = attributes.get(Attribute::AriaLabel);
                    self.link = Some((href.clone(), label.is_some_and(|label| has_words(label))));
                }
            }
            b"img" => match (attributes.get(Attribute::Alt), &mut self.link) {
                (None, _) => {
                    let source = attributes.get(Attribute::Src);
                    self.nameless_images
                        .push(source.cloned().unwrap_or_default());
                }
                (Some(words), Some((_, named))) => *named |= has_words(words),
                (Some(_), None) => {}
            },
            _ => self.listen(name),
        }
    }

    fn listen(&mut self, name: &[u8]) {
        let Some(element) = Element::named(name) else {
            return;
        };
        match element {
            Element::Title if self.title.is_some() => return,
            Element::Heading(level) => {
                self.headings.push(level);
                if self.in_main {
                    self.headings_in_main.push(level);
                }
            }
            Element::Title | Element::Style => {}
        }
        self.hearing = Some(Hearing {
            element,
            words: false,
            css: String::new(),
        });
    }

    /// An element ends.
    pub fn close(&mut self, name: &[u8]) {
        match name {
            b"main" => self.in_main = false,
            b"a" => {
                if let Some((href, false)) = self.link.take() {
                    self.empty_links.push(href);
                }
            }
            _ => {}
        }
        let ends = |hearing: &mut Hearing| Element::named(name) == Some(hearing.element);
        if let Some(heard) = self.hearing.take_if(ends) {
            match heard.element {
                Element::Title => self.title = Some(heard.words),
                Element::Style => {
                    let addresses = css_addresses(&heard.css);
                    self.references.extend(addresses.map(Cow::Owned));
                }
                Element::Heading(_) => self.empty_headings += usize::from(!heard.words),
            }
        }
    }

    /// True where text between the tags matters.
    pub fn listens(&self) -> bool {
        self.hearing.is_some() || self.link.is_some()
    }

    /// True where all of it does, not only whether there are words in it.
    pub fn listens_to_css(&self) -> bool {
        let hearing = self.hearing.as_ref();
        hearing.is_some_and(|hearing| hearing.element == Element::Style)
    }

    /// Characters between tags.
    pub fn text(&mut self, text: &str) {
        if has_words(text) {
            self.words();
        }
        if let Some(hearing) = &mut self.hearing
            && hearing.element == Element::Style
        {
            hearing.css.push_str(text);
        }
    }

    /// Words between tags, whatever they are.
    pub fn words(&mut self) {
        if let Some(hearing) = &mut self.hearing {
            hearing.words = true;
        }
        if let Some((_, named)) = &mut self.link {
            *named = true;
        }
    }

    /// What a reader would miss.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        if !self.language {
            faults.push((
                "page-language",
                "the html element names no language".to_owned(),
                "Write <html lang=\"{{ page.language }}\"> (WCAG 3.1.1).",
            ));
        }
        if self.title != Some(true) {
            faults.push((
                "page-title",
                "the page has no title".to_owned(),
                "Write <title>{{ page.title }}</title> in the head (WCAG 2.4.2).",
            ));
        }
        if self.mains != 1 {
            faults.push((
                "landmarks",
                format!("the page has {} main elements", self.mains),
                "Put what is peculiar to the page into one <main> (WCAG 2.4.1).",
            ));
        }
        if self.unnamed_navigation > 0 {
            faults.push((
                "landmarks",
                "a nav element has no name".to_owned(),
                "Name it with aria-labelledby or aria-label (WCAG 2.4.1).",
            ));
        }
        self.heading_faults(&mut faults);
        for href in &self.empty_links {
            faults.push((
                "empty-link",
                format!("the link to \"{href}\" has no words"),
                "Say in the link where it leads (WCAG 2.4.4).",
            ));
        }
        for image in &self.nameless_images {
            faults.push((
                "image-without-words",
                format!("the image \"{image}\" has no alternative text"),
                "Write alt=\"...\", or alt=\"\" for mere decoration (WCAG 1.1.1).",
            ));
        }
        faults
    }

    fn heading_faults(&self, faults: &mut Vec<Fault>) {
        let tops = self.headings.iter().filter(|level| **level == 1).count();
        let first = self.headings_in_main.first();
        if tops != 1 || first.is_some_and(|level| *level != 1) {
            faults.push((
                "headings",
                format!("the page has {tops} h1 elements"),
                "Write one h1, as the first heading of main (WCAG 2.4.6).",
            ));
        }
        if let Some(skip) = self.headings.windows(2).find(|pair| pair[1] > pair[0] + 1) {
            faults.push((
                "headings",
                format!("after an h{} comes an h{}", skip[0], skip[1]),
                "Skip no level: screen readers read the headings as an outline (WCAG 1.3.1).",
            ));
        }
        if self.empty_headings > 0 {
            faults.push((
                "headings",
                "a heading has no words".to_owned(),
                "Leave it out where there is nothing to head (WCAG 2.4.6).",
            ));
        }
    }
}
