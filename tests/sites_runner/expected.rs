//! What is expected of a fixture, compared with what was found, or replaced by it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use scraper::{ElementRef, Html, Selector};

use crate::folder;

/// What the program made of a site.
pub struct Found {
    pub diagnostics: String,
    /// The published files, where nothing was wrong.
    pub published: Option<BTreeMap<String, Vec<u8>>>,
}

/// What a fixture's folder says.
pub struct Expected {
    folder: PathBuf,
    update: bool,
}

impl Expected {
    pub fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            update: std::env::var_os("UPDATE").is_some_and(|value| value == "1"),
        }
    }

    pub fn compare(&self, found: &Found) -> Result<(), String> {
        let diagnostics = Some(found.diagnostics.clone()).filter(|text| !text.is_empty());
        self.file("diagnostics.txt", diagnostics)?;
        let published = found.published.as_ref();
        if self.folder.join("citations.txt").exists() {
            self.file("citations.txt", published.map(citations))?;
        }
        if self.folder.join("expected").exists() {
            self.tree(published.map(pages).unwrap_or_default())?;
        }
        Ok(())
    }

    /// Compares a file that should hold this; `None` where it should not be there.
    fn file(&self, name: &str, found: Option<String>) -> Result<(), String> {
        let path = self.folder.join(name);
        let expected = fs::read_to_string(&path).ok();
        if expected == found {
            return Ok(());
        }
        if self.update {
            return match &found {
                Some(text) => write(&path, text),
                None => fs::remove_file(&path).map_err(|error| error.to_string()),
            };
        }
        Err(format!(
            "{} differs.\n\nexpected:\n{}\nfound:\n{}\nUPDATE=1 cargo test --test sites takes what was found.",
            path.display(),
            expected.as_deref().unwrap_or("(no such file)"),
            found.as_deref().unwrap_or("(no such file)")
        ))
    }

    /// Compares the folder `expected`, in which nothing else may lie.
    fn tree(&self, found: BTreeMap<String, String>) -> Result<(), String> {
        let there = folder::files(&self.folder.join("expected"));
        let names: BTreeSet<&String> = there.keys().chain(found.keys()).collect();
        let faults: Vec<String> = names
            .into_iter()
            .filter_map(|name| {
                self.file(&format!("expected/{name}"), found.get(name).cloned())
                    .err()
            })
            .collect();
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults.join("\n"))
        }
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| format!("{}: {error}", path.display()))
}

/// The pages, and a list of every file.
fn pages(published: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut names = Vec::new();
    for (name, bytes) in published {
        // The manifest holds the digests of all the others.
        names.push(without_digests(name));
        if name.ends_with(".html") {
            let html = String::from_utf8_lossy(bytes);
            pages.insert(name.clone(), without_digests(&html));
        }
    }
    names.push(String::new());
    pages.insert("files.txt".to_owned(), names.join("\n"));
    pages
}

/// `assets/style.d178e169e4.css` becomes `assets/style.DIGEST.css`.
fn without_digests(text: &str) -> String {
    let digits = |part: &str| part.len() == 10 && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = text
        .split('.')
        .map(|part| if digits(part) { "DIGEST" } else { part })
        .collect();
    parts.join(".")
}

/// Everything on the pages that has an anchor, with its code and words.
fn citations(published: &BTreeMap<String, Vec<u8>>) -> String {
    let anchored = Selector::parse("main [id]").expect("a selector");
    let mut text = String::new();
    for (name, bytes) in published
        .iter()
        .filter(|(name, _)| name.ends_with("/index.html"))
    {
        let page = Html::parse_document(&String::from_utf8_lossy(bytes));
        let _ = writeln!(text, "{name}");
        for element in page.select(&anchored) {
            let id = element.value().id().unwrap_or_default();
            let _ = writeln!(text, "  #{id} {}", words(element));
        }
    }
    text.lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

/// An item's code and first paragraph, a heading's words.
fn words(element: ElementRef) -> String {
    let own = Selector::parse(":scope > p").expect("a selector");
    let named = if element.value().name() == "li" {
        element.select(&own).next()
    } else {
        Some(element)
    };
    let text: String = named.into_iter().flat_map(|named| named.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
