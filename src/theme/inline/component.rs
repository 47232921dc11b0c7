//! Which components can stand in the place of their calls.
//!
//! In: a component's definition. Out: what must be known of it to put it there. It may do no more than choose,
//! repeat, set and print, with its arguments and what it makes of them: then all that differs in another
//! place are the names, and those are replaced.

use std::collections::BTreeSet;

use super::expressions::{Expression, is_name, literal};
use super::parts::Part;

/// A component as it is defined.
pub struct Component<'t> {
    /// What stands behind `component` in the tag that opens it.
    pub head: &'t str,
    pub body: Vec<Part<'t>>,
    pub plain: Option<Plain<'t>>,
}

/// What a component takes and names.
pub struct Plain<'t> {
    pub arguments: Vec<Argument<'t>>,
    /// Names that it gives to what it goes through, or sets.
    pub locals: Vec<&'t str>,
}

/// An argument of a component.
pub struct Argument<'t> {
    pub name: &'t str,
    /// What it is where it is not given.
    pub default: Option<&'t str>,
    /// Comes by itself from where the component is called.
    pub implicit: bool,
    /// Asked for whatever the others are.
    pub asked: bool,
}

impl<'t> Component<'t> {
    /// A component of which nothing is known but the tag that opens it.
    pub fn new(head: &'t str) -> Self {
        Self {
            head,
            body: Vec::new(),
            plain: None,
        }
    }

    pub fn name(&self) -> &'t str {
        self.head.split('(').next().unwrap_or(self.head).trim()
    }

    /// The names of the arguments that come by themselves.
    pub fn implicit(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.head.split('@').skip(1).map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
            &rest[..end.unwrap_or(rest.len())]
        })
    }
}

impl<'t> Plain<'t> {
    /// Takes a component, where it is one of these. `by_themselves` are the names of all arguments of any
    /// component that come by themselves: a component that is called from this one looks for them here
    /// first, and must find what it would find where this one is called.
    pub fn new(component: &Component<'t>, by_themselves: &BTreeSet<&str>) -> Option<Self> {
        let mut plain = Self {
            arguments: Vec::new(),
            locals: Vec::new(),
        };
        let (_, list) = component.head.split_once('(')?;
        let list = list.trim_end().strip_suffix(')')?.split(',').map(str::trim);
        for argument in list.filter(|argument| !argument.is_empty()) {
            let (name, default) = match argument.split_once('=') {
                Some((name, value)) => (name.trim(), Some(value.trim())),
                None => (argument, None),
            };
            let implicit = name.strip_prefix('@');
            plain.arguments.push(Argument {
                name: implicit.unwrap_or(name),
                default,
                implicit: implicit.is_some(),
                asked: false,
            });
        }
        let mut open = Vec::new();
        for part in &component.body {
            let outside = open.is_empty();
            let expression = match part {
                Part::Text(_) => continue,
                Part::Print(print) => print,
                Part::Tag(tag) => {
                    plain.step(tag, &mut open)?;
                    tag
                }
            };
            if expression.strange || !expression.words().all(|name| plain.knows(name, &open)) {
                return None;
            }
            let first = expression.first().filter(|_| outside);
            for argument in &mut plain.arguments {
                argument.asked |= first == Some(argument.name);
            }
        }
        let takes = |name: &str| plain.arguments.iter().any(|argument| argument.name == name);
        let apart = |local: &&str| !by_themselves.contains(local) && !takes(local);
        let sound = |argument: &Argument| {
            // No type, no `...`.
            is_name(argument.name)
                && (argument
                    .default
                    .is_none_or(|value| literal(value).is_some()))
                && (argument.implicit && argument.default.is_none()
                    || !by_themselves.contains(argument.name))
        };
        let plain_enough = plain.arguments.iter().all(sound) && plain.locals.iter().all(apart);
        plain_enough.then_some(plain)
    }

    fn knows(&self, name: &str, open: &[Inside]) -> bool {
        self.arguments.iter().any(|argument| argument.name == name)
            || self.locals.contains(&name)
            || name == "loop" && open.contains(&Inside::Loop)
    }

    /// Goes through a tag into what it opens, or out of it; `None` for a tag that does more than
    /// choose, repeat or set.
    fn step(&mut self, tag: &Expression<'t>, open: &mut Vec<Inside>) -> Option<()> {
        let (word, rest) = tag
            .text
            .split_once(char::is_whitespace)
            .unwrap_or((tag.text, ""));
        let local = match word {
            "for" => Some(rest.split_once(" in ")?.0),
            "set" => Some(rest.split_once('=')?.0),
            _ => None,
        };
        if let Some(local) = local.map(str::trim) {
            if !is_name(local) {
                return None;
            }
            if !self.locals.contains(&local) {
                self.locals.push(local);
            }
        }
        match word {
            "if" => open.push(Inside::Choice),
            "elif" | "set" => {}
            "for" => open.push(Inside::Loop),
            // What stands here is shown instead of the loop.
            "else" => *open.last_mut()? = Inside::Choice,
            "endif" | "endfor" => drop(open.pop()?),
            _ => return None,
        }
        Some(())
    }
}

/// What a part of a component stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Choice,
    Loop,
}
