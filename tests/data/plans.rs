//! Every plan there is: of the demonstration site, the fixture sites, the browser tests and the starter.

use std::fs;
use std::path::{Path, PathBuf};

use planpress::diagnostic::{Diagnostic, SourceText};
use planpress::plan::{self, Plan};
use serde_json::Value;

/// A plan's file.
pub struct File {
    /// From the repository's root.
    pub path: String,
    pub text: String,
}

impl File {
    /// The plan, where nothing is wrong with it by itself.
    pub fn sound(&self) -> Option<Plan> {
        let (plan, found) = read(&self.text);
        (!found.iter().any(Diagnostic::is_error)).then_some(plan)
    }
}

pub fn read(text: &str) -> (Plan, Vec<Diagnostic>) {
    plan::read(&SourceText::new("content/plan.toml", text))
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All of them, sorted. A file that is no text is none.
pub fn all() -> Vec<File> {
    let mut paths = Vec::new();
    for folder in ["content", "tests/sites", "tests/browser/sites"] {
        gather(&root().join(folder), &mut paths);
    }
    paths.sort();
    let mut files: Vec<File> = paths.iter().filter_map(|path| file(path)).collect();
    for (name, text) in [
        ("the starter plan", planpress::scaffold::PLAN.to_owned()),
        ("the starter plan with every example", every_example()),
    ] {
        files.push(File {
            path: name.to_owned(),
            text,
        });
    }
    files
}

/// The starter plan with every example in it put to use: every key of the format.
pub fn every_example() -> String {
    let lines = planpress::scaffold::PLAN.lines();
    let used = lines.map(|line| match line.strip_prefix('#') {
        Some(example) if !example.starts_with(' ') => example,
        _ => line,
    });
    used.collect::<Vec<_>>().join("\n")
}

fn file(path: &Path) -> Option<File> {
    let below = path
        .strip_prefix(root())
        .expect("it lies in the repository");
    let below = below.to_string_lossy().replace('\\', "/");
    let in_content = below.starts_with("content/") || below.contains("/content/");
    let text = fs::read_to_string(path).ok()?;
    (in_content && below.ends_with(".toml")).then_some(File { path: below, text })
}

fn gather(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            gather(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// A TOML file as JSON, as editors and validators see it: dates are text. `None` where it is no TOML.
pub fn as_json(text: &str) -> Option<Value> {
    let table: toml::Table = toml::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    Some(json(toml::Value::Table(table)))
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(json).collect()),
        toml::Value::Table(table) => Value::Object(
            table
                .into_iter()
                .map(|(key, value)| (key, json(value)))
                .collect(),
        ),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
    }
}

/// All that a plan says and that is made of it, without the places in its file. The order in which
/// anchors were claimed is that of the file's lines, so they are sorted.
pub fn model(mut plan: Plan) -> String {
    plan.anchors.sort();
    let whole = format!("{plan:#?}");
    let lines = whole.lines().filter(|line| {
        let line = line.trim_start();
        !["span: ", "title_span: ", "goal_span: "]
            .iter()
            .any(|place| line.starts_with(place))
    });
    lines.collect::<Vec<_>>().join("\n")
}
