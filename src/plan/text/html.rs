//! The HTML of a text.
//!
//! In: a [`Text`] and where its links lead. Out: HTML of a few elements and attributes, all
//! written here; whatever came from the author is escaped. May not pass any HTML through.

use std::borrow::Cow;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::escape::{FLOWS, Flow, escape, flowing};
use super::{Kind, Link, Text, linked, markdown};

/// See [`Text::html`].
pub(super) fn write<'t>(
    text: &'t Text,
    resolve: &mut dyn FnMut(&Link) -> String,
    heading_base: u8,
) -> Cow<'t, str> {
    match text.kind {
        Kind::Sentence if text.plain && !text.signs.may_be(FLOWS) => text.source.trim().into(),
        Kind::Sentence if text.plain => flowing(text.source.trim()),
        Kind::Body if text.plain => Cow::Owned(paragraphs(&text.source)),
        _ => Cow::Owned(
            linked::write(text, resolve).unwrap_or_else(|| parsed(text, resolve, heading_base)),
        ),
    }
}

/// The same, of any text.
pub(super) fn parsed(
    text: &Text,
    resolve: &mut dyn FnMut(&Link) -> String,
    heading_base: u8,
) -> String {
    // Most texts grow by a few tags and entities.
    let out = String::with_capacity(text.source.len() + 16);
    let mut writer = Writer {
        out,
        flow: Flow::default(),
        links: text.links.iter().peekable(),
        resolve,
        heading_base,
        headings: Vec::new(),
        anchors: Vec::new(),
        image: None,
        table: Table::default(),
        verbatim: false,
    };
    markdown::walk(
        &text.source,
        text.kind,
        &mut String::new(),
        |event, span| {
            writer.event(event, span);
        },
    );
    writer.out
}

/// True for an element whose words are no part of the line around it.
pub(super) fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image | TagEnd::Strikethrough
    )
}

/// A body without any Markdown.
fn paragraphs(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 16);
    for paragraph in source.split("\n\n").map(|p| p.trim_matches('\n')) {
        if !paragraph.is_empty() {
            out.push_str("<p>");
            Flow::default().push(&mut out, paragraph);
            out.push_str("</p>\n");
        }
    }
    out
}

struct Writer<'a, 'r> {
    out: String,
    flow: Flow,
    /// Those still to come.
    links: std::iter::Peekable<std::slice::Iter<'a, Link>>,
    resolve: &'r mut dyn FnMut(&Link) -> String,
    heading_base: u8,
    /// The levels, as written, of the headings around this place.
    headings: Vec<u8>,
    /// For every link around this place, whether there is a tag to close.
    anchors: Vec<bool>,
    image: Option<Image>,
    table: Table,
    /// Inside a code block.
    verbatim: bool,
}

/// An image whose alternative text is being collected.
struct Image {
    src: Option<String>,
    title: String,
    alt: String,
    /// Images inside its words, which are words themselves.
    depth: usize,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_rows: bool,
    /// Where the current cell's content begins, and its tag.
    cell: (usize, usize),
    /// Where the attributes of the frame around the table end.
    frame: usize,
    /// What its columns are called.
    names: String,
}

impl Writer<'_, '_> {
    fn event(&mut self, event: Event<'_>, span: std::ops::Range<usize>) {
        if let Some(image) = &mut self.image {
            if image.collect(&event) {
                self.end_image();
            }
            return;
        }
        match event {
            Event::Start(Tag::Link { title, .. }) => self.start_link(&title, &span),
            Event::Start(Tag::Image { title, .. }) => {
                let src = self.take_link(&span);
                let title = title.into_string();
                self.image = Some(Image {
                    src,
                    title,
                    alt: String::new(),
                    depth: 0,
                });
            }
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::Link) => {
                if self.anchors.pop() == Some(true) {
                    self.out.push_str("</a>");
                }
            }
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.verbatim => escape(&mut self.out, &text),
            // Raw HTML is shown, not obeyed.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.table.name(&text);
                self.flow.push(&mut self.out, &text);
            }
            Event::Code(code) => {
                self.table.name(&code);
                self.out.push_str("<code>");
                escape(&mut self.out, &code);
                self.out.push_str("</code>");
                self.flow.end_word();
            }
            Event::SoftBreak => {
                self.out.push('\n');
                self.flow.end_word();
            }
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.flow.end_word();
            }
            Event::Rule => self.out.push_str("<hr>\n"),
            // Extensions that are not switched on.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if is_block(&tag.to_end()) {
            self.flow.end_word();
        }
        match tag {
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Paragraph | Tag::HtmlBlock => self.out.push_str("<p>"),
            Tag::Heading { level, .. } => {
                let level = self.open_heading(level);
                self.out.push_str(&format!("<h{level}>"));
            }
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                // Wide code scrolls, and a keyboard must be able to scroll it (WCAG 2.1.1).
                self.out.push_str("<pre tabindex=\"0\"><code>");
                self.verbatim = true;
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => self.out.push_str(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.out.push_str("<li>"),
            Tag::Table(alignments) => {
                // A wide table scrolls in a frame of its own, for a keyboard too (WCAG 1.4.10, 2.1.1).
                self.out.push_str("<div class=\"scroll\" tabindex=\"0\"");
                let frame = self.out.len();
                self.out.push_str(">\n<table>\n");
                self.table = Table {
                    frame,
                    alignments,
                    ..Table::default()
                };
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.push_str("<thead>\n<tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                if !std::mem::replace(&mut self.table.has_rows, true) {
                    self.out.push_str("<tbody>\n");
                }
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if is_block(&tag) {
            self.flow.end_word();
        }
        match tag {
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::HtmlBlock => {
                self.out.truncate(self.out.trim_end().len());
                self.out.push_str("</p>\n");
            }
            TagEnd::Heading(_) => {
                let level = self.heading_level();
                self.out.push_str(&format!("</h{level}>\n"));
            }
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.verbatim = false;
                self.out.push_str("</code></pre>\n");
            }
            TagEnd::List(ordered) => self
                .out
                .push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::Table => {
                self.out.push_str(if self.table.has_rows {
                    "</tbody>\n"
                } else {
                    ""
                });
                self.out.push_str("</table>\n</div>\n");
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.name_frame();
                self.out.push_str("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            _ => {}
        }
    }

    /// The first heading stands one level below the part, and none more than one level below the
    /// heading around it, whatever numbers the author used.
    fn open_heading(&mut self, level: HeadingLevel) -> u8 {
        let level = level as u8;
        while self.headings.pop_if(|around| *around >= level).is_some() {}
        self.headings.push(level);
        self.heading_level()
    }

    fn heading_level(&self) -> u8 {
        let depth = u8::try_from(self.headings.len()).unwrap_or(u8::MAX);
        self.heading_base.saturating_add(depth).clamp(1, 6)
    }

    fn start_cell(&mut self) {
        let tag_at = self.out.len();
        self.out.push_str(if self.table.in_head {
            "<th scope=\"col\""
        } else {
            "<td"
        });
        // By class: pages have no inline styles.
        self.out
            .push_str(match self.table.alignments.get(self.table.column) {
                Some(Alignment::Center) => " class=\"center\">",
                Some(Alignment::Right) => " class=\"end\">",
                _ => ">",
            });
        self.table.cell = (tag_at, self.out.len());
        self.table.column += 1;
    }

    fn end_cell(&mut self) {
        let (tag_at, content_at) = self.table.cell;
        if self.table.in_head && !self.table.names.is_empty() {
            self.table.names.push_str(", ");
        }
        if !self.table.in_head {
            self.out.push_str("</td>");
        } else if self.out.len() > content_at {
            self.out.push_str("</th>");
        } else {
            // A heading without words names nothing.
            self.out.truncate(tag_at);
            self.out.push_str("<td></td>");
        }
    }

    /// Whoever comes to the frame with the keyboard hears what the table tells of.
    fn name_frame(&mut self) {
        let names = self.table.names.trim_end_matches([',', ' ']);
        if !names.is_empty() {
            let mut attributes = String::from(" role=\"region\" aria-label=\"");
            escape(&mut attributes, names);
            attributes.push('"');
            self.out.insert_str(self.table.frame, &attributes);
        }
    }

    fn start_link(&mut self, title: &CowStr<'_>, span: &std::ops::Range<usize>) {
        let href = self.take_link(span);
        self.anchors.push(href.is_some());
        if let Some(href) = href {
            self.out.push_str("<a href=\"");
            escape(&mut self.out, &href);
            self.title(title);
            self.out.push_str("\">");
        }
    }

    fn end_image(&mut self) {
        let Some(image) = self.image.take() else {
            return;
        };
        let Some(src) = image.src else {
            // Without an image its words are what there is to show.
            self.flow.push(&mut self.out, &image.alt);
            return;
        };
        self.flow.end_word();
        self.out.push_str("<img src=\"");
        escape(&mut self.out, &src);
        self.out.push_str("\" alt=\"");
        escape(&mut self.out, image.alt.trim_matches(' '));
        self.title(&image.title);
        self.out.push_str("\">");
    }

    /// Ends one attribute's value and begins that of `title`, if there is one.
    fn title(&mut self, title: &str) {
        if !title.trim().is_empty() {
            self.out.push_str("\" title=\"");
            escape(&mut self.out, title.trim());
        }
    }

    /// Where the link at `span` leads; `None` where it is faulty.
    fn take_link(&mut self, span: &std::ops::Range<usize>) -> Option<String> {
        let link = self.links.next_if(|link| link.whole == *span)?;
        Some((self.resolve)(link))
    }
}

impl Table {
    /// Takes the words of a heading for the table's name.
    fn name(&mut self, words: &str) {
        if self.in_head {
            super::escape::push_plain(&mut self.names, words);
        }
    }
}

impl Image {
    /// Takes the words out of an event; true at the image's end.
    fn collect(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                super::escape::push_plain(&mut self.alt, text);
            }
            Event::SoftBreak | Event::HardBreak => super::escape::push_plain(&mut self.alt, " "),
            Event::Start(Tag::Image { .. }) => self.depth += 1,
            Event::End(TagEnd::Image) if self.depth == 0 => return true,
            Event::End(TagEnd::Image) => self.depth -= 1,
            _ => {}
        }
        false
    }
}
