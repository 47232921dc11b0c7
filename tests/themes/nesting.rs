//! What a person is told about tags that are never closed, or close nothing, and about a component
//! that is called with what it cannot use.

use planpress::diagnostic::Diagnostic;

use crate::context::plan_page;
use crate::wrong::only;
use crate::{marked, sound};

/// What is said of a template, and the places it names beside the one marked.
fn said(text: &str, mark: &str) -> (String, Vec<usize>) {
    let found = only(&[("templates/note.html", text)], "template-syntax", mark);
    let related = found.related.iter();
    let columns = related.map(|(place, _)| place.line_and_column().1);
    (found.message.clone(), columns.collect())
}

#[test]
fn the_innermost_tag_that_is_never_closed_is_shown() {
    for (text, mark, word) in [
        ("{% block a %}x", "{% block a %}", "block"),
        ("{% if a %}{% if b %}x{% endif %}", "{% if a %}", "if"),
        ("{% for a in b %}{%- if c -%}x", "{%- if c -%}", "if"),
        ("{% component a(b) %}x", "{% component a(b) %}", "component"),
        ("{% filter upper %}x", "{% filter upper %}", "filter"),
        ("{% set a %}x", "{% set a %}", "set"),
        ("{% if a %}{% set b = 1 %}{# {% if #}x", "{% if a %}", "if"),
        (
            "{% if a %}{% raw %}{% if %}{% endraw %}",
            "{% if a %}",
            "if",
        ),
    ] {
        let told = said(text, mark);
        assert_eq!(
            told,
            (format!("This `{{% {word} %}}` is never closed"), vec![])
        );
    }
}

#[test]
fn a_tag_left_open_inside_another_is_shown_with_where_it_must_be_closed() {
    let (message, columns) = said("{% block a %}{% if b %}x{% endblock %}", "{% if b %}");
    assert_eq!(message, "This `{% if %}` is never closed");
    assert_eq!(columns, [25]);
    let (message, _) = said(
        "{% if a %}{% <b.c d=\"x\"> %}x{% endif %}",
        "{% <b.c d=\"x\"> %}",
    );
    assert_eq!(message, "This `{% <b.c d=\"x\"> %}` is never closed");
}

#[test]
fn a_closing_tag_of_nothing_is_shown() {
    let (message, _) = said("{% if a %}{% endif %}{% endif %}", "{% endif %}");
    assert_eq!(message, "This `{% endif %}` closes nothing");
}

#[test]
fn signs_that_are_never_closed_are_shown_up_to_their_line() {
    let told = |text: &str, mark: &str| said(text, mark).0;
    assert_eq!(
        told("{% if a %}{{ b \n", "{{ b"),
        "This `{{` is never closed"
    );
    assert_eq!(
        told("{{ b }}{% if a", "{% if a"),
        "This `{%` is never closed"
    );
    assert_eq!(told("é{{", "{{"), "This `{{` is never closed");
}

#[test]
fn another_fault_in_an_unclosed_part_is_told_as_itself() {
    let (message, _) = said("{% if a %}{% elseif b %}x", "elseif");
    assert_eq!(message, "Unknown tag");
}

fn rendered(call: &str) -> Diagnostic {
    let text = format!(
        "{{% extends \"parent/plan.html\" %}}{{% block footer %}}{{{{ {call} }}}}{{% endblock %}}"
    );
    let theme = sound(&[("templates/plan.html", &text)]);
    *theme
        .render("plan.html", &plan_page(&theme, "en"))
        .unwrap_err()
}

#[test]
fn a_call_with_the_wrong_arguments_is_shown_with_the_components_own() {
    for (call, message, help) in [
        (
            "<phrase off={words.note} />",
            "This component has no argument `off`",
            "Its arguments are `of`.",
        ),
        (
            "<phrase />",
            "This component needs the argument `of`",
            "Write `of={...}`, or `of=\"...\"` for words.",
        ),
    ] {
        let found = rendered(call);
        assert_eq!((found.message.as_str(), marked(&found)), (message, call));
        assert_eq!(found.help, [help]);
        let (place, _) = &found.related[0];
        assert!(place.path().starts_with("(built in)/"), "{place:?}");
    }
}

#[test]
fn what_goes_wrong_inside_the_built_in_theme_is_shown_at_the_call_from_outside() {
    let call = "<phrase of=\"a/>b\" />";
    let found = rendered(call);
    assert_eq!(found.place.as_ref().unwrap().path(), "templates/plan.html");
    assert_eq!(marked(&found), call);
    let (place, _) = &found.related[0];
    assert!(place.path().starts_with("(built in)/"), "{place:?}");
}
