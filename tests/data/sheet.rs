//! `plan.csv`, read back as a program reads it and looked at as a spreadsheet would.

use csv::ReaderBuilder;
use planpress::render;
use planpress::site::sheet::{COLUMNS, Row};

/// The records of a table: its heads first.
pub fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    let bytes = bytes
        .strip_prefix("\u{feff}".as_bytes())
        .expect("it begins with a byte order mark");
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(bytes);
    reader
        .records()
        .map(|record| {
            let record = record.expect("every record is as long as the first");
            record.iter().map(str::to_owned).collect()
        })
        .collect()
}

/// A spreadsheet would reckon, or call a program (OWASP, CSV Injection).
pub fn is_formula(cell: &str) -> bool {
    let begins = |part: &str| {
        part.trim_start_matches('"')
            .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
    };
    cell.split(';').any(begins)
}

fn table(cell: &'static str) -> Vec<u8> {
    let mut row: Row = COLUMNS.map(|_| "x".into());
    row[2] = cell.into();
    render::csv(&[row])
}

#[test]
fn what_a_spreadsheet_would_take_for_a_formula_has_an_apostrophe_before_it() {
    for (cell, safe) in [
        ("=1+1", "'=1+1"),
        ("-1", "'-1"),
        ("+1 (555) 0100", "'+1 (555) 0100"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("=", "'="),
        ("＝1", "'＝1"),
        ("\"=1\"", "\"'=1\""),
        ("x;=1", "x;'=1"),
        ("x;\"=1", "x;\"'=1"),
        ("x\t=1", "x\t'=1"),
        ("a = b", "a = b"),
        ("1-1", "1-1"),
        ("x; y", "x; y"),
        ("", ""),
    ] {
        let found = &records(&table(cell))[1][2];
        assert_eq!(found, safe, "for {cell:?}");
        assert!(!is_formula(found), "{found:?}");
    }
    assert!(is_formula("=1") && is_formula("x;\"@y") && !is_formula("'=1"));
}

#[test]
fn commas_quotation_marks_and_line_breaks_stay_in_their_cell() {
    for cell in ["a, b", "\"a\"", "a \"b\", c", "a\r\nb", "é 図 😀"] {
        let found = records(&table(cell));
        assert_eq!(found[0], COLUMNS);
        assert_eq!((found.len(), found[1][2].as_str()), (2, cell));
    }
}

#[test]
fn lines_end_as_rfc_4180_says() {
    let bytes = table("x");
    let text = String::from_utf8(bytes).expect("it is UTF-8");
    assert!(text.ends_with("x\r\n"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}
