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
use super::nearest::{hint, nearest};
use super::relations;
use super::tags::{self, Reference, Tags};
use crate::diagnostic::{Diagnostic, SourceText};

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
pub fn compile(layers: &[Layer], diagnostics: &mut Vec<Diagnostic>) -> Option<(Tera, Sources)> {
    let mut found = Vec::new();
    let mut templates = read(layers, &mut found);
    parse_alone(&mut templates, &mut found);
    let targets = resolve(&mut templates, &mut found);
    relations::check(&mut templates, &targets, &mut found);
    required(&templates, layers, &mut found);

    let mut tera = Tera::default();
    // Whatever its suffix, a template's output is escaped.
    tera.autoescape_on([""]);
    let sources: Sources = templates
        .iter()
        .map(|template| (template.id(), template.source.clone()))
        .collect();
    let texts: Vec<(String, &str)> = templates
        .iter()
        .map(|template| {
            (
                template.id(),
                if template.sound {
                    template.text.as_str()
                } else {
                    ""
                },
            )
        })
        .collect();
    let added = tera
        .set_fallback_prefixes((0..layers.len()).map(prefix))
        .and_then(|()| tera.add_raw_templates(texts));
    if let Err(error) = added {
        let components: Vec<&str> = templates
            .iter()
            .flat_map(|template| &template.tags.components)
            .map(|component| component.name.as_str())
            .collect();
        let partial = templates.iter().any(|template| !template.sound) || !found.is_empty();
        found.extend(explain::batch(&error, &sources, &components, partial));
    }
    let sound = found.is_empty();
    diagnostics.append(&mut found);
    sound.then_some((tera, sources))
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

fn circular_extends(templates: &mut [Template], targets: &Targets, found: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for start in 0..templates.len() {
        let mut trail = vec![start];
        while let Some((_, next)) = extends(&templates[trail[trail.len() - 1]], targets, &trail) {
            if let Some(first) = trail.iter().position(|&at| at == next) {
                let circle = &trail[first..];
                if circle.iter().all(|&at| told.insert(at)) {
                    found.push(circle_of_extends(templates, targets, circle));
                    let head = circle[0];
                    if let Some((reference, _)) = extends(&templates[head], targets, &[head]) {
                        let reference = reference.clone();
                        templates[head].blank(&reference);
                    }
                }
                break;
            }
            trail.push(next);
        }
    }
}

/// The tag by which the last template of the trail extends another, and which.
fn extends<'a>(
    template: &'a Template,
    targets: &Targets,
    trail: &[usize],
) -> Option<(&'a Reference, usize)> {
    let row = &targets[*trail.last()?];
    template
        .tags
        .references
        .iter()
        .zip(row)
        .find(|(reference, _)| reference.how == Use::Extends)
        .and_then(|(reference, target)| Some((reference, (*target)?)))
}

fn circle_of_extends(templates: &[Template], targets: &Targets, circle: &[usize]) -> Diagnostic {
    let head = &templates[circle[0]];
    let span = extends(head, targets, &circle[..1])
        .map_or(0..0, |(reference, _)| reference.name_span.clone());
    if circle.len() == 1 {
        return Diagnostic::error("circular-extends", "This template extends itself")
            .at(&head.source, span)
            .help(format!(
                "To build on the template of the same name in the next theme of the chain, write \
                 `{{% extends \"{PARENT}{}\" %}}`.",
                head.name
            ));
    }
    let names = circle
        .iter()
        .chain(&circle[..1])
        .map(|&at| templates[at].source.path());
    Diagnostic::error(
        "circular-extends",
        "These templates extend each other in a circle",
    )
    .at(&head.source, span)
    .label(names.collect::<Vec<_>>().join(" → "))
}

/// Includes that lead in a circle, and those of a template that extends another: Tera would
/// render only what stands outside its blocks, which is nothing.
fn includes(templates: &mut [Template], targets: &Targets, found: &mut Vec<Diagnostic>) {
    let mut faulty = Vec::new();
    let mut edges: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); templates.len()];
    for at in 0..templates.len() {
        let references = templates[at].tags.references.iter().zip(&targets[at]);
        for (reference, target) in references.filter(|(tag, _)| tag.how == Use::Include) {
            let Some(target) = *target else { continue };
            let error = |name, message: &str| {
                Diagnostic::error(name, message)
                    .at(&templates[at].source, reference.name_span.clone())
            };
            if let Some(trail) = path(&edges, target, at) {
                let names = std::iter::once(at)
                    .chain(trail)
                    .map(|at| templates[at].source.path());
                found.push(
                    error(
                        "circular-include",
                        "These templates include each other in a circle",
                    )
                    .label(names.collect::<Vec<_>>().join(" → ")),
                );
                faulty.push((at, reference.clone()));
                continue;
            }
            if extends(&templates[target], targets, &[target]).is_some() {
                found.push(
                    error(
                        "include-extends",
                        "A template that extends another cannot be included",
                    )
                    .help("Put what both need into a component, or into a template of its own."),
                );
            }
            edges[at].insert(target);
        }
    }
    for (at, reference) in faulty {
        templates[at].blank(&reference);
    }
}

/// The way from one template to another along the includes seen so far.
fn path(edges: &[BTreeSet<usize>], from: usize, to: usize) -> Option<Vec<usize>> {
    let mut seen = BTreeSet::from([from]);
    let mut trails = vec![vec![from]];
    while let Some(trail) = trails.pop() {
        let last = trail[trail.len() - 1];
        if last == to {
            return Some(trail);
        }
        for &next in &edges[last] {
            if seen.insert(next) {
                trails.push(trail.iter().copied().chain([next]).collect());
            }
        }
    }
    None
}

/// One layer defines a component once; over another layer's it takes precedence.
fn duplicate_components(templates: &mut [Template], found: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<(usize, String), (usize, usize)> = BTreeMap::new();
    let mut repeated = Vec::new();
    for (at, template) in templates.iter().enumerate() {
        for (nth, component) in template.tags.components.iter().enumerate() {
            let key = (template.layer, component.name.clone());
            match seen.get(&key) {
                // Within one template it is a syntax error, which Tera has told.
                Some(&(first, _)) if first == at => {}
                Some(&(first, nth_there)) => {
                    let other = &templates[first];
                    let there = other.tags.components[nth_there].name_span.clone();
                    found.push(
                        Diagnostic::error(
                            "duplicate-component",
                            format!("The component `{}` is defined twice", component.name),
                        )
                        .at(&template.source, component.name_span.clone())
                        .also(other.source.place(there), "it is defined here too"),
                    );
                    repeated.push(at);
                }
                None => {
                    seen.insert(key, (at, nth));
                }
            }
        }
    }
    for at in repeated {
        templates[at].sound = false;
    }
}

fn required(templates: &[Template], layers: &[Layer], found: &mut Vec<Diagnostic>) {
    for name in REQUIRED {
        if !templates.iter().any(|template| template.name == name) {
            let theme = layers.last().map_or("", |layer| layer.name.as_str());
            found.push(
                Diagnostic::error(
                    "missing-template",
                    format!("No theme in the chain has the template `{name}`"),
                )
                .in_file(&format!("themes/{theme}/templates/{name}")),
            );
        }
    }
}
