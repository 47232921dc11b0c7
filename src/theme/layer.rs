//! The chain of layers that a theme is made of, most specific first: the site's own files, the
//! theme named, the themes that it extends, the built-in default. A theme is a folder of the site
//! or built in.
//!
//! In: the site's own layer, a name, and a way to look a theme up. Out: the layers in order, and
//! what is wrong with the names. Reads no file: the caller hands the files over.

use std::borrow::Cow;
use std::ops::Range;

use super::builtin;
use super::files_toml::ThemeFile;
use crate::diagnostic::hint;
use crate::diagnostic::{Diagnostic, SourceText};

/// The name of the layer made of the site's own `templates/`, `static/` and `languages/`.
pub const SITE: &str = "site";

/// The name of the built-in theme that lies under all others.
pub const DEFAULT: &str = "default";

/// One file of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerFile {
    /// As shown to a person, relative to the site's root: `themes/plain/templates/plan.html`.
    pub path: String,
    /// Inside its layer, with `/`: `templates/plan.html`.
    pub inside: String,
    pub bytes: Cow<'static, [u8]>,
}

/// The files of one theme, or the site's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    pub name: String,
    pub files: Vec<LayerFile>,
}

impl Layer {
    /// The file at this path inside the layer.
    pub fn file(&self, inside: &str) -> Option<&LayerFile> {
        self.files.iter().find(|file| file.inside == inside)
    }

    /// The files under a folder (`"templates/"`), each with its path inside that folder.
    pub(super) fn under<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a LayerFile)> {
        self.files
            .iter()
            .filter_map(move |file| Some((file.inside.strip_prefix(folder)?, file)))
    }

    /// True for the layer made of the site's own files.
    pub fn is_site(&self) -> bool {
        self.name == SITE
    }

    /// True for a theme that is part of the program.
    pub fn is_built_in(&self) -> bool {
        let first = self.files.first();
        first.is_some_and(|file| builtin::is_part(&file.path))
    }
}

/// The place in a file that names a theme.
#[derive(Clone, Debug)]
pub struct ThemeName {
    pub name: String,
    pub source: SourceText,
    pub span: Range<usize>,
}

/// Puts the layers in order.
///
/// `named` is `None` where the site names no theme and gets the default. `known` are the names of
/// the site's own themes, for hints; `lookup` gives one of them. A theme of the site's own goes
/// before the built-in one of its name; where its `theme.toml` says nothing of what it extends,
/// it stands over that one, as every theme stands over the built-in default.
///
/// Where a name is wrong the layers found so far come back, with the built-in default under them,
/// so that everything else can still be checked.
pub fn chain(
    site: Layer,
    named: Option<ThemeName>,
    known: &[String],
    lookup: impl Fn(&str) -> Option<Layer>,
) -> (Vec<Layer>, Vec<Diagnostic>) {
    let mut layers = vec![site];
    let mut diagnostics = Vec::new();
    let mut trail: Vec<String> = Vec::new();
    let mut next = named;
    if next.is_none() {
        // A site that develops the default theme has it among its own.
        layers.extend(lookup(DEFAULT));
    }
    while let Some(named) = next.take() {
        if trail.contains(&named.name) {
            trail.push(named.name.clone());
            diagnostics.push(
                Diagnostic::error(
                    "circular-theme",
                    "these themes extend each other in a circle",
                )
                .at(&named.source, named.span)
                .label(trail.join(" → "))
                .help("Let one of them extend nothing: a built-in theme then comes under it."),
            );
            break;
        }
        let own = lookup(&named.name);
        // The built-in default goes to the end, whatever is named.
        let built_in = builtin::named(&named.name).filter(|_| named.name != DEFAULT);
        if own.is_none() && built_in.is_none() && named.name != DEFAULT {
            diagnostics.push(unknown(&named, known));
        }
        let says = own.as_ref().and_then(extends);
        let below = if says.is_none() { built_in } else { None };
        next = says.or_else(|| below.as_ref().and_then(extends));
        layers.extend(own.into_iter().chain(below));
        trail.push(named.name);
    }
    layers.push(builtin::layer());
    (layers, diagnostics)
}

/// The theme that this one says it extends. What else is wrong with its `theme.toml` is said when
/// the theme is put together.
fn extends(layer: &Layer) -> Option<ThemeName> {
    ThemeFile::read(layer.file("theme.toml")?).0?.extends
}

fn unknown(named: &ThemeName, known: &[String]) -> Diagnostic {
    let mut names: Vec<&str> = known.iter().map(String::as_str).collect();
    for name in builtin::names() {
        names.push(name);
    }
    Diagnostic::error(
        "unknown-theme",
        format!("there is no theme `{}`", named.name),
    )
    .at(&named.source, named.span.clone())
    .help(hint(&named.name, names, "themes"))
    .help(format!(
        "A theme of your own lies in `themes/{}/`, with at least one file: `theme.toml`.",
        named.name
    ))
}
