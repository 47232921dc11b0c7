//! Domains, objectives and initiatives, as templates see them.

use std::borrow::Cow;

use super::Writer;
use crate::plan::anchors::LIST_PREFIX;
use crate::plan::date::Date;
use crate::plan::model::{At, Domain, Objective};
use crate::plan::text::{Text, words_html};
use crate::plan::{hanging_label, heading, hidden_in_codes};
use crate::site::context::*;
use crate::site::wording::date_words;

impl Writer<'_> {
    pub(super) fn domain<'p>(&self, domain: &'p Domain) -> DomainInfo<'p> {
        let heading = heading(domain);
        let goal = self.maybe(&domain.goal);
        // A domain with neither label nor name is headed by its goal statement, said once.
        let (heading, heading_text, goal) = match (heading.is_empty(), goal) {
            (true, Some(goal)) => {
                let words = domain.goal.as_ref().map(Text::plain);
                (goal, words.unwrap_or_default(), None)
            }
            (_, goal) => (
                Html(words_html(&heading).into_owned().into()),
                heading.into(),
                goal,
            ),
        };
        let hanging = hanging_label(domain);
        let context = hidden_in_codes(domain, self.domains).then_some(&*heading_text);
        let objectives = domain.objectives.iter();
        let objectives: Vec<Valued<ObjectiveInfo>> = objectives
            .map(|objective| self.objective(objective, context).into())
            .collect();
        DomainInfo {
            id: domain.anchor.as_str().into(),
            list_id: [LIST_PREFIX, &domain.anchor].concat().into(),
            former_ids: ids(&domain.former_ids),
            label: lent(&domain.label),
            name: domain.name.as_ref().map(|name| name.value.as_str().into()),
            heading_words: match (&hanging, &domain.name) {
                (Some(_), Some(name)) => Html(words_html(&name.value)),
                _ => heading.clone(),
            },
            hanging: hanging.map(Cow::Owned),
            heading,
            goal,
            details: self.domain_details(domain),
            groups: groups(&domain.objectives, &objectives),
            objectives,
        }
    }

    fn domain_details<'p>(&self, domain: &'p Domain) -> Option<DomainDetails<'p>> {
        let details = DomainDetails {
            question: self.said(&domain.question),
            rationale: self.said(&domain.rationale),
            outcome: self.said(&domain.outcome),
            owners: owners(&domain.owners),
            note: self.said(&domain.note),
        };
        (details != DomainDetails::default()).then_some(details)
    }

    fn objective<'p>(&self, objective: &'p Objective, context: Option<&str>) -> ObjectiveInfo<'p> {
        let initiatives = objective.initiatives.iter();
        ObjectiveInfo {
            id: objective.anchor.as_str().into(),
            text: self.maybe(&objective.text),
            name: lent(&objective.name),
            code: objective.code.as_str().into(),
            code_context: context.map(|words| words.to_owned().into()),
            priority: objective
                .priority
                .as_ref()
                .and_then(|priority| self.mark(&priority.value)),
            details: self.objective_details(objective),
            initiatives: initiatives
                .map(|initiative| self.objective(initiative, context))
                .collect(),
            former_ids: ids(&objective.former_ids),
        }
    }

    fn objective_details<'p>(&self, objective: &'p Objective) -> Option<ObjectiveDetails<'p>> {
        let words = |date: &Option<Date>| date.as_ref().map(|date| date_words(&self.dates, date));
        let details = ObjectiveDetails {
            start: words(&objective.start),
            due: words(&objective.due),
            owners: owners(&objective.owners),
            outcome: self.said(&objective.outcome),
            note: self.said(&objective.note),
        };
        (details != ObjectiveDetails::default()).then_some(details)
    }

    /// A text, where a reader sees any of it.
    fn said<'p>(&self, text: &'p Option<Text>) -> Option<Html<'p>> {
        self.maybe(text).filter(|html| !html.0.is_empty())
    }
}

fn lent(words: &Option<String>) -> Option<Cow<'_, str>> {
    words.as_deref().map(Cow::Borrowed)
}

fn ids(ids: &[At<String>]) -> Vec<Cow<'_, str>> {
    ids.iter().map(|id| id.value.as_str().into()).collect()
}

fn owners(owners: &[String]) -> Vec<Cow<'_, str>> {
    owners.iter().map(|owner| owner.as_str().into()).collect()
}

/// Objectives in runs that share a group, and their values.
fn groups<'p>(
    objectives: &'p [Objective],
    mut values: &[Valued<ObjectiveInfo<'p>>],
) -> Vec<GroupInfo<'p>> {
    let runs = objectives.chunk_by(|a, b| a.group == b.group);
    runs.map(|run| {
        let (of_run, others) = values.split_at(run.len());
        values = others;
        GroupInfo {
            name: lent(&run[0].group),
            objectives: of_run.to_vec(),
        }
    })
    .collect()
}
