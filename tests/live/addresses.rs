//! Pages that lead on, and the one where nothing is, while the site is edited.

use crate::edited::{Edited, SETTINGS, plan};

const STABLE: &str =
    "[organization]\nname = \"TA\"\n[[addresses]]\norganization = \"TA\"\npath = \"/ta/\"\n";

#[test]
fn old_addresses_follow_every_edit() {
    let mut site = Edited::open(&[
        ("planpress.toml", &format!("{SETTINGS}{STABLE}")),
        (
            "content/one.toml",
            &plan("One", "status = \"adopted\"\naliases = [\"/old/\"]"),
        ),
    ]);
    site.is_as_published();
    assert!(site.has("old/index.html") && site.has("404.html"));
    // Another old address, another title, and no adopted plan any more.
    site.save(
        "content/one.toml",
        &plan("Two", "status = \"draft\"\naliases = [\"/older.html\"]"),
    );
    site.is_as_published();
    assert!(site.has("older.html") && !site.has("old/index.html"));
    site.save("content/one.toml", &plan("Two", "publish = false"));
    site.save("content/two.toml", &plan("Three", "aliases = [\"/old/\"]"));
    site.is_as_published();
    assert!(site.has("old/index.html") && !site.has("older.html"));
    site.save("planpress.toml", SETTINGS);
    site.is_as_published();
    assert!(!site.has("ta/index.html"));
}

#[test]
fn what_is_wrong_with_a_page_that_leads_on_is_found_and_the_last_good_one_stays() {
    let mut site = Edited::open(&[
        ("planpress.toml", SETTINGS),
        ("content/one.toml", &plan("One", "aliases = [\"/old/\"]")),
    ]);
    site.live.prove();
    let not_found = "templates/404.html";
    let with = |words: &str| {
        format!(
            "{{% extends \"parent/404.html\" %}}{{% block plans %}}{words}{{% endblock plans %}}"
        )
    };
    site.save(not_found, &with("<p><a href=\"/nothing/\">Nothing</a></p>"));
    assert_eq!(site.errors(), ["dead-link"]);
    assert_eq!(Some(&site.live.findings().list), site.checked().as_ref());
    site.save(not_found, &with("{{ page.nothing }}"));
    assert_eq!(site.errors(), ["template-rendering"]);
    assert_eq!(Some(&site.live.findings().list), site.checked().as_ref());
    assert!(site.has("404.html"));
    site.save(not_found, &with("<p>Ask us.</p>"));
    site.is_as_published();
}
