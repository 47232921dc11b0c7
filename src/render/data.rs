//! From a plan's data to the bytes of files that programs and spreadsheets read.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;

use super::lines::Lines;
use crate::plan::schema;
use crate::plan::text::glance;
use crate::site::sheet::{COLUMNS, Row};

/// JSON (RFC 8259) that a person can read, too.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    // As large as most are, so that it need not move while it grows.
    let mut bytes = Vec::with_capacity(32 * 1024);
    write_json(&mut bytes, value).expect("every plan has a JSON form");
    bytes
}

/// The same, written piece by piece.
///
/// # Errors
///
/// What `out` says.
pub fn write_json(out: &mut (impl Write + ?Sized), value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Lines::default()))?;
    out.write_all(b"\n")
}

/// The JSON Schema of a plan file.
pub fn schema() -> Vec<u8> {
    json(&schema::plan())
}

/// Excel takes a table for UTF-8 only where it begins so.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table with its columns' heads (RFC 4180), safe to open in a spreadsheet.
pub fn csv(rows: &[Row]) -> Vec<u8> {
    let heads = COLUMNS.map(Cow::from);
    let all = [&heads].into_iter().chain(rows);
    let length = |row: &Row| row.iter().map(|cell| cell.len() + 1).sum::<usize>();
    let mut table = Vec::with_capacity(all.clone().map(|row| length(row) + 16).sum());
    table.extend_from_slice(BYTE_ORDER_MARK);
    for row in all {
        for (column, cell) in row.iter().enumerate() {
            if column > 0 {
                table.push(b',');
            }
            write(&mut table, cell);
        }
        table.extend_from_slice(b"\r\n");
    }
    table
}

fn write(table: &mut Vec<u8>, cell: &str) {
    // Most stand as they are, and many are empty.
    let is_sign = |byte| glance::one_of(byte, b"\",;\t\r\n");
    if cell.is_empty() || !cell.starts_with(begins_formula) && !glance::any(cell, is_sign) {
        return table.extend_from_slice(cell.as_bytes());
    }
    let cell = harmless(cell);
    if !glance::any(&cell, |byte| glance::one_of(byte, b",\"\r\n")) {
        return table.extend_from_slice(cell.as_bytes());
    }
    table.push(b'"');
    for (index, part) in cell.split('"').enumerate() {
        if index > 0 {
            table.extend_from_slice(b"\"\"");
        }
        table.extend_from_slice(part.as_bytes());
    }
    table.push(b'"');
}

/// True for the signs that a formula begins with. Some programs read those in full width alike.
fn begins_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV Injection): where one could begin, an
/// apostrophe stands before it. That is at the beginning, and after what separates cells in some
/// countries or systems, with or without a quotation mark.
fn harmless(cell: &str) -> Cow<'_, str> {
    let separates = |c: char| matches!(c, ';' | '\t' | '\r' | '\n');
    // Hardly a cell has a second place where a formula could begin.
    let parts = |byte| glance::one_of(byte, b";\t\r\n");
    if !cell.trim_start_matches('"').starts_with(begins_formula) && !glance::any(cell, parts) {
        return Cow::Borrowed(cell);
    }
    let mut safe = String::new();
    let mut copied = 0;
    let mut at_start = true;
    for (at, c) in cell.char_indices() {
        if at_start && (begins_formula(c) || at == 0 && separates(c)) {
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
