//! What holds for every plan, however strange: nothing panics, every finding stands inside its
//! file, anchors are unique and stay, and the same input makes the same bytes.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use planpress::build::{self, Options};
use planpress::diagnostic::{Diagnostic, SourceText, human, json};
use planpress::plan::keys::{Kind, PLAN, Table};
use planpress::plan::{self, Plan};
use proptest::prelude::*;
use tempfile::TempDir;

fn read(text: &str) -> (Plan, Vec<Diagnostic>) {
    plan::read(&SourceText::new("content/plan.toml", text))
}

/// Everything that is said about a text, checked against the text.
fn spans_lie_inside(text: &str, diagnostics: &[Diagnostic]) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines: Vec<&str> = text.split('\n').collect();
    for diagnostic in diagnostics {
        let place = diagnostic.place.as_ref().expect("a finding has a place");
        let others = diagnostic.related.iter().map(|(place, _)| place);
        for place in std::iter::once(place).chain(others) {
            let excerpt = place.excerpt().expect("a plan's findings have lines");
            for (line, column) in [
                (excerpt.line, excerpt.column),
                (excerpt.end_line, excerpt.end_column),
            ] {
                assert!((1..=lines.len()).contains(&line), "{diagnostic:?}");
                let columns = lines[line - 1].chars().count() + 1;
                assert!((1..=columns).contains(&column), "{diagnostic:?}");
            }
            assert!((excerpt.line, excerpt.column) <= (excerpt.end_line, excerpt.end_column));
            assert!(excerpt.text.get(excerpt.range.clone()).is_some());
        }
        assert!(!diagnostic.help.is_empty(), "no help: {diagnostic:?}");
        let _ = (human(diagnostic), json(diagnostic));
    }
}

/// A value as a person might write it for this kind of key, or for another.
fn value(kind: Kind, depth: u32) -> BoxedStrategy<String> {
    let scraps = prop_oneof![
        Just("\"\"".to_owned()),
        Just("[]".to_owned()),
        Just("{}".to_owned()),
        Just("7".to_owned()),
        Just("2025-06".to_owned()),
        Just("2025-06-09".to_owned()),
        Just("“curly”".to_owned()),
        Just("\"a \"b\" c\"".to_owned()),
        Just("\"[x](javascript:1) \\u0001\"".to_owned()),
        Just("\"\"\"\n# Heading\n\n- ![](x.png)\n\"\"\"".to_owned()),
        "\"[ -~éß図😀]{0,12}\"",
        "[ -~é\t]{0,8}",
    ];
    let fitting = match kind {
        Kind::Choice(words) => proptest::sample::select(words)
            .prop_map(|word| format!("\"{word}\""))
            .boxed(),
        Kind::Flag => Just("true".to_owned()).boxed(),
        Kind::Date => "(20[0-9]{2}|\"20[0-9]{2}-[01][0-9]\")".boxed(),
        Kind::Language => "\"(en|de|ar|en-US|x)\"".boxed(),
        Kind::Anchor => "\"(list|list-a|top|a|b|a-1|domain-a)\"".boxed(),
        Kind::List(inner) if depth > 0 => prop::collection::vec(value(*inner, depth - 1), 0..4)
            .prop_map(|values| format!("[{}]", values.join(", ")))
            .boxed(),
        Kind::Table(table) | Kind::ShortOrTable(_, table) if depth > 0 => fields(table, depth - 1)
            .prop_map(|fields| {
                let fields: Vec<String> = fields
                    .into_iter()
                    .map(|(key, value)| format!("{key} = {value}"))
                    .collect();
                format!("{{ {} }}", fields.join(", "))
            })
            .boxed(),
        _ => "\"[A-Za-z .]{1,12}\"".boxed(),
    };
    prop_oneof![6 => fitting, 1 => scraps].boxed()
}

/// Some keys of a table, each with a value.
fn fields(table: &'static Table, depth: u32) -> BoxedStrategy<Vec<(&'static str, String)>> {
    let one = proptest::sample::select(table.keys.iter().collect::<Vec<_>>())
        .prop_flat_map(move |key| value(key.kind, depth).prop_map(move |value| (key.name, value)));
    prop::collection::vec(one, 0..6).boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_as_a_plan_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        spans_lie_inside(&text, &read(&text).1);
    }

    #[test]
    fn a_plan_that_is_read_again_is_the_same(fields in fields(&PLAN, 4)) {
        let lines = fields.iter().map(|(key, value)| format!("{key} = {value}\n"));
        let text: String = lines.collect();
        let again = plan::read_again(&SourceText::new("content/plan.toml", text.as_str()));
        prop_assert_eq!(format!("{again:?}"), format!("{:?}", read(&text).0));
    }

    #[test]
    fn any_characters_of_toml_are_read_without_a_panic(text in "([\\[\\]{}\"'=#,.\\\\ \t\r\n\u{feff}“é図]|domains|title|id|\"\"\"|'''|2025-06-09|list|text){0,60}") {
        spans_lie_inside(&text, &read(&text).1);
    }

    #[test]
    fn any_keys_with_any_values_are_read_without_a_panic(fields in fields(&PLAN, 4)) {
        let mut text = String::new();
        for (key, value) in &fields {
            let _ = writeln!(text, "{key} = {value}");
        }
        let (plan, diagnostics) = read(&text);
        spans_lie_inside(&text, &diagnostics);
        prop_assert_eq!(&diagnostics, &read(&text).1);
        let unique: HashSet<&String> = plan.anchors.iter().collect();
        prop_assert_eq!(unique.len(), plan.anchors.len(), "{:?}", plan.anchors);
    }

    #[test]
    fn anchors_are_unique(domains in prop::collection::vec(domain("(A|B|List|1|)", "(Advocacy|Letter|A 1|)"), 1..6)) {
        let (plan, diagnostics) = read(&document(&domains));
        prop_assert!(diagnostics.iter().all(|found| !found.is_error()), "{:?}", diagnostics);
        let unique: HashSet<&String> = plan.anchors.iter().collect();
        prop_assert_eq!(unique.len(), plan.anchors.len(), "{:?}", plan.anchors);
        let below = |(_, _, objectives): &Domain| objectives.iter().map(|initiatives| 1 + initiatives).sum::<usize>();
        let all: usize = domains.iter().map(|domain| 1 + below(domain)).sum();
        prop_assert_eq!(plan.anchors.len(), all);
    }

    #[test]
    fn anchors_stay_when_unrelated_domains_change_places(
        (domains, order) in prop::collection::vec(domain("", "[A-Z][a-z]{2,8}"), 1..6)
            .prop_map(|domains| domains.into_iter().enumerate().map(|(index, (label, name, below))| (label, format!("{name} q{index}q"), below)).collect::<Vec<_>>())
            .prop_flat_map(|domains| (Just(domains.clone()), Just(domains).prop_shuffle()))
    ) {
        let (one, _) = read(&document(&domains));
        let (other, _) = read(&document(&order));
        let by_name = |plan: &Plan| -> BTreeMap<String, Vec<String>> {
            plan.domains.iter().map(|domain| {
                let mut anchors = vec![domain.anchor.clone()];
                for objective in &domain.objectives {
                    anchors.push(objective.anchor.clone());
                    anchors.extend(objective.initiatives.iter().map(|below| below.anchor.clone()));
                }
                (domain.name.as_ref().map(|name| name.value.clone()).unwrap_or_default(), anchors)
            }).collect()
        };
        prop_assert_eq!(by_name(&one), by_name(&other));
    }
}

/// A domain: its label, its name, and for each objective how many initiatives it has.
type Domain = (String, String, Vec<usize>);

fn domain(label: &'static str, name: &'static str) -> impl Strategy<Value = Domain> {
    (label, name, prop::collection::vec(0_usize..3, 0..4))
}

fn document(domains: &[Domain]) -> String {
    let mut text = "title = \"Plan\"\n".to_owned();
    for (label, name, objectives) in domains {
        text.push_str("\n[[domains]]\ngoal = \"Be heard.\"\n");
        for (key, value) in [("label", label), ("name", name)] {
            if !value.is_empty() {
                let _ = writeln!(text, "{key} = \"{value}\"");
            }
        }
        for initiatives in objectives {
            text.push_str("[[domains.objectives]]\ntext = \"Do it.\"\n");
            for _ in 0..*initiatives {
                text.push_str("[[domains.objectives.initiatives]]\ntext = \"A step.\"\n");
            }
        }
    }
    text
}

#[test]
fn long_and_deep_files_are_read_to_their_end() {
    const SIZE: usize = 1 << 20;
    let units = [
        "[",
        "]",
        "{",
        "\"",
        "'",
        "\"\"\"",
        "\\",
        "=",
        "a=\n",
        "a\n",
        "[a\n",
        "a = b\n",
        "a = \"\n",
        "[[domains]]\n",
        "[[domains]]\nname = \"A\"\n",
        "a.",
        "a = [",
        "a = {a = ",
        "#\n",
        "\r",
        "é=",
        "a = 1 b = 2 ",
        "\u{1}",
        "x = \"\\q\"\n",
    ];
    let repeated = units.map(|unit| (unit, unit.repeat(SIZE / unit.len())));
    let one_line = |before: &str, unit: &str, after: &str| {
        format!(
            "title = \"Plan\"\n[[domains]]\nname = \"A\"\n{before}{}{after}\n",
            unit.repeat(SIZE / 16 / unit.len())
        )
    };
    let in_one_line = [
        ("many wrong entries", one_line("objectives = [", "1, ", "]")),
        (
            "many faulty links",
            one_line("goal = \"", "[x](javascript:1) ", "\""),
        ),
        (
            "many links to nowhere",
            one_line("goal = \"", "[x](#nowhere) ", "\""),
        ),
        (
            "many escapes",
            one_line("goal = \"", "\\u00e9 [](x) ", "\""),
        ),
        (
            "many ids",
            one_line("objectives = [", "{ text = \"A.\", id = \"a\" }, ", "]"),
        ),
    ];
    for (unit, text) in repeated.into_iter().chain(in_one_line) {
        let started = std::time::Instant::now();
        let (_, diagnostics) = read(&text);
        println!(
            "{unit:?}: {} findings, {:?}",
            diagnostics.len(),
            started.elapsed()
        );
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        let name = path.file_name().expect("it has a name").to_string_lossy();
        if path.is_dir() {
            for (below, bytes) in files(&path) {
                found.insert(format!("{name}/{below}"), bytes);
            }
        } else {
            found.insert(name.into_owned(), fs::read(&path).expect("it can be read"));
        }
    }
    found
}

#[test]
fn one_thread_and_eight_make_the_same_bytes() {
    let place = TempDir::new().expect("a folder for the site");
    let content = place.path().join("content");
    fs::create_dir(&content).expect("the folder can be made");
    fs::write(place.path().join("planpress.toml"), "title = \"Plans\"\n").expect("written");
    for number in 0..60 {
        let supersedes = if number > 0 && number % 3 == 0 {
            format!("supersedes = \"plan-{}\"\n", number - 1)
        } else {
            String::new()
        };
        let text = format!(
            "title = \"Plan {number}\"\n{supersedes}mission = \"See [it](plan-{}.toml).\"\n\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"One.\", \"Two.\"]\n",
            (number * 7) % 60
        );
        fs::write(content.join(format!("plan-{number}.toml")), text).expect("written");
    }
    let built = [1, 8].map(|threads| {
        let output = place.path().join(format!("public-{threads}"));
        let options = Options {
            root: place.path().to_owned(),
            threads: NonZeroUsize::new(threads),
            ..Options::default()
        };
        let report = build::publish(&options, Some(&output)).expect("the site can be built");
        assert_eq!(report.errors(), 0, "{:?}", report.diagnostics);
        files(&output)
    });
    assert!(built[0].len() > 60);
    assert!(built[0] == built[1], "the two differ");
}
