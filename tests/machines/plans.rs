//! `plans.json`: the list of the plans.

use boon::{Compiler, Schemas};
use serde_json::{Value, json};

use crate::{Built, HOST, Site};

const SCHEMA: &str = include_str!("plans.schema.json");

/// The list, which the schema must take.
fn plans(built: &Built) -> Value {
    let list: Value = serde_json::from_str(&built.read("plans.json")).expect("it is JSON");
    if let Err(error) = validate(&list) {
        panic!("{error}");
    }
    list
}

fn validate(list: &Value) -> Result<(), String> {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler.enable_format_assertions();
    let schema: Value = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    compiler
        .add_resource("plans.schema.json", schema)
        .expect("the schema is one");
    let index = compiler
        .compile("plans.schema.json", &mut schemas)
        .expect("the schema is one");
    schemas
        .validate(list, index)
        .map_err(|error| error.to_string())
}

fn several(config: &str) -> Built {
    Site::new(config)
        .plan(
            "2006",
            "subtitle = \"A subtitle\"\nstatus = \"superseded\"\nperiod = { start = 2006, end = \"2011-06\" }\norganization = { name = \"ALCTS\", url = \"https://example.org/alcts\" }",
            "",
        )
        .plan("sub/2011", "supersedes = \"2006\"\nlanguage = \"de\"", "")
        .plan("draft", "status = \"draft\"\nsearch = false\nsupersedes = { title = \"Before\", url = \"https://example.org/before\" }", "")
        .plan("hidden", "publish = false", "")
        .build()
}

#[test]
fn the_list_has_every_plan_in_the_order_of_the_home_page() {
    let list = plans(&several(HOST));
    assert_eq!(list["title"], "Plans & more");
    assert_eq!(list["url"], "https://example.org/Pl%C3%A4ne/");
    let titles: Vec<&Value> = list["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| &plan["title"])
        .collect();
    assert_eq!(
        titles,
        ["The plan sub/2011", "The plan draft", "The plan 2006"]
    );
    assert_eq!(
        list["plans"][2],
        json!({
            "title": "The plan 2006",
            "subtitle": "A subtitle",
            "url": "https://example.org/Pl%C3%A4ne/2006/",
            "data": "https://example.org/Pl%C3%A4ne/2006/plan.json",
            "language": "en-US",
            "stage": "earlier",
            "status": "superseded",
            "period": { "start": "2006", "end": "2011-06" },
            "organization": { "name": "ALCTS", "acronym": null, "url": "https://example.org/alcts" },
            "supersedes": null,
            "superseded_by": {
                "title": "The plan sub/2011",
                "url": "https://example.org/Pl%C3%A4ne/sub/2011/",
            },
        })
    );
    assert_eq!(list["plans"][0]["supersedes"]["title"], "The plan 2006");
    assert_eq!(
        list["plans"][1]["supersedes"],
        json!({ "title": "Before", "url": "https://example.org/before" })
    );
}

#[test]
fn without_a_host_addresses_are_relative_to_the_list() {
    for config in ["title = \"Plans\"\n", "base_url = \"/plans/\"\n"] {
        let list = plans(&several(config));
        assert_eq!(list["url"], "./");
        assert_eq!(list["plans"][0]["url"], "sub/2011/");
        assert_eq!(list["plans"][0]["data"], "sub/2011/plan.json");
    }
}

#[test]
fn a_site_without_plans_has_an_empty_list() {
    let built = Site::new(HOST)
        .plan("hidden", "publish = false", "")
        .build();
    assert_eq!(plans(&built)["plans"], json!([]));
    let shown = Site::new(HOST)
        .plan("hidden", "publish = false", "")
        .build_with(|options| options.unpublished = true);
    assert_eq!(plans(&shown)["plans"][0]["title"], "The plan hidden");
}

#[test]
fn the_schema_refuses_what_the_list_does_not_say() {
    let good = plans(&several(HOST));
    let spoil: [fn(&mut Value); 5] = [
        |list| list["plans"][0]["stage"] = json!("past"),
        |list| list["plans"][2]["period"]["start"] = json!("June 2006"),
        |list| list["plans"][0]["more"] = json!(1),
        |list| {
            list["plans"][0].as_object_mut().unwrap().remove("status");
        },
        |list| list["plans"][2]["period"] = json!({ "start": null, "end": null }),
    ];
    for spoil in spoil {
        let mut list = good.clone();
        spoil(&mut list);
        assert!(validate(&list).is_err(), "{list:#}");
    }
}
