//! The same bytes work below any address: what is published differs by `base_url` only where an
//! address must be whole, or begins at the root of the host.

#[path = "sites_runner/copy.rs"]
mod copy;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use copy::copied;
use planpress::build::{self, Options};
use tempfile::TempDir;

/// What may name the site's own address, and in which files: how a line that does begins.
const MAY: &[(&str, &[&str])] = &[
    (
        ".html",
        &[
            "<link rel=\"canonical\" ",
            "<link rel=\"alternate\" ",
            "<meta property=\"og:",
            "<meta name=\"twitter:",
            "<script type=\"application/ld+json\">",
        ],
    ),
    ("404.html", &[""]),
    ("feed.xml", &[""]),
    ("sitemap.xml", &[""]),
    ("robots.txt", &["Sitemap: "]),
    ("plans.json", &[""]),
    ("plan.json", &[""]),
    ("plan.csv", &[""]),
];

/// Sites that are looked at: the demonstration site, a plan as the home page, every element of a
/// plan, and old addresses that lead on.
const SITES: &[&str] = &[
    ".",
    "tests/sites/several-plans/site",
    "tests/browser/sites/elements",
    "tests/browser/sites/addresses",
];

type Files = BTreeMap<String, Vec<u8>>;

fn built(root: &str, base_url: &str) -> Files {
    let folder = TempDir::new().expect("a folder for the test");
    let site = copied(root);
    let options = Options {
        root: site.path().to_owned(),
        base_url: Some(base_url.to_owned()),
        ..Options::default()
    };
    publish(&options, &folder.path().join("public"))
}

fn publish(options: &Options, output: &Path) -> Files {
    let report = build::publish(options, Some(output)).expect("the site can be built");
    assert!(report.published.is_some(), "{:?}", report.diagnostics);
    files(output)
}

fn files(output: &Path) -> Files {
    let entries = walkdir::WalkDir::new(output).sort_by_file_name();
    entries
        .into_iter()
        .map(|entry| entry.expect("it can be read"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(output).expect("it lies there");
            let bytes = fs::read(entry.path()).expect("it can be read");
            (path.to_string_lossy().replace('\\', "/"), bytes)
        })
        .filter(|(path, _)| path != ".planpress-manifest")
        .collect()
}

/// The lines in which two builds differ and may not.
fn differences(one: &Files, other: &Files) -> Vec<String> {
    assert_eq!(
        one.keys().collect::<Vec<_>>(),
        other.keys().collect::<Vec<_>>()
    );
    let mut found = Vec::new();
    for (path, bytes) in one {
        if *bytes == other[path] {
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        let allowed: Vec<&str> = MAY
            .iter()
            .filter(|(file, _)| name.ends_with(file))
            .flat_map(|(_, begins)| begins.iter().copied())
            .collect();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (one, other) = (text(bytes), text(&other[path]));
        if one.lines().count() != other.lines().count() {
            found.push(format!("{path}: not as many lines"));
        }
        for (one, other) in one.lines().zip(other.lines()) {
            let may = allowed
                .iter()
                .any(|begin| one.trim_start().starts_with(begin));
            if one != other && !may {
                found.push(format!("{path}: {one}"));
            }
        }
    }
    found
}

#[test]
fn pages_are_the_same_bytes_below_any_address() {
    for root in SITES {
        let top = built(root, "https://example.org/");
        let below = built(root, "https://other.example.com/a/b/");
        assert!(top.len() > 3, "{root}: {:?}", top.keys());
        assert_eq!(differences(&top, &below), [""; 0], "{root}");
    }
}

#[test]
fn without_a_host_the_pages_are_the_same_bytes_to_the_last() {
    let top = built(".", "/");
    let below = built(".", "/a/b/");
    for (path, bytes) in top.iter().filter(|(path, _)| *path != "404.html") {
        assert!(*bytes == below[path], "{path}");
    }
}

#[test]
fn an_address_where_none_may_be_is_noticed() {
    let one = built(".", "https://example.org/");
    let mut other = one.clone();
    let page = other.get_mut("ala-2025/index.html").expect("it is a page");
    let text = String::from_utf8_lossy(page);
    *page = text
        .replacen("<main", "<main data-at=\"/a/b/\"", 1)
        .into_bytes();
    assert_eq!(differences(&one, &other).len(), 1);
}

#[test]
fn the_portable_form_goes_without_a_trace_when_the_usual_one_is_built_again() {
    let folder = TempDir::new().expect("a folder for the test");
    let output = folder.path().join("public");
    let site = copied("tests/browser/sites/addresses");
    let usual = Options {
        root: site.path().to_owned(),
        ..Options::default()
    };
    let portable = Options {
        portable: true,
        ..usual.clone()
    };
    let first = publish(&usual, &output);
    let between = publish(&portable, &output);
    let page = |files: &Files| String::from_utf8_lossy(&files["index.html"]).into_owned();
    assert!(
        page(&between).contains("2020/index.html"),
        "{}",
        page(&between)
    );
    assert!(!page(&first).contains("index.html"), "{}", page(&first));
    let again = publish(&usual, &output);
    assert!(first == again, "the portable form left a trace");
    let manifest = fs::read_to_string(output.join(".planpress-manifest")).expect("it is there");
    fs::remove_dir_all(&output).expect("it can be removed");
    publish(&usual, &output);
    let fresh = fs::read_to_string(output.join(".planpress-manifest")).expect("it is there");
    assert_eq!(manifest, fresh);
}

#[test]
fn a_theme_that_leads_to_a_folder_is_told_of_it_in_the_portable_form() {
    let site = TempDir::new().expect("a folder for the test");
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    };
    write("planpress.toml", "title = \"Plans\"\n");
    let plan = "title = \"Plan\"\n[[domains]]\nname = \"A\"\nobjectives = [\"B.\"]\n";
    write("content/plan.toml", plan);
    let template = "{% extends \"parent/plan.html\" %}{% block title %}{{ super() }}<a href=\"../\">x</a>{% endblock %}";
    write("templates/plan.html", template);
    for (portable, found) in [(false, &[][..]), (true, &["link-to-folder"][..])] {
        let options = Options {
            root: site.path().to_owned(),
            portable,
            ..Options::default()
        };
        let report = build::check(&options).expect("the site can be read");
        let names: Vec<&str> = report.diagnostics.iter().map(|one| one.name).collect();
        assert_eq!(names, found);
    }
}
