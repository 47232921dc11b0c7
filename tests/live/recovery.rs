//! From a bad start, and through what happens to whole files, to what a build publishes.

use std::sync::Arc;

use planpress::build::live::{Published, Shown};

use crate::edited::{Edited, SETTINGS, plan};

const BROKEN: &str = "title = \"New words\"\n[[domains\n";

#[test]
fn a_site_that_starts_with_a_broken_plan_recovers() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", BROKEN),
        ("content/beta.toml", &plan("Beta", "")),
    ]);
    assert_eq!(site.page("alpha/index.html"), None);
    assert!(site.page("beta/index.html").is_some());
    let listed: Vec<bool> = site.live.plans().map(|plan| plan.on_home_page).collect();
    assert_eq!(listed, [false, true]);
    assert_eq!(Some(&site.live.findings().list), site.checked().as_ref());
    site.save("content/alpha.toml", &plan("Alpha", ""));
    site.is_as_published();
}

#[test]
fn a_plan_that_starts_with_a_dead_link_is_shown_as_it_is_edited() {
    let linked = |title| plan(title, "mission = \"See [it](beta.toml#nothing).\"");
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &linked("Alpha")),
        ("content/beta.toml", &plan("Beta", "")),
    ]);
    assert!(
        site.page("alpha/index.html")
            .is_some_and(|page| page.contains("Alpha"))
    );
    // No version of it was good, so the newest is shown.
    site.save("content/alpha.toml", &linked("Gamma"));
    assert!(
        site.page("alpha/index.html")
            .is_some_and(|page| page.contains("Gamma"))
    );
    site.save("content/alpha.toml", &plan("Alpha", ""));
    site.is_as_published();
}

#[test]
fn a_site_that_starts_with_a_broken_theme_recovers() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("templates/plan.html", "{% extends"),
        ("content/alpha.toml", &plan("Alpha", "")),
    ]);
    assert!(!site.errors().is_empty());
    let page = site
        .page("alpha/index.html")
        .expect("the built-in theme is there");
    assert!(page.contains("Champion libraries."), "{page}");
    site.remove("templates/plan.html");
    site.look();
    site.is_as_published();
}

#[test]
fn a_site_that_starts_with_broken_settings_recovers() {
    let mut site = Edited::open(&[
        ("planpress.toml", "title = \n[theme\n"),
        ("content/alpha.toml", &plan("Alpha", "")),
    ]);
    assert!(!site.errors().is_empty());
    assert!(site.page("alpha/index.html").is_some());
    site.save("planpress.toml", SETTINGS);
    site.is_as_published();
}

#[test]
fn a_site_without_its_own_file_waits_for_it() {
    let mut site = Edited::open(&[("content/alpha.toml", &plan("Alpha", ""))]);
    assert_eq!(site.errors(), ["no-site-file"]);
    assert!(site.page("alpha/index.html").is_some());
    site.save("planpress.toml", SETTINGS);
    site.is_as_published();
    let good = site.page("alpha/index.html");
    site.remove("planpress.toml");
    site.look();
    assert_eq!(site.errors(), ["no-site-file"]);
    assert_eq!(site.page("alpha/index.html"), good);
    site.save("planpress.toml", SETTINGS);
    site.is_as_published();
}

#[test]
fn a_site_without_any_content_waits_for_it() {
    let mut site = Edited::open(&[]);
    assert_eq!(site.errors(), ["no-plan", "no-site-file"]);
    assert!(site.page("index.html").is_some());
    site.write("planpress.toml", SETTINGS);
    site.save("content/alpha.toml", &plan("Alpha", ""));
    site.is_as_published();
}

#[test]
fn a_plan_that_is_deleted_and_brought_back_is_there_again() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &plan("Alpha", "")),
        ("content/beta.toml", &plan("Beta", "supersedes = \"alpha\"")),
    ]);
    site.is_as_published();
    site.remove("content/alpha.toml");
    let change = site.look().expect("a plan went");
    assert_eq!(change.files, [""; 0]);
    assert!(!site.has("alpha/index.html"));
    assert_eq!(site.errors(), ["unknown-plan"]);
    site.save("content/alpha.toml", &plan("Alpha", ""));
    site.is_as_published();
}

#[test]
fn a_plan_that_is_renamed_moves() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &plan("Alpha", "")),
        ("content/beta.toml", &plan("Beta", "")),
    ]);
    site.is_as_published();
    site.rename("content/alpha.toml", "content/gamma.toml");
    let change = site.look().expect("a plan was renamed");
    assert_eq!(change.files, ["content/gamma.toml"]);
    assert!(!site.has("alpha/index.html"));
    site.is_as_published();
}

#[test]
fn two_plans_that_change_places_do() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        (
            "content/alpha.toml",
            &plan("Alpha", "supersedes = \"gamma\""),
        ),
        (
            "content/beta.toml",
            &plan("Beta", "mission = \"See [it](alpha.toml#advocacy).\""),
        ),
        ("content/gamma.toml", &plan("Gamma", "")),
    ]);
    site.is_as_published();
    site.rename("content/alpha.toml", "content/free.toml");
    site.rename("content/beta.toml", "content/alpha.toml");
    site.rename("content/free.toml", "content/beta.toml");
    site.look();
    assert_eq!(site.errors(), [""; 0]);
    site.is_as_published();
    assert!(
        site.page("alpha/index.html")
            .is_some_and(|page| page.contains("<h1>Beta</h1>"))
    );
}

#[test]
fn an_unpublished_plan_has_a_page_and_no_place_on_the_home_page() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &plan("Alpha", "publish = false")),
        ("content/beta.toml", &plan("Beta", "")),
    ]);
    assert!(
        site.page("alpha/index.html")
            .is_some_and(|page| page.contains("<h1>Alpha</h1>"))
    );
    assert!(
        site.page("index.html")
            .is_some_and(|page| !page.contains("Alpha"))
    );
    let listed: Vec<(bool, bool)> = site
        .live
        .plans()
        .map(|plan| (plan.published, plan.on_home_page))
        .collect();
    assert_eq!(listed, [(false, false), (true, true)]);
    site.is_as_published();
    site.save("content/alpha.toml", &plan("Alpha", ""));
    site.is_as_published();
}

#[test]
fn a_touch_without_a_change_is_no_change() {
    let files = [
        ("planpress.toml", SETTINGS.to_owned()),
        ("content/alpha.toml", plan("Alpha", "")),
        ("content/broken.toml", BROKEN.to_owned()),
        ("content/files/a.txt", "Words".to_owned()),
        ("static/site.css", "p { margin: 0 }".to_owned()),
        ("templates/other.html", "".to_owned()),
        (
            "languages/de.toml",
            "[words]\non_this_page = \"Hier\"\n".to_owned(),
        ),
    ];
    let borrowed = files.each_ref().map(|(path, text)| (*path, text.as_str()));
    let mut site = Edited::open(&borrowed);
    for (path, text) in &files {
        site.write(path, text);
        assert!(site.look().is_none(), "{path}");
        site.write(path, text);
        assert!(site.look_everywhere().is_none(), "{path}");
        site.write(path, format!("{text}\n"));
        let change = site.look().expect("it changed");
        assert_eq!(change.files, [path.to_owned()]);
    }
    // The settings are read again, with every plan: they alone changed.
    site.write("planpress.toml", "title = \"Other plans\"\n");
    let change = site.look_everywhere().expect("it changed");
    assert_eq!(change.files, ["planpress.toml"]);
}

#[test]
fn a_finding_between_plans_moves_with_the_lines_around_it() {
    let twin = |remark: &str| format!("{remark}\n{}", plan("Twin", ""));
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &twin("# a remark")),
        ("content/beta.toml", &twin("# a remark")),
    ]);
    site.is_as_published();
    // The same length, so that no place in the file moves but by its line.
    site.save("content/beta.toml", &twin("# a\n#emark"));
    site.is_as_published();
}

#[test]
fn an_anchor_that_a_template_names_is_looked_for_when_its_plan_changes() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        (
            "templates/plan.html",
            "{% extends \"parent/plan.html\" %}{% block footer %}<p><a href=\"../alpha/#advocacy\">Advocacy</a></p>{% endblock %}",
        ),
        ("content/beta.toml", &plan("Beta", "")),
        ("content/alpha.toml", &plan("Alpha", "")),
    ]);
    site.is_as_published();
    let renamed = plan("Alpha", "").replace("Advocacy", "Outreach");
    site.save("content/alpha.toml", &renamed);
    assert_eq!(site.errors(), ["dead-link"]);
    site.save("content/alpha.toml", &plan("Alpha", ""));
    site.is_as_published();
}

#[test]
fn a_file_that_cannot_be_read_for_a_while_is_read_when_it_can() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &plan("Alpha", "")),
    ]);
    let good = site.page("alpha/index.html");
    // A folder of the same name is no file.
    site.remove("content/alpha.toml");
    std::fs::create_dir(site.path("content/alpha.toml")).expect("it can be made");
    site.look();
    assert!(!site.has("alpha/index.html"));
    std::fs::remove_dir(site.path("content/alpha.toml")).expect("it can be removed");
    site.save("content/alpha.toml", &plan("Alpha", ""));
    assert_eq!(site.page("alpha/index.html"), good);
    site.is_as_published();
}

/// A file that another program holds, or for which there is no descriptor, is read at last though
/// nothing about it changes any more. Here it is away while it is read.
#[test]
fn what_could_not_be_read_is_read_when_it_can_be() {
    let files = [
        ("planpress.toml", SETTINGS, "title = \"Our plans\"\n"),
        ("content/alpha.toml", &plan("Alpha", ""), &plan("Omega", "")),
        (
            "templates/plan.html",
            "{% extends \"parent/plan.html\" %}",
            "{% extends \"parent/plan.html\" %}{% block footer %}{% endblock %}",
        ),
        ("content/files/a.txt", "words", "other words"),
    ];
    let before: Vec<(&str, &str)> = files.iter().map(|(path, old, _)| (*path, *old)).collect();
    for (path, _, new) in files {
        let mut site = Edited::open(&before);
        site.write(path, new);
        let change = site.look_while_away(path);
        assert!(
            path.ends_with(".txt") || site.errors() == ["unreadable"],
            "{path}"
        );
        assert!(change.is_some(), "{path}");
        assert!(site.look().is_some(), "{path}");
        site.is_as_published();
        assert!(site.look().is_none(), "{path}");
    }
}

#[test]
fn what_still_cannot_be_read_is_no_change() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &plan("Alpha", "")),
    ]);
    site.write("content/alpha.toml", plan("Omega", ""));
    assert!(site.look_while_away("content/alpha.toml").is_some());
    assert!(site.look_while_away("content/alpha.toml").is_none());
    assert_eq!(site.errors(), ["unreadable"]);
}

#[test]
fn an_edit_of_which_the_home_page_says_nothing_does_not_make_it_again() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/alpha.toml", &plan("Alpha", "")),
    ]);
    let before = home_of(&mut site);
    assert!(Arc::ptr_eq(&before, &home_of(&mut site)));
    let edited = plan("Alpha", "").replace("Champion", "Support");
    site.save("content/alpha.toml", &edited);
    assert!(Arc::ptr_eq(&before, &home_of(&mut site)));
    site.is_as_published();
}

fn home_of(site: &mut Edited) -> Arc<Shown> {
    match site.live.file("index.html") {
        Some(Published::Page(shown)) => shown,
        other => panic!("there is no home page: {other:?}"),
    }
}
