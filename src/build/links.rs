//! Links from page to page, looked up when all cards are in. Those that a plan wrote were checked
//! where they stand; these are the ones that a template put together.
//!
//! The anchors of plans are on their cards. A theme's own are not kept, since that would cost
//! memory for every page: where a link leads to one, the page that it leads to is made once more.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::second_pass::SecondPass;
use super::walk::{Link, Reading};
use crate::audit::{self, Dead, Fault, Reference};
use crate::diagnostic::Diagnostic;
use crate::plan::slug::fold_case;
use crate::render;
use crate::site::extras::Extras;
use crate::site::route::Route;
use crate::site::{self, LastAsked, Relations, Site, frozen};

/// Files in which a link can lead to an element by its id.
const WITH_ANCHORS: &[&str] = &[".html", ".htm", ".svg"];

impl SecondPass<'_> {
    /// What is wrong with the links that were noted.
    pub fn dead_links<'l>(
        &self,
        site: &Site,
        relations: &Relations,
        extras: &Extras,
        links: impl Iterator<Item = &'l Link>,
    ) -> Vec<Diagnostic> {
        let mut looking = Looking {
            rest: self,
            site,
            relations,
            extras,
            mentioned: OnceCell::new(),
            by_folded_name: OnceCell::new(),
            of_plan: LastAsked::default(),
            anchors: None,
        };
        // Those into one file stand together, so that its anchors are read once and not kept.
        let mut links: Vec<&Link> = links.collect();
        links.sort_by_key(|link| link.reference.file.as_str());
        let mut diagnostics = Vec::new();
        for Link {
            page,
            owner,
            reference,
        } in links
        {
            let Some(fault) = looking.fault(page, reference) else {
                continue;
            };
            let dead = Dead {
                page,
                owner,
                reference,
            };
            let found = frozen::with_advice(
                dead.because(&fault),
                owner,
                &reference.file,
                reference.anchor.as_deref(),
            );
            if found.is_error() || !self.allows(owner, found.name) {
                diagnostics.push(found);
            }
        }
        diagnostics
    }

    /// True where an input is a plan that silences the warning of that name.
    fn allows(&self, input: &str, warning: &str) -> bool {
        let plan = self.walk.content.plan_in(input);
        plan.is_some_and(|plan| self.cards[plan].allows(warning))
    }
}

struct Looking<'l> {
    rest: &'l SecondPass<'l>,
    site: &'l Site<'l>,
    relations: &'l Relations,
    extras: &'l Extras,
    /// The plans and anchors of plans that a plan links to.
    mentioned: OnceCell<HashSet<(usize, Option<&'l str>)>>,
    /// The site's files by their names without upper and lower case.
    by_folded_name: OnceCell<HashMap<String, String>>,
    of_plan: LastAsked,
    /// Those of the last file that was made or read once more; `None` where that is no use.
    anchors: Option<(String, Option<HashSet<String>>)>,
}

impl<'l> Looking<'l> {
    fn fault(&mut self, page: &str, reference: &Reference) -> Option<Fault> {
        // The preview shows plans that are not published, too; a build has no such page.
        let own = self.rest.walk.plan_at(page);
        if own.is_some_and(|plan| !self.site.shows(&self.rest.cards[plan])) {
            return None;
        }
        let file = &reference.file;
        if let Some(plan) = self.rest.walk.plan_at(file)
            && !self.has(file)
        {
            // A plan that links to it is told so where it does.
            let is_written = self.mentioned().contains(&(plan, None));
            return (!is_written).then_some(Fault::Unpublished);
        }
        if !self.has(file) {
            return Some(if self.has(&format!("{file}/index.html")) {
                Fault::NoSlash
            } else {
                self.in_other_case(file)
                    .map_or(Fault::NoFile, Fault::OtherCase)
            });
        }
        let anchor = reference.anchor.as_ref().filter(|anchor| {
            !anchor.is_empty() && WITH_ANCHORS.iter().any(|ending| file.ends_with(ending))
        })?;
        (!self.has_anchor(file, anchor)).then_some(Fault::NoAnchor)
    }

    /// True where this build publishes a file of this name.
    fn has(&self, file: &str) -> bool {
        match self.rest.walk.plan_at(file) {
            Some(plan) => self.rest.shows(plan),
            None => self.rest.walk.has(file) || self.extras.get(file).is_some(),
        }
    }

    /// The file that the site has in its place, for a reader who does not mind the case.
    fn in_other_case(&self, file: &str) -> Option<String> {
        let by_folded_name = self.by_folded_name.get_or_init(|| {
            let content = self.rest.walk.content;
            let plans = content.plans.iter();
            let plans = plans.map(|plan| plan.route.file().to_string());
            let files = content.files.iter().map(|file| file.output.to_string());
            let assets = self.site.theme.assets().iter();
            let assets = assets.map(|asset| asset.output.clone());
            let mut names = HashMap::new();
            for name in plans.chain(files).chain(assets) {
                names.entry(fold_case(&name).into_owned()).or_insert(name);
            }
            names
        });
        by_folded_name.get(&*fold_case(file)).cloned()
    }

    /// What plans link to: each plan as a whole, too, where it is one of its anchors.
    fn mentioned(&self) -> &HashSet<(usize, Option<&'l str>)> {
        self.mentioned.get_or_init(|| {
            let cards: &'l [_] = self.rest.cards;
            let mentions = cards.iter().flat_map(|card| &card.rare.mentions);
            mentions
                .flat_map(|mention| {
                    let anchor = mention.anchor.as_deref();
                    [(mention.plan, None), (mention.plan, anchor)]
                })
                .collect()
        })
    }

    fn has_anchor(&mut self, file: &str, anchor: &str) -> bool {
        let walk = self.rest.walk;
        let plan = if file == Route::home().file().as_str() {
            self.relations.home
        } else {
            walk.plan_at(file)
        };
        if let Some(plan) = plan {
            let card = &self.rest.cards[plan];
            // A plan that names an anchor of another is checked where it does.
            if card.faulty
                || self.of_plan.has(plan, &card.anchors, anchor)
                || self.mentioned().contains(&(plan, Some(anchor)))
            {
                return true;
            }
        }
        if self.anchors.as_ref().is_none_or(|(known, _)| known != file) {
            let bytes = self.bytes(file);
            let anchors = bytes.map(|bytes| audit::anchors(&bytes));
            self.anchors = Some((file.to_owned(), anchors));
        }
        match &self.anchors {
            Some((_, Some(anchors))) => anchors.contains(anchor),
            _ => true,
        }
    }

    /// The file once more. `None` where it cannot be had as it is published: then nothing can be
    /// said of it.
    fn bytes(&self, file: &str) -> Option<Vec<u8>> {
        let (rest, walk) = (self.rest, self.rest.walk);
        if file == Route::home().file().as_str() {
            return match self.relations.home {
                Some(plan) => self.plan_page(plan, &Route::home()),
                None => {
                    let context = site::home_page(self.site, rest.cards, self.relations);
                    let page =
                        render::page(self.site.theme, render::HOME, &context, &Route::home());
                    Some(page.ok()?.bytes)
                }
            };
        }
        if let Some(plan) = walk.plan_at(file) {
            return self.plan_page(plan, &walk.content.plans[plan].route);
        }
        if let Some(file) = walk.content.file(file) {
            return Some(walk.snapshot.read(&file.path).ok()?.bytes);
        }
        let mut assets = self.site.theme.assets().iter();
        if let Some(asset) = assets.find(|asset| asset.output == file) {
            return Some(asset.bytes.clone());
        }
        let (path, extra) = self.extras.get(file)?;
        let page = rest.extra(self.site, self.relations, path, extra);
        Some(page.ok()?.bytes)
    }

    fn plan_page(&self, plan: usize, route: &Route) -> Option<Vec<u8>> {
        let (rest, walk) = (self.rest, self.rest.walk);
        let input = walk.snapshot.read(&walk.content.plans[plan].path()).ok()?;
        let reading = Reading::of(input);
        // In the preview a file may have got an error since its card was made.
        if reading.has_errors() {
            return None;
        }
        let neighbours = rest.neighbours(plan, self.relations);
        let card = &rest.cards[plan];
        let context = site::plan_page(self.site, card, &reading.plan, neighbours, route);
        let page = render::page(self.site.theme, render::PLAN, &context, route);
        Some(page.ok()?.bytes)
    }
}
