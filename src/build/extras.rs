//! The files that are made of the cards of all plans, each when it is asked for.

use super::second_pass::SecondPass;
use super::walk::Pages;
use crate::diagnostic::{Diagnostic, Failure};
use crate::render;
use crate::site::extras::{Extra, Extras};
use crate::site::route::OutputPath;
use crate::site::{Relations, Site};
use crate::source::CONFIG;

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
        pages: &mut Pages,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let mut diagnostics = Vec::new();
        for (path, extra) in extras.iter() {
            match self.extra(site, relations, path, extra) {
                Ok(page) => {
                    if path.as_str().ends_with(".html") {
                        diagnostics.extend(self.walk.audit_links(&page, CONFIG, pages));
                    }
                    self.walk.hand_over(&page.path, &page.bytes)?;
                }
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
        _relations: &Relations,
        path: &OutputPath,
        extra: &Extra,
    ) -> Result<render::Page, Box<Diagnostic>> {
        let bytes = match extra {
            Extra::Robots => render::robots(site.sitemap().as_deref()).into_bytes(),
        };
        Ok(render::Page {
            path: path.clone(),
            bytes,
        })
    }
}
