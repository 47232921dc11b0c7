//! The priorities that a plan uses, as templates see them.
//!
//! In: a plan and the theme's words. Out: each priority once, however many objectives have it.

use crate::plan::model::Plan;
use crate::site::context::*;
use crate::site::wording::pick;
use crate::theme::Words;

/// A priority that something in the plan has.
pub struct Mark {
    named: Shared<Named>,
    /// How many objectives and initiatives have it.
    count: usize,
}

/// The priorities that something in the plan has, in the order of `[[priorities]]`.
pub fn marks(plan: &Plan, words: &Words) -> Vec<Mark> {
    let mut used: Vec<(&str, usize)> = Vec::new();
    plan.walk_objectives(&mut |objective| {
        if let Some(priority) = &objective.priority {
            match used.iter_mut().find(|(id, _)| *id == priority.value) {
                Some((_, count)) => *count += 1,
                None => used.push((&priority.value, 1)),
            }
        }
    });
    let own = &plan.priorities;
    let rank = |id: &str| own.iter().position(|priority| priority.id.value == id);
    used.sort_by_key(|(id, _)| rank(id));
    let mark = |(id, count): (&str, usize)| {
        let label = match rank(id) {
            Some(place) => Phrase {
                text: own[place].label.clone(),
                lang: None,
            },
            None => pick(&words.priorities, id),
        };
        let named = Named {
            id: id.to_owned(),
            label,
        };
        Mark {
            named: named.into(),
            count,
        }
    };
    used.into_iter().map(mark).collect()
}

impl super::Writer<'_> {
    /// The priority of an objective.
    pub(super) fn mark(&self, id: &str) -> Option<Shared<Named>> {
        let mark = self.marks.iter().find(|mark| mark.named.id == id);
        mark.map(|mark| mark.named.clone())
    }

    /// What stands in the legend.
    pub(super) fn used_priorities(&self) -> Vec<PriorityInfo> {
        let used = self.marks.iter();
        used.map(|Mark { named, count }| PriorityInfo {
            id: named.id.clone(),
            label: named.label.clone(),
            count: *count,
        })
        .collect()
    }
}
