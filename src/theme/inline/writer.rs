//! Templates, written again with components in the place of their calls.
//!
//! In: the parts of a template. Out: its text. Each name in a component is replaced by what is given for it; what
//! the component itself names gets a name that nothing else has.

use std::collections::{BTreeMap, BTreeSet};

use super::component::{Component, Plain};
use super::expressions::{Expression, literal};
use super::parts::Part;

/// The components of all templates, by name.
pub type Components<'t> = BTreeMap<&'t str, Component<'t>>;

/// How long a text may become, in bytes, before no more components are put in it.
const ROOM: usize = 100_000;

/// What every name that is made here begins with.
pub const MADE: &str = "__made";

/// What stands for the names in a component.
type Given<'t> = Vec<(&'t str, String)>;

pub struct Writer<'c, 't> {
    components: &'c Components<'t>,
    /// What is written of a template so far.
    text: String,
    /// The components that may still be called from what was written.
    pub called: BTreeSet<&'t str>,
    /// What gives values to names outside of components.
    bound: Vec<&'t str>,
    /// The arguments that come by themselves to components that were put in the place of a call, and are
    /// not looked for there.
    pub implicit: BTreeSet<&'t str>,
    /// The components that are just being written.
    open: Vec<&'t str>,
    /// How many names were made.
    made: usize,
}

impl<'c, 't> Writer<'c, 't> {
    pub fn new(components: &'c Components<'t>, bound: Vec<&'t str>) -> Self {
        Self {
            components,
            bound,
            text: String::new(),
            called: BTreeSet::new(),
            implicit: BTreeSet::new(),
            open: Vec::new(),
            made: 0,
        }
    }

    /// What a template becomes. The parts are those outside of definitions.
    pub fn page(&mut self, parts: &'c [Part<'t>]) -> Option<String> {
        for part in parts {
            self.part(part, &Given::new())?;
        }
        Some(std::mem::take(&mut self.text))
    }

    /// A component's definition as it is.
    pub fn definition(&mut self, component: &'c Component<'t>) -> Option<String> {
        for part in &component.body {
            self.verbatim(part, &Given::new())?;
        }
        let body = std::mem::take(&mut self.text);
        let head = component.head;
        Some(format!(
            "{{% component {head} %}}{body}{{% endcomponent %}}"
        ))
    }

    fn part(&mut self, part: &'c Part<'t>, given: &Given<'t>) -> Option<()> {
        if let Part::Print(print) = part
            && let Some((name, arguments)) = print.call()
            && let Some((&name, component)) = self.components.get_key_value(name)
            && let Some(plain) = &component.plain
            && self.text.len() < ROOM
            // One that calls itself stands in its own place, once.
            && self.open.iter().filter(|open| **open == name).count() < 2
        {
            let before = self.text.len();
            self.open.push(name);
            let written = self.component(component, plain, &arguments, given);
            self.open.pop();
            if written.is_some() {
                return written;
            }
            self.text.truncate(before);
        }
        self.verbatim(part, given)
    }

    /// Writes a component in the place of its call; `None` where that is not sure to come out the same.
    fn component(
        &mut self,
        component: &'c Component<'t>,
        plain: &Plain<'t>,
        arguments: &[(&'t str, &'t str)],
        around: &Given<'t>,
    ) -> Option<()> {
        if !arguments.iter().all(|(name, _)| plain.takes(name)) {
            return None;
        }
        let mut given = Given::new();
        for argument in &plain.arguments {
            let value = arguments.iter().find(|(name, _)| *name == argument.name);
            match (value, argument.default) {
                (None, None) if argument.implicit => {
                    if self.bound.iter().any(|bound| bound.contains(argument.name)) {
                        self.text.push_str(&check(argument.name));
                    } else {
                        self.implicit.insert(argument.name);
                    }
                }
                (Some((_, value)), default) if !argument.implicit => {
                    let value = within(around, value)?;
                    // Its type is that of the value that it has otherwise.
                    if value.split('.').next() == Some("loop")
                        || default.is_some_and(|default| literal(default) != literal(&value))
                    {
                        return None;
                    }
                    // Tera finds fault with what leads nowhere, asked for or not.
                    if !argument.asked && literal(&value).is_none() {
                        self.text.push_str(&check(&value));
                    }
                    given.push((argument.name, value));
                }
                (None, Some(default)) => given.push((argument.name, default.to_owned())),
                _ => return None,
            }
        }
        for local in &plain.locals {
            self.made += 1;
            given.push((local, format!("{MADE}{}", self.made)));
        }
        component
            .body
            .iter()
            .try_for_each(|part| self.part(part, &given))
    }

    fn verbatim(&mut self, part: &Part<'t>, given: &Given<'t>) -> Option<()> {
        // It would run together with what follows.
        if self.text.ends_with('{') {
            return None;
        }
        match part {
            Part::Text(words) => self.text.push_str(words),
            Part::Print(print) => self.expression("{{ ", print, " }}", given)?,
            Part::Tag(tag) => self.expression("{% ", tag, " %}", given)?,
        }
        Some(())
    }

    fn expression(
        &mut self,
        opening: &str,
        expression: &Expression<'t>,
        closing: &str,
        given: &Given<'t>,
    ) -> Option<()> {
        let known = |name| Some(*self.components.get_key_value(name)?.0);
        self.called.extend(expression.calls().filter_map(known));
        self.text.push_str(opening);
        let mut at = 0;
        for place in &expression.names {
            let name = &expression.text[place.clone()];
            let Some((_, value)) = given.iter().find(|(given, _)| *given == name) else {
                continue;
            };
            if literal(value).is_some() && expression.text[place.end..].starts_with(['.', '?', '['])
            {
                return None;
            }
            self.text.extend([&expression.text[at..place.start], value]);
            at = place.end;
        }
        self.text.extend([&expression.text[at..], closing]);
        Some(())
    }
}

/// What fails where a value leads nowhere.
pub fn check(value: &str) -> String {
    format!("{{% if {value}.there %}}{{% endif %}}")
}

/// An argument's value as it is called where the component around the call stands.
fn within(around: &Given<'_>, value: &str) -> Option<String> {
    let (root, fields) = value.split_at(value.find('.').unwrap_or(value.len()));
    match around.iter().find(|(name, _)| *name == root) {
        Some((_, given)) if !fields.is_empty() && literal(given).is_some() => None,
        Some((_, given)) => Some(format!("{given}{fields}")),
        None => Some(value.to_owned()),
    }
}
