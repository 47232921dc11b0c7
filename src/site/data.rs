//! A plan as data, beside its page: `plan.json` holds all of it, `plan.csv` its objectives.
//!
//! In: a plan and its card. Out: which of the two there are, at which addresses, and what stands in
//! them. Where a person has put a file of such a name into the folder of the plan's page, theirs is
//! published.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};

use super::files::ContentFiles;
use super::route::{OutputPath, Route};
use super::{Card, Neighbours, Site};
use crate::plan::model::{Objective, Organization, Plan, Predecessor};
use crate::plan::push_number;
use crate::plan::slug::fold_case;

/// One of a plan's files for machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Data {
    /// `plan.json`
    Json,
    /// `plan.csv`
    Csv,
}

impl Data {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Json, Self::Csv];

    /// The file's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "plan.json",
            Self::Csv => "plan.csv",
        }
    }

    /// Where it lies for the plan at this route.
    pub fn path(self, route: &Route) -> Option<OutputPath> {
        route.file_beside(self.name())
    }

    /// The route of the plan whose file this would be.
    pub fn at(file: &str) -> Option<(&str, Self)> {
        let (route, name) = file.rsplit_once('/')?;
        let data = Self::ALL.into_iter().find(|data| data.name() == name)?;
        Some((route, data))
    }
}

/// Such a file of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    pub data: Data,
    pub path: OutputPath,
    /// False where a person's own file is published there.
    pub made: bool,
}

/// The files that a person has put where a plan's data would lie, by their names without case.
#[derive(Debug, Default)]
pub struct OwnData<'c>(HashMap<Cow<'c, str>, &'c OutputPath>);

impl<'c> OwnData<'c> {
    /// Looks for them.
    pub fn among(content: &'c ContentFiles) -> Self {
        let is_data = |file: &str| {
            let last = file.rsplit('/').next().unwrap_or_default();
            Data::ALL
                .iter()
                .any(|data| data.name().eq_ignore_ascii_case(last))
        };
        let outputs = content.files.iter().map(|file| &file.output);
        Self(
            outputs
                .filter(|output| is_data(output.as_str()))
                .map(|output| (fold_case(output.as_str()), output))
                .collect(),
        )
    }
}

impl<'c> OwnData<'c> {
    /// The one that lies where such a file would, if upper and lower case did not count.
    fn in_place_of(&self, path: &OutputPath) -> Option<&'c OutputPath> {
        let Self(own) = self;
        if own.is_empty() {
            return None;
        }
        own.get(&fold_case(path.as_str())).copied()
    }
}

impl Site<'_> {
    /// The plan's files for machines. A plan without objectives has no table of them.
    pub fn data_files(&self, card: &Card) -> impl Iterator<Item = DataFile> {
        let route = &self.content.plans[card.plan].route;
        Data::ALL.into_iter().filter_map(move |data| {
            let path = data.path(route)?;
            let own = self.own_data.in_place_of(&path);
            let made = match own {
                Some(own) if *own == path => false,
                // A name in another case is the same file on some systems, and not on others.
                Some(_) => return None,
                None if data == Data::Csv && !card.has_list() => return None,
                None => true,
            };
            Some(DataFile { data, path, made })
        })
    }
}

/// What `plan.json` holds.
#[derive(Serialize)]
pub struct PlanJson<'p> {
    /// How other plans of the site name it: its file's path below `content/`, without the ending.
    id: &'p str,
    /// The address of its page; left out where the site's host is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// The plan's own language, else the site's.
    language: &'p str,
    /// The plan's own association, else the site's.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<&'p Organization>,
    /// The plan, in the keys of its format.
    plan: Cow<'p, Plan>,
    /// Where its parts stand on the page, in the order of the plan.
    anchors: Anchors<'p>,
}

/// The anchors of all parts of a plan.
struct Anchors<'p>(&'p Plan);

/// The anchor of a part of a plan.
#[derive(Serialize)]
struct AnchorJson<'p> {
    /// The part, as a JSON Pointer (RFC 6901): `/plan/domains/0/objectives/2`.
    part: &'p str,
    /// What stands behind the `#` of a link to it.
    anchor: &'p str,
    /// How an objective or initiative is cited: `A.3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'p str>,
}

/// A plan as `plan.json` has it: all of it, but for the name of a plan before it that is not
/// published.
pub fn plan_json<'p>(
    site: &Site<'p>,
    card: &'p Card,
    plan: &'p Plan,
    neighbours: Neighbours,
) -> PlanJson<'p> {
    let names_hidden =
        matches!(plan.supersedes, Some(Predecessor::Here(_))) && neighbours.predecessor.is_none();
    let file = &site.content.plans[card.plan];
    PlanJson {
        id: file.id(),
        url: site.config.base_url.page(&file.route),
        language: card.language.as_str(),
        organization: card.organization.as_deref(),
        plan: if names_hidden {
            Cow::Owned(Plan {
                supersedes: None,
                ..plan.clone()
            })
        } else {
            Cow::Borrowed(plan)
        },
        anchors: Anchors(plan),
    }
}

impl Serialize for Anchors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(plan) = self;
        let mut list = serializer.serialize_seq(None)?;
        let mut part = Part("/plan".to_owned());
        for (index, section) in plan.sections.iter().enumerate() {
            part.within("sections", index, |part| {
                list.serialize_element(&AnchorJson {
                    part: &part.0,
                    anchor: &section.anchor,
                    code: None,
                })
            })?;
        }
        for (index, domain) in plan.domains.iter().enumerate() {
            part.within("domains", index, |part| {
                list.serialize_element(&AnchorJson {
                    part: &part.0,
                    anchor: &domain.anchor,
                    code: None,
                })?;
                anchors_of(&domain.objectives, "objectives", part, &mut list)
            })?;
        }
        list.end()
    }
}

fn anchors_of<L: SerializeSeq>(
    objectives: &[Objective],
    name: &str,
    part: &mut Part,
    list: &mut L,
) -> Result<(), L::Error> {
    for (index, objective) in objectives.iter().enumerate() {
        part.within(name, index, |part| {
            list.serialize_element(&AnchorJson {
                part: &part.0,
                anchor: &objective.anchor,
                code: Some(&objective.code),
            })?;
            anchors_of(&objective.initiatives, "initiatives", part, list)
        })?;
    }
    Ok(())
}

/// A part of a plan, as a JSON Pointer.
struct Part(String);

impl Part {
    /// Goes to an entry of a list of this part, and back.
    fn within<T>(&mut self, list: &str, index: usize, visit: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.0.len();
        self.0.push('/');
        self.0.push_str(list);
        self.0.push('/');
        push_number(&mut self.0, index);
        let visited = visit(self);
        self.0.truncate(length);
        visited
    }
}
