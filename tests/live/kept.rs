//! What a site has promised, and pages that stay as they are, in an open site.

use planpress::scaffold;
use planpress::source::LOCK;

use crate::edited::{Edited, SETTINGS, plan};

fn archive() -> Edited {
    Edited::open(&[
        ("planpress.toml", SETTINGS),
        (
            "content/old.toml",
            &plan("Old", "mission = \"See [this](files/a.txt).\"\n"),
        ),
        ("content/new.toml", &plan("New", "supersedes = \"old\"\n")),
        ("content/files/a.txt", "words"),
    ])
}

#[test]
fn a_broken_promise_is_found_as_in_a_build_and_gone_when_it_is_kept() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/old.toml", &plan("Old", "")),
        ("content/new.toml", &plan("New", "supersedes = \"old\"\n")),
    ]);
    assert!(site.published().is_some());
    site.look();
    site.rename("content/old.toml", "content/older.toml");
    site.save("content/new.toml", &plan("New", ""));
    let found = site.live.findings();
    assert_eq!(
        found
            .list
            .iter()
            .map(|found| found.name)
            .collect::<Vec<_>>(),
        ["lost-address"]
    );
    site.is_as_published();
    site.save(
        "content/older.toml",
        &plan("Old", "aliases = [\"/old/\"]\n"),
    );
    assert!(site.live.findings().list.is_empty());
    site.is_as_published();
    // The line moves, and then the promise is taken back.
    site.save("content/older.toml", &plan("Old", ""));
    let text = std::fs::read_to_string(site.path(LOCK)).expect("there is a lock");
    site.save(LOCK, &format!("# a remark\n\n{text}"));
    site.is_as_published();
    let kept: String = text
        .lines()
        .filter(|line| !line.starts_with("/old/"))
        .map(|line| format!("{line}\n"))
        .collect();
    site.save(LOCK, &kept);
    assert!(site.live.findings().list.is_empty());
    site.save(LOCK, "<<<<<<< HEAD\n");
    assert_eq!(site.errors(), ["lock-conflict"]);
    site.remove(LOCK);
    site.look();
    site.is_as_published();
}

#[test]
fn a_page_that_is_frozen_and_thawed_is_shown_as_it_is_published() {
    let mut site = archive();
    let root = site.path("");
    let before = site.page("old/index.html");
    scaffold::freeze(&root, "old").expect("it can be frozen");
    site.look_everywhere();
    assert_eq!(site.page("old/index.html"), before);
    site.is_as_published();

    site.save("static/site.css", "p { margin: 0 }\n");
    site.save(
        "templates/plan.html",
        "{% extends \"parent/plan.html\" %}{% block footer %}<p>Later</p>{% endblock %}",
    );
    assert_eq!(site.page("old/index.html"), before);
    assert_ne!(site.page("new/index.html"), None);
    site.is_as_published();

    site.save(
        "content/old.toml",
        &plan("Older", "mission = \"See [this](files/a.txt).\"\n"),
    );
    assert_eq!(site.page("old/index.html"), before);
    assert_eq!(site.live.findings().list[0].name, "frozen-plan-changed");
    site.is_as_published();

    site.save("content/files/a.txt", "other words");
    assert_eq!(site.errors(), ["frozen-collision"]);
    assert_eq!(site.checked().as_ref(), Some(&site.live.findings().list));
    site.save("content/files/a.txt", "words");
    site.save("frozen/old/index.html", "<p>another");
    assert!(site.errors().contains(&"frozen-file-altered"));
    site.save("frozen/old/index.html", before.as_deref().expect("a page"));
    site.is_as_published();

    // A file that is gone but for the frozen page is still there for it.
    site.remove("content/files/a.txt");
    site.save("content/old.toml", &plan("Older", ""));
    assert!(site.has("files/a.txt"));
    site.is_as_published();

    scaffold::thaw(&root, "old").expect("it can be thawed");
    site.look_everywhere();
    assert_ne!(site.page("old/index.html"), before);
    assert!(!site.has("files/a.txt"));
    site.is_as_published();
}
