//! The words of a plan that may hold Markdown (the format's "Text").
//!
//! In: a decoded TOML string. Out: a [`Text`] with its links, its plain words and its HTML, and
//! everything that is wrong with it. Raw HTML is words like any other. May not know what other
//! pages or files there are: whoever asks for the HTML says where each link leads.

mod check;
mod escape;
pub(crate) mod glance;
mod html;
mod linked;
mod markdown;
mod target;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use glance::Signs;

pub use target::{Target, TargetFault, target};

/// How much Markdown a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One sentence or a few: emphasis, strong emphasis, code and links. What would begin a block
    /// elsewhere ("1. Expand", "# 1") is just words.
    Sentence,
    /// CommonMark with tables: paragraphs, headings, lists, quotations, code, links and images.
    Body,
}

/// A text that has been looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    source: String,
    kind: Kind,
    signs: Signs,
    /// Without any Markdown in it, so that nothing needs to be parsed again.
    plain: bool,
    /// The words alone, where they are not the source as it stands.
    words: Option<String>,
    links: Vec<Link>,
}

/// A link or an image whose destination is of an allowed kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The destination in the source, or the whole link where it stands elsewhere; in bytes.
    pub span: Range<usize>,
    /// Where it leads, or what it shows.
    pub target: Target,
    /// True for an image; its target is always a [`Target::File`] without an anchor.
    pub image: bool,
    /// The whole link: tells one link from another.
    whole: Range<usize>,
}

/// Something wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFault {
    /// In bytes of the source; on character boundaries.
    pub span: Range<usize>,
    /// The name of the diagnostic.
    pub name: &'static str,
    /// What is wrong, one sentence without a closing period.
    pub message: String,
    /// A few words beside the caret, or empty.
    pub label: String,
    /// What to do, in sentences.
    pub help: Vec<String>,
}

/// Looks through a text and finds everything wrong with it.
///
/// A text with faults can be shown all the same: a link that leads nowhere is just its words.
pub fn parse(source: impl Into<String>, kind: Kind) -> (Text, Vec<TextFault>) {
    let source = source.into();
    let signs = Signs::of(&source);
    parse_seen(source, kind, signs)
}

/// The same, where the signs of the source are known.
pub(super) fn parse_seen(source: String, kind: Kind, signs: Signs) -> (Text, Vec<TextFault>) {
    let plain = markdown::is_plain(&source, kind, signs);
    let (links, words, faults) = if plain {
        let words = match source.trim() {
            words if !signs.may_be(escape::SEVERAL_LINES) => Cow::Borrowed(words),
            words => escape::on_one_line(words),
        };
        let words = match words {
            Cow::Borrowed(_) => None,
            Cow::Owned(words) => Some(words),
        };
        (Vec::new(), words, check::plain(&source))
    } else {
        let (links, words, faults) = check::markdown(&source, kind);
        (links, Some(words), faults)
    };
    let text = Text {
        source,
        kind,
        signs,
        plain,
        words,
        links,
    };
    (text, faults)
}

/// Plain words as HTML: escaped, and with long words of slashes made to break (see
/// [`Text::html`]).
pub fn words_html(words: &str) -> Cow<'_, str> {
    escape::flowing(words)
}

impl Text {
    /// The text as the author wrote it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// How much Markdown it may hold.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Which signs may be in its source.
    pub(super) fn signs(&self) -> Signs {
        self.signs
    }

    /// Its links and images in the order of the text, without those that are faulty.
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The words alone, on one line: for slugs, comparisons and descriptions. An image is its
    /// alternative text.
    pub fn plain(&self) -> Cow<'_, str> {
        Cow::Borrowed(match &self.words {
            Some(words) => words,
            None => self.source.trim(),
        })
    }

    /// The text as HTML: for a sentence what stands inside an element, for a body whole
    /// elements, its headings one level and more below `heading_base` without a level skipped
    /// (WCAG 1.3.1).
    ///
    /// `resolve` is asked once for every link and image, in order, and says where it leads from
    /// the page that is being made; its answer need not be escaped.
    pub fn html(&self, resolve: &mut dyn FnMut(&Link) -> String, heading_base: u8) -> Cow<'_, str> {
        html::write(self, resolve, heading_base)
    }
}
