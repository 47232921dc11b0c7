//! The plan format from outside: plans as other associations would write them, built by the real
//! program, and what then stands in the HTML.
//!
//! In: a few lines of TOML. Out: the page as elements. May not look into the program: what is
//! asserted here is what the format promises to people and to other sites.

mod addresses;
mod anchors;
mod codes;
mod dates;
mod links;
mod order;
mod site;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use scraper::{ElementRef, Html, Node, Selector};
use tempfile::TempDir;

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
        site.with("planpress.toml", config)
    }

    fn with(self, path: &str, text: &str) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn run(&self, words: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_planpress"))
            .args(words)
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .output()
            .expect("the program runs")
    }

    /// Builds without an error, and gives what was said about the plans.
    fn build(&self, words: &[&str]) -> String {
        let output = self.run(&[&["build"], words].concat());
        let said = String::from_utf8(output.stderr).expect("what is printed is Unicode");
        assert_eq!(output.status.code(), Some(0), "{said}");
        said
    }

    /// Builds in vain, and gives what was said about the plans.
    fn refuse(&self) -> String {
        let output = self.run(&["build"]);
        let said = String::from_utf8(output.stderr).expect("what is printed is Unicode");
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(
            !Path::new(&self.path("public")).exists(),
            "something was published"
        );
        said
    }

    /// A published page.
    fn page(&self, path: &str) -> Page {
        let html = fs::read_to_string(self.path("public").join(path))
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        Page(Html::parse_document(&html))
    }

    fn publishes(&self, path: &str) -> bool {
        self.path("public").join(path).exists()
    }
}

/// The page of a plan on a site that has only this one.
fn page(plan: &str) -> Page {
    built(plan).0
}

/// The same, with what was said about the plan.
fn built(plan: &str) -> (Page, String) {
    let site = Site::new("title = \"Plans\"\n").with("content/plan.toml", plan);
    let said = site.build(&[]);
    (site.page("plan/index.html"), said)
}

/// What is said about a plan that has an error.
fn refused(plan: &str) -> String {
    Site::new("title = \"Plans\"\n")
        .with("content/plan.toml", plan)
        .refuse()
}

/// A page as a browser reads it.
struct Page(Html);

impl Page {
    /// All elements that a CSS selector finds, in the page's order.
    fn all(&self, css: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(css).unwrap_or_else(|error| panic!("{css}: {error}"));
        self.0.select(&selector).collect()
    }

    /// The one element that a CSS selector finds. Panics at none or several.
    fn one(&self, css: &str) -> ElementRef<'_> {
        let found = self.all(css);
        assert_eq!(found.len(), 1, "elements {css:?}");
        found[0]
    }

    fn id(&self, id: &str) -> ElementRef<'_> {
        self.one(&format!("[id='{id}']"))
    }

    fn has(&self, css: &str) -> bool {
        !self.all(css).is_empty()
    }

    /// The words of every element that a CSS selector finds.
    fn texts(&self, css: &str) -> Vec<String> {
        self.all(css).into_iter().map(text).collect()
    }

    /// An attribute of every element that a CSS selector finds and that has it.
    fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        self.all(css)
            .into_iter()
            .filter_map(|element| element.attr(name))
            .map(str::to_owned)
            .collect()
    }

    /// The anchors of the domains.
    fn domains(&self) -> Vec<String> {
        self.attributes("section.domains h3", "id")
    }

    /// The anchors of objectives and initiatives, in the list view.
    fn objectives(&self) -> Vec<String> {
        self.attributes("section.list li", "id")
    }

    /// The codes in the list view, as they are seen.
    fn codes(&self) -> Vec<String> {
        self.all("section.list a.code")
            .into_iter()
            .map(seen)
            .collect()
    }
}

/// All words of an element, hidden ones too, with single spaces.
fn text(element: ElementRef<'_>) -> String {
    single_spaced(&element.text().collect::<String>())
}

/// The words of an element that are seen.
fn seen(element: ElementRef<'_>) -> String {
    fn collect(element: ElementRef<'_>, words: &mut String) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => words.push_str(text),
                _ => {
                    if let Some(child) = ElementRef::wrap(child)
                        && child.attr("class") != Some("visually-hidden")
                    {
                        collect(child, words);
                    }
                }
            }
        }
    }
    let mut words = String::new();
    collect(element, &mut words);
    single_spaced(&words)
}

fn single_spaced(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
