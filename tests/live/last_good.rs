//! While something is broken, pages are made from what last was good.

use crate::edited::{Edited, SETTINGS, plan};

const MARKED: &str =
    "{% extends \"parent/plan.html\" %}{% block footer %}<p>MARK</p>{% endblock %}";
const UNCLOSED: &str = "{% extends \"parent/plan.html\" %}{% block footer %}<p>";
const UNKNOWN_VARIABLE: &str =
    "{% extends \"parent/plan.html\" %}{% block footer %}{{ plan.nothing }}{% endblock %}";
const PICTURE: &str = "[[sections]]\ntitle = \"Picture\"\nbody = \"![A tree](files/a.svg)\"\n";
const BROKEN: &str = "title = \"New words\"\n[[domains\n";

fn two_plans() -> Edited {
    Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &plan("Alpha", "")),
        ("content/beta.toml", &plan("Beta", "")),
    ])
}

#[test]
fn a_broken_plan_is_shown_as_it_last_was_with_the_theme_as_it_is() {
    let mut site = two_plans();
    site.save("content/alpha.toml", &plan("Alpha", "mission = \"First.\""));
    let good = site.page("alpha/index.html");
    site.save("content/alpha.toml", BROKEN);
    assert_eq!(site.page("alpha/index.html"), good);
    assert!(!site.errors().is_empty());
    site.save("templates/plan.html", MARKED);
    let page = site.page("alpha/index.html").expect("it was good before");
    assert!(
        page.contains("First.") && page.contains("<p>MARK</p>"),
        "{page}"
    );
    assert!(!page.contains("New words"), "{page}");
    site.save(
        "content/alpha.toml",
        &plan("Alpha", "mission = \"Second.\""),
    );
    site.is_as_published();
}

#[test]
fn a_plan_that_broke_before_anyone_looked_at_it_is_shown_as_it_was() {
    let mut site = two_plans();
    site.save("content/alpha.toml", BROKEN);
    let page = site.page("alpha/index.html").expect("it was good before");
    assert!(page.contains("Champion libraries."), "{page}");
    let home = site.page("index.html").expect("there is a home page");
    assert!(home.contains(">Alpha<"), "{home}");
}

#[test]
fn a_broken_plan_follows_the_settings() {
    let settings = |title: &str| format!("title = \"{title}\"\nlanguage = \"en\"\n");
    let mut site = two_plans();
    site.save("content/alpha.toml", BROKEN);
    site.save("planpress.toml", &settings("Our plans"));
    let page = site.page("alpha/index.html").expect("it was good before");
    assert!(page.contains("<title>Alpha | Our plans</title>"), "{page}");
}

#[test]
fn a_broken_theme_leaves_the_last_one_to_all_plans_while_plans_are_edited() {
    let mut site = two_plans();
    site.save("templates/plan.html", MARKED);
    site.save("templates/plan.html", UNCLOSED);
    assert!(!site.errors().is_empty());
    site.save("content/alpha.toml", &plan("Alpha", "mission = \"New.\""));
    for (path, words) in [
        ("alpha/index.html", "New."),
        ("beta/index.html", "Champion"),
    ] {
        let page = site.page(path).expect("the theme was good before");
        assert!(
            page.contains(words) && page.contains("<p>MARK</p>"),
            "{page}"
        );
    }
    site.save("templates/plan.html", MARKED);
    site.is_as_published();
}

#[test]
fn a_template_that_fails_on_a_page_leaves_the_page_as_it_was() {
    let mut site = two_plans();
    site.save("templates/plan.html", MARKED);
    let good = site.page("alpha/index.html").expect("it is sound");
    site.save("templates/plan.html", UNKNOWN_VARIABLE);
    assert_eq!(site.page("alpha/index.html").as_ref(), Some(&good));
    let never_seen = site.page("beta/index.html").expect("it was good before");
    assert!(never_seen.contains("<p>MARK</p>"), "{never_seen}");
    assert!(!site.errors().is_empty());
    site.save("templates/plan.html", MARKED);
    site.is_as_published();
}

#[test]
fn the_stylesheet_of_a_page_that_is_shown_as_it_was_is_there() {
    let mut site = two_plans();
    site.save("templates/plan.html", MARKED);
    site.save("static/site.css", "p { margin: 0 }");
    let good = site.page("alpha/index.html").expect("it is sound");
    site.write("templates/plan.html", UNKNOWN_VARIABLE);
    site.write("static/site.css", "p { margin: 1em }");
    site.look();
    for path in ["alpha/index.html", "beta/index.html"] {
        let page = site.page(path).expect("it was good before");
        if path == "alpha/index.html" {
            assert_eq!(page, good);
        }
        let (_, rest) = page
            .split_once("../assets/site.")
            .expect("it has a stylesheet");
        let (hash, _) = rest.split_once(".css").expect("it has a stylesheet");
        assert!(site.has(&format!("assets/site.{hash}.css")), "{hash}");
    }
}

#[test]
fn broken_settings_are_as_they_last_were() {
    let settings = "title = \"Our plans\"\nhome = \"alpha\"\nbase_url = \"https://example.org/here/\"\n\n[tokens]\naccent = \"#123456\"\n";
    let mut site = two_plans();
    site.save("planpress.toml", settings);
    let [home, beta] = ["index.html", "beta/index.html"].map(|path| site.page(path));
    assert!(
        home.as_ref()
            .is_some_and(|home| home.contains("<h1>Alpha</h1>"))
    );
    site.save("planpress.toml", "title = \"New\"\nhome = \n[tokens\n");
    assert_eq!(site.page("index.html"), home);
    assert_eq!(site.page("beta/index.html"), beta);
    assert_eq!(site.live.base_url().path(), "/here/");
    // What is edited meanwhile comes through.
    site.save("content/beta.toml", &plan("Beta", "mission = \"New.\""));
    let page = site.page("beta/index.html").expect("it is sound");
    assert!(
        page.contains("New.") && page.contains("| Our plans</title>"),
        "{page}"
    );
    site.save("static/site.css", "p { margin: 0 }");
    let page = site.page("beta/index.html").expect("it is sound");
    assert!(page.contains("assets/site."), "{page}");
    site.remove("static/site.css");
    site.save("planpress.toml", settings);
    site.is_as_published();
}

#[test]
fn settings_that_are_broken_twice_are_as_they_were_before_both() {
    let mut site = two_plans();
    let good = site.page("beta/index.html");
    site.save("planpress.toml", "title = \n");
    site.save("planpress.toml", "title = \"New\"\nlanguage = 7\n");
    assert_eq!(site.page("beta/index.html"), good);
    site.save("planpress.toml", SETTINGS);
    site.is_as_published();
}

#[test]
fn a_home_page_that_cannot_be_found_is_the_one_before() {
    let mut site = two_plans();
    site.save("planpress.toml", "title = \"Plans\"\nhome = \"alpha\"\n");
    let home = site.page("index.html");
    site.save("planpress.toml", "title = \"Plans\"\nhome = \"alhpa\"\n");
    assert_eq!(site.errors(), ["unknown-plan"]);
    assert_eq!(site.page("index.html"), home);
    site.save("planpress.toml", "title = \"Plans\"\nhome = \"beta\"\n");
    site.is_as_published();
    // The plan is gone, and a home page must be somewhere.
    site.remove("content/beta.toml");
    site.look();
    assert_eq!(site.errors(), ["unknown-plan"]);
    let list = site.page("index.html").expect("there is a home page");
    assert!(
        list.contains("<h1>Plans</h1>") && list.contains("Alpha"),
        "{list}"
    );
    site.save("planpress.toml", SETTINGS);
    site.is_as_published();
}

#[test]
fn a_link_into_another_plan_that_is_dead_is_an_error_of_the_plan_that_names_it() {
    let mut site = two_plans();
    let linked = plan("Alpha", "mission = \"See [it](beta.toml#advocacy).\"");
    site.save("content/alpha.toml", &linked);
    site.is_as_published();
    let good = site.page("alpha/index.html");
    let renamed = plan("Beta", "").replace("Advocacy", "Outreach");
    site.save("content/beta.toml", &renamed);
    assert_eq!(site.errors(), ["missing-anchor"]);
    assert_eq!(site.page("alpha/index.html"), good);
    let other = site.page("beta/index.html").expect("it is sound");
    assert!(other.contains("Outreach"), "{other}");
    // A new text with the same fault waits, and comes when the other file is mended.
    let edited = linked.replace("See", "Look at");
    site.save("content/alpha.toml", &edited);
    assert_eq!(site.page("alpha/index.html"), good);
    site.save("content/beta.toml", &plan("Beta", ""));
    let page = site.page("alpha/index.html").expect("it is sound");
    assert!(page.contains("Look at"), "{page}");
    site.is_as_published();
}

#[test]
fn a_plan_whose_image_went_is_shown_as_it_was() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        (
            "content/files/a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        ),
        ("content/alpha.toml", &plan("Alpha", PICTURE)),
    ]);
    site.is_as_published();
    let good = site.page("alpha/index.html");
    site.remove("content/files/a.svg");
    site.look();
    assert_eq!(site.errors(), ["missing-file"]);
    assert_eq!(site.page("alpha/index.html"), good);
    assert!(!site.has("files/a.svg"));
    site.save("content/alpha.toml", &plan("Beta", PICTURE));
    assert_eq!(site.page("alpha/index.html"), good);
    site.save("templates/plan.html", MARKED);
    let page = site.page("alpha/index.html").expect("it was good before");
    assert!(
        page.contains("<p>MARK</p>") && page.contains("A tree"),
        "{page}"
    );
    site.save("content/files/a.svg", "<svg/>");
    site.is_as_published();
    assert!(
        site.page("alpha/index.html")
            .is_some_and(|page| page.contains("Beta"))
    );
}

#[test]
fn a_plan_that_links_to_one_that_went_is_shown_as_it_was() {
    let mut site = two_plans();
    site.save(
        "content/alpha.toml",
        &plan("Alpha", "mission = \"See [it](beta.toml#advocacy).\""),
    );
    let good = site.page("alpha/index.html");
    site.remove("content/beta.toml");
    site.look();
    assert_eq!(site.errors(), ["missing-file"]);
    assert_eq!(site.page("alpha/index.html"), good);
    assert!(!site.has("beta/index.html"));
    site.save("content/beta.toml", &plan("Beta", ""));
    site.is_as_published();
}

#[test]
fn a_plan_whose_text_is_too_much_to_keep_is_not_made_from_a_broken_one() {
    let remark = format!("# {}\n", "a".repeat(33 << 20));
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        (
            "content/large.toml",
            &(plan("Large", "mission = \"One.\"") + &remark),
        ),
    ]);
    site.save(
        "content/large.toml",
        &(plan("Large", "mission = \"Two.\"\nmision = \"\"") + &remark),
    );
    assert_eq!(site.errors(), ["unknown-key"]);
    let page = site.page("large/index.html");
    assert!(page.is_none_or(|page| page.contains("One.")));
    site.save("content/large.toml", &plan("Large", "mission = \"Three.\""));
    site.is_as_published();
}
