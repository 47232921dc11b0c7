//! A diagnostic as one line of JSON, for other programs.
//!
//! `planpress check --format json` prints one object per line, as
//! [JSON Lines](https://jsonlines.org) has it. Every key is always there:
//!
//! | key | value |
//! |---|---|
//! | `severity` | `"error"` or `"warning"` |
//! | `name` | a stable name in kebab case; for a warning, what `allow` in a plan takes |
//! | `message` | what is wrong, one sentence |
//! | `file` | relative to the site's root, with `/`; `null` for the site as a whole |
//! | `line`, `column` | where it begins, from 1, in characters; `null` for a whole file |
//! | `end_line`, `end_column` | where it ends; the column is the one behind the last character |
//! | `source` | the line `line` of the file, without its break; `null` for a whole file |
//! | `label` | a few words about what stands there; may be empty |
//! | `help` | a list of sentences that say what to do |
//! | `related` | a list of other places, each with the keys from `file` to `label` |
//!
//! Keys may be added; those above keep their names and meanings.

use serde::Serialize;

use super::shown::is_unsafe;
use super::{Diagnostic, Place, Severity};

#[derive(Serialize)]
struct Line<'a> {
    severity: &'static str,
    name: &'static str,
    message: &'a str,
    #[serde(flatten)]
    spot: Spot<'a>,
    help: &'a [String],
    related: Vec<Spot<'a>>,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    source: Option<&'a str>,
    label: &'a str,
}

impl<'a> Spot<'a> {
    fn new(place: Option<&'a Place>, label: &'a str) -> Self {
        let excerpt = place.and_then(Place::excerpt);
        Self {
            file: place.map(Place::path),
            line: excerpt.map(|excerpt| excerpt.line),
            column: excerpt.map(|excerpt| excerpt.column),
            end_line: excerpt.map(|excerpt| excerpt.end_line),
            end_column: excerpt.map(|excerpt| excerpt.end_column),
            source: excerpt.map(|excerpt| excerpt.text.lines().next().unwrap_or_default()),
            label,
        }
    }
}

/// The object, ending in a line break. Characters that a terminal would obey are escaped, since
/// this may end up on one.
pub fn json(diagnostic: &Diagnostic) -> String {
    let line = Line {
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        name: diagnostic.name,
        message: &diagnostic.message,
        spot: Spot::new(diagnostic.place.as_ref(), &diagnostic.label),
        help: &diagnostic.help,
        related: diagnostic
            .related
            .iter()
            .map(|(place, label)| Spot::new(Some(place), label))
            .collect(),
    };
    let plain =
        serde_json::to_string(&line).expect("a struct of texts and numbers has a JSON form");
    let mut escaped = String::with_capacity(plain.len() + 1);
    for c in plain.chars() {
        // Outside its strings JSON is printable ASCII, so this only ever stands inside one.
        if is_unsafe(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    escaped.push('\n');
    escaped
}
