//! The parts that the page has, and the navigation that lists exactly these.

use super::Writer;
use crate::plan::heading;
use crate::plan::model::{self, Domain, Plan};
use crate::site::context::*;
use crate::site::route::fragment;

impl Writer<'_> {
    pub(super) fn parts(&self, plan: &Plan) -> Parts {
        let there: Vec<&str> = crate::plan::anchors::parts(plan).collect();
        let part = |id: &str| {
            let part = self.called.part(id).filter(|_| there.contains(&id));
            part.map(|part| part.heading.clone())
        };
        Parts {
            letter: part("letter"),
            mission: part("mission"),
            vision: part("vision"),
            values: part("values"),
            domains: part("domains"),
            matrix: part("matrix"),
            list: part("list"),
            history: part("history"),
        }
    }

    pub(super) fn navigation(&self, plan: &Plan, parts: &Parts) -> Vec<Shared<NavigationEntry>> {
        let entry = |anchor: &str, text: String| NavigationEntry {
            href: fragment(anchor),
            text: Phrase { text, lang: None }.into(),
            children: Vec::new(),
        };
        let section =
            |section: &model::Section| entry(&section.anchor, section.title.value.clone()).into();
        let domain = |domain: &Domain| {
            let words = match heading(domain) {
                heading if heading.is_empty() => domain
                    .goal
                    .as_ref()
                    .map_or_else(String::new, |goal| goal.plain().into_owned()),
                heading => heading,
            };
            entry(&domain.anchor, words)
        };
        let part = |part: &Option<Shared<PartInfo>>| {
            let part = self.called.part(&part.as_ref()?.id)?;
            Some(part.entry.clone())
        };
        let mut domains = part(&parts.domains);
        if let Some(domains) = &mut domains {
            domains.children = plan.domains.iter().map(domain).collect();
        }
        let before = plan
            .sections
            .iter()
            .filter(|section| !section.after)
            .map(section);
        let after = plan
            .sections
            .iter()
            .filter(|section| section.after)
            .map(section);
        let own = [
            part(&parts.letter),
            part(&parts.mission),
            part(&parts.vision),
            part(&parts.values),
            domains,
            part(&parts.matrix),
            part(&parts.list),
        ];
        before
            .chain(own.into_iter().flatten())
            .chain(after)
            .chain(part(&parts.history))
            .collect()
    }
}
