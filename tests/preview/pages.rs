//! What the preview shows: the pages of a build, at the addresses that they will have.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::served::{LONG, Served};

const PLAN: &str = "title = \"Plan\"\nmission = \"Be heard.\"\n\n[[domains]]\nname = \"Advocacy\"\n\
                    objectives = [\"Speak.\"]\n";

/// A site with a plan, a plan that is not published, and a file.
fn site(settings: &str) -> TempDir {
    let site = TempDir::new().expect("a folder for the site");
    let write = |path: &str, text: &str| {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, text).expect("it can be written");
    };
    write("planpress.toml", settings);
    write("content/plan.toml", PLAN);
    write(
        "content/secret.toml",
        &format!(
            "publish = false\n{}",
            PLAN.replace("\"Plan\"", "\"Secret plan\"")
        ),
    );
    write("content/files/minutes.txt", "Minutes");
    site
}

/// The page without the one element that the preview adds.
fn published(page: &str) -> String {
    let (before, rest) = page
        .split_once("<script src=\"/__planpress/preview.js\"")
        .expect("the preview's script is on the page");
    let (_, after) = rest.split_once("</script>").expect("it ends");
    format!("{before}{after}")
}

fn build(root: &Path, output: &Path, arguments: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_planpress"))
        .args(["build", "--quiet", "--root"])
        .arg(root)
        .arg("--output")
        .arg(output)
        .args(arguments)
        .status();
    assert!(status.expect("planpress runs").success());
}

/// Asks until the answer is as it should be.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < LONG, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Every file below a folder, with its content.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("it lies there");
                let bytes = fs::read(&path).expect("it can be read");
                found.push((name.to_string_lossy().into_owned(), bytes));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_is_what_a_build_publishes_but_for_one_element() {
    for (settings, arguments) in [
        ("title = \"Plans\"\n", &[][..]),
        ("base_url = \"https://example.org/a/b/\"\n", &[]),
        ("home = \"plan\"\n", &[]),
        ("title = \"Plans\"\n", &["--unpublished"]),
    ] {
        let site = site(settings);
        let output = TempDir::new().expect("a folder for the pages");
        build(site.path(), output.path(), arguments);
        let served = Served::of(site.path(), arguments);
        let mut pages = 0;
        for (path, bytes) in files(output.path()) {
            if path.starts_with(".planpress") {
                continue;
            }
            let name = path.strip_suffix("index.html").unwrap_or(&path);
            let reply = served.get(name).expect("it answers");
            assert_eq!(reply.status, 200, "{settings}{name}");
            if path.ends_with(".html") {
                pages += 1;
                assert_eq!(
                    published(&reply.text()).as_bytes(),
                    bytes,
                    "{settings}{name}"
                );
            } else {
                assert_eq!(reply.body, bytes, "{settings}{name}");
            }
        }
        assert!(pages >= 2, "{settings}: {pages} pages");
    }
}

#[test]
fn the_site_stands_below_its_own_path_and_the_root_leads_there() {
    let site = site("base_url = \"https://example.org/pläne/2025/\"\n");
    let served = Served::of(site.path(), &[]);
    assert_eq!(served.home, "/pl%C3%A4ne/2025/");
    for target in ["/", "/pl%C3%A4ne/2025", "/?from=mail"] {
        let reply = served.target(target.as_bytes()).expect("it answers");
        assert_eq!(reply.status, 302, "{target}");
        assert_eq!(
            reply.header("Location"),
            Some(served.home.as_str()),
            "{target}"
        );
    }
    assert_eq!(served.get("plan/").expect("it answers").status, 200);
    let outside = served.target(b"/plan/").expect("it answers");
    assert_eq!(outside.status, 404);
}

#[test]
fn a_plan_named_without_its_slash_is_found() {
    let site = site("");
    let served = Served::of(site.path(), &[]);
    let reply = served.get("plan").expect("it answers");
    assert_eq!(reply.status, 302);
    assert_eq!(reply.header("Location"), Some("/plan/"));
    let whole = served.get("plan/index.html").expect("it answers");
    assert_eq!(whole.body, served.get("plan/").expect("it answers").body);
}

#[test]
fn an_old_address_is_shown_as_a_page_with_its_slash_and_without() {
    let site = site("");
    let plan = PLAN.replacen('\n', "\naliases = [\"/old/\", \"/older.htm\"]\n", 1);
    fs::write(site.path().join("content/plan.toml"), plan).expect("it can be written");
    let output = TempDir::new().expect("a folder for the output");
    build(site.path(), &output.path().join("public"), &[]);
    let served = Served::of(site.path(), &[]);
    let reply = served.get("old").expect("it answers");
    assert_eq!(reply.status, 302);
    assert_eq!(reply.header("Location"), Some("/old/"));
    let addresses = [
        ("old/", "old/index.html"),
        ("older.htm", "older.htm"),
        ("404.html", "404.html"),
    ];
    for (address, file) in addresses {
        let reply = served.get(address).expect("it answers");
        assert_eq!(reply.status, 200, "{address}");
        let kind = reply.header("Content-Type");
        assert_eq!(kind, Some("text/html; charset=utf-8"), "{address}");
        let bytes = fs::read(output.path().join("public").join(file)).expect("it is there");
        assert_eq!(published(&reply.text()).as_bytes(), bytes, "{address}");
    }
}

#[test]
fn an_address_without_a_page_says_so_and_leads_home() {
    let site = site("title = \"Our plans\"\n");
    let served = Served::of(site.path(), &[]);
    let reply = served.get("<b>gone</b>/").map(|reply| reply.status);
    assert!(matches!(reply, Some(400 | 404)), "{reply:?}");
    let reply = served.get("gone/").expect("it answers");
    assert_eq!(reply.status, 404);
    let text = reply.text();
    assert!(text.contains("Nothing is at this address"), "{text}");
    assert!(text.contains("<a href=\"/\">Our plans</a>"), "{text}");
    // It follows too: the page may come.
    assert!(text.contains("/__planpress/preview.js"), "{text}");
    fs::write(
        site.path().join("content/gone.toml"),
        PLAN.replace("Plan", "Back"),
    )
    .expect("it can be written");
    until("the new plan has a page", || {
        served.get("gone/").is_some_and(|reply| reply.status == 200)
    });
}

#[test]
fn a_plan_that_is_not_published_has_a_page_and_stands_on_no_other() {
    let site = site("");
    let served = Served::of(site.path(), &[]);
    let page = served.get("secret/").expect("it answers");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("<h1>Secret plan"), "{}", page.text());
    let home = served.get("").expect("it answers").text();
    assert!(!home.contains("Secret"), "{home}");
    let plans = served
        .target(b"/__planpress/plans")
        .expect("it answers")
        .text();
    assert!(plans.contains("\"Secret plan\""), "{plans}");
    assert!(plans.contains("\"/secret/\""), "{plans}");
    assert!(plans.contains("not published"), "{plans}");
    assert!(!plans.contains("\"Plan\""), "{plans}");
}

#[test]
fn with_a_plan_as_the_home_page_the_others_can_still_be_reached() {
    let site = site("home = \"plan\"\n");
    fs::write(
        site.path().join("content/other.toml"),
        PLAN.replace("\"Plan\"", "\"Other\""),
    )
    .expect("it can be written");
    let served = Served::of(site.path(), &[]);
    let plans = served
        .target(b"/__planpress/plans")
        .expect("it answers")
        .text();
    assert!(plans.contains("\"/other/\""), "{plans}");
    assert!(plans.contains("not on the home page"), "{plans}");
}

#[test]
fn a_page_moves_on_when_the_site_is_to_stand_elsewhere() {
    let site = site("");
    let served = Served::of(site.path(), &[]);
    assert_eq!(served.get("plan/").expect("it answers").status, 200);
    served.save(
        "planpress.toml",
        "base_url = \"https://example.org/plans/\"\n",
    );
    until("the old address leads to the new one", || {
        let reply = served.get("plan/").expect("it answers");
        reply.header("Location") == Some("/plans/plan/")
    });
    until("the new address is told", || {
        served
            .said()
            .contains(&format!("now at http://{}/plans/", served.address))
    });
    served.save("planpress.toml", "");
    until("it leads back", || {
        let reply = served.get("plans/plan/").expect("it answers");
        reply.header("Location") == Some("/plan/")
    });
    let home = served.get("plans/").expect("it answers");
    assert_eq!(home.header("Location"), Some("/"));
}

#[test]
fn what_is_wrong_with_a_page_is_told_before_anyone_opens_it() {
    let site = site("");
    let served = Served::of(site.path(), &[]);
    served.save("templates/plan.html", "{{ plan.titel }}");
    until("the terminal says it", || {
        served
            .said()
            .contains("templates/plan.html: 1 error: templates/plan.html:1: ")
    });
    let findings = served
        .target(b"/__planpress/findings")
        .expect("it answers")
        .text();
    assert!(findings.contains("titel"), "{findings}");
    served.save(
        "templates/plan.html",
        "{% extends \"parent/plan.html\" %}{% block x %}",
    );
    until("the new error is told", || {
        let findings = served
            .target(b"/__planpress/findings")
            .expect("it answers")
            .text();
        findings.contains("block x") && !findings.contains("titel")
    });
}

#[test]
fn a_site_that_is_moved_away_stays_as_it_was_until_it_is_back() {
    let folder = TempDir::new().expect("a folder");
    let (root, away) = (folder.path().join("site"), folder.path().join("away"));
    fs::rename(site("").keep(), &root).expect("it can be renamed");
    let served = Served::of(&root, &[]);
    fs::rename(&root, &away).expect("it can be renamed");
    until("it is said", || {
        served.said().contains("Without planpress.toml: 1 error")
    });
    let page = served.get("plan/").expect("it answers");
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Speak."), "{}", page.text());
    let findings = served
        .target(b"/__planpress/findings")
        .expect("it answers")
        .text();
    assert!(
        findings.contains("planpress.toml was moved away"),
        "{findings}"
    );
    fs::write(
        away.join("content/plan.toml"),
        PLAN.replace("Speak.", "Speak up."),
    )
    .expect("it can be written");
    fs::rename(&away, &root).expect("it can be renamed");
    until("what was changed meanwhile is seen", || {
        served
            .get("plan/")
            .is_some_and(|page| page.text().contains("Speak up."))
    });
    let state = served
        .target(b"/__planpress/state")
        .expect("it answers")
        .text();
    assert!(state.contains("\"errors\":0"), "{state}");
}

#[test]
fn what_came_and_what_went_is_named() {
    let site = site("");
    let served = Served::of(site.path(), &[]);
    fs::rename(
        site.path().join("content/plan.toml"),
        site.path().join("content/plan 2.toml"),
    )
    .expect("it can be renamed");
    until("both are named", || {
        let said = served.said();
        said.contains("content/plan 2.toml") && said.contains("ithout content/plan.toml")
    });
    assert!(
        served
            .said()
            .contains("this file's name cannot be part of an address")
    );
}

#[test]
fn nothing_is_written() {
    let site = site("");
    let before = files(site.path());
    let served = Served::of(site.path(), &[]);
    served.get("plan/").expect("it answers");
    let place = site.path().join("content/plan.toml");
    fs::write(&place, PLAN.replace("Speak.", "Speak up.")).expect("it can be written");
    until("the page follows", || {
        served
            .get("plan/")
            .is_some_and(|page| page.text().contains("Speak up."))
    });
    fs::write(&place, PLAN).expect("it can be written");
    drop(served);
    assert_eq!(files(site.path()), before);
}

#[test]
fn a_rebuild_is_one_line_and_a_touch_or_our_own_reading_is_none() {
    let site = site("");
    let served = Served::of(site.path(), &[]);
    until("it said all that it has to say", || {
        served.said().contains("Ctrl-C")
    });
    let beginning = served.said();
    served.get("plan/").expect("it answers");
    served.save("content/plan.toml", PLAN);
    served.save("content/plan.toml", &PLAN.replace("Speak.", "Speak up."));
    until("the change is told", || {
        served.said().contains("content/plan.toml")
    });
    until("the page follows", || {
        served
            .get("plan/")
            .is_some_and(|page| page.text().contains("Speak up."))
    });
    served.save("content/plan.toml", &PLAN.replace("Speak.", "Speak up."));
    fs::write(site.path().join("content/plan.toml~"), PLAN).expect("it can be written");
    // Seen after whatever would have come of the others.
    served.save("content/later.txt", "Later");
    until("the later change is told", || {
        served.said().contains("later.txt")
    });
    let said = served.said();
    let lines: Vec<&str> = said[beginning.len()..].lines().collect();
    assert!(
        lines[0].starts_with("content/plan.toml: no errors, no warnings ("),
        "{said}"
    );
    assert!(lines[1].starts_with("content/later.txt: "), "{said}");
    assert_eq!(lines.len(), 2, "{said}");
}

#[test]
fn broken_content_starts_all_the_same_and_says_what_to_mend() {
    let site = site("");
    fs::write(
        site.path().join("content/plan.toml"),
        "title = \"<b>Plan\nobjectivs = 1\n",
    )
    .expect("it can be written");
    let served = Served::of(site.path(), &[]);
    let page = served.get("plan/").expect("it answers").text();
    assert!(page.contains("This page cannot be shown yet"), "{page}");
    assert!(page.contains("content/plan.toml:1"), "{page}");
    assert!(
        page.contains("&lt;b&gt;Plan") && !page.contains("<b>Plan"),
        "{page}"
    );
    let state = served
        .target(b"/__planpress/state?page=%2Fplan%2F")
        .expect("it answers");
    assert!(!state.text().contains("\"errors\":0"), "{}", state.text());
    fs::write(site.path().join("content/plan.toml"), PLAN).expect("it can be written");
    until("the page appears", || {
        served
            .get("plan/")
            .is_some_and(|page| page.text().contains("Speak."))
    });
    let state = served
        .target(b"/__planpress/state?page=%2Fplan%2F")
        .expect("it answers");
    assert!(state.text().contains("\"errors\":0"), "{}", state.text());
}
