//! A diagnostic as a workflow command of GitHub Actions, which shows it beside the line of a pull
//! request: `::error file=content/a.toml,line=3,endLine=3,col=5,endColumn=8,title=...::message`.
//!
//! The escapes are those of GitHub's own toolkit: `%`, CR and LF everywhere, `:` and `,` in
//! properties too.

use super::shown::shown;
use super::{Diagnostic, Severity};

/// The command, ending in a line break. `folder` is where the site lies in the repository (with
/// `/`, empty where it is the repository itself), since annotations name files from there.
pub fn github(diagnostic: &Diagnostic, folder: &str) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    if let Some(place) = &diagnostic.place {
        let path = match folder.trim_end_matches('/') {
            "" => place.path().to_owned(),
            folder => format!("{folder}/{}", place.path()),
        };
        properties.push(format!("file={}", property(&path)));
        if let Some(excerpt) = place.excerpt() {
            properties.push(format!(
                "line={},endLine={}",
                excerpt.line, excerpt.end_line
            ));
            // GitHub refuses columns for what spans several lines.
            if excerpt.line == excerpt.end_line {
                properties.push(format!(
                    "col={},endColumn={}",
                    excerpt.column, excerpt.end_column
                ));
            }
        }
    }
    properties.push(format!("title={}", property(diagnostic.name)));

    let mut message = diagnostic.message.clone();
    if !diagnostic.label.is_empty() {
        message.push_str(&format!(" ({})", diagnostic.label));
    }
    for (place, label) in &diagnostic.related {
        let line = place
            .excerpt()
            .map(|excerpt| format!(":{}", excerpt.line))
            .unwrap_or_default();
        message.push_str(&format!("\n{}{line}: {label}", place.path()));
    }
    for sentence in &diagnostic.help {
        message.push('\n');
        message.push_str(sentence);
    }
    format!("::{command} {}::{}\n", properties.join(","), data(&message))
}

fn data(text: &str) -> String {
    shown(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
