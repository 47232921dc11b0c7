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

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write as _;

use blake3::Hash;

use super::files::{Claims, ContentFiles};
use super::route::{OutputPath, Route};
use crate::diagnostic::{Diagnostic, Failure, SourceText, counted, listed};
use crate::plan::slug::fold_case;
use crate::source::{CONTENT, FROZEN};

/// The list's name in the folder of its plan.
const LIST: &str = "planpress.frozen";

/// The folder of what does not lie beside the page. No address of a plan has a period in it, so no
/// other frozen page meets it.
const ELSEWHERE: &str = "page.files";

const FIRST_LINE: &str = "planpress-frozen 1";

const REMARK: &str = "\
# The bytes that this folder holds, so that the archived page is shown to be unaltered. Edit
# nothing here: `planpress thaw` undoes it.
";

/// Keeps Git from changing the ends of lines, as it does on Windows: those are bytes, too.
pub const GIT_ATTRIBUTES: &str = "* -text\n";

/// What belongs to a frozen page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Of the plan's file as it was, see [`digest_of_plan`].
    pub plan: Hash,
    /// By place in the output, the digest of the bytes.
    pub files: BTreeMap<OutputPath, Hash>,
}

impl Listing {
    /// The text of the list. The same page gives the same text.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n{REMARK}plan {}\n", self.plan);
        for (path, digest) in &self.files {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{digest} {path}");
        }
        text
    }

    /// Reads the list of the page at this route.
    ///
    /// # Errors
    ///
    /// The first line that cannot be understood, or that the page itself is not listed.
    pub fn read(source: &SourceText, route: &Route) -> Result<Self, Box<Diagnostic>> {
        let faulty = |line: usize| {
            let text = source.text();
            let start = text
                .split_inclusive('\n')
                .take(line)
                .map(str::len)
                .sum::<usize>();
            let end = text[start..]
                .find('\n')
                .map_or(text.len(), |end| start + end);
            Box::new(
                Diagnostic::error(
                    "bad-frozen-list",
                    "this list of a frozen page was changed, so that it cannot be understood",
                )
                .at(source, start..end)
                .help(restored(route.as_str())),
            )
        };
        let mut lines = source.text().lines().enumerate();
        if lines.next().is_none_or(|(_, first)| first != FIRST_LINE) {
            return Err(faulty(0));
        }
        let (mut plan, mut files) = (None, BTreeMap::new());
        for (number, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
            let fields = line.split_once(' ').and_then(|(first, rest)| match first {
                "plan" => {
                    plan = Some(Hash::from_hex(rest).ok()?);
                    Some(())
                }
                digest => {
                    let path = OutputPath::new(rest)?;
                    files.insert(path, Hash::from_hex(digest).ok()?);
                    Some(())
                }
            });
            fields.ok_or_else(|| faulty(number))?;
        }
        let plan = plan.ok_or_else(|| faulty(0))?;
        if files.contains_key(&route.file()) {
            Ok(Self { plan, files })
        } else {
            Err(faulty(0))
        }
    }

    /// Every file of the page by its path below the site's root, the list itself last.
    pub fn places(&self, route: &Route) -> Vec<String> {
        let files = self.files.keys().map(|output| place(route, output));
        files.chain([list_of(route)]).collect()
    }
}

/// Where the list of the page at this route lies, below the site's root.
pub fn list_of(route: &Route) -> String {
    format!("{}/{LIST}", folder_of(route))
}

/// The folder of the frozen page at this route, below the site's root.
pub fn folder_of(route: &Route) -> String {
    format!("{FROZEN}/{}", route.as_str())
}

/// The id of the plan whose list this file is.
pub fn plan_of_list(path: &str) -> Option<&str> {
    path.strip_prefix(FROZEN)?
        .strip_prefix('/')?
        .strip_suffix(LIST)?
        .strip_suffix('/')
}

/// Where a file of the page at this route is kept, below the site's root.
pub fn place(route: &Route, output: &OutputPath) -> String {
    let beside = output
        .as_str()
        .strip_prefix(route.as_str())
        .and_then(|rest| rest.strip_prefix('/'));
    let own = |name: &&str| !name.contains('/') && ![ELSEWHERE, LIST].contains(&&*fold_case(name));
    match beside.filter(own) {
        Some(name) => format!("{}/{name}", folder_of(route)),
        None => format!("{}/{ELSEWHERE}/{output}", folder_of(route)),
    }
}

/// The digest of a plan's text, whatever its line ends are.
pub fn digest_of_plan(text: &str) -> Hash {
    blake3::hash(text.replace("\r\n", "\n").as_bytes())
}

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
    let page = content.frozen.page(&file.id)?;
    let id = &file.id;
    (page.listing.plan != digest_of_plan(source.text())).then(|| {
        Diagnostic::warning(
            "frozen-plan-changed",
            "this was changed since its page was frozen, and the page does not show it",
        )
        .in_file(&file.path)
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

/// The path of an input below the folder of a frozen page.
fn below<'p>(input: &'p str, id: &str) -> Option<&'p str> {
    input
        .strip_prefix(FROZEN)?
        .strip_prefix('/')?
        .strip_prefix(id)?
        .strip_prefix('/')
}

fn restored(id: &str) -> String {
    format!("Put it back as it was: `git checkout -- {FROZEN}/{id}/`, or a backup of that folder.")
}

fn frozen_again(id: &str) -> String {
    format!(
        "If the page itself is to change, `planpress thaw {id}`, and `planpress freeze {id}` again."
    )
}

fn missing(id: &str, file: &str) -> Diagnostic {
    Diagnostic::error(
        "frozen-file-missing",
        format!("the frozen page of `{id}` needs this file, and it is gone"),
    )
    .in_file(file)
    .help(restored(id))
    .help(frozen_again(id))
}

fn altered(id: &str, file: &str, expected: Hash, lying: &Lying) -> Option<Diagnostic> {
    let line_ends = match lying {
        Lying::Bytes(digest) | Lying::OtherLineEnds(digest, _) if *digest == expected => {
            return None;
        }
        Lying::OtherLineEnds(_, unix) => *unix == expected,
        Lying::Bytes(_) => false,
    };
    let how = if line_ends {
        "its line ends were changed"
    } else {
        "it was changed"
    };
    let found = Diagnostic::error(
        "frozen-file-altered",
        format!("this belongs to the frozen page of `{id}`, and {how} since"),
    )
    .in_file(file)
    .help(restored(id));
    Some(if line_ends {
        found.help(format!(
            "Git does so on Windows, unless {FROZEN}/{id}/.gitattributes says `{}`.",
            GIT_ATTRIBUTES.trim_end()
        ))
    } else {
        found.help(frozen_again(id))
    })
}

fn without_plan(id: &str, list: &str) -> Diagnostic {
    Diagnostic::error(
        "frozen-without-plan",
        format!("this page is frozen, and its plan {CONTENT}/{id}.toml is gone"),
    )
    .in_file(list)
    .help("The page stays only with its plan: put that file back, under the same name.")
    .help(format!(
        "To let the page go as well: `planpress thaw {id}`."
    ))
}

/// What lies in `frozen/` and in no list.
fn strangers(
    inputs: &[&str],
    known: &HashSet<String>,
    with_list: &BTreeSet<&str>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut without_list: BTreeMap<String, usize> = BTreeMap::new();
    for &path in inputs.iter().filter(|path| !known.contains(**path)) {
        let inside = &path[(FROZEN.len() + 1).min(path.len())..];
        let folder = inside
            .split_once(&format!("/{ELSEWHERE}/"))
            .map(|(folder, _)| folder)
            .or_else(|| Some(inside.rsplit_once('/')?.0));
        let around = folder.into_iter().flat_map(|folder| {
            std::iter::successors(Some(folder), |folder| Some(folder.rsplit_once('/')?.0))
        });
        match (around.into_iter().find(|folder| with_list.contains(folder)), folder) {
            (Some(id), _) => diagnostics.push(
                Diagnostic::error("frozen-stranger", format!("this is not part of the frozen page of `{id}`"))
                    .in_file(path)
                    .help(format!("Move it out of {FROZEN}/: nothing but what `planpress freeze` copied is kept there.")),
            ),
            (None, Some(folder)) => *without_list.entry(folder.to_owned()).or_default() += 1,
            (None, None) => diagnostics.push(
                Diagnostic::error("frozen-stranger", "this is not part of a frozen page")
                    .in_file(path)
                    .help(format!("Move it out of {FROZEN}/: nothing but what `planpress freeze` copied is kept there.")),
            ),
        }
    }
    for (folder, number) in without_list {
        diagnostics.push(
            Diagnostic::error(
                "frozen-without-list",
                format!(
                    "{FROZEN}/{folder}/ holds {}, but its list {LIST} is gone",
                    counted(number, "file")
                ),
            )
            .in_file(&format!("{FROZEN}/{folder}/{LIST}"))
            .help(restored(&folder))
            .help(format!(
                "If nothing there is a frozen page, move the folder out of {FROZEN}/."
            )),
        );
    }
    diagnostics
}

/// What something else would be published in the place of.
fn wanted_twice(
    frozen: &Frozen,
    content: &ContentFiles,
    look: &Look,
) -> Result<Vec<Diagnostic>, Failure> {
    let mut diagnostics = Vec::new();
    let mut needed: BTreeMap<&OutputPath, (&str, Hash)> = BTreeMap::new();
    let owner = |id: &String| format!("a file of the frozen page of `{id}`");
    let owners: Vec<String> = frozen.0.keys().map(owner).collect();
    let mut claims = Claims::with_home_page(frozen.0.len());
    for ((id, page), owner) in frozen.0.iter().zip(&owners) {
        for (output, digest) in &page.listing.files {
            if let Some((other, known)) = needed.get(output) {
                if known != digest {
                    diagnostics.push(
                        Diagnostic::error("frozen-collision", format!("the frozen pages of `{other}` and `{id}` need two different files at /{output}"))
                            .in_file(&place(&page.route, output))
                            .help(format!("`planpress thaw {id}`, give the file another name under {CONTENT}/, then freeze it again.")),
                    );
                }
                continue;
            }
            // A page's own address is free where its plan has it, and an error is told else.
            let _ = claims.claim(owner, output.as_str(), output);
            needed.insert(output, (id, *digest));
        }
    }
    if needed.is_empty() {
        return Ok(diagnostics);
    }
    for file in &content.files {
        let Some((id, digest)) = needed.get(&file.output) else {
            continue;
        };
        let (Lying::Bytes(now) | Lying::OtherLineEnds(now, _)) = (look.bytes)(&file.path)?;
        if now != *digest {
            diagnostics.push(
                Diagnostic::error("frozen-collision", format!("the frozen page of `{id}` needs this file as it was, and it was changed since"))
                    .in_file(&file.path)
                    .help("Give the new file another name, put the earlier one back, and name the new one in the plans that are to show it.")
                    .help(frozen_again(id)),
            );
        }
    }
    let plans = content
        .plans
        .iter()
        .map(|plan| (&plan.path, plan.route.file()));
    let files = content
        .files
        .iter()
        .map(|file| (&file.path, file.output.clone()));
    for (path, output) in plans.chain(files) {
        if needed.contains_key(&output) {
            continue;
        }
        if let Some(found) = claims.claim(path, output.as_str(), &output) {
            diagnostics.push(
                Diagnostic::error("frozen-collision", found.message)
                    .in_file(path)
                    .help("A frozen page stays as it is: give this another name."),
            );
        }
    }
    Ok(diagnostics)
}

/// The names of the frozen plans, for a message.
pub fn names<'n>(ids: impl Iterator<Item = &'n str>) -> String {
    let ids: Vec<&str> = ids.collect();
    if ids.is_empty() {
        "No plan is frozen.".to_owned()
    } else {
        format!("Frozen are: {}.", listed(ids))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route() -> Route {
        Route::new("sub/old").expect("a route")
    }

    fn output(path: &str) -> OutputPath {
        OutputPath::new(path).expect("a path")
    }

    #[test]
    fn no_two_files_and_no_other_page_have_one_place() {
        for (file, expected) in [
            ("sub/old/index.html", "frozen/sub/old/index.html"),
            ("sub/old/plan.csv", "frozen/sub/old/plan.csv"),
            (
                "sub/old/newer/x.svg",
                "frozen/sub/old/page.files/sub/old/newer/x.svg",
            ),
            (
                "sub/old/Page.Files",
                "frozen/sub/old/page.files/sub/old/Page.Files",
            ),
            (
                "sub/old/planpress.frozen",
                "frozen/sub/old/page.files/sub/old/planpress.frozen",
            ),
            (
                "sub/older/x.svg",
                "frozen/sub/old/page.files/sub/older/x.svg",
            ),
            (
                "assets/style.css",
                "frozen/sub/old/page.files/assets/style.css",
            ),
        ] {
            assert_eq!(place(&route(), &output(file)), expected);
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let listing = Listing {
            plan: digest_of_plan("title"),
            files: ["sub/old/index.html", "a b", "ü"]
                .map(|file| (output(file), blake3::hash(file.as_bytes())))
                .into(),
        };
        let text = listing.to_text();
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let source = SourceText::new("list", text);
            assert_eq!(Listing::read(&source, &route()).as_ref(), Ok(&listing));
        }
        let other = Route::new("other").expect("a route");
        assert!(Listing::read(&SourceText::new("list", text), &other).is_err());
    }

    #[test]
    fn half_a_list_is_none() {
        let listing = Listing {
            plan: digest_of_plan("title"),
            files: [(output("sub/old/index.html"), blake3::hash(b""))].into(),
        };
        let text = listing.to_text();
        for end in 0..text.len() - 1 {
            let source = SourceText::new("list", &text[..end]);
            assert!(Listing::read(&source, &route()).is_err(), "{end}");
        }
    }

    #[test]
    fn the_line_ends_of_a_plan_do_not_matter() {
        assert_eq!(digest_of_plan("a\r\nb\n"), digest_of_plan("a\nb\n"));
        assert_ne!(digest_of_plan("a\nb\n"), digest_of_plan("a\nb"));
    }
}
