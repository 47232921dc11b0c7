//! Components in the place of their calls. A page of a plan calls components some hundred times,
//! and Tera takes longer over a call than over what most of them print.
//!
//! In: the templates of all layers, sound and with each layer's name. Out: the same templates, in
//! which calls of plain components are gone. Rendering gives the same, to the byte, but places in
//! the texts are not those of the files: whoever needs to say where something is wrong renders
//! the templates as they are.

mod component;
mod expressions;
mod parts;
mod unused;

use std::collections::{BTreeMap, BTreeSet};

use component::{Place, Plain};
use parts::Part;

/// A component, and how far it is looked through.
enum Known {
    /// The tag that opens it, and what stands in it.
    Found(String, Vec<Part>),
    /// It does too much to stand in the place of a call, or is being looked through.
    Called,
    Plain(Plain),
}

/// The templates again, most specific layer first, with components in the place of their calls.
/// `None` where they cannot be taken apart.
pub fn expand<'t>(templates: impl Iterator<Item = (usize, &'t str)>) -> Option<Vec<String>> {
    let templates: Vec<(usize, Option<Vec<Part>>, &str)> = templates
        .map(|(layer, text)| (layer, parts::cut(text), text))
        .collect();
    let mut ordered: Vec<_> = templates.iter().collect();
    ordered.sort_by_key(|(layer, ..)| *layer);
    let mut components = Components::default();
    for (_, parts, text) in ordered {
        match parts {
            Some(parts) => components.define(parts),
            // What it defines is not seen.
            None if text.contains("component") => return None,
            None => {}
        }
    }
    let names: Vec<String> = components.known.keys().cloned().collect();
    for name in &names {
        components.settle(name);
    }
    let mut whole = true;
    let mut expanded: Vec<Result<Vec<Part>, &str>> = templates
        .into_iter()
        .map(|(_, parts, text)| {
            whole &= parts.is_some();
            parts.map(|parts| components.template(parts)).ok_or(text)
        })
        .collect();
    // What is not taken apart may call any.
    if whole {
        unused::drop(&mut expanded.iter_mut().flatten().collect::<Vec<_>>());
    }
    expanded
        .into_iter()
        .map(|template| match template {
            Ok(parts) => parts::join(&parts),
            Err(text) => Some(text.to_owned()),
        })
        .collect()
}

/// The components of all templates.
#[derive(Default)]
struct Components {
    known: BTreeMap<String, Known>,
    /// The names of all arguments that come by themselves.
    by_themselves: BTreeSet<String>,
}

impl Components {
    /// Notes the components that a template defines; the first of a name counts.
    fn define(&mut self, parts: &[Part]) {
        let mut open: Option<(&str, usize)> = None;
        for (at, part) in parts.iter().enumerate() {
            let Part::Tag(inner) = part else { continue };
            if let Some(head) = opened(inner) {
                open = Some((head, at));
                self.by_themselves.extend(component::implicit(head));
            } else if inner.starts_with("endcomponent")
                && let Some((head, start)) = open.take()
            {
                let found = Known::Found(head.to_owned(), parts[start + 1..at].to_vec());
                self.known.entry(name(head).to_owned()).or_insert(found);
            }
        }
    }

    /// Looks through a component, after those that it calls.
    fn settle(&mut self, name: &str) {
        if !matches!(self.known.get(name), Some(Known::Found(..))) {
            return;
        }
        // Meanwhile it is none that can take a call's place, if it calls itself.
        let Some(Known::Found(head, body)) = self.known.insert(name.to_owned(), Known::Called)
        else {
            return;
        };
        let implicit = component::implicit(&head);
        let place = Place::Component(&implicit);
        let body = self.replaced(body, place);
        let Some(plain) = Plain::new(&head, body.clone()) else {
            return;
        };
        self.known.insert(name.to_owned(), Known::Plain(plain));
        // One that calls itself stands in its own place, once.
        let again = self.replaced(body.clone(), place);
        if again != body
            && let Some(plain) = Plain::new(&head, again)
        {
            self.known.insert(name.to_owned(), Known::Plain(plain));
        }
    }

    /// A template with components in the place of their calls.
    fn template(&mut self, parts: Vec<Part>) -> Vec<Part> {
        let mut out = Vec::with_capacity(parts.len());
        let mut component = None;
        for part in parts {
            if let Part::Tag(tag) = &part {
                match opened(tag) {
                    Some(head) => component = Some(component::implicit(head)),
                    None if tag.starts_with("endcomponent") => component = None,
                    None => {}
                }
            }
            let place = component.as_ref().map_or(Place::Page, Place::Component);
            out.extend(self.replaced(vec![part], place));
        }
        out
    }

    /// Parts with components in the place of their calls.
    fn replaced(&mut self, parts: Vec<Part>, place: Place) -> Vec<Part> {
        let mut out = Vec::with_capacity(parts.len());
        for part in parts {
            let call = match &part {
                Part::Print(inner) => component::call(inner),
                _ => None,
            };
            let instead = call.and_then(|(name, arguments)| {
                self.settle(name);
                match self.known.get(name) {
                    Some(Known::Plain(plain)) => {
                        plain.called(&arguments, place, &self.by_themselves)
                    }
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
}

/// What a tag says behind `component`, if it opens one.
fn opened(tag: &str) -> Option<&str> {
    tag.strip_prefix("component ").map(str::trim_start)
}

/// The name of a component, by the tag that opens it.
fn name(head: &str) -> &str {
    head.split('(').next().unwrap_or(head).trim()
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
            "plan": { "name": "A & B", "lang": null, "parts": ["<x>", "y"], "loop": 1,
                "inner": [{ "name": 1, "inner": [{ "name": 2, "inner": [{ "name": 3, "inner": [] }] }] }] },
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
    fn plain_components_stand_in_the_place_of_their_calls() {
        for definition in [
            "{% component c(of) %} {{ of.name }} {% endcomponent c %}",
            "{% component c(of) -%} {{- of.name | lower }} {#- of -#} x {%- endcomponent %}",
            "{% component c(of) %}{% if of.lang %}{{ of.lang }}{% else %} of {% endif %}{% endcomponent %}",
            "{% component c(of) %}{% for p in of.parts %}{{ p | safe }}{% endfor %}{% endcomponent %}",
            "{% component c(of, by=\"<&\") %}{{ of.name ~ by }}{{ by }}{% endcomponent %}",
            "{% component c(of) %}{{ <d x={of.name} /> }}{% endcomponent %}
             {% component d(x) %}{{ x | replace(from=\"x\", to=x) }}{% endcomponent %}",
            "{% component c(of, @plan) %}{{ of.name }}{{ plan.name }}{% endcomponent %}",
            "{% component c(of, @plan) %}{{ of.name }}{{ <d /> }}{% endcomponent %}
             {% component d(@plan) %}{% if plan.lang %}{{ plan }}{% endif %}{% endcomponent %}",
            "{% component c(of) %}{% for plan in of.parts %}{{ plan }}{{ of.name }}{% endfor %}{% endcomponent %}",
            "{% component c(of) %}{% for p in of.parts %}{{ loop.index }}{{ p }}{% endfor %}{% endcomponent %}",
            "{% component c(of, last=false) %}{{ of.name }}{% if not last %}, {% endif %}{% endcomponent %}",
        ] {
            let after = expanded(&[&format!("{definition}{CALL}")]);
            assert!(!after.contains("{{ <"), "{after}");
            assert!(!after.contains("component"), "{after}");
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
            // Types are Tera's to judge.
            "{% component c(of: map) %}{{ of.name }}{% endcomponent %}",
            // What is called from there would find something else.
            "{% component c(of) %}{{ of.name }}{% for plan in of.parts %}{{ <d /> }}{% endfor %}{% endcomponent %}
             {% component d(@plan) %}{% set x = plan %}{{ x }}{% endcomponent %}",
            "{% component c(of) %}{{ of.name }}{{ <d /> }}{% endcomponent %}
             {% component d(@of) %}{% set x = of.name %}{{ x }}{% endcomponent %}",
            // What is no part of the template.
            "{% component c(of) %}{{ of.name | replace(from=\"\\\"\", to=of.name) }}{% endcomponent %}",
        ] {
            let after = expanded(&[&format!("{definition}{CALL}")]);
            assert_eq!(after.matches("{{ <c").count(), 2, "{after}");
        }
        let raw = "{% raw %}{{ x }}{% endraw %}";
        assert_eq!(expand([(0, raw)].into_iter()), Some(vec![raw.to_owned()]));
    }

    #[test]
    fn a_component_that_calls_itself_stands_in_its_own_place_once() {
        let turns = "{% component c(of) %}({{ of.name }}{% for p in of.inner %}{{ <c of={p} /> }}{% endfor %}){% endcomponent %}";
        let after = expanded(&[&format!("{turns}{CALL}")]);
        assert!(
            after.contains("{% for p_ in p.inner %}{{ <c of={p_} /> }}"),
            "{after}"
        );
        assert!(!after.contains("<c of={plan}"), "{after}");
    }

    #[test]
    fn what_comes_by_itself_comes_to_where_a_call_stood() {
        let component = "{% component c(@plan) %}{{ plan.name }}{% endcomponent %}";
        // The component around the call does not have it.
        let around = "{% component d(of) %}{% set x = of %}{{ <c /> }}{% endcomponent %}";
        let text = format!("{component}{around}{{{{ <d of={{plan}} /> }}}}");
        assert!(expanded(&[&text]).contains("<c />"));
        let text = format!("{component}{{{{ <c plan={{plan.inner[0]}} /> }}}}");
        assert!(expanded(&[&text]).contains("<c plan"));
        // It is missed, asked for or not.
        let text =
            "{% component c(@nothing) %}{% if nothing %}x{% endif %}{% endcomponent %}{{ <c /> }}";
        let after = expand([(0, text)].into_iter()).expect("it is sound");
        assert!(!after[0].contains("<c"), "{after:?}");
        assert!(rendered(&after).is_err() && rendered(&[text.to_owned()]).is_err());
    }

    #[test]
    fn a_call_with_anything_but_names_and_words_is_left_alone() {
        let component = "{% component c(of, by) %}{{ of.name }}{{ by }}{% endcomponent %}";
        for by in ["{1 + 1}", "{plan.parts | length}", "{not plan.lang}"] {
            let text = format!("{component}{{{{ <c of={{plan}} by={by} /> }}}}");
            assert!(expanded(&[&text]).contains("{{ <c"), "{text}");
        }
        // What may be left out is of one type.
        let typed = "{% component c(by=\"\") %}{{ by }}{% endcomponent %}";
        for (by, stays) in [("\"x\"", false), ("{plan.name}", true)] {
            let text = format!("{typed}{{{{ <c by={by} /> }}}}");
            assert_eq!(expanded(&[&text]).contains("{{ <c"), stays, "{text}");
        }
        for by in ["{plan.name}", "{true}", "\"<b>\""] {
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
