//! Where the links of a plan's texts lead, from the page that they stand on.

use super::files::ContentFiles;
use super::route::{OutputPath, Route, fragment};
use super::stand::Stand;
use crate::plan::text::{Link, Target};
use crate::source::beside;

/// A file below `content/` that a link means, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant<'c> {
    /// Another plan (or this one), as an index into the content's plans.
    Plan(usize),
    /// A file that is published as it is.
    File(&'c OutputPath),
    /// No such file; the path below `content/` that was looked for.
    Missing(String),
    /// The path leads out of `content/`.
    Outside,
}

/// Follows a relative path from the plan of that id.
pub fn follow<'c>(content: &'c ContentFiles, from: &str, path: &str) -> Meant<'c> {
    let Some(whole) = beside(from, path) else {
        return Meant::Outside;
    };
    if let Some(index) = whole.strip_suffix(".toml").and_then(|id| content.plan(id)) {
        return Meant::Plan(index);
    }
    match content.file(&whole) {
        Some(file) => Meant::File(&file.output),
        None => Meant::Missing(whole),
    }
}

/// Where the page that is being made stands, and the plan whose texts stand on it.
#[derive(Clone, Copy)]
pub struct Standpoint<'c> {
    pub content: &'c ContentFiles,
    /// The plan's id: its relative links start there.
    pub plan: &'c str,
    pub stand: &'c Stand<'c>,
    /// True where the page is the plan's own, so that its anchors are on it.
    pub own: bool,
}

impl Standpoint<'_> {
    /// Turns a link into an address relative to the page. The text was checked before, so a
    /// target that is not there is only met where nothing is published: on the plan's own page the
    /// link then leads to where it was, as on the last good page.
    pub fn href(&self, link: &Link) -> String {
        match &link.target {
            Target::Web(address) | Target::Other(address) => address.clone(),
            Target::Anchor(anchor) => match self.content.plan(self.plan) {
                Some(index) if !self.own => self.plan_href(index, Some(anchor)),
                _ => fragment(anchor),
            },
            Target::File { path, anchor } => match follow(self.content, self.plan, path) {
                Meant::Plan(index) => self.plan_href(index, anchor.as_deref()),
                Meant::File(output) => self.file_href(output, anchor.as_deref()),
                Meant::Missing(whole) if self.own => {
                    match (whole.strip_suffix(".toml"), whole.as_str()) {
                        (Some(id), _) => Route::new(id)
                            .map(|route| joined(self.stand.to_page(&route), anchor.as_deref())),
                        (None, path) => OutputPath::new(path)
                            .map(|output| self.file_href(&output, anchor.as_deref())),
                    }
                    .unwrap_or_default()
                }
                Meant::Missing(_) | Meant::Outside => String::new(),
            },
        }
    }

    fn plan_href(&self, index: usize, anchor: Option<&str>) -> String {
        joined(self.stand.to_page(&self.content.plans[index].route), anchor)
    }

    fn file_href(&self, output: &OutputPath, anchor: Option<&str>) -> String {
        joined(self.stand.to_file(output), anchor)
    }
}

fn joined(address: String, anchor: Option<&str>) -> String {
    address + &anchor.map(fragment).unwrap_or_default()
}
