//! The tags of a template that name another one, or a part that another layer may override: what
//! the template engine says no place for.
//!
//! In: a template's text. Out: its `extends` and `include` tags, the components that it defines and
//! the blocks that it fills, with their places. Comments and `raw` parts are passed over. Judges nothing: text
//! that is no sound template gives the tags up to where it breaks off.

use std::ops::Range;

/// How one template uses another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Extends,
    Include,
}

/// A tag that names another template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub how: Use,
    /// The name as written, without quotes.
    pub name: String,
    pub name_span: Range<usize>,
    /// The whole tag, from `{%` to `%}`.
    pub tag: Range<usize>,
}

/// A component's definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    pub name: String,
    pub name_span: Range<usize>,
    /// From the tag that opens it to the one that closes it.
    pub whole: Range<usize>,
}

/// What a template's tags say about other templates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    pub references: Vec<Reference>,
    pub components: Vec<Definition>,
    /// Names of blocks, in order.
    pub blocks: Vec<String>,
    /// Where some block calls what it stands over.
    pub super_calls: Vec<Range<usize>>,
}

/// Reads the tags of a template.
pub fn scan(text: &str) -> Tags {
    let mut tags = Tags::default();
    each(text, |tag| {
        if text[tag.clone()].starts_with("{%") {
            read(text, tag, &mut tags);
        } else if first_word(text, &tag).0 == "super" {
            tags.super_calls.push(tag);
        }
    });
    tags
}

/// Visits each `{{ ... }}` and `{% ... %}`, one that is not closed up to the end of the text, and
/// none of those in comments and `raw` parts.
pub fn each(text: &str, mut visit: impl FnMut(Range<usize>)) {
    let mut at = 0;
    let mut raw = false;
    while let Some(open) = text[at..].find('{').map(|n| at + n) {
        at = match text.as_bytes().get(open + 1) {
            Some(b'#') if !raw => end_of(text, open + 2, "#}"),
            Some(b'{') if !raw => {
                let end = end_of_tag(text, open + 2, "}}");
                visit(open..end);
                end
            }
            Some(b'%') => {
                let end = end_of_tag(text, open + 2, "%}");
                match first_word(text, &(open..end)).0 {
                    "endraw" if raw => raw = false,
                    _ if raw => {
                        at = open + 2;
                        continue;
                    }
                    "raw" => raw = true,
                    _ => visit(open..end),
                }
                end
            }
            _ => open + 1,
        };
    }
}

/// Reads one `{% ... %}`.
fn read(text: &str, tag: Range<usize>, tags: &mut Tags) {
    let (what, after) = first_word(text, &tag);
    match what {
        "extends" | "include" => {
            let how = if what == "extends" {
                Use::Extends
            } else {
                Use::Include
            };
            let start = skip_spaces(text, after, tag.end);
            if let Some(quote @ (b'"' | b'\'' | b'`')) = text.as_bytes().get(start) {
                let length = text[start + 1..tag.end].bytes().position(|b| b == *quote);
                if let Some(length) = length {
                    let name_span = start + 1..start + 1 + length;
                    let name = text[name_span.clone()].to_owned();
                    tags.references.push(Reference {
                        how,
                        name,
                        name_span,
                        tag,
                    });
                }
            }
        }
        "component" => {
            let start = skip_spaces(text, after, tag.end);
            let length = text[start..tag.end]
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
                .unwrap_or(tag.end - start);
            let name_span = start..start + length;
            tags.components.push(Definition {
                name: text[name_span.clone()].to_owned(),
                name_span,
                whole: tag.start..text.len(),
            });
        }
        "endcomponent" => {
            if let Some(component) = tags.components.last_mut() {
                component.whole.end = tag.end;
            }
        }
        "block" => {
            let (name, _) = word(text, after, tag.end);
            tags.blocks.push(name.to_owned());
        }
        _ => {}
    }
}

/// The word that says what a tag is for, and where it ends; empty where it begins with a sign.
pub fn first_word<'a>(text: &'a str, tag: &Range<usize>) -> (&'a str, usize) {
    let mut inner = (tag.start + 2).min(tag.end);
    if text.as_bytes().get(inner) == Some(&b'-') {
        inner += 1;
    }
    word(text, inner.min(tag.end), tag.end)
}

fn word(text: &str, from: usize, end: usize) -> (&str, usize) {
    let start = skip_spaces(text, from, end);
    let length = text[start..end]
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(end - start);
    (&text[start..start + length], start + length)
}

fn skip_spaces(text: &str, from: usize, end: usize) -> usize {
    let from = from.min(end);
    from + text[from..end]
        .bytes()
        .take_while(u8::is_ascii_whitespace)
        .count()
}

fn end_of(text: &str, from: usize, closing: &str) -> usize {
    text[from..]
        .find(closing)
        .map_or(text.len(), |n| from + n + closing.len())
}

/// The end of a tag, past strings that may hold its closing signs.
pub fn end_of_tag(text: &str, from: usize, closing: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    let mut quote = None;
    while at < bytes.len() {
        match quote {
            Some(_) if bytes[at] == b'\\' => at += 1,
            Some(open) if bytes[at] == open => quote = None,
            Some(_) => {}
            // The first sign alone is compared at once.
            None if Some(&bytes[at]) == closing.as_bytes().first()
                && bytes[at..].starts_with(closing.as_bytes()) =>
            {
                return at + closing.len();
            }
            None if matches!(bytes[at], b'"' | b'\'' | b'`') => quote = Some(bytes[at]),
            None => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_past_comments_strings_and_raw_parts() {
        let text = r#"{# {% extends "no" %} #}{{ "\"}} {% include 'no' %}" }}
            {% raw %}{% include "no" %}{% endraw %}{%- extends 'parent/a.html' -%}
            {% include "b.html" %}{% component card.big(x) %}{% endcomponent card.big %}
            {%- block footer -%}{{- super() }}{% endblock footer %}"#;
        let tags = scan(text);
        let names: Vec<_> = tags
            .references
            .iter()
            .map(|r| (r.how, r.name.as_str()))
            .collect();
        assert_eq!(
            names,
            [(Use::Extends, "parent/a.html"), (Use::Include, "b.html")]
        );
        let [component] = &tags.components[..] else {
            panic!("{tags:?}");
        };
        assert_eq!(component.name, "card.big");
        assert!(text[component.whole.clone()].ends_with("{% endcomponent card.big %}"));
        assert_eq!(tags.blocks, ["footer"]);
        assert_eq!(tags.super_calls.len(), 1);
        for reference in &tags.references {
            assert_eq!(text[reference.name_span.clone()], reference.name);
            assert!(text[reference.tag.clone()].ends_with("%}"));
        }
    }

    #[test]
    fn half_a_template_is_read_too() {
        for text in [
            "{",
            "{%",
            "{%-",
            "{% extends",
            "{% extends \"",
            "{% component",
            "{{ \"",
            "{#é",
        ] {
            scan(text);
        }
    }
}
