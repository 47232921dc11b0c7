//! Addresses that last: old ones of plans, stable ones of associations, and what stands where
//! nothing is.

use std::fs;

use planpress::site::route::BaseUrl;

use super::{DOMAIN, Site};

const SITE: &str = "title = \"Plans\"\nbase_url = \"https://example.org/a/b/\"\n[organization]\nname = \"The Association\"\nacronym = \"TA\"\n";
const STABLE: &str = "[[addresses]]\norganization = \"ta\"\npath = \"/ta/\"\n";

fn plan(title: &str, lines: &str) -> String {
    format!("title = \"{title}\"\n{lines}\n{DOMAIN}")
}

fn text(site: &Site, path: &str) -> String {
    fs::read_to_string(site.path("public").join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn an_old_address_leads_to_the_plan_with_script_and_without() {
    let site = Site::new(SITE).with(
        "content/ta/plan.toml",
        &plan(
            "Ein Plan & mehr",
            "language = \"de\"\naliases = [\"/old/\", \"/older\", \"/a/very/old.html\", \"/ancient.HTM\"]",
        ),
    );
    let said = site.build(&[]);
    assert_eq!(said, "", "such pages have nothing to be mended");
    let files = [
        ("old/index.html", "../ta/plan/"),
        ("older/index.html", "../ta/plan/"),
        ("a/very/old.html", "../../ta/plan/"),
        ("ancient.HTM", "ta/plan/"),
    ];
    for (file, href) in files {
        let page = site.page(file);
        assert_eq!(page.attributes("main a", "href"), [href], "{file}");
        assert_eq!(page.texts("main a"), ["Ein Plan & mehr"]);
        assert_eq!(page.attributes("script", "data-to"), [href]);
        assert_eq!(page.attributes("html", "lang"), ["de"]);
        assert_eq!(
            page.attributes("link", "href"),
            ["https://example.org/a/b/ta/plan/"],
            "the canonical address, and no stylesheet"
        );
        assert!(!page.has("meta[name=robots], style, [style], img"));
        let refresh =
            format!("<noscript><meta http-equiv=\"refresh\" content=\"0; url={href}\"></noscript>");
        assert!(text(&site, file).contains(&refresh), "{file}");
    }
}

#[test]
fn a_folder_for_a_disk_names_index_html_and_has_no_page_for_web_servers() {
    let site = Site::new(SITE).with("content/plan.toml", &plan("Plan", "aliases = [\"/old/\"]"));
    site.build(&["--portable"]);
    let page = site.page("old/index.html");
    assert_eq!(page.attributes("main a", "href"), ["../plan/index.html"]);
    assert!(!site.publishes("404.html"));
}

#[test]
fn what_is_not_published_has_no_old_address_and_no_banner() {
    let site = Site::new(&format!("{SITE}{STABLE}"))
        .with(
            "content/old.toml",
            &plan("Old", "status = \"adopted\"\naliases = [\"/before/\"]"),
        )
        .with(
            "content/new.toml",
            &plan(
                "New",
                "publish = false\nstatus = \"adopted\"\nsupersedes = \"old\"\naliases = [\"/soon/\"]",
            ),
        );
    site.build(&[]);
    assert!(site.publishes("before/index.html") && !site.publishes("soon/index.html"));
    assert_eq!(site.page("ta/index.html").texts("main a"), ["Old"]);
    assert!(!site.page("old/index.html").has(".banner"));
    assert!(!text(&site, "old/plan.json").contains("supersedes"));
    site.build(&["--unpublished"]);
    assert!(text(&site, "new/plan.json").contains("\"supersedes\": \"old\""));
    assert!(site.publishes("before/index.html") && site.publishes("soon/index.html"));
    assert_eq!(site.page("ta/index.html").texts("main a"), ["New"]);
    let old = site.page("old/index.html");
    assert_eq!(old.attributes(".banner a", "href"), ["../new/"]);
    assert!(
        old.texts(".banner")[0].starts_with("This plan has been superseded."),
        "the banner is in words"
    );
}

#[test]
fn what_is_not_published_is_not_named_in_the_data_of_the_plan_after_it() {
    let site = Site::new(SITE)
        .with("content/hush.toml", &plan("Hush", "publish = false"))
        .with("content/loud.toml", &plan("Loud", "supersedes = \"hush\""));
    site.build(&[]);
    let named = |site: &Site| text(site, "loud/plan.json").contains("hush");
    assert!(!named(&site));
    site.build(&["--unpublished"]);
    assert!(named(&site));
}

#[test]
fn a_plan_that_is_superseded_by_nothing_published_says_so_without_a_link() {
    let site = Site::new(SITE)
        .with("content/old.toml", &plan("Old", "status = \"superseded\""))
        .with(
            "content/new.toml",
            &plan("New", "publish = false\nsupersedes = \"old\""),
        );
    site.build(&[]);
    let old = site.page("old/index.html");
    assert!(old.has(".banner") && !old.has(".banner a"));
    assert!(!text(&site, "old/index.html").contains("New"));
}

#[test]
fn a_stable_address_says_where_no_plan_is_adopted_and_which_there_are() {
    let site = Site::new(&format!(
        "{SITE}{STABLE}[[addresses]]\norganization = \"The Association\"\npath = \"/current\"\n"
    ))
    .with("content/next.toml", &plan("Next", "status = \"draft\""))
    .with("content/last.toml", &plan("Last", "status = \"archived\""))
    .with("content/secret.toml", &plan("Secret", "publish = false"))
    .with(
        "content/other.toml",
        &format!(
            "{}[organization]\nname = \"Another\"\n",
            plan("Other", "status = \"draft\"")
        ),
    );
    site.build(&[]);
    let page = site.page("ta/index.html");
    assert_eq!(
        page.texts("title"),
        ["No adopted plan at present (/ta/) | The Association"]
    );
    assert_eq!(page.texts("h1"), ["No adopted plan at present"]);
    assert_eq!(page.texts("main h3"), ["Next", "Last"]);
    assert_eq!(
        page.attributes("main h3 a", "href"),
        ["../next/", "../last/"]
    );
    assert_eq!(
        page.attributes("link[rel=canonical]", "href"),
        ["https://example.org/a/b/ta/"]
    );
    assert_ne!(
        site.page("current/index.html").texts("title"),
        page.texts("title")
    );
}

#[test]
fn where_nothing_is_a_page_says_so_from_any_address() {
    let mut site = Site::new(&format!("logo = \"files/logo.svg\"\n{SITE}")).with(
        "content/files/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    for number in 1..=11 {
        site = site.with(
            &format!("content/plan-{number}.toml"),
            &plan(&format!("Plan {number}"), ""),
        );
    }
    site = site.with("content/draft.toml", &plan("Draft", "status = \"draft\""));
    site = site.with("content/old.toml", &plan("Old", "status = \"archived\""));
    site.build(&[]);
    let page = site.page("404.html");
    assert_eq!(
        page.texts("title"),
        ["Nothing is at this address | The Association"]
    );
    assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    let named = [
        page.attributes("[href]", "href"),
        page.attributes("[src]", "src"),
    ]
    .concat();
    for address in named.iter().filter(|address| *address != "#content") {
        assert!(address.starts_with("/a/b/"), "{address}");
    }
    assert_eq!(page.all("main h3").len(), 12, "but not the archived one");
    assert!(page.has("main a[href='/a/b/'], main a[href='/a/b/draft/']"));
    let site = site.with("content/one-more.toml", &plan("One more", ""));
    site.build(&[]);
    let page = site.page("404.html");
    assert_eq!(page.attributes("main a", "href"), ["/a/b/"]);
}

#[test]
fn a_theme_that_leads_astray_where_nothing_is_gets_told() {
    let cases = [
        ("/a/b/one/", None),
        ("/a/b/one/#advocacy", None),
        ("#content", None),
        ("https://example.com/", None),
        ("/a/b/two/", Some("which the site does not have")),
        ("/a/b/one/#nothing", Some("has no such anchor")),
        ("/a/", Some("does not stay inside the site")),
        ("/a/b/../x/", Some("does not stay inside the site")),
        ("one/", Some("leads elsewhere")),
        ("../one/", Some("leads elsewhere")),
    ];
    for (href, fault) in cases {
        let template = format!(
            "{{% extends \"parent/404.html\" %}}{{% block plans %}}<p><a href=\"{href}\">x</a></p>{{% endblock %}}"
        );
        let site = Site::new(SITE)
            .with("content/one.toml", &plan("One", ""))
            .with("templates/404.html", &template);
        match fault {
            None => assert_eq!(site.build(&[]), "", "{href}"),
            Some(words) => {
                let said = site.refuse();
                assert!(
                    said.contains("404.html: ") && said.contains(words),
                    "{said}"
                );
            }
        }
    }
}

#[test]
fn pages_that_lead_on_are_not_counted_as_pages() {
    let built = |aliases: &str| {
        let site = Site::new(SITE).with("content/one.toml", &plan("One", aliases));
        let output = site.run(&["build"]);
        let said =
            String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        said.split(" in ").next().unwrap().to_owned()
    };
    let alone = built("");
    assert!(alone.contains("1 plan on 2 pages"), "{alone}");
    assert_eq!(built("aliases = [\"/a/\", \"/b/\"]"), alone);
}

/// Guards the list of names in `site/extras.rs`, too: whatever is published belongs to somebody.
#[test]
fn nothing_that_is_published_can_be_an_old_address() {
    let site = |alias: &str| {
        Site::new(&format!("{SITE}{STABLE}"))
            .with("content/files/a.txt", "a")
            .with(
                "content/sub/other.toml",
                &plan("Other", "aliases = [\"/other/\"]"),
            )
            .with(
                "content/one.toml",
                &plan("One", &format!("status = \"adopted\"\n{alias}")),
            )
    };
    let whole = site("");
    whole.build(&[]);
    let mut folders = vec![whole.path("public")];
    let mut tried = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(whole.path("public")).unwrap();
            let below = below.to_str().unwrap().replace('\\', "/");
            for name in [below.clone(), below.to_uppercase()] {
                let address = match name.strip_suffix("index.html") {
                    Some(folder) => format!("/{folder}"),
                    None => format!("/{name}/"),
                };
                let said = site(&format!("aliases = [\"{address}\"]")).refuse();
                assert!(
                    ["address-collision", "reserved-name", "bad-address"]
                        .iter()
                        .any(|error| said.contains(&format!("error[{error}]"))),
                    "{address}: {said}"
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 15, "{tried}");
}

#[test]
fn each_wrong_base_url_is_told_what_is_wrong_with_it() {
    let cases = [
        ("example.org/plans", "write \"https://example.org/plans\""),
        ("www.example.org", "write \"https://www.example.org\""),
        ("localhost:8000/", "write \"https://localhost:8000/\""),
        ("https:/example.org/", "write \"https://example.org/\""),
        ("//example.org/", "write \"https://example.org/\""),
        ("plans/", "write \"/plans/\""),
        ("ftp://example.org/", "not at `ftp://`"),
        ("file:///home/site", "not at `file://`"),
        (
            "https://example.org/?x=1",
            "before the `?`: \"https://example.org/\"",
        ),
        (
            "https://example.org/#top",
            "before the `#`: \"https://example.org/\"",
        ),
        ("https://example.org/our plans/", "no spaces"),
        (" https://example.org/", "no spaces"),
        ("https://example.org/a\u{a0}b", "cannot be seen"),
        ("C:\\public", "no backslashes"),
        ("https://example.org/<b>/", "cannot hold `<`"),
        ("https:///plans/", "the name of the web server"),
        ("https://:8000/plans/", "the name of the web server"),
        (
            "https://me:secret@example.org/",
            "write only \"example.org\"",
        ),
        ("https://example.org/a/../b/", "no meaning here"),
        ("https://example.org/a//b/", "two slashes in a row"),
        ("", "Write the whole address"),
        ("https:", "Write the whole address"),
    ];
    for (address, words) in cases {
        let said = BaseUrl::parse(address).expect_err(address);
        assert!(said.contains(words), "{address}: {said}");
    }
    for address in [
        "https://example.org",
        "http://example.org:8000/a/b",
        "/plans/",
        "/",
        "https://例え.jp/計画/",
    ] {
        assert!(BaseUrl::parse(address).is_ok(), "{address}");
    }
}
