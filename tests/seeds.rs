//! The two real plans stand whole on their pages: what the associations published before planpress
//! (`tests/seeds/*.txt`) against what the program makes of `content/`.

#[path = "seeds/ala.rs"]
mod ala;
#[path = "seeds/alcts.rs"]
mod alcts;
#[path = "seeds/page.rs"]
mod page;
#[path = "seeds/seed.rs"]
mod seed;

use std::process::Command;
use std::sync::LazyLock;

use page::{Page, once_and_in_order, words};

/// The pages of this repository's own site, built once by the real program.
struct Site {
    home: String,
    ala: String,
    alcts: String,
}

static SITE: LazyLock<Result<Site, String>> = LazyLock::new(|| {
    let output = tempfile::tempdir().map_err(|error| error.to_string())?;
    let run = Command::new(env!("CARGO_BIN_EXE_planpress"))
        .args([
            "build",
            "--strict",
            "--root",
            env!("CARGO_MANIFEST_DIR"),
            "--output",
        ])
        .arg(output.path())
        .output()
        .map_err(|error| error.to_string())?;
    // --strict makes a warning fail: the demonstration site has none.
    if !run.status.success() {
        let said = String::from_utf8_lossy(&run.stderr);
        return Err(format!(
            "the site does not build without a warning:\n{said}"
        ));
    }
    let read = |page: &str| {
        let file = output.path().join(page).join("index.html");
        std::fs::read_to_string(file).map_err(|error| format!("the page {page:?}: {error}"))
    };
    Ok(Site {
        home: read("")?,
        ala: read("ala-2025")?,
        alcts: read("alcts-2006-2011")?,
    })
});

fn site() -> &'static Site {
    SITE.as_ref().unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn assert_said<S: AsRef<str>>(element: scraper::ElementRef<'_>, sentences: &[S]) {
    assert!(!sentences.is_empty(), "nothing to look for");
    if let Err(fault) = once_and_in_order(&words(element), sentences) {
        panic!("{fault}");
    }
}

#[test]
fn a_sentence_that_is_missing_cut_doubled_or_out_of_place_is_noticed() {
    let said = |text: &str| once_and_in_order(text, &["One thing.", "Another thing."]);
    assert_eq!(said("First: One thing. Another thing."), Ok(()));
    assert!(said("One thing.").is_err());
    assert!(said("One thing. Another thing").is_err());
    assert!(said("One thing. Another thing. One thing.").is_err());
    assert!(said("Another thing. One thing.").is_err());
    assert!(said("One thing.Another thing.").is_err());
}

#[test]
fn the_home_page_lists_both_plans() {
    let home = Page::new(&site().home);
    let links: Vec<_> = ["ala-2025/", "alcts-2006-2011/"]
        .iter()
        .map(|address| words(home.one(&format!("main a[href='{address}']"))))
        .collect();
    assert!(links[0].contains("ALA Strategic Plan"), "{links:?}");
    assert!(
        links[1].contains("ALCTS Strategic Plan 2006-2011"),
        "{links:?}"
    );
}
