//! The parts that the page has, and the navigation that lists exactly these.

use super::Writer;
use crate::plan::heading;
use crate::plan::model::{self, Domain, Plan};
use crate::site::context::*;
use crate::site::route::fragment;
use crate::site::wording::term;

impl Writer<'_> {
    pub(super) fn parts(&self, plan: &Plan) -> Parts {
        let there: Vec<&str> = crate::plan::anchors::parts(plan).collect();
        let part = |id: &str| {
            there.contains(&id).then(|| PartInfo {
                id: id.to_owned(),
                heading: term(&self.terms, id),
            })
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

    pub(super) fn navigation(&self, plan: &Plan, parts: &Parts) -> Vec<NavigationEntry> {
        let section = |section: &model::Section| NavigationEntry {
            href: fragment(&section.anchor),
            text: Phrase {
                text: section.title.value.clone(),
                lang: None,
            }
            .into(),
            children: Vec::new(),
        };
        let domain = |domain: &Domain| NavigationEntry {
            href: fragment(&domain.anchor),
            text: Phrase {
                text: match heading(domain) {
                    heading if heading.is_empty() => domain
                        .goal
                        .as_ref()
                        .map_or_else(String::new, |goal| goal.plain().into_owned()),
                    heading => heading,
                },
                lang: None,
            }
            .into(),
            children: Vec::new(),
        };
        let part = |part: &Option<PartInfo>| {
            part.as_ref().map(|part| NavigationEntry {
                href: fragment(&part.id),
                text: part.heading.clone(),
                children: Vec::new(),
            })
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
