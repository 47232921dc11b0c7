//! From a plan's data to the bytes of files that programs and spreadsheets read.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use serde::Serialize;

use crate::plan::schema;
use crate::site::sheet::{COLUMNS, Row};

/// JSON (RFC 8259) that a person can read, too.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("every plan has a JSON form");
    bytes.push(b'\n');
    bytes
}

/// The JSON Schema of a plan file.
pub fn schema() -> Vec<u8> {
    json(&schema::plan())
}

/// Excel takes a table for UTF-8 only where it begins so.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table with its columns' heads (RFC 4180), safe to open in a spreadsheet.
pub fn csv(rows: &[Row]) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    let heads = COLUMNS.map(Cow::from);
    for row in [&heads].into_iter().chain(rows) {
        let cells = row.iter().map(|cell| harmless(cell));
        write(&mut writer, cells).expect("memory takes rows of one length");
    }
    writer.into_inner().expect("memory takes every byte")
}

fn write<'c>(
    writer: &mut csv::Writer<Vec<u8>>,
    cells: impl Iterator<Item = Cow<'c, str>>,
) -> csv::Result<()> {
    for cell in cells {
        writer.write_field(cell.as_bytes())?;
    }
    writer.write_record(None::<&[u8]>)
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV Injection): where one could begin, an
/// apostrophe stands before it. That is at the beginning, and after what separates cells in some
/// countries or systems, with or without a quotation mark.
fn harmless(cell: &str) -> Cow<'_, str> {
    let separates = |c: char| matches!(c, ';' | '\t' | '\r' | '\n');
    // Some programs read the signs in full width alike.
    let begins = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    // Hardly a cell has a second place where a formula could begin.
    let parts = |any: bool, byte: &u8| any | matches!(byte, b';' | b'\t' | b'\r' | b'\n');
    if !cell.trim_start_matches('"').starts_with(begins)
        && !cell.as_bytes().iter().fold(false, parts)
    {
        return Cow::Borrowed(cell);
    }
    let mut safe = String::new();
    let mut copied = 0;
    let mut at_start = true;
    for (at, c) in cell.char_indices() {
        if at_start && (begins(c) || at == 0 && separates(c)) {
            safe.push_str(&cell[copied..at]);
            safe.push('\'');
            copied = at;
        }
        at_start = separates(c) || at_start && c == '"';
    }
    if copied == 0 && safe.is_empty() {
        return Cow::Borrowed(cell);
    }
    safe.push_str(&cell[copied..]);
    Cow::Owned(safe)
}
