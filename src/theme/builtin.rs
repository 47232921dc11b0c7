//! The default theme as part of the program, so that a site needs none. A test compares this
//! table with the folder `themes/default`.

use std::borrow::Cow;

use super::layer::{DEFAULT, Layer, LayerFile};

macro_rules! embedded {
    ($($inside:literal),+ $(,)?) => {
        &[$(($inside, include_bytes!(concat!("../../themes/default/", $inside)))),+]
    };
}

/// Every file of the default theme: its path inside the theme, its bytes.
const FILES: &[(&str, &[u8])] = embedded![
    "languages/de.toml",
    "languages/en.toml",
    "static/plan.js",
    "static/style.css",
    "templates/base.html",
    "templates/components.html",
    "templates/home.html",
    "templates/plan.html",
    "theme.toml",
];

/// What stands before the path of every file that is part of the program.
const PATH: &str = "(built in)/themes/default/";

/// True for the path, as shown to a person, of a file of the built-in theme.
pub fn is_part(path: &str) -> bool {
    path.starts_with(PATH)
}

/// The lowest layer of every chain.
pub fn layer() -> Layer {
    let files = FILES.iter().map(|(inside, bytes)| LayerFile {
        path: format!("{PATH}{inside}"),
        inside: (*inside).to_owned(),
        bytes: Cow::Borrowed(bytes),
    });
    Layer {
        name: DEFAULT.to_owned(),
        files: files.collect(),
    }
}
