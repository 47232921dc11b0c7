//! Pages that stay as they are: which files of `frozen/` belong to which plan, and whether all of
//! them are what they were.
//!
//! In: the lists that `planpress freeze` wrote, and the digests of what lies there now. Out: the
//! frozen pages, and what is wrong with them. The accessibility rule of the ADA excepts archived
//! web content only while it is not altered (28 CFR 35.104 and 35.201, for public entities), so
//! bytes are compared, and nothing is mended.
//!
//! ```text
//! frozen/alcts-2006-2011/planpress.frozen            the list
//! frozen/alcts-2006-2011/index.html                  the page, and what lies beside it
//! frozen/alcts-2006-2011/page.files/assets/…         what else it is shown with
//! ```

mod faults;
mod listing;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use blake3::Hash;

use super::files::ContentFiles;
use super::route::{OutputPath, Route};
use crate::diagnostic::{Diagnostic, Failure, SourceText};
use crate::source::{CONTENT, FROZEN};
pub use faults::names;
use faults::{altered, below, missing, strangers, wanted_twice, without_plan};
pub use listing::{
    GIT_ATTRIBUTES, Listing, digest_of_plan, folder_of, list_of, place, plan_of_list,
};

/// One frozen page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenPage {
    route: Route,
    listing: Listing,
    anchors: BTreeSet<String>,
}

impl FrozenPage {
    /// The plan's own address.
    pub fn route(&self) -> &Route {
        &self.route
    }

    /// Every `id` on the page.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.anchors.iter().map(String::as_str)
    }

    /// The page's file, below the site's root.
    pub fn file(&self) -> String {
        place(&self.route, &self.route.file())
    }

    /// What it is shown with: the place in the output and that below the site's root.
    pub fn others(&self) -> impl Iterator<Item = (&OutputPath, String)> {
        let page = self.route.file();
        self.listing
            .files
            .keys()
            .filter(move |output| **output != page)
            .map(|output| (output, place(&self.route, output)))
    }
}

/// All frozen pages, by the ids of their plans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frozen(BTreeMap<String, FrozenPage>);

impl Frozen {
    /// The page of the plan of that id.
    pub fn page(&self, id: &str) -> Option<&FrozenPage> {
        self.0.get(id)
    }

    /// All of them, with the ids of their plans.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &FrozenPage)> {
        self.0.iter().map(|(id, page)| (id.as_str(), page))
    }

    /// Where the file at this place in the output is kept, below the site's root.
    pub fn file(&self, output: &str) -> Option<String> {
        let output = OutputPath::new(output)?;
        let page = self
            .0
            .values()
            .find(|page| page.listing.files.contains_key(&output))?;
        Some(place(&page.route, &output))
    }

    /// Every place in the output that one of them needs.
    pub fn outputs(&self) -> impl Iterator<Item = &OutputPath> {
        self.0.values().flat_map(|page| page.listing.files.keys())
    }
}

/// A file of `frozen/` or `content/` as it lies there now.
pub enum Lying {
    /// The digest of its bytes.
    Bytes(Hash),
    /// The digest of its bytes, and that of the same with the line ends of Unix.
    OtherLineEnds(Hash, Hash),
}

/// What can be asked about the inputs.
pub struct Look<'l> {
    /// Every input below `frozen/`, sorted.
    pub inputs: &'l [&'l str],
    /// A list as text.
    pub text: &'l dyn Fn(&str) -> Result<SourceText, Failure>,
    /// A file's bytes, as a digest.
    pub bytes: &'l dyn Fn(&str) -> Result<Lying, Failure>,
    /// Every `id` in a page.
    pub anchors: &'l dyn Fn(&str) -> Result<BTreeSet<String>, Failure>,
}

/// Finds the frozen pages among the inputs, and what is wrong with them.
///
/// # Errors
///
/// Where a file cannot be read.
pub fn sort_out(look: &Look, content: &ContentFiles) -> Result<(Frozen, Vec<Diagnostic>), Failure> {
    let mut frozen = Frozen::default();
    let mut diagnostics = Vec::new();
    // Every file that a list names, and the lists.
    let mut known: HashSet<String> = HashSet::new();
    let mut folders_with_list: BTreeSet<&str> = BTreeSet::new();
    for &path in look.inputs {
        let Some((id, route)) = plan_of_list(path).and_then(|id| Some((id, Route::new(id)?)))
        else {
            continue;
        };
        folders_with_list.insert(id);
        known.insert(path.to_owned());
        let listing = match Listing::read(&(look.text)(path)?, &route) {
            Ok(listing) => listing,
            Err(found) => {
                diagnostics.push(*found);
                // What lies there may all be listed in the list as it was.
                let of_page = |input: &&&str| below(input, id).is_some();
                known.extend(
                    look.inputs
                        .iter()
                        .filter(of_page)
                        .map(|input| (*input).to_owned()),
                );
                continue;
            }
        };
        if content.plan(id).is_none() {
            diagnostics.push(without_plan(id, path));
        }
        for (output, digest) in &listing.files {
            let file = place(&route, output);
            if look.inputs.binary_search(&file.as_str()).is_ok() {
                diagnostics.extend(altered(id, &file, *digest, &(look.bytes)(&file)?));
            } else {
                diagnostics.push(missing(id, &file));
            }
            known.insert(file);
        }
        let page = place(&route, &route.file());
        let anchors = match look.inputs.binary_search(&page.as_str()) {
            Ok(_) => (look.anchors)(&page)?,
            Err(_) => BTreeSet::new(),
        };
        let page = FrozenPage {
            route,
            listing,
            anchors,
        };
        frozen.0.insert(id.to_owned(), page);
    }
    diagnostics.extend(strangers(look.inputs, &known, &folders_with_list));
    diagnostics.extend(wanted_twice(&frozen, content, look)?);
    Ok((frozen, diagnostics))
}

/// The warning that a frozen page does not show what its plan's file says now.
pub fn changed_since(
    content: &ContentFiles,
    plan: usize,
    source: &SourceText,
) -> Option<Diagnostic> {
    let file = &content.plans[plan];
    let page = content.frozen.page(file.id())?;
    let id = file.id();
    (page.listing.plan != digest_of_plan(source.text())).then(|| {
        Diagnostic::warning(
            "frozen-plan-changed",
            "this was changed since its page was frozen, and the page does not show it",
        )
        .in_file(&file.path())
        .help(format!("To show it: `planpress thaw {id}`, then `planpress freeze {id}`."))
        .help("To leave the archived page as it is, silence this with allow = [\"frozen-plan-changed\"].")
    })
}

/// What to do about a link from a frozen page that leads nowhere: the page cannot be changed.
pub fn with_advice(
    mut found: Diagnostic,
    owner: &str,
    file: &str,
    anchor: Option<&str>,
) -> Diagnostic {
    let is_frozen = owner
        .strip_prefix(FROZEN)
        .is_some_and(|rest| rest.starts_with('/'));
    if !is_frozen {
        return found;
    }
    let plan = file.strip_suffix("/index.html");
    let advice = match (plan, anchor.filter(|anchor| !anchor.is_empty())) {
        (Some(plan), Some(anchor)) => format!(
            "If the plan there moved, add aliases = [\"/{plan}/\"] to it; if it has another anchor now, add to what it stood for: former_ids = [\"{anchor}\"]"
        ),
        (Some(plan), None) => format!(
            "If that plan has another address now, add to it, in its file under {CONTENT}/: aliases = [\"/{plan}/\"]"
        ),
        (None, _) => format!("Put {CONTENT}/{file} back where it was."),
    };
    found.help = vec![
        "A frozen page stays as it is, so what it leads to must stay, too.".to_owned(),
        advice,
    ];
    found
}
