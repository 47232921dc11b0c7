//! Plain markup, read fast: what templates write that are written with care. In: a page. Out: its
//! outline, in slices of the page, or nothing.
//!
//! It gives up at the first thing that it does not know for certain to be read alike by the HTML
//! Standard: a name with capital letters, a value without quotes, a quote that ended one too early, a
//! comment of another form than `<!-- -->`, a tag without an end. It may know less than there is, and
//! never other than there is.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::markup::{Attribute, Attributes, characters, characters_of_value};
use super::outline::Outline;

/// Reads a page of plain markup. `None` for any other.
pub fn read(page: &[u8]) -> Option<Outline<'_>> {
    // The tokenizer puts other characters in the place of these.
    if memchr2(b'\0', b'\r', page).is_some() {
        return None;
    }
    let mut reader = Reader { rest: page };
    let mut outline = Outline::with_room();
    let mut attributes = Attributes::default();
    loop {
        let text = reader.text();
        if !text.is_empty() && outline.listens() {
            if begins_with_a_word(text) && !outline.listens_to_css() {
                outline.words();
            } else {
                outline.text(&meant(text)?);
            }
        }
        let Some((_, behind)) = reader.rest.split_first() else {
            return Some(outline);
        };
        reader.rest = behind;
        match reader.next()? {
            b'/' => {
                reader.skip(1);
                outline.close(reader.name(IN_ELEMENT)?);
                reader.pass(b">")?;
            }
            b'!' => reader.declaration()?,
            _ => {
                let name = reader.name(IN_ELEMENT)?;
                attributes.clear();
                reader.attributes(&mut attributes)?;
                outline.open(name, &attributes);
            }
        }
    }
}

/// What of a page is still to be read.
struct Reader<'p> {
    rest: &'p [u8],
}

impl<'p> Reader<'p> {
    fn next(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn skip(&mut self, length: usize) {
        self.rest = &self.rest[length..];
    }

    fn take(&mut self, length: usize) -> &'p [u8] {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    fn pass(&mut self, text: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    /// What stands before the next tag.
    fn text(&mut self) -> &'p [u8] {
        match self.rest {
            // Tags often stand next to each other, or on lines one below the other.
            [b'<', ..] => b"",
            [b'\n', b'<', ..] => self.take(1),
            _ => self.take(memchr(b'<', self.rest).unwrap_or(self.rest.len())),
        }
    }

    /// A name of such bytes, the first of them a letter.
    fn name(&mut self, of: u8) -> Option<&'p [u8]> {
        self.next().filter(u8::is_ascii_lowercase)?;
        let mut bytes = self.rest.iter();
        let length = bytes.position(|byte| CLASS[usize::from(*byte)] & of == 0)?;
        Some(self.take(length))
    }

    /// Passes the attributes of an element, and the end of its tag.
    fn attributes(&mut self, found: &mut Attributes<'p>) -> Option<()> {
        loop {
            match self.next()? {
                b'>' => return self.pass(b">"),
                b'/' => return self.pass(b"/>"),
                b' ' | b'\n' | b'\t' => self.skip(1),
                _ => return None,
            }
            // Most are this one, and nobody asks for it.
            if let Some(value) = self.rest.strip_prefix(b"class=\"") {
                self.rest = &value[memchr(b'"', value)? + 1..];
                continue;
            }
            if !self.next()?.is_ascii_lowercase() {
                continue;
            }
            let name = Attribute::written(self.name(IN_ATTRIBUTE)?);
            let value = match self.next()? {
                b'=' => self.value()?,
                _ => Value::default(),
            };
            if let Some(name) = name {
                found.push(name, value.meant()?);
            }
        }
    }

    /// Passes a value and its quotes.
    fn value(&mut self) -> Option<Value<'p>> {
        self.skip(1);
        let quote = self.next().filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.skip(1);
        let end = memchr2(quote, b'&', self.rest)?;
        let escapes = self.rest[end] == b'&';
        let length = if escapes {
            memchr(quote, self.rest)?
        } else {
            end
        };
        let written = self.take(length);
        self.skip(1);
        Some(Value {
            written,
            escapes,
            quote,
        })
    }

    /// Passes a comment or the document type; what they say does not matter.
    fn declaration(&mut self) -> Option<()> {
        if self.rest.starts_with(b"!d") {
            return self.pass(b"!doctype html>");
        }
        self.pass(b"!--")?;
        let comment = self.take(memmem::find(self.rest, b"--")?);
        if comment.starts_with(b">") || memchr(b'<', comment).is_some() {
            return None;
        }
        self.pass(b"-->")
    }
}

/// A value of an attribute, as it is written between its quotes.
#[derive(Default)]
struct Value<'p> {
    written: &'p [u8],
    /// It holds a `&`.
    escapes: bool,
    quote: u8,
}

impl<'p> Value<'p> {
    fn meant(&self) -> Option<Cow<'p, str>> {
        let written = std::str::from_utf8(self.written).ok()?;
        if !self.escapes {
            return Some(written.into());
        }
        match escaped(written) {
            Some(meant) => Some(meant.into()),
            None => characters_of_value(written, char::from(self.quote)).map(Cow::Owned),
        }
    }
}

/// What names of elements and of attributes are made of. A name of an attribute begins with a
/// letter, too: those that do not are no plain markup.
const CLASS: [u8; 256] = classes();
const IN_ELEMENT: u8 = 1;
const IN_ATTRIBUTE: u8 = 2;

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' {
            classes[byte as usize] = IN_ELEMENT | IN_ATTRIBUTE;
        } else if matches!(byte, b':' | b'_' | b'.') {
            classes[byte as usize] = IN_ATTRIBUTE;
        }
        byte += 1;
    }
    classes
}

/// True where the first character is certainly one of a word.
fn begins_with_a_word(text: &[u8]) -> bool {
    text.first()
        .is_some_and(|byte| byte.is_ascii_graphic() && *byte != b'&')
}

/// The text that is meant by one with character references.
fn meant(written: &[u8]) -> Option<Cow<'_, str>> {
    let written = std::str::from_utf8(written).ok()?;
    if memchr(b'&', written.as_bytes()).is_none() {
        return Some(written.into());
    }
    Some(
        escaped(written)
            .unwrap_or_else(|| characters(written))
            .into(),
    )
}

/// The text where it holds only what templates put in the place of characters with a meaning.
fn escaped(written: &str) -> Option<String> {
    let mut parts = written.split('&');
    let mut meant = parts.next()?.to_owned();
    for part in parts {
        let (name, behind) = part.split_once(';')?;
        meant.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" | "#x27" => "'",
            _ => return None,
        });
        meant.push_str(behind);
    }
    Some(meant)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::audit::markup::{self, Reading};

    /// What pages are made of, and what breaks readers of them.
    const PIECES: &[&str] = &[
        "<",
        ">",
        "/",
        "\"",
        "'",
        "=",
        "&",
        ";",
        "-",
        "!",
        "?",
        " ",
        "\n",
        "\t",
        "\r",
        "\0",
        "\u{c}",
        "\u{a0}",
        "a",
        "h1",
        "id",
        "href",
        "é",
        "Ä",
        "#a",
        "x",
        "<!--",
        "-->",
        "--",
        "--!>",
        "<!-->",
        "<!doctype html>",
        "<!DOCTYPE html>",
        "<![CDATA[",
        "]]>",
        "<?xml?>",
        "</",
        "/>",
        "<a",
        "<a ",
        "<A>",
        "</a>",
        "</a >",
        "</A>",
        "</a x=\"y\">",
        "<a href=\"#x\">",
        "<a href='#x'>",
        "<a href=#x>",
        "<a href>",
        "<a name=\"n\">",
        "<a href=\"../b/\" aria-label=\"B\">",
        "<a HREF=\"#x\">",
        "<a href=\"#x\" href=\"#y\">",
        "<a href = \"#x\">",
        "<a href=\"#x\"id=\"x\">",
        "<a\nid=\"x\"\n>",
        "<a href=\"#x\"/>",
        "<p id=\"x\">",
        "<p id=\"x&amp;y\">",
        "<p id=\"x&ampy\">",
        "<p id=\"&copy=1\">",
        "<p id='\"&#39;&#0;&nope;'>",
        "<p id=\"",
        "<p class=\"",
        "<p class=\"a b\" id=\"x\">",
        "<p class=\"&quot;\"id=\"x\">",
        "<p class='x'id=\"x\">",
        "<p id=\"A <a href=\"../b/\">B</a>\">",
        "<p a\"b>",
        "<p \"b\">",
        " class=\"x\"",
        "<p id=\"a>b<c\">",
        "<p @id=\"x\" 1=2 .b>",
        "<p id>",
        "<p =id>",
        "<p / id=\"x\">",
        "<p //id=\"x\">",
        "<html lang=\"en\">",
        "<html lang=\"&nbsp;\">",
        "<base href=\"/\">",
        "<main>",
        "</main>",
        "<nav>",
        "<nav aria-labelledby=\"x\">",
        "<title>",
        "</title>",
        "<h1>",
        "</h1>",
        "<h2>",
        "</h2>",
        "<h3 id=\"x\">",
        "</h3>",
        "<style>",
        "@import \"a.css\";",
        "url(b.png)",
        "</style>",
        "<p style=\"background: url(c.png)\">",
        "<script>",
        "if (a<b) c();",
        "</script>",
        "<textarea>",
        "<xmp>",
        "<plaintext>",
        "<noscript>",
        "<svg><use xlink:href=\"#x\"/></svg>",
        "<img src=\"a.png\">",
        "<img src=\"a.png\" alt=\"words\" srcset=\"b.png 1x, c.png 2x\">",
        "<img alt=\"\">",
        "<video src=\"v\" poster=\"p\"></video>",
        "<meta property=\"og:url\" content=\"https://example.org/\">",
        "<meta http-equiv=\"refresh\" content=\"0; url=../x/\">",
        "&amp;",
        "&amp",
        "&nbsp;",
        "&#160;",
        "&#xA0",
        "&lt;b&gt;",
        "&notit;",
        "&#x27;",
        "&#39;",
    ];

    fn markup() -> impl Strategy<Value = String> {
        let piece = proptest::sample::select(PIECES);
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_read_fast_is_read_alike(page in markup()) {
            if let Some(outline) = read(page.as_bytes()) {
                prop_assert_eq!(outline, markup::read(page.as_bytes(), Reading::Full));
            }
        }

        #[test]
        fn a_page_with_a_change_in_it_is_read_alike(at in 0..PAGE.len(), cut in 0..4_usize, piece in markup()) {
            let mut page = PAGE.as_bytes().to_vec();
            page.splice(at..PAGE.len().min(at + cut), piece.bytes());
            if let Some(outline) = read(&page) {
                prop_assert_eq!(outline, markup::read(&page, Reading::Full));
            }
        }
    }

    /// Plain, with something of all that an outline holds.
    const PAGE: &str = r##"<!doctype html>
<html lang="en">
<head>
<meta property="og:url" content="https://example.org/">
<title>A &amp; B</title>
<style>@import "a.css";</style>
<link rel="stylesheet" href="../style.css">
</head>
<body>
<!-- A comment. -->
<a class='skip' href="#content">Skip</a><nav aria-label="A &quot;B&quot;"><ul><li><a href="../">&rarr;&nbsp;Up</a></li></ul></nav>
<main class="a b" id="content" tabindex="-1"><h1>Plan</h1>
<h2 id="é">&amp;</h2><p>1 &lt; 2 <img src="a.png" alt="">
<a href="x"><img src="b.png" alt="B"/></a><a id="e" href="y"> </a></p></main>
</body>
</html>
"##;

    #[test]
    fn a_plain_page_is_read_fast() {
        let outline = read(PAGE.as_bytes()).expect("it is plain");
        assert_eq!(outline.ids, ["content", "é", "e"]);
        assert_eq!(outline.references.len(), 9);
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_other_reader() {
        for other in [
            "<P>",
            "</P>",
            "<p ID=\"x\">",
            "<p id=x>",
            "<p id = \"x\">",
            "<p id=\"x\"class=\"y\">",
            "<p id=\"x",
            "<p class=\"x>",
            "<p class=\"x\"id=\"y\">",
            "<p class='x'id=\"y\">",
            "<p id=\"x\"\"y\">",
            "<p class=\"<a href=\"x\">\">",
            "<p id='<a title='x'>'>",
            "<p id=\"x\" y\">",
            "<p id=\"x\" \"y>",
            "<p id=\"x\" y'>",
            "<p y<z>",
            "<p",
            "<",
            "</p",
            "</p >",
            "1 < 2",
            "<!-->",
            "<!--->",
            "<!--> -->",
            "<!-- -- -->",
            "<!-- <!-- -->",
            "<!-- --!>",
            "<!--",
            "<![CDATA[x]]>",
            "<?xml?>",
            "<!DOCTYPE svg>",
            "a\rb",
            "a\0b",
            "<p @x>",
            "<p / id=\"x\">",
        ] {
            assert_eq!(read(other.as_bytes()), None, "{other}");
        }
        assert_eq!(read(b"<p id=\"\xff\">"), None);
    }
}
