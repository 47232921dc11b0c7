//! What Markdown in a plan may hold, what it becomes, and what is said about the rest.

use planpress::plan::text::{Kind, Link, Target, Text, TextFault, parse, target};

#[path = "text/hostile.rs"]
mod hostile;

/// Where links lead on the pages of these tests.
fn href(link: &Link) -> String {
    match &link.target {
        Target::Web(address) | Target::Other(address) => address.clone(),
        Target::Anchor(anchor) => format!("#{anchor}"),
        Target::File { path, anchor: None } => format!("../{path}"),
        Target::File {
            path,
            anchor: Some(anchor),
        } => format!("../{path}#{anchor}"),
    }
}

fn valid(source: &str, kind: Kind) -> Text {
    let (text, faults) = parse(source, kind);
    assert!(faults.is_empty(), "{source:?}: {faults:?}");
    text
}

fn sentence(source: &str) -> String {
    valid(source, Kind::Sentence)
        .html(&mut href, 2)
        .into_owned()
}

fn body(source: &str) -> String {
    valid(source, Kind::Body).html(&mut href, 2).into_owned()
}

/// The only fault of a text, with what its span covers.
fn fault(source: &str, kind: Kind) -> (TextFault, &str) {
    let (_, mut faults) = parse(source, kind);
    assert_eq!(faults.len(), 1, "{source:?}: {faults:?}");
    let fault = faults.remove(0);
    let covered = &source[fault.span.clone()];
    (fault, covered)
}

#[test]
fn a_sentence_may_be_emphasised_and_hold_code_and_links() {
    for (source, html) in [
        ("Libraries thrive.", "Libraries thrive."),
        (
            "*a* **b** `c`",
            "<em>a</em> <strong>b</strong> <code>c</code>",
        ),
        ("_a_ __b__", "<em>a</em> <strong>b</strong>"),
        ("**\"a\"**", "<strong>&quot;a&quot;</strong>"),
        ("*\"a\"**", "<em>&quot;a&quot;</em>*"),
        ("a's", "a&#39;s"),
        (
            "`a'` b's [c's](#b)",
            "<code>a&#39;</code> b&#39;s <a href=\"#b\">c&#39;s</a>",
        ),
        ("**a**b", "<strong>a</strong>b"),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("[a](#b)", "<a href=\"#b\">a</a>"),
        (
            "[*a*](#b \"A title\")",
            "<a href=\"#b\" title=\"A title\"><em>a</em></a>",
        ),
        (
            "<https://ala.org/x>",
            "<a href=\"https://ala.org/x\">https://ala.org/x</a>",
        ),
        ("<a@b.org>", "<a href=\"mailto:a@b.org\">a@b.org</a>"),
        (
            "R&D, AT&T & A &amp; B &lt;",
            "R&amp;D, AT&amp;T &amp; A &amp; B &lt;",
        ),
        (r"\*a\*", "*a*"),
        ("a\n  b\r\nc", "a b c"),
        ("  a  ", "a"),
        ("~~a~~ [^1] $x$", "~~a~~ [^1] $x$"),
    ] {
        assert_eq!(sentence(source), html, "{source:?}");
    }
}

#[test]
fn what_begins_a_block_elsewhere_is_words_in_a_sentence() {
    for source in [
        "1. Expand",
        "- x",
        "+ x",
        "* x",
        "# x",
        "---",
        "===",
        "a\n---",
        "[x]: y",
        "[x]: https://y",
        "~~~",
        "| a |\n| - |",
        "* * *",
        "1) x",
        "***",
        "x\n- y",
        "x\n1. y",
    ] {
        let words = source.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(sentence(source), words, "{source:?}");
        assert_eq!(valid(source, Kind::Sentence).plain(), words, "{source:?}");
    }
    assert_eq!(sentence("> x"), "&gt; x");
    assert_eq!(sentence("    x"), "x");
    assert_eq!(sentence("```x"), "```x");
    assert_eq!(sentence("1. *x*"), "1. <em>x</em>");
}

#[test]
fn raw_html_is_shown_as_text() {
    assert_eq!(
        sentence("<b>*x*</b> <!-- y --> <script>z</script>"),
        "&lt;b&gt;<em>x</em>&lt;/b&gt; &lt;!-- y --&gt; &lt;script&gt;z&lt;/script&gt;"
    );
    assert_eq!(
        body("<div>\n*x*\n</div>"),
        "<p>&lt;div&gt; *x* &lt;/div&gt;</p>\n"
    );
}

#[test]
fn slash_words_may_break_but_not_in_code_or_addresses() {
    for (source, html) in [
        (
            "clear/realistic/reality",
            "clear/<wbr>realistic/<wbr>reality",
        ),
        ("*clear*/real", "<em>clear</em>/<wbr>real"),
        (
            "programs/services &amp; x",
            "programs/<wbr>services &amp; x",
        ),
        ("`a/b`", "<code>a/b</code>"),
        (
            "see https://ala.org/a/b a/b",
            "see https://ala.org/a/b a/<wbr>b",
        ),
        ("www.ala.org/about", "www.ala.org/about"),
        ("24/7 a/ b /c", "24/7 a/ b /c"),
    ] {
        assert_eq!(sentence(source), html, "{source:?}");
    }
    assert_eq!(valid("a/b", Kind::Sentence).plain(), "a/b");
    assert_eq!(body("a/b\n\n*c*"), "<p>a/<wbr>b</p>\n<p><em>c</em></p>\n");
}

#[test]
fn plain_words_have_no_markup() {
    for (source, words) in [
        (
            "**Champion** [libraries](#x) & `code`",
            "Champion libraries & code",
        ),
        ("a\n  b &amp; c", "a b & c"),
        ("<b>x</b>", "<b>x</b>"),
    ] {
        assert_eq!(valid(source, Kind::Sentence).plain(), words);
    }
    let source = "# One\n\nTwo *three*\nfour.\n\n- five\n- six\n\n![seven](a.jpg)\n\n\
                  | a | b |\n|---|---|\n| c | d |\n";
    assert_eq!(
        valid(source, Kind::Body).plain(),
        "One Two three four. five six seven a b c d"
    );
}

#[test]
fn a_body_holds_paragraphs_lists_quotations_and_code() {
    for (source, html) in [
        ("a\nb\n\nc", "<p>a b</p>\n<p>c</p>\n"),
        ("*a*\nb", "<p><em>a</em>\nb</p>\n"),
        ("a\\\nb", "<p>a<br>\nb</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        (
            "- a\n\n- b",
            "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>\n",
        ),
        ("1. a", "<ol>\n<li>a</li>\n</ol>\n"),
        ("4. a", "<ol start=\"4\">\n<li>a</li>\n</ol>\n"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>\n"),
        (
            "    <a/b>",
            "<pre tabindex=\"0\"><code>&lt;a/b&gt;</code></pre>\n",
        ),
        (
            "```sh\na  b\n```",
            "<pre tabindex=\"0\"><code>a  b\n</code></pre>\n",
        ),
        ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"),
        ("[a]\n\n[a]: #b", "<p><a href=\"#b\">a</a></p>\n"),
        ("[a] [b][c]", "<p>[a] [b][c]</p>\n"),
    ] {
        assert_eq!(body(source), html, "{source:?}");
    }
}

#[test]
fn tables_have_column_headings_and_alignment_by_class() {
    assert_eq!(
        body("| | b |\n|:-:|--:|\n| c | d |"),
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"b\">\n<table>\n<thead>\n\
         <tr><td></td><th scope=\"col\" class=\"end\">b</th></tr>\n</thead>\n<tbody>\n\
         <tr><td class=\"center\">c</td><td class=\"end\">d</td></tr>\n</tbody>\n</table>\n</div>\n"
    );
    assert_eq!(
        body("| |\n|---|\n| c |"),
        "<div class=\"scroll\" tabindex=\"0\">\n<table>\n<thead>\n<tr><td></td></tr>\n</thead>\n\
         <tbody>\n<tr><td>c</td></tr>\n</tbody>\n</table>\n</div>\n"
    );
    assert!(body("| *a* \" | `b` |\n|---|---|").contains(" aria-label=\"a &quot;, b\">"));
}

#[test]
fn headings_stand_below_their_part_without_a_level_skipped() {
    let levels = |source: &str, base: u8| -> Vec<String> {
        let text = valid(source, Kind::Body);
        let html = text.html(&mut href, base);
        html.lines().map(|line| line[1..3].to_owned()).collect()
    };
    assert_eq!(levels("# a\n# b", 2), ["h3", "h3"]);
    assert_eq!(
        levels("## a\n#### b\n### c\n## d", 2),
        ["h3", "h4", "h4", "h3"]
    );
    assert_eq!(levels("### a\n# b\n## c", 2), ["h3", "h3", "h4"]);
    assert_eq!(
        levels("# a\n## b\n### c\n#### d\n##### e", 3),
        ["h4", "h5", "h6", "h6", "h6"]
    );
}

#[test]
fn images_show_their_file_with_alternative_text() {
    assert_eq!(
        body("![A *b* \"c\"](img/a.jpg 'T')"),
        "<p><img src=\"../img/a.jpg\" alt=\"A b &quot;c&quot;\" title=\"T\"></p>\n"
    );
    let text = valid("[![a](b.jpg)](#c)", Kind::Body);
    assert_eq!(
        text.html(&mut href, 2),
        "<p><a href=\"#c\"><img src=\"../b.jpg\" alt=\"a\"></a></p>\n"
    );
    let images: Vec<bool> = text.links().iter().map(|link| link.image).collect();
    assert_eq!(images, [false, true]);
}

#[test]
fn links_carry_their_target_and_the_span_of_their_destination() {
    let source = "é [a](https://ala.org) [b](x.toml#y%20z \"x.toml\") [c](<#d>) <mailto:a@b.org>";
    for kind in [Kind::Sentence, Kind::Body] {
        let text = valid(source, kind);
        let found: Vec<_> = text
            .links()
            .iter()
            .map(|link| (&source[link.span.clone()], &link.target))
            .collect();
        assert_eq!(
            found,
            [
                (
                    "https://ala.org",
                    &Target::Web("https://ala.org".to_owned())
                ),
                (
                    "x.toml#y%20z",
                    &Target::File {
                        path: "x.toml".to_owned(),
                        anchor: Some("y z".to_owned())
                    }
                ),
                ("#d", &Target::Anchor("d".to_owned())),
                (
                    "mailto:a@b.org",
                    &Target::Other("mailto:a@b.org".to_owned())
                ),
            ]
        );
    }
}

#[test]
fn a_faulty_link_is_shown_as_its_words() {
    let (text, faults) = parse("[*a*](ftp://x) [b](#c)", Kind::Sentence);
    assert_eq!(faults.len(), 1);
    assert_eq!(text.html(&mut href, 2), "<em>a</em> <a href=\"#c\">b</a>");
    let (text, _) = parse("![a](https://x/y.jpg)", Kind::Body);
    assert_eq!(text.html(&mut href, 2), "<p>a</p>\n");
}

#[test]
fn faults_point_at_what_is_wrong() {
    use Kind::{Body, Sentence};
    for (source, kind, name, covered) in [
        (
            "x [a](javascript:alert(1)) y",
            Sentence,
            "link-scheme",
            "javascript:alert(1)",
        ),
        (
            "x\n[a](java&#115;cript:b)",
            Sentence,
            "link-scheme",
            "[a](java&#115;cript:b)",
        ),
        ("<javascript:x>", Sentence, "link-scheme", "javascript:x"),
        (
            "[a](java&Tab;script:b)",
            Body,
            "link-destination",
            "[a](java&Tab;script:b)",
        ),
        ("  [a]()", Sentence, "link-destination", "[a]()"),
        ("é [](#b) c", Sentence, "empty-link", "[](#b)"),
        (
            "a [&#8203;&nbsp;](#b)",
            Sentence,
            "empty-link",
            "[&#8203;&nbsp;](#b)",
        ),
        ("a\n\n#\n\nb", Body, "empty-heading", "#\n"),
        ("## &nbsp;", Body, "empty-heading", "## &nbsp;"),
        ("a ![](b.jpg)", Body, "image-without-words", "![](b.jpg)"),
        (
            "[![](b.jpg)](#c)",
            Body,
            "image-without-words",
            "![](b.jpg)",
        ),
        (
            "a ![b](c.jpg)",
            Sentence,
            "image-in-sentence",
            "![b](c.jpg)",
        ),
        ("![](c.jpg)", Sentence, "image-in-sentence", "![](c.jpg)"),
        (
            "![b](https://c/d.jpg)",
            Body,
            "image-elsewhere",
            "https://c/d.jpg",
        ),
        ("![b](#c)", Body, "link-destination", "#c"),
        (
            "[a <https://b> c](#d)",
            Sentence,
            "link-in-link",
            "<https://b>",
        ),
        ("&nbsp;", Sentence, "invisible-text", "&nbsp;"),
        ("\u{200b}", Sentence, "invisible-text", "\u{200b}"),
        ("[a]: b", Body, "invisible-text", "[a]: b"),
    ] {
        let (fault, at) = fault(source, kind);
        assert_eq!((fault.name, at), (name, covered), "{source:?}");
        assert!(
            !fault.message.ends_with('.') && !fault.help.is_empty(),
            "{fault:?}"
        );
    }
}

#[test]
fn an_empty_text_is_left_to_the_reader() {
    for source in ["", " ", "\n\n"] {
        for kind in [Kind::Sentence, Kind::Body] {
            assert_eq!(valid(source, kind).html(&mut href, 2), "");
            assert_eq!(valid(source, kind).plain(), "");
        }
    }
}

#[test]
fn allowed_destinations_are_read() {
    let file = |path: &str, anchor: Option<&str>| Target::File {
        path: path.to_owned(),
        anchor: anchor.map(str::to_owned),
    };
    let web = |address: &str| Target::Web(address.to_owned());
    let other = |address: &str| Target::Other(address.to_owned());
    for (destination, expected) in [
        ("https://ala.org", web("https://ala.org")),
        (
            "HTTP://ala.org:80/a?b=c&d#e",
            web("http://ala.org:80/a?b=c&d#e"),
        ),
        (
            "https://a.org/b|c[1]^%zz%20#d#e",
            web("https://a.org/b%7Cc%5B1%5D%5E%25zz%20#d%23e"),
        ),
        ("https://[::1]:8080/x", web("https://[::1]:8080/x")),
        ("https://bücher.example/ä", web("https://bücher.example/ä")),
        (
            "mailto:a@b.org?subject=x",
            other("mailto:a@b.org?subject=x"),
        ),
        ("mailto:aé@b.org", other("mailto:aé@b.org")),
        ("tel:+1-312-555-0100", other("tel:+1-312-555-0100")),
        ("#a-3", Target::Anchor("a-3".to_owned())),
        ("#%C3%A9", Target::Anchor("é".to_owned())),
        ("a.toml", file("a.toml", None)),
        ("../x/a.toml#b", file("../x/a.toml", Some("b"))),
        ("./a.pdf#", file("./a.pdf", None)),
        ("a%20b.pdf", file("a b.pdf", None)),
        ("plan-v1.2.pdf", file("plan-v1.2.pdf", None)),
    ] {
        assert_eq!(target(destination), Ok(expected), "{destination}");
    }
}

#[test]
fn other_destinations_say_what_to_write() {
    for (destination, hint) in [
        ("", "A link leads to https:"),
        (" ", "A link leads to https:"),
        ("#", "Write the anchor behind"),
        ("javascript:alert(1)", "A link leads to https:"),
        ("JaVaScRiPt:x", "A link leads to https:"),
        ("data:text/html,x", "A link leads to https:"),
        ("vbscript:x", "A link leads to https:"),
        ("file:///etc/passwd", "A link leads to https:"),
        ("ftp://x/y", "A link leads to https:"),
        (":x", "A link leads to https:"),
        ("é:x", "A link leads to https:"),
        ("java\tscript:x", "Write it without them"),
        ("\u{1}javascript:x", "Type the link anew"),
        ("java\u{200b}script:x", "Type the link anew"),
        ("javascript%3Aalert(1)", "Rename the file"),
        ("C:/x.pdf", "Put the file under content/"),
        ("C:\\x.pdf", "Put the file under content/"),
        ("a\\b.pdf", "Put the file under content/"),
        ("https:", "Write the whole address"),
        ("https:/x", "Write the whole address"),
        ("https:///x", "Write the whole address"),
        ("https://?x", "Write the whole address"),
        ("https://:80", "Write the whole address"),
        ("https://a:99999/", "Write the whole address"),
        ("https://a@", "Write the whole address"),
        ("https://a b/", "Write \"%20\""),
        ("mailto:", "Write the address behind it"),
        ("mailto:?subject=x", "Write the address behind it"),
        ("tel:ask", "Write the number"),
        ("//ala.org/x", "Write \"https://ala.org/x\"."),
        ("/x", "relative to this one"),
        ("www.ala.org/x", "Write \"https://www.ala.org/x\"."),
        ("ala.org", "Write \"https://ala.org\"."),
        ("ala.org:80/x", "Write \"https://ala.org:80/x\"."),
        ("office@ala.org", "Write \"mailto:office@ala.org\"."),
        ("a.html?b", "Write the path of the file alone"),
        ("a/", "Write the path down"),
        ("a//b", "Write the path down"),
        ("..", "Write the path down"),
        ("a/..", "Write the path down"),
        ("a/%2e%2E", "Write the path down"),
        ("a%2Fb", "Rename the file"),
        ("a%5Cb", "Rename the file"),
        ("a%0Ab", "Write the characters themselves"),
        ("a%FF", "Write the characters themselves"),
        ("100%", "Write \"%25\""),
    ] {
        match target(destination) {
            Ok(target) => panic!("{destination:?} was read as {target:?}"),
            Err(fault) => {
                assert!(fault.help.contains(hint), "{destination:?}: {fault:?}");
            }
        }
    }
}

#[test]
fn what_no_html_may_hold_is_replaced() {
    assert_eq!(sentence("a&#1;b&#xFFFE;c"), "a\u{fffd}b\u{fffd}c");
    assert_eq!(valid("a&#1;b", Kind::Sentence).plain(), "a\u{fffd}b");
}

#[test]
fn deep_and_long_markdown_is_read_in_reasonable_time() {
    let started = std::time::Instant::now();
    for piece in [
        "> ", "[", "![", "*a _b ", "`", "<", "- ", "((", "&", "[a](", "**a*", "\\",
    ] {
        let source = piece.repeat(20_000);
        for kind in [Kind::Sentence, Kind::Body] {
            let (text, _) = parse(&source, kind);
            let _ = (text.html(&mut href, 2), text.plain());
        }
    }
    // Generous: a quadratic step takes minutes.
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
