//! Dates that stand without quotes and that TOML does not know, explained by the adviser on dates.

use crate::diagnostic::{Diagnostic, SourceText};
use crate::plan::date::Date;
use crate::plan::keys::{self, Kind};

use std::ops::Range;

/// What to say of the bare value `raw` of `key`, where it is meant as a date.
pub fn explain(
    source: &SourceText,
    span: Range<usize>,
    key: &str,
    raw: &str,
) -> Option<Diagnostic> {
    let kinds = || kinds(key);
    let wanted = key == "period" || kinds().any(|kind| matches!(kind, Kind::Date));
    let numbers = raw.starts_with(|c: char| c.is_ascii_digit())
        && raw.contains(is_sign)
        && raw.chars().all(|c| c.is_ascii_digit() || is_sign(c));
    if !wanted && (!numbers || kinds().next().is_some()) {
        return None;
    }
    let error = |message: String| Diagnostic::error("bad-date", message).at(source, span.clone());
    Some(match raw.parse::<Date>() {
        Ok(_) => error(format!("`{raw}` is no date that TOML knows"))
            .label("a month needs quotes")
            .help(format!("Write \"{raw}\", with quotes.")),
        Err(advice) => {
            let help = match advice.help.strip_prefix("Write a period as ") {
                Some(period) if key == "period" => format!("Write period = {period}"),
                _ => advice.help,
            };
            let error = error(advice.message).help(help);
            if numbers && raw.contains(['\u{2012}', '\u{2013}', '\u{2014}']) {
                error.label("a long dash, as Word writes it")
            } else {
                error
            }
        }
    })
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '/' | '.' | ' ' | '\u{2010}'..='\u{2014}')
}

/// What `key` may be in a plan.
fn kinds(key: &str) -> impl Iterator<Item = Kind> {
    keys::PLAN
        .all()
        .into_iter()
        .filter_map(move |table| table.key(key))
        .map(|key| key.kind)
}

/// True where `key` is a list of tables, each of which begins with a heading in two brackets.
pub fn is_list_of_tables(key: &str) -> bool {
    kinds(key).any(|kind| matches!(kind, Kind::List(_)) && kind.table().is_some())
}

/// True where plans know such a key.
pub fn is_known(key: &str) -> bool {
    kinds(key).next().is_some()
}
