//! The anchors of a plan's page: made from labels and names, claimed in a fixed order, unique.
//!
//! Anchors are promises: other sites, minutes and board papers cite them. So an anchor depends on
//! what a thing is called, never on what stands around it, unless two would be the same.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use foldhash::fast::RandomState;

use super::code::push_number;
use super::model::{At, Domain, Objective, Plan};
use super::reader::Reader;
use super::slug::{slug, slug_of_first_words};
use super::text::Target;
use crate::diagnostic::{Diagnostic, SourceText};

/// Anchors of the page's own parts. No plan may take one for something else.
pub const RESERVED: &[&str] = &[
    "letter", "mission", "vision", "values", "domains", "matrix", "list", "history", "top",
    "content", "contents",
];

/// What a domain's heading in the list view has before its anchor.
pub const LIST_PREFIX: &str = "list-";

fn reserved(anchor: &str) -> bool {
    RESERVED.contains(&anchor) || anchor.starts_with(LIST_PREFIX)
}

/// Who has which anchor.
struct Claims {
    taken: HashMap<String, Claim, RandomState>,
    /// The last number that was put behind an anchor to tell it from the others like it.
    numbers: HashMap<String, usize>,
}

/// An anchor's claim.
struct Claim {
    /// How many there were before it.
    number: usize,
    /// The place in the file that gave it.
    span: Range<usize>,
}

impl Claims {
    fn free(&self, anchor: &str) -> bool {
        !reserved(anchor) && !self.taken.contains_key(anchor)
    }

    fn take(&mut self, anchor: &str, span: Range<usize>) {
        let number = self.taken.len();
        self.taken.insert(anchor.to_owned(), Claim { number, span });
    }

    /// The place that gave this anchor.
    fn place(&self, anchor: &str) -> Option<Range<usize>> {
        Some(self.taken.get(anchor)?.span.clone())
    }

    /// All anchors, in the order in which they were claimed.
    fn into_order(self) -> Vec<String> {
        let mut order = vec![String::new(); self.taken.len()];
        for (anchor, Claim { number, .. }) in self.taken {
            order[number] = anchor;
        }
        order
    }

    /// Claims a derived anchor: `wanted`, else with `prefix` in front, else with a number behind.
    fn derive(
        &mut self,
        reader: &mut Reader,
        wanted: String,
        prefix: &str,
        span: Range<usize>,
    ) -> String {
        let number = self.taken.len();
        if !reserved(&wanted)
            && let Entry::Vacant(free) = self.taken.entry(wanted.clone())
        {
            free.insert(Claim { number, span });
            return wanted;
        }
        let prefixed = format!("{prefix}-{wanted}");
        let mut given = prefixed.clone();
        let mut number = self.numbers.get(&prefixed).copied().unwrap_or(1);
        while !self.free(&given) {
            number += 1;
            given = format!("{prefixed}-{number}");
        }
        self.numbers.insert(prefixed, number);
        let mut diagnostic = Diagnostic::warning(
            "anchor-collision",
            format!("the anchor `{wanted}` is taken, so this became `{given}`"),
        )
        .at(reader.source(), span.clone())
        .help(format!(
            "Give it an anchor of its own that stays: id = \"{given}\""
        ));
        if let Some(other) = self.place(&wanted) {
            diagnostic = diagnostic.also(reader.source().place(other), "this has the anchor");
        } else {
            diagnostic = diagnostic.label("the name of a part of the page");
        }
        reader.report(span.clone(), diagnostic);
        self.take(&given, span);
        given
    }
}

/// Gives every section, domain, objective and initiative its anchor.
pub fn claim(reader: &mut Reader, plan: &mut Plan) {
    let mut wanted = plan.sections.len() + plan.domains.len();
    plan.walk_objectives(&mut |_| wanted += 1);
    let mut claims = Claims {
        taken: HashMap::with_capacity_and_hasher(wanted, RandomState::default()),
        numbers: HashMap::new(),
    };
    explicit(reader, &mut claims, plan);
    for (index, section) in plan.sections.iter_mut().enumerate() {
        section.anchor = match own(&section.id) {
            Some(id) => id,
            None => {
                let wanted = or_else(slug(&section.title.value), || {
                    format!("section-{}", index + 1)
                });
                claims.derive(reader, wanted, "section", section.title.span.clone())
            }
        };
    }
    for (index, domain) in plan.domains.iter_mut().enumerate() {
        domain.anchor = match own(&domain.id) {
            Some(id) => id,
            None => claims.derive(
                reader,
                domain_slug(domain, index + 1),
                "domain",
                domain.span.clone(),
            ),
        };
    }
    for domain in &mut plan.domains {
        let citation = domain
            .label
            .as_deref()
            .map(slug)
            .filter(|slug| !slug.is_empty())
            .unwrap_or_else(|| domain.anchor.clone());
        for (index, objective) in domain.objectives.iter_mut().enumerate() {
            let wanted = step(&citation, &citation, objective, index + 1);
            claim_objective(reader, &mut claims, objective, wanted, &domain.anchor);
        }
    }
    for domain in &mut plan.domains {
        for (index, objective) in domain.objectives.iter_mut().enumerate() {
            claim_initiatives(reader, &mut claims, objective, index + 1, &domain.anchor);
        }
    }
    former(reader, &mut claims, plan);
    plan.anchors = claims.into_order();
}

/// An explicit `id`, unless it is reserved: what is made from a reserved one would never be free.
fn own(id: &Option<At<String>>) -> Option<String> {
    let id = id.as_ref()?;
    (!reserved(&id.value)).then(|| id.value.clone())
}

fn or_else(slug: String, next: impl FnOnce() -> String) -> String {
    if slug.is_empty() { next() } else { slug }
}

/// The name, else the label, else the goal's first six words, at last the position.
fn domain_slug(domain: &Domain, position: usize) -> String {
    let name = domain
        .name
        .as_ref()
        .map(|name| slug(&name.value))
        .unwrap_or_default();
    let label = || domain.label.as_deref().map(slug).unwrap_or_default();
    let goal = || {
        domain
            .goal
            .as_ref()
            .map(|goal| slug_of_first_words(&goal.plain(), 6, 48))
            .unwrap_or_default()
    };
    or_else(name, || {
        or_else(label(), || or_else(goal(), || format!("domain-{position}")))
    })
}

fn own_step(objective: &Objective, position: usize) -> String {
    or_else(
        objective.label.as_deref().map(slug).unwrap_or_default(),
        || position.to_string(),
    )
}

/// `parent-own`, where the label does not already begin with what the parent is called.
fn step(parent: &str, parent_step: &str, objective: &Objective, position: usize) -> String {
    let Some(label) = objective.label.as_deref().map(slug) else {
        return numbered(parent, position);
    };
    let beyond = |known: &str| {
        label
            .strip_prefix(known)
            .and_then(|rest| rest.strip_prefix('-'))
    };
    if !label.is_empty() && (label == parent || beyond(parent).is_some()) {
        return label;
    }
    match beyond(parent_step) {
        Some(last) => format!("{parent}-{last}"),
        None => format!("{parent}-{}", or_else(label, || position.to_string())),
    }
}

/// What has no label is known by its position.
fn numbered(parent: &str, position: usize) -> String {
    let mut step = String::with_capacity(parent.len() + 4);
    step.push_str(parent);
    step.push('-');
    push_number(&mut step, position);
    step
}

fn claim_objective(
    reader: &mut Reader,
    claims: &mut Claims,
    objective: &mut Objective,
    wanted: String,
    domain: &str,
) {
    objective.anchor = match own(&objective.id) {
        Some(id) => id,
        None => claims.derive(reader, wanted, domain, objective.span.clone()),
    };
}

fn claim_initiatives(
    reader: &mut Reader,
    claims: &mut Claims,
    parent: &mut Objective,
    position: usize,
    domain: &str,
) {
    if parent.initiatives.is_empty() {
        return;
    }
    let parent_step = own_step(parent, position);
    for (index, initiative) in parent.initiatives.iter_mut().enumerate() {
        let wanted = step(&parent.anchor, &parent_step, initiative, index + 1);
        claim_objective(reader, claims, initiative, wanted, domain);
        claim_initiatives(reader, claims, initiative, index + 1, domain);
    }
}

/// Every `id` that the plan gives: not reserved, no two alike.
fn explicit(reader: &mut Reader, claims: &mut Claims, plan: &Plan) {
    let mut ids: Vec<&At<String>> = plan
        .sections
        .iter()
        .filter_map(|section| section.id.as_ref())
        .collect();
    ids.extend(plan.domains.iter().filter_map(|domain| domain.id.as_ref()));
    plan.walk_objectives(&mut |objective| ids.extend(&objective.id));
    ids.sort_by_key(|id| id.span.start);
    for id in ids {
        if reserved(&id.value) {
            reader.error(
                "reserved-anchor",
                id.span.clone(),
                format!("`{}` is reserved for a part of the page", id.value),
                format!("Choose another anchor. Reserved are {}, and whatever begins with `{LIST_PREFIX}`.", RESERVED.join(", ")),
            );
        } else if let Some(first) = claims.place(&id.value) {
            twice(reader, id, first);
        } else {
            claims.take(&id.value, id.span.clone());
        }
    }
}

fn twice(reader: &mut Reader, id: &At<String>, first: Range<usize>) {
    let diagnostic = Diagnostic::error(
        "duplicate-anchor",
        format!("the anchor `{}` is there twice", id.value),
    )
    .at(reader.source(), id.span.clone())
    .help("A link can lead to one place only: give each its own.")
    .also(reader.source().place(first), "this has it already");
    reader.report(id.span.clone(), diagnostic);
}

/// Every `former_ids` entry: nothing on the page may have it now.
fn former(reader: &mut Reader, claims: &mut Claims, plan: &Plan) {
    let mut former: Vec<&At<String>> = Vec::new();
    for domain in &plan.domains {
        former.extend(&domain.former_ids);
    }
    plan.walk_objectives(&mut |objective| former.extend(&objective.former_ids));
    former.sort_by_key(|id| id.span.start);
    let mut earlier: HashSet<&str> = HashSet::new();
    for id in former {
        if let Some(first) = claims.place(&id.value) {
            if earlier.contains(id.value.as_str()) {
                twice(reader, id, first);
                continue;
            }
            let diagnostic = Diagnostic::error("duplicate-anchor", format!("the former anchor `{}` is an anchor of this page today", id.value))
                .at(reader.source(), id.span.clone())
                .help("Old links already lead there: leave it out of `former_ids`, or give the other an `id` of its own.")
                .also(reader.source().place(first), "this has it now");
            reader.report(id.span.clone(), diagnostic);
        } else if reserved(&id.value) {
            reader.error(
                "reserved-anchor",
                id.span.clone(),
                format!("`{}` is reserved for a part of the page", id.value),
                "Leave it out of `former_ids`: old links lead to that part.",
            );
        } else {
            claims.take(&id.value, id.span.clone());
            earlier.insert(&id.value);
        }
    }
}

/// The parts of the page that the plan has.
pub fn parts(plan: &Plan) -> impl Iterator<Item = &'static str> {
    let listed = plan
        .domains
        .iter()
        .any(|domain| !domain.objectives.is_empty());
    let there = move |part: &str, plan: &Plan| match part {
        "letter" => plan.letter.is_some(),
        "mission" => plan.mission.is_some(),
        "vision" => plan.vision.is_some(),
        "values" => !plan.values.is_empty(),
        "matrix" | "list" => listed,
        "history" => !plan.history.is_empty(),
        _ => true,
    };
    RESERVED
        .iter()
        .copied()
        .filter(|part| there(part, plan))
        .collect::<Vec<_>>()
        .into_iter()
}

/// Every anchor that a link to the plan's page may name.
pub fn all(plan: &Plan) -> Vec<String> {
    each(plan).map(Cow::into_owned).collect()
}

/// The same, one by one.
pub fn each(plan: &Plan) -> impl Iterator<Item = Cow<'_, str>> {
    let listed = plan
        .domains
        .iter()
        .filter(|domain| !domain.objectives.is_empty());
    let lists = listed.flat_map(|domain| {
        let former = domain.former_ids.iter().map(|id| id.value.as_str());
        former
            .chain([domain.anchor.as_str()])
            .map(|anchor| [LIST_PREFIX, anchor].concat().into())
    });
    let own = plan.anchors.iter().map(Cow::from);
    let parts = parts(plan).map(|part: &str| part.into());
    own.chain(parts).chain(lists)
}

/// Every `#anchor` link must lead somewhere on this page.
pub fn check_links(reader: &mut Reader, plan: &Plan) {
    if !plan
        .links
        .iter()
        .any(|link| matches!(link.target, Target::Anchor(_)))
    {
        return;
    }
    let known = all(plan);
    let set: HashSet<&str> = known.iter().map(String::as_str).collect();
    for link in &plan.links {
        if let Target::Anchor(anchor) = &link.target
            && !set.contains(anchor.as_str())
        {
            let diagnostic = missing(reader.source(), &known, anchor, link.span.clone());
            reader.report(link.span.clone(), diagnostic);
        }
    }
}

/// The error about a link to an anchor that is not among the `known` ones of a page.
pub fn missing(
    source: &SourceText,
    known: &[String],
    anchor: &str,
    span: Range<usize>,
) -> Diagnostic {
    let mut diagnostic = Diagnostic::error(
        "missing-anchor",
        format!("nothing on that page has the anchor `#{anchor}`"),
    )
    .at(source, span);
    if let Some(meant) = super::keys::nearest(anchor, known.iter().map(String::as_str)) {
        diagnostic = diagnostic.label(format!("did you mean `#{meant}`?"));
    }
    diagnostic.help("An objective's anchor is its domain's label and its number, such as #a-3; a domain's is its name, such as #advocacy.")
}
