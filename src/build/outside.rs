//! The links of plans and settings to other sites, for whoever tries them.

use std::collections::BTreeMap;

use super::walk::Reading;
use super::{Options, inputs};
use crate::diagnostic::{Failure, Place, SourceText};
use crate::plan::model::{At, LinkUse};
use crate::plan::text::Target;
use crate::site::files;
use crate::site::route::BaseUrl;
use crate::source::{CONTENT, Snapshot};

/// A link to another site, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideLink {
    /// As it is written where it stands first.
    pub address: String,
    /// What is asked for: the address without what stands behind a `#`.
    pub target: String,
    /// Where it stands, in the order of files and lines. Never empty.
    pub mentions: Vec<OutsideMention>,
}

/// A place where a link to another site stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutsideMention {
    pub place: Place,
    /// Names of the warnings that are silenced there.
    pub allow: Vec<String>,
}

/// The links to other sites, sorted by address, of the settings and of the plans that are built.
/// Whole addresses of the site's own are none: its pages are checked as they are made.
///
/// # Errors
///
/// Where the inputs cannot be read.
pub fn outside_links(options: &Options) -> Result<Vec<OutsideLink>, Failure> {
    let (snapshot, _) = Snapshot::take(&options.root)?;
    let (config, text, _) = inputs::read_config(&snapshot)?;
    let mut found = Gathering {
        base: &config.base_url,
        links: BTreeMap::new(),
    };
    found.add(&text, &config.links, &[]);
    for file in files::sort_out(snapshot.below(CONTENT)).0.plans {
        let Reading { source, plan, .. } = Reading::of(snapshot.read(&file.path())?);
        if plan.publish || options.unpublished {
            found.add(&source, &plan.links, &plan.allow);
        }
    }
    Ok(found.links.into_values().collect())
}

struct Gathering<'g> {
    base: &'g BaseUrl,
    links: BTreeMap<String, OutsideLink>,
}

impl Gathering<'_> {
    fn add(&mut self, source: &SourceText, links: &[LinkUse], allow: &[At<String>]) {
        let allow: Vec<String> = allow.iter().map(|name| name.value.clone()).collect();
        let mut links: Vec<&LinkUse> = links.iter().collect();
        links.sort_by_key(|link| link.span.start);
        for LinkUse { target, span, .. } in links {
            let Target::Web(address) = target else {
                continue;
            };
            if self.base.below(address).is_some() {
                continue;
            }
            let target = address.split('#').next().unwrap_or_default();
            let link = self
                .links
                .entry(target.to_owned())
                .or_insert_with(|| OutsideLink {
                    address: address.clone(),
                    target: target.to_owned(),
                    mentions: Vec::new(),
                });
            link.mentions.push(OutsideMention {
                place: source.place(span.clone()),
                allow: allow.clone(),
            });
        }
    }
}
