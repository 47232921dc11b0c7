//! Which components can stand in the place of their calls, and what then stands there.
//!
//! In: a component's definition, and the arguments of a call. Out: the component's parts with each
//! argument's path where its name stood. Only what comes out the same is taken: a component that
//! does no more than ask for and print its arguments, and that would find fault with an argument
//! at once.

use std::collections::{BTreeMap, BTreeSet};

use super::expressions::{is_literal, is_name, is_path, is_text, names, over};
use super::parts::Part;

/// A component that is as plain as that.
#[derive(Clone, Debug)]
pub struct Plain {
    /// The names of its arguments, and what an argument is that may be left out.
    arguments: BTreeMap<String, Option<String>>,
    /// The arguments that come by themselves.
    implicit: BTreeSet<String>,
    /// Those of them that are not asked for whatever the others are.
    unasked: BTreeSet<String>,
    /// Names that it gives to what it goes through.
    locals: BTreeSet<String>,
    pub body: Vec<Part>,
}

/// How long a component may be, in bytes, so that the templates do not grow beyond measure.
const LENGTH: usize = 10_000;

/// The arguments that come by themselves, by the tag that opens a component.
pub fn implicit(head: &str) -> BTreeSet<String> {
    let list = head.split_once('(').map_or("", |(_, list)| list);
    let names = list.split('@').skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        rest[..end.unwrap_or(rest.len())].to_owned()
    });
    names.collect()
}

impl Plain {
    /// Takes a component, where it is one of these. `head` is the tag that opens it.
    pub fn new(head: &str, body: Vec<Part>) -> Option<Self> {
        let (_, list) = head.split_once('(')?;
        let mut arguments = BTreeMap::new();
        for argument in list.trim_end().strip_suffix(')')?.split(',').map(str::trim) {
            match argument.split_once('=') {
                Some((name, value)) if is_literal(value.trim()) => {
                    arguments.insert(name.trim().to_owned(), Some(value.trim().to_owned()));
                }
                _ if argument.is_empty() => {}
                _ => {
                    let name = argument.strip_prefix('@').unwrap_or(argument);
                    arguments.insert(name.to_owned(), None);
                }
            }
        }
        // No type, no `...`.
        if !arguments.keys().all(|name| is_name(name)) {
            return None;
        }
        let length: usize = body.iter().map(Part::length).sum();
        if length > LENGTH {
            return None;
        }
        let mut plain = Self {
            arguments,
            implicit: implicit(head),
            unasked: BTreeSet::new(),
            locals: BTreeSet::new(),
            body: Vec::new(),
        };
        let asked = plain.look_through(&body)?;
        let needed = plain.arguments.iter().filter(|(_, value)| value.is_none());
        let unasked = needed.map(|(name, _)| name);
        let unasked = unasked.filter(|name| !asked.contains(name.as_str()));
        plain.unasked = unasked.cloned().collect();
        if !plain.unasked.is_subset(&plain.implicit) {
            return None;
        }
        plain.body = body;
        Some(plain)
    }

    /// Collects the names that are asked for whatever the arguments are. `None` where there is
    /// anything that would be something else in another place.
    fn look_through<'b>(&mut self, body: &'b [Part]) -> Option<BTreeSet<&'b str>> {
        let mut asked = BTreeSet::new();
        let mut open = Vec::new();
        for part in body {
            let before = open.len();
            let inner = match part {
                Part::Text(_) => continue,
                Part::Print(inner) => inner,
                Part::Tag(inner) => {
                    self.step(inner, &mut open)?;
                    inner
                }
            };
            // `a if b`: it depends.
            let always = match part {
                Part::Tag(_) => before == 0 && !open.is_empty(),
                _ => before == 0 && !inner.contains(" if "),
            };
            // What a loop goes through is no part of it.
            let around = &open[..before.min(open.len())];
            let names = names(over(inner));
            if always && let Some(name) = names.first() {
                // What comes after `and` and `or` may never be asked for. What is not there at all
                // is found out only by looking into it.
                if !self.implicit.contains(name.text) || over(inner)[name.end..].starts_with('.') {
                    asked.insert(name.text);
                }
            }
            let known = |name: &str| {
                self.arguments.contains_key(name)
                    || self.locals.contains(name)
                    || name == "loop" && around.contains(&Inside::Loop)
            };
            if !names.iter().all(|name| known(name.text)) {
                return None;
            }
            // Lists made on the way and tables have names of their own in them.
            if inner.contains(['[', ':', '\\']) || inner.contains('{') && !inner.starts_with('<') {
                return None;
            }
        }
        Some(asked)
    }

    /// Goes through a tag into what it opens, or out of it; `None` for a tag that does more than
    /// choose or repeat.
    fn step(&mut self, tag: &str, open: &mut Vec<Inside>) -> Option<()> {
        match tag.split_whitespace().next()? {
            "if" => open.push(Inside::Choice),
            "elif" => {}
            // What stands here is shown instead of the loop.
            "else" => *open.last_mut()? = Inside::Choice,
            "endif" | "endfor" => drop(open.pop()?),
            "for" => {
                let (local, _) = tag["for".len()..].split_once(" in ")?;
                let local = local.trim();
                if !is_name(local) || self.arguments.contains_key(local) {
                    return None;
                }
                self.locals.insert(local.to_owned());
                open.push(Inside::Loop);
            }
            _ => return None,
        }
        Some(())
    }

    /// What stands in the place of a call with these arguments; `None` where that is not sure to
    /// be the same. `place` is where the call stands; `by_themselves` are the names of all
    /// arguments of any component that come by themselves.
    pub fn called(
        &self,
        given: &BTreeMap<String, String>,
        place: Place,
        by_themselves: &BTreeSet<String>,
    ) -> Option<Vec<Part>> {
        let takes = |(name, value): (&String, &String)| match self.arguments.get(name) {
            // Its type is that of the value it has otherwise.
            Some(Some(default)) => is_literal(value) && is_text(value) == is_text(default),
            Some(None) => !self.implicit.contains(name),
            None => false,
        };
        if !given.iter().all(takes) {
            return None;
        }
        let mut values: BTreeMap<&str, String> = BTreeMap::new();
        for (name, default) in &self.arguments {
            let value = match given.get(name).or(default.as_ref()) {
                Some(value) => value,
                None if self.implicit.contains(name) => name,
                None => return None,
            };
            if root(value) == "loop" {
                return None;
            }
            values.insert(name, value.clone());
        }
        self.name_apart(&mut values);
        // A component that is still called from here looks for what comes by itself here first.
        let renamed =
            |(name, value): (&&str, &String)| by_themselves.contains(*name) && name != value;
        let calls = |part: &Part| matches!(part, Part::Print(inner) if inner.contains('<'));
        if values.iter().any(renamed) && self.body.iter().any(calls) {
            return None;
        }
        let mut parts = Vec::with_capacity(self.body.len());
        match place {
            // What comes by itself comes to both.
            Place::Component(own) if self.implicit.is_subset(own) => {}
            Place::Component(_) => return None,
            // Tera finds fault with what is not there at all.
            Place::Page => parts.extend(self.unasked.iter().flat_map(|name| {
                let asks = Part::Tag(format!("if {name}.there"));
                [asks, Part::Tag("endif".to_owned())]
            })),
        }
        for part in &self.body {
            parts.push(match part {
                Part::Text(_) => part.clone(),
                Part::Print(inner) => Part::Print(put(inner, &values)?),
                Part::Tag(inner) => Part::Tag(put(inner, &values)?),
            });
        }
        Some(parts)
    }

    /// Gives those locals another name that have the name of something given.
    fn name_apart<'s>(&'s self, values: &mut BTreeMap<&'s str, String>) {
        let mut taken: BTreeSet<String> = values.values().map(|v| root(v).to_owned()).collect();
        for local in &self.locals {
            if taken.contains(local) {
                let mut other = format!("{local}_");
                while taken.contains(&other) || self.locals.contains(&other) {
                    other.push('_');
                }
                taken.insert(other.clone());
                values.insert(local, other);
            }
        }
    }
}

/// What a part of a component stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Choice,
    Loop,
}

/// Where a call stands.
#[derive(Clone, Copy)]
pub enum Place<'p> {
    /// In a component to which these arguments come by themselves.
    Component(&'p BTreeSet<String>),
    /// Anywhere else.
    Page,
}

/// The name that a path begins with.
fn root(value: &str) -> &str {
    value.split('.').next().unwrap_or(value)
}

/// An expression with values in the place of names.
fn put(inner: &str, values: &BTreeMap<&str, String>) -> Option<String> {
    let mut text = String::new();
    let mut at = 0;
    for name in names(inner) {
        let Some(value) = values.get(name.text) else {
            continue;
        };
        if !is_path(value) && inner[name.end..].starts_with(['.', '?', '[']) {
            return None;
        }
        text.push_str(&inner[at..name.start]);
        text.push_str(value);
        at = name.end;
    }
    text.push_str(&inner[at..]);
    Some(text)
}

/// The call of a component that a print tag is, if it is nothing but that: the name and the
/// arguments, each a path or a plain value.
pub fn call(print: &str) -> Option<(&str, BTreeMap<String, String>)> {
    let inside = print.strip_prefix('<')?.strip_suffix("/>")?.trim();
    let (name, mut rest) = match inside.split_once(char::is_whitespace) {
        Some((name, rest)) => (name, rest.trim()),
        None => (inside, ""),
    };
    let mut arguments = BTreeMap::new();
    while !rest.is_empty() {
        let (argument, value) = rest.split_once('=')?;
        let closing = match value.as_bytes().first()? {
            b'{' => '}',
            b'"' => '"',
            _ => return None,
        };
        let end = 1 + value[1..].find(closing)?;
        let value = match closing {
            '}' => value[1..end].trim(),
            _ => &value[..=end],
        };
        if !is_name(argument) || !(is_path(value) || is_literal(value)) {
            return None;
        }
        arguments.insert(argument.to_owned(), value.to_owned());
        rest = rest[argument.len() + 1 + end + 1..].trim_start();
    }
    Some((name, arguments))
}
