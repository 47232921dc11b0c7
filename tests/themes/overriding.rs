//! One thing changed, and no page copied: a block, a component, a word, a token, a stylesheet.

use planpress::diagnostic::SourceText;
use planpress::theme::{self, Theme, TokenOverride};

use crate::context::{home_page, plan_page};
use crate::{layer, sound};

fn plan(theme: &Theme) -> String {
    theme
        .render("plan.html", &plan_page(theme, "en"))
        .expect("the page renders")
}

#[test]
fn a_site_overrides_one_block_and_keeps_the_rest_of_the_page() {
    let theme = sound(&[(
        "templates/plan.html",
        "{% extends \"parent/plan.html\" %}{% block mission %}<p>MINE {{ plan.title }}</p>{% endblock %}",
    )]);
    let page = plan(&theme);
    assert!(page.contains("<p>MINE ALA Strategic Plan</p>"));
    assert!(!page.contains("id=\"mission\""));
    assert!(page.contains("id=\"vision\"") && page.contains("<table>"));
}

#[test]
fn a_block_can_add_to_what_stood_there() {
    let theme = sound(&[(
        "templates/base.html",
        "{% extends \"parent/base.html\" %}{% block footer %}{{ super() }}<p>ADDED</p>{% endblock %}",
    )]);
    let page = theme.render("home.html", &home_page(&theme)).unwrap();
    let (list, added) = (
        page.find("Accessibility statement"),
        page.find("<p>ADDED</p>"),
    );
    assert!(
        list.is_some() && list < added,
        "the pages of the default theme use the site's base"
    );
}

#[test]
fn a_site_overrides_one_component_everywhere() {
    let theme = sound(&[(
        "templates/mine.html",
        "{% component mark(priority) %}<em>!{{ priority.id }}!</em>{% endcomponent mark %}",
    )]);
    let page = plan(&theme);
    assert_eq!(
        page.matches("<em>!urgent!</em>").count(),
        4,
        "two legends, matrix, list view"
    );
    assert!(!page.contains("class=\"mark\""));
}

#[test]
fn parent_leads_down_a_chain_of_three_layers() {
    let block = |name: &str| {
        format!(
            "{{% extends \"parent/plan.html\" %}}{{% block vision %}}{name}({{{{ super() }}}}){{% endblock %}}"
        )
    };
    let (top, middle) = (block("top"), block("middle"));
    let layers = [
        layer(theme::SITE, &[("templates/plan.html", &top)]),
        // A layer without the template is passed over.
        layer("between", &[("templates/other.html", "")]),
        layer("plain", &[("templates/plan.html", &middle)]),
        theme::builtin(),
    ];
    let (theme, diagnostics) = Theme::new(&layers, None);
    assert_eq!(diagnostics, []);
    let page = plan(&theme.unwrap());
    let (top, middle) = (page.find("top(").unwrap(), page.find("middle(").unwrap());
    let default = page.find("id=\"vision\"").unwrap();
    assert!(top < middle && middle < default);
}

#[test]
fn include_takes_the_most_specific_template_and_parent_the_next() {
    let layers = [
        layer(
            theme::SITE,
            &[
                (
                    "templates/home.html",
                    "{% include \"note.html\" %} {% include \"parent/note.html\" %}",
                ),
                ("templates/note.html", "SITE {{ site.title }}"),
            ],
        ),
        layer("plain", &[("templates/note.html", "PLAIN")]),
        theme::builtin(),
    ];
    let (theme, diagnostics) = Theme::new(&layers, None);
    assert_eq!(diagnostics, []);
    let theme = theme.unwrap();
    let page = theme.render("home.html", &home_page(&theme)).unwrap();
    assert_eq!(page, "SITE Strategic plans PLAIN");
}

#[test]
fn whatever_its_suffix_a_template_escapes() {
    let theme = sound(&[("templates/note.txt", "{{ home.title }}")]);
    let mut context = home_page(&theme);
    context.home.title = "<script>".into();
    assert_eq!(
        theme.render("note.txt", &context).unwrap(),
        "&lt;script&gt;"
    );
}

#[test]
fn a_site_changes_one_word_of_one_language() {
    let theme = sound(&[(
        "languages/en.toml",
        "[words]\non_this_page = \"Inhalt & mehr\"\n",
    )]);
    let page = plan(&theme);
    assert!(page.contains("<p id=\"contents\">Inhalt &amp; mehr</p>"));
    assert!(page.contains("Skip to main content"));
    assert_eq!(
        theme.words("de").words["on_this_page"].text,
        "Auf dieser Seite"
    );
}

#[test]
fn a_site_overrides_a_stylesheet_or_adds_one() {
    let default = sound(&[]);
    let replaced = sound(&[("static/style.css", "p { color: red }")]);
    let added = sound(&[("static/site.css", "p { color: red }")]);
    let style = |theme: &Theme| {
        theme
            .assets()
            .iter()
            .find(|asset| asset.name == "style.css")
            .unwrap()
            .clone()
    };
    assert!(
        String::from_utf8(style(&replaced).bytes)
            .unwrap()
            .starts_with("p { color: red }")
    );
    assert_ne!(style(&replaced).output, style(&default).output);
    assert_eq!(style(&added), style(&default));
    let page = plan(&added);
    let (first, second) = (
        page.find("assets/style.").unwrap(),
        page.find("assets/site.").unwrap(),
    );
    assert!(
        first < second,
        "the site's own rules come after the theme's"
    );
    assert!(!plan(&default).contains("assets/site."));
}

#[test]
fn a_stylesheet_takes_in_the_next_one_of_its_name_in_its_own_place() {
    let plain = layer(
        "plain",
        &[
            (
                "static/style.css",
                "@import url('parent/style.css');\np { margin: 1px }\n",
            ),
            ("static/dot.png", "dot"),
        ],
    );
    let own = "@import \"parent/style.css\";\na { background: url(dot.png) }\n";
    let layers = [
        layer(theme::SITE, &[("static/style.css", own)]),
        plain,
        theme::builtin(),
    ];
    let (theme, diagnostics) = Theme::new(&layers, None);
    assert_eq!(diagnostics, []);
    let theme = theme.unwrap();
    let styles: Vec<_> = theme
        .assets()
        .iter()
        .filter(|a| a.name.ends_with(".css"))
        .collect();
    assert_eq!(styles.len(), 1, "one stylesheet goes over the wire");
    let css = str::from_utf8(&styles[0].bytes).unwrap();
    let at = |text: &str| {
        css.find(text)
            .unwrap_or_else(|| panic!("{text} is not in:\n{css}"))
    };
    assert!(at("/* The default theme") < at("p { margin: 1px }"));
    assert!(at("p { margin: 1px }") < at("url(dot."));
    assert!(
        at("url(dot.") < at("--token-accent: "),
        "the tokens come last"
    );
    assert!(
        !css.contains("parent/") && !css.contains("url(dot.png)"),
        "{css}"
    );
}

#[test]
fn a_site_changes_a_token_and_the_stylesheet_gets_another_name() {
    let toml = "[tokens]\naccent = \"#123456\"\n";
    let source = SourceText::new("planpress.toml", toml);
    let tokens = [TokenOverride {
        name: "accent".into(),
        name_span: 9..15,
        value: "#123456".into(),
        value_span: 18..27,
    }];
    let (theme, diagnostics) = Theme::new(&[theme::builtin()], Some((&source, &tokens)));
    let (theme, default) = (theme.unwrap(), sound(&[]));
    assert_eq!(diagnostics, []);
    assert_eq!(theme.tokens()["accent"], "#123456");
    let [ours, theirs] = [&theme, &default].map(|theme| {
        theme
            .assets()
            .iter()
            .find(|asset| asset.name == "style.css")
            .unwrap()
    });
    assert!(String::from_utf8_lossy(&ours.bytes).contains("--token-accent: #123456;"));
    assert_ne!(ours.output, theirs.output);
    assert_ne!(theme.digest(), default.digest());
}

#[test]
fn static_files_carry_their_hash_and_stylesheets_name_them_by_it() {
    let theme = sound(&[
        (
            "static/css/more.css",
            "@import '../site.css';\na { background: url(\"../img/dot.svg#x\") }",
        ),
        (
            "static/site.css",
            "b { background: url(data:image/png;base64,AAAA) }",
        ),
        (
            "static/img/dot.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'/>",
        ),
        ("static/LICENSE", "free"),
    ]);
    let asset = |name: &str| {
        theme
            .assets()
            .iter()
            .find(|asset| asset.name == name)
            .unwrap()
    };
    let hash = blake3::hash(b"free").to_hex();
    assert_eq!(
        asset("LICENSE").output,
        format!("assets/LICENSE.{}", &hash[..10])
    );
    let hash = blake3::hash(&asset("css/more.css").bytes).to_hex();
    assert_eq!(
        asset("css/more.css").output,
        format!("assets/css/more.{}.css", &hash[..10])
    );
    let css = String::from_utf8(asset("css/more.css").bytes.clone()).unwrap();
    let (site, dot) = (
        &asset("site.css").output[7..],
        &asset("img/dot.svg").output[7..],
    );
    assert_eq!(
        css,
        format!("@import '../{site}';\na {{ background: url(\"../{dot}#x\") }}")
    );
    assert!(String::from_utf8_lossy(&asset("site.css").bytes).contains("url(data:image/png;"));
}

#[test]
fn the_digest_changes_with_every_file() {
    let digests = [
        sound(&[]),
        sound(&[("templates/note.html", "a")]),
        sound(&[("templates/note.html", "b")]),
        sound(&[("static/note.html", "b")]),
    ]
    .map(|theme| theme.digest().to_owned());
    for (at, digest) in digests.iter().enumerate() {
        assert!(!digests[..at].contains(digest));
    }
    assert_eq!(sound(&[]).digest(), digests[0]);
}
