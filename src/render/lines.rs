//! Where the lines of JSON break, and how far each is indented: as serde_json's own pretty form has
//! it, but for that a break and the indentation behind it are written at once.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// The end of a value before another, and the beginning of a line as deep as most are.
const BREAK: &[u8] = b",\n                                ";

/// How deep a level is indented.
const LEVEL: &[u8] = b"  ";

/// JSON on lines of its own.
#[derive(Default)]
pub struct Lines {
    depth: usize,
    /// True where the list or table that is open holds something.
    is_filled: bool,
}

impl Lines {
    fn open<W: Write + ?Sized>(&mut self, out: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.is_filled = false;
        out.write_all(sign)
    }

    fn close<W: Write + ?Sized>(&mut self, out: &mut W, sign: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.is_filled {
            self.line(out, true)?;
        }
        out.write_all(sign)
    }

    /// Begins a line, behind a comma where it is not the first.
    fn line<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        let from = usize::from(first);
        match BREAK.get(from..2 + self.depth * LEVEL.len()) {
            Some(line) => out.write_all(line),
            None => {
                out.write_all(&BREAK[from..2])?;
                (0..self.depth).try_for_each(|_| out.write_all(LEVEL))
            }
        }
    }
}

impl Formatter for Lines {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.line(out, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.is_filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use serde_json::{Serializer, Value, json};

    #[test]
    fn the_lines_are_those_of_the_pretty_form() {
        let mut value = json!({
            "empty": [[], {}, ""],
            "filled": { "a": [1, "two", null], "b": {} },
        });
        for depth in 0..20 {
            let mut written = Vec::new();
            let mut serializer = Serializer::with_formatter(&mut written, Lines::default());
            value.serialize(&mut serializer).expect("it is data");
            let pretty = serde_json::to_vec_pretty(&value).expect("it is data");
            assert_eq!(written, pretty, "{depth}");
            value = if depth % 2 == 0 {
                Value::Array(vec![value, json!([])])
            } else {
                json!({ "within": value, "behind": 1 })
            };
        }
    }
}
