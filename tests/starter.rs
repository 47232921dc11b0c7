//! The starter files against the key tables: whoever starts a plan sees every key there is.

use planpress::plan::keys::{Kind, PLAN, Table};
use planpress::scaffold;
use planpress::site::keys::SITE;

/// True where the text shows a key: as a line, inside an inline table, or as a heading.
fn shows(text: &str, key: &str) -> bool {
    let as_heading = |line: &str| {
        let name = line.trim_matches(['[', ']']);
        line.starts_with('[') && name.rsplit('.').next() == Some(key)
    };
    let as_key = |line: &str| {
        let mut rest = line;
        while let Some(at) = rest.find(key) {
            let before = rest[..at].chars().next_back();
            let after = rest[at + key.len()..].trim_start();
            if after.starts_with('=') && before.is_none_or(|c| " {,".contains(c)) {
                return true;
            }
            rest = &rest[at + key.len()..];
        }
        false
    };
    text.lines()
        .map(|line| line.trim_start_matches('#').trim())
        .any(|line| as_heading(line) || as_key(line))
}

fn missing(root: &'static Table, text: &str) -> Vec<String> {
    let keys = root
        .all()
        .into_iter()
        .flat_map(|table| table.keys.iter().map(move |key| (table, key)));
    keys.filter(|(_, key)| !matches!(key.kind, Kind::Open) || key.name == "extra")
        .filter(|(_, key)| !shows(text, key.name))
        .map(|(table, key)| format!("{} of {}", key.name, table.name))
        .collect()
}

#[test]
fn the_starter_plan_shows_every_key_of_the_format() {
    assert_eq!(missing(&PLAN, scaffold::PLAN), Vec::<String>::new());
}

#[test]
fn the_starter_site_shows_every_key_of_the_site() {
    assert_eq!(missing(&SITE, scaffold::SITE), Vec::<String>::new());
}

#[test]
fn a_key_that_no_starter_shows_is_noticed() {
    let without = scaffold::PLAN.replace("rationale", "reason");
    assert_eq!(missing(&PLAN, &without), ["rationale of a domain"]);
}

#[test]
fn the_readme_names_every_warning() {
    let readme = include_str!("../README.md");
    for name in planpress::plan::WARNINGS {
        assert!(readme.contains(&format!("| `{name}` |")), "{name}");
    }
}

#[test]
fn every_key_explains_itself_in_a_sentence() {
    for table in PLAN.all().into_iter().chain(SITE.all()) {
        for key in table.keys {
            assert!(
                key.explanation.ends_with('.'),
                "{} of {}",
                key.name,
                table.name
            );
            assert!(
                key.explanation.starts_with(char::is_uppercase),
                "{}",
                key.name
            );
        }
    }
}
