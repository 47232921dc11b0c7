//! Every path that the default templates use is one that the README documents.
//!
//! The template engine itself tells of a path that does not exist, but only where a page comes
//! by it, and never in the last step of an `if`. So the templates' text is read here.

use std::collections::{BTreeMap, BTreeSet};

use planpress::theme;

use crate::table::from_readme;

/// The components' arguments, and what they are given.
const ARGUMENTS: [(&str, &str); 22] = [
    ("phrase.of", "phrase"),
    ("date.of", "date"),
    ("span_of_time.start", "date"),
    ("span_of_time.end", "date"),
    ("organization.of", "organization"),
    ("plan_link.to", "link"),
    ("part_heading.part", "part"),
    ("prose_section.section", "plan.sections_before[]"),
    ("contents_box.entries", "navigation"),
    ("contents.entries", "entry.children"),
    ("domain_heading.domain", "plan.domains[]"),
    ("letter.letter", "plan.letter"),
    ("value.value", "plan.values[]"),
    ("domain_goal.domain", "plan.domains[]"),
    ("domain_list.domain", "plan.domains[]"),
    ("owners.owners", "plan.domains[].details.owners"),
    ("former_anchors.ids", "plan.domains[].former_ids"),
    ("mark.priority", "named"),
    ("code.objective", "objective"),
    ("objective_text.objective", "objective"),
    ("objective.objective", "objective"),
    ("history_entry.entry", "plan.history[]"),
];

/// More arguments, of components with several.
const MORE: [(&str, &str); 8] = [
    ("former_anchors.before", "-"),
    ("plan_stage.stage", "stage"),
    ("objective.below", "-"),
    ("plan_stage.several", "-"),
    ("plan_stage.alone", "-"),
    ("plan_card.card", "card"),
    ("plan_card.level", "-"),
    ("plan_card.alone", "-"),
];

const KEYWORDS: [&str; 22] = [
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "block",
    "endblock",
    "extends",
    "include",
    "component",
    "endcomponent",
    "set",
    "and",
    "or",
    "not",
    "is",
    "true",
    "false",
    "super",
    "none",
];

/// The tags of a template, without comments.
fn tags(text: &str) -> Vec<&str> {
    let mut rest = text;
    let mut tags = Vec::new();
    while let Some(open) = rest.find('{') {
        let closing = match &rest[open..(open + 2).min(rest.len())] {
            "{#" => "#}",
            "{{" => "}}",
            "{%" => "%}",
            _ => {
                rest = &rest[open + 1..];
                continue;
            }
        };
        let end = rest[open..].find(closing).expect("every tag ends") + open;
        if closing != "#}" {
            tags.push(&rest[open..end + 2]);
        }
        rest = &rest[end + 2..];
    }
    tags
}

/// Identifiers with their dots, and each other sign by itself; `"..."` is one piece.
fn pieces(tag: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut chars = tag.chars().peekable();
    while let Some(c) = chars.next() {
        let mut piece = c.to_string();
        if c == '"' {
            for c in chars.by_ref() {
                piece.push(c);
                if c == '"' {
                    break;
                }
            }
        } else if c.is_ascii_alphabetic() || c == '_' {
            while let Some(&c) = chars
                .peek()
                .filter(|c| c.is_ascii_alphanumeric() || "_.".contains(**c))
            {
                piece.push(c);
                chars.next();
            }
        } else if c.is_whitespace() {
            continue;
        }
        pieces.push(piece);
    }
    pieces
}

/// Reads the paths of one template: `domain.goal` as `plan.domains[].goal`.
fn used(text: &str, table: &BTreeMap<String, String>) -> BTreeSet<String> {
    let arguments: BTreeMap<&str, &str> = ARGUMENTS.into_iter().chain(MORE).collect();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut used = BTreeSet::new();
    for tag in tags(text) {
        let pieces = pieces(tag);
        let word = |at: usize| pieces.get(at).map_or("", String::as_str);
        // {%-  component  name  ( ...
        let first = pieces
            .iter()
            .position(|p| p.chars().all(char::is_alphabetic))
            .unwrap_or(0);
        if word(first) == "component" {
            names.clear();
            for piece in &pieces[first + 2..] {
                if let Some(path) = arguments.get(format!("{}.{piece}", word(first + 1)).as_str()) {
                    names.insert(piece.clone(), (*path).to_owned());
                }
            }
            continue;
        }
        if word(first) == "set" {
            names.insert(word(first + 1).to_owned(), "-".to_owned());
        }
        for (at, piece) in pieces.iter().enumerate() {
            let is_name = piece.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
            let before = at.checked_sub(1).map_or("", &word);
            let names_something = matches!(
                before,
                "|" | "<" | "is" | "block" | "endblock" | "endcomponent"
            ) || (before == "/" && at >= 2 && word(at - 2) == "<")
                || (word(at + 1) == "=" && word(at + 2) != "=")
                || (word(at + 1) == "=" && word(at + 2) == "{")
                || word(at + 1) == "in";
            // The engine's own names for where a loop stands.
            let of_a_loop = piece.starts_with("loop.");
            if !is_name || names_something || of_a_loop || KEYWORDS.contains(&piece.as_str()) {
                continue;
            }
            let path = resolve(piece, &names, table);
            if before == "in" {
                let item = word(at - 2).to_owned();
                let inner = table.get(&path).map_or("", String::as_str);
                let shape = inner
                    .strip_prefix("list of ")
                    .filter(|shape| *shape != "text");
                names.insert(item, shape.map_or(format!("{path}[]"), str::to_owned));
            }
            used.insert(path);
        }
    }
    used
}

/// A path of a template as a path of the table, through the shapes on the way.
fn resolve(
    piece: &str,
    names: &BTreeMap<String, String>,
    table: &BTreeMap<String, String>,
) -> String {
    let mut steps = piece.split('.');
    let first = steps.next().unwrap_or_default();
    let mut path = names
        .get(first)
        .cloned()
        .unwrap_or_else(|| first.to_owned());
    for step in steps {
        let typ = table
            .get(&path)
            .map_or("", String::as_str)
            .trim_end_matches(" or null");
        if typ.ends_with("by name") {
            // `words.legend`: a name of the theme's own, then the shape.
            path = typ.trim_end_matches(" by name").to_owned();
            continue;
        }
        let shape = [
            "phrase",
            "date",
            "period",
            "named",
            "organization",
            "link",
            "part",
        ];
        let base = if shape.contains(&typ) {
            typ
        } else {
            path.as_str()
        };
        path = format!("{base}.{step}");
    }
    path
}

#[test]
fn the_default_templates_use_documented_paths_only() {
    let table = from_readme();
    let known: BTreeSet<&str> = table
        .keys()
        .flat_map(|path| [path.as_str(), path.split(['.', '[']).next().unwrap()])
        .collect();
    let mut used_at_all = BTreeSet::new();
    for file in theme::builtin()
        .files
        .iter()
        .filter(|file| file.inside.starts_with("templates/"))
    {
        let used = used(std::str::from_utf8(&file.bytes).unwrap(), &table);
        let unknown: Vec<&String> = used
            .iter()
            .filter(|path| !known.contains(path.trim_end_matches("[]")) && path.as_str() != "-")
            .collect();
        assert_eq!(unknown, Vec::<&String>::new(), "{}", file.inside);
        used_at_all.extend(used);
    }
    for path in [
        "plan.history[].vote",
        "objective.code_context",
        "plan.letter.signature.role",
    ] {
        assert!(
            used_at_all.contains(path),
            "{path} is found in the templates"
        );
    }
}

#[test]
fn a_path_that_is_not_documented_is_noticed() {
    let table = from_readme();
    let text = "{% for domain in plan.domains %}{% if domain.gaol %}{{ domain.goal }}{% endif %}{% endfor %}";
    let used = used(text, &table);
    assert!(used.contains("plan.domains[].gaol") && used.contains("plan.domains[].goal"));
}
