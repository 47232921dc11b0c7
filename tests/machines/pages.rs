//! What each page says of itself to machines: JSON-LD and Open Graph.

use scraper::{Html, Selector};
use serde_json::{Value, json};

use crate::{HOST, Site, event};

/// The JSON-LD of a page, as a browser finds it.
fn linked_data(html: &str) -> Value {
    let page = Html::parse_document(html);
    let selector = Selector::parse("head > script[type='application/ld+json']").unwrap();
    let mut scripts = page.select(&selector);
    let text: String = scripts.next().expect("there is some").text().collect();
    assert!(scripts.next().is_none(), "there is more");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The `property` and `content` of every Open Graph element.
fn open_graph(html: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(html);
    let selector = Selector::parse("head > meta[property]").unwrap();
    let attribute =
        |element: &scraper::ElementRef, name| element.attr(name).unwrap_or_default().to_owned();
    page.select(&selector)
        .map(|element| {
            (
                attribute(&element, "property"),
                attribute(&element, "content"),
            )
        })
        .collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn a_plans_page_says_what_the_plan_is() {
    let lines = "subtitle = \"A subtitle\"\nstatus = \"adopted\"\nperiod = { start = 2006 }\ndescription = \"A plan *for* all.\"\norganization = { name = \"ALCTS & Co\", acronym = \"A\", url = \"https://example.org/a\" }";
    let built = Site::new(HOST)
        .plan(
            "one",
            lines,
            &(event("adopted", "2006-06", "")
                + "[links]\nsource = \"https://example.org/original.pdf\"\n"),
        )
        .build();
    assert_eq!(
        linked_data(&built.read("one/index.html")),
        json!({
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "genre": "Strategic plan",
            "name": "The plan one",
            "alternativeHeadline": "A subtitle",
            "description": "A plan for all.",
            "url": "https://example.org/Pl%C3%A4ne/one/",
            "inLanguage": "en-US",
            "creativeWorkStatus": "adopted",
            "temporalCoverage": "2006/..",
            "datePublished": "2006-06",
            "author": {
                "@type": "Organization",
                "name": "ALCTS & Co",
                "alternateName": "A",
                "url": "https://example.org/a",
            },
            "isBasedOn": "https://example.org/original.pdf",
        })
    );
    assert_eq!(
        linked_data(&built.read("index.html")),
        json!({
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": "Plans & more",
            "url": "https://example.org/Pl%C3%A4ne/",
            "inLanguage": "en-US",
        })
    );
}

#[test]
fn what_a_plan_does_not_say_is_left_out() {
    let built = Site::new("title = \"Plans\"\n").plan("one", "", "").build();
    assert_eq!(
        linked_data(&built.read("one/index.html")),
        json!({
            "@context": "https://schema.org",
            "@type": "CreativeWork",
            "genre": "Strategic plan",
            "name": "The plan one",
            "inLanguage": "en",
        })
    );
}

#[test]
fn nothing_that_an_author_writes_ends_the_script() {
    let title = "Plan</script><script>ran(1)</script><!-- <script> & \u{2028}\u{2029} \\\\ \\\"";
    let text = format!("title = \"{title}\"\n{}", crate::DOMAIN);
    let html = Site::new(HOST)
        .file("content/one.toml", &text)
        .build()
        .read("one/index.html");
    let begin = "<script type=\"application/ld+json\">";
    let (_, data) = html.split_once(begin).expect("there is some");
    let (data, _) = data.split_once("</script>").expect("it ends");
    assert!(
        !data.contains(['<', '>', '&', '\u{2028}', '\u{2029}']),
        "{data}"
    );
    let read: Value = serde_json::from_str(data).expect("it is JSON");
    let said = title.replace("\\\\", "\\").replace("\\\"", "\"");
    assert_eq!(read["name"], json!(said));
    assert_eq!(linked_data(&html), read);
}

#[test]
fn the_hostile_site_says_its_own_words_to_machines() {
    let built = Site::like("tests/sites/hostile", "base_url = \"https://example.org/\"").build();
    let html = built.read("hostile/index.html");
    let data = linked_data(&html);
    assert_eq!(
        data["name"],
        "Title</title></head><script>ran(\"title\")</script>"
    );
    assert!(open_graph(&html).contains(&(
        "og:title".to_owned(),
        "Title</title></head><script>ran(\"title\")</script>".to_owned()
    )));
    let feed = built.read("feed.xml");
    roxmltree::Document::parse(&feed).expect("it is XML");
}

#[test]
fn other_sites_show_the_title_and_the_address_of_a_page() {
    let built = Site::new(&format!("logo = \"files/logo.PNG\"\n{HOST}"))
        .file("content/files/logo.PNG", "picture")
        .plan("one", "description = \"A \\\"plan\\\" for all.\"", "")
        .plan(
            "two",
            "language = \"zh-Hant-TW\"\nallow = [\"theme-lacks-language\"]",
            "",
        )
        .plan("three", "language = \"de\"", "")
        .build();
    let html = built.read("one/index.html");
    assert_eq!(
        open_graph(&html),
        pairs(&[
            ("og:type", "article"),
            ("og:title", "The plan one"),
            ("og:site_name", "Plans & more"),
            ("og:description", "A \"plan\" for all."),
            ("og:url", "https://example.org/Pl%C3%A4ne/one/"),
            ("og:locale", "en_US"),
            ("og:image", "https://example.org/Pl%C3%A4ne/files/logo.PNG"),
        ])
    );
    assert!(html.contains("<meta name=\"twitter:card\" content=\"summary\">"));
    let locale = |page: &str| {
        open_graph(&built.read(page))
            .into_iter()
            .find(|(name, _)| name == "og:locale")
    };
    assert_eq!(locale("two/index.html").unwrap().1, "zh_TW");
    assert_eq!(locale("three/index.html"), None);
    let home = open_graph(&built.read("index.html"));
    assert_eq!(
        home[..2],
        pairs(&[("og:type", "website"), ("og:title", "Plans & more")])
    );
}

#[test]
fn without_a_host_nothing_claims_an_address() {
    let built = Site::new("title = \"Plans\"\nlogo = \"logo.png\"\n")
        .file("content/logo.png", "picture")
        .plan("one", "", "")
        .build();
    for page in ["index.html", "one/index.html"] {
        let html = built.read(page);
        let names: Vec<String> = open_graph(&html)
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert!(
            !names
                .iter()
                .any(|name| name == "og:url" || name == "og:image"),
            "{names:?}"
        );
        assert_eq!(linked_data(&html).get("url"), None);
    }
}

#[test]
fn a_drawing_is_no_picture_for_other_sites() {
    let built = Site::new(&format!("logo = \"logo.svg\"\n{HOST}"))
        .file(
            "content/logo.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .plan("one", "", "")
        .build();
    assert!(!built.read("one/index.html").contains("og:image"));
}
