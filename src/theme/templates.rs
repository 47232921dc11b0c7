//! From the templates of all layers to one compiled Tera, or to everything that is wrong with
//! them.
//!
//! In: the layers, most specific first. Out: Tera with each template under its layer's name, and
//! the texts to frame errors in. Tera stops at the first fault in how templates hang together, so
//! those are looked for here, all of them; each faulty tag is then blanked out, and Tera looks
//! through the rest.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera};

use super::explain::{self, Sources};
use super::files_toml::text;
use super::layer::Layer;
use super::relations;
use super::rendering::{TeraTemplates, Texts};
use super::tags::{self, Reference, Tags};
use crate::diagnostic::{Diagnostic, SourceText};
use crate::diagnostic::{hint, nearest};

/// What stands before a template's name to mean the next layer that has it.
pub const PARENT: &str = "parent/";

/// The templates that a theme must have.
const REQUIRED: [&str; 2] = ["plan.html", "home.html"];

/// A layer's name inside Tera: exactly as long as [`PARENT`], so that putting one in place of
/// the other moves no byte, and Tera's spans are spans of the file.
fn prefix(layer: usize) -> String {
    format!("l{layer:05}/")
}

/// A template of one layer.
pub struct Template {
    pub layer: usize,
    /// Its name inside `templates/`.
    pub name: String,
    pub source: SourceText,
    pub tags: Tags,
    /// What Tera gets: the text with other names for the layers and faulty tags blanked out.
    text: String,
    /// False where it cannot be given to Tera at all.
    pub sound: bool,
}

impl Template {
    fn id(&self) -> String {
        format!("{}{}", prefix(self.layer), self.name)
    }

    /// Its name and its text, of which there is none where Tera could not read it.
    fn for_tera(&self) -> (String, String) {
        let text = if self.sound { &self.text } else { "" };
        (self.id(), text.to_owned())
    }

    /// Takes a faulty tag out of the text without moving what follows.
    pub fn blank(&mut self, reference: &Reference) {
        let tag = &self.text[reference.tag.clone()];
        // Line breaks stay, for the lines; every other byte becomes a space.
        let blank: String = tag
            .bytes()
            .map(|b| if b == b'\n' { '\n' } else { ' ' })
            .collect();
        self.text.replace_range(reference.tag.clone(), &blank);
    }
}

/// Compiles the templates; `None` where any is faulty.
pub fn compile(layers: &[Layer], diagnostics: &mut Vec<Diagnostic>) -> Option<TeraTemplates> {
    // Each template is looked through by itself only where something is wrong with any.
    let mut found = Vec::new();
    let mut compiled = batch(layers, false, &mut found);
    if compiled.is_none() {
        found.clear();
        compiled = batch(layers, true, &mut found);
    }
    diagnostics.append(&mut found);
    compiled
}

fn batch(layers: &[Layer], alone: bool, found: &mut Vec<Diagnostic>) -> Option<TeraTemplates> {
    let mut templates = read(layers, found);
    if alone {
        parse_alone(&mut templates, found);
    }
    let targets = resolve(&mut templates, found);
    relations::check(&mut templates, &targets, found);
    required(&templates, layers, found);

    let sources: Sources = templates
        .iter()
        .map(|template| (template.id(), template.source.clone()))
        .collect();
    let texts = Texts {
        prefixes: (0..layers.len()).map(prefix).collect(),
        templates: templates.iter().map(Template::for_tera).collect(),
    };
    match texts.compile() {
        Ok(tera) if found.is_empty() => return Some(TeraTemplates::new(tera, texts, sources)),
        Ok(_) => {}
        Err(error) => {
            let components: Vec<&str> = templates
                .iter()
                .flat_map(|template| &template.tags.components)
                .map(|component| component.name.as_str())
                .collect();
            let partial = templates.iter().any(|template| !template.sound) || !found.is_empty();
            found.extend(explain::batch(&error, &sources, &components, partial));
        }
    }
    None
}

fn read(layers: &[Layer], found: &mut Vec<Diagnostic>) -> Vec<Template> {
    let mut templates = Vec::new();
    for (at, layer) in layers.iter().enumerate() {
        for (name, file) in layer.under("templates/") {
            let source = text(file, found);
            let sound = source.is_some();
            let source = source.unwrap_or_else(|| SourceText::new(file.path.as_str(), ""));
            templates.push(Template {
                layer: at,
                name: name.to_owned(),
                tags: tags::scan(source.text()),
                text: source.text().to_owned(),
                source,
                sound,
            });
        }
    }
    templates.sort_by_key(Template::id);
    templates
}

/// Parses each template by itself, since a batch stops at the first that cannot be parsed. What
/// else Tera says of a template that stands alone means nothing.
fn parse_alone(templates: &mut [Template], found: &mut Vec<Diagnostic>) {
    for template in templates.iter_mut().filter(|template| template.sound) {
        if let Err(error) = Tera::default().add_raw_template(&template.id(), &template.text)
            && let ErrorKind::SyntaxError(report) = error.kind()
        {
            found.push(explain::syntax(&template.source, report));
            template.sound = false;
        }
    }
}

/// Which template each tag means: `[template][reference]`, by position. A name means the most
/// specific layer that has it; with `parent/` before it, the next layer under the template's own.
pub type Targets = Vec<Vec<Option<usize>>>;

fn resolve(templates: &mut [Template], found: &mut Vec<Diagnostic>) -> Targets {
    let places: BTreeMap<(String, usize), usize> = templates
        .iter()
        .enumerate()
        .map(|(at, template)| ((template.name.clone(), template.layer), at))
        .collect();
    let lowest_from = |name: &str, layer: usize| {
        places
            .range((name.to_owned(), layer)..=(name.to_owned(), usize::MAX))
            .next()
            .map(|(_, &at)| at)
    };
    let names: BTreeSet<String> = places.keys().map(|(name, _)| name.clone()).collect();
    let mut targets = Vec::new();
    for at in 0..templates.len() {
        let references = templates[at].tags.references.clone();
        let mut row = Vec::new();
        for reference in references {
            let layer = templates[at].layer;
            let target = match reference.name.strip_prefix(PARENT) {
                Some(name) => lowest_from(name, layer + 1),
                None => lowest_from(&reference.name, 0),
            };
            match target {
                Some(target) if reference.name.starts_with(PARENT) => {
                    let start = reference.name_span.start;
                    let prefix = prefix(templates[target].layer);
                    templates[at]
                        .text
                        .replace_range(start..start + PARENT.len(), &prefix);
                }
                Some(_) => {}
                None => {
                    found.push(missing(&templates[at], &reference, &names));
                    templates[at].blank(&reference);
                }
            }
            row.push(target);
        }
        targets.push(row);
    }
    targets
}

fn missing(template: &Template, reference: &Reference, names: &BTreeSet<String>) -> Diagnostic {
    let error = |message| {
        Diagnostic::error("missing-template", message)
            .at(&template.source, reference.name_span.clone())
    };
    match reference.name.strip_prefix(PARENT) {
        Some(name) if names.contains(name) => {
            error(format!("No theme under this one has a template `{name}`")).help(format!(
                "`{PARENT}{name}` means the next theme in the chain that has it."
            ))
        }
        stripped => {
            let name = stripped.unwrap_or(&reference.name);
            let names = names.iter().map(String::as_str);
            let hint = match nearest(name, names.clone()) {
                Some(near) if stripped.is_some() => format!("Did you mean `{PARENT}{near}`?"),
                _ => hint(name, names, "templates"),
            };
            error(format!("There is no template `{name}`")).help(hint)
        }
    }
}

fn required(templates: &[Template], layers: &[Layer], found: &mut Vec<Diagnostic>) {
    for name in REQUIRED {
        if !templates.iter().any(|template| template.name == name) {
            let theme = layers.last().map_or("", |layer| layer.name.as_str());
            found.push(
                Diagnostic::error(
                    "missing-template",
                    format!("no theme in the chain has the template `{name}`"),
                )
                .in_file(&format!("themes/{theme}/templates/{name}")),
            );
        }
    }
}
