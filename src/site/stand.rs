//! How a page names the other pages and the files of the site, from where it stands.
//!
//! Pages name each other relatively, so that the same bytes work below any address. What is shown
//! at an address that nobody knows beforehand (`404.html`), or leaves the site (a feed, a fragment
//! for another site), names them from the root of the host or by their whole address.

use super::route::{BaseUrl, OutputPath, Route, encode};

/// Where a page stands, and how it names what else there is.
#[derive(Clone, Debug)]
pub struct Stand<'s> {
    /// How many folders of the site lie around the page's file.
    depth: usize,
    reach: Reach<'s>,
}

/// How addresses are written.
#[derive(Clone, Copy, Debug, Default)]
pub enum Reach<'s> {
    /// `../ala-2025/`
    #[default]
    Relative,
    /// `../ala-2025/index.html`, for a folder that is opened from a disk.
    Portable,
    /// `/plans/ala-2025/`
    FromRoot(&'s BaseUrl),
    /// `https://example.org/plans/ala-2025/`; from the root where no host is known.
    Whole(&'s BaseUrl),
}

impl<'s> Stand<'s> {
    /// The standpoint of this file of the output.
    pub fn of(file: &OutputPath, reach: Reach<'s>) -> Self {
        Self {
            depth: file.as_str().matches('/').count(),
            reach,
        }
    }

    /// How another page is named: `../alcts-2006-2011/`.
    pub fn to_page(&self, other: &Route) -> String {
        match self.reach {
            Reach::Relative => match (self.up(), other.as_str()) {
                (up, "") if up.is_empty() => "./".to_owned(),
                (up, "") => up,
                (up, path) => format!("{up}{}/", encode(path)),
            },
            Reach::Portable => self.to_file(&other.file()),
            Reach::FromRoot(base) => base.path_to(other),
            Reach::Whole(base) => base.page(other).unwrap_or_else(|| base.path_to(other)),
        }
    }

    /// How a file of the output is named: `../assets/style.css`.
    pub fn to_file(&self, file: &OutputPath) -> String {
        match self.reach {
            Reach::Relative | Reach::Portable => format!("{}{}", self.up(), encode(file.as_str())),
            Reach::FromRoot(base) => base.path_to_file(file),
            Reach::Whole(base) => base.file(file).unwrap_or_else(|| base.path_to_file(file)),
        }
    }

    fn up(&self) -> String {
        "../".repeat(self.depth)
    }
}
