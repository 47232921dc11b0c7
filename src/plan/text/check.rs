//! What is wrong with a text, and where it links to.
//!
//! In: the parser's events. Out: links and faults, each with its span.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::escape::is_visible;
use super::words::Words;
use super::{Kind, Link, Target, TargetFault, TextFault, markdown, target};

/// For a text without Markdown, which can only be empty.
pub(super) fn plain(source: &str) -> Vec<TextFault> {
    let mut faults = Vec::new();
    if !is_visible(source) {
        faults.extend(shows_nothing(source));
    }
    faults
}

/// For any other. Its words are taken along, since it is read through here anyway.
pub(super) fn markdown(source: &str, kind: Kind) -> (Vec<Link>, String, Vec<TextFault>) {
    let mut words = Words::of(source);
    let mut check = Check {
        source,
        kind,
        links: Vec::new(),
        faults: Vec::new(),
        open: Vec::new(),
        seen: false,
    };
    markdown::walk(source, kind, &mut String::new(), |event, span| {
        words.take(&event);
        check.event(event, span);
    });
    if !check.seen {
        check.faults.extend(shows_nothing(source));
    }
    check.faults.sort_by_key(|fault| fault.span.start);
    (check.links, words.finish(), check.faults)
}

struct Check<'a> {
    source: &'a str,
    kind: Kind,
    links: Vec<Link>,
    faults: Vec<TextFault>,
    /// The links, images and headings around the current event.
    open: Vec<Open>,
    /// Something visible has come by.
    seen: bool,
}

struct Open {
    element: Element,
    /// Something visible stands in it.
    seen: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Link,
    Image,
    Heading,
}

impl Check<'_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                if !self.is_in(Element::Image) {
                    self.link(link_type, &dest_url, &span);
                }
                self.open(Element::Link);
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                ..
            }) => {
                if !self.is_in(Element::Image) {
                    self.image(link_type, &dest_url, &span);
                }
                self.open(Element::Image);
            }
            Event::Start(Tag::Heading { .. }) => self.open(Element::Heading),
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::Heading(_)) => self.close(span),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text)
                if is_visible(&text) =>
            {
                self.see();
            }
            _ => {}
        }
    }

    fn see(&mut self) {
        self.seen = true;
        if let Some(open) = self.open.last_mut() {
            open.seen = true;
        }
    }

    fn is_in(&self, element: Element) -> bool {
        self.open.iter().any(|open| open.element == element)
    }

    fn open(&mut self, element: Element) {
        self.open.push(Open {
            element,
            seen: false,
        });
    }

    fn close(&mut self, span: Range<usize>) {
        let Some(closed) = self.open.pop() else {
            return;
        };
        // Inside an image there are only words: what they would be elsewhere does not matter.
        if !closed.seen && self.is_in(Element::Image) {
            return;
        }
        // Also after a fault: a link around an image without words is one mistake, not two.
        self.see();
        if closed.seen {
            return;
        }
        self.links.retain(|link| link.whole != span);
        match closed.element {
            Element::Link => self.fault(
                span,
                "empty-link",
                "this link has no words",
                "no words",
                "Write what it leads to between the square brackets.",
            ),
            Element::Heading => self.fault(
                span,
                "empty-heading",
                "this heading has no words",
                "no words",
                "Write the heading's words, or leave the line out.",
            ),
            // Said once, that it may not be there at all.
            Element::Image if self.kind == Kind::Sentence => {}
            Element::Image => {
                self.fault(
                    span,
                    "image-without-words",
                    "this image has no alternative text",
                    "no alternative text",
                    "Write between the square brackets what the image says, for those who do not \
                     see it: ![Members at the conference](photo.jpg).",
                );
            }
        }
    }

    fn link(&mut self, link_type: LinkType, destination: &str, whole: &Range<usize>) {
        if self.is_in(Element::Link) {
            self.fault(
                whole.clone(),
                "link-in-link",
                "a link stands inside another link",
                "the inner link",
                "Put one behind the other.",
            );
            return;
        }
        let span = self.destination(link_type, destination, whole);
        let found = match link_type {
            LinkType::Email => target::target(&format!("mailto:{destination}")),
            _ => target::target(destination),
        };
        match found {
            Ok(target) => {
                self.links.push(Link {
                    span,
                    target,
                    image: false,
                    whole: whole.clone(),
                });
            }
            Err(fault) => self.bad_target(span, fault),
        }
    }

    fn image(&mut self, link_type: LinkType, destination: &str, whole: &Range<usize>) {
        if self.kind == Kind::Sentence {
            self.fault(
                whole.clone(),
                "image-in-sentence",
                "an image cannot stand here",
                "this text is part of a sentence, a table or a list",
                "Put it into the body of a section or of the letter.",
            );
            return;
        }
        let span = self.destination(link_type, destination, whole);
        match target::target(destination) {
            Ok(target @ Target::File { anchor: None, .. }) => {
                self.links.push(Link {
                    span,
                    target,
                    image: true,
                    whole: whole.clone(),
                });
            }
            Ok(Target::Web(_)) => self.fault(
                span,
                "image-elsewhere",
                "this image lies on another site",
                "on another site",
                "Save it under content/ and write its path relative to this file: pages load \
                 nothing from elsewhere, so that no other site learns who reads them.",
            ),
            Ok(_) => self.fault(
                span,
                target::DESTINATION,
                "this is no image",
                "",
                "Save the image under content/ and write its path relative to this file.",
            ),
            Err(fault) => self.bad_target(span, fault),
        }
    }

    fn bad_target(&mut self, span: Range<usize>, fault: TargetFault) {
        self.fault(span, fault.name, &fault.message, "", &fault.help);
    }

    /// Where the destination stands; the whole link where it is written otherwise than it reads
    /// (with an entity in it), or in another place.
    fn destination(
        &self,
        link_type: LinkType,
        destination: &str,
        whole: &Range<usize>,
    ) -> Range<usize> {
        let written = &self.source[whole.clone()];
        let start = match link_type {
            // From the right: the words of the link may hold others.
            // As most are written.
            LinkType::Inline if ends_with_destination(written, destination) => {
                Some(written.len() - destination.len() - 1)
            }
            LinkType::Inline => written.rmatch_indices("](").find_map(|(at, open)| {
                let rest = &written[at + open.len()..];
                let rest = rest.trim_start().trim_start_matches('<');
                rest.starts_with(destination)
                    .then(|| written.len() - rest.len())
            }),
            LinkType::Autolink | LinkType::Email => written.find(destination),
            _ => None,
        };
        match start {
            Some(start) if !destination.is_empty() => {
                let start = whole.start + start;
                start..start + destination.len()
            }
            _ => whole.clone(),
        }
    }

    fn fault(
        &mut self,
        span: Range<usize>,
        name: &'static str,
        message: &str,
        label: &str,
        help: &str,
    ) {
        self.faults.push(TextFault {
            span,
            name,
            message: message.to_owned(),
            label: label.to_owned(),
            help: vec![help.to_owned()],
        });
    }
}

/// True for `[words](destination)`.
fn ends_with_destination(link: &str, destination: &str) -> bool {
    let before = |link: &str| Some(link.strip_suffix(')')?.strip_suffix(destination)?.len());
    before(link).is_some_and(|before| link[..before].ends_with("]("))
}

/// A text that has characters but shows none. An empty one is the reader's to report.
fn shows_nothing(source: &str) -> Option<TextFault> {
    (!source.trim().is_empty()).then(|| TextFault {
        span: 0..source.len(),
        name: "invisible-text",
        message: "this text shows nothing".to_owned(),
        label: String::new(),
        help: vec!["Write some words, or leave the key out.".to_owned()],
    })
}
