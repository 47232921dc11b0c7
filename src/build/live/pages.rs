//! The pages of an open site that were asked for, some dozens of them.

use std::sync::{Arc, Mutex, PoisonError};

use crate::build::sink::Sink;
use crate::build::walk::Link;
use crate::diagnostic::{Diagnostic, Failure};
use crate::site::route::OutputPath;
use crate::theme::{Asset, Theme};

/// How many pages are kept: as many as a person has tabs.
pub const KEPT_PAGES: usize = 48;

/// What a page is made of. Where this is the same, the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ingredients {
    /// Settings, theme, list of files.
    pub frame: u64,
    /// The plan; for the home page the cards of all plans.
    pub plans: u64,
    /// The plans before and after, where there are such.
    pub neighbours: [Option<u64>; 2],
}

/// A page as it is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The bytes that a build would publish. `None` where the plan never was without an error.
    pub bytes: Option<Arc<[u8]>>,
    /// Changes with the bytes.
    pub digest: String,
    /// Changes with the bytes, but not with the names of stylesheets in them.
    pub content_digest: String,
    /// What was found when the page was made.
    pub findings: Vec<Diagnostic>,
    /// Links from it into other pages. Whether they lead somewhere changes without this page.
    pub(super) links: Vec<Link>,
    /// The digest of the theme that the bytes were made with.
    pub(super) theme: String,
}

/// A page that was made just now.
#[derive(Default)]
pub struct FreshPage {
    pub bytes: Option<Vec<u8>>,
    pub findings: Vec<Diagnostic>,
    pub links: Vec<Link>,
}

impl Shown {
    /// A page that was made, in whole or in part with this theme.
    pub fn new(made: FreshPage, theme: &Theme) -> Self {
        let (digest, content_digest) = match &made.bytes {
            Some(bytes) => (
                digest(bytes),
                digest(&without_stylesheets(bytes, theme.assets())),
            ),
            None => ("none".to_owned(), "none".to_owned()),
        };
        Self {
            bytes: made.bytes.map(Arc::from),
            digest,
            content_digest,
            findings: made.findings,
            links: made.links,
            theme: theme.digest().to_owned(),
        }
    }

    /// True where the page has a part in what is found in the site.
    pub fn has_findings(&self) -> bool {
        !(self.findings.is_empty() && self.links.is_empty())
    }
}

/// A short digest, for telling two states apart.
fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..16].to_owned()
}

/// The page with the stylesheets' names instead of their content-hashed ones.
fn without_stylesheets(bytes: &[u8], assets: &[Asset]) -> Vec<u8> {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    for asset in assets.iter().filter(|asset| asset.name.ends_with(".css")) {
        text = text.replace(&asset.output, &asset.name);
    }
    text.into_bytes()
}

/// The pages that were asked for last.
#[derive(Default)]
pub struct KeptPages {
    /// The one asked for last stands last.
    pages: Vec<(OutputPath, Ingredients, Arc<Shown>)>,
}

impl KeptPages {
    /// A page, if it is kept: as it was last made, and what of.
    pub fn get(&mut self, path: &OutputPath) -> Option<(Ingredients, Arc<Shown>)> {
        let at = self.pages.iter().position(|(known, ..)| known == path)?;
        let page = self.pages.remove(at);
        let found = (page.1, page.2.clone());
        self.pages.push(page);
        Some(found)
    }

    /// Keeps a page.
    pub fn put(&mut self, path: OutputPath, of: Ingredients, shown: Arc<Shown>) {
        self.pages.retain(|(known, ..)| *known != path);
        if self.pages.len() == KEPT_PAGES {
            self.pages.remove(0);
        }
        self.pages.push((path, of, shown));
    }

    /// True where something was found when the page was last made.
    pub fn had_findings(&self, path: &OutputPath) -> bool {
        let mut pages = self.pages.iter();
        pages.any(|(known, _, shown)| known == path && shown.has_findings())
    }

    /// Every page that is kept.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, Ingredients, &Shown)> {
        self.pages
            .iter()
            .map(|(path, of, shown)| (path, *of, &**shown))
    }
}

/// Keeps what is handed over: one page.
#[derive(Default)]
pub struct Memory {
    page: Mutex<Option<Vec<u8>>>,
}

impl Memory {
    /// What was handed over last.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        self.page
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn take(&self, _: &OutputPath, bytes: &[u8]) -> Result<(), Failure> {
        *self.page.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes.to_owned());
        Ok(())
    }
}
