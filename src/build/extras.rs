//! The files that are made of the cards of all plans, each when it is asked for.

use super::second_pass::SecondPass;
use super::walk::Pages;
use crate::audit::Seen;
use crate::diagnostic::{Diagnostic, Failure};
use crate::render;
use crate::site::extras::{Extra, Extras};
use crate::site::route::OutputPath;
use crate::site::{self, Relations, Site};
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
            let made = self.extra(site, relations, path, extra);
            if extra.is_page() {
                diagnostics.extend(self.audit_extra(site, extra, made, pages)?);
                continue;
            }
            match made {
                Ok(page) => self.walk.hand_over(&page.path, &page.bytes)?,
                Err(found) => diagnostics.push(*found),
            }
        }
        Ok(diagnostics)
    }

    /// Audits one that is a page, and hands it over.
    pub fn audit_extra(
        &self,
        site: &Site,
        extra: &Extra,
        made: Result<render::Page, Box<Diagnostic>>,
        pages: &mut Pages,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let (owner, seen) = match extra {
            Extra::Lead { plan, .. } => {
                let plan = &self.walk.content.plans[*plan];
                (plan.path.as_str(), Seen::InItsPlace)
            }
            Extra::NotFound => (CONFIG, Seen::Anywhere(&site.config.base_url)),
            _ => (CONFIG, Seen::InItsPlace),
        };
        self.walk.examine(made, owner, seen, pages)
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
        let bytes = match extra {
            Extra::Robots => render::robots(site.sitemap().as_deref()).into_bytes(),
            Extra::Lead { written, plan } => {
                let context = site::lead(site, &self.cards[*plan], written, path);
                return render::page_in(site.theme, render::REDIRECT, &context, path);
            }
            Extra::NoneAdopted {
                written,
                organization,
            } => {
                let context =
                    site::none_adopted(site, self.cards, relations, written, organization, path);
                return render::page_in(site.theme, render::ADDRESS, &context, path);
            }
            Extra::NotFound => {
                let context = site::not_found(site, self.cards, relations, path);
                return render::page_in(site.theme, render::NOT_FOUND, &context, path);
            }
        };
        Ok(render::Page {
            path: path.clone(),
            bytes,
        })
    }
}
