//! Domains, objectives, initiatives and their marks, as templates see them.

use super::Writer;
use crate::plan::anchors::LIST_PREFIX;
use crate::plan::date::Date;
use crate::plan::model::{Domain, Objective, Plan};
use crate::plan::text::{Text, words_html};
use crate::plan::{hanging_label, heading, hidden_in_codes};
use crate::site::context::*;
use crate::site::wording::pick;

use super::date_words;

impl Writer<'_> {
    pub(super) fn priority(&self, id: &str) -> Named {
        let own = self
            .priorities
            .iter()
            .find(|priority| priority.id.value == id);
        let label = match own {
            Some(priority) => Phrase {
                text: priority.label.clone(),
                lang: None,
            },
            None => pick(&self.words.priorities, id),
        };
        Named {
            id: id.to_owned(),
            label,
        }
    }

    /// The priorities that something in the plan has, in the order of `[[priorities]]`.
    pub(super) fn used_priorities(&self, plan: &Plan) -> Vec<PriorityInfo> {
        let mut used: Vec<(&str, usize)> = Vec::new();
        plan.walk_objectives(&mut |objective| {
            if let Some(priority) = &objective.priority {
                match used.iter_mut().find(|(id, _)| *id == priority.value) {
                    Some((_, count)) => *count += 1,
                    None => used.push((&priority.value, 1)),
                }
            }
        });
        let rank = |id: &str| {
            self.priorities
                .iter()
                .position(|priority| priority.id.value == id)
        };
        used.sort_by_key(|(id, _)| rank(id));
        used.into_iter()
            .map(|(id, count)| {
                let Named { id, label } = self.priority(id);
                PriorityInfo { id, label, count }
            })
            .collect()
    }

    pub(super) fn domain(&self, domain: &Domain) -> DomainInfo {
        let heading = heading(domain);
        let goal = self.maybe(&domain.goal);
        // A domain with neither label nor name is headed by its goal statement, said once.
        let (heading, heading_text, goal) = match (heading.is_empty(), goal) {
            (true, Some(goal)) => (
                goal,
                domain
                    .goal
                    .as_ref()
                    .map_or_else(String::new, |goal| goal.plain().into_owned()),
                None,
            ),
            (_, goal) => (Html(words_html(&heading)), heading, goal),
        };
        let hanging = hanging_label(domain);
        let context = hidden_in_codes(domain, self.domains).then(|| heading_text.clone());
        let objectives: Vec<Shared<ObjectiveInfo>> = domain
            .objectives
            .iter()
            .map(|objective| self.objective(objective, context.as_deref()).into())
            .collect();
        DomainInfo {
            id: domain.anchor.clone(),
            list_id: format!("{LIST_PREFIX}{}", domain.anchor),
            former_ids: domain
                .former_ids
                .iter()
                .map(|id| id.value.clone())
                .collect(),
            label: domain.label.clone(),
            name: domain.name.as_ref().map(|name| name.value.clone()),
            heading_words: match (&hanging, &domain.name) {
                (Some(_), Some(name)) => Html(words_html(&name.value)),
                _ => heading.clone(),
            },
            hanging,
            heading,
            goal,
            details: self.domain_details(domain),
            groups: groups(&objectives),
            objectives,
        }
    }

    /// A text, where a reader sees any of it.
    fn said(&self, text: &Option<Text>) -> Option<Html> {
        self.maybe(text).filter(|html| !html.0.is_empty())
    }

    fn domain_details(&self, domain: &Domain) -> Option<DomainDetails> {
        let details = DomainDetails {
            question: self.said(&domain.question),
            rationale: self.said(&domain.rationale),
            outcome: self.said(&domain.outcome),
            owners: domain.owners.clone(),
            note: self.said(&domain.note),
        };
        (details != DomainDetails::default()).then_some(details)
    }

    pub(super) fn objective(&self, objective: &Objective, context: Option<&str>) -> ObjectiveInfo {
        ObjectiveInfo {
            id: objective.anchor.clone(),
            text: self.maybe(&objective.text),
            name: objective.name.clone(),
            code: objective.code.clone(),
            code_context: context.map(str::to_owned),
            priority: objective
                .priority
                .as_ref()
                .map(|priority| self.priority(&priority.value)),
            details: self.objective_details(objective),
            initiatives: objective
                .initiatives
                .iter()
                .map(|initiative| self.objective(initiative, context))
                .collect(),
            former_ids: objective
                .former_ids
                .iter()
                .map(|id| id.value.clone())
                .collect(),
            group: objective.group.clone(),
        }
    }

    fn objective_details(&self, objective: &Objective) -> Option<ObjectiveDetails> {
        let words = |date: &Option<Date>| date.as_ref().map(|date| date_words(&self.dates, date));
        let details = ObjectiveDetails {
            start: words(&objective.start),
            due: words(&objective.due),
            owners: objective.owners.clone(),
            outcome: self.said(&objective.outcome),
            note: self.said(&objective.note),
        };
        (details != ObjectiveDetails::default()).then_some(details)
    }
}

/// Objectives in runs that share a group.
fn groups(objectives: &[Shared<ObjectiveInfo>]) -> Vec<GroupInfo> {
    objectives
        .chunk_by(|a, b| a.group == b.group)
        .map(|run| GroupInfo {
            name: run[0].group.clone(),
            objectives: run.to_vec(),
        })
        .collect()
}
