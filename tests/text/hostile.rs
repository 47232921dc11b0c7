//! Whatever an author writes: nothing panics, every span is a place in the text, and the HTML
//! holds nothing but what this program wrote.

use html5gum::{Error, Token, Tokenizer};
use planpress::plan::text::{Kind, Target, parse};
use proptest::prelude::*;

/// Pieces that mean something to Markdown, HTML, URLs or to this program, so that random texts
/// are about something.
const PIECES: &[&str] = &[
    "a",
    "Zoë",
    "é",
    "日本",
    "👍",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "    ",
    "*",
    "**",
    "_",
    "__",
    "`",
    "```",
    "~~~",
    "[",
    "](",
    ")",
    "]",
    "![",
    "!",
    "(",
    "<",
    ">",
    "</",
    "/",
    "\\",
    "&",
    "&amp;",
    "&#115;",
    "&Tab;",
    "&colon;",
    "&#x200b;",
    "&#0;",
    "&nbsp;",
    ";",
    ":",
    "#",
    "# ",
    "## ",
    "-",
    "- ",
    "+ ",
    "1. ",
    "> ",
    "|",
    "|-|",
    "| a | b |\n|:-:|--:|\n",
    "---",
    "===",
    "[x]: ",
    "[x]",
    "javascript:",
    "java&#115;cript:",
    "JAVA\nSCRIPT:",
    "data:",
    "https://",
    "https://a.org/b",
    "http:",
    "mailto:a@b.c",
    "#a",
    "a.toml",
    "../",
    "%20",
    "%6a",
    "\"",
    "'",
    " \"t\"",
    "<b>",
    "</b>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<a href=\"x\" onclick=y>",
    "<img src=x onerror=y>",
    "<https://x>",
    "<javascript:x>",
    "\u{200b}",
    "\u{202e}",
    "\u{0}",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "{{ x }}",
    "{% x %}",
];

/// Every element and attribute there may be.
const ALLOWED: &[(&str, &[&str])] = &[
    ("a", &["href", "title"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &[]),
    ("em", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("hr", &[]),
    ("img", &["src", "alt", "title"]),
    ("li", &[]),
    ("ol", &["start"]),
    ("p", &[]),
    ("div", &["class", "tabindex", "role", "aria-label"]),
    ("pre", &["tabindex"]),
    ("strong", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["scope", "class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
    ("wbr", &[]),
];

const VOID: &[&str] = &["br", "hr", "img", "wbr"];

fn texts() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..40);
    prop_oneof![pieces.prop_map(|pieces| pieces.concat()), any::<String>()]
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Sentence), Just(Kind::Body)]
}

/// Reads HTML back: asserts that it is made of what is allowed, whole, and returns its words.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let (_, attributes) = ALLOWED
                    .iter()
                    .find(|(allowed, _)| *allowed == name)
                    .unwrap_or_else(|| panic!("<{name}> in {html:?}"));
                for (attribute, value) in &tag.attributes {
                    let attribute = String::from_utf8_lossy(attribute);
                    assert!(attributes.contains(&&*attribute), "{attribute} in {html:?}");
                    let value = String::from_utf8_lossy(&value.value).into_owned();
                    match &*attribute {
                        "href" | "src" => assert!(value.starts_with("resolved:"), "{html:?}"),
                        "alt" => assert!(!value.trim().is_empty(), "{html:?}"),
                        "class" => {
                            assert!(["center", "end", "scroll"].contains(&&*value), "{html:?}");
                        }
                        "role" => assert_eq!(value, "region", "{html:?}"),
                        _ => {}
                    }
                }
                assert!(
                    !(name == "a" && open.contains(&name)),
                    "a link in a link: {html:?}"
                );
                if !VOID.contains(&&*name) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert_eq!(open.pop(), Some(name), "{html:?}");
            }
            Token::String(text) => words.push_str(&String::from_utf8_lossy(&text)),
            Token::Comment(_) | Token::Doctype(_) => panic!("a comment or doctype: {html:?}"),
            Token::Error(error) => panic!("{error:?}: {html:?}"),
        }
    }
    assert!(open.is_empty(), "{open:?} stay open: {html:?}");
    words
}

/// What becomes of an attribute that finished HTML is printed into.
#[derive(Debug, PartialEq)]
struct Tag {
    /// What the tokenizer says first.
    quote: Option<Error>,
    /// There is nothing else: no other attribute, and nothing behind the tag.
    is_whole: bool,
}

impl Tag {
    fn with(html: &str, quote: char) -> Self {
        let page = format!("<p title={quote}{html}{quote}>");
        let tokens: Vec<Token> = Tokenizer::new(&page).flatten().collect();
        Self {
            quote: match tokens.first() {
                Some(Token::Error(error)) => Some(error.value),
                _ => None,
            },
            is_whole: matches!(&*tokens, [Token::StartTag(tag)] if tag.attributes.len() == 1),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_places_in_the_text(source in texts(), kind in kinds()) {
        let (text, faults) = parse(&source, kind);
        for span in faults.iter().map(|f| &f.span).chain(text.links().iter().map(|l| &l.span)) {
            prop_assert!(source.get(span.clone()).is_some_and(|s| !s.is_empty()), "{:?}", span);
        }
        prop_assert!(faults.is_sorted_by_key(|fault| fault.span.start));
    }

    #[test]
    fn html_holds_only_what_is_allowed(source in texts(), kind in kinds(), base in 2..4u8) {
        let (text, _) = parse(&source, kind);
        let mut asked = Vec::new();
        let html = text.html(&mut |link| {
            asked.push(link.clone());
            "resolved:\"><script>".to_owned()
        }, base);
        let asked_for: Vec<_> = asked.iter().collect();
        prop_assert_eq!(asked_for, text.links().iter().collect::<Vec<_>>());
        words(&html);
    }

    #[test]
    fn in_an_attribute_only_a_tag_of_the_html_ends_it_and_never_unseen(source in texts(), kind in kinds()) {
        let (text, _) = parse(source, kind);
        let html = text.html(&mut |_| "resolved:'".to_owned(), 2);
        prop_assert_eq!(Tag::with(&html, '\''), Tag { quote: None, is_whole: true });
        let first = html.find('"').map(|_| Error::MissingWhitespaceBetweenAttributes);
        prop_assert_eq!(Tag::with(&html, '"'), Tag { quote: first, is_whole: first.is_none() });
    }

    #[test]
    fn no_scheme_survives_but_the_allowed(source in texts(), kind in kinds()) {
        for link in parse(&source, kind).0.links() {
            match &link.target {
                Target::Web(address) => prop_assert!(
                    address.starts_with("https://") || address.starts_with("http://")
                ),
                Target::Other(address) => prop_assert!(
                    address.starts_with("mailto:") || address.starts_with("tel:")
                ),
                Target::Anchor(anchor) => prop_assert!(!anchor.is_empty()),
                Target::File { path, .. } => prop_assert!(
                    !path.is_empty() && !path.contains([':', '\\', '\n', '\t', '\0'])
                        && !path.starts_with('/')
                ),
            }
        }
    }

    #[test]
    fn the_words_of_the_html_are_the_plain_words(source in texts()) {
        let (text, _) = parse(&source, Kind::Sentence);
        let html = text.html(&mut |_| "resolved:".to_owned(), 2);
        // Code keeps its spaces, which no reader sees.
        let one_line = |text: &str| {
            text.split([' ', '\n', '\t', '\u{c}', '\r']).filter(|word| !word.is_empty())
                .collect::<Vec<_>>().join(" ")
        };
        // A faulty image leaves its words; one that is fine does not stand in a sentence.
        prop_assert_eq!(one_line(words(&html).trim()), one_line(&text.plain()));
    }

    #[test]
    fn words_without_markdown_are_the_same_as_parsed_ones(
        source in "([a-zA-Z/.,:;!?\"'()&%@é\u{a0} -]|\n){0,40}",
        kind in kinds(),
    ) {
        // The escape makes the second one go through the parser; the blank line keeps it apart.
        let (quick, _) = parse(&source, kind);
        let (parsed, _) = parse(format!("{source}\n\n\\x"), kind);
        let expected = parsed.html(&mut |_| String::new(), 2);
        let quick = quick.html(&mut |_| String::new(), 2);
        let one_line = |html: &str| html.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        let expected = one_line(&expected);
        let rest = match kind {
            Kind::Sentence => expected.strip_suffix("\\x").map(str::trim_end),
            Kind::Body => expected.strip_suffix("<p>\\x</p>").map(str::trim_end),
        };
        let rest = rest.map(str::to_owned);
        prop_assert_eq!(Some(one_line(&quick)), rest);
    }

    #[test]
    fn a_destination_never_panics(destination in texts()) {
        let _ = planpress::plan::text::target(&destination);
    }
}
