//! The files that are made of the cards of all plans, each when it is asked for.

use std::borrow::Cow;
use std::io::Write;

use super::second_pass::SecondPass;
use super::walk::{About, Pages};
use crate::audit::Seen;
use crate::diagnostic::{Diagnostic, Failure};
use crate::render;
use crate::site::extras::{Extra, Extras};
use crate::site::route::OutputPath;
use crate::site::{self, Relations, Site, feed, plan_list, sitemap};
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
            if *extra == Extra::Plans {
                let plans = plan_list::plan_list(site, self.cards, relations);
                let write = |out: &mut dyn Write| render::write_json(out, &plans);
                drop(self.walk.sink.take_in_pieces(path, &write)?);
                continue;
            }
            let made = self.extra(site, relations, path, extra);
            if extra.is_page() {
                diagnostics.extend(self.audit_extra(extra, made, pages)?);
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
        extra: &Extra,
        made: Result<render::Page, Box<Diagnostic>>,
        pages: &mut Pages,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let (owner, seen) = match extra {
            Extra::Lead { plan, .. } => {
                let path = self.walk.content.plans[*plan].path();
                (Cow::Owned(path), Seen::InItsPlace)
            }
            Extra::NotFound => (CONFIG.into(), Seen::Anywhere),
            _ => (CONFIG.into(), Seen::InItsPlace),
        };
        let about = About {
            owner: &owner,
            seen,
            is_certain: &|file| self.has_page(file),
            anchors: None,
        };
        self.walk.examine(made, about, pages)
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
            Extra::Robots { sitemap } => render::robots(sitemap.as_deref()).into_bytes(),
            Extra::Sitemap(file) => {
                let context = sitemap::sitemap(site, self.cards, relations, *file);
                render::xml(site.theme, render::SITEMAP, &context)?.into_bytes()
            }
            Extra::Feed => {
                let context = feed::feed(site, self.cards);
                render::xml(site.theme, render::FEED, &context)?.into_bytes()
            }
            Extra::Plans => render::json(&plan_list::plan_list(site, self.cards, relations)),
        };
        Ok(render::Page {
            path: path.clone(),
            bytes,
        })
    }
}
