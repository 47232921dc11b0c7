//! Themes: the templates, static files, words and design tokens that turn a plan into a page.
//!
//! In: the chain of layers (the site's own files, the theme named, those it extends, the built-in
//! default) and the site's design tokens. Out: a compiled [`Theme`], or everything that is wrong
//! with its files. Pure: reads and writes no file, and knows no plan.
//!
//! How a theme is made is told in `themes/README.md`.

mod assets;
mod builtin;
mod colour;
mod contrast;
mod css;
mod explain;
mod files_toml;
mod inline;
mod layer;
mod nesting;
mod oklab;
pub mod overview;
mod palette;
pub mod pieces;
mod relations;
mod rendering;
mod roles;
mod scheme;
mod shared;
mod tags;
mod templates;
mod tokens;
mod valued;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use rendering::TeraTemplates;
use serde::Serialize;

pub use assets::Asset;
pub use builtin::layer as builtin;
pub use builtin::{named as built_in, names as built_in_names};
pub use layer::{DEFAULT, Layer, LayerFile, SITE, ThemeName, chain};
pub use overview::Overview;
pub use shared::Shared;
pub use tokens::TokenOverride;
pub use valued::{SharedHtml, SharedText, Valued, finished, seldom};
pub use words::{Word, Words};

use crate::diagnostic::{Diagnostic, SourceText};

/// A theme, ready to render: every layer of its chain as one.
#[derive(Debug)]
pub struct Theme {
    tera: TeraTemplates,
    assets: Vec<Asset>,
    tokens: BTreeMap<String, String>,
    languages: words::Languages,
    digest: String,
}

/// Every address in a stylesheet, or in the value of a `style` attribute.
pub fn css_addresses(css: &str) -> impl Iterator<Item = String> + use<> {
    css::addresses(css).into_iter().map(|address| address.text)
}

impl Theme {
    /// Puts the layers together, most specific first; [`chain`] orders them.
    ///
    /// `overrides` are the `[tokens]` of `planpress.toml`, with the text they stand in. Returns
    /// no theme where a template is faulty; with any other error the theme is there, so that the
    /// plans can be checked with it, and must not be published.
    pub fn new(
        layers: &[Layer],
        overrides: Option<(&SourceText, &[TokenOverride])>,
    ) -> (Option<Self>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut themes = Vec::new();
        wrong_case(layers, &mut diagnostics);
        for layer in layers.iter().rev() {
            misplaced(layer, &mut diagnostics);
            if let Some(file) = layer.file("theme.toml").filter(|_| !layer.is_site()) {
                let (theme, found) = files_toml::ThemeFile::read(file);
                diagnostics.extend(found);
                themes.extend(theme);
            }
        }
        let tokens = tokens::merge(&themes, overrides, &mut diagnostics);
        let assets = assets::collect(layers, &tokens, &mut diagnostics);
        let languages = words::Languages::new(layers, &mut diagnostics);
        let compiled = templates::compile(layers, &mut diagnostics);
        let theme = compiled.map(|tera| Self {
            tera,
            digest: digest(layers, &tokens),
            assets,
            tokens,
            languages,
        });
        (theme, diagnostics)
    }

    /// Renders a template (`plan.html`) with a page's context.
    ///
    /// # Errors
    /// A template that uses what the context does not have, framed in the template.
    pub fn render(
        &self,
        template: &str,
        context: &impl Serialize,
    ) -> Result<String, Box<Diagnostic>> {
        let text = self.render_bytes(template, context, 0)?;
        String::from_utf8(text).map_err(|error| self.explained(&error.into(), template))
    }

    /// Renders a template to the bytes of its text, with room for so many before they have to move.
    ///
    /// # Errors
    /// As [`Self::render`].
    pub fn render_bytes(
        &self,
        template: &str,
        context: &impl Serialize,
        room: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        tera::Context::from_serialize(context)
            .and_then(|context| self.tera.render(template, &context, room))
            .map_err(|error| self.explained(&error, template))
    }

    /// Renders a template to where it goes. Where that fails, what was written is of no use; what
    /// [`Self::render_bytes`] says then is better told.
    ///
    /// # Errors
    /// A template that uses what the context does not have, or what `out` says.
    pub fn render_to(
        &self,
        template: &str,
        context: &impl Serialize,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        tera::Context::from_serialize(context)
            .and_then(|context| self.tera.render_to(template, &context, out))
            .map_err(io::Error::other)
    }

    fn explained(&self, error: &tera::Error, template: &str) -> Box<Diagnostic> {
        Box::new(explain::rendering(error, &self.tera.sources, template))
    }

    /// Tells how many pages a template will make: many are made in another way, which takes a while
    /// to get ready.
    pub fn expect(&self, template: &str, pages: usize) {
        self.tera.expect(template, pages);
    }

    /// The static files under their content-hashed names, by name.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// The design tokens, the site's own over the theme's, with the derived ones for dark screens.
    pub fn tokens(&self) -> &BTreeMap<String, String> {
        &self.tokens
    }

    /// The theme's words in a language (BCP 47), with what it lacks in English.
    pub fn words(&self, language: &str) -> Words {
        self.languages.words(language)
    }

    /// The languages the theme has a file for, as lower-cased tags.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.tags().into_iter()
    }

    /// True where both have the same words in every language.
    pub fn speaks_like(&self, other: &Self) -> bool {
        self.languages == other.languages
    }

    /// Changes with everything that this theme can put on a page.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

/// A folder of a theme whose name is nearly that of one that counts.
fn misplaced(layer: &Layer, diagnostics: &mut Vec<Diagnostic>) {
    const FOLDERS: [&str; 3] = ["languages", "static", "templates"];
    let mut told = Vec::new();
    for file in &layer.files {
        let Some((folder, _)) = file.inside.split_once('/') else {
            continue;
        };
        if FOLDERS.contains(&folder) || told.contains(&folder) {
            continue;
        }
        if let Some(near) = crate::diagnostic::nearest(folder, FOLDERS) {
            told.push(folder);
            diagnostics.push(
                Diagnostic::error(
                    "unknown-folder",
                    format!("a theme has no folder `{folder}`"),
                )
                .in_file(&file.path)
                .help(format!("Did you mean `{near}`?")),
            );
        }
    }
}

/// A file that would count if upper and lower case did not: `templates/Plan.html`. On many
/// computers the two are one name, so a person may never see the difference.
fn wrong_case(layers: &[Layer], diagnostics: &mut Vec<Diagnostic>) {
    // No theme has this one, and every page links it where it is there.
    const KNOWN: &str = "static/site.css";
    let inside = layers.iter().flat_map(|layer| &layer.files);
    let known: BTreeSet<&str> = inside
        .filter(|file| builtin::is_part(&file.path))
        .map(|file| file.inside.as_str())
        .chain([KNOWN])
        .collect();
    let own = layers.iter().flat_map(|layer| &layer.files);
    for file in own.filter(|file| !known.contains(file.inside.as_str())) {
        let lower = file.inside.to_ascii_lowercase();
        // A language is found however its tag is written (RFC 5646, 2.1.1).
        if known.contains(lower.as_str()) && !lower.starts_with("languages/") {
            let name = |inside: &str| inside.rsplit('/').next().unwrap_or_default().to_owned();
            let (written, meant) = (name(&file.inside), name(&lower));
            diagnostics.push(
                Diagnostic::error(
                    "bad-file-name",
                    format!("`{written}` does not count as `{meant}`: upper and lower case differ"),
                )
                .in_file(&file.path)
                .help(format!("Call the file `{meant}`.")),
            );
        }
    }
}

fn digest(layers: &[Layer], tokens: &BTreeMap<String, String>) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        // The length goes first, so that no two lists of files come out as the same bytes.
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    for layer in layers {
        let mut files: Vec<&LayerFile> = layer.files.iter().collect();
        files.sort_by(|a, b| a.inside.cmp(&b.inside));
        add(layer.name.as_bytes());
        for file in files {
            add(file.inside.as_bytes());
            add(&file.bytes);
        }
    }
    for (name, value) in tokens {
        add(name.as_bytes());
        add(value.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}
