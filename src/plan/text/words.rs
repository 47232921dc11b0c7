//! The words of a text alone, on one line.
//!
//! In: the parser's events. Out: what they say, without any markup. An image is its alternative
//! text, raw HTML is words, and what stands in blocks of its own is apart.

use pulldown_cmark::Event;

use super::escape::push_plain;
use super::html::is_block;

/// The words that have come by so far.
pub(super) struct Words(String);

impl Words {
    /// Room for the words of a `source`, which are hardly longer.
    pub(super) fn of(source: &str) -> Self {
        Self(String::with_capacity(source.len()))
    }

    /// Takes the words out of an event.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        let words = match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                text
            }
            Event::SoftBreak | Event::HardBreak => " ",
            Event::Start(tag) if is_block(&tag.to_end()) => " ",
            Event::End(tag) if is_block(tag) => " ",
            _ => return,
        };
        push_plain(&mut self.0, words);
    }

    /// All of them.
    pub(super) fn finish(self) -> String {
        let words = self.0.trim();
        if words.len() == self.0.len() {
            self.0
        } else {
            words.to_owned()
        }
    }
}
