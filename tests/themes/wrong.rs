//! What a person is told about a template that is wrong, and where.

use planpress::diagnostic::Diagnostic;
use planpress::theme::{self, LayerFile, Theme};

use crate::context::{home_page, plan_page};
use crate::{layer, marked, site, sound};

/// The only diagnostic, with its name and what it marks.
pub fn only(files: &[(&str, &str)], name: &str, mark: &str) -> Diagnostic {
    let (_, diagnostics) = site(files);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    assert_eq!(
        (diagnostics[0].name, marked(&diagnostics[0])),
        (name, mark),
        "{diagnostics:#?}"
    );
    diagnostics[0].clone()
}

fn template(text: &str) -> [(&str, &str); 1] {
    [("templates/note.html", text)]
}

fn path(diagnostic: &Diagnostic) -> &str {
    diagnostic.place.as_ref().unwrap().path()
}

#[test]
fn syntax_errors_in_several_templates_are_all_told_at_once() {
    let (theme, diagnostics) = site(&[
        ("templates/a.html", "ä\n{{ 1 + }}"),
        ("templates/b.html", "{% if x %}"),
        (
            "templates/plan.html",
            "{% extends \"parent/plan.html\" %}{% block vision %}{{ | }}{% endblock %}",
        ),
        ("templates/d.html", "{{ site.title | upperr }}"),
    ]);
    assert!(theme.is_none());
    let told: Vec<_> = diagnostics.iter().map(|d| (path(d), d.name)).collect();
    assert_eq!(
        told,
        [
            ("templates/a.html", "template-syntax"),
            ("templates/b.html", "template-syntax"),
            ("templates/plan.html", "template-syntax"),
            ("templates/d.html", "unknown-template-name"),
        ]
    );
    assert_eq!(
        diagnostics[0].place.as_ref().unwrap().line_and_column(),
        (2, 8)
    );
    assert_eq!(marked(&diagnostics[0]), "}}");
}

#[test]
fn an_undefined_variable_is_told_with_the_names_there_are() {
    let (theme, diagnostics) = site(&[
        ("templates/home.html", "<p>\n{{ home.titel }}"),
        ("templates/plan.html", "{{ plann.title }}"),
    ]);
    assert_eq!(diagnostics, []);
    let theme = theme.unwrap();
    let error = theme.render("home.html", &home_page(&theme)).unwrap_err();
    assert_eq!(
        (error.name, marked(&error)),
        ("template-rendering", "titel")
    );
    assert_eq!(error.place.as_ref().unwrap().line_and_column(), (2, 9));
    assert_eq!(
        error.help,
        [
            "Did you mean `title`?",
            "The names there are: `groups`, `title`."
        ]
    );
    let error = theme
        .render("plan.html", &plan_page(&theme, "en"))
        .unwrap_err();
    assert_eq!(error.help[0], "Did you mean `plan`?");
}

#[test]
fn an_error_in_a_component_is_told_in_its_own_file_and_where_it_is_called() {
    let (theme, _) = site(&[(
        "templates/mine.html",
        "\n{% component mark(priority) %}{{ priority.labell.text }}{% endcomponent mark %}",
    )]);
    let theme = theme.unwrap();
    let error = theme
        .render("plan.html", &plan_page(&theme, "en"))
        .unwrap_err();
    assert_eq!(
        (path(&error), marked(&error)),
        ("templates/mine.html", "labell")
    );
    let callers: Vec<&str> = error
        .related
        .iter()
        .map(|(place, _)| place.path())
        .collect();
    assert!(
        callers
            .iter()
            .any(|path| path.ends_with("default/templates/components.html")),
        "{callers:?}"
    );
    assert!(
        callers
            .iter()
            .any(|path| path.ends_with("default/templates/plan.html")),
        "{callers:?}"
    );
}

#[test]
fn unknown_filters_functions_tests_and_components_get_the_nearest_name() {
    for (text, mark, near) in [
        ("{{ site.title | uper }}", "uper", "`upper`"),
        ("{{ rangee(end=3) }}", "rangee", "`range`"),
        (
            "{% if site.title is strin %}{% endif %}",
            "strin",
            "`string`",
        ),
        ("é {{ <phrse of={site} /> }}", "phrse", "`phrase`"),
    ] {
        let found = only(&template(text), "unknown-template-name", mark);
        assert!(found.help[0].contains(near), "{found:#?}");
    }
}

#[test]
fn what_only_seems_wrong_because_of_another_fault_is_not_told() {
    only(
        &[
            (
                "templates/a.html",
                "{{ 1 + }}{% block x %}{% endblock %}{% component c() %}{% endcomponent c %}",
            ),
            (
                "templates/b.html",
                "{% extends \"a.html\" %}{% block x %}{{ <c /> }}{% endblock %}",
            ),
        ],
        "template-syntax",
        "}}",
    );
}

#[test]
fn several_unknown_names_are_all_told() {
    let (_, diagnostics) = site(&[
        ("templates/a.html", "{{ 1 | ab }}\n{{ 1 | cd }}"),
        ("templates/b.html", "{{ ef() }}"),
    ]);
    assert_eq!(
        diagnostics.iter().map(marked).collect::<Vec<_>>(),
        ["ab", "cd", "ef"]
    );
}

#[test]
fn the_names_that_hints_are_made_from_are_the_engines_own() {
    // Each example is taken from the lists by the message for a name like nothing else.
    let list = |text: &str| {
        let help = site(&template(text)).1[0].help[0].clone();
        let names: Vec<String> = help
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect();
        names
    };
    let (filters, tests, functions) = (
        list("{{ 1 | qqqqqqqqqqqqqqqqqqqqqq }}"),
        list("{% if 1 is qqqqqqqqqqqqqqqqqqqqqq %}{% endif %}"),
        list("{{ qqqqqqqqqqqqqqqqqqqqqq() }}"),
    );
    assert_eq!((filters.len(), tests.len(), functions.len()), (37, 17, 3));
    let all = filters
        .iter()
        .map(|name| format!("{{{{ 1 | {name} }}}}"))
        .chain(
            tests
                .iter()
                .map(|name| format!("{{% if 1 is {name} %}}{{% endif %}}")),
        )
        .collect::<String>();
    assert_eq!(site(&template(&all)).1, []);
}

#[test]
fn a_missing_parent_is_told_at_the_tag() {
    let found = only(
        &template("\n{% extends \"bas.html\" %}"),
        "missing-template",
        "bas.html",
    );
    assert_eq!(found.place.as_ref().unwrap().line_and_column(), (2, 13));
    assert_eq!(found.help, ["Did you mean `base.html`?"]);
    let found = only(
        &template("{% extends \"parent/note.html\" %}"),
        "missing-template",
        "parent/note.html",
    );
    assert!(found.message.starts_with("No theme under this one"));
    only(
        &template("{% include \"zzzz.html\" %}"),
        "missing-template",
        "zzzz.html",
    );
}

#[test]
fn a_template_that_extends_itself_is_told_about_parent() {
    let text = "{% extends \"plan.html\" %}";
    let found = only(
        &[("templates/plan.html", text)],
        "circular-extends",
        "plan.html",
    );
    assert!(found.help[0].contains("{% extends \"parent/plan.html\" %}"));
}

#[test]
fn circles_of_extends_and_of_includes_are_told_once_each() {
    let (_, diagnostics) = site(&[
        ("templates/a.html", "{% extends \"b.html\" %}"),
        ("templates/b.html", "{% extends \"c.html\" %}"),
        ("templates/c.html", "{% extends \"b.html\" %}"),
        ("templates/d.html", "{% include \"e.html\" %}"),
        ("templates/e.html", "{% include \"d.html\" %}"),
        ("templates/f.html", "{% include \"f.html\" %}{{ 1 | nope }}"),
    ]);
    let told: Vec<_> = diagnostics
        .iter()
        .map(|d| (d.name, marked(d), d.label.as_str()))
        .collect();
    let (b, c) = ("templates/b.html", "templates/c.html");
    assert_eq!(
        told[0],
        (
            "circular-extends",
            "c.html",
            format!("{b} → {c} → {b}").as_str()
        )
    );
    assert_eq!((told[1].0, told[1].1), ("circular-include", "d.html"));
    assert_eq!((told[2].0, told[2].1), ("circular-include", "f.html"));
    assert_eq!((told[3].0, told[3].1), ("unknown-template-name", "nope"));
    assert_eq!(told.len(), 4);
}

#[test]
fn a_template_that_extends_another_cannot_be_included() {
    only(
        &template("{% include \"home.html\" %}"),
        "include-extends",
        "home.html",
    );
}

#[test]
fn a_component_defined_twice_in_one_layer_shows_both_places() {
    let component = "{% component twice() %}{% endcomponent twice %}";
    let found = only(
        &[
            ("templates/a.html", component),
            ("templates/b.html", component),
        ],
        "duplicate-component",
        "twice",
    );
    assert_eq!(path(&found), "templates/b.html");
    assert_eq!(found.related[0].0.path(), "templates/a.html");
}

#[test]
fn a_block_that_no_parent_has_is_told() {
    let text = "{% extends \"base.html\" %}{% block sidebar %}{% endblock %}";
    only(&template(text), "unknown-block", "sidebar");
}

#[test]
fn a_chain_without_a_page_template_says_which() {
    let (theme, diagnostics) = Theme::new(&[layer("bare", &[("templates/plan.html", "")])], None);
    assert!(theme.is_none());
    assert_eq!(diagnostics[0].name, "missing-template");
    assert_eq!(path(&diagnostics[0]), "themes/bare/templates/home.html");
}

#[test]
fn a_file_that_is_not_utf_8_is_told_at_its_line() {
    let mut own = layer(theme::SITE, &[]);
    for inside in [
        "templates/note.html",
        "languages/fr.toml",
        "static/site.css",
    ] {
        own.files.push(LayerFile {
            path: inside.into(),
            inside: inside.into(),
            bytes: b"# one\n# caf\xe9 \xff\n"[..].into(),
        });
    }
    let (_, diagnostics) = Theme::new(&[own, theme::builtin()], None);
    assert_eq!(diagnostics.len(), 3);
    for found in diagnostics {
        assert_eq!(found.name, "not-utf-8");
        assert_eq!(found.place.unwrap().line_and_column(), (2, 6));
    }
}

#[test]
fn a_byte_order_mark_moves_no_caret_and_is_not_published() {
    let text = "\u{feff}{{ 1 | nope }}";
    let found = only(&template(text), "unknown-template-name", "nope");
    assert_eq!(found.place.unwrap().line_and_column(), (1, 8));
    let theme = sound(&[("templates/home.html", "\u{feff}{{ home.title }}")]);
    let page = theme.render("home.html", &home_page(&theme)).unwrap();
    assert_eq!(page, "Strategic plans");
}

#[test]
fn no_text_whatever_makes_a_theme_panic() {
    let pieces = [
        "{%",
        "%}",
        "{{",
        "}}",
        "{#",
        "#}",
        "extends",
        " \"parent/plan.html\" ",
        "include",
        "component",
        " x",
        "(",
        ")",
        "<x",
        "/>",
        "raw",
        "endraw",
        "-",
        "\n",
        "é",
        "\"",
        "'",
        "`",
        "\\",
        "\u{feff}",
        "|",
        "if",
        "block a",
        "\r\n",
        "= ",
    ];
    let mut state = 7_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..8 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        let layers = [layer(
            theme::SITE,
            &[
                ("templates/plan.html", &text),
                ("static/a.css", &text),
                ("languages/fr.toml", &text),
            ],
        )];
        let (_, diagnostics) = Theme::new(&layers, None);
        assert!(
            !diagnostics.is_empty(),
            "without a home page it is never sound"
        );
    }
}
