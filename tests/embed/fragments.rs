//! Fragments of the plans in this repository, and what is asked of each.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use planpress::build::Options;
use planpress::build::embed::{Wish, embed};
use planpress::diagnostic::SourceText;
use planpress::render::embed::{Fragment, IdPrefix, Profile};
use scraper::{Html, Selector};

/// The two profiles, with the name that a finding is told under.
pub const PROFILES: [(&str, Profile); 2] = [("basic", Profile::Basic), ("full", Profile::Full)];

/// This repository's own site.
pub fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// A fragment; `None` where the plan, or what is the same for all plans, holds an error.
pub fn fragment(
    root: &Path,
    plan: &str,
    profile: Profile,
    heading_level: u8,
    id_prefix: &str,
) -> Option<Fragment> {
    let options = Options {
        root: root.to_owned(),
        ..Options::default()
    };
    let wish = Wish {
        plan: plan.to_owned(),
        profile,
        heading_level,
        id_prefix: IdPrefix::parse(id_prefix).expect("a prefix"),
    };
    embed(&options, &wish).ok()?.fragment
}

/// Every plan of every site that is there to be tried, with the folder of its site.
pub fn plans() -> Vec<(PathBuf, String)> {
    let tests = seeds().join("tests");
    let fixtures = std::fs::read_dir(tests.join("sites")).expect("there are fixture sites");
    let mut roots: Vec<PathBuf> = fixtures
        .map(|entry| entry.expect("it can be read").path().join("site"))
        .filter(|root| root.join("planpress.toml").exists())
        .collect();
    roots.extend(["elements", "extremes"].map(|name| tests.join("browser/sites").join(name)));
    roots.extend([tests.join("sites/hostile"), seeds()]);
    roots.sort();
    let mut plans = Vec::new();
    for root in roots {
        let content = root.join("content");
        let mut found = Vec::new();
        list(&content, "", &mut found);
        found.sort();
        plans.extend(found.into_iter().map(|plan| (root.clone(), plan)));
    }
    plans
}

fn list(folder: &Path, before: &str, plans: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{before}{name}/"), plans);
        } else if let Some(id) = name.strip_suffix(".toml") {
            plans.push(format!("{before}{id}"));
        }
    }
}

/// Every anchor that a link to the plan's page may name.
pub fn anchors(root: &Path, plan: &str) -> Vec<String> {
    let path = format!("content/{plan}.toml");
    let text = std::fs::read_to_string(root.join(&path)).expect("a plan");
    let (plan, _) = planpress::plan::read(&SourceText::new(&*path, &*text));
    planpress::plan::anchors::all(&plan)
}

/// Levels of the headings, in order.
pub fn heading_levels(html: &str) -> Vec<u8> {
    let parsed = Html::parse_fragment(html);
    let headings = Selector::parse("h1, h2, h3, h4, h5, h6").expect("a selector");
    parsed
        .select(&headings)
        .map(|heading| heading.value().name().as_bytes()[1] - b'0')
        .collect()
}

/// Every id, in order.
pub fn ids(html: &str) -> Vec<String> {
    attributes(html, "id")
}

/// Where the links lead, in order.
pub fn links(html: &str) -> Vec<String> {
    attributes(html, "href")
}

fn attributes(html: &str, name: &str) -> Vec<String> {
    let parsed = Html::parse_fragment(html);
    let having = Selector::parse(&format!("[{name}]")).expect("a selector");
    parsed
        .select(&having)
        .filter_map(|element| Some(element.attr(name)?.to_owned()))
        .collect()
}

/// The words, with single spaces between them.
pub fn words(html: &str) -> String {
    let broken = html.replace('<', " <");
    let parsed = Html::parse_fragment(&broken);
    let text: String = parsed.root_element().text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with a fragment as a part of another page: ids that are there twice or lack the
/// prefix, links to ids that are not there, headings that skip a level or are none of it.
pub fn faults(html: &str, first_level: u8, prefix: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut known = BTreeSet::new();
    for id in ids(html) {
        if !id.starts_with(prefix) {
            faults.push(format!("the id {id:?} lacks the prefix"));
        }
        if !known.insert(id.clone()) {
            faults.push(format!("the id {id:?} is there twice"));
        }
    }
    for link in links(html) {
        if let Some(anchor) = link.strip_prefix('#')
            && !known.contains(&decoded(anchor))
        {
            faults.push(format!("the link {link:?} leads nowhere"));
        }
    }
    let mut before = first_level - 1;
    for level in heading_levels(html) {
        if level < first_level || level > before + 1 {
            faults.push(format!(
                "a heading of level {level} follows one of {before}"
            ));
        }
        before = level;
    }
    faults
}

fn decoded(anchor: &str) -> String {
    planpress::site::route::decode(anchor)
}
