//! From plans and cards to addresses and template contexts.
//!
//! In: a plan, the site's settings and the cards of the plans that its page names; or all cards.
//! Out: routes, relations, navigation, contexts. Writes no HTML of its own, and is the only room
//! that joins addresses.

pub mod card;
pub mod config;
pub mod context;
pub mod files;
mod home_page;
pub mod keys;
mod links;
mod plan_page;
mod references;
pub mod relations;
pub mod route;
mod wording;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use card::Card;
pub use config::Config;
pub use files::ContentFiles;
pub use home_page::home_page;
pub use plan_page::{Neighbours, page_title, plan_page};
pub use references::{check as check_references, is_image};
pub use relations::Relations;

use crate::theme::Theme;
use route::{OutputPath, Route};
use wording::Wordings;

/// What every page of the site is made with.
pub struct Site<'s> {
    pub config: &'s Config,
    pub content: &'s ContentFiles,
    pub theme: &'s Theme,
    /// Built with `--unpublished`: every plan is shown.
    pub unpublished: bool,
    wordings: Wordings,
}

impl<'s> Site<'s> {
    /// A site of these parts.
    pub fn new(
        config: &'s Config,
        content: &'s ContentFiles,
        theme: &'s Theme,
        unpublished: bool,
    ) -> Self {
        Self {
            config,
            content,
            theme,
            unpublished,
            wordings: Wordings::default(),
        }
    }

    /// True where the plan has a page in this build.
    pub fn shows(&self, card: &Card) -> bool {
        self.unpublished || card.publish
    }

    /// The theme's words in a language; made once for each.
    pub fn words(&self, language: &str) -> Arc<crate::theme::Words> {
        self.wordings.of(self.theme, language)
    }

    /// True where the theme publishes a file of this name.
    pub fn has_asset(&self, file: &str) -> bool {
        self.theme.assets().iter().any(|asset| asset.output == file)
    }

    fn info(&self, page: &Route) -> context::SiteInfo {
        let logo = self
            .config
            .logo
            .as_ref()
            .and_then(|logo| self.content.file(&logo.value));
        context::SiteInfo {
            title: self.config.title.clone(),
            home: page.to_page(&Route::home()),
            logo: logo.map(|file| page.to_file(&file.output)),
            contact: self.config.contact.clone(),
            accessibility_statement: self.config.accessibility_statement.clone(),
        }
    }

    fn assets(&self, page: &Route) -> BTreeMap<String, String> {
        let relative = |output: &OutputPath| page.to_file(output);
        self.theme
            .assets()
            .iter()
            .filter_map(|asset| {
                Some((
                    asset.name.clone(),
                    relative(&OutputPath::new(asset.output.clone())?),
                ))
            })
            .collect()
    }
}
