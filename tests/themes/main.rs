//! What themes do: the page they make, how a layer changes one thing of the layer below, and
//! what a person is told about a theme that is wrong.

mod attributes;
mod chain;
mod colours;
mod context;
mod many;
mod markup;
mod nesting;
mod overriding;
mod paths;
mod plain;
mod table;
mod wrong;
mod wrong_files;

use planpress::diagnostic::Diagnostic;
use planpress::theme::{self, Layer, LayerFile, Theme};

/// A layer from paths inside it and texts, as if it lay in `themes/<name>/` (the site's own at
/// the root).
pub fn layer(name: &str, files: &[(&str, &str)]) -> Layer {
    let folder = if name == theme::SITE {
        String::new()
    } else {
        format!("themes/{name}/")
    };
    let files = files.iter().map(|(inside, text)| LayerFile {
        path: format!("{folder}{inside}"),
        inside: (*inside).to_owned(),
        bytes: text.as_bytes().to_vec().into(),
    });
    Layer {
        name: name.to_owned(),
        files: files.collect(),
    }
}

/// The theme of a site with these files of its own over the built-in default.
pub fn site(files: &[(&str, &str)]) -> (Option<Theme>, Vec<Diagnostic>) {
    Theme::new(&[layer(theme::SITE, files), theme::builtin()], None)
}

/// A theme that has to be without fault.
pub fn sound(files: &[(&str, &str)]) -> Theme {
    let (theme, diagnostics) = site(files);
    assert_eq!(diagnostics, [], "the theme is sound");
    theme.expect("a theme without errors compiles")
}

/// What a diagnostic points at.
pub fn marked(diagnostic: &Diagnostic) -> &str {
    let excerpt = diagnostic.place.as_ref().and_then(|place| place.excerpt());
    excerpt.map_or("", |excerpt| &excerpt.text[excerpt.range.clone()])
}
