//! A table as a list: an item for each row, and in it "Column: cell" line by line.
//!
//! Beside the place that is being written stands where its row and its cell begin; a cell is
//! looked at again when it ends, since only then it is known whether there is anything in it.

use super::tokens::{Token, read, write_text};

/// A table, halfway through.
#[derive(Default)]
pub(super) struct Rows {
    /// What the columns are called.
    columns: Vec<String>,
    /// The column of the cell.
    column: usize,
    in_head: bool,
    any: bool,
    /// Where the row's words and the cell's begin in what is written.
    row: usize,
    cell: usize,
}

impl Rows {
    /// Meets the start of a part of the table; true where an item of the list begins with it.
    pub(super) fn start(&mut self, name: &str) -> bool {
        match name {
            "thead" => self.in_head = true,
            "tr" => self.column = 0,
            _ => {}
        }
        let is_item = name == "tr" && !self.in_head;
        self.any |= is_item;
        is_item
    }

    /// Is told where the words of that part begin.
    pub(super) fn begin(&mut self, name: &str, at: usize) {
        match name {
            "tr" => self.row = at,
            "th" | "td" => self.cell = at,
            _ => {}
        }
    }

    /// Meets the end of a part of the table, and puts its words in order.
    pub(super) fn end(&mut self, name: &str, out: &mut String) {
        match name {
            "th" | "td" => self.end_cell(out),
            "thead" => self.in_head = false,
            // Without a row its columns are all that there is to tell.
            "table" if !self.any && !self.columns.is_empty() => {
                out.push_str("<li>");
                write_text(out, &self.columns.join(", "));
                out.push_str("</li>");
            }
            _ => {}
        }
    }

    fn end_cell(&mut self, out: &mut String) {
        let cell = out.split_off(self.cell);
        if self.in_head {
            self.columns.push(words(&cell));
            return;
        }
        let column = self.columns.get(self.column);
        self.column += 1;
        if words(&cell).is_empty() {
            return;
        }
        if out.len() > self.row {
            out.push_str("<br>");
        }
        if let Some(column) = column.filter(|column| !column.is_empty()) {
            write_text(out, &format!("{column}: "));
        }
        out.push_str(&cell);
    }
}

/// The words alone, on one line.
fn words(html: &str) -> String {
    let texts = read(html).into_iter().filter_map(|token| match token {
        Token::Text(text) => Some(text),
        _ => None,
    });
    let text: String = texts.collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
