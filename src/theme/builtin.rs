//! The themes that are part of the program, so that a site needs none of its own. A test compares
//! this table with the folders under `themes/`.

use std::borrow::Cow;

use super::layer::{DEFAULT, Layer, LayerFile};

/// Every file of a theme: its path inside the theme, its bytes.
type Files = &'static [(&'static str, &'static [u8])];

macro_rules! embedded {
    ($theme:literal: $($inside:literal),+ $(,)?) => {
        ($theme, &[$(($inside, include_bytes!(concat!("../../themes/", $theme, "/", $inside)))),+])
    };
}

/// The themes by name. Each has the default under it.
const THEMES: [(&str, Files); 2] = [
    embedded![
        "default":
        "languages/de.toml",
        "languages/en.toml",
        "static/icon.svg",
        "static/plan.js",
        "static/style.css",
        "templates/404.html",
        "templates/address.html",
        "templates/base.html",
        "templates/components.html",
        "templates/home.html",
        "templates/plan.html",
        "templates/redirect.html",
        "theme.toml",
    ],
    embedded![
        "plain":
        "languages/de.toml",
        "languages/en.toml",
        "static/style.css",
        "templates/components.html",
        "templates/plan.html",
        "theme.toml",
    ],
];

/// What stands before the path of every file that is part of the program.
const PATH: &str = "(built in)/";

/// True for the path, as shown to a person, of a file of a built-in theme.
pub fn is_part(path: &str) -> bool {
    path.starts_with(PATH)
}

/// The names of the built-in themes.
pub fn names() -> impl Iterator<Item = &'static str> {
    THEMES.iter().map(|(name, _)| *name)
}

/// The built-in theme of this name.
pub fn named(name: &str) -> Option<Layer> {
    let (name, files) = THEMES.iter().find(|(known, _)| *known == name)?;
    let files = files.iter().map(|(inside, bytes)| LayerFile {
        path: format!("{PATH}themes/{name}/{inside}"),
        inside: (*inside).to_owned(),
        bytes: Cow::Borrowed(*bytes),
    });
    Some(Layer {
        name: (*name).to_owned(),
        files: files.collect(),
    })
}

/// The lowest layer of every chain.
pub fn layer() -> Layer {
    named(DEFAULT).expect("the table has the default theme")
}
