//! Lets through what a profile allows, token by token, and rewrites what it does not.
//!
//! A table becomes a list of its rows, an image its words, code a paragraph of lines. Ids get
//! their prefix, links that stay inside the fragment follow them, and links that cannot work on
//! another site leave their words behind.

use super::anchors::Anchors;
use super::rows::Rows;
use super::rules::{Fate, is_inline};
use super::tokens::{Tag, Token, is_void, write_start, write_text};
use super::{Profile, Shape, Unlinked, direction};
use crate::site::route::{decode, fragment};

/// What every class begins with.
const NAMESPACE: &str = "planpress";

/// The sieve, halfway through a fragment.
pub(super) struct Sieve<'f> {
    shape: &'f Shape,
    anchors: &'f Anchors,
    language: &'f str,
    direction: &'static str,
    out: String,
    /// The elements around this place.
    open: Vec<Open>,
    unlinked: Vec<Unlinked>,
    /// Which of those is a link around this place, whose words are being collected.
    collecting: Option<usize>,
    /// How many elements around this place are not to be read.
    dropped: usize,
    /// A table on its way to become a list.
    rows: Option<Rows>,
    code: Option<Code>,
}

/// An element around this place: as it came, and as it was written, if it was.
struct Open {
    name: String,
    written: Option<String>,
}

/// Lines of code on their way into a paragraph.
#[derive(Default)]
struct Code {
    /// Line breaks that are written before the next word, so that none is at the end.
    breaks: usize,
    in_line: bool,
}

impl<'f> Sieve<'f> {
    /// An empty sieve for words of that language and direction.
    pub(super) fn new(
        shape: &'f Shape,
        anchors: &'f Anchors,
        language: &'f str,
        direction: &'static str,
    ) -> Self {
        Self {
            shape,
            anchors,
            language,
            direction,
            out: String::new(),
            open: Vec::new(),
            unlinked: Vec::new(),
            collecting: None,
            dropped: 0,
            rows: None,
            code: None,
        }
    }

    /// Takes the next token.
    pub(super) fn take(&mut self, token: &Token) {
        match token {
            Token::Start(tag) => self.start(tag),
            Token::End(_) if self.dropped > 0 => self.dropped -= 1,
            Token::End(name) => self.end(name),
            Token::Text(_) if self.dropped > 0 => {}
            Token::Text(text) => self.text(text),
        }
    }

    /// What came through, and the links that did not.
    pub(super) fn finish(mut self) -> (String, Vec<Unlinked>) {
        while !self.open.is_empty() {
            self.close();
        }
        self.end_line();
        for unlinked in &mut self.unlinked {
            let words: Vec<&str> = unlinked.words.split_whitespace().collect();
            unlinked.words = words.join(" ");
        }
        (self.out, self.unlinked)
    }

    fn is_basic(&self) -> bool {
        self.shape.profile == Profile::Basic
    }

    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        let fate = self.shape.profile.fate(name);
        if self.dropped > 0 || fate == Fate::Dropped {
            self.dropped += usize::from(!is_void(name));
            return;
        }
        match name {
            "img" => self.image(tag),
            "a" => self.link(tag),
            _ if is_void(name) => {
                if fate == Fate::Kept {
                    self.write_start(name, tag);
                }
            }
            "table" | "thead" | "tr" | "th" | "td" if self.is_basic() => self.start_in_table(tag),
            "pre" if self.is_basic() => {
                self.code = Some(Code::default());
                self.open(tag, Some("p"));
            }
            "span" if self.is_basic() => self.open(tag, self.spoken(tag)),
            // It would scroll only with a stylesheet of ours.
            "div" if tag.get("class") == Some("scroll") => self.open(tag, None),
            _ if fate == Fate::Kept => self.open(tag, Some(name)),
            _ => self.open(tag, None),
        }
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            return;
        };
        while self.open.len() > at {
            self.close();
        }
    }

    /// Opens an element under the name that it is written with, if it is.
    fn open(&mut self, tag: &Tag, written: Option<&str>) {
        if let Some(element) = written {
            self.write_start(element, tag);
        }
        self.open.push(Open {
            name: tag.name.clone(),
            written: written.map(str::to_owned),
        });
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open.name.as_str() {
            "a" => self.collecting = None,
            "pre" => self.code = None,
            name => {
                if let Some(rows) = &mut self.rows {
                    rows.end(name, &mut self.out);
                    if name == "table" {
                        self.rows = None;
                    }
                }
            }
        }
        if let Some(element) = open.written {
            self.out.push_str(&format!("</{element}>"));
        }
    }

    fn start_in_table(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if name == "table" {
            self.open(tag, Some("ul"));
            self.rows = Some(Rows::default());
            return;
        }
        let is_item = self.rows.as_mut().is_some_and(|rows| rows.start(name));
        self.open(tag, is_item.then_some("li"));
        if let Some(rows) = &mut self.rows {
            rows.begin(name, self.out.len());
        }
    }

    fn write_start(&mut self, element: &str, tag: &Tag) {
        let mut attributes = Vec::new();
        for (name, value) in &tag.attributes {
            if self.shape.profile.takes(element, name) {
                let value = match name.as_str() {
                    "id" => self.prefixed(value),
                    "class" => namespaced(value),
                    _ => value.clone(),
                };
                attributes.push((name.as_str(), value));
            }
        }
        attributes.extend(self.language(element, tag));
        attributes.sort_unstable_by_key(|(name, _)| *name);
        write_start(&mut self.out, element, &attributes);
    }

    fn prefixed(&self, id: &str) -> String {
        format!("{}{id}", self.shape.id_prefix.0)
    }

    /// Which language the element's words are in. Of the profile `basic` nothing can be wrapped
    /// around the whole, so each of the outermost elements says it.
    fn language(&self, element: &str, tag: &Tag) -> Vec<(&'static str, String)> {
        let own = tag.get("lang");
        let is_outermost = self.is_basic() && self.open.iter().all(|open| open.written.is_none());
        let lang = own.or(is_outermost.then_some(self.language));
        let given = tag.get("dir").filter(|dir| matches!(*dir, "ltr" | "rtl"));
        // Drupal takes no `auto`, which pages write here.
        let turned = own
            .and_then(direction)
            .filter(|own| is_inline(element) && *own != self.direction);
        let outermost = (is_outermost && self.direction == "rtl").then_some("rtl");
        let lang = lang.map(|lang| ("lang", lang.to_owned()));
        let dir = given.or(turned).or(outermost);
        lang.into_iter()
            .chain(dir.map(|dir| ("dir", dir.to_owned())))
            .collect()
    }

    /// What is left of an element that is not let through but says which language its words are in
    /// (WCAG 3.1.2).
    fn spoken(&self, tag: &Tag) -> Option<&'static str> {
        tag.get("lang")?;
        Some(if self.is_basic() { "em" } else { "span" })
    }

    fn link(&mut self, tag: &Tag) {
        let address = tag.get("href").unwrap_or_default();
        match self.address(address) {
            Some(address) => {
                let mut tag = tag.clone();
                for (name, value) in &mut tag.attributes {
                    if name == "href" {
                        value.clone_from(&address);
                    }
                }
                self.open(&tag, Some("a"));
            }
            None => {
                self.open(tag, self.spoken(tag));
                self.collecting = Some(self.unlinked.len());
                self.unlinked.push(Unlinked {
                    words: String::new(),
                    address: address.to_owned(),
                });
            }
        }
    }

    /// Where a link leads from the other site; `None` where it cannot work there.
    fn address(&self, address: &str) -> Option<String> {
        let own = address.strip_prefix(self.shape.own_address.as_str());
        let inside = own.unwrap_or(address).strip_prefix('#');
        if let Some(anchor) = inside {
            let anchor = decode(anchor);
            let target = self.anchors.target(&anchor)?;
            return Some(fragment(&self.prefixed(target)));
        }
        is_whole(address).then(|| address.to_owned())
    }

    fn image(&mut self, tag: &Tag) {
        let words = tag.get("alt").unwrap_or_default();
        let address = tag.get("src").unwrap_or_default();
        if !is_whole(address) && self.collecting.is_none() {
            self.unlinked.push(Unlinked {
                words: words.to_owned(),
                address: address.to_owned(),
            });
        }
        let in_link = self
            .open
            .iter()
            .any(|open| open.written.as_deref() == Some("a"));
        if is_whole(address) && !self.is_basic() {
            self.write_start("img", tag);
        } else if is_whole(address) && !in_link && !words.trim().is_empty() {
            write_start(&mut self.out, "a", &[("href", address.to_owned())]);
            write_text(&mut self.out, words);
            self.out.push_str("</a>");
        } else {
            self.text(words);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(link) = self.collecting {
            self.unlinked[link].words.push_str(text);
        }
        if self.code.is_some() {
            self.lines(text);
            return;
        }
        let is_break = text.contains('\n')
            && text.trim().is_empty()
            && self.open.iter().all(|open| open.name != "pre");
        if is_break {
            self.end_line();
        } else {
            write_text(&mut self.out, text);
        }
    }

    /// Where something was not let through, no empty line tells of it.
    fn end_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Writes lines of code; their indents stay.
    fn lines(&mut self, text: &str) {
        let Some(code) = &mut self.code else { return };
        for c in text.chars() {
            if c == '\n' {
                code.breaks += 1;
                code.in_line = false;
                continue;
            }
            for _ in 0..std::mem::take(&mut code.breaks) {
                self.out.push_str("<br>");
            }
            let indent = match c {
                ' ' if !code.in_line => 1,
                '\t' if !code.in_line => 4,
                _ => 0,
            };
            if indent > 0 {
                write_text(&mut self.out, &"\u{a0}".repeat(indent));
            } else {
                code.in_line = true;
                write_text(&mut self.out, c.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

/// True for an address that leads to the same place from everywhere, of a kind that plans may have.
fn is_whole(address: &str) -> bool {
    let kinds = ["https://", "http://", "mailto:", "tel:"];
    kinds.iter().any(|kind| address.starts_with(kind))
}

/// The classes, with the name of this program before those that lack it.
fn namespaced(classes: &str) -> String {
    let own = |class: &str| match class.starts_with(NAMESPACE) {
        true => class.to_owned(),
        false => format!("{NAMESPACE}-{class}"),
    };
    classes
        .split_whitespace()
        .map(own)
        .collect::<Vec<_>>()
        .join(" ")
}
