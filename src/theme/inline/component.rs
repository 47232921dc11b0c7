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
    /// The component uses its value each time it is shown: not only where some condition holds.
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
            let rest = rest.trim_start();
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
        let mut scope = Scope::default();
        for part in &component.body {
            let outside = scope.open.is_empty();
            let (expression, local) = match part {
                Part::Text(_) => continue,
                Part::Print(print) => (print, None),
                Part::Tag(tag) => (tag, scope.step(tag)?),
            };
            // The name that is given stands before its value.
            let mut asked = expression.words().skip(usize::from(local.is_some()));
            if expression.strange || !asked.all(|name| plain.takes(name) || scope.knows(name)) {
                return None;
            }
            if let Some(local) = local {
                scope.known.push(local);
                if !plain.locals.contains(&local) {
                    plain.locals.push(local);
                }
            }
            let first = expression.first().filter(|_| outside);
            for argument in &mut plain.arguments {
                argument.asked |= first == Some(argument.name);
            }
        }
        let apart = |local: &&str| !by_themselves.contains(local) && !plain.takes(local);
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

    /// True for the name of an argument.
    pub fn takes(&self, name: &str) -> bool {
        self.arguments.iter().any(|argument| argument.name == name)
    }
}

/// What is open at a place in a component, and what has a name there.
#[derive(Default)]
struct Scope<'t> {
    open: Vec<Inside>,
    /// Names that are given to something whatever the values are. The others might still have what they
    /// had where the component stood last.
    known: Vec<&'t str>,
}

/// What a part of a component stands in.
struct Inside {
    /// A loop, and not what is shown instead of it.
    repeats: bool,
    /// How many names were known before it.
    known: usize,
}

impl<'t> Scope<'t> {
    fn knows(&self, name: &str) -> bool {
        self.known.contains(&name)
            || name == "loop" && self.open.iter().any(|inside| inside.repeats)
    }

    /// Goes through a tag into what it opens, or out of it, and gives the name that is known from then on, if
    /// there is one; `None` for a tag that does more than choose, repeat or set.
    fn step(&mut self, tag: &Expression<'t>) -> Option<Option<&'t str>> {
        let (word, rest) = tag
            .text
            .split_once(char::is_whitespace)
            .unwrap_or((tag.text, ""));
        let known = self.known.len();
        match word {
            "if" => self.open.push(Inside {
                repeats: false,
                known,
            }),
            "for" => self.open.push(Inside {
                repeats: true,
                known,
            }),
            // What stands behind `else` is shown instead of the loop.
            "elif" | "else" => {
                let inside = self.open.last_mut()?;
                inside.repeats = false;
                self.known.truncate(inside.known);
            }
            "endif" | "endfor" => self.known.truncate(self.open.pop()?.known),
            "set" => {}
            _ => return None,
        }
        let local = match word {
            "for" => rest.split_once(" in ")?.0.trim(),
            "set" => rest.split_once('=')?.0.trim(),
            _ => return Some(None),
        };
        is_name(local).then_some(Some(local))
    }
}
