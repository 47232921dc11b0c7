//! A plan as data: `plan.json` and `plan.csv`.

use serde::Serialize;

use super::plan::{Objective, Organization, Plan};
use super::{ADDRESS, Result};

#[derive(Serialize)]
struct File<'p> {
    id: &'p str,
    url: String,
    language: &'p str,
    organization: &'p Organization<'p>,
    plan: &'p Plan<'p>,
    anchors: Vec<Anchor<'p>>,
}

#[derive(Serialize)]
struct Anchor<'p> {
    part: String,
    anchor: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'p str>,
}

pub fn json(plan: &Plan) -> Result<Vec<u8>> {
    let mut anchors = Vec::new();
    for (at, domain) in plan.domains.iter().enumerate() {
        let part = format!("/plan/domains/{at}");
        let below = format!("{part}/objectives");
        anchors.push(Anchor {
            part,
            anchor: &domain.anchor,
            code: None,
        });
        add_anchors(&domain.objectives, &below, &mut anchors);
    }
    let file = File {
        id: plan.id,
        url: format!("{ADDRESS}{}/", plan.id),
        language: plan.language,
        organization: &plan.organization,
        plan,
        anchors,
    };
    let mut bytes = serde_json::to_vec_pretty(&file)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn add_anchors<'p>(objectives: &'p [Objective], below: &str, anchors: &mut Vec<Anchor<'p>>) {
    for (at, objective) in objectives.iter().enumerate() {
        let part = format!("{below}/{at}");
        let below = format!("{part}/initiatives");
        anchors.push(Anchor {
            part,
            anchor: &objective.anchor,
            code: Some(&objective.code),
        });
        add_anchors(&objective.initiatives, &below, anchors);
    }
}

const HEADS: [&str; 15] = [
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

pub fn csv(plan: &Plan) -> Result<Vec<u8>> {
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    table.write_record(HEADS)?;
    let page = format!("{ADDRESS}{}/#", plan.id);
    for domain in &plan.domains {
        let heading = format!("{}. {}", domain.label, domain.name);
        let before = [heading.as_str(), &domain.written.plain];
        for objective in &domain.objectives {
            row(&mut table, before, objective, "1", &page)?;
            for initiative in &objective.initiatives {
                row(&mut table, before, initiative, "2", &page)?;
            }
        }
    }
    Ok(table.into_inner()?)
}

fn row(
    table: &mut csv::Writer<Vec<u8>>,
    [domain, goal]: [&str; 2],
    objective: &Objective,
    level: &str,
    page: &str,
) -> Result<()> {
    let Objective {
        code,
        priority,
        anchor,
        written,
        ..
    } = objective;
    let address = format!("{page}{anchor}");
    let (none, said) = ("", written.plain.as_str());
    table.write_record([
        domain, goal, code, level, none, none, said, priority, none, none, none, none, none,
        anchor, &address,
    ])?;
    Ok(())
}
