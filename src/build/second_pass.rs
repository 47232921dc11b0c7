//! What can only be done when every plan's card is in: pages that name other plans, the pages made
//! of cards, and the checks between pages.

use std::collections::HashMap;
use std::io::Write;

use super::made::{Made, MadePlans};
use super::walk::{About, Pages, Walk};
use super::{Options, text_again, workers};
use crate::audit::Seen;
use crate::diagnostic::{Diagnostic, Failure, SourceText};
use crate::plan;
use crate::render;
use crate::site::extras::Extras;
use crate::site::relations::{self, Relations};
use crate::site::route::{OutputPath, Route};
use crate::site::{self, Card, Neighbours, Site};
use crate::source::CONFIG;

/// What the second pass works with.
pub struct SecondPass<'p> {
    pub options: &'p Options,
    pub walk: &'p Walk<'p>,
    pub cards: &'p [Card],
    pub config_text: &'p SourceText,
}

impl SecondPass<'_> {
    /// Makes the rest of the site. `made` is what the first pass made of each plan.
    pub fn run(&self, made: &mut MadePlans) -> Result<(Vec<Diagnostic>, usize), Failure> {
        let (relations, mut diagnostics) = self.relate();
        let mut pages = Pages::default();
        if let Some(site) = self.walk.site {
            self.plans(&relations, made)?;
            for made in made.all() {
                diagnostics.extend(made.findings().cloned());
                pages.made += usize::from(made.has_page);
            }
            let pages = &mut pages;
            // One thread makes all that is made of cards: what the one leaves is room for the next.
            let (found, extras) = workers::apart(|| self.lists(site, &relations, pages))?;
            diagnostics.extend(found);
            let links = made.all().flat_map(Made::links).chain(&pages.links);
            diagnostics.extend(self.dead_links(site, &relations, &extras, links));
            self.files(site)?;
            self.frozen_files(site)?;
        }
        Ok((diagnostics, pages.made))
    }

    /// What is made of the cards of all plans, and said of their titles.
    fn lists(
        &self,
        site: &Site,
        relations: &Relations,
        pages: &mut Pages,
    ) -> Result<(Vec<Diagnostic>, Extras), Failure> {
        let mut found = self.titles(site);
        if self.walk.config.home.is_none() && !self.cards.is_empty() {
            found.extend(self.home(site, relations, pages)?);
        }
        let extras = self.extras(site, relations);
        found.extend(self.make_extras(site, relations, &extras, pages)?);
        Ok((found, extras))
    }

    /// How the plans stand to each other.
    pub fn relate(&self) -> (Relations, Vec<Diagnostic>) {
        let texts = |path: &str| {
            if path == CONFIG {
                self.config_text.clone()
            } else {
                text_again(self.walk.snapshot, path)
            }
        };
        relations::relate(
            self.cards,
            self.walk.content,
            self.walk.config,
            self.options.unpublished,
            &texts,
        )
    }

    /// The plans before and after. One with errors may lack what a page would say of it, and a
    /// finding about that would only repeat the errors.
    pub fn neighbours(&self, plan: usize, relations: &Relations) -> Neighbours<'_> {
        let sound = |plan: Option<&usize>| {
            plan.map(|plan| &self.cards[*plan])
                .filter(|card| !card.faulty)
        };
        Neighbours {
            predecessor: sound(relations.predecessors.get(&plan)),
            successor: sound(relations.successors.get(&plan)),
        }
    }

    /// The files of plans that waited, or that were made with other neighbours than they have, and the
    /// plan that is the home page, there too.
    fn plans(&self, relations: &Relations, made: &mut MadePlans) -> Result<(), Failure> {
        let waits = |card: &&Card| {
            let neighbours = self.neighbours(card.plan, relations);
            let route = &self.walk.content.plans[card.plan].route;
            let made = made.plans[card.plan].as_ref();
            made.is_none_or(|made| made.key != self.walk.key(card, neighbours, route))
        };
        let waiting = self.cards.iter().filter(waits);
        let own = waiting.map(|card| (card, self.walk.content.plans[card.plan].route.clone()));
        let home = relations
            .home
            .map(|plan| (&self.cards[plan], Route::home()));
        let jobs: Vec<(&Card, Route)> = own.chain(home).collect();
        let progress = self.options.progress.clone().unwrap_or_default();
        progress.waiting(jobs.len());
        let done = workers::run(self.options.threads, jobs.len(), |job| {
            let (card, route) = &jobs[job];
            // The data names the plan before: it is right where the page was made without any other.
            let made = made.plans[card.plan].as_ref();
            let has_data = made.is_some_and(|made| !made.names_others);
            let with_data = !has_data && *route != Route::home();
            let neighbours = self.neighbours(card.plan, relations);
            let done = self.walk.again(card, neighbours, route, with_data);
            progress.one_more();
            done
        })?;
        progress.lists();
        for (done, (card, route)) in done.into_iter().zip(jobs) {
            if route == Route::home() {
                made.home = Some(done);
            } else {
                made.plans[card.plan] = Some(done);
            }
        }
        Ok(())
    }

    /// The home page that lists the plans.
    pub fn home(
        &self,
        site: &Site,
        relations: &Relations,
        pages: &mut Pages,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let path = Route::home().file();
        let about = About {
            owner: CONFIG,
            seen: Seen::InItsPlace,
            is_certain: &|file| self.has_page(file),
            anchors: None,
        };
        let sink = self.walk.sink;
        // Of thousands of plans the page is large, and what it is made of larger still: that is gone before
        // the page is read back.
        let handed_over = {
            let context = site::home_page(site, self.cards, relations);
            let write = |out: &mut dyn Write| render::home_to(site.theme, &context, out);
            let taken = sink.take_in_pieces(&path, &write);
            taken.map_err(|_| render::page(site.theme, render::HOME, &context, &Route::home()))
        };
        match handed_over {
            Ok(again) => {
                let bytes = again()?;
                pages.made += 1;
                Ok(self.walk.audit(&render::Page { path, bytes }, about, pages))
            }
            Err(rendered) => {
                pages.made += usize::from(rendered.is_ok());
                self.walk.examine(rendered, about, pages)
            }
        }
    }

    /// True where a plan has a page in this build, or has errors: what is wrong then is said of its file.
    pub fn shows(&self, plan: usize) -> bool {
        let card = &self.cards[plan];
        self.walk.shows(card) || card.faulty
    }

    /// True where a file is the page of such a plan.
    pub fn has_page(&self, file: &str) -> bool {
        self.walk.plan_at(file).is_some_and(|plan| self.shows(plan))
    }

    /// No two pages have one title (WCAG 2.4.2).
    pub fn titles(&self, site: &Site) -> Vec<Diagnostic> {
        let mut first: HashMap<String, &Card> = HashMap::with_capacity(self.cards.len());
        let mut diagnostics = Vec::new();
        for card in self
            .cards
            .iter()
            .filter(|card| site.shows(card) && !card.faulty)
        {
            let title = site::page_title(site, card);
            let Some(other) = first.get(&title) else {
                first.insert(title, card);
                continue;
            };
            if card.allows("duplicate-page-title") {
                continue;
            }
            let path = self.walk.content.plans[card.plan].path();
            let text = text_again(self.walk.snapshot, &path);
            diagnostics.push(
                Diagnostic::warning("duplicate-page-title", format!("`{}` is the title of another page too: {}", title, self.walk.content.plans[other.plan].path()))
                    .at(&text, plan::read_again(&text).title_span)
                    .help("In a row of browser tabs or search results the two look the same: give one a `period`, a `status` or another title."),
            );
        }
        diagnostics
    }

    /// The files under `content/` that are no plans, and the theme's own.
    fn files(&self, site: &Site) -> Result<(), Failure> {
        for file in &self.walk.content.files {
            self.walk
                .hand_over(&file.output, &self.walk.snapshot.read(&file.path)?.bytes)?;
        }
        for asset in site.theme.assets() {
            if let Some(output) = OutputPath::new(asset.output.clone()) {
                self.walk.hand_over(&output, &asset.bytes)?;
            }
        }
        Ok(())
    }
}
