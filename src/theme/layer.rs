//! The chain of layers that a theme is made of, most specific first: the site's own files, the
//! theme named, the themes that it extends, the built-in default.
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

/// The name of the theme that is part of the program.
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
/// the site's own themes, for hints; `lookup` gives one of them. A folder `themes/default` of the
/// site's own stands over the built-in theme of that name.
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
    let mut next = match named {
        Some(named) => Some(named),
        None => {
            // A site that develops the default theme has it among its own.
            if let Some(layer) = lookup(DEFAULT) {
                layers.push(layer);
            }
            None
        }
    };
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
                .help("Let one of them extend nothing: the built-in default then comes under it."),
            );
            break;
        }
        let Some(layer) = lookup(&named.name) else {
            if named.name != DEFAULT {
                diagnostics.push(unknown(&named, known));
            }
            break;
        };
        trail.push(named.name);
        // What else is wrong with theme.toml is said when the theme is put together.
        next = layer
            .file("theme.toml")
            .and_then(|file| ThemeFile::read(file).0)
            .and_then(|theme| theme.extends);
        layers.push(layer);
    }
    layers.push(builtin::layer());
    (layers, diagnostics)
}

fn unknown(named: &ThemeName, known: &[String]) -> Diagnostic {
    let known = || known.iter().map(String::as_str).chain([DEFAULT]);
    let names: Vec<&str> = known().collect();
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
