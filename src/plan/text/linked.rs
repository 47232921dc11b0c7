//! The HTML of a sentence that holds links and no other Markdown, without parsing it again.
//!
//! In: a [`Text`] and where its links lead. Out: what [`super::html`] would write, or nothing
//! where the text is not of that kind.

use super::escape::{Flow, escape};
use super::glance::Signs;
use super::{Kind, Link, Text, markdown};

/// Words, and the link behind them with its own words.
type Piece<'t> = (&'t str, &'t Link, &'t str);

/// See [`Text::html`].
pub(super) fn write(text: &Text, resolve: &mut dyn FnMut(&Link) -> String) -> Option<String> {
    let (pieces, end) = pieces(text)?;
    let mut out = String::with_capacity(text.source.len() + 64);
    let mut flow = Flow::default();
    for (before, link, words) in pieces {
        flow.push(&mut out, before);
        out.push_str("<a href=\"");
        escape(&mut out, &resolve(link));
        out.push_str("\">");
        flow.push(&mut out, words);
        out.push_str("</a>");
    }
    flow.push(&mut out, end);
    Some(out)
}

/// The text in pieces, and what stands behind the last of them. The links are those that the parser
/// found; whatever it did not take for one leaves a bracket between them.
fn pieces(text: &Text) -> Option<(Vec<Piece<'_>>, &str)> {
    let source = text.source.trim_end();
    if text.kind != Kind::Sentence || text.links.is_empty() {
        return None;
    }
    let plain = |piece: &str| markdown::is_plain(piece, Kind::Sentence, Signs::of(piece));
    let mut at = source.len() - source.trim_start().len();
    let mut pieces = Vec::with_capacity(text.links.len());
    for link in &text.links {
        let before = source.get(at..link.whole.start)?;
        let words = words(source, link)?;
        if !plain(before) || !plain(words) {
            return None;
        }
        pieces.push((before, link, words));
        at = link.whole.end;
    }
    let end = source.get(at..)?;
    plain(end).then_some((pieces, end))
}

/// The words of a link that is written `[words](address)`.
fn words<'t>(source: &'t str, link: &Link) -> Option<&'t str> {
    let closed = source.get(link.span.end..link.whole.end)? == ")";
    let words = source.get(link.whole.start..link.span.start)?;
    let words = words.strip_prefix('[')?.strip_suffix("](")?;
    (closed && !link.image).then_some(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{html, parse};
    use super::*;

    fn address(link: &Link) -> String {
        format!("a&b#{}", link.span.start)
    }

    #[test]
    fn a_sentence_with_links_alone_is_written_without_the_parser() {
        let (text, faults) = parse(" A/b  [c & d](https://e.org/f) g ", Kind::Sentence);
        assert_eq!(faults, []);
        let html = write(&text, &mut address);
        let wanted = "A/<wbr>b <a href=\"a&amp;b#14\">c &amp; d</a> g";
        assert_eq!(html.as_deref(), Some(wanted));
        for other in [
            "*a* [b](c.html)",
            "[b](https://e.org 'f')",
            "![b](https://e.org/c.png)",
        ] {
            let (text, _) = parse(other, Kind::Sentence);
            assert_eq!(write(&text, &mut address), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn it_is_what_the_parser_makes_of_it(
            source in "([ab/. \n\t&']{1,3}|\\[[ab /&']{0,3}\\]\\((#a|https://a.b/c|a&amp;|<b>|b 'c'|)\\)|[\\[\\]()!*_<`&;\\\\ ]{1,2}){0,6}",
        ) {
            let (text, _) = parse(source, Kind::Sentence);
            if let Some(quick) = write(&text, &mut address) {
                prop_assert_eq!(quick, html::parsed(&text, &mut address, 2));
            }
        }
    }
}
