//! What came of making the files of a plan, kept small: there is one for every plan until the build is
//! done, and in the note that it leaves.

use serde::{Deserialize, Serialize};

use super::walk::{Link, Pages};
use crate::diagnostic::Diagnostic;

/// What tells all that files are made of from anything else that they might be (BLAKE3, of 128 bits).
pub type Key = [u8; 16];

/// The files of a plan at one address, made.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Made {
    /// Of all that they are made of.
    pub key: Key,
    /// True where they name a plan before or after this one.
    pub names_others: bool,
    /// True where a page is among them.
    pub has_page: bool,
    /// What few pages have.
    rest: Option<Box<Rest>>,
}

/// What is to be said or looked up of a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Rest {
    findings: Box<[Diagnostic]>,
    links: Box<[Link]>,
}

impl Made {
    /// Files that are made of this, with what was found and which pages were made of it.
    pub fn new(key: Key, names_others: bool, findings: Vec<Diagnostic>, pages: Pages) -> Self {
        let Pages { made, links } = pages;
        let has_rest = !(findings.is_empty() && links.is_empty());
        Self {
            key,
            names_others,
            has_page: made > 0,
            rest: has_rest.then(|| {
                let (findings, links) = (findings.into(), links.into());
                Box::new(Rest { findings, links })
            }),
        }
    }

    /// What was found on the page.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.rest.iter().flat_map(|rest| &rest.findings)
    }

    /// The links from the page that can only be checked at the end.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.rest.iter().flat_map(|rest| &rest.links)
    }
}

/// What was made of the plans.
#[derive(Debug, Default)]
pub struct MadePlans {
    /// By plan: at its own address. `None` for one that waits for the second pass.
    pub plans: Vec<Option<Made>>,
    /// The plan that is the home page, there.
    pub home: Option<Made>,
}

impl MadePlans {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Made> {
        self.plans.iter().flatten().chain(&self.home)
    }
}
