//! What an open site answers: its pages and files, its plans, and what is wrong with it.
//!
//! A page is made when it is asked for, and again where anything that it is made of changed.

use std::sync::{Arc, Weak};

use super::pages::{FreshPage, Ingredients, KEPT_PAGES, Memory};
use super::{Findings, Listed, Live, Published, Shown};
use crate::build::sink::Nothing;
use crate::build::walk::{Pages, Reading};
use crate::build::workers;
use crate::diagnostic::{self, Diagnostic, SourceText};
use crate::site::data::Data;
use crate::site::old_addresses::OldAddress;
use crate::site::route::{BaseUrl, OutputPath, Route};
use crate::site::{Neighbours, Site};

/// A page that can be asked for.
#[derive(Clone, Copy)]
enum Wanted {
    Plan(usize),
    /// The plan that is the home page, there.
    HomePlan(usize),
    Home,
}

impl Live {
    /// Where the site will be published.
    pub fn base_url(&self) -> &BaseUrl {
        &self.frame.config().base_url
    }

    /// Counts the changes of files that are published as they are.
    pub fn files_version(&self) -> u64 {
        self.files_version
    }

    /// The site's title.
    pub fn title(&self) -> &str {
        &self.frame.config().title
    }

    /// A file of the output by its path there.
    pub fn file(&mut self, path: &str) -> Option<Published> {
        let path = OutputPath::new(path)?;
        if let Some(wanted) = self.wanted(&path) {
            return Some(Published::Page(self.page(&path, wanted)));
        }
        if let Some(place) = self.frame.content.frozen.file(path.as_str()) {
            return Some(Published::File(
                self.snapshot.read(&place).ok()?.bytes.into(),
            ));
        }
        if let Some(bytes) = self.data(&path) {
            return Some(Published::File(bytes.into()));
        }
        if let Some(file) = self.frame.content.file(path.as_str()) {
            let held = self.sent.get(&file.path).and_then(Weak::upgrade);
            if let Some(bytes) = held {
                return Some(Published::File(bytes));
            }
            let bytes: Arc<[u8]> = self.snapshot.read(&file.path).ok()?.bytes.into();
            self.sent.retain(|_, sent| sent.strong_count() > 0);
            self.sent.insert(file.path.clone(), Arc::downgrade(&bytes));
            return Some(Published::File(bytes));
        }
        let mut assets = self.frame.themes().flat_map(|theme| theme.assets());
        let asset = assets.find(|asset| asset.output == path.as_str());
        match asset {
            Some(asset) => Some(Published::File(asset.bytes.as_slice().into())),
            None => self.extra(&path),
        }
    }

    /// A plan's file for machines, of the plan as it is shown.
    fn data(&mut self, path: &OutputPath) -> Option<Vec<u8>> {
        let (route, _) = Data::at(path.as_str())?;
        let plan = self.frame.content.plan(route)?;
        let wanted = Wanted::Plan(plan);
        let text = self.text(wanted)?;
        let unpublished = self.options.unpublished || self.is_unpublished(wanted);
        let site = self.frame.site(unpublished);
        let card = &self.plans.cards[plan];
        let file = site.data_files(card).find(|file| file.path == *path)?;
        let source = SourceText::new(self.frame.content.plans[plan].path().as_str(), text);
        let reading = Reading::of_text(source);
        let walk = self.walk(&site, &Nothing);
        let rest = self.second_pass(&walk);
        let neighbours = rest.neighbours(plan, &self.relations);
        walk.data_file(card, &reading.plan, neighbours, &file)
    }

    /// A file that is made of the cards of all plans; where that fails with the theme as it is,
    /// with the one before.
    fn extra(&self, path: &OutputPath) -> Option<Published> {
        let unpublished = self.options.unpublished;
        let with = |site: Site| {
            let walk = self.walk(&site, &Nothing);
            let rest = self.second_pass(&walk);
            let extras = rest.extras(&site, &self.relations);
            let (path, extra) = extras.get(path.as_str())?;
            let page = rest.extra(&site, &self.relations, path, extra).ok()?;
            if !extra.is_page() {
                return Some(Published::File(page.bytes.into()));
            }
            let made = FreshPage {
                bytes: Some(page.bytes),
                ..FreshPage::default()
            };
            let shown = Shown::new(made, site.theme);
            Some(Published::Page(Arc::new(shown)))
        };
        with(self.frame.site(unpublished)).or_else(|| with(self.frame.site_before(unpublished)?))
    }

    /// Makes the pages of a site of usual size, so that what is found on them is told before
    /// someone comes upon it. Of a large site that is done as they are asked for.
    pub fn prove(&mut self) {
        let plans = &self.frame.content.plans;
        if plans.len() >= KEPT_PAGES {
            return;
        }
        let own = plans.iter().map(|plan| plan.route.file());
        let pages: Vec<OutputPath> = own.chain([Route::home().file()]).collect();
        for path in pages {
            if let Some(wanted) = self.wanted(&path) {
                self.page(&path, wanted);
            }
        }
    }

    /// True where a page has this address: a plan's, or one that leads on to it.
    pub fn has_page(&self, route: &Route) -> bool {
        let leads = |old: &OldAddress| old.file == route.file();
        self.frame.content.plan(route.as_str()).is_some()
            || self.relations.old_addresses.iter().any(leads)
    }

    /// Every plan, in the order of their files.
    pub fn plans(&self) -> impl Iterator<Item = Listed> {
        let home = self.relations.home;
        self.plans.cards.iter().map(move |card| {
            let shown = self.options.unpublished || card.publish;
            Listed {
                title: card.title.to_string(),
                route: self.frame.content.plans[card.plan].route.clone(),
                faulty: card.faulty,
                published: card.publish,
                on_home_page: shown && !card.faulty && home.is_none_or(|home| home == card.plan),
            }
        })
    }

    /// What is wrong with the site, and with the pages that were asked for.
    pub fn findings(&mut self) -> Arc<Findings> {
        if let Some(findings) = &self.findings {
            return findings.clone();
        }
        let mut list = self.found_in_folder.clone();
        list.extend(self.frame.findings().cloned());
        list.extend(self.plans.findings().cloned());
        list.extend(self.found_between.iter().cloned());
        list.extend(self.found_on_pages());
        diagnostic::sort(&mut list);
        let findings = Arc::new(Findings {
            digest: digest(&list),
            list,
        });
        self.findings = Some(findings.clone());
        findings
    }

    /// What was found on the pages that are made of what the files say now.
    fn found_on_pages(&self) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        let mut links = Pages::default();
        for (path, of, shown) in self.pages.iter() {
            let is_present = self.frame.theme_is_good()
                && self.wanted(path).is_some_and(|wanted| {
                    self.ingredients(wanted) == of && !self.is_as_it_was(wanted)
                });
            if is_present {
                list.extend(shown.findings.iter().cloned());
                links.links.extend(shown.links.iter().cloned());
            }
        }
        let site = self.frame.site(self.options.unpublished);
        let walk = self.walk(&site, &Nothing);
        let rest = self.second_pass(&walk);
        let extras = rest.extras(&site, &self.relations);
        let pages = || extras.iter().filter(|(_, extra)| extra.is_page());
        if self.frame.theme_is_good() && pages().count() < KEPT_PAGES {
            for (path, extra) in pages() {
                let made = rest.extra(&site, &self.relations, path, extra);
                // Nothing is written, so nothing can fail.
                let found = rest.audit_extra(extra, made, &mut links);
                list.extend(found.unwrap_or_default());
            }
        }
        list.extend(rest.dead_links(&site, &self.relations, &extras, links.links.iter()));
        list
    }

    /// True where the page is not of what the files say now, so that what is found on it is said
    /// of nothing that is there.
    fn is_as_it_was(&self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Plan(plan) => self.plans.present(plan).faulty,
            Wanted::HomePlan(plan) => self.home_is_kept || self.plans.present(plan).faulty,
            Wanted::Home => self.home_is_kept,
        }
    }

    fn wanted(&self, path: &OutputPath) -> Option<Wanted> {
        let file = path.as_str();
        if *path == Route::home().file() {
            return Some(self.relations.home.map_or(Wanted::Home, Wanted::HomePlan));
        }
        let index = self.frame.content.plan(file.strip_suffix("/index.html")?)?;
        Some(Wanted::Plan(index))
    }

    fn ingredients(&self, wanted: Wanted) -> Ingredients {
        let version = |plan: usize| self.plans.entries[plan].version;
        match wanted {
            Wanted::Home => Ingredients {
                frame: self.frame_version,
                plans: self.plans.cards_version,
                neighbours: [None, None],
            },
            Wanted::Plan(plan) | Wanted::HomePlan(plan) => Ingredients {
                frame: self.frame_version,
                plans: version(plan),
                neighbours: [
                    self.relations.predecessors.get(&plan),
                    self.relations.successors.get(&plan),
                ]
                .map(|plan| plan.copied().map(version)),
            },
        }
    }

    /// A page as it is shown: made anew where anything that it is made of changed.
    fn page(&mut self, path: &OutputPath, wanted: Wanted) -> Arc<Shown> {
        let of = self.ingredients(wanted);
        let kept = self.pages.get(path);
        if let Some((known, shown)) = &kept
            && *known == of
        {
            return shown.clone();
        }
        let text = self.text(wanted);
        if let (None, Wanted::Plan(_) | Wanted::HomePlan(_)) = (&text, wanted) {
            // What the file says now has not been looked at yet, or is not to be shown.
            let shown = kept.map(|(_, shown)| shown);
            return shown
                .unwrap_or_else(|| Arc::new(Shown::new(FreshPage::default(), self.frame.theme())));
        }
        let unpublished = self.options.unpublished || self.is_unpublished(wanted);
        let mut made = self.make(&self.frame.site(unpublished), wanted, text.clone());
        let failed = if self.is_as_it_was(wanted) {
            made.bytes.is_none() && !self.is_faulty(wanted)
        } else {
            made.findings.iter().any(Diagnostic::is_error)
        };
        self.frame.theme_failed |= failed;
        let has_findings = !(made.findings.is_empty() && made.links.is_empty());
        if has_findings || self.pages.had_findings(path) {
            self.findings = None;
        }
        let mut theme = self.frame.theme();
        if failed {
            let last = kept.and_then(|(_, shown)| {
                let mut themes = self.frame.themes();
                let theme = themes.find(|theme| theme.digest() == shown.theme)?;
                Some((shown.bytes.as_ref()?.to_vec(), theme))
            });
            let with_theme_before = || {
                let site = self.frame.site_before(unpublished)?;
                Some((self.make(&site, wanted, text).bytes?, site.theme))
            };
            if let Some((bytes, of)) = last.or_else(with_theme_before) {
                made.bytes = Some(bytes);
                theme = of;
            }
        }
        let shown = Arc::new(Shown::new(made, theme));
        self.pages.put(path.clone(), of, shown.clone());
        shown
    }

    /// True for a plan that never was without an error.
    fn is_faulty(&self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Plan(plan) | Wanted::HomePlan(plan) => self.plans.cards[plan].faulty,
            Wanted::Home => false,
        }
    }

    fn is_unpublished(&self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Plan(plan) => !self.plans.cards[plan].publish,
            Wanted::HomePlan(_) | Wanted::Home => false,
        }
    }

    /// The text of a plan as it is shown; `None` where that was not kept and is gone.
    fn text(&mut self, wanted: Wanted) -> Option<Arc<str>> {
        let (Wanted::Plan(plan) | Wanted::HomePlan(plan)) = wanted else {
            return None;
        };
        let entry = &self.plans.entries[plan];
        if let Some(text) = &entry.text {
            return Some(text.clone());
        }
        let path = &self.frame.content.plans[plan].path();
        let input = self.snapshot.read(path).ok()?;
        let same = entry.digest == blake3::hash(&input.bytes);
        let text = String::from_utf8(input.bytes).ok().filter(|_| same)?;
        let text: Arc<str> = text.into();
        self.plans.keep(plan, text.clone());
        Some(text)
    }

    fn make(&self, site: &Site, wanted: Wanted, text: Option<Arc<str>>) -> FreshPage {
        let memory = Memory::default();
        let walk = self.walk(site, &memory);
        let rest = self.second_pass(&walk);
        let mut pages = Pages::default();
        let made = match (wanted, text) {
            (Wanted::Home, _) => workers::apart(|| rest.home(site, &self.relations, &mut pages)),
            (Wanted::Plan(plan) | Wanted::HomePlan(plan), Some(text)) => {
                let file = &self.frame.content.plans[plan];
                let reading = Reading::of_text(SourceText::new(file.path().as_str(), text));
                let route = match wanted {
                    Wanted::HomePlan(_) => Route::home(),
                    _ => file.route.clone(),
                };
                let neighbours: Neighbours = rest.neighbours(plan, &self.relations);
                walk.page(
                    &self.plans.cards[plan],
                    &reading.plan,
                    neighbours,
                    &route,
                    &mut pages,
                )
            }
            (_, None) => Ok(Vec::new()),
        };
        FreshPage {
            findings: made.unwrap_or_default(),
            links: pages.links,
            bytes: memory.into_bytes(),
        }
    }
}

fn digest(list: &[Diagnostic]) -> String {
    let mut hasher = blake3::Hasher::new();
    for found in list {
        let place = found.place.as_ref();
        let at = place.map(|place| (place.path(), place.line_and_column()));
        hasher.update(format!("{at:?} {} {}\n", found.name, found.message).as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
