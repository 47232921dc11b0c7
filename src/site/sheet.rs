//! A plan's objectives and initiatives as the rows of a table, which `plan.csv` is.
//!
//! In: a plan and its card. Out: cells of plain words, without Markdown, on one line each.

use std::borrow::Cow;

use super::route::push_fragment;
use super::{Card, Site};
use crate::plan::date::Date;
use crate::plan::model::{Objective, Plan};
use crate::plan::text::Text;

/// The heads of the columns. They are public: formulas and programs name them.
pub const COLUMNS: [&str; 15] = [
    "Domain",
    "Goal statement",
    "Code",
    "Level",
    "Group",
    "Name",
    "Text",
    "Priority",
    "Owners",
    "Start",
    "Due",
    "Outcome",
    "Note",
    "Anchor",
    "Address",
];

/// One row, as long as [`COLUMNS`].
pub type Row<'p> = [Cow<'p, str>; COLUMNS.len()];

/// One row for each objective, with those of its initiatives behind it, in file order.
pub fn sheet<'p>(site: &Site, card: &Card, plan: &'p Plan) -> Vec<Row<'p>> {
    let page = site
        .config
        .base_url
        .page(&site.content.plans[card.plan].route);
    let mut objectives = 0;
    plan.walk_objectives(&mut |_| objectives += 1);
    let mut rows = Vec::with_capacity(objectives);
    for domain in &plan.domains {
        let goal = words(&domain.goal);
        let head = match domain.heading.as_str() {
            "" => goal.clone(),
            heading => heading.into(),
        };
        let mut sheet = Sheet {
            plan,
            page: page.as_deref(),
            domain: [head, goal],
            rows: &mut rows,
        };
        sheet.add(&domain.objectives, 1);
    }
    rows
}

/// The rows of one domain.
struct Sheet<'s, 'p> {
    plan: &'p Plan,
    page: Option<&'s str>,
    domain: [Cow<'p, str>; 2],
    rows: &'s mut Vec<Row<'p>>,
}

impl<'p> Sheet<'_, 'p> {
    fn add(&mut self, objectives: &'p [Objective], level: usize) {
        for objective in objectives {
            let [domain, goal] = self.domain.clone();
            self.rows.push([
                domain,
                goal,
                objective.code.as_str().into(),
                number(level),
                plain(&objective.group),
                plain(&objective.name),
                words(&objective.text),
                self.priority(objective),
                joined(&objective.owners),
                date(&objective.start),
                date(&objective.due),
                words(&objective.outcome),
                words(&objective.note),
                objective.anchor.as_str().into(),
                self.address(objective),
            ]);
            self.add(&objective.initiatives, level + 1);
        }
    }

    /// The words of its mark, where the plan itself has words for it.
    fn priority(&self, objective: &'p Objective) -> Cow<'p, str> {
        let Some(id) = &objective.priority else {
            return Cow::default();
        };
        let mut known = self.plan.priorities.iter();
        let own = known.find(|priority| priority.id.value == id.value);
        own.map_or(&id.value, |priority| &priority.label)
            .as_str()
            .into()
    }

    /// Where it stands on the web; nothing where the site's host is not known.
    fn address(&self, objective: &Objective) -> Cow<'p, str> {
        let Some(page) = self.page else {
            return Cow::default();
        };
        let mut address = String::with_capacity(page.len() + 1 + objective.anchor.len());
        address.push_str(page);
        push_fragment(&mut address, &objective.anchor);
        address.into()
    }
}

fn plain(words: &Option<String>) -> Cow<'_, str> {
    words.as_deref().unwrap_or_default().into()
}

fn words(text: &Option<Text>) -> Cow<'_, str> {
    text.as_ref().map(Text::plain).unwrap_or_default()
}

fn joined(words: &[String]) -> Cow<'_, str> {
    match words {
        [] => Cow::default(),
        [word] => word.into(),
        _ => words.join("; ").into(),
    }
}

fn number(level: usize) -> Cow<'static, str> {
    // Hardly one stands deeper.
    match "123456789".get(level - 1..level) {
        Some(digit) => digit.into(),
        None => level.to_string().into(),
    }
}

fn date(date: &Option<Date>) -> Cow<'static, str> {
    date.as_ref().map(Date::iso).unwrap_or_default().into()
}
