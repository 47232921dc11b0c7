//! One plan's way through the rooms.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::inputs::lacking_language;
use super::made::{Key, Made};
use super::memo::Past;
use super::sink::Sink;
use crate::audit::{self, Reference, Seen};
use crate::diagnostic::{Diagnostic, Failure, SourceText};
use crate::plan::language::Language;
use crate::plan::model::Organization;
use crate::plan::{self, Plan};
use crate::render;
use crate::site::data::{self, Data, DataFile};
use crate::site::route::{OutputPath, Route};
use crate::site::{
    self, Anchors, Card, Config, ContentFiles, Neighbours, Site, feed, frozen, sheet,
};
use crate::source::{Input, Snapshot};

/// What the way of every plan needs.
pub struct Walk<'w> {
    pub snapshot: &'w Snapshot,
    pub config: &'w Config,
    pub content: &'w ContentFiles,
    /// `None` where the theme cannot render.
    pub site: Option<&'w Site<'w>>,
    pub sink: &'w dyn Sink,
    /// What is known of an earlier build.
    pub past: Past<'w>,
    pub in_common: InCommon,
}

/// What the cards of the plans that were walked share, since many say the same.
#[derive(Debug, Default)]
pub struct InCommon {
    associations: Mutex<HashSet<Arc<Organization>>>,
    languages: Mutex<HashSet<Language>>,
}

/// The same value, shared with the others who have it.
fn shared<T: Clone + Eq + Hash>(known: &Mutex<HashSet<T>>, value: &mut T) {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    match known.get(value) {
        Some(known) => value.clone_from(known),
        None => drop(known.insert(value.clone())),
    }
}

/// Pages that were made, and the links from them that can only be checked at the end.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    pub made: usize,
    pub links: Vec<Link>,
}

/// A link that can only be checked at the end. Those of one page share what they say of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    /// The page's file.
    pub page: Arc<str>,
    /// The input that the page is shown under.
    pub owner: Arc<str>,
    /// Where it leads.
    pub reference: Reference,
}

/// Notes links from a page that can only be checked at the end.
pub(super) fn note_links(
    page: &render::Page,
    owner: &str,
    references: Vec<Reference>,
    pages: &mut Pages,
) {
    if references.is_empty() {
        return;
    }
    let (page, owner): (Arc<str>, Arc<str>) = (page.path.as_str().into(), owner.into());
    pages
        .links
        .extend(references.into_iter().map(|reference| Link {
            page: page.clone(),
            owner: owner.clone(),
            reference,
        }));
}

/// What an audit must know of a page.
#[derive(Clone, Copy)]
pub struct About<'p> {
    /// The input that it is shown under.
    pub owner: &'p str,
    pub seen: Seen,
    /// True for files that are there as well as those in which no card has a say.
    pub is_certain: &'p dyn Fn(&str) -> bool,
    /// What on it others count on.
    pub anchors: Option<&'p Anchors>,
}

/// A plan's file, read.
pub struct Reading {
    pub source: SourceText,
    pub plan: Plan,
    diagnostics: Vec<Diagnostic>,
}

impl Reading {
    /// Reads the plan that a file holds.
    pub fn of(input: Input) -> Self {
        match input.text() {
            Ok(source) => Self::of_text(source),
            Err((source, found)) => Self::of_no_text(source, *found),
        }
    }

    /// Reads a plan that was read before, and all that is wrong with it said.
    fn again(input: Input) -> Self {
        match input.text() {
            Ok(source) => Self {
                plan: plan::read_again(&source),
                source,
                diagnostics: Vec::new(),
            },
            Err((source, found)) => Self::of_no_text(source, *found),
        }
    }

    /// What follows a byte that is no text is guesswork: say only what is sure.
    fn of_no_text(source: SourceText, found: Diagnostic) -> Self {
        Self {
            source,
            plan: Plan {
                publish: true,
                search: true,
                partial: true,
                ..Plan::default()
            },
            diagnostics: vec![found],
        }
    }

    /// True where something in the file keeps it from being published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Reads the plan that a text is.
    pub fn of_text(source: SourceText) -> Self {
        let (plan, diagnostics) = plan::read(&source);
        Self {
            source,
            plan,
            diagnostics,
        }
    }
}

/// A plan's card, and what is wrong with what the plan says.
pub struct Carded {
    pub card: Card,
    pub diagnostics: Vec<Diagnostic>,
    /// What is wrong with the files that it names.
    pub references: Vec<Diagnostic>,
}

impl Walk<'_> {
    /// Makes the card of a plan that was read.
    pub fn card(&self, index: usize, reading: &Reading) -> Carded {
        let Reading { source, plan, .. } = reading;
        let mut diagnostics = reading.diagnostics.clone();
        if let (Some(site), Some(language)) = (self.site, &plan.language) {
            diagnostics.extend(
                lacking_language(
                    site.theme,
                    &language.value,
                    &site.words(language.value.as_str()),
                )
                .map(|found| found.at(source, language.span.clone())),
            );
        }
        diagnostics.extend(frozen::changed_since(self.content, index, source));
        plan::silence(&mut diagnostics, plan);
        let mut card = Card::new(index, plan, self.content, self.config);
        if let Some(association) = &mut card.organization {
            shared(&self.in_common.associations, association);
        }
        shared(&self.in_common.languages, &mut card.language);
        let references = site::check_references(source, &card, self.content);
        card.faulty = diagnostics
            .iter()
            .chain(&references)
            .any(Diagnostic::is_error);
        Carded {
            card,
            diagnostics,
            references,
        }
    }

    /// Reads a plan again and makes its page, now that the cards it names are known; its data, too,
    /// where the first pass did not.
    pub fn again(
        &self,
        card: &Card,
        neighbours: Neighbours,
        route: &Route,
        with_data: bool,
    ) -> Result<Made, Failure> {
        let plan = || {
            let input = self.snapshot.read(&self.content.plans[card.plan].path())?;
            Ok(Reading::again(input))
        };
        self.files(card, plan, neighbours, route, with_data)
    }

    /// Makes a plan's files at one address, or finds that they were made already.
    pub fn files(
        &self,
        card: &Card,
        reading: impl FnOnce() -> Result<Reading, Failure>,
        neighbours: Neighbours,
        route: &Route,
        with_data: bool,
    ) -> Result<Made, Failure> {
        let key = self.key(card, neighbours, route);
        if let Some(known) = self.past.recall(card.plan, route, &key) {
            let data = self.site.into_iter().flat_map(|site| site.data_files(card));
            let data = data.filter(|file| with_data && file.made);
            let page = known.has_page.then(|| route.file());
            let mut files = data.map(|file| file.path).chain(page);
            if files.all(|file| self.past.is_there(self.sink, &file)) {
                return Ok(known.clone());
            }
        }
        let plan = reading()?.plan;
        if with_data {
            let neighbours = Neighbours {
                successor: None,
                ..neighbours
            };
            self.data(card, &plan, neighbours)?;
        }
        let mut pages = Pages::default();
        let findings = self.page(card, &plan, neighbours, route, &mut pages)?;
        Ok(Made::new(key, neighbours.are_any(), findings, pages))
    }

    /// Of all that a plan's files at one address are made of.
    pub fn key(&self, card: &Card, neighbours: Neighbours, route: &Route) -> Key {
        let file = |card: &Card| {
            let path = self.content.plans[card.plan].path();
            Some((card.plan, self.snapshot.digest(&path)?))
        };
        let plans = [Some(card), neighbours.predecessor, neighbours.successor];
        self.past.key(route, &plans.map(|card| file(card?)))
    }

    /// True where the plan has a page in this build.
    pub fn shows(&self, card: &Card) -> bool {
        self.site.is_some_and(|site| site.shows(card))
    }

    /// Makes a plan's page, where it has one in this build.
    pub fn page(
        &self,
        card: &Card,
        plan: &Plan,
        neighbours: Neighbours,
        route: &Route,
        pages: &mut Pages,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let Some(site) = self.site.filter(|site| site.shows(card) && !card.faulty) else {
            return Ok(Vec::new());
        };
        let frozen = self.content.frozen.page(self.content.plans[card.plan].id());
        if let Some(frozen) = frozen.filter(|frozen| frozen.route() == route) {
            return self.frozen_page(frozen, pages);
        }
        let context = site::plan_page(site, card, plan, neighbours, route);
        let rendered = render::page(site.theme, render::PLAN, &context, route);
        // The page is made again where its neighbours turn out to be others.
        let is_neighbour = |file: &str| {
            let mut shown = neighbours.all().filter(|card| self.shows(card));
            shown.any(|card| self.plan_at(file) == Some(card.plan))
        };
        let about = About {
            owner: &self.content.plans[card.plan].path(),
            seen: Seen::InItsPlace,
            is_certain: &|file| {
                file == feed::FILE && feed::is_certain(site, card) || is_neighbour(file)
            },
            anchors: Some(&card.anchors),
        };
        pages.made += usize::from(rendered.is_ok());
        self.examine(rendered, about, pages)
    }

    /// Makes a plan's files for machines, where it has a page in this build.
    fn data(&self, card: &Card, plan: &Plan, neighbours: Neighbours) -> Result<(), Failure> {
        for file in self.site.iter().flat_map(|site| site.data_files(card)) {
            if let Some(bytes) = self.data_file(card, plan, neighbours, &file) {
                self.hand_over(&file.path, &bytes)?;
            }
        }
        Ok(())
    }

    /// Makes one of them.
    pub fn data_file(
        &self,
        card: &Card,
        plan: &Plan,
        neighbours: Neighbours,
        file: &DataFile,
    ) -> Option<Vec<u8>> {
        let site = self.site.filter(|site| site.shows(card) && !card.faulty)?;
        file.made.then(|| match file.data {
            Data::Json => render::json(&data::plan_json(site, card, plan, neighbours)),
            Data::Csv => render::csv(&sheet::sheet(site, card, plan)),
        })
    }

    /// Audits a rendered page and hands it to the sink.
    pub fn examine(
        &self,
        rendered: Result<render::Page, Box<Diagnostic>>,
        about: About,
        pages: &mut Pages,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let page = match rendered {
            Ok(page) => page,
            Err(found) => return Ok(vec![*found]),
        };
        let found = self.audit(&page, about, pages);
        self.sink.take(&page.path, &page.bytes)?;
        Ok(found)
    }

    /// Audits a page, and notes its links that can only be checked at the end.
    pub fn audit(&self, page: &render::Page, about: About, pages: &mut Pages) -> Vec<Diagnostic> {
        let About {
            owner,
            seen,
            is_certain,
            anchors,
        } = about;
        let terms = audit::Terms {
            reading: self.sink.reading(),
            base: &self.config.base_url,
            portable: self.site.is_some_and(|site| site.edition.portable),
            is_there: &|file| self.is_there(file) || is_certain(file),
            anchors,
        };
        let audit = audit::audit(page, owner, seen, terms);
        note_links(page, owner, audit.references, pages);
        audit.diagnostics
    }

    /// True for a file that no card has a say in: whether a plan has a page in this build is said by
    /// its card.
    pub(super) fn is_there(&self, file: &str) -> bool {
        self.plan_at(file).is_none() && self.has(file)
    }

    /// True where the site has a file of this name, whatever the cards of all plans say.
    pub fn has(&self, file: &str) -> bool {
        file == Route::home().file().as_str()
            || self.plan_at(file).is_some()
            || Data::at(file).is_some_and(|(route, _)| self.content.plan(route).is_some())
            || self.content.file(file).is_some()
            || self.content.frozen.file(file).is_some()
            || self.site.is_some_and(|site| site.has_asset(file))
    }

    /// The plan whose page this file is.
    pub fn plan_at(&self, file: &str) -> Option<usize> {
        self.content.plan(file.strip_suffix("/index.html")?)
    }

    /// Hands a file over as it is.
    pub fn hand_over(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), Failure> {
        self.sink.take(path, bytes)
    }
}
