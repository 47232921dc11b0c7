//! The template of fragments, which is no part of any theme.

use serde::Serialize;
use tera::{Kwargs, State, Tera, Value};

use super::{Profile, Shape};
use crate::diagnostic::Failure;
use crate::site::context::PlanPage;

/// Escaping goes by the suffix.
const NAME: &str = "fragment.html";
const TEMPLATE: &str = include_str!("fragment.html");

#[derive(Serialize)]
struct Given<'p> {
    #[serde(flatten)]
    page: &'p PlanPage<'p>,
    full: bool,
    levels: Levels,
}

/// Of headings: none is deeper than `h6`.
#[derive(Serialize)]
struct Levels {
    part: u8,
    domain: u8,
    list: u8,
    group: u8,
}

/// Writes everything that a fragment may hold, and more.
pub(super) fn render(page: &PlanPage, shape: &Shape) -> Result<String, Failure> {
    let level = |below: u8| shape.heading_level.saturating_add(below).clamp(2, 6);
    let given = Given {
        page,
        full: shape.profile == Profile::Full,
        levels: Levels {
            part: level(0),
            domain: level(1),
            list: level(2),
            group: level(3),
        },
    };
    let mut tera = Tera::default();
    tera.register_filter("counted_from", counted_from);
    tera.add_raw_template(NAME, TEMPLATE)
        .and_then(|()| tera::Context::from_serialize(&given))
        .and_then(|context| tera.render(NAME, &context))
        .map_err(|error| Failure::new(format!("the fragment cannot be written: {error}")))
}

/// The number of the first of these objectives where their codes are those that a numbered list
/// would show by itself ("4.", "5.", "6."), else 0: then the codes are to be written.
fn counted_from(objectives: Vec<Value>, _: Kwargs, _: &State) -> i64 {
    let number = |objective: &Value| {
        let code = objective
            .as_map()?
            .get(&tera::value::Key::from("code"))?
            .as_str()?;
        code.strip_suffix('.')?
            .parse::<u32>()
            .ok()
            .filter(|number| *number > 0 && format!("{number}.") == code)
    };
    let Some(first) = objectives.first().and_then(number) else {
        return 0;
    };
    let in_a_row = (first..).zip(&objectives);
    let counted = in_a_row
        .into_iter()
        .all(|(wanted, objective)| number(objective) == Some(wanted));
    if counted { i64::from(first) } else { 0 }
}
