//! The tables of `themes/README.md`, the structs that they document, and the pages that are
//! really rendered: three views of what a template may use, which have to be one.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{context, sound};

const README: &str = include_str!("../../themes/README.md");
const STRUCTS: [&str; 4] = [
    include_str!("../../src/site/context.rs"),
    include_str!("../../src/site/feed.rs"),
    include_str!("../../src/site/sitemap.rs"),
    include_str!("../../src/theme/words.rs"),
];

/// Structs that have a table row of their own name, because they stand in many places or in
/// themselves.
const SHAPES: [(&str, &str); 11] = [
    ("Phrase", "phrase"),
    ("DateWords", "date"),
    ("Period", "period"),
    ("Named", "named"),
    ("OrganizationInfo", "organization"),
    ("PlanLink", "link"),
    ("PartInfo", "part"),
    ("NavigationEntry", "entry"),
    ("ObjectiveInfo", "objective"),
    ("HomeStage", "stage"),
    ("HomePlan", "card"),
];

/// Struct, then its fields in order: name and type.
fn structs() -> BTreeMap<&'static str, Vec<(&'static str, &'static str)>> {
    let mut structs: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut current = "";
    for line in STRUCTS.iter().flat_map(|file| file.lines()) {
        if let Some(name) = line
            .strip_prefix("pub struct ")
            .and_then(|l| l.strip_suffix(" {"))
        {
            current = name.trim_end_matches("<'p>");
        } else if let Some((name, typ)) = line
            .strip_prefix("    pub ")
            .and_then(|field| field.strip_suffix(','))
            .and_then(|field| field.split_once(": "))
        {
            structs.entry(current).or_default().push((name, typ));
        }
    }
    structs
}

fn inside<'a>(typ: &'a str, outer: &str) -> Option<&'a str> {
    typ.strip_prefix(outer)?.strip_suffix('>')
}

/// The type in the table's words, and the rows inside it.
fn describe(typ: &'static str, path: &str, rows: &mut BTreeMap<String, String>) -> String {
    if let Some(inner) = inside(typ, "Option<") {
        return format!("{} or null", describe(inner, path, rows));
    }
    if let Some(inner) = inside(typ, "Shared<").or_else(|| inside(typ, "Valued<")) {
        return describe(inner, path, rows);
    }
    if let Some(inner) = inside(typ, "Vec<") {
        return match describe(inner, &format!("{path}[]"), rows).as_str() {
            "group" => "list".to_owned(),
            inner => format!("list of {inner}"),
        };
    }
    if let Some(inner) = inside(typ, "BTreeMap<String, ") {
        return format!("{} by name", describe(inner, path, rows));
    }
    match typ {
        "String" | "SharedText" | "&'static str" | "Cow<'p, str>" => "text".to_owned(),
        "Html<'p>" | "Html<'static>" | "SharedHtml" => "html".to_owned(),
        "bool" => "yes or no".to_owned(),
        "usize" => "number".to_owned(),
        "serde_json::Value" => "anything".to_owned(),
        typ => {
            let typ = typ.trim_end_matches("<'p>");
            if let Some((_, shape)) = SHAPES.iter().find(|(name, _)| *name == typ) {
                return (*shape).to_owned();
            }
            fields(typ, path, rows);
            "group".to_owned()
        }
    }
}

fn fields(name: &str, path: &str, rows: &mut BTreeMap<String, String>) {
    let structs = structs();
    // Words with their language are the theme's own type under the context's name.
    let name = if name == "Phrase" { "Word" } else { name };
    let fields = structs
        .get(name)
        .unwrap_or_else(|| panic!("context.rs has a struct {name}"));
    for (field, typ) in fields {
        if *typ == "Common" {
            continue;
        }
        let path = if path.is_empty() {
            (*field).to_owned()
        } else {
            format!("{path}.{field}")
        };
        let words = describe(typ, &path, rows);
        rows.insert(path, words);
    }
}

/// Every path that the structs give to templates, with its type in words.
pub fn from_structs() -> BTreeMap<String, String> {
    let mut rows = BTreeMap::new();
    for root in [
        "Common",
        "PlanPage",
        "HomePage",
        "RedirectPage",
        "AddressPage",
        "NotFoundPage",
        "FeedPage",
        "SitemapPage",
    ] {
        fields(root, "", &mut rows);
    }
    for (name, shape) in SHAPES {
        fields(name, shape, &mut rows);
    }
    rows
}

/// Every path in the README's tables, with its type.
pub fn from_readme() -> BTreeMap<String, String> {
    let rows = README.lines().filter_map(|line| {
        let mut cells = line.strip_prefix("| `")?.split('|');
        let path = cells.next()?.trim().trim_end_matches('`');
        let typ = cells.next()?.trim();
        assert!(
            cells.next().is_some_and(|cell| !cell.trim().is_empty()),
            "{path} has a meaning"
        );
        Some((path.to_owned(), typ.to_owned()))
    });
    rows.collect()
}

#[test]
fn the_readme_documents_exactly_what_the_structs_give_to_templates() {
    let (readme, structs) = (from_readme(), from_structs());
    let undocumented: Vec<_> = structs
        .iter()
        .filter(|(path, t)| readme.get(*path) != Some(t))
        .collect();
    let invented: Vec<_> = readme
        .iter()
        .filter(|(path, t)| structs.get(*path) != Some(t))
        .collect();
    assert!(structs.len() > 100, "the structs are read");
    assert_eq!((undocumented, invented), (vec![], vec![]));
}

/// The keys that a rendered page's context really has, under the table's paths.
fn walk(value: &Value, path: &str, typ: &BTreeMap<String, String>, seen: &mut BTreeSet<String>) {
    // A path whose type is a shape goes on under the shape's own name.
    let words = typ.get(path).map_or("", String::as_str);
    let words = words
        .trim_end_matches(" or null")
        .trim_start_matches("list of ");
    let shape = SHAPES
        .iter()
        .map(|(_, shape)| *shape)
        .find(|shape| *shape == words);
    if !path.is_empty() {
        seen.insert(path.to_owned());
    }
    if words == "anything" || words.ends_with(" by name") {
        return;
    }
    match value {
        Value::Object(fields) => {
            let path = shape.unwrap_or(path);
            for (name, value) in fields {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                walk(value, &path, typ, seen);
            }
        }
        Value::Array(items) => {
            for item in items {
                if item.is_object() {
                    walk(
                        item,
                        &shape.map_or(format!("{path}[]"), str::to_owned),
                        typ,
                        seen,
                    );
                }
            }
        }
        _ => {}
    }
}

#[test]
fn the_structs_serialise_to_exactly_the_documented_paths() {
    let theme = sound(&[]);
    let table = from_readme();
    let mut seen = BTreeSet::new();
    let plan = serde_json::to_value(context::plan_page(&theme, "en")).unwrap();
    walk(&plan, "", &table, &mut seen);
    for page in [
        serde_json::to_value(context::home_page(&theme)),
        serde_json::to_value(context::redirect_page(&theme, "en")),
        serde_json::to_value(context::address_page(&theme, "en")),
        serde_json::to_value(context::not_found_page(&theme, "en")),
        serde_json::to_value(context::feed()),
        serde_json::to_value(context::sitemap()),
    ] {
        walk(&page.unwrap(), "", &table, &mut seen);
    }
    // List items and shapes are no rows of their own, and words stand under words.
    let shapes: BTreeSet<&str> = SHAPES.iter().map(|(_, shape)| *shape).collect();
    seen.retain(|path| !path.ends_with("[]") && !shapes.contains(path.as_str()));
    seen.insert("phrase.text".into());
    seen.insert("phrase.lang".into());
    let documented: BTreeSet<String> = table.into_keys().collect();
    assert_eq!(seen, documented);
}
