//! What every page has, whatever is on it.
//!
//! In: the page itself and where it stands. Out: the part of its context that all contexts begin
//! with. Most of it is the same on many pages, and made once for them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, PoisonError};

use super::Site;
use super::context::{Common, PageInfo, Shared, SiteInfo};
use super::route::{OutputPath, Route};
use super::stand::Stand;
use crate::theme::Theme;

/// Addresses of the theme's files, by name.
type Assets = Shared<BTreeMap<String, String>>;

/// What is the same on many pages.
pub struct Commons {
    tokens: Shared<BTreeMap<String, String>>,
    /// By how the first of the files is named: then all of them are named alike.
    assets: Mutex<HashMap<String, Assets>>,
}

impl Commons {
    /// For the pages that are made with a theme.
    pub fn of(theme: &Theme) -> Self {
        Self {
            tokens: theme.tokens().clone().into(),
            assets: Mutex::default(),
        }
    }
}

impl Site<'_> {
    /// What every page has, for one that stands there.
    pub(super) fn common(&self, page: PageInfo, stand: &Stand) -> Common {
        Common {
            site: self.info(stand),
            words: self.words(&page.language).words.clone(),
            assets: self.assets(stand),
            tokens: self.commons.tokens.clone(),
            page,
        }
    }

    fn info(&self, stand: &Stand) -> SiteInfo {
        let logo = self
            .config
            .logo
            .as_ref()
            .and_then(|logo| self.content.file(&logo.value));
        SiteInfo {
            title: self.config.title.clone(),
            home: stand.to_page(&Route::home()),
            logo: logo.map(|file| stand.to_file(&file.output)),
            contact: self.config.contact.clone(),
            accessibility_statement: self.config.accessibility_statement.clone(),
        }
    }

    fn assets(&self, stand: &Stand) -> Assets {
        let mut named = self.theme.assets().iter().filter_map(|asset| {
            let file = OutputPath::new(asset.output.clone())?;
            Some((asset.name.clone(), stand.to_file(&file)))
        });
        let Some(first) = named.next() else {
            return Assets::default();
        };
        let known = self.commons.assets.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        if let Some(assets) = known.get(&first.1) {
            return assets.clone();
        }
        let address = first.1.clone();
        let all: BTreeMap<_, _> = std::iter::once(first).chain(named).collect();
        known.entry(address).or_insert(all.into()).clone()
    }
}
