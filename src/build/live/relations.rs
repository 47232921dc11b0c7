//! How the plans of an open site stand to each other, and which of their versions are shown.

use std::collections::HashSet;

use super::{Live, plans};
use crate::build::is_about_settings;
use crate::build::sink::Nothing;
use crate::build::walk::{Reading, Walk};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::site::{self, Relations};

impl Live {
    /// True where a finding between plans stands in one of these, whose lines may have moved.
    pub(super) fn frames<'i>(&self, plans: impl Iterator<Item = &'i usize>) -> bool {
        let places = self.found_between.iter().flat_map(|found| {
            let others = found.related.iter().map(|(place, _)| place);
            found.place.iter().chain(others)
        });
        let framed: HashSet<&str> = places.map(|place| place.path()).collect();
        let mut plans = plans.map(|plan| self.frame.content.plans[*plan].path());
        !framed.is_empty() && plans.any(|path| framed.contains(path.as_str()))
    }

    /// Finds out how the plans stand to each other, and shows what is good of them; what is shown
    /// as it was, with other cards where they are made with something else now.
    pub(super) fn relate(&mut self, recard: bool) {
        self.plans.swap_pending();
        let (relations, found) = self.relations_and_findings();
        self.plans.swap_pending();
        let content = &self.frame.content;
        self.accused = found
            .iter()
            .filter(|found| found.is_error())
            .filter_map(|found| {
                let path = found.place.as_ref()?.path();
                content.plan(path.strip_prefix("content/")?.strip_suffix(".toml")?)
            })
            .collect();
        self.found_between = found;
        self.plans.show(&self.accused);
        if recard {
            self.card_again();
        }
        self.relations = if self.plans.has_pending() {
            self.relations_and_findings().0
        } else {
            relations
        };
        self.settle_home();
    }

    /// Makes the cards of plans that are shown as they were with the settings and the words of now.
    fn card_again(&mut self) {
        let site = self.frame.site(self.options.unpublished);
        let walk = self.walk(&site, &Nothing);
        let again = |(index, entry): (usize, &plans::Entry)| {
            let text = entry.text.clone().filter(|_| entry.is_pending())?;
            let path = self.frame.content.plans[index].path();
            let mut card = walk
                .card(index, &Reading::of_text(SourceText::new(path, text)))
                .card;
            // The files that it names may be gone by now, but it was good with them.
            card.faulty = self.plans.cards[index].faulty;
            Some((index, card))
        };
        let entries = self.plans.entries.iter().enumerate();
        let cards: Vec<(usize, site::Card)> = entries.filter_map(again).collect();
        for (index, card) in cards {
            self.plans.show_again(index, card);
        }
    }

    /// Leaves the home page where it was while the settings, or the plan that they name, are not
    /// to be had.
    fn settle_home(&mut self) {
        let content = &self.frame.content;
        let is_found =
            self.relations.home.is_some() || self.frame.config_as_written().home.is_none();
        self.home_is_kept = !(is_found && self.frame.config_is_good());
        if self.home_is_kept {
            let kept = self.home.as_ref().and_then(|id| content.plan(id));
            let shown = |plan: &usize| self.options.unpublished || self.plans.cards[*plan].publish;
            self.relations.home = kept.filter(shown);
        } else {
            let home = self.relations.home;
            self.home = home.map(|plan| content.plans[plan].id().to_owned());
        }
    }

    fn relations_and_findings(&self) -> (Relations, Vec<Diagnostic>) {
        let site = self.frame.site(self.options.unpublished);
        let walk = Walk {
            config: self.frame.config_as_written(),
            ..self.walk(&site, &Nothing)
        };
        let rest = self.second_pass(&walk);
        let (relations, mut found) = rest.relate();
        found.extend(rest.titles(&site));
        let known = self.found_in_folder.iter().chain(self.frame.findings());
        let in_doubt = known.chain(&found).any(is_about_settings);
        let promises = self.frame.promises.as_ref();
        found.extend(rest.lost_promises(promises, in_doubt, Severity::Warning));
        (relations, found)
    }
}
