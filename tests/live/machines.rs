//! What programs read of a site follows every edit, as its pages do.

use crate::edited::Edited;

const CONFIG: &str = "title = \"Plans\"\nbase_url = \"https://example.org/\"\n";
const PLAN: &str = "title = \"A plan\"\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Champion libraries.\"]\n";
const ADOPTED: &str = "[[history]]\nevent = \"adopted\"\ndate = 2006-06-30\n";

/// What is shown is what a build from nothing publishes. Returns whether there is a feed.
fn shows_what_a_build_publishes(site: &mut Edited) -> bool {
    let files = site.published().expect("nothing is wrong");
    site.shows(&files);
    assert_eq!(site.has("feed.xml"), files.contains_key("feed.xml"));
    assert!(site.has("sitemap.xml") && site.has("plans.json"));
    site.has("feed.xml")
}

#[test]
fn the_feed_comes_and_goes_with_what_happened() {
    let mut site = Edited::open(&[("planpress.toml", CONFIG), ("content/one.toml", PLAN)]);
    assert!(!shows_what_a_build_publishes(&mut site));
    site.save("content/one.toml", &format!("{PLAN}{ADOPTED}"));
    assert!(shows_what_a_build_publishes(&mut site));
    site.save(
        "content/one.toml",
        &format!("{PLAN}{ADOPTED}place = \"New Orleans\"\n"),
    );
    assert!(shows_what_a_build_publishes(&mut site));
    site.save(
        "content/one.toml",
        &format!(
            "search = false\n{PLAN}{}",
            ADOPTED.replace("adopted", "planned")
        ),
    );
    assert!(!shows_what_a_build_publishes(&mut site));
}
