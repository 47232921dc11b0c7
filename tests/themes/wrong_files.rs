//! What a person is told about words, tokens and stylesheets that are wrong, and where.

use planpress::diagnostic::{Diagnostic, SourceText};
use planpress::theme::{self, Layer, Theme, TokenOverride};

use crate::wrong::only;
use crate::{layer, marked, site};

#[test]
fn unknown_words_and_tables_get_the_nearest_name() {
    let found = only(
        &[("languages/en.toml", "[words]\non_this_pgae = \"x\"\n")],
        "unknown-word",
        "on_this_pgae",
    );
    assert_eq!(found.help, ["Did you mean `on_this_page`?"]);
    only(
        &[("languages/de.toml", "[term]\ngoal = \"x\"\n")],
        "unknown-key",
        "term",
    );
    only(
        &[("languages/de.toml", "goal = \"x\"\n")],
        "unknown-key",
        "goal",
    );
    only(
        &[("languages/de.toml", "[terms]\ngoal = 3\n")],
        "wrong-type",
        "3",
    );
    only(
        &[("languages/de.toml", "[terms]\ngoal = \" \"\n")],
        "empty",
        "\" \"",
    );
    only(
        &[("languages/en.toml", "[terms]\nlist = \"{objectivs}\"\n")],
        "unknown-word",
        "\"{objectivs}\"",
    );
    let (_, diagnostics) = site(&[("languages/german.de.toml", "")]);
    assert_eq!(diagnostics[0].name, "bad-file-name");
}

#[test]
fn all_syntax_errors_of_a_language_file_are_told() {
    let (_, diagnostics) = site(&[(
        "languages/de.toml",
        "[terms]\ngoal = x\nmission = \"a\nvision =\n",
    )]);
    assert!(diagnostics.len() >= 3, "{diagnostics:#?}");
    let syntax = |found: &planpress::diagnostic::Diagnostic| {
        matches!(found.name, "syntax" | "unclosed-text")
    };
    assert!(diagnostics.iter().all(syntax));
}

#[test]
fn a_theme_may_add_words_and_a_site_may_not() {
    let words = "[words]\nhours = \"Hours\"\n";
    let of_theme = layer("plain", &[("languages/en.toml", words)]);
    let chain = |own: &[(&str, &str)]| -> Vec<Layer> {
        vec![layer(theme::SITE, own), of_theme.clone(), theme::builtin()]
    };
    let (theme, diagnostics) = Theme::new(
        &chain(&[("languages/de.toml", "[words]\nhours = \"Zeiten\"\n")]),
        None,
    );
    assert_eq!(diagnostics, []);
    let theme = theme.unwrap();
    assert_eq!(theme.words("de").words["hours"].text, "Zeiten");
    assert_eq!(theme.words("de").words["note"].text, "Anmerkung");
    only(&[("languages/en.toml", words)], "unknown-word", "hours");
}

fn tokens(name: &str, value: &str) -> Vec<Diagnostic> {
    let toml = format!("[tokens]\n{name} = '{value}'\n");
    let source = SourceText::new("planpress.toml", toml.as_str());
    let value_start = 9 + name.len() + 3;
    let tokens = [TokenOverride {
        name: name.into(),
        name_span: 9..9 + name.len(),
        value: value.into(),
        value_span: value_start..value_start + value.len() + 2,
    }];
    Theme::new(&[theme::builtin()], Some((&source, &tokens))).1
}

#[test]
fn an_unknown_token_gets_the_nearest_name() {
    let found = tokens("acent", "#123456");
    assert_eq!(
        (found[0].name, marked(&found[0])),
        ("unknown-token", "acent")
    );
    assert_eq!(found[0].help, ["Did you mean `accent`?"]);
}

#[test]
fn a_token_takes_plain_values_of_its_own_kind_only() {
    assert_eq!(tokens("accent", "#036"), []);
    for value in [
        "red",
        "1rem",
        "#12345g",
        "#123456;}",
        "url(//example.org)",
        "#123456 /*",
        "",
    ] {
        let found = tokens("accent", value);
        assert_eq!(found.len(), 1, "{value}");
        assert_eq!(
            (found[0].name, marked(&found[0])),
            ("bad-token", format!("'{value}'").as_str())
        );
        assert!(found[0].help[0].contains("a colour"));
    }
    assert_eq!(tokens("font", "Georgia, serif"), []);
    assert_eq!(tokens("font", "x; } body { display: none").len(), 1);
}

#[test]
fn what_theme_toml_may_not_say_is_told() {
    let with = |toml: &str| {
        Theme::new(
            &[layer("plain", &[("theme.toml", toml)]), theme::builtin()],
            None,
        )
        .1
    };
    let of = |found: &[Diagnostic]| {
        found
            .iter()
            .map(|d| (d.name, marked(d).to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(&with("nmae = \"x\"\n")),
        [("unknown-key", "nmae".to_owned())]
    );
    assert_eq!(
        of(&with("[token]\na = \"#fff\"\n")),
        [("unknown-key", "token".to_owned())]
    );
    assert_eq!(
        of(&with("[tokens]\nNo = \"#fff\"\n")),
        [("bad-token", "No".to_owned())]
    );
    assert_eq!(
        of(&with("[tokens]\naccent = \"1rem\"\n")),
        [("bad-token", "\"1rem\"".to_owned())]
    );
    assert_eq!(of(&with("[tokens]\nnew = \"1rem\"\n")), []);
}

#[test]
fn a_folder_with_nearly_the_right_name_is_told() {
    let (_, diagnostics) = site(&[("template/plan.html", ""), ("docs/x.md", "")]);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].help, ["Did you mean `templates`?"]);
}

#[test]
fn addresses_in_stylesheets_lead_somewhere_and_not_in_a_circle() {
    let found = only(
        &[("static/site.css", "a { background: url(img/x.png) }")],
        "missing-file",
        "img/x.png",
    );
    assert_eq!(found.place.unwrap().line_and_column(), (1, 21));
    only(
        &[("static/site.css", "@import \"../../secret.css\";")],
        "missing-file",
        "../../secret.css",
    );
    only(
        &[
            ("static/a.css", "@import \"b.css\";"),
            ("static/b.css", "@import \"a.css\";"),
        ],
        "circular-stylesheet",
        "a.css",
    );
}

#[test]
fn a_stylesheet_takes_in_only_one_that_is_there_and_takes_it_in_whole() {
    let found = only(
        &[("static/style.css", "@import \"parent/style.css\" print;")],
        "bad-import",
        "parent/style.css",
    );
    assert_eq!(found.help, ["Write `@import \"parent/style.css\";`."]);
    only(
        &[("static/site.css", "@import \"parent/site.css\";")],
        "missing-file",
        "parent/site.css",
    );
    only(
        &[("static/site.css", "@import \"parent/style.css\";")],
        "missing-file",
        "parent/style.css",
    );
}
