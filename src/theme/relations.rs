//! How templates hang together: extends and includes that lead in a circle, components defined
//! twice.
//!
//! In: the templates with their tags, and which template each tag means. Out: everything that is
//! wrong, where Tera would tell the first fault and no place; each faulty tag is blanked out, so
//! that the rest can still be looked through.

use std::collections::{BTreeMap, BTreeSet};

use super::tags::{Reference, Use};
use super::templates::{PARENT, Targets, Template};
use crate::diagnostic::Diagnostic;

/// Looks for everything named above.
pub fn check(templates: &mut [Template], targets: &Targets, found: &mut Vec<Diagnostic>) {
    circular_extends(templates, targets, found);
    includes(templates, targets, found);
    duplicate_components(templates, found);
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
        return Diagnostic::error("circular-extends", "this template extends itself")
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
        "these templates extend each other in a circle",
    )
    .at(&head.source, span)
    .label(names.collect::<Vec<_>>().join(" → "))
    .help("Let one of them extend nothing, or a template of the next theme in the chain.")
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
                    .label(names.collect::<Vec<_>>().join(" → "))
                    .help("Take one of the includes out: what all of them need belongs into a component."),
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
                            format!("the component `{}` is defined twice", component.name),
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
