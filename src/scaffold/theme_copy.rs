//! A piece of the theme among the site's own files, to start from.
//!
//! In: a piece's name as a person types it. Out: one new file in `templates/`, `static/` or
//! `languages/`. May not change what a page shows: a copy says what stood there before.

use std::path::Path;

use crate::build;
use crate::diagnostic::{Failure, listed, nearest};
use crate::publish::write_new_file;
use crate::theme::pieces::{self, Piece};
use crate::theme::{Layer, SITE};

/// Copies a template, a component, a static file or a language file of the site's theme.
///
/// # Errors
///
/// There is no such piece (the failure proposes one that there is), the site has it already, or
/// the file cannot be written.
pub fn theme_copy(root: &Path, name: &str) -> Result<Piece, Failure> {
    let layers = build::theme_inputs(root)?.layers;
    let Some(piece) = pieces::find(&layers, name) else {
        return Err(unknown(&layers, name));
    };
    if let Some((what, there)) = own(&layers, &piece) {
        return Err(
            Failure::new(format!("the site has its own {what} already, in {there}"))
                .help("Nothing was changed. Edit that file, or move it away to start anew."),
        );
    }
    if let Some(adds_by) = &piece.adds_by {
        return Err(Failure::new(format!(
            "the {name} of the theme {} adds to the one below it: a copy would add the same twice",
            piece.theme
        ))
        .help(format!(
            "Write {} yourself: first the line `{adds_by}`, and then what you change.",
            piece.path
        ))
        .help("`planpress theme list` shows the blocks that templates have."));
    }
    write_new_file(&root.join(&piece.path), &piece.bytes)?;
    Ok(piece)
}

/// What of this piece the site has already, and in which file.
fn own<'a>(layers: &'a [Layer], piece: &'a Piece) -> Option<(&'a str, &'a str)> {
    let site = layers.iter().find(|layer| layer.name == SITE)?;
    let components = piece.components.iter();
    let mut defined =
        components.filter_map(|name| Some((name.as_str(), pieces::defined_in(site, name)?)));
    let same = || site.file(&piece.path).map(|file| file.path.as_str());
    let name = piece.path.rsplit('/').next().unwrap_or_default();
    defined.next().or_else(|| Some((name, same()?)))
}

fn unknown(layers: &[Layer], name: &str) -> Failure {
    let [files, components] = pieces::names(layers);
    let known = || files.iter().chain(&components).map(String::as_str);
    let failure = Failure::new(format!("the theme has nothing called `{name}`"));
    let failure = match nearest(name, known()) {
        Some(near) => failure.help(format!("Did you mean `{near}`?")),
        None => failure,
    };
    failure
        .help(format!(
            "The files there are: {}.",
            listed(files.iter().map(String::as_str))
        ))
        .help("One component can be copied by itself. `planpress theme list` shows them all.")
}
