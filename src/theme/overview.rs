//! What a theme is made of, and which layer each part comes from.
//!
//! In: the layers of a chain and the site's design tokens. Out: an [`Overview`], for a person who
//! wants to know what there is to change and what is changed. Judges nothing: of a faulty theme it
//! shows what there is.

use std::collections::{BTreeMap, BTreeSet};

use super::assets;
use super::files_toml::{LanguageFile, ThemeFile};
use super::layer::{Layer, LayerFile};
use super::tags::{self, Tags};
use super::templates::PARENT;
use super::tokens::TokenOverride;

/// Everything in a chain of layers.
#[derive(Debug)]
pub struct Overview {
    /// Every layer, most specific first.
    pub layers: Vec<LayerShown>,
    /// The files in `templates/`, by name.
    pub templates: Vec<Part>,
    /// The components that templates define, by name.
    pub components: Vec<Part>,
    /// The files in `static/`, by name.
    pub statics: Vec<Part>,
    /// The files in `languages/`, by name.
    pub languages: Vec<Part>,
    /// The design tokens, by name.
    pub tokens: Vec<Part>,
}

/// A layer as a person knows it.
#[derive(Debug)]
pub struct LayerShown {
    pub name: String,
    /// The folders it lies in, relative to the site's root; none for a built-in theme and for a
    /// site that has no files of its own.
    pub folders: Vec<String>,
    pub is_built_in: bool,
    /// What its `theme.toml` says of it.
    pub description: Option<String>,
}

/// Something that a layer may override.
#[derive(Debug)]
pub struct Part {
    pub name: String,
    /// One for each layer that has it, most specific first.
    pub versions: Vec<Version>,
}

/// What one layer has of a part.
#[derive(Debug)]
pub struct Version {
    /// Its place in [`Overview::layers`].
    pub layer: usize,
    /// True where nothing of it reaches a page, because a layer above stands in its place.
    pub overridden: bool,
    pub holds: Holds,
}

/// What there is to say of a version besides that it is there.
#[derive(Debug, PartialEq, Eq)]
pub enum Holds {
    Nothing,
    /// A template: the blocks it fills, in order, and how many components it defines.
    Blocks(Vec<String>, usize),
    /// A language file: how many words.
    Words(usize),
    /// A token.
    Value(String),
}

impl Overview {
    /// Looks through the layers, most specific first. `site_tokens` are those of `planpress.toml`.
    pub fn new(layers: &[Layer], site_tokens: &[TokenOverride]) -> Self {
        let theme_files: Vec<Option<ThemeFile>> = layers.iter().map(theme_file).collect();
        let shown = layers.iter().zip(&theme_files);
        let (templates, components) = templates(layers);
        Self {
            layers: shown
                .map(|(layer, file)| LayerShown::new(layer, file.as_ref()))
                .collect(),
            templates,
            components,
            statics: statics(layers),
            languages: languages(layers),
            tokens: tokens(&theme_files, site_tokens),
        }
    }
}

impl LayerShown {
    fn new(layer: &Layer, file: Option<&ThemeFile>) -> Self {
        let is_built_in = layer.is_built_in();
        let folder = |file: &LayerFile| {
            let above = file.path.strip_suffix(&file.inside).unwrap_or_default();
            // The site's own files lie at its root, in folders of their own.
            let first = file.inside.split('/').next().filter(|_| above.is_empty());
            first.map_or_else(|| above.to_owned(), |first| format!("{first}/"))
        };
        let folders: BTreeSet<String> = layer.files.iter().map(folder).collect();
        Self {
            name: layer.name.clone(),
            folders: folders.into_iter().filter(|_| !is_built_in).collect(),
            is_built_in,
            description: file.and_then(|file| file.description.clone()),
        }
    }
}

fn theme_file(layer: &Layer) -> Option<ThemeFile> {
    let file = layer.file("theme.toml").filter(|_| !layer.is_site())?;
    ThemeFile::read(file).0
}

/// Parts by name, while the layers are looked through from the most specific.
#[derive(Default)]
struct Parts(BTreeMap<String, Vec<Version>>);

impl Parts {
    /// Adds what a layer has; where a layer before it had the same, that overrides it.
    fn add(&mut self, name: &str, layer: usize, holds: Holds) {
        let versions = self.0.entry(name.to_owned()).or_default();
        versions.push(Version {
            layer,
            overridden: !versions.is_empty(),
            holds,
        });
    }

    fn into_list(self) -> Vec<Part> {
        let part = |(name, versions)| Part { name, versions };
        self.0.into_iter().map(part).collect()
    }
}

/// A file overrides those below it, unless it is a stylesheet that takes in the next one.
fn statics(layers: &[Layer]) -> Vec<Part> {
    let mut parts = Parts::default();
    for (at, layer) in layers.iter().enumerate() {
        for (name, _) in layer.under("static/") {
            parts.add(name, at, Holds::Nothing);
        }
    }
    for (name, versions) in &mut parts.0 {
        let mut overridden = false;
        for version in versions {
            version.overridden = overridden;
            let file = layers[version.layer].file(&format!("static/{name}"));
            overridden |= file.is_none_or(|file| !assets::takes_in_parent(file, name));
        }
    }
    parts.into_list()
}

/// A word that one layer's file lacks comes from the next, so that no file overrides another whole.
fn languages(layers: &[Layer]) -> Vec<Part> {
    let mut parts = Parts::default();
    for (at, layer) in layers.iter().enumerate() {
        for (name, file) in layer.under("languages/") {
            let (file, _) = LanguageFile::read(file);
            let tables = file.iter().flat_map(|file| &file.tables);
            let words = tables.map(|table| table.entries.len()).sum();
            parts.add(name, at, Holds::Words(words));
        }
    }
    for versions in parts.0.values_mut().flatten() {
        versions.overridden = false;
    }
    parts.into_list()
}

fn tokens(theme_files: &[Option<ThemeFile>], site_tokens: &[TokenOverride]) -> Vec<Part> {
    let mut parts = Parts::default();
    for entry in site_tokens {
        parts.add(&entry.name, 0, Holds::Value(entry.value.clone()));
    }
    for (at, file) in theme_files.iter().enumerate() {
        for entry in file.iter().flat_map(|file| &file.tokens) {
            parts.add(&entry.name, at, Holds::Value(entry.value.clone()));
        }
    }
    parts.into_list()
}

/// The templates, and the components that they define.
fn templates(layers: &[Layer]) -> (Vec<Part>, Vec<Part>) {
    let mut found: BTreeMap<(&str, usize), Tags> = BTreeMap::new();
    let mut components = Parts::default();
    for (at, layer) in layers.iter().enumerate() {
        for (name, file) in layer.under("templates/") {
            let tags = tags::scan(&String::from_utf8_lossy(&file.bytes));
            for component in &tags.components {
                components.add(&component.name, at, Holds::Nothing);
            }
            found.insert((name, at), tags);
        }
    }
    let reached = reached(&found);
    let defines_one_in_use = |at: usize, tags: &Tags| {
        tags.components.iter().any(|component| {
            let versions = &components.0[&component.name];
            versions.iter().any(|v| v.layer == at && !v.overridden)
        })
    };
    let mut templates = Parts::default();
    for (&(name, at), tags) in &found {
        let holds = Holds::Blocks(tags.blocks.clone(), tags.components.len());
        templates.add(name, at, holds);
        let version = templates.0.get_mut(name).and_then(|list| list.last_mut());
        if let Some(version) = version {
            version.overridden &= !reached.contains(&(name, at)) && !defines_one_in_use(at, tags);
        }
    }
    (templates.into_list(), components.into_list())
}

/// The templates that a page may be made with: the most specific one of each name, and those that
/// such a one calls `parent/`.
fn reached<'a>(found: &BTreeMap<(&'a str, usize), Tags>) -> BTreeSet<(&'a str, usize)> {
    let next = |name: &str, from: usize| {
        let mut keys = found.keys();
        keys.find(|key| key.0 == name && key.1 >= from).copied()
    };
    let mut reached = BTreeSet::new();
    let mut ahead: Vec<(&str, usize)> =
        found.keys().filter_map(|(name, _)| next(name, 0)).collect();
    while let Some(key) = ahead.pop() {
        if reached.insert(key) {
            let references = found[&key].references.iter();
            let parents = references.filter_map(|tag| tag.name.strip_prefix(PARENT));
            ahead.extend(parents.filter_map(|name| next(name, key.1 + 1)));
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::super::builtin;
    use super::super::layer::SITE;
    use super::*;

    fn site(files: &[(&str, &str)]) -> Layer {
        let files = files.iter().map(|(inside, text)| LayerFile {
            path: (*inside).to_owned(),
            inside: (*inside).to_owned(),
            bytes: text.as_bytes().to_vec().into(),
        });
        Layer {
            name: SITE.to_owned(),
            files: files.collect(),
        }
    }

    /// The layers that have a part, and whether each is overridden.
    fn versions(parts: &[Part], name: &str) -> Vec<(usize, bool)> {
        let part = parts.iter().find(|part| part.name == name).expect(name);
        let version = |version: &Version| (version.layer, version.overridden);
        part.versions.iter().map(version).collect()
    }

    fn overview(files: &[(&str, &str)]) -> Overview {
        Overview::new(&[site(files), builtin::layer()], &[])
    }

    #[test]
    fn a_template_that_extends_the_next_leaves_it_in_use_and_one_that_does_not_overrides_it() {
        let extended = overview(&[("templates/plan.html", "{% extends \"parent/plan.html\" %}")]);
        assert_eq!(
            versions(&extended.templates, "plan.html"),
            [(0, false), (1, false)]
        );
        let replaced = overview(&[("templates/plan.html", "<p>")]);
        assert_eq!(
            versions(&replaced.templates, "plan.html"),
            [(0, false), (1, true)]
        );
    }

    #[test]
    fn a_file_of_components_is_in_use_as_long_as_one_of_them_is() {
        let one = "{% component mark(priority) %}!{% endcomponent mark %}";
        let some = overview(&[("templates/components.html", one)]);
        assert_eq!(
            versions(&some.templates, "components.html"),
            [(0, false), (1, false)]
        );
        assert_eq!(versions(&some.components, "mark"), [(0, false), (1, true)]);
        assert_eq!(versions(&some.components, "code"), [(1, false)]);
        let all = builtin::layer();
        let all = all.file("templates/components.html").unwrap();
        let all = overview(&[("templates/all.html", str::from_utf8(&all.bytes).unwrap())]);
        assert_eq!(versions(&all.templates, "components.html"), [(1, false)]);
        assert_eq!(versions(&all.components, "code"), [(0, false), (1, true)]);
    }

    #[test]
    fn a_faulty_theme_is_looked_through_as_far_as_it_goes() {
        let files = [
            (
                "templates/plan.html",
                "{% extends \"parent/plan.html\" %}{% block title %}{{",
            ),
            ("languages/en.toml", "[words]\nnote = \"Remark\"\nby = \n"),
        ];
        let overview = overview(&files);
        let plan = overview
            .templates
            .iter()
            .find(|part| part.name == "plan.html")
            .unwrap();
        assert_eq!(
            plan.versions[0].holds,
            Holds::Blocks(vec!["title".into()], 0)
        );
        assert_eq!(
            versions(&overview.languages, "en.toml"),
            [(0, false), (1, false)]
        );
    }
}
