//! What is published beside the pages of plans, the home page, and the files of the folder and the
//! theme: what is made of the cards of all plans.
//!
//! Where a person has put a file of such a name under `content/`, theirs is published; where a
//! frozen page has one, that.

use std::collections::{BTreeMap, HashSet};

use super::route::OutputPath;
use super::{Card, Relations, Site};
use crate::plan::slug::fold_case;

/// One such file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extra {
    /// `robots.txt`
    Robots,
}

/// All such files of a site, by their places in the output.
#[derive(Clone, Debug, Default)]
pub struct Extras(BTreeMap<OutputPath, Extra>);

impl Extras {
    /// What a site of these plans has.
    pub fn of(site: &Site, _cards: &[Card], _relations: &Relations) -> Self {
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
        add("robots.txt", Extra::Robots);
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
