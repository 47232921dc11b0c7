//! Plain TOML, read fast: what people write who follow the examples. In: a text. Out: its tree, in
//! slices of the text, or nothing.
//!
//! It gives up at the first thing that it does not know for certain to be read alike by the parser:
//! an escape, a dotted key, a key that is there twice, a line break of two bytes. It may know less
//! than there is, and never other than there is. So it finds no errors, and nothing that only TOML
//! 1.1 understands.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3, memmem};
use toml::Spanned;
use toml::de::{DeArray, DeString, DeTable, DeValue};

use crate::plan::text::glance;

type Key<'s> = Spanned<DeString<'s>>;
type Item<'s> = Spanned<DeValue<'s>>;

/// How many lists and tables may stand in each other.
const DEEPEST: usize = 16;

/// Reads a text of plain TOML. `None` for any other.
pub fn read(text: &str) -> Option<Spanned<DeTable<'_>>> {
    let is_control = |byte| (byte < b' ') & (byte != b'\n') & (byte != b'\t') | (byte == 0x7f);
    if glance::any(text, is_control) {
        return None;
    }
    let mut reader = Reader { text, at: 0 };
    let mut root = DeTable::new();
    // What stands above the first heading is the root's own.
    let mut under: Option<Heading> = None;
    let mut table = DeTable::new();
    loop {
        reader.space();
        match reader.next() {
            Some(b'\n' | b'#') => {}
            Some(b'[') => {
                let heading = reader.heading()?;
                add(&mut root, under, table, text)?;
                (under, table) = (Some(heading), DeTable::new());
            }
            Some(_) => reader.pair(&mut table, 0)?,
            None => {
                add(&mut root, under, table, text)?;
                return Some(Spanned::new(0..0, root));
            }
        }
        reader.line_end()?;
    }
}

/// `[a.b]` or `[[a.b]]`, with its place from the first bracket to the last.
struct Heading<'s> {
    above: Vec<Key<'s>>,
    key: Key<'s>,
    is_list: bool,
    span: Range<usize>,
}

/// Puts a table to where its heading says.
fn add<'s>(
    root: &mut DeTable<'s>,
    heading: Option<Heading<'s>>,
    table: DeTable<'s>,
    text: &str,
) -> Option<()> {
    let Some(heading) = heading else {
        *root = table;
        return Some(());
    };
    let mut parent = root;
    for key in &heading.above {
        parent = below_a_heading(parent.get_mut(&**key.get_ref())?, text)?;
    }
    let entry = Spanned::new(heading.span.clone(), DeValue::Table(table));
    if !heading.is_list {
        return insert(parent, heading.key, entry);
    }
    if let Some(known) = parent.get_mut(&**heading.key.get_ref()) {
        below_a_heading(known, text)?;
        let DeValue::Array(list) = known.as_mut() else {
            return None;
        };
        list.push(entry);
        return Some(());
    }
    let mut list = DeArray::new();
    list.push(entry);
    let list = Spanned::new(heading.span, DeValue::Array(list));
    insert(parent, heading.key, list)
}

/// The table that a heading has made, in a list the last of them. One in braces takes nothing more.
fn below_a_heading<'t, 's>(item: &'t mut Item<'s>, text: &str) -> Option<&'t mut DeTable<'s>> {
    let begins = item.span().start;
    match item.as_mut() {
        DeValue::Array(list) => below_a_heading(list.last_mut()?, text),
        DeValue::Table(table) => (text.as_bytes()[begins] == b'[').then_some(table),
        _ => None,
    }
}

fn insert<'s>(table: &mut DeTable<'s>, key: Key<'s>, value: Item<'s>) -> Option<()> {
    table.insert(key, value).is_none().then_some(())
}

/// The text, and how far it is read.
struct Reader<'s> {
    text: &'s str,
    at: usize,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s [u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes a byte, where it comes next.
    fn passes(&mut self, byte: u8) -> bool {
        let comes = self.next() == Some(byte);
        self.at += usize::from(comes);
        comes
    }

    fn pass(&mut self, byte: u8) -> Option<()> {
        self.passes(byte).then_some(())
    }

    fn space(&mut self) {
        while matches!(self.next(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Passes a remark and the end of the line.
    fn line_end(&mut self) -> Option<()> {
        self.space();
        if self.next() == Some(b'#') {
            let rest = self.rest();
            self.at += memchr(b'\n', rest).unwrap_or(rest.len());
        }
        (self.passes(b'\n') || self.next().is_none()).then_some(())
    }

    /// Passes white space, line breaks and remarks.
    fn space_and_lines(&mut self) -> Option<()> {
        self.space();
        while matches!(self.next(), Some(b'\n' | b'#')) {
            self.line_end()?;
            self.space();
        }
        Some(())
    }

    /// What stands from `start` to here, made of such bytes.
    fn word(&mut self, is: impl Fn(u8) -> bool) -> (&'s str, Range<usize>) {
        let start = self.at;
        while self.next().is_some_and(&is) {
            self.at += 1;
        }
        (&self.text[start..self.at], start..self.at)
    }

    fn key(&mut self) -> Option<Key<'s>> {
        let (key, span) =
            self.word(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        (!key.is_empty()).then(|| Spanned::new(span, key.into()))
    }

    fn heading(&mut self) -> Option<Heading<'s>> {
        let start = self.at;
        self.pass(b'[')?;
        let is_list = self.passes(b'[');
        let mut above = Vec::new();
        let mut key = self.key()?;
        while self.passes(b'.') {
            above.push(std::mem::replace(&mut key, self.key()?));
        }
        self.pass(b']')?;
        if is_list {
            self.pass(b']')?;
        }
        Some(Heading {
            above,
            key,
            is_list,
            span: start..self.at,
        })
    }

    /// Reads a key and its value into a table.
    fn pair(&mut self, table: &mut DeTable<'s>, depth: usize) -> Option<()> {
        let key = self.key()?;
        self.space();
        self.pass(b'=')?;
        self.space();
        let value = self.value(depth)?;
        insert(table, key, value)
    }

    fn value(&mut self, depth: usize) -> Option<Item<'s>> {
        let start = self.at;
        let value = match self.next()? {
            _ if depth > DEEPEST => return None,
            quote @ (b'"' | b'\'') => DeValue::String(self.string(quote)?.into()),
            b'[' => DeValue::Array(self.list(depth)?),
            b'{' => DeValue::Table(self.table(depth)?),
            _ => {
                let is_part = |byte: u8| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b':' | b'_')
                };
                let (word, _) = self.word(is_part);
                DeValue::parse(word).ok()?.into_inner()
            }
        };
        Some(Spanned::new(start..self.at, value))
    }

    /// What stands between quotes, on one line or between three of them on several.
    fn string(&mut self, quote: u8) -> Option<&'s str> {
        self.at += 1;
        let delimiter = [quote; 3];
        if !self.rest().starts_with(&delimiter[1..]) {
            let start = self.at;
            self.at += match quote {
                b'"' => memchr3(b'"', b'\\', b'\n', self.rest()),
                _ => memchr2(b'\'', b'\n', self.rest()),
            }?;
            let string = &self.text[start..self.at];
            return self.pass(quote).map(|()| string);
        }
        self.at += 2;
        self.passes(b'\n');
        let start = self.at;
        self.at += memmem::find(self.rest(), &delimiter)?;
        let string = &self.text[start..self.at];
        let escapes = quote == b'"' && memchr(b'\\', string.as_bytes()).is_some();
        self.at += delimiter.len();
        // More quotes behind it belong to it: then what follows is nothing that may follow a value.
        (!escapes).then_some(string)
    }

    fn list(&mut self, depth: usize) -> Option<DeArray<'s>> {
        self.pass(b'[')?;
        let mut list = DeArray::new();
        loop {
            self.space_and_lines()?;
            if self.passes(b']') {
                return Some(list);
            }
            list.push(self.value(depth + 1)?);
            self.space_and_lines()?;
            if !self.passes(b',') && self.next() != Some(b']') {
                return None;
            }
        }
    }

    fn table(&mut self, depth: usize) -> Option<DeTable<'s>> {
        self.pass(b'{')?;
        let mut table = DeTable::new();
        self.space();
        if self.passes(b'}') {
            return Some(table);
        }
        loop {
            self.pair(&mut table, depth + 1)?;
            self.space();
            if self.passes(b'}') {
                return Some(table);
            }
            self.pass(b',')?;
            self.space();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::SourceText;
    use crate::plan::document::dialect;

    /// Everything that a tree holds, with its places.
    fn told(value: &DeValue) -> String {
        let mut said = String::new();
        let result = match value {
            DeValue::Array(list) => list
                .iter()
                .try_for_each(|item| write!(said, "{:?} {},", item.span(), told(item.get_ref()))),
            DeValue::Table(table) => table.iter().try_for_each(|(key, item)| {
                write!(said, "{key:?} {:?} {};", item.span(), told(item.get_ref()))
            }),
            scalar => write!(said, "{scalar:?}"),
        };
        result.expect("a string takes everything");
        format!("<{said}>")
    }

    /// What plans are made of, and what breaks readers of them.
    #[rustfmt::skip]
    const PIECES: &[&str] = &[
        "a", "b", "c", "a", "b", " = ", "=", " ", "\t", "\n", "\n", "\n", "\r\n", ".", ",", ", ",
        "[", "]", "{", "}", "[[", "]]", "\"", "'", "\"\"\"", "'''", "\\", "\\n", "#", "# é\n",
        "\u{feff}", "\u{0}", "\u{7f}", "é", "1", "-1", "2000", "2000-01-02", "07:32:00", "1.5",
        "0x1F", "1_000", "true", "false", "nan", "+inf", "e5", "T", "Z", "\"x\"", "'x'",
        "\"\"\"\nx\"\"\"", "'''x\n'''", "\n[a]\n", "\n[[a]]\n", "\n[a.b]\n", "\n[[a.b]]\n",
        "\n[b]\n", "\n[[ a ]]\n", "\na = 1\n", "\na = \"x\" # y\n", "b = [1, \"x\", ]\n",
        "c = { a = 1, b = 'x' }\n", "a = {}\n", "a = []\n", "a = [{ a = [\n1] }, {b = 1}]\n",
        "a = { b = 1, }\n", "a.b = 1\n", "\"a\" = 1\n",
    ];

    /// The parser sees the same, and nothing wrong.
    fn is_read_alike(text: &str) -> Result<(), TestCaseError> {
        let Some(root) = read(text) else {
            return Ok(());
        };
        let source = SourceText::new("content/p.toml", text);
        let (other, errors) = DeTable::parse_recoverable(source.text());
        prop_assert!(errors.is_empty(), "{text:?}: {errors:?}");
        prop_assert_eq!(root.span(), other.span());
        prop_assert!(dialect::newer_syntax(&source, other.get_ref()).is_empty());
        let root = told(&DeValue::Table(root.into_inner()));
        prop_assert_eq!(root, told(&DeValue::Table(other.into_inner())));
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_fast_is_read_alike(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..14),
        ) {
            is_read_alike(&pieces.concat())?;
        }

        #[test]
        fn a_plan_with_a_change_in_it_is_read_alike(
            at in 0..PLAN.len(),
            cut in 0..6_usize,
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..4),
        ) {
            let mut text = PLAN.to_owned();
            text.replace_range(at..PLAN.len().min(at + cut), &pieces.concat());
            is_read_alike(&text)?;
        }
    }

    /// Plain, with something of all that a plan holds.
    const PLAN: &str = r#"# A remark.
title = "Plan" # another
status = 'adopted'
period = { start = 2020, end = 2025-06-30 }
publish = true
values = ["Access",
  "Equity", # and one more
  { name = "Trust", description = "Kept" },
]
empty = {}

[letter]
body = """
Dear "members",

A # is no remark.
"""
[letter.signature]
name = '''A "B" 'C' '''

[[domains]]
label = "A"
objectives = []
[[domains]]
label = "B"
  [[domains.objectives]]
  text = "Grow"
[[domains.objectives]]
text = ""
[extra]
n = [1.5, -1, [0x1F, 1979-05-27T07:32:00Z]]
"#;

    #[test]
    fn a_plain_plan_is_read_fast() {
        let root = read(PLAN).expect("it is plain");
        assert_eq!(root.get_ref().len(), 9);
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_parser() {
        for other in [
            "a = 1\r\n",
            "a = \"\\n\"",
            "a = \"\"\"\\\n\"\"\"",
            "a = \"\"\"\"x\"\"\"\"",
            "a = \"\u{7f}\"",
            "# \u{1}",
            "a.b = 1",
            "\"a\" = 1",
            "a = 1\na = 2",
            "[a]\n[a]",
            "[a.b]",
            "a = {}\n[a.b]",
            "a = [{}]\n[[a]]",
            "a = [{}]\n[a.b]",
            "[[a]]\n[a]",
            "[a]\n[[a]]",
            "a = { b = 1,\n c = 2 }",
            "a = { b = 1, }",
            "a = 1 b = 2",
            "a = [1 2]",
            "a = [,]",
            "a = ",
            "a",
            "[a",
            "[[a]",
            "a = x",
            "a = \"x",
            "a = \"x\ny\"",
            "a = 1979-05-27 07:32:00",
            "\u{feff}a = 1",
        ] {
            assert!(read(other).is_none(), "{other:?}");
        }
        assert!(read(&format!("a = {}{}", "[".repeat(99), "]".repeat(99))).is_none());
    }
}
