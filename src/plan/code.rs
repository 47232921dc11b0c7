//! How a domain is headed and an objective cited: "A. Advocacy", "A.3".
//!
//! Labels are text and are never renumbered; nothing is said twice.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::model::{Domain, Objective, Plan};
use super::slug::slug;

/// Label and name as one heading: "A. Advocacy". Empty where the domain has neither.
pub fn heading(domain: &Domain) -> String {
    domain.heading.clone()
}

fn made_heading(domain: &Domain) -> String {
    match (&domain.label, &domain.name) {
        (Some(label), Some(name)) => [&before_a_name(label), " ", &name.value].concat(),
        (Some(label), None) => label.clone(),
        (None, Some(name)) => name.value.clone(),
        (None, None) => String::new(),
    }
}

/// The label as it stands before the name ("A."), where it is short enough to hang beside it.
pub fn hanging_label(domain: &Domain) -> Option<String> {
    domain.name.as_ref()?;
    short_label(domain)?;
    domain.label.as_deref().map(before_a_name)
}

/// A label stands as written; one that ends in a letter or digit is followed by a period.
fn before_a_name(label: &str) -> String {
    if label.ends_with(char::is_alphanumeric) {
        [label, "."].concat()
    } else {
        label.to_owned()
    }
}

fn without_closing_punctuation(label: &str) -> &str {
    // What a closing bracket closes goes with it: "(a)", "（一）".
    let opening =
        |c: char| !c.is_alphanumeric() && c.general_category() == GeneralCategory::OpenPunctuation;
    label
        .trim_end_matches(|c: char| !c.is_alphanumeric())
        .trim_start_matches(opening)
}

/// The domain's part of its objectives' codes, where its label is short enough to be one.
fn short_label(domain: &Domain) -> Option<&str> {
    let label = without_closing_punctuation(domain.label.as_deref()?);
    let short =
        !label.is_empty() && !label.contains(char::is_whitespace) && label.chars().count() <= 4;
    short.then_some(label)
}

/// True where a domain's objectives have codes that others on the page may have too, so that the
/// domain must be said beside them in hidden words: "Goal Area 1. 4." (WCAG 2.4.9).
pub fn hidden_in_codes(domain: &Domain, all: &[Domain]) -> bool {
    let label = short_label(domain);
    label.is_none()
        || all
            .iter()
            .filter(|other| short_label(other) == label)
            .count()
            > 1
}

/// Gives every domain its heading, and every objective and initiative its code.
pub fn cite(plan: &mut Plan) {
    for domain in &mut plan.domains {
        domain.heading = made_heading(domain);
        let prefix = short_label(domain).map(str::to_owned);
        for (index, objective) in domain.objectives.iter_mut().enumerate() {
            cite_one(objective, index + 1, prefix.as_deref());
        }
    }
}

/// Writes a number behind a text: of things that are counted one by one, and seldom many.
pub fn push_number(text: &mut String, number: usize) {
    if number > 9 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

fn cite_one(objective: &mut Objective, position: usize, prefix: Option<&str>) {
    let code = match &objective.label {
        Some(label) => cited_by(label, prefix),
        None => numbered(prefix, position),
    };
    for (index, initiative) in objective.initiatives.iter_mut().enumerate() {
        cite_one(initiative, index + 1, Some(&code));
    }
    objective.code = match (prefix, &objective.label) {
        (Some(_), _) => code,
        (None, Some(label)) => before_a_name(label),
        (None, None) => before_a_name(&code),
    };
}

/// The code of what has this label.
fn cited_by(label: &str, prefix: Option<&str>) -> String {
    let bare = match without_closing_punctuation(label) {
        "" => label,
        bare => bare,
    };
    match prefix {
        Some(prefix) if !repeats(bare, prefix) => [prefix, ".", bare].concat(),
        _ => bare.to_owned(),
    }
}

/// The code of what has no label: its position.
fn numbered(prefix: Option<&str>, position: usize) -> String {
    let mut code = String::with_capacity(prefix.map_or(0, str::len) + 4);
    if let Some(prefix) = prefix {
        code.push_str(prefix);
        code.push('.');
    }
    push_number(&mut code, position);
    code
}

/// True where a label already says the prefix and more: "1.1" in domain "1".
fn repeats(label: &str, prefix: &str) -> bool {
    let (label, prefix) = (slug(label), slug(prefix));
    !prefix.is_empty()
        && label
            .strip_prefix(&prefix)
            .is_some_and(|rest| rest.starts_with('-'))
}
