//! Components in the place of their calls. A page of a plan calls components some hundred times,
//! and Tera takes longer over a call than over what most of them print.
//!
//! In: the templates of all layers, sound, and the name of the one that makes a page. Out: all that this page
//! is made of, in which calls of plain components are gone. Rendering gives the same, to the byte, or
//! fails. It fails wherever the templates as they are fail, but for one thing: Tera lets calls stand twenty deep
//! inside each other, and those that are gone no longer count. It may also fail where they do not, and it
//! tells of other places than those in the files. So after any failure the templates are rendered as they are.

mod component;
mod expressions;
mod parts;
mod writer;

use std::collections::BTreeSet;

use component::{Component, Plain};
use parts::Part;
use writer::{Components, MADE, Writer};

/// The name of a template with that of its layer, and its text.
pub type Named = (String, String);

/// What a page is made of: the template `entry`, those that it extends and includes, and the components that
/// are still called. `None` where they cannot be taken apart. `templates` are those of all layers, most
/// specific first; `find` says which of them a name means.
pub fn expand(
    entry: &str,
    templates: &[Named],
    find: impl Fn(&str) -> Option<usize>,
) -> Option<Vec<Named>> {
    // Nobody else may have a name that is made here, or list all names that there are.
    let strange = |(_, text): &Named| text.contains(MADE) || text.contains("__tera");
    if templates.iter().any(strange) {
        return None;
    }
    let mut components = Components::new();
    let mut pages = Vec::new();
    for (_, text) in templates {
        let parts = parts::cut(text);
        // What it defines would not be seen.
        if parts.is_none() && text.contains("component") {
            return None;
        }
        pages.push(parts.map(|parts| without_definitions(parts, &mut components)));
    }
    look_through(&mut components);

    // Plain components give no value to a name that comes to another by itself, so pages are looked through.
    let bound = pages.iter().flatten().flatten().filter_map(Part::binds);
    let mut writer = Writer::new(&components, bound.collect());
    let mut reached = vec![find(entry)?];
    let mut texts = Vec::new();
    let mut defined = BTreeSet::new();
    let mut definitions = String::new();
    loop {
        let parts = if let Some(page) = reached.get(texts.len()) {
            let parts = pages[*page].as_ref()?;
            let extends = parts.iter().any(Part::extends);
            texts.push((writer.page(parts)?, extends));
            parts
        } else if let Some(name) = writer.called.difference(&defined).next().copied() {
            defined.insert(name);
            let component = &components[name];
            definitions.push_str(&writer.definition(component)?);
            &component.body
        } else {
            break;
        };
        for name in parts.iter().filter_map(Part::names_template) {
            let page = find(name?)?;
            if !reached.contains(&page) {
                reached.push(page);
            }
        }
    }
    // Tera finds fault with a component for which something does not come by itself, asked for or not. What is
    // never given another value is there at the end as it was at the call.
    let checks: String = writer
        .implicit
        .iter()
        .map(|name| writer::check(name))
        .collect();
    let names = reached.iter().map(|page| templates[*page].0.clone());
    // The template that extends none is rendered as a whole.
    let texts = texts
        .into_iter()
        .map(|(text, extends)| if extends { text } else { text + &checks });
    Some(
        names
            .zip(texts)
            .chain([(MADE.to_owned(), definitions)])
            .collect(),
    )
}

/// Takes the definitions of components out of a template. The first of a name counts.
fn without_definitions<'t>(parts: Vec<Part<'t>>, components: &mut Components<'t>) -> Vec<Part<'t>> {
    let mut page = Vec::new();
    let mut open: Option<Component> = None;
    for part in parts {
        if let Some(head) = part.opens() {
            open = Some(Component::new(head));
        } else if part.closes() {
            if let Some(component) = open.take() {
                components.entry(component.name()).or_insert(component);
            }
        } else {
            open.as_mut()
                .map_or(&mut page, |open| &mut open.body)
                .push(part);
        }
    }
    page
}

/// Finds out which components are plain.
fn look_through(components: &mut Components) {
    let implicit = components.values().flat_map(Component::implicit);
    let implicit: BTreeSet<&str> = implicit.collect();
    for component in components.values_mut() {
        component.plain = Plain::new(component, &implicit);
    }
}

#[cfg(test)]
mod alike;

#[cfg(test)]
mod tests {
    use tera::{Context, Tera};

    use super::*;

    /// What the page `p` comes out as, given the plan "A & B".
    pub fn rendered(templates: &[Named]) -> Result<String, String> {
        let mut tera = Tera::default();
        tera.autoescape_on([""]);
        tera.add_raw_templates(templates.iter().map(|(name, text)| (name, text)))
            .map_err(|error| error.to_string())?;
        let context = Context::from_serialize(&serde_json::json!({
            "plan": { "name": "A & B", "lang": null, "parts": ["<x>", "y"], "loop": 1,
                "inner": [{ "name": 1, "inner": [{ "name": 2, "inner": [{ "name": 3, "inner": [] }] }] }] },
        }));
        context
            .and_then(|context| tera.render("p", &context))
            .map_err(|error| error.to_string())
    }

    /// What the page `p` is made of.
    pub fn made(templates: &[Named]) -> Option<Vec<Named>> {
        expand("p", templates, |name| {
            templates.iter().position(|(other, _)| other == name)
        })
    }

    fn page(text: &str) -> Vec<Named> {
        vec![("p".to_owned(), text.to_owned())]
    }

    /// A page again, which gives the same.
    fn expanded(text: &str) -> String {
        let before = page(text);
        let after = made(&before).expect("it is sound");
        assert_eq!(rendered(&after), rendered(&before), "{after:?}");
        assert!(rendered(&after).is_ok(), "{:?}", rendered(&after));
        after.into_iter().map(|(_, text)| text).collect()
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
            let after = expanded(&format!("{definition}{CALL}"));
            assert!(!after.contains("{{ <"), "{after}");
            assert!(!after.contains("component"), "{after}");
        }
    }

    #[test]
    fn what_is_set_in_a_component_is_set_nowhere_else() {
        let set = "{% component c(of) %}{% set x = of.name %}{{ x }}{% endcomponent %}";
        let text = format!("{set}{{% set x = 1 %}}{{{{ <c of={{plan}} /> }}}}{{{{ x }}}}");
        assert!(!expanded(&text).contains("{{ <c"), "{text}");
        let text = format!("{set}{{{{ <c of={{plan}} /> }}}}{{{{ x is defined }}}}");
        assert!(!expanded(&text).contains("{{ <c"), "{text}");
    }

    #[test]
    fn what_might_come_out_differently_is_still_called() {
        for definition in [
            "{% component c(of) %}{% set_global x = of.name %}{{ x }}{% endcomponent %}",
            "{% component c(of) %}{{ [x for x in of.parts] }}{% endcomponent %}",
            "{% component c(of) %}{{ of[\"name\"] }}{% endcomponent %}",
            "{% component c(of) %}{{ <d of /> }}{% endcomponent %}
             {% component d(of, plan=1) %}{{ of.name }}{{ plan }}{% endcomponent %}",
            "{% component c(of) %}{{ <d {...of} /> }}{% endcomponent %}
             {% component d(...of) %}{{ of.name }}{% endcomponent %}",
            "{% component c(of) %}{% if of.lang %}{% set x = 1 %}{% endif %}{{ x is defined }}{% endcomponent %}",
            // Types are Tera's to judge.
            "{% component c(of: map) %}{{ of.name }}{% endcomponent %}",
            // What is called from there would find something else.
            "{% component c(of) %}{{ of.name }}{% for plan in of.parts %}{{ <d /> }}{% endfor %}{% endcomponent %}
             {% component d(@plan) %}{{ plan }}{% endcomponent %}",
            "{% component c(of) %}{{ of.name }}{{ <d /> }}{% endcomponent %}
             {% component d(@of) %}{{ of.name }}{% endcomponent %}",
            // What is no part of the template.
            "{% component c(of) %}{{ of.name | replace(from=\"\\\"\", to=of.name) }}{% endcomponent %}",
        ] {
            let after = expanded(&format!("{definition}{CALL}"));
            assert_eq!(after.matches("{{ <c").count(), 2, "{after}");
        }
        assert_eq!(made(&page("{% raw %}{{ x }}{% endraw %}")), None);
    }

    #[test]
    fn an_argument_that_leads_nowhere_is_found_out_wherever_it_is_asked_for() {
        for body in [
            "{{ of.name }}",
            "{% if false %}{{ of.name }}{% endif %}",
            "{{ \"a\" if true else of.name }}",
            "{% if true or of %}a{% endif %}",
            "{% if true or(of) %}a{% endif %}",
            "{{ of if\nfalse else \"a\" }}",
        ] {
            let definition = format!("{{% component c(of) %}}{body}{{% endcomponent %}}");
            assert!(!expanded(&format!("{definition}{CALL}")).contains("{{ <c"));
            let text = format!("{definition}{{{{ <c of={{plan.nothing.there}} /> }}}}");
            let after = made(&page(&text)).expect("it is sound");
            assert!(!after[0].1.contains("<c"), "{after:?}");
            assert!(rendered(&after).is_err() && rendered(&page(&text)).is_err());
        }
    }

    #[test]
    fn a_component_that_calls_itself_stands_in_its_own_place_once() {
        let turns = "{% component c(of) %}({{ of.name }}{% for p in of.inner %}{{ <c of={p} /> }}{% endfor %}){% endcomponent %}";
        let after = expanded(&format!("{turns}{CALL}"));
        assert_eq!(after.matches("for __made").count(), 4, "{after}");
        assert_eq!(after.matches("<c of={__made").count(), 2, "{after}");
        assert!(!after.contains("<c of={plan}"), "{after}");
    }

    #[test]
    fn what_comes_by_itself_comes_to_where_a_call_stood() {
        let component = "{% component c(@plan) %}{{ plan.name }}{% endcomponent %}";
        let around =
            "{% component d(of) %}{% set x = of %}{{ <c /> }}{{ x.name }}{% endcomponent %}";
        let text = format!("{component}{around}{{{{ <d of={{plan.inner[0]}} /> }}}}");
        assert!(expanded(&text).contains("<c />"));
        let text = format!("{component}{around}{{{{ <d of={{plan}} /> }}}}");
        assert!(!expanded(&text).contains("<c"));
        let text = format!("{component}{{{{ <c plan={{plan}} /> }}}}");
        assert!(expanded(&text).contains("<c plan"));
        // It is missed, asked for or not.
        let text =
            "{% component c(@nothing) %}{% if nothing %}x{% endif %}{% endcomponent %}{{ <c /> }}";
        let after = made(&page(text)).expect("it is sound");
        assert!(!after[0].1.contains("<c"), "{after:?}");
        assert!(rendered(&after).is_err() && rendered(&page(text)).is_err());
    }

    #[test]
    fn what_comes_by_itself_is_looked_for_where_the_call_stood() {
        let component =
            "{% component c(@zz) %}[{% if zz %}y{% endif %}]{% endcomponent %}".to_owned();
        for rest in [
            "{{ <c /> }}{% set zz = 1 %}",
            "{{ <c /> }}{% set_global zz = 1 %}",
            "{{ <c /> }}{% set zz %}1{% endset %}",
            "{% for zz in [plan.nothing] %}{{ <c /> }}{% endfor %}{% set zz = 1 %}",
            "{% set zz = plan.nothing %}{{ <c /> }}{% set zz = 1 %}",
        ] {
            let before = page(&(component.clone() + rest));
            let after = made(&before).expect("it is sound");
            assert!(!after[0].1.contains("<c"), "{after:?}");
            assert!(
                rendered(&before).is_err() && rendered(&after).is_err(),
                "{rest}"
            );
        }
        let text = component + "{% set zz = 1 %}{{ <c /> }}";
        assert!(!expanded(&text).contains("<c"));
    }

    #[test]
    fn an_argument_that_is_given_twice_is_the_last() {
        let component = "{% component c(of) %}{{ of }}{% endcomponent %}";
        let text = format!("{component}{{{{ <c of={{plan.name}} of=\"b\" /> }}}}");
        assert!(expanded(&text).contains("<c"));
    }

    #[test]
    fn a_call_with_anything_but_names_and_words_is_left_alone() {
        let component = "{% component c(of, by) %}{{ of.name }}{{ by }}{% endcomponent %}";
        for by in ["{1 + 1}", "{plan.parts | length}", "{not plan.lang}"] {
            let text = format!("{component}{{{{ <c of={{plan}} by={by} /> }}}}");
            assert!(expanded(&text).contains("{{ <c"), "{text}");
        }
        // What may be left out is of one type.
        let typed = "{% component c(by=\"\") %}{{ by }}{% endcomponent %}";
        for (by, stays) in [("\"x\"", false), ("{plan.name}", true)] {
            let text = format!("{typed}{{{{ <c by={by} /> }}}}");
            assert_eq!(expanded(&text).contains("{{ <c"), stays, "{text}");
        }
        for by in ["{plan.name}", "{true}", "{2}", "\"<b>\""] {
            let text = format!("{component}{{{{ <c of={{plan}} by={by} /> }}}}");
            assert!(!expanded(&text).contains("{{ <c"), "{text}");
        }
        let text = "{% component c(of) %}{{ of }}{% endcomponent %}{% for c in plan.parts %}{{ <c of={loop.index} /> }}{% endfor %}";
        assert!(expanded(text).contains("{{ <c"));
    }

    #[test]
    fn the_most_specific_definition_counts_wherever_it_is() {
        let named = |(name, text): (&str, &str)| (name.to_owned(), text.to_owned());
        let templates = [
            (
                "own",
                "{% component c(of) %}own {{ of.name }}{% endcomponent %}",
            ),
            ("base", "[{% block b %}{% endblock %}]"),
            (
                "d",
                "{% component d(of) %}{% include \"i\" %}{% endcomponent %}",
            ),
            ("i", "{{ <c of={of} /> }}"),
            ("other", "{{ <unknown /> }}"),
            (
                "p",
                "{% extends \"base\" %}{% component c(of) %}theirs{{ of.name }}{% endcomponent %}
                 {% block b %}{{ <c of={plan} /> }}{{ <d of={plan.inner[0]} /> }}{% endblock %}",
            ),
        ]
        .map(named);
        let after = made(&templates).expect("they are sound");
        let names: Vec<&str> = after.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["p", "base", "i", MADE]);
        assert!(after[0].1.contains("own {{ plan.name }}"), "{after:?}");
        assert_eq!(rendered(&after).unwrap(), "[own A &amp; Bown 1]");
    }
}
