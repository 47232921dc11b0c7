//! The plan format as a JSON Schema, from which editors complete and explain keys.
//!
//! In: the table of keys. Out: the schema, always the same for the same table. It says only what
//! holds for every plan: whatever the reader takes, it accepts. What it cannot see (other files,
//! Markdown, two keys that must fit each other) is left to `planpress check`.
//!
//! It is written for Taplo, which is what Even Better TOML asks, in the newest draft that it is sure
//! to know. Three of its ways shape the schema. It ignores what stands beside a `$ref`, so only
//! entries of lists have a definition of their own, whose explanation stands on the list. Of an
//! `anyOf` between text and a table it would show neither explanation nor what exactly is wrong, so
//! such values have two types. And it hands over a TOML date as text.

use serde_json::{Map, Value, json};
use toml::de::DeTable;

use super::anchors::{LIST_PREFIX, RESERVED};
use super::keys::{Key, Kind, PLAN, Table};
use super::reader::open;

/// The name of the schema's file, at the root of a site.
pub const FILE: &str = "plan.schema.json";

/// JSON Schema, draft 7.
const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// A year, a month or a day. A year may be a number, too.
const DATE: &str = "^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";
/// BCP 47: what it looks like, not what there is. No language has a longer code.
const LANGUAGE: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";
/// Schemes know no case (RFC 3986, 3.1).
const ADDRESS: &str =
    "^([Hh][Tt][Tt][Pp][Ss]?://|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:)[^\\s\\\\]+$";
/// No segment is hidden, and none holds what an address or a file system has another use for.
const SITE_PATH: &str =
    r#"^/+([^/\s.\\?#%:*"<>|][^/\s\\?#%:*"<>|]*/)*[^/\s.\\?#%:*"<>|][^/\s\\?#%:*"<>|]*/*$"#;
/// Of ASCII, letters, digits and `-_.:`. What else is a letter, patterns do not agree upon.
const ANCHOR: &str = r"^[^\x00-,/;-@\[-^`{-\x7f]+$";

/// The JSON Schema of a plan file.
pub fn plan() -> Value {
    let mut definitions = Definitions(Map::new());
    let mut plan = definitions.table(&PLAN);
    // Somewhere a plan must say what is to be reached; of a single key the table can say it.
    plan["properties"]["domains"]["contains"] =
        json!({ "anyOf": [{ "required": ["goal"] }, { "required": ["objectives"] }] });
    let mut schema = json!({
        "$schema": DRAFT,
        "$id": "urn:planpress:plan",
        "title": "A strategic plan",
        "description": "A file of planpress that holds one strategic plan.",
    });
    if let (Some(schema), Value::Object(plan)) = (schema.as_object_mut(), plan) {
        schema.extend(plan);
        schema.insert("definitions".to_owned(), Value::Object(definitions.0));
    }
    schema
}

/// The entries of lists, each under its name, in the order in which they are met.
struct Definitions(Map<String, Value>);

impl Definitions {
    fn table(&mut self, table: &Table) -> Value {
        let properties: Map<String, Value> = table
            .keys
            .iter()
            .map(|key| (key.name.to_owned(), self.key(key)))
            .collect();
        let mut schema = json!({
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
            "minProperties": 1,
        });
        let names = |of: fn(&Key) -> bool| table.keys.iter().filter(move |key| of(key));
        let required: Vec<&str> = names(|key| key.required).map(|key| key.name).collect();
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        let either: Vec<Value> = names(|key| key.either)
            .map(|key| json!({ "required": [key.name] }))
            .collect();
        if !either.is_empty() {
            schema["anyOf"] = json!(either);
        }
        schema
    }

    fn key(&mut self, key: &Key) -> Value {
        let mut schema = json!({ "description": key.explanation });
        if let (Some(schema), Value::Object(value)) = (schema.as_object_mut(), self.value(key.kind))
        {
            schema.extend(value);
            schema.extend(example(key).map(|value| ("examples".to_owned(), json!([value]))));
        }
        schema
    }

    fn value(&mut self, kind: Kind) -> Value {
        match kind {
            Kind::Plain | Kind::Sentence | Kind::Body => text("\\S"),
            Kind::Choice(words) => json!({ "type": "string", "enum": words }),
            Kind::Flag => json!({ "type": "boolean" }),
            Kind::Date => json!({
                "type": ["integer", "string"],
                "minimum": 1000,
                "maximum": 9999,
                "pattern": DATE,
            }),
            Kind::Language => text(LANGUAGE),
            Kind::Address => text(ADDRESS),
            Kind::SitePath => text(SITE_PATH),
            Kind::Anchor => {
                let mut anchor = text(ANCHOR);
                let prefix = format!("^{LIST_PREFIX}");
                anchor["not"] = json!({ "anyOf": [{ "enum": RESERVED }, { "pattern": prefix }] });
                anchor
            }
            Kind::List(entry) => {
                json!({ "type": "array", "minItems": 1, "items": self.entry(*entry) })
            }
            Kind::Table(table) => self.table(table),
            Kind::ShortOrTable(_, table) => {
                let mut schema = self.table(table);
                schema["type"] = json!(["string", "object"]);
                schema["minLength"] = json!(1);
                schema["pattern"] = json!("\\S");
                schema
            }
            Kind::Open => json!({ "type": "object" }),
        }
    }

    fn entry(&mut self, kind: Kind) -> Value {
        let Some(table) = kind.table() else {
            return self.value(kind);
        };
        let name = table
            .name
            .split_once(' ')
            .map_or(table.name, |(_, noun)| noun);
        let name = name.replace(' ', "-");
        let reference = json!({ "$ref": format!("#/definitions/{name}") });
        if !self.0.contains_key(&name) {
            // It is named before it is made, since it may hold itself.
            self.0.insert(name.clone(), Value::Null);
            let schema = self.value(kind);
            self.0.insert(name, schema);
        }
        reference
    }
}

/// Text that is not empty, of this pattern. The length alone would tell that, but not of blanks; the
/// pattern alone would, but not in words.
fn text(pattern: &str) -> Value {
    json!({ "type": "string", "minLength": 1, "pattern": pattern })
}

/// The key's example as a value.
fn example(key: &Key) -> Option<Value> {
    let line = format!("example = {}", key.example);
    let table = DeTable::parse(&line).ok()?;
    let value = table.get_ref().get("example")?;
    Some(open::json(value.get_ref()))
}
