//! Values that are text: their characters, and the Markdown in them.

use toml::de::DeValue;

use super::{Fields, Item, Reader};
use crate::diagnostic::Diagnostic;
use crate::plan::document::{Written, file_span};
use crate::plan::keys::Kind;
use crate::plan::leftover;
use crate::plan::model::{At, LinkUse};
use crate::plan::text::glance::Signs;
use crate::plan::text::{self, Text};

/// The characters of a text value, and which signs may be among them.
pub struct Characters {
    pub text: At<String>,
    signs: Signs,
}

impl<'s> Reader<'s> {
    /// The characters of a text value, checked: not empty, no control characters.
    pub(super) fn characters(&mut self, key: &str, kind: Kind, value: Item) -> Option<Characters> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_kind(key, kind, value);
            return None;
        };
        let span = value.span();
        if text.trim().is_empty() {
            if self.is_entry(value) {
                let what = format!("an entry of `{key}` is empty");
                self.error("empty", span, what, "Write it, or leave it out.");
            } else {
                let help = if self.needs(key) {
                    "Write its words between the quotes."
                } else {
                    "Leave the key out: what a plan does not have leaves no trace on the page."
                };
                self.error("empty", span, format!("`{key}` is empty"), help);
            }
            return None;
        }
        let signs = Signs::of(text);
        if signs.may_be(Signs::UNREADABLE)
            && let Some((at, control)) = text.char_indices().find(|(_, c)| forbidden(*c))
        {
            let place = file_span(self.source.text(), &span, &(at..at + control.len_utf8()));
            let (kind, code) = if control.is_control() {
                ("control character", u32::from(control))
            } else {
                ("code that stands for no character", u32::from(control))
            };
            let written = self.source.text().get(place.clone()).unwrap_or_default();
            let help = if written.starts_with('\\') {
                format!("Delete {written}: no page can show it.")
            } else {
                "Delete the invisible character; it often comes along when text is pasted."
                    .to_owned()
            };
            let what = format!("`{key}` holds a {kind} (U+{code:04X})");
            self.error("control-character", place, what, help);
            return None;
        }
        let text = At {
            value: text.to_string(),
            span,
        };
        Some(Characters { text, signs })
    }

    pub(super) fn words(&mut self, key: &str, kind: Kind, value: Item) -> Option<At<String>> {
        let Characters { mut text, signs } = self.characters(key, kind, value)?;
        if signs.may_be(Signs::LINES) || text.value.trim().len() < text.value.len() {
            text.value = text.value.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        Some(text)
    }

    /// Plain text on one line; white space at its ends is dropped.
    pub fn plain(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<At<String>> {
        let (key, value) = self.value(fields, name)?;
        self.words(key.name, key.kind, value)
    }

    /// A sentence or a body of Markdown, as the key's kind says. Its links are collected.
    pub fn text(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<Text> {
        let (key, value) = self.value(fields, name)?;
        let characters = self.characters(key.name, key.kind, value)?;
        let kind = if matches!(key.kind, Kind::Body) {
            text::Kind::Body
        } else {
            text::Kind::Sentence
        };
        Some(self.markdown(characters, kind))
    }

    /// Reads Markdown that stands at a place of the file.
    pub fn markdown(&mut self, characters: Characters, kind: text::Kind) -> Text {
        let At { value, span: whole } = characters.text;
        let (text, faults) = text::parse_seen(value, kind, characters.signs);
        let mut written = Written::new(self.source.text(), whole);
        for fault in faults {
            let span = written.span(&fault.span);
            let mut diagnostic = Diagnostic::error(fault.name, fault.message)
                .at(self.source, span.clone())
                .label(fault.label);
            diagnostic.help = fault.help;
            self.report(span, diagnostic);
        }
        for link in text.links() {
            let span = written.span(&link.span);
            self.links.push(LinkUse {
                target: link.target.clone(),
                image: link.image,
                span,
            });
        }
        if let Some((inner, message, help)) = leftover::find(&text) {
            let span = written.span(&inner);
            let warning = Diagnostic::warning("literal-markup", message)
                .at(self.source, span.clone())
                .help(help);
            self.report(span, warning);
        }
        text
    }
}

/// Characters that no text may hold (all controls but line feed and tab, and code points that
/// Unicode reserves as no characters, which HTML forbids: 13.2.3.5 of its standard).
pub(super) fn forbidden(c: char) -> bool {
    let carriage_return_of_a_line_break = c == '\r';
    c.is_control() && !matches!(c, '\n' | '\t') && !carriage_return_of_a_line_break
        || matches!(u32::from(c), 0xFDD0..=0xFDEF)
        || u32::from(c) & 0xFFFE == 0xFFFE
}
