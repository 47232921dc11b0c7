//! The template engine's findings in this program's words, framed in the template.
//!
//! In: an error of Tera's and the templates by their internal names. Out: diagnostics. Tera puts
//! a span on syntax and rendering errors; unknown names it reports as text alone, with
//! `file:line:column` in it, which is read back here.

use std::collections::BTreeMap;
use std::ops::Range;

use tera::{Error, ErrorKind, ReportError};

use super::builtin;
use super::nesting;
use super::tags;
use crate::diagnostic::{Diagnostic, Place, SourceText};
use crate::diagnostic::{hint, listed, nearest};

/// The templates by the names that Tera knows them by.
pub type Sources = BTreeMap<String, SourceText>;

/// What Tera brings along, for hints. A test compares each list with Tera itself.
pub const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];
/// See [`FILTERS`].
pub const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];
/// See [`FILTERS`].
pub const FUNCTIONS: [&str; 3] = ["range", "super", "throw"];

/// A template that cannot be parsed.
pub fn syntax(source: &SourceText, report: &ReportError) -> Diagnostic {
    let message = report.message().trim_end_matches('.');
    let at_the_end = message == "Unexpected end of input";
    let place = &report.span().range;
    if let Some(found) = nesting::fault(source, place, at_the_end) {
        return found;
    }
    let found = Diagnostic::error("template-syntax", message.to_owned()).at(source, place.clone());
    if at_the_end {
        return found
            .help("A tag was opened and not closed: `{{ ... }}`, `{% if %} ... {% endif %}`.");
    }
    found.help(
        "A value stands in `{{ ... }}`, a tag in `{% ... %}`: `{% if plan.letter %}`, `{% for domain in domains %}`, each closed by its `{% end... %}`.",
    )
}

/// What Tera found in all templates together, one diagnostic for each report in its text.
///
/// With `partial` some template is left out for faults of its own, and what only seems to be
/// missing for that reason is passed over.
pub fn batch(
    error: &Error,
    sources: &Sources,
    components: &[&str],
    partial: bool,
) -> Vec<Diagnostic> {
    let text = error.to_string();
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else {
            continue;
        };
        let Some(locus) = lines
            .peek()
            .and_then(|next| next.trim_start().strip_prefix("--> "))
        else {
            continue;
        };
        let Some((source, offset)) = locate(locus, sources) else {
            continue;
        };
        let follows_from_a_gap = message.starts_with("Unknown component")
            || message.starts_with("Unknown template")
            || message.starts_with("Block ");
        if !(partial && follows_from_a_gap) {
            found.push(unknown(message, source, offset, components));
        }
    }
    if found.is_empty() && !partial {
        found.push(Diagnostic::error("template", first_line(&text)));
    }
    found
}

fn unknown(message: &str, source: &SourceText, offset: usize, components: &[&str]) -> Diagnostic {
    let name = message.split('`').nth(1).unwrap_or_default();
    let span = name_span(source, offset, name);
    let place = |name: &'static str, message: String| {
        Diagnostic::error(name, message).at(source, span.clone())
    };
    let of_kind = |kind: &'static str, known: &[&str]| {
        place(
            "unknown-template-name",
            format!("There is no {kind} `{name}`"),
        )
        .help(hint(name, known.iter().copied(), &format!("{kind}s")))
    };
    if message.starts_with("Unknown filter") {
        of_kind("filter", &FILTERS)
    } else if message.starts_with("Unknown test") {
        of_kind("test", &TESTS)
    } else if message.starts_with("Unknown function") {
        of_kind("function", &FUNCTIONS)
    } else if message.starts_with("Unknown component") {
        of_kind("component", components)
    } else if message.starts_with("Block ") {
        place(
            "unknown-block",
            format!("No template under this one has a block `{name}`"),
        )
        .help("A block of a template that extends another must have the name of one of its blocks.")
    } else {
        place("template", message.trim_end_matches('.').to_owned())
    }
}

/// A page that could not be rendered.
pub fn rendering(error: &Error, sources: &Sources, template: &str) -> Diagnostic {
    let ErrorKind::RenderingError(report) = error.kind() else {
        return Diagnostic::error("template", first_line(&error.to_string()))
            .in_file(sources.get(template).map_or(template, SourceText::path));
    };
    let (message, help) = in_words(report.message());
    let mut found = Diagnostic::error("template-rendering", message);
    found.help = help;
    let mut places: Vec<(&SourceText, Range<usize>)> = Vec::new();
    if let Some(source) = sources.get(report.filename()) {
        places.push((source, report.span().range.clone()));
    }
    for locus in error
        .to_string()
        .lines()
        .filter_map(|line| line.strip_prefix("note: called from "))
    {
        places.extend(locate(locus, sources).map(|(source, start)| {
            let line = source.text()[start..].lines().next().unwrap_or_default();
            let end = tags::end_of_tag(line, 0, "/>");
            (source, start..start + end)
        }));
    }
    // What goes wrong inside the built-in theme begins with what it was called with.
    let own = |(source, _): &(&SourceText, Range<usize>)| !builtin::is_part(source.path());
    let shown = places.iter().position(own).unwrap_or(0);
    for (at, (source, range)) in places.into_iter().enumerate() {
        found = match at {
            _ if at == shown => found.at(source, range),
            _ if at < shown => found.also(source.place(range), "this is where it goes wrong"),
            _ => found.also(source.place(range), "called from here"),
        };
    }
    if shown > 0 {
        found.label = "with what is handed over here".to_owned();
    } else if let Some(definition) = called_wrongly(report, sources) {
        found = found.also(definition, "the component is defined here");
    }
    found
}

/// Where the component is defined that was called with other arguments than it has.
fn called_wrongly(report: &ReportError, sources: &Sources) -> Option<Place> {
    let text = sources.get(report.filename())?.text();
    let call = text.get(report.span().range.clone())?.strip_prefix('<')?;
    let name = call
        .split(|c: char| !(c.is_alphanumeric() || "_.".contains(c)))
        .next()?;
    // The most specific layer stands first, and its component counts.
    sources.values().find_map(|source| {
        let components = tags::scan(source.text()).components;
        let definition = components.into_iter().find(|found| found.name == name)?;
        Some(source.place(definition.name_span))
    })
}

/// Tera's message without a closing period, and what to do about it.
fn in_words(message: &str) -> (String, Vec<String>) {
    let name = message.split('`').nth(1).unwrap_or_default();
    let unknown = message
        .strip_prefix("Unknown argument(s) ")
        .and_then(|rest| rest.split_once(" in component call."));
    if let Some((unknown, known)) = unknown {
        let help = match known.strip_prefix(" Possible argument(s) are: ") {
            Some(known) => format!("Its arguments are {}.", known.trim_end_matches('.')),
            None => "It has no arguments at all.".to_owned(),
        };
        return (
            format!("This component has no argument {unknown}"),
            vec![help],
        );
    }
    if message.starts_with("Argument `") && message.trim_end_matches('.').ends_with("missing") {
        return (
            format!("This component needs the argument `{name}`"),
            vec![format!(
                "Write `{name}={{...}}`, or `{name}=\"...\"` for words."
            )],
        );
    }
    let undefined = message.starts_with("Field ") || message.starts_with("Variable ");
    if !undefined || !message.contains("is not defined") {
        return (message.trim_end_matches('.').to_owned(), Vec::new());
    }
    let known: Vec<&str> = message
        .split_once("Available variables: ")
        .or_else(|| message.split_once("Available fields: "))
        .map(|(_, names)| {
            names
                .split(", ")
                .map(|name| name.trim_matches('`'))
                .collect()
        })
        .unwrap_or_default();
    let mut help = Vec::new();
    if let Some(near) = nearest(name, known.iter().copied()) {
        help.push(format!("Did you mean `{near}`?"));
    }
    if known.is_empty() {
        help.push(
            "What it belongs to may be absent in this plan: ask with `{% if ... %}` first."
                .to_owned(),
        );
    } else {
        help.push(format!(
            "The names there are: {}.",
            listed(known.iter().copied())
        ));
    }
    (format!("There is no `{name}` here"), help)
}

/// Reads `file:line:column`, both from 1, the column in characters.
fn locate<'a>(locus: &str, sources: &'a Sources) -> Option<(&'a SourceText, usize)> {
    let mut parts = locus.trim_end().rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let source = sources.get(parts.next()?)?;
    let text = source.text();
    let start = match line {
        1 => 0,
        line => text.match_indices('\n').nth(line - 2)?.0 + 1,
    };
    let before = text[start..]
        .chars()
        .take(column.saturating_sub(1))
        .map(char::len_utf8);
    Some((source, start + before.sum::<usize>()))
}

/// The name itself, at or behind the place that Tera gave.
fn name_span(source: &SourceText, offset: usize, name: &str) -> Range<usize> {
    let text = source.text();
    match text.get(offset..).and_then(|rest| rest.find(name)) {
        Some(at) if !name.is_empty() => offset + at..offset + at + name.len(),
        _ => offset..offset,
    }
}

fn first_line(text: &str) -> String {
    text.lines()
        .next()
        .unwrap_or_default()
        .trim_end_matches('.')
        .to_owned()
}
