//! `planpress theme list` and `planpress theme copy`.

use std::fs;

use snapbox::str;

use crate::{Place, text};

const PLAIN: &str = "title = \"Plans\"\ntheme = \"plain\"\n";

/// What stands in the footer of a page, after what the theme has there.
const FOOTER: &str = "{% extends \"parent/plan.html\" %}\n{% block footer %}{{ super() }}<p>Desk.</p>{% endblock %}\n";

/// What `theme list` prints, one line for each part and layer, without the notes.
fn listed(place: &Place) -> Vec<String> {
    let output = place.run("theme list").assert().code(0);
    let lines = text(&output.get_output().stdout);
    let words = lines.lines().map(|line| {
        let words = line.split_whitespace().take(2);
        words.collect::<Vec<_>>().join(" ")
    });
    words.collect()
}

fn build(place: &Place, output: &str) -> Vec<(String, Vec<u8>)> {
    let words = format!("build --quiet --output {output}");
    place.run(&words).assert().code(0).stderr_eq("");
    let prefix = format!("{output}/");
    let mut pages = Vec::new();
    for file in place.files() {
        if let Some(page) = file.strip_prefix(&prefix)
            && page.ends_with(".html")
        {
            pages.push((page.to_owned(), fs::read(place.path(&file)).unwrap()));
        }
    }
    assert!(pages.len() > 1, "{pages:?}");
    pages
}

#[test]
fn list_shows_the_layers_and_what_each_overrides() {
    let place = Place::site()
        .with("planpress.toml", "theme = \"ours\"\n[tokens]\naccent = \"#000066\"\n")
        .with(
            "themes/ours/theme.toml",
            "name = \"ours\"\ndescription = \"The look of our house.\"\n[tokens]\nborder = \"#555555\"\n",
        )
        .with("themes/ours/static/style.css", "p { margin: 0 }\n")
        .with("themes/ours/templates/home.html", "<!doctype html>\n")
        .with(
            "templates/our-parts.html",
            "{% component mark(priority) %}!{% endcomponent mark %}\n",
        )
        .with("templates/plan.html", FOOTER)
        .with("languages/en.toml", "[words]\nnote = \"Remark\"\n");
    place
        .run("theme list")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
The layers of this site's theme. Of two parts with one name, the upper counts.

  site [..] languages/, templates/
  ours [..] themes/ours/: The look of our house.
  default [..] built in: [..]
...
Templates, with the blocks that each fills
...
  base.html [..] default  [..]
...
  home.html [..] ours
   [..] default  overridden
  our-parts.html [..] site     1 component
  plan.html [..] site     footer
   [..] default  [..]banners, [..]
...
Components
...
  code [..] default
...
  mark [..] site     overrides default
...
Static files
...
  style.css [..] ours     overrides default

Words
  de.toml [..] default  [..] words
  en.toml [..] site     1 word
   [..] default  [..] words

Tokens
  accent [..] site     #000066
...
  border [..] ours     #555555
...

`planpress theme copy NAME` puts one of them into the site, to start from.

"#]]);
}

#[test]
fn list_fits_a_window_of_80_columns() {
    for theme in ["default", "plain"] {
        let place = Place::site().with("planpress.toml", &format!("theme = \"{theme}\"\n"));
        let output = place.run("theme list").assert().code(0).stderr_eq("");
        let shown = text(&output.get_output().stdout);
        assert_eq!(shown.lines().find(|line| line.chars().count() > 80), None);
        assert_eq!(shown.lines().find(|line| line.ends_with(' ')), None);
    }
}

#[test]
fn list_shows_what_there_is_of_a_faulty_theme() {
    let place = Place::site()
        .with("planpress.toml", "theme = \"nobodys\"\n")
        .with("templates/plan.html", "{% block title %}{{ nothing")
        .with("languages/en.toml", "[words\n")
        .with("static/style.css", "@import \"gone.css\";\n");
    place.run("theme list").assert().code(0).stderr_eq(str![[r#"
There is something to mend, [..] errors: `planpress check` shows where.

"#]]);
    let listed = listed(&place);
    for line in [
        "plan.html site",
        "style.css site",
        "en.toml site",
        "code default",
    ] {
        assert!(
            listed.iter().any(|found| found == line),
            "{line}: {listed:#?}"
        );
    }
}

#[test]
fn list_says_nothing_but_the_list_with_quiet() {
    let place = Place::site();
    let output = place
        .run("theme list --quiet")
        .assert()
        .code(0)
        .stderr_eq("");
    let quiet = text(&output.get_output().stdout);
    let output = place.run("theme list").assert().code(0);
    let all = text(&output.get_output().stdout);
    assert!(quiet.starts_with("The layers of this site's theme.") && all.starts_with(&quiet));
    assert!(all[quiet.len()..].contains("planpress theme copy"));
}

#[test]
fn copy_puts_a_template_into_the_site_and_says_how_to_change_one_block() {
    let place = Place::site();
    place
        .run("theme copy plan.html")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Copied from the theme default to templates/plan.html

What is in a copy no longer gets better with planpress. To change one block
alone, let the file hold nothing but this:
  {% extends "parent/plan.html" %}
  {% block title %}{{ super() }}<p>And this.</p>{% endblock title %}

"#]]);
    let theme = include_str!("../../themes/default/templates/plan.html");
    assert_eq!(place.read("templates/plan.html"), theme);
}

#[test]
fn copy_takes_one_component_with_its_remark() {
    let place = Place::site();
    place
        .run("theme copy mark")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Copied from the theme default to templates/components/mark.html

It stands in place of the theme's. Delete it, and the theme's counts again.

"#]]);
    let copied = place.read("templates/components/mark.html");
    assert!(
        copied.starts_with("{#- A priority, in visible words"),
        "{copied}"
    );
    assert!(copied.ends_with("{%- endcomponent mark %}\n"), "{copied}");
    assert_eq!(copied.matches("endcomponent").count(), 1, "{copied}");
}

#[test]
fn copy_takes_static_and_language_files_under_either_name() {
    let place = Place::site();
    for (name, path) in [
        ("style.css", "static/style.css"),
        ("languages/de.toml", "languages/de.toml"),
        ("en.toml", "languages/en.toml"),
        ("templates/home.html", "templates/home.html"),
        ("components.html", "templates/components.html"),
    ] {
        let output = place.run(&format!("theme copy {name}")).assert().code(0);
        let said = text(&output.stderr_eq("").get_output().stdout);
        let first = format!("Copied from the theme default to {path}\n\n");
        assert!(
            said.starts_with(&first) && said.len() > first.len(),
            "{said}"
        );
        assert_eq!(said.lines().find(|line| line.chars().count() > 80), None);
        let theme = fs::read_to_string(format!("themes/default/{path}")).unwrap();
        assert_eq!(place.read(path), theme);
    }
}

/// Every piece by itself, over every built-in theme: the pages stay what they were.
#[test]
fn a_copy_changes_no_page() {
    for theme in ["default", "plain"] {
        let site = || Place::site().with("planpress.toml", &format!("theme = \"{theme}\"\n"));
        let before = build(&site(), "before");
        let mut copied = 0;
        for line in listed(&site()) {
            let name = line.split(' ').next().unwrap_or_default();
            let place = site();
            let output = place.run("theme copy").arg(name).output().unwrap();
            // Lines that are no parts, tokens, and templates that must not be copied.
            if output.status.code() == Some(0) {
                copied += 1;
                assert_eq!(build(&place, "after"), before, "{name} of {theme}");
            } else {
                assert_eq!(output.status.code(), Some(2), "{name} of {theme}");
            }
        }
        assert!(copied > 20, "only {copied} pieces of {theme} were copied");
    }
}

#[test]
fn copy_never_changes_what_is_there() {
    let place = Place::site().with("templates/plan.html", "mine").with(
        "templates/ours.html",
        "{% component mark(priority) %}!{% endcomponent mark %}",
    );
    let before = place.files();
    place
        .run("theme copy plan.html")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the site has its own plan.html already, in templates/plan.html
 |
 = help: Nothing was changed. Edit that file, or move it away to start anew.

"#]]);
    for piece in ["mark", "components.html"] {
        place
            .run(&format!("theme copy {piece}"))
            .assert()
            .code(2)
            .stdout_eq("")
            .stderr_eq(str![[r#"
error: the site has its own mark already, in templates/ours.html
 |
 = help: Nothing was changed. Edit that file, or move it away to start anew.

"#]]);
    }
    assert_eq!(place.files(), before);
    assert_eq!(place.read("templates/plan.html"), "mine");
}

#[test]
fn copy_refuses_a_template_that_would_add_the_same_twice() {
    let place = Place::site()
        .with("planpress.toml", "theme = \"ours\"\n")
        .with("themes/ours/templates/plan.html", FOOTER);
    place
        .run("theme copy plan.html")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the plan.html of the theme ours adds to the one below it: a copy would add the same twice
 |
 = help: Write templates/plan.html yourself: first the line `{% extends "parent/plan.html" %}`, and then what you change.
 = help: `planpress theme list` shows the blocks that templates have.

"#]]);
    assert!(!place.path("templates").exists());
}

#[test]
fn copy_answers_an_unknown_name_with_the_nearest_and_the_list() {
    let place = Place::site();
    place
        .run("theme copy plna.html")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the theme has nothing called `plna.html`
 |
 = help: Did you mean `plan.html`?
 = help: The files there are: [..]`base.html`, [..]`plan.html`, [..].
 = help: One component can be copied by itself. `planpress theme list` shows them all.

"#]]);
    for name in [
        "theme.toml",
        "../planpress.toml",
        "/etc/passwd",
        "templates",
        "zz\u{1b}[31m",
    ] {
        let output = place.run("theme copy").arg(name).assert().code(2);
        let said = text(&output.stdout_eq("").get_output().stderr);
        assert!(
            said.contains("The files there are: `404.html`"),
            "{name:?}: {said}"
        );
        assert!(!said.contains('\u{1b}'), "{said:?}");
    }
    assert_eq!(place.files(), ["content/plan.toml", "planpress.toml"]);
}

#[test]
fn the_theme_commands_find_the_site_as_all_others_do() {
    let place = Place::site();
    place
        .run_in("content", "theme copy de.toml")
        .assert()
        .code(0);
    assert!(place.path("languages/de.toml").exists());
    let elsewhere = Place::empty();
    elsewhere.run("theme list").assert().code(2).stdout_eq("");
    let command = elsewhere.run("theme list --root").arg(place.path("."));
    command.assert().code(0).stderr_eq("");
}

#[test]
fn a_theme_that_is_built_in_needs_no_folder() {
    let place = Place::site().with("planpress.toml", PLAIN);
    let plain = build(&place, "plain");
    place.write("planpress.toml", "title = \"Plans\"\n");
    assert_ne!(build(&place, "default"), plain);
    place.run("build --strict").assert().code(0).stderr_eq("");
}
