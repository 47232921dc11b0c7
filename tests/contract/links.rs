//! Text: inline Markdown in sentences, CommonMark in bodies, and where links lead.

use super::{DOMAIN, Site, page, refused};

#[test]
fn sentences_take_emphasis_code_and_links_and_names_are_plain() {
    let page = page(
        r#"title = "A *plain* <b>title</b>"
mission = "We *do* **much** with `code`, [here](https://example.org/)."
[[domains]]
name = "*Plain*"
goal = "We *aim*."
question = "*How?*"
rationale = "*Why.*"
outcome = "*What.*"
note = "*Note.*"
objectives = [{ name = "*Plain*", text = "*Act.*", outcome = "*Done.*", note = "*Noted.*" }]
"#,
    );
    assert_eq!(page.texts("h1"), ["A *plain* <b>title</b>"]);
    assert_eq!(page.texts(".mission em"), ["do"]);
    assert_eq!(page.texts(".mission strong"), ["much"]);
    assert_eq!(page.texts(".mission code"), ["code"]);
    assert_eq!(
        page.attributes(".mission a", "href"),
        ["https://example.org/"]
    );
    assert_eq!(page.texts("section.domains h3"), ["*Plain*"]);
    assert_eq!(
        page.texts(".domains em"),
        ["aim", "How?", "Why.", "What.", "Note."]
    );
    assert_eq!(page.texts("section.list .objective-name"), ["*Plain*"]);
    assert_eq!(page.texts("section.list em"), ["Act.", "Done.", "Noted."]);
}

#[test]
fn raw_html_is_shown_as_text() {
    let page = page(&format!(
        "title = \"Plan\"\nmission = \"<script>alert(1)</script> <b>bold</b>\"\n[[sections]]\ntitle = \"Prose\"\nbody = '''\n<div onclick=\"x\">block</div>\n'''\n{DOMAIN}"
    ));
    assert!(!page.has("main script, main b, main div[onclick]"));
    assert_eq!(
        page.texts(".mission p"),
        ["<script>alert(1)</script> <b>bold</b>"]
    );
    assert!(page.texts(".prose")[0].contains("<div onclick=\"x\">block</div>"));
}

#[test]
fn a_bodys_headings_are_placed_under_the_part_they_stand_in() {
    let page = page(&format!(
        "title = \"Plan\"\n[[sections]]\ntitle = \"Prose\"\nbody = '''\n# One\n\n## Two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted\n\n- item\n'''\n{DOMAIN}"
    ));
    assert_eq!(page.texts(".prose h3"), ["One"]);
    assert_eq!(page.texts(".prose h4"), ["Two"]);
    assert_eq!(page.texts(".prose th"), ["a", "b"]);
    assert_eq!(page.texts(".prose blockquote"), ["quoted"]);
    assert_eq!(page.texts(".prose ul li"), ["item"]);
}

#[test]
fn links_between_plans_become_links_between_their_pages() {
    let site = Site::new("title = \"Plans\"\nhome = \"ala\"\n")
        .with(
            "content/ala.toml",
            &format!(
                "title = \"ALA\"\n[[sections]]\ntitle = \"Prose\"\nbody = \"[past](divisions/alcts.toml#goal-area-1-1) [list](divisions/alcts.toml#list-goal-area-1) [file](divisions/minutes.pdf) ![Logo](logo.svg) [here](#list)\"\n{DOMAIN}"
            ),
        )
        .with(
            "content/divisions/alcts.toml",
            "title = \"ALCTS\"\nmission = \"After [ALA](../ala.toml).\"\n[[domains]]\nlabel = \"Goal Area 1.\"\ngoal = \"Lead.\"\nobjectives = [\"Go.\"]\n",
        )
        .with("content/divisions/minutes.pdf", "minutes")
        .with("content/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.build(&[]);
    for (path, up) in [("ala/index.html", "../"), ("index.html", "")] {
        let page = site.page(path);
        assert_eq!(
            page.attributes(".prose a", "href"),
            [
                format!("{up}divisions/alcts/#goal-area-1-1"),
                format!("{up}divisions/alcts/#list-goal-area-1"),
                format!("{up}divisions/minutes.pdf"),
                "#list".to_owned(),
            ]
        );
        assert_eq!(
            page.attributes(".prose img", "src"),
            [format!("{up}logo.svg")]
        );
        assert_eq!(page.attributes(".prose img", "alt"), ["Logo"]);
    }
    assert_eq!(
        site.page("divisions/alcts/index.html")
            .attributes(".mission a", "href"),
        ["../../ala/"]
    );
    assert!(site.publishes("divisions/minutes.pdf"));
}

#[test]
fn a_link_that_leads_nowhere_is_an_error() {
    let cases = [
        ("[x](#nowhere)", "`#nowhere`"),
        ("[x](plan.toml#nowhere)", "`#nowhere`"),
        ("[x](missing.toml)", "there is no file content/missing.toml"),
        ("[x](missing.pdf)", "there is no file content/missing.pdf"),
        ("[x](javascript:alert(1))", "javascript:"),
        ("[x](data:text/html,x)", "data:"),
        ("![](logo.svg)", "no alternative text"),
    ];
    for (link, message) in cases {
        let said = refused(&format!(
            "title = \"Plan\"\n[[sections]]\ntitle = \"Prose\"\nbody = \"{link}\"\n{DOMAIN}"
        ));
        assert!(said.contains(message), "{link}: {said}");
        assert_eq!(said.matches("error[").count(), 1, "{link}: {said}");
    }
}

#[test]
fn an_anchor_that_another_plan_does_not_have_is_one_error_where_it_is_written() {
    let site = Site::new("title = \"Plans\"\n")
        .with(
            "content/one.toml",
            &format!("title = \"One\"\nmission = \"[x](two.toml#nowhere)\"\n{DOMAIN}"),
        )
        .with("content/two.toml", &format!("title = \"Two\"\n{DOMAIN}"));
    let said = site.refuse();
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert!(said.contains("content/one.toml:2:16"), "{said}");
}
