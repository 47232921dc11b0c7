//! The built-in theme `plain`: the example of a theme that extends another.

use planpress::theme::{self, Theme};

use crate::context::{home_page, plan_page};

/// The theme as a site has it that names it and has no files of its own.
fn plain() -> Theme {
    let layers = [theme::built_in("plain").unwrap(), theme::builtin()];
    let (theme, diagnostics) = Theme::new(&layers, None);
    assert_eq!(diagnostics, []);
    theme.unwrap()
}

#[test]
fn it_says_how_to_cite_a_plan_in_the_plans_language() {
    let theme = plain();
    for (language, words) in [
        ("en", "To cite this plan:"),
        ("de", "Zitierweise:"),
        ("fr", "<span lang=\"en\""),
    ] {
        let page = theme
            .render("plan.html", &plan_page(&theme, language))
            .unwrap();
        let citation = format!("<p class=\"citation\">{words}");
        assert_eq!(page.matches(&citation).count(), 1, "{language}: {page}");
    }
    let home = theme.render("home.html", &home_page(&theme)).unwrap();
    assert!(!home.contains("citation"));
}

#[test]
fn it_puts_one_stylesheet_in_place_of_the_defaults() {
    let theme = plain();
    let styles = theme.assets().iter();
    let styles: Vec<&str> = styles
        .map(|asset| asset.name.as_str())
        .filter(|name| name.ends_with(".css"))
        .collect();
    assert_eq!(styles, ["style.css"], "site.css is left to sites");
}

#[test]
fn it_has_every_word_in_every_language_of_the_default() {
    let theme = plain();
    let languages: Vec<&str> = theme.languages().collect();
    assert!(languages.len() > 1);
    for language in languages {
        assert_eq!(theme.words(language).missing, [""; 0], "{language}");
    }
}

#[test]
fn it_is_short_enough_to_learn_from() {
    let files = theme::built_in("plain").unwrap().files;
    let lines = files.iter().map(|file| {
        let text = str::from_utf8(&file.bytes).expect("it is all text");
        text.lines().count()
    });
    let lines: usize = lines.sum();
    assert!(lines < 100, "{lines} lines");
}
