//! The schema against every plan that there is: it accepts the sound ones, and refuses the others
//! unless what is wrong with them is nothing that a schema can see.

use std::collections::BTreeSet;

use boon::{Compiler, Draft, SchemaIndex, Schemas};
use planpress::plan::keys::PLAN;
use planpress::plan::schema;
use planpress::render;
use serde_json::{Value, json};

use crate::plans::{all, as_json};

/// Faulty plans that the schema accepts, and what it would have to know.
const UNSEEN: &[(&str, &str)] = &[
    ("end-before-start", "which of two dates is the later"),
    ("initiatives-17-deep", "how often an entry holds itself"),
    (
        "links-to-nowhere",
        "Markdown, and what other files there are",
    ),
];

/// A compiled schema.
pub struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    /// The schema of this name, beside that of plans.
    pub fn of(name: &str, schema: Value) -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V7);
        let plan = schema::plan();
        let id = plan["$id"].as_str().expect("it has one").to_owned();
        compiler.add_resource(&id, plan).expect("a schema");
        if name != id {
            compiler.add_resource(name, schema).expect("a schema");
        }
        let index = compiler
            .compile(name, &mut schemas)
            .unwrap_or_else(|error| panic!("{error:#}"));
        Self { schemas, index }
    }

    /// The schema of plans.
    pub fn of_plans() -> Self {
        Self::of("urn:planpress:plan", Value::Null)
    }

    /// What is wrong with the value.
    pub fn refuses(&self, value: &Value) -> Option<String> {
        let validated = self.schemas.validate(value, self.index);
        validated.err().map(|error| format!("{error:#}"))
    }
}

#[test]
fn every_sound_plan_is_accepted() {
    let schema = Validator::of_plans();
    let (mut sound, mut refused) = (0, Vec::new());
    for file in all().iter().filter(|file| file.sound().is_some()) {
        sound += 1;
        let value = as_json(&file.text).unwrap_or_else(|| panic!("{} is TOML", file.path));
        if let Some(why) = schema.refuses(&value) {
            refused.push(format!("{}: {why}", file.path));
        }
    }
    assert!(sound > 80, "only {sound} sound plans");
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn every_faulty_plan_is_refused_unless_a_schema_cannot_see_why() {
    let schema = Validator::of_plans();
    let (mut refused, mut accepted) = (0, BTreeSet::new());
    for file in all().iter().filter(|file| file.sound().is_none()) {
        // What is no TOML never gets to a schema.
        let Some(value) = as_json(&file.text) else {
            continue;
        };
        match schema.refuses(&value) {
            Some(_) => refused += 1,
            None => {
                accepted.insert(file.path.clone());
            }
        }
    }
    assert!(refused > 15, "only {refused} were refused");
    let unseen: BTreeSet<String> = UNSEEN
        .iter()
        .map(|(site, _)| format!("tests/sites/{site}/site/content/plan.toml"))
        .collect();
    assert_eq!(accepted, unseen);
}

/// What each of these is said of: a key that is unknown, of the wrong kind, missing, or empty.
/// A fault in words, and how it is made.
type Fault<'f> = (&'f str, &'f dyn Fn(&mut Value));

#[test]
fn each_sort_of_fault_is_refused() {
    let schema = Validator::of_plans();
    let plan = |change: &dyn Fn(&mut Value)| {
        let mut plan = json!({
            "title": "Plan",
            "domains": [{ "name": "Advocacy", "objectives": ["Champion libraries.", { "text": "Win." }] }],
        });
        change(&mut plan);
        plan
    };
    assert_eq!(schema.refuses(&plan(&|_| {})), None);
    let faults: [Fault; 18] = [
        ("unknown key", &|plan| plan["titel"] = json!("Plan")),
        ("unknown key inside", &|plan| {
            plan["domains"][0]["objectives"][1]["txt"] = json!("x")
        }),
        ("no title", &|plan| {
            plan.as_object_mut().unwrap().remove("title");
        }),
        ("no domains", &|plan| plan["domains"] = json!([])),
        ("nothing to reach", &|plan| {
            plan["domains"][0]
                .as_object_mut()
                .unwrap()
                .remove("objectives");
        }),
        ("a nameless domain", &|plan| {
            plan["domains"][0].as_object_mut().unwrap().remove("name");
        }),
        ("an objective without words", &|plan| {
            plan["domains"][0]["objectives"][1] = json!({ "label": "1" })
        }),
        ("empty text", &|plan| plan["mission"] = json!("")),
        ("blank text", &|plan| plan["mission"] = json!(" \n")),
        ("a number as text", &|plan| {
            plan["domains"][0]["label"] = json!(1)
        }),
        ("unknown status", &|plan| plan["status"] = json!("drafted")),
        ("unknown warning", &|plan| {
            plan["allow"] = json!(["near-duplicate"])
        }),
        ("no date", &|plan| {
            plan["period"] = json!({ "start": "June 2025" })
        }),
        ("no year", &|plan| plan["period"] = json!({ "start": 25 })),
        ("an address without its beginning", &|plan| {
            plan["links"] = json!({ "source": "example.org" })
        }),
        ("no path", &|plan| plan["aliases"] = json!(["old"])),
        ("a reserved anchor", &|plan| {
            plan["domains"][0]["id"] = json!("mission")
        }),
        ("an anchor with a space", &|plan| {
            plan["domains"][0]["id"] = json!("a b")
        }),
    ];
    for (name, fault) in faults {
        assert!(
            schema.refuses(&plan(fault)).is_some(),
            "{name} was accepted"
        );
    }
}

#[test]
fn every_key_is_explained() {
    let schema = schema::plan();
    let known: Vec<&Value> = tables(&schema);
    for table in PLAN.all() {
        let names: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
        let of_table = known.iter().find(|schema| {
            let keys = schema["properties"].as_object().expect("it has keys");
            keys.keys().eq(names.iter())
                && table
                    .keys
                    .iter()
                    .all(|key| keys[key.name]["description"] == key.explanation)
        });
        assert!(of_table.is_some(), "{} is not in the schema", table.name);
    }
    assert_eq!(known.len(), PLAN.all().len());
}

/// Every table of the schema, wherever it stands.
fn tables(schema: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let inner = match schema {
        Value::Object(fields) => fields.values().collect(),
        Value::Array(items) => items.iter().collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    if schema["additionalProperties"] == json!(false) {
        found.push(schema);
    }
    found.extend(inner.into_iter().flat_map(tables));
    found
}

/// Patterns are read by programs in many languages; these are what all of them understand.
#[test]
fn patterns_use_nothing_that_only_some_programs_know() {
    let text = String::from_utf8(render::schema()).expect("it is text");
    for rare in ["\\\\p", "\\\\d", "\\\\w", "(?", "\\\\u"] {
        let patterns = text.lines().filter(|line| line.contains("\"pattern\""));
        for pattern in patterns {
            assert!(!pattern.contains(rare), "{pattern}");
        }
    }
}
