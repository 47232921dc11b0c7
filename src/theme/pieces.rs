//! One piece of a theme to copy into a site: a file, or a component by itself.
//!
//! In: the layers and a name as a person types it. Out: the piece as the theme has it, under the
//! site's own layer. Writes nothing.

use std::borrow::Cow;

use super::assets;
use super::layer::{Layer, LayerFile};
use super::tags::{self, Reference, Use};
use super::templates::PARENT;

/// The folders that a name is looked for in, if it names none.
const FOLDERS: [&str; 3] = ["templates/", "static/", "languages/"];

/// Something to start from.
#[derive(Debug)]
pub struct Piece {
    /// Where it goes in the site, relative to its root.
    pub path: String,
    /// The theme that it comes from.
    pub theme: String,
    pub bytes: Vec<u8>,
    pub what: What,
    /// How it takes in the file of the same name in the theme below, where it does: a copy of it
    /// above itself would then say the same twice.
    pub adds_by: Option<String>,
    /// The components that it defines.
    pub components: Vec<String>,
}

/// What kind of piece it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A template that fills these blocks.
    Template {
        blocks: Vec<String>,
    },
    /// A template that defines components and is no page.
    Components,
    Component,
    Static,
    Language,
}

/// The piece of this name in the most specific theme that has it, as the site would have it
/// without files of its own: `plan.html`, `static/style.css`, `en.toml`, or a component (`mark`).
pub fn find(layers: &[Layer], name: &str) -> Option<Piece> {
    let themes = || layers.iter().filter(|layer| !layer.is_site());
    let mut insides = FOLDERS.map(|folder| format!("{folder}{name}")).to_vec();
    insides.retain(|_| !FOLDERS.iter().any(|folder| name.starts_with(folder)));
    insides.insert(0, name.to_owned());
    let is_piece = |inside: &&String| FOLDERS.iter().any(|folder| inside.starts_with(folder));
    for inside in insides.iter().filter(is_piece) {
        for layer in themes() {
            if let Some(file) = layer.file(inside) {
                return Some(whole(layer, file));
            }
        }
    }
    themes().find_map(|layer| component(layer, name))
}

/// Every name that [`find`] knows: of the files, then of the components.
pub fn names(layers: &[Layer]) -> [Vec<String>; 2] {
    let mut files = Vec::new();
    let mut components = Vec::new();
    for layer in layers.iter().filter(|layer| !layer.is_site()) {
        for file in &layer.files {
            match FOLDERS
                .iter()
                .find(|folder| file.inside.starts_with(**folder))
            {
                Some(&"templates/") => {
                    files.push(file.inside["templates/".len()..].to_owned());
                    let tags = tags::scan(&text(file));
                    components.extend(tags.components.into_iter().map(|found| found.name));
                }
                Some(_) => files.push(file.inside.clone()),
                None => {}
            }
        }
    }
    [files, components].map(|mut names| {
        names.sort_unstable();
        names.dedup();
        names
    })
}

fn text(file: &LayerFile) -> Cow<'_, str> {
    String::from_utf8_lossy(&file.bytes)
}

fn whole(layer: &Layer, file: &LayerFile) -> Piece {
    let mut piece = Piece {
        path: file.inside.clone(),
        theme: layer.name.clone(),
        bytes: file.bytes.to_vec(),
        what: What::Static,
        adds_by: None,
        components: Vec::new(),
    };
    match file.inside.split_once('/') {
        Some(("templates", name)) => {
            let tags = tags::scan(&text(file));
            let is_parent = |tag: &Reference| {
                tag.how == Use::Extends && tag.name.strip_prefix(PARENT) == Some(name)
            };
            if tags.references.iter().any(is_parent) && !tags.super_calls.is_empty() {
                piece.adds_by = Some(format!("{{% extends \"{PARENT}{name}\" %}}"));
            }
            piece.what = if tags.blocks.is_empty() && !tags.components.is_empty() {
                What::Components
            } else {
                What::Template {
                    blocks: tags.blocks,
                }
            };
            let defined = tags.components.into_iter();
            piece.components = defined.map(|found| found.name).collect();
        }
        Some(("static", name)) if assets::takes_in_parent(file, name) => {
            piece.adds_by = Some(format!("@import \"{PARENT}{name}\";"));
        }
        Some(("languages", _)) => piece.what = What::Language,
        _ => {}
    }
    piece
}

/// A component, with the remark that stands before it.
fn component(layer: &Layer, name: &str) -> Option<Piece> {
    layer.under("templates/").find_map(|(_, file)| {
        let text = text(file);
        let tags = tags::scan(&text);
        let found = tags
            .components
            .into_iter()
            .find(|found| found.name == name)?;
        let before = text[..found.whole.start].trim_end();
        let remark = before
            .strip_suffix("#}")
            .and_then(|before| before.rfind("{#"));
        let start = remark.unwrap_or(found.whole.start);
        Some(Piece {
            path: format!("templates/components/{name}.html"),
            theme: layer.name.clone(),
            bytes: format!("{}\n", &text[start..found.whole.end]).into_bytes(),
            what: What::Component,
            adds_by: None,
            components: vec![name.to_owned()],
        })
    })
}

/// Where a component of this name is defined among a layer's templates: the file's path.
pub fn defined_in<'a>(layer: &'a Layer, name: &str) -> Option<&'a str> {
    let defines = |file: &LayerFile| {
        let tags = tags::scan(&text(file));
        tags.components.iter().any(|found| found.name == name)
    };
    let mut templates = layer.under("templates/").map(|(_, file)| file);
    templates
        .find(|file| defines(file))
        .map(|file| file.path.as_str())
}
