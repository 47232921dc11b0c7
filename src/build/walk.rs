//! One plan's way through the rooms.

use super::inputs::lacking_language;
use super::sink::Sink;
use crate::audit::{self, Reference};
use crate::diagnostic::{Diagnostic, Failure, SourceText};
use crate::plan::{self, Plan};
use crate::render;
use crate::site::route::{OutputPath, Route};
use crate::site::{self, Card, Config, ContentFiles, Neighbours, Site};
use crate::source::Snapshot;

/// What the way of every plan needs.
pub struct Walk<'w> {
    pub snapshot: &'w Snapshot,
    pub config: &'w Config,
    pub content: &'w ContentFiles,
    /// `None` where the theme cannot render.
    pub site: Option<&'w Site<'w>>,
    pub sink: &'w dyn Sink,
}

/// What a plan's first way came to.
pub struct Walked {
    pub card: Card,
    pub diagnostics: Vec<Diagnostic>,
    pub pages: Pages,
}

/// Pages that were made, and the links from them that can only be checked at the end.
#[derive(Default)]
pub struct Pages {
    pub made: usize,
    /// The page's file, the input it is shown under, and where the link leads.
    pub anchored: Vec<(String, String, Reference)>,
}

impl Pages {
    /// Adds the pages of another walk.
    pub fn add(&mut self, other: Self) {
        self.made += other.made;
        self.anchored.extend(other.anchored);
    }
}

impl Walk<'_> {
    /// Reads a plan and makes its card; goes on to its page where that needs no other card.
    pub fn first(&self, index: usize) -> Result<Walked, Failure> {
        let file = &self.content.plans[index];
        let (source, plan, mut diagnostics) = self.read(index)?;
        diagnostics.extend(site::check_references(
            &source,
            &plan,
            &file.id,
            self.content,
        ));
        if let (Some(site), Some(language)) = (self.site, &plan.language) {
            diagnostics.extend(
                lacking_language(
                    site.theme,
                    &language.value,
                    &site.words(language.value.as_str()),
                )
                .map(|found| found.at(&source, language.span.clone())),
            );
        }
        plan::silence(&mut diagnostics, &plan);
        let faulty = diagnostics.iter().any(Diagnostic::is_error);
        let card = Card::new(index, &plan, faulty, self.content, self.config);
        let mut pages = Pages::default();
        if !card.names_others() {
            diagnostics.extend(self.page(
                &card,
                &plan,
                Neighbours::default(),
                &file.route,
                &mut pages,
            )?);
        }
        Ok(Walked {
            card,
            diagnostics,
            pages,
        })
    }

    /// Reads a plan again and makes its page, now that the cards it names are known.
    pub fn again(
        &self,
        card: &Card,
        neighbours: Neighbours,
        route: &Route,
    ) -> Result<(Vec<Diagnostic>, Pages), Failure> {
        let (_, plan, _) = self.read(card.plan)?;
        let mut pages = Pages::default();
        let diagnostics = self.page(card, &plan, neighbours, route, &mut pages)?;
        Ok((diagnostics, pages))
    }

    fn read(&self, index: usize) -> Result<(SourceText, Plan, Vec<Diagnostic>), Failure> {
        let input = self.snapshot.read(&self.content.plans[index].path)?;
        Ok(match input.text() {
            Ok(source) => {
                let (plan, diagnostics) = plan::read(&source);
                (source, plan, diagnostics)
            }
            // What follows a byte that is no text is guesswork: say only what is sure.
            Err((source, found)) => (
                source,
                Plan {
                    publish: true,
                    search: true,
                    partial: true,
                    ..Plan::default()
                },
                vec![*found],
            ),
        })
    }

    fn page(
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
        let context = site::plan_page(site, card, plan, neighbours, route);
        self.finish(
            render::page(site.theme, render::PLAN, &context, route),
            &self.content.plans[card.plan].path,
            pages,
        )
    }

    /// Audits a rendered page and hands it to the sink.
    pub fn finish(
        &self,
        rendered: Result<render::Page, Box<Diagnostic>>,
        owner: &str,
        pages: &mut Pages,
    ) -> Result<Vec<Diagnostic>, Failure> {
        let page = match rendered {
            Ok(page) => page,
            Err(found) => return Ok(vec![*found]),
        };
        let mut audit = audit::audit(&page, owner);
        for reference in audit.references {
            if !self.has(&reference.file) {
                audit.diagnostics.push(audit::dead_reference(
                    page.path.as_str(),
                    owner,
                    &reference,
                ));
            } else if reference
                .anchor
                .as_ref()
                .is_some_and(|anchor| !anchor.is_empty())
            {
                pages
                    .anchored
                    .push((page.path.to_string(), owner.to_owned(), reference));
            }
        }
        self.sink.take(&page.path, &page.bytes)?;
        pages.made += 1;
        Ok(audit.diagnostics)
    }

    /// True where the site has a file of this name.
    fn has(&self, file: &str) -> bool {
        file == Route::home().file().as_str()
            || self.plan_at(file).is_some()
            || self.content.file(file).is_some()
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
