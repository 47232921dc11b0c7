//! What is wrong with frozen pages, and how to put it back.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use blake3::Hash;

use super::listing::*;
use super::{Frozen, Look, Lying};
use crate::diagnostic::{Diagnostic, Failure, counted, listed};
use crate::site::files::{Claims, ContentFiles};
use crate::site::route::OutputPath;
use crate::source::{CONTENT, FROZEN};

/// The path of an input below the folder of a frozen page.
pub(super) fn below<'p>(input: &'p str, id: &str) -> Option<&'p str> {
    input
        .strip_prefix(FROZEN)?
        .strip_prefix('/')?
        .strip_prefix(id)?
        .strip_prefix('/')
}

pub(super) fn frozen_again(id: &str) -> String {
    format!(
        "If the page itself is to change, `planpress thaw {id}`, and `planpress freeze {id}` again."
    )
}

pub(super) fn missing(id: &str, file: &str) -> Diagnostic {
    Diagnostic::error(
        "frozen-file-missing",
        format!("the frozen page of `{id}` needs this file, and it is gone"),
    )
    .in_file(file)
    .help(restored(id))
    .help(frozen_again(id))
}

pub(super) fn altered(id: &str, file: &str, expected: Hash, lying: &Lying) -> Option<Diagnostic> {
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

pub(super) fn without_plan(id: &str, list: &str) -> Diagnostic {
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
pub(super) fn strangers(
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
pub(super) fn wanted_twice(
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
            let _ = claims.claim(owner.as_str(), output.as_str(), output);
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
        .map(|plan| (plan.path(), plan.route.file()));
    let files = content
        .files
        .iter()
        .map(|file| (file.path.clone(), file.output.clone()));
    for (path, output) in plans.chain(files) {
        if needed.contains_key(&output) {
            continue;
        }
        if let Some(found) = claims.claim(path.clone(), output.as_str(), &output) {
            diagnostics.push(
                Diagnostic::error("frozen-collision", found.message)
                    .in_file(&path)
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
