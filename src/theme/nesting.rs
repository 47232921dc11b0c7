//! Which tag of a template is never closed, or closes nothing: Tera only says where it gave up.
//!
//! In: a template and the place where Tera gave up. Out: a diagnostic at the tag that is to blame.
//! Says nothing about a template that Tera takes.

use std::ops::Range;

use super::tags;
use crate::diagnostic::{Diagnostic, SourceText};

/// What is wrong with how tags enclose each other.
enum Fault {
    /// A tag lacks its own closing signs, `}}` or `%}`.
    Open {
        tag: Range<usize>,
        closing: &'static str,
    },
    /// A part of the template is begun and not ended: before the closing tag of another, or at all.
    Unclosed {
        tag: Range<usize>,
        /// What would end it, as a tag: `{% endif %}`.
        closing: String,
        before: Option<Range<usize>>,
    },
    /// A closing tag of which nothing is open.
    Unopened { tag: Range<usize> },
}

/// A part that is begun: its tag, and what stands in the tag that ends it.
struct Part {
    tag: Range<usize>,
    end: String,
}

/// The fault for which Tera gave up at this place; `None` where it is another kind of fault.
pub fn fault(source: &SourceText, place: &Range<usize>, at_the_end: bool) -> Option<Diagnostic> {
    look(source.text(), place, at_the_end).map(|fault| shown(source, fault))
}

fn look(text: &str, place: &Range<usize>, at_the_end: bool) -> Option<Fault> {
    let mut open: Vec<Part> = Vec::new();
    let mut found = None;
    tags::each(text, |tag| {
        if found.is_some() {
            return;
        }
        let is_block = text[tag.clone()].starts_with("{%");
        let closing = if is_block { "%}" } else { "}}" };
        if tag.len() < 4 || !text[tag.clone()].ends_with(closing) {
            found = Some(Fault::Open {
                tag: tag.start..first_line_of(text, &tag),
                closing,
            });
        } else if let Some(end) = is_block.then(|| ends(text, &tag)).flatten() {
            if open.last().is_some_and(|part| part.end == end) {
                open.pop();
            } else if open.iter().any(|part| part.end == end) {
                found = open.pop().map(|part| unclosed(part, Some(tag)));
            } else {
                found = Some(Fault::Unopened { tag });
            }
        } else if let Some(end) = is_block.then(|| begins(text, &tag)).flatten() {
            open.push(Part { tag, end });
        }
    });
    let here = |tag: &Range<usize>| tag.contains(&place.start);
    match found {
        None if at_the_end => open.pop().map(|part| unclosed(part, None)),
        Some(Fault::Open { .. }) if at_the_end => found,
        Some(
            Fault::Unopened { ref tag }
            | Fault::Unclosed {
                before: Some(ref tag),
                ..
            },
        ) if here(tag) => found,
        _ => None,
    }
}

fn shown(source: &SourceText, fault: Fault) -> Diagnostic {
    let error = |what: String, tag: Range<usize>| {
        Diagnostic::error("template-syntax", what).at(source, tag)
    };
    let written = |tag: &Range<usize>| {
        let text = &source.text()[tag.clone()];
        match tags::first_word(text, &(0..text.len())).0 {
            "" => text.to_owned(),
            word => format!("{{% {word} %}}"),
        }
    };
    match fault {
        Fault::Open { tag, closing } => {
            let opening = &source.text()[tag.start..tag.start + 2];
            error(format!("This `{opening}` is never closed"), tag)
                .help(format!("Write `{closing}` where it ends."))
        }
        Fault::Unclosed {
            tag,
            closing,
            before,
        } => {
            let what = format!("This `{}` is never closed", written(&tag));
            let mut found =
                error(what, tag).help(format!("Write `{closing}` where what it begins ends."));
            if let Some(before) = before {
                found = found.also(source.place(before), "it must be closed before this");
            }
            found
        }
        Fault::Unopened { tag } => error(format!("This `{}` closes nothing", written(&tag)), tag)
            .help("Take it away, or write the tag that begins what it ends."),
    }
}

fn unclosed(part: Part, before: Option<Range<usize>>) -> Fault {
    Fault::Unclosed {
        tag: part.tag,
        closing: format!("{{% {} %}}", part.end),
        before,
    }
}

/// What ends the part that this tag begins, if it begins one.
fn begins(text: &str, tag: &Range<usize>) -> Option<String> {
    let (word, after) = tags::first_word(text, tag);
    match word {
        "block" | "if" | "for" | "component" | "filter" => Some(format!("end{word}")),
        // Without an equals sign behind its name, it takes what stands up to its end.
        "set" | "set_global" => {
            let name_and_on = text[after..tag.end].trim_start();
            let behind = name_and_on.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
            (!behind.trim_start().starts_with('=')).then(|| "endset".to_owned())
        }
        // A component with a body, `{% <card> %} ... {% </card> %}`.
        "" => {
            let inner = inner(text, tag);
            let name = inner.strip_prefix('<').filter(|_| !inner.ends_with("/>"))?;
            let length = name.find(|c: char| !(c.is_alphanumeric() || "_.".contains(c)))?;
            (length > 0).then(|| format!("</{}>", &name[..length]))
        }
        _ => None,
    }
}

/// What this tag ends, as [`begins`] has it, if it ends something.
fn ends(text: &str, tag: &Range<usize>) -> Option<String> {
    const ENDS: [&str; 6] = [
        "endblock",
        "endif",
        "endfor",
        "endcomponent",
        "endfilter",
        "endset",
    ];
    let (word, _) = tags::first_word(text, tag);
    let inner = inner(text, tag);
    let is_end = ENDS.contains(&word) || word.is_empty() && inner.starts_with("</");
    is_end.then(|| if word.is_empty() { inner } else { word }.to_owned())
}

fn inner<'a>(text: &'a str, tag: &Range<usize>) -> &'a str {
    text[tag.start + 2..tag.end - 2].trim_matches(|c: char| c == '-' || c.is_whitespace())
}

/// An unclosed tag reaches to the end of the text: its first line is enough to see which it is.
fn first_line_of(text: &str, tag: &Range<usize>) -> usize {
    let line = text[tag.clone()].lines().next().unwrap_or_default();
    tag.start + line.trim_end().len()
}
