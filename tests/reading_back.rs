//! Finished pages, read back: both ways of reading them see the same, and the pages of the default
//! theme are read the quick way.

#[path = "sites_runner/copy.rs"]
mod copy;

use std::path::{Path, PathBuf};

use copy::copied;
use planpress::audit::{self, Audit, Reading, Seen, Terms};
use planpress::build::{self, Options};
use planpress::render::Page;
use planpress::site::route::{BaseUrl, OutputPath};
use planpress::source::OWN_LAYER;
use tempfile::TempDir;
use walkdir::WalkDir;

/// The sites of this repository.
fn sites() -> Vec<String> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut sites: Vec<String> = WalkDir::new(fixtures)
        .min_depth(1)
        .max_depth(1)
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the fixtures can be listed"))
        .map(|entry| format!("tests/sites/{}", entry.file_name().to_string_lossy()))
        .map(|folder| match Path::new(&folder).join("site") {
            inner if inner.exists() => format!("{folder}/site"),
            _ => folder,
        })
        .collect();
    sites.push(String::new());
    sites
}

/// The pages that a site publishes; none where it has errors.
fn pages(site: &TempDir, portable: bool) -> Vec<(PathBuf, Page)> {
    let options = Options {
        root: site.path().to_owned(),
        portable,
        ..Options::default()
    };
    let output = site.path().join("published");
    if !matches!(build::publish(&options, Some(&output)), Ok(report) if report.published.is_some())
    {
        return Vec::new();
    }
    let files = WalkDir::new(&output).into_iter().flatten();
    let html = files.filter(|entry| {
        entry
            .path()
            .extension()
            .is_some_and(|ending| ending == "html")
    });
    html.map(|entry| {
        let below = entry.path().strip_prefix(&output).expect("it lies there");
        let below = below.to_str().expect("it is Unicode").replace('\\', "/");
        let page = Page {
            path: OutputPath::new(below).expect("it was published there"),
            bytes: std::fs::read(entry.path()).expect("it can be read"),
        };
        (entry.path().to_owned(), page)
    })
    .collect()
}

fn audited(page: &Page, reading: Reading) -> Audit {
    let terms = Terms {
        reading,
        base: &BaseUrl::parse("https://example.org/plans/").expect("it is an address"),
        portable: true,
        is_there: &|_| false,
        anchors: None,
    };
    audit::audit(page, "content/plan.toml", Seen::InItsPlace, terms)
}

#[test]
fn every_page_is_read_alike_in_both_ways() {
    let mut links = 0;
    for site in sites() {
        let site = copied(&site);
        for (path, page) in pages(&site, false) {
            let full = audited(&page, Reading::Full);
            assert_eq!(audited(&page, Reading::Quick), full, "{}", path.display());
            links += full.references.len();
        }
    }
    assert!(links > 500, "there are only {links} links");
}

#[test]
fn pages_of_the_default_theme_are_read_the_quick_way() {
    let mut read = 0;
    for root in sites() {
        let site = copied(&root);
        let own = OWN_LAYER.iter().chain(&["themes", "frozen"]);
        if own
            .into_iter()
            .any(|folder| !root.is_empty() && site.path().join(folder).exists())
        {
            continue;
        }
        for (path, page) in pages(&site, root.is_empty()) {
            assert!(audit::is_plain(&page.bytes), "{root}: {}", path.display());
            read += 1;
        }
    }
    assert!(read > 60, "only {read} pages were published");
}
