//! The files that a plan's texts name: each must be there, and an image must be an image. What a
//! plan says of its own anchors by its file's name is checked here too; of another plan's, where
//! all cards are in.

use super::anchors::LastAsked;
use super::card::Card;
use super::files::ContentFiles;
use super::links::{Meant, follow};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::plan::anchors;
use crate::plan::keys::nearest;
use crate::plan::model::LinkUse;
use crate::plan::text::Target;
use crate::source::CONTENT;

/// Images that browsers show. SVG counts: in an `img` element it runs no script.
const IMAGES: &[&str] = &["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

/// Checks the links of a plan against the files of the site.
pub fn check(source: &SourceText, card: &Card, content: &ContentFiles) -> Vec<Diagnostic> {
    let id = content.plans[card.plan].id();
    let mut diagnostics = Vec::new();
    let mut own = LastAsked::default();
    for link in &card.rare.links {
        let Target::File { path, anchor } = &link.target else {
            continue;
        };
        let found = match follow(content, id, path) {
            Meant::Plan(_) if link.image => {
                Diagnostic::error("not-an-image", format!("`{path}` is a plan, not an image"))
                    .help("Take the `!` out to make it a link.")
            }
            Meant::File(output) if link.image && !is_image(output.as_str()) => Diagnostic::error(
                "not-an-image",
                format!("`{path}` is no image that browsers show"),
            )
            .help(format!("Use one of: {}.", IMAGES.join(", "))),
            Meant::Plan(index) if index == card.plan => {
                diagnostics.extend(on_its_own_page(
                    source,
                    card,
                    &mut own,
                    anchor.as_deref(),
                    link,
                ));
                continue;
            }
            Meant::Plan(_) | Meant::File(_) => continue,
            Meant::Outside => Diagnostic::error(
                "missing-file",
                format!("`{path}` leads out of the folder {CONTENT}/"),
            )
            .help(format!(
                "Put the file somewhere under {CONTENT}/ and write its path from this file."
            )),
            Meant::Missing(whole) => missing(path, &whole, content),
        };
        diagnostics.push(found.at(source, link.span.clone()));
    }
    diagnostics
}

/// A link that names the plan's own file leads to an anchor that its page has.
fn on_its_own_page(
    source: &SourceText,
    card: &Card,
    own: &mut LastAsked,
    anchor: Option<&str>,
    link: &LinkUse,
) -> Option<Diagnostic> {
    let anchor = anchor.filter(|_| !card.partial)?;
    let there = own.has(card.plan, &card.anchors, anchor);
    (!there).then(|| {
        anchors::missing(
            source,
            &card.anchors.spelled().to_vec(),
            anchor,
            link.span.clone(),
        )
    })
}

/// True where a file's ending is that of an image.
pub fn is_image(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, ending)| IMAGES.contains(&ending.to_ascii_lowercase().as_str()))
}

fn missing(path: &str, whole: &str, content: &ContentFiles) -> Diagnostic {
    let error = Diagnostic::error(
        "missing-file",
        format!("there is no file {CONTENT}/{whole}"),
    );
    let is_plan = path.ends_with(".toml");
    let plans: Vec<String> = content
        .plans
        .iter()
        .map(|plan| format!("{}.toml", plan.id()))
        .collect();
    let files: Vec<String> = content
        .files
        .iter()
        .map(|file| file.output.to_string())
        .collect();
    let error = match nearest(whole, plans.iter().chain(&files).map(String::as_str)) {
        Some(meant) => error.label(format!("did you mean {CONTENT}/{meant}?")),
        None => error,
    };
    if is_plan {
        error.help("A link to a plan names its file, relative to this one: [the last plan](alcts-2006-2011.toml).")
    } else {
        error.help("A link without https:// names a file relative to this one; an address elsewhere begins with https://.")
    }
}
