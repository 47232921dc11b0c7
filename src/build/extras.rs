//! The files that are made of the cards of all plans, each when it is asked for.

use super::second_pass::SecondPass;
use crate::diagnostic::{Diagnostic, Failure};
use crate::render;
use crate::site::extras::{Extra, Extras};
use crate::site::route::OutputPath;
use crate::site::{Relations, Site, feed, plan_list, sitemap};

impl SecondPass<'_> {
    /// What the site has of them.
    pub fn extras(&self, site: &Site, relations: &Relations) -> Extras {
        Extras::of(site, self.cards, relations)
    }

    /// Makes them all.
    pub(super) fn make_extras(
        &self,
        site: &Site,
        relations: &Relations,
        extras: &Extras,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut diagnostics = Vec::new();
        for (path, extra) in extras.iter() {
            match self.extra(site, relations, path, extra) {
                Ok(page) => self.walk.hand_over(&page.path, &page.bytes)?,
                Err(found) => diagnostics.push(*found),
            }
        }
        Ok(diagnostics)
    }

    /// Makes one of them.
    ///
    /// # Errors
    ///
    /// A template that uses what its context does not have.
    pub fn extra(
        &self,
        site: &Site,
        relations: &Relations,
        path: &OutputPath,
        extra: &Extra,
    ) -> Result<render::Page, Box<Diagnostic>> {
        let text = match extra {
            Extra::Robots { sitemap } => render::robots(sitemap.as_deref()),
            Extra::Sitemap(file) => {
                let context = sitemap::sitemap(site, self.cards, relations, *file);
                render::xml(site.theme, render::SITEMAP, &context)?
            }
            Extra::Feed => {
                let context = feed::feed(site, self.cards);
                render::xml(site.theme, render::FEED, &context)?
            }
            Extra::Plans => render::json(&plan_list::plan_list(site, self.cards, relations)),
        };
        Ok(render::Page {
            path: path.clone(),
            bytes: text.into_bytes(),
        })
    }
}
