//! Sorts the files under `content/` into plans and files that are published as they are, and
//! gives each its address.
//!
//! A plan's address is its file's path. So names are kept plain, and no two files may want one
//! address, on any file system.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

use super::frozen::Frozen;
use super::route::{OutputPath, Route};
use crate::diagnostic::Diagnostic;
use crate::plan::slug::{fold_case, slug};
use crate::source::CONTENT;

/// First segments of addresses that the site keeps for itself.
pub const RESERVED: &[&str] = &["assets", "404", "feed", "plans", "__planpress"];

/// The ending of a plan's file.
const ENDING: &str = ".toml";

/// A plan's file. All that is said of it is in its address, so that no more is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFile {
    pub route: Route,
}

impl PlanFile {
    /// `ala-2025`: how other files name the plan.
    pub fn id(&self) -> &str {
        self.route.as_str()
    }

    /// `content/ala-2025.toml`
    pub fn path(&self) -> String {
        [CONTENT, "/", self.id(), ENDING].concat()
    }
}

/// A file that is published at its own path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainFile {
    /// `content/files/logo.svg`
    pub path: String,
    /// `files/logo.svg`
    pub output: OutputPath,
}

/// What is published as it lies there, and the plans; each list sorted by path.
#[derive(Clone, Debug, Default)]
pub struct ContentFiles {
    pub plans: Vec<PlanFile>,
    pub files: Vec<PlainFile>,
    /// The pages that stay as they are, which lie elsewhere.
    pub frozen: Frozen,
}

impl ContentFiles {
    /// The plan of that id, as an index into `plans`.
    pub fn plan(&self, id: &str) -> Option<usize> {
        // They are sorted by path, which goes on behind the id.
        let order = |plan: &PlanFile| {
            let (own, id) = (plan.id().as_bytes(), id.as_bytes());
            let both = own.len().min(id.len());
            let behind = || {
                let (own, id) = (own[both..].iter(), id[both..].iter());
                own.chain(ENDING.as_bytes())
                    .cmp(id.chain(ENDING.as_bytes()))
            };
            own[..both].cmp(&id[..both]).then_with(behind)
        };
        self.plans.binary_search_by(order).ok()
    }

    /// The plan in that input.
    pub fn plan_in(&self, path: &str) -> Option<usize> {
        self.plan(below(path).strip_suffix(ENDING)?)
    }

    /// The file at that path below `content/`.
    pub fn file(&self, path: &str) -> Option<&PlainFile> {
        let found = self
            .files
            .binary_search_by(|file| below(&file.path).cmp(path));
        found.ok().map(|index| &self.files[index])
    }
}

/// The path without `content/` in front; empty for one that lies elsewhere.
fn below(path: &str) -> &str {
    let rest = path.strip_prefix(CONTENT);
    rest.and_then(|rest| rest.strip_prefix('/'))
        .unwrap_or_default()
}

/// Sorts out the paths of the snapshot's `content/` folder, which come in order.
pub fn sort_out<'p>(paths: impl Iterator<Item = &'p str>) -> (ContentFiles, Vec<Diagnostic>) {
    let mut content = ContentFiles::default();
    let mut diagnostics = Vec::new();
    let paths: Vec<&str> = paths.collect();
    let mut claims = may_collide(&paths).then(|| Claims::with_home_page(paths.len()));
    let taken = |path: &str| paths.binary_search(&path).is_ok();
    for &path in &paths {
        let below = below(path);
        if below.is_empty() {
            continue;
        }
        let id = below.strip_suffix(ENDING);
        let fault = nearly_a_plan(path, below, id)
            .or_else(|| bad_name(path, below, id, &taken))
            .or_else(|| reserved_name(path, below));
        if let Some(fault) = fault {
            diagnostics.push(fault);
            continue;
        }
        let output = match id {
            Some(id) => {
                let Some(route) = Route::new(id) else {
                    continue;
                };
                let output = claims.as_ref().map(|_| route.file());
                content.plans.push(PlanFile { route });
                output
            }
            None => {
                let Some(output) = OutputPath::new(below) else {
                    continue;
                };
                let path = path.to_owned();
                content.files.push(PlainFile {
                    path,
                    output: output.clone(),
                });
                Some(output)
            }
        };
        if let (Some(claims), Some(output)) = (&mut claims, output) {
            diagnostics.extend(claims.claim(path, below, &output));
        }
    }
    (content, diagnostics)
}

/// False where no two files of these can want one address, as in most sites: no name has a letter
/// that has another case, and no file that is no plan lies where a plan's page or its folder will.
fn may_collide(paths: &[&str]) -> bool {
    let is_taken = |below: &str| {
        let id = below.strip_suffix("index.html").unwrap_or(below);
        let plan = [CONTENT, "/", id.trim_end_matches('/'), ENDING].concat();
        id.is_empty() || paths.binary_search(&plan.as_str()).is_ok()
    };
    paths.iter().any(|path| {
        let below = below(path);
        fold_case(below) != below || !below.ends_with(ENDING) && is_taken(below)
    })
}

/// A plan that would be published as it is, because its name does not end in `.toml`: `plan.TOML`,
/// or `plan.toml.txt`, as Windows makes it and hides it.
fn nearly_a_plan(path: &str, below: &str, id: Option<&str>) -> Option<Diagnostic> {
    if id.is_some() {
        return None;
    }
    let lower = below.to_ascii_lowercase();
    let at = lower.rfind(".toml")?;
    let behind = &lower[at + ".toml".len()..];
    (behind.is_empty() || behind.starts_with('.')).then(|| {
        Diagnostic::error(
            "bad-file-name",
            "this looks like a plan, but its name does not end in `.toml`",
        )
        .in_file(path)
        .help(format!(
            "Rename it to {CONTENT}/{}.toml; Windows hides endings until you let it show them.",
            &below[..at]
        ))
    })
}

/// Letters, digits, `-` and `_`; a file that is no plan has a period before its ending.
fn bad_name(
    path: &str,
    below: &str,
    id: Option<&str>,
    taken: &dyn Fn(&str) -> bool,
) -> Option<Diagnostic> {
    let segments = || id.unwrap_or(below).split('/');
    let last = segments().count() - 1;
    let fits = |index: usize, segment: &str| {
        let parts = segment.split('.');
        if id.is_none() && index == last {
            parts.into_iter().all(is_name)
        } else {
            is_name(segment)
        }
    };
    if segments()
        .enumerate()
        .all(|(index, segment)| fits(index, segment))
    {
        return None;
    }
    let mended: Vec<String> = segments()
        .enumerate()
        .map(|(index, segment)| match () {
            () if fits(index, segment) => segment.to_owned(),
            () if id.is_none() && index == last => proposed_file(segment),
            () => proposed(segment),
        })
        .collect();
    let ending = if id.is_some() { ".toml" } else { "" };
    let proposal = format!("{CONTENT}/{}{ending}", mended.join("/"));
    let advice = if taken(&proposal) {
        format!("{proposal} is there already: rename this one, or delete it if it is a copy.")
    } else {
        format!("Rename it to {proposal}")
    };
    Some(
        Diagnostic::error(
            "bad-file-name",
            "this file's name cannot be part of an address",
        )
        .in_file(path)
        .help(format!("Names hold letters, digits, `-` and `_`. {advice}")),
    )
}

/// True where this can be a segment of an address: letters, digits, `-` and `_`, with the letters
/// in the form that every system writes alike (NFC).
pub fn is_name(segment: &str) -> bool {
    !segment.is_empty()
        && segment.chars().all(is_name_character)
        && (segment.is_ascii() || unicode_normalization::is_nfc(segment))
}

/// True for letters with their marks, numbers, `-` and `_`, in any script.
pub fn is_name_character(c: char) -> bool {
    use GeneralCategoryGroup::{Letter, Mark, Number};
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '_')
        || matches!(c.general_category_group(), Letter | Mark | Number)
}

/// True where the first segment of an address belongs to the site itself, whatever its case.
pub fn is_reserved(first: &str) -> bool {
    let stem = first.split('.').next().unwrap_or_default();
    RESERVED.contains(&&*fold_case(stem))
}

fn proposed(segment: &str) -> String {
    let slug = slug(segment);
    if slug.is_empty() {
        "plan".to_owned()
    } else {
        slug
    }
}

fn proposed_file(name: &str) -> String {
    match name.trim_end_matches(['.', '~', ' ']).rsplit_once('.') {
        Some((stem, ending)) if !slug(ending).is_empty() => {
            format!("{}.{}", proposed(stem), slug(ending))
        }
        _ => proposed(name),
    }
}

fn reserved_name(path: &str, below: &str) -> Option<Diagnostic> {
    let first = below.split('/').next().unwrap_or_default();
    let first = first.strip_suffix(".toml").unwrap_or(first);
    is_reserved(first).then(|| {
        Diagnostic::error(
            "reserved-name",
            format!("the address /{first} is reserved for the site itself"),
        )
        .in_file(path)
        .help(format!(
            "Choose another name. Reserved at the top are: {}.",
            RESERVED.join(", ")
        ))
    })
}

/// Who wants which address, letter case folded: some file systems do not tell cases apart.
pub struct Claims<'o> {
    /// By folded path.
    taken: HashMap<String, Claim<'o>>,
}

/// One file or folder that somebody wants.
struct Claim<'o> {
    /// As it was written, where it is not the folded path.
    written: Option<String>,
    owner: Cow<'o, str>,
    is_file: bool,
}

impl<'o> Claims<'o> {
    /// Nothing claimed but the address that every site has; with room for about so many `pages`.
    pub fn with_home_page(pages: usize) -> Self {
        // A page claims its folder and its file.
        let mut claims = Self {
            taken: HashMap::with_capacity(2 * pages),
        };
        claims.claim("the home page", "", &Route::home().file());
        claims
    }

    /// Claims a file and the folders that it lies in for `owner`, whose own path is `written`.
    pub fn claim(
        &mut self,
        owner: impl Into<Cow<'o, str>>,
        written: &str,
        output: &OutputPath,
    ) -> Option<Diagnostic> {
        let owner = owner.into();
        let mut conflict = None;
        let whole = output.as_str();
        let steps = whole
            .match_indices('/')
            .map(|(at, _)| &whole[..at])
            .chain([whole]);
        for step in steps {
            let is_file = step.len() == whole.len();
            let taken = match self.taken.entry(fold_case(step).into_owned()) {
                Entry::Occupied(taken) => taken,
                Entry::Vacant(free) => {
                    let written = (free.key() != step).then(|| step.to_owned());
                    free.insert(Claim {
                        written,
                        owner: owner.clone(),
                        is_file,
                    });
                    continue;
                }
            };
            let claim = taken.get();
            let of = &claim.owner;
            let other = claim.written.as_deref().unwrap_or(taken.key());
            if is_file || claim.is_file || other != step {
                let message = if other == step {
                    format!("this wants the same address as {of}")
                } else if is_file || step == id_of(written) {
                    format!("this differs from {of} in letter case only")
                } else {
                    format!(
                        "the folder `{step}` differs in letter case only from `{other}`, in which {of} lies"
                    )
                };
                conflict = conflict.or(Some(
                    Diagnostic::error("address-collision", message)
                        .in_file(&owner)
                        .help(format!(
                            "Rename one of the two: both would be published at /{}.",
                            address(step, written)
                        )),
                ));
            }
        }
        conflict
    }
}

/// A plan's file without its ending: the folder of its page.
fn id_of(written: &str) -> &str {
    written.strip_suffix(".toml").unwrap_or(written)
}

fn address(step: &str, written: &str) -> String {
    match step.strip_suffix("index.html") {
        Some(folder) if !written.ends_with("index.html") => folder.to_owned(),
        _ if step == id_of(written) && step != written => format!("{step}/"),
        _ => step.to_owned(),
    }
}
