//! The sieve alone: whatever HTML comes, only what the profile allows comes out.

use planpress::plan::text::{Kind, parse};
use planpress::render::embed::{Fragment, IdPrefix, Profile, Shape, sift};
use proptest::prelude::*;

use crate::drupal::{BASIC, FULL};

fn sifted(html: &str, profile: Profile) -> Fragment {
    let shape = Shape {
        profile,
        heading_level: 2,
        id_prefix: IdPrefix::default(),
        own_address: "https://example.org/plan/".to_owned(),
    };
    sift(html, "en", &shape)
}

#[track_caller]
fn assert_basic(html: &str, expected: &str) {
    assert_eq!(sifted(html, Profile::Basic).html, format!("{expected}\n"));
}

#[test]
fn a_table_becomes_a_list_of_its_rows() {
    assert_basic(
        "<table><thead><tr><th>Town</th><td></td><th><em>No</em> of &lt;x&gt;</th></tr></thead><tbody><tr><td>A <strong>b</strong></td><td>c</td><td></td></tr><tr><td></td><td></td><td>d</td></tr></tbody></table>",
        "<ul lang=\"en\"><li>Town: A <strong>b</strong><br>c</li><li>No of &lt;x&gt;: d</li></ul>",
    );
    // Without rows its columns are all there is.
    assert_basic(
        "<table><thead><tr><th>Town</th><th>Year</th></tr></thead></table>",
        "<ul lang=\"en\"><li>Town, Year</li></ul>",
    );
}

#[test]
fn an_image_becomes_its_words_and_a_link_where_it_can_be_one() {
    assert_basic(
        "<p><img src=\"https://example.org/a.png\" alt=\"A &amp; B\" title=\"T\"></p>",
        "<p lang=\"en\"><a href=\"https://example.org/a.png\">A &amp; B</a></p>",
    );
    assert_basic(
        "<p><a href=\"https://example.org/\"><img src=\"https://example.org/a.png\" alt=\"A\"></a></p>",
        "<p lang=\"en\"><a href=\"https://example.org/\">A</a></p>",
    );
    let made = sifted("<p><img src=\"/a.png\" alt=\"A\"></p>", Profile::Full);
    assert_eq!(made.html, "<p>A</p>\n");
    assert_eq!(made.unlinked[0].address, "/a.png");
}

#[test]
fn code_becomes_a_paragraph_of_lines_and_keeps_its_indents() {
    assert_basic(
        "<pre tabindex=\"0\"><code>a  b\n\n  c\n</code></pre>",
        "<p lang=\"en\"><code>a  b<br><br>&nbsp;&nbsp;c</code></p>",
    );
}

#[test]
fn what_has_no_place_leaves_its_words_and_scripts_leave_nothing() {
    assert_basic(
        "<p>One<wbr>two <del>three</del><sup>4</sup></p><hr><script>five</script><p>six</p>",
        "<p lang=\"en\">Onetwo three4</p><p lang=\"en\">six</p>",
    );
}

#[test]
fn words_of_another_language_keep_it() {
    assert_basic(
        "<p><span lang=\"ar\" dir=\"auto\">x</span></p>",
        "<p lang=\"en\"><em dir=\"rtl\" lang=\"ar\">x</em></p>",
    );
}

#[test]
fn links_lead_into_the_fragment_to_the_heading_above_or_nowhere() {
    let html = "<p><a href=\"#a-1\">one</a> <a href=\"https://example.org/plan/#a-1\">two</a> <a href=\"#top\">three</a> <a href=\"/other/\">fo<em>ur</em></a></p><h2 id=\"h\">H</h2><p id=\"a-1\">x</p>";
    let made = sifted(html, Profile::Basic);
    assert_eq!(
        made.html,
        "<p lang=\"en\"><a href=\"#h\">one</a> <a href=\"#h\">two</a> three fo<em>ur</em></p><h2 id=\"h\" lang=\"en\">H</h2><p lang=\"en\">x</p>\n"
    );
    let told: Vec<_> = made
        .unlinked
        .iter()
        .map(|link| (link.words.as_str(), link.address.as_str()))
        .collect();
    assert_eq!(told, [("three", "#top"), ("four", "/other/")]);
    assert_eq!(made.lost[0].heading.as_deref(), Some("h"));
    assert_eq!(made.lost[0].anchors, ["a-1"]);
}

/// Pieces of Markdown, put together anyhow.
fn markdown() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "word ",
        "# ",
        "## ",
        "#### ",
        "\n",
        "\n\n",
        "- ",
        "  - ",
        "1. ",
        "7. ",
        "> ",
        "`",
        "```\n",
        "    ",
        "*",
        "**",
        "[",
        "](https://example.org)",
        "](#a)",
        "![",
        "](x.png)",
        "|",
        "|---|---|\n",
        "| a | b |\n",
        "---\n",
        "\\\n",
        "<b>",
        "</p>",
        "&amp;",
        "&nbsp;",
        "&lt;script&gt;",
        "\"",
        "'",
        "\u{a0}",
        "é/é",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// Pieces of HTML, put together anyhow.
fn tags() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div class=\"scroll\">",
        "</div>",
        "<table>",
        "<thead>",
        "<tr>",
        "<th>",
        "<td>",
        "</td>",
        "</th>",
        "</tr>",
        "</thead>",
        "</table>",
        "<script>",
        "</script>",
        "<h1>",
        "<h3 id=\"a\" onclick=\"x\">",
        "</h3>",
        "<a href=\"javascript:x\">",
        "<a href=\"#a\" style=\"x\">",
        "</a>",
        "<img src=x onerror=x>",
        "<svg/onload=x>",
        "<pre>",
        "</pre>",
        "<li id=\"b\">",
        "</li>",
        "<br>",
        "<!--",
        "-->",
        "words",
        "&lt;b&gt;",
        "<span lang=\"he\" dir=\"auto\">",
        "</span>",
        "<iframe src=x>",
        "<",
        ">",
        "\"",
    ]);
    prop::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_markdown_comes_out_as_what_is_allowed_in_its_normal_form(body in markdown()) {
        let (text, _) = parse(body, Kind::Body);
        let html = text.html(&mut |_| "https://example.org/x".to_owned(), 2);
        for (profile, format) in [(Profile::Basic, &BASIC), (Profile::Full, &FULL)] {
            let made = sifted(&html, profile).html;
            prop_assert_eq!(format.refused(&made), [""; 0]);
            prop_assert_eq!(format.filtered(&made), made);
        }
    }

    #[test]
    fn any_html_comes_out_as_elements_and_attributes_that_are_allowed(html in tags()) {
        for (profile, format) in [(Profile::Basic, &BASIC), (Profile::Full, &FULL)] {
            let made = sifted(&html, profile).html;
            let refused = format.refused(&made);
            // A parser that mends what cannot be nested may put in parts of a table.
            prop_assert_eq!(refused, [""; 0], "{}", made);
        }
    }
}
