//! Any sound plan: the schema accepts it, and as JSON it is still the same plan.

use std::cell::Cell;

use planpress::diagnostic::Diagnostic;
use planpress::plan::keys::{Kind, PLAN, Table};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use crate::plans::{all, as_json, model, read};
use crate::schema::Validator;

/// Reads the plan's own JSON, as TOML, and gives both models.
fn there_and_back(text: &str) -> (String, String) {
    let plan = read(text).0;
    let json = serde_json::to_value(&plan).expect("it has a JSON form");
    let again = toml::to_string(&json).unwrap_or_else(|error| panic!("{error}\n{json:#}"));
    let (back, found) = read(&again);
    let errors: Vec<_> = found.iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{again}");
    (model(plan), model(back))
}

#[test]
fn every_plan_is_the_same_after_json() {
    let schema = Validator::of_plans();
    for file in all() {
        let Some(plan) = file.sound() else { continue };
        let (before, after) = there_and_back(&file.text);
        assert_eq!(before, after, "{}", file.path);
        let json = serde_json::to_value(&plan).expect("it has a JSON form");
        assert_eq!(schema.refuses(&json), None, "{}", file.path);
    }
}

/// The comparison would see a part that gets lost.
#[test]
fn a_plan_that_lost_a_part_is_another() {
    let text = crate::plans::every_example();
    let whole = model(read(&text).0);
    for (key, without) in [
        ("closing = ", "#closing = "),
        ("note = ", "#note = "),
        ("publish = true", "publish = false"),
    ] {
        assert!(text.contains(key));
        assert_ne!(
            model(read(&text.replacen(key, without, 1)).0),
            whole,
            "{key}"
        );
    }
}

#[test]
fn the_json_of_a_plan_with_every_key_has_every_key() {
    let plan = serde_json::to_value(read(&crate::plans::every_example()).0).expect("JSON");
    let text = plan.to_string();
    for table in PLAN.all() {
        for key in table.keys {
            // These are left out where they are what they would be anyway.
            let usual = matches!(key.name, "publish" | "search" | "place");
            let there = text.contains(&format!("\"{}\":", key.name));
            assert!(there || usual, "{} of {}", key.name, table.name);
        }
    }
}

/// A value that fits a kind of key, or nearly.
fn value(kind: Kind, depth: u32) -> BoxedStrategy<Value> {
    let text = |pattern: &'static str| pattern.prop_map(Value::String).boxed();
    match kind {
        Kind::Plain | Kind::Body => text("[ -Zé図😀]{0,3}[A-Za-z.]{1,9}[ -~é\n]{0,5}"),
        Kind::Sentence => text("[ -Zé図😀]{0,3}[A-Za-z.\n]{1,9}[ -~é]{0,5}"),
        Kind::Choice(words) => proptest::sample::select(words)
            .prop_map(Value::from)
            .boxed(),
        Kind::Flag => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Date => prop_oneof![
            (2000..2030_i64).prop_map(Value::from),
            text("20[0-3][0-9](-(0[1-9]|1[0-2])(-[0-2][1-8])?)?"),
        ]
        .boxed(),
        Kind::Language => text("(en|de|ar|en-US|zh-Hant-TW|en-gb)"),
        Kind::Address => {
            text("(https://example\\.org/[a-z]{0,3}|mailto:a@example\\.org|tel:\\+1555)")
        }
        Kind::SitePath => text("/[a-zé_-]{1,4}(/[a-z0-9]{1,3}\\.?[a-z]{1,3}){0,2}/?"),
        Kind::Anchor => text("[a-zé:_.-]{1,3}[0-9]{1,4}"),
        Kind::List(entry) => prop::collection::vec(value(*entry, depth.saturating_sub(1)), 1..4)
            .prop_map(Value::Array)
            .boxed(),
        Kind::Table(inner) => table(inner, depth),
        Kind::ShortOrTable(_, inner) => {
            prop_oneof![value(Kind::Plain, 0), table(inner, depth)].boxed()
        }
        Kind::Open => Just(json!({ "own": [1, 2.5, true, { "more": "\"\\\n" }] })).boxed(),
    }
}

/// A table with the keys that it needs, and some more.
fn table(table: &'static Table, depth: u32) -> BoxedStrategy<Value> {
    let mut rows: Vec<BoxedStrategy<Option<(&str, Value)>>> = Vec::new();
    for key in table.keys {
        // Lists of tables go on for as long as there is depth left.
        if depth == 0 && key.kind.table().is_some() && !key.required {
            continue;
        }
        let fitting = match key.name {
            "priority" => Just(json!("urgent")).boxed(),
            _ => value(key.kind, depth.saturating_sub(1)),
        };
        let row = fitting.prop_map(move |value| (key.name, value));
        let row = if key.required || key.either {
            row.prop_map(Some).boxed()
        } else {
            prop::option::weighted(0.3, row).boxed()
        };
        rows.push(row);
    }
    rows.prop_map(|rows| {
        let rows = rows.into_iter().flatten();
        Value::Object(
            rows.map(|(key, value)| (key.to_owned(), value))
                .collect::<Map<_, _>>(),
        )
    })
    .boxed()
}

#[test]
fn any_sound_plan_is_accepted_and_is_the_same_after_json() {
    let schema = Validator::of_plans();
    let sound = Cell::new(0);
    let config = Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&table(&PLAN, 4), |plan| {
            let text = toml::to_string(&plan).expect("it has a TOML form");
            if read(&text).1.iter().any(Diagnostic::is_error) {
                return Ok(());
            }
            sound.set(sound.get() + 1);
            let value = as_json(&text).expect("it is TOML");
            prop_assert_eq!(schema.refuses(&value), None, "{}", text);
            let (before, after) = there_and_back(&text);
            prop_assert_eq!(before, after, "{}", text);
            Ok(())
        })
        .unwrap();
    assert!(sound.get() > 30, "only {} were sound", sound.get());
}
