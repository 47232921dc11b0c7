//! Plans as data: what the preview serves is what a build publishes.

use crate::edited::{Edited, SETTINGS, plan};

#[test]
fn a_plan_as_data_follows_its_file_and_stays_as_it_last_was_good() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/a/plan.toml", &plan("One", "")),
    ]);
    site.is_as_published();
    assert!(site.has("a/plan/plan.json") && site.has("a/plan/plan.csv"));
    site.save(
        "content/a/plan.toml",
        &plan("Two", "mission = \"Be heard.\""),
    );
    site.is_as_published();
    let good = site.published().expect("nothing is wrong");
    site.save("content/a/plan.toml", "title = ");
    site.shows(&good);
    site.save(
        "content/a/plan.toml",
        "title = \"Goals\"\n[[domains]]\ngoal = \"Be heard.\"\n",
    );
    site.is_as_published();
    assert!(!site.has("a/plan/plan.csv"), "it has no objectives");
    site.remove("content/a/plan.toml");
    site.look();
    assert!(!site.has("a/plan/plan.json"));
}

#[test]
fn a_file_of_ones_own_is_shown_instead() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/plan.toml", &plan("One", "")),
        ("content/plan/plan.csv", "mine"),
    ]);
    site.is_as_published();
    site.remove("content/plan/plan.csv");
    site.look();
    site.is_as_published();
    assert!(site.has("plan/plan.csv"));
}

#[test]
fn the_data_of_a_plan_that_is_not_published_is_shown_as_its_page_is() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/plan.toml", &plan("One", "publish = false")),
    ]);
    assert!(site.has("plan/index.html") && site.has("plan/plan.json"));
    let published = site.published().expect("nothing is wrong");
    assert!(!published.contains_key("plan/plan.json"));
}
