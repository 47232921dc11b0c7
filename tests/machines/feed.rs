//! `feed.xml`: what happened to the plans.

use roxmltree::{Document, Node};

use crate::{Built, HOST, Site, event};

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// The text of the one child of this name.
fn child<'a>(node: Node<'a, '_>, name: &str) -> &'a str {
    let mut found = node
        .children()
        .filter(|child| child.has_tag_name((ATOM, name)));
    let one = found.next().unwrap_or_else(|| panic!("there is no {name}"));
    assert!(found.next().is_none(), "there are several {name}");
    one.text().unwrap_or_default()
}

/// One line for each entry: these children, joined.
fn entries(feed: &str, names: &[&str]) -> Vec<String> {
    let document = Document::parse(feed).expect("it is XML");
    let entries = document
        .descendants()
        .filter(|node| node.has_tag_name((ATOM, "entry")));
    entries
        .map(|entry| {
            names
                .iter()
                .map(|name| child(entry, name))
                .collect::<Vec<_>>()
                .join(" | ")
        })
        .collect()
}

fn feed(built: &Built) -> String {
    built.read("feed.xml")
}

#[test]
fn a_feed_tells_newest_first_what_happened_to_all_plans() {
    let built = Site::new(HOST)
        .plan(
            "one",
            "",
            &(event("drafted", "2005", "")
                + &event("adopted", "2006-06", "by = \"The Board\"")
                + &event("planned", "2099", "")),
        )
        .plan(
            "two",
            "language = \"de\"",
            &event("amended", "2006-06-09", ""),
        )
        .plan("hidden", "publish = false", &event("adopted", "2020", ""))
        .build();
    assert_eq!(
        entries(&feed(&built), &["title", "updated"]),
        [
            "Geändert: The plan two | 2006-06-09T00:00:00Z",
            "Adopted: The plan one | 2006-06-01T00:00:00Z",
            "Drafted: The plan one | 2005-01-01T00:00:00Z",
        ]
    );
    let xml = feed(&built);
    let document = Document::parse(&xml).unwrap();
    let root = document.root_element();
    assert_eq!(child(root, "updated"), "2006-06-09T00:00:00Z");
    assert_eq!(child(root, "title"), "Plans & more");
    assert_eq!(child(root, "id"), "https://example.org/Pl%C3%A4ne/feed.xml");
    let language = |node: Node| {
        node.attribute(("http://www.w3.org/XML/1998/namespace", "lang"))
            .map(str::to_owned)
    };
    let languages: Vec<_> = document.descendants().filter_map(language).collect();
    assert_eq!(languages, ["en-US", "de", "en-US", "en-US"]);
    let links: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name((ATOM, "link")))
        .map(|link| {
            (
                link.attribute("rel").unwrap(),
                link.attribute("href").unwrap(),
            )
        })
        .take(3)
        .collect();
    assert_eq!(
        links,
        [
            ("self", "https://example.org/Pl%C3%A4ne/feed.xml"),
            ("alternate", "https://example.org/Pl%C3%A4ne/"),
            ("alternate", "https://example.org/Pl%C3%A4ne/two/#history"),
        ]
    );
}

#[test]
fn an_entry_says_who_and_what_else_is_known() {
    let more = "by = \"Council\"\nplace = \"New Orleans\"\ndocument = \"CD#53\"\nvote = \"135-1\"\nnote = \"With *one* <amendment>.\"";
    let history = event("adopted", "2006-06", more) + &event("reaffirmed", "2007", "");
    let built = Site::new(HOST)
        .plan("one", "organization = { name = \"ALCTS\" }", &history)
        .plan("two", "", &event("adopted", "2005", ""))
        .build();
    let xml = feed(&built);
    assert_eq!(
        entries(&xml, &["summary"]),
        [
            "2007",
            "June 2006. Place: New Orleans. Document: CD#53. Vote: 135-1. Note: With one <amendment>.",
            "2005",
        ]
    );
    let document = Document::parse(&xml).unwrap();
    let names: Vec<_> = document
        .descendants()
        .filter(|node| node.has_tag_name((ATOM, "name")))
        .filter_map(|node| node.text())
        .collect();
    assert_eq!(names, ["ALCTS", "Council", "Plans & more"]);
}

/// The ids of a plan with this history, sorted.
fn ids(history: &[String]) -> Vec<String> {
    let built = Site::new(HOST).plan("one", "", &history.concat()).build();
    let mut ids = entries(&feed(&built), &["id"]);
    ids.sort();
    ids
}

#[test]
fn the_name_of_an_entry_does_not_change_with_what_stands_around_it() {
    let (first, second) = (
        event("drafted", "2005", ""),
        event("adopted", "2006-06", ""),
    );
    let before = ids(&[first.clone(), second.clone()]);
    assert_eq!(
        before,
        [
            "https://example.org/Pl%C3%A4ne/one/#adopted-2006-06",
            "https://example.org/Pl%C3%A4ne/one/#drafted-2005",
        ]
    );
    assert_eq!(ids(&[second.clone(), first.clone()]), before);
    let more = event("adopted", "2006-06", "place = \"Elsewhere\"");
    let after = ids(&[first, event("proposed", "2006", ""), second, more]);
    assert!(before.iter().all(|id| after.contains(id)));
    assert!(
        after.contains(&"https://example.org/Pl%C3%A4ne/one/#adopted-2006-06-again-2".to_owned())
    );
}

#[test]
fn there_is_no_feed_without_an_event_or_without_a_host() {
    let adopted = event("adopted", "2006", "");
    let nothing = [
        Site::new(HOST).plan("one", "", &event("planned", "2099", "")),
        Site::new(HOST)
            .plan("one", "", "")
            .plan("two", "publish = false", &adopted),
        Site::new("base_url = \"/plans/\"\n").plan("one", "", &adopted),
    ];
    for site in nothing {
        let built = site.build();
        assert_eq!(built.get("feed.xml"), None);
        for page in ["index.html", "one/index.html"] {
            assert!(!built.read(page).contains("feed.xml"), "{page}");
        }
    }
}

#[test]
fn the_home_page_and_the_pages_that_the_feed_tells_of_lead_to_it() {
    let built = Site::new(HOST)
        .plan("sub/one", "", &event("adopted", "2006", ""))
        .plan("two", "", "")
        .build();
    for (page, href) in [
        ("index.html", "feed.xml"),
        ("sub/one/index.html", "../../feed.xml"),
    ] {
        let html = built.read(page);
        assert_eq!(
            html.matches(&format!("href=\"{href}\"")).count(),
            2,
            "{page}"
        );
        assert!(
            html.contains("<link rel=\"alternate\" type=\"application/atom+xml\""),
            "{page}"
        );
    }
    assert!(!built.read("two/index.html").contains("feed.xml"));
}

#[test]
fn the_feed_ends_with_the_hundredth_entry() {
    let history: String = (1900..2005)
        .map(|year| event("amended", &year.to_string(), ""))
        .collect();
    let built = Site::new(HOST).plan("one", "", &history).build();
    let updated = entries(&feed(&built), &["updated"]);
    assert_eq!(updated.len(), 100);
    assert_eq!(updated[0], "2004-01-01T00:00:00Z");
    assert_eq!(updated[99], "1905-01-01T00:00:00Z");
}

#[test]
fn what_no_xml_may_hold_does_not_come_into_the_feed() {
    let built = Site::new(HOST)
        .plan(
            "one",
            "",
            &event(
                "adopted",
                "2006",
                "note = \"Bell &#7; and &#xFFFE; <b>]]>\"",
            ),
        )
        // The words of a theme are not a plan's.
        .file(
            "languages/en.toml",
            "[events]\nadopted = \"Adopted\\u0008\"\n",
        )
        .build();
    let titles = entries(&feed(&built), &["title", "summary"]);
    assert_eq!(
        titles,
        ["Adopted\u{fffd}: The plan one | 2006. Note: Bell \u{fffd} and \u{fffd} <b>]]>"]
    );
}
