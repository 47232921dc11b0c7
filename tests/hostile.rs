//! The hostile site attacks through every key that takes text, so that what the browser proves of
//! it (`tests/browser/hostile.test.js`) holds for the whole format. A new key without an attack of
//! its own fails here.

use std::collections::BTreeSet;

use planpress::plan::keys::{Kind, PLAN, Table};
use toml::Value;

/// A table and a key in it, both by name.
type Field = (&'static str, &'static str);

/// Keys that hold text but take only words that the program knows: the names of warnings.
const CLOSED: [Field; 1] = [("a plan", "allow")];

fn takes_text(kind: Kind) -> bool {
    match kind {
        Kind::Plain | Kind::Sentence | Kind::Body | Kind::Open => true,
        Kind::List(inner) => takes_text(*inner),
        _ => false,
    }
}

fn is_attack(text: &str) -> bool {
    text.contains(['<', '"']) || text.contains("&lt;") || text.contains("{{")
}

/// Adds every field below `value` that holds an attack.
fn attacked(value: &Value, field: Field, kind: Kind, found: &mut BTreeSet<Field>) {
    match (value, kind) {
        (Value::Array(values), Kind::List(inner)) => {
            for value in values {
                attacked(value, field, *inner, found);
            }
        }
        (Value::Table(_), Kind::Open) if is_attack(&format!("{value:?}")) => {
            found.insert(field);
        }
        (Value::Table(values), _) => {
            let table = kind.table().expect("the fixture builds, so a table is one");
            attacked_in(values, table, found);
        }
        (Value::String(text), Kind::ShortOrTable(key, table)) => {
            let key = table
                .key(key)
                .expect("the short form is a key of the table");
            if is_attack(text) {
                found.insert((table.name, key.name));
            }
        }
        (Value::String(text), _) if is_attack(text) => {
            found.insert(field);
        }
        _ => {}
    }
}

fn attacked_in(values: &toml::Table, table: &'static Table, found: &mut BTreeSet<Field>) {
    for (name, value) in values {
        let key = table
            .key(name)
            .expect("the fixture builds, so every key is known");
        attacked(value, (table.name, key.name), key.kind, found);
    }
}

#[test]
fn the_hostile_plan_attacks_through_every_key_that_takes_text() {
    let fixture = include_str!("sites/hostile/content/hostile.toml");
    let plan: toml::Table = fixture.parse().expect("the fixture is TOML");
    let mut found = BTreeSet::new();
    attacked_in(&plan, &PLAN, &mut found);

    let open: BTreeSet<Field> = PLAN
        .all()
        .into_iter()
        .flat_map(|table| table.keys.iter().map(move |key| (table, key)))
        .filter(|(_, key)| takes_text(key.kind))
        .map(|(table, key)| (table.name, key.name))
        .filter(|field| !CLOSED.contains(field))
        .collect();
    let missing: Vec<_> = open.difference(&found).collect();
    assert!(missing.is_empty(), "no attack through {missing:?}");
    assert!(open.len() > 50, "only {} keys take text", open.len());
}
