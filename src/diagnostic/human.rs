//! A diagnostic as a frame for a person: what is wrong, the line with a caret under it, what to do.
//!
//! ```text
//! error[unknown-key]: `objectivs` is not a key of a domain
//!  --> content/ala-2025.toml:7:1
//!   |
//! 7 | objectivs = ["Champion libraries."]
//!   | ^^^^^^^^^ unknown
//!   |
//!   = help: Write `objectives`.
//! ```
//!
//! The text has colours in it (ANSI escapes); whoever prints it takes them out where they are
//! not wanted. Nothing else in it can act on a terminal, whatever the input file holds.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::shown::{shown, shown_on_one_line};
use super::{Diagnostic, Excerpt, Failure, Place, Severity};

/// How many columns a frame takes at most. A sentence of a plan is often one line of several
/// hundred characters; where a terminal wraps it, the caret points at nothing. So a long line is
/// cut around the caret, to what the windows people open can hold.
const WIDTH: usize = 100;

/// How many columns a row of carets takes at most: with a label of some words behind it and a
/// few words before it, it stays within [`WIDTH`].
const CARETS: usize = 60;

/// What a frame is made from on each side of the carets, in bytes: far more than fits its width.
/// Of a line that is longer nothing else is looked at.
const BESIDE: usize = 1024;

/// The frame, with colours, ending in a line break.
pub fn human(diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(shown(&diagnostic.message))
        .id(diagnostic.name);
    let first = diagnostic
        .place
        .as_ref()
        .map(|place| (place, diagnostic.label.as_str()));
    let others = diagnostic
        .related
        .iter()
        .map(|(place, label)| (place, label.as_str()));

    let mut elements: Vec<Element<'_>> = Vec::new();
    // Notes stand below all source lines: between two of them they would seem to speak of one.
    let mut notes: Vec<Element<'_>> = Vec::new();
    let mut cuts: Vec<Cut> = Vec::new();
    for (index, (place, label)) in first.into_iter().chain(others).enumerate() {
        let is_first = index == 0 && diagnostic.place.is_some();
        let label = shown_on_one_line(label);
        match place.excerpt() {
            Some(excerpt) => {
                let kind = if is_first {
                    AnnotationKind::Primary
                } else {
                    AnnotationKind::Context
                };
                let (snippet, cut) = snippet(place, excerpt, label, kind, cuts.len());
                elements.push(snippet.into());
                cuts.extend(cut);
            }
            None if is_first => {
                elements.push(Origin::path(shown_on_one_line(place.path())).into());
                if !label.is_empty() {
                    notes.push(Level::NOTE.message(label).into());
                }
            }
            None => {
                let path = shown_on_one_line(place.path());
                notes.push(Level::NOTE.message(format!("{path}: {label}")).into());
            }
        }
    }
    let frame = render(&[title
        .elements(elements)
        .elements(notes)
        .elements(helps(&diagnostic.help))]);
    cuts.iter().fold(frame, |frame, cut| cut.undo(&frame))
}

/// A line that was cut before it was drawn. Columns are counted in what is drawn, so the place over
/// the line is written as a mark, which nothing else in a frame can hold, and put right afterwards.
struct Cut {
    mark: String,
    /// The column in what is drawn.
    column: usize,
    path: String,
    spot: (usize, usize),
}

impl Cut {
    fn undo(&self, frame: &str) -> String {
        let Self { mark, path, .. } = self;
        let (line, column) = self.spot;
        frame.replacen(
            &format!("{mark}:{line}:{}", self.column),
            &format!("{path}:{line}:{column}"),
            1,
        )
    }
}

/// The same for what failed around the content: no name, no source line.
pub fn human_failure(failure: &Failure) -> String {
    let title = Level::ERROR.primary_title(shown(&failure.message));
    render(&[title.elements(helps(&failure.help))])
}

fn render(groups: &[Group<'_>]) -> String {
    let mut text = Renderer::styled().term_width(WIDTH).render(groups);
    text.push('\n');
    text
}

fn helps(help: &[String]) -> impl Iterator<Item = Element<'_>> {
    help.iter()
        .map(|sentence| Level::HELP.message(shown(sentence)).into())
}

fn snippet<'a>(
    place: &'a Place,
    excerpt: &'a Excerpt,
    mut label: String,
    kind: AnnotationKind,
    number: usize,
) -> (Snippet<'a, annotate_snippets::Annotation<'a>>, Option<Cut>) {
    let mut text = &*excerpt.text;
    let mut range = excerpt.range.clone();
    let mut is_one_line = excerpt.end_line == excerpt.line;
    // A bracket drawn beside several lines cannot be cut to width: where one of them is too long
    // for it, the first stands for all.
    if excerpt.end_line > excerpt.line && text.lines().any(|line| columns(line) > WIDTH - 10) {
        text = text.lines().next().unwrap_or_default();
        range.end = text.len().max(range.start);
        is_one_line = true;
        let to = format!("to line {}", excerpt.end_line);
        label = if label.is_empty() {
            to
        } else {
            format!("{label} ({to})")
        };
    }
    range.end = range.start + carets(&text[range.clone()]);
    let part = if is_one_line {
        around(text, &range)
    } else {
        0..text.len()
    };
    let text = &text[part.clone()];
    let range = range.start - part.start..range.end - part.start;
    let mut path = shown_on_one_line(place.path());
    let cut = (part.start > 0).then(|| Cut {
        // A separator of lines, which is never shown as it is.
        mark: format!("\u{2028}{number}"),
        column: text[..range.start].chars().count() + 1,
        path: path.clone(),
        spot: (excerpt.line, excerpt.column),
    });
    if let Some(Cut { mark, .. }) = &cut {
        path.clone_from(mark);
    }
    // The stand-ins differ from what they stand for in bytes, never in number.
    let moved = |offset: usize| shown(&text[..offset]).len();
    let annotation = kind
        .span(moved(range.start)..moved(range.end))
        .label((!label.is_empty()).then_some(label));
    let snippet = Snippet::source(shown(text))
        .path(path)
        .line_start(excerpt.line)
        .annotation(annotation);
    (snippet, cut)
}

/// The part of a line that a frame around `range` is made from: all of it, or what stands beside it.
fn around(line: &str, range: &Range<usize>) -> Range<usize> {
    let mut start = range.start.saturating_sub(BESIDE);
    let mut end = (range.end + BESIDE).min(line.len());
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    while !line.is_char_boundary(end) {
        end += 1;
    }
    // White space at its beginning would be taken for the line's indent.
    let first = line[..start].rfind(|c: char| !c.is_whitespace());
    first.unwrap_or(0)..end
}

/// How many bytes of a text get carets: all of it, or as much as fits where that is one line.
fn carets(text: &str) -> usize {
    let mut taken = 0;
    let too_far = |&(_, c): &(usize, char)| {
        taken += columns_of(c);
        taken > CARETS
    };
    match text.char_indices().find(too_far) {
        Some((at, _)) if !text.contains('\n') => at,
        _ => text.len(),
    }
}

/// The most columns that a text takes; the exact number is the terminal's own business.
fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

fn columns_of(c: char) -> usize {
    match c {
        '\t' => 4,
        // Latin, Greek, Cyrillic, Hebrew and Arabic are one column wide; beyond begin scripts
        // and pictures that may take two.
        '\0'..='\u{10ff}' => 1,
        _ => 2,
    }
}
