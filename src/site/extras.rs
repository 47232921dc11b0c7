//! What is published beside the pages of plans, the home page, and the files of the folder and the
//! theme: what is made of the cards of all plans.
//!
//! Where a person has put a file of such a name under `content/`, theirs is published; where a
//! frozen page has one, that.

use std::collections::{BTreeMap, HashSet};

use super::old_addresses::Destination;
use super::route::OutputPath;
use super::sitemap::{self, SitemapFile};
use super::{Card, Relations, Site, feed, plan_list};
use crate::plan::slug::fold_case;

/// The names of those at the top of a site, whether this one has them or not, but for the reserved
/// ones: no old address may be there.
pub const OF_THE_SITE: &[&str] = &["robots.txt", "sitemap.xml"];

/// The names of those beside the page of a plan.
pub const OF_A_PLAN: &[&str] = &["plan.json", "plan.csv"];

/// One such file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extra {
    /// `robots.txt`, with the address of the sitemap where there is one.
    Robots { sitemap: Option<String> },
    /// `sitemap.xml`, and its parts.
    Sitemap(SitemapFile),
    /// `feed.xml`
    Feed,
    /// `plans.json`
    Plans,
    /// A page that leads on to a plan, from the address that is written so.
    Lead { written: String, plan: usize },
    /// The page at a stable address of an association without an adopted plan.
    NoneAdopted {
        written: String,
        organization: String,
    },
    /// `404.html`: what a web server shows where nothing is.
    NotFound,
}

impl Extra {
    /// True for a page that people read, which is audited like the others.
    pub fn is_page(&self) -> bool {
        matches!(
            self,
            Self::Lead { .. } | Self::NoneAdopted { .. } | Self::NotFound
        )
    }
}

/// All such files of a site, by their places in the output.
#[derive(Clone, Debug, Default)]
pub struct Extras(BTreeMap<OutputPath, Extra>);

impl Extras {
    /// What a site of these plans has.
    pub fn of(site: &Site, cards: &[Card], relations: &Relations) -> Self {
        let own: HashSet<_> = site
            .content
            .files
            .iter()
            .map(|file| &file.output)
            .chain(site.content.frozen.outputs())
            .map(|output| fold_case(output.as_str()))
            .collect();
        let mut extras = Self::default();
        let mut add = |path: &str, extra: Extra| {
            if let Some(path) = OutputPath::new(path)
                && !own.contains(&fold_case(path.as_str()))
            {
                extras.0.insert(path, extra);
            }
        };
        // A folder that is opened from a disk has no web server to show it.
        if !site.edition.portable {
            add("404.html", Extra::NotFound);
        }
        for old in &relations.old_addresses {
            let written = old.written.clone();
            let extra = match &old.to {
                Destination::Plan(plan) => Extra::Lead {
                    written,
                    plan: *plan,
                },
                Destination::NoneAdopted(organization) => Extra::NoneAdopted {
                    written,
                    organization: organization.clone(),
                },
            };
            add(old.file.as_str(), extra);
        }
        let sitemap = sitemap::files(site, cards, relations);
        let has_sitemap = !sitemap.is_empty() || own.contains(sitemap::FILE);
        let address = OutputPath::new(sitemap::FILE)
            .filter(|_| has_sitemap)
            .and_then(|file| site.config.base_url.file(&file));
        for (path, file) in sitemap {
            add(&path, Extra::Sitemap(file));
        }
        add("robots.txt", Extra::Robots { sitemap: address });
        if feed::is_there(site, cards) {
            add(feed::FILE, Extra::Feed);
        }
        add(plan_list::FILE, Extra::Plans);
        extras
    }

    /// The one at this path.
    pub fn get(&self, path: &str) -> Option<(&OutputPath, &Extra)> {
        self.0.get_key_value(&OutputPath::new(path)?)
    }

    /// All of them, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutputPath, &Extra)> {
        self.0.iter()
    }
}
