//! From plans and cards to addresses and template contexts.
//!
//! In: a plan, the site's settings and the cards of the plans that its page names; or all cards.
//! Out: routes, relations, navigation, contexts. Writes no HTML of its own, and is the only room
//! that joins addresses.

mod anchors;
pub mod card;
mod common;
pub mod config;
pub mod context;
pub mod data;
pub mod extras;
pub mod feed;
pub mod files;
pub mod frozen;
mod home_page;
pub mod keys;
mod lead;
mod linked_data;
mod links;
mod listing;
pub mod lock;
mod not_found;
pub mod old_addresses;
mod open_graph;
pub mod plan_list;
mod plan_page;
mod references;
pub mod relations;
pub mod route;
pub mod sheet;
pub mod sitemap;
pub mod stand;
mod wording;

use std::sync::Arc;

pub use anchors::{Anchors, LastAsked};
pub use card::Card;
pub use config::Config;
pub use files::ContentFiles;
pub use home_page::home_page;
pub use lead::{lead, none_adopted};
pub use not_found::not_found;
pub use plan_page::{Neighbours, page_title, plan_elsewhere, plan_page};
pub use references::{check as check_references, is_image};
pub use relations::Relations;

use crate::theme::Theme;
use route::{OutputPath, Route};
use stand::{Reach, Stand};
use wording::{Wording, Wordings};

/// Which edition of the site is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// Every plan is shown, also those with `publish = false`.
    pub unpublished: bool,
    /// Links between pages name `index.html`, so that the folder can be opened from a disk.
    pub portable: bool,
}

/// What every page of the site is made with.
pub struct Site<'s> {
    pub config: &'s Config,
    pub content: &'s ContentFiles,
    pub theme: &'s Theme,
    pub edition: Edition,
    wordings: Wordings,
    commons: common::Commons,
    own_data: data::OwnData<'s>,
}

impl<'s> Site<'s> {
    /// A site of these parts.
    pub fn new(
        config: &'s Config,
        content: &'s ContentFiles,
        theme: &'s Theme,
        edition: Edition,
    ) -> Self {
        Self {
            config,
            content,
            theme,
            edition,
            wordings: Wordings::default(),
            commons: common::Commons::of(theme),
            own_data: data::OwnData::among(content),
        }
    }

    /// True where the plan has a page in this build.
    pub fn shows(&self, card: &Card) -> bool {
        self.edition.unpublished || card.publish
    }

    /// The theme's words in a language; made once for each.
    pub fn words(&self, language: &str) -> Arc<crate::theme::Words> {
        self.wordings.of(self.theme, language).words.clone()
    }

    /// The same with what is said in them.
    fn wording(&self, language: &str) -> Arc<Wording> {
        self.wordings.of(self.theme, language)
    }

    /// True where the theme publishes a file of this name.
    pub fn has_asset(&self, file: &str) -> bool {
        self.theme.assets().iter().any(|asset| asset.output == file)
    }

    /// How the page at this route names the others.
    pub fn stand(&self, page: &Route) -> Stand<'s> {
        self.stand_of(&page.file())
    }

    /// How the page in this file names the others.
    pub fn stand_of(&self, file: &OutputPath) -> Stand<'s> {
        let reach = if self.edition.portable {
            Reach::Portable
        } else {
            Reach::Relative
        };
        Stand::of(file, reach)
    }

    /// How a file that leaves the site names its pages: by their whole addresses, where they are
    /// known; else as the home page does, beside which such files lie.
    fn outside(&self) -> Stand<'s> {
        let home = Route::home();
        if self.config.base_url.has_host() {
            Stand::of(&home.file(), Reach::Whole(&self.config.base_url))
        } else {
            self.stand(&home)
        }
    }
}
