//! `sitemap.xml` and the line of `robots.txt` that leads to it.

use std::ops::Range;

use planpress::diagnostic::SourceText;
use planpress::plan;
use planpress::render;
use planpress::site::config;
use planpress::site::extras::{Extra, Extras};
use planpress::site::files::sort_out;
use planpress::site::sitemap::{SitemapFile, sitemap};
use planpress::site::{Card, Edition, Relations};
use planpress::theme::{self, Theme};
use roxmltree::Document;

use crate::{HOST, Site, event};

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The texts of all elements of this name, in order.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let document = Document::parse(xml).expect("it is XML");
    let elements = document
        .descendants()
        .filter(|node| node.has_tag_name((NAMESPACE, name)));
    elements
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn a_sitemap_lists_the_home_page_and_every_plan_that_search_engines_may_show() {
    let built = Site::new(HOST)
        .plan("one", "aliases = [\"/old/\"]", "")
        .plan("sub/größe", "", "")
        .plan("quiet", "search = false", "")
        .plan("hidden", "publish = false", "")
        .build();
    assert_eq!(
        texts(&built.read("sitemap.xml"), "loc"),
        [
            "https://example.org/Pl%C3%A4ne/",
            "https://example.org/Pl%C3%A4ne/one/",
            "https://example.org/Pl%C3%A4ne/sub/gr%C3%B6%C3%9Fe/",
        ]
    );
    assert!(
        built
            .read("robots.txt")
            .ends_with("\nSitemap: https://example.org/Pl%C3%A4ne/sitemap.xml\n")
    );
}

#[test]
fn a_plan_that_is_the_home_page_is_listed_at_its_own_address() {
    let built = Site::new(&format!("home = \"one\"\n{HOST}"))
        .plan("one", "", "")
        .build();
    assert_eq!(
        texts(&built.read("sitemap.xml"), "loc"),
        ["https://example.org/Pl%C3%A4ne/one/"]
    );
}

#[test]
fn a_page_was_changed_on_the_day_of_the_last_event_where_that_day_is_known() {
    let two =
        |first: &str, second: &str| event("drafted", first, "") + &event("adopted", second, "");
    let built = Site::new(HOST)
        .plan("day", "", &two("2006", "2006-06-30"))
        .plan("month", "", &two("2006-06-09", "2006-07"))
        .plan(
            "planned",
            "",
            &(event("drafted", "2025-06-09", "") + &event("planned", "2025-06-30", "")),
        )
        .plan("silent", "", "")
        .build();
    // Of 2006 and June 30, 2006 the year ends later: what happened last is not known to the day.
    assert_eq!(texts(&built.read("sitemap.xml"), "lastmod"), ["2025-06-09"]);
}

#[test]
fn without_a_host_there_is_no_sitemap_and_robots_names_none() {
    for config in ["title = \"Plans\"\n", "base_url = \"/plans/\"\n"] {
        let built = Site::new(config)
            .plan("one", "", &event("adopted", "2006", ""))
            .build();
        assert_eq!(built.get("sitemap.xml"), None);
        assert_eq!(built.read("robots.txt"), "User-agent: *\nDisallow:\n");
    }
}

#[test]
fn a_sitemap_without_a_page_is_not_published() {
    let built = Site::new(&format!("home = \"one\"\n{HOST}"))
        .plan("one", "search = false", "")
        .build();
    assert_eq!(built.get("sitemap.xml"), None);
    assert!(!built.read("robots.txt").contains("Sitemap"));
}

#[test]
fn a_sitemap_of_a_persons_own_wins_and_robots_names_it() {
    let built = Site::new(HOST)
        .plan("one", "", "")
        .file("content/sitemap.xml", "<mine/>")
        .build();
    assert_eq!(built.read("sitemap.xml"), "<mine/>");
    assert!(built.read("robots.txt").contains("/sitemap.xml\n"));
}

/// How many addresses a file holds, and its first.
fn pages(xml: &str) -> (usize, Option<String>) {
    let addresses = texts(xml, "loc");
    (addresses.len(), addresses.into_iter().next())
}

#[test]
fn more_addresses_than_a_file_may_hold_are_listed_in_parts() {
    let (config, _) = config::read(&SourceText::new("planpress.toml", HOST));
    let (theme, _) = Theme::new(&[theme::builtin()], None);
    let theme = theme.expect("the built-in theme is sound");
    let text = SourceText::new(
        "content/p.toml",
        format!("title = \"P\"\n{}", crate::DOMAIN),
    );
    let (plan, _) = plan::read(&text);
    let site_of = |plans: Range<usize>, look: &dyn Fn(&planpress::site::Site, &[Card])| {
        let paths: Vec<String> = plans.map(|at| format!("content/p{at:05}.toml")).collect();
        let (content, _) = sort_out(paths.iter().map(String::as_str));
        let first = Card::new(0, &plan, &content, &config);
        let cards: Vec<Card> = (0..paths.len())
            .map(|plan| Card {
                plan,
                ..first.clone()
            })
            .collect();
        look(
            &planpress::site::Site::new(&config, &content, &theme, Edition::default()),
            &cards,
        );
    };
    let files = |site: &planpress::site::Site, cards: &[Card]| -> Vec<(String, SitemapFile)> {
        let extras = Extras::of(site, cards, &Relations::default());
        let of = |(path, extra): (&planpress::site::route::OutputPath, &Extra)| match extra {
            Extra::Sitemap(file) => Some((path.to_string(), *file)),
            _ => None,
        };
        extras.iter().filter_map(of).collect()
    };
    // With the home page these are 50,000.
    site_of(0..49_999, &|site, cards| {
        assert_eq!(
            files(site, cards),
            [("sitemap.xml".to_owned(), SitemapFile::Whole)]
        );
    });
    site_of(0..50_001, &|site, cards| {
        let made: Vec<(String, String)> = files(site, cards)
            .into_iter()
            .map(|(path, file)| {
                let context = sitemap(site, cards, &Relations::default(), file);
                (
                    path,
                    render::xml(&theme, render::SITEMAP, &context).expect("it renders"),
                )
            })
            .collect();
        let names: Vec<&str> = made.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        let address = |path: &str| Some(format!("https://example.org/Pl%C3%A4ne/{path}"));
        assert_eq!(pages(&made[0].1), (50_000, address("")));
        assert_eq!(pages(&made[1].1), (2, address("p49999/")));
        let index = Document::parse(&made[2].1).expect("it is XML");
        assert!(
            index
                .root_element()
                .has_tag_name((NAMESPACE, "sitemapindex"))
        );
        assert_eq!(pages(&made[2].1), (2, address("sitemap-1.xml")));
    });
}
