//! The files as a build publishes them, beside the pages that lead to them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use planpress::build::{self, Options};
use planpress::plan::Plan;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::copy::copied;
use crate::plans::{model, read};
use crate::schema::Validator;
use crate::sheet::{is_formula, records};

/// Sites of whatever a plan can hold.
const SITES: &[&str] = &[
    ".",
    "tests/sites/smallest/site",
    "tests/sites/several-plans/site",
    "tests/sites/whole-plan/site",
    "tests/sites/labels/site",
    "tests/sites/five-levels/site",
    "tests/sites/arabic/site",
    "tests/sites/hostile",
    "tests/browser/sites/elements",
    "tests/browser/sites/extremes",
];

type Files = BTreeMap<String, Vec<u8>>;

fn publish(site: &Path, base_url: Option<&str>) -> Files {
    let output = TempDir::new().expect("a folder for the output");
    let public = output.path().join("public");
    let options = Options {
        root: site.to_owned(),
        base_url: base_url.map(str::to_owned),
        ..Options::default()
    };
    let report = build::publish(&options, Some(&public)).expect("the site can be built");
    assert!(report.published.is_some(), "{:#?}", report.diagnostics);
    let mut files = Files::new();
    gather(&public, &public, &mut files);
    files
}

fn gather(top: &Path, folder: &Path, files: &mut Files) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            gather(top, &path, files);
            continue;
        }
        let below = path.strip_prefix(top).expect("it lies below the top");
        let below = below.to_string_lossy().replace('\\', "/");
        files.insert(below, fs::read(&path).expect("it can be read"));
    }
}

fn text(files: &Files, path: &str) -> String {
    let bytes = files
        .get(path)
        .unwrap_or_else(|| panic!("no {path}: {:?}", files.keys()));
    String::from_utf8(bytes.clone()).expect("it is text")
}

/// The published plans: the route, the plan of its file, and `plan.json`.
fn plans<'f>(site: &Path, files: &'f Files) -> Vec<(&'f str, Plan, Value)> {
    let routes = files
        .keys()
        .filter_map(|path| path.strip_suffix("/plan.json"));
    let plan = |route: &'f str| {
        let file = site.join(format!("content/{route}.toml"));
        let source = fs::read_to_string(file).expect("its plan is there");
        let json = serde_json::from_str(&text(files, &format!("{route}/plan.json")));
        (route, read(&source).0, json.expect("it is JSON"))
    };
    routes.map(plan).collect()
}

/// What `plan.json` is, around the plan itself.
fn schema() -> Validator {
    let schema = include_str!("plan-json.schema.json");
    let schema = serde_json::from_str(schema).expect("it is JSON");
    Validator::of("urn:planpress:plan-json", schema)
}

#[test]
fn plan_json_is_what_is_documented_and_the_same_plan() {
    let (schema, mut seen) = (schema(), 0);
    for copy in SITES.iter().map(copied) {
        let site = copy.path();
        let files = publish(site, Some("https://example.org/plans/"));
        for (route, plan, json) in plans(site, &files) {
            assert_eq!(schema.refuses(&json), None, "{route}");
            assert_eq!(json["id"], route);
            assert_eq!(json["url"], format!("https://example.org/plans/{route}/"));
            let back = read(&toml::to_string(&json["plan"]).expect("it has a TOML form")).0;
            assert_eq!(model(back), model(plan), "{route}");
            seen += 1;
        }
    }
    assert!(seen > 25, "only {seen} plans");
}

#[test]
fn every_anchor_names_a_part_of_the_plan_and_an_element_of_the_page() {
    let ids = Selector::parse("[id]").expect("a selector");
    for copy in SITES.iter().map(copied) {
        let site = copy.path();
        let files = publish(site, Some("/"));
        for (route, plan, json) in plans(site, &files) {
            assert!(json.get("url").is_none(), "no host is known");
            let page = Html::parse_document(&text(&files, &format!("{route}/index.html")));
            let ids: Vec<_> = page
                .select(&ids)
                .filter_map(|found| found.attr("id"))
                .collect();
            let anchors = json["anchors"].as_array().expect("a list");
            let mut objectives = plan.sections.len() + plan.domains.len();
            plan.walk_objectives(&mut |_| objectives += 1);
            assert_eq!(anchors.len(), objectives, "{route}");
            for anchor in anchors {
                let part = json.pointer(anchor["part"].as_str().expect("a pointer"));
                assert!(part.is_some_and(Value::is_object), "{route}: {anchor}");
                let id = anchor["anchor"].as_str().expect("text");
                assert!(ids.contains(&id), "{route}: {anchor}");
            }
        }
    }
}

#[test]
fn plan_csv_has_a_row_for_each_objective_and_initiative() {
    let mut rows = 0;
    for copy in SITES.iter().map(copied) {
        let site = copy.path();
        let files = publish(site, Some("https://example.org/"));
        for (route, plan, _) in plans(site, &files) {
            let mut expected = Vec::new();
            plan.walk_objectives(&mut |objective| {
                let text = objective
                    .text
                    .as_ref()
                    .map(|text| text.plain().into_owned());
                expected.push((objective.anchor.clone(), text.unwrap_or_default()));
            });
            let Some(bytes) = files.get(&format!("{route}/plan.csv")) else {
                assert!(expected.is_empty(), "{route}");
                continue;
            };
            let records = records(bytes);
            let found: Vec<_> = records[1..]
                .iter()
                .map(|row| (row[13].clone(), row[6].trim_start_matches('\'').to_owned()))
                .collect();
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(anchor, text)| (anchor, text.trim_start_matches('\'').to_owned()))
                .collect();
            assert_eq!(found, expected, "{route}");
            for cell in records.iter().flatten() {
                assert!(!is_formula(cell), "{route}: {cell:?}");
            }
            let home = format!("https://example.org/{route}/#");
            assert!(records[1..].iter().all(|row| row[14].starts_with(&home)));
            rows += found.len();
        }
    }
    assert!(rows > 200, "only {rows} rows");
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

const PLAN: &str = r#"title = "Plan"
[[priorities]]
id = "first"
label = "do it first"
[[domains]]
label = "A"
name = "Advocacy"
goal = "Be *heard*."
[[domains.objectives]]
label = "-1"
name = "+Name"
text = '=HYPERLINK("https://example.org/";"[x](#a-2)")'
priority = "first"
group = "@Group"
owners = ["-Board", "Staff"]
start = 2026
due = "2027-06"
[[domains.objectives]]
text = "Say **it**, and [show](https://example.org/) \"it\"."
initiatives = ["Ask."]
"#;

/// The links of a page to its data: those for programs, and those for people.
fn links(page: &str) -> (Vec<String>, Vec<String>) {
    let page = Html::parse_document(page);
    let hrefs = |selector: &str| {
        let selector = Selector::parse(selector).expect("a selector");
        let found = page.select(&selector).filter_map(|link| link.attr("href"));
        found.map(str::to_owned).collect::<Vec<_>>()
    };
    (hrefs("link[rel=alternate]"), hrefs(".data a"))
}

#[test]
fn cells_are_plain_words_and_no_formulas() {
    let site = TempDir::new().expect("a folder");
    write(
        site.path(),
        &[
            ("planpress.toml", "title = \"S\"\n"),
            ("content/plan.toml", PLAN),
        ],
    );
    let files = publish(site.path(), None);
    let rows = records(&files["plan/plan.csv"]);
    assert_eq!(
        rows[1],
        [
            "A. Advocacy",
            "Be heard.",
            "A.-1",
            "1",
            "'@Group",
            "'+Name",
            "'=HYPERLINK(\"https://example.org/\";\"x\")",
            "do it first",
            "'-Board; Staff",
            "2026",
            "2027-06",
            "",
            "",
            "a-1",
            "",
        ]
    );
    assert_eq!(
        &rows[2][2..7],
        ["A.2", "1", "", "", "Say it, and show \"it\"."]
    );
    assert_eq!(&rows[3][2..7], ["A.2.1", "2", "", "", "Ask."]);
}

#[test]
fn pages_lead_to_the_data_also_from_the_home_page() {
    let site = TempDir::new().expect("a folder");
    write(
        site.path(),
        &[
            ("planpress.toml", "title = \"S\"\nhome = \"a/plan\"\n"),
            ("content/a/plan.toml", PLAN),
            (
                "content/goals.toml",
                "title = \"Goals\"\n[[domains]]\ngoal = \"Be heard.\"\n",
            ),
            (
                "content/secret.toml",
                "title = \"Secret\"\npublish = false\n[[domains]]\ngoal = \"Be heard.\"\n",
            ),
        ],
    );
    let files = publish(site.path(), None);
    let is_data = |path: &&String| path.ends_with("/plan.json") || path.ends_with("/plan.csv");
    let data: Vec<&String> = files.keys().filter(is_data).collect();
    assert_eq!(
        data,
        ["a/plan/plan.csv", "a/plan/plan.json", "goals/plan.json"]
    );
    let own = (
        vec![
            "../../a/plan/plan.json".to_owned(),
            "../../a/plan/plan.csv".to_owned(),
        ],
        vec![
            "../../a/plan/plan.csv".to_owned(),
            "../../a/plan/plan.json".to_owned(),
        ],
    );
    assert_eq!(links(&text(&files, "a/plan/index.html")), own);
    let (head, body) = links(&text(&files, "index.html"));
    assert_eq!(head, ["a/plan/plan.json", "a/plan/plan.csv"]);
    assert_eq!(body, ["a/plan/plan.csv", "a/plan/plan.json"]);
    let (head, body) = links(&text(&files, "goals/index.html"));
    assert_eq!(
        (head, body),
        (
            vec!["../goals/plan.json".to_owned()],
            vec!["../goals/plan.json".to_owned()]
        )
    );
}

#[test]
fn a_file_of_ones_own_is_published_instead() {
    let site = TempDir::new().expect("a folder");
    write(
        site.path(),
        &[
            ("planpress.toml", "title = \"S\"\n"),
            ("content/plan.toml", PLAN),
            ("content/plan/plan.csv", "mine"),
            ("content/plan/Plan.JSON", "mine"),
        ],
    );
    let files = publish(site.path(), None);
    assert_eq!(text(&files, "plan/plan.csv"), "mine");
    assert!(
        !files.contains_key("plan/plan.json"),
        "two names that differ in case alone"
    );
    let (head, body) = links(&text(&files, "plan/index.html"));
    assert_eq!((head.len(), body), (1, vec!["../plan/plan.csv".to_owned()]));
}

/// The schema around the plan refuses what it should.
#[test]
fn the_schema_of_plan_json_can_refuse() {
    let sound = json!({
        "id": "plan", "language": "en", "anchors": [],
        "plan": { "title": "Plan", "domains": [{ "goal": "Be heard." }] },
    });
    assert_eq!(schema().refuses(&sound), None);
    for (key, value) in [
        ("plan", json!({})),
        ("anchors", json!([{ "anchor": "a" }])),
        ("more", json!(1)),
    ] {
        let mut faulty = sound.clone();
        faulty[key] = value;
        assert!(schema().refuses(&faulty).is_some(), "{key}");
    }
}
