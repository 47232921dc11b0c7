//! From the keys of a plan file to a [`Plan`]: one function per table of the format.

use super::keys;
use super::model::*;
use super::reader::{Entry, Fields, Reader};
use super::text;
use crate::diagnostic::Diagnostic;

/// The deepest that initiatives may stand inside each other.
pub const DEEPEST: usize = 16;

/// Reads the whole file. What is wrong goes to the reader; what is right is in the plan.
pub fn plan<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Plan {
    let mut plan = Plan {
        title: plain(reader, root, "title").unwrap_or_default(),
        title_span: root.span_of("title"),
        subtitle: plain(reader, root, "subtitle"),
        language: reader.language(root, "language"),
        status: reader.choice(root, "status"),
        period: period(reader, root),
        description: reader.text(root, "description"),
        mission: reader.text(root, "mission"),
        vision: reader.text(root, "vision"),
        values: values(reader, root),
        aliases: reader.site_paths(root, "aliases"),
        supersedes: predecessor(reader, root),
        publish: reader.flag(root, "publish").unwrap_or(true),
        search: reader.flag(root, "search").unwrap_or(true),
        allow: allow(reader, root),
        organization: organization(reader, root),
        terms: terms(reader, root),
        letter: letter(reader, root),
        sections: sections(reader, root),
        history: history(reader, root),
        priorities: priorities(reader, root),
        domains: domains(reader, root),
        source: reader
            .table(root, "links")
            .and_then(|links| reader.address(&links, "source")),
        extra: reader.open(root, "extra"),
        partial: reader.is_partial(),
        ..Plan::default()
    };
    known_priorities(reader, &plan);
    something_to_say(reader, &plan, root);
    plan.links = std::mem::take(&mut reader.links);
    plan
}

fn plain<'s>(
    reader: &mut Reader<'s>,
    fields: &Fields<'_, 's>,
    name: &'static str,
) -> Option<String> {
    reader.plain(fields, name).map(|words| words.value)
}

fn plains<'s>(reader: &mut Reader<'s>, fields: &Fields<'_, 's>, name: &'static str) -> Vec<String> {
    reader
        .plains(fields, name)
        .into_iter()
        .map(|words| words.value)
        .collect()
}

fn period<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Option<Period> {
    let fields = reader.table(root, "period")?;
    let (start, end) = reader.span_of_time(&fields, "start", "end");
    (start.is_some() || end.is_some()).then_some(Period { start, end })
}

fn values<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<Value> {
    let entries = reader.entries(root, "values");
    entries
        .into_iter()
        .filter_map(|entry| value(reader, entry))
        .collect()
}

fn value<'s>(reader: &mut Reader<'s>, entry: Entry<'_, 's>) -> Option<Value> {
    let fields = match entry {
        Entry::Short(name) => {
            let name = name.text;
            return Some(Value {
                span: name.span.clone(),
                name: Some(name.on_one_line()),
                description: None,
            });
        }
        Entry::Long(fields) => fields,
    };
    let name = reader.plain(&fields, "name");
    let description = reader.text(&fields, "description");
    if name.is_none() && description.is_none() {
        neither(reader, &fields, "a value", "`name` or `description`");
        return None;
    }
    let span = if name.is_some() {
        fields.span_of("name")
    } else {
        fields.span_of("description")
    };
    Some(Value {
        name,
        description,
        span,
    })
}

/// A table lacks both of two keys of which it needs one. Silent where a key is there but wrong.
fn neither(reader: &mut Reader, fields: &Fields, what: &str, keys: &str) {
    let mentioned = keys
        .split('`')
        .skip(1)
        .step_by(2)
        .any(|key| fields.get(key).is_some());
    if !mentioned && !reader.is_partial() {
        reader.error(
            "missing-key",
            fields.span.clone(),
            format!("{what} needs {keys}"),
            "Write one of the two, or both.",
        );
    }
}

fn predecessor<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Option<Predecessor> {
    match reader.entry(root, "supersedes")? {
        Entry::Short(name) => Some(Predecessor::Here(name.text.on_one_line())),
        Entry::Long(fields) => {
            let title = plain(reader, &fields, "title");
            let url = reader.address(&fields, "url");
            Some(Predecessor::Elsewhere {
                title: title?,
                url: url?,
            })
        }
    }
}

fn allow<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<At<String>> {
    let names = reader.plains(root, "allow");
    names
        .into_iter()
        .filter(|name| {
            let known = super::WARNINGS.contains(&name.value.as_str());
            if !known {
                let diagnostic = Diagnostic::error(
                    "unknown-warning",
                    format!("`{}` is the name of no warning", name.value),
                )
                .at(reader.source(), name.span.clone())
                .help(format!(
                    "The warnings that can be silenced: {}.",
                    super::WARNINGS.join(", ")
                ))
                .did_you_mean(keys::nearest(&name.value, super::WARNINGS.iter().copied()));
                reader.report(name.span.clone(), diagnostic);
            }
            known
        })
        .collect()
}

/// `organization`, which the site's own file has too.
pub fn organization<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Option<Organization> {
    let fields = reader.table(root, "organization")?;
    let name = plain(reader, &fields, "name");
    let acronym = plain(reader, &fields, "acronym");
    let url = reader.address(&fields, "url");
    Some(Organization {
        name: name?,
        acronym,
        url,
    })
}

fn terms<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<(&'static str, String)> {
    let Some(fields) = reader.table(root, "terms") else {
        return Vec::new();
    };
    let mut terms = Vec::new();
    for key in keys::TERMS.keys {
        let Some(term) = reader.plain(&fields, key.name) else {
            continue;
        };
        terms_in_braces(reader, &term);
        terms.push((key.name, term.value));
    }
    terms
}

/// Other terms may stand in a term in braces, "{objectives} per {domain}". Braces with something
/// else in them are words like any other, unless it is nearly a term.
fn terms_in_braces(reader: &mut Reader, term: &At<String>) {
    let inside = term.value.split('{').skip(1);
    let names = inside.filter_map(|rest| rest.split_once('}'));
    for (name, _) in names.filter(|(name, _)| keys::TERMS.key(name).is_none()) {
        if let Some(meant) = keys::nearest(name, keys::TERMS.keys.iter().map(|key| key.name)) {
            let warning = Diagnostic::warning("literal-markup", format!("`{{{name}}}` is no term"))
                .at(reader.source(), term.span.clone())
                .label(format!("did you mean `{{{meant}}}`?"))
                .help("A term in braces stands for what the plan calls it: {objectives}.");
            reader.report(term.span.clone(), warning);
        }
    }
}

fn letter<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Option<Letter> {
    let fields = reader.table(root, "letter")?;
    Some(Letter {
        date: reader.date(&fields, "date").map(|date| date.value),
        salutation: plain(reader, &fields, "salutation"),
        body: reader.text(&fields, "body"),
        closing: plain(reader, &fields, "closing"),
        signature: reader
            .table(&fields, "signature")
            .map(|signature| Signature {
                name: plain(reader, &signature, "name"),
                role: plain(reader, &signature, "role"),
            }),
    })
}

fn sections<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<Section> {
    let tables = reader.tables(root, "sections");
    let section = |fields: Fields<'_, 's>| {
        let id = reader.anchor(&fields, "id");
        let title = reader.plain(&fields, "title");
        let after = reader
            .choice(&fields, "place")
            .is_some_and(|place| place.value == "after");
        let body = reader.text(&fields, "body");
        Some(Section {
            id,
            title: title?,
            after,
            body,
            anchor: String::new(),
        })
    };
    tables.into_iter().filter_map(section).collect()
}

fn history<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<Event> {
    let tables = reader.tables(root, "history");
    let event = |fields: Fields<'_, 's>| {
        let event = reader.choice(&fields, "event");
        let date = reader.date(&fields, "date");
        let by = plain(reader, &fields, "by");
        let place = plain(reader, &fields, "place");
        let document = plain(reader, &fields, "document");
        let vote = plain(reader, &fields, "vote");
        let note = reader.text(&fields, "note");
        Some(Event {
            event: event?.value,
            date: date?.value,
            by,
            place,
            document,
            vote,
            note,
        })
    };
    tables.into_iter().filter_map(event).collect()
}

fn priorities<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<Priority> {
    let tables = reader.tables(root, "priorities");
    let mut known: Vec<Priority> = Vec::new();
    for fields in tables {
        let id = reader.plain(&fields, "id");
        let label = plain(reader, &fields, "label");
        let (Some(id), Some(label)) = (id, label) else {
            continue;
        };
        if let Some(first) = known.iter().find(|priority| priority.id.value == id.value) {
            let place = reader.source().place(first.id.span.clone());
            let diagnostic = Diagnostic::error(
                "duplicate-priority",
                format!("the priority `{}` is there twice", id.value),
            )
            .at(reader.source(), id.span.clone())
            .help("Keep one of the two.")
            .also(place, "the first one");
            reader.report(id.span.clone(), diagnostic);
            continue;
        }
        known.push(Priority { id, label });
    }
    known
}

fn domains<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<Domain> {
    let tables = reader.tables(root, "domains");
    tables
        .into_iter()
        .map(|fields| domain(reader, &fields))
        .collect()
}

fn domain<'s>(reader: &mut Reader<'s>, fields: &Fields<'_, 's>) -> Domain {
    let domain = Domain {
        id: reader.anchor(fields, "id"),
        former_ids: reader.anchors(fields, "former_ids"),
        label: plain(reader, fields, "label"),
        name: reader.plain(fields, "name"),
        goal: reader.text(fields, "goal"),
        goal_span: fields.span_of("goal"),
        question: reader.text(fields, "question"),
        rationale: reader.text(fields, "rationale"),
        outcome: reader.text(fields, "outcome"),
        owners: plains(reader, fields, "owners"),
        note: reader.text(fields, "note"),
        objectives: objectives(reader, fields, "objectives", 0),
        span: if fields.get("name").is_some() {
            fields.span_of("name")
        } else {
            fields.span.clone()
        },
        anchor: String::new(),
        heading: String::new(),
    };
    if domain.name.is_none() && domain.goal.is_none() {
        neither(reader, fields, "a domain", "`name` or `goal`");
    }
    domain
}

/// The objectives of a domain, or the initiatives below an objective; `depth` counts the latter.
fn objectives<'s>(
    reader: &mut Reader<'s>,
    fields: &Fields<'_, 's>,
    name: &'static str,
    depth: usize,
) -> Vec<Objective> {
    if depth > DEEPEST && fields.get(name).is_some() {
        reader.error(
            "too-deep",
            fields.span_of(name),
            format!("initiatives stand more than {DEEPEST} levels deep here"),
            "Move the deepest ones up a level.",
        );
        return Vec::new();
    }
    let entries = reader.entries(fields, name);
    entries
        .into_iter()
        .filter_map(|entry| objective(reader, entry, name, depth))
        .collect()
}

fn objective<'s>(
    reader: &mut Reader<'s>,
    entry: Entry<'_, 's>,
    list: &str,
    depth: usize,
) -> Option<Objective> {
    let fields = match entry {
        Entry::Short(words) => {
            let span = words.text.span.clone();
            return Some(Objective {
                text: Some(reader.markdown(words, text::Kind::Sentence)),
                span,
                ..Objective::default()
            });
        }
        Entry::Long(fields) => fields,
    };
    let (start, due) = reader.span_of_time(&fields, "start", "due");
    let objective = Objective {
        id: reader.anchor(&fields, "id"),
        former_ids: reader.anchors(&fields, "former_ids"),
        label: plain(reader, &fields, "label"),
        name: plain(reader, &fields, "name"),
        text: reader.text(&fields, "text"),
        priority: reader.plain(&fields, "priority"),
        group: plain(reader, &fields, "group"),
        owners: plains(reader, &fields, "owners"),
        start,
        due,
        outcome: reader.text(&fields, "outcome"),
        note: reader.text(&fields, "note"),
        initiatives: objectives(reader, &fields, "initiatives", depth + 1),
        span: if fields.get("text").is_some() {
            fields.span_of("text")
        } else {
            fields.span_of("name")
        },
        anchor: String::new(),
        code: String::new(),
    };
    if objective.text.is_none() && objective.name.is_none() {
        let what = if list == "objectives" {
            "an objective"
        } else {
            "an initiative"
        };
        neither(reader, &fields, what, "`text` or `name`");
        return None;
    }
    Some(objective)
}

/// Every `priority` must be the built-in "urgent" or one of `[[priorities]]`.
fn known_priorities(reader: &mut Reader, plan: &Plan) {
    let mut known: Vec<&str> = plan
        .priorities
        .iter()
        .map(|priority| priority.id.value.as_str())
        .collect();
    if !known.contains(&"urgent") {
        known.push("urgent");
    }
    plan.walk_objectives(&mut |objective| {
        let Some(priority) = &objective.priority else {
            return;
        };
        if known.contains(&priority.value.as_str()) || reader.is_partial() {
            return;
        }
        let diagnostic = Diagnostic::error(
            "unknown-value",
            format!("`{}` is no priority of this plan", priority.value),
        )
        .at(reader.source(), priority.span.clone())
        .help(format!(
            "Write one of: {}. A [[priorities]] table adds another.",
            known.join(", ")
        ))
        .did_you_mean(keys::nearest(&priority.value, known.iter().copied()));
        reader.report(priority.span.clone(), diagnostic);
    });
}

/// A plan has, somewhere, one goal statement or one objective.
fn something_to_say(reader: &mut Reader, plan: &Plan, root: &Fields) {
    let says = |domain: &Domain| domain.goal.is_some() || !domain.objectives.is_empty();
    let tried = root.get("domains").is_none() || plan.domains.is_empty();
    if !tried && !plan.domains.iter().any(says) && !plan.partial && reader.is_clean() {
        let span = plan.domains[0].span.clone();
        reader.error(
            "missing-key",
            span,
            "this plan has no goal statement and no objective",
            "Give at least one domain a `goal` or `objectives`: objectives = [\"Expand partnerships.\"]",
        );
    }
}
