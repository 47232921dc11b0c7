//! What programs read of a site: the sitemap, the feed, the list of plans, and what each page says
//! of itself to search engines and to other sites.
//!
//! In: a few lines of TOML. Out: the published files as documents, read by parsers that have
//! nothing to do with planpress. `tests/browser/machines.test.js` holds the same files against
//! their schemas.

mod feed;
mod pages;
mod plans;
mod sitemap;

use std::fs;
use std::path::Path;

use planpress::build::{self, Options};
use tempfile::TempDir;

/// Settings that name a host.
const HOST: &str =
    "title = \"Plans & more\"\nlanguage = \"en-US\"\nbase_url = \"https://example.org/Pläne/\"\n";

/// A domain for plans whose domains do not matter.
const DOMAIN: &str = "[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Champion libraries.\"]\n";

/// The folder of a site. It goes when the test ends.
struct Site {
    folder: TempDir,
}

impl Site {
    /// A site with nothing but its own file.
    fn new(config: &str) -> Self {
        let site = Self {
            folder: TempDir::new().expect("a folder for the test"),
        };
        site.file("planpress.toml", config)
    }

    /// A copy of a site of this repository, with a line more at the beginning of its settings.
    fn like(root: &str, line: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
        let config = fs::read_to_string(root.join("planpress.toml")).expect("the site is there");
        let mut site = Self::new(&format!("{line}\n{config}"));
        for entry in fs::read_dir(root.join("content")).expect("it has plans") {
            let path = entry.expect("they can be listed").path();
            let name = path.file_name().expect("a file has a name");
            if path.is_file() {
                let text = fs::read_to_string(&path).expect("a plan is text");
                site = site.file(&format!("content/{}", name.to_string_lossy()), &text);
            }
        }
        site
    }

    fn file(self, path: &str, text: &str) -> Self {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// A plan with these lines at its beginning, and tables behind them.
    fn plan(self, name: &str, lines: &str, tables: &str) -> Self {
        let title = name.replace('-', " ");
        let text = format!("title = \"The plan {title}\"\n{lines}\n{tables}\n{DOMAIN}");
        self.file(&format!("content/{name}.toml"), &text)
    }

    fn build(self) -> Built {
        self.build_with(|_| {})
    }

    fn build_with(self, wish: impl FnOnce(&mut Options)) -> Built {
        let mut options = Options {
            root: self.folder.path().to_owned(),
            ..Options::default()
        };
        wish(&mut options);
        let public = self.folder.path().join("public");
        let report = build::publish(&options, Some(&public)).expect("the site can be read");
        assert!(report.published.is_some(), "{:?}", report.diagnostics);
        Built { site: self }
    }
}

/// A published site.
struct Built {
    site: Site,
}

impl Built {
    /// A published file; `None` where there is none.
    fn get(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.site.folder.path().join("public").join(path)).ok()
    }

    fn read(&self, path: &str) -> String {
        self.get(path)
            .unwrap_or_else(|| panic!("there is no {path}"))
    }
}

/// An entry of a plan's history.
fn event(event: &str, date: &str, more: &str) -> String {
    format!("[[history]]\nevent = \"{event}\"\ndate = \"{date}\"\n{more}\n")
}
