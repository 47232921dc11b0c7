//! From TOML text to a plan: valid, its anchors unique, every span kept for diagnostics.
//!
//! In: the text of one plan file. Out: a [`Plan`] and everything that is wrong with it. This room
//! reads no files and knows no other plan; what needs the rest of the site (links to other plans,
//! predecessors) is checked in `site`.

pub mod anchors;
mod code;
mod convert;
pub mod date;
pub mod document;
mod json;
pub mod keys;
pub mod language;
mod leftover;
mod lint;
pub mod model;
pub mod reader;
pub mod schema;
pub mod slug;
pub mod text;

pub use code::{hanging_label, heading, hidden_in_codes, push_number};
pub use convert::organization;
pub use model::Plan;

use crate::diagnostic::{Diagnostic, SourceText};
use document::Document;
use reader::Reader;

/// Every warning that a plan may silence with `allow`.
pub const WARNINGS: &[&str] = &[
    "adopted-but-superseded",
    "anchor-collision",
    "dead-outside-link",
    "dead-own-address",
    "duplicate-page-title",
    "frozen-plan-changed",
    "link-without-slash",
    "literal-markup",
    "missing-closing-period",
    "moved-outside-link",
    "near-duplicate-name",
    "repeated-label",
    "repeated-objective",
    "theme-lacks-language",
    "toml-1-1",
    "unsure-outside-link",
];

/// Reads a plan file. The plan holds what could be read; it is whole where no error was found.
pub fn read(source: &SourceText) -> (Plan, Vec<Diagnostic>) {
    let document = document::parse(source);
    let mut reader = Reader::new(source, &keys::PLAN, &document);
    let plan = plan(&mut reader, &document);
    if !plan.partial {
        lint::check(&mut reader, &plan);
        anchors::check_links(&mut reader, &plan);
    }
    let mut diagnostics = document.diagnostics;
    diagnostics.extend(reader.into_diagnostics());
    silence(&mut diagnostics, &plan);
    (plan, diagnostics)
}

/// Reads a plan file that [`read`] has read before: the same plan, without what has been said of it.
pub fn read_again(source: &SourceText) -> Plan {
    let document = document::parse(source);
    let mut reader = Reader::new(source, &keys::PLAN, &document);
    plan(&mut reader, &document)
}

fn plan<'s>(reader: &mut Reader<'s>, document: &Document<'s>) -> Plan {
    let root = reader.fields(&keys::PLAN, document.root.get_ref(), document.root.span());
    let mut plan = convert::plan(reader, &root);
    anchors::claim(reader, &mut plan);
    code::cite(&mut plan);
    plan
}

/// Drops the warnings that the plan's `allow` names.
pub fn silence(diagnostics: &mut Vec<Diagnostic>, plan: &Plan) {
    diagnostics.retain(|found| {
        found.is_error() || !plan.allow.iter().any(|name| name.value == found.name)
    });
}
