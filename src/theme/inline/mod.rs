//! Small components in the place of their calls. A page of a plan calls components some hundred
//! times, and Tera takes longer over a call than over what most of them print.
//!
//! In: the templates of all layers, sound and with each layer's name. Out: the same templates, in
//! which calls of small components are gone. Rendering gives the same, to the byte, but places in
//! the texts are not those of the files: whoever needs to say where something is wrong renders
//! the templates as they are.

mod component;
mod parts;

use std::collections::BTreeMap;

use component::Small;
use parts::Part;

/// A component, and how far it is looked through.
enum Known {
    /// The tag that opens it, and what stands in it.
    Found(String, Vec<Part>),
    /// It calls itself, perhaps, or is none of the small ones.
    Large,
    Small(Small),
}

/// The templates again, most specific layer first, with components in the place of their calls.
/// `None` where they cannot be taken apart.
pub fn expand<'t>(templates: impl Iterator<Item = (usize, &'t str)>) -> Option<Vec<String>> {
    let templates: Vec<(usize, Option<Vec<Part>>, &str)> = templates
        .map(|(layer, text)| (layer, parts::cut(text), text))
        .collect();
    let mut ordered: Vec<_> = templates.iter().collect();
    ordered.sort_by_key(|(layer, ..)| *layer);
    let mut known = BTreeMap::new();
    for (_, parts, text) in ordered {
        match parts {
            Some(parts) => define(parts, &mut known),
            // What it defines is not seen.
            None if text.contains("component") => return None,
            None => {}
        }
    }
    let names: Vec<String> = known.keys().cloned().collect();
    for name in &names {
        settle(name, &mut known);
    }
    templates
        .into_iter()
        .map(|(_, parts, text)| match parts {
            Some(parts) => parts::join(&replaced(parts, &mut known)),
            None => Some(text.to_owned()),
        })
        .collect()
}

/// Notes the components that a template defines; the first of a name counts.
fn define(parts: &[Part], known: &mut BTreeMap<String, Known>) {
    let mut open: Option<(&str, usize)> = None;
    for (at, part) in parts.iter().enumerate() {
        let Part::Tag(inner) = part else { continue };
        if let Some(head) = inner.strip_prefix("component ") {
            open = Some((head, at));
        } else if inner.starts_with("endcomponent")
            && let Some((head, start)) = open.take()
        {
            let name = head.split('(').next().unwrap_or(head).trim();
            let found = Known::Found(head.to_owned(), parts[start + 1..at].to_vec());
            known.entry(name.to_owned()).or_insert(found);
        }
    }
}

/// Looks through a component, after those that it calls.
fn settle(name: &str, known: &mut BTreeMap<String, Known>) {
    if !matches!(known.get(name), Some(Known::Found(..))) {
        return;
    }
    // Meanwhile it is none that can take a call's place: so one that calls itself never does.
    let Some(Known::Found(head, body)) = known.insert(name.to_owned(), Known::Large) else {
        return;
    };
    if let Some(small) = Small::new(&head, replaced(body, known)) {
        known.insert(name.to_owned(), Known::Small(small));
    }
}

/// Parts with small components in the place of their calls.
fn replaced(parts: Vec<Part>, known: &mut BTreeMap<String, Known>) -> Vec<Part> {
    let mut out = Vec::with_capacity(parts.len());
    for part in parts {
        let Part::Print(inner) = &part else {
            out.push(part);
            continue;
        };
        let instead = component::call(inner).and_then(|(name, arguments)| {
            settle(name, known);
            match known.get(name) {
                Some(Known::Small(small)) => small.called(&arguments),
                _ => None,
            }
        });
        match instead {
            Some(instead) => out.extend(instead),
            None => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    use super::*;

    /// What a page comes out as, given the plan "A & B".
    fn rendered(templates: &[String]) -> Result<String, String> {
        let mut tera = Tera::default();
        tera.autoescape_on([""]);
        let named = templates.iter().enumerate();
        tera.set_fallback_prefixes((0..templates.len()).map(|n| format!("{n}/")))
            .and_then(|()| tera.add_raw_templates(named.map(|(n, text)| (format!("{n}/p"), text))))
            .map_err(|error| error.to_string())?;
        let context = Context::from_serialize(&serde_json::json!({
            "plan": { "name": "A & B", "lang": null, "parts": ["<x>", "y"], "loop": 1 },
        }));
        context
            .and_then(|context| tera.render("p", &context))
            .map_err(|error| error.to_string())
    }

    /// The templates again, which give the same.
    fn expanded(templates: &[&str]) -> String {
        let before: Vec<String> = templates.iter().map(|text| (*text).to_owned()).collect();
        let after = expand(templates.iter().copied().enumerate()).expect("they are sound");
        assert_eq!(rendered(&after), rendered(&before), "{after:?}");
        assert!(rendered(&after).is_ok(), "{:?}", rendered(&after));
        after.join("")
    }

    const CALL: &str = "[ {{- <c of={plan} /> -}} ] ( {{ <c of={plan}/> }} )";

    #[test]
    fn small_components_stand_in_the_place_of_their_calls() {
        for definition in [
            "{% component c(of) %} {{ of.name }} {% endcomponent c %}",
            "{% component c(of) -%} {{- of.name | lower }} {#- of -#} x {%- endcomponent %}",
            "{% component c(of) %}{% if of.lang %}{{ of.lang }}{% else %} of {% endif %}{% endcomponent %}",
            "{% component c(of) %}{% for p in of.parts %}{{ p | safe }}{% endfor %}{% endcomponent %}",
            "{% component c(of, by=\"<&\") %}{{ of.name ~ by }}{{ by }}{% endcomponent %}",
            "{% component c(of) %}{{ <d x={of.name} /> }}{% endcomponent %}
             {% component d(x) %}{{ x | replace(from=\"x\", to=x) }}{% endcomponent %}",
        ] {
            let after = expanded(&[&format!("{definition}{CALL}")]);
            assert!(!after.contains("{{ <"), "{after}");
        }
    }

    #[test]
    fn what_might_come_out_differently_is_still_called() {
        for definition in [
            // What is set would be set for what comes behind, too.
            "{% component c(of) %}{% set x = of.name %}{{ x }}{% endcomponent %}",
            // The argument would not be looked at.
            "{% component c(of) %}{% if false %}{{ of.name }}{% endif %}{% endcomponent %}",
            "{% component c(of) %}{{ \"a\" if true else of.name }}{% endcomponent %}",
            // Given or not, types and what comes by itself are Tera's to judge.
            "{% component c(of: map) %}{{ of.name }}{% endcomponent %}",
            "{% component c(of, @plan) %}{{ of.name }}{{ plan.name }}{% endcomponent %}",
            // One name for two things.
            "{% component c(of) %}{% for plan in of.parts %}{{ plan }}{{ of.name }}{% endfor %}{% endcomponent %}",
            // What is no part of the template.
            "{% component c(of) %}{{ of.name | replace(from=\"\\\"\", to=of.name) }}{% endcomponent %}",
        ] {
            let after = expanded(&[&format!("{definition}{CALL}")]);
            assert_eq!(after.matches("{{ <c").count(), 2, "{after}");
        }
        let turns = "{% component c(of) %}{{ of }}{% for p in of.q %}{{ <c of={p} /> }}{% endfor %}{% endcomponent %}";
        let after = expand([(0, turns)].into_iter()).expect("it is sound");
        assert!(after[0].contains("<c of={p} />"), "{after:?}");
        let raw = "{% raw %}{{ x }}{% endraw %}";
        assert_eq!(expand([(0, raw)].into_iter()), Some(vec![raw.to_owned()]));
    }

    #[test]
    fn a_call_with_anything_but_names_and_words_is_left_alone() {
        let component = "{% component c(of, by) %}{{ of.name }}{{ by }}{% endcomponent %}";
        for by in ["{1 + 1}", "{plan.parts | length}", "{not plan.lang}"] {
            let text = format!("{component}{{{{ <c of={{plan}} by={by} /> }}}}");
            assert!(expanded(&[&text]).contains("{{ <c"), "{text}");
        }
        for by in ["{plan.name}", "\"<b>\""] {
            let text = format!("{component}{{{{ <c of={{plan}} by={by} /> }}}}");
            assert!(!expanded(&[&text]).contains("{{ <c"), "{text}");
        }
        let text = "{% component c(of) %}{{ of }}{% endcomponent %}{% for c in plan.parts %}{{ <c of={loop.index} /> }}{% endfor %}";
        assert!(expanded(&[text]).contains("{{ <c"));
    }

    #[test]
    fn the_most_specific_definition_counts() {
        let own = "{% component c(of) %}own {{ of.name }}{% endcomponent %}";
        let page =
            "{% component c(of) %}theirs{{ of.name }}{% endcomponent %}{{ <c of={plan} /> }}";
        let after = expand([(1, page), (0, own)].into_iter()).expect("they are sound");
        assert!(after[0].ends_with("own {{ plan.name }}"), "{after:?}");
    }
}
